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


READERS = [
    path
    for path in sorted((ROOT / "src/fields").rglob("*.c"))
    if path.parent.name not in ("countries", "layouts", "coded", "learn")
]
NAMES = re.compile(r"const char \*const (\w+) ?\[\w*\] = \{(.*?)\};", re.DOTALL)
COMPARED = re.compile(r'\b(?:scan_word|strn?casecmp|strncmp|memcmp|strstr)\([^;{]*?"((?:[^"\\]|\\.)*)"')
# The names of fields, types and reasons, which are not printed on pages; the names of universal time, which are a
# standard's and the same in every language.
IN_CODE = {"parts", "names"}
STANDARD = {"GMT", "UTC"}


def printed_words(text):
    """The literals that a source compares pages with."""
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    listed = [literal for name, body in NAMES.findall(text) if name not in IN_CODE for literal in literals(body)]
    return [word for word in [*listed, *COMPARED.findall(text)] if has_letter(word) and word not in STANDARD]


def literals(body):
    return re.findall(r'"((?:[^"\\]|\\.)*)"', body)


def has_letter(text):
    return re.search(r"[A-Za-z]", re.sub(r"\\x[0-9A-F]{2}|\\.", "", text)) is not None


def test_words_that_pages_print_are_data():
    found = {path.name: printed_words(path.read_text(encoding="utf-8")) for path in READERS}
    assert {name: words for name, words in found.items() if words} == {}


def test_words_in_code_would_be_found():
    assert printed_words('static const char *const firsts[] = {"hola", "-"};') == ["hola"]
    assert printed_words('bool hit = strncasecmp(text + at, "rif", 3) == 0;') == ["rif"]
    assert printed_words('bool hit = memcmp(text, "\\xC2\\xA9", 2) == 0; /* "hola" */') == []
