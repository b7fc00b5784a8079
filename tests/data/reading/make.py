"""Makes the small images with known text for the tests of reading: python tests/data/reading/make.py

Each is drawn with DejaVu (Debian's fonts-dejavu-core). tests/unit/test_reader.c has the expected text; compare it with
the image. `typewriter.png` is no page: it has the 95 printable characters of ASCII side by side in cells of 12 x 24
pixels, from which the tests type pages that are too large to keep.
"""

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, ImageOps

FOLDER = Path(__file__).parent
FONTS = Path("/usr/share/fonts/truetype/dejavu")
PAPER, INK = 255, 20


def font(name: str, size_px: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / f"{name}.ttf", size_px, layout_engine=ImageFont.Layout.BASIC)


SANS = font("DejaVuSans", 22)
BOLD = font("DejaVuSans-Bold", 22)
MONO = font("DejaVuSansMono", 20)


def page(width: int, height: int, *texts: tuple[int, int, str], typeface=SANS) -> Image.Image:
    """Grey paper with each text's upper left corner at its place."""
    image = Image.new("L", (width, height), PAPER)
    for x, y, text in texts:
        ImageDraw.Draw(image).text((x, y), text, fill=INK, font=typeface)
    return image


def save(image: Image.Image, name: str) -> None:
    image.quantize(16).save(FOLDER / f"{name}.png", optimize=True)


one_line = page(330, 60, (30, 16, "Transferencia exitosa"))
save(one_line, "one-line")

save(
    page(
        520,
        200,
        *((20, 15 + 45 * row, label) for row, label in enumerate(("Banco emisor", "Monto", "Referencia", "Fecha"))),
        *(
            (310, 15 + 45 * row, value)
            for row, value in enumerate(("Banesco", "Bs. 1.250,00", "004512983377", "12/03/2026"))
        ),
    ),
    "two-columns",
)

save(page(300, 60, (30, 16, "Comprobante 4821")).rotate(180), "upside-down")
# Read as they stand, these look like text: "12:6 1145" and "Totl3350".
save(page(300, 110, (30, 16, "12/03/2026 10:45"), (30, 60, "Total 350")).rotate(180), "upside-down-numbers")
save(page(300, 60, (30, 16, "Comprobante 4821")).transpose(Image.Transpose.ROTATE_270), "runs-down")
save(page(300, 60, (30, 16, "Comprobante 4821")).transpose(Image.Transpose.ROTATE_90), "runs-up")

# Cut at the outermost pixels of ink on all four sides.
edges = page(400, 120, (30, 20, "TOTAL PAGADO 350"), (30, 60, "GRACIAS POR VENIR"), typeface=BOLD)
save(edges.crop(ImageOps.invert(edges.point(lambda level: 255 if level > 128 else 0)).getbbox()), "edges")

slanted = page(420, 180, (60, 50, "Pago recibido de Ana"), (60, 90, "Referencia 73190"))
save(slanted.rotate(4, Image.Resampling.BICUBIC, fillcolor=PAPER), "slanted-up")
save(slanted.rotate(-4, Image.Resampling.BICUBIC, fillcolor=PAPER), "slanted-down")

save(ImageOps.invert(page(330, 110, (30, 20, "Saldo disponible"), (30, 60, "Bs. 98.765,43"))), "light-on-dark")

save(
    page(
        460,
        190,
        (20, 15, "El pingüino comió más piñón"),
        (20, 60, "ÁRBOL ÉPOCA ÍNDICE ÓRGANO"),
        (20, 105, "ÚTIL AÑO ANTIGÜEDAD"),
        (20, 150, "¿Así está el café, según él?"),
    ),
    "accents",
)

typewriter = Image.new("L", (12 * 95, 24), PAPER)
for index in range(95):
    cell = page(12, 24, (0, 0, chr(32 + index)), typeface=MONO)
    typewriter.paste(cell, (12 * index, 0))
typewriter.quantize(16).save(FOLDER / "typewriter.png", optimize=True)
