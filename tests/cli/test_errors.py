"""Files that cannot be read, each with its code, and the others unharmed."""

import os
import struct
import subprocess
import zlib

import pytest
from conftest import SANITIZED, command, environment, objects, plain_memory


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png_bomb(width, height):
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(1000)))


def jpeg_bomb(width, height):
    frame = struct.pack(">BHHB", 8, height, width, 3) + bytes([1, 0x22, 0, 2, 0x11, 0, 3, 0x11, 0])
    return b"\xff\xd8\xff\xc0" + struct.pack(">H", len(frame) + 2) + frame


def code_of(lince, *arguments):
    """The code of the one file named, in the form that tells it, and the code of the program."""
    done = lince("read", "-f", "ndjson", *arguments)
    (found,) = objects(done.out)
    return found.get("error", {}).get("code"), done.code


def test_missing(lince, tmp_path):
    assert code_of(lince, tmp_path / "no.png") == ("not_found", 1)


def test_empty(lince, tmp_path):
    (tmp_path / "a.png").touch()
    assert code_of(lince, tmp_path / "a.png") == ("empty", 1)


def test_not_an_image(lince, tmp_path):
    (tmp_path / "a.png").write_text("hello, this is not an image at all\n")
    assert code_of(lince, tmp_path / "a.png") == ("unknown_format", 1)


@pytest.mark.parametrize(
    ("start", "name"),
    [
        (b"II\xbc\x01", "JPEG XR"),
        (b"<?xml version='1.0'?>\n<svg>", "SVG"),
        (b"PK\x03\x04" + bytes(26) + b"[Content_Types].xml" + bytes(80) + b"word/document.xml", "Word"),
        (b"\0\0\0\x18ftypisom", "MP4"),
    ],
)
def test_a_format_that_is_not_read_is_named_with_its_size_and_a_remedy(lince, tmp_path, start, name):
    (tmp_path / "a.png").write_bytes(start + bytes(921615 - len(start)))
    done = lince("read", tmp_path / "a.png")
    message = done.err.decode()
    assert f" 921615 bytes are in the format {name}, which is not read here; " in message
    assert message.endswith(" [unknown_format]\n")
    assert (
        f" 921615 bytes están en el formato {name}, "
        in lince("read", tmp_path / "a.png", env={"LINCE_LANG": "es"}).err.decode()
    )


def test_what_no_one_knows_is_told_with_its_true_size(lince, tmp_path):
    (tmp_path / "a.png").write_bytes(b"hello " * 50000)
    assert " 300000 bytes are no image " in lince("read", tmp_path / "a.png").err.decode()


def test_content_decides_and_not_the_name(lince, tmp_path, corpus):
    (tmp_path / "a.gif").write_bytes((corpus / "total.png").read_bytes())
    (tmp_path / "b").write_bytes((corpus / "fecha.jpg").read_bytes())
    done = lince("read", "-f", "ndjson", tmp_path)
    assert done.code == 0
    assert [("TOTAL" in each["text"], "FECHA" in each["text"]) for each in objects(done.out)] == [
        (True, False),
        (False, True),
    ]


@pytest.mark.parametrize("bomb", [png_bomb(30000, 30000), png_bomb(0x7FFFFFFF, 0x7FFFFFFF), jpeg_bomb(30000, 30000)])
def test_a_huge_header_is_refused_and_not_paid_for(start, tmp_path, bomb):
    (tmp_path / "bomb").write_bytes(bomb)
    with open(tmp_path / "out", "wb") as out:
        process = start("read", "-f", "ndjson", tmp_path / "bomb", stdout=out)
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    (found,) = objects((tmp_path / "out").read_bytes())
    assert found["error"]["code"] in ("too_large", "memory_limit", "damaged")
    assert process.returncode in (1, 75)
    assert SANITIZED or usage.ru_maxrss * 1024 < 200 << 20


@pytest.mark.parametrize("name", ["total.png", "fecha.jpg", "banco.webp", "gracias.bmp"])
def test_truncated_at_every_power_of_two(lince, tmp_path, corpus, name):
    whole = (corpus / name).read_bytes()
    lengths = [2**power for power in range(30) if 2**power < len(whole)]
    for length in lengths:
        (tmp_path / f"{length:09}.png").write_bytes(whole[:length])
    done = lince("read", "-f", "ndjson", tmp_path)
    found = objects(done.out)
    assert len(found) == len(lengths)
    assert done.code == 1
    codes = [each.get("error", {}).get("code") for each in found]
    assert set(codes) <= {"unknown_format", "damaged", "unsupported", "too_large", None}
    assert codes[0] == "unknown_format"
    assert "damaged" in codes


def test_unreadable_even_for_root(lince, tmp_path):
    (tmp_path / "link.png").symlink_to("/proc/self/mem")
    assert code_of(lince, tmp_path / "link.png")[0] in ("unreadable", "empty")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_no_permission(lince, tmp_path, corpus):
    (tmp_path / "a.png").write_bytes((corpus / "total.png").read_bytes())
    (tmp_path / "a.png").chmod(0)
    assert code_of(lince, tmp_path / "a.png") == ("unreadable", 1)


def test_a_device_is_not_an_image(lince):
    assert code_of(lince, "/dev/null")[0] in ("unreadable", "empty")


def test_a_folder_that_is_not_there(lince, tmp_path):
    assert code_of(lince, f"{tmp_path}/none/") == ("not_found", 1)


def test_messages_name_the_file(lince, tmp_path):
    done = lince("read", tmp_path / "no.png")
    assert done.err.decode().count("no.png") == 1


def test_each_message_is_a_line_with_file_and_code(lince, tmp_path):
    (tmp_path / "cut.jpg").write_bytes(jpeg_bomb(10, 10)[:12])
    (tmp_path / "notes.png").write_text("no image")
    (tmp_path / "two\nlines\x1b[31m.png").touch()
    (tmp_path / os.fsdecode(b"z\xff\xc2\x9b.png")).touch()
    *lines, last = lince("read", tmp_path).err.decode().splitlines()
    assert last == "lince: 4 of 4 files failed"
    for line, name, code in zip(
        lines,
        ("cut.jpg", "notes.png", r"two\x0alines\x1b[31m.png", r"z\xff\xc2\x9b.png"),
        ("damaged", "unknown_format", "empty", "empty"),
        strict=True,
    ):
        assert line.startswith(f"lince: {tmp_path}/{name}") and line.endswith(f" [{code}]")


def test_the_system_s_reasons_are_in_spanish_too(lince, tmp_path):
    (tmp_path / "a.png").symlink_to("a.png")
    assert "demasiados enlaces" in lince("read", tmp_path / "a.png", env={"LINCE_LANG": "es"}).err.decode()


@pytest.mark.parametrize(
    ("closed", "code", "results"),
    [("<&-", 1, ["unreadable"]), (">&-", 74, []), ("2>&-", 0, [None]), ("<&- >&- 2>&-", 74, [])],
)
def test_a_closed_stream_is_nobody_else_s(corpus, closed, code, results):
    """Whatever is opened next would get its number: names would be read from it, or results written into it."""
    shell = ["sh", "-c", f'"$@" {closed}', "sh", *command("read", "-f", "ndjson", "-")]
    name = bytes(corpus / "total.png")
    done = subprocess.run(shell, input=name, env=environment(), stdout=subprocess.PIPE, timeout=60, check=False)
    found = [each.get("error", {}).get("code") for each in objects(done.stdout)]
    assert (done.returncode, found) == (code, results)


@plain_memory
def test_a_limit_that_holds_nothing_is_75(lince, corpus):
    done = lince("read", "--memory", "10MB", corpus / "total.png")
    assert done.code == 75
    assert b"10.0 MB" in done.err


@plain_memory
def test_an_image_that_does_not_fit_is_75_and_names_what_would_do(lince, corpus):
    for megabytes in range(50, 200, 5):
        done = lince("read", "-f", "ndjson", "--memory", f"{megabytes}MB", corpus / "total.png")
        if done.out:
            break
    (found,) = objects(done.out)
    assert found.get("error", {}).get("code") in (None, "memory_limit")
    assert done.code == (75 if "error" in found else 0)


def test_no_models_is_69(lince, tmp_path, corpus):
    done = lince("read", "--models", tmp_path, corpus / "total.png")
    assert (done.code, done.out) == (69, b"")
    assert str(tmp_path).encode() in done.err


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["read"],
        ["nonsense"],
        ["read", "--nonsense", "a.png"],
        ["read", "-f", "xml", "a.png"],
        ["read", "--jobs", "0", "a.png"],
        ["read", "--jobs", "two", "a.png"],
        ["read", "--jobs", "257", "a.png"],
        ["read", "--memory", "much", "a.png"],
        ["read", "--memory", "-5", "a.png"],
        ["read", "--output"],
        ["read", "--quiet=1", "a.png"],
        ["read", "-", "-"],
        ["read", "--resume", "a.png"],
        ["read", "--resume", "-o", "x.json", "-f", "json", "a.png"],
        ["version", "more"],
    ],
)
def test_usage_is_2_and_says_why(lince, arguments):
    done = lince(*arguments)
    assert (done.code, done.out) == (2, b"")
    assert done.err.startswith((b"lince: ", b"Usage: "))
