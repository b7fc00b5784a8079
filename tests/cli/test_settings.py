"""The engine's settings: from flags, the environment and a file, the same for `lince read` and `lince serve`."""

import re
import subprocess

import pytest
from conftest import PROGRAM, ROOT, environment

WORD = ROOT / "tests/data/word/word.png"
RUNTIME = (
    "runtime-memory-pattern",
    "runtime-cpu-arena",
    "runtime-arena-extend",
    "runtime-execution",
    "runtime-inter-op-threads",
    "runtime-intra-op-threads",
    "runtime-spinning",
)


def run(*arguments, **changes):
    return subprocess.run(
        [PROGRAM, *map(str, arguments)], env=environment(**changes), capture_output=True, text=True, timeout=120
    )


def settings(*arguments, **changes):
    """Name, value and source of every line of `lince memory settings`."""
    lines = run("memory", "settings", *arguments, **changes).stdout.splitlines()
    return {name: (value, source) for name, value, source in (line.split(maxsplit=3)[:3] for line in lines)}


def test_the_runtime_is_as_it_was_measured_unless_told_otherwise():
    found = settings()
    assert [found[name][0] for name in RUNTIME] == ["off", "off", "as-requested", "sequential", "1", "0", "off"]
    assert found["memory-cleanup"][0] == "70%"


def test_the_plan_is_of_the_models_that_are_read_with(tmp_path):
    empty = tmp_path / "models"
    empty.mkdir()
    for options, changes in ((("--model", "fast"), {}), ((), {"LINCE_MODEL": "fast"})):
        plan = run("memory", "plan", "--models", empty, *options, **changes)
        assert plan.returncode == 69 and "detector.int8.onnx" in plan.stderr
    assert run("memory", "plan", "--model", "best").returncode == 2
    assert run("layouts", "explain", WORD, LINCE_MODELS=str(empty), LINCE_MODEL="fast").stderr.count("int8") == 1


def test_each_setting_is_told_once_in_columns():
    lines = run("memory", "settings", LINCE_LANG="es").stdout.splitlines()
    names = [line[:34].strip() for line in lines]
    assert len(names) == len(set(names)) and "model" in names and "read --model" not in names
    assert "serve --listen" not in names and "worker --memory" not in names
    assert all(line[62] == " " and line[63] != " " for line in lines if "por defecto" in line)


def test_lince_config_prints_meaning_value_and_source():
    shown = run("config", "--runtime-spinning", "on", LINCE_RUNTIME_CPU_ARENA="on").stdout
    assert re.search(r"^; whether threads .*\(flag\)\nruntime-spinning = on$", shown, re.MULTILINE)
    assert re.search(r"^; .*\(environment\)\nruntime-cpu-arena = on$", shown, re.MULTILINE)
    assert all(f"\n{name} = " in shown for name in (*RUNTIME, "memory-cleanup", "memory"))


def test_a_flag_goes_before_the_environment_and_that_before_the_file(tmp_path):
    file = tmp_path / "lince.ini"
    file.write_text("listen = 127.0.0.1:9\nmemory-cleanup = 60%\n[serve]\nruntime-spinning = on\n[read]\nworkers = 2\n")
    assert settings(LINCE_CONFIG=str(file))["memory-cleanup"] == ("60%", "file")
    assert settings(LINCE_CONFIG=str(file))["runtime-spinning"][0] == "off"  # of the service alone
    assert settings(LINCE_CONFIG=str(file), LINCE_MEMORY_CLEANUP="50")["memory-cleanup"] == ("50", "environment")
    file.write_text("[read]\nruntime-execution = sideways\n")
    wrong = run("read", "--config", file, WORD)
    assert wrong.returncode == 2
    assert "line 2" in wrong.stderr and "sequential|parallel" in wrong.stderr
    assert run("read", "--config", file, "--memory-cleanup", "0%", WORD).returncode == 2
    assert run("read", "--config", tmp_path / "none", WORD).returncode == 69


# Not marked concurrent: the runtime's own threads meet through atomic operations, which ThreadSanitizer does not see in
# a library that was not built for it.
@pytest.mark.parametrize(
    "options",
    [
        ("--runtime-memory-pattern", "on"),
        ("--runtime-cpu-arena", "on"),
        ("--runtime-arena-extend", "power-of-two"),
        ("--runtime-execution", "parallel", "--runtime-inter-op-threads", "2"),
        ("--runtime-intra-op-threads", "2", "--runtime-spinning", "on"),
    ],
    ids=lambda options: options[0],
)
def test_the_text_is_the_same_under_every_setting(options):
    memory = ("-m", "0", "-j", "1", "-q")
    done = run("read", *memory, *options, WORD, WORD)
    assert done.returncode == 0, done.stderr
    assert done.stdout == run("read", *memory, WORD, WORD).stdout


def test_the_runtime_says_what_it_cannot_take():
    wrong = run("read", "--runtime-inter-op-threads", "0", WORD)
    assert wrong.returncode == 2
    assert "1 to 256" in wrong.stderr


def test_the_models_are_chosen_by_name(tmp_path):
    assert settings()["model"][0] == "auto"
    assert run("read", "--model", "sideways", WORD).returncode == 2
    assert run("read", "--model", "accurate", WORD).stdout.strip()
    missing = run("read", "--model", "fast", "--models", tmp_path, WORD)
    assert missing.returncode == 69 and "detector.int8.onnx" in missing.stderr
