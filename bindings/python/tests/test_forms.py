"""A document in the forms of the program: the same bytes."""

import io
import os
import pathlib
import re
import subprocess
import sys
import threading

import lince
import pytest
from PIL import Image
from test_lince import CARD, LIMIT, PHOTO, pdf_of

FORMS = ["text", "markdown", "layout", "hocr", "alto", "tesseract-tsv", "tsv", "json", "ndjson", "pdf"]
PROGRAM = os.environ["LINCE_PROGRAM"]


@pytest.fixture(scope="module")
def reader():
    with lince.Engine(memory_limit_bytes=LIMIT) as engine, engine.reader() as opened:
        yield opened


def tiff(folder):
    pages = [Image.open(path).convert("RGB") for path in (CARD, PHOTO)]
    pages[0].save(folder / "two.tiff", save_all=True, append_images=pages[1:])
    return folder / "two.tiff"


def scan(folder):
    pages = [Image.open(path).convert("RGB") for path in (CARD, PHOTO)]
    pages[0].save(folder / "scan.pdf", "PDF", save_all=True, append_images=pages[1:], resolution=200)
    return folder / "scan.pdf"


def card(folder):
    (folder / "card.png").write_bytes(CARD.read_bytes())
    return folder / "card.png"


def photo(folder):
    (folder / "photo.jpg").write_bytes(PHOTO.read_bytes())
    return folder / "photo.jpg"


def text(folder):
    (folder / "text.pdf").write_bytes(pdf_of("Total de la factura"))
    return folder / "text.pdf"


def timeless(data):
    """Without what differs from run to run."""
    return re.sub(rb'"(decode|detect|recognise|total|peak_bytes|limit_bytes)":[\d.]+', rb'"\1":0', data)


def by_program(path, form, *options):
    command = [PROGRAM, "read", "-f", form, "-q", *options, path.name]
    return subprocess.run(command, cwd=path.parent, check=True, capture_output=True).stdout


def by_library(reader, path, form, from_bytes=False, **options):
    out = io.BytesIO()
    made = reader._engine.document(path.read_bytes()) if from_bytes else reader._engine.document_file(path)
    with made as document:
        reader.write(document, form, out.write, name=path.name, **options)
    return out.getvalue()


@pytest.mark.parametrize("make", [card, photo, tiff, scan, text])
@pytest.mark.parametrize("form", FORMS)
def test_forms_are_the_bytes_of_the_program(reader, tmp_path, make, form):
    path = make(tmp_path)
    expected = timeless(by_program(path, form))
    assert expected and timeless(by_library(reader, path, form)) == expected
    assert timeless(by_library(reader, path, form, from_bytes=True)) == expected


def test_pictures_of_pages_and_chosen_pages(reader, tmp_path):
    path = scan(tmp_path)
    assert by_library(reader, path, "pdf", pictures=True) == by_program(path, "pdf", "--pages", "1-")
    assert b"DCTDecode" in by_library(reader, path, "pdf", pages=[1])  # the file's own pictures
    for level in (2, 3):
        assert by_library(reader, path, "pdf", pdf_a=level) == by_program(path, "pdf", "--pdf-a", f"{level}b")
    assert by_library(reader, path, "text", pages=[1]) == by_program(path, "text", "--pages", "2")


def test_letters_go_into_the_forms_that_have_them(reader, tmp_path):
    path = card(tmp_path)
    assert by_library(reader, path, "hocr", letters=True) == by_program(path, "hocr", "--letters")


def test_a_password_opens_and_keeps_its_file(reader, tmp_path):
    path = scan(tmp_path)
    locked = tmp_path / "locked.pdf"
    subprocess.run(["qpdf", "--encrypt", "abrir", "duena", "256", "--", path, locked], check=True)
    out = io.BytesIO()
    with reader._engine.document_file(locked, password="abrir") as document:
        reader.write(document, "pdf", out.write)
    locked.write_bytes(out.getvalue())
    assert subprocess.run(["pdftotext", locked, "-"], capture_output=True).returncode != 0
    found = subprocess.run(["pdftotext", "-upw", "abrir", locked, "-"], capture_output=True, check=True).stdout
    assert found.split()


def test_what_fails_is_raised(reader, tmp_path):
    path = scan(tmp_path)
    with reader._engine.document_file(path) as document:
        for form, options in (
            ("docx", {}),
            ("hocr", {"pictures": True}),
            ("pdf", {"pdf_a": 1}),
            ("text", {"pages": [1, 0]}),
        ):
            with pytest.raises(lince.LinceError) as raised:
                reader.write(document, form, lambda data: None, **options)
            assert raised.value.code == lince.Status.ARGUMENT
        with pytest.raises(ZeroDivisionError):
            reader.write(document, "text", lambda data: 1 / 0)
    owned = tmp_path / "owned.pdf"
    subprocess.run(["qpdf", "--encrypt", "", "duena", "256", "--modify=none", "--", path, owned], check=True)
    with reader._engine.document_file(owned) as document:
        with pytest.raises(lince.LinceError, match="pictures=true") as raised:
            reader.write(document, "pdf", lambda data: None)
        assert raised.value.code == lince.Status.UNSUPPORTED
        pages = []
        reader.write(document, "pdf", pages.append, pictures=True)
        assert b"".join(pages).startswith(b"%PDF-")


def in_time(function, seconds=60):
    """What the function raised, or None; a function that hangs fails the test."""
    raised = []

    def run():
        try:
            function()
            raised.append(None)
        except Exception as exception:
            raised.append(exception)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    assert raised, "it hangs"
    return raised[0]


@pytest.mark.parametrize("make", [scan, text])
def test_write_may_use_other_pdf_documents(reader, tmp_path, make):
    counts, engine = [], reader._engine

    def write(data):
        with engine.document(pdf_of("Otro")) as other:
            counts.append(len(other) * len(data))

    with engine.document_file(make(tmp_path)) as document:
        assert in_time(lambda: reader.write(document, "pdf", write)) is None
    assert sum(counts) > 0


def test_a_slow_write_stops_no_other_pdf_document(reader, tmp_path):
    opened, begun, engine = threading.Event(), threading.Event(), reader._engine

    def open_other():
        begun.wait(60)
        with engine.document(pdf_of("Otro")):
            opened.set()

    def write(data):
        begun.set()
        assert opened.wait(30)

    threading.Thread(target=open_other, daemon=True).start()
    with engine.document_file(scan(tmp_path)) as document:
        assert in_time(lambda: reader.write(document, "pdf", write)) is None


@pytest.mark.parametrize("form", ["pdf", "text"])
def test_a_document_stays_open_while_it_is_written(reader, tmp_path, form):
    with reader._engine.document_file(scan(tmp_path)) as document:

        def pages():
            yield 0
            document.close()
            yield 1

        for options in ({"write": lambda data: document.close()}, {"write": len, "pages": pages()}):
            raised = in_time(lambda options=options: reader.write(document, form, **options))
            assert isinstance(raised, ValueError) and "written" in str(raised)
        assert in_time(lambda: reader.write(document, form, len)) is None


def test_a_full_disk_of_temporary_files_is_named(tmp_path):
    """A limit on the size of files stands for the full disk."""
    path = scan(tmp_path)
    code = (
        "import resource, signal, sys, lince, io\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n"
        "with lince.Engine() as engine, engine.reader() as reader, engine.document_file(sys.argv[1]) as document:\n"
        "    try:\n"
        "        reader.write(document, 'pdf', len)\n"
        "    except lince.LinceError as error:\n"
        "        print(error.name, error.message)\n"
    )
    sanitizer = os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0"  # what Python leaks at its end
    environment = dict(os.environ, PYTHONPATH=os.pathsep.join(sys.path), ASAN_OPTIONS=sanitizer)
    found = subprocess.run([sys.executable, "-c", code, path], env=environment, capture_output=True, text=True)
    assert "TMPDIR" in found.stdout and found.returncode == 0, found


def test_memory_does_not_grow_with_documents(reader, tmp_path):
    path = pathlib.Path(text(tmp_path))
    by_library(reader, path, "pdf")
    resting = reader._engine.memory_current_bytes
    for _ in range(5):
        by_library(reader, path, "pdf")
    assert reader._engine.memory_current_bytes == resting
