"""The machine of the figures, and how busy it was with other work."""

from __future__ import annotations

import os
import platform
import time
from pathlib import Path

# The instruction sets that decide how fast a network runs, as /proc/cpuinfo names them.
TELLING_FLAGS = [
    "sse4_2", "avx", "f16c", "fma", "avx2", "avx_vnni", "avx512f", "avx512_vnni", "avx512_bf16",
    "amx_int8", "amx_bf16", "asimd", "asimddp", "i8mm", "bf16", "sve",
]  # fmt: skip


def cpu_fields() -> dict[str, str]:
    """The fields of the first processor in /proc/cpuinfo."""
    first = Path("/proc/cpuinfo").read_text().split("\n\n")[0]
    pairs = (line.partition(":") for line in first.splitlines())
    return {name.strip(): value.strip() for name, _, value in pairs}


def cpu_ticks() -> tuple[float, float]:
    """Ticks in which the processors worked, and all of their ticks, since the machine started."""
    fields = [int(value) for value in Path("/proc/stat").read_text().splitlines()[0].split()[1:9]]
    idle = fields[3] + fields[4]
    return float(sum(fields) - idle), float(sum(fields))


def busy_share(seconds: float = 2.0) -> float:
    """The share of the processors' time, 0..1, that others use while this program waits."""
    worked, total = cpu_ticks()
    time.sleep(seconds)
    worked_after, total_after = cpu_ticks()
    return (worked_after - worked) / max(1.0, total_after - total)


def describe() -> dict[str, object]:
    """The machine in words and numbers."""
    fields = cpu_fields()
    flags = set(fields.get("flags", fields.get("Features", "")).split())
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return {
        "cores": len(os.sched_getaffinity(0)),
        "cpu": fields.get("model name", platform.machine()),
        "architecture": platform.machine(),
        "flags": [flag for flag in TELLING_FLAGS if flag in flags],
        "memory_bytes": pages,
        "kernel": platform.release(),
        "busy_share_before": round(busy_share(), 3),
    }
