"""Kinds of pages one step from the usual ones: fine print, small capitals, boxes askew, signs, other scripts."""

from __future__ import annotations

import random

from PIL import Image

from .canvas import INK, Colour, Sheet, families, font
from .words import amount, firm, person, prose, reference, sentence, title

MONOSPACED = ("roboto-mono", "share-tech-mono", "vt323")
GROUNDS: tuple[Colour, ...] = ((20, 22, 30), (0, 70, 50), (120, 20, 30), (25, 60, 130))
LIGHT: Colour = (250, 250, 250)


REDUCTION = 4  # how many times as large a page is drawn that is then made small


def _family(dice: random.Random) -> str:
    return dice.choice(families(*MONOSPACED))


def _reduced(sheet: Sheet) -> Sheet:
    """The page at a fraction of its size: letters between pixels, as on scans and on most screens."""
    sheet.width_px, sheet.height_px = sheet.width_px // REDUCTION, sheet.height_px // REDUCTION
    sheet.image = sheet.image.resize((sheet.width_px, sheet.height_px), Image.Resampling.BOX)
    return sheet


def _fine_size(dice: random.Random) -> tuple[int, int]:
    """The size of letters to draw, and by what the page is reduced then: on every third page hinted letters stay."""
    scale = 1 if dice.random() < 1 / 3 else REDUCTION
    return round(dice.uniform(8, 14) * scale), scale


def fine(dice: random.Random) -> Sheet:
    """Prose of 8 to 14 pixels, as on screens and on pages that were made small."""
    size, scale = _fine_size(dice)
    face = font(_family(dice), size)
    sheet = Sheet(dice.randint(420, 900) * scale, 700 * scale)
    y = 30.0 * scale
    while y < 600 * scale:
        y = sheet.paragraph((25 * scale, y), prose(dice, 25), sheet.width_px - 50 * scale, face, round(size * 1.45))
        y += size
    return sheet if scale == 1 else _reduced(sheet)


def finetable(dice: random.Random) -> Sheet:
    """A table of 8 to 14 pixels: dates, words and amounts."""
    size, scale = _fine_size(dice)
    face = font(_family(dice), size)
    sheet = Sheet(56 * size, 34 * round(1.5 * size))
    for row in range(1, 32):
        y = row * round(1.5 * size)
        day = f"{dice.randint(1, 28):02d}/{dice.randint(1, 12):02d}/{dice.randint(2019, 2026)}"
        cells = [day, reference(dice), title(dice, dice.randint(2, 3)), amount(dice)]
        for stop, cell in zip((1, 9, 19, 40), cells, strict=True):
            sheet.put((stop * size, y), cell, face)
        sheet.row(*cells)
    return sheet if scale == 1 else _reduced(sheet)


def fineslip(dice: random.Random) -> Sheet:
    """A slip of a till of 8 to 14 pixels: labels, sums and references."""
    size, scale = _fine_size(dice)
    name = dice.choice((_family(dice), "roboto-mono"))
    face = font(name, size)
    sheet = Sheet(round(30 * size), 32 * round(1.4 * size))
    for row in range(1, 30):
        y = row * round(1.4 * size)
        kind = dice.randrange(4)
        if kind == 0:
            sheet.line((size, y), f"{dice.choice(('RIF:', 'Cliente:', 'Caja:'))} {person(dice)}", face)
        elif kind == 1:
            sheet.line((size, y), f"{dice.choice(('Ref:', 'Lote:', 'Cuenta:'))} {reference(dice)}", face)
        else:
            label = dice.choice((title(dice, 2), "SUBTOTAL Bs", "IVA 16 %", "2 UND 1,50"))
            value = f"Bs {amount(dice)}"
            sheet.put((size, y), label, face)
            sheet.put((sheet.width_px - size - face.getlength(value), y), value, face)
            sheet.row(label, value)
    return sheet if scale == 1 else _reduced(sheet)


def _two_sizes(dice: random.Random, sizes: tuple[int, int], shares: tuple[float, float]):
    """A size in pixels, its face, a smaller one of that family, and how far down that stands on the same base line."""
    size = dice.randint(*sizes)
    name, share = _family(dice), dice.uniform(*shares)
    large, small = font(name, size), font(name, round(size * share))
    return size, large, small, large.getmetrics()[0] - small.getmetrics()[0]


def capitals(dice: random.Random) -> Sheet:
    """Small capitals: what is large in a name stays so, the rest is of 70 to 80 % of its height."""
    size, large, small, rise = _two_sizes(dice, (18, 44), (0.7, 0.8))
    sheet = Sheet(26 * size, 18 * round(1.7 * size))
    for row in range(1, 17):
        x, y = float(size), row * round(1.7 * size)
        text = dice.choice((person, firm, title))(dice)
        for letter in text:
            is_large = not letter.islower()
            face = large if is_large else small
            sheet.put((x, y if is_large else y + rise), letter.upper(), face)
            x += face.getlength(letter.upper())
        sheet.lines.append(text.upper())
    return sheet


def mixed(dice: random.Random) -> Sheet:
    """Lines that go on in smaller type: a number and its unit, a name and its rank, words among larger ones."""
    size, large, small, rise = _two_sizes(dice, (22, 44), (0.45, 0.75))
    sheet = Sheet(36 * size, 18 * round(1.8 * size))
    for row in range(1, 17):
        x, y = float(size), row * round(1.8 * size)
        parts = [(dice.choice((person, amount, title))(dice), dice.random() < 0.5) for _ in range(3)]
        for text, is_large in parts:
            face = large if is_large else small
            sheet.put((x, y if is_large else y + rise), text, face)
            x += face.getlength(text + " ")
        sheet.lines.append(" ".join(text for text, _ in parts))
    return sheet


def boxes(dice: random.Random) -> Sheet:
    """A form whose fields are framed, label above value, level, upside down, or 10 to 15 degrees askew."""
    size = dice.randint(18, 26)
    name = _family(dice)
    face, label = font(name, size), font(name, round(size * 0.65))
    sheet = Sheet(1300, 1500)
    shade = dice.choice((0, 90, 150))
    height = round(label.size * 1.6 + size * 1.8)
    y = 60
    for _ in range(dice.randint(9, 14)):
        stops = dice.choice(((60, 1240), (60, 650, 1240), (60, 480, 900, 1240)))
        labels, values = [], []
        for left, right in zip(stops, stops[1:], strict=False):
            sheet.draw.rectangle((left, y, right, y + height), outline=(shade,) * 3, width=dice.choice((1, 2)))
            labels.append(dice.choice(("Nombre", "Fecha", "Número", "Monto", "Ciudad", "Cuenta", "Dirección")))
            values.append(dice.choice((person, amount, reference))(dice))
            sheet.put((left + 8, y + label.size * 0.2), labels[-1], label)
            sheet.put((left + 8, y + label.size * 1.5), values[-1], face)
        sheet.row(*labels)
        sheet.row(*values)
        y += height + dice.choice((0, 0, 12))
    sheet.turn(dice.choice((180, 180 + dice.uniform(-2, 2), dice.uniform(10, 15), -dice.uniform(10, 15))))
    return sheet


def signs(dice: random.Random) -> Sheet:
    """Upright signs with one letter a row, beside a few lines."""
    size = dice.randint(22, 48)
    name = _family(dice)
    face, small = font(name, size), font(name, max(16, size // 2))
    sheet = Sheet(1000, 1100)
    pitch = size * dice.uniform(1.0, 1.5)
    for column in range(dice.randint(1, 3)):
        word = dice.choice((title(dice, 1), person(dice).split()[0])).upper()[: int(900 / pitch)]
        x = 80 + column * 3 * size
        for row, letter in enumerate(word):
            sheet.put((x - face.getlength(letter) / 2, 60 + row * pitch), letter, face)
        sheet.lines.append(word)
    for row in range(dice.randint(2, 6)):
        sheet.line((520, 80 + row * 2 * small.size), sentence(dice, 2, 4), small)
    return sheet


def banners(dice: random.Random) -> Sheet:
    """Words with one letter a row, light on dark too, in capitals or not, centred or in line at their left."""
    size = dice.randint(26, 70)
    face = font(_family(dice), size)
    is_dark, is_centred, in_capitals = (dice.random() < share for share in (0.5, 0.6, 0.7))
    sheet = Sheet(1000, 1200, dice.choice(GROUNDS) if is_dark else (255, 255, 255))
    pitch = size * dice.uniform(1.0, 1.6)
    for column in range(dice.randint(2, 4)):
        word = title(dice, 1)
        while not 4 <= len(word) <= 1050 / pitch:
            word = title(dice, 1)
        word = word.upper() if in_capitals else word
        for row, letter in enumerate(word):
            left = face.getlength(letter) / 2 if is_centred else 0
            at = (90 + column * 3 * size - left, 60 + row * pitch)
            sheet.put(at, letter, face, LIGHT if is_dark else INK)
        sheet.lines.append(word)
    return sheet


def flags(dice: random.Random) -> Sheet:
    """A table one of whose columns has single letters, which are no word from top to bottom."""
    size = dice.randint(16, 34)
    face = font(_family(dice), size)
    pitch, stop = size * dice.uniform(1.3, 2.0), dice.choice((1, 14, 22))
    sheet = Sheet(40 * size, round(20 * pitch))
    for row in range(1, 18):
        flag, name, value = dice.choice("ABCDEGHLMNPRST"), title(dice, 2), amount(dice)
        y = row * pitch
        sheet.put((stop * size, y), flag, face)
        sheet.put(((3 if stop != 1 else 4) * size, y), name, face)
        sheet.put((30 * size, y), value, face)
        sheet.row(*((flag, name, value) if stop == 1 else (name, flag, value)))
    return sheet


def cells(dice: random.Random) -> Sheet:
    """Comb fields of two or three cells, or of many light on dark."""
    size = dice.randint(16, 34)
    face, label = font(_family(dice), size), font(_family(dice), max(12, size * 2 // 3))
    width, height, y = dice.uniform(1.3, 2.4) * size, dice.uniform(1.4, 2.0) * size, 60.0
    is_dark = dice.random() < 0.5
    sheet = Sheet(1400, 1400, dice.choice(GROUNDS) if is_dark else (255, 255, 255))
    ink, rule = (LIGHT, (190, 190, 190)) if is_dark else (INK, (dice.choice((0, 120)),) * 3)
    style = dice.choice(("closed", "apart", "low"))
    for _ in range(9):
        texts = [f"{dice.randint(1, 28):02d}", f"{dice.randint(1, 12):02d}", f"{dice.randint(100, 999)}"]
        if is_dark:
            texts = [dice.choice((person(dice).upper(), reference(dice)[:10]))]
        sheet.line((60, y - 1.4 * label.size), dice.choice(("Nombre", "RIF", "Cuenta", "Fecha", "Cédula")), label, ink)
        x = 60.0
        for text in texts:
            pitch = min(width, 1250 / len(text))
            for cell, letter in enumerate(text):
                left, gap = x + cell * pitch, 3 if style == "apart" else 0
                if style == "low":
                    sheet.draw.line((left, y + height * 0.6, left, y + height), rule)
                    sheet.draw.line((left, y + height, left + pitch, y + height), rule)
                    sheet.draw.line((left + pitch, y + height * 0.6, left + pitch, y + height), rule)
                else:
                    sheet.draw.rectangle((left + gap, y, left + pitch - gap, y + height), outline=rule)
                inset = (pitch - face.getlength(letter)) / 2
                sheet.put((left + inset, y + (height - size * 1.2) / 2), letter, face, ink)
            x += pitch * len(text) + 2.5 * size
        sheet.row(*texts)
        y += height + label.size * 2.2
    return sheet


KINDS_CLOSE = (fine, finetable, fineslip, capitals, mixed, boxes, signs, banners, flags, cells)
