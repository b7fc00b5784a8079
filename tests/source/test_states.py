"""The words that statements of SQL spell out for a state or a choice stand in the tables of src/store/states."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STORE = ROOT / "src/store"
TABLE = re.compile(r"^static const char \*const (\w+)\[\w+\] = \{(.*?)\};", re.MULTILINE | re.DOTALL)
# In a statement, its pieces joined: a column compared with, or set to, one word or a list of them.
JOINT = re.compile(r'"\s*"')
COLUMN = r"\b(?:\w\.)?(status|state|origin|action|duplicate_kind)\s*"
COMPARED = re.compile(COLUMN + r"(?:=|<>|(?:NOT )?IN \()((?:'\w+',?\s*)+)")
# Which table's words a column has, by the file for the columns that several tables share.
COLUMNS = {
    "status": {"statuses"},
    "origin": {"origins"},
    "action": {"actions"},
    "duplicate_kind": {"duplicate_kinds"},
}
STATES = {"webhooks.c": {"delivery_states"}, "events.c": {"delivery_states", "batch_states"}}


def tables():
    text = (STORE / "states/states.c").read_text(encoding="utf-8")
    return {name: set(re.findall(r'"(\w+)"', words)) for name, words in TABLE.findall(text)}


def strangers(name, text, known):
    """Words of the statements in a file that are in no table."""
    found = []
    for column, words in COMPARED.findall(JOINT.sub("", text)):
        wanted = COLUMNS.get(column) or STATES.get(name, {"batch_states"})
        allowed = set().union(*(known[table] for table in wanted))
        found += [f"{name}: {column} {word}" for word in re.findall(r"\w+", words) if word not in allowed]
    return found


@pytest.mark.parametrize("path", sorted(STORE.glob("*.c")), ids=lambda path: path.name)
def test_statements_name_states_that_exist(path):
    assert strangers(path.name, path.read_text(encoding="utf-8"), tables()) == []


def test_a_word_that_is_no_state_is_seen():
    text = "\"UPDATE documents SET status='lost' WHERE status IN ('held',\"\n \" 'asleep') AND d.state='open'\""
    assert strangers("a.c", text, tables()) == ["a.c: status lost", "a.c: status asleep"]


def test_a_state_is_compared_as_a_number_outside_the_store():
    """No strcmp with the name of a state: the enum is there for it."""
    words = set().union(*(words for name, words in tables().items() if name != "actions"))
    compared = re.compile(r'strcmp\([\w.>\[\]-]*(?:status|state|origin)[\w.>\[\]-]*, "(\w+)"\)')
    found = {
        f"{path.name}: {word}"
        for path in (ROOT / "src").rglob("*.c")
        for word in compared.findall(path.read_text(encoding="utf-8"))
        if word in words
    }
    assert found == set()
