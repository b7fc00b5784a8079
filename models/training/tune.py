#!/usr/bin/env python3
"""Tunes the part of the recogniser that sees a whole line at once: models/tuned.npz.

    models/training/setup tune
    cd tests
    ../build/venv-test/bin/python -m receipts make --out DIR --count 60 --seed 71 --split described seen text shop
    cd ..
    build/venv-training/bin/python models/training/tune.py DIR

The layers that see the pixels stay as they were fetched, so their output is computed once for each line. What learns
are the two blocks of attention behind them, and the last layer. They learn by CTC on lines cut out of drawn pages,
mostly of small print, and on drawn lines with signs. On bad scans, figures and generated receipts they learn to give
the probabilities that they gave before (KL). The weights go a step of the way to what was learnt. All of it takes an
hour on two cores, most of it for the features.
"""

import argparse
import json
import pathlib
import sys
from collections.abc import Iterator

import numpy as np
import torch
from torch import nn
from torch.nn import functional

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import ctc  # noqa: E402
import features  # noqa: E402
import lines  # noqa: E402
from features import Network, Seen  # noqa: E402

import columns  # noqa: E402
import tuned  # noqa: E402

PROGRAM = HERE.parents[1] / "build" / "release" / "lince"
PAGES, PAGE_SEEDS, HELD_PAGES, HELD_SEED = 350, (21, 22), 50, 29
SIGNS = {"¡": 700, "₡": 150, "₹": 150, "₲": 150, "₱": 150, "₿": 150, lines.MARKED: 700}  # lines of each
HELD_SIGNS = {"¡": 200, "₡": 100, "₹": 100, "₲": 100, "₱": 100, "₿": 100, lines.MARKED: 100}
KEPT = {lines.DAMAGED: 2500, lines.SHAPES: 500}
ORDINARY, HELD_ORDINARY, HELD_DAMAGED = 2500, 500, 300
SEED = 17
EPOCHS, BATCH, ALIKE_STEPS = 5, 48, 3
RATE, WARM_BATCHES = 1e-3, 100  # of Adam, rising at first, then falling to nothing as half a cosine
STEP = 0.3  # of the way from the fetched to the trained weights: farther, digits of condensed print are lost
LEAST_SHARE = 8.0  # lines with a greater loss count less: nobody could read them
LONGEST_GRADIENT = 5.0
FEATURES, HEADS = 120, 8


# ---- The network behind the frozen layers


class Normalised(nn.Module):
    """Layer norm with the weights of the graph."""

    def __init__(self, network: Network, index: int) -> None:
        super().__init__()
        self.names = (f"helper.reshape.{2 * index}", f"helper.reshape.{2 * index + 1}")
        self.weight, self.bias = (parameter(network.constants[name]) for name in self.names)
        self.epsilon = float(network.constants[f"helper.constant.{tuned.EPSILONS[index]}"])

    def forward(self, values: torch.Tensor) -> torch.Tensor:
        return functional.layer_norm(values, (FEATURES,), self.weight, self.bias, self.epsilon)


class Linear(nn.Module):
    """A layer of the graph, whose weights are [inputs, outputs]."""

    def __init__(self, names: tuple[str, str], weight: np.ndarray, bias: np.ndarray) -> None:
        super().__init__()
        self.names = names
        self.weight, self.bias = parameter(weight), parameter(bias)

    def forward(self, values: torch.Tensor) -> torch.Tensor:
        return values @ self.weight + self.bias


def parameter(values: np.ndarray) -> nn.Parameter:
    return nn.Parameter(torch.tensor(np.asarray(values, np.float32)))


def linear(network: Network, index: int) -> Linear:
    names = (f"linear_{index}.w_0", f"linear_{index}.b_0")
    return Linear(names, *(network.constants[name] for name in names))


class Block(nn.Module):
    """Attention over the steps of a line, then a layer for each step, both added to what came in."""

    def __init__(self, network: Network, index: int) -> None:
        super().__init__()
        self.before_attention, self.before_step = Normalised(network, 2 * index), Normalised(network, 2 * index + 1)
        self.queries, self.mixed, self.wide, self.narrow = (linear(network, 4 * index + part) for part in range(4))
        self.scale = float(network.constants[tuned.SCALES[index]].reshape(-1)[0])

    def forward(self, values: torch.Tensor, inside: torch.Tensor) -> torch.Tensor:
        count, steps, _ = values.shape
        parts = self.queries(self.before_attention(values)).reshape(count, steps, 3, HEADS, FEATURES // HEADS)
        query, key, value = parts.permute(2, 0, 3, 1, 4)
        weights = (query * self.scale) @ key.transpose(-1, -2)
        weights = weights.masked_fill(~inside[:, None, None], -1e9).softmax(-1)
        values = values + self.mixed((weights @ value).transpose(1, 2).reshape(count, steps, FEATURES))
        return values + self.narrow(functional.silu(self.wide(self.before_step(values))))


class Tail(nn.Module):
    """All that learns: from the features of each step to the scores of each class."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.blocks = nn.ModuleList([Block(network, 0), Block(network, 1)])
        self.normalised = Normalised(network, 4)
        self.texts, weight, bias = columns.inserted(network.texts, network.weight, network.bias, columns.load())
        self.index = {text: index for index, text in enumerate(self.texts)}
        self.head = Linear(tuned.HEAD, weight, bias)

    def forward(self, values: torch.Tensor, inside: torch.Tensor) -> torch.Tensor:
        line, skipped = values[..., :FEATURES], values[..., FEATURES:]
        for block in self.blocks:
            line = block(line, inside)
        return self.head(self.normalised(line) + skipped)

    def constants(self) -> dict[str, np.ndarray]:
        """The weights by the names of the graph's constants."""
        found = {}
        for part in self.modules():
            if isinstance(part, (Normalised, Linear)):
                values = (part.weight, part.bias)
                found |= {name: value.detach().numpy() for name, value in zip(part.names, values, strict=True)}
        return found


# ---- Lines


def side_by_side(seen: list[Seen]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Features padded with zeros, which places are of a line, and how many each line has."""
    steps = torch.tensor([len(line.features) for line in seen])
    values = torch.zeros(len(seen), int(steps.max()), 2 * FEATURES)
    for row, line in enumerate(seen):
        values[row, : len(line.features)] = torch.from_numpy(line.features.astype(np.float32))
    return values, torch.arange(values.shape[1])[None] < steps[:, None], steps


def drawn(network: Network, fonts: str, counts: dict[str, int]) -> list[Seen]:
    return [line for kind, count in counts.items() for line in features.drawn(network, fonts, kind, count, SEED)]


def taught(network: Network, folder: pathlib.Path) -> tuple[list[Seen], list[Seen], dict[str, list[Seen]]]:
    """Lines to read, lines to read as before, and lines in other fonts to measure with."""
    receipts = features.receipts(network, folder)
    wanted = [line for seed in PAGE_SEEDS for line in features.of_pages(network, PROGRAM, "trained", PAGES, seed)]
    wanted += drawn(network, "trained", SIGNS | {lines.ORDINARY: ORDINARY})
    held = {
        "pages": features.of_pages(network, PROGRAM, "held", HELD_PAGES, HELD_SEED),
        "drawn lines": drawn(network, "held", {lines.ORDINARY: HELD_ORDINARY}),
        "signs": drawn(network, "held", HELD_SIGNS),
        "bad scans": drawn(network, "held", {lines.DAMAGED: HELD_DAMAGED}),
        "receipts": receipts[1::2],
    }
    return wanted, drawn(network, "trained", KEPT) + receipts[::2], held


# ---- Learning


def reading_loss(tail: Tail, seen: list[Seen]) -> torch.Tensor:
    values, inside, steps = side_by_side(seen)
    letters = torch.tensor([tail.index[letter] for line in seen for letter in line.text])
    counts = torch.tensor([len(line.text) for line in seen])
    scores = tail(values, inside).log_softmax(-1).transpose(0, 1)
    losses = functional.ctc_loss(scores, letters, steps, counts, reduction="none", zero_infinity=True)
    return ((LEAST_SHARE / losses.detach().clamp(min=1e-3)).clamp(max=1.0) * losses).sum() / BATCH


def keeping_loss(tail: Tail, before: Tail, seen: list[Seen]) -> torch.Tensor:
    values, inside, _ = side_by_side(seen)
    with torch.no_grad():
        wanted = before(values, inside).log_softmax(-1)
    got = tail(values, inside).log_softmax(-1)
    return ((wanted.exp() * (wanted - got)).sum(-1) * inside).sum() / BATCH


def rates(count: int) -> Iterator[float]:
    for number in range(count):
        yield RATE * min(1.0, (number + 1) / WARM_BATCHES) * 0.5 * (1.0 + np.cos(np.pi * number / count))


def train(tail: Tail, before: Tail, wanted: list[Seen], kept: list[Seen]) -> None:
    random = np.random.default_rng(SEED)
    ways, ordinary = (features.batches(seen, random, BATCH, ALIKE_STEPS) for seen in (wanted, kept))
    adam = torch.optim.Adam(tail.parameters(), lr=RATE)
    rate = rates(EPOCHS * len(ways))
    for epoch in range(EPOCHS):
        total = 0.0
        for number in random.permutation(len(ways)):
            adam.param_groups[0]["lr"] = next(rate)
            reading = reading_loss(tail, ways[number])
            loss = reading + keeping_loss(tail, before, ordinary[random.integers(len(ordinary))])
            adam.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(tail.parameters(), LONGEST_GRADIENT)
            adam.step()
            total += reading.item() * BATCH
        print(f"epoch {epoch + 1}: {total / len(wanted):.3f} nats a line", flush=True)


def read(tail: Tail, seen: list[Seen]) -> list[str]:
    texts = []
    for at in range(0, len(seen), BATCH):
        values, inside, steps = side_by_side(seen[at : at + BATCH])
        with torch.no_grad():
            best = tail(values, inside).argmax(-1).numpy()
        texts += [ctc.text_of(row[:count], tail.texts) for row, count in zip(best, steps, strict=True)]
    return texts


def report(tail: Tail, before: Tail, held: dict[str, list[Seen]]) -> dict[str, dict[str, int]]:
    """How many lines of each kind are right, before and now, and how many are no more."""
    rows = {}
    for kind, seen in held.items():
        right = [
            [text == line.text for text, line in zip(read(each, seen), seen, strict=True)] for each in (before, tail)
        ]
        lost = sum(was and not still for was, still in zip(*right, strict=True))
        rows[kind] = {"lines": len(seen), "before": sum(right[0]), "now": sum(right[1]), "lost": lost}
        print(f"{kind}: {rows[kind]}", flush=True)
    return rows


def step_back(tail: Tail, before: Tail) -> None:
    """Leaves a step of the way that the weights have gone."""
    with torch.no_grad():
        for value, start in zip(tail.parameters(), before.parameters(), strict=True):
            value.copy_(start + STEP * (value - start))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("receipts", type=pathlib.Path, help="a folder that the generator of receipts has filled")
    arguments = parser.parse_args()
    torch.manual_seed(SEED)
    manifest = json.loads((HERE.parent / "manifest.json").read_text(encoding="utf-8"))
    network = Network(manifest, (tuned.INPUT, tuned.SKIPPED))
    tail, before = Tail(network), Tail(network)
    wanted, kept, held = taught(network, arguments.receipts)
    train(tail, before, [line for line in wanted if features.fits(line, tail.index)], kept)
    step_back(tail, before)
    report(tail, before, held)
    tuned.save(tail.constants())


if __name__ == "__main__":
    main()
