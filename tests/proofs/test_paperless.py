"""OCRmyPDF with Lince, called as Paperless-ngx calls it: every option that it sets, alone and together."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from itertools import product
from pathlib import Path

import drawn
import img2pdf
import pikepdf
import pytest
from conformance import judged
from conftest import PROGRAM, ROOT, run
from PIL import Image

from tests.pdf_file import HELVETICA, of_pages

LEAST_RIGHT = 0.97  # of the words, where a page was turned, cleaned or levelled
# OCRmyPDF refuses to keep text with these versions of Ghostscript, such as Debian 12's. It then makes PDF/A itself.
REFUSED_GHOSTSCRIPT = (10, 0, 0) <= tuple(map(int, run("gs", "--version").decode().split("."))) < (10, 2, 1)
TOOLS = ("gs", "qpdf", "pdftotext", "unpaper", "pngquant", "jbig2")
WORDS = " ".join(
    [
        "Confirmación de pedido",
        *drawn.LETTER,
        *drawn.LEFT,
        *drawn.RIGHT,
        *(cell for row in drawn.ROWS for cell in row),
        "- 7 -",
    ]
).split()


@pytest.fixture(scope="session")
def beside(tmp_path_factory) -> Path:
    """The plugin as pip installs it beside OCRmyPDF, which finds it by itself."""
    folder, source = tmp_path_factory.mktemp("installed"), tmp_path_factory.mktemp("source") / "ocrmypdf"
    shutil.copytree(ROOT / "bindings" / "ocrmypdf", source)  # pip builds beside the source
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation"]
    run(*pip, "--target", folder, source)
    return folder


@pytest.fixture(scope="session")
def environment(beside, tmp_path_factory) -> dict[str, str]:
    """A PATH with lince and the tools, but without Tesseract."""
    folder = tmp_path_factory.mktemp("bin")
    (folder / "lince").symlink_to(PROGRAM.resolve())
    for name in TOOLS:
        if found := shutil.which(name):
            (folder / name).symlink_to(found)
    kept = {name: os.environ[name] for name in ("LINCE_MODELS",) if name in os.environ}
    return kept | {"PATH": str(folder), "PYTHONPATH": str(beside), "HOME": str(folder)}


@pytest.fixture
def archive(environment, tmp_path):
    """Calls OCRmyPDF's function with the arguments that Paperless-ngx gives it."""

    def call(source: Path, **options) -> tuple[Path, Path]:
        arguments = {
            "input_file": str(source),
            "output_file": str(tmp_path / "archive.pdf"),
            "use_threads": True,
            "jobs": 1,
            "language": "spa+eng",
            "output_type": "pdfa",
            "progress_bar": False,
            "sidecar": str(tmp_path / "sidecar.txt"),
        } | options
        if "pdfa" in arguments["output_type"]:
            arguments["color_conversion_strategy"] = "RGB"
            if REFUSED_GHOSTSCRIPT and "force_ocr" not in arguments:
                arguments["pdfa_backend"] = "internal"
        if "pages" in arguments:
            del arguments["sidecar"]
        code = "import json, sys, ocrmypdf; a = json.loads(sys.argv[1]); ocrmypdf.ocr(a.pop('input_file'), **a)"
        done = subprocess.run(
            [sys.executable, "-c", code, json.dumps(arguments)],
            capture_output=True,
            text=True,
            env=environment | {"OMP_THREAD_LIMIT": "1"},
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return tmp_path / "archive.pdf", tmp_path / "sidecar.txt"

    return call


def words_in(pdf: Path) -> list[str]:
    """As Paperless-ngx takes the text out of a file."""
    return run("pdftotext", "-q", "-layout", "-enc", "UTF-8", pdf, "-").decode().split()


def right(found: list[str], wanted: list[str]) -> float:
    """The share of the wanted words that were found; less if there are more than those."""
    same = (Counter(found) & Counter(wanted)).total()
    return same / max(len(found), len(wanted))


def scans(folder: Path, *angles: float) -> Path:
    """A scan with a page for each angle, turned counter-clockwise."""
    images = []
    for number, angle in enumerate(angles):
        sheet = drawn.page("L").rotate(angle, Image.Resampling.BICUBIC, expand=angle % 90 == 0, fillcolor=255)
        sheet.save(folder / f"{number}.png", dpi=(drawn.DPI, drawn.DPI))
        images.append(str(folder / f"{number}.png"))
    path = folder / "scan.pdf"
    path.write_bytes(img2pdf.convert(images))
    return path


MODES = {"skip": {"skip_text": True}, "redo": {"redo_ocr": True}, "force": {"force_ocr": True}}
CLEANING = {"none": {}, "clean": {"clean": True}, "final": {"clean_final": True}}
TURNING = {"neither": {}, "both": {"deskew": True, "rotate_pages": True, "rotate_pages_threshold": 12}}


@pytest.mark.parametrize(("mode", "cleaning", "turning"), product(MODES, CLEANING, TURNING))
def test_modes_and_cleaning(archive, tmp_path, mode, cleaning, turning):
    options = MODES[mode] | CLEANING[cleaning] | TURNING[turning]
    if mode == "redo":  # Paperless-ngx leaves out what does not go with it
        options.pop("deskew", None)
        if options.pop("clean_final", False):
            options["clean"] = True
    # Without --deskew, OCRmyPDF lays the text of a leaning page along its lines, and Poppler then parts words.
    angles = (0,) if turning == "neither" else (90, 2) if "deskew" in options else (90, 0)
    pdf, sidecar = archive(scans(tmp_path, *angles), **options)
    wanted = WORDS * len(angles)
    assert right(words_in(pdf), wanted) >= LEAST_RIGHT
    assert right(sidecar.read_text().split(), wanted) >= LEAST_RIGHT
    if "rotate_pages" in options:
        with pikepdf.open(pdf) as file:
            width, height = (float(side) for side in file.pages[0].mediabox[2:])
            assert (width > height) == (int(file.pages[0].get("/Rotate", 0)) % 180 == 90)
    (told,) = judged([pdf])
    assert told["failed"] == []
    run("qpdf", "--check", pdf)


@pytest.mark.parametrize("output", ["pdf", "pdfa", "pdfa-1", "pdfa-2", "pdfa-3"])
def test_forms_of_the_archive(archive, tmp_path, output):
    pdf, _sidecar = archive(scans(tmp_path, 0), output_type=output, skip_text=True)
    assert right(words_in(pdf), WORDS) >= LEAST_RIGHT
    run("qpdf", "--check", pdf)
    if output != "pdf":
        (told,) = judged([pdf])
        assert told["failed"] == [] and told["form"][0] == (output[-1] if output[-1].isdigit() else "2")


def born_digital(folder: Path, words: str) -> Path:
    """A file whose text is its own."""
    content = "BT /F1 12 Tf 60 760 Td " + f"({words}) Tj ET"
    path = folder / "digital.pdf"
    path.write_bytes(of_pages([content.encode("cp1252")], b"/Font << /F1 3 0 R >>", [HELVETICA % b""]))
    return path


@pytest.mark.parametrize("mode", MODES)
def test_pages_that_have_text_beside_scanned_ones(archive, tmp_path, mode):
    own = "Factura de venta con texto propio 4.512,80"
    both = tmp_path / "both.pdf"
    run("qpdf", "--empty", "--pages", born_digital(tmp_path, own), scans(tmp_path, 0), "--", both)
    pdf, sidecar = archive(both, output_type="pdf", **MODES[mode])  # its font is not embedded
    assert right(words_in(pdf), [*own.split(), *WORDS]) >= LEAST_RIGHT
    if mode == "skip":  # Paperless-ngx drops a sidecar that says this, and takes the text of the file
        assert "[OCR skipped on page" in sidecar.read_text()


def test_a_layer_of_earlier_reading_is_replaced(archive, tmp_path):
    first, _sidecar = archive(scans(tmp_path, 0), output_type="pdf", skip_text=True)
    again = first.rename(tmp_path / "first.pdf")
    pdf, _sidecar = archive(again, redo_ocr=True)
    assert right(words_in(pdf), WORDS) >= LEAST_RIGHT


@pytest.mark.parametrize("ending", ["png", "jpg", "tif", "webp", "bmp", "gif"])
@pytest.mark.parametrize("dots", [drawn.DPI, None])
def test_pictures(archive, tmp_path, ending, dots):
    """Without a resolution, Paperless-ngx takes the one with which the picture would be as wide as A4."""
    path = tmp_path / f"page.{ending}"
    drawn.page("L").save(path, **({"dpi": (dots, dots)} if dots else {}))
    pdf, _sidecar = archive(path, image_dpi=dots or int(drawn.A4[0] / (21 / 2.54)), skip_text=True, deskew=True,
                            rotate_pages=True, rotate_pages_threshold=12, clean=True)  # fmt: skip
    assert right(words_in(pdf), WORDS) >= LEAST_RIGHT


def test_the_first_pages_alone(archive, tmp_path):
    pdf, _sidecar = archive(scans(tmp_path, 0, 0), pages="1-1", skip_text=True)
    assert right(words_in(pdf), WORDS) >= LEAST_RIGHT


def test_an_empty_page_gives_no_text(archive, tmp_path):
    Image.new("L", drawn.A4, 255).save(tmp_path / "0.png", dpi=(drawn.DPI, drawn.DPI))
    (tmp_path / "empty.pdf").write_bytes(img2pdf.convert([str(tmp_path / "0.png")]))
    pdf, sidecar = archive(tmp_path / "empty.pdf", skip_text=True, deskew=True, rotate_pages=True, clean=True)
    assert words_in(pdf) == sidecar.read_text().split() == []
