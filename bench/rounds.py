"""The measurements: which passes run over which engine, in which order, and what is kept.

Rounds are interleaved (A B C, B C A, ...), so that a busy moment of the machine affects every
engine. Every figure is the median over the rounds, with its least and most.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean

from accuracy import Score, score_pages
from engines import Engine
from memory import Sampler, Usage
from speed import percentile
from truth import LabelledSet
from worker import Answer, EngineDied, EngineProcess, Mode, Pool

SETTLE_SECONDS = 1.0

Say = Callable[[str], None]


@dataclass(frozen=True)
class Plan:
    """How much is measured."""

    rounds: int
    trial_images: int
    starts: int
    growth_counts: tuple[int, int]


@dataclass
class SetFigures:
    """What one engine did on one set, a value a round."""

    rates: list[float] = field(default_factory=list)
    single_rates: list[float] = field(default_factory=list)
    medians_ms: list[float] = field(default_factory=list)
    slow_ms: list[float] = field(default_factory=list)  # 95th percentiles
    stages_ms: dict[str, list[float]] = field(default_factory=dict)
    score: Score = field(default_factory=Score)
    first_reading: dict[str, list[str]] = field(default_factory=dict)
    differing: set[str] = field(default_factory=set)  # images whose text changed between passes
    failed: dict[str, str] = field(default_factory=dict)

    def keep_text(self, labelled: LabelledSet, answers: list[Answer]) -> None:
        """Scores the first pass; later ones are only compared with it."""
        reading = {Path(answer.file).stem: answer.lines for answer in answers}
        self.failed |= {
            Path(answer.file).stem: answer.error for answer in answers if answer.error is not None
        }
        if not self.first_reading:
            self.first_reading = reading
            self.score = score_pages(labelled.lines, reading)
        self.differing |= {
            name for name, lines in reading.items() if lines != self.first_reading[name]
        }

    def keep_latencies(self, answers: list[Answer]) -> None:
        """Keeps what one pass says about single images."""
        times = [1000 * answer.seconds for answer in answers]
        self.medians_ms.append(percentile(times, 0.5))
        self.slow_ms.append(percentile(times, 0.95))
        for stage in answers[0].timings_ms:
            values = [answer.timings_ms[stage] for answer in answers if answer.timings_ms]
            self.stages_ms.setdefault(stage, []).append(mean(values))


@dataclass
class MemoryFigures:
    """What one mode held."""

    peaks: list[int] = field(default_factory=list)  # sums of VmHWM, one a pass
    proportional_peak_bytes: int = 0
    rest: Usage | None = None


@dataclass
class EngineFigures:
    """Everything about one engine."""

    engine: Engine
    single: Mode
    many: Mode
    tried: dict[str, float]
    sets: dict[str, SetFigures]
    single_memory: MemoryFigures = field(default_factory=MemoryFigures)
    many_memory: MemoryFigures = field(default_factory=MemoryFigures)
    starts_ms: list[float] = field(default_factory=list)
    growth: dict[int, Usage] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


class Bench:
    """The sets, the plan and where the logs go."""

    def __init__(
        self, sets: list[LabelledSet], hostile: LabelledSet, plan: Plan, out: Path, say: Say
    ) -> None:
        self.sets = sets
        self.hostile = hostile
        self.plan = plan
        self.out = out
        self.say = say

    @property
    def warm_image(self) -> Path:
        """Every process reads this one before anything is measured."""
        return self.sets[0].images[0]

    @property
    def phone_receipt(self) -> Path:
        """The image whose way from program start to text is timed."""
        images = [path for labelled in self.sets for path in labelled.images]
        return next((path for path in images if "phone" in path.stem), self.warm_image)

    def some_images(self) -> list[Path]:
        """A few images of every set."""
        count = self.plan.trial_images
        return [path for labelled in self.sets for path in labelled.first(count).images]

    def log(self, engine: Engine) -> Path:
        """Where an engine's own messages go."""
        return self.out / "logs" / f"{engine.key}.log"

    def choose(self, engine: Engine) -> EngineFigures:
        """Tries each mode on a few images of every set; the fastest counts."""
        images = self.some_images()
        tried: dict[str, float] = {}

        def rate(mode: Mode) -> float:
            with Pool(mode, self.log(engine)) as pool:
                pool.warm_up(self.warm_image)
                _, seconds = pool.read(images)
            return len(images) / seconds

        def best(modes: list[Mode]) -> Mode:
            if len(modes) == 1:
                return modes[0]
            for mode in modes:
                if mode.name not in tried:
                    tried[mode.name] = rate(mode)
            return max(modes, key=lambda mode: tried[mode.name])

        sets = {labelled.name: SetFigures() for labelled in self.sets}
        single, many = best(engine.single), best(engine.many)
        self.say(f"{engine.label}: one at a time as {single.name}, many as {many.name}")
        return EngineFigures(engine, single, many, tried, sets)

    def single_pass(self, figures: EngineFigures) -> None:
        """One image at a time over every set: latencies and text."""
        with Pool(figures.single, self.log(figures.engine)) as pool:
            pool.warm_up(self.warm_image)
            for labelled in self.sets:
                answers, seconds = pool.read(labelled.images)
                figures.sets[labelled.name].single_rates.append(len(answers) / seconds)
                figures.sets[labelled.name].keep_latencies(answers)
                figures.sets[labelled.name].keep_text(labelled, answers)
            figures.single_memory.peaks.append(pool.usage().peak_bytes)

    def many_pass(self, figures: EngineFigures) -> None:
        """All cores over every set: images a second."""
        with Pool(figures.many, self.log(figures.engine)) as pool:
            pool.warm_up(self.warm_image)
            for labelled in self.sets:
                answers, seconds = pool.read(labelled.images)
                figures.sets[labelled.name].rates.append(len(answers) / seconds)
                figures.sets[labelled.name].keep_text(labelled, answers)
            figures.many_memory.peaks.append(pool.usage().peak_bytes)

    def memory_pass(self, figures: EngineFigures, mode: Mode, kept: MemoryFigures) -> None:
        """Some images and then the hostile ones, each read by all processes at once, watched."""
        images = self.some_images()
        with Pool(mode, self.log(figures.engine)) as pool:
            pool.warm_up(self.warm_image)
            with Sampler(pool.pids) as sampler:
                pool.read(images)
                try:
                    answers = self.read_hostile(pool)
                except EngineDied as error:
                    figures.notes.append(f"{mode.name}: hostile images: {error}")
                    return
            time.sleep(SETTLE_SECONDS)
            usage = pool.usage()
            kept.peaks.append(usage.peak_bytes)
            kept.proportional_peak_bytes = sampler.highest_bytes
            kept.rest = usage
        hostile = figures.sets.setdefault(self.hostile.name, SetFigures())
        hostile.keep_text(self.hostile, answers)

    def read_hostile(self, pool: Pool) -> list[Answer]:
        """Each hostile image, read by all processes of the pool at the same time."""
        answers = []
        for path in self.hostile.images:
            for worker in pool.workers:
                for _ in range(pool.mode.jobs):
                    worker.send([path])
            for worker in pool.workers:
                while worker.pending:
                    answer = worker.receive()
            answers.append(answer)
        return answers

    def start_pass(self, figures: EngineFigures, path: Path) -> None:
        """From the start of the process to the text of one phone receipt."""
        with EngineProcess(figures.single, self.log(figures.engine)) as process:
            process.ask([path])
            figures.starts_ms.append(1000 * (time.perf_counter() - process.started))

    def growth_pass(self, figures: EngineFigures) -> None:
        """What one process holds at rest after few images and after many."""
        images = [path for labelled in self.sets for path in labelled.images]
        done = 0
        with Pool(figures.single, self.log(figures.engine)) as pool:
            for count in self.plan.growth_counts:
                pool.read([images[at % len(images)] for at in range(done, count)])
                done = count
                time.sleep(SETTLE_SECONDS)
                figures.growth[count] = pool.usage()

    def run(self, engines: list[Engine]) -> list[EngineFigures]:
        """Everything, over all engines."""
        all_figures = [self.choose(engine) for engine in engines]
        for number in range(self.plan.rounds):
            shift = number % len(all_figures)
            for figures in all_figures[shift:] + all_figures[:shift]:
                self.say(f"round {number + 1} of {self.plan.rounds}: {figures.engine.label}")
                self.single_pass(figures)
                self.many_pass(figures)
        for _ in range(self.plan.starts):
            for figures in all_figures:
                self.start_pass(figures, self.phone_receipt)
        for figures in all_figures:
            self.say(f"memory: {figures.engine.label}")
            self.memory_pass(figures, figures.single, figures.single_memory)
            self.memory_pass(figures, figures.many, figures.many_memory)
            if figures.engine.key == "lince":
                self.growth_pass(figures)
        return all_figures
