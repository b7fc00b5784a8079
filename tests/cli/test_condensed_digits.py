"""Numbers in condensed type: the recogniser has steps of 8 pixels, and no repeated digit may be lost."""

import pytest
from conftest import whole_pages
from PIL import Image, ImageDraw, ImageFont

pytestmark = whole_pages

FONTS = "/usr/share/fonts/truetype/dejavu"
NUMBERS = ["REF 000000045812", "OP 77777012", "CTA 01340000000000115566", "1000000002", "000008626349", "Bs 111.222,00"]


@pytest.mark.parametrize("font", ["DejaVuSans", "DejaVuSansMono"])
@pytest.mark.parametrize("width", [0.4, 0.45, 0.5, 1.0])
def test_no_digit_is_lost(lince, tmp_path, font, width):
    image = Image.new("L", (1000, 100 * len(NUMBERS)), 255)
    draw = ImageDraw.Draw(image)
    for row, number in enumerate(NUMBERS):
        draw.text((40, 30 + 100 * row), number, fill=20, font=ImageFont.truetype(f"{FONTS}/{font}.ttf", 56))
    image.resize((round(500 * width), 50 * len(NUMBERS)), Image.Resampling.LANCZOS).save(tmp_path / "numbers.png")
    done = lince("read", tmp_path / "numbers.png")
    read = [line.split()[-1] for line in done.out.decode().splitlines()]
    assert read == [number.split()[-1] for number in NUMBERS]
