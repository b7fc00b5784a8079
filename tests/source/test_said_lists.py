"""Each list of words of the languages is in the schema, in the manual, and in the file that is built in."""

import json
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = (ROOT / "src/fields/countries/said.c").read_text(encoding="utf-8")
FORMS = {"SAID_FOLDED": "folded", "SAID_PRINTED": "printed", "SAID_WORDS": "words"}
LISTS = {name: FORMS[form] for name, form in re.findall(r'\[SAID_[A-Z_]+\] = \{"([a-z_]+)", (SAID_[A-Z]+)\}', SOURCE)}


def described():
    """The lists of the table of docs/layouts.md, and how each is compared."""
    text = (ROOT / "docs/layouts.md").read_text(encoding="utf-8")
    rows = text[text.index("| words | compared |") :].split("\n\n")[0].splitlines()[2:]
    cells = [row.strip("|").split("|") for row in rows]
    return {name: cell[1].strip() for cell in cells for name in re.findall(r"`([a-z_]+)`", cell[0])}


def test_every_list_is_in_the_manual_with_how_it_is_compared():
    assert len(LISTS) > 20
    assert described() == LISTS


def test_every_list_is_in_the_schema():
    schema = json.loads((ROOT / "countries/country.schema.json").read_text(encoding="utf-8"))
    languages = schema["oneOf"][1]["properties"]["languages"]["additionalProperties"]
    assert set(languages["properties"]["words"]["properties"]) == set(LISTS)


def test_every_list_has_words():
    languages = json.loads((ROOT / "countries/languages.json").read_text(encoding="utf-8"))["languages"]
    given = {name for language in languages.values() for name in language.get("words", {})}
    assert given == set(LISTS)


def test_words_say_one_thing_once():
    languages = json.loads((ROOT / "countries/languages.json").read_text(encoding="utf-8"))["languages"]
    twice = [
        (code, name, text)
        for code, language in languages.items()
        for name, texts in language.get("words", {}).items()
        for text in texts
        if texts.count(text) > 1
    ]
    assert twice == []
