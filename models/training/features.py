"""What a frozen part of the recogniser computes for each step of a line, computed once and kept in build/training.

After a change of lines.py or pages.py, build/training/features must be deleted.
"""

import hashlib
import json
import pathlib
import random
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass

import lines
import numpy as np
import onnx
import onnxruntime
import pages
from PIL import Image

import calibrate
import graph
import head
import prepare
import quantise

CACHE = lines.FETCHED / "features"
NAMES = {  # of kinds, in names of files
    lines.ORDINARY: "ordinary",
    lines.MARKED: "marked",
    lines.SHAPES: "shapes",
    lines.DAMAGED: "damaged",
}
TRIES, PLACES, LEAST_DEVIATION = 400, 10, 15.0  # beside the text of a receipt
PAGE_LIMIT_PX = 1600  # longer lines of a page are left out: the program cuts them


@dataclass(frozen=True)
class Seen:
    """A line's text, its features [steps, features], and the font that drew it."""

    text: str
    features: np.ndarray
    font: str


class Network:
    """The fetched recogniser, cut to our alphabet: its features and its own last layer.

    Features are the last layer's input, or the tensors `kept` side by side, each [1, features, 1, steps].
    """

    def __init__(self, manifest: dict, kept: tuple[str, ...] = ()) -> None:
        entry = next(entry for entry in manifest["models"] if entry["name"] == "recogniser")
        self.sha256 = entry["sha256"]
        model = onnx.load(prepare.fetched_path(entry))
        graph.simplify(model)
        _, self.texts = prepare.cut_to_alphabet(model)
        self.weight, self.bias = head.values(model)
        self.constants = graph.initialisers(model)
        self.kind = "blocks-" if kept else ""
        self._kept = list(kept) or [head.find(model).features]
        for name in self._kept:
            model.graph.output.append(onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None))
        options = prepare.session_options(onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL)
        self._session = onnxruntime.InferenceSession(
            model.SerializeToString(), options, providers=["CPUExecutionProvider"]
        )

    def features(self, image: np.ndarray) -> np.ndarray:
        found = self._session.run(self._kept, {self._session.get_inputs()[0].name: image})
        parts = [part[0] if part.ndim == 3 else part[0, :, 0].T for part in found]
        return np.concatenate(parts, axis=1).astype(np.float16)


def kept(name: str, key: str, make: Callable[[], Iterator[Seen]]) -> list[Seen]:
    """The result of `make`, from the cache if it was made with the same `key`."""
    path = CACHE / f"{name}-{hashlib.sha256(key.encode()).hexdigest()[:12]}.npz"
    if not path.is_file():
        seen = list(make())
        CACHE.mkdir(parents=True, exist_ok=True)
        np.savez(
            path,
            texts=json.dumps([[line.text, line.font] for line in seen]),
            steps=[len(line.features) for line in seen],
            features=np.concatenate([line.features for line in seen]),
        )
    with np.load(path) as stored:
        named = json.loads(str(stored["texts"]))
        parts = np.split(stored["features"], np.cumsum(stored["steps"])[:-1])
    return [Seen(text, part, font) for (text, font), part in zip(named, parts, strict=True)]


def drawn(network: Network, fonts: str, kind: str, count: int, seed: int) -> list[Seen]:
    """Lines of the kind that lines.py draws."""

    def make() -> Iterator[Seen]:
        for line in lines.lines(seed, fonts, kind, count):
            yield Seen(line.text, network.features(lines.planes(line)), line.font)

    return kept(f"{network.kind}{fonts}-{NAMES.get(kind, kind)}", f"{seed} {count}", make)


def truths(folder: pathlib.Path) -> Iterator[tuple[dict, Image.Image]]:
    """The generated receipts of a folder."""
    for path in sorted(folder.glob("*.json")):
        truth = json.loads(path.read_text(encoding="utf-8"))
        if "lines" in truth:
            yield truth, Image.open(folder / truth["image"]).convert("RGB")


def cut(image: Image.Image, quad: list, limit_px: int = calibrate.WIDTH_LIMIT_PX) -> np.ndarray:
    return calibrate.planes(calibrate.cut(image, quad, limit_px), quantise.PIXELS["recogniser"])


def receipts(network: Network, folder: pathlib.Path) -> list[Seen]:
    """Whole lines of generated receipts, cut out by the truth's corners."""

    def make() -> Iterator[Seen]:
        for truth, image in truths(folder):
            for line in truth["lines"]:
                if line["state"] == "whole":
                    yield Seen(line["text"], network.features(cut(image, line["quad"])), truth["image"])

    return kept(f"{network.kind}receipts", key_of(folder), make)


def beside_text(network: Network, folder: pathlib.Path, seed: int) -> list[Seen]:
    """Places of generated receipts with something drawn but no line: icons, logos, bars."""

    def make() -> Iterator[Seen]:
        for truth, image in truths(folder):
            source = random.Random(f"{seed} {truth['image']}")
            places = (place_of(source, image) for _ in range(TRIES))
            found = [place for place in places if not any(meet(place, line["box"]) for line in truth["lines"])]
            drawn_on = [place for place in found if np.asarray(image.crop(place).convert("L")).std() > LEAST_DEVIATION]
            for left, top, right, bottom in drawn_on[:PLACES]:
                quad = [[left, top], [right, top], [right, bottom], [left, bottom]]
                yield Seen("", network.features(cut(image, quad)), truth["image"])

    return kept(f"{network.kind}beside", f"{seed} {key_of(folder)}", make)


def place_of(source: random.Random, image: Image.Image) -> tuple[int, int, int, int]:
    height = source.randint(16, 64)
    width = round(height * source.choice([0.7, 1.0, 1.0, 1.4, 3.0]))
    left, top = source.randint(0, max(0, image.width - width)), source.randint(0, max(0, image.height - height))
    return left, top, left + width, top + height


def meet(one: tuple[int, int, int, int], other: list) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def of_pages(network: Network, program: pathlib.Path, fonts: str, count: int, seed: int) -> list[Seen]:
    """Lines of drawn pages, as the program cuts them."""

    def make() -> Iterator[Seen]:
        for text, image, quad, font in pages.cut_lines(program, lines.FETCHED / "pages", fonts, count, seed):
            strip = cut(image, quad, PAGE_LIMIT_PX + lines.STEP_PX)
            if strip.shape[-1] <= PAGE_LIMIT_PX:
                yield Seen(text, network.features(strip), font)

    return kept(f"{network.kind}{fonts}-pages", f"{seed} {count}", make)


def fits(line: Seen, classes: Container[str]) -> bool:
    """Whether there are enough steps for CTC, one for each letter and one between two equal ones, and all classes."""
    twice = sum(one == other for one, other in zip(line.text, line.text[1:], strict=False))
    return all(letter in classes for letter in line.text) and len(line.text) + twice <= len(line.features)


def batches(seen: list[Seen], source: np.random.Generator, size: int, alike_steps: int) -> list[list[Seen]]:
    """Puts lines of similar length together, those that differ by less than `alike_steps` in a random order."""
    order = sorted(source.permutation(len(seen)), key=lambda index: len(seen[index].features) // alike_steps)
    return [[seen[index] for index in order[at : at + size]] for at in range(0, len(order), size)]


def key_of(folder: pathlib.Path) -> str:
    return " ".join(str(path.stat().st_size) for path in sorted(folder.iterdir()))
