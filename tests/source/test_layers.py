"""Folders of src/ are layers: a file may include headers of its own folder and of those above it, and no others."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LAYERS = ("base", "image", "infer", "text", "fields", "engine", "output", "monitor", "store", "serve", "cli")
INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.MULTILINE)
RUNTIME = re.compile(r"^\s*#\s*include\s+<onnxruntime", re.MULTILINE)


def sources():
    return sorted(path for path in (ROOT / "src").rglob("*") if path.suffix in (".c", ".h"))


def breaches(layer, text):
    """The quoted includes of a file of `layer` that stand below it, or in no layer at all."""
    allowed = LAYERS[: LAYERS.index(layer) + 1]
    headers = INCLUDE.findall(text)
    return [header for header in headers if header != "lince.h" and header.split("/")[0] not in allowed]


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_includes_only_its_own_layer_and_those_above(path):
    layer = path.relative_to(ROOT / "src").parts[0]
    assert layer in LAYERS, f"src/{layer} is not a layer: give it a place in LAYERS and in docs/architecture.md"
    assert breaches(layer, path.read_text(encoding="utf-8")) == []


def test_only_infer_knows_the_runtime():
    strangers = [path for path in sources() if RUNTIME.search(path.read_text(encoding="utf-8"))]
    assert {path.relative_to(ROOT / "src").parts[0] for path in strangers} == {"infer"}


def test_a_breach_is_seen():
    assert breaches("text", '#include "engine/plan.h"\n#include "base/error.h"\n') == ["engine/plan.h"]
    assert breaches("base", '#  include "nowhere.h"\n') == ["nowhere.h"]
