"""What the proofs share: the program, and one reading of each file as JSON and as PDF."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

import drawn
import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(os.environ.get("LINCE_PROGRAM", ROOT / "build/release/lince"))
THIRD_PARTY = ROOT / "third_party"


def run(*arguments, **options):
    return subprocess.run(arguments, capture_output=True, check=True, timeout=300, **options).stdout


def lince(*arguments, **options):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("LC_")}
    return run(PROGRAM, *arguments, env=environment | {"LC_ALL": "C.UTF-8"}, **options)


@dataclass
class Made:
    """What Lince made of a file."""

    case: drawn.Case
    pdf: Path
    pages: list[dict]  # as JSON has them

    def lines(self, page: int) -> list[list[dict]]:
        return [line["words"] for line in self.pages[page]["lines"]]


def read(case: drawn.Case, form: str) -> bytes:
    level = ["--pdf-a", case.level] if form == "pdf" and case.level else []
    command = ["read", "-f", form, *level, *case.options]
    if not case.standard_input:
        return lince(*command, case.source)
    with case.source.open("rb") as sent:
        return lince(*command, "-", stdin=sent)


def make(case: drawn.Case, pdf: Path) -> Made:
    pdf.write_bytes(read(case, "pdf"))
    return Made(case, pdf, [json.loads(line) for line in read(case, "ndjson").splitlines()])


NAMES = [
    *[f"mode-{mode}" for mode in ("1", "L", "P", "RGB", "RGBA", "LA", "I16")],
    *["grey-jpg", "colour-jpg", "page-webp", "page-bmp", "page-gif", "page-jp2", "lzw-tif", "fax-tif"],
    *["strip-tif", "grey-webp", "bits-bmp", "level-3b", "level-3b-strip", "level-3b-pages", "level-2b-pages"],
    *["cmyk", "two-pages", "rotated-2", "rotated--3", "rotated-90", "rotated-180"],
    *["orientation-3", "orientation-6", "orientation-8", "scan", "many", "page-turned-90", "page-turned-180"],
    *["page-turned-270", "cropped", "archived-1", "archived-2", "archived-3", "little-memory", "one-job"],
    *["locked-down", "chosen-pages", "own-text-never", "own-text-always", "accurate", "picture-sent", "file-sent"],
]


@pytest.fixture(scope="session")
def made(tmp_path_factory) -> dict[str, Made]:
    """Every file of `drawn`, read."""
    source, out = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("made")
    cases = drawn.pictures(source) | drawn.documents(source)
    cases |= drawn.optioned(source)
    return {name: make(case, out / f"{name}.pdf") for name, case in cases.items()}
