"""A run that was cut short continues where it ended."""

import base64
import os
import signal
import subprocess
import time

import pytest
from conftest import objects, steady


@pytest.fixture
def many(tmp_path, corpus):
    """Twenty names of images, one of which is not UTF-8 and one of which fails."""
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(18):
        os.link(corpus / "gracias.bmp", folder / f"{number:02}.bmp")
    os.link(bytes(corpus / "gracias.bmp"), bytes(folder) + b"/05-\xff.bmp")
    (folder / "07-empty.png").touch()
    return folder


def names(output):
    return [
        base64.b64decode(each["file_bytes"]) if "file_bytes" in each else each["file"].encode()
        for each in objects(output)
    ]


def expected(folder):
    return sorted(bytes(folder) + b"/" + name for name in os.listdir(bytes(folder)))


def test_after_a_kill(lince, start, many, tmp_path):
    out = tmp_path / "out.ndjson"
    process = start("read", "-f", "ndjson", "-o", out, "--jobs", "2", many, stderr=subprocess.DEVNULL)
    while not out.exists() or out.read_bytes().count(b"\n") < 3:
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    before = out.read_bytes()
    done = lince("read", "-f", "ndjson", "-o", out, "--resume", many)
    assert f"{before.count(10)} files were already in {out}" in done.err.decode()
    assert out.read_bytes().startswith(before[: before.rindex(b"\n") + 1])
    assert names(out.read_bytes()) == expected(many)


@pytest.mark.parametrize("cut", [1, 40, 400])
def test_a_torn_last_line_is_dropped(lince, many, tmp_path, cut):
    out = tmp_path / "out.ndjson"
    lince("read", "-f", "ndjson", "-o", out, many)
    whole = out.read_bytes()
    out.write_bytes(whole[:-cut])
    lince("read", "-f", "ndjson", "-o", out, "--resume", many)
    assert [steady(each) for each in objects(out.read_bytes())] == [steady(each) for each in objects(whole)]


def test_nothing_left_to_do(lince, many, tmp_path):
    out = tmp_path / "out.ndjson"
    assert lince("read", "-f", "ndjson", "-o", out, many).code == 1
    whole = out.read_bytes()
    done = lince("read", "-f", "ndjson", "-o", out, "--resume", many)
    assert done.code == 0 and out.read_bytes() == whole
    assert b"20 files were already in" in done.err


def test_without_an_earlier_output_it_is_a_plain_run(lince, many, tmp_path):
    out = tmp_path / "out.ndjson"
    lince("read", "-f", "ndjson", "-o", out, "--resume", many)
    assert names(out.read_bytes()) == expected(many)


@pytest.mark.parametrize("content", ["hello\n", "[]\n", '{"a":1}\n', '{"file":"a"}\n{"file":\n'])
def test_a_file_of_somebody_else_is_left_alone(lince, corpus, tmp_path, content):
    out = tmp_path / "out.ndjson"
    out.write_text(content)
    done = lince("read", "-f", "ndjson", "-o", out, "--resume", corpus)
    assert done.code == 74
    assert out.read_text() == content
    assert f"line {content.count(chr(10))} of".encode() in done.err
