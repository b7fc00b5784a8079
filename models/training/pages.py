"""Draws pages of invented text as screens, letters and slips show it, and cuts them into lines as the program does.

A strip of a real page differs from a drawn line: the program chooses where it begins and ends, and rows above and
below reach into it. So the program reads each page, and the corners of the lines that it finds cut the strips. What is
written on a strip is what was drawn there, not what was read.
"""

import functools
import json
import pathlib
import random
import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import lines
from PIL import Image, ImageDraw, ImageFilter, ImageFont

Random = random.Random
SHORT = ("a", "y", "o", "e", "de", "la", "el", "en", "que", "no", "un", "por", "con", "su", "se", "al", "lo",
         "of", "to")  # fmt: skip
OWN_WORD = r"[(¿¡]?[^\W\d_]+[,.;:?!)]{0,2}|\d{1,6}[,.]?"
NEAR = 0.6  # heights by which the ends of a line may lie beside those of what was drawn


@dataclass
class Page:
    """A picture, and each text drawn on it with its box in pixels: left, top, right, bottom."""

    image: Image.Image
    font: str
    drawn: list[tuple[str, tuple[float, float, float, float]]] = field(default_factory=list)


# ---- What is written


def word(source: Random) -> str:
    return source.choice(SHORT) if source.random() < 0.25 else source.choice(lines.words())


@functools.cache
def own_prose() -> list[str]:
    """The words of this project's own pages, one after another, without those that are code or links."""
    found: list[str] = []
    for path in sorted([*lines.ROOT.glob("*.md"), *lines.ROOT.glob("docs/*.md")]):
        found += [said for said in path.read_text(encoding="utf-8").split() if re.fullmatch(OWN_WORD, said)]
    return found


def prose(source: Random, count: int) -> list[str]:
    """A part of our own pages, with words in their usual company, or sentences of random words."""
    if source.random() < 0.5:
        at = source.randrange(len(own_prose()) - count)
        return own_prose()[at : at + count]
    found: list[str] = []
    while len(found) < count:
        said = [word(source) for _ in range(source.randint(3, 14))]
        said = [
            said_word + source.choice(["", "", "", "", "", "", ",", ",", ";", ":"]) for said_word in said[:-1]
        ] + said[-1:]
        said[0] = said[0].capitalize()
        found += [*said[:-1], said[-1] + source.choice(".....?!")]
    return found


def reference(source: Random) -> str:
    """A number with the runs of one digit in which readers lose some."""
    digits = ""
    while len(digits) < source.randint(6, 16):
        digits += source.choice("0123456789") * source.choice((1, 1, 1, 2, 3, 5))
    return digits


def name(source: Random) -> str:
    said = [source.choice(lines.words()).capitalize() for _ in range(source.randint(1, 4))]
    text = " ".join(said)
    return text.upper() if source.random() < 0.35 else text


def label(source: Random) -> str:
    text = " ".join(word(source) for _ in range(source.randint(1, 3)))
    return source.choice([text.capitalize(), text.upper(), text]) + source.choice([":", "", "", " :", "."])


def cell(source: Random) -> str:
    """What stands in a field of a form or in a row of a list."""
    kinds = [name, reference, lines.amount, lines.code, label, lines.receipt_row, share, lines.ordinary]
    return source.choices(kinds, weights=[6, 4, 6, 5, 5, 2, 1, 2])[0](source)


def share(source: Random) -> str:
    tax = source.choice(["IVA", "ITBIS", "IGV", "Tax", "IVA G"])
    return f"{tax} {source.choice(['', '('])}{source.randint(0, 99)}{source.choice(['', ' '])}%"


# ---- How it is drawn


def pen_size(source: Random) -> tuple[int, int]:
    """The size of letters in pixels, and how many times as large they are drawn before they are reduced."""
    size = source.uniform(8, 15) if source.random() < 0.7 else source.uniform(15, 36)
    return round(size), source.choice((1, 1, 2, 4))


def page(source: Random, fonts: str) -> Page:
    path = lines.font_for(source, fonts, "aáñ¿Ó8%@")
    size, scale = pen_size(source)
    face = ImageFont.truetype(str(path), size * scale)
    ink, ground = lines.colours(source)
    width, height = round(size * source.uniform(18, 42)) * scale, round(size * source.uniform(20, 45)) * scale
    made = Page(Image.new("RGB", (width, height), ground), path.stem)
    pen = ImageDraw.Draw(made.image)
    pitch = round(size * scale * source.uniform(1.1, 1.7))

    def put(x: float, y: float, *parts: tuple[str, ImageFont.FreeTypeFont]) -> None:
        """Draws parts of a line one after another on its base line."""
        boxes = []
        for text, part_face in parts:
            pen.text((round(x), round(y)), text, font=part_face, fill=ink, anchor="ls")
            at = (round(x), round(y)) * 2
            box = part_face.getbbox(text, anchor="ls")
            boxes.append([(edge + by) / scale for edge, by in zip(box, at, strict=True)])
            x += part_face.getlength(text + " ")
        edges = zip(*boxes, strict=True)
        box = tuple(choose(edge) for choose, edge in zip((min, min, max, max), edges, strict=True))
        made.drawn.append((" ".join(text for text, _ in parts), box))

    small = face.font_variant(size=round(size * scale * source.uniform(0.45, 0.8)))
    layout = source.choices([paragraphs, cells, two_sizes], weights=[5, 4, 2 if size >= 14 else 0])[0]
    layout(source, (face, small), (width, height), pitch, put)
    if scale > 1:
        resampling = source.choice((Image.Resampling.BOX, Image.Resampling.BILINEAR, Image.Resampling.LANCZOS))
        made.image = made.image.resize((width // scale, height // scale), resampling)
    made.image = worn(source, made.image)
    return made


Faces = tuple[ImageFont.FreeTypeFont, ImageFont.FreeTypeFont]


def paragraphs(source: Random, faces: Faces, size: tuple[int, int], pitch: int, put: Callable) -> None:
    face = faces[0]
    y, left = 2.0 * pitch, face.size * source.uniform(1, 4)
    while y < size[1] - 2 * pitch:
        row: list[str] = []
        for said in prose(source, source.randint(10, 60)):
            if row and face.getlength(" ".join([*row, said])) > size[0] - 2 * left:
                put(left, y, (" ".join(row), face))
                y, row = y + pitch, []
            row.append(said)
        put(left, y, (" ".join(row), face))
        y += pitch * source.uniform(1, 2.5)


def cells(source: Random, faces: Faces, size: tuple[int, int], pitch: int, put: Callable) -> None:
    """Rows of one to four cells, far enough apart that each is a line of its own."""
    count, y, face = source.randint(1, 4), 2.0 * pitch, faces[0]
    room = size[0] / count
    while y < size[1] - 2 * pitch:
        for column in range(count):
            text = cell(source)
            if face.getlength(text) < room - 3 * face.size:
                put(column * room + face.size, y, (text, face))
        y += pitch


def two_sizes(source: Random, faces: Faces, size: tuple[int, int], pitch: int, put: Callable) -> None:
    """Lines that go on in smaller or larger type: a number and its unit, a label and its value."""
    y = 2.0 * pitch
    while y < size[1] - 2 * pitch:
        parts = [(cell(source), source.choice(faces)) for _ in range(source.randint(2, 3))]
        if sum(face.getlength(text + " ") for text, face in parts) < size[0] - 3 * faces[0].size:
            put(faces[0].size, y, *parts)
        y += pitch


def worn(source: Random, image: Image.Image) -> Image.Image:
    """Three of four pages are clean; the others are blurred, or pressed hard as JPEG."""
    if source.random() < 0.1:
        image = image.filter(ImageFilter.GaussianBlur(source.uniform(0.2, 0.6)))
    return lines.pressed(image, source.randint(60, 95)) if source.random() < 0.2 else image


# ---- How it is cut


def read(program: pathlib.Path, paths: list[pathlib.Path]) -> Iterator[list[dict]]:
    """The lines that the program finds on each picture."""
    command = [program, "read", "--quiet", "--format", "ndjson", "-"]
    printed = subprocess.run(
        command, input="".join(f"{path}\n" for path in paths), capture_output=True, text=True, check=False
    )
    for answer in printed.stdout.splitlines():
        yield json.loads(answer).get("lines", [])


def written_on(found: dict, drawn: Page) -> str | None:
    """The text drawn where the line was found; None if the line holds a part of it, or more."""
    left, top, right, bottom = found["box"]
    height, middle = bottom - top, (top + bottom) / 2
    beside = [
        (abs(middle - (box[1] + box[3]) / 2), text)
        for text, box in drawn.drawn
        if box[1] <= middle <= box[3] and max(abs(left - box[0]), abs(right - box[2])) <= NEAR * height
    ]
    return min(beside)[1] if beside else None


def cut_lines(
    program: pathlib.Path, folder: pathlib.Path, fonts: str, count: int, seed: int
) -> Iterator[tuple[str, Image.Image, list, str]]:
    """Text, page, corners and font of each line of `count` pages."""
    folder.mkdir(parents=True, exist_ok=True)
    made = [page(Random(f"{seed} {fonts} page {number}"), fonts) for number in range(count)]
    paths = [folder / f"{number}.png" for number in range(count)]
    for drawn, path in zip(made, paths, strict=True):
        drawn.image.save(path, compress_level=1)
    for drawn, found in zip(made, read(program, paths), strict=True):
        for line in found:
            text = written_on(line, drawn)
            if text is not None:
                yield text, drawn.image, line["quad"], drawn.font
