"""The flows of docs/n8n.md: each command is run exactly as written, and the answer must be the one below it."""

import json
import os
import re
import shutil
import subprocess
import time

import pytest
from served import ROOT, SLOW

CARD = ROOT / "examples" / "04-light-card-recompressed.jpg"
STEP = re.compile(r"```sh\n(.*?)```\s*```json\n(.*?)```", re.DOTALL)


def agrees(told, given, where=""):
    """Asserts that what is told was given; a text with an ellipsis stands for any, a fraction for any number."""
    if isinstance(told, dict):
        for name, value in told.items():
            assert name in given, f"{where}: no {name} in {given}"
            agrees(value, given[name], f"{where}.{name}")
    elif isinstance(told, list):
        assert len(given) == len(told), where
        for index, value in enumerate(told):
            agrees(value, given[index], f"{where}[{index}]")
    elif isinstance(told, str) and "…" in told:
        assert given.startswith(told[: told.index("…")]), where
    elif isinstance(told, float) and told not in (0.0, 1.0):
        assert isinstance(given, float) and 0 < given < 60 * SLOW, where
    elif where.endswith((".total_words", ".total_cleaned")):
        assert given > 0, where
    else:
        assert given == told, where


def run(command, service, folder, batch):
    environment = {**os.environ, "LINCE": service.address, "BATCH": batch}
    done = subprocess.run(["bash", "-c", command], cwd=folder, env=environment, capture_output=True, check=True)
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", ["n8n.md", "n8n.es.md"])
def test_the_flows_work_as_they_are_described(start, name, tmp_path):
    service = start("--workers", "1").ready()
    shutil.copy(CARD, tmp_path / "receipt.jpg")
    steps = STEP.findall((ROOT / "docs" / name).read_text())
    assert len(steps) == 13
    batch = ""
    for command, answer in steps:
        told = json.loads(answer)
        given = run(command, service, tmp_path, batch)
        deadline = time.monotonic() + 30 * SLOW
        while told.get("progress") == 1.0 and given["progress"] != 1.0 and time.monotonic() < deadline:
            time.sleep(0.1)
            given = run(command, service, tmp_path, batch)
        agrees(told, given, command)
        batch = given["id"] if given.get("id", "").startswith("batch_") else batch


def test_both_languages_describe_the_same_flows():
    assert STEP.findall((ROOT / "docs/n8n.md").read_text()) == STEP.findall((ROOT / "docs/n8n.es.md").read_text())
