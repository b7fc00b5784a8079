"""Layouts from outside: the guide's own example works, errors name line and column, pages give records."""

import json
import os
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "layouts.md"
PROGRAM = os.environ.get("LINCE_PROGRAM", str(ROOT / "build" / "release" / "lince"))


def run(*arguments, **options):
    environment = {**os.environ, "LINCE_LANG": "en"}
    environment.pop("LINCE_LAYOUTS", None)
    return subprocess.run(
        [PROGRAM, *map(str, arguments)], capture_output=True, text=True, check=False, env=environment, **options
    )


def block(name):
    return json.loads(re.search(rf"```json {name}\n(.*?)```", GUIDE.read_text(), re.S).group(1))


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "aurora.ndjson"
    path.write_text(json.dumps({"file": "aurora.jpg", **block("page")}) + "\n")
    return path


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "layouts"
    folder.mkdir()
    layout = block("layout")
    layout["examples"] = [{"page": block("page"), "fields": block("fields")}]
    (folder / "aurora.json").write_text(json.dumps(layout, indent=2))
    return folder


def test_the_generic_layout_misses_what_the_guide_says(page):
    record = json.loads(run("fields", page).stdout)
    assert record["layout"] is None and record["rules"] == "pago"
    assert "referencia" not in record["fields"] and "missing:referencia" in record["review_reasons"]


def test_the_guides_layout_is_valid_and_its_example_comes_out(folder):
    assert run("layouts", "check", folder / "aurora.json").returncode == 0
    tested = run("layouts", "test", "--layouts", folder, "aurora")
    assert tested.returncode == 0, tested.stderr
    assert tested.stdout == "1 examples, 0 wrong\n"


def test_the_guides_fields_come_from_its_page(page, folder):
    record = json.loads(run("fields", "--layouts", folder, page).stdout)
    assert record["layout"] == "aurora" and record["needs_review"] is False
    assert {name: field["value"] for name, field in record["fields"].items()} == block("fields")
    assert record["fields"]["referencia"]["box"] == [340, 240, 500, 262]
    assert record["fields"]["referencia"]["page_line"] == 6


def test_a_wrong_example_is_told(folder):
    path = folder / "aurora.json"
    path.write_text(path.read_text().replace('"1234.50"', '"9.99"'))
    tested = run("layouts", "test", "--layouts", folder, "aurora")
    assert tested.returncode == 1 and "monto is 1234.50, not 9.99" in tested.stderr


def test_new_drafts_a_layout_that_works(page, tmp_path):
    drafted = run("layouts", "new", page, "-n", "aurora", "-a", "2,3", "-f", "monto=4,referencia=6,beneficiario=8")
    assert drafted.returncode == 0, drafted.stderr
    layout = json.loads(drafted.stdout)
    assert layout["fields"]["referencia"]["labels"] == ["Sello"]
    assert [anchor["text"] for anchor in layout["recognise"]["anchors"]] == ["Banco Aurora", "Envío realizado"]
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "aurora.json").write_text(drafted.stdout)
    record = json.loads(run("fields", "--layouts", tmp_path / "mine", page).stdout)
    assert record["fields"]["referencia"]["value"] == "000912345678"


def test_new_asks(page):
    answers = "aurora\n2,3\n4\n6\n\n\n\n\n\n\n\n\n\n"
    drafted = run("layouts", "new", page, input=answers)
    assert drafted.returncode == 0, drafted.stderr
    assert json.loads(drafted.stdout)["fields"] == {
        "monto": {"labels": ["Entregaste"]},
        "referencia": {"labels": ["Sello"]},
    }


def test_explain_names_the_winner_and_draws(page, folder, tmp_path):
    explained = run("layouts", "explain", "--layouts", folder, "--picture", tmp_path / "why.svg", page)
    assert explained.returncode == 0, explained.stderr
    assert re.search(r"^referencia .*\n  \* .*= 000912345678", explained.stdout, re.M)
    assert (tmp_path / "why.svg").read_text().endswith("</svg>\n")


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        ('{"name": "x",\n "fields": {,}}', "2:", ""),
        ('{"name": "x",\n "fields": {"a": {"type": "mony"}}}', "2:27: ", '"mony" is none of: money'),
        ('{"name": "x",\n "fields": {"a": {"type": "money", "labls": []}}}', "2:45: ", '"labls" is not known'),
        ('{"name": "x",\n "fields": {"a": {"type": "money",\n  "pattern": "("}}}', "3:14: ", "pattern is not valid"),
        ('{"name": "x", "extends": "nobody", "fields": {}}', "1:26: ", 'no layout "nobody"'),
        ('{"name": "x", "fields": {"a": {"type": "money", "labels": ["(a"]}}}', "1:60: ", "bracket is not closed"),
        ('{"name": "x", "extends": "pago",\n "fields": {"new": {}}}', "2:20: ", '"new" needs a "type"'),
        ('{"fields": {}}', "1:1: ", '"name" is missing'),
        ('{"name": "x", "name": "y", "fields": {}}', "1:", ""),
    ],
)
def test_check_names_line_and_column(tmp_path, text, place, reason):
    path = tmp_path / "wrong.json"
    path.write_text(text)
    checked = run("layouts", "check", path)
    assert checked.returncode == 1
    assert f"{path}:{place}" in checked.stderr and reason in checked.stderr


def test_a_hostile_pattern_is_bounded(page, tmp_path):
    (tmp_path / "slow").mkdir()
    layout = block("layout")
    layout["fields"]["beneficiario"]["pattern"] = "^(\\w+\\s?)*\\d$"
    (tmp_path / "slow" / "aurora.json").write_text(json.dumps(layout))
    record = json.loads(run("fields", "--layouts", tmp_path / "slow", page, timeout=10).stdout)
    assert "pattern:beneficiario" in record["review_reasons"]


def test_all_built_in_layouts_are_listed_and_shown():
    listed = run("layouts", "list").stdout
    for name in ("bdv", "bnc", "provincial", "mercantil", "pago", "tienda"):
        assert f"\n{name} " in "\n" + listed
        assert run("layouts", "show", name).stdout == (ROOT / "layouts" / f"{name}.json").read_text()


def test_lines_that_are_no_pages_are_told(tmp_path, page):
    path = tmp_path / "mixed.ndjson"
    path.write_text("no json\n{}\n" + page.read_text())
    done = run("fields", path)
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 1
    assert "line 1: not JSON" in done.stderr and "line 2" in done.stderr


def test_an_unknown_layout_is_told(page):
    done = run("fields", "--layout", "nobody", page)
    assert done.returncode == 2 and 'no layout "nobody"' in done.stderr
