#!/usr/bin/env python3
"""Finds the ranges of the integer models' tables on generated pictures, and writes them to calibration.json.

    cd tests
    ../build/venv-test/bin/python -m receipts make --out DIR --count 60 --seed 71 --split described seen text shop
    cd ..
    PYTHONPATH=build/venv-test/lib/python3.11/site-packages build/venv-models/bin/python models/calibrate.py DIR

The weights decide everything in an integer model except the tables between the halves of the pairs. For each pair this
script chooses the ends of the table that change the pair's output least, over random pixels of lines and pages of the
pictures. Set-up uses calibration.json and needs no pictures. Pillow comes from the environment of the tests.
"""

import argparse
import json
import pathlib
from collections.abc import Iterator

import numpy as np
import onnx
import onnxruntime
from PIL import Image

import fuse
import quantise
import reference
from layers import Layer
from prepare import HERE, PREPARED, session_options

HEIGHT_PX, STEP_PX, WIDTH_LIMIT_PX = 48, 8, 960  # of a line
SIDE_LIMIT_PX, SIDE_STEP_PX = 960, 32  # of a page
LINES, PAGES = 300, 30
PIXELS = 12000  # of a layer, over all pictures
FLOORS = {"gelu": np.arange(-4.0, -1.7, 0.25), "swish": np.arange(-12.0, -3.5, 1.0), "relu": np.zeros(1)}
CEILINGS = np.arange(0.3, 1.01, 0.05)  # shares of the largest value
KEPT_SHARE = 99.99  # of the values lie below the ceiling at least, in percent


def lines(folder: pathlib.Path) -> Iterator[np.ndarray]:
    """Whole lines, spread evenly over the pictures, cut out by the truth's corners: [1, 3, 48, width]."""
    found = []
    for truth_path in sorted(folder.glob("*.json")):
        truth = json.loads(truth_path.read_text(encoding="utf-8"))
        found += [(folder / truth["image"], line["quad"]) for line in truth["lines"] if line["state"] == "whole"]
    for index in range(min(LINES, len(found))):
        path, quad = found[index * len(found) // min(LINES, len(found))]
        yield planes(cut(Image.open(path).convert("RGB"), quad), quantise.PIXELS["recogniser"])


def cut(image: Image.Image, quad: list, limit_px: int = WIDTH_LIMIT_PX) -> Image.Image:
    corners = np.array(quad, dtype=np.float64).reshape(4, 2)
    width, height = np.linalg.norm(corners[1] - corners[0]), np.linalg.norm(corners[3] - corners[0])
    steps = np.ceil(width * HEIGHT_PX / max(height, 1.0) / STEP_PX)
    size = (int(np.clip(steps, 2, limit_px // STEP_PX)) * STEP_PX, HEIGHT_PX)
    order = tuple(corners[[0, 3, 2, 1]].reshape(-1))
    return image.transform(size, Image.Transform.QUAD, order, Image.Resampling.BILINEAR)


def pages(folder: pathlib.Path) -> Iterator[np.ndarray]:
    """Whole pictures as the detector sees them, spread evenly: [1, 3, height, width]."""
    paths = sorted(path for path in folder.iterdir() if path.suffix in (".jpg", ".png", ".webp"))
    for path in paths[:: max(len(paths) // PAGES, 1)]:
        image = Image.open(path).convert("RGB")
        scale = min(1.0, SIDE_LIMIT_PX / max(image.size))
        size = tuple(max(round(side * scale / SIDE_STEP_PX), 1) * SIDE_STEP_PX for side in image.size)
        yield planes(image.resize(size, Image.Resampling.BILINEAR), quantise.PIXELS["detector"])


def planes(image: Image.Image, pixels: quantise.Pixels) -> np.ndarray:
    """As the engine makes them: blue, green, red."""
    values = np.asarray(image, dtype=np.float32)[..., ::-1] / 255.0
    values = (values - np.float32(pixels.mean)) / np.float32(pixels.deviation)
    return np.ascontiguousarray(values.transpose(2, 0, 1)[None])


def drawn_pixels(model: onnx.ModelProto, pairs: list[Layer], images: list[np.ndarray]) -> dict[str, np.ndarray]:
    """The output of the first half of each pair in the float model, at random pixels: [pixels, hidden]."""
    for pair in pairs:
        name = pair.settings["linear"]
        model.graph.output.append(onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None))
    options = session_options(onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL)
    session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    random = np.random.default_rng(1)
    drawn: dict[str, list[np.ndarray]] = {pair.output: [] for pair in pairs}
    names = [pair.settings["linear"] for pair in pairs]
    for image in images:
        for pair, values in zip(pairs, session.run(names, {session.get_inputs()[0].name: image}), strict=True):
            hidden = pair.weights["bias1"].size
            values = values[0].reshape(hidden, -1).T if values.ndim == 4 else values[0]
            drawn[pair.output].append(values[random.integers(0, len(values), PIXELS // len(images))])
    return {name: np.concatenate(values) for name, values in drawn.items()}


def best_range(pair: Layer, values: np.ndarray) -> tuple[float, float]:
    """The ends of the table whose output, after the second half's weights, differs least from the curve's."""
    curve, name = quantise.CURVES[pair.settings["curve"]], pair.settings["curve"]
    true = reference.ACTIVATIONS[name](values)
    least = float(np.percentile(values, KEPT_SHARE))
    best = (np.inf, 0.0, 0.0)
    for floor in FLOORS[name]:
        for ceiling in CEILINGS * float(values.max()):
            if ceiling < least:
                continue
            table = quantise.table_of(curve, float(floor), float(ceiling))
            places = np.clip(np.rint((values - table.floor) * (1.0 / table.step)), 0, 255).astype(np.uint8)
            results = (np.float32(table.step_out) * (np.float32(table.entries) - np.float32(table.zero)))[places]
            error = float((((results - true) @ pair.weights["weight2"]) ** 2).mean())
            best = min(best, (error, float(floor), float(ceiling)))
    return round(best[1], 2), round(best[2], 3)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pictures", type=pathlib.Path, help="a folder that the generator of receipts has filled")
    arguments = parser.parse_args()
    found = {}
    for name, images in (("detector", pages), ("recogniser", lines)):
        model = onnx.load(PREPARED / f"{name}.onnx")
        pairs = [layer for layer in fuse.fuse(model).layers if layer.kind == "Mlp"]
        drawn = drawn_pixels(model, pairs, list(images(arguments.pictures)))
        found[name] = {pair.output: best_range(pair, drawn[pair.output]) for pair in pairs}
    text = json.dumps(found).replace('"Add.', '\n    "Add.').replace("}, ", "\n  },\n  ").replace("}}", "\n  }\n}\n")
    (HERE / "calibration.json").write_text(text.replace('{"det', '{\n  "det'), encoding="utf-8")


if __name__ == "__main__":
    main()
