"""pytesseract with a link to lince as its command: each of its functions, kind of picture and way of failing.

Its own suite is in its repository alone, neither in the wheel nor in the sdist. LINCE_PYTESSERACT_TESTS names a folder
with it (the folder `tests` of a checkout of version 0.3.13); then it runs here too.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from multiprocessing import Pool
from pathlib import Path

import drawn
import numpy
import pandas
import pytesseract
import pytest
from conftest import PROGRAM, lince
from PIL import Image
from pytesseract import Output

SUITE = os.environ.get("LINCE_PYTESSERACT_TESTS")
# Cases of its suite that ask for Tesseract's own words, with the reason.
NOT_OURS = {
    "test_image_to_data_common_output[dict]": "the boxes and confidences that Tesseract gives a picture, to the pixel",
    "test_get_languages[custom_tessdata_dir]": "the models in a folder of Tesseract's; Lince has its own",
}


@pytest.fixture(scope="module", autouse=True)
def command(tmp_path_factory):
    """A link with Tesseract's name, first in PATH too."""
    folder = tmp_path_factory.mktemp("bin")
    (folder / "tesseract").symlink_to(PROGRAM.resolve())
    before = os.environ["PATH"], pytesseract.pytesseract.tesseract_cmd
    os.environ["PATH"] = f"{folder}:{before[0]}"
    pytesseract.pytesseract.tesseract_cmd = str(folder / "tesseract")
    yield folder
    os.environ["PATH"], pytesseract.pytesseract.tesseract_cmd = before


@pytest.fixture(scope="module")
def page(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("page") / "page.png"
    drawn.page("L").save(path, dpi=(drawn.DPI, drawn.DPI))
    return path


def read(path: Path) -> dict:
    return json.loads(lince("read", "-f", "ndjson", path))


def words(path: Path) -> list[str]:
    return [word["text"] for line in read(path)["lines"] for word in line["words"]]


def test_the_version_and_the_languages():
    assert pytesseract.get_tesseract_version().major == 5
    assert {"eng", "spa", "fra", "osd"} <= set(pytesseract.get_languages())


@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF", "BMP", "GIF", "WEBP", "PPM", "JPEG2000"])
@pytest.mark.parametrize("by_name", [True, False])
def test_pictures_of_every_form(tmp_path, form, by_name):
    path = tmp_path / f"page.{'jp2' if form == 'JPEG2000' else form.lower()}"
    drawn.page("L").save(path, form)
    text = pytesseract.image_to_string(str(path) if by_name else Image.open(path), "spa")
    assert drawn.LETTER[1] in text


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_pictures_of_every_mode(mode):
    sheet = drawn.page("RGB").convert(mode)
    assert drawn.LETTER[1] in pytesseract.image_to_string(sheet, "spa")


@pytest.mark.parametrize("kind", ["uint8", "bool", "float"])
def test_arrays(page, kind):
    array = numpy.asarray(Image.open(page))
    array = {"uint8": array, "bool": array > 128, "float": array.astype(float)}[kind]
    picture = array if kind == "uint8" else Image.fromarray((array * (255 if kind == "bool" else 1)).astype("uint8"))
    assert drawn.LETTER[1] in pytesseract.image_to_string(picture, "spa")


def test_a_list_of_names(page, tmp_path):
    (tmp_path / "names.txt").write_text(f"{page}\n{page}\n")
    text = pytesseract.image_to_string(str(tmp_path / "names.txt"), "spa")
    assert text.count(drawn.LETTER[1]) == 2


def test_several_at_once(page):
    with Pool(2) as pool:
        for text in pool.map(pytesseract.image_to_string, [str(page)] * 4):
            assert drawn.LETTER[1] in text


def test_a_limit_of_time(page):
    with pytest.raises(RuntimeError, match="timeout"):
        pytesseract.image_to_string(str(page), timeout=0.001)


def test_nothing_is_left_behind(page, tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    for function in (pytesseract.image_to_string, pytesseract.image_to_data, pytesseract.image_to_osd):
        function(Image.open(page))
    assert list(tmp_path.iterdir()) == []


def test_the_table_has_the_words_of_json(page):
    table = pytesseract.image_to_data(str(page), "spa", output_type=Output.DICT)
    expected = [(word["text"], word["box"]) for line in read(page)["lines"] for word in line["words"]]
    found = [index for index, level in enumerate(table["level"]) if level == 5]
    assert [table["text"][index] for index in found] == [text for text, _box in expected]
    for index, (_text, box) in zip(found, expected, strict=True):
        left, top, width, height = (table[name][index] for name in ("left", "top", "width", "height"))
        sides = (left, top, left + width, top + height)
        assert all(abs(one - two) <= 1 for one, two in zip(sides, box, strict=True))
        assert 0 <= table["conf"][index] <= 100


@pytest.mark.parametrize("output", [Output.BYTES, Output.STRING, Output.DATAFRAME])
def test_the_table_in_every_form(page, output):
    table = pytesseract.image_to_data(str(page), "spa", output_type=output)
    if output is Output.DATAFRAME:
        assert isinstance(table, pandas.DataFrame)
        assert [text for text in table["text"].dropna().astype(str) if text.strip()] == words(page)
    else:
        assert ("text" if output is Output.STRING else b"text") in table


def test_a_number_alone_stays_a_text(tmp_path):
    """pytesseract lets pandas tell numbers; the words must come back as they are printed."""
    sheet = Image.new("L", (500, 200), 255)
    drawn.ImageDraw.Draw(sheet).text((40, 60), "0042 007", 0, drawn.face(48))
    table = pytesseract.image_to_data(sheet, output_type=Output.DATAFRAME, pandas_config={"dtype": {"text": str}})
    assert list(table["text"].dropna()) == ["0042", "007"]


def test_boxes_of_letters(page):
    height = Image.open(page).height
    rows = [row.split(" ") for row in pytesseract.image_to_boxes(str(page), "spa").splitlines()]
    assert "".join(row[0] for row in rows) == "".join(words(page))
    for _letter, left, bottom, right, top, number in rows:
        assert int(left) < int(right) and int(bottom) < int(top) <= height and number == "0"
    told = pytesseract.image_to_boxes(str(page), "spa", output_type=Output.DICT)
    assert told["char"] == [row[0] for row in rows]


@pytest.mark.parametrize("angle", [0, 90, 180, 270])
def test_which_way_is_up(page, angle):
    turned = Image.open(page).rotate(angle, expand=True)
    told = pytesseract.image_to_osd(turned, output_type=Output.DICT)
    assert (told["rotate"], told["orientation"]) == (angle, (360 - angle) % 360)
    assert told["script"] == "Latin" and told["page_num"] == 0
    assert told["orientation_conf"] > 0 and told["script_conf"] > 0


@pytest.mark.parametrize("extension", ["pdf", "hocr"])
def test_pdf_and_hocr(page, extension):
    found = pytesseract.image_to_pdf_or_hocr(str(page), "spa", extension=extension)
    begins, ends = {"pdf": (b"%PDF", b"%%EOF"), "hocr": (b"<?xml", b"</html>")}[extension]
    assert found.strip().startswith(begins) and found.strip().endswith(ends)


def test_alto(page):
    found = pytesseract.image_to_alto_xml(str(page), "spa")
    assert found.startswith(b"<?xml") and found.strip().endswith(b"</alto>")


def test_several_outputs_in_one_run(page):
    outputs = ["txt", "pdf", "hocr", "box", "tsv"]
    text, pdf, hocr, boxes, table = pytesseract.run_and_get_multiple_output(str(page), outputs, "spa")
    assert text == pytesseract.image_to_string(str(page), "spa")
    assert pdf == pytesseract.image_to_pdf_or_hocr(str(page), "spa")
    assert hocr == pytesseract.image_to_pdf_or_hocr(str(page), "spa", extension="hocr")
    assert boxes == pytesseract.image_to_boxes(str(page), "spa")
    assert table == pytesseract.image_to_data(str(page), "spa")


@pytest.mark.parametrize("config", ["--psm 6", "--oem 1 --psm 3", "--dpi 300", "-c tessedit_create_txt=1", "--psm 11"])
def test_options_that_callers_give(page, config):
    assert drawn.LETTER[1] in pytesseract.image_to_string(str(page), "spa+eng", config=config, nice=1)


def test_failures(page, tmp_path):
    (tmp_path / "no.png").write_bytes(b"\x89PNG no picture")
    with pytest.raises(pytesseract.TesseractError) as told:
        pytesseract.image_to_string(str(page), "jpn")
    assert told.value.status == 1 and "jpn" in told.value.message
    with pytest.raises(pytesseract.TesseractError):
        pytesseract.image_to_string(str(tmp_path / "no.png"))
    with pytest.raises(FileNotFoundError):
        pytesseract.image_to_string(Image.open(tmp_path / "missing.png"))


@pytest.mark.skipif(SUITE is None, reason="LINCE_PYTESSERACT_TESTS names no folder")
def test_its_own_suite(command, tmp_path):
    """Of the suite, only NOT_OURS may be left out."""
    deselected = [part for case in NOT_OURS for part in ("--deselect", f"tests/pytesseract_test.py::{case}")]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-W", "ignore", *deselected, SUITE],
        cwd=Path(SUITE).parent, capture_output=True, text=True, check=False, env=os.environ | {"TMPDIR": str(tmp_path)},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
