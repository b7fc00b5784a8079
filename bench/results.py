"""The figures as one plain document: results.json, from which tables and plots are made."""

from __future__ import annotations

from typing import Any

from accuracy import Score, score_pages
from memory import Usage
from rounds import EngineFigures, MemoryFigures, SetFigures
from speed import Spread
from truth import LabelledSet

Document = dict[str, Any]


def spread(values: list[float]) -> Document | None:
    """Median, least and most of some measurements; nothing if there are none."""
    if not values:
        return None
    found = Spread.of(values)
    return {
        "median": round(found.median, 3),
        "least": round(found.least, 3),
        "most": round(found.most, 3),
        "count": found.count,
    }


def score(counts: Score) -> Document:
    """Shares and the counts behind them."""
    return {
        "f1": round(counts.f1, 5),
        "precision": round(counts.precision, 5),
        "recall": round(counts.recall, 5),
        "matched_words": counts.matched,
        "found_words": counts.found,
        "expected_words": counts.expected,
    }


def usage(held: Usage) -> Document:
    """One look at the memory of an engine's processes."""
    return {
        "resident_bytes": held.resident_bytes,
        "proportional_bytes": held.proportional_bytes,
        "peak_bytes": held.peak_bytes,
    }


def memory(kept: MemoryFigures) -> Document:
    """The memory of one mode over all passes."""
    return {
        "peak_bytes": max(kept.peaks, default=None),
        "proportional_peak_bytes": kept.proportional_peak_bytes or None,
        "at_rest": usage(kept.rest) if kept.rest else None,
    }


def one_set(figures: SetFigures) -> Document:
    """One engine on one set."""
    return {
        "images_per_second": spread(figures.rates),
        "single_images_per_second": spread(figures.single_rates),
        "median_ms": spread(figures.medians_ms),
        "p95_ms": spread(figures.slow_ms),
        "stages_ms": {stage: spread(values) for stage, values in figures.stages_ms.items()},
        "words": score(figures.score),
        "images_with_differing_text": sorted(figures.differing),
        "failed": figures.failed,
    }


def one_engine(figures: EngineFigures) -> Document:
    """Everything about one engine."""
    return {
        "key": figures.engine.key,
        "label": figures.engine.label,
        "version": figures.engine.version,
        "single_mode": figures.single.name,
        "many_mode": figures.many.name,
        "tried_images_per_second": {name: round(rate, 3) for name, rate in figures.tried.items()},
        "sets": {name: one_set(found) for name, found in figures.sets.items()},
        "single_memory": memory(figures.single_memory),
        "many_memory": memory(figures.many_memory),
        "start_ms": spread(figures.starts_ms),
        "growth": {str(count): usage(held) for count, held in figures.growth.items()},
        "notes": figures.notes,
    }


def document(
    machine: Document, sets: list[LabelledSet], figures: list[EngineFigures], about: Document
) -> Document:
    """The whole of results.json."""
    return {
        **about,
        "machine": machine,
        "sets": {
            labelled.name: {
                "images": len(labelled.images),
                "words": score_pages(labelled.lines, {}).expected,
            }
            for labelled in sets
        },
        "engines": [one_engine(found) for found in figures],
    }
