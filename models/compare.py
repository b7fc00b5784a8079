#!/usr/bin/env python3
"""Prints a table of what each form of the models costs: build/venv-models/bin/python models/compare.py

compare.c measures each form in a process of its own; the best of five processes counts.
"""

import pathlib
import subprocess
import tempfile

import onnxruntime

from prepare import PREPARED, session_options

HERE = pathlib.Path(__file__).resolve().parent
RUNTIME = HERE.parent / "third_party" / "onnxruntime"
LEVELS = {"basic": 1, "extended": 2, "all": 99}
ONNXRUNTIME_LEVELS = {
    "basic": onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC,
    "extended": onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED,
    "all": onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL,
}


def optimise(folder: pathlib.Path, level: str, suffix: str) -> None:
    """Writes the three models to `folder` as the runtime changes them at `level`."""
    folder.mkdir(exist_ok=True)
    for model in sorted(path for path in PREPARED.glob("*.onnx") if not path.name.endswith(".int8.onnx")):
        options = session_options(ONNXRUNTIME_LEVELS[level])
        options.optimized_model_filepath = str(folder / (model.stem + suffix))
        if suffix == ".ort":
            options.add_session_config_entry("session.save_model_format", "ORT")
        onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])


def compile_program(folder: pathlib.Path) -> pathlib.Path:
    program, libraries = folder / "compare", RUNTIME / "lib"
    command = ["cc", "-O2", "-D_GNU_SOURCE", HERE / "compare.c", "-isystem", RUNTIME / "include", "-o", program]
    subprocess.run([*command, f"-L{libraries}", f"-Wl,-rpath,{libraries}", "-lonnxruntime"], check=True)
    return program


def measure(program: pathlib.Path, *arguments: object) -> str:
    """The least of each figure over five processes, as cells."""
    rows = []
    for _ in range(5):
        output = subprocess.run([program, *map(str, arguments)], check=True, capture_output=True, text=True).stdout
        rows.append([float(cell) for cell in output.split("|")])
    return " | ".join(f"{min(column):.1f}" for column in zip(*rows, strict=True))


def main() -> None:
    print("| form | start ms | anonymous MiB | resident MiB | peak MiB | detector ms | recogniser ms | direction ms |")
    print("| --- | --: | --: | --: | --: | --: | --: | --: |")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        program = compile_program(folder)
        for level, number in LEVELS.items():
            print(f"| onnx, {level} at start | {measure(program, PREPARED, '.onnx', number, 'read')} |", flush=True)
        for suffix in (".onnx", ".ort"):
            for level in LEVELS:
                optimise(folder / level, level, suffix)
                cells = measure(program, folder / level, suffix, 0, "read")
                print(f"| {suffix[1:]}, {level} ahead | {cells} |", flush=True)
        for level in LEVELS:
            print(
                f"| ort, {level} ahead, mapped | {measure(program, folder / level, '.ort', 0, 'mapped')} |", flush=True
            )


if __name__ == "__main__":
    main()
