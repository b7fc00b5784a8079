"""Rows so close that the tails of one touch the capitals of the next, which must not get accents from them."""

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
