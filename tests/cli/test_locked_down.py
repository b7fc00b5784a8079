"""`lince read --locked-down`: files of risky formats are decoded by children without any right, one for each file."""

import contextlib
import io
import json
import os
import signal
import subprocess
import time
import zlib
from pathlib import Path

import pytest
from conftest import FONT, objects, picture, sheet
from PIL import Image, ImageDraw, ImageFont
from test_archives import packed

WORDS = ["UNO 1,10", "DOS 2,20", "TRES 3,30"]
TEXT = "Total 1.204,50 Bs"


def photo():
    image = Image.new("RGB", (521, 133), (250, 250, 245))
    ImageDraw.Draw(image).text((30, 40), TEXT, font=ImageFont.truetype(FONT, 44), fill=(0, 0, 0))
    return image


def several(path):
    pages = [sheet(text, (1000, 300), 90, (60, 80)) for text in WORDS]
    pages[0].save(path, save_all=True, append_images=pages[1:])
    return path


def made(folder, name):
    """A file of each risky format."""
    path = folder / name
    if path.suffix in (".pdf", ".tiff"):
        return several(path)
    photo().save(folder / "source.png")
    command = {
        ".heic": ["heif-enc", "-o", path, folder / "source.png"],
        ".avif": ["heif-enc", "-A", "-o", path, folder / "source.png"],
        ".jxl": ["cjxl", folder / "source.png", path],
    }.get(path.suffix)
    if command is None:
        photo().save(path)
    else:
        subprocess.run(command, check=True, capture_output=True)
    (folder / "source.png").unlink()
    return path


def plain(page):
    """What does not depend on time and memory."""
    return {name: value for name, value in page.items() if name not in ("timings_ms", "memory")}


@pytest.mark.parametrize("name", ["a.pdf", "a.tiff", "a.heic", "a.avif", "a.jxl", "a.jp2"])
def test_a_child_gives_what_the_program_gives(lince, tmp_path, name):
    path = made(tmp_path, name)
    here = lince("read", "-f", "ndjson", path)
    there = lince("read", "-f", "ndjson", "--locked-down", path)
    assert there.code == 0, there.err
    assert list(map(plain, objects(there.out))) == list(map(plain, objects(here.out)))
    assert [page["text"] for page in objects(there.out)] == (WORDS if path.suffix in (".pdf", ".tiff") else [TEXT])


@pytest.mark.parametrize("form", ["pdf", "hocr", "alto", "markdown", "layout", "tesseract-tsv"])
def test_every_form_is_the_same(lince, tmp_path, form):
    path = several(tmp_path / "a.tiff")
    outputs = [lince("read", "-f", form, *options, path).out for options in ([], ["--locked-down"])]
    assert outputs[0] == outputs[1] and outputs[0]


def test_a_text_layer_comes_from_a_child(lince, tmp_path):
    text = "Esta carta tiene su propio texto, que nadie tiene que leer de la imagen."
    drawn = b"BT /F1 12 Tf 40 700 Td (" + text.encode() + b") Tj ET"
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n" % len(drawn) + drawn + b"\nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    data = b"%PDF-1.4\n" + b"".join(b"%d 0 obj\n" % n + body + b"\nendobj\n" for n, body in enumerate(bodies, 1))
    path = tmp_path / "a.pdf"
    path.write_bytes(data + b"trailer << /Size 6 /Root 1 0 R >>\n%%EOF\n")
    here, there = (objects(lince("read", "-f", "ndjson", *options, path).out) for options in ([], ["--locked-down"]))
    assert plain(there[0]) == plain(here[0])
    assert there[0]["text"] == text and there[0]["lines"][0]["source"] == "layer"


def test_what_comes_on_standard_input(lince, start, tmp_path):
    data = several(tmp_path / "a.pdf").read_bytes()
    assert [
        page["text"] for page in objects(lince("read", "-f", "ndjson", "--locked-down", "-", stdin=data).out)
    ] == WORDS
    frame = json.dumps({"name": "a.pdf", "bytes": len(data)}).encode() + b"\n" + data
    done = lince("read", "--stream", "--locked-down", stdin=frame * 2)
    assert [page["text"] for page in objects(done.out)] == WORDS * 2


@pytest.mark.parametrize("name", ["a.pdf", "a.tiff", "a.heic", "a.jxl", "a.jp2"])
@pytest.mark.parametrize("share", [0.05, 0.5, 0.9])
def test_damage_is_told_as_without_a_child(lince, tmp_path, name, share):
    path = made(tmp_path, name)
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    here, there = (lince("read", "-f", "ndjson", *options, path) for options in ([], ["--locked-down"]))
    assert there.code == here.code
    assert list(map(plain, objects(there.out))) == list(map(plain, objects(here.out)))


def test_a_large_page_comes_from_a_child(lince, tmp_path):
    """More pixels than a message of the service may have bytes."""
    page = Image.new("1", (6000, 5000), 1)
    drawn = ImageDraw.Draw(page)
    for row in range(60):
        drawn.text((100, 80 * row), f"renglón {row} con letra pequeña", font=ImageFont.truetype(FONT, 20), fill=0)
    page.save(tmp_path / "a.tiff", compression="group4")
    done = lince("read", "--memory", "1500MB", "--locked-down", tmp_path / "a.tiff")
    assert done.code == 0, done.err
    assert "renglón 59 con letra pequeña" in done.out.decode()


def children_of(pid):
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):  # the thread may have ended
            found += map(int, task.read_text().split())
    return found


def child_of(process, name="decoder"):
    """Waits for a child of the program that is locked down."""
    for _ in range(2000):
        for pid in children_of(process.pid):
            try:
                if (
                    name in Path(f"/proc/{pid}/cmdline").read_text()
                    and "Seccomp:\t2" in Path(f"/proc/{pid}/status").read_text()
                ):
                    return pid
            except OSError:
                continue
        time.sleep(0.005)
    raise AssertionError("no child was locked down")


def slow(path, count=30):
    page = sheet("HOJA", (1600, 2200), 200, (100, 300))
    page.save(path, save_all=True, append_images=[page] * (count - 1))
    return path


def held_by(pid):
    """The files that a process has open; it may close some meanwhile."""
    held = []
    for each in Path(f"/proc/{pid}/fd").iterdir():
        with contextlib.suppress(FileNotFoundError):
            held.append(os.readlink(each))
    return held


def has_ended(pid):
    for _ in range(200):
        try:
            if "State:\tZ" in Path(f"/proc/{pid}/status").read_text():
                return True
        except (FileNotFoundError, ProcessLookupError):
            return True
        time.sleep(0.01)
    return False


def test_a_child_can_do_nothing_else(start, tmp_path):
    process = start("read", "--locked-down", slow(tmp_path / "a.pdf"), stdout=subprocess.DEVNULL)
    pid = child_of(process)
    status = Path(f"/proc/{pid}/status").read_text()
    assert "NoNewPrivs:\t1" in status and "CapEff:\t0000000000000000" in status
    held = held_by(pid)
    assert {name for name in held if name.startswith(str(tmp_path))} <= {str(tmp_path / "a.pdf")}, held
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert has_ended(pid), "the child outlives the program"


@pytest.mark.parametrize("number", [signal.SIGSEGV, signal.SIGABRT, signal.SIGKILL])
def test_a_crash_costs_one_page(start, tmp_path, number):
    files = [slow(tmp_path / "a.pdf"), several(tmp_path / "b.tiff"), tmp_path / "c.png"]
    picture(["GRACIAS"]).save(files[2])
    process = start("read", "-j", "1", "-f", "json", "--locked-down", *files, stdout=-1, stderr=-1)
    os.kill(child_of(process), number)
    out, _ = process.communicate(timeout=120)
    assert process.returncode == 1
    first, second, third = json.loads(out)
    errors = [page["error"] for page in first.get("pages", [first]) if "error" in page]
    code = "runtime" if number == signal.SIGKILL else "damaged"
    assert [error["code"] for error in errors] == [code]  # the others are decoded by another child
    assert ("killed from outside" in errors[0]["message"]) == (number == signal.SIGKILL)
    if number == signal.SIGKILL and KILLS_ARE_COUNTED:
        assert "ended nothing for want of memory" in errors[0]["message"]
    # a sanitizer catches the signal and ends the child itself
    caught = number == signal.SIGSEGV and os.environ.get("LINCE_SANITIZER")
    assert ("(exit status " if caught else f"(signal {int(number)})") in errors[0]["message"]
    assert [page["text"] for page in second["pages"]] == WORDS and third["text"] == "GRACIAS"


KILLS_ARE_COUNTED = "\noom_kill " in Path("/proc/vmstat").read_text()


def endless(path, count):
    """Pages that share one content, which takes minutes to draw."""
    drawn = zlib.compress(b"0 0 612 792 re f\n" * 300000)
    kids = b" ".join(b"%d 0 R" % (number + 4) for number in range(count))
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count),
        b"<< /Filter /FlateDecode /Length %d >>\nstream\n" % len(drawn) + drawn + b"\nendstream",
        *[b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 3 0 R >>"] * count,
    ]
    data = b"%PDF-1.4\n" + b"".join(b"%d 0 obj\n" % n + body + b"\nendobj\n" for n, body in enumerate(bodies, 1))
    path.write_bytes(data + b"trailer << /Size %d /Root 1 0 R >>\n%%%%EOF\n" % (len(bodies) + 1))
    return path


@pytest.mark.parametrize("kills", [1, 3, 4, 6])
def test_children_that_were_killed_for_want_of_memory_are_no_attack(start, tmp_path, kills):
    """As the kernel does where a container's memory runs out: only the pages that were asked for are lost."""
    sanitized = bool(os.environ.get("LINCE_SANITIZER"))
    count = 60  # enough that it still reads when the last child is ended
    process = start(
        "read", "-j", "1", "-f", "json", "--locked-down", slow(tmp_path / "a.pdf", count), stdout=-1, stderr=-3
    )
    ended = set()
    while len(ended) < kills:
        pid = child_of(process)
        if pid not in ended:
            time.sleep(0 if ended else 3 if sanitized else 0.3)  # it opens the file
            os.kill(pid, signal.SIGKILL)
            ended.add(pid)
    out, _ = process.communicate(timeout=200)
    (document,) = json.loads(out)
    pages = document["pages"]
    errors = [page["error"] for page in pages if "error" in page]
    assert {error["code"] for error in errors} == {"runtime"} and len(errors) <= kills
    assert all("killed from outside" in error["message"] for error in errors)
    assert [page["text"] for page in pages if "error" not in page] == ["HOJA"] * (count - len(errors))


def kill_every_child(start, path, after, out_path, jobs, numbers):
    """Reads both files while every child ends by these signals in turn. Gives what was read and how many there were."""
    with out_path.open("wb") as out:
        process = start("read", "-j", str(jobs), "-f", "json", "--locked-down", path, after, stdout=out, stderr=-3)
        ended = set()
        while process.poll() is None:
            for pid in children_of(process.pid):
                with contextlib.suppress(OSError):
                    if pid in ended or "Seccomp:\t2" not in Path(f"/proc/{pid}/status").read_text():
                        continue
                    if "decoder" not in Path(f"/proc/{pid}/cmdline").read_text():
                        continue
                    time.sleep(0 if ended else 3 if os.environ.get("LINCE_SANITIZER") else 0.3)  # it opens the file
                    os.kill(pid, numbers[len(ended) % len(numbers)])
                    ended.add(pid)
            time.sleep(0.002)
    return json.loads(out_path.read_text()), len(ended)


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize(
    "number, most, code, told",
    [
        (signal.SIGABRT, 3, "damaged", "ended over 3 pages"),
        (signal.SIGKILL, 8, "runtime", "ended or was killed at 8 pages"),
    ],
)
def test_a_file_that_no_child_survives_is_given_up(start, tmp_path, jobs, number, most, code, told):
    """Every child ends, by a file that ends it on every page, or for want of memory; other files are read."""
    path, after = endless(tmp_path / "a.pdf", 16), tmp_path / "b.png"
    picture(["GRACIAS"]).save(after)
    (first, second), ended = kill_every_child(start, path, after, tmp_path / "out", jobs, [number])
    errors = [page["error"] for page in first["pages"]]
    assert len(errors) == 16 and {error["code"] for error in errors} == {code}
    given_up = [error["message"] for error in errors if f"{told} of this file in a row" in error["message"]]
    assert len(given_up) == 16 - most and ended == most, (len(given_up), ended)
    assert second["text"] == "GRACIAS"


def test_a_kill_between_is_no_row_of_attacks(start, tmp_path):
    """Two pages end the decoder, then somebody kills it, and so on: eight children are enough, nobody is accused."""
    path, after = endless(tmp_path / "a.pdf", 12), tmp_path / "b.png"
    picture(["GRACIAS"]).save(after)
    numbers = [signal.SIGABRT, signal.SIGABRT, signal.SIGKILL]
    (first, second), ended = kill_every_child(start, path, after, tmp_path / "out", 1, numbers)
    messages = [page["error"]["message"] for page in first["pages"]]
    assert ended == 8 and not any("pages of this file in a row, so" in each for each in messages[:8])
    assert all("ended or was killed at 8 pages of this file in a row" in each for each in messages[8:])
    assert second["text"] == "GRACIAS"


def test_passwords_go_to_the_child(lince, tmp_path):
    several(tmp_path / "a.pdf")
    path = tmp_path / "b.pdf"
    command = ["qpdf", "--encrypt", "secreto", "otro", "256", "--", tmp_path / "a.pdf", path]
    subprocess.run(command, check=True)
    refused = lince("read", "--locked-down", path)
    assert refused.code == 1 and not refused.out
    done = lince("read", "-f", "ndjson", "--locked-down", path, env={"LINCE_PASSWORD": "secreto"})
    assert [page["text"] for page in objects(done.out)] == WORDS


def test_archives_are_taken_apart_by_a_child(lince, tmp_path):
    one, two = io.BytesIO(), io.BytesIO()
    picture(["UNO"]).save(one, "PNG")
    picture(["DOS"]).save(two, "PNG")
    inner = packed([("dos.png", two.getvalue()), ("vacio.png", b"")])
    data = packed([("uno.png", one.getvalue()), ("carpeta/", b""), ("nota.txt", b"nada"), ("dentro.zip", inner)])
    path = tmp_path / "stack.zip"
    for content in (data, data[:-30], data[:200], packed([])):
        path.write_bytes(content)
        for source in ([path], ["-"]):
            here, there = (
                lince("read", "-f", "ndjson", *options, *source, stdin=content if source == ["-"] else b"")
                for options in ([], ["--locked-down"])
            )
            assert there.code == here.code, there.err
            assert list(map(plain, objects(there.out))) == list(map(plain, objects(here.out)))


def test_a_bomb_is_refused_as_without_a_child(lince, tmp_path):
    path = tmp_path / "bomb.zip"
    path.write_bytes(packed([("a.png", b"\x89PNG\r\n\x1a\n" + b"\0" * (300 << 20))]))
    here, there = (lince("read", "-f", "ndjson", *options, path) for options in ([], ["--locked-down"]))
    assert there.code == here.code
    assert list(map(plain, objects(there.out))) == list(map(plain, objects(here.out)))


def test_people_do_not_call_it(lince):
    assert lince("decoder").code == 2
    assert b"decoder" not in lince("help").out
