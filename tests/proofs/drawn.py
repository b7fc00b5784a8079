"""Invented pages, and files with them in every form that Lince takes."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import img2pdf
import pikepdf
from PIL import Image, ImageDraw, ImageFont

FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
BOLD = "/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf"
DPI = 150
A4 = (1240, 1754)

LETTER = [
    "Estimada señora Núñez:",
    "Le escribimos para confirmar el pedido del 14 de marzo,",
    "que recibimos por teléfono. Los materiales saldrán del",
    "almacén el próximo lunes y llegarán a su taller antes del",
    "jueves, salvo que la lluvia cierre otra vez la carretera.",
    "The second half (12 boxes, 3,450.75 €) ships in April.",
    "Über die Größe der Kisten wurde bereits gesprochen.",
    "Le prix n'a pas changé: 1 250,00 € à la livraison.",
]
ROWS = [
    ("Artículo", "Cantidad", "Importe"),
    ("Tornillos de acero", "120", "34,50"),
    ("Pintura blanca", "3", "89,90"),
    ("Cemento gris", "25", "412,00"),
]
LEFT = [
    "La asamblea se reunió en",
    "la sala grande a las nueve",
    "y escuchó lo que se gastó",
    "en el techo este verano.",
]
RIGHT = ["Después se habló del muro", "y del jardín, que algunos", "quieren más grande que el", "de la plaza vieja."]


def face(size: int, name: str = FONT) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(name, size)


def page(mode: str = "RGB") -> Image.Image:
    """A page with a heading, a letter, two columns and a table."""
    sheet = Image.new("RGB", A4, "white")
    draw = ImageDraw.Draw(sheet)
    draw.text((120, 100), "Confirmación de pedido", "black", face(44, BOLD))
    for row, line in enumerate(LETTER):
        draw.text((120, 220 + 44 * row), line, "black", face(27))
    for row, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True)):
        draw.text((120, 680 + 40 * row), left, "black", face(25))
        draw.text((680, 680 + 40 * row), right, "black", face(25))
    for row, cells in enumerate(ROWS):
        for left, cell in zip((120, 620, 900), cells, strict=True):
            draw.text((left, 950 + 56 * row), cell, "black", face(25))
    draw.text((600, 1660), "- 7 -", "black", face(24))
    return sheet.convert(mode)


@dataclass
class Case:
    """A file, and the options with which Lince reads it."""

    source: Path
    options: list[str] = field(default_factory=list)
    standard_input: bool = False
    is_pdf_a: bool = True
    level: str | None = None  # of PDF/A, asked for


def _turned(folder: Path, orientation: int) -> Path:
    stored = {3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = folder / f"turned-{orientation}.jpg"
    page().transpose(stored[orientation]).save(path, exif=exif, quality=92, dpi=(DPI, DPI))
    return path


def pictures(folder: Path) -> dict[str, Case]:
    """Pictures of every kind."""
    cases = {}
    modes = {"1": "png", "L": "png", "P": "png", "RGB": "png", "RGBA": "png", "LA": "png", "I;16": "png"}
    for mode, ending in modes.items():
        path = folder / f"mode-{mode.replace(';', '')}.{ending}"
        image = page("L").point(lambda grey: grey * 257, "I").convert("I;16") if mode == "I;16" else page(mode)
        image.save(path, dpi=(DPI, DPI))
        cases[path.stem] = Case(path)
    for name, image, options in [
        ("grey.jpg", page("L"), {"quality": 90}),
        ("colour.jpg", page(), {"quality": 90, "progressive": True}),
        ("page.webp", page(), {"quality": 90}),
        ("page.bmp", page(), {}),
        ("page.gif", page("P"), {}),
        ("page.jp2", page(), {"quality_mode": "rates", "quality_layers": [20]}),
        ("lzw.tif", page(), {"compression": "tiff_lzw"}),
        ("fax.tif", page("1"), {"compression": "group4"}),
        ("strip.tif", page("1"), {"compression": "group4", "tiffinfo": {278: A4[1]}}),  # its own bytes go in
        ("grey.webp", page("L").convert("RGB"), {"lossless": True}),
        ("bits.bmp", page("1"), {}),
    ]:
        image.save(folder / name, dpi=(DPI, DPI), **options)
        cases[name.replace(".", "-")] = Case(folder / name)
    page().convert("CMYK").save(folder / "cmyk.jpg", quality=90, dpi=(DPI, DPI))
    cases["cmyk"] = Case(folder / "cmyk.jpg", is_pdf_a=False)
    page("L").save(
        folder / "two.tif", save_all=True, append_images=[page("L").rotate(3, fillcolor=255)], dpi=(DPI, DPI)
    )
    cases["two-pages"] = Case(folder / "two.tif")
    for angle in (2, -3, 90, 180):
        path = folder / f"rotated-{angle}.png"
        page("L").rotate(angle, Image.Resampling.BICUBIC, expand=angle % 90 == 0, fillcolor=255).save(
            path, dpi=(DPI, DPI)
        )
        cases[path.stem] = Case(path)
    for orientation in (3, 6, 8):
        cases[f"orientation-{orientation}"] = Case(_turned(folder, orientation))
    return cases


def scan(folder: Path, name: str = "scan.pdf", pages: int = 1) -> Path:
    path = folder / name
    page("L").save(folder / "scan.png", dpi=(DPI, DPI))
    path.write_bytes(img2pdf.convert([str(folder / "scan.png")] * pages))
    return path


def _changed(source: Path, name: str, change) -> Path:
    path = source.with_name(name)
    with pikepdf.open(source) as pdf:
        change(pdf)
        pdf.save(path, deterministic_id=True)
    return path


def archived(source: Path, part: int) -> Path:
    """The same file as PDF/A, written by Ghostscript."""
    path = source.with_name(f"archived-{part}.pdf")
    subprocess.run(
        ["gs", "-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=pdfwrite", f"-dPDFA={part}", "-dPDFACompatibilityPolicy=1",
         "-sColorConversionStrategy=RGB", f"-sOutputFile={path}", *_archive_head(source.parent), source],
        check=True, capture_output=True,
    )  # fmt: skip
    return path


def _archive_head(folder: Path) -> list[Path]:
    """What Ghostscript wants to be told of the colours of a PDF/A file."""
    profile = "/usr/share/color/icc/ghostscript/srgb.icc"
    head = folder / "pdfa.ps"
    head.write_text(
        "[/_objdef {icc} /type /stream /OBJ pdfmark [{icc} << /N 3 >> /PUT pdfmark\n"
        f"[{{icc}} ({profile}) (r) file /PUT pdfmark\n"
        "[/_objdef {intent} /type /dict /OBJ pdfmark\n"
        "[{intent} << /Type /OutputIntent /S /GTS_PDFA1 /DestOutputProfile {icc} /OutputConditionIdentifier (sRGB) >> "
        "/PUT pdfmark [{Catalog} << /OutputIntents [{intent}] >> /PUT pdfmark\n"
    )
    return ["-dNOSAFER", head]  # type: ignore[list-item]


def documents(folder: Path) -> dict[str, Case]:
    """PDF files: scans as they come, turned, cropped, archived."""
    plain = scan(folder)

    def turn(degrees):
        return lambda pdf: setattr(pdf.pages[0], "Rotate", degrees)

    def crop(pdf):
        pdf.pages[0].CropBox = [20, 100, 560, 800]

    cases = {"scan": Case(plain, is_pdf_a=False), "many": Case(scan(folder, "many.pdf", 3), is_pdf_a=False)}
    for degrees in (90, 180, 270):
        cases[f"page-turned-{degrees}"] = Case(_changed(plain, f"turned-{degrees}.pdf", turn(degrees)), is_pdf_a=False)
    cases["cropped"] = Case(_changed(plain, "cropped.pdf", crop), is_pdf_a=False)
    for part in (1, 2, 3):
        cases[f"archived-{part}"] = Case(archived(plain, part))
    return cases


def optioned(folder: Path) -> dict[str, Case]:
    """One picture and one PDF file, with each option that has to do with PDF or with reading."""
    picture = folder / "mode-L.png"
    many = folder / "many.pdf"
    return {
        "little-memory": Case(picture, ["--memory", "128MB"]),
        "one-job": Case(picture, ["--jobs", "1"]),
        "locked-down": Case(many, ["--locked-down"], is_pdf_a=False),
        "chosen-pages": Case(many, ["--pages", "2-3"]),
        "level-3b": Case(picture, level="3b"),
        "level-3b-strip": Case(folder / "strip.tif", level="3b"),
        "level-3b-pages": Case(many, level="3b"),
        "level-2b-pages": Case(many, level="2b"),
        "own-text-never": Case(many, ["--pdf-text", "never"], is_pdf_a=False),
        "own-text-always": Case(many, ["--pdf-text", "always"], is_pdf_a=False),
        "accurate": Case(picture, ["--model", "accurate"]),
        "picture-sent": Case(picture, standard_input=True),
        "file-sent": Case(many, standard_input=True, is_pdf_a=False),
    }
