"""The receipts of several sets that look as on a phone: upright, with its size and text."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from truth import LabelledSet

PIXELS = (500_000, 1_300_000)
LINES = range(15, 26)


def is_phone_receipt(path: Path, lines: list[str]) -> bool:
    """Whether an image is one of them, by its size and the lines that are really on it."""
    with Image.open(path) as image:
        width, height = image.size
    return height > width and PIXELS[0] <= width * height <= PIXELS[1] and len(lines) in LINES


def phone_receipts(sets: list[LabelledSet]) -> LabelledSet:
    """Those images of several sets, whose names differ."""
    lines = {stem: text for labelled in sets for stem, text in labelled.lines.items()}
    images = [
        path
        for labelled in sets
        for path in labelled.images
        if is_phone_receipt(path, lines[path.stem])
    ]
    return LabelledSet("phones", images, {path.stem: lines[path.stem] for path in images})
