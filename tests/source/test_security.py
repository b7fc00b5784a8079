"""docs/security.md names a test for each line about what somebody may not do, and each of these tests is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def lines_of(text):
    """Rows of the table: who, may, may not, tests."""
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in text.splitlines() if line.startswith("| ")]
    return [tuple(row) for row in rows if row[0] != "who" and not row[0].startswith("---")]


def place_of(name):
    """Where a test that the document names stands: "http/test_scopes.py", "unit/table", "fuzz/fuzz_serve.c"."""
    folder, base = name.split("/")
    return ROOT / "tests" / folder / (f"test_{base}.c" if folder == "unit" else base)


LINES = lines_of((ROOT / "docs/security.md").read_text(encoding="utf-8"))


def test_the_table_is_found():
    assert len(LINES) > 12 and sum(bool(tests) for *_, tests in LINES) > 10


@pytest.mark.parametrize("line", LINES, ids=lambda line: line[0][:40])
def test_each_line_names_tests_that_are_there(line):
    _, may, may_not, tests = line
    named = re.findall(r"`([^`]+)`", tests)
    assert named or (may == "everything" and not may_not), "a line without a test"
    for name in named:
        path = place_of(name)
        assert path.is_file(), f"{name} is not there"
        text = path.read_text(encoding="utf-8")
        assert re.search(r"def test_|cmocka_unit_test|LLVMFuzzerTestOneInput", text), f"{name} tests nothing"
