"""OCRmyPDF over one PDF file of scans, with Lince's plugin and with Tesseract, in turns."""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import img2pdf

from accuracy import Score, score_pages
from memory import measure
from truth import LabelledSet, load_set

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = ROOT / "build" / "release" / "lince"
SROIE = ROOT.parent / "shared" / "data" / "sroie-dev"
EXAMPLES = ROOT / "examples"
SAMPLE_SECONDS = 0.05
ENGINES = {"lince": ["--plugin", "lince_ocrmypdf"], "tesseract": []}
MIB = 1 << 20


@dataclass(frozen=True)
class Run:
    """One run of OCRmyPDF over all pages."""

    seconds: float
    cpu_seconds: float
    peak_bytes: int
    pdf_bytes: int
    score: Score


def processor_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def command_of(engine: str, options: argparse.Namespace) -> list[str]:
    languages = [
        "-l",
        "spa+eng",
        "--output-type",
        "pdf",
        "--optimize",
        "0",
        "--jobs",
        str(options.jobs),
    ]
    program = ["--lince-program", str(options.lince)] if engine == "lince" else []
    return [sys.executable, "-m", "ocrmypdf", "-q", *ENGINES[engine], *program, *languages]


def pages_of(pdf: Path, names: list[str]) -> dict[str, list[str]]:
    """The lines of each page, by the name of its image."""
    done = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True)
    pages = done.stdout.decode(errors="replace").split("\f")
    return {name: pages[index].splitlines() for index, name in enumerate(names)}


def run(engine: str, scans: Path, labelled: LabelledSet, options: argparse.Namespace) -> Run:
    """Runs OCRmyPDF, and samples the PSS of all its processes meanwhile."""
    output = scans.with_name(f"{engine}.pdf")
    environment = os.environ | {"PYTHONPATH": str(ROOT / "bindings" / "ocrmypdf")}
    before, started, peak = processor_seconds(), time.monotonic(), 0
    process = subprocess.Popen(
        [*command_of(engine, options), str(scans), str(output)], env=environment
    )
    while process.poll() is None:
        peak = max(peak, measure([process.pid]).proportional_bytes)
        time.sleep(SAMPLE_SECONDS)
    seconds = time.monotonic() - started
    if process.returncode != 0:
        sys.exit(f"bench/ocrmypdf: OCRmyPDF with {engine} ended with {process.returncode}")
    read = pages_of(output, [path.stem for path in labelled.images])
    used = processor_seconds() - before
    return Run(seconds, used, peak, output.stat().st_size, score_pages(labelled.lines, read))


def row_of(engine: str, runs: list[Run], pages: int) -> str:
    seconds = statistics.median(found.seconds for found in runs) / pages
    used = statistics.median(found.cpu_seconds for found in runs) / pages
    peak, score = max(found.peak_bytes for found in runs) / MIB, runs[0].score
    wrong = score.expected - score.matched
    words = f"{100 * score.f1:.1f} % | {score.matched} of {score.expected} | {wrong}"
    file = f"{runs[0].pdf_bytes / 1024:.0f} KiB"
    return f"| {engine} | {words} | {seconds:.2f} | {used:.2f} | {peak:.0f} MiB | {file} |"


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench/ocrmypdf", description=__doc__)
    option = parser.add_argument
    option("--pages", type=int, default=1000, help="at most so many pages, spread over the set")
    option("--rounds", type=int, default=1, help="runs of each engine, in turns")
    option("--jobs", type=int, default=os.cpu_count(), help="pages at once")
    option("--lince", type=Path, default=PROGRAM, help="the program")
    option(
        "--set",
        type=Path,
        default=SROIE if SROIE.is_dir() else EXAMPLES,
        help="images with their truth",
    )
    return parser.parse_args()


def main() -> int:
    options = parse()
    labelled = load_set(options.set.name, options.set).first(options.pages)
    with tempfile.TemporaryDirectory() as folder:
        scans = Path(folder) / "scans.pdf"
        scans.write_bytes(img2pdf.convert([str(path) for path in labelled.images]))
        runs: dict[str, list[Run]] = {engine: [] for engine in ENGINES}
        for _ in range(options.rounds):
            for engine, found in runs.items():
                found.append(run(engine, scans, labelled, options))
        size = f"{scans.stat().st_size / 1024:.0f} KiB"
        count = len(labelled.images)
        print(f"{count} pages of {labelled.name}, {size}, {options.jobs} at once")
    columns = "F1 | words right | missed | seconds a page | CPU seconds | peak memory | PDF |"
    print(f"| engine | {columns}\n| --- |{' ---: |' * columns.count('|')}")
    for engine, found in runs.items():
        print(row_of(engine, found, len(labelled.images)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
