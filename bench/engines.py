"""The engines that are compared, and the ways in which each can use the cores of this machine.

Every engine runs at its best: it first reads a few images in each of its ways, and the fastest one
counts.
"""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from worker import Mode

BENCH = Path(__file__).resolve().parent
PEERS = BENCH / "peers"
PYTHON_QUIET = {"PYTHONUNBUFFERED": "1"}
BATCH_IMAGES = 8


@dataclass(frozen=True)
class Engine:
    """One engine: its ways of reading one image at a time, and many at once."""

    key: str
    label: str
    version: str
    single: list[Mode]
    many: list[Mode]


def adapter(name: str, *arguments: str) -> list[str]:
    """The command of a peer's adapter."""
    return [sys.executable, str(PEERS / f"{name}.py"), *arguments]


def peer_modes(command: list[str], cores: int) -> tuple[list[Mode], list[Mode]]:
    """The ways of a peer: its own threads in one process, or many processes of one thread."""
    one_thread = [*command, "--threads", "1"]
    own = Mode("one process, its own threads", command, environment=PYTHON_QUIET)
    alone = Mode("one process, one thread", one_thread, environment=PYTHON_QUIET)
    each = Mode(f"{cores} processes, one thread each", one_thread, cores, environment=PYTHON_QUIET)
    return [own, alone], [own, each]


def rapid(cores: int) -> Engine:
    """RapidOCR."""
    single, many = peer_modes(adapter("rapid"), cores)
    return Engine("rapidocr", "RapidOCR", version("rapidocr"), single, many)


def faster_paddle(model: str, cores: int) -> Engine:
    """faster-paddle with one of its models."""
    command = adapter("faster_paddle_ocr", "--model", model)
    single, many = peer_modes(command, cores)
    batches = Mode(
        f"one process, its own batches of {BATCH_IMAGES}",
        [*command, "--batch", str(BATCH_IMAGES)],
        batch=BATCH_IMAGES,
        environment=PYTHON_QUIET,
    )
    return Engine(
        f"faster-paddle-{model}",
        f"faster-paddle `{model}`",
        version("faster-paddle"),
        single,
        [*many, batches],
    )


def tesseract(cores: int) -> Engine:
    """Debian's Tesseract."""
    single, many = peer_modes(adapter("tesseract"), cores)
    printed = subprocess.run(["tesseract", "--version"], capture_output=True, text=True, check=True)
    found = re.search(r"tesseract (\S+)", printed.stdout)
    number = found.group(1) if found else "of unknown version"
    return Engine("tesseract", "Tesseract (spa+eng)", number, single, many)


def lince(program: Path, cores: int, key: str = "lince", model: str = "auto") -> Engine:
    """Lince: the program itself, fed with names."""
    printed = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)
    command = [str(program), "read", "-f", "ndjson", "--quiet", "--model", model]
    one = [*command, "--jobs", "1", "--runtime-intra-op-threads"]
    single = [
        Mode("one job, one thread", [*one, "1", "-"]),
        Mode(f"one job, {cores} threads", [*one, str(cores), "-"]),
    ]
    all_cores = Mode(f"{cores} jobs", [*command, "--jobs", str(cores), "-"], jobs=cores)
    label = "Lince" if model == "auto" else f"Lince `--model {model}`"
    return Engine(key, label, printed.stdout.split()[-1], single, [all_cores])


ENGINES = {
    "lince": lince,
    "lince-accurate": lambda program, cores: lince(program, cores, "lince-accurate", "accurate"),
    "rapidocr": lambda program, cores: rapid(cores),
    "faster-paddle-small": lambda program, cores: faster_paddle("small", cores),
    "faster-paddle-tiny": lambda program, cores: faster_paddle("tiny", cores),
    "tesseract": lambda program, cores: tesseract(cores),
}


def build_engine(key: str, program: Path, cores: int) -> Engine:
    """One of the engines; `program` is where Lince is."""
    return ENGINES[key](program, cores)
