"""Draws lines of text as strips for the recogniser, to train its columns and to measure them.

A seed decides everything. `trained` and `held` are two sets of fonts without a family in common.
"""

import functools
import io
import pathlib
import random
import unicodedata
from dataclasses import dataclass

import numpy as np
from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw, ImageFilter, ImageFont

ROOT = pathlib.Path(__file__).resolve().parents[2]
FETCHED = ROOT / "build" / "training"
HEIGHT_PX, STEP_PX, WIDTH_LIMIT_PX = 48, 8, 640
ORDINARY, MARKED, SHAPES, DAMAGED = "-", "¿", "*", "~"  # kinds of lines beside those named after a sign
LEAST_CONTRAST = 70  # of 255 between ink and ground

Random = random.Random


@dataclass(frozen=True)
class Line:
    """A strip [48, width, 3] of bytes, what is written on it, and the font that drew it."""

    text: str
    pixels: np.ndarray
    font: str


# ---- What is written


@functools.cache
def words() -> list[str]:
    """Spanish and English words, those of one letter and those with an apostrophe left out."""
    found = []
    for name in ("spanish", "american-english"):
        path = FETCHED / "words" / "usr" / "share" / "dict" / name
        listed = path.read_text(encoding="utf-8").split()
        found += [word for word in listed if 2 <= len(word) <= 12 and "'" not in word]
    return found


def cased(source: Random, word: str) -> str:
    return source.choice([word, word.capitalize(), word.capitalize(), word.upper()])


def amount(source: Random) -> str:
    """As the countries write it: 1.250, 1,250.00, 12 500,00, 7."""
    number = source.choice([source.randint(0, 99), source.randint(100, 99_999), source.randint(10**5, 10**8)])
    separator = source.choice([".", ",", " ", ""])
    text = f"{number:,}".replace(",", separator)
    return text + source.choice(["", "", (".", ",")[separator == "."] + f"{source.randint(0, 99):02d}"])


def said(source: Random, most: int) -> str:
    return " ".join(source.choice(words()) for _ in range(source.randint(1, most)))


def exclamation(source: Random, opening: str, closing: str) -> str:
    """Alone, after other words or before them; at times two or three signs, at times not closed."""
    cry = said(source, 3)
    cry = source.choice([cry, cry.capitalize(), cry.capitalize(), cry.upper()])
    times = source.choice([1] * 12 + [2, 3])
    text = f"{opening * times}{cry}{closing * source.choice([times, times, times, 0])}"
    before = source.choice(["", "", "", "", "«", '"', "- "]) if source.random() < 0.6 else said(source, 4) + " "
    return before + text + (" " + said(source, 4).capitalize() if source.random() < 0.15 else "")


def money(source: Random, sign: str) -> str:
    space = source.choice(["", "", " "])
    texts = [
        f"{sign}{space}{amount(source)}",
        f"{amount(source)}{space}{sign}",
        f"({sign})",
        f"-{sign}{amount(source)}",
    ]
    text = source.choices(texts, weights=[10, 2, 1, 1])[0]
    return (
        text if source.random() < 0.5 else f"{cased(source, source.choice(words()))}{source.choice([' ', ': '])}{text}"
    )


def degrees(source: Random) -> str:
    """Text that looks like an ordinal but is not one."""
    value = source.randint(-20, 360)
    texts = [
        f"{value} °C",
        f"{value}°C",
        f"{value}°",
        f"{value}° {source.randint(0, 59)}' N",
        f"{value} °F",
        f"{value}a",
    ]
    return source.choice(["", "", source.choice(words()) + " "]) + source.choice(texts)


def prose(source: Random) -> str:
    said = [cased(source, source.choice(words())) for _ in range(source.randint(1, 3))]
    return source.choice([" ", " ", " ", ", ", "/", "-"]).join(said) + source.choice(["", "", ".", ":", "!", "?", ")"])


def alike(source: Random) -> str:
    """Ordinary text that begins as a sign might: i, l, 1, |, !, j before a word, C, E, R, O, Q before a number."""
    if source.random() < 0.5:
        first = source.choice("iIlL1jJíÍ|!tTfí:;")
        return first + source.choice(["", " "]) + source.choice(words()) + source.choice(["", "!", " ill"])
    first = source.choice(
        ["C", "E", "R", "Q", "G", "$", "€", "¢", "£", "Rs", "C$", "Bs", "O", "0", "F", "P", "S/", "B/."]
    )
    return first + source.choice(["", " "]) + amount(source) + source.choice(["", " O", " 0", "Q", " kO", "C"])


def code(source: Random) -> str:
    """References, dates, hours, addresses of mail."""
    return source.choice(
        [
            "".join(source.choice("0123456789") for _ in range(source.randint(6, 16))),
            "".join(source.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") for _ in range(source.randint(5, 12))),
            f"{source.randint(1, 31):02d}/{source.randint(1, 12):02d}/{source.randint(1990, 2035)}",
            f"{source.randint(0, 23)}:{source.randint(0, 59):02d}:{source.randint(0, 59):02d}",
            f"{source.choice(words())}{source.choice(['.', '_', ''])}"
            f"{source.choice(words())}@{source.choice(words())}.com",
            f"{source.randint(1, 99)} x {amount(source)}",
        ]
    ).replace("ñ", "n")


def ordinary(source: Random) -> str:
    """Text without any sign whose column is trained."""
    kinds = [prose, alike, code, degrees, lambda source: money(source, "$")]
    return source.choices(kinds, weights=[10, 8, 6, 2, 2])[0](source)


def marked(source: Random) -> str:
    """Text like ¡ with other marks: questions, also beside exclamations, and accents one after another."""
    if source.random() < 0.3:
        return "".join(source.choice("áéíóúüñÁÉÍÓÚÜÑíÍíìî¿i") for _ in range(source.randint(3, 9)))
    if source.random() < 0.3:  # iPhone, iYa!
        before = source.choice(["", "", said(source, 1) + " "])
        return f"{before}i{source.choice(words()).capitalize()}{source.choice(['!', '!', ''])}"
    question = f"¿{cased(source, said(source, 2))}?"
    if source.random() < 0.4:
        return f"{question}{source.choice(['', ' '])}¡{cased(source, source.choice(words()))}!"
    return source.choice(["", "", said(source, 2) + " "]) + question + source.choice(["", "", " " + said(source, 2)])


def written(source: Random, kind: str) -> str:
    """A line of the kind: one with this sign, MARKED or ORDINARY."""
    if kind == MARKED:
        return marked(source)
    if kind == ORDINARY:
        return ordinary(source)
    return exclamation(source, "¡", "!") if kind == "¡" else money(source, kind)


# ---- How it is drawn


@functools.cache
def families(fonts: str) -> dict[str, list[pathlib.Path]]:
    """The files of the set `fonts` by family, those that hold the Latin letters."""
    found: dict[str, list[pathlib.Path]] = {}
    for path in sorted((FETCHED / fonts).rglob("*.[ot]tf")):
        if "Hairline" not in path.stem and set("Aaz09ñÁ!").issubset(glyphs(path)):
            found.setdefault(path.stem.split("-")[0].split(" Italic")[0], []).append(path)
    return found


@functools.cache
def glyphs(path: pathlib.Path) -> frozenset[str]:
    with TTFont(path, lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))


def font_for(source: Random, fonts: str, text: str) -> pathlib.Path:
    """A font of the set with every character of the text: a random family first, so that large ones do not dominate."""
    letters = set(text) - {" "}
    fitting = {
        name: kept
        for name, paths in families(fonts).items()
        if (kept := [path for path in paths if letters <= glyphs(path)])
    }
    if not fitting:
        raise LookupError(f"no font of {fonts} has all of {text!r}")
    return source.choice(fitting[source.choice(sorted(fitting))])


def colours(source: Random) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Ink and ground: dark on light, light on dark in one of five, grey or coloured."""
    tint = source.choice([0, 0, 30, 60])
    dark, light = source.randint(0, 90), source.randint(190, 255)
    low = tuple(min(255, dark + source.randint(0, tint)) for _ in range(3))
    high = tuple(max(130, light - source.randint(0, tint)) for _ in range(3))
    if sum(high) - sum(low) < 3 * LEAST_CONTRAST:
        return colours(source)
    return (high, low) if source.random() < 0.2 else (low, high)


def draw(source: Random, fonts: str, text: str, path: pathlib.Path | None = None) -> Line | None:
    """The text as the engine would cut it out of a page; None if it would be too wide."""
    path = path or font_for(source, fonts, text)
    size_px = round(2 ** source.uniform(3.3, 6.0))  # 10 to 64: small print to headings
    scale = 3 if size_px < 24 else 1  # small letters are drawn large and made smaller, as cameras do
    if size_px < 24 and source.random() < 0.5:
        scale = 1
    font = ImageFont.truetype(str(path), size_px * scale)
    left, top, right, bottom = font.getbbox(text)
    height, width = bottom - top, right - left
    if height < 4 or width / height * HEIGHT_PX > 1.2 * WIDTH_LIMIT_PX:
        return None
    ink, ground = colours(source)
    margin = 2 * height
    image = Image.new("RGB", (width + 2 * margin, height + 2 * margin), ground)
    ImageDraw.Draw(image).text((margin - left, margin - top), text, font=font, fill=ink)
    if source.random() < 0.3:
        image = image.rotate(source.uniform(-1.5, 1.5), Image.Resampling.BICUBIC, fillcolor=ground)
    above, below = (source.uniform(0.02, 0.28) * height for _ in range(2))
    beside = source.uniform(0.05, 0.4) * height, source.uniform(0.05, 0.4) * height
    image = image.crop(
        (
            round(margin - beside[0]),
            round(margin - above),
            round(margin + width + beside[1]),
            round(margin + height + below),
        )
    )
    if scale != 1:
        image = image.resize((max(8, image.width // scale), max(6, image.height // scale)), Image.Resampling.BOX)
    return Line(text, as_strip(source, worn(source, image)), path.stem)


def worn(source: Random, image: Image.Image) -> Image.Image:
    """Blurred, noisy or pressed hard as JPEG, each at times."""
    if source.random() < 0.3:
        image = image.filter(ImageFilter.GaussianBlur(source.uniform(0.2, 0.03 * image.height)))
    if source.random() < 0.3:
        noise = np.random.default_rng(source.getrandbits(32)).normal(0.0, source.uniform(2, 14), (*image.size[::-1], 1))
        image = Image.fromarray(np.clip(np.asarray(image) + noise, 0, 255).astype(np.uint8))
    return pressed(image, source.randint(35, 92)) if source.random() < 0.4 else image


def pressed(image: Image.Image, quality: int) -> Image.Image:
    """The picture after a way through JPEG."""
    written = io.BytesIO()
    image.save(written, "JPEG", quality=quality)
    return Image.open(written).convert("RGB")


def as_strip(source: Random, image: Image.Image) -> np.ndarray:
    stretch = source.uniform(0.75, 1.2) if source.random() < 0.3 else 1.0
    steps = max(2, -(-image.width * HEIGHT_PX * stretch // (image.height * STEP_PX)))
    size = (min(int(steps) * STEP_PX, WIDTH_LIMIT_PX), HEIGHT_PX)
    return np.asarray(image.resize(size, Image.Resampling.BILINEAR))


def lines(seed: int, fonts: str, kind: str, count: int) -> list[Line]:
    """`count` lines of the kind, each drawn from the seed and its own number."""
    found = []
    for number in range(count):
        source = Random(f"{seed} {fonts} {kind} {number}")
        line = None
        while line is None:
            try:
                if kind in (SHAPES, DAMAGED):
                    line = (shapes if kind == SHAPES else damaged)(source, fonts)
                else:
                    line = draw(source, fonts, written(source, kind))
            except LookupError:
                continue
        found.append(line)
    return found


# ---- What is hard to read


def stripes(source: Random, height: int, width: int) -> np.ndarray:
    """True in rows or columns that a worn head has not printed, or between the rows of a matrix printer's dots."""
    along, size = (height, 1) if source.random() < 0.5 else (1, width)
    places = np.arange(max(along, size))
    if source.random() < 0.5:
        missing = places % source.randint(3, 6) == 0
    else:
        missing = np.isin(places, [source.randrange(len(places)) for _ in range(1 + len(places) // 12)])
    return missing.reshape(-1, 1) if along == height else missing.reshape(1, -1)


def damaged(source: Random, fonts: str) -> Line | None:
    """Ordinary text, mostly capitals and digits, damaged like bad prints and their scans."""
    text = ordinary(source) if source.random() < 0.5 else receipt_row(source)
    line = draw(source, fonts, text)
    if line is None:
        return None
    image = Image.fromarray(line.pixels).convert("L")
    width = image.width
    small = source.randint(11, 30)
    image = image.resize((max(8, width * small // HEIGHT_PX), small), Image.Resampling.BILINEAR)
    values = np.asarray(image).astype(np.float32)
    noise = np.random.default_rng(source.getrandbits(32))
    ground = float(np.median(values))
    if source.random() < 0.6:
        values = np.where(stripes(source, *values.shape), ground, values)
    if source.random() < 0.5:  # specks, and ink that has not taken
        values = np.where(noise.random(values.shape) < source.uniform(0.01, 0.12), ground, values)
    values += noise.normal(0.0, source.uniform(5, 45), values.shape)
    image = Image.fromarray(np.clip(values, 0, 255).astype(np.uint8))
    if source.random() < 0.4:
        thinner, thicker, smoother = ImageFilter.MaxFilter(3), ImageFilter.MinFilter(3), ImageFilter.MedianFilter(3)
        image = image.filter(source.choice([thicker, thinner, smoother]))
    if source.random() < 0.5:
        image = image.filter(ImageFilter.GaussianBlur(source.uniform(0.3, 1.0)))
    if source.random() < 0.4:  # black and white
        middle = (float(np.asarray(image).max()) + float(np.asarray(image).min())) / 2 + source.uniform(-30, 30)
        image = image.point([0 if value < middle else 255 for value in range(256)])
    pixels = np.asarray(image.resize((width, HEIGHT_PX), Image.Resampling.BILINEAR).convert("RGB"))
    return Line(text, pixels, line.font)


def receipt_row(source: Random) -> str:
    """A row of a shop's receipt."""
    name = said(source, 2).upper()
    return source.choice(
        [
            f"{name} {amount(source)}",
            f"{source.randint(1, 99):02d} X {amount(source)}",
            f"{name} ({source.randint(100_000, 999_999)}-{source.choice('ABCDHKMPTUVWX')})",
            f"({source.choice(['IVA', 'GST', 'REG', 'RIF', 'NIT'])} NO: {source.randint(10**8, 10**12)})",
            f"{source.choice(['TOTAL', 'SUBTOTAL', 'CASH', 'CAMBIO', 'IVA', 'GST'])} @ {source.randint(0, 19)}%",
            f"{source.randint(10**11, 10**13)}",
            f"{source.choice('BCDEGOPQR')}{source.randint(0, 999)} {name} {source.choice('BCDEGOPQR')}",
        ]
    )


# ---- What is no text


@functools.cache
def strange_glyphs(fonts: str) -> list[tuple[pathlib.Path, list[str]]]:
    """Symbols and letters of other scripts by the font that has them."""
    found = []
    for path in sorted((FETCHED / fonts).rglob("*.[ot]tf")):
        kept = [glyph for glyph in sorted(glyphs(path)) if ord(glyph) > 0x2100 or 0x500 < ord(glyph) < 0x1E00]
        kept = [glyph for glyph in kept if unicodedata.category(glyph) in ("So", "Sm", "Lo", "Lu", "Ll")]
        if len(kept) > 30:
            found.append((path, kept))
    return found


def figure(source: Random) -> Image.Image:
    """A few strokes, boxes and arcs, like icons and battery signs."""
    ink, ground = colours(source)
    side = 96
    image = Image.new("RGB", (round(side * source.choice([1, 1, 1, 2, 3])), side), ground)
    pen = ImageDraw.Draw(image)
    for _ in range(source.randint(1, 5)):
        box = sorted(source.uniform(0.05, 0.95) * image.width for _ in range(2))
        rows = sorted(source.uniform(0.05, 0.95) * side for _ in range(2))
        place = (box[0], rows[0], box[1] + 1, rows[1] + 1)
        kind, width = source.choice(["box", "round", "ring", "bar", "stroke", "arc"]), source.randint(3, 12)
        if kind in ("box", "bar"):
            pen.rectangle(place, outline=ink, width=width, fill=ink if kind == "bar" else None)
        elif kind == "round":
            pen.rounded_rectangle(place, radius=10, outline=ink, width=width)
        elif kind == "ring":
            pen.ellipse(place, outline=ink, width=width)
        elif kind == "stroke":
            pen.line(
                place if source.random() < 0.5 else (place[0], place[3], place[2], place[1]), fill=ink, width=width
            )
        else:
            pen.arc(place, source.randint(0, 359), source.randint(0, 359), fill=ink, width=width)
    return image


def shapes(source: Random, fonts: str) -> Line | None:
    """Figures, symbols, letters of other scripts: alone, or before ordinary text like an icon."""
    if source.random() < 0.5:
        pixels, name = as_strip(source, worn(source, figure(source))), "figure"
    else:
        path, known = source.choice(strange_glyphs(fonts))
        line = draw(source, fonts, "".join(source.choice(known) for _ in range(source.randint(1, 3))), path)
        if line is None:
            return None
        pixels, name = line.pixels, line.font
    text = ""
    if source.random() < 0.4:
        beside = draw(source, fonts, ordinary(source))
        if beside is None:
            return None
        text, pixels = beside.text, np.concatenate([pixels, beside.pixels], axis=1)
    return Line(text, pixels, name)


def planes(line: Line) -> np.ndarray:
    """As the engine gives it to the recogniser: blue, green, red, -1..1: [1, 3, 48, width]."""
    values = line.pixels[..., ::-1].astype(np.float32) / 127.5 - 1.0
    return np.ascontiguousarray(values.transpose(2, 0, 1)[None])
