"""Every problem that a handler of the API answers with is described for its path in the API document."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SERVE = ROOT / "src/serve"
ROW = re.compile(r'\{"([A-Z]+)", "([^"]+)", SCOPE_\w+, BODY_\w+, (\w+),')
PROBLEM = re.compile(r'X\((\w+), (\d+), "[a-z-]+"')
FUNCTION = re.compile(r"^[a-z][\w \*]*?\b(\w+)\([^;{}]*\)\s*\{$(.*?)^\}$", re.MULTILINE | re.DOTALL)
WORD = re.compile(r"\b[A-Za-z_]\w+\b")
CALL = re.compile(r"\b(\w+)\(")
STATUSES = dict(PROBLEM.findall((SERVE / "http/problem.h").read_text(encoding="utf-8")))
ROUTES = ROW.findall((SERVE / "v1/routes.c").read_text(encoding="utf-8"))
FILES = [dict(FUNCTION.findall(path.read_text(encoding="utf-8"))) for path in sorted((SERVE / "v1").glob("*.c"))]
DOCUMENT = json.loads((SERVE / "v1/openapi.json").read_text(encoding="utf-8"))
DESCRIBED = {
    (method.upper(), re.sub(r"\{\w+\}", "{}", path)): set(operation["responses"])
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
}


def problems_of(handler, functions, statuses=STATUSES):
    """Statuses of the problems that a function names, or one that it calls in the same file."""
    seen, waiting, found = set(), [handler], set()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        waiting += [called for called in CALL.findall(functions[name]) if called in functions]
        words = {word.removeprefix("PROBLEM_") for word in WORD.findall(functions[name]) if word.startswith("PROBLEM_")}
        found |= {statuses[word] for word in words if word in statuses}
    return found


@pytest.mark.parametrize(("method", "path", "handler"), ROUTES, ids=lambda part: str(part))
def test_every_problem_of_a_handler_is_described(method, path, handler):
    (functions,) = [functions for functions in FILES if handler in functions]
    assert problems_of(handler, functions) <= DESCRIBED[method, path]


def test_problems_are_found_through_calls():
    functions = {
        "first": "other(request);",
        "other": "answer_problem(request, PROBLEM_INVALID, 1);",
        "third": "PROBLEM_MEMORY",
    }
    assert problems_of("first", functions, {"INVALID": "422", "MEMORY": "503"}) == {"422"}
