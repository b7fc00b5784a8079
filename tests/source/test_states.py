"""The words that statements of SQL spell out for a state or a choice stand in the tables of src/store/states."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src"
TABLE = re.compile(r"^static const char \*const (\w+)\[\w+\] = \{(.*?)\};", re.MULTILINE | re.DOTALL)
# In a statement, its pieces joined: a column compared with, or set to, one word or a list of them.
JOINT = re.compile(r'"\s*"')
COLUMN = r"\b(?:\w\.)?(status|state|origin|action|duplicate_kind|kind|how)\s*"
COMPARED = re.compile(COLUMN + r"(?:=|<>|(?:NOT )?IN \()((?:'\w+',?\s*)+)")
# What is inserted: the columns, and the values or what a SELECT gives for them.
INSERTED = re.compile(r"INSERT INTO \w+ \(([\w, ]+)\)\s*(?:VALUES \(|SELECT )((?:'[^']*'|[^'\"])*)")
# Which table's words a column has, by the file or its folder for the columns that several tables share.
COLUMNS = {
    "status": {"statuses"},
    "origin": {"origins"},
    "action": {"actions"},
    "duplicate_kind": {"duplicate_kinds"},
    "state": {"batch_states"},
    "kind": {"party_facts"},
    "how": {"party_uses"},
}
SHARED = {
    "webhooks.c": {"state": {"delivery_states"}},
    "events.c": {"state": {"delivery_states", "batch_states"}},
    "reconcile": {"state": {"item_states"}, "how": {"item_hows"}, "kind": {"decision_kinds"}},
}


def tables():
    text = (SOURCE / "store/states/states.c").read_text(encoding="utf-8")
    return {name: set(re.findall(r'"(\w+)"', words)) for name, words in TABLE.findall(text)}


def literals(text):
    """The column and the word, or words, wherever a statement compares, sets or inserts them."""
    yield from COMPARED.findall(text)
    for columns, values in INSERTED.findall(text):
        # Nothing that is inserted beside a word has a comma of its own before it.
        for column, value in zip(columns.split(","), values.split(","), strict=False):
            if word := re.match(r"\s*('\w*')(?:\)|\s|$)", value):
                yield column.strip(), word[1]


def strangers(path, text, known):
    """Words of the statements in a file that are in no table."""
    found = []
    shared = SHARED.get(path.name) or SHARED.get(path.parent.name, {})
    for column, words in literals(JOINT.sub("", text)):
        wanted = shared.get(column) or COLUMNS.get(column, set())
        allowed = set().union(*(known[table] for table in wanted))
        found += [
            f"{path.name}: {column} {word}" for word in re.findall(r"\w+", words) if wanted and word not in allowed
        ]
    return found


@pytest.mark.parametrize(
    "path",
    sorted(path.relative_to(SOURCE) for path in SOURCE.rglob("*") if path.suffix in (".c", ".sql")),
    ids=str,
)
def test_statements_name_states_that_exist(path):
    assert strangers(path, (SOURCE / path).read_text(encoding="utf-8"), tables()) == []


def test_a_word_that_is_no_state_is_seen():
    text = "\"UPDATE documents SET status='lost' WHERE status IN ('held',\"\n \" 'asleep') AND d.state='open'\""
    assert strangers(Path("a.c"), text, tables()) == ["a.c: status lost", "a.c: status asleep"]
    text = "\"INSERT INTO corrections (seq, action, why)\"\n \" SELECT ?1, 'forget', 'wrong'\""
    assert strangers(Path("a.c"), text, tables()) == ["a.c: action forget"]
    assert strangers(Path("a.c"), "\"kind='id' AND how='guessed'\"", tables()) == ["a.c: how guessed"]
    assert strangers(Path("reconcile/a.c"), "\"state='open' OR state='matched'\"", tables()) == ["a.c: state open"]


def test_a_state_is_compared_as_a_number_outside_the_store():
    """No strcmp with the name of a state: the enum is there for it."""
    words = set().union(*(words for name, words in tables().items() if name != "actions"))
    compared = re.compile(r'strcmp\([\w.>\[\]-]*(?:status|state|origin)[\w.>\[\]-]*, "(\w+)"\)')
    found = {
        f"{path.name}: {word}"
        for path in SOURCE.rglob("*.c")
        for word in compared.findall(path.read_text(encoding="utf-8"))
        if word in words
    }
    assert found == set()
