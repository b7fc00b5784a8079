"""Turns float layers into integer ones: 8-bit weights with a step for each channel, curves as tables of 256 entries."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

import reference
from layers import Layer, Network

CURVES = {"gelu": reference.gelu, "swish": reference.swish, "relu": reference.relu}


@dataclass(frozen=True)
class Pixels:
    """How the engine turns bytes into floats, by plane: value = (byte / 255 - mean) / deviation."""

    mean: tuple[float, float, float]
    deviation: tuple[float, float, float]


PIXELS = {
    "detector": Pixels((0.485, 0.456, 0.406), (0.229, 0.224, 0.225)),
    "recogniser": Pixels((0.5, 0.5, 0.5), (0.5, 0.5, 0.5)),
}


def quantise(network: Network, pixels: Pixels, ranges: dict[str, tuple[float, float]]) -> Network:
    """The network with its convolutions and pairs in integers.

    `ranges` gives where the table between the halves of each pair begins and ends, by the pair's output.
    """
    layers = []
    for layer in network.layers:
        if layer.inputs == [network.input]:
            layers.append(_integer_stem(layer, pixels))
        elif layer.kind == "Convolution":
            layers.append(_integer_convolution(network, layer))
        elif layer.kind == "Mlp":
            layers.append(_integer_pair(layer, *ranges[layer.output]))
        else:
            layers.append(layer)
    return Network(network.input, network.output, layers)


def _quantise_weight(weight: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """[..., outputs] in -127..127, and the step of each output."""
    largest = np.abs(weight).reshape(-1, weight.shape[-1]).max(axis=0)
    step = np.where(largest > 0, largest, 1.0).astype(np.float64) / 127.0
    return np.rint(weight / step).astype(np.int8), step


def _is_positive(network: Network, tensor: str) -> bool:
    """Whether no value of the tensor can be below zero."""
    layer = network.producer(tensor)
    if layer is None:
        return False
    if layer.kind in ("Concat", "MaxPool"):
        return all(_is_positive(network, name) for name in layer.inputs)
    return layer.settings.get("activation") == "relu"


def _integer_convolution(network: Network, layer: Layer) -> Layer:
    weight, step = _quantise_weight(layer.weights["weight"])
    wide = weight.shape[:2] != (1, 1)
    positive = wide and _is_positive(network, layer.inputs[0])
    sums = weight.sum(axis=(0, 1, 2), dtype=np.int32)
    weights = {
        "weight": weight,
        "start": np.zeros_like(sums) if positive else -128 * sums,
        "scale": step.astype(np.float32),
        "bias": layer.weights["bias"].astype(np.float32),
    }
    return Layer("IntegerConv", layer.inputs, layer.output, weights, layer.settings | {"positive": int(positive)})


def _integer_stem(layer: Layer, pixels: Pixels) -> Layer:
    """Makes the first layer read the image's bytes: the conversion to floats becomes part of its weights."""
    mean, deviation = np.array(pixels.mean), np.array(pixels.deviation)
    weight, step = _quantise_weight(layer.weights["weight"] / (255.0 * deviation)[:, None])
    removed = (layer.weights["weight"].sum(axis=(0, 1)) * (mean / deviation)[:, None]).sum(axis=0)
    weights = {
        "weight": weight,
        "start": np.zeros(step.shape, np.int32),
        "scale": step.astype(np.float32),
        "bias": (layer.weights["bias"] - removed).astype(np.float32),
    }
    terms = {"factors": (255.0 * deviation).tolist(), "offsets": (255.0 * mean).tolist()}
    return Layer("IntegerStem", layer.inputs, layer.output, weights, layer.settings | terms)


@dataclass(frozen=True)
class Table:
    """256 values of a curve from one place to another: curve(floor + i * step) is step_out * (entries[i] - zero).

    The values need finer steps than the places: most of them lie in the short reach below zero.
    """

    floor: float
    step: float
    step_out: float
    zero: float
    entries: np.ndarray


def table_of(curve: Callable[[np.ndarray], np.ndarray], floor: float, ceiling: float) -> Table:
    """The table of `curve` between `floor` and `ceiling`."""
    values = curve(np.linspace(floor, ceiling, 256))
    # Rounded, so that it does not depend on the last bit of a machine's exponential.
    step_out = float(f"{(values.max() - values.min()) / 255.0:.6g}")
    zero = float(np.rint(-values.min() / step_out))
    entries = np.clip(np.rint(values / step_out) + zero, 0, 255).astype(np.uint8)
    return Table(floor, (ceiling - floor) / 255.0, step_out, zero, entries)


def _integer_pair(layer: Layer, floor: float, ceiling: float) -> Layer:
    table = table_of(CURVES[layer.settings["curve"]], floor, ceiling)
    weight1, step1 = _quantise_weight(layer.weights["weight1"])
    weight2, step2 = _quantise_weight(layer.weights["weight2"])
    offset = table.zero * table.step_out * step2 * weight2.astype(np.int64).sum(axis=0)
    weights = {
        "weight1": weight1,
        "start1": -128 * weight1.sum(axis=0, dtype=np.int32),
        "scale1": (step1 / table.step).astype(np.float32),
        "bias1": ((layer.weights["bias1"] - floor) / table.step).astype(np.float32),
        "table": table.entries,
        "weight2": weight2,
        "scale2": (table.step_out * step2).astype(np.float32),
        "bias2": (layer.weights["bias2"] - offset).astype(np.float32),
    }
    return Layer("IntegerMlp", layer.inputs, layer.output, weights, layer.settings)
