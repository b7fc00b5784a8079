"""What veraPDF says of PDF files."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from conftest import ROOT, THIRD_PARTY, run

SHELL = "org.mozilla.javascript.tools.shell.Main"


def judged(paths: Sequence[Path]) -> list[dict]:
    """For each file the form of PDF/A that it claims, whether it complies, and the rules that it breaks."""
    script = Path(__file__).with_suffix(".js")
    jars = THIRD_PARTY / "verapdf" / "*"
    printed = run("java", "-Djava.awt.headless=true", "-cp", str(jars), SHELL, script, *paths, cwd=ROOT)
    return [json.loads(line) for line in printed.splitlines()]
