"""Puts tuned weights into the recogniser: of the two blocks of attention that see a whole line, and of the last layer.

models/training/tune.py makes tuned.npz, which holds them by the names of the graph's constants, rounded to 16 bits. The
layers before them, which see the pixels, are as they were fetched.
"""

import pathlib

import numpy as np
from onnx import ModelProto

import graph
import head

PATH = pathlib.Path(__file__).resolve().parent / "tuned.npz"

# Names in the fetched graph: what the blocks read, what is added to their output, the last layer's weights and bias,
# the scales of the queries, and the numbers of the constants with the epsilon of each layer norm.
INPUT, SKIPPED = "Add.157", "p2o.pd_op.swish.0.0"
HEAD = ("linear_8.w_0", "linear_8.b_0")
SCALES, EPSILONS = ("auto.cast.74", "auto.cast.84"), (45, 59, 66, 80, 87)


def put_in(model: ModelProto) -> None:
    """Replaces the constants of the blocks, and of the last layer, which has our columns already."""
    fetched = graph.initialisers(model)
    with np.load(PATH) as tuned:
        for name in tuned.files:
            if name not in fetched or fetched[name].shape != tuned[name].shape:
                raise head.HeadError(f"tuned.npz has {name} of the shape {tuned[name].shape}, which the graph lacks")
            graph.replace_initialiser(model, name, tuned[name].astype(np.float32))


def save(constants: dict[str, np.ndarray]) -> None:
    np.savez_compressed(PATH, **{name: values.astype(np.float16) for name, values in sorted(constants.items())})
