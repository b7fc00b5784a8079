"""Images that are hard on memory, made here: an 18-megapixel PNG, a receipt 7000 pixels high."""

from __future__ import annotations

import random
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from truth import LabelledSet

WIDE_PX = (5184, 3456)
LONG_PX = (900, 7000)
WORDS = ["TOTAL", "FECHA", "CUENTA", "PAGO", "BANCO", "MONTO", "SALDO", "ORIGEN", "RECIBO", "NIT"]


def line_of_text(source: random.Random) -> str:
    """Some invented words and an amount."""
    words = " ".join(source.choices(WORDS, k=3))
    return f"{words} {source.randint(1, 9999)}.{source.randint(0, 99):02d}"


def draw_lines(image: Image.Image, source: random.Random, size_px: int, step_px: int) -> list[str]:
    """Fills an image with lines of text, one every `step_px`. Gives the lines."""
    pen = ImageDraw.Draw(image)
    font = ImageFont.load_default(size_px)
    lines = []
    for top in range(step_px, image.height - 2 * step_px, step_px):
        lines.append(line_of_text(source))
        pen.text((size_px, top), lines[-1], fill=(20, 20, 30), font=font)
    return lines


def make_wide(path: Path) -> list[str]:
    """A photograph's worth of pixels as PNG, on a ground whose tint changes."""
    ground = Image.linear_gradient("L").resize(WIDE_PX)
    tints = [ground.point([190 + value // part for value in range(256)]) for part in (4, 5, 6)]
    image = Image.merge("RGB", tints)
    lines = draw_lines(image, random.Random(18), 90, 160)
    image.save(path, compress_level=4)
    return lines


def make_long(path: Path) -> list[str]:
    """A receipt as long as a shop's printer makes them."""
    image = Image.new("RGB", LONG_PX, (250, 249, 245))
    lines = draw_lines(image, random.Random(7), 30, 52)
    image.save(path, quality=88)
    return lines


def make(folder: Path) -> LabelledSet:
    """Makes the images, the same ones every time, and gives them with their texts."""
    folder.mkdir(parents=True, exist_ok=True)
    wide, long = folder / "18-megapixel.png", folder / "7000-pixel-high.jpg"
    lines = {wide.stem: make_wide(wide), long.stem: make_long(long)}
    return LabelledSet("hostile", [wide, long], lines)
