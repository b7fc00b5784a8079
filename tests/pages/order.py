"""Whether lines were read in their order on the page."""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import pairwise

LEAST_LIKENESS = 0.7


def position(line: str, read: list[str]) -> int | None:
    """Where a line of the truth begins among the words that were read; None where it is not there, or twice."""
    words = line.split()
    best, place = LEAST_LIKENESS, None
    for start in range(len(read)):
        if words[0][:2] != read[start][:2]:
            continue
        found = " ".join(read[start : start + len(words)])
        likeness = SequenceMatcher(None, line, found, autojunk=False).ratio()
        if likeness >= best:
            best, place = likeness, start if likeness > best else None
    return place


def pairs_right(truth: list[str], read: list[str]) -> tuple[int, int]:
    """Pairs of neighbouring lines of the truth that were read one after the other, and all pairs.

    Lines that stand twice on a page say nothing of the order and are left out; so are pairs of which
    one line was not read, which the score of words counts.
    """
    words = [word for line in read for word in line.split()]
    places = {line: position(line, words) for line in truth if truth.count(line) == 1 and line.split()}
    known = sorted(place for place in places.values() if place is not None)
    rank = {place: index for index, place in enumerate(known)}
    right = total = 0
    for first, second in pairwise(truth):
        one, two = places.get(first), places.get(second)
        if one is None or two is None:
            continue
        total += 1
        right += rank[two] == rank[one] + 1
    return right, total
