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
    image = Image.new("L", (900, 60 + 50 * len(rows)), 255)
    for number, row in enumerate(rows):
        ImageDraw.Draw(image).text((30, 30 + 50 * number), row, fill=20, font=ImageFont.truetype(FONT, 26))
    image.save(path)
    return path


ARABIC = ["عقد إيجار بين الطرفين لمدة", "اثني عشر شهرا من تاريخ التوقيع", "ويخضع لأحكام القانون المدني"]
HEBREW = ["חוזה שכירות בין הצדדים לתקופה", "של שנים עשר חודשים מיום החתימה", "בכפוף להוראות החוק האזרחי"]
GEORGIAN = ["იჯარის ხელშეკრულება მხარეებს", "შორის თორმეტი თვის ვადით", "ხელმოწერის დღიდან ძალაშია"]
ARMENIAN = ["Վարձակալության պայմանագիր", "կողմերի միջև տասներկու ամիս", "ստորագրման օրվանից սկսած"]
OTHERS = [CYRILLIC, GREEK, ARABIC, HEBREW, GEORGIAN, ARMENIAN]
NAMES = ["cyrillic", "greek", "arabic", "hebrew", "georgian", "armenian"]


@pytest.mark.parametrize("rows", OTHERS, ids=NAMES)
def test_another_script_is_told(lince, tmp_path, rows):
    done = lince("read", "-f", "json", page(rows, tmp_path / "page.png"))
    assert [warning["code"] for warning in json.loads(done.out)[0]["warnings"]] == ["unread_text"]
    assert b"of 3 lines could not be read" in done.err


@pytest.mark.parametrize("rows", OTHERS, ids=NAMES)
def test_a_single_line_of_another_script_is_told(lince, tmp_path, rows):
    done = lince("read", "-f", "json", page(rows[:1], tmp_path / "page.png"))
    assert [warning["code"] for warning in json.loads(done.out)[0]["warnings"]] == ["unread_text"]


def test_three_lines_among_many_are_told(lince, tmp_path):
    done = lince("read", page(LATIN * 3 + CYRILLIC, tmp_path / "page.png"))
    assert b"3 of 12 lines could not be read" in done.err
    done = lince("read", page(LATIN * 3 + CYRILLIC[:1], tmp_path / "page.png"))
    assert b"1 of 10 lines could not be read" in done.err


def test_a_word_of_another_script_among_many_lines_may_be_a_logo(lince, tmp_path):
    done = lince("read", page([*LATIN * 3, CYRILLIC[0].split()[0]], tmp_path / "page.png"))
    assert done.err == b""


# Of Cyrillic and Arabic the recogniser loses the Latin half too: little is left of a long line.
@pytest.mark.parametrize("rows", OTHERS, ids=NAMES)
@pytest.mark.parametrize("is_first", [True, False])
def test_a_line_that_goes_on_in_another_script_is_told(lince, tmp_path, rows, is_first):
    half = f"{rows[0]} {LATIN[0]}" if is_first else f"{LATIN[0]} {rows[0]}"
    done = lince("read", page([*LATIN * 3, half], tmp_path / "page.png"))
    assert b"1 of 10 lines could not be read, or only in part" in done.err


HALVES = [  # a few words, of which the recogniser keeps a letter or two
    ("meses desde la", "רשע םינש"),
    ("en la cuenta", "םולשת יחרזאה"),
    ("partes por doce", "םינש לש הז"),
    ("factura fecha de", "רפסמ הרבחה"),
    ("número de factura", "μήνες από την"),
    ("El contrato se", "στον λογαριασμό"),
    ("mes en la", "օրվանից սկսած վճարումը"),
    ("hace cada mes", "պայմանագիր կողմերի միջև"),
]


def test_half_lines_of_other_scripts_are_told(lince, tmp_path):
    told = []
    for number, (latin, other) in enumerate(HALVES):
        for half in (f"{latin} {other}", f"{other} {latin}"):
            done = lince("read", page([*LATIN * 3, half], tmp_path / f"{number}.png"))
            told.append(b"1 of 10 lines could not be read, or only in part" in done.err)
    assert told.count(True) >= 14, list(zip(HALVES, told[::2], told[1::2], strict=True))


NEIGHBOURS = {
    "vietnamese": ["Hợp đồng thuê nhà được ký", "giữa hai bên trong thời hạn", "mười hai tháng kể từ ngày"],
    "polish": ["Umowa najmu zostaje zawarta", "między stronami na okres", "dwunastu miesięcy od dnia"],
    "turkish": ["Kira sözleşmesi taraflar", "arasında imza tarihinden", "itibaren on iki ay süreyle"],
    "finnish": ["Vuokrasopimus tehdään", "osapuolten välillä kahdentoista", "kuukauden ajaksi yhtiön tilille"],
    "codes": ["AB-1234-XZ 0012B-77/A SKU:88", "REF#A12 7741-B/22 MK3.2V12", "M8x1.25 #10-32 IIII-1l1l 12V/5A"],
}


@pytest.mark.parametrize("rows", NEIGHBOURS.values(), ids=NEIGHBOURS)
def test_other_latin_languages_and_codes_give_no_warning(lince, tmp_path, rows):
    done = lince("read", "-f", "json", page(rows, tmp_path / "page.png"))
    assert [warning["code"] for warning in json.loads(done.out)[0].get("warnings", [])] == []


def test_a_part_of_a_line_that_is_read_as_nothing_is_told(lince, tmp_path):
    signs = "\N{HEXAGRAM FOR DIFFICULTY AT THE BEGINNING}\N{HEXAGRAM FOR WAITING}" * 5
    done = lince("read", page([*LATIN * 3, f"Contrato {signs}"], tmp_path / "page.png"))
    assert b"or only in part" in done.err


@pytest.mark.parametrize("rows", [LATIN, LATIN[:1]])
def test_the_latin_script_gives_no_warning(lince, tmp_path, rows):
    done = lince("read", "-f", "json", page(rows, tmp_path / "page.png"))
    assert json.loads(done.out)[0].get("warnings", []) == [] and done.err == b""


@pytest.mark.parametrize(("language", "said"), [("en", b"Latin: Spanish"), ("es", b"latina: espa")])
def test_the_doctor_says_which_script_is_read(lince, language, said):
    assert said in lince("doctor", env={"LINCE_LANG": language}).out
