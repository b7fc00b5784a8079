"""Large documents inside a small limit: 500 pages and 100 megapixels under 128 MB; pages do not raise the peak."""

import json
import os
import subprocess
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from tests.pdf_file import HELVETICA, of_pages

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(os.environ.get("LINCE_PROGRAM", ROOT / "build/release/lince"))
FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
LIMIT_KB = 128_000_000 // 1024


def read(path, *options):
    """Objects that were read, and the peak of the resident memory in KB."""
    command = ["/usr/bin/time", "-f", "%M", PROGRAM, "read", "--memory", "128MB", "--jobs", "1", "-q", "-f", "ndjson"]
    done = subprocess.run([*command, *options, path], capture_output=True, check=True, timeout=1800)
    return [json.loads(line) for line in done.stdout.splitlines()], int(done.stderr.split()[-1])


def write(path, count):
    """A PDF file with that many pages of two lines."""
    contents = [
        b"BT /F1 12 Tf 16 TL 60 760 Td (Hoja %d) Tj T* (Total: 1.234,50 Bs) Tj ET" % (number + 1)
        for number in range(count)
    ]
    path.write_bytes(of_pages(contents, b"/Font << /F1 3 0 R >>", [HELVETICA % b""]))
    return path


@pytest.mark.parametrize("mode", ["auto", "never"])
def test_a_pdf_of_500_pages(tmp_path, mode):
    pages, peak_kb = read(write(tmp_path / "a.pdf", 500), "--pdf-text", mode)
    assert [page["text"].split("\n") for page in pages] == [[f"Hoja {n}", "Total: 1.234,50 Bs"] for n in range(1, 501)]
    few, few_peak_kb = read(tmp_path / "a.pdf", "--pdf-text", mode, "--pages", "1-20")
    assert len(few) == 20 and peak_kb <= LIMIT_KB and peak_kb < 1.1 * few_peak_kb + 2048


def test_a_tiff_of_100_megapixels(tmp_path):
    Image.MAX_IMAGE_PIXELS = None
    image = Image.new("L", (10000, 10000), 255)
    for row in range(12):
        at = (400, 500 + 700 * row)
        ImageDraw.Draw(image).text(at, f"LINEA {row} 1.234,50", font=ImageFont.truetype(FONT, 200), fill=0)
    image.save(tmp_path / "a.tif", compression="tiff_lzw")
    (page,), peak_kb = read(tmp_path / "a.tif")
    assert page["text"].split("\n") == [f"LINEA {row} 1.234,50" for row in range(12)]
    assert (page["width"], page["height"]) == (10000, 10000) and peak_kb <= LIMIT_KB
