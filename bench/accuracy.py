"""Words read right: the score of a reading against its truth, as pure functions.

A page is a bag of words: their order does not matter, but how often an engine reports each does.
White space separates words. They are upper-cased (as in the truth of SROIE) and in Unicode's
composed form, and a word counts only if it is exactly right.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Score:
    """Counts of words over one page or, added up, over many (micro average)."""

    matched: int = 0
    found: int = 0
    expected: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(
            self.matched + other.matched,
            self.found + other.found,
            self.expected + other.expected,
        )

    @property
    def precision(self) -> float:
        """The share of the reported words that are right."""
        return self.matched / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """The share of the words on the page that were reported."""
        return self.matched / self.expected if self.expected else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.found + self.expected
        return 2 * self.matched / total if total else 0.0


def bag(lines: Iterable[str]) -> Counter[str]:
    """The words of some lines of text, each with how often it occurs."""
    words: Counter[str] = Counter()
    for line in lines:
        words.update(unicodedata.normalize("NFC", line).upper().split())
    return words


def score_page(truth: Iterable[str], read: Iterable[str]) -> Score:
    """Scores the lines that were read against the lines that are there."""
    expected, found = bag(truth), bag(read)
    return Score((expected & found).total(), found.total(), expected.total())


def score_pages(truth: Mapping[str, list[str]], read: Mapping[str, list[str]]) -> Score:
    """Scores many pages by name. A page of the truth that was not read counts as read empty."""
    return sum((score_page(lines, read.get(name, [])) for name, lines in truth.items()), Score())


def differences(
    truth: Mapping[str, list[str]], read: Mapping[str, list[str]]
) -> tuple[Counter[str], Counter[str]]:
    """The words that were missed and those that were made up, with how often, over many pages."""
    missed: Counter[str] = Counter()
    false: Counter[str] = Counter()
    for name, lines in truth.items():
        expected, found = bag(lines), bag(read.get(name, []))
        missed += expected - found
        false += found - expected
    return missed, false


def line_errors(line: str, page: str) -> int:
    """How many characters must be changed, inserted or deleted to find `line` on `page`.

    Its place on the page and the order of the lines do not matter. Myers' search: the
    differences within a column of the table are the bits of two numbers.
    """
    places: dict[str, int] = {}
    for index, character in enumerate(line):
        places[character] = places.get(character, 0) | 1 << index
    every, last = (1 << len(line)) - 1, 1 << len(line) >> 1
    rising, falling = every, 0
    score = best = len(line)
    for character in page:
        equal = places.get(character, 0)
        across = (((equal & rising) + rising) ^ rising) | equal
        up, down = falling | ~(across | rising) & every, rising & across
        score += bool(up & last) - bool(down & last)
        best = min(best, score)
        up, down = up << 1 & every, down << 1 & every
        vertical = equal | falling
        rising, falling = down | ~(vertical | up) & every, up & vertical
    return best


def character_errors(truth: Mapping[str, list[str]], read: Mapping[str, list[str]]) -> float:
    """The share of the characters on all pages that were read wrong."""
    wrong = total = 0
    for name, lines in truth.items():
        page = unicodedata.normalize("NFC", " ".join(read.get(name, []))).upper()
        for line in (unicodedata.normalize("NFC", line).upper() for line in lines):
            wrong += line_errors(line, page)
            total += len(line)
    return wrong / total if total else 0.0
