"""Makes layers that concatenate, pool or enlarge tensors a part of the wide convolution that reads the result.

The convolution rounds its input to bytes anyway, so the tensors in between, the largest of the networks, are never
made.
"""

from layers import Layer, Network

POOL = {"kernel": [2, 2], "strides": [1, 1], "pads": [0, 0, 1, 1]}
JOINED_LIMIT = 4  # inputs that the operator takes


def join(network: Network) -> Network:
    """The network of integer layers with joined inputs. Its results are the same to the bit."""
    joined = Network(network.input, network.output, [_copy(layer) for layer in network.layers])
    for layer in list(joined.layers):
        if layer.kind == "IntegerConv":
            layer.settings["pooled"] = 0
            if layer.weights["weight"].shape[:2] != (1, 1):
                _join_inputs(joined, layer)
    joined.drop_unused()
    return joined


def _copy(layer: Layer) -> Layer:
    return Layer(layer.kind, list(layer.inputs), layer.output, layer.weights, dict(layer.settings))


def _join_inputs(network: Network, layer: Layer) -> None:
    beside = network.producer(layer.inputs[0])
    if beside.kind == "Concat" and len(beside.inputs) <= JOINED_LIMIT and _is_only_read_by(network, beside, layer):
        layer.inputs = list(beside.inputs)
        network.layers.remove(beside)
    first = network.producer(layer.inputs[0])
    is_pool = first.kind == "MaxPool" and first.settings == POOL
    if is_pool and layer.settings["positive"] and _is_only_read_by(network, first, layer):
        layer.inputs[0] = first.inputs[0]
        layer.settings["pooled"] = 1
    if len(layer.inputs) > 1:
        layer.inputs = [_without_enlarging(network, layer, name) for name in layer.inputs]


def _without_enlarging(network: Network, reader: Layer, name: str) -> str:
    """The tensor that is enlarged, if nothing else happens to it before `reader`, whose inputs differ in size."""
    layer = network.producer(name)
    is_enlarged = layer.kind == "Enlarge" and len(layer.inputs) == 1 and _is_only_read_by(network, layer, reader)
    return layer.inputs[0] if is_enlarged else name


def _is_only_read_by(network: Network, layer: Layer, reader: Layer) -> bool:
    return network.consumers(layer.output) == [reader]
