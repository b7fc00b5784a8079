#!/usr/bin/env python3
"""What integers cost in words and characters: reads labelled images with both kinds of models.

    bench/forms.py DIR...        folders of images with their truth, as bench/truth.py knows them

Fails if the integers are more than 0.3 points of word F1 below the floats.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

from accuracy import character_errors, score_pages
from truth import LabelledSet, load_set

PROGRAM = Path(__file__).resolve().parent.parent / "build" / "release" / "lince"
FORMS = ("accurate", "fast")
POINTS = 0.3  # of word F1 that integers may cost


def readings(program: Path, form: str, labelled: LabelledSet) -> dict[str, list[str]]:
    """The text of each image by its name."""
    command = [program, "read", "--model", form, "--format", "ndjson", *labelled.images]
    output = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    pages = (json.loads(row) for row in output.splitlines())
    return {Path(page["file"]).stem: page["text"].split("\n") for page in pages}


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sets", nargs="+", type=Path, metavar="DIR", help="images with their truth")
    parser.add_argument("--program", type=Path, default=PROGRAM, help="the program")
    options = parser.parse_args()
    worse = False
    print("| set | images | words, floats | integers | characters wrong, floats | integers |")
    print("| --- | --: | --: | --: | --: | --: |")
    for folder in options.sets:
        labelled = load_set(folder.name, folder)
        read = [readings(options.program, form, labelled) for form in FORMS]
        words = [100.0 * score_pages(labelled.lines, pages).f1 for pages in read]
        wrong = [100.0 * character_errors(labelled.lines, pages) for pages in read]
        cells = [f"{value:.2f} %" for value in words + wrong]
        print(f"| {labelled.name} | {len(labelled.images)} | {' | '.join(cells)} |", flush=True)
        worse = worse or words[0] - words[1] > POINTS
    return 1 if worse else 0


if __name__ == "__main__":
    sys.exit(main())
