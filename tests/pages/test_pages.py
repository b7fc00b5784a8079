"""Tests of the generator of pages: the same seed gives the same page, and order is scored as said."""

import random

import pytest

from .kinds import KINDS
from .order import pairs_right

TRUTH = ["uno dos tres", "cuatro cinco seis", "siete ocho nueve", "diez once doce"]


@pytest.mark.parametrize("kind", ["letter", "columns", "leaders", "tight"])
def test_the_same_seed_draws_the_same_page(kind):
    first, second = (KINDS[kind](random.Random(3)) for _ in range(2))
    assert first.lines == second.lines
    assert first.image.tobytes() == second.image.tobytes()
    assert KINDS[kind](random.Random(4)).lines != first.lines


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_prints_lines_within_the_sheet(kind):
    sheet = KINDS[kind](random.Random(1))
    assert len(sheet.lines) >= 3
    edge = sheet.image.crop((0, sheet.height_px - 3, sheet.width_px, sheet.height_px))
    assert edge.getcolors() is not None and len(edge.getcolors()) == 1


@pytest.mark.parametrize(
    ("read", "right"),
    [
        (TRUTH, 3),
        ([" ".join(TRUTH)], 3),
        ([TRUTH[0], TRUTH[2], TRUTH[1], TRUTH[3]], 0),
        ([TRUTH[1], TRUTH[2], TRUTH[3], TRUTH[0]], 2),
        (["uno dos trcs", *TRUTH[1:]], 3),
    ],
)
def test_pairs_of_neighbours_are_counted(read, right):
    assert pairs_right(TRUTH, read) == (right, 3)


def test_what_was_not_read_says_nothing_of_the_order():
    assert pairs_right(TRUTH, [TRUTH[0], TRUTH[3]]) == (0, 0)
    assert pairs_right(["a a", "a a", "b b"], ["a a", "a a", "b b"]) == (0, 0)


def test_a_word_that_other_lines_have_too_says_nothing_of_the_order():
    truth = ["fecha monto", "uno", "monto", "dos"]
    assert pairs_right(truth, ["fecha", "monto", "uno", "monto", "dos"]) == (1, 1)
