"""Runs a network of layers in numpy, float or integer, in the plainest form. The operators must give the same results.

Integer products are summed in float64, where every sum is exact in any order.
"""

from collections.abc import Callable
from functools import cache
from math import erf

import numpy as np

from layers import Layer, Network

Tensors = list[np.ndarray]


def run(network: Network, image: np.ndarray) -> np.ndarray:
    """The output for `image` [1, height, width, channels]."""
    tensors = {network.input: image.astype(np.float32)}
    for layer in network.layers:
        inputs = [tensors[name] for name in layer.inputs]
        tensors[layer.output] = OPERATIONS[layer.kind](layer, inputs)
    return tensors[network.output]


def gelu(values: np.ndarray) -> np.ndarray:
    """x times the share of a normal distribution below x."""
    return (values * 0.5 * (1.0 + np.vectorize(erf)(values / np.sqrt(2.0)))).astype(np.float32)


def _gelu_of_tensor(values: np.ndarray) -> np.ndarray:
    """GELU of many values, interpolated in a fine table, to 1e-6."""
    points, results = _gelu_points()
    return np.where(values > 8.0, values, np.interp(values, points, results, left=0.0)).astype(np.float32)


@cache
def _gelu_points() -> tuple[np.ndarray, np.ndarray]:
    points = np.linspace(-8.0, 8.0, 32769)
    return points, gelu(points)


def _sigmoid(values: np.ndarray) -> np.ndarray:
    return (1.0 / (1.0 + np.exp(-values))).astype(np.float32)


def swish(values: np.ndarray) -> np.ndarray:
    """x times its sigmoid."""
    return values * _sigmoid(values)


def relu(values: np.ndarray) -> np.ndarray:
    """ReLU."""
    return np.maximum(values, 0.0)


ACTIVATIONS = {"none": lambda values: values, "relu": relu, "swish": swish, "gelu": _gelu_of_tensor}


def _taps(padded: np.ndarray, kernel: tuple[int, int], strides: list[int]) -> list[np.ndarray]:
    """The pixels under each place of the kernel, by rows, then columns."""
    height = (padded.shape[1] - kernel[0]) // strides[0] + 1
    width = (padded.shape[2] - kernel[1]) // strides[1] + 1
    return [
        padded[:, y : y + (height - 1) * strides[0] + 1 : strides[0], x : x + (width - 1) * strides[1] + 1 : strides[1]]
        for y in range(kernel[0])
        for x in range(kernel[1])
    ]


def _pad(values: np.ndarray, pads: list[int], filling: float) -> np.ndarray:
    top, left, bottom, right = pads
    return np.pad(values, ((0, 0), (top, bottom), (left, right), (0, 0)), constant_values=filling)


def spread_out(values: np.ndarray, factor: int) -> np.ndarray:
    """[1, H, W, factor * factor * C] to [1, factor * H, factor * W, C]."""
    _, height, width, channels = values.shape
    parts = values.reshape(height, width, factor, factor, channels // factor**2)
    return parts.transpose(0, 2, 1, 3, 4).reshape(1, height * factor, width * factor, channels // factor**2)


def _convolution(layer: Layer, inputs: Tensors) -> np.ndarray:
    weight, settings = layer.weights["weight"], layer.settings
    taps = _taps(_pad(inputs[0], settings["pads"], 0.0), weight.shape[:2], settings["strides"])
    result = np.concatenate(taps, axis=-1) @ weight.reshape(-1, weight.shape[-1]) + layer.weights["bias"]
    return spread_out(ACTIVATIONS[settings["activation"]](result), settings["spread"])


def _depthwise(layer: Layer, inputs: Tensors) -> np.ndarray:
    weight, settings = layer.weights["weight"], layer.settings
    taps = _taps(_pad(inputs[0], settings["pads"], 0.0), weight.shape[:2], settings["strides"])
    result = np.broadcast_to(layer.weights["bias"], taps[0].shape).copy()
    for tap, factor in zip(taps, weight.reshape(-1, weight.shape[-1]), strict=True):
        result += tap * factor
    return ACTIVATIONS[settings["activation"]](result)


def _pair(layer: Layer, inputs: Tensors) -> np.ndarray:
    weights, settings = layer.weights, layer.settings
    hidden = ACTIVATIONS[settings["curve"]](inputs[0] @ weights["weight1"] + weights["bias1"])
    result = hidden @ weights["weight2"] + weights["bias2"]
    return spread_out(result + inputs[0] if settings["residual"] else result, settings["spread"])


def _channel_gate(layer: Layer, inputs: Tensors) -> np.ndarray:
    weights, settings = layer.weights, layer.settings
    squeezed = relu(inputs[0].mean(axis=(1, 2)) @ weights["weight1"] + weights["bias1"])
    gate = np.clip(settings["alpha"] * (squeezed @ weights["weight2"] + weights["bias2"]) + settings["beta"], 0.0, 1.0)
    return (inputs[0] * (gate + settings["add"])).astype(np.float32)


def _max_pool(layer: Layer, inputs: Tensors) -> np.ndarray:
    padded = _pad(inputs[0], layer.settings["pads"], -np.inf)
    return np.maximum.reduce(_taps(padded, tuple(layer.settings["kernel"]), layer.settings["strides"]))


def _mean_pool(layer: Layer, inputs: Tensors) -> np.ndarray:
    taps = _taps(inputs[0], tuple(layer.settings["kernel"]), layer.settings["strides"])
    return (sum(taps) / len(taps)).astype(np.float32)


def _enlarge(layer: Layer, inputs: Tensors) -> np.ndarray:
    factor = layer.settings["factor"]
    large = inputs[0].repeat(factor, axis=1).repeat(factor, axis=2)
    return large + inputs[1] if len(inputs) > 1 else large


def _layer_norm(layer: Layer, inputs: Tensors) -> np.ndarray:
    centred = inputs[0] - inputs[0].mean(axis=-1, keepdims=True)
    deviation = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + layer.settings["epsilon"])
    return (centred / deviation * layer.weights["weight"] + layer.weights["bias"]).astype(np.float32)


def _softmax(values: np.ndarray) -> np.ndarray:
    powers = np.exp(values - values.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def _attention(layer: Layer, inputs: Tensors) -> np.ndarray:
    _, _, steps, channels = inputs[0].shape
    query, key, value = inputs[0].reshape(steps, 3, layer.settings["heads"], -1).transpose(1, 2, 0, 3)
    result = _softmax(query @ key.transpose(0, 2, 1)) @ value
    return result.transpose(1, 0, 2).reshape(1, 1, steps, channels // 3)


def quantise_pixels(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Each pixel's channels as 8 bits around 128, and the step of each pixel."""
    largest = np.abs(values).max(axis=-1, keepdims=True)
    return _around_128(values, largest)


def _around_128(values: np.ndarray, largest: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    inverse = np.divide(np.float32(127), largest, out=np.zeros_like(largest), where=largest > 0)
    return np.rint(values * inverse) + np.float32(128), largest / np.float32(127)


def quantise_tensor(values: np.ndarray, positive: bool) -> tuple[np.ndarray, np.ndarray]:
    """The whole tensor with one step: 8 bits from 0 if nothing is below it, around 128 otherwise."""
    largest = np.abs(values).max(keepdims=True)
    if not positive:
        return _around_128(values, largest)
    inverse = np.divide(np.float32(255), largest, out=np.zeros_like(largest), where=largest > 0)
    return np.rint(values * inverse), largest / np.float32(255)


def _integer_sums(values: np.ndarray, weight: np.ndarray) -> np.ndarray:
    return (values.astype(np.float64) @ weight.astype(np.float64)).astype(np.int32)


def _joined(inputs: Tensors, pooled: bool) -> np.ndarray:
    """Concatenates the tensors. The first may be pooled; smaller ones are enlarged to the size of the largest."""
    if pooled:
        padded = _pad(inputs[0], [0, 0, 1, 1], -np.inf)
        inputs = [np.maximum.reduce(_taps(padded, (2, 2), [1, 1])), *inputs[1:]]
    height = max(tensor.shape[1] for tensor in inputs)
    factors = [height // tensor.shape[1] for tensor in inputs]
    return np.concatenate([x.repeat(f, axis=1).repeat(f, axis=2) for x, f in zip(inputs, factors, strict=True)], -1)


def _integer_convolution(layer: Layer, inputs: Tensors) -> np.ndarray:
    weight, settings = layer.weights["weight"], layer.settings
    if weight.shape[:2] == (1, 1):
        quantised, step = quantise_pixels(inputs[0])
    else:
        values = _joined(inputs, bool(settings.get("pooled", 0)))
        quantised, step = quantise_tensor(values, bool(settings["positive"]))
    filling = 0.0 if settings["positive"] else 128.0
    taps = _taps(_pad(quantised, settings["pads"], filling), weight.shape[:2], settings["strides"])
    flat = weight.reshape(-1, weight.shape[-1])
    sums = _integer_sums(np.concatenate(taps, axis=-1), flat) + layer.weights["start"]
    result = sums.astype(np.float32) * step * layer.weights["scale"] + layer.weights["bias"]
    return spread_out(ACTIVATIONS[settings["activation"]](result), settings["spread"])


def _integer_stem(layer: Layer, inputs: Tensors) -> np.ndarray:
    weight, settings = layer.weights["weight"], layer.settings
    offsets = np.float32(settings["offsets"])
    quantised = np.rint(np.clip(inputs[0] * np.float32(settings["factors"]) + offsets, 0.0, 255.0))
    top, left, bottom, right = settings["pads"]
    height, width = quantised.shape[1:3]
    padded = np.broadcast_to(np.rint(offsets), (1, top + height + bottom, left + width + right, 3)).copy()
    padded[:, top : top + height, left : left + width] = quantised
    taps = _taps(padded, weight.shape[:2], settings["strides"])
    sums = _integer_sums(np.concatenate(taps, axis=-1), weight.reshape(-1, weight.shape[-1]))
    result = sums.astype(np.float32) * layer.weights["scale"] + layer.weights["bias"]
    return ACTIVATIONS[settings["activation"]](result)


def _integer_pair(layer: Layer, inputs: Tensors) -> np.ndarray:
    weights, settings = layer.weights, layer.settings
    quantised, step = quantise_pixels(inputs[0])
    sums = _integer_sums(quantised, weights["weight1"]) + weights["start1"]
    places = np.clip(np.rint(sums.astype(np.float32) * step * weights["scale1"] + weights["bias1"]), 0, 255)
    hidden = weights["table"][places.astype(np.uint8)]
    sums = _integer_sums(hidden, weights["weight2"])
    result = sums.astype(np.float32) * weights["scale2"] + weights["bias2"]
    return spread_out(result + inputs[0] if settings["residual"] else result, settings["spread"])


OPERATIONS: dict[str, Callable[[Layer, Tensors], np.ndarray]] = {
    "Convolution": _convolution,
    "Depthwise": _depthwise,
    "Mlp": _pair,
    "ChannelGate": _channel_gate,
    "MaxPool": _max_pool,
    "MeanPool": _mean_pool,
    "Enlarge": _enlarge,
    "LayerNorm": _layer_norm,
    "Attention": _attention,
    "Concat": lambda layer, inputs: np.concatenate(inputs, axis=-1),
    "Add": lambda layer, inputs: inputs[0] + inputs[1],
    "Sigmoid": lambda layer, inputs: _sigmoid(inputs[0]),
    "Softmax": lambda layer, inputs: _softmax(inputs[0]),
    "IntegerStem": _integer_stem,
    "IntegerConv": _integer_convolution,
    "IntegerMlp": _integer_pair,
}
