"""Folders of src/ are layers: a file includes and calls only its own folder and those above it in src/layers.txt."""

import re
from collections import defaultdict
from pathlib import Path

import pytest
from calls import bare, definitions, includes, uses

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src"
LAYERS = [
    line for line in (SOURCE / "layers.txt").read_text(encoding="utf-8").splitlines() if line[:1] not in ("", "#")
]
RUNTIME = re.compile(r"^\s*#\s*include\s+<onnxruntime", re.MULTILINE)
MOST_SOURCES = 25  # .c files directly in one folder; a folder with more should be divided


def layer_of(path, layers=LAYERS):
    """The longest folder of the list that a path, relative to src/, is in; None outside them all."""
    found = [layer for layer in layers if path.startswith(layer + "/")]
    return max(found, key=len, default=None)


def read_all():
    paths = sorted(path for path in SOURCE.rglob("*") if path.suffix in (".c", ".h"))
    return {str(path.relative_to(SOURCE)): bare(path.read_text(encoding="utf-8")) for path in paths}


FILES = read_all()


def included_below(path, text, layers=LAYERS):
    """The quoted includes of a file that are below it in the list, or in no layer at all."""
    allowed = layers[: layers.index(layer_of(path, layers)) + 1]
    headers = [header for header in includes(text) if header != "lince.h"]
    return [header for header in headers if layer_of(header, layers) not in allowed]


def homes_of(files):
    """Each name that a source defines, and the sources that define it."""
    homes = defaultdict(set)
    for path, text in files.items():
        if path.endswith(".c"):
            for name in definitions(text):
                homes[name].add(path)
    return homes


def called_below(files, layers=LAYERS):
    """ "FILE uses NAME of FILE" wherever what is used is defined below the user; one name may be defined twice."""
    homes = homes_of(files)
    found = []
    for path, text in files.items():
        place = layers.index(layer_of(path, layers))
        for name in sorted(uses(text) & homes.keys()):
            if path.endswith(".c") and all(layers.index(layer_of(home, layers)) > place for home in homes[name]):
                found += [f"{path} uses {name} of {home}" for home in sorted(homes[name])]
    return found


def calls(files):
    """Each source and the sources whose functions or variables it uses, where only one file defines the name."""
    homes = homes_of(files)
    one = {name: min(paths) for name, paths in homes.items() if len(paths) == 1}
    return {
        path: {one[name] for name in uses(text) & one.keys()} - {path}
        for path, text in files.items()
        if path.endswith(".c")
    }


def headers(files):
    """Each header and the headers that it includes."""
    return {path: set(includes(text)) & files.keys() for path, text in files.items() if path.endswith(".h")}


def circles(graph):
    """The groups of files that reach each other, each in order."""
    reached = {path: set(next_ones) for path, next_ones in graph.items()}
    changed = True
    while changed:
        changed = False
        for places in reached.values():
            more = set().union(*(reached.get(place, ()) for place in places)) - places
            places |= more
            changed = changed or bool(more)
    return sorted(
        {
            tuple(sorted({path} | {other for other in places if path in reached.get(other, ())}))
            for path, places in reached.items()
            if path in places
        }
    )


@pytest.mark.parametrize("path", FILES)
def test_a_file_includes_only_its_own_layer_and_those_above(path):
    assert layer_of(path) in LAYERS, f"src/{path} is in no layer: give its folder a place in src/layers.txt"
    assert included_below(path, FILES[path]) == []


def test_a_file_calls_only_its_own_layer_and_those_above():
    """So there is no cycle between folders either: a way back would have to go down once."""
    assert called_below(FILES) == []


@pytest.mark.parametrize("graph", [calls, headers])
def test_no_files_of_a_folder_go_round_in_a_circle(graph):
    """Each file rests on others that do not need it: so it can be read, tested and moved with those below it alone."""
    assert circles(graph(FILES)) == []


def test_every_layer_is_there_and_explained():
    assert [layer for layer in LAYERS if not (SOURCE / layer).is_dir()] == []
    page = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `src/([\w/]+)/` \|", page, re.MULTILINE) == LAYERS


def test_no_folder_has_more_files_than_one_can_hold_in_mind():
    counts = {folder: len(list(folder.glob("*.c"))) for folder in SOURCE.rglob("*") if folder.is_dir()}
    assert {folder.name: count for folder, count in counts.items() if count > MOST_SOURCES} == {}


def test_only_infer_knows_the_runtime():
    assert {layer_of(path) for path, text in FILES.items() if RUNTIME.search(text)} == {"infer"}


def test_the_insides_of_an_engine_are_its_folder_s_own():
    users = {layer_of(path) for path, text in FILES.items() if "engine/engine_state.h" in includes(text)}
    assert users == {"engine"}


def test_an_include_downwards_is_seen():
    layers = ["base", "serve/http", "serve/v1", "serve"]
    assert included_below("serve/http/a.c", '#include "serve/v1/b.h"\n#include "base/c.h"\n', layers) == [
        "serve/v1/b.h"
    ]
    assert included_below("serve/v1/a.c", '#include "serve/serve.h"\n', layers) == ["serve/serve.h"]
    assert included_below("base/a.c", '#  include "nowhere.h"\n', layers) == ["nowhere.h"]


def test_a_call_downwards_is_seen_without_an_include():
    files = {
        "base/a.c": "int b_do(void);\nint a_do(void) {\n    return b_do() + b_table[0];\n}\n",
        "serve/v1/b.c": "int b_do(void) {\n    return 1;\n}\n\nconst int b_table[] = {1};\n",
    }
    assert called_below(files, ["base", "serve/v1"]) == [
        "base/a.c uses b_do of serve/v1/b.c",
        "base/a.c uses b_table of serve/v1/b.c",
    ]
    assert called_below({path: bare("/* b_do */") for path in files}, ["base", "serve/v1"]) == []


def test_a_circle_of_calls_or_includes_is_seen():
    files = {
        "base/a.c": "int a_do(void) {\n    return b_do();\n}\n",
        "base/b.c": "int b_do(void) {\n    return c_do();\n}\n",
        "base/c.c": "int c_do(void) {\n    return a_do() + d_do();\n}\n",
        "base/d.c": "int d_do(void) {\n    return 1;\n}\n",
        "base/a.h": '#include "base/b.h"\n',
        "base/b.h": '#include "base/a.h"\n#include "base/d.h"\n',
        "base/d.h": "int d_do(void);\n",
    }
    assert circles(calls(files)) == [("base/a.c", "base/b.c", "base/c.c")]
    assert circles(headers(files)) == [("base/a.h", "base/b.h")]
    files["base/c.c"] = files["base/c.c"].replace("a_do() + ", "")
    assert circles(calls(files)) == []
