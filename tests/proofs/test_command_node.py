"""Lince in n8n's node "Execute Command": the commands of docs/n8n.md, and what the node hands on."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import drawn
import pytest
from conftest import PROGRAM, ROOT

STEP = re.compile(r"```console\n(.*?)```", re.DOTALL)


@pytest.fixture
def node(tmp_path):
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "lince").symlink_to(PROGRAM.resolve())
    environment = os.environ | {"PATH": f"{folder}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8"}

    def call(command: str) -> dict:
        script = Path(__file__).with_name("command_node.mjs")
        done = subprocess.run(["node", script, command], capture_output=True, cwd=tmp_path, env=environment, check=True)
        return json.loads(done.stdout)

    return call


@pytest.mark.parametrize("page", ["n8n.md", "n8n.es.md"])
def test_the_commands_of_the_page(node, tmp_path, page):
    shutil.copy(ROOT / "examples" / "04-light-card-recompressed.jpg", tmp_path / "receipt.jpg")
    shutil.copy(tmp_path / "receipt.jpg", tmp_path / "it's a receipt.jpg")
    commands = STEP.findall((ROOT / "docs" / page).read_text())
    assert len(commands) >= 3
    for command in commands:
        told = node(command)
        assert (told["exitCode"], told["error"]) == (0, False), told
        if "ndjson" in command and "-o" not in command.split():
            assert json.loads(told["stdout"])["lines"]


def test_a_failure_is_one(node, tmp_path):
    (tmp_path / "notes.txt").write_text("no picture")
    told = node("lince read -f ndjson notes.txt")
    assert told["error"] and told["exitCode"] == 1
    assert json.loads(told["stdout"])["error"]["code"] == "unknown_format"
    told = node("lince read missing.png")
    assert told["error"] and told["stdout"] == "" and "missing.png" in told["stderr"]


def test_nothing_but_the_result_is_on_the_outputs(node, tmp_path):
    """No bar, no colours, and no message where all went well."""
    shutil.copy(ROOT / "examples" / "04-light-card-recompressed.jpg", tmp_path / "receipt.jpg")
    told = node("lince read receipt.jpg")
    assert told["stderr"] == "" and "\x1b" not in told["stdout"] and told["stdout"]


def test_long_output_goes_through_a_file(node, tmp_path):
    """The node ends a command that prints more than 1 MB; a file has no such limit."""
    names = " ".join(f"{number}.png" for number in range(24))
    drawn.page("L").save(tmp_path / "0.png")
    for number in range(1, 24):
        shutil.copy(tmp_path / "0.png", tmp_path / f"{number}.png")
    assert node(f"lince read -f ndjson --letters {names}")["error"]
    told = node(f"lince read -f ndjson --letters -o all.ndjson {names}")
    assert (told["exitCode"], told["stdout"]) == (0, "")
    text = (tmp_path / "all.ndjson").read_bytes()
    assert len(text) > 1 << 20 and len(text.splitlines()) == 24
