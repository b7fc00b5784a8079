"""The integer models: fusing changes nothing, integers change little, and the file has what the operators read."""

import json

import numpy as np
import onnx
import pytest

import fuse
import join
import pictures
import prepare
import quantise
import reference
import write

NAMES = ("detector", "recogniser")
RANGES = json.loads((prepare.HERE / "calibration.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def networks():
    return {name: fuse.fuse(onnx.load(prepare.PREPARED / f"{name}.onnx")) for name in NAMES}


@pytest.fixture(scope="module")
def integers(networks):
    return {name: quantise.quantise(networks[name], quantise.PIXELS[name], RANGES[name]) for name in NAMES}


@pytest.fixture(scope="module")
def joined(integers):
    return {name: join.join(integers[name]) for name in NAMES}


@pytest.fixture(scope="module")
def images():
    return {
        "detector": pictures.page_image(96, 160, ["TOTAL 7"])[0],
        "recogniser": pictures.line_image(prepare.LINE, 360),
    }


def run(network, image):
    return reference.run(network, image.transpose(0, 2, 3, 1))


def decibels(wanted, got):
    """How far the error lies below what is wanted."""
    return 10.0 * np.log10(wanted.var() / ((got - wanted) ** 2).mean())


@pytest.mark.parametrize("name", NAMES)
def test_fused_layers_compute_what_the_graph_does(name, networks, images):
    wanted = prepare.run(prepare.PREPARED / f"{name}.onnx", images[name])
    got = run(networks[name], images[name])
    assert np.abs(got.reshape(wanted.shape) - wanted).max() < 2e-4


@pytest.mark.parametrize("name", NAMES)
def test_integers_change_little(name, networks, integers, images):
    wanted, got = run(networks[name], images[name]), run(integers[name], images[name])
    assert np.abs(got - wanted).mean() < 5e-3


@pytest.mark.parametrize("name", NAMES)
def test_joined_inputs_change_nothing(name, integers, joined, images):
    kinds = {layer.kind for layer in joined[name].layers}
    assert not kinds & {"Concat", "MaxPool"}
    assert np.array_equal(run(joined[name], images[name]), run(integers[name], images[name]))


@pytest.mark.parametrize("name", NAMES)
def test_each_pair_keeps_its_output(name, networks, integers):
    random = np.random.default_rng(3)
    for pair, integer in zip(networks[name].layers, integers[name].layers, strict=True):
        if pair.kind != "Mlp" or pair.settings["curve"] == "relu":
            continue
        inputs = pair.weights["weight1"].shape[0]
        values = [random.normal(0.0, 1.0, (1, 8, 8, inputs)).astype(np.float32)]
        while (values[0] @ pair.weights["weight1"] + pair.weights["bias1"]).max() > RANGES[name][pair.output][1]:
            values[0] *= np.float32(0.9)
        wanted = reference.OPERATIONS["Mlp"](pair, values)
        assert decibels(wanted, reference.OPERATIONS["IntegerMlp"](integer, values)) > 22.0, pair.output


@pytest.mark.parametrize("name", NAMES)
def test_the_first_layer_takes_bytes_of_pixels(name, networks, integers):
    pixels = quantise.PIXELS[name]
    image = np.random.default_rng(4).integers(0, 256, (1, 32, 32, 3)).astype(np.float32)
    image = [((image / 255.0 - np.float32(pixels.mean)) / np.float32(pixels.deviation)).astype(np.float32)]
    wanted = reference.OPERATIONS["Convolution"](networks[name].layers[0], image)
    assert decibels(wanted, reference.OPERATIONS["IntegerStem"](integers[name].layers[0], image)) > 35.0


@pytest.mark.parametrize("name", NAMES)
def test_every_pair_is_calibrated(name, networks):
    pairs = {layer.output for layer in networks[name].layers if layer.kind == "Mlp"}
    assert pairs == RANGES[name].keys()
    assert all(floor < ceiling for floor, ceiling in RANGES[name].values())


@pytest.mark.parametrize("curve", quantise.CURVES)
def test_a_table_is_half_a_step_from_its_curve(curve):
    table = quantise.table_of(quantise.CURVES[curve], 0.0 if curve == "relu" else -4.0, 3.0)
    wanted = quantise.CURVES[curve](table.floor + np.arange(256) * table.step)
    got = table.step_out * (table.entries.astype(np.float64) - table.zero)
    assert np.abs(got - wanted).max() <= table.step_out * 1.01  # half for the rounding, half for where zero lies


def test_weights_are_packed_in_groups():
    weight = np.random.default_rng(5).integers(-127, 128, (9, 21)).astype(np.int8)
    packed = write.packed(weight)
    assert packed.shape == (2, 3, 16, 4)
    whole = packed.transpose(1, 3, 0, 2).reshape(12, 32)
    assert (whole[:9, :21] == weight).all()
    assert not whole[9:].any() and not whole[:, 21:].any()
    assert packed[1, 2, 4, 0] == weight[8, 20]


@pytest.mark.parametrize("name", NAMES)
def test_the_file_holds_every_weight_on_its_line(name, joined, tmp_path):
    path = tmp_path / "model.int8.onnx"
    write.write(joined[name], path)
    weights = tmp_path / "model.int8.weights"
    model = onnx.load(path, load_external_data=False)
    end = 0
    for tensor in model.graph.initializer:
        if not tensor.external_data:
            continue
        entry = {item.key: item.value for item in tensor.external_data}
        assert entry["location"] == weights.name
        assert int(entry["offset"]) % 64 == 0 and int(entry["offset"]) >= end
        end = int(entry["offset"]) + int(entry["length"])
    assert end == weights.stat().st_size
    made = {tensor for node in model.graph.node for tensor in node.output}
    known = made | {tensor.name for tensor in model.graph.initializer} | {model.graph.input[0].name}
    assert all(tensor in known for node in model.graph.node for tensor in node.input)
    assert model.graph.output[0].name in made


def test_all_three_models_are_small_on_disk():
    files = [*prepare.PREPARED.glob("*.int8.*"), prepare.PREPARED / "direction.ort"]
    assert len(files) == 5
    assert sum(path.stat().st_size for path in files) < 8_000_000
