"""Connectionist temporal classification (Graves and others, 2006) in plain numpy, for a batch of lines at once."""

from collections.abc import Sequence

import numpy as np

NEVER = -1e30  # the logarithm of an impossible event


def places_of(target: list[int]) -> list[int]:
    """The target's labels with the blank, 0, around each."""
    return [0, *(label for wanted in target for label in (wanted, 0))]


def text_of(labels: Sequence[int], texts: list[str]) -> str:
    """What the best label of each step says: a label that goes on counts once, and the blank's text is empty."""
    return "".join(texts[label] for label, before in zip(labels, [0, *labels], strict=False) if label != before)


def _ways(emitted: np.ndarray, skips: np.ndarray) -> np.ndarray:
    """[steps, lines, places]: logarithms of all ways that begin at the first two places and reach each place."""
    ways = np.empty_like(emitted)
    padded = np.full((emitted.shape[1], emitted.shape[2] + 2), NEVER)
    padded[:, 2:4] = emitted[0, :, :2]
    ways[0] = padded[:, 2:]
    for step in range(1, len(emitted)):
        nearest = np.logaddexp(padded[:, 2:], padded[:, 1:-1])
        padded[:, 2:] = np.logaddexp(nearest, np.where(skips, padded[:, :-2], NEVER)) + emitted[step]
        ways[step] = padded[:, 2:]
    return ways


def _skips(places: np.ndarray) -> np.ndarray:
    """Where a place may follow the label before it without a blank: if the two labels differ."""
    skips = np.zeros(places.shape, bool)
    skips[:, 2:] = (places[:, 2:] != 0) & (places[:, 2:] != places[:, :-2])
    return skips


def shares(
    emitted: np.ndarray, places: np.ndarray, steps: np.ndarray, counts: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """The loss of each line, and how likely each of its steps stands at each place: [lines, steps, places].

    `emitted` are logarithms of the probability of each place's label at each step. A line has `steps` steps and
    `counts` places; what lies beyond is not looked at.
    """
    lines, most_steps, most_places = emitted.shape
    alive = (np.arange(most_steps) < steps[:, None])[..., None] & (np.arange(most_places) < counts[:, None])[:, None]
    emitted = np.where(alive, emitted, NEVER).astype(np.float64)
    # The backward pass is the forward pass over the reversed line.
    turned_steps = (steps[:, None] - 1 - np.arange(most_steps)) % most_steps
    turned_places = (counts[:, None] - 1 - np.arange(most_places)) % most_places
    turn = (np.arange(lines)[:, None, None], turned_steps[..., None], turned_places[:, None])
    forward = _ways(emitted.transpose(1, 0, 2), _skips(places)).transpose(1, 0, 2)
    turned = _skips(np.take_along_axis(places, turned_places, axis=1))
    backward = _ways(emitted[turn].transpose(1, 0, 2), turned).transpose(1, 0, 2)[turn]
    both = np.where(alive, forward + backward - emitted, NEVER)
    total = np.logaddexp.reduce(both[:, 0], axis=1)
    return -total, np.where(alive, np.exp(np.minimum(both - total[:, None, None], 0.0)), 0.0)
