"""Files with pages: one result with pages, one line per page, ranges, resuming, failures of single pages."""

import json
import signal
import struct
import subprocess
import time
from pathlib import Path

import pytest
from conftest import ROOT, objects, sheet
from jsonschema import Draft202012Validator

SCHEMA = Draft202012Validator(json.loads((ROOT / "docs/read.schema.json").read_text()))
WORDS = ["UNO 1,10", "DOS 2,20", "TRES 3,30", "CUATRO 4,40"]


def page(text, mode="1"):
    return sheet(text, (480, 100), 40, (20, 25)).convert(mode)


@pytest.fixture
def document(tmp_path):
    path = tmp_path / "document.tif"
    pages = [page(text) for text in WORDS]
    pages[0].save(path, save_all=True, append_images=pages[1:], compression="group4")
    return path


def damaged_page(path, number):
    """Ends the strips of a page behind the end of the file."""
    data = bytearray(path.read_bytes())
    (at,) = struct.unpack_from("<I", data, 4)
    for _ in range(number - 1):
        (count,) = struct.unpack_from("<H", data, at)
        (at,) = struct.unpack_from("<I", data, at + 2 + 12 * count)
    (count,) = struct.unpack_from("<H", data, at)
    for entry in range(at + 2, at + 2 + 12 * count, 12):
        tag, kind, values = struct.unpack_from("<HHI", data, entry)
        if tag == 273 and values == 1:
            struct.pack_into("<HI", data, entry + 2, 4, 1)
            struct.pack_into("<I", data, entry + 8, len(data) - 1)
    path.write_bytes(data)


def test_text_parts_pages_by_form_feeds(lince, document):
    assert lince("read", document).out.decode() == "\n\f".join(WORDS) + "\n"


def test_several_files_have_their_names_once(lince, document, corpus):
    out = lince("read", document, corpus / "gracias.bmp").out.decode()
    assert out == f"==> {document} <==\n" + "\n\f".join(WORDS) + f"\n\n==> {corpus}/gracias.bmp <==\nGRACIAS\n\n"


def test_ndjson_has_a_line_a_page(lince, document):
    found = objects(lince("read", "-f", "ndjson", document).out)
    assert [(each["page"], each["pages"], each["text"]) for each in found] == [
        (number + 1, len(WORDS), text) for number, text in enumerate(WORDS)
    ]
    assert len({each["sha256"] for each in found}) == 1
    for each in found:
        SCHEMA.validate(each)


@pytest.mark.parametrize("jobs", ["1", "3"])
def test_json_has_one_result_with_pages(lince, document, corpus, jobs):
    files = [document, corpus / "gracias.bmp", document, document.with_name("no.tif")]
    found = json.loads(lince("read", "-f", "json", "--jobs", jobs, *files).out)
    assert [each["file"] for each in found] == [str(file) for file in files]
    for each in found:
        SCHEMA.validate(each)
    for each in (found[0], found[2]):
        assert each["page_count"] == len(WORDS)
        assert [(one["page"], one["text"]) for one in each["pages"]] == list(enumerate(WORDS, 1))


def test_tsv_names_the_page(lince, document):
    rows = [row.split("\t") for row in lince("read", "-f", "tsv", document).out.decode().splitlines()[1:]]
    assert [(row[7], row[8]) for row in rows] == [(text, str(number)) for number, text in enumerate(WORDS, 1)]


@pytest.mark.parametrize(
    ("pages", "wanted"), [("1", [0]), ("2-3", [1, 2]), ("3-", [2, 3]), ("1,4,2-3", [0, 1, 2, 3]), ("4-9", [3])]
)
def test_ranges(lince, document, pages, wanted):
    out = lince("read", "--pages", pages, document).out.decode()
    assert out == "\n\f".join(WORDS[index] for index in wanted) + "\n"


@pytest.mark.parametrize("pages", ["0", "", "1-", "x", "3-2", "1,,2", "1;2", "-3"])
def test_a_wrong_range_is_told(lince, document, pages):
    done = lince("read", "--pages", pages, document)
    assert done.code == (0 if pages == "1-" else 2)


def test_a_page_that_is_not_there_is_told(lince, document, corpus):
    done = lince("read", "--pages", "5-", document, corpus / "gracias.bmp")
    assert done.code == 1
    assert f"{document} has 4 pages, and --pages names none of them" in done.err.decode()


@pytest.mark.parametrize("language, told", [("en", "has one page, which"), ("es", "tiene una sola página, que")])
def test_pages_of_several_files_are_counted_in_each(lince, document, corpus, language, told):
    """An image has one page. A file that has none of the wanted ones is told, and the others are read."""
    image = corpus / "gracias.bmp"
    done = lince("read", "-f", "ndjson", "--pages", "1", document, image, document)
    assert done.code == 0 and [each.get("page") for each in objects(done.out)] == [1, None, 1]
    done = lince("read", "-f", "ndjson", "--pages", "2-3", image, document, image, env={"LINCE_LANG": language})
    found = objects(done.out)
    assert done.code == 1 and [each.get("page") for each in found] == [None, 2, 3, None]
    assert [each.get("error", {}).get("code") for each in found] == ["argument", None, None, "argument"]
    assert all(f"{image} {told}" in found[place]["error"]["message"] for place in (0, 3))


def test_from_standard_input_and_a_pipe(lince, document):
    assert lince("read", "-", stdin=document.read_bytes()).out.decode().count("\f") == 3


def test_a_damaged_page_is_told_and_the_others_are_read(lince, document):
    damaged_page(document, 2)
    done = lince("read", "-f", "ndjson", document)
    found = objects(done.out)
    assert done.code == 1
    assert [each.get("text") for each in found] == [WORDS[0], None, WORDS[2], WORDS[3]]
    assert (found[1]["page"], found[1]["error"]["code"]) == (2, "damaged")
    for each in found:
        SCHEMA.validate(each)
    (whole,) = json.loads(lince("read", "-f", "json", document).out)
    SCHEMA.validate(whole)
    assert [("error" in each) for each in whole["pages"]] == [False, True, False, False]
    done = lince("read", document)
    assert done.out.decode() == f"{WORDS[0]}\n\f\f{WORDS[2]}\n\f{WORDS[3]}\n"
    assert f"{document}, page 2: " in done.err.decode()


def test_pictures_of_pages(lince, document, tmp_path):
    lince("read", "--boxes", tmp_path / "drawn", "--pages", "2-3", document)
    assert sorted(path.name for path in (tmp_path / "drawn").iterdir()) == [
        "document-page-2.png",
        "document-page-3.png",
    ]


def test_fields_of_pages(lince, document):
    found = objects(lince("read", "--fields", "-f", "ndjson", document).out)
    assert [each["page"] for each in found] == [1, 2, 3, 4]
    for each in found:
        SCHEMA.validate({name: each[name] for name in each if name in SCHEMA.schema["$defs"]["page"]["properties"]})


def test_resuming_goes_on_with_the_page_that_is_missing(lince, document, corpus, tmp_path):
    out = tmp_path / "out.ndjson"
    files = [document, corpus / "gracias.bmp"]
    whole = lince("read", "-f", "ndjson", *files).out
    lines = whole.splitlines(keepends=True)
    out.write_bytes(b"".join(lines[:2]) + lines[2][:40])
    lince("read", "-f", "ndjson", "-o", out, "--resume", *files)
    assert [each.get("page") for each in objects(out.read_bytes())] == [1, 2, 3, 4, None]
    done = lince("read", "-f", "ndjson", "-o", out, "--resume", *files)
    assert f"2 files were already in {out}" in done.err.decode()
    assert out.read_bytes().count(b"\n") == 5


def test_an_interrupted_document_is_whole_json(start, tmp_path):
    path = tmp_path / "long.tif"
    pages = [page(text) for text in WORDS * 100]
    pages[0].save(path, save_all=True, append_images=pages[1:], compression="group4")
    out = tmp_path / "out.json"
    process = start("read", "-f", "json", "-o", out, path, stderr=subprocess.DEVNULL)
    while not list(Path(tmp_path).glob("out.json.*.part")) and process.poll() is None:
        time.sleep(0.01)
    time.sleep(0.7)
    process.send_signal(signal.SIGINT)
    process.send_signal(signal.SIGINT)
    process.wait()
    found = json.loads(out.read_bytes())
    for each in found:
        SCHEMA.validate(each)
    assert sum(len(each["pages"]) for each in found) < len(pages)


def test_memory_does_not_grow_with_pages(lince, tmp_path):
    peaks = []
    for count in (3, 60):
        path = tmp_path / f"{count}.tif"
        pages = [page(WORDS[number % 4], "L") for number in range(count)]
        pages[0].save(path, save_all=True, append_images=pages[1:], compression="tiff_lzw")
        found = objects(lince("read", "-f", "ndjson", "--memory", "128MB", path).out)
        assert len(found) == count
        peaks.append(max(each["memory"]["peak_bytes"] for each in found))
    assert peaks[1] < 1.1 * peaks[0]


def test_a_pdf_has_a_page_for_each(lince, document, corpus, tmp_path):
    out = tmp_path / "out.pdf"
    assert lince("read", "-f", "pdf", "-o", out, document, corpus / "gracias.bmp").code == 0
    told = subprocess.run(["pdftotext", out, "-"], capture_output=True, check=True).stdout.decode()
    assert [text.strip() for text in told.split("\f")] == [*WORDS, "GRACIAS", ""]
