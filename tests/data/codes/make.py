#!/usr/bin/env python3
"""Draws three.png anew: a QR code, an EAN-13 and a PDF417, by zint, on a page with a word."""

import subprocess
import tempfile
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
CODES = {
    ("58", "https://example.org/v?id=7"): (20, 20),
    ("13", "590123412345"): (200, 20),
    ("55", "PDF417"): (20, 180),
}

page = Image.new("L", (460, 320), 255)
for (kind, content), place in CODES.items():
    with tempfile.NamedTemporaryFile(suffix=".png") as file:
        subprocess.run(["zint", "-b", kind, "-d", content, "--scale", "1", "-o", file.name], check=True)
        page.paste(Image.open(file.name).convert("L"), place)
ImageDraw.Draw(page).text((20, 260), "TOTAL", font=ImageFont.truetype(FONT, 30), fill=0)
page.quantize(2).save(Path(__file__).parent / "three.png", optimize=True)
