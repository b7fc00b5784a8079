"""Columns of the recogniser's last layer that this project has trained, for what the fetched one cannot read.

columns.json holds them with how they came about; models/training makes it. A character that the layer lacks is put
before the space, which stays the last; of one that it has, the column is replaced. All other columns stay as they are.
"""

import json
import pathlib

import numpy as np
from onnx import ModelProto

import head

PATH = pathlib.Path(__file__).resolve().parent / "columns.json"


def load() -> dict[str, tuple[np.ndarray, float]]:
    """Weights and bias by character."""
    listed = json.loads(PATH.read_text(encoding="utf-8"))["columns"]
    return {text: (np.array(column["weight"], np.float32), column["bias"]) for text, column in listed.items()}


def figures() -> dict[str, dict[str, int]]:
    """By character: of how many lines in fonts not trained on, how many were written, found before and after, false."""
    return json.loads(PATH.read_text(encoding="utf-8"))["on_held_fonts"]


def put_in(model: ModelProto, texts: list[str], columns: dict[str, tuple[np.ndarray, float]]) -> list[str]:
    """`texts` are those of the model's classes. Returns those of the classes that it has then."""
    weight, bias = head.values(model)
    added = [text for text in columns if text not in texts]
    places = [len(texts) - 1] * len(added)
    weight, bias = np.insert(weight, places, 0.0, axis=1), np.insert(bias, places, 0.0)
    kept = [*texts[:-1], *added, texts[-1]]
    for text, (column, start) in columns.items():
        if column.shape != weight.shape[:1]:
            raise head.HeadError(f"columns.json has {column.size} weights for {text}, the layer takes {len(weight)}")
        weight[:, kept.index(text)], bias[kept.index(text)] = column, start
    head.replace(model, weight, bias)
    return kept
