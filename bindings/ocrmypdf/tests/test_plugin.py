"""The plugin under OCRmyPDF itself, over invented scans."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import img2pdf
import pikepdf
import pytest
from PIL import Image, ImageDraw, ImageFont

PACKAGE = Path(__file__).resolve().parent.parent
FONT = ImageFont.truetype("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", 40)
LINES = [f"Renglón {number} de una carta inventada sobre {number * 37} cajas" for number in range(1, 13)]
WORDS = [word for line in LINES for word in line.split()]


def letter(angle=0):
    """A page of 200 dots per inch, turned counter-clockwise."""
    page = Image.new("L", (1654, 2339), 255)
    draw = ImageDraw.Draw(page)
    for index, line in enumerate(LINES):
        draw.text((150, 200 + 120 * index), line, font=FONT, fill=0)
    return page.rotate(angle, expand=angle % 90 == 0, fillcolor=255, resample=Image.Resampling.BICUBIC)


@pytest.fixture
def tools(tmp_path):
    """A PATH with lince and what Lince and OCRmyPDF need, but without Tesseract."""
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "lince").symlink_to(Path(os.environ["LINCE_PROGRAM"]).resolve())
    for name in ("gs", "qpdf", "pdftotext"):
        if found := shutil.which(name):
            (folder / name).symlink_to(found)
    return folder


@pytest.fixture
def ocrmypdf(tmp_path, tools):
    def run(pages, *arguments, plugin=True):
        images = []
        for index, page in enumerate(pages):
            page.save(tmp_path / f"{index}.png", dpi=(200, 200))
            images.append(tmp_path / f"{index}.png")
        (tmp_path / "scan.pdf").write_bytes(img2pdf.convert(images))
        environment = {
            "PATH": str(tools),
            "PYTHONPATH": str(PACKAGE),
            "LINCE_MODELS": os.environ["LINCE_MODELS"],
            "HOME": str(tmp_path),
        }
        taken = ["--plugin", "lince_ocrmypdf"] if plugin else []
        return subprocess.run(
            [sys.executable, "-m", "ocrmypdf", *taken, "--output-type", "pdf", *arguments, "scan.pdf", "out.pdf"],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env=environment,
            timeout=500,
        )

    return run


def text_of(folder, *arguments):
    done = subprocess.run(["pdftotext", *arguments, folder / "out.pdf", "-"], capture_output=True, check=True)
    return done.stdout.decode()


@pytest.mark.parametrize("renderer", ["fpdf2", "sandwich"])
def test_text_is_found_where_it_is_seen(ocrmypdf, tmp_path, renderer):
    done = ocrmypdf([letter()], "-l", "spa", "--pdf-renderer", renderer, "--sidecar", "text.txt")
    assert done.returncode == 0, done.stderr
    assert text_of(tmp_path).split() == WORDS
    assert (tmp_path / "text.txt").read_text().split() == WORDS
    cut = text_of(tmp_path, "-r", "200", "-x", "140", "-y", "180", "-W", "1400", "-H", "100")
    assert cut.split() == LINES[0].split()
    subprocess.run(["qpdf", "--check", tmp_path / "out.pdf"], check=True, capture_output=True)
    with pikepdf.open(tmp_path / "out.pdf") as pdf:
        assert "Lince" in str(pdf.docinfo["/Creator"])


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_pages_are_turned_upright(ocrmypdf, tmp_path, angle):
    done = ocrmypdf([letter(angle)], "-l", "spa", "--rotate-pages")
    assert done.returncode == 0, done.stderr
    with pikepdf.open(tmp_path / "out.pdf") as pdf:
        assert int(pdf.pages[0].get("/Rotate", 0)) == angle
    assert text_of(tmp_path).split() == WORDS


@pytest.mark.parametrize("angle", [3.0, -2.0])
def test_skewed_pages_are_levelled(ocrmypdf, tmp_path, angle):
    done = ocrmypdf([letter(angle)], "-l", "spa", "--deskew", "--sidecar", "text.txt")
    assert done.returncode == 0, done.stderr
    subprocess.run(["pdftotext", "-bbox", "-r", "200", tmp_path / "out.pdf", tmp_path / "boxes.html"], check=True)
    rows = (tmp_path / "boxes.html").read_text().splitlines()
    tops = [float(row.split('yMin="')[1].split('"')[0]) for row in rows if "<word" in row][: len(LINES[0].split())]
    assert max(tops) - min(tops) < 4
    assert (tmp_path / "text.txt").read_text().split() == WORDS


def test_several_pages_and_an_empty_one(ocrmypdf, tmp_path):
    done = ocrmypdf([letter(), Image.new("L", (800, 800), 255), letter()], "--rotate-pages", "-l", "spa")
    assert done.returncode == 0, done.stderr
    first, empty, third = text_of(tmp_path).split("\f")[:3]
    assert first.split() == third.split() == WORDS and empty.split() == []


def test_a_page_that_takes_too_long_is_left_and_told(ocrmypdf, tmp_path):
    done = ocrmypdf([letter()], "--lince-timeout", "0.01")
    assert done.returncode == 0 and "longer than 0.01 s" in done.stderr
    assert text_of(tmp_path).split() == []


@pytest.mark.parametrize(
    "arguments, told",
    [
        (["-l", "jpn"], "jpn"),
        (["--lince-program", "no-such-lince"], "no-such-lince"),
        (["--lince-memory", "30MB"], "memory"),
        (["--ocr-engine", "tesseract"], "engine"),
    ],
)
def test_failures_are_told(ocrmypdf, tmp_path, arguments, told):
    done = ocrmypdf([letter()], *arguments)
    assert done.returncode != 0 and told in done.stderr
    assert not (tmp_path / "out.pdf").exists()


def test_ocrmypdf_without_the_plugin_needs_tesseract(ocrmypdf):
    assert "tesseract" in ocrmypdf([letter()], plugin=False).stderr


def test_types_are_whole():
    subprocess.run(
        [sys.executable, "-m", "mypy", "--cache-dir", os.devnull, "-p", "lince_ocrmypdf"], cwd=PACKAGE, check=True
    )
