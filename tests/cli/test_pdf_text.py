"""Text that PDF pages bring: used if it is visible and plausible, read if not, beside pictures both."""

import pytest
from conftest import FONT, objects, whole_pages
from PIL import Image, ImageDraw, ImageFont

from tests.pdf_file import HELVETICA, assembled, letter_map, stream

LINES = [
    "Factura N 0012345 de la tienda",
    "Fecha: 03/01/2025 Total: 1.234,50 Bs",
    "Martillo de carpintero con mango de madera",
    "Destornillador plano y juego de llaves",
    "Gracias por su compra",
]


def picture(image):
    head = (
        b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8" % image.size
    )
    return stream(head, image.convert("L").tobytes())


def write(path, content, extra="", image=None, font=b"", names=None):
    """A PDF file of one page with that content, /P as its picture, and in object 7 a map that names letters."""
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> "
        b"/XObject << /P 6 0 R >> >> " + extra.encode() + b" >>"
    )
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        page,
        stream(b"", content.encode("latin-1")),
        HELVETICA % font,
        picture(image or Image.new("L", (8, 8), 255)),
        stream(b"", names or shifted_map()),
    ]
    path.write_bytes(assembled(bodies))
    return path


def shifted_map(shift=29, first=61):
    """A map of a font's codes to letters that names each the one `shift` places before, as broken writers do."""
    return letter_map({chr(code): chr(code - shift) for code in range(first, 127)})


def text(lines, mode=0):
    return f"BT {mode} Tr /F1 12 Tf 16 TL 60 760 Td " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"


def scan(lines=LINES):
    image = Image.new("L", (1240, 1754), 255)
    for row, line in enumerate(lines):
        ImageDraw.Draw(image).text((120, 150 + 60 * row), line, font=ImageFont.truetype(FONT, 30), fill=0)
    return image


FULL_PAGE = "q 595 0 0 842 0 0 cm /P Do Q "


def lines_of(lince, *options):
    (page,) = objects(lince("read", "-f", "ndjson", *options).out)
    return [(line.get("source"), line["text"]) for line in page["lines"]]


def test_a_layer_is_told_apart_and_stands_where_it_is_drawn(lince, tmp_path):
    path = write(tmp_path / "a.pdf", text(LINES))
    (page,) = objects(lince("read", "-f", "ndjson", path).out)
    assert [(line["source"], line["text"]) for line in page["lines"]] == [("layer", line) for line in LINES]
    dots = page["width"] / 595
    x0, y0, x1, y1 = page["lines"][0]["box"]
    assert abs(x0 - 60 * dots) < 2 and y0 < (842 - 760) * dots < y1 < y0 + 20 * dots
    (read,) = objects(lince("read", "-f", "ndjson", "--pdf-text", "never", path).out)
    assert "source" not in read["lines"][0] and read["lines"][0]["text"] == LINES[0]
    for mine, theirs in zip(page["lines"][0]["box"], read["lines"][0]["box"], strict=True):
        assert abs(mine - theirs) < 8 * dots
    assert [word["text"] for word in page["lines"][1]["words"]] == LINES[1].split()


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_turned_page(lince, tmp_path, degrees):
    path = write(tmp_path / "a.pdf", text(LINES), f"/Rotate {degrees}")
    (page,) = objects(lince("read", "-f", "ndjson", path).out)
    assert page["turn"] == degrees and page["text"] == "\n".join(LINES)
    assert (page["width"] > page["height"]) == (degrees != 180)


def test_cells_are_lines_of_their_own(lince, tmp_path):
    rows = [("Cantidad", "Nombre", "Importe"), ("2", "Tornillos de acero", "12,50"), ("1", "Clavos", "3,00")]
    cells = [
        f"1 0 0 1 {x} {700 - 20 * y} Tm ({cell}) Tj"
        for y, row in enumerate(rows)
        for x, cell in zip((60, 200, 450), row, strict=True)
    ]
    path = write(tmp_path / "a.pdf", "BT /F1 11 Tf " + " ".join(cells) + " ET")
    assert [line for _, line in lines_of(lince, path)] == [cell for row in rows for cell in row]
    assert "| 2 | Tornillos de acero | 12,50 |" in lince("read", "-f", "markdown", path).out.decode()


def test_pictures_beside_text_are_read(lince, tmp_path):
    stamp = Image.new("L", (600, 150), 255)
    ImageDraw.Draw(stamp).text((30, 40), "PAGADO 77-88", font=ImageFont.truetype(FONT, 60), fill=0)
    path = write(tmp_path / "a.pdf", text(LINES) + " q 300 0 0 75 60 400 cm /P Do Q", image=stamp)
    assert lines_of(lince, path) == [("layer", line) for line in LINES] + [(None, "PAGADO 77-88")]
    assert lines_of(lince, "--pdf-text", "always", path) == [("layer", line) for line in LINES]


CELLS = ["42.00", "$ 42.00", "1 kg", "7", "0.00 15.00%", "Total", "N", "Ud.", "$279.84", "Importe", "3,5", "A-1"]


@pytest.mark.parametrize("size", [5, 6, 7, 8, 10, 12, 16])
def test_short_cells_beside_rules_are_not_read_again(lince, tmp_path, size):
    places = [(60 + 160 * (cell % 3), 740 - 4 * size * (cell // 3)) for cell in range(len(CELLS))]
    words = [f"1 0 0 1 {x} {y} Tm ({cell}) Tj" for (x, y), cell in zip(places, CELLS, strict=True)]
    rules = [
        f"{x - 8} {y - size} m {x + 150} {y - size} l S {x - 8} {y - size} m {x - 8} {y + 2 * size} l S"
        for x, y in places
    ]
    path = write(tmp_path / "a.pdf", " ".join(rules) + f" BT /F1 {size} Tf " + " ".join(words) + " ET")
    assert sorted(lines_of(lince, path)) == sorted(("layer", cell) for cell in CELLS)


@pytest.mark.parametrize("kind", ["invisible", "under the picture"])
def test_a_layer_that_is_not_seen_is_read_instead(lince, tmp_path, kind):
    wrong = text([line[::-1] for line in LINES], 3 if kind == "invisible" else 0)
    content = FULL_PAGE + wrong if kind == "invisible" else f"{wrong} {FULL_PAGE}"
    path = write(tmp_path / "a.pdf", content, image=scan())
    assert lines_of(lince, path) == [(None, line) for line in LINES]
    assert lines_of(lince, "--pdf-text", "always", path) == [("layer", line[::-1]) for line in LINES]


def test_a_layer_whose_letters_are_named_wrongly_is_read_instead(lince, tmp_path):
    path = write(tmp_path / "a.pdf", text(LINES), font=b"/ToUnicode 7 0 R")
    assert "source" not in objects(lince("read", "-f", "ndjson", path).out)[0]["lines"][0]
    assert lines_of(lince, path) == [(None, line) for line in LINES]


SHORT = [["Phone"], ["Total a pagar"], ["Fecha de emision", "Vendedor"], LINES]


@whole_pages
@pytest.mark.parametrize("shift", [57, 60, 66, 70, 82, 90])
@pytest.mark.parametrize("lines", SHORT, ids=["word", "words", "lines", "page"])
def test_a_short_layer_of_signs_is_read_instead(lince, tmp_path, lines, shift):
    path = write(tmp_path / "a.pdf", text(lines), font=b"/ToUnicode 7 0 R", names=shifted_map(shift, 97))
    assert lines_of(lince, path) == [(None, line) for line in lines]


@pytest.mark.parametrize(
    "lines",
    [
        ["if [i] < n & x > 0 { return a[i] + b; }", "for {i = 0; i < n; i++} { sum += a[i]; }"],
        ['{"name": "Ana", "total": 12.50, "paid": true}'],
        ["Total $ 1.234,50 - 15 % = $ 1.049,33"],
        ["Capitulo 1 ........................ 7", "Capitulo 2 ........................ 9"],
        ["# 0012 / 2025", "100 %"],
    ],
    ids=["program", "json", "amounts", "leaders", "number"],
)
def test_a_layer_with_many_signs_is_used(lince, tmp_path, lines):
    path = write(tmp_path / "a.pdf", text(lines))
    assert {source for source, _ in lines_of(lince, path)} == {"layer"}


def plane_map():
    """A map of a font's codes in which K is a letter of mathematics, beyond the first plane of Unicode."""
    return (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /M def /CMapType 2 def\n"
        b"1 begincodespacerange <00> <FF> endcodespacerange\n"
        b"1 beginbfrange <20> <4A> <0020> endbfrange\n1 beginbfrange <4C> <7E> <004C> endbfrange\n"
        b"1 beginbfchar <4B> <D835DC5D> endbfchar\nendcmap end end"
    )


def test_letters_beyond_the_first_plane(lince, tmp_path):
    """Mathematical letters come as they are; each is one letter, not two that cannot be shown."""
    lines = [*LINES, "Sea K el peso de la caja"]
    path = write(tmp_path / "a.pdf", text(lines), font=b"/ToUnicode 7 0 R", names=plane_map())
    found = objects(lince("read", "-f", "ndjson", path).out)[0]
    assert "Sea \U0001d45d el peso de la caja" in found["text"] and "\ufffd" not in found["text"]
    assert [line for line in found["lines"] if "\U0001d45d" in line["text"]][0]["source"] == "layer"


def test_a_page_without_text_is_read(lince, tmp_path):
    path = write(tmp_path / "a.pdf", FULL_PAGE, image=scan())
    for mode in ("auto", "always", "never"):
        assert lines_of(lince, "--pdf-text", mode, path) == [(None, line) for line in LINES]


def test_fields_come_from_the_layer(lince, tmp_path):
    path = write(tmp_path / "a.pdf", text(["Pago movil exitoso", "Referencia: 000123456789", "Monto: 1.234,50 Bs"]))
    (page,) = objects(lince("read", "-f", "ndjson", "--fields", path).out)
    assert page["fields"]["referencia"]["value"] == "000123456789"


@pytest.mark.parametrize("code", [0xF095, 0xF0B7, 0xF0A7, 0xF0D8, 0xE00C, 0x2022])
def test_bullets_of_symbol_fonts_mark_a_list(lince, tmp_path, code):
    """Word processors write them as codes without a meaning of their own."""
    lines = ["The following goods are to be delivered:", "* apples from the garden", "* pears of last year", "* plums"]
    names = letter_map({"*": chr(code)})
    path = write(tmp_path / "a.pdf", text(lines), font=b"/ToUnicode 7 0 R", names=names)
    told = lince("read", "-f", "markdown", path).out.decode()
    assert [line for line in told.splitlines() if line.startswith("- ")] == ["- " + line[2:] for line in lines[1:]]
