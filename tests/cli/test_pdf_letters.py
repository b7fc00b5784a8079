"""Text layers of PDF pages whose letters stand for others are read instead, however short; right ones are believed."""

import random

import pytest
from conftest import FONT, objects, plain_memory, whole_pages
from PIL import Image, ImageDraw, ImageFont
from test_pdf_text import LINES

from tests.pdf_file import HELVETICA, letter_map, of_pages, stream

VOWELS, OTHERS, DIGITS = "aeiou", "bcdfghjklmnpqrstvwxyz", "0123456789"


def deranged(letters, seed):
    """A permutation in which no letter stays."""
    chance, mixed = random.Random(seed), list(letters)
    while any(a == b for a, b in zip(letters, mixed, strict=True)):
        chance.shuffle(mixed)
    return dict(zip(letters, mixed, strict=True))


def names(kind, seed):
    """A ToUnicode map that names letters, digits or both wrongly. Vowels stay vowels, so that it looks like words."""
    change = {}
    if kind in ("letters", "all"):
        change |= deranged(VOWELS, seed) | deranged(OTHERS, seed)
        change |= {a.upper(): b.upper() for a, b in change.items()}
    if kind in ("digits", "all"):
        change |= deranged(DIGITS, seed)
    return letter_map(change)


def write(path, pages, tounicode, extra=""):
    """Pages of lines of (font, text): F1 is right, F2 has the map. Both are Helvetica."""
    contents = []
    for lines in pages:
        rows = [
            f"/{name} {size} Tf 1 0 0 1 60 {780 - 26 * row} Tm ({text}) Tj"
            for row, (name, text, size) in enumerate(lines)
        ]
        contents.append(f"BT {' '.join(rows)} ET".encode("latin-1"))
    shared = [HELVETICA % b"", HELVETICA % b"/ToUnicode 5 0 R ", stream(b"", tounicode)]
    path.write_bytes(of_pages(contents, b"/Font << /F1 3 0 R /F2 4 0 R >>", shared, extra.encode()))
    return path


def in_font(name, lines, size=12):
    return [(name, line, size) for line in lines]


TEXTS = {
    "word": ["Phone 4821"],
    "amount": ["Monto pagado", "1.234,50 Bs"],
    "reference": ["Referencia: 000123456789"],
    "lines": ["Fecha de emision: 17/05/2026", "Vendedor Nro 4402", "Total a pagar 845,30"],
    "page": LINES,
}


def read(lince, path, *options):
    return objects(lince("read", "-f", "ndjson", *options, path).out)


def sources(page):
    return {line.get("source") for line in page["lines"]}


@whole_pages
@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("kind", ["letters", "digits", "all"])
@pytest.mark.parametrize("text", TEXTS)
def test_wrong_names_are_seen_in_the_picture(lince, tmp_path, text, kind, seed):
    path = write(tmp_path / "a.pdf", [in_font("F2", TEXTS[text])], names(kind, seed))
    (page,) = read(lince, path)
    assert sources(page) == {None} and page["text"] == "\n".join(TEXTS[text])
    (believed,) = read(lince, path, "--pdf-text", "always")
    assert believed["text"] != page["text"]


@whole_pages
@pytest.mark.parametrize("kind", ["letters", "digits", "all"])
@pytest.mark.parametrize("wrong", [0, 2, 4])
def test_one_font_of_the_page(lince, tmp_path, wrong, kind):
    lines = [("F2" if row == wrong else "F1", f"{line} 30977", 12) for row, line in enumerate(LINES)]
    (page,) = read(lince, write(tmp_path / "a.pdf", [lines], names(kind, 3)))
    assert page["text"] == "\n".join(f"{line} 30977" for line in LINES)
    assert [line.get("source") for line in page["lines"]] == [None if row == wrong else "layer" for row in range(5)]


@whole_pages
@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_on_a_turned_page(lince, tmp_path, degrees):
    right, wrong = (
        write(tmp_path / f"{font}.pdf", [in_font(font, TEXTS["lines"])], names("digits", 4), f"/Rotate {degrees}")
        for font in ("F1", "F2")
    )
    assert sources(read(lince, right)[0]) == {"layer"}
    assert sources(read(lince, wrong)[0]) == {None}


@pytest.mark.parametrize("size", [6, 8, 10, 14, 24, 60])
@pytest.mark.parametrize("text", TEXTS)
def test_right_names_are_believed(lince, tmp_path, text, size):
    path = write(tmp_path / "a.pdf", [in_font("F1", [line[:15] for line in TEXTS[text]], size)], names("all", 5))
    assert sources(read(lince, path)[0]) == {"layer"}


@pytest.mark.parametrize(
    "lines",
    [
        ["o l1I 0O"],
        ["7"],
        ["A-1", "3,5"],
        ["...................."],
        ["Ñandú pingüino áéíóú"],
        ["iiiiii llllll"],
        ["100 %", "# 12"],
    ],
    ids=["alike", "digit", "cells", "leaders", "accents", "narrow", "signs"],
)
def test_what_shows_little_is_believed(lince, tmp_path, lines):
    path = write(tmp_path / "a.pdf", [in_font("F1", lines)], names("all", 6))
    assert sources(read(lince, path)[0]) == {"layer"}


@whole_pages
def test_each_page_is_judged_alone_and_alike_by_any_number_of_jobs(lince, tmp_path):
    pages = [in_font("F2" if page in (1, 4) else "F1", TEXTS["reference"]) for page in range(6)]
    path = write(tmp_path / "a.pdf", pages, names("digits", 7))
    found = [[sources(page) for page in read(lince, path, "-j", jobs)] for jobs in ("1", "4")]
    assert found[0] == found[1] == [{None} if page in (1, 4) else {"layer"} for page in range(6)]


@whole_pages
def test_a_long_first_page_with_wrong_digits(lince, tmp_path):
    lines = in_font(
        "F2", [f"Articulo numero {n} de la lista de precios {n * 37} con descuento" for n in range(101, 126)]
    )
    (page,) = read(lince, write(tmp_path / "a.pdf", [lines], names("digits", 8)))
    assert sources(page) == {None} and "3737" in page["text"]


def test_text_over_a_picture_is_believed(lince, tmp_path):
    from test_pdf_text import text as text_of
    from test_pdf_text import write as write_with_picture

    noise = Image.effect_noise((300, 100), 90)
    ImageDraw.Draw(noise).text((10, 10), "fondo", font=ImageFont.truetype(FONT, 20), fill=0)
    path = write_with_picture(tmp_path / "a.pdf", "q 400 0 0 90 50 700 cm /P Do Q " + text_of(LINES), image=noise)
    assert "layer" in sources(read(lince, path)[0])


@plain_memory
def test_a_page_that_there_is_no_room_to_draw_is_believed(lince, tmp_path):
    path = write(tmp_path / "a.pdf", [in_font("F1", LINES)], names("all", 9))
    refused = objects(lince("read", "-f", "ndjson", "--pdf-text", "never", "--memory", "64MB", path).out)[0]["error"]
    memory = f"{(refused['needed_bytes'] >> 20) - 2}MB"
    assert lince("read", "--pdf-text", "never", "--memory", memory, path).code == 75
    (page,) = read(lince, path, "--memory", memory)
    assert sources(page) == {"layer"} and page["text"] == "\n".join(LINES)
