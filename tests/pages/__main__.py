"""Draws random pages, reads them, scores them by kind, and keeps the failures.

python -m tests.pages --count 20 --seed 7 --out build/pages      what `make pages` does
python -m tests.pages --draw-only --count 4 --out DIR            pictures with their truth
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from .kinds import KINDS
from .order import pairs_right

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bench"))
from accuracy import Score, score_page  # noqa: E402

GOAL = 0.99  # of the words of a clean page, read and not invented
ORDER_GOAL = 0.95  # of the pairs of neighbouring lines


@dataclass
class Page:
    """A page that was drawn."""

    kind: str
    image: Path
    lines: list[str]


def draw(kind: str, seed: int, folder: Path) -> Page:
    """Draws one page and writes its truth beside it, as the bench reads it."""
    sheet = KINDS[kind](random.Random(f"{kind}-{seed}"))
    image = folder / f"{kind}-{seed:04d}.png"
    sheet.image.save(image, compress_level=1)
    truth = {"lines": [{"text": line} for line in sheet.lines]}
    image.with_suffix(".json").write_text(json.dumps(truth, ensure_ascii=False), encoding="utf-8")
    return Page(kind, image, sheet.lines)


def read(program: Path, pages: list[Page], memory: str) -> dict[str, list[str]]:
    """The lines that Lince reads on each page, by the name of the image."""
    command = [program, "read", "-q", "-f", "ndjson", "-m", memory, "-"]
    names = "".join(f"{page.image}\n" for page in pages)
    printed = subprocess.run(command, input=names, capture_output=True, text=True, check=False)
    found = [json.loads(line) for line in printed.stdout.splitlines()]
    return {Path(page["file"]).name: [line["text"] for line in page.get("lines", [])] for page in found}


def report(pages: list[Page], found: dict[str, list[str]], out: Path) -> bool:
    """Prints a row a kind; says whether every goal is reached. Failures are listed in a file."""
    failures, reached = [], True
    print(f"{'kind':10} {'pages':>5} {'recall':>7} {'precis.':>7} {'order':>7} {'failed':>6}")
    for kind in dict.fromkeys(page.kind for page in pages):
        total, right, pairs, failed = Score(), 0, 0, 0
        of_kind = [page for page in pages if page.kind == kind]
        for page in of_kind:
            lines = found.get(page.image.name, [])
            score = score_page(page.lines, lines)
            page_right, page_pairs = pairs_right(page.lines, lines)
            total, right, pairs = total + score, right + page_right, pairs + page_pairs
            if min(score.recall, score.precision) < GOAL or page_right < ORDER_GOAL * page_pairs:
                failed += 1
                failures.append(f"{page.image.name} recall {score.recall:.3f} precision "
                                f"{score.precision:.3f} order {page_right}/{page_pairs}")  # fmt: skip
        share = right / pairs if pairs else 1.0
        reached &= min(total.recall, total.precision) >= GOAL and share >= ORDER_GOAL
        print(
            f"{kind:10} {len(of_kind):5} {100 * total.recall:7.2f} {100 * total.precision:7.2f} "
            f"{100 * share:7.2f} {failed:6}"
        )
    (out / "failures.txt").write_text("".join(f"{line}\n" for line in failures), encoding="utf-8")
    return reached


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.pages", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    option = parser.add_argument
    option("--count", type=int, default=10, help="pages of each kind (10)")
    option("--seed", type=int, default=1, help="the first seed; each page takes the next one")
    option("--kinds", default=",".join(KINDS), help=f"some of {','.join(KINDS)}")
    option("--out", type=Path, default=ROOT / "build" / "pages")
    option("--program", type=Path, default=ROOT / "build" / "release" / "lince")
    option("--memory", default="0", help="the limit of memory under which they are read (none)")
    option("--draw-only", action="store_true", help="draw, and read nothing")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    seeds = range(options.seed, options.seed + options.count)
    pages = [draw(kind, seed, options.out) for kind in options.kinds.split(",") for seed in seeds]
    if options.draw_only:
        return 0
    reached = report(pages, read(options.program, pages, options.memory), options.out)
    print(f"pages that failed: {options.out / 'failures.txt'}")
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main())
