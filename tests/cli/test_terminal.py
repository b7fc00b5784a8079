"""The progress bar: only on a terminal, within its width, with colours unless they are not wanted."""

import fcntl
import os
import pty
import re
import struct
import subprocess
import termios

import pytest
from conftest import SANITIZED

# Enough for a bar: what is short has none. Under a sanitizer each image takes ten times as long.
IMAGES = 30 if SANITIZED else 200
ESCAPE = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


@pytest.fixture
def on_terminal(start, corpus):
    """What the program writes to a terminal of that width on standard error."""

    def run(columns, *options, env=None, count=IMAGES):
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        images = [corpus / "total.png"] * count
        process = start(
            "read",
            "-f",
            "ndjson",
            *options,
            *images,
            stdout=subprocess.DEVNULL,
            stderr=theirs,
            env={"TERM": "xterm", **(env or {})},
        )
        os.close(theirs)
        written = b""
        while True:
            try:
                piece = os.read(ours, 65536)
            except OSError:  # how Linux says that the other side is closed
                break
            if not piece:
                break
            written += piece
        os.close(ours)
        assert process.wait() == 0
        return written.decode()

    return run


@pytest.mark.concurrent
def test_it_shows_files_rate_time_and_memory(on_terminal):
    written = on_terminal(100)
    assert re.search(rf"\d+/{IMAGES}  \d+\.\d/s  \d+:\d\d left  peak \d+(/300)? MB", written)
    assert "\x1b[32m" in written
    assert written.endswith("\r\x1b[K")


@pytest.mark.parametrize("columns", [20, 60])
def test_it_fits(on_terminal, columns):
    frames = ESCAPE.sub("", on_terminal(columns)).split("\r")
    assert len(frames) > 1
    assert max(map(len, frames)) < columns


def test_it_honours_no_color(on_terminal):
    written = on_terminal(100, env={"NO_COLOR": "1"})
    assert f"/{IMAGES}" in written and "\x1b[32m" not in written


def test_it_speaks_spanish(on_terminal):
    assert "quedan" in on_terminal(100, env={"LC_ALL": "", "LANG": "es_VE.UTF-8"})


def test_quiet_and_dumb_terminals_have_none(on_terminal):
    assert on_terminal(100, "--quiet", count=5) == ""
    assert on_terminal(100, env={"TERM": "dumb"}, count=5) == ""


def test_nothing_is_written_to_a_pipe(lince, corpus):
    assert lince("read", *[corpus / "gracias.bmp"] * 10).err == b""
