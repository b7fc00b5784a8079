#!/usr/bin/env python3
"""Measures our columns through the whole program: pages drawn in fonts that no column was trained on.

    build/venv-training/bin/python models/training/measure.py

It prints for each sign how many are written, how many of these are read, and how many are read but not written, with
integer and float models. It also prints the share of lines that are read exactly, spaces ignored.
"""

import argparse
import json
import pathlib
import random
import subprocess
import tempfile

import lines
import train
from PIL import Image, ImageDraw, ImageFont

PROGRAM = lines.ROOT / "build" / "release" / "lince"
EACH, ORDINARY, SEED = 50, 250, 23  # lines
PAGE, ROWS, MARGIN_PX = (1400, 1800), 30, 40
FORMS = ("fast", "accurate")


def texts(source: random.Random) -> list[str]:
    kinds = [*train.SIGNS, lines.MARKED] * EACH + [lines.ORDINARY] * ORDINARY
    found = [lines.written(source, kind) for kind in kinds]
    source.shuffle(found)
    return found


def page(source: random.Random, rows: list[str]) -> tuple[Image.Image, list[str]]:
    """The picture, and the rows that some font could draw."""
    image, drawn = Image.new("RGB", PAGE, (250, 250, 250)), []
    pitch = (PAGE[1] - 2 * MARGIN_PX) / ROWS
    for row in rows:
        try:
            path = lines.font_for(source, "held", row)
        except LookupError:
            continue
        font = ImageFont.truetype(str(path), source.randint(16, 34))
        place = (MARGIN_PX + source.randint(0, 200), MARGIN_PX + round(pitch * len(drawn)))
        ImageDraw.Draw(image).text(place, row, font=font, fill=(source.randint(0, 70),) * 3)
        drawn.append(row)
    return image, drawn


def figures(read: list[list[str]], written: list[list[str]]) -> str:
    parts = []
    for sign in train.SIGNS:
        counts = [
            ("".join(rows).count(sign), "".join(lines).count(sign)) for rows, lines in zip(written, read, strict=True)
        ]
        found, false = sum(min(pair) for pair in counts), sum(max(0, got - there) for there, got in counts)
        parts.append(f"{sign} {found} of {sum(there for there, _ in counts)}, {false} false")
    whole = sum(len(rows) for rows in written)
    bare = [{line.replace(" ", "") for line in page} for page in read]
    exact = sum(row.replace(" ", "") in page for rows, page in zip(written, bare, strict=True) for row in rows)
    return f"{'; '.join(parts)}; {exact} of {whole} lines exact"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", type=pathlib.Path, default=PROGRAM, help="the program")
    arguments = parser.parse_args()
    source = random.Random(SEED)
    rows, written = texts(source), []
    with tempfile.TemporaryDirectory() as folder:
        for number, at in enumerate(range(0, len(rows), ROWS)):
            image, drawn = page(source, rows[at : at + ROWS])
            image.save(pathlib.Path(folder) / f"{number:03}.png")
            written.append(drawn)
        for form in FORMS:
            command = [arguments.program, "read", "--model", form, "-f", "ndjson", folder]
            done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
            pages = sorted((json.loads(line) for line in done.stdout.splitlines()), key=lambda page: page["file"])
            print(f"{form}: {figures([page['text'].split(chr(10)) for page in pages], written)}", flush=True)


if __name__ == "__main__":
    main()
