#!/usr/bin/env python3
"""Prepares the models for Lince from those that set-up fetched, and checks that they still read the same.

    build/venv-models/bin/python models/prepare.py [--record]

It writes two forms of each model to models/prepared/. NAME.onnx runs on any machine. NAME.ort is the same graph,
optimised by ONNX Runtime for this machine's processor; it is mapped into memory and run without a copy. The recogniser
keeps only the classes of alphabet.py and gets the columns of columns.json and the weights of tuned.npz. The detector
and the recogniser also get an integer form: NAME.int8.onnx uses the operators of src/infer/integer, and
NAME.int8.weights has its weights.

After a change of the recipe, `--record` writes the SHA-256 of the portable forms to the manifest. Without it they must
match the manifest.
"""

import argparse
import hashlib
import json
import pathlib
import platform
import shutil
import sys

import numpy as np
import onnx
import onnxruntime

import alphabet
import columns
import fuse
import graph
import head
import join
import pictures
import quantise
import reference
import tuned
import write

HERE = pathlib.Path(__file__).resolve().parent
FETCHED = HERE.parent / "third_party" / "models"
PREPARED = HERE / "prepared"
LARGEST_DIFFERENCE = 2e-3  # of a probability, between orders of floating-point sums
PAGE, LINE = ["TOTAL 1234.56", "RUT 78.90", "LOTE 45"], "TOTAL 1234.56"  # what is drawn to be read
PROCESSOR_FEATURES = ("avx", "avx2", "fma", "avx512f", "avx512vnni")


class PreparationError(Exception):
    """A model is wrong; the message says which one and what to do."""


def sha256(path: pathlib.Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def processor() -> str:
    """One line with everything that the optimised forms depend on. The engine makes the same line and compares."""
    machine = platform.machine()
    if machine != "x86_64":
        return machine
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("flags"):
            flags = {flag.replace("_", "") for flag in line.split(":")[1].split()}
            return " ".join([machine, *(feature for feature in PROCESSOR_FEATURES if feature in flags)])
    raise PreparationError("/proc/cpuinfo does not list the processor's features: mount /proc")


def fetched_path(entry: dict) -> pathlib.Path:
    path = FETCHED / entry["file"]
    if not path.is_file():
        raise PreparationError(f"{path} is missing: run scripts/setup fetch")
    if sha256(path) != entry["sha256"]:
        raise PreparationError(f"{path} is not the file of the manifest: delete it and run scripts/setup fetch")
    return path


def cut_to_alphabet(model: onnx.ModelProto) -> tuple[list[int], list[str]]:
    """Keeps only the wanted columns of the last layer. Returns the kept classes and the text of each."""
    listed = next((entry.value for entry in model.metadata_props if entry.key == "character"), None)
    if listed is None:
        raise PreparationError("the recogniser lists no characters: it is not the model that this recipe is for")
    characters = listed.split("\n")
    classes = alphabet.kept_classes(characters)
    weight, bias = head.values(model)
    head.replace(model, weight[:, classes], bias[classes])
    del model.metadata_props[:]
    return classes, ["", *(characters[index - 1] for index in classes[1:-1]), " "]


def recogniser_classes(model: onnx.ModelProto) -> tuple[list[int], list[str]]:
    """Cuts the last layer and puts our columns in. Returns the text of each class and which class of the original it
    is: -1 where the column is ours."""
    classes, cut = cut_to_alphabet(model)
    own = columns.load()
    texts = columns.put_in(model, cut, own)
    return [-1 if text in own else classes[cut.index(text)] for text in texts], texts


def session_options(level: onnxruntime.GraphOptimizationLevel) -> onnxruntime.SessionOptions:
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = level
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return options


def optimise(portable: pathlib.Path, optimised: pathlib.Path) -> None:
    """Writes the graph as ONNX Runtime changes it for this processor, in the form that can be mapped."""
    options = session_options(onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL)
    options.optimized_model_filepath = str(optimised)
    options.add_session_config_entry("session.save_model_format", "ORT")
    onnxruntime.InferenceSession(str(portable), options, providers=["CPUExecutionProvider"])


def run(path: pathlib.Path, image: np.ndarray) -> np.ndarray:
    """The model's first output. An optimised form is run unchanged; the runtime may optimise a portable one."""
    ready = path.suffix == ".ort"
    level = onnxruntime.GraphOptimizationLevel
    options = session_options(level.ORT_DISABLE_ALL if ready else level.ORT_ENABLE_ALL)
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    return session.run(None, {session.get_inputs()[0].name: image})[0]


def must_agree(name: str, got: np.ndarray, wanted: np.ndarray) -> None:
    if got.shape != wanted.shape:
        raise PreparationError(f"{name} gives the shape {got.shape} where the original gives {wanted.shape}")
    difference = float(np.abs(got - wanted).max())
    if not difference <= LARGEST_DIFFERENCE:
        raise PreparationError(f"{name} differs from the original by {difference:.2g} (at most {LARGEST_DIFFERENCE})")


def must_find(name: str, probabilities: np.ndarray, boxes: np.ndarray) -> None:
    """`probabilities` is a map of the drawn page, which has text in the `boxes`."""
    inside, outside = probabilities[boxes].mean(), probabilities[~boxes].mean()
    if inside < 0.3 or outside > 0.1:
        raise PreparationError(f"{name} does not find drawn text ({inside:.2f} inside, {outside:.2f} outside)")


def must_read(name: str, probabilities: np.ndarray, texts: list[str], written: str) -> None:
    """`probabilities` are of each step and class, for a picture of what is `written`."""
    best = probabilities.argmax(axis=-1)
    kept = [step for step in range(len(best)) if best[step] and (step == 0 or best[step] != best[step - 1])]
    text = "".join(texts[best[step]] for step in kept)
    if text != written:
        raise PreparationError(f"{name} reads {text!r} where {written!r} is drawn")


def check_detector(original: pathlib.Path, forms: list[pathlib.Path]) -> None:
    image, boxes = pictures.page_image(256, 320, PAGE)
    wanted = run(original, image)
    for form in forms:
        found = run(form, image)
        must_agree(form.name, found, wanted)
        must_find(form.name, found[0, 0], boxes)


def shared_out(probabilities: np.ndarray, classes: list[int]) -> np.ndarray:
    """The probabilities of the classes alone, scaled to sum up to one."""
    kept = probabilities[..., classes]
    return kept / kept.sum(axis=-1, keepdims=True)


def check_untuned(original: pathlib.Path, model: onnx.ModelProto, classes: list[int], scratch: pathlib.Path) -> None:
    """Checks that what was simplified and cut gives the original probabilities to classes with the original columns.

    `classes` are those of the original by the model's own, -1 where the column is ours.
    """
    own = [index for index, original_class in enumerate(classes) if original_class >= 0]
    image = pictures.line_image(LINE, 360)
    onnx.save(model, scratch)
    found, wanted = run(scratch, image), run(original, image)
    scratch.unlink()
    must_agree("the recogniser", shared_out(found, own), shared_out(wanted, [classes[index] for index in own]))


def check_recogniser(forms: list[pathlib.Path], texts: list[str]) -> None:
    """Checks that the forms agree, and that the drawn text is read."""
    image = pictures.line_image(LINE, 360)
    wanted = run(forms[0], image)
    for form in forms:
        found = run(form, image)
        must_agree(form.name, found, wanted)
        must_read(form.name, found[0], texts, LINE)


def check_direction(original: pathlib.Path, forms: list[pathlib.Path]) -> None:
    upright = pictures.line_image("TOTAL 7", 192)
    for image in (upright, np.ascontiguousarray(upright[:, :, ::-1, ::-1])):
        wanted = run(original, image)
        for form in forms:
            must_agree(form.name, run(form, image), wanted)


def write_integers(name: str, model: onnx.ModelProto, texts: list[str], path: pathlib.Path) -> None:
    """Writes the integer form and checks it with reference.py: the engine's operators are not built yet."""
    ranges = json.loads((HERE / "calibration.json").read_text(encoding="utf-8"))
    network = join.join(quantise.quantise(fuse.fuse(model), quantise.PIXELS[name], ranges[name]))
    write.write(network, path)
    if name == "detector":
        image, boxes = pictures.page_image(256, 320, PAGE)
        must_find(path.name, reference.run(network, image.transpose(0, 2, 3, 1))[0, :, :, 0], boxes)
    else:
        image = pictures.line_image(LINE, 360)
        must_read(path.name, reference.run(network, image.transpose(0, 2, 3, 1))[0, 0], texts, LINE)


def prepare(manifest: dict, folder: pathlib.Path) -> None:
    """Writes and checks every file in the empty `folder`."""
    for entry in manifest["models"]:
        original = fetched_path(entry)
        model = onnx.load(original)
        graph.simplify(model)
        texts: list[str] = []
        if entry["name"] == "recogniser":
            classes, texts = recogniser_classes(model)
            check_untuned(original, model, classes, folder / "untuned.onnx")
            tuned.put_in(model)
        graph.simplify(model)
        onnx.checker.check_model(model)
        forms = [folder / f"{entry['name']}.onnx", folder / f"{entry['name']}.ort"]
        onnx.save(model, forms[0])
        optimise(*forms)
        if entry["name"] == "detector":
            check_detector(original, forms)
        elif entry["name"] == "direction":
            check_direction(original, forms)
        else:
            check_recogniser(forms, texts)
            (folder / "characters.txt").write_text("".join(f"{text}\n" for text in texts), encoding="utf-8")
        if entry["name"] in quantise.PIXELS:
            write_integers(entry["name"], model, texts, folder / f"{entry['name']}.int8.onnx")
    (folder / "processor.txt").write_text(processor() + "\n")


def check_fingerprints(manifest: dict, folder: pathlib.Path) -> None:
    for name, wanted in manifest["prepared"].items():
        found = sha256(folder / name)
        if found != wanted:
            raise PreparationError(
                f"{name} came out as {found}, the manifest says {wanted}: "
                "undo the change of the recipe, or record it with models/prepare.py --record"
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--record", action="store_true", help="write the fingerprints to the manifest")
    arguments = parser.parse_args()
    manifest_path = HERE / "manifest.json"
    manifest = json.loads(manifest_path.read_text(encoding="utf-8"))
    folder = HERE / "prepared.partial"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    prepare(manifest, folder)
    if arguments.record:
        names = sorted(path.name for path in folder.iterdir() if path.suffix in (".onnx", ".weights"))
        names.append("characters.txt")
        manifest["prepared"] = {name: sha256(folder / name) for name in names}
        manifest_path.write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    check_fingerprints(manifest, folder)
    if PREPARED.is_symlink():
        PREPARED.unlink()
    shutil.rmtree(PREPARED, ignore_errors=True)
    folder.rename(PREPARED)


if __name__ == "__main__":
    try:
        main()
    except (PreparationError, head.HeadError) as problem:
        sys.exit(f"models/prepare.py: {problem}")
