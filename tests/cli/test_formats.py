"""The four forms of the output, and that they do not depend on the number of jobs."""

import csv
import hashlib
import json

import pytest
from conftest import LINES, ROOT, objects, steady
from jsonschema import Draft202012Validator

SCHEMA = Draft202012Validator(json.loads((ROOT / "docs/read.schema.json").read_text()))


@pytest.fixture(scope="module")
def run_of_all(corpus):
    """One run over good and bad files, shared by the tests that only look at it."""
    import subprocess

    from conftest import command, environment

    names = [corpus / "total.png", corpus / "missing.png", *[corpus / name for name in LINES]]
    done = subprocess.run(command("read", "-f", "ndjson", *names), capture_output=True, env=environment(), check=False)
    return names, done


def test_the_schema_is_one():
    Draft202012Validator.check_schema(SCHEMA.schema)


def test_ndjson_follows_its_schema(run_of_all):
    names, done = run_of_all
    found = objects(done.stdout)
    assert [each["file"] for each in found] == [str(name) for name in names]
    for each in found:
        SCHEMA.validate(each)


def test_the_schema_refuses_what_is_not_promised(run_of_all):
    page = objects(run_of_all[1].stdout)[0]
    for broken in ({**page, "more": 1}, {**page, "sha256": "0"}, {"file": "a"}, {**page, "lines": [{}]}):
        assert not SCHEMA.is_valid(broken)


def test_a_failure_stands_in_its_place_and_the_others_go_on(run_of_all):
    found = objects(run_of_all[1].stdout)
    assert [("error" in each) for each in found] == [False, True] + [False] * len(LINES)
    assert found[1]["error"]["code"] == "not_found"
    assert run_of_all[1].returncode == 1
    assert b"1 of 6 files failed" in run_of_all[1].stderr


def test_the_text_is_read(run_of_all):
    for each in objects(run_of_all[1].stdout)[2:]:
        name = each["file"].rsplit("/", 1)[1]
        assert each["text"].split() == " ".join(LINES[name]).split()


def test_the_digest_is_that_of_the_file(run_of_all):
    names, done = run_of_all
    for name, each in zip(names, objects(done.stdout), strict=True):
        if "sha256" in each:
            assert each["sha256"] == hashlib.sha256(name.read_bytes()).hexdigest()


def test_lines_words_and_boxes_agree(run_of_all):
    for page in objects(run_of_all[1].stdout):
        for line in page.get("lines", []):
            assert line["text"] == " ".join(word["text"] for word in line["words"])
            for x0, y0, x1, y1 in [line["box"], *[word["box"] for word in line["words"]]]:
                assert 0 <= x0 <= x1 <= page["width"] and 0 <= y0 <= y1 <= page["height"]


def test_numbers_are_rounded(run_of_all):
    for page in objects(run_of_all[1].stdout):
        for line in page.get("lines", []):
            for value in line["box"] + sum(line["quad"], []):
                assert value == round(value, 1)
            assert line["confidence"] == round(line["confidence"], 4)


@pytest.mark.concurrent
def test_any_number_of_jobs_gives_the_same(lince, run_of_all):
    names, done = run_of_all
    many = lince("read", "-f", "ndjson", "--jobs", "5", *names, *names)
    expected = [steady(each) for each in objects(done.stdout)]
    assert [steady(each) for each in objects(many.out)] == expected * 2


def test_json_is_one_array_of_the_same(lince, run_of_all):
    names, done = run_of_all
    array = json.loads(lince("read", "-f", "json", *names).out)
    assert [steady(each) for each in array] == [steady(each) for each in objects(done.stdout)]


def test_json_of_nothing_is_an_empty_array(lince, tmp_path):
    done = lince("read", "-f", "json", tmp_path)
    assert done.code == 0
    assert json.loads(done.out) == []


def test_text_of_one_file_is_the_text_alone(lince, corpus):
    done = lince("read", corpus / "total.png")
    assert done.code == 0
    assert done.out.decode().split() == " ".join(LINES["total.png"]).split()
    assert done.out.endswith(b"\n") and not done.out.endswith(b"\n\n")


def test_text_of_several_files_has_their_names(lince, files):
    out = lince("read", *files).out.decode()
    assert [line for line in out.splitlines() if line.startswith("==> ")] == [f"==> {name} <==" for name in files]


def test_text_tells_failures_on_standard_error_only(lince, corpus):
    done = lince("read", corpus / "missing.png", corpus / "gracias.bmp")
    assert done.code == 1
    assert b"missing.png" in done.err and b"missing.png" not in done.out
    assert b"GRACIAS" in done.out


def test_quiet_says_nothing_of_single_files(lince, corpus):
    done = lince("read", "--quiet", corpus / "missing.png")
    assert (done.code, done.out, done.err) == (1, b"", b"")


def test_tsv_has_a_row_for_each_line(lince, run_of_all, files):
    rows = list(
        csv.reader(lince("read", "-f", "tsv", *files).out.decode().splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    )
    assert rows[0] == ["file", "index", "x0", "y0", "x1", "y1", "confidence", "text", "page"]
    expected = [
        [
            page["file"],
            str(index),
            *[f"{value:g}" for value in line["box"]],
            f"{line['confidence']:g}",
            line["text"],
            "1",
        ]
        for page in objects(run_of_all[1].stdout)[2:]
        for index, line in enumerate(page["lines"])
    ]
    assert rows[1:] == expected


def test_tsv_escapes_names(lince, tmp_path, corpus):
    name = tmp_path / "a\tb\nc\\d.bmp"
    name.write_bytes((corpus / "gracias.bmp").read_bytes())
    row = lince("read", "-f", "tsv", name).out.decode().splitlines()[1]
    assert row.split("\t")[0] == str(tmp_path) + "/a\\tb\\nc\\\\d.bmp"


def test_a_name_that_is_not_utf8_is_told_twice(lince, tmp_path, corpus):
    import base64

    name = bytes(tmp_path) + b'/caf\xe9 "x".bmp'
    with open(name, "wb") as file:
        file.write((corpus / "gracias.bmp").read_bytes())
    for argument in (name, name + b".missing"):
        (found,) = objects(lince("read", "-f", "ndjson", argument).out)
        SCHEMA.validate(found)
        assert found["file"] == argument.decode(errors="replace")
        assert base64.b64decode(found["file_bytes"]) == argument
