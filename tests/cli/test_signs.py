"""Signs that the fetched recogniser lacks or misreads: the opening exclamation mark, signs of currencies, ohms."""

from pathlib import Path

import pytest
from conftest import FONT, whole_pages
from PIL import Image, ImageDraw, ImageFont

pytestmark = whole_pages

FONTS = "/usr/share/fonts/truetype/dejavu"
RECEIPTS = Path(__file__).resolve().parents[1] / "receipts" / "fixed"
ICONS = ["08-bnc-clean.webp", "09-bnc-messenger-small.jpg", "39-bancrecer-misnamed.png", "42-variado-messenger.jpg"]
SIGNS = set("¡₡₹₲₱₿Ω")
LINES = [
    "¡Yapeaste!",
    "Total: ₡1.250",
    "₹ 48,500.00",
    "₲ 125.000",
    "₱350.75",
    "Nota: ¡gracias!",
    "¿Óscar? ¡Sí!",
    "47 kΩ",
]
PLAIN = [
    "iPhone 15 Pro",
    "iFood!",
    "iYa es hora!",
    "Instagram",
    "1 Illinois",
    "C1.250",
    "G 125.000",
    "P350.75",
    "lunes | martes",
    "C$ 90",
    "¿Zoraida?",
    "áéíóúüñ ÁÉÍÓÚÑ",
]


def draw(path, font, size, lines, dark):
    ink, ground = (245, 20) if dark else (20, 250)
    page = Image.new("L", (30 * size, 3 * size * len(lines) + size), ground)
    for row, line in enumerate(lines):
        drawn = ImageFont.truetype(f"{FONTS}/{font}.ttf", size)
        ImageDraw.Draw(page).text((2 * size, size + 3 * size * row), line, fill=ink, font=drawn)
    page.save(path)


@pytest.mark.parametrize("model", ["fast", "accurate"])
@pytest.mark.parametrize(("font", "size", "dark"), [("DejaVuSans", 34, False), ("DejaVuSans-Bold", 22, True)])
def test_each_sign_is_read(lince, tmp_path, model, font, size, dark):
    draw(tmp_path / "page.png", font, size, LINES, dark)
    read = lince("read", "--model", model, tmp_path / "page.png").out.decode().splitlines()
    assert [line.replace(" ", "") for line in read] == [line.replace(" ", "") for line in LINES]


@pytest.mark.parametrize("font", ["DejaVuSans", "DejaVuSansMono"])
def test_no_sign_is_read_where_letters_are_alike(lince, tmp_path, font):
    draw(tmp_path / "page.png", font, 28, PLAIN, False)
    read = lince("read", tmp_path / "page.png").out.decode()
    assert read.split() and not set(read) & SIGNS


@pytest.mark.parametrize("name", ICONS)
def test_no_icon_is_a_sign(lince, name):
    read = lince("read", RECEIPTS / name).out.decode()
    assert read.split() and not set(read) & SIGNS


@pytest.mark.parametrize("size", [10, 11])
def test_an_address_in_small_print_has_no_spaces(lince, tmp_path, size):
    addresses = (
        "ventas@correo.com",
        "j.rojas82@banco-azul.com.ve",
        "maria_soto@miempresa.org",
        "pedidos@tienda.com.ve",
        "luis@ejemplo.net",
        "info@correo.es",
        "contacto@banco-azul.org",
        "ana.perez@tienda.net",
    )
    page = Image.new("RGB", (520, 60 + 16 * size), "white")
    for row, address in enumerate(addresses):
        text, font = f"Correo: {address} Tel. 0412", ImageFont.truetype(FONT, size)
        ImageDraw.Draw(page).text((30, 30 + row * 2 * size), text, font=font, fill="black")
    page.save(tmp_path / "page.png")
    read = lince("read", tmp_path / "page.png").out.decode().split()
    assert [address for address in addresses if address not in read] == []
