"""The program from outside: run as a person would run it, and judged by its output and exit code."""

import json
import os
import subprocess
from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import pytest
from PIL import Image, ImageDraw, ImageFont

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(os.environ.get("LINCE_PROGRAM", ROOT / "build/release/lince"))
MODELS = Path(os.environ.get("LINCE_MODELS", ROOT / "models/prepared"))
FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"

LINES = {
    "total.png": ["TOTAL 123,45", "CARACAS"],
    "fecha.jpg": ["FECHA 18/05/2025"],
    "banco.webp": ["BANCO 0172"],
    "gracias.bmp": ["GRACIAS"],
}


def environment(**changes):
    """This process's environment without what would change the program's mood, and with `changes`."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("LC_", "LINCE_")) and name not in ("LANG", "LANGUAGE", "NO_COLOR")
    }
    return {**kept, "LINCE_MODELS": str(MODELS), "LC_ALL": "C.UTF-8", **changes}


# What a sanitizer adds to the memory of the process is not the program's, and its limit is not for it.
SANITIZED = bool(os.environ.get("LINCE_SANITIZER"))
plain_memory = pytest.mark.skipif(SANITIZED, reason="a sanitizer's own memory would be measured")
whole_pages = pytest.mark.skipif(SANITIZED, reason="minutes of reading; unit tests go through the same code")
MANY_VARIANTS, KEPT_STEP = 6, 4


def pytest_collection_modifyitems(config, items):
    """Under a sanitizer, of a test's many variants each fourth runs: they differ in data, not in the code that runs."""
    of_test = [(item.path, item.originalname) for item in items]
    totals, seen = Counter(of_test), Counter()
    kept, dropped = [], []
    for item, test in zip(items, of_test, strict=True):
        is_kept = not SANITIZED or totals[test] <= MANY_VARIANTS or seen[test] % KEPT_STEP == 0
        (kept if is_kept else dropped).append(item)
        seen[test] += 1
    if dropped:
        config.hook.pytest_deselected(items=dropped)
        items[:] = kept


def command(*arguments):
    if SANITIZED and arguments and arguments[0] == "read" and "--memory" not in arguments and len(arguments) > 1:
        arguments = ("read", "--memory", "0", *arguments[1:])
    return [PROGRAM, *arguments]


def pytest_configure(config):
    config.addinivalue_line("markers", "concurrent: several threads work; run under ThreadSanitizer too")


@pytest.fixture
def lince():
    """Runs the program to its end; gives code, out and err (bytes)."""

    def run(*arguments, stdin=b"", timeout=120, env=None, **options):
        done = subprocess.run(
            command(*arguments),
            input=stdin,
            capture_output=True,
            timeout=timeout,
            env=environment(**(env or {})),
            check=False,
            **options,
        )
        return SimpleNamespace(code=done.returncode, out=done.stdout, err=done.stderr)

    return run


@pytest.fixture
def start():
    """Starts the program and leaves it running; what is left of it at the end of the test is killed."""
    started = []

    def begin(*arguments, env=None, **options):
        process = subprocess.Popen(command(*arguments), env=environment(**(env or {})), **options)
        started.append(process)
        return process

    yield begin
    for process in started:
        if process.poll() is None:
            process.kill()
        process.wait()


def sheet(text, size, font_px, at):
    """A white page in grey with one line of text."""
    image = Image.new("L", size, 255)
    ImageDraw.Draw(image).text(at, text, font=ImageFont.truetype(FONT, font_px), fill=0)
    return image


def picture(lines, size=(360, 110)):
    image = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(image)
    for number, text in enumerate(lines):
        draw.text((16, 14 + 44 * number), text, "black", ImageFont.truetype(FONT, 30))
    return image


@pytest.fixture(scope="session")
def corpus(tmp_path_factory):
    """A folder of small images, one of each of several formats, whose texts are LINES."""
    folder = tmp_path_factory.mktemp("corpus")
    for name, lines in LINES.items():
        picture(lines).save(folder / name)
    return folder


@pytest.fixture(scope="session")
def files(corpus):
    return [corpus / name for name in LINES]


def objects(output):
    """The lines of an ndjson output, each of which must be whole."""
    assert output == b"" or output.endswith(b"\n")
    return [json.loads(line) for line in output.splitlines()]


def steady(found):
    """An object without what differs from run to run."""
    return {key: value for key, value in found.items() if key not in ("timings_ms", "memory")}
