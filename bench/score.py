#!/usr/bin/env python3
"""Scores what `lince read -f ndjson` wrote: bench/score.py --truth DIR results.ndjson.

Prints precision, recall and F1 over all words, the worst pages, and the words most often missed
and made up.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
from collections import Counter
from pathlib import Path

from accuracy import Score, differences, score_page, score_pages
from truth import load_truth


def load_reading(path: Path) -> tuple[dict[str, list[str]], list[str]]:
    """The lines of each page by the image's name, and the names of those that failed."""
    pages: dict[str, list[str]] = {}
    failed: list[str] = []
    source = sys.stdin if str(path) == "-" else path.open(encoding="utf-8")
    with source:
        for row in source:
            if not row.strip():
                continue
            page = json.loads(row)
            name = Path(page["file"]).stem
            if "error" in page:
                failed.append(name)
            pages[name] = [line["text"] for line in page.get("lines", [])]
    return pages, failed


def describe(score: Score) -> str:
    """One line with the three shares and the counts behind them."""
    return (
        f"F1 {100 * score.f1:6.2f} %  precision {100 * score.precision:6.2f} %  "
        f"recall {100 * score.recall:6.2f} %  "
        f"({score.matched} right of {score.found} read and {score.expected} there)"
    )


def print_words(title: str, words: Counter[str], count: int) -> None:
    """The most frequent words of a bag, many to a line."""
    print(f"{title} ({words.total()}):")
    for word, times in words.most_common(count):
        print(f"  {times:4d}  {word}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("results", type=Path, help="an ndjson of pages, or - for standard input")
    parser.add_argument("--truth", type=Path, required=True, help="the folder of the truth")
    parser.add_argument("--only-read", action="store_true", help="score only the pages in results")
    parser.add_argument("--worst", type=int, default=10, help="how many of the worst pages to list")
    parser.add_argument("--words", type=int, default=25, help="how many wrong words to list")
    options = parser.parse_args()

    truth = load_truth(options.truth)
    read, failed = load_reading(options.results)
    missing = sorted(set(truth) - set(read))
    if options.only_read:
        truth = {name: lines for name, lines in truth.items() if name in read}
    print(f"{len(truth)} pages  {describe(score_pages(truth, read))}")
    if failed:
        print(f"failed: {' '.join(sorted(failed))}")
    if missing and not options.only_read:
        print(f"not in the results, counted as empty: {' '.join(missing)}")

    pages = {name: score_page(lines, read.get(name, [])) for name, lines in truth.items()}
    for name, score in sorted(pages.items(), key=lambda item: item[1].f1)[: options.worst]:
        print(f"  {name:24s} {describe(score)}")
    missed, false = differences(truth, read)
    print_words("missed", missed, options.words)
    print_words("made up", false, options.words)
    return 0


if __name__ == "__main__":
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # `| head` ends it quietly
    sys.exit(main())
