"""Writes a network of layers as an ONNX graph of the operators in src/infer/integer, with the weights in a second file.

All activations are [1, height, width, channels], except the input, which has the planes that the engine makes. Weights
are in the order in which the operators' inner loops read them. Each begins at a whole line of the cache, so that the
runtime can use them in the mapped file.
"""

import pathlib
from dataclasses import dataclass, field

import numpy as np
from onnx import NodeProto, TensorProto, helper, numpy_helper, save

from layers import Layer, Network

DOMAIN, OPSET = "lince", 17
LANES, DEPTH = 16, 4  # outputs and inputs of a product come in groups of this many
ALIGNMENT = 64
ACTIVATIONS = {"none": 0, "relu": 1, "swish": 4}


@dataclass
class Graph:
    """The unfinished graph, and the bytes of its weights."""

    weights_file: str
    nodes: list[NodeProto] = field(default_factory=list)
    constants: list[TensorProto] = field(default_factory=list)
    weights: bytearray = field(default_factory=bytearray)

    def node(self, kind: str, inputs: list[str], output: str, domain: str = "", **attributes) -> str:
        """Appends a node; returns its output."""
        self.nodes.append(helper.make_node(kind, inputs, [output], domain=domain, **attributes))
        return output

    def weight(self, name: str, value: np.ndarray) -> str:
        """Puts a constant into the file of weights; returns its name."""
        value = np.ascontiguousarray(value)
        self.weights.extend(bytes(-len(self.weights) % ALIGNMENT))
        tensor = TensorProto(name=name, dims=value.shape, data_type=helper.np_dtype_to_tensor_dtype(value.dtype))
        tensor.data_location = TensorProto.EXTERNAL
        for key, entry in (("location", self.weights_file), ("offset", len(self.weights)), ("length", value.nbytes)):
            tensor.external_data.add(key=key, value=str(entry))
        self.weights.extend(value.tobytes())
        self.constants.append(tensor)
        return name

    def shape(self, name: str, *sizes: int) -> str:
        """A shape, which stays in the graph; returns its name."""
        self.constants.append(numpy_helper.from_array(np.array(sizes, np.int64), name))
        return name

    def named(self, layer: Layer, names: tuple[str, ...]) -> list[str]:
        """The layer's weights of these names as constants."""
        return [self.weight(f"{layer.output}.{name}", layer.weights[name]) for name in names]


def packed(weight: np.ndarray) -> np.ndarray:
    """[inputs, outputs] to [outputs / LANES, inputs / DEPTH, LANES, DEPTH], filled up with zeros."""
    inputs, outputs = weight.shape
    filled = np.pad(weight, ((0, -inputs % DEPTH), (0, -outputs % LANES)))
    return filled.reshape(filled.shape[0] // DEPTH, DEPTH, -1, LANES).transpose(2, 0, 3, 1)


def _window(layer: Layer, kernel: tuple[int, ...]) -> dict:
    """The attributes of all operators that move a window."""
    settings = layer.settings
    return {
        "kernel": list(kernel),
        "strides": settings["strides"],
        "pads": settings["pads"],
        "activation": ACTIVATIONS[settings["activation"]],
    }


def _integer_convolution(graph: Graph, layer: Layer) -> None:
    weight = layer.weights["weight"]
    filled = np.pad(weight, ((0, 0), (0, 0), (0, -weight.shape[2] % DEPTH), (0, 0)))
    constants = [graph.weight(f"{layer.output}.weight", packed(filled.reshape(-1, filled.shape[-1])))]
    constants += graph.named(layer, ("start", "scale", "bias"))
    attributes = _window(layer, weight.shape[:2])
    if layer.kind == "IntegerStem":
        attributes |= {name: layer.settings[name] for name in ("factors", "offsets")}
    else:
        attributes |= {name: layer.settings[name] for name in ("positive", "pooled")}
    graph.node(layer.kind, layer.inputs[:1] + constants + layer.inputs[1:], layer.output, DOMAIN, **attributes)


def _integer_pair(graph: Graph, layer: Layer) -> None:
    constants = []
    for name in ("weight1", "start1", "scale1", "bias1", "table", "weight2", "scale2", "bias2"):
        value = layer.weights[name]
        constants.append(graph.weight(f"{layer.output}.{name}", packed(value) if value.ndim == 2 else value))
    attributes = {name: layer.settings[name] for name in ("residual", "spread")}
    graph.node("IntegerMlp", layer.inputs + constants, layer.output, DOMAIN, **attributes)


def _depthwise(graph: Graph, layer: Layer) -> None:
    constants = graph.named(layer, ("weight", "bias"))
    window = _window(layer, layer.weights["weight"].shape[:2])
    graph.node("Depthwise", layer.inputs + constants, layer.output, DOMAIN, **window)


def _channel_gate(graph: Graph, layer: Layer) -> None:
    constants = graph.named(layer, ("weight1", "bias1", "weight2", "bias2"))
    graph.node("ChannelGate", layer.inputs + constants, layer.output, DOMAIN, **layer.settings)


def _mean_pool(graph: Graph, layer: Layer) -> None:
    if layer.settings["strides"] != layer.settings["kernel"] or any(layer.settings["pads"]):
        raise ValueError(f"{layer.output}: no operator for a pool of {layer.settings}")
    graph.node("MeanPool", layer.inputs, layer.output, DOMAIN, kernel=layer.settings["kernel"])


def _enlarge(graph: Graph, layer: Layer) -> None:
    graph.node("Enlarge", layer.inputs, layer.output, DOMAIN, factor=layer.settings["factor"])


def _layer_norm(graph: Graph, layer: Layer) -> None:
    constants = graph.named(layer, ("weight", "bias"))
    graph.node("LayerNormalization", layer.inputs + constants, layer.output, axis=-1, epsilon=layer.settings["epsilon"])


def _attention(graph: Graph, layer: Layer) -> None:
    graph.node("Attention", layer.inputs, layer.output, DOMAIN, **layer.settings)


def _sigmoid(graph: Graph, layer: Layer) -> None:
    """The detector's last layer: one channel, as a plane."""
    plane = graph.node("Transpose", layer.inputs, f"{layer.output}.plane", perm=[0, 3, 1, 2])
    graph.node("Sigmoid", [plane], layer.output)


def _softmax(graph: Graph, layer: Layer) -> None:
    """The recogniser's last layer: the engine takes steps and classes."""
    shares = graph.node("ClassShares", layer.inputs, f"{layer.output}.shares", DOMAIN)
    graph.node("Squeeze", [shares, graph.shape(f"{layer.output}.axis", 1)], layer.output)


WRITERS = {
    "IntegerStem": _integer_convolution,
    "IntegerConv": _integer_convolution,
    "IntegerMlp": _integer_pair,
    "Depthwise": _depthwise,
    "ChannelGate": _channel_gate,
    "MeanPool": _mean_pool,
    "Enlarge": _enlarge,
    "LayerNorm": _layer_norm,
    "Attention": _attention,
    "Softmax": _softmax,
    "Add": lambda graph, layer: graph.node("Add", layer.inputs, layer.output),
    "Sigmoid": _sigmoid,
}


def write(network: Network, path: pathlib.Path) -> None:
    """Writes `path` and beside it the weights, NAME.weights for NAME.onnx."""
    weights_path = path.with_suffix(".weights")
    graph = Graph(weights_path.name)
    for layer in network.layers:
        WRITERS[layer.kind](graph, layer)
    inputs = [helper.make_tensor_value_info(network.input, TensorProto.FLOAT, [1, 3, "height", "width"])]
    outputs = [helper.make_tensor_value_info(network.output, TensorProto.FLOAT, None)]
    model = helper.make_model(
        helper.make_graph(graph.nodes, path.stem, inputs, outputs, graph.constants),
        opset_imports=[helper.make_opsetid("", OPSET), helper.make_opsetid(DOMAIN, 1)],
        ir_version=8,
        producer_name="lince",
    )
    weights_path.write_bytes(graph.weights)
    save(model, path)
