#!/usr/bin/env python3
"""Trains columns of the recogniser's last layer for characters that the fetched model cannot read: models/columns.json.

    models/training/setup
    cd tests
    ../build/venv-test/bin/python -m receipts make --out DIR --count 60 --seed 71 --split described seen text shop
    cd ..
    build/venv-training/bin/python models/training/train.py DIR

The network itself does not change, so the input of its last layer is computed once for each line. Only the columns of
SIGNS learn. On drawn lines that have the signs they learn by CTC. On other lines, figures and generated receipts they
learn to stay away: there each column is first raised by MARGIN, so that it learns to stay that far below the others.
It takes half an hour on one core.
"""

import argparse
import json
import pathlib
import sys
from dataclasses import dataclass

import numpy as np

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import ctc  # noqa: E402
import features  # noqa: E402
import lines  # noqa: E402
from features import Network, Seen  # noqa: E402

import columns  # noqa: E402

SIGNS = {"¡": 1500, "₡": 400, "₹": 400, "₲": 400, "₱": 400, "₿": 400}  # lines of each
OTHERS = {lines.ORDINARY: 4000, lines.SHAPES: 1200, lines.DAMAGED: 1500}
MARKED = 900
MEASURED = {
    **dict.fromkeys(SIGNS, 100),
    "¡": 250,
    lines.ORDINARY: 1000,
    lines.MARKED: 200,
    lines.SHAPES: 300,
    lines.DAMAGED: 300,
}
SEED = 17
EPOCHS, BATCH, ALIKE_STEPS = 12, 64, 4
AWAY = 4  # batches of what the columns keep away from, beside one of what they read
RATE = 0.02  # of Adam, falling to nothing as half a cosine
DECAY = 1e-3  # of the weights towards nothing
MARGIN = 4.0  # nats
CAUTION = 0.7  # nats by which each column is lowered at the end: the signs are rarer on a page than here
LEAST_SHARE = 6.0  # lines with a greater loss count less: nobody could read them
START_BIAS = -5.0  # of a column that the layer lacks
DIGITS = 5  # of each number in columns.json
MADE_BY = "models/training/train.py; fonts and words are those of models/training/setup"


@dataclass
class Lines:
    """Lines side by side, padded with zeros; the classes that do not learn are summed up."""

    features: np.ndarray  # [lines, steps, features]
    steps: np.ndarray
    others: np.ndarray  # [lines, steps]: the logarithm of the sum of what is not learnt
    places: np.ndarray  # [lines, places]: labels of CTC
    counts: np.ndarray
    emitted: np.ndarray  # [lines, steps, places]: scores of those labels, where they are not learnt


class Head:
    """The last layer: columns that learn and others that do not."""

    def __init__(self, network: Network) -> None:
        lacking = [sign for sign in SIGNS if sign not in network.texts]
        self.texts = [*network.texts, *lacking]
        self.weight = np.pad(network.weight, ((0, 0), (0, len(lacking))))
        self.bias = np.append(network.bias, np.full(len(lacking), START_BIAS))
        self.index = {text: index for index, text in enumerate(self.texts)}
        self.learnt = [self.index[sign] for sign in SIGNS]
        self.fixed = np.setdiff1d(np.arange(len(self.texts)), self.learnt)

    def lines(self, seen: list[Seen]) -> Lines:
        """Letters that the layer has no class for are left out: they stand on lines to keep away from alone."""
        steps = np.array([len(line.features) for line in seen])
        places = [ctc.places_of([self.index[letter] for letter in line.text if letter in self.index]) for line in seen]
        counts = np.array([len(row) for row in places])
        shape = (len(seen), steps.max())
        made = Lines(
            np.zeros((*shape, len(self.weight)), np.float32),
            steps,
            np.zeros(shape),
            np.zeros((len(seen), counts.max()), np.int64),
            counts,
            np.zeros((*shape, counts.max()), np.float32),
        )
        for row, line in enumerate(seen):
            values = line.features.astype(np.float32)
            scores = values @ self.weight + self.bias
            made.features[row, : len(values)] = values
            made.others[row, : len(values)] = np.logaddexp.reduce(scores[:, self.fixed], axis=1)
            made.places[row, : counts[row]] = places[row]
            made.emitted[row, : len(values), : counts[row]] = scores[:, places[row]]
        return made

    def probabilities(self, batch: Lines, margin: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Scores and probabilities of the columns that learn, raised by `margin`, and the logarithm of all that is."""
        scores = batch.features @ self.weight[:, self.learnt] + self.bias[self.learnt] + margin
        total = np.logaddexp(batch.others, np.logaddexp.reduce(scores, axis=2))
        inside = np.arange(scores.shape[1]) < batch.steps[:, None]
        return scores, np.exp(scores - total[..., None]) * inside[..., None], total

    def towards(self, batch: Lines) -> tuple[float, np.ndarray]:
        """The loss by CTC and its gradient for the scores of the columns that learn."""
        scores, probabilities, total = self.probabilities(batch, 0.0)
        emitted = batch.emitted.copy()
        masks = [batch.places == label for label in self.learnt]
        for column, mask in enumerate(masks):
            emitted = np.where(mask[:, None], scores[..., column, None], emitted)
        losses, shares = ctc.shares(emitted - total[..., None], batch.places, batch.steps, batch.counts)
        held = np.stack([(shares * mask[:, None]).sum(axis=2) for mask in masks], axis=2)
        importance = np.minimum(1.0, LEAST_SHARE / np.maximum(losses, 1e-3))
        return float(losses.sum()), (probabilities - held) * importance[:, None, None]

    def away(self, batch: Lines) -> np.ndarray:
        """The gradient of what none of the columns may read."""
        return self.probabilities(batch, MARGIN)[1]


@dataclass
class Adam:
    """Kingma and Ba, 2015, for one array."""

    first: np.ndarray
    second: np.ndarray
    count: int = 0

    def step(self, gradient: np.ndarray, rate: float) -> np.ndarray:
        self.count += 1
        self.first = 0.9 * self.first + 0.1 * gradient
        self.second = 0.999 * self.second + 0.001 * gradient**2
        corrected = np.sqrt(self.second / (1 - 0.999**self.count)) + 1e-8
        return rate * self.first / (1 - 0.9**self.count) / corrected


def train(head: Head, positive: list[Seen], negative: list[Seen]) -> None:
    random = np.random.default_rng(SEED)
    ways, ordinary = (
        [head.lines(batch) for batch in features.batches(seen, random, BATCH, ALIKE_STEPS)]
        for seen in (positive, negative)
    )
    rounds = EPOCHS * len(ways)
    adams = [Adam(np.zeros((len(head.weight), len(SIGNS))), np.zeros(())), Adam(np.zeros(len(SIGNS)), np.zeros(()))]
    done = 0
    for epoch in range(EPOCHS):
        total = 0.0
        for number in random.permutation(len(ways)):
            loss, gradient = head.towards(ways[number])
            total += loss
            weight, bias = np.einsum("lsf,lsk->fk", ways[number].features, gradient), gradient.sum((0, 1))
            for other in random.choice(len(ordinary), AWAY):
                kept_away = head.away(ordinary[other])
                weight += np.einsum("lsf,lsk->fk", ordinary[other].features, kept_away)
                bias += kept_away.sum((0, 1))
            weight, bias = weight / BATCH + DECAY * head.weight[:, head.learnt], bias / BATCH
            done += 1
            rate = RATE * 0.5 * (1.0 + np.cos(np.pi * done / rounds))
            head.weight[:, head.learnt] -= adams[0].step(weight, rate).astype(np.float32)
            head.bias[head.learnt] -= adams[1].step(bias, rate)
        print(f"epoch {epoch + 1}: {total / len(positive):.3f} nats a line", flush=True)


def text_read(head: Head, line: Seen) -> str:
    best = (line.features.astype(np.float32) @ head.weight + head.bias).argmax(axis=1)
    return ctc.text_of(best, head.texts)


def figures(head: Head, seen: list[Seen]) -> dict[str, list[int]]:
    """For each sign: how many are written, how many of them are read, how many are read that are not written."""
    counts = {sign: [0, 0, 0] for sign in SIGNS}
    for line in seen:
        read = text_read(head, line)
        for sign, count in counts.items():
            written, got = line.text.count(sign), read.count(sign)
            count[0] += written
            count[1] += min(written, got)
            count[2] += max(0, got - written)
    return counts


def report(name: str, counts: dict[str, list[int]]) -> None:
    print(
        f"{name}: "
        + ", ".join(f"{sign} {found} of {written}, {false} false" for sign, (written, found, false) in counts.items())
    )


def rounded(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")


def taught(network: Network, folder: pathlib.Path) -> tuple[list[Seen], list[Seen], list[Seen]]:
    """Lines to read, lines to keep away from, and lines in other fonts to measure with."""

    def of(fonts: str, counts: dict[str, int]) -> list[Seen]:
        return [line for kind, count in counts.items() for line in features.drawn(network, fonts, kind, count, SEED)]

    positive, negative = of("trained", SIGNS | {lines.MARKED: MARKED}), of("trained", OTHERS)
    negative += [line for line in features.receipts(network, folder) if not set(line.text) & SIGNS.keys()]
    negative += features.beside_text(network, folder, SEED)
    return positive, negative, of("held", MEASURED)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("receipts", type=pathlib.Path, help="a folder that the generator of receipts has filled")
    arguments = parser.parse_args()
    network = Network(json.loads((HERE.parent / "manifest.json").read_text(encoding="utf-8")))
    head = Head(network)
    positive, negative, held = taught(network, arguments.receipts)
    before = figures(head, held)
    train(head, [line for line in positive if features.fits(line, head.index)], negative)
    head.bias[head.learnt] -= CAUTION
    after = figures(head, held)
    report("fonts not trained on, before", before)
    report("fonts not trained on, after", after)
    report("what the columns keep away from", figures(head, negative))
    learnt = {
        sign: {
            "bias": rounded(head.bias[label]),
            "weight": [rounded(value) for value in head.weight[:, label]],
        }
        for sign, label in zip(SIGNS, head.learnt, strict=True)
    }
    found = {
        sign: {"lines": len(held), "written": written, "before": before[sign][1], "found": got, "false": false}
        for sign, (written, got, false) in after.items()
    }
    write(
        {
            "made_by": MADE_BY,
            "fetched_recogniser": network.sha256,
            "seed": SEED,
            "on_held_fonts": found,
            "columns": learnt,
        }
    )


def write(made: dict) -> None:
    """One object a line, so that a column is a line."""
    parts = []
    for name, value in made.items():
        if isinstance(value, dict):
            rows = [f"    {dumped(key)}: {dumped(row)}" for key, row in value.items()]
            parts.append(f"  {dumped(name)}: {{\n" + ",\n".join(rows) + "\n  }")
        else:
            parts.append(f"  {dumped(name)}: {dumped(value)}")
    columns.PATH.write_text("{\n" + ",\n".join(parts) + "\n}\n", encoding="utf-8")


def dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    main()
