"""Makes the small images of one line of text that the memory tests read: python tests/data/word/make.py

Cut out of an example receipt, "28/08/2026", once in each format and variant that is decoded in its own way.
"""

from pathlib import Path

from PIL import Image

FOLDER = Path(__file__).parent
SOURCE = FOLDER.parents[2] / "examples" / "03-dark-card.png"

with Image.open(SOURCE) as receipt:
    word = receipt.convert("RGB").crop((566, 446, 766, 502)).quantize(16).convert("RGB")

word.quantize(16).save(FOLDER / "word.png", optimize=True)
word.save(FOLDER / "word.jpg", quality=70)
word.save(FOLDER / "word-passes.jpg", quality=70, progressive=True)
word.convert("CMYK").save(FOLDER / "word-cmyk.jpg", quality=70)
word.save(FOLDER / "word.webp", quality=50)
word.save(FOLDER / "word-lossless.webp", lossless=True)
word.quantize(16).save(FOLDER / "word.gif")
word.quantize(16).save(FOLDER / "word.bmp")
word.save(FOLDER / "word.jp2", irreversible=True, quality_mode="rates", quality_layers=[12])
