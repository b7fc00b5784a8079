"""lince memory watch: a live picture on a terminal, fitted to it, and plain ones elsewhere."""

import fcntl
import json
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time

import pytest
from conftest import ROOT, plain_memory

ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
ENTER, LEAVE = "\x1b[?1049h\x1b[?25l", "\x1b[?25h\x1b[?1049l"
PATIENCE_SECONDS = 60  # for a slow machine; nothing waits so long


@pytest.fixture
def watched(start, corpus):
    """A process that has read one image and waits for the name of the next."""
    process = start("read", "-q", "-j", "1", "-f", "ndjson", "-", stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    process.stdin.write(f"{corpus / 'total.png'}\n".encode())
    process.stdin.flush()
    assert process.stdout.readline()
    return process


class Terminal:
    """A terminal of that size with the program on it, and all that was written there."""

    def __init__(self, start, columns, rows, *arguments, env=None):
        self.ours, self.theirs = pty.openpty()
        fcntl.ioctl(self.theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.modes = termios.tcgetattr(self.theirs)
        ends = {"stdin": self.theirs, "stdout": self.theirs, "stderr": self.theirs}
        self.process = start(*arguments, env={"TERM": "xterm", **(env or {})}, **ends)
        self.written = ""

    def read_until(self, done):
        """Takes in what is written until `done` is true of it."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        piece = b""
        while not done(self.written):
            assert time.monotonic() < deadline, self.written
            if select.select([self.ours], [], [], 0.1)[0]:
                piece += os.read(self.ours, 65536)
                whole = piece.decode(errors="ignore")
                self.written += whole
                piece = piece[len(whole.encode()) :]
            elif self.process.poll() is not None:
                assert done(self.written), self.written

    def frames(self):
        """Each picture as its lines; the last may not be whole."""
        pictures = self.written.split("\x1b[H")[1:]
        return [ESCAPE.sub("", picture).split("\r\n") for picture in pictures if "\x1b[J" in picture]

    def press(self, key):
        os.write(self.ours, key)

    def end(self):
        """Waits for the program; gives its status."""
        self.read_until(lambda written: LEAVE in written)
        status = self.process.wait(PATIENCE_SECONDS)
        assert termios.tcgetattr(self.theirs) == self.modes
        os.close(self.ours)
        os.close(self.theirs)
        return status


def has_frames(count):
    return lambda written: written.count("\x1b[J") >= count


def test_it_draws_tree_bars_and_timeline_until_a_key(start, watched):
    terminal = Terminal(start, 100, 40, "memory", "watch", str(watched.pid))
    terminal.read_until(has_frames(3))
    terminal.press(b"q")
    assert terminal.end() == 0
    assert terminal.written.startswith(ENTER)
    lines = terminal.frames()[-1]
    assert re.match(rf"lince {watched.pid}  \d+\.\d s  1 images  0 refusals  0 clean-ups  q: quit", lines[0])
    assert re.match(r"resident +[█▒·]{60} +[\d.]+ +[\d.]+ MB$", lines[1])
    names = [line.split()[0] for line in lines if re.search(r"[█▒·]{60}", line)]
    assert names[:2] == ["resident", "process"] and {"models", "decode", "detect", "recognise"} <= set(names)
    assert any(re.match("[▁▂▃▄▅▆▇█ ]+$", line) for line in lines)
    assert any(line.startswith("resident, the last") for line in lines)
    assert "\x1b[32m" in terminal.written


@pytest.mark.parametrize(("columns", "rows"), [(30, 6), (60, 14), (200, 60)])
def test_it_fits(start, watched, columns, rows):
    terminal = Terminal(start, columns, rows, "memory", "watch", str(watched.pid))
    terminal.read_until(has_frames(2))
    terminal.press(b"q")
    terminal.end()
    for lines in terminal.frames():
        assert len(lines) <= rows
        assert max(map(len, lines)) <= columns


def test_it_says_that_the_process_ended(start, watched):
    terminal = Terminal(start, 80, 24, "memory", "watch", str(watched.pid), env={"LC_ALL": "es_VE.UTF-8"})
    terminal.read_until(has_frames(1))
    assert "imágenes" in terminal.written
    watched.communicate()
    terminal.read_until(lambda written: "terminó" in written)
    assert terminal.end() == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_and_the_terminal_is_as_before(start, watched, number):
    terminal = Terminal(start, 80, 24, "memory", "watch", str(watched.pid), env={"NO_COLOR": "1"})
    terminal.read_until(has_frames(1))
    terminal.process.send_signal(number)
    assert terminal.end() == 0
    assert "\x1b[32m" not in terminal.written


def test_into_a_pipe_it_writes_one_picture_under_the_other(start, watched):
    process = start("memory", "watch", str(watched.pid), stdout=subprocess.PIPE)
    lines = [process.stdout.readline().decode() for _ in range(60)]
    process.send_signal(signal.SIGINT)
    process.communicate()
    assert sum(line.startswith(f"lince {watched.pid} ") for line in lines) >= 2
    assert "\x1b" not in "".join(lines)
    assert max(map(len, lines)) <= 81


def test_a_process_that_does_not_answer_is_named(lince):
    done = lince("memory", "watch", "--once", str(os.getpid()))
    assert done.code == 1
    assert str(os.getpid()) in done.err.decode()


@plain_memory
def test_an_alert_is_shown(start):
    """A limit that is crossed at once: what is cleaned up then is told."""
    options = ("-m", "100MB", "--memory-cleanup", "40%")
    process = start(
        "read", "-q", "-j", "1", *options, "-f", "ndjson", "-", stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    process.stdin.write(f"{ROOT / 'examples/02-light-phone.jpg'}\n".encode())
    process.stdin.flush()
    assert "error" not in json.loads(process.stdout.readline())
    terminal = Terminal(start, 100, 40, "memory", "watch", str(process.pid))
    terminal.read_until(has_frames(1))
    terminal.press(b"q")
    terminal.end()
    assert any(re.match(r"! [\d.]+ s cleaned, [\d.]+ MB, freed [\d.]+ MB", line) for line in terminal.frames()[-1])
