"""Files have their own names and say them; functions begin with a noun of their file, folder or subject."""

import re
from pathlib import Path

import pytest
from calls import KEYWORDS, bare

SOURCE = Path(__file__).resolve().parents[2] / "src"
FUNCTION = re.compile(rf"^{KEYWORDS}(?!_Noreturn static)([a-z_][\w \*\n]*?)\b(\w+)\(([^;{{}}]*)\)\s*\{{", re.MULTILINE)
TYPE = re.compile(r"\b(?:struct|enum) (\w+)")
HANDLER = re.compile(r"BODY_\w+, (\w+),")
# Handlers are named after their paths, by the tables of routes.
HANDLERS = {
    name for table in SOURCE.glob("serve/*/*routes.c") for name in HANDLER.findall(table.read_text(encoding="utf-8"))
}
# Called in hundreds of places, where they read as a sentence; and what a folder calls its subject.
WELL_KNOWN = {"in_language", "answer_problem", "answer_failure", "answer_if_failed", "service_log"}
SUBJECTS = {"reconcile": "reconciliation"}
LEAST = 4  # letters in which two forms of a noun must agree: "statements" and "statement", "reduce" and "reducer"


def homonyms(paths):
    """Files of the same name in two folders."""
    homes = {}
    for path in paths:
        homes.setdefault(path.name, []).append(str(path))
    return [home for home in homes.values() if len(home) > 1]


def nouns(name):
    return set(name.removeprefix("lince_").split("_"))


def is_form_of(word, noun):
    word, noun = word.removesuffix("s"), noun.removesuffix("s")
    return word == noun or (min(len(word), len(noun)) >= LEAST and (word.startswith(noun) or noun.startswith(word)))


def strangers(path, text):
    """Functions of a file, relative to src/, that begin with no noun of theirs."""
    homes = [path.stem, *path.parts[:-1]]
    known = set().union(*(nouns(SUBJECTS.get(home, home)) | nouns(home) for home in homes))
    found = []
    for result, name, arguments in FUNCTION.findall(text):
        if name == "main" or name.startswith("lince_") or name in HANDLERS | WELL_KNOWN:
            continue
        of = set().union(*(nouns(struct) for struct in TYPE.findall(f"{result} {arguments}")))
        first = name.split("_")[0]
        if not any(is_form_of(first, noun) for noun in known | of):
            found.append(name)
    return found


@pytest.mark.parametrize("path", sorted(path.relative_to(SOURCE) for path in SOURCE.rglob("*.c")), ids=str)
def test_functions_begin_with_their_noun(path):
    assert strangers(path, bare((SOURCE / path).read_text(encoding="utf-8"))) == []


def test_no_two_files_have_one_name():
    assert homonyms(path.relative_to(SOURCE) for path in SOURCE.rglob("*.[ch]")) == []
    assert homonyms([Path("text/rows.c"), Path("image/rows.c"), Path("cli/rows_command.c")]) == [
        ["text/rows.c", "image/rows.c"]
    ]


def header_is_wrong(path, text):
    """Whether the comment at the beginning of a file names another file, or none."""
    named = re.match(r"/\*\s*(?:\n \* )?(\S+) - ", text)
    return named is None or named.group(1) != path.name


@pytest.mark.parametrize("path", sorted(path.relative_to(SOURCE) for path in SOURCE.rglob("*.[ch]")), ids=str)
def test_files_begin_with_their_name(path):
    assert not header_is_wrong(path, (SOURCE / path).read_text(encoding="utf-8"))


def test_another_name_is_seen():
    assert not header_is_wrong(Path("store/moves.c"), "/*\n * moves.c - takes.\n */\n")
    assert header_is_wrong(Path("store/moves.c"), "/* judgements.c - takes. */\n")
    assert header_is_wrong(Path("store/moves.c"), "int moves;\n")


MENTION = re.compile(r"(?<![\w./-])((?:[a-z_0-9]+/)*[a-z_0-9]+\.[ch])\b")


def lost_mentions(text, files):
    """Files of ours that comments name and that do not exist. Headers of libraries are named with < >."""
    comments = "\n".join(re.findall(r"/\*.*?\*/", text, re.DOTALL))
    names = {name for name in MENTION.findall(comments) if not any(file.endswith(f"/{name}") for file in files)}
    return sorted(names)


def test_comments_name_files_that_exist():
    root = SOURCE.parent
    files = [f"/{path.relative_to(root)}" for top in ("src", "include", "tests", "bench", "models")
             for path in (root / top).rglob("*.[ch]")]  # fmt: skip
    lost = {
        str(path.relative_to(SOURCE)): found
        for path in sorted(SOURCE.rglob("*.[ch]"))
        if path.name != "pdfium.h" and (found := lost_mentions(path.read_text(encoding="utf-8"), files))
    }
    assert lost == {}
    assert lost_mentions("/* see part.h and text/line.c */ part.c", ["/src/text/lines.c"]) == ["part.h", "text/line.c"]


def test_a_function_without_a_noun_is_seen():
    text = "int pads_fill(int count) {\n}\n\nint paper_edge(void) {\n}\n\nvoid box_turn(struct lince_box *box) {\n}\n"
    assert strangers(Path("text/detect/paper.c"), text) == ["pads_fill"]
    assert strangers(Path("store/a.c"), "static int b_do(void) {\n}\n\nint b_do(void) {\n}\n") == ["b_do"]
