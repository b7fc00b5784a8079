"""Forms: a number or name with one letter in each cell is one word, however the cells are drawn; so are wide titles."""

import pytest
from conftest import FONT, plain_memory, whole_pages
from PIL import Image, ImageDraw, ImageFont

pytestmark = whole_pages

ROWS = ("20481937", "J308157264", "QUINTERO ANA", "01340275912003846157", "14091987")
GREY = (90, 90, 90)


def rules_touching(pen, x, y, pitch, height):
    pen.rectangle((x, y, x + pitch, y + height), outline=GREY)


def rules_apart(pen, x, y, pitch, height):
    pen.rectangle((x + 2, y, x + pitch - 2, y + height), outline=GREY)


def rules_like_teeth(pen, x, y, pitch, height):
    pen.line((x, y + height, x + pitch, y + height), GREY)
    for tooth in (x, x + pitch):
        pen.line((tooth, y + 0.65 * height, tooth, y + height), GREY)


def no_rules(pen, x, y, pitch, height):
    """Letters alone."""


def form(rules, size, pitch):
    """Labels above rows of cells."""
    page = Image.new("RGB", (1000, 60 + len(ROWS) * 4 * size), "white")
    pen, font = ImageDraw.Draw(page), ImageFont.truetype(FONT, size)
    label, y = ImageFont.truetype(FONT, 18), 40
    for row in ROWS:
        pen.text((40, y), "Dato del cliente", font=label, fill="black")
        y += 30
        for place, letter in enumerate(row):
            x = 40 + place * pitch
            rules(pen, x, y, pitch, 1.5 * size)
            pen.text((x + (pitch - font.getlength(letter)) / 2, y + 0.15 * size), letter, font=font, fill="black")
        y += 3 * size
    return page


@pytest.mark.parametrize(
    ("rules", "size", "pitch"),
    [
        (rules_touching, 22, 28),
        (rules_touching, 24, 38),
        (rules_apart, 22, 30),
        (rules_apart, 26, 34),
        (rules_like_teeth, 22, 26),
        (rules_like_teeth, 24, 36),
        (no_rules, 24, 28),
    ],
)
def test_one_letter_in_each_cell_is_one_word(lince, tmp_path, rules, size, pitch):
    form(rules, size, pitch).save(tmp_path / "form.png")
    read = lince("read", tmp_path / "form.png").out.decode().replace("  ", " ")
    assert [row for row in ROWS if row not in read] == []


def test_headings_with_wide_letters_are_words(lince, tmp_path):
    page = Image.new("RGB", (1000, 700), "white")
    pen, font = ImageDraw.Draw(page), ImageFont.truetype(FONT, 28)
    headings = ("FACTURA", "ESTADO CUENTA", "PRESUPUESTO", "ÍNDICE", "RECIBO TOTAL")
    for place, heading in enumerate(headings):
        x, track = 60, 9 + 4 * place
        for letter in heading:
            pen.text((x, 40 + 120 * place), letter, font=font, fill="black")
            x += font.getlength(letter) + track
        pen.text((60, 100 + 120 * place), "Lo que se vendió en el mes", font=font, fill="black")
    page.save(tmp_path / "page.png")
    lines = lince("read", tmp_path / "page.png").out.decode().split("\n")
    assert [heading for heading in headings if heading not in lines] == []


def test_digits_of_a_table_are_not_joined(lince, tmp_path):
    page = Image.new("RGB", (900, 420), "white")
    pen, font = ImageDraw.Draw(page), ImageFont.truetype(FONT, 22)
    for row in range(6):
        for column in range(8):
            pen.text((40 + 90 * column, 40 + 50 * row), str((row * 3 + column * 5) % 10), font=font, fill="black")
    page.save(tmp_path / "table.png")
    read = lince("read", tmp_path / "table.png").out.decode().split()
    assert max(len(word) for word in read) == 1


@pytest.mark.parametrize("degrees", [0, 12, -15])
def test_values_in_frames_are_whole(lince, tmp_path, degrees):
    page = Image.new("RGB", (1100, 620), "white")
    pen, font = ImageDraw.Draw(page), ImageFont.truetype(FONT, 24)
    values = ("00088803331", "96022222777", "María Núñez", "888887788888", "63.547,35", "Calle del río", "9990055555")
    for place, value in enumerate(values):
        x, y = 60 + 500 * (place % 2), 60 + 110 * (place // 2)
        pen.rectangle((x, y, x + 460, y + 48), outline=(60, 60, 60), width=2)
        pen.text((x + 10, y + 8), value, font=font, fill="black")
    page.rotate(degrees, Image.BICUBIC, expand=True, fillcolor="white").save(tmp_path / "form.png")
    read = lince("read", tmp_path / "form.png").out.decode()
    assert [value for value in values if value not in read] == []
    assert read == lince("read", "--memory", "128MB", tmp_path / "form.png").out.decode() or not plain_memory
