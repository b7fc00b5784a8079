"""Measures Lince and its peers in one run on the same images; the report goes to build/bench."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from datetime import date
from pathlib import Path

import a4
import contract
import hostile
import machine
import work
from engines import ENGINES, build_engine
from phones import phone_receipts
from plot import draw
from promises import check, has_integers
from report import markdown
from results import document
from rounds import Bench, Plan
from truth import LabelledSet, load_set

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = ROOT / "build" / "release" / "lince"
GENERATED = ROOT / "tests" / "receipts" / "fixed"
SROIE = ROOT.parent / "shared" / "data" / "sroie-dev"
FULL = Plan(rounds=3, trial_images=8, starts=7, growth_counts=(50, 500))
QUICK = Plan(rounds=1, trial_images=3, starts=3, growth_counts=(10, 40))
QUICK_IMAGES = 8
BUSY_SHARE = 0.1


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench/run", description=__doc__)
    option = parser.add_argument
    option("--quick", action="store_true", help="few images, one round: a check, not a figure")
    option("--publish", action="store_true", help="copy the report to docs/bench too")
    option("--check", action="store_true", help="fail if a promise is not kept")
    option("--rounds", type=int, help="interleaved rounds (3; 1 with --quick)")
    option("--engines", help=f"some of {','.join(ENGINES)}; all unless given")
    option("--lince", type=Path, default=PROGRAM, help="the program")
    option("--examples", type=Path, default=ROOT / "examples", help="images with truth JSON")
    option("--sroie", type=Path, default=SROIE, help="SROIE images with their boxes")
    option("--out", type=Path, default=ROOT / "build" / "bench", help="where the report goes")
    return parser.parse_args()


def load_sets(options: argparse.Namespace, notes: list[str]) -> list[LabelledSet]:
    """The sets that are present. Reports each missing one."""
    sets = []
    for name, folder in (("sroie-dev", options.sroie), ("examples", options.examples)):
        if folder.is_dir():
            labelled = load_set(name, folder)
            sets.append(labelled.first(QUICK_IMAGES) if options.quick else labelled)
        else:
            notes.append(f"{name} was left out: its folder is not on this machine")
    if not sets:
        sys.exit(f"bench: no images: neither {options.sroie} nor {options.examples} is a folder")
    if options.examples.is_dir():
        phones = phone_receipts(
            [load_set("examples", options.examples), load_set("generated", GENERATED)]
        )
        sets.append(phones.first(QUICK_IMAGES) if options.quick else phones)
    pages = a4.pages(options.out / "a4")
    sets.append(pages.first(QUICK_IMAGES) if options.quick else pages)
    return sets


def chosen_engines(options: argparse.Namespace, cores: int, notes: list[str]) -> list:
    """The engines to run, in the order of the table."""
    wanted = options.engines.split(",") if options.engines else list(ENGINES)
    unknown = sorted(set(wanted) - set(ENGINES))
    if unknown:
        sys.exit(f"bench: no engine {', '.join(unknown)}; there are {', '.join(ENGINES)}")
    if "lince" in wanted and not options.lince.is_file():
        sys.exit(
            f"bench: {options.lince} is not there: `make` builds it; --engines can leave it out"
        )
    left_out = [key for key in ENGINES if key not in wanted]
    if left_out:
        notes.append(f"left out by the command: {', '.join(left_out)}")
    return [build_engine(key, options.lince, cores) for key in ENGINES if key in wanted]


def write(found: dict, options: argparse.Namespace) -> None:
    """Writes the report, and its copies where asked."""
    files = [options.out / "results.json", options.out / "results.md"]
    files[0].write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    files[1].write_text(markdown(found), encoding="utf-8")
    files += draw(found, options.out)
    if options.publish:
        public = ROOT / "docs" / "bench"
        public.mkdir(parents=True, exist_ok=True)
        for path in files:
            shutil.copyfile(path, public / path.name)


def main() -> int:
    options = parse()
    if options.publish and options.quick:
        sys.exit("bench: figures of --quick are not for publishing")
    options.out.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(options.out / "logs", ignore_errors=True)
    notes: list[str] = []
    described = machine.describe()
    if described["busy_share_before"] > BUSY_SHARE:
        notes.append(
            "other programs were busy on this machine: times and rates are not to be trusted"
        )
    plan = QUICK if options.quick else FULL
    if options.rounds:
        plan = Plan(options.rounds, plan.trial_images, plan.starts, plan.growth_counts)
    sets = load_sets(options, notes)
    hard = hostile.make(options.out / "hostile")
    engines = chosen_engines(options, described["cores"], notes)

    def say(text: str) -> None:
        print(f"bench: {text}", file=sys.stderr, flush=True)

    figures = Bench(sets, hard, plan, options.out, say).run(engines)
    about = {
        "command": " ".join(["bench/run", *sys.argv[1:]]) if sys.argv[1:] else "make bench",
        "date": date.today().isoformat(),
        "rounds": plan.rounds,
        "notes": notes,
    }
    found = document(described, [*sets, hard], figures, about)
    if any(engine.key == "lince" for engine in engines):
        say("Lince under memory limits")
        limited = [labelled for labelled in sets if labelled.name not in ("phones", "a4")]
        runs = contract.under_limits(options.lince, limited)
        found["contract"] = contract.document(runs, contract.overhead())
        if has_integers(described):
            say("Lince's work, stage by stage")
            found["work"] = {labelled.name: work.count(labelled) for labelled in sets}
    write(found, options)
    print(markdown(found))
    broken = [promise for promise in check(found) if not promise.kept]
    if broken and options.check:
        say(f"{len(broken)} promise(s) not kept")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
