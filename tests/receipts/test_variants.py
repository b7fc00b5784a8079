"""Small pages of payments, twenty of each kind that was once read wrongly, and the fields that must come of each.

A file of `variants/` has pages between rows of `=====`, written as those of `written/` are: `name: value` for each
field asked, `-` for one that must not be there, and the page below `---`.
"""

import os
import re
from pathlib import Path

import pytest

from . import pages_latin
from .doubt import pages_written

FILES = sorted((Path(__file__).parent / "variants").glob("*.txt"))


def read(path: Path) -> list[tuple[str, dict[str, str], dict]]:
    pages = []
    for index, text in enumerate(path.read_text(encoding="utf-8").split("=====\n"), 1):
        head, body = text.split("\n---\n", 1)
        wanted = dict(re.match(r"(\w+): ?(.*)", line).groups() for line in head.split("\n"))
        lines, width, height = pages_written.lay(body.rstrip("\n"))
        name = f"{path.stem}-{index}"
        pages.append((name, wanted, {"file": name, "width": width, "height": height, "lines": lines}))
    return pages


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_variants(path: Path):
    pages = read(path)
    records = pages_latin.records_of(os.environ["LINCE_PROGRAM"], [page for _, _, page in pages])
    assert len(pages) >= 10 and len(records) == len(pages)
    wrong = []
    for record, (name, wanted, _) in zip(records, pages, strict=True):
        found = {field: value["value"] for field, value in record.get("fields", {}).items()}
        found |= {"country": record.get("country") or "", "kind": record.get("kind")}
        for field, value in wanted.items():
            given = found.get(field, "-")
            if given != value:
                wrong.append(f"{name}: {field} is {given!r} instead of {value!r}")
    assert not wrong, "\n".join(wrong)
