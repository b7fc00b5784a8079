"""Lines wider than the recogniser takes at once: no space is lost where two slices meet."""

import pytest
from conftest import whole_pages
from PIL import Image, ImageDraw, ImageFont

pytestmark = whole_pages

FONTS = "/usr/share/fonts/truetype/dejavu"
PROSE = (
    "La reunión comenzó a las nueve de la mañana con la lectura del acta anterior, que fue aprobada sin "
    "observaciones por todos los presentes. Luego el tesorero presentó el informe de gastos"
)
AMOUNTS = " ".join(f"{100 + 37 * i}.{(i * 271) % 1000:03d},{(i * 13) % 100:02d}" for i in range(14))


def wide(text, font, size):
    typeface = ImageFont.truetype(f"{FONTS}/{font}.ttf", size)
    image = Image.new("L", (round(typeface.getlength(text)) + 60, 3 * size), 255)
    ImageDraw.Draw(image).text((30, size), text, fill=20, font=typeface)
    return image


@pytest.mark.parametrize("text", [PROSE, AMOUNTS])
@pytest.mark.parametrize(("font", "size"), [("DejaVuSans", 14), ("DejaVuSans-Bold", 22), ("DejaVuSansMono", 17)])
def test_a_wide_line_keeps_its_spaces(lince, tmp_path, text, font, size):
    wide(text, font, size).save(tmp_path / "wide.png")
    done = lince("read", tmp_path / "wide.png")
    assert done.out.decode().split() == text.split()
