"""The set `a4`: letters, dense print, columns, forms and tables, drawn from fixed seeds."""

from __future__ import annotations

import sys
from pathlib import Path

from truth import LabelledSet

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tests.pages.__main__ import draw

KINDS = ("letter", "dense", "columns", "form", "table")
FIRST_SEED = 8000
PAGES_OF_A_KIND = 4


def pages(folder: Path) -> LabelledSet:
    """Draws the set into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    seeds = range(FIRST_SEED, FIRST_SEED + PAGES_OF_A_KIND)
    drawn = [draw(kind, seed, folder) for kind in KINDS for seed in seeds]
    lines = {page.image.stem: page.lines for page in drawn}
    return LabelledSet("a4", [page.image for page in drawn], lines)
