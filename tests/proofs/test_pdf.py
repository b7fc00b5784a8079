"""PDF files as other programs take them: conforming to PDF/A, whole, and with each word where it is seen."""

from __future__ import annotations

import subprocess
from collections import Counter
from functools import cache
from itertools import pairwise

import conformance
import pytest
import readers
from conftest import NAMES, Made

DRIFT = 0.4  # of a word's height: how far a reader's box may lie from the one in JSON
SIDE_DRIFT = 0.6  # sideways, where a reader adds the width that it thinks a letter has


@pytest.fixture(scope="session")
def judged(made) -> dict[str, dict]:
    """What veraPDF says of each file."""
    names = [each.pdf for each in made.values() if each.case.is_pdf_a]
    return {path.stem: told for path, told in zip(names, conformance.judged(names), strict=True)}


def test_every_file_is_here(made):
    assert sorted(made) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_pdf_a_is_what_it_says(made, judged, name):
    if not made[name].case.is_pdf_a:
        assert b"pdfaid" not in made[name].pdf.read_bytes()
        return
    form = made[name].case.level or {"archived-1": "1b", "archived-3": "3b"}.get(name, "2b")
    assert (judged[name]["form"], judged[name]["failed"]) == (form, [])
    assert judged[name]["complies"]


@pytest.mark.parametrize("name", NAMES)
def test_the_file_is_whole(made, name):
    done = subprocess.run(["qpdf", "--check", made[name].pdf], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def words_of(page: list[list[dict]]) -> list[str]:
    return [word["text"] for line in page for word in line]


# Lines that go down by 3 degrees: one ends as low as the next one begins. pdf.js sees no end there,
# and PDFium takes the lower line first. PDFium sorts the words of a line from left to right, also upside down.
OTHER_ORDER = {
    ("rotated--3", "pdf.js"),
    ("rotated--3", "PDFium"),
    ("rotated-180", "PDFium"),
    ("page-turned-180", "PDFium"),
}


def expected_counts(file: Made) -> list[int]:
    lines = [" ".join(word["text"] for word in line) for line in file.lines(0)]
    return [sum(line.count(phrase) for line in lines) for phrase in phrases_of(file)]


def phrases_of(file: Made) -> list[str]:
    """Three words of each line of the first page."""
    lines = [[word["text"] for word in line] for line in file.lines(0)]
    return list(dict.fromkeys(" ".join(line[:3]) for line in lines if len(line) > 1))


READERS = {"Poppler": readers.poppler, "PDFium": readers.pdfium, "pdf.js": readers.pdfjs}


@pytest.fixture(scope="session")
def opened(made):
    """The pages of a file in a reader; each file is opened once in each."""

    @cache
    def pages(name: str, reader: str) -> list[readers.Found]:
        phrases = [phrases_of(made[name])] if reader == "pdf.js" else []
        return READERS[reader](made[name].pdf, *phrases)

    return pages


def own_text_only(file: Made) -> bool:
    """--pdf-text always leaves a scan without text, in JSON and in the file."""
    return file.case.options == ["--pdf-text", "always"]


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("name", NAMES)
def test_words_are_those_of_json(made, opened, name, reader):
    pages = opened(name, reader)
    assert len(pages) == len(made[name].pages)
    for number, page in enumerate(pages):
        expected = words_of(made[name].lines(number))
        assert len(expected) > 60 or own_text_only(made[name])
        if reader == "Poppler":  # which sorts the boxes that it tells by their place
            assert Counter(page.texts) == Counter(expected)
        elif (name, reader) in OTHER_ORDER:
            assert Counter("".join(page.texts)) == Counter("".join(expected))
            assert len(page.texts) > 0.8 * len(expected)
        else:
            assert page.texts == expected


@pytest.mark.parametrize("name", NAMES)
def test_copied_text_is_in_the_order_of_reading(made, name):
    pages = readers.poppler_text(made[name].pdf)
    assert pages == [words_of(made[name].lines(number)) for number in range(len(pages))]


def apart(box: readers.Box, seen: readers.Box, height: float, is_upright: bool, is_corner: bool) -> float:
    """How far a reader's box lies from the one in JSON, in units of what is allowed."""
    if is_corner:  # a baseline begins somewhere on the word's edge
        inside = (min(max(box[0], seen[0]), seen[2]), min(max(box[1], seen[1]), seen[3]))
        return max(abs(box[0] - inside[0]), abs(box[1] - inside[1])) / (DRIFT * height)
    first, other = (0, 1) if is_upright else (1, 0)
    sides = max(abs(box[first] - seen[first]), abs(box[first + 2] - seen[first + 2])) / (SIDE_DRIFT * height)
    middles = abs(box[other] + box[other + 2] - seen[other] - seen[other + 2]) / 2 / (DRIFT * height)
    return max(sides, middles)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("name", NAMES)
def test_words_are_where_json_has_them(made, opened, name, reader):
    if (name, reader) in OTHER_ORDER:
        pytest.skip("words joined or in another order")
    far = []
    for number, page in enumerate(opened(name, reader)):
        read = made[name].pages[number]
        scale, is_upright = page.width / read["width"], read["turn"] % 180 == 0
        seen = []
        for line in read["lines"]:
            x0, y0, x1, y1 = line["box"]
            height = min(x1 - x0, y1 - y0) * scale
            seen += [(word["text"], tuple(side * scale for side in word["box"]), height) for word in line["words"]]
        for index, (text, box) in enumerate(page.words):
            if box is None:
                continue
            places = [each for each in seen if each[0] == text] if reader == "Poppler" else [seen[index]]
            least = min(apart(box, place, height, is_upright, reader == "pdf.js") for _, place, height in places)
            if least > 1:
                far.append((text, round(least, 1), box, places))
    assert far == []


@pytest.mark.parametrize("name", NAMES)
def test_phrases_are_found(made, opened, name):
    expected = expected_counts(made[name])
    if (name, "PDFium") not in OTHER_ORDER:
        assert readers.pdfium_counts(made[name].pdf, phrases_of(made[name]))[0] == expected
    if (name, "pdf.js") not in OTHER_ORDER:
        assert opened(name, "pdf.js")[0].counts == expected


@pytest.mark.parametrize("name", ["mode-L", "scan", "rotated-2", "rotated-90", "page-turned-90", "two-pages"])
def test_phrases_are_found_over_the_end_of_a_line(made, name):
    """Firefox takes the end of a line for a space."""
    blocks = [block for block in made[name].pages[0]["blocks"] if block["kind"] == "paragraph"]
    ends = {
        " ".join((first[-1]["text"], second[0]["text"]))
        for first, second in pairwise(made[name].lines(0))
        if any(f"{first[-1]['text']} {second[0]['text']}" in block["text"] for block in blocks)
    }
    assert len(ends) > 5
    counts = readers.pdfjs(made[name].pdf, sorted(ends))[0].counts
    assert [end for end, count in zip(sorted(ends), counts, strict=True) if count == 0] == []
