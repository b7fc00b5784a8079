"""Every link of the documents to a file of the repository leads to one."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINK = re.compile(r"\]\(([^)#\s]+)")
LISTED = subprocess.run(["git", "ls-files", "*.md"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
PAGES = [name for name in LISTED.splitlines() if (ROOT / name).exists()]


@pytest.mark.parametrize("name", PAGES)
def test_links_lead_somewhere(name):
    links = [link for link in LINK.findall((ROOT / name).read_text(encoding="utf-8")) if "://" not in link]
    assert [link for link in links if not ((ROOT / name).parent / link).exists()] == []


def test_pages_in_spanish_are_named_alike():
    assert [name for name in PAGES if Path(name).name in ("guia.md", "servicio.md", "LEAME.md")] == []
    twins = [name for name in PAGES if name.endswith(".es.md")]
    assert twins and [name for name in twins if not (ROOT / name.replace(".es.md", ".md")).exists()] == []
