#!/usr/bin/env python3
"""Pages of each kind, Lince beside its peers: words right and lines in order.

    bench/pages.py                        four pages of each kind, every engine
    bench/pages.py --count 2 --engines lince,tesseract --kinds columns,small

Words are a bag per page, as everywhere in the bench. Order is the share of neighbouring lines that
were read one after another. Pages a second are those of one process with its own threads.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.pages.__main__ import Page, draw  # noqa: E402
from tests.pages.kinds import KINDS  # noqa: E402
from tests.pages.order import pairs_right  # noqa: E402

from accuracy import Score, score_page  # noqa: E402
from contract import table  # noqa: E402
from engines import ENGINES, Engine, build_engine  # noqa: E402
from worker import Answer, Pool  # noqa: E402

OUT = ROOT / "build" / "bench" / "pages"
PEERS = ("lince", "tesseract", "rapidocr", "faster-paddle-small")


def read(engine: Engine, pages: list[Page]) -> tuple[list[Answer], float]:
    """The answers in the order of the pages, and the seconds for all."""
    with Pool(engine.single[-1 if engine.key == "lince" else 0], OUT / f"{engine.key}.log") as pool:
        pool.warm_up(pages[0].image)
        return pool.read([page.image for page in pages])


def cell(pages: list[Page], lines: dict[str, list[str]]) -> str:
    """F1 and order of some pages."""
    score, right, total = Score(), 0, 0
    for page in pages:
        found = lines.get(str(page.image), [])
        score += score_page(page.lines, found)
        page_right, page_total = pairs_right(page.lines, found)
        right, total = right + page_right, total + page_total
    order = f"{100 * right / total:.0f}" if total else "none"
    return f"{100 * score.f1:.1f}, {order}"


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="bench/pages.py",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    option = parser.add_argument
    option("--count", type=int, default=4, help="pages of each kind (4)")
    option("--seed", type=int, default=9000, help="the first seed")
    option("--kinds", default=",".join(KINDS))
    option("--engines", default=",".join(PEERS), help=f"some of {','.join(ENGINES)}")
    option("--lince", type=Path, default=ROOT / "build" / "release" / "lince")
    options = parser.parse_args()
    OUT.mkdir(parents=True, exist_ok=True)
    kinds = options.kinds.split(",")
    seeds = range(options.seed, options.seed + options.count)
    pages = [draw(kind, seed, OUT) for kind in kinds for seed in seeds]
    columns = []
    for key in options.engines.split(","):
        engine = build_engine(key, options.lince, os.cpu_count() or 1)
        answers, seconds = read(engine, pages)
        lines = {answer.file: answer.lines for answer in answers}
        column = [cell([page for page in pages if page.kind == kind], lines) for kind in kinds]
        columns.append([engine.label, *column, f"{len(pages) / seconds:.2f}"])
    head = ["words F1 %, order %", *(column[0] for column in columns)]
    names = [*kinds, "pages a second"]
    print(
        table(
            head, [[name, *(column[1 + at] for column in columns)] for at, name in enumerate(names)]
        )
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
