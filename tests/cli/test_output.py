"""Where the output goes, and what happens when it cannot go there."""

import json
import os
import subprocess

import pytest
from conftest import command, environment, objects, steady


@pytest.mark.parametrize("form", ["text", "json", "ndjson", "tsv"])
def test_a_full_disk_is_74(lince, corpus, form):
    done = lince("read", "-f", form, "-o", "/dev/full", corpus / "gracias.bmp")
    assert done.code == 74
    assert b"/dev/full" in done.err and b"no space" in done.err


def test_a_full_standard_output_is_74(corpus):
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            command("read", corpus / "gracias.bmp"), stdout=full, stderr=subprocess.PIPE, env=environment(), check=False
        )
    assert done.returncode == 74


@pytest.fixture
def small_disk(tmp_path):
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=16k", "lince-test", str(place)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("a small disk can be mounted only by root")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_disk_that_fills_up_keeps_the_old_file(lince, corpus, small_disk):
    (small_disk / "out.json").write_text("[]\n")
    done = lince("read", "-f", "json", "-o", small_disk / "out.json", *[corpus / "total.png"] * 40)
    assert done.code == 74
    assert (small_disk / "out.json").read_text() == "[]\n"
    assert [name.name for name in small_disk.iterdir()] == ["out.json"]


def test_ndjson_on_a_disk_that_fills_up_can_be_resumed(lince, corpus, small_disk):
    names = [corpus / "total.png", corpus / "fecha.jpg", corpus / "banco.webp"]
    (small_disk / "ballast").write_bytes(bytes(12 << 10))
    done = lince("read", "-f", "ndjson", "-o", small_disk / "out", "--jobs", "1", *names * 12)
    assert done.code == 74
    (small_disk / "ballast").unlink()
    again = lince("read", "-f", "ndjson", "-o", small_disk / "out", "--resume", *names)
    assert again.code == 0
    assert {each["file"] for each in objects((small_disk / "out").read_bytes())} == {str(name) for name in names}


def test_a_closed_pipe_stops_the_run(start, corpus):
    process = start(
        "read", "-f", "ndjson", *[corpus / "gracias.bmp"] * 300, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout.readline().startswith(b'{"file"')
    process.stdout.close()
    assert process.wait(timeout=60) == 74
    assert b"pipe" in process.stderr.read()


def test_a_whole_file_appears_at_the_end_and_keeps_links(lince, corpus, tmp_path):
    (tmp_path / "real.json").write_text("old")
    (tmp_path / "link.json").symlink_to("real.json")
    assert lince("read", "-f", "json", "-o", tmp_path / "link.json", corpus / "gracias.bmp").code == 0
    assert (tmp_path / "link.json").is_symlink()
    assert len(json.loads((tmp_path / "real.json").read_text())) == 1
    assert sorted(name.name for name in tmp_path.iterdir()) == ["link.json", "real.json"]


def test_ndjson_replaces_what_was_there(lince, corpus, tmp_path):
    (tmp_path / "out").write_text("old\n")
    assert lince("read", "-f", "ndjson", "-o", tmp_path / "out", corpus / "gracias.bmp").code == 0
    assert len(objects((tmp_path / "out").read_bytes())) == 1


def test_each_result_comes_as_soon_as_it_is_ready(start, corpus):
    process = start("read", "-f", "ndjson", "-", stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    for name in ("total.png", "fecha.jpg"):
        process.stdin.write(bytes(corpus / name) + b"\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["file"].endswith(name)
    process.stdin.close()
    assert process.wait(timeout=30) == 0


def test_two_runs_do_not_write_one_file(lince, start, corpus, tmp_path):
    first = start("read", "-f", "ndjson", "-o", tmp_path / "out", "-", stdin=subprocess.PIPE)
    first.stdin.write(bytes(corpus / "total.png") + b"\n")
    first.stdin.flush()
    while not (tmp_path / "out").exists() or (tmp_path / "out").stat().st_size == 0:
        assert first.poll() is None
    done = lince("read", "-f", "ndjson", "-o", tmp_path / "out", corpus / "fecha.jpg")
    assert done.code == 74 and b"another run" in done.err
    first.stdin.close()
    assert first.wait(timeout=30) == 0
    assert len(objects((tmp_path / "out").read_bytes())) == 1


def test_a_folder_that_is_not_there(lince, corpus, tmp_path):
    done = lince("read", "-o", tmp_path / "no/out.txt", corpus / "gracias.bmp")
    assert done.code == 74 and b"no/out.txt" in done.err


def test_the_file_says_what_standard_output_would(lince, files, tmp_path):
    lince("read", "-f", "ndjson", "-o", tmp_path / "out", *files)
    straight = objects(lince("read", "-f", "ndjson", *files).out)
    assert [steady(each) for each in objects((tmp_path / "out").read_bytes())] == [steady(each) for each in straight]
