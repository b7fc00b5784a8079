"""Medians, percentiles and spreads on numbers that can be counted by hand."""

import pytest

from speed import Spread, percentile


def test_percentile_is_the_nearest_rank():
    values = [5, 1, 4, 2, 3]
    assert percentile(values, 0.5) == 3
    assert percentile(values, 0.95) == 5
    assert percentile(values, 0.2) == 1
    assert percentile(list(range(1, 101)), 0.95) == 95


def test_spread_of_three_rounds():
    spread = Spread.of([4.0, 5.0, 3.0])
    assert (spread.median, spread.least, spread.most, spread.count) == (4.0, 3.0, 5.0, 3)
    assert spread.noise == pytest.approx(0.5)


def test_nothing_measured_is_an_error_and_not_a_zero():
    with pytest.raises(ValueError):
        Spread.of([])
    with pytest.raises(ValueError):
        percentile([], 0.5)
