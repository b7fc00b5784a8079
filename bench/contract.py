"""Measures what Lince promises about memory, with and without limits, and what accounting costs.

    bench/memory                    Lince alone: a few minutes
    bench/memory --peers            and one pass of each peer over the same images

One process with one job reads every image of every set under each limit. The peak is VmHWM; rest is
what is resident a second after the last image.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from accuracy import Score, score_pages
from engines import ENGINES, build_engine
from memory import measure
from truth import LabelledSet, load_set
from worker import Pool

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = ROOT / "build" / "release" / "lince"
OVERHEAD = ROOT / "build" / "release" / "bench" / "overhead"
OVERHEAD_IMAGE = ROOT / "examples" / "03-dark-card.png"
SROIE = ROOT.parent / "shared" / "data" / "sroie-dev"
LIMITS_MB = (0, 160, 128)
REST_SECONDS = 1.0
MIB = 1 << 20
# What a service with models of the same family, in Python, was reported to hold.
EARLIER = (("earlier service in Python: host that it was run on", "35 GB"),
           ("earlier service in Python: held after a clean-up", "356 MB"))  # fmt: skip


@dataclass(frozen=True)
class LimitRun:
    """One process under one limit, over all images."""

    limit_mb: int  # 0: none
    images: int
    failed: int
    differing: int  # images whose text is not that of the run without a limit
    f1: float
    peak_bytes: int
    rest_bytes: int


@dataclass(frozen=True)
class Overhead:
    """Shares of the CPU time of an image."""

    always: float  # meters and scopes
    sites: float  # allocation sites, every block


def read_all(program: Path, limit_mb: int, images: list[Path]) -> tuple[dict, int, int, int]:
    """The lines of every image, how many failed, the peak and what is held at rest."""
    command = [program, "read", "-q", "-j", "1", "-m", f"{limit_mb}MB", "-f", "ndjson", "-"]
    lines: dict[str, list[str]] = {}
    failed = 0
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        for image in images:
            process.stdin.write(f"{image}\n".encode())
            process.stdin.flush()
            page = json.loads(process.stdout.readline())
            failed += "error" in page
            lines[image.stem] = [line["text"] for line in page.get("lines", [])]
        time.sleep(REST_SECONDS)
        usage = measure([process.pid], proportional=False)
        process.communicate()
    return lines, failed, usage.peak_bytes, usage.resident_bytes


def under_limits(program: Path, sets: list[LabelledSet], limits_mb=LIMITS_MB) -> list[LimitRun]:
    """One run for each limit; the first is what the others are compared with."""
    images = [path for labelled in sets for path in labelled.images]
    truth = {name: lines for labelled in sets for name, lines in labelled.lines.items()}
    runs: list[LimitRun] = []
    first: dict[str, list[str]] = {}
    for limit_mb in limits_mb:
        lines, failed, peak, rest = read_all(program, limit_mb, images)
        first = first or lines
        differing = sum(lines[name] != first[name] for name in lines)
        f1 = score_pages(truth, lines).f1
        runs.append(LimitRun(limit_mb, len(images), failed, differing, f1, peak, rest))
    return runs


def overhead(program: Path = OVERHEAD, image: Path = OVERHEAD_IMAGE) -> Overhead:
    """What the program that measures it prints, as shares."""
    models = os.environ.get("LINCE_MODELS", str(ROOT / "models" / "prepared"))
    environment = {**os.environ, "LINCE_MODELS": models}
    printed = subprocess.run(
        [program, image], env=environment, capture_output=True, text=True, check=True
    ).stdout
    always, sites = re.findall(r"([-+\d.]+) %", printed)
    return Overhead(float(always) / 100, float(sites) / 100)


def peer_peaks(sets: list[LabelledSet], log: Path) -> dict[str, tuple[int, int, Score]]:
    """Peak and rest of every peer's process, one image at a time over all images, and its score."""
    images = [path for labelled in sets for path in labelled.images]
    truth = {name: lines for labelled in sets for name, lines in labelled.lines.items()}
    found = {}
    for key in ENGINES:
        if key.startswith("lince"):
            continue
        engine = build_engine(key, PROGRAM, os.cpu_count() or 1)
        with Pool(engine.single[0], log / f"{key}.log") as pool:
            answers, _ = pool.read(images)
            time.sleep(REST_SECONDS)
            usage = pool.usage()
        read = {Path(answer.file).stem: answer.lines for answer in answers}
        label = f"{engine.label} {engine.version}"
        found[label] = (usage.peak_bytes, usage.resident_bytes, score_pages(truth, read))
    return found


def document(runs: list[LimitRun], cost: Overhead) -> dict[str, Any]:
    """For results.json."""
    return {"limits": [asdict(run) for run in runs], "overhead": asdict(cost)}


def limits_rows(contract: dict[str, Any]) -> list[list[str]]:
    """A row for each limit."""
    first = contract["limits"][0]
    return [
        [
            "none" if run["limit_mb"] == 0 else f"{run['limit_mb']} MB",
            f"{run['peak_bytes'] / MIB:.1f}",
            f"{run['rest_bytes'] / MIB:.1f}",
            str(run["failed"]),
            f"{run['differing']} of {run['images']}",
            f"{100 * (run['f1'] - first['f1']):+.2f}",
        ]
        for run in contract["limits"]
    ]


LIMITS_HEAD = ["--memory", "peak MiB", "at rest MiB", "failed", "texts that differ", "F1, points"]


def table(head: list[str], rows: list[list[str]]) -> str:
    """A Markdown table."""
    rule = ["---"] + ["---:"] * (len(head) - 1)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in [head, rule, *rows])


def beside(contract: dict[str, Any], peers: dict[str, tuple[int, int, Score]]) -> str:
    """Ours, the peers' of the same run, and what was reported of earlier services."""
    ours = contract["limits"][0]
    rows = [
        ["**Lince**", f"{ours['peak_bytes'] / MIB:.0f} MiB", f"{ours['rest_bytes'] / MIB:.0f} MiB",
         f"{100 * ours['f1']:.1f}"]
    ]  # fmt: skip
    for label, (peak, rest, score) in peers.items():
        rows.append(
            [label, f"{peak / MIB:.0f} MiB", f"{rest / MIB:.0f} MiB", f"{100 * score.f1:.1f}"]
        )
    rows += [[label, "", figure, ""] for label, figure in EARLIER]
    return table(["one process, one image at a time", "peak", "at rest", "F1 %"], rows)


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="bench/memory",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    option = parser.add_argument
    option("--peers", action="store_true", help="measure the peers on the same images too")
    option("--lince", type=Path, default=PROGRAM, help="the program")
    option("--limits", default=",".join(map(str, LIMITS_MB)), help="in MB; 0: none, must be first")
    option("--examples", type=Path, default=ROOT / "examples")
    option("--sroie", type=Path, default=SROIE)
    options = parser.parse_args()
    folders = (("sroie-dev", options.sroie), ("examples", options.examples))
    sets = [load_set(name, folder) for name, folder in folders if folder.is_dir()]
    limits_mb = [int(text) for text in options.limits.split(",")]
    contract = document(under_limits(options.lince, sets, limits_mb), overhead())
    names = ", ".join(f"{labelled.name} ({len(labelled.images)})" for labelled in sets)
    print(f"Images: {names}\n\n{table(LIMITS_HEAD, limits_rows(contract))}\n")
    cost = contract["overhead"]
    print(f"Meters and scopes: {100 * cost['always']:.3f} % of the time of an image; ", end="")
    print(f"allocation sites, every block: {100 * cost['sites']:+.2f} %\n")
    if options.peers:
        log = ROOT / "build" / "bench" / "logs"
        log.mkdir(parents=True, exist_ok=True)
        print(beside(contract, peer_peaks(sets, log)))
    over = [run for run in contract["limits"] if 0 < run["limit_mb"] * MIB < run["peak_bytes"]]
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
