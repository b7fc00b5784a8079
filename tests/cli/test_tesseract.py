"""`lince tesseract`: the words, files and exit codes that programs that call Tesseract rely on."""

import math
import os
import subprocess
import xml.etree.ElementTree

import pytest
from conftest import PROGRAM, environment, sheet
from PIL import Image

PAGES = ["UNO 1,10", "DOS 2,20"]


@pytest.fixture
def scan(tmp_path):
    path = tmp_path / "scan.tif"
    first, second = (sheet(text, (600, 200), 50, (40, 60)) for text in PAGES)
    first.save(path, save_all=True, append_images=[second])
    return path


def test_text_is_what_is_written_unless_told_otherwise(lince, scan, tmp_path):
    done = lince("tesseract", scan, tmp_path / "out", "-l", "spa+eng", "--psm", "6", "--dpi", "300", "--oem", "1")
    assert (done.code, done.out, done.err) == (0, b"", b"")
    assert (tmp_path / "out.txt").read_text() == "UNO 1,10\n\fDOS 2,20\n\f"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.txt", "scan.tif"]


def test_the_files_that_configurations_ask_for(lince, scan, tmp_path):
    base = tmp_path / "out"
    assert (
        lince(
            "tesseract", scan, base, "-c", "tessedit_create_tsv=1", "-c", "tessedit_create_alto=1", "hocr", "pdf"
        ).code
        == 0
    )
    assert not base.with_suffix(".txt").exists()
    rows = [row.split("\t") for row in base.with_suffix(".tsv").read_text().splitlines()]
    assert rows[0][-1] == "text" and [row[11] for row in rows[1:] if row[0] == "5"] == " ".join(PAGES).split()
    assert {row[1] for row in rows[1:]} == {"1", "2"}
    for suffix in (".hocr", ".xml"):
        xml.etree.ElementTree.parse(base.with_suffix(suffix))
    assert base.with_suffix(".hocr").read_text().count('class="ocr_page"') == 2
    text = subprocess.run(["pdftotext", base.with_suffix(".pdf"), "-"], capture_output=True, check=True).stdout
    assert text.decode().split() == " ".join(PAGES).split()


def test_from_standard_input_to_standard_output(lince, scan):
    assert lince("tesseract", "stdin", "stdout", stdin=scan.read_bytes()).out.decode() == "UNO 1,10\n\fDOS 2,20\n\f"
    assert lince("tesseract", "-", "-", "tsv", stdin=scan.read_bytes()).out.startswith(b"level\tpage_num\t")


def test_what_callers_ask_first(lince):
    assert lince("tesseract", "--version").out.startswith(b"tesseract 5.")
    head, *names = lince("tesseract", "--list-langs").out.decode().splitlines()
    assert head.startswith("List of available languages") and f"({len(names)}):" in head
    assert {"eng", "spa"} <= set(names) and "jpn" not in names


@pytest.mark.parametrize(
    "arguments, told",
    [
        (("nofile.png", "out"), "nofile.png"),
        (("scan.tif", "out", "-l", "jpn"), "jpn"),
        (("scan.tif", "out", "--psm", "14"), "psm"),
        (("scan.tif", "out", "unlvx"), "unlvx"),
        (("scan.tif", "no/such/folder/out"), "no/such/folder/out.txt"),
        (("scan.tif",), "lince tesseract"),
    ],
)
def test_failures_are_told_and_give_1(lince, scan, arguments, told):
    done = lince("tesseract", *arguments, cwd=scan.parent)
    assert done.code == 1 and told in done.err.decode()
    assert not (scan.parent / "out.txt").exists()


def test_a_variable_without_meaning_is_told(lince, scan):
    done = lince("tesseract", scan, "stdout", "-c", "tessedit_char_whitelist=0123")
    assert done.code == 0 and b"tessedit_char_whitelist" in done.err


def test_variables_stand_behind_the_first_one(lince, scan, tmp_path):
    """pytesseract asks for several outputs with one -c."""
    base = tmp_path / "out"
    arguments = ("-c", "tessedit_create_tsv=1", "tessedit_create_txt=1", "batch.nochop")
    assert lince("tesseract", scan, base, *arguments).code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.tsv", "out.txt", "scan.tif"]


@pytest.fixture
def names(tmp_path, scan):
    """Two documents by name: the first has two pages, the second one."""
    sheet("TRES 3,30", (600, 200), 50, (40, 60)).save(tmp_path / "tres.pgm")
    return [str(scan), str(tmp_path / "tres.pgm")]


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("tail", ["", "\n", "\n\n"])
def test_a_text_names_the_images(lince, names, tmp_path, ends, tail):
    (tmp_path / "names.txt").write_text(ends.join(names) + tail, newline="")
    done = lince("tesseract", tmp_path / "names.txt", "stdout")
    assert done.out.decode() == "UNO 1,10\n\fDOS 2,20\n\fTRES 3,30\n\f"
    assert lince("tesseract", "stdin", "stdout", stdin=(tmp_path / "names.txt").read_bytes()).out == done.out


def test_pages_of_named_images_are_counted_on(lince, names, tmp_path):
    (tmp_path / "names.txt").write_text("\n".join(names))
    assert lince("tesseract", tmp_path / "names.txt", tmp_path / "out", "tsv", "hocr", "pdf").code == 0
    rows = [row.split("\t") for row in (tmp_path / "out.tsv").read_text().splitlines()]
    assert [row[1] for row in rows if row[0] == "1"] == ["1", "2", "3"]
    assert (tmp_path / "out.hocr").read_text().count('class="ocr_page"') == 3
    text = subprocess.run(["pdftotext", tmp_path / "out.pdf", "-"], capture_output=True, check=True).stdout
    assert text.decode().split() == [*" ".join(PAGES).split(), "TRES", "3,30"]


@pytest.mark.parametrize("text", ["", "nothing here\n", "one\0two", "\x1b[31m", "names.txt\nmissing.png\n"])
def test_other_texts_are_no_images(lince, tmp_path, text):
    (tmp_path / "names.txt").write_text(text)
    done = lince("tesseract", "names.txt", "out", cwd=tmp_path)
    assert done.code == 1 and done.err and not (tmp_path / "out.txt").exists()


def test_a_named_image_that_is_missing_ends_it(lince, names, tmp_path):
    (tmp_path / "names.txt").write_text("\n".join([*names, "missing.png"]))
    done = lince("tesseract", tmp_path / "names.txt", "stdout")
    assert done.code == 1 and b"missing.png" in done.err


def letter(angle):
    """Ten rows of words, turned counter-clockwise."""
    page = sheet("\n".join(f"Renglón {number} de una carta" for number in range(10)), (1000, 1000), 40, (60, 80))
    return page.rotate(
        angle, expand=angle % 90 == 0, fillcolor=page.getpixel((0, 0)), resample=Image.Resampling.BICUBIC
    )


@pytest.mark.parametrize("angle", [0, 90, 180, 270])
def test_which_way_is_up(lince, tmp_path, angle):
    letter(angle).save(tmp_path / "page.png")
    done = lince("tesseract", tmp_path / "page.png", tmp_path / "out", "--psm", "0", "-l", "osd")
    assert (done.code, done.out, done.err) == (0, b"", b"")
    told = dict(line.split(": ") for line in (tmp_path / "out.osd").read_text().splitlines())
    assert int(told["Orientation in degrees"]) == (360 - angle) % 360
    assert int(told["Rotate"]) == angle
    assert float(told["Orientation confidence"]) > 14  # OCRmyPDF turns pages from there on
    assert told["Script"] == "Latin"
    assert not (tmp_path / "out.txt").exists()


@pytest.mark.parametrize("angle", [0, 2.5, -4])
def test_how_far_a_page_is_askew(lince, tmp_path, angle):
    letter(angle).save(tmp_path / "page.png")
    done = lince("tesseract", tmp_path / "page.png", "stdout", "--psm", "2")
    told = dict(line.split(": ") for line in done.out.decode().splitlines())
    assert math.degrees(float(told["Deskew angle"])) == pytest.approx(-angle, abs=0.3)


def test_an_empty_page_shows_no_way_up(lince, tmp_path):
    sheet("", (400, 400), 40, (0, 0)).save(tmp_path / "page.png")
    done = lince("tesseract", tmp_path / "page.png", "stdout", "--psm", "0")
    assert done.code == 1 and done.out == b"" and b"Too few characters" in done.err


def test_pdf_without_the_picture(lince, tmp_path):
    letter(0).save(tmp_path / "page.png", dpi=(200, 200))
    for base, variables in (("whole", ()), ("text", ("-c", "textonly_pdf=1"))):
        assert lince("tesseract", tmp_path / "page.png", tmp_path / base, *variables, "pdf").code == 0
    whole, text = (tmp_path / f"{base}.pdf" for base in ("whole", "text"))
    told = [
        [
            subprocess.run([tool, *options, path, *rest], capture_output=True, check=True).stdout
            for tool, options, rest in (("pdftotext", ("-bbox",), ("-",)), ("pdfimages", ("-list",), ()))
        ]
        for path in (whole, text)
    ]
    assert told[0][0] == told[1][0] and b"carta" in told[0][0]
    assert len(told[0][1].splitlines()) == 3 and len(told[1][1].splitlines()) == 2
    subprocess.run(["qpdf", "--check", text], check=True, capture_output=True)


def test_by_a_link_of_its_name(scan, tmp_path):
    link = tmp_path / "tesseract"
    os.symlink(os.path.abspath(PROGRAM), link)
    done = subprocess.run([link, scan, "stdout"], capture_output=True, env=environment(), check=True)
    assert done.stdout.decode().startswith(PAGES[0])
