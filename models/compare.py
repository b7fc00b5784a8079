#!/usr/bin/env python3
"""Prints what each way of storing the models costs: session start, memory at rest, and time on one core.

Run by hand: `build/venv-models/bin/python models/compare.py`. Every figure is taken in a process of its own, without
ONNX Runtime's arena and with one thread, as Lince runs it; the best of several rounds counts for times.
"""

import argparse
import ctypes
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import time

import numpy as np
import onnx
import onnxruntime

import graph

HERE = pathlib.Path(__file__).resolve().parent
PREPARED = HERE / "prepared"
SHAPES = {"detector": (1, 3, 736, 480), "recogniser": (1, 3, 48, 400), "direction": (1, 3, 48, 192)}
LEVELS = {
    "none": onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL,
    "basic": onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC,
    "extended": onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED,
    "all": onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL,
}


def resident_kib() -> int:
    """Resident memory of this process that no file backs, after returning what is free."""
    ctypes.CDLL(None).malloc_trim(0)
    status = pathlib.Path("/proc/self/status").read_text()
    return int(re.search(r"RssAnon:\s+(\d+)", status).group(1))


def options_for(level: str) -> onnxruntime.SessionOptions:
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = LEVELS[level]
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.enable_mem_pattern = False
    options.log_severity_level = 3
    return options


def measure(path: str, level: str, entries: dict[str, str], name: str, rounds: int) -> dict[str, float]:
    """One process's figures: loads `path`, runs it `rounds` times."""
    image = np.random.default_rng(7).standard_normal(SHAPES[name], dtype=np.float32)
    onnxruntime.InferenceSession(str(PREPARED / "direction.onnx"), options_for("none"))
    before = resident_kib()
    options = options_for(level)
    for key, value in entries.items():
        options.add_session_config_entry(key, value)
    start = time.perf_counter()
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    start_ms = (time.perf_counter() - start) * 1000
    rest = resident_kib() - before
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        session.run(None, {"x": image})
        times.append((time.perf_counter() - start) * 1000)
    return {"start_ms": start_ms, "rest_mib": rest / 1024, "after_mib": (resident_kib() - before) / 1024,
            "run_ms": min(times)}


def variants(name: str, folder: pathlib.Path) -> list[tuple[str, str, str, dict[str, str]]]:
    """(label, file, level to load with, session entries) of every form of one model."""
    plain = PREPARED / f"{name}.onnx"
    fused = folder / f"{name}.gelu.onnx"
    model = onnx.load(plain)
    graph.fuse_gelu(model)
    graph.drop_unused_initialisers(model)
    onnx.save(model, fused)
    found = [(f"onnx, optimised at start: {level}", str(plain), level, {}) for level in LEVELS]
    found.append(("onnx with Gelu nodes, at start: all", str(fused), "all", {}))
    no_prepack = {"session.disable_prepacking": "1"}
    found.append(("onnx, at start: all, weights not packed", str(plain), "all", no_prepack))
    for level in ("basic", "extended", "all"):
        for suffix in ("onnx", "ort"):
            path = folder / f"{name}.{level}.{suffix}"
            options = options_for(level)
            options.optimized_model_filepath = str(path)
            if suffix == "ort":
                options.add_session_config_entry("session.save_model_format", "ORT")
            onnxruntime.InferenceSession(str(plain), options, providers=["CPUExecutionProvider"])
            found.append((f"{suffix}, optimised ahead: {level}", str(path), "none", {}))
            if suffix == "ort":
                direct = {"session.use_ort_model_bytes_directly": "1",
                          "session.use_ort_model_bytes_for_initializers": "1"}
                found.append((f"{suffix}, optimised ahead: {level}, from mapped bytes", str(path), "none", direct))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=12)
    parser.add_argument("--one", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        print(json.dumps(measure(*json.loads(arguments.one), arguments.rounds)))
        return
    print("| model | form | file MiB | start ms | at rest MiB | after a run MiB | run ms |")
    print("| --- | --- | --: | --: | --: | --: | --: |")
    with tempfile.TemporaryDirectory() as folder:
        for name in SHAPES:
            for label, path, level, entries in variants(name, pathlib.Path(folder)):
                request = json.dumps([path, level, entries, name])
                command = [sys.executable, __file__, "--rounds", str(arguments.rounds), "--one", request]
                answers = []
                for _ in range(3):
                    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
                    answers.append(json.loads(output.splitlines()[-1]))
                best = {key: min(answer[key] for answer in answers) for key in answers[0]}
                size = pathlib.Path(path).stat().st_size / 2**20
                print(f"| {name} | {label} | {size:.1f} | {best['start_ms']:.0f} | {best['rest_mib']:.1f} "
                      f"| {best['after_mib']:.1f} | {best['run_ms']:.1f} |", flush=True)


if __name__ == "__main__":
    main()
