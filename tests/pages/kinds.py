"""The kinds of pages: each function draws one sheet from a seed."""

from __future__ import annotations

import random
from collections.abc import Callable

from PIL import Image

from .canvas import INK, Colour, Sheet, families, font
from .kinds_close import KINDS_CLOSE
from .kinds_everyday import KINDS_EVERYDAY
from .kinds_labels import KINDS_LABELS
from .kinds_turned import KINDS_TURNED
from .words import amount, firm, person, prose, reference, sentence, title

A4_INCHES = (8.27, 11.69)
MONOSPACED = ("roboto-mono", "share-tech-mono", "vt323")
DARK: Colour = (30, 32, 36)
LIGHT: Colour = (222, 224, 228)


def a4(dice: random.Random, *dpi: int) -> tuple[Sheet, float]:
    """A white sheet and its pixels a point."""
    chosen = dice.choice(dpi)
    return Sheet(round(A4_INCHES[0] * chosen), round(A4_INCHES[1] * chosen)), chosen / 72


def family(dice: random.Random) -> str:
    """A family for text that is read, not typed."""
    return dice.choice(families(*MONOSPACED))


def letter(dice: random.Random) -> Sheet:
    """A letter of a few paragraphs."""
    sheet, point = a4(dice, 100, 150, 200, 300)
    face = font(family(dice), round(dice.uniform(9, 12) * point))
    pitch, left = face.size * dice.uniform(1.2, 1.5), 60 * point
    y = 60 * point
    sheet.line((left, y), person(dice), face)
    y += 3 * pitch
    for _ in range(dice.randint(3, 6)):
        words = prose(dice, dice.randint(30, 80))
        y = sheet.paragraph((left, y), words, sheet.width_px - 2 * left, face, pitch) + pitch / 2
    sheet.line((left, y + pitch), person(dice), face)
    return sheet


def dense(dice: random.Random) -> Sheet:
    """A page full of small print."""
    sheet, point = a4(dice, 150, 200, 300)
    face = font(family(dice), round(dice.uniform(6.5, 9) * point))
    pitch, left, y = face.size * dice.uniform(1.15, 1.35), 40 * point, 40 * point
    while y < sheet.height_px - 60 * point - 12 * pitch:
        words = prose(dice, 60)
        y = sheet.paragraph((left, y), words, sheet.width_px - 2 * left, face, pitch)
    return sheet


def columns(dice: random.Random) -> Sheet:
    """Two or three columns beneath a heading."""
    sheet, point = a4(dice, 150, 200)
    name = family(dice)
    head, face = font(name, round(20 * point)), font(name, round(dice.uniform(8, 10) * point))
    count, gutter, margin = dice.choice((2, 2, 3)), dice.uniform(10, 30) * point, 40 * point
    width = (sheet.width_px - 2 * margin - (count - 1) * gutter) / count
    pitch = face.size * dice.uniform(1.2, 1.4)
    sheet.line((margin, margin), title(dice), head)
    bottom = margin + 2.2 * head.size + pitch * dice.randint(15, 40)
    for column in range(count):
        x, y = margin + column * (width + gutter), margin + 2.2 * head.size
        while y < bottom:
            y = sheet.paragraph((x, y), prose(dice, 35), width, face, pitch) + pitch / 2
    return sheet


def leaders(dice: random.Random) -> Sheet:
    """A table of contents or a list of prices, with dots or dashes between title and value, now and then slanted."""
    sheet, point = a4(dice, 100, 150, 200)
    face = font(family(dice), round(dice.uniform(9, 12) * point))
    left, right, y = 60 * point, sheet.width_px - 60 * point, 60 * point
    dot = dice.choice((".", ".", " .", " .", "   .", "·", " ·", "-", "_"))
    price, skew = dice.random() < 0.5, dice.choice((0, 0, 0, 2, -4))
    for _ in range(dice.randint(15, 28)):
        name, value = title(dice, dice.randint(1, 5)), str(dice.randrange(1, 400))
        value = amount(dice) if price else value
        room = right - left - face.getlength(f"{name}  {value}")
        dots = dot * int(room / face.getlength(dot * 10) * 10)
        sheet.put((left, y), f"{name} {dots}", face)
        sheet.put((right - face.getlength(value), y), value, face)
        sheet.row(name, value)
        y += face.size * 1.6
    if skew != 0:
        sheet.turn(skew)
    return sheet


LEADERS = (".", " .", "  .", "   .", "·", " ·", "-", "- ", " -", "--  ", "_", "_ ", "–", "…", "•")


def slants(dice: random.Random) -> Sheet:
    """Leaders of every sort on a page that lies up to five degrees askew."""
    sheet, point = a4(dice, 100, 150, 200)
    face = font(family(dice), round(dice.uniform(8, 13) * point))
    left, right, y = 60 * point, sheet.width_px - 60 * point, 60 * point
    dot, price, pitch = dice.choice(LEADERS), dice.random() < 0.5, dice.uniform(1.35, 1.9)
    for _ in range(dice.randint(12, 20)):
        name, value = title(dice, dice.randint(1, 5)), str(dice.randrange(1, 400))
        value = amount(dice) if price else value
        room = right - left - face.getlength(f"{name}  {value}")
        sheet.put((left, y), f"{name} {dot * int(room / face.getlength(dot * 10) * 10)}", face)
        sheet.put((right - face.getlength(value), y), value, face)
        sheet.row(name, value)
        y += face.size * pitch
    sheet.turn(dice.uniform(-5, 5))
    return sheet


def digits(dice: random.Random) -> Sheet:
    """Long numbers in condensed type."""
    sheet = Sheet(900, 1200)
    face = font(family(dice), dice.randint(22, 40), 400)
    share, y = dice.uniform(0.55, 0.8), 40
    for _ in range(dice.randint(10, 16)):
        text = reference(dice)
        width = round(face.getlength(text))
        strip = Image.new("RGB", (width + 8, face.size * 2), sheet.paper)
        part = Sheet(strip.width, strip.height)
        part.put((4, 0), text, face)
        narrow = part.image.resize((round(strip.width * share), strip.height), Image.Resampling.LANCZOS)
        sheet.image.paste(narrow, (60, y))
        sheet.lines.append(text)
        y += round(face.size * 1.7)
    return sheet


def screen(dice: random.Random) -> Sheet:
    """A large screen with small letters."""
    width, height = dice.choice(((1920, 1080), (2560, 1440), (3840, 2160)))
    dark = dice.random() < 0.6
    sheet = Sheet(width, height, DARK if dark else (250, 250, 250))
    ink = LIGHT if dark else INK
    mono = dice.random() < 0.5
    face = font("roboto-mono" if mono else family(dice), dice.randint(12, 15))
    pitch, y = round(face.size * dice.uniform(1.2, 1.5)), 60
    left = dice.randint(20, width // 3)
    for _ in range(dice.randint(25, (height - 120) // pitch)):
        text = sentence(dice, 3, 12)
        sheet.line((left + dice.choice((0, 0, 20, 40)), y), text, face, ink)
        y += pitch
    return sheet


def small(dice: random.Random) -> Sheet:
    """Large print, and small print far from it."""
    sheet = Sheet(dice.randint(1200, 3000), dice.randint(1600, 4000))
    name = family(dice)
    head = font(name, dice.randint(60, 160))
    y = 80.0
    for _ in range(dice.randint(2, 5)):
        text = title(dice, 2)
        if head.getlength(text) < sheet.width_px - 160:
            sheet.line((80, y), text, head)
            y += head.size * 1.5
    face = font(name, dice.randint(11, 14))
    y = max(y, sheet.height_px * dice.uniform(0.5, 0.8))
    sheet.paragraph((80, y), prose(dice, 80), min(900, sheet.width_px - 160), face, face.size * 1.4)
    return sheet


def tight(dice: random.Random) -> Sheet:
    """Rows of names and short numbers, close together."""
    size = dice.randint(9, 13)
    face = font(family(dice), size)
    pitch, rows = size + dice.randint(1, 3), dice.randint(25, 60)
    sheet = Sheet(dice.randint(300, 700), 60 + rows * pitch)
    y = 30
    for _ in range(rows):
        name, value = title(dice, dice.randint(1, 2)), str(dice.randrange(1, 100))
        sheet.put((20, y), name, face)
        sheet.put((sheet.width_px - 30 - face.getlength(value), y), value, face)
        sheet.row(name, value)
        y += pitch
    return sheet


def table(dice: random.Random) -> Sheet:
    """A table of an invoice, ruled or not."""
    sheet, point = a4(dice, 100, 150, 200)
    face = font(family(dice), round(dice.uniform(8, 10) * point))
    left, right, y = 50 * point, sheet.width_px - 50 * point, 70 * point
    stops = [left, left + (right - left) * 0.12, left + (right - left) * 0.68, right]
    pitch, ruled = face.size * dice.uniform(1.5, 2), dice.random() < 0.5

    def cells(count: str, text: str, price: str) -> None:
        nonlocal y
        sheet.put((stops[0] + 4, y), count, face)
        sheet.put((stops[1] + 4, y), text, face)
        sheet.put((right - 4 - face.getlength(price), y), price, face)
        sheet.row(count, text, price)
        if ruled:
            for stop in stops:
                sheet.draw.line((stop, y - pitch * 0.2, stop, y + pitch * 0.8), (90, 90, 90))
            sheet.draw.line((left, y + pitch * 0.8, right, y + pitch * 0.8), (90, 90, 90))
        y += pitch

    sheet.line((left, y - 2 * pitch), title(dice), face)
    cells("Cant.", "Descripción", "Importe")
    for _ in range(dice.randint(6, 18)):
        cells(str(dice.randrange(1, 60)), title(dice, dice.randint(2, 4)), amount(dice))
    return sheet


def form(dice: random.Random) -> Sheet:
    """Labels and values of a form, two pairs a row."""
    sheet, point = a4(dice, 100, 150, 200)
    face = font(family(dice), round(dice.uniform(9, 11) * point))
    left, half, y = 50 * point, sheet.width_px / 2, 60 * point
    labels = ["Nombre:", "Fecha:", "Número:", "Monto:", "Ciudad:", "Cuenta:", "Calle:", "Código:"]
    for _ in range(dice.randint(6, 14)):
        pairs = []
        for x in (left, half + 10 * point):
            label = dice.choice(labels)
            value = dice.choice((person, amount, reference))(dice)
            sheet.put((x, y), label, face)
            sheet.put((x + 62 * point, y), value, face)
            pairs += [label, value]
        sheet.row(*pairs)
        y += face.size * 2.2
    return sheet


def names(dice: random.Random) -> Sheet:
    """People and firms, in capitals or not: I, l, O and 0 where many faces draw them alike."""
    size = dice.randint(11, 34)
    face = font(family(dice), size)
    sheet = Sheet(dice.randint(28, 40) * size, 24 * round(1.7 * size))
    for row in range(22):
        text = dice.choice((person, firm))(dice)
        sheet.line((size, (row + 1) * 1.7 * size), text.upper() if dice.random() < 0.3 else text, face)
    return sheet


def combs(dice: random.Random) -> Sheet:
    """A form with a cell for each letter: closed cells, cells that stand apart, ticks on a rule."""
    size = dice.randint(16, 34)
    face, label = font(family(dice), size), font(family(dice), max(12, size * 2 // 3))
    pitch, height, y = dice.uniform(1.3, 2.6) * size, dice.uniform(1.4, 2.0) * size, 60.0
    style, shade = dice.choice(("closed", "apart", "low", "high")), dice.choice((0, 120, 180))
    sheet = Sheet(1400, 1400)
    for _ in range(9):
        text = dice.choice((person(dice).upper(), reference(dice)[:10], f"{dice.randrange(10**7, 10**8)}"))
        count = max(len(text) + dice.randint(0, 4), 8)
        width = min(pitch, 1300 / count)
        sheet.line((60, y - 1.4 * label.size), dice.choice(("Nombre", "RIF", "Cuenta", "Fecha", "Cédula")), label)
        for cell in range(count):
            left = 60 + cell * width
            gap = 3 if style == "apart" else 0
            if style in ("closed", "apart"):
                sheet.draw.rectangle((left + gap, y, left + width - gap, y + height), outline=(shade,) * 3)
            else:
                top = y + height * (0.6 if style == "low" else 0.3)
                sheet.draw.line((left, top, left, y + height), (shade,) * 3)
                sheet.draw.line((left, y + height, left + width, y + height), (shade,) * 3)
            if cell < len(text) and text[cell] != " ":
                inset = (width - face.getlength(text[cell])) / 2
                sheet.put((left + inset, y + (height - size * 1.2) / 2), text[cell], face)
        sheet.lines.append(text)
        y += height + label.size * 2.2
    return sheet


KINDS: dict[str, Callable[[random.Random], Sheet]] = {
    draw.__name__: draw
    for draw in (letter, dense, columns, leaders, slants, digits, screen, small, tight, table, form, names, combs)
    + KINDS_CLOSE
    + KINDS_LABELS
    + KINDS_TURNED
    + KINDS_EVERYDAY
}
