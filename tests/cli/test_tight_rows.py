"""Rows so close that the tails of one touch the capitals of the next, and that columns of numbers are found as one."""

import random
from collections import Counter

import pytest
from conftest import whole_pages
from PIL import Image, ImageDraw, ImageFont

pytestmark = whole_pages

FONTS = "/usr/share/fonts/truetype/dejavu"
ROWS = [
    "Pagaré al portador según lo pactado",
    "POR CONCEPTO DE ALQUILER DE LOCAL",
    "y siguiendo las reglas que rigen",
    "ALMACENES Y OFICINAS NORTE",
    "bajo juramento, quien firma y jura",
    "COOPERATIVA AGRICOLA DEL SUR",
    "el pago y despacho general",
    "EL COMPRADOR Y EL VENDEDOR",
]


@pytest.mark.parametrize(("font", "size", "pitch"), [("DejaVuSans", 40, 42), ("DejaVuSerif", 30, 32)])
def test_no_accent_comes_from_the_row_above(lince, tmp_path, font, size, pitch):
    image = Image.new("L", (28 * size, len(ROWS) * pitch + 70), 255)
    for number, row in enumerate(ROWS):
        typeface = ImageFont.truetype(f"{FONTS}/{font}.ttf", size)
        ImageDraw.Draw(image).text((30, 30 + number * pitch), row, fill=0, font=typeface)
    image.save(tmp_path / "tight.png")
    assert lince("read", tmp_path / "tight.png").out.decode().splitlines() == ROWS


@pytest.mark.parametrize("seed", range(20))
def test_the_numbers_of_a_long_tight_column_are_read(lince, tmp_path, seed):
    dice = random.Random(seed)
    font, size, row_count = (
        dice.choice(("DejaVuSans", "DejaVuSansCondensed")),
        dice.randint(9, 11),
        dice.randint(33, 60),
    )
    pitch, width = size + dice.randint(1, 2), dice.randint(300, 700)
    typeface = ImageFont.truetype(f"{FONTS}/{font}.ttf", size)
    image = Image.new("L", (width, row_count * pitch + 60), 255)
    draw, numbers = ImageDraw.Draw(image), [str(dice.randint(1, 99)) for _ in range(row_count)]
    for row, number in enumerate(numbers):
        y = 30 + row * pitch
        draw.text((20, y), dice.choice(("Arroz", "Queso", "Harina", "Casabe", "Mango")), fill=0, font=typeface)
        draw.text((width - 30, y), number, fill=0, font=typeface, anchor="ra")
    image.save(tmp_path / "column.png")
    words = lince("read", tmp_path / "column.png").out.decode().split()
    assert sum((Counter(numbers) - Counter(words)).values()) <= 1  # in letters of 9 pixels, a 31 may be 3l
