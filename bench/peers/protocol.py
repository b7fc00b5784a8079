"""The protocol of the bench with an engine: a process that reads names and writes results.

Standard input: one request a line, one or more image paths separated by tabs. Standard output:
for each path, in order, one JSON line `{"file", "seconds", "lines": [{"text"}, ...]}` or
`{"file", "error": {"message"}}`. `lince read -f ndjson` fed with names speaks the same language,
so it needs no adapter.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Sequence

Reader = Callable[[str], list[str]]


def adapter_options(description: str) -> argparse.ArgumentParser:
    """The options that every adapter has."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument(
        "--threads",
        type=int,
        default=0,
        help="threads of this process; 0: what the engine does itself",
    )
    return parser


def own_stdout() -> int:
    """Keeps standard output for results: whatever a library prints goes to standard error."""
    results = os.dup(1)
    os.dup2(2, 1)
    return results


def answer(channel: int, path: str, seconds: float, lines: Sequence[str]) -> None:
    """Writes the result of one image."""
    page = {"file": path, "seconds": seconds, "lines": [{"text": line} for line in lines]}
    os.write(channel, (json.dumps(page, ensure_ascii=False) + "\n").encode())


def answer_error(channel: int, path: str, message: str) -> None:
    """Writes that one image failed."""
    os.write(channel, (json.dumps({"file": path, "error": {"message": message}}) + "\n").encode())


def serve(channel: int, read: Reader) -> None:
    """Answers requests until standard input ends."""
    for row in sys.stdin:
        for path in row.rstrip("\n").split("\t"):
            started = time.perf_counter()
            try:
                lines = read(path)
            except Exception as error:  # an engine may fail in any way: that is a result too
                answer_error(channel, path, f"{type(error).__name__}: {error}")
                continue
            answer(channel, path, time.perf_counter() - started, lines)
