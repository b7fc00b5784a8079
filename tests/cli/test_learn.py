"""`lince learn` on files: what it proposes, keeps, leaves alone and takes back."""

import json
import os
import subprocess
import sys
from pathlib import Path

from conftest import whole_pages

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from receipts import apps_learned, learn  # noqa: E402

PROGRAM = os.environ["LINCE_PROGRAM"]


def lince(*arguments, **more):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, timeout=120, **more)


def known(path, app, count):
    pages = [apps_learned.page_of(app, index) for index in range(count)]
    path.write_text("".join(json.dumps(page | {"right": right}) + "\n" for page, right in pages))
    return path


@whole_pages
def test_three_corrections_teach_and_nothing_else_changes():
    shares = learn.run(PROGRAM, [0, 1, 3, 12, 21, 28], show=False)
    assert shares[0] < 70
    assert shares[1] >= 85 and shares[3] >= 90, shares


def test_nothing_is_kept_unless_it_is_accepted(tmp_path):
    folder, pages = tmp_path / "layouts", known(tmp_path / "known.ndjson", 2, 2)
    folder.mkdir()
    seen = lince("learn", "--layouts", folder, pages)
    assert seen.returncode == 0 and "better" in seen.stdout and list(folder.iterdir()) == []
    (proposal,) = json.loads(lince("learn", "--layouts", folder, "--json", pages).stdout)
    name = proposal["name"]
    assert lince("learn", "--layouts", folder, "--accept", name, pages).returncode == 0
    layout = json.loads((folder / f"{name}.json").read_text())
    assert layout == proposal["layout"] and layout["learned"]
    assert lince("layouts", "check", folder / f"{name}.json").returncode == 0
    assert "nothing to learn" in lince("learn", "--layouts", folder, pages).stdout
    assert lince("learn", "--layouts", folder, "--undo", name).returncode == 0
    assert list(folder.glob("*.json")) == []
    assert lince("learn", "--layouts", folder, "--undo", name).returncode == 1


def test_a_correction_of_its_pages_makes_the_layout_anew_and_undo_brings_the_former_back(tmp_path):
    folder = tmp_path / "layouts"
    folder.mkdir()
    lince("learn", "--layouts", folder, "--accept-safe", known(tmp_path / "one.ndjson", 0, 1))
    (file,) = folder.glob("*.json")
    former = json.loads(file.read_text())
    former["fields"]["referencia"]["labels"] = ["Ninguna"]  # as a person might spoil it
    file.write_text(json.dumps(former))
    # Only the second page is given: the first one is among the layout's examples.
    page, right = apps_learned.page_of(0, 7)
    (tmp_path / "two.ndjson").write_text(json.dumps(page | {"right": right}) + "\n")
    command = ("learn", "--layouts", folder, "--accept-safe", "--json", tmp_path / "two.ndjson")
    (proposal,) = json.loads(lince(*command).stdout)
    assert proposal["replaces"] == proposal["name"] == former["name"] and proposal["accepted"]
    assert len(proposal["documents"]) == 2
    now = json.loads(file.read_text())
    assert now["fields"]["referencia"]["labels"] != ["Ninguna"] and len(now["examples"]) == 2
    assert lince("learn", "--layouts", folder, "--undo", former["name"]).returncode == 0
    assert json.loads(file.read_text()) == former


def test_a_layout_that_a_person_wrote_is_not_overwritten(tmp_path):
    folder, pages = tmp_path / "layouts", known(tmp_path / "known.ndjson", 2, 2)
    folder.mkdir()
    (proposal,) = json.loads(lince("learn", "--layouts", folder, "--json", pages).stdout)
    own = {"name": proposal["name"], "extends": "pago", "fields": {}, "recognise": {"anchors": ["Nadie"]}}
    (folder / f"{proposal['name']}.json").write_text(json.dumps(own))
    (again,) = json.loads(lince("learn", "--layouts", folder, "--accept-safe", "--json", pages).stdout)
    assert again["name"] != proposal["name"] and again["accepted"]
    assert json.loads((folder / f"{proposal['name']}.json").read_text()) == own


def test_what_is_no_page_is_told(tmp_path):
    (tmp_path / "bad.ndjson").write_text("{}\n")
    assert lince("learn", tmp_path / "bad.ndjson").returncode == 1
    (tmp_path / "worse.ndjson").write_text("[]\n")
    assert "line 1" in lince("learn", tmp_path / "worse.ndjson").stderr
    assert lince("learn", tmp_path / "absent.ndjson").returncode == 1
    assert lince("learn", "--accept-safe", known(tmp_path / "k.ndjson", 2, 1)).returncode == 2
    assert lince("learn", "--layouts", tmp_path).returncode == 2
