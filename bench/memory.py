"""How much memory a process and its children hold now and held at most, from the kernel's figures.

VmHWM is the highest resident size of one process; over several processes the sum counts shared
pages once for each. PSS shares such pages out, but has no high-water mark: it is sampled, so a
short peak may be missed. Both are given.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
KIB = 1024


@dataclass(frozen=True)
class Usage:
    """Bytes of a tree of processes, now and at most."""

    resident_bytes: int
    proportional_bytes: int
    peak_bytes: int


def kilobytes(text: str, name: str) -> int:
    """The bytes in a line `Name:   123 kB` of a file in /proc; 0 if there is none."""
    for line in text.splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) * KIB
    return 0


def tree(pid: int) -> list[int]:
    """A process and all that descend from it."""
    pids = [pid]
    for task in PROC.glob(f"{pid}/task/*/children"):
        try:
            children = task.read_text().split()
        except OSError:  # the thread has ended
            continue
        for child in children:
            pids += tree(int(child))
    return pids


def measure(pids: list[int], proportional: bool = True) -> Usage:
    """What some processes and their descendants hold. PSS costs a walk over all their pages."""
    resident = shared_out = peak = 0
    for root in pids:
        for pid in tree(root):
            try:
                status = (PROC / str(pid) / "status").read_text()
                rollup = (PROC / str(pid) / "smaps_rollup").read_text() if proportional else ""
            except OSError:  # it has ended
                continue
            resident += kilobytes(status, "VmRSS")
            peak += kilobytes(status, "VmHWM")
            shared_out += kilobytes(rollup, "Pss")
    return Usage(resident, shared_out, peak)


class Sampler:
    """Watches some processes in the background and keeps the highest PSS that it saw."""

    def __init__(self, pids: list[int], interval_seconds: float = 0.05) -> None:
        self.pids = pids
        self.interval_seconds = interval_seconds
        self.highest_bytes = 0
        self.stop = threading.Event()
        self.thread = threading.Thread(target=self.watch, daemon=True)

    def watch(self) -> None:
        """Samples until told to stop."""
        while not self.stop.wait(self.interval_seconds):
            self.highest_bytes = max(self.highest_bytes, measure(self.pids).proportional_bytes)

    def __enter__(self) -> Sampler:
        self.thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.stop.set()
        self.thread.join()
