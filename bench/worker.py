"""Runs engines as processes: sends images, times the answers, survives crashes."""

from __future__ import annotations

import contextlib
import json
import os
import select
import subprocess
import threading
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import memory

ANSWER_SECONDS = 300.0
CHUNK_BYTES = 1 << 16


class EngineDied(Exception):
    """The process ended, or went silent, while an answer was owed."""


@dataclass(frozen=True)
class Mode:
    """One way of running an engine on this machine."""

    name: str
    command: list[str]
    processes: int = 1
    jobs: int = 1  # images that one process reads at once
    batch: int = 1  # images of one request
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def in_flight(self) -> int:
        """Requests sent before an answer is awaited: enough that no job of a process ever waits."""
        return 1 if self.jobs == 1 else 4 * self.jobs


@dataclass(frozen=True)
class Answer:
    """What came back for one image."""

    file: str
    lines: list[str]
    seconds: float  # from the request to the answer, as the caller sees it
    error: str | None
    timings_ms: dict[str, float]


def complaint(failure: dict[str, str], path: str) -> str:
    """What an engine says of an image it could not read, without the folders of this machine."""
    return str(failure.get("message", failure)).replace(path, Path(path).name)


class EngineProcess:
    """One running process. Use as a context; it is ended at the end, by force if need be."""

    def __init__(self, mode: Mode, log: Path) -> None:
        self.mode = mode
        log.parent.mkdir(parents=True, exist_ok=True)
        self.log = log.open("ab")
        self.pending: deque[tuple[str, float]] = deque()
        self.buffer = b""
        self.started = time.perf_counter()
        self.process = subprocess.Popen(
            mode.command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.log,
            env=os.environ | mode.environment,
        )

    def __enter__(self) -> EngineProcess:
        return self

    def __exit__(self, *exception: object) -> None:
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.close()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()
        self.log.close()

    @property
    def pid(self) -> int:
        """The process's number."""
        return self.process.pid

    def send(self, paths: list[Path]) -> None:
        """Sends one request."""
        now = time.perf_counter()
        self.pending.extend((str(path), now) for path in paths)
        try:
            self.process.stdin.write(("\t".join(map(str, paths)) + "\n").encode())
            self.process.stdin.flush()
        except BrokenPipeError as error:
            raise EngineDied(self.last_words()) from error

    def receive(self) -> Answer:
        """Waits for the next answer."""
        path, sent = self.pending[0]
        row = json.loads(self.read_line())
        self.pending.popleft()
        failure = row.get("error")
        return Answer(
            file=path,
            lines=[line["text"] for line in row.get("lines", [])],
            seconds=time.perf_counter() - sent,
            error=None if failure is None else complaint(failure, path),
            timings_ms=row.get("timings_ms", {}),
        )

    def read_line(self) -> bytes:
        """The next line of the process's output."""
        deadline = time.perf_counter() + ANSWER_SECONDS
        descriptor = self.process.stdout.fileno()
        while b"\n" not in self.buffer:
            remaining = deadline - time.perf_counter()
            if remaining <= 0 or not select.select([descriptor], [], [], remaining)[0]:
                raise EngineDied(f"no answer in {ANSWER_SECONDS:.0f} s")
            chunk = os.read(descriptor, CHUNK_BYTES)
            if not chunk:
                raise EngineDied(self.last_words())
            self.buffer += chunk
        line, _, self.buffer = self.buffer.partition(b"\n")
        return line

    def last_words(self) -> str:
        """How the process ended."""
        code = self.process.wait()
        how = f"killed by signal {-code}" if code < 0 else f"ended with code {code}"
        return f"{how}; see {Path(self.log.name).name}"

    def ask(self, paths: list[Path]) -> list[Answer]:
        """Sends one request and waits for its answers."""
        self.send(paths)
        return [self.receive() for _ in paths]


class Pool:
    """All processes of a mode, warm: each has read one image before anything is measured."""

    def __init__(self, mode: Mode, log: Path) -> None:
        self.mode = mode
        self.workers = [EngineProcess(mode, log) for _ in range(mode.processes)]

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *exception: object) -> None:
        for worker in self.workers:
            worker.__exit__(*exception)

    @property
    def pids(self) -> list[int]:
        """The processes' numbers."""
        return [worker.pid for worker in self.workers]

    def usage(self) -> memory.Usage:
        """What the processes hold and held."""
        return memory.measure(self.pids)

    def warm_up(self, path: Path) -> None:
        """Has each process read one image."""
        for worker in self.workers:
            worker.send([path])
        for worker in self.workers:
            worker.receive()

    def read(self, paths: list[Path]) -> tuple[list[Answer], float]:
        """Reads images as fast as the mode can. Gives the answers in order, and the seconds."""
        size = self.mode.batch
        requests = iter([paths[at : at + size] for at in range(0, len(paths), size)])
        lock = threading.Lock()
        answers: dict[str, Answer] = {}
        failures: list[EngineDied] = []
        threads = [
            threading.Thread(target=drain, args=(worker, requests, lock, answers, failures))
            for worker in self.workers
        ]
        started = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        seconds = time.perf_counter() - started
        if failures:
            raise failures[0]
        return [answers[str(path)] for path in paths], seconds


def drain(
    worker: EngineProcess,
    requests: Iterator[list[Path]],
    lock: threading.Lock,
    answers: dict[str, Answer],
    failures: list[EngineDied],
) -> None:
    """Feeds one process from the shared list until it is empty and every answer is in."""
    unsent = True
    try:
        while True:
            while unsent and len(worker.pending) < worker.mode.in_flight * worker.mode.batch:
                with lock:
                    request = next(requests, None)
                if request is None:
                    unsent = False
                else:
                    worker.send(request)
            if not worker.pending:
                return
            answer = worker.receive()
            answers[answer.file] = answer
    except EngineDied as error:
        failures.append(error)
