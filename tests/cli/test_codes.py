"""Bar codes on pages: codes made by zint are found with kind, content and place, and nothing is missing in silence."""

import base64
import io
import json
import random
import subprocess

import jsonschema
import pytest
from conftest import FONT, ROOT, plain_memory, whole_pages
from PIL import Image, ImageDraw, ImageFilter, ImageFont

CONTENTS = {
    "qr": (58, "https://example.org/v?rut=76.543.210-9&total=12990"),
    "ean_13": (13, "5901234123457"),
    "ean_8": (13, "12345670"),
    "upc_a": (34, "725272702703"),
    "upc_e": (37, "12345670"),
    "code_128": (20, "ABC-12345-xyz"),
    "code_39": (8, "LOTE 77-A"),
    "itf": (3, "0012345678"),
    "pdf_417": (55, "Factura 0001-00012345, total 1.234,50"),
    "data_matrix": (71, "DM 98765"),
    "aztec": (92, "Aztec 2026"),
}
CHECKED = {"ean_13", "ean_8", "upc_a", "upc_e"}  # zint adds the last digit itself


def zint(kind, content, *options, scale=1):
    number, given = CONTENTS[kind][0], content[:-1] if kind in CHECKED else content
    command = ["zint", "-b", str(number), "-d", given, "--scale", str(scale), "--direct", "--filetype=png", *options]
    made = subprocess.run(command, capture_output=True, check=True)
    return Image.open(io.BytesIO(made.stdout)).convert("L")


def page_with(*placed, size=(1240, 1754)):
    page = Image.new("L", size, 255)
    for code, place in placed:
        page.paste(code, place)
    return page


@pytest.fixture
def read(lince, tmp_path):
    """The pages that `lince read --codes` makes of images, as JSON."""

    def run(*images, options=("--codes",)):
        names = []
        for number, image in enumerate(images):
            names.append(tmp_path / f"{number:03}.png")
            image.save(names[-1])
        done = lince("read", "-f", "ndjson", *options, *names)
        assert done.code == 0, done.err
        return [json.loads(line) for line in done.out.splitlines()]

    return run


def codes_of(page):
    return [(code["kind"], code["content"]) for code in page["codes"]]


def is_around(box, place, size, slack):
    """Whether a box is that of a code of `size` pasted at `place`."""
    x, y = place
    return (
        x - slack <= box[0]
        and y - slack <= box[1]
        and box[2] <= x + size[0] + slack
        and box[3] <= y + size[1] + slack
        and (box[2] - box[0]) * (box[3] - box[1]) >= 0.4 * size[0] * size[1]
    )


@pytest.mark.parametrize("kind", CONTENTS)
def test_each_kind_is_read_with_its_place(read, kind):
    content = CONTENTS[kind][1]
    code = zint(kind, content)
    (page,) = read(page_with((code, (100, 60)), size=(700, 400)))
    assert codes_of(page) == [(kind, content)]
    assert is_around(page["codes"][0]["box"], (100, 60), code.size, 8)
    assert page["warnings"] == []
    schema = json.loads((ROOT / "docs/read.schema.json").read_text())
    jsonschema.validate(page, schema)


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_turned_page(read, angle):
    upright = (page_with((zint(kind, CONTENTS[kind][1]), (100, 60)), size=(600, 400)) for kind in CONTENTS)
    pages = read(*(page.rotate(angle, expand=True) for page in upright))
    assert [codes_of(page) for page in pages] == [[(kind, CONTENTS[kind][1])] for kind in CONTENTS]


@pytest.mark.parametrize("angle", [7, -12])
def test_a_crooked_photograph(read, angle):
    def worn(kind):
        page = page_with((zint(kind, CONTENTS[kind][1], scale=2), (100, 150)), size=(900, 700))
        turned = page.rotate(angle, fillcolor=255, resample=Image.BICUBIC)
        return turned.filter(ImageFilter.GaussianBlur(1))

    kinds = ["qr", "data_matrix", "aztec", "ean_13", "code_128"]
    pages = read(*(worn(kind) for kind in kinds))
    assert [codes_of(page) for page in pages] == [[(kind, CONTENTS[kind][1])] for kind in kinds]


def test_the_corners_follow_the_code(read):
    upright = page_with((zint("qr", "corners", scale=2), (300, 500)))
    (page,) = read(upright.rotate(-90, expand=True))  # clockwise: the code's upper left is at the upper right
    quad, box = page["codes"][0]["quad"], page["codes"][0]["box"]
    assert abs(quad[0][0] - box[2]) <= 2
    assert abs(quad[0][1] - box[1]) <= 2


def test_several_kinds_on_one_page_from_top_to_bottom(read):
    kinds = list(CONTENTS)
    placed = [(zint(kind, CONTENTS[kind][1]), (100 + 500 * (i % 2), 60 + 140 * i)) for i, kind in enumerate(kinds)]
    (page,) = read(page_with(*placed))
    assert codes_of(page) == [(kind, CONTENTS[kind][1]) for kind in kinds]


def turned(kind, content, degrees, scale=1):
    code = zint(kind, content, scale=scale)
    side = max(code.size) + 300
    page = Image.new("L", (side, side), 255)
    page.paste(code, ((side - code.width) // 2, (side - code.height) // 2))
    return page.rotate(degrees, fillcolor=255, resample=Image.Resampling.BICUBIC)


LONG = {
    "itf": "859574890682883607598386756508",
    "code_128": "LONG-85957489068288360759",
    "pdf_417": "Factura 85957489068288360759",
}


@pytest.mark.parametrize("kind", LONG)
def test_long_codes_turned_to_any_degree(read, kind):
    degrees = [-45, -38, -31, -24, -17, -10, 7, 14, 21, 28, 35, 42, 52, 71, 110]
    pages = read(*[turned(kind, LONG[kind], each) for each in degrees])
    assert [codes_of(page) for page in pages] == [[(kind, LONG[kind])] for _ in degrees]
    for page in pages:
        box = page["codes"][0]["box"]
        assert 100 < box[0] < page["width"] / 2 < box[2] < page["width"] - 100


@pytest.mark.parametrize("digits", [8, 14, 20, 30])
def test_a_part_of_an_itf_is_none(read, digits):
    """Whatever the angle, a number is read whole or not at all."""
    numbers = random.Random(digits)
    truth = ["".join(numbers.choice("0123456789") for _ in range(digits)) for _ in range(12)]
    pages = read(*[turned("itf", text, numbers.uniform(-90, 90)) for text in truth])
    found = [codes_of(page) for page in pages]
    assert all(codes in ([], [("itf", text)]) for codes, text in zip(found, truth, strict=True)), found
    assert sum(codes != [] for codes in found) >= 11


def test_several_codes_turned_each_in_its_way(read):
    page = Image.new("L", (2400, 1400), 255)
    for number, degrees in enumerate((25, -33, 0, 40)):
        page.paste(
            turned("code_128", f"LONG-8595748906-{number}", degrees),
            (30 + 1150 * (number % 2), 30 + 680 * (number // 2)),
        )
    (found,) = read(page)
    assert {content for _, content in codes_of(found)} == {f"LONG-8595748906-{number}" for number in range(4)}


def test_text_beside_codes_is_the_same(read):
    page = page_with((zint("qr", "beside"), (700, 100)))
    font = ImageFont.truetype(FONT, 36)
    for row in range(6):
        ImageDraw.Draw(page).text((80, 400 + 70 * row), f"RENGLÓN {row} CON TEXTO", font=font, fill=0)
    (with_codes,) = read(page)
    (without,) = read(page, options=())
    assert "codes" not in without
    assert with_codes["lines"] == without["lines"]


def test_a_page_without_codes_says_so(read):
    (page,) = read(Image.new("L", (600, 400), 255))
    assert page["codes"] == []
    assert page["warnings"] == []


@pytest.mark.parametrize("kind", ["qr", "pdf_417", "data_matrix"])
@pytest.mark.parametrize("data", [b"\x00\xff\xfe\x80bin", bytes(range(128, 160)), b"null\x00inside", b"\x01\x02\x03"])
def test_bytes_that_are_no_text_are_said_to_be_none(read, tmp_path, kind, data):
    (tmp_path / "data").write_bytes(data)
    command = ["zint", "-b", str(CONTENTS[kind][0]), "--binary", "-i", tmp_path / "data", "--direct", "--filetype=png"]
    image = Image.open(io.BytesIO(subprocess.run(command, capture_output=True, check=True).stdout)).convert("L")
    (page,) = read(page_with((image, (200, 200)), size=(800, 600)))
    (code,) = page["codes"]
    assert code["content"] is None
    assert base64.b64decode(code["bytes"]) == data


@pytest.mark.parametrize("content", ["Ñandú, año 2026 €", "日本語のテキスト", "línea 1\nlínea 2", "x" * 1800])
def test_contents_in_any_script_and_length(read, content):
    (page,) = read(page_with((zint("qr", content, "--eci=26"), (100, 100))))
    assert codes_of(page) == [("qr", content)]


def test_a_white_code_on_black(read):
    page = page_with((zint("qr", "inverse"), (100, 100)), size=(400, 400))
    assert codes_of(read(page.point(lambda level: 255 - level))[0]) == [("qr", "inverse")]


def test_a_hundred_codes(read):
    codes = [zint("qr", f"code {number}") for number in range(100)]
    placed = [(code, (20 + 110 * (i % 10), 20 + 110 * (i // 10))) for i, code in enumerate(codes)]
    (page,) = read(page_with(*placed, size=(1130, 1130)))
    assert {content for _, content in codes_of(page)} == {f"code {number}" for number in range(100)}


def test_more_codes_than_are_read_give_a_warning(read):
    codes = [zint("data_matrix", f"{number:04}") for number in range(324)]
    placed = [(code, (20 + 50 * (i % 18), 20 + 50 * (i // 18))) for i, code in enumerate(codes)]
    (page,) = read(page_with(*placed, size=(940, 940)))
    assert len(page["codes"]) == 255
    assert "codes_missing" in [warning["code"] for warning in page["warnings"]]


@pytest.mark.parametrize("share", [0.1, 0.5])
@pytest.mark.parametrize("grain", [1, 4])
def test_random_dots_are_no_codes(read, share, grain):
    source = random.Random(grain)
    page = Image.new("L", (1200 // grain, 900 // grain))
    page.putdata([0 if source.random() < share else 255 for _ in range(page.width * page.height)])
    (page,) = read(page.resize((1200, 900), Image.NEAREST))
    assert page["codes"] == []


def bands(source, width, height):
    page = Image.new("L", (width, height), 255)
    pen, x = ImageDraw.Draw(page), 0
    while x < width:
        thick = source.randint(1, 9)
        pen.rectangle((x, 0, x + thick, height), fill=0)
        x += thick + source.randint(2, 9)
    return page


@whole_pages
def test_random_bars_are_no_codes(read):
    pages = read(*(bands(random.Random(seed), 1000, 300) for seed in range(12)))
    assert [page["codes"] for page in pages] == [[]] * 12


def test_codes_need_a_form_with_a_place_for_them(lince, tmp_path):
    zint("qr", "x").save(tmp_path / "a.png")
    for form in ("text", "tsv", "markdown", "alto", "hocr", "pdf"):
        done = lince("read", "-f", form, "--codes", tmp_path / "a.png")
        assert done.code == 2
        assert b"--codes" in done.err


# ---- memory


@plain_memory
def test_too_little_memory_for_all_pixels_is_a_warning(lince, tmp_path):
    """A large page under limits from too low to ample: a code is found, or a warning says that codes may be missing."""
    page = page_with((zint("qr", "small print"), (4000, 5000)), size=(5000, 7000))
    page.save(tmp_path / "large.png")
    seen = set()
    for limit in (80, 120, 400):
        done = lince("read", "-f", "ndjson", "--codes", "--memory", f"{limit}MB", tmp_path / "large.png")
        answer = json.loads(done.out)
        if "error" in answer:
            assert answer["error"]["code"] == "memory_limit"
            continue
        warnings = {warning["code"] for warning in answer["warnings"]}
        seen |= warnings
        assert answer["codes"] or warnings & {"codes_reduced", "codes_missing"}, limit
        assert limit < 400 or (answer["codes"] and not warnings & {"codes_reduced", "codes_missing"})
    assert "codes_reduced" in seen


@plain_memory
def test_the_price_counts_codes(lince, tmp_path):
    """
    Of a picture so large that looking for codes takes more than reading its text. Such a picture has a price without
    and one with small print too; that of others is one.
    """
    for side, count in ((2000, 1), (8000, 3)):
        Image.new("L", (side, side), 255).save(tmp_path / "page.png")
        plan = lince("memory", "plan", "--memory", "2GB", tmp_path / "page.png").out.decode()
        prices = [float(line.split()[0]) for line in plan.splitlines() if " MB  price" in line]
        assert len(prices) == count and prices == sorted(set(prices)), plan
        assert ("price with --codes" in plan) == (count == 3)


@plain_memory
def test_the_limit_named_by_a_warning_is_enough(lince, tmp_path):
    page_with((zint("qr", "small print"), (4000, 5000)), size=(5000, 7000)).save(tmp_path / "large.png")
    done = lince("read", "-f", "ndjson", "--codes", "--memory", "120MB", tmp_path / "large.png")
    (message,) = [
        warning["message"] for warning in json.loads(done.out)["warnings"] if warning["code"] == "codes_reduced"
    ]
    limit = message.split("--memory ")[1].split("MB")[0]
    done = lince("read", "-f", "ndjson", "--codes", "--memory", f"{limit}MB", tmp_path / "large.png")
    answer = json.loads(done.out)
    assert codes_of(answer) == [("qr", "small print")]
    assert not [warning for warning in answer["warnings"] if warning["code"].startswith("codes")]


# ---- documents in a stack


def stack_of(*codes):
    return [page_with(*([(zint("code_128", code), (100, 100))] if code else []), size=(600, 400)) for code in codes]


def splits(pages):
    return [(page["split"]["document"], page["split"]["page"], page["split"]["separator"]) for page in pages]


@pytest.mark.parametrize("jobs", ["1", "3"])
def test_a_code_begins_a_document(read, jobs):
    stack = stack_of(None, "SEP", None, None, "OTHER", "SEP", "SEP")
    pages = read(*stack, options=("--split-on", "SEP", "-j", jobs))
    assert splits(pages) == [
        (1, 1, False),
        (2, 1, True),
        (2, 2, False),
        (2, 3, False),
        (2, 4, False),
        (3, 1, True),
        (4, 1, True),
    ]
    schema = json.loads((ROOT / "docs/read.schema.json").read_text())
    jsonschema.validate(pages[0], schema)


def test_the_first_page_may_be_a_separator(read):
    assert splits(read(*stack_of("SEP", None), options=("--split-on", "SEP"))) == [(1, 1, True), (1, 2, False)]


def test_a_prefix_begins_a_document_with_any_number(read):
    stack = stack_of("DOC-1", None, "DOC-2", "DO", None)
    pages = read(*stack, options=("--split-on", "DOC-*"))
    assert [page["split"]["document"] for page in pages] == [1, 1, 2, 2, 2]
    assert [page["split"]["separator"] for page in pages] == [True, False, True, False, False]


@pytest.mark.parametrize("form", ["json", "ndjson"])
def test_the_pages_of_one_file(lince, tmp_path, form):
    first, *others = [page.convert("1") for page in stack_of(None, "SEP", None)]
    first.save(tmp_path / "stack.tiff", save_all=True, append_images=others)
    done = lince("read", "-f", form, "--split-on", "SEP", tmp_path / "stack.tiff")
    pages = json.loads(done.out)[0]["pages"] if form == "json" else [json.loads(line) for line in done.out.splitlines()]
    assert splits(pages) == [(1, 1, False), (2, 1, True), (2, 2, False)]


def test_a_page_that_fails_belongs_to_the_document_before_it(lince, tmp_path):
    stack = stack_of("SEP", None)
    stack[0].save(tmp_path / "1.png")
    (tmp_path / "2.png").write_bytes(b"\x89PNG\r\n\x1a\nbroken")
    stack[1].save(tmp_path / "3.png")
    done = lince("read", "-f", "ndjson", "--split-on", "SEP", *sorted(tmp_path.iterdir()))
    pages = [json.loads(line) for line in done.out.splitlines()]
    assert "error" in pages[1]
    assert splits(pages) == [(1, 1, True), (1, 2, False), (1, 3, False)]


@pytest.mark.parametrize(
    "options",
    [("--split-on", ""), ("-f", "text", "--split-on", "A"), ("--resume", "-o", "out.ndjson", "--split-on", "A")],
)
def test_splitting_that_cannot_work_is_refused(lince, tmp_path, options):
    zint("qr", "x").save(tmp_path / "a.png")
    done = lince("read", "-f", "ndjson", *options, tmp_path / "a.png", cwd=tmp_path)
    assert done.code == 2
    assert b"--split-on" in done.err


# ---- fields


def boleta(code, total="$12.990", folio="123456", extra=()):
    """A Chilean boleta with the electronic stamp in a PDF417 below its print."""
    page, y = Image.new("L", (900, 1500), 255), 60
    pen, font = ImageDraw.Draw(page), ImageFont.truetype(FONT, 34)
    rows = ["PANADERIA EJEMPLO SPA", "R.U.T.: 76.543.210-9", f"BOLETA ELECTRONICA N° {folio}", "FECHA: 31/01/2026"]
    rows += ["PAN BATIDO   4.990", "QUESO        8.000", f"TOTAL   {total}", *extra]
    for row in rows:
        pen.text((80, y), row, font=font, fill=0)
        y += 70
    if code is not None:
        page.paste(zint("pdf_417", code), (80, y + 60))
    return page


STAMP = (
    '<TED version="1.0"><DD><RE>76543210-9</RE><TD>39</TD><F>123456</F><FE>2026-01-31</FE><RR>66666666-6</RR>'
    "<MNT>12990</MNT><IT1>Pan</IT1></DD></TED>"
)


def values(page):
    return {name: field["value"] for name, field in page["fields"].items()}


def test_a_code_confirms_what_is_printed(read):
    without, confirmed = read(boleta(None), boleta(STAMP), options=("--codes", "--fields"))
    assert values(confirmed)["total"] == "12990.00"
    assert values(confirmed)["date"] == "2026-01-31"
    assert values(confirmed)["currency"] == "CLP"
    assert confirmed["fields"]["total"]["confidence"] > without["fields"]["total"]["confidence"]
    assert not [reason for reason in confirmed["review_reasons"] if reason.startswith("code:")]


def test_a_code_that_says_something_else_wins_and_is_named(read):
    (page,) = read(boleta(STAMP, total="$18.990"), options=("--codes", "--fields"))
    assert values(page)["total"] == "12990.00"
    assert page["fields"]["total"]["rule"] == "code"
    assert "code:total" in page["review_reasons"]
    assert page["needs_review"]


def test_without_codes_nothing_of_them_is_known(read):
    (page,) = read(boleta(STAMP, total="$18.990"), options=("--fields",))
    assert values(page)["total"] == "18990.00"


def test_two_codes_that_differ_say_nothing(read):
    page = boleta(STAMP, total="$18.990")
    page.paste(zint("pdf_417", STAMP.replace("12990", "15990")), (80, 1150))
    (page,) = read(page, options=("--codes", "--fields"))
    assert len(page["codes"]) == 2
    assert values(page)["total"] == "18990.00"
