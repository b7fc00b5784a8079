"""What an image costs the networks: times and products by stage, beside this machine's own peak."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

from truth import LabelledSet

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / "build" / "release" / "bench" / "work"
STAGES = ("detect", "recognise")
HEAD = [
    "set, stage", "ms an image", "in the network", "in convolutions", "GMAC in bytes",
    "of the peak, convolutions", "of the peak, whole stage",
]  # fmt: skip


def count(labelled: LabelledSet, program: Path = WORK) -> dict[str, Any]:
    """What `bench/work.c` prints about a set. The first image is read twice: once to warm up."""
    models = os.environ.get("LINCE_MODELS", str(ROOT / "models" / "prepared"))
    names = [labelled.images[0], *labelled.images]
    printed = subprocess.run(
        [program],
        input="".join(f"{name}\n" for name in names),
        env={**os.environ, "LINCE_MODELS": models},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return json.loads(printed)


def share(part: float, whole: float) -> str:
    """A part as per cent of a whole."""
    return f"{100 * part / whole:.0f} %" if whole else "-"


def rows(found: dict[str, dict[str, Any]]) -> list[list[str]]:
    """Two rows a set: the stages that run a network."""
    table = []
    for name, work in found.items():
        for stage in STAGES:
            one = work[stage]
            least_ms = 1000 * one["byte_gmac"] / work["peak_byte_gmacs"]
            table.append(
                [
                    f"{name}, {stage}",
                    f"{one['ms']:.1f}",
                    share(one["network_ms"], one["ms"]),
                    share(one["convolution_ms"] + one["depthwise_ms"], one["ms"]),
                    f"{one['byte_gmac']:.2f}",
                    share(least_ms, one["convolution_ms"]),
                    share(least_ms, one["ms"]),
                ]
            )
    return table


def peak(found: dict[str, dict[str, Any]]) -> str:
    """The machine's peak, in a sentence."""
    work = next(iter(found.values()))
    return (
        f"Peak of one core with the kernels `{work['kernels']}`: "
        f"{work['peak_byte_gmacs']:.0f} GMAC/s in bytes, {work['peak_float_gmacs']:.0f} in floats."
    )
