"""OCRmyPDF reads pages with Lince: one run of `lince tesseract` for each page, inside a memory limit.

Installed beside OCRmyPDF, it is the engine that `--ocr-engine auto` takes. `--ocr-engine tesseract` takes Tesseract
where that is installed. OCRmyPDF needs no Tesseract otherwise.
"""

from __future__ import annotations

import argparse
import logging
import math
import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

from ocrmypdf import OcrEngine, OrientationConfidence, hookimpl
from ocrmypdf.builtin_plugins.tesseract_ocr import TesseractOptions
from ocrmypdf.exceptions import MissingDependencyError, SubprocessOutputError
from ocrmypdf.helpers import available_cpu_count
from pydantic import BaseModel, Field

log = logging.getLogger(__name__)

TESSERACT = "ocrmypdf.builtin_plugins.tesseract_ocr"
PSM_ORIENTATION, PSM_SKEW = 0, 2
TOO_FEW_LETTERS = "Too few characters"
NOT_LANGUAGES = {"osd"}


class LinceOptions(BaseModel):
    """The plugin's options; `ocrmypdf --help` shows them."""

    program: Annotated[str, Field(description="The program lince")] = "lince"
    memory: Annotated[str, Field(description="The most memory of a page's process")] = "300MB"
    timeout: Annotated[float, Field(gt=0, description="Seconds that a page may take")] = 180.0
    threads: Annotated[int, Field(ge=1, description="Threads of a page's process", exclude=True)] = 1


def chosen(options: Any) -> LinceOptions:
    found = getattr(options, "lince", None)
    return found if isinstance(found, LinceOptions) else LinceOptions()


def run(
    options: Any, arguments: Sequence[str | os.PathLike[str]], timeout: float | None = None
) -> subprocess.CompletedProcess[str]:
    """One run of `lince tesseract`. Raises TimeoutExpired, and MissingDependencyError if there is no such program."""
    lince = chosen(options)
    try:
        return subprocess.run(
            [lince.program, "tesseract", "-m", lince.memory, *arguments],
            capture_output=True,
            text=True,
            timeout=timeout,
            env=os.environ | {"OMP_THREAD_LIMIT": str(lince.threads)},
        )
    except FileNotFoundError as error:
        raise MissingDependencyError(
            f"the program {lince.program} was not found: install Lince, or name it with --lince-program"
        ) from error


def printed_by(done: subprocess.CompletedProcess[str]) -> str:
    """What the run printed. Raises SubprocessOutputError with Lince's own message if it failed."""
    if done.returncode != 0:
        raise SubprocessOutputError(done.stderr.strip())
    return done.stdout


def output_of(options: Any, arguments: Sequence[str | os.PathLike[str]], timeout: float | None = None) -> str:
    return printed_by(run(options, arguments, timeout))


def page_measured(source: Path, mode: int, options: Any, what: str) -> subprocess.CompletedProcess[str] | None:
    """A run with a page segmentation mode that reads no text. None, after a warning, if it takes too long."""
    try:
        return run(options, [source, "stdout", "--psm", str(mode)], chosen(options).timeout)
    except subprocess.TimeoutExpired:
        log.warning("[lince] %s was not found in %g s", what, chosen(options).timeout)
        return None


def value_in(printed: str, label: str) -> float:
    """The number behind a label that Tesseract prints."""
    found = re.search(rf"^{label}: (-?[\d.]+)$", printed, re.MULTILINE)
    if found is None:
        raise SubprocessOutputError(f"lince printed no {label}")
    return float(found.group(1))


def page_read(source: Path, output: Path, text: Path, options: Any, forms: Sequence[str]) -> None:
    """Writes a page in a form and as text. A page that takes too long is left without text, after a warning."""
    base = output.with_suffix("")
    languages = ["-l", "+".join(options.languages)] if options.languages else []
    try:
        output_of(options, [source, base, *languages, *forms, "txt"], chosen(options).timeout)
    except subprocess.TimeoutExpired:
        log.warning("[lince] the page took longer than %g s and was left without text", chosen(options).timeout)
        output.write_bytes(b"")
        text.write_text("[skipped page]", encoding="utf-8")
        return
    written = base.with_suffix(".txt")
    if written != text:
        written.replace(text)


def version_of(options: Any) -> str:
    return output_of(options, ["--version"]).split("lince ", 1)[1].split()[0]


class LinceEngine(OcrEngine):
    """Reads with the program lince."""

    @staticmethod
    def version() -> str:
        return version_of(None)

    @staticmethod
    def creator_tag(options: Any) -> str:
        return f"Lince {version_of(options)}"

    def __str__(self) -> str:
        return "Lince"

    @staticmethod
    def languages(options: Any) -> set[str]:
        _head, *names = output_of(options, ["--list-langs"]).split("\n")
        return {name for name in names if name} - NOT_LANGUAGES

    @staticmethod
    def get_orientation(input_file: Path, options: Any) -> OrientationConfidence:
        done = page_measured(input_file, PSM_ORIENTATION, options, "which way is up")
        if done is None or TOO_FEW_LETTERS in done.stderr:
            return OrientationConfidence(angle=0, confidence=0.0)
        printed = printed_by(done)
        return OrientationConfidence(
            angle=int(value_in(printed, "Orientation in degrees")),
            confidence=value_in(printed, "Orientation confidence"),
        )

    @staticmethod
    def get_deskew(input_file: Path, options: Any) -> float:
        done = page_measured(input_file, PSM_SKEW, options, "the skew")
        return 0.0 if done is None else math.degrees(value_in(printed_by(done), "Deskew angle"))

    @staticmethod
    def generate_hocr(input_file: Path, output_hocr: Path, output_text: Path, options: Any) -> None:
        page_read(input_file, output_hocr, output_text, options, ["hocr"])

    @staticmethod
    def generate_pdf(input_file: Path, output_pdf: Path, output_text: Path, options: Any) -> None:
        page_read(input_file, output_pdf, output_text, options, ["-c", "textonly_pdf=1", "pdf"])


def without_tesseract() -> bool:
    return shutil.which("tesseract") is None


@hookimpl
def initialize(plugin_manager: Any) -> None:
    """OCRmyPDF's own plugin for Tesseract refuses to start without Tesseract."""
    if without_tesseract():
        plugin_manager.set_blocked(TESSERACT)


@hookimpl
def register_options() -> dict[str, type[BaseModel]]:
    """OCRmyPDF reads Tesseract's options even where its plugin is blocked."""
    found: dict[str, type[BaseModel]] = {"lince": LinceOptions}
    return found | ({"tesseract": TesseractOptions} if without_tesseract() else {})


@hookimpl
def add_options(parser: argparse.ArgumentParser) -> None:
    if without_tesseract():
        TesseractOptions.add_arguments_to_parser(parser)
    group = parser.add_argument_group("Lince", "How Lince reads pages")
    group.add_argument(
        "--lince-program", default="lince", metavar="PATH", help="The program lince (default: found in PATH)."
    )
    group.add_argument(
        "--lince-memory", default="300MB", metavar="SIZE", help="The most memory of a page's process (300MB)."
    )
    group.add_argument(
        "--lince-timeout", default=180.0, type=float, metavar="SECONDS", help="Seconds for a page (180)."
    )


@hookimpl
def validate(pdfinfo: Sequence[Any], options: Any) -> None:
    """OCRmyPDF reads several pages at once, so each gets a share of the cores."""
    jobs = options.jobs or available_cpu_count()
    chosen(options).threads = max(1, jobs // max(1, len(pdfinfo)))


@hookimpl
def get_ocr_engine(options: Any) -> OcrEngine | None:
    wanted = "auto" if options is None else getattr(options, "ocr_engine", "auto")
    return LinceEngine() if wanted == "auto" else None
