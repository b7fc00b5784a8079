"""Text in another script than Latin is not read, and a warning says so."""

import json

import pytest
from conftest import FONT, whole_pages
from PIL import Image, ImageDraw, ImageFont

pytestmark = whole_pages

CYRILLIC = ["Договор аренды заключён между", "сторонами на срок двенадцать", "месяцев с даты подписания"]
GREEK = ["Η σύμβαση μίσθωσης συνάπτεται", "για δώδεκα μήνες από την", "υπογραφής του παρόντος"]
LATIN = ["El contrato se firma entre", "las partes por doce meses", "desde la fecha de entrega"]


def page(rows, path):
    image = Image.new("L", (600, 60 + 50 * len(rows)), 255)
    for number, row in enumerate(rows):
        ImageDraw.Draw(image).text((30, 30 + 50 * number), row, fill=20, font=ImageFont.truetype(FONT, 26))
    image.save(path)
    return path


@pytest.mark.parametrize("rows", [CYRILLIC, GREEK], ids=["cyrillic", "greek"])
def test_another_script_is_told(lince, tmp_path, rows):
    done = lince("read", "-f", "json", page(rows, tmp_path / "page.png"))
    assert [warning["code"] for warning in json.loads(done.out)[0]["warnings"]] == ["unread_text"]
    assert b"3 of 3 lines could not be read" in done.err


def test_the_latin_script_gives_no_warning(lince, tmp_path):
    done = lince("read", "-f", "json", page(LATIN, tmp_path / "page.png"))
    assert json.loads(done.out)[0].get("warnings", []) == [] and done.err == b""


@pytest.mark.parametrize(("language", "said"), [("en", b"Latin: Spanish"), ("es", b"latina: espa")])
def test_the_doctor_says_which_script_is_read(lince, language, said):
    assert said in lince("doctor", env={"LINCE_LANG": language}).out
