"""Signals end a run well: what was begun is finished, and the output is whole."""

import contextlib
import json
import os
import signal
import subprocess
import time

import pytest
from conftest import objects


def begin(start, out, form, corpus, count=200, jobs=2):
    """A long run, once its first result is in the file where it is being written."""
    images = [corpus / "gracias.bmp"] * count
    process = start("read", "-f", form, "-o", out, "--jobs", str(jobs), *images, stderr=subprocess.PIPE)
    while not any(name.stat().st_size > 200 for name in out.parent.glob(out.name + "*")):
        assert process.poll() is None
        time.sleep(0.01)
    return process


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("form", ["ndjson", "json"])
def test_the_output_is_whole(start, corpus, tmp_path, form, number):
    process = begin(start, tmp_path / "out", form, corpus)
    process.send_signal(number)
    assert process.wait(timeout=30) == 130
    written = (tmp_path / "out").read_bytes()
    found = objects(written) if form == "ndjson" else json.loads(written)
    assert 1 <= len(found) < 200
    assert all("text" in each for each in found)
    assert [name.name for name in tmp_path.iterdir()] == ["out"]


@pytest.mark.concurrent
def test_a_second_signal_leaves_the_files_in_work(start, corpus, tmp_path):
    process = begin(start, tmp_path / "out", "ndjson", corpus)
    process.send_signal(signal.SIGINT)
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=30) == 130
    assert all("text" in each for each in objects((tmp_path / "out").read_bytes()))


def test_a_third_signal_ends_a_run_whose_output_takes_nothing(start, corpus, tmp_path):
    ours, theirs = os.pipe()
    os.set_blocking(theirs, False)
    with contextlib.suppress(BlockingIOError):
        while True:
            os.write(theirs, bytes(4096))
    os.set_blocking(theirs, True)
    process = start("read", "--jobs", "1", "--boxes", tmp_path, *[corpus / "gracias.bmp"] * 5, stdout=theirs)
    os.close(theirs)
    while not any(name.stat().st_size > 0 for name in tmp_path.iterdir()):  # from here on it has only to be written
        assert process.poll() is None
        time.sleep(0.01)
    for _ in range(3):
        time.sleep(0.3)
        assert process.poll() is None
        process.send_signal(signal.SIGINT)
    assert process.wait(timeout=10) == 130
    os.close(ours)


def test_waiting_for_names_is_interrupted_too(start, corpus):
    process = start("read", "-f", "ndjson", "-", stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    process.stdin.write(bytes(corpus / "gracias.bmp") + b"\n")
    process.stdin.flush()
    assert json.loads(process.stdout.readline())["text"]
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=30) == 130
