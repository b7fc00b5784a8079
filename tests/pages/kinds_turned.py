"""Kinds of pages with large words turned by 90 degrees beside upright lines: spines, tabs, margins, stamps on forms."""

from __future__ import annotations

import random

from PIL import Image, ImageDraw

from .canvas import INK, Colour, Sheet, families, font
from .kinds_close import GROUNDS, LIGHT, MONOSPACED
from .words import firm, person, sentence, title


def _turned(sheet: Sheet, at: tuple[float, float], text: str, face, degrees: int, ink: Colour) -> None:
    """Prints a line that runs up (90) or down (270), its upper left corner at a place, and notes it."""
    box = face.getbbox(text)
    strip = Image.new("L", (round(box[2] + 8), round(face.size * 1.5)), 0)
    ImageDraw.Draw(strip).text((4, 0), text, font=face, fill=255)
    mask = strip.rotate(degrees, expand=True)
    sheet.image.paste(Image.new("RGB", mask.size, ink), (round(at[0]), round(at[1])), mask)
    sheet.lines.append(text)


def spines(dice: random.Random) -> Sheet:
    """One to three large words or names that run up or down beside upright lines."""
    size = dice.randint(36, 110)
    face, small = font(dice.choice(families(*MONOSPACED)), size), font(dice.choice(families(*MONOSPACED)), 24)
    is_dark = dice.random() < 0.3
    sheet = Sheet(1400, 1500, dice.choice(GROUNDS) if is_dark else (255, 255, 255))
    ink = LIGHT if is_dark else INK
    degrees, x = dice.choice((90, 270)), 60.0
    for _ in range(dice.randint(1, 3)):
        text = dice.choice((title, lambda d, n: person(d), lambda d, n: firm(d)))(dice, dice.randint(1, 2))
        text = text.upper() if dice.random() < 0.5 else text
        while face.getlength(text) > 1350 or len(text) < 3:
            text = title(dice, 1)
        _turned(sheet, (x, 60 + dice.randint(0, 60)), text, face, degrees, ink)
        x += 1.7 * size
    y = 80.0
    for _ in range(dice.randint(4, 14)):
        sheet.line((x + 40, y), sentence(dice, 2, 5), small, ink)
        y += dice.choice((44, 44, 80))
    return sheet


KINDS_TURNED = (spines,)
