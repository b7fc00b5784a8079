"""Layouts from outside: the guide's own example works, errors name line and column, pages give records."""

import csv
import io
import json
import os
import re
import subprocess
import zipfile
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
        ('{"name": "x", "fields": {"a": {"type": "money", "labels": ["(a|b [c])"]}}}', "1:60: ", "has another inside"),
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


def test_csv_with_what_the_messenger_told(tmp_path):
    image = tmp_path / "20990102-C--111222333@lid_Zoe_09-15.jpg"
    image.with_suffix(".metadata.json").write_text(json.dumps({"caption": 'va, "todo" 🎉', "numero_llegada": 4}))
    page = tmp_path / "page.ndjson"
    page.write_text(json.dumps({"file": str(image), **block("page")}) + "\n")
    done = run("fields", "-f", "csv", "--messenger", page)
    assert done.returncode == 0, done.stderr
    row = next(csv.DictReader(io.StringIO(done.stdout)))
    assert row["monto"] == "1234.50" and row["cedula"] == "V12345678"
    assert row["sender_id"] == "111222333@lid" and row["sender_name"] == "Zoe" and row["sent_time"] == "09-15"
    assert row["caption"] == 'va, "todo" 🎉' and row["arrival_number"] == "4"
    assert row["needs_review"] == "true" and "missing:referencia" in row["review_reasons"]


def test_csv_for_a_spreadsheet_that_speaks_spanish(page):
    done = run("fields", "-f", "csv", "--decimal-comma", "--bom", page)
    assert done.stdout.startswith("\ufefffile;tipo;monto;") and ";1234,50;" in done.stdout


def test_a_workbook_holds_typed_cells(page, tmp_path):
    path = tmp_path / "records.xlsx"
    assert run("fields", "-f", "xlsx", "-o", path, page).returncode == 0
    with zipfile.ZipFile(path) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        links = book.read("xl/worksheets/_rels/sheet1.xml.rels").decode()
    assert "<v>1234.5</v>" in sheet and "V12345678" in sheet
    assert "aurora.jpg" in links
    assert run("fields", "-f", "xlsx", page).returncode == 2


def test_the_earlier_services_form(page, tmp_path):
    path = tmp_path / "all.json"
    pages = tmp_path / "two.ndjson"
    pages.write_text(page.read_text() * 2)
    assert run("fields", "-f", "consolidated", "-o", path, pages).returncode == 0
    whole = json.loads(path.read_text())
    assert whole["metadata"]["total_archivos"] == 2
    first, second = whole["archivos_procesados"]
    assert first["monto"] == "1234.50" and first["datosbeneficiario"]["banco_destino"] == "BANCO MERCANTIL"
    assert first["pago_fecha"] == "03/01/2024" and first["caption"] == ""
    assert (first["numero_llegada"], second["numero_llegada"]) == (1, 2)


def test_an_output_that_cannot_be_written_is_74(page):
    assert run("fields", "-o", "/nowhere/at/all", page).returncode == 74
    with open("/dev/full", "w") as full:
        done = subprocess.run([PROGRAM, "fields", str(page)], stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 74
