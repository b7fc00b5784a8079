"""Our columns of the last layer and the tuned weights: how they are put in, and the loss of the columns."""

import itertools
import sys

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

import columns
import graph
import head
import prepare
import tuned

sys.path.insert(0, str(prepare.HERE / "training"))

import ctc

TEXTS = ["", "a", "b", " "]


@pytest.fixture
def model():
    """Two features, four classes."""
    random = np.random.default_rng(6)
    weight, bias = random.normal(size=(2, 4)).astype(np.float32), random.normal(size=4).astype(np.float32)
    nodes = [
        helper.make_node("MatMul", ["x", "weight"], ["product"]),
        helper.make_node("Add", ["product", "bias"], ["sum"]),
        helper.make_node("Softmax", ["sum"], ["y"]),
    ]
    inputs = [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, "steps", 2])]
    outputs = [helper.make_tensor_value_info("y", TensorProto.FLOAT, [1, "steps", 4])]
    constants = [numpy_helper.from_array(weight, "weight"), numpy_helper.from_array(bias, "bias")]
    return helper.make_model(helper.make_graph(nodes, "last", inputs, outputs, constants))


def test_a_column_is_added_before_the_space_or_takes_the_place_of_one(model):
    weight, bias = head.values(model)
    own = {"¡": (np.float32([5, 6]), 7.0), "a": (np.float32([1, 2]), 3.0)}
    assert columns.put_in(model, TEXTS, own) == ["", "a", "b", "¡", " "]
    changed, start = head.values(model)
    assert changed[:, [0, 2, 4]].tolist() == weight[:, [0, 2, 3]].tolist()
    assert start[[0, 2, 4]].tolist() == bias[[0, 2, 3]].tolist()
    assert changed[:, [1, 3]].tolist() == [[1, 5], [2, 6]] and start[[1, 3]].tolist() == [3, 7]
    assert model.graph.output[0].type.tensor_type.shape.dim[2].dim_value == 5


def test_a_column_of_another_layer_is_refused(model):
    with pytest.raises(head.HeadError, match="3 weights for b, the layer takes 2"):
        columns.put_in(model, TEXTS, {"b": (np.float32([1, 2, 3]), 0.0)})


def test_the_prepared_recogniser_has_a_class_for_each_of_our_columns():
    texts = (prepare.PREPARED / "characters.txt").read_text(encoding="utf-8").split("\n")[:-1]
    _, bias = head.values(onnx.load(prepare.PREPARED / "recogniser.onnx"))
    assert "¡" in columns.load() and bias.size == len(texts) and set(columns.load()) <= set(texts)


def test_the_prepared_recogniser_has_the_tuned_weights():
    constants = graph.initialisers(onnx.load(prepare.PREPARED / "recogniser.onnx"))
    with np.load(tuned.PATH) as weights:
        assert set(tuned.HEAD) <= set(weights.files)
        for name in weights.files:
            assert np.array_equal(constants[name], weights[name].astype(np.float32))


def test_tuned_weights_of_another_layer_are_refused(model, tmp_path, monkeypatch):
    monkeypatch.setattr(tuned, "PATH", tmp_path / "tuned.npz")
    tuned.save({"weight": np.zeros((2, 5), np.float32)})
    with pytest.raises(head.HeadError, match=r"weight of the shape \(2, 5\)"):
        tuned.put_in(model)
    tuned.save({"weight": np.full((2, 4), 0.5, np.float32)})
    tuned.put_in(model)
    assert np.array_equal(graph.initialisers(model)["weight"], np.full((2, 4), 0.5))


def test_each_committed_column_finds_its_sign_in_fonts_that_it_has_not_seen():
    for sign, figures in columns.figures().items():
        assert figures["found"] >= figures["before"] + 0.2 * figures["written"], sign
        assert figures["false"] <= 0.01 * figures["lines"], sign


def test_a_label_that_goes_on_counts_once():
    assert ctc.text_of([0, 1, 1, 0, 1, 2, 3, 3], TEXTS) == "aab "


@pytest.mark.parametrize(("steps", "target"), [(5, [1, 1]), (4, [2, 3, 1]), (3, [3]), (1, [2])])
def test_the_loss_sums_over_every_path(steps, target):
    scores = np.random.default_rng(7).normal(size=(5, 4))
    logs = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    places = ctc.places_of(target)
    wanted, total = np.zeros((5, len(places))), 0.0
    for path in itertools.product(range(len(places)), repeat=steps):
        labels = [places[place] for place in path]
        rises = all(
            after - before in (0, 1) or (after - before == 2 and places[after] != places[before] and places[after])
            for before, after in itertools.pairwise(path)
        )
        if path[0] > 1 or path[-1] < len(places) - 2 or not rises:
            continue
        share = np.exp(sum(logs[step, label] for step, label in enumerate(labels)))
        total += share
        for step, place in enumerate(path):
            wanted[step, place] += share
    # Beside a longer line, so that both are filled up.
    rows = [places, ctc.places_of([1, 2])]
    most = max(map(len, rows))
    filled = np.array([row + [0] * (most - len(row)) for row in rows])
    emitted = np.stack([logs[:, row] for row in filled])
    losses, shares = ctc.shares(emitted, filled, np.array([steps, 5]), np.array([len(row) for row in rows]))
    assert losses[0] == pytest.approx(-np.log(total))
    assert np.allclose(shares[0, :, : len(places)], wanted / total)
    assert not shares[0, steps:].any() and not shares[0, :, len(places) :].any()
