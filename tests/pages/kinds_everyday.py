"""Kinds of pages that people meet every day: menus, notes of delivery, lists of movements."""

from __future__ import annotations

import random

from .canvas import INK, PAPER, Colour, Sheet, families, font
from .kinds_close import GROUNDS, LIGHT, MONOSPACED
from .words import amount, sentence, title

FAINT: Colour = (120, 120, 120)


def _family(dice: random.Random) -> str:
    return dice.choice(families(*MONOSPACED))


def _day(dice: random.Random) -> str:
    return f"{dice.randint(1, 28):02d}/{dice.randint(1, 12):02d}/{dice.randint(2019, 2026)}"


def _hour(dice: random.Random) -> str:
    return f"{dice.randint(0, 23):02d}:{dice.randint(0, 59):02d}"


def menus(dice: random.Random) -> Sheet:
    """Two halves of dishes with their prices, and below most of them what they are made of."""
    name, size = _family(dice), dice.randint(18, 34)
    face, small, head = font(name, size), font(name, round(0.7 * size)), font(name, round(1.4 * size))
    is_dark = dice.random() < 0.5
    sheet = Sheet(46 * size, 44 * size, dice.choice(GROUNDS) if is_dark else PAPER)
    ink = LIGHT if is_dark else INK
    for left in (2 * size, 24 * size):
        y, right = 2.0 * size, left + 20 * size
        for _ in range(2):
            sheet.line((left, y), title(dice, 1), head, ink)
            y += 2.6 * size
            for _ in range(5):
                dish, price = (
                    title(dice, dice.randint(2, 3)),
                    f"{dice.randint(2, 60)},{dice.choice(('00', '50', '90'))}",
                )
                sheet.put((left, y), dish, face, ink)
                sheet.put((right - face.getlength(price), y), price, face, ink)
                sheet.row(dish, price)
                y += 1.4 * size
                if dice.random() < 0.85:
                    words = sentence(dice, 4, 9).split()
                    y = sheet.paragraph((left, y), words, 15 * size, small, 1.3 * small.size, ink)
                y += 0.5 * size
            y += dice.uniform(0.5, 1.5) * size
    return sheet


def quantities(dice: random.Random) -> Sheet:
    """A ruled table with numbers of one digit in cells of their own."""
    size = dice.randint(28, 40)
    face = font(_family(dice), size)
    height, stops = round(dice.uniform(1.8, 2.2) * size), [round(size * stop) for stop in (1, 6, 34, 42, 54)]
    sheet = Sheet(55 * size, 25 * height)
    shade = (dice.choice((0, 120)),) * 3
    for row in range(22):
        top = (row + 1) * height
        cells = [str(dice.choice((1, 7, 7, 14, 25))), title(dice, 3), str(dice.randint(1, 9)), amount(dice)]
        for column, cell in enumerate(cells):
            left, right = stops[column], stops[column + 1]
            sheet.draw.rectangle((left, top, right, top + height), outline=shade)
            at = left + size / 2 if column == 1 else right - size / 2 - face.getlength(cell)
            sheet.put((at, top + (height - 1.25 * size) / 2), cell, face)
        sheet.row(*cells)
    return sheet


def movements(dice: random.Random) -> Sheet:
    """An app's list of movements: a name and an amount, and below them date and time with a dot between."""
    size = dice.randint(18, 40)
    name = dice.choice([name for name in families(*MONOSPACED) if name not in ("barlow", "exo-2")])
    face, small = font(name, size), font(name, round(size * 0.75))
    sheet = Sheet(26 * size, 34 * size)
    for row in range(9):
        y, value = (2 + 3.4 * row) * size, f"{dice.choice('+-')}{amount(dice)}"
        text = title(dice, 2)
        sheet.put((size, y), text, face)
        sheet.put((25 * size - face.getlength(value), y), value, face)
        sheet.row(text, value)
        sheet.line((size, y + 1.35 * size), f"{_day(dice)} · {_hour(dice)}", small, FAINT)
    return sheet


KINDS_EVERYDAY = (menus, quantities, movements)
