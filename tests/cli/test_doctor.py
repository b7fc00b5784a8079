"""`lince doctor`: its findings are true."""

import os
import re
import shutil
import subprocess
from pathlib import Path

PROGRAM = os.environ["LINCE_PROGRAM"]
MODELS = Path(os.environ["LINCE_MODELS"])


def doctor(*arguments, **changes):
    environment = {
        key: value for key, value in os.environ.items() if not key.startswith("LINCE_") or key == "LINCE_MODELS"
    }
    return subprocess.run(
        [PROGRAM, "doctor", *map(str, arguments)],
        env=environment | {"LINCE_LANG": "en"} | changes,
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_it_names_processor_loops_memory_and_models(tmp_path):
    seen = doctor(LINCE_DATA=str(tmp_path), LINCE_MEMORY="123MB")
    assert seen.returncode == 0
    assert re.search(r"^processor +\w+,.*; \d+ cores$", seen.stdout, re.MULTILINE)
    speeds = re.findall(r"([\d.]+) GMAC/s in integers, +([\d.]+) in floats", seen.stdout)
    assert speeds
    if not os.environ.get("LINCE_SANITIZER"):  # with which a loop may be too slow for a digit
        assert all(float(number) > 0 for pair in speeds for number in pair)
    assert seen.stdout.count("(used)") == 1
    assert "123MB" in seen.stdout and re.search(rf"^data +{tmp_path}, .* free$", seen.stdout, re.MULTILINE)
    assert "direction." in seen.stdout and "MISSING" not in seen.stdout


def test_which_models_and_why(tmp_path):
    shutil.copytree(MODELS, tmp_path / "models", ignore=shutil.ignore_patterns("*.int8.*"))
    floats = doctor("--models", tmp_path / "models")
    assert "accurate: that folder has no prepared integer models" in floats.stdout and floats.returncode == 0
    fast = doctor("--models", tmp_path / "models", "--model", "fast")
    assert "fast: as --model says" in fast.stdout and "detector.int8.onnx  MISSING" in fast.stdout
    assert fast.returncode == 69
    assert doctor("--models", tmp_path / "none").returncode == 69
    assert doctor("--model", "sideways").returncode == 2


def test_it_speaks_spanish():
    assert "procesador" in doctor(LINCE_LANG="es").stdout
