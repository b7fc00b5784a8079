"""The rules by which gImageReader imports hOCR, in our own words, kept by what `-f hocr` and `tesseract` write.

- The file is XML without entities other than its five. In `html`, `body`, the `div` elements are the pages; the first
  one must be an `ocr_page`.
- A title is parted at its semicolons; a property's name ends at the first blank. `image` is a name in quotes, relative
  to the file's folder; `ppageno` a number; a `bbox` has four whole numbers.
- A page consists of `div` elements. One without words in it is taken for a graphic.
- Every element below counts as an item, down to `ocrx_word`, whose text is all that is in it.
- A baseline is two numbers in plain decimals, and a confidence is shown as it stands.
"""

import re
import xml.etree.ElementTree as ElementTree

import pytest
from conftest import objects, picture, sheet

HTML = "{http://www.w3.org/1999/xhtml}"
CLASSES = ["ocr_page", "ocr_carea", "ocr_par", "ocr_line", "ocrx_word"]
BASELINE = re.compile(r"[+-]?\d+\.?\d*\s+[+-]?\d+\.?\d*")


def title_of(element):
    parts = [part.split(None, 1) for part in re.split(r"\s*;\s*", element.get("title"))]
    return {part[0]: part[1] for part in parts}


def children(element, depth=0):
    """Asserts that elements are nested as the importer shows them."""
    assert element.get("class") == CLASSES[depth]
    assert len([int(side) for side in title_of(element)["bbox"].split()]) == 4
    if depth == len(CLASSES) - 1:
        return ["".join(element.itertext()).strip()]
    return [word for child in element for word in children(child, depth + 1)]


def pages_of(hocr):
    pages = list(ElementTree.fromstring(hocr).find(f"{HTML}body"))
    assert pages and all(page.tag == f"{HTML}div" for page in pages)
    return pages


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("plain.png", ("--letters",)),
        ("con espacio.png", ()),
        ("a&b<c>.png", ()),
        ("it's.png", ()),
        ("año 100%.png", ()),
    ],
)
def test_pages_and_words_come_in(lince, tmp_path, name, options):
    picture(["TOTAL 123,45 & <más>", 'dijo "sí" a todo']).save(tmp_path / name)
    done = lince("read", "-f", "hocr", *options, name, cwd=tmp_path)
    (page,) = pages_of(done.out)
    title = title_of(page)
    image = re.sub("^['\"]|['\"]$", "", title["image"])
    assert (tmp_path / image).is_file() and title["ppageno"] == "0"
    (read,) = objects(lince("read", "-f", "ndjson", name, cwd=tmp_path).out)
    assert children(page) == [word["text"] for line in read["lines"] for word in line["words"]]


def test_every_page_comes_in(lince, tmp_path):
    first, second = (sheet(text, (600, 200), 50, (40, 60)) for text in ("UNO 1,10", "DOS 2,20"))
    first.save(tmp_path / "two.tif", save_all=True, append_images=[second])
    for command in (("read", "-f", "hocr", "two.tif"), ("tesseract", "two.tif", "-", "hocr")):
        pages = pages_of(lince(*command, cwd=tmp_path).out)
        assert [children(page) for page in pages] == [["UNO", "1,10"], ["DOS", "2,20"]]
        assert [title_of(page)["ppageno"] for page in pages] == ["0", "1"]


@pytest.mark.parametrize("angle", [0, 0.3, -2, 5])
def test_baselines_and_confidences_are_plain_numbers(lince, tmp_path, angle):
    picture(["TOTAL 123,45", "CARACAS"]).rotate(angle, expand=True, fillcolor="white").save(tmp_path / "page.png")
    (page,) = pages_of(lince("read", "-f", "hocr", tmp_path / "page.png").out)
    lines = [element for element in page.iter() if element.get("class") == "ocr_line"]
    words = [element for element in page.iter() if element.get("class") == "ocrx_word"]
    assert len(lines) == 2 and len(words) == 3
    for line in lines:
        assert BASELINE.fullmatch(title_of(line)["baseline"])
    assert all(0 <= int(title_of(word)["x_wconf"]) <= 100 for word in words)


def test_a_page_without_words_has_no_graphic(lince, tmp_path):
    sheet("", (400, 400), 40, (0, 0)).save(tmp_path / "page.png")
    (page,) = pages_of(lince("read", "-f", "hocr", tmp_path / "page.png").out)
    assert list(page) == []
