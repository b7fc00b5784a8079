"""Kinds of large pages whose labels are small: framed forms, panels of figures, light labels on dark ground."""

from __future__ import annotations

import random

from .canvas import INK, PAPER, Colour, Sheet, families, font
from .kinds_close import GROUNDS, LIGHT, MONOSPACED
from .words import amount, firm, person, reference, title

FAINT: Colour = (190, 195, 205)


def _family(dice: random.Random) -> str:
    return dice.choice(families(*MONOSPACED))


def _value(dice: random.Random) -> str:
    return dice.choice((person, amount, reference, firm))(dice)


def frames(dice: random.Random) -> Sheet:
    """A large framed form: small labels in the corners of its cells, large values, cells left empty."""
    name, size = _family(dice), dice.randint(22, 44)
    face, label = font(name, size), font(_family(dice), dice.randint(11, 14))
    is_dark = dice.random() < 0.5
    sheet = Sheet(dice.randint(1600, 2600), dice.randint(1600, 2200), dice.choice(GROUNDS) if is_dark else PAPER)
    ink, rule = (LIGHT, FAINT) if is_dark else (INK, (dice.choice((0, 90, 150)),) * 3)
    height, y = round(label.size * 1.8 + size * 1.8), 70
    while y + height < sheet.height_px - 70:
        inner = sheet.width_px - 140
        stops = [70 + round(inner * share) for share in dice.choice(((0, 1), (0, 0.5, 1), (0, 0.35, 0.7, 1)))]
        labels, values = [], []
        for left, right in zip(stops, stops[1:], strict=False):
            sheet.draw.rectangle((left, y, right, y + height), outline=rule, width=dice.choice((1, 2)))
            labels.append(title(dice, dice.randint(1, 3)))
            sheet.put((left + 8, y + label.size * 0.3), labels[-1], label, ink)
            text = _value(dice)
            if dice.random() < 0.8 and face.getlength(text) < right - left - 20:
                values.append(text)
                sheet.put((left + 8, y + label.size * 1.7), text, face, ink)
        sheet.row(*labels)
        if values:
            sheet.row(*values)
        y += height + dice.choice((0, 0, 14, 60))
    return sheet


def panels(dice: random.Random) -> Sheet:
    """A board of figures: large amounts with a small label each, on cards, light on dark or dark on light."""
    name = _family(dice)
    face, label = font(name, dice.randint(30, 64)), font(name, dice.randint(11, 14))
    is_dark = dice.random() < 0.7
    ground: Colour = dice.choice(GROUNDS) if is_dark else (240, 242, 245)
    card: Colour = tuple(min(level + 14, 255) for level in ground) if is_dark else PAPER
    ink, faint = (LIGHT, FAINT) if is_dark else (INK, (90, 95, 105))
    count = dice.randint(3, 5)
    sheet = Sheet(dice.randint(1600, 2600), dice.randint(1200, 1700), ground)
    width, height, y = (sheet.width_px - 60) // count, round(face.size * 1.4 + label.size * 4.5), 60
    while y + height < sheet.height_px - 60:
        labels, values, notes = [], [], []
        for column in range(count):
            x = 30 + column * width
            if dice.random() < 0.6:
                sheet.draw.rectangle((x + 8, y, x + width - 8, y + height - 16), fill=card)
            labels.append(title(dice, dice.randint(1, 2)))
            values.append(amount(dice))
            notes.append(f"{dice.randint(1, 99)} % {title(dice, 1)}")
            sheet.put((x + 24, y + label.size * 0.6), labels[-1], label, faint)
            sheet.put((x + 24, y + label.size * 2.0), values[-1], face, ink)
            sheet.put((x + 24, y + label.size * 2.2 + face.size * 1.2), notes[-1], label, faint)
        for cells in (labels, values, notes):
            sheet.row(*cells)
        y += height + dice.choice((0, 30, 120))
    return sheet


KINDS_LABELS = (frames, panels)
