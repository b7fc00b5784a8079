"""Puts trained columns into the recogniser's last layer, for characters that the fetched model cannot read.

models/training makes columns.json, which holds the columns and how they were trained. A new character is put before the
space, which stays last. A character that the layer has gets the new column. All other columns stay unchanged.
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
    """By character, on lines in fonts not trained on: how many were written, found before, found after, and wrong."""
    return json.loads(PATH.read_text(encoding="utf-8"))["on_held_fonts"]


def inserted(
    texts: list[str], weight: np.ndarray, bias: np.ndarray, columns: dict[str, tuple[np.ndarray, float]]
) -> tuple[list[str], np.ndarray, np.ndarray]:
    """The texts of the classes, the weights and the bias of the last layer, with the columns in their places."""
    added = [text for text in columns if text not in texts]
    places = [len(texts) - 1] * len(added)
    weight, bias = np.insert(weight, places, 0.0, axis=1), np.insert(bias, places, 0.0)
    kept = [*texts[:-1], *added, texts[-1]]
    for text, (column, start) in columns.items():
        if column.shape != weight.shape[:1]:
            raise head.HeadError(f"columns.json has {column.size} weights for {text}, the layer takes {len(weight)}")
        weight[:, kept.index(text)], bias[kept.index(text)] = column, start
    return kept, weight, bias


def put_in(model: ModelProto, texts: list[str], columns: dict[str, tuple[np.ndarray, float]]) -> list[str]:
    """Takes the texts of the model's classes, and returns those of the changed model."""
    kept, weight, bias = inserted(texts, *head.values(model), columns)
    head.replace(model, weight, bias)
    return kept
