"""Messages have one form: they begin with a small letter and end without a full stop, in both languages."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CALL = re.compile(r"\b(?:error_set|language_complain|answer_problem|check_refuse)\(")
LITERAL = re.compile(r'"((?:\\.|[^"\\])*)"')
NAMES = ("Last-Event-ID", "If-Match", "Idempotency-Key", "Content-")  # words of others that begin with a capital


def arguments(text, start):
    """The arguments of a call whose bracket opens before `start`; adjacent texts in quotes are joined."""
    depth, at, made = 1, start, [""]
    while depth > 0 and at < len(text):
        quoted = LITERAL.match(text, at)
        if quoted:
            made[-1] += quoted.group(1)
            at = quoted.end()
            continue
        depth += {"(": 1, ")": -1}.get(text[at], 0)
        if text[at] == "," and depth == 1:
            made.append("")
        at += 1
    return made


def wrong(text):
    found = [message for call in CALL.finditer(text) for message in arguments(text, call.end()) if " " in message]
    capital = re.compile(r"[A-ZÁÉÍÓÚ][a-záéíóúñ]*[ ,]")
    return [
        m for m in found if (capital.match(m) and not m.startswith(NAMES)) or re.search(r"(?<!\.)\.$|\. [A-ZÁÉÍÓÚ]", m)
    ]


def test_messages_have_one_form():
    found = {
        str(path.relative_to(ROOT)): wrong(path.read_text(encoding="utf-8")) for path in (ROOT / "src").rglob("*.c")
    }
    assert {path: messages for path, messages in found.items() if messages} == {}


def test_another_form_is_seen():
    assert wrong('error_set(error, 1, "No memory for %s", "no hay " "memoria.");') == [
        "No memory for %s",
        "no hay memoria.",
    ]
    assert wrong('error_set(error, f(1, 2), "too large. Make it smaller", "demasiado grande; redúzcala");') == [
        "too large. Make it smaller"
    ]
    assert wrong('error_set(error, 1, "JPEG images of kind %u", "%s: 3 ...");') == []
