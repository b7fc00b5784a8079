"""Simplifies an ONNX graph without changing what it computes: constants in one place, no node that does nothing."""

import numpy as np
from onnx import ModelProto, NodeProto, numpy_helper


def initialisers(model: ModelProto) -> dict[str, np.ndarray]:
    """The constants of the graph by name."""
    return {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}


def replace_initialiser(model: ModelProto, name: str, value: np.ndarray) -> None:
    """Replaces the constant `name`, which must exist, by `value`."""
    for tensor in model.graph.initializer:
        if tensor.name == name:
            tensor.CopyFrom(numpy_helper.from_array(np.ascontiguousarray(value), name))
            return
    raise KeyError(f"the graph has no constant called {name}")


def simplify(model: ModelProto) -> None:
    """Removes Constant and Identity nodes, and nodes whose output nothing reads."""
    _constants_to_initialisers(model)
    _drop_identities(model)
    _drop_unused(model)


def _constants_to_initialisers(model: ModelProto) -> None:
    kept = []
    for node in model.graph.node:
        if node.op_type != "Constant":
            kept.append(node)
            continue
        value = next(attribute for attribute in node.attribute if attribute.name == "value").t
        value.name = node.output[0]
        model.graph.initializer.append(value)
    _set_nodes(model, kept)


def _drop_identities(model: ModelProto) -> None:
    """Makes readers of an Identity's output read its input. If the output is the graph's, renames the producer's."""
    outputs = {output.name for output in model.graph.output}
    renamed: dict[str, str] = {}
    kept: list[NodeProto] = []
    for node in model.graph.node:
        node.input[:] = [renamed.get(name, name) for name in node.input]
        if node.op_type != "Identity":
            kept.append(node)
        elif node.output[0] not in outputs:
            renamed[node.output[0]] = node.input[0]
        else:
            _rename_output(kept, node.input[0], node.output[0])
    _set_nodes(model, kept)


def _rename_output(nodes: list[NodeProto], old: str, new: str) -> None:
    """Renames the tensor `old` to `new`; no other node may read it."""
    if any(old in node.input for node in nodes):
        raise ValueError(f"{old} is read by more than the output {new}")
    for node in nodes:
        node.output[:] = [new if name == old else name for name in node.output]


def _drop_unused(model: ModelProto) -> None:
    used = {name for node in model.graph.node for name in node.input}
    kept = [tensor for tensor in model.graph.initializer if tensor.name in used]
    del model.graph.initializer[:]
    model.graph.initializer.extend(kept)
    del model.graph.value_info[:]


def _set_nodes(model: ModelProto, nodes: list[NodeProto]) -> None:
    copies = []
    for node in nodes:
        copy = NodeProto()
        copy.CopyFrom(node)
        copies.append(copy)
    del model.graph.node[:]
    model.graph.node.extend(copies)
