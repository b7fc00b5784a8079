"""Small print on large pages is read wherever it is, and a warning says what memory did not allow."""

import json
import random
import re
from collections import Counter

import pytest
from conftest import FONT, plain_memory, whole_pages
from PIL import Image, ImageDraw, ImageFont

pytestmark = whole_pages

WORDS = [
    "saldo",
    "monto",
    "banco",
    "pago",
    "fecha",
    "cuenta",
    "recibo",
    "total",
    "cliente",
    "factura",
    "importe",
    "periodo",
]


def lines_of(seed, count, words):
    source = random.Random(seed)
    return [" ".join(source.choice(WORDS) for _ in range(words)) for _ in range(count)]


def draw(image, x, y, size, pitch, lines, ink):
    pen, font = ImageDraw.Draw(image), ImageFont.truetype(FONT, size)
    for number, line in enumerate(lines):
        pen.text((x, y + number * pitch), line, font=font, fill=ink)


def ground(seed, size, low, high):
    """A texture with grains of four pixels."""
    source, (width, height) = random.Random(seed), size
    grains = Image.new("L", (width // 4, height // 4))
    grains.putdata([source.randint(low, high) for _ in range(grains.width * grains.height)])
    return grains.resize(size, Image.BILINEAR).convert("RGB")


def code_screen():
    page, lines = Image.new("RGB", (2560, 1440), (30, 30, 34)), lines_of(1, 20, 6)
    draw(page, 24, 20, 13, 18, lines, (210, 210, 220))
    return page, lines


def empty_beside():
    page, lines = Image.new("RGB", (3000, 2400), "white"), lines_of(2, 6, 6)
    draw(page, 2300, 2100, 14, 19, lines, (0, 0, 0))
    return page, lines


def tight_page():
    page, lines = Image.new("RGB", (1600, 500), "white"), lines_of(3, 39, 12)
    draw(page, 12, 12, 11, 12, lines, (0, 0, 0))
    return page, lines


def drawing():
    page, lines = Image.new("RGB", (7000, 4000), "white"), lines_of(4, 12, 2)
    for number, line in enumerate(lines):
        x, y = 300 + number % 4 * 1700, 300 + number // 4 * 1300
        ImageDraw.Draw(page).rectangle((x - 40, y - 90, x + 900, y + 700), outline=(0, 0, 0), width=2)
        draw(page, x, y, 22, 30, [line], (0, 0, 0))
    return page, lines


def mixed_sizes():
    page, small = Image.new("RGB", (1600, 1400), "white"), lines_of(5, 20, 8)
    draw(page, 60, 60, 150, 190, ["GRAN TITULO", "OFERTA 2026"], (10, 20, 90))
    draw(page, 60, 900, 11, 15, small, (40, 40, 40))
    return page, ["GRAN TITULO", "OFERTA 2026", *small]


def textured():
    page, lines = ground(6, (1800, 2000), 205, 245), lines_of(6, 16, 8)
    draw(page, 100, 900, 13, 19, lines, (10, 10, 10))
    return page, lines


@pytest.mark.parametrize("make", [code_screen, empty_beside, tight_page, drawing, mixed_sizes, textured])
def test_small_print_is_read_where_it_stands(lince, tmp_path, make):
    page, lines = make()
    page.save(tmp_path / "page.png")
    done = lince("read", "-f", "json", tmp_path / "page.png")
    assert done.code == 0
    read = json.loads(done.out)[0]
    assert len(read["lines"]) == len(lines)
    right = Counter(read["text"].split()) & Counter(" ".join(lines).split())
    assert right.total() >= 0.98 * len(" ".join(lines).split())  # where rows touch, a letter may get a mark
    assert read["warnings"] == []


@plain_memory
def test_what_memory_does_not_allow_is_said_with_the_limit_that_does(lince, tmp_path):
    page, lines = code_screen()
    page.save(tmp_path / "page.png")
    for limit in range(64, 160, 8):
        done = lince("read", "-f", "ndjson", "-m", f"{limit}MB", tmp_path / "page.png")
        if done.code == 0:
            break
    read = json.loads(done.out)
    assert len(read["lines"]) < len(lines)
    codes = [warning["code"] for warning in read["warnings"]]
    assert codes and set(codes) <= {"small_text", "reduced_image"}
    told = done.err.decode()
    assert all(warning["message"] in told and f"[{warning['code']}]" in told for warning in read["warnings"])
    named = re.search(r"--memory (\d+MB)", read["warnings"][0]["message"]).group(1)
    spanish = lince("read", "-f", "text", "-m", f"{limit}MB", tmp_path / "page.png", env={"LINCE_LANG": "es_VE"})
    assert b"puede" in spanish.err and b"[" + codes[0].encode() + b"]" in spanish.err
    assert lince("read", "-q", "-m", f"{limit}MB", tmp_path / "page.png").err == b""
    enough = lince("read", "-f", "ndjson", "-m", named, tmp_path / "page.png")
    assert enough.err == b""
    assert [line["text"] for line in json.loads(enough.out)["lines"]] == lines


def test_no_number_of_a_tight_column_is_lost(lince, tmp_path):
    source, rows = random.Random(16), 18
    pen = ImageDraw.Draw(page := Image.new("RGB", (760, 510), "white"))
    font, expected = ImageFont.truetype(FONT, 24), []
    for row in range(rows):
        number = str(source.choice([source.randint(1, 9), source.randint(10, 99), source.randint(100, 999)]))
        texts = [source.choice(WORDS), str(source.randint(1, 9)), number]
        for x, text, anchor in zip((40, 500, 700), texts, ("la", "ra", "ra"), strict=True):
            pen.text((x, 30 + row * 25), text, font=font, fill=(0, 0, 0), anchor=anchor)
        expected += texts
    page.save(tmp_path / "page.png")
    done = lince("read", "-f", "ndjson", tmp_path / "page.png")
    assert Counter(json.loads(done.out)["text"].split()) == Counter(expected)


def bad_scan(seed):
    """35 megapixels of large print: white rows through the letters, rules in pieces."""
    source = random.Random(seed)
    page, lines = Image.new("L", (4961, 7016), 255), lines_of(seed, 16, 4)
    pen, font = ImageDraw.Draw(page), ImageFont.truetype(FONT, source.randint(64, 90))
    for number, line in enumerate(lines):
        y = 500 + number * 200
        pen.text((900, y), line, font=font, fill=0)
        for row in range(y, y + 110, 11):
            for x in range(880, 4900, 20):
                top = row + source.randint(0, 3)
                pen.rectangle((x, top, x + 19, top + 1), fill=255)
        x = 900
        while number % 4 == 3 and x < 3600:
            length = source.randint(10, 50)
            pen.rectangle((x, y + 140 + source.randint(0, 3), x + length, y + 150 + source.randint(0, 3)), fill=0)
            x += length + source.randint(3, 8)
    return page, lines


@plain_memory
@pytest.mark.parametrize("seed", [21, 22])
def test_a_bad_scan_of_large_print_takes_no_more_memory_and_gives_one_text(lince, tmp_path, seed):
    page, lines = bad_scan(seed)
    page.save(tmp_path / "page.png", compress_level=1)
    free, limited = (
        json.loads(lince("read", "-f", "ndjson", "-m", limit, tmp_path / "page.png").out) for limit in ("0", "128MB")
    )
    assert free["memory"]["peak_bytes"] < 80e6
    assert free["warnings"] == limited["warnings"] == []
    assert [line["text"] for line in free["lines"]] == [line["text"] for line in limited["lines"]]
    assert (Counter(free["text"].split()) & Counter(" ".join(lines).split())).total() >= 0.9 * 4 * len(lines)
