"""What the program reads: operands, folders, names on standard input, images in pipes."""

import json
import os
import threading

import pytest
from conftest import objects, plain_memory


def names(done):
    return [each["file"] for each in objects(done.out)]


def empties(folder, *entries):
    """Files that are found as images by their names and fail at once, so that many of them cost nothing."""
    for entry in entries:
        (folder / entry).parent.mkdir(parents=True, exist_ok=True)
        (folder / entry).touch()


def test_a_folder_is_sorted_and_not_entered_deeper(lince, tmp_path):
    empties(tmp_path, "b.png", "a.png", "C.JPG", ".hidden.png", "notes.txt", "deep/x.png")
    assert names(lince("read", "-f", "ndjson", tmp_path)) == [
        f"{tmp_path}/{name}" for name in ("C.JPG", "a.png", "b.png")
    ]


def test_recursive_goes_in_order(lince, tmp_path):
    empties(tmp_path, "a/1.png", "a/b/2.png", "c.png", "d/3.png", ".git/4.png")
    found = names(lince("read", "-f", "ndjson", "--recursive", tmp_path))
    assert found == [f"{tmp_path}/{name}" for name in ("a/1.png", "a/b/2.png", "c.png", "d/3.png")]


def test_a_loop_of_links_ends(lince, tmp_path):
    empties(tmp_path, "a/1.png")
    (tmp_path / "a/up").symlink_to("..")
    assert names(lince("read", "-f", "ndjson", "-r", tmp_path)) == [f"{tmp_path}/a/1.png"]


def test_a_folder_larger_than_what_is_held(lince, tmp_path):
    entries = [f"{(number * 7919) % 5000:05}.png" for number in range(5000)]
    empties(tmp_path, *entries)
    assert names(lince("read", "-f", "ndjson", tmp_path)) == [f"{tmp_path}/{entry}" for entry in sorted(entries)]


def test_a_link_to_nowhere_is_told(lince, tmp_path):
    (tmp_path / "a.png").symlink_to("gone.png")
    (found,) = objects(lince("read", "-f", "ndjson", tmp_path).out)
    assert found["error"]["code"] == "not_found"


def test_names_on_standard_input(lince, files, corpus):
    text = b"\n".join(map(bytes, files))
    assert names(lince("read", "-f", "ndjson", "-", stdin=text)) == [str(name) for name in files]
    listed = lince("read", "-f", "ndjson", corpus / "total.png", "-", stdin=b"\n\n" + bytes(files[1]) + b"\n\n")
    assert names(listed) == [str(corpus / "total.png"), str(files[1])]


def test_names_that_end_with_zero_bytes(lince, tmp_path):
    odd = tmp_path / "two\nlines.png"
    odd.touch()
    plain = tmp_path / "a.png"
    plain.touch()
    for options, text in (
        (["-0"], bytes(odd) + b"\0" + bytes(plain)),
        ([], bytes(plain) + b"\0" + bytes(odd) + b"\0"),
    ):
        assert set(names(lince("read", "-f", "ndjson", *options, "-", stdin=text))) == {str(odd), str(plain)}


def test_a_name_that_is_too_long_is_told_and_passed_over(lince, tmp_path):
    text = b"first.png\n" + b"x" * 100000 + b"\nlast.png\n"
    found = objects(lince("read", "-f", "ndjson", "-", stdin=text).out)
    assert [each["file"] for each in found] == ["first.png", "-", "last.png"]
    assert found[1]["error"]["code"] == "argument"


@pytest.mark.parametrize("length", [8190, 8191, 8192, 8193])
def test_names_around_the_longest(lince, length):
    found = objects(lince("read", "-f", "ndjson", "-", stdin=b"x" * length + b"\nlast.png").out)
    assert [each["file"] for each in found] == ["x" * length if length < 8192 else "-", "last.png"]


def test_a_list_made_on_windows(lince):
    found = names(lince("read", "-f", "ndjson", "-", stdin=b"a.png\r\n\r\nb.png\r\nlast.png\r"))
    assert found == ["a.png", "b.png", "last.png"]
    assert names(lince("read", "-0", "-f", "ndjson", "-", stdin=b"a.png\r\0")) == ["a.png\r"]


def test_no_names_at_all(lince, tmp_path):
    for operand in ("-", tmp_path):
        done = lince("read", "-f", "ndjson", operand, stdin=b"")
        assert (done.code, done.out, done.err) == (0, b"", b"lince: there was no image to read\n")
        assert lince("read", "-q", operand, stdin=b"").err == b""


def test_standard_input_that_cannot_be_read(lince, tmp_path):
    folder = os.open(tmp_path, os.O_RDONLY)
    import subprocess

    from conftest import command, environment

    done = subprocess.run(
        command("read", "-f", "ndjson", "-"), stdin=folder, capture_output=True, env=environment(), check=False
    )
    os.close(folder)
    assert [each["error"]["code"] for each in objects(done.stdout)] == ["unreadable"]


@pytest.mark.parametrize("name", ["total.png", "fecha.jpg", "banco.webp", "gracias.bmp"])
def test_an_image_on_standard_input(lince, corpus, name):
    straight = objects(lince("read", "-f", "ndjson", corpus / name).out)[0]
    piped = objects(lince("read", "-f", "ndjson", "-", stdin=(corpus / name).read_bytes()).out)[0]
    assert piped["file"] == "-"
    assert (piped["sha256"], piped["lines"]) == (straight["sha256"], straight["lines"])


def test_names_that_begin_like_images(lince):
    text = b"BMW.png\nGIFs.png\nRIFFraff.png\n"
    assert names(lince("read", "-f", "ndjson", "-", stdin=text)) == ["BMW.png", "GIFs.png", "RIFFraff.png"]


def test_a_named_pipe_is_read_once(lince, corpus, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=lambda: pipe.write_bytes((corpus / "total.png").read_bytes()))
    writer.start()
    (found,) = objects(lince("read", "-f", "ndjson", pipe).out)
    writer.join()
    assert "TOTAL" in found["text"] and found["file"] == str(pipe)


def peak_of(start, count, folder):
    """VmHWM of a run over so many names, as its own report has it: the system's count keeps that of who started it."""
    folder.mkdir()
    with open(folder / "names", "wb") as names_file:
        names_file.writelines(b"no/such/file-%07d.png\n" % number for number in range(count))
    options = ("-f", "ndjson", "--jobs", "2", "--memory-report", "--memory-reports", folder / "reports")
    with open(folder / "names", "rb") as names_file, open(os.devnull, "wb") as nothing:
        process = start("read", *options, "-", stdin=names_file, stdout=nothing, stderr=nothing)
        assert process.wait() == 1
    (report,) = (folder / "reports").iterdir()
    return json.loads(report.read_text())["system"]["resident_peak_bytes"]


@plain_memory
def test_a_million_names_take_no_more_memory_than_ten(start, tmp_path):
    few, many = peak_of(start, 10, tmp_path / "few"), peak_of(start, 1000000, tmp_path / "many")
    assert many - few < 1 << 20
