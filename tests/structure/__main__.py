"""Draws pages with known structure, reads them, and prints how much of the structure was found.

python -m tests.structure --count 8 --out build/structure
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
from pathlib import Path
from typing import Any

from .score import Share, score
from .sheets import KINDS, Page

ROOT = Path(__file__).resolve().parents[2]


def draw(kind: str, seed: int, folder: Path) -> tuple[Path, Page]:
    """Draws one page, and writes its truth beside it."""
    page = KINDS[kind](random.Random(f"{kind}-{seed}"))
    path = folder / f"{kind}-{seed:04d}.png"
    page.sheet.image.save(path, compress_level=1)
    truth = [vars(block) for block in page.blocks]
    path.with_suffix(".json").write_text(json.dumps(truth, ensure_ascii=False, indent=1), encoding="utf-8")
    return path, page


def read(program: Path, paths: list[Path]) -> dict[str, dict[str, Any]]:
    """What Lince says of each page, by its name."""
    names = "".join(f"{path}\n" for path in paths)
    command = [program, "read", "-q", "-f", "ndjson", "-m", "0", "-"]
    printed = subprocess.run(command, input=names, capture_output=True, text=True, check=True).stdout
    return {Path(page["file"]).name: page for page in map(json.loads, printed.splitlines())}


def measure(program: Path, kinds: list[str], seeds: range, out: Path) -> dict[str, Share]:
    """The shares over all pages. Pages with something missed or wrong are listed in a file."""
    drawn = [draw(kind, seed, out) for kind in kinds for seed in seeds]
    told = read(program, [path for path, _page in drawn])
    total: dict[str, Share] = {}
    failures = []
    for path, page in drawn:
        for name, share in score(page.blocks, page.sheet.lines, told[path.name]).items():
            total[name] = total.get(name, Share()) + share
            if share.right < max(share.drawn, share.told):
                failures.append(f"{path.name} {name}: {share.drawn} drawn, {share.told} told, {share.right} right\n")
    (out / "failures.txt").write_text("".join(failures), encoding="utf-8")
    return total


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.structure", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    option = parser.add_argument
    option("--count", type=int, default=8, help="pages of each kind (8)")
    option("--seed", type=int, default=1, help="the first seed")
    option("--kinds", default=",".join(KINDS), help=f"some of {','.join(KINDS)}")
    option("--out", type=Path, default=ROOT / "build" / "structure")
    option("--program", type=Path, default=ROOT / "build" / "release" / "lince")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    seeds = range(options.seed, options.seed + options.count)
    kinds = options.kinds.split(",")
    total = measure(options.program, kinds, seeds, options.out)
    print(f"{len(kinds) * options.count} pages; what fails is in {options.out / 'failures.txt'}")
    print(f"| {'what':15} | drawn | found | said rightly |\n| --- | ---: | ---: | ---: |")
    for name, share in total.items():
        print(f"| {name:15} | {share.drawn:5} | {100 * share.recall:5.1f} % | {100 * share.precision:5.1f} % |")


if __name__ == "__main__":
    main()
