"""The table of what the networks cost."""

from pathlib import Path

import work
from truth import LabelledSet

PRINTED = """{"images": 1, "decode_ms": 1.0, "total_ms": 31.0,
  "detect": {"ms": 10.0, "network_ms": 8.0, "convolution_ms": 4.0, "depthwise_ms": 1.0,
             "byte_gmac": 0.4, "float_gmac": 0.1},
  "recognise": {"ms": 20.0, "network_ms": 20.0, "convolution_ms": 16.0, "depthwise_ms": 0.0,
                "byte_gmac": 1.6, "float_gmac": 0.0},
  "kernels": "fast", "peak_byte_gmacs": 200.0, "peak_float_gmacs": 25.0}
"""


def test_shares_are_of_the_time_and_of_the_peak(tmp_path):
    program, names = tmp_path / "work", tmp_path / "names"
    (tmp_path / "printed").write_text(PRINTED)
    program.write_text(f"#!/bin/sh\ncat >{names}\ncat {tmp_path}/printed\n")
    program.chmod(0o755)
    images = [Path("/nowhere/a.png"), Path("/nowhere/b.png")]
    found = {"two": work.count(LabelledSet("two", images, {}), program)}
    assert names.read_text().split() == ["/nowhere/a.png", "/nowhere/a.png", "/nowhere/b.png"]
    assert work.rows(found) == [
        ["two, detect", "10.0", "80 %", "50 %", "0.40", "50 %", "20 %"],
        ["two, recognise", "20.0", "100 %", "80 %", "1.60", "50 %", "40 %"],
    ]
    assert "200 GMAC/s in bytes, 25 in floats" in work.peak(found)
