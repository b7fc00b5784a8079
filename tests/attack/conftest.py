"""Fixtures of the attacks: the services of the HTTP tests."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "http"))

from fixtures import receipt, start, total  # noqa: F401
