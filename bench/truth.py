"""The true text of the images of a data set, by the image's name without its extension.

The content of a folder decides between two shapes: `box/*.csv` beside `img/` as in SROIE (eight
coordinates and the text of a line), and one JSON beside each image with
`{"lines": [{"text": ...}, ...]}`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

IMAGE_ENDINGS = {".jpg", ".jpeg", ".png", ".webp", ".bmp", ".gif"}
SROIE_COORDINATES = 8


@dataclass(frozen=True)
class LabelledSet:
    """A named folder of images with their truth, in the order of their names."""

    name: str
    images: list[Path]
    lines: dict[str, list[str]]

    def first(self, count: int) -> LabelledSet:
        """A smaller set: images spread evenly over this one."""
        if count >= len(self.images):
            return self
        step = len(self.images) / count
        images = [self.images[int(index * step)] for index in range(count)]
        return LabelledSet(self.name, images, {path.stem: self.lines[path.stem] for path in images})


def sroie_lines(path: Path) -> list[str]:
    """The lines of one SROIE box file. The text comes last and may itself contain commas."""
    rows = path.read_text(encoding="utf-8-sig", errors="replace").splitlines()
    return [row.split(",", SROIE_COORDINATES)[-1] for row in rows if row.strip()]


def json_lines(path: Path) -> list[str] | None:
    """The lines of one truth JSON; None if the file is a JSON of another kind."""
    document = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(document, dict) or not isinstance(document.get("lines"), list):
        return None
    return [line["text"] for line in document["lines"]]


def find_images(folder: Path) -> list[Path]:
    """The images in a folder, by name."""
    return sorted(path for path in folder.iterdir() if path.suffix.lower() in IMAGE_ENDINGS)


def load_truth(folder: Path) -> dict[str, list[str]]:
    """The truth of every image in a folder. Fails with ValueError if the folder has none."""
    boxes = folder / "box" if (folder / "box").is_dir() else folder
    lines = {path.stem: sroie_lines(path) for path in sorted(boxes.glob("*.csv"))}
    if not lines:
        for path in sorted(folder.rglob("*.json")):
            found = json_lines(path)
            if found is not None:
                lines[path.stem] = found
    if not lines:
        raise ValueError(f"{folder}: no truth here: neither box/*.csv nor JSON with lines")
    return lines


def load_set(name: str, folder: Path) -> LabelledSet:
    """A folder's images that have a truth, with it."""
    truth = load_truth(folder)
    source = folder / "img" if (folder / "img").is_dir() else folder
    images = [path for path in find_images(source) if path.stem in truth]
    if not images:
        raise ValueError(f"{folder}: no image here has a truth")
    return LabelledSet(name, images, {path.stem: truth[path.stem] for path in images})
