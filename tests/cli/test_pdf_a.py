"""The level of PDF/A that a searchable PDF claims: 2b, 3b if asked for, none with a picture in CMYK."""

import re
import subprocess

import pytest
from conftest import picture
from test_pdf_text import FULL_PAGE, scan, write

CLAIM = re.compile(rb"<pdfaid:part>(\d)</pdfaid:part><pdfaid:conformance>(\w)</pdfaid:conformance>")


def run(*arguments):
    return subprocess.run(arguments, capture_output=True, check=True, timeout=60).stdout


@pytest.fixture
def claim(lince, tmp_path):
    """What the file made of these arguments claims."""

    def make(*arguments):
        out = tmp_path / "out.pdf"
        done = lince("read", "-f", "pdf", "-o", out, *arguments)
        assert (done.code, done.err) == (0, b"")
        run("qpdf", "--check", out)
        return CLAIM.findall(out.read_bytes())

    return make


@pytest.mark.parametrize("options, level", [((), b"2"), (("--pdf-a", "2b"), b"2"), (("--pdf-a", "3b"), b"3")])
def test_the_level_that_was_asked_for(claim, tmp_path, options, level):
    picture(["TOTAL 123,45"]).save(tmp_path / "page.png")
    assert claim(*options, tmp_path / "page.png") == [(level, b"B")]


@pytest.mark.parametrize("options", [(), ("--pdf-a", "3b")])
def test_inks_are_no_pdf_a(claim, tmp_path, options):
    picture(["TOTAL 123,45"]).convert("CMYK").save(tmp_path / "page.jpg")
    assert claim(*options, tmp_path / "page.jpg") == []
    picture(["TOTAL 123,45"]).save(tmp_path / "other.jpg")
    assert claim(*options, tmp_path / "page.jpg", tmp_path / "other.jpg") == []
    assert claim(*options, tmp_path / "other.jpg") != []


def test_a_pdf_file_becomes_one_of_pictures(claim, lince, tmp_path):
    path = write(tmp_path / "scan.pdf", FULL_PAGE, image=scan())
    assert claim(path) == []  # the file that came, with its text
    assert claim("--pdf-a", "3b", path) == [(b"3", b"B")]
    pages = tmp_path / "pages.pdf"
    assert lince("read", "-f", "pdf", "--pages", "1-", "-o", pages, path).code == 0
    made = (tmp_path / "out.pdf").read_bytes()
    assert made.replace(b"<pdfaid:part>3", b"<pdfaid:part>2") == pages.read_bytes()


def test_other_forms_have_no_level(lince, tmp_path):
    picture(["TOTAL 123,45"]).save(tmp_path / "page.png")
    done = lince("read", "--pdf-a", "3b", tmp_path / "page.png")
    assert done.code == 2 and b"--pdf-a needs -f pdf" in done.err
    done = lince("read", "-f", "pdf", "--pdf-a", "1a", tmp_path / "page.png")
    assert done.code == 2 and b"2b" in done.err
