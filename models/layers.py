"""A network as a list of layers over tensors [1, height, width, channels]. fuse.py, quantise.py and write.py use it."""

from dataclasses import dataclass, field

import numpy as np


@dataclass
class Layer:
    """One operation: names of its inputs and outputs, its constants, its settings."""

    kind: str
    inputs: list[str]
    output: str
    weights: dict[str, np.ndarray] = field(default_factory=dict)
    settings: dict = field(default_factory=dict)


@dataclass
class Network:
    """Layers in the order in which they run, from the tensor `input` to the tensor `output`."""

    input: str
    output: str
    layers: list[Layer]

    def producer(self, tensor: str) -> Layer | None:
        """The layer that makes `tensor`; None for the input."""
        return next((layer for layer in self.layers if layer.output == tensor), None)

    def consumers(self, tensor: str) -> list[Layer]:
        """The layers that read `tensor`."""
        return [layer for layer in self.layers if tensor in layer.inputs]

    def replace(self, old: Layer, new: Layer) -> None:
        """Replaces `old` by `new`, which must make the same tensor."""
        self.layers[self.layers.index(old)] = new

    def bypass(self, layer: Layer, tensor: str) -> None:
        """Makes the readers of the output of `layer` read `tensor` instead."""
        for other in self.layers:
            other.inputs = [tensor if name == layer.output else name for name in other.inputs]
        self.layers.remove(layer)

    def drop_unused(self) -> None:
        """Removes layers whose output nothing reads."""
        used = {self.output}
        kept = []
        for layer in reversed(self.layers):
            if layer.output in used:
                kept.append(layer)
                used.update(layer.inputs)
        self.layers = kept[::-1]
