"""The kernel really ends a decoder's child, in a control group in which others have taken the memory."""

import contextlib
import json
import os
import subprocess
import time
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(os.environ.get("LINCE_PROGRAM", ROOT / "build/release/lince"))
FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
TEXT = "Total 1.204,50 Bs"
GROUPS = Path("/sys/fs/cgroup/memory"), Path("/sys/fs/cgroup")


def group_made(limit_bytes):
    """A control group of its own with this limit, and the file that sets it; skips where none can be made."""
    for root, name in zip(GROUPS, ("memory.limit_in_bytes", "memory.max"), strict=True):
        group = root / f"lince-test-{os.getpid()}"
        with contextlib.suppress(OSError):
            group.mkdir()
            (group / name).write_text(str(limit_bytes))
            return group, group / name
        with contextlib.suppress(OSError):
            group.rmdir()
    pytest.skip("no control group can be made here")


@pytest.fixture
def crowded_group():
    """A control group in which others leave 75 MB. Each of them is small, so the kernel ends the largest of ours."""
    group, limit = group_made(1 << 30)
    filler = "import os,time; kept=os.urandom(8<<20); print(flush=True); time.sleep(600)"
    fillers = []
    try:
        for _ in range(12):
            command = ["sh", "-c", f'echo $$ > {group}/cgroup.procs; exec python3 -c "{filler}"']
            fillers.append(subprocess.Popen(command, stdout=subprocess.PIPE))
        for each in fillers:
            each.stdout.readline()
        usage = group / ("memory.usage_in_bytes" if "limit" in limit.name else "memory.current")
        limit.write_text(str(int(usage.read_text()) + 75_000_000))
        yield group
    finally:
        for each in fillers:
            each.kill()
            each.wait()
            each.stdout.close()
        end = time.monotonic() + 10
        while group.exists() and time.monotonic() < end:
            with contextlib.suppress(OSError):
                group.rmdir()
            time.sleep(0.05)


def test_a_child_that_the_kernel_ends_for_want_of_memory(tmp_path, crowded_group):
    """Really: the limit of Lince fits its group, in which others have taken more. It is told, and the next is read."""
    Image.linear_gradient("L").resize((4000, 3000)).convert("RGB").save(tmp_path / "a.png")
    subprocess.run(["heif-enc", "-o", tmp_path / "a.heic", tmp_path / "a.png"], check=True, capture_output=True)
    small = Image.new("RGB", (520, 130), "white")
    ImageDraw.Draw(small).text((30, 40), TEXT, font=ImageFont.truetype(FONT, 44), fill="black")
    small.save(tmp_path / "b.png")
    read = f"exec {PROGRAM} read --memory 210MB --jobs 1 --locked-down -q -f ndjson {tmp_path}/a.heic {tmp_path}/b.png"
    command = ["sh", "-c", f"echo $$ > {crowded_group}/cgroup.procs; {read}"]
    done = subprocess.run(command, capture_output=True, timeout=120)
    assert done.returncode == 1, done.stderr
    first, second = (json.loads(line) for line in done.stdout.splitlines())
    assert first["error"]["code"] == "runtime" and "ran out of memory" in first["error"]["message"]
    assert second["text"] == TEXT
