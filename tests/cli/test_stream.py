"""`lince read --stream`: images on a pipe, each after a line that names it."""

import json
import os
import subprocess
import threading

import pytest
from conftest import LINES, PROGRAM, SANITIZED, environment, objects, picture, plain_memory, steady
from PIL import Image


def frame(name, contents, **changes):
    return json.dumps({"name": name, "bytes": len(contents), **changes}).encode() + b"\n" + contents


def frames(files):
    return b"".join(frame(str(each), each.read_bytes()) for each in files)


def stream(lince, data, *arguments, **options):
    return lince("read", "--stream", *arguments, stdin=data, **options)


def codes(done):
    return [each.get("error", {}).get("code") for each in objects(done.out)]


@pytest.mark.concurrent
@pytest.mark.parametrize("jobs", [1, 3])
def test_it_reads_as_from_files(lince, files, jobs):
    done = stream(lince, frames(files), "--jobs", str(jobs))
    plain = lince("read", "-f", "ndjson", *files)
    assert done.code == 0 and done.err == b""
    assert list(map(steady, objects(done.out))) == list(map(steady, objects(plain.out)))


def test_empty_lines_between_frames_and_an_empty_stream(lince, files):
    data = b"\n\r\n" + frames(files[:1]) + b"\n\n" + frames(files[1:2]) + b"\r\n"
    assert [each["file"] for each in objects(stream(lince, data).out)] == [str(each) for each in files[:2]]
    done = stream(lince, b"")
    assert (done.code, done.out) == (0, b"")


def test_an_image_fails_alone(lince, files):
    good = files[0].read_bytes()
    data = (
        frame("empty.png", b"")
        + frame("notes.txt", b"not an image")
        + frame("cut.png", good[: len(good) // 2])
        + frame("", good)
        + b'{"bytes": 3}\nabc'
        + frame("good.png", good)
    )
    done = stream(lince, data)
    assert codes(done) == ["empty", "unknown_format", "damaged", "argument", "argument", None]
    found = objects(done.out)
    assert [each["file"] for each in found] == ["empty.png", "notes.txt", "cut.png", "-", "-", "good.png"]
    assert found[-1]["text"] == "\n".join(LINES[files[0].name])
    assert done.code == 1
    assert b"/proc" not in done.out + done.err


HEADERS = [
    b"\xff\xd8\xff\xe0 no header at all\n",
    b'{"name": "a.png"}\n',
    b'{"name": "a.png", "bytes": -1}\n',
    b'{"name": "a.png", "bytes": 1.5}\n',
    b'{"name": "a.png", "bytes": "12"}\n',
    b'{"name": "a.png", "bytes": 1e3}\n',
    b'{"name": "a.png", "bytes": 99999999999999999999999}\n',
    b'{"name": "a.png", "bytes": 3, "length": 3}\n',
    b'{"name": "a.png", "bytes": 3, "bytes": 4}\n',
    b'{"name": "\xff", "bytes": 3}\n',
    b'["a.png", 3]\n',
    b"[" * 9000 + b"\n",
    b"x" * 100_000,
]


@pytest.mark.parametrize("header", HEADERS, ids=range(len(HEADERS)))
def test_a_line_that_is_not_understood_is_the_end(lince, files, header):
    done = stream(lince, frames(files[:1]) + header + frames(files[1:2]))
    assert codes(done) == [None, "argument"]
    assert "image 2" in objects(done.out)[1]["error"]["message"]
    assert done.code == 1


@pytest.mark.parametrize("cut", [1, 20, -1, -500])
def test_a_truncated_stream_tells_of_it(lince, files, cut):
    second = frame("second.jpg", files[1].read_bytes())
    done = stream(lince, frames(files[:1]) + second[:cut])
    assert codes(done) == [None, "damaged"]
    assert objects(done.out)[1]["file"] == ("-" if 0 < cut <= 20 else "second.jpg")
    assert done.code == 1


def test_a_hostile_length_takes_no_memory(lince, files):
    """What would be more than any file is passed over; a length that never comes costs nothing but its own error."""
    most = 1 << 30
    for bytes_count in (most, most + 1, (1 << 63) - 1):
        head = b'{"name": "huge.png", "bytes": %d}\n' % bytes_count
        done = stream(lince, frames(files[:1]) + head + b"few", "--memory", "200MB")
        assert codes(done) == [None, "damaged"]


@pytest.mark.skipif(SANITIZED, reason="a sanitizer reads without a memory limit")
def test_what_is_too_large_for_the_limit_is_refused_alone(lince, files):
    wide = picture(["A"], (6000, 6000))
    path = files[0].parent.parent / "wide.png"
    wide.save(path)
    done = stream(lince, frame("wide.png", path.read_bytes()) + frames(files[:1]), "--memory", "100MB", "--jobs", "1")
    plain = lince("read", "-f", "ndjson", "--memory", "100MB", "--jobs", "1", path)
    assert codes(done)[0] == codes(plain)[0]
    assert codes(done)[1] is None


def test_pages_of_a_document(lince, tmp_path):
    first, second = picture(["PRIMERA"]), picture(["SEGUNDA"])
    path = tmp_path / "two.tiff"
    first.save(path, save_all=True, append_images=[second])
    image = tmp_path / "one.png"
    Image.open(path).save(image)
    data = frame("two.tiff", path.read_bytes()) + frame("one.png", image.read_bytes())
    found = objects(stream(lince, data).out)
    assert [(each["file"], each.get("page"), each["text"]) for each in found] == [
        ("two.tiff", 1, "PRIMERA"),
        ("two.tiff", 2, "SEGUNDA"),
        ("one.png", None, "PRIMERA"),
    ]
    (wanted,) = objects(stream(lince, frame("two.tiff", path.read_bytes()), "--pages", "2").out)
    assert wanted["text"] == "SEGUNDA" and wanted["sha256"] == found[1]["sha256"]


def test_fields_and_an_output_file(lince, files, tmp_path):
    done = stream(lince, frames(files[:1]), "--fields", "-o", tmp_path / "out.ndjson")
    assert done.out == b"" and done.code == 0
    (found,) = objects((tmp_path / "out.ndjson").read_bytes())
    assert "needs_review" in found


def test_one_answer_before_the_next_question(start, files):
    """A client may wait for each result before it sends the next image."""
    process = start("read", "--stream", stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    watchdog = threading.Timer(60, process.kill)
    watchdog.start()
    for path in files[:3]:
        process.stdin.write(frame(path.name, path.read_bytes()))
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["file"] == path.name
    process.stdin.close()
    assert process.stdout.read() == b"" and process.wait(timeout=60) == 0
    watchdog.cancel()


def test_frames_in_small_pieces(start, files):
    process = start("read", "--stream", stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    data = frames(files[:1])
    for at in range(0, len(data), 97):
        process.stdin.write(data[at : at + 97])
        process.stdin.flush()
    process.stdin.close()
    assert [each["file"] for each in objects(process.stdout.read())] == [str(files[0])]


def test_an_interruption_ends_it_well(start, files):
    process = start("read", "--stream", stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    process.stdin.write(frames(files[:1]) + frame("late.png", b"x" * 1000)[:-10])
    process.stdin.flush()
    first = process.stdout.readline()
    process.terminate()
    assert process.wait(timeout=60) == 130
    assert [each["file"] for each in objects(first + process.stdout.read())] == [str(files[0])]


def test_a_folder_that_cannot_be_written(lince, files, tmp_path):
    done = stream(lince, frames(files[:2]), env={"TMPDIR": str(tmp_path / "missing")})
    assert done.code == 74 and b"TMPDIR" in done.err and done.out == b""


def test_nothing_is_left_in_the_folder(lince, files, tmp_path):
    assert stream(lince, frames(files), env={"TMPDIR": str(tmp_path)}).code == 0
    assert os.listdir(tmp_path) == []


@plain_memory
def test_many_images_that_wait_take_no_memory(files):
    """Twenty images of 4 MB each wait while one is read; resident memory stays under its limit."""
    padded = files[0].read_bytes() + b"\0" * (4 << 20)
    command = [PROGRAM, "read", "--stream", "--memory", "150MB", "--jobs", "2"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment()) as process:
        feeder = threading.Thread(target=lambda: process.communicate(frame("padded.png", padded) * 20))
        peak = 0
        feeder.start()
        while process.poll() is None:
            try:
                status = (f"/proc/{process.pid}/status", "r")
                with open(*status) as file:
                    peaks = [int(line.split()[1]) for line in file if line.startswith("VmHWM")]
                peak = max([peak, *peaks])
            except OSError:
                break
            feeder.join(0.02)
        feeder.join(60)
    assert process.returncode == 0
    assert 0 < peak < 150_000


@pytest.mark.parametrize(
    "arguments",
    [
        ["a.png"],
        ["-f", "text"],
        ["-f", "json"],
        ["--resume", "-o", "x"],
        ["--messenger"],
        ["-r"],
        ["-0"],
        ["--boxes", "x"],
    ],
)
def test_what_does_not_go_with_it(lince, tmp_path, arguments):
    for language in ("en", "es"):
        done = lince("read", "--stream", *arguments, cwd=tmp_path, env={"LINCE_LANG": language})
        assert done.code == 2 and b"--stream" in done.err and done.out == b""
    assert os.listdir(tmp_path) == []
