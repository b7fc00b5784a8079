"""The recogniser's last layer: it has a column of weights and a bias for each character."""

from dataclasses import dataclass

import numpy as np
from onnx import ModelProto

import graph


class HeadError(Exception):
    """The graph does not end as expected, or its last layer lacks a class that is wanted."""


@dataclass(frozen=True)
class Head:
    """Names of tensors: what the layer reads, its weights [features, classes], its bias [classes]."""

    features: str
    weight: str
    bias: str


def find(model: ModelProto) -> Head:
    softmax = next(node for node in model.graph.node if model.graph.output[0].name in node.output)
    add = next(node for node in model.graph.node if softmax.input[0] in node.output)
    multiply = next(node for node in model.graph.node if add.input[0] in node.output)
    if [softmax.op_type, add.op_type, multiply.op_type] != ["Softmax", "Add", "MatMul"]:
        raise HeadError("the recogniser does not end in MatMul, Add, Softmax: the recipe must be changed")
    return Head(multiply.input[0], multiply.input[1], add.input[1])


def values(model: ModelProto) -> tuple[np.ndarray, np.ndarray]:
    """The weights [features, classes] and the bias [classes]."""
    constants, head = graph.initialisers(model), find(model)
    return constants[head.weight], constants[head.bias]


def replace(model: ModelProto, weight: np.ndarray, bias: np.ndarray) -> None:
    head = find(model)
    graph.replace_initialiser(model, head.weight, weight)
    graph.replace_initialiser(model, head.bias, bias)
    model.graph.output[0].type.tensor_type.shape.dim[2].dim_value = bias.size
