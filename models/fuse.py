"""Turns an ONNX graph of many small nodes into a few layers: the nodes that compute one thing become one layer.

Patterns are trees from the last node backwards: (operation, operand, ...). A string as operand matches any tensor and
gives it that name; where the name returns, it must be the same tensor. `operation:name` names the layer itself.
Additions and multiplications match with their operands in either order.
"""

from collections.abc import Callable

import numpy as np
from onnx import ModelProto, helper

import graph
from layers import Layer, Network

GELU = ("Mul", ("Mul", "x", ("Add", ("Erf", ("Div", "x", "root")), "one")), "half")
SWISH = ("Mul", "x", ("Sigmoid", "x"))
CENTRED = ("Sub", "x", ("ReduceMean", "x"))
DEVIATION = ("Sqrt", ("Add", ("ReduceMean", ("Pow", CENTRED, "two")), "epsilon"))
NORMALISED = ("Add", ("Mul", ("Div", CENTRED, DEVIATION), "weight"), "bias")
GATED = ("Mul", "x", ("HardSigmoid:gate", ("Convolution:second", ("Convolution:first", ("Mean", "x")))))
QUERY = ("Add", ("Mul", ("Squeeze", ("Slice", "parts", "q0", "q1", "q2", "q3")), "scale"), "zero")
KEY = ("Transpose", ("Squeeze", ("Slice", "parts", "k0", "k1", "k2", "k3")))
VALUE = ("Squeeze", ("Slice", "parts", "v0", "v1", "v2", "v3"))
ATTENDED = ("Reshape", ("Transpose", ("MatMul", ("Softmax", ("MatMul", QUERY, KEY)), VALUE)), "shape")
PARTS = ("Transpose", ("Reshape", "joined", "shape"))
COMMUTATIVE = ("Add", "Mul")


class FusionError(Exception):
    """No pattern matches a part of the graph."""


class Fusion:
    """A network in the making, with the constants of the graph by name."""

    def __init__(self, model: ModelProto) -> None:
        self.constants = graph.initialisers(model)
        layers = [
            Layer(node.op_type, list(node.input), node.output[0], {}, _attributes(node)) for node in model.graph.node
        ]
        self.network = Network(model.graph.input[0].name, model.graph.output[0].name, layers)

    def constant(self, name: str) -> np.ndarray | None:
        """The value of a constant; None for a tensor that is computed."""
        return self.constants.get(name)

    def match(self, pattern: tuple | str, tensor: str, found: dict | None = None) -> dict | None:
        """What the names of `pattern` stand for when `tensor` is its last output; None where it does not fit."""
        found = {} if found is None else found
        if isinstance(pattern, str):
            return {**found, pattern: tensor} if found.get(pattern, tensor) == tensor else None
        operation, _, name = pattern[0].partition(":")
        layer = self.network.producer(tensor)
        if layer is None or layer.kind != operation or len(layer.inputs) < len(pattern) - 1:
            return None
        if name:
            found = {**found, name: layer}
        orders = [layer.inputs, layer.inputs[::-1]] if operation in COMMUTATIVE else [layer.inputs]
        for inputs in orders:
            result: dict | None = found
            for operand, read in zip(pattern[1:], inputs, strict=False):
                result = None if result is None else self.match(operand, read, result)
            if result is not None:
                return result
        return None

    def rewrite(self, pattern: tuple, change: Callable[[Layer, dict], Layer | None]) -> None:
        """Puts what `change` gives for the last layer of each match in its place, then drops what nothing reads."""
        for layer in list(self.network.layers):
            found = self.match(pattern, layer.output)
            new = None if found is None else change(layer, found)
            if new is not None:
                self.network.replace(layer, new)
        self.network.drop_unused()


def _attributes(node) -> dict:
    return {attribute.name: helper.get_attribute_value(attribute) for attribute in node.attribute}


def fuse(model: ModelProto) -> Network:
    """The network of a simplified graph: convolutions with what follows them, gates, pairs, attention."""
    fusion = Fusion(model)
    for step in (
        _convolutions,
        _biases,
        _batch_norms,
        _pools,
        _activations,
        _layer_norms,
        _attentions,
        _token_layout,
        _gates,
        _pairs,
        _enlargements,
        _head,
    ):
        step(fusion)
        fusion.network.drop_unused()
    return fusion.network


def _pads(settings: dict, kernel: list[int]) -> list[int]:
    """Top, left, bottom, right."""
    if settings.get("auto_pad") == b"SAME_UPPER":  # at stride 1, which is where these networks use it
        return [(kernel[0] - 1) // 2, (kernel[1] - 1) // 2, kernel[0] // 2, kernel[1] // 2]
    return list(settings.get("pads", [0, 0, 0, 0]))


def _convolutions(fusion: Fusion) -> None:
    """Conv, ConvTranspose and MatMul with constant weights, in the order kernel, input channels, output channels."""
    for layer in fusion.network.layers:
        weight = fusion.constant(layer.inputs[1]) if len(layer.inputs) > 1 else None
        if weight is None or layer.kind not in ("Conv", "ConvTranspose", "MatMul"):
            continue
        if len(layer.inputs) > 2:
            raise FusionError(f"{layer.output}: a convolution with a bias of its own is not expected here")
        settings = {"activation": "none", "spread": 1}
        if layer.kind == "Conv":
            kernel = list(layer.settings["kernel_shape"])
            settings |= {"strides": list(layer.settings["strides"]), "pads": _pads(layer.settings, kernel)}
            depthwise = layer.settings["group"] > 1
            weight = weight[:, 0].transpose(1, 2, 0) if depthwise else weight.transpose(2, 3, 1, 0)
            kind = "Depthwise" if depthwise else "Convolution"
        elif layer.kind == "ConvTranspose":
            inputs, outputs, height, width = weight.shape
            if list(layer.settings["strides"]) != [height, width] or height != width:
                raise FusionError(f"{layer.output}: a transposed convolution whose kernel is not its stride")
            weight = weight.transpose(0, 2, 3, 1).reshape(1, 1, inputs, height * width * outputs)
            settings |= {"strides": [1, 1], "pads": [0, 0, 0, 0], "spread": height}
            kind = "Convolution"
        else:
            weight = weight[None, None]
            settings |= {"strides": [1, 1], "pads": [0, 0, 0, 0]}
            kind = "Convolution"
        bias = np.zeros(weight.shape[-1], np.float32)
        layer.kind, layer.inputs, layer.settings = kind, layer.inputs[:1], settings
        layer.weights = {"weight": np.ascontiguousarray(weight), "bias": bias}


def _biases(fusion: Fusion) -> None:
    for kind in ("Convolution", "Depthwise"):
        fusion.rewrite(("Add", (f"{kind}:layer",), "bias"), lambda last, found: _with_bias(fusion, last, found))


def _with_bias(fusion: Fusion, last: Layer, found: dict) -> Layer | None:
    added = fusion.constant(found["bias"])
    if added is None:
        return None
    layer, spread = found["layer"], found["layer"].settings["spread"]
    bias = layer.weights["bias"] + np.tile(added.reshape(-1), spread * spread)
    return Layer(layer.kind, layer.inputs, last.output, layer.weights | {"bias": bias}, dict(layer.settings))


def _batch_norms(fusion: Fusion) -> None:
    for kind in ("Convolution", "Depthwise"):
        fusion.rewrite(
            ("BatchNormalization", (f"{kind}:layer",), "gamma", "beta", "mean", "variance"),
            lambda last, found: _with_batch_norm(fusion, last, found),
        )


def _with_batch_norm(fusion: Fusion, last: Layer, found: dict) -> Layer:
    gamma, beta, mean, variance = (fusion.constants[found[name]] for name in ("gamma", "beta", "mean", "variance"))
    factor = gamma / np.sqrt(variance + np.float32(last.settings["epsilon"]))
    layer = found["layer"]
    weights = {
        "weight": layer.weights["weight"] * factor,
        "bias": beta + (layer.weights["bias"] - mean) * factor,
    }
    return Layer(layer.kind, layer.inputs, last.output, weights, dict(layer.settings))


def _pools(fusion: Fusion) -> None:
    """Gives all means over the picture one name, and the settings of pools one form."""
    for layer in fusion.network.layers:
        over_picture = layer.kind == "ReduceMean" and list(layer.settings["axes"]) == [2, 3]
        if over_picture or layer.kind == "GlobalAveragePool":
            layer.kind, layer.settings = "Mean", {}
        elif layer.kind in ("MaxPool", "AveragePool"):
            kernel = list(layer.settings["kernel_shape"])
            layer.settings = {
                "kernel": kernel,
                "strides": list(layer.settings["strides"]),
                "pads": _pads(layer.settings, kernel),
            }
            layer.kind = {"MaxPool": "MaxPool", "AveragePool": "MeanPool"}[layer.kind]
        elif layer.kind == "Concat" and layer.settings["axis"] == 1:
            layer.settings = {}


def _activations(fusion: Fusion) -> None:
    fusion.rewrite(GELU, lambda last, found: Layer("Gelu", [found["x"]], last.output))
    fusion.rewrite(SWISH, lambda last, found: Layer("Swish", [found["x"]], last.output))
    for operation, activation in (("Relu", "relu"), ("Swish", "swish"), ("Gelu", "gelu")):
        for kind in ("Convolution", "Depthwise"):
            fusion.rewrite(
                (operation, (f"{kind}:layer",)),
                lambda last, found, activation=activation: Layer(
                    found["layer"].kind,
                    found["layer"].inputs,
                    last.output,
                    found["layer"].weights,
                    found["layer"].settings | {"activation": activation, "linear": found["layer"].output},
                ),
            )


def _layer_norms(fusion: Fusion) -> None:
    def change(last: Layer, found: dict) -> Layer:
        weights = {name: fusion.constants[found[name]] for name in ("weight", "bias")}
        return Layer(
            "LayerNorm", [found["x"]], last.output, weights, {"epsilon": float(fusion.constants[found["epsilon"]])}
        )

    fusion.rewrite(NORMALISED, change)


def _attentions(fusion: Fusion) -> None:
    """Moves the scale of queries into the weights that make them, so that attention reads only the joined tensor."""

    def change(last: Layer, found: dict) -> Layer | None:
        parts = fusion.match(PARTS, found["parts"])
        if parts is None:
            return None
        heads, size = (int(value) for value in fusion.constants[parts["shape"]][3:])
        joined = fusion.network.producer(parts["joined"])
        outputs = joined.weights["bias"].size // 3
        factor = np.ones(3 * outputs, np.float32)
        factor[:outputs] = fusion.constants[found["scale"]].reshape(-1)[0]
        joined.weights = {name: value * factor for name, value in joined.weights.items()}
        return Layer("Attention", [joined.output], last.output, {}, {"heads": heads, "size": size})

    fusion.rewrite(ATTENDED, change)


def _token_layout(fusion: Fusion) -> None:
    """Removes changes from [1, C, 1, T] to [1, T, C] and back: they do nothing if channels come last."""
    for layer in list(fusion.network.layers):
        if layer.kind not in ("Transpose", "Reshape", "Squeeze"):
            continue
        fusion.network.bypass(layer, layer.inputs[0])
    for layer in fusion.network.layers:
        if layer.kind == "Softmax":
            layer.settings = {}


def _gates(fusion: Fusion) -> None:
    def change(last: Layer, found: dict) -> Layer:
        first, second, gate = found["first"], found["second"], found["gate"]
        weights = {
            "weight1": first.weights["weight"][0, 0],
            "bias1": first.weights["bias"],
            "weight2": second.weights["weight"][0, 0],
            "bias2": second.weights["bias"],
        }
        settings = {"alpha": gate.settings["alpha"], "beta": gate.settings["beta"], "add": 0}
        return Layer("ChannelGate", [found["x"]], last.output, weights, settings)

    fusion.rewrite(GATED, change)
    fusion.rewrite(
        ("Add", "x", ("ChannelGate:gate", "x")),
        lambda last, found: Layer(
            "ChannelGate", [found["x"]], last.output, found["gate"].weights, found["gate"].settings | {"add": 1}
        ),
    )


def _is_pointwise(layer: Layer) -> bool:
    return layer.kind == "Convolution" and layer.weights["weight"].shape[:2] == (1, 1)


def _pairs(fusion: Fusion) -> None:
    """Joins two pointwise convolutions with a curve between them, and the addition of their input if there is one."""

    def change(last: Layer, found: dict) -> Layer | None:
        first, second = found["first"], found["second"]
        if not (_is_pointwise(first) and _is_pointwise(second)) or first.settings["activation"] not in (
            "gelu",
            "swish",
        ):
            return None
        if first.settings["spread"] != 1 or second.settings["activation"] != "none":
            return None
        weights = {
            "weight1": first.weights["weight"][0, 0],
            "bias1": first.weights["bias"],
            "weight2": second.weights["weight"][0, 0],
            "bias2": second.weights["bias"],
        }
        settings = {"curve": first.settings["activation"], "residual": 0, "spread": 1}
        settings["linear"] = first.settings["linear"]
        return Layer("Mlp", list(first.inputs), last.output, weights, settings)

    fusion.rewrite(("Convolution:second", ("Convolution:first", "x")), change)
    fusion.rewrite(
        ("Add", "x", ("Mlp:pair", "x")),
        lambda last, found: Layer(
            "Mlp", [found["x"]], last.output, found["pair"].weights, found["pair"].settings | {"residual": 1}
        ),
    )


def _enlargements(fusion: Fusion) -> None:
    def enlarge(last: Layer, found: dict) -> Layer:
        scales = fusion.constants[last.inputs[2]]
        return Layer("Enlarge", [found["x"]], last.output, {}, {"factor": int(scales[3])})

    fusion.rewrite(("Resize", "x"), enlarge)
    fusion.rewrite(
        ("Add", "y", ("Enlarge:enlarged", "x")),
        lambda last, found: Layer("Enlarge", [found["x"], found["y"]], last.output, {}, found["enlarged"].settings),
    )


def _head(fusion: Fusion) -> None:
    """Joins two transposed convolutions of one pixel with a ReLU between them: a pair whose output is spread twice."""

    def change(last: Layer, found: dict) -> Layer | None:
        first, second = found["first"], found["second"]
        outer, inner = first.settings["spread"], second.settings["spread"]
        if outer == 1 or inner == 1 or first.settings["activation"] != "relu":
            return None
        places, outputs = outer * outer, second.weights["bias"].size // (inner * inner)
        each = second.weights["weight"][0, 0]
        weight = np.zeros((places, each.shape[0], outer, inner, outer, inner, outputs), np.float32)
        for place in range(places):
            weight[place, :, place // outer, :, place % outer] = each.reshape(-1, inner, inner, outputs)
        bias = np.tile(second.weights["bias"].reshape(1, inner, 1, inner, outputs), (outer, 1, outer, 1, 1))
        weights = {
            "weight1": first.weights["weight"][0, 0],
            "bias1": first.weights["bias"],
            "weight2": weight.reshape(places * each.shape[0], -1),
            "bias2": bias.reshape(-1),
        }
        settings = {"curve": "relu", "residual": 0, "spread": outer * inner, "linear": first.settings["linear"]}
        return Layer("Mlp", list(first.inputs), last.output, weights, settings)

    fusion.rewrite(("Convolution:second", ("Convolution:first", "x")), change)
