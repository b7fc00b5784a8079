"""Turns times into figures: medians, percentiles and the spread of repeated rounds."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Spread:
    """One figure measured several times: its median, the least and the most."""

    median: float
    least: float
    most: float
    count: int

    @classmethod
    def of(cls, values: Sequence[float]) -> Spread:
        """The spread of some measurements, at least one."""
        if not values:
            raise ValueError("nothing was measured")
        return cls(median(values), min(values), max(values), len(values))

    @property
    def noise(self) -> float:
        """The whole range as a share of the median."""
        return (self.most - self.least) / self.median if self.median else 0.0


def percentile(values: Sequence[float], share: float) -> float:
    """The least value that a `share` (0..1) of all values do not exceed (nearest rank)."""
    if not values:
        raise ValueError("nothing was measured")
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]
