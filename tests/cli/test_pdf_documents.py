"""PDF files: scans and drawn text, page by page; rotation, crop boxes, encryption, damage, memory."""

import json
import os
import subprocess
import zlib

import pytest
from conftest import objects, plain_memory, sheet

from tests.pdf_file import of_pages, stream

WORDS = ["UNO 1,10", "DOS 2,20", "TRES 3,30"]


def page(text):
    return sheet(text, (1000, 300), 90, (60, 80))


@pytest.fixture
def scans(tmp_path):
    path = tmp_path / "scans.pdf"
    pages = [page(text) for text in WORDS]
    pages[0].save(path, save_all=True, append_images=pages[1:], resolution=200)
    return path


def drawn(path, text, extra="", annotations=b""):
    """A PDF file with one page of text in a font that every reader has."""
    content = f"BT /F1 36 Tf 40 60 Td ({text}) Tj ET".encode()
    more, font = extra.encode() + annotations, [b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    path.write_bytes(of_pages([content], b"/Font << /F1 3 0 R >>", font, more, media=b"0 0 400 200"))
    return path


def test_scans_are_read_page_by_page(lince, scans):
    found = objects(lince("read", "-f", "ndjson", scans).out)
    assert [(each["page"], each["pages"], each["text"]) for each in found] == [
        (number, len(WORDS), text) for number, text in enumerate(WORDS, 1)
    ]
    assert lince("read", "--pages", "2", scans).out.decode() == WORDS[1] + "\n"
    assert "\n\f".join(WORDS) in lince("read", "-", stdin=scans.read_bytes()).out.decode()


def test_several_jobs_share_one_document(lince, scans):
    found = objects(lince("read", "-f", "ndjson", "--jobs", "3", scans, scans).out)
    assert [each["text"] for each in found] == WORDS * 2


def test_drawn_text_stands_where_it_is_drawn(lince, tmp_path):
    (found,) = objects(lince("read", "-f", "ndjson", drawn(tmp_path / "a.pdf", "Total 12,50")).out)
    assert found["text"] == "Total 12,50"
    assert (found["width"], found["height"]) == (1667, 833)  # 400 x 200 points at 300 dots an inch
    x0, y0, _, y1 = found["lines"][0]["box"]
    assert abs(x0 - 40 * 300 / 72) < 20 and y0 < (200 - 60) * 300 / 72 < y1 + 20


def test_a_page_is_turned_and_cropped_as_it_says(lince, tmp_path):
    (found,) = objects(lince("read", "-f", "ndjson", drawn(tmp_path / "a.pdf", "Total 12,50", "/Rotate 180 ")).out)
    assert (found["text"], found["turn"]) == ("Total 12,50", 180)
    (found,) = objects(
        lince("read", "-f", "ndjson", drawn(tmp_path / "b.pdf", "Total 12,50", "/CropBox [30 40 400 120] ")).out
    )
    assert (found["text"], found["width"], found["height"]) == ("Total 12,50", 1542, 333)


def test_annotations_are_drawn(lince, tmp_path):
    note = (
        b"/Annots [<< /Type /Annot /Subtype /FreeText /Rect [40 120 380 180] /Contents (PAGADO 9,99) "
        b"/DA (/Helv 30 Tf 0 g) /F 4 >>]"
    )
    out = lince("read", drawn(tmp_path / "a.pdf", "Total 12,50", annotations=note)).out.decode()
    assert "Total 12,50" in out


def test_encrypted_files_ask_for_their_password(lince, tmp_path):
    plain = drawn(tmp_path / "plain.pdf", "Total 12,50")
    locked = tmp_path / "locked.pdf"
    subprocess.run(["qpdf", "--encrypt", "secreto", "owner", "256", "--", plain, locked], check=True)
    done = lince("read", locked)
    assert done.code == 1 and b"is encrypted; give its password with --password-file" in done.err
    done = lince("read", locked, env={"LINCE_PASSWORD": "wrong"})
    assert done.code == 1 and b"the password given does not open it" in done.err
    assert lince("read", locked, env={"LINCE_PASSWORD": "secreto"}).out == b"Total 12,50\n"
    (tmp_path / "password").write_text("secreto\n")
    assert lince("read", "--password-file", tmp_path / "password", locked).out == b"Total 12,50\n"
    done = lince("read", "--password-file", tmp_path / "none", locked)
    assert done.code == 2 and b"cannot read a password from" in done.err


@pytest.mark.parametrize("bits", ["40", "128", "256"])
@pytest.mark.parametrize("options", [(), ("--locked-down",)])
def test_a_password_that_is_not_needed_is_not_used(lince, tmp_path, bits, options):
    """A file that only forbids something opens without a password, also where the run has one for other files."""
    plain = drawn(tmp_path / "plain.pdf", "Total 12,50")
    path = tmp_path / "open.pdf"
    encryption = ("--allow-weak-crypto", "--encrypt", "", "owner", bits, "--")
    subprocess.run(["qpdf", *encryption, plain, path], check=True)
    for password in ("", "owner", "wrong"):
        done = lince("read", *options, path, env={"LINCE_PASSWORD": password})
        assert (done.code, done.out) == (0, b"Total 12,50\n")


@pytest.mark.parametrize("length", [10, 100, 1000])
def test_what_is_broken_is_told(lince, scans, tmp_path, length):
    (tmp_path / "cut.pdf").write_bytes(scans.read_bytes()[:length])
    (found,) = objects(lince("read", "-f", "ndjson", tmp_path / "cut.pdf").out)
    assert found["error"]["code"] == "damaged"


def test_boxes_and_pdf_of_pages(lince, scans, tmp_path):
    lince("read", "--boxes", tmp_path / "drawn", scans)
    assert len(list((tmp_path / "drawn").iterdir())) == 3
    assert lince("read", "-f", "pdf", "-o", tmp_path / "out.pdf", scans).code == 0
    told = subprocess.run(["pdftotext", tmp_path / "out.pdf", "-"], capture_output=True, check=True).stdout.decode()
    assert [text.strip() for text in told.split("\f")] == [*WORDS, ""]


@plain_memory
@pytest.mark.parametrize("limit", ["80MB", "128MB"])
def test_a_picture_beyond_the_limit_is_refused_and_the_rest_is_read(lince, scans, tmp_path, limit):
    """PDFium ends the process where memory is refused to it. So it is asked for nothing that may not fit."""
    side = 5000
    head = b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceRGB /BitsPerComponent 8" % (
        side,
        side,
    )
    noise = zlib.compress(os.urandom(side * side * 3), 0)
    picture = stream(head + b" /Filter /FlateDecode", noise)
    large = tmp_path / "large.pdf"
    large.write_bytes(of_pages([b"q 595 0 0 595 0 0 cm /I Do Q"], b"/XObject << /I 3 0 R >>", [picture]))
    done = lince("read", "-j", "1", "--memory", limit, large, scans)
    assert done.code == 75 and b"large.pdf" in done.err and b"[memory_limit]" in done.err
    assert all(words.encode() in done.out for words in WORDS)


@plain_memory
@pytest.mark.parametrize("dots", [300, 400])
@pytest.mark.parametrize("filter_", ["JPEG", "PNG"])
def test_decoded_pictures_are_within_the_limit(lince, tmp_path, dots, filter_):
    """PDFium keeps a decoded picture. A page is read within the limit, or refused with the limit that would do."""
    picture, path = sheet("PAGO 1.234,56", (int(8.3 * dots), int(11.7 * dots)), 90, (200, 200)), tmp_path / "page.pdf"
    if filter_ == "JPEG":
        picture.convert("RGB").save(path, "PDF", resolution=dots, quality=85)
    else:
        width, height = picture.size
        head = b"/Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 8" % (width, height)
        raw = zlib.compress(picture.convert("RGB").tobytes())
        image = stream(head + b" /Filter /FlateDecode /ColorSpace /DeviceRGB", raw)
        path.write_bytes(of_pages([b"q 595 0 0 842 0 0 cm /I Do Q"], b"/XObject << /I 3 0 R >>", [image]))
    for limit in (82, 105, 140):
        report = tmp_path / f"{limit}.json"
        done = lince("read", "-q", "--memory", f"{limit}MB", "--memory-report", "--memory-reports", report, path)
        assert done.code in (0, 75), done.err
        peak = json.loads(next(report.glob("*.json")).read_text())["system"]["resident_peak_bytes"]
        assert peak <= limit * 1000000, limit
    assert done.code == 0  # within the last limit


@plain_memory
def test_memory_does_not_grow_with_pages(lince, tmp_path):
    path = tmp_path / "many.pdf"
    pages = [page(WORDS[number % 3]) for number in range(40)]
    pages[0].save(path, save_all=True, append_images=pages[1:], resolution=200)
    found = objects(lince("read", "-f", "ndjson", "--memory", "128MB", path, timeout=300).out)
    assert [each.get("text") for each in found] == [WORDS[number % 3] for number in range(40)]
