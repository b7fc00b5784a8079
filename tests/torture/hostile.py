"""Makes images that are hard on memory: build/venv-test/bin/python tests/torture/hostile.py FOLDER"""

import struct
import sys
import zlib
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

WORDS = "TOTAL FECHA CUENTA PAGO BANCO MONTO SALDO ORIGEN RECIBO NIT"


def page(size, font_px, step_px):
    """A page of lines of text, one every `step_px`."""
    image = Image.new("RGB", size, (250, 249, 245))
    pen, font = ImageDraw.Draw(image), ImageFont.load_default(font_px)
    for number, top in enumerate(range(step_px // 4, size[1] - step_px, step_px)):
        pen.text((font_px, top), f"{number} {WORDS}", fill=(20, 20, 30), font=font)
    return image


def png_header(width, height):
    """A PNG that says that it is of this size, and holds next to nothing."""

    def chunk(name, body):
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def make(folder):
    """Fills the folder; what is there already is kept."""
    folder.mkdir(parents=True, exist_ok=True)
    recipes = {
        "18-megapixel.png": lambda path: page((5184, 3456), 90, 160).save(path, compress_level=1),
        "12000-wide.png": lambda path: page((12000, 200), 60, 90).save(path),
        "12000-high.png": lambda path: page((200, 12000), 14, 40).save(path),
        "30000-header.png": lambda path: path.write_bytes(png_header(30000, 30000)),
        "400-lines.png": lambda path: page((2480, 8000), 15, 20).save(path),
        "cmyk.jpg": lambda path: page((1600, 1200), 30, 60).convert("CMYK").save(path, quality=85),
        "passes.jpg": lambda path: page((3000, 2000), 40, 80).save(path, quality=85, progressive=True),
        "animated.webp": lambda path: page((1000, 800), 30, 60).save(
            path, save_all=True, append_images=[page((1000, 800), 30, 70)] * 4
        ),
        "lossless.webp": lambda path: page((3000, 2000), 40, 80).save(path, lossless=True, method=0),
        "noise.png": lambda path: Image.effect_noise((2000, 2000), 120).convert("RGB").save(path),
    }
    for name, write in recipes.items():
        path = folder / name
        if not path.exists():
            write(path)
    return sorted(folder.iterdir())


if __name__ == "__main__":
    make(Path(sys.argv[1]))
