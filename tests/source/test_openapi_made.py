"""The script that makes the API document: what it takes from the code, and what it refuses."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROUTES, HANDLER = "src/serve/v1/routes.c", "src/serve/v1/v1_several.c"
PARTS = "src/serve/v1/openapi"


@pytest.fixture
def tree(tmp_path):
    """The files that the script reads, to be changed."""
    shutil.copytree(ROOT / "src/serve", tmp_path / "src/serve")
    for file in ("scripts/openapi", "docs/memory-report.schema.json"):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / file, tmp_path / file)
    return tmp_path


def change(tree, file, old, new):
    path = tree / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def make(tree):
    out = tree / "openapi.json"
    done = subprocess.run([sys.executable, tree / "scripts/openapi", out], capture_output=True, text=True, timeout=60)
    assert done.returncode == (0 if out.exists() else 1)
    return json.loads(out.read_text(encoding="utf-8")) if out.exists() else done.stderr


def test_query_scope_and_failures_come_from_the_code(tree):
    change(tree, ROUTES, '"layout corrections why"', '"layout corrections"')
    change(tree, ROUTES, '"/v1/memory", SCOPE_READ', '"/v1/memory", SCOPE_ADMIN')
    document = make(tree)
    reread = document["paths"]["/v1/documents/{id}/reread"]["post"]
    assert [parameter["name"] for parameter in reread["parameters"]] == ["id", "layout", "corrections"]
    assert document["paths"]["/v1/memory"]["get"]["description"].startswith("Scope: admin.")
    patch = document["paths"]["/v1/documents/{id}"]["patch"]
    assert {"200", "400", "401", "404", "412", "413", "415", "422", "428", "507"} <= set(patch["responses"])
    assert document["paths"]["/livez"]["get"]["security"] == []


def test_a_problem_that_a_handler_gains_is_described(tree):
    (name,) = [file for file in (tree / "src/serve/v1").glob("*.c") if "void memory_get(" in file.read_text()]
    change(tree, name.relative_to(tree), "void memory_get(struct request *request) {",
           "void memory_get(struct request *request) {\n    (void)PROBLEM_CONFLICT;")  # fmt: skip
    assert "409" in make(tree)["paths"]["/v1/memory"]["get"]["responses"]


@pytest.mark.parametrize(
    ("file", "old", "new", "named"),
    [
        (ROUTES, '"/v1/memory"', '"/v1/memories"', "GET /v1/memories"),
        (f"{PARTS}/operations.json", '"GET /v1/memory"', '"GET /v1/memories"', "GET /v1/memories"),
        (ROUTES, '"layout corrections why"', '"layout corrections motive"', "motive"),
        (ROUTES, "memory_get,", "memory_got,", "memory_got"),
        (f"{PARTS}/operations.json", '"summary"', '"sumary"', "sumary"),
        (f"{PARTS}/schemas.json", '"DocumentList":', '"DocumentsList":', "DocumentList"),
    ],
)
def test_what_does_not_agree_is_refused_by_name(tree, file, old, new, named):
    change(tree, file, old, new)
    assert named in make(tree)
