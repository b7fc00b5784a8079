"""The forms for other programs: hOCR, ALTO, Tesseract's table, Markdown, and text that keeps its places."""

import csv
import unicodedata
import xml.etree.ElementTree as ElementTree

import pytest
from conftest import LINES, objects
from test_order import LEFT, RIGHT, ROWS, page

FORMS = ["markdown", "layout", "hocr", "tesseract-tsv", "alto"]
XHTML = "{http://www.w3.org/1999/xhtml}"
ALTO = "{http://www.loc.gov/standards/alto/ns-v4#}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("forms")
    page().save(place / "page.png")
    page(20).save(place / 'a <b> & "c" -- d.png')
    return place


def run(lince, form, *names):
    done = lince("read", "-f", form, *names)
    assert done.code == 0 and done.err == b""
    text = done.out.decode()
    assert text == unicodedata.normalize("NFC", text)
    return text


def read_lines(lince, *names):
    return [line for found in objects(lince("read", "-f", "ndjson", *names).out) for line in found["lines"]]


def box_of(title):
    (box,) = [part.split()[1:] for part in title.split("; ") if part.startswith("bbox ")]
    return [int(number) for number in box]


def within(inner, outer):
    return outer[0] <= inner[0] <= inner[2] <= outer[2] and outer[1] <= inner[1] <= inner[3] <= outer[3]


def test_hocr_has_the_lines_and_words_with_boxes_inside_each_other(lince, folder):
    tree = ElementTree.fromstring(run(lince, "hocr", folder))
    classes = [element.get("class") for element in tree.iter() if element.get("class")]
    expected = read_lines(lince, folder)
    assert classes.count("ocr_page") == 2 and classes.count("ocr_line") == len(expected)
    identifiers = [element.get("id") for element in tree.iter() if element.get("id")]
    assert len(identifiers) == len(set(identifiers))
    lines = [element for element in tree.iter(XHTML + "span") if element.get("class") == "ocr_line"]
    for line, element in zip(expected, lines, strict=True):
        words = list(element)
        assert [word.text for word in words] == [word["text"] for word in line["words"]]
        assert all(within(box_of(word.get("title")), box_of(element.get("title"))) for word in words)
    for parent in tree.iter():
        for child in parent:
            if parent.get("title") and child.get("title"):
                assert within(box_of(child.get("title")), box_of(parent.get("title")))
    titles = [element.get("title") for element in tree.iter(XHTML + "div") if element.get("class") == "ocr_page"]
    assert 'a <b> & "c" -- d.png"; bbox' in titles[0]
    assert "ocr-system" in [meta.get("name") for meta in tree.iter(XHTML + "meta")]


def test_alto_has_the_same(lince, folder):
    text = run(lince, "alto", folder)
    tree = ElementTree.fromstring(text)
    expected = read_lines(lince, folder)
    lines = list(tree.iter(ALTO + "TextLine"))
    assert [[word.get("CONTENT") for word in line.iter(ALTO + "String")] for line in lines] == [
        [word["text"] for word in line["words"]] for line in expected
    ]
    for line in lines:
        assert len(line.findall(ALTO + "SP")) == len(line.findall(ALTO + "String")) - 1
        for word in line.iter(ALTO + "String"):
            assert 0 <= float(word.get("WC")) <= 1 and int(word.get("WIDTH")) > 0 and int(word.get("HEIGHT")) > 0
    tags = {tag.get("ID") for tag in tree.iter(ALTO + "LayoutTag")}
    assert {block.get("TAGREFS") for block in tree.iter(ALTO + "TextBlock")} <= tags
    assert "a &lt;b&gt; &amp; &quot;c&quot; \u2010\u2010 d.png" in text


def test_the_table_of_tesseract(lince, folder):
    text = run(lince, "tesseract-tsv", folder)
    rows = list(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
    header = "level page_num block_num par_num line_num word_num left top width height conf text"
    assert text.splitlines()[0].split("\t") == header.split()
    assert all(None not in row.values() for row in rows)
    words = [row for row in rows if row["level"] == "5"]
    assert [row["text"] for row in words] == [
        word["text"] for line in read_lines(lince, folder) for word in line["words"]
    ]
    assert {row["conf"] for row in rows if row["level"] != "5"} == {"-1"}
    assert all(0 <= float(row["conf"]) <= 100 for row in words)
    assert [row["page_num"] for row in rows if row["level"] == "1"] == ["1", "2"]
    numbers = [tuple(int(row[name]) for name in header.split()[1:6]) for row in rows]
    assert len(numbers) == len(set(numbers))


def test_markdown_joins_lines_and_makes_tables(lince, folder):
    parts = run(lince, "markdown", folder / "page.png").split("\n\n")
    assert parts[0] == "## News of the valley"
    assert parts[1:3] == [" ".join(LEFT), " ".join(RIGHT)]
    table = ["| | |", "| --- | --- |", *[f"| {label} | {value} |" for label, value in ROWS]]
    assert parts[3].rstrip("\n").splitlines() == table


def test_markdown_escapes_what_would_be_markup(lince, tmp_path):
    from conftest import picture

    picture(["# 5 *new* <b>", "a_b 1|2"]).save(tmp_path / "marks.png")
    text = run(lince, "markdown", tmp_path / "marks.png")
    assert "\\#" in text and "\\*new\\*" in text and "\\<b\\>" in text and "1\\|2" in text


def test_layout_keeps_the_places(lince, folder):
    rows = run(lince, "layout", folder / "page.png").splitlines()
    assert rows[0] == "News of the valley"
    starts = set()
    for left, right in [*zip(LEFT, RIGHT, strict=True), *ROWS]:
        (row,) = [row for row in rows if row.startswith(left + " ") and row.endswith(right)]
        assert row[len(left) : -len(right)].isspace()
        starts.add(len(row) - len(right))
    assert max(starts) - min(starts) <= 2
    assert "" in rows


@pytest.mark.parametrize("form", FORMS)
def test_an_empty_page_and_one_that_fails_leave_the_form_whole(lince, tmp_path, corpus, form):
    from PIL import Image

    Image.new("RGB", (300, 200), "white").save(tmp_path / "empty.png")
    done = lince("read", "-f", form, tmp_path / "empty.png", tmp_path / "none.png", corpus / "gracias.bmp")
    assert done.code == 1 and b"none.png" in done.err
    assert LINES["gracias.bmp"][0] in done.out.decode()
    if form in ("hocr", "alto"):
        ElementTree.fromstring(done.out)
