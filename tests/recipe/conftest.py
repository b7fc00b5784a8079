"""Puts the recipe and its packages, which set-up keeps in a separate environment, on the path."""

import site
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

sys.path.insert(0, str(ROOT / "models"))
for packages in (ROOT / "build" / "venv-models").glob("lib/python3*/site-packages"):
    site.addsitedir(str(packages))
