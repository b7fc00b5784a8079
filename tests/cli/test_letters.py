"""Places of letters: --letters in JSON and hOCR, makebox and hocr_char_boxes of `lince tesseract`."""

import json
import re
import xml.etree.ElementTree

import jsonschema
import pytest
from conftest import FONT, ROOT, objects, whole_pages
from PIL import Image, ImageDraw, ImageFont
from test_pdf_letters import write as write_fonts
from test_pdf_text import LINES, write

SCHEMA = json.loads((ROOT / "docs/read.schema.json").read_text())
ROWS = ["Factura 0012-A de compra", "Monto: 1.234,50 Bs", "Ñandú pingüino x(7) @B%"]
SIZE = (900, 360)


def drawn(rows=ROWS, size=40, gap=100):
    """A page, and the box of each letter as the font draws it."""
    image = Image.new("L", SIZE, 255)
    draw, font, boxes = ImageDraw.Draw(image), ImageFont.truetype(FONT, size), []
    for row, text in enumerate(rows):
        for index, letter in enumerate(text):
            left, top = 40 + draw.textlength(text[:index], font=font), 40 + gap * row
            draw.text((left, top), letter, font=font, fill=0)
            if letter != " ":
                alone = Image.new("L", SIZE, 0)
                ImageDraw.Draw(alone).text((left, top), letter, font=font, fill=255)
                boxes.append((letter, alone.point(lambda ink: 255 * (ink > 100)).getbbox()))
    return image, boxes


def letters_of(page):
    return [(each["text"], each["box"]) for line in page["lines"] for word in line["words"] for each in word["letters"]]


def read(lince, path, *more):
    (page,) = objects(lince("read", "-f", "ndjson", "--letters", *more, path).out)
    jsonschema.validate(page, SCHEMA)
    for line in page["lines"]:
        for word in line["words"]:
            assert "".join(each["text"] for each in word["letters"]) == word["text"]
            for each in word["letters"]:
                x0, y0, x1, y1 = each["box"]
                assert word["box"][0] - 0.2 <= x0 < x1 <= word["box"][2] + 0.2
                assert word["box"][1] - 0.2 <= y0 < y1 <= word["box"][3] + 0.2
    return page


# How a point of the page is moved, for a page of that size that is turned clockwise.
TURNS = {
    0: lambda x, y: (x, y),
    90: lambda x, y: (SIZE[1] - y, x),
    180: lambda x, y: (SIZE[0] - x, SIZE[1] - y),
    270: lambda x, y: (y, SIZE[0] - x),
}


def compare(found, boxes, most):
    assert [letter for letter, _ in found] == [letter for letter, _ in boxes]
    off = [
        max(abs(a - b) for a, b in zip(one, other, strict=True))
        for (_, one), (_, other) in zip(found, boxes, strict=True)
    ]
    assert sum(each <= most for each in off) >= 0.9 * len(off) and max(off) <= 5 * most, list(
        zip(boxes, off, strict=True)
    )


@whole_pages
@pytest.mark.parametrize("degrees", TURNS)
@pytest.mark.parametrize("scale", [1, 2])
def test_boxes_are_those_of_the_letters(lince, tmp_path, degrees, scale):
    image, boxes = drawn()
    image = image.rotate(-degrees, expand=True)
    image.resize((image.width * scale, image.height * scale)).save(tmp_path / "a.png")
    expected = []
    for letter, (x0, y0, x1, y1) in boxes:
        (ax, ay), (bx, by) = TURNS[degrees](x0, y0), TURNS[degrees](x1, y1)
        expected.append((letter, [scale * each for each in (min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))]))
    compare(letters_of(read(lince, tmp_path / "a.png")), expected, 3 * scale)


@pytest.mark.parametrize("degrees", [-6, -2, 3, 7])
def test_on_a_skewed_page_they_hold_their_letters(lince, tmp_path, degrees):
    import math

    image, boxes = drawn(["Factura numero diecisiete", "Monto total 845,30"])
    image.rotate(degrees, fillcolor=255).save(tmp_path / "a.png")
    angle = math.radians(-degrees)
    found = letters_of(read(lince, tmp_path / "a.png"))
    assert [letter for letter, _ in found] == [letter for letter, _ in boxes]
    inside = 0
    for (_, box), (_, (x0, y0, x1, y1)) in zip(found, boxes, strict=True):
        x, y = (x0 + x1) / 2 - SIZE[0] / 2, (y0 + y1) / 2 - SIZE[1] / 2
        x, y = (
            x * math.cos(angle) - y * math.sin(angle) + SIZE[0] / 2,
            x * math.sin(angle) + y * math.cos(angle) + SIZE[1] / 2,
        )
        inside += box[0] - 1 <= x <= box[2] + 1 and box[1] - 1 <= y <= box[3] + 1
    assert inside >= 0.95 * len(boxes)


@whole_pages
@pytest.mark.parametrize("path", sorted((ROOT / "examples").glob("*.[jp][pn]g")), ids=lambda path: path.stem)
def test_the_same_text_is_read_with_them(lince, path):
    page = read(lince, path)
    (plain,) = objects(lince("read", "-f", "ndjson", path).out)
    assert not any("letters" in word for line in plain["lines"] for word in line["words"])
    for line in page["lines"]:
        for word in line["words"]:
            del word["letters"]
    assert page["lines"] == plain["lines"] and page["blocks"] == plain["blocks"]


def test_letters_spaced_out_are_one_words(lince, tmp_path):
    image = Image.new("L", (900, 300), 255)
    draw = ImageDraw.Draw(image)
    for index, letter in enumerate("FACTURA"):
        draw.text((60 + 60 * index, 40), letter, font=ImageFont.truetype(FONT, 40), fill=0)
    image.save(tmp_path / "a.png")
    page = read(lince, tmp_path / "a.png")
    assert any(
        word["text"] == "FACTURA" and len(word["letters"]) == 7 for line in page["lines"] for word in line["words"]
    )


def test_letters_of_a_pdf_pages_own_text(lince, tmp_path):
    rows = "".join(f"1 0 0 1 60 {700 - 60 * row} Tm ({text}) Tj\n" for row, text in enumerate(LINES))
    path = write(tmp_path / "a.pdf", f"BT /F1 14 Tf\n{rows}ET")
    page = read(lince, path)
    assert all(line["source"] == "layer" for line in page["lines"])
    drawn_page = read(lince, path, "--pdf-text", "never")
    own, seen = letters_of(page), letters_of(drawn_page)
    assert [letter for letter, _ in own] == [letter for letter, _ in seen]
    near = [abs(a[0] + a[2] - b[0] - b[2]) / 2 <= 8 for (_, a), (_, b) in zip(own, seen, strict=True)]
    assert sum(near) >= 0.95 * len(near)


def test_they_do_not_change_which_pages_make_the_record(lince, tmp_path):
    row = "Articulo {} de la lista de los precios del mes, con los descuentos y el impuesto de la venta de cada mes: {}"
    dense = [("F1", f"{row.format(n, n * 37)} {row.format(n, n * 41)}", 4) for n in range(28)]
    first = [("F1", line, 12) for line in ["Pago movil exitoso", "Referencia: 000123456780"]]
    path = write_fonts(
        tmp_path / "a.pdf", [first + dense, *[dense] * 8, [*dense, ("F1", "Monto: 1.234,50 Bs", 12)]], b""
    )
    out = {}
    for more in ([], ["--letters"]):
        lines = lince("read", "-f", "ndjson", "--fields", *more, path).out
        out[len(more)] = (len(lines), objects(lines)[-1]["document"])
    assert out[1][0] > 2 << 20 > out[0][0]  # with letters, more than is kept of a document
    assert out[1][1] == out[0][1] and "payment:monto" in out[0][1]["evidence"]  # of the last page


def test_hocr_has_them_when_asked(lince, tmp_path):
    drawn()[0].save(tmp_path / "a.png")
    page = read(lince, tmp_path / "a.png")
    plain = lince("read", "-f", "hocr", tmp_path / "a.png").out.decode()
    assert 'class="ocrx_cinfo"' not in plain
    tree = xml.etree.ElementTree.fromstring(lince("read", "-f", "hocr", "--letters", tmp_path / "a.png").out)
    spans = [each for each in tree.iter() if each.get("class") == "ocrx_cinfo"]
    assert [each.text for each in spans] == [letter for letter, _ in letters_of(page)]
    boxes = [
        [int(n) for n in re.search(r"x_bboxes (\d+) (\d+) (\d+) (\d+); x_conf [\d.]+$", each.get("title")).groups()]
        for each in spans
    ]
    assert all(
        max(abs(a - b) for a, b in zip(one, other, strict=True)) <= 1
        for one, (_, other) in zip(boxes, letters_of(page), strict=True)
    )


@pytest.mark.parametrize("form", ["text", "tsv", "alto", "pdf", "markdown"])
def test_other_forms_have_no_place_for_them(lince, tmp_path, form):
    done = lince("read", "-f", form, "--letters", "-o", tmp_path / "out", tmp_path / "a.png")
    assert done.code == 2 and b"--letters" in done.err


# ---- for callers of Tesseract


def rows_of(text):
    return [re.fullmatch(r"(\S+) (\d+) (\d+) (\d+) (\d+) (\d+)", row).groups() for row in text.splitlines()]


@pytest.mark.parametrize("how", [["makebox"], ["-c", "tessedit_create_boxfile=1"], ["batch.nochop", "makebox"]])
def test_makebox(lince, tmp_path, how):
    image, boxes = drawn()
    image.save(tmp_path / "a.tif", save_all=True, append_images=[image])
    assert lince("tesseract", tmp_path / "a.tif", tmp_path / "out", *how).code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.tif", "out.box"]
    rows = rows_of((tmp_path / "out.box").read_text())
    assert [row[5] for row in rows] == ["0"] * len(boxes) + ["1"] * len(boxes)
    found = []
    for letter, left, bottom, right, top, _ in rows[: len(boxes)]:
        found.append((letter, [int(left), SIZE[1] - int(top), int(right), SIZE[1] - int(bottom)]))
    compare(found, boxes, 3)


def test_makebox_beside_other_forms(lince, tmp_path):
    drawn()[0].save(tmp_path / "a.png")
    assert lince("tesseract", tmp_path / "a.png", tmp_path / "out", "makebox", "hocr", "txt").code == 0
    assert 'ocrx_cinfo"' not in (tmp_path / "out.hocr").read_text() and rows_of((tmp_path / "out.box").read_text())
    done = lince("tesseract", tmp_path / "a.png", "stdout", "hocr", "-c", "hocr_char_boxes=1")
    assert done.code == 0 and done.err == b"" and done.out.count(b'class="ocrx_cinfo"') > 40
    assert b'cinfo"' not in lince("tesseract", tmp_path / "a.png", "stdout", "hocr", "-c", "hocr_char_boxes=0").out
