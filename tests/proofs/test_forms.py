"""hOCR, ALTO and Tesseract's table, through the validators and readers of other people."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import drawn
import pytest
from conftest import PROGRAM, THIRD_PARTY, lince, run
from hocr_spec import HocrValidator
from lxml import etree
from ocrmypdf.hocrtransform.hocr_parser import HocrParser
from PIL import Image

ALTO = {"a": "http://www.loc.gov/standards/alto/ns-v4#"}


@pytest.fixture(scope="module")
def files(tmp_path_factory) -> dict[str, Path]:
    """A page, a turned one, two pages, a table, an empty page, a page with signs, a PDF file."""
    folder = tmp_path_factory.mktemp("forms")
    found = {"page": folder / "page.png", "turned": folder / "turned.png", "empty": folder / "empty.png"}
    drawn.page("L").save(found["page"], dpi=(drawn.DPI, drawn.DPI))
    drawn.page("L").rotate(90, expand=True).save(found["turned"])
    Image.new("L", (600, 400), 255).save(found["empty"])
    found["signs"] = folder / 'a & b < "c" -- d.png'
    signs = drawn.page("L")
    signs.paste(255, (0, 0, 1240, 900))
    drawn.ImageDraw.Draw(signs).text((120, 200), "5 < 7 & 9 > 8 \"comillas\" 'simples'", 0, drawn.face(30))
    signs.save(found["signs"])
    found["two"] = folder / "two.tif"
    drawn.page("L").save(found["two"], save_all=True, append_images=[signs.copy()])
    found["pdf"] = drawn.scan(folder, pages=2)
    return found


CASES = ["page", "turned", "empty", "signs", "two", "pdf"]


class Resolver(etree.Resolver):
    """The schema of ALTO names another one by address; it lies beside it."""

    def resolve(self, url, _public, context):
        return self.resolve_filename(str(THIRD_PARTY / "alto" / "xlink.xsd"), context) if "xlink" in url else None


@pytest.fixture(scope="module")
def schema():
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(Resolver())
    return etree.XMLSchema(etree.parse(str(THIRD_PARTY / "alto" / "alto-4-3.xsd"), parser))


def as_json(path: Path) -> list[dict]:
    return [json.loads(line) for line in lince("read", "-f", "ndjson", path).splitlines()]


def words_of(page: dict) -> list[str]:
    return [word["text"] for line in page["lines"] for word in line["words"]]


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("command", ["read", "tesseract"])
def test_alto_follows_its_schema(files, schema, name, command):
    arguments = ("read", "-f", "alto", files[name]) if command == "read" else ("tesseract", files[name], "-", "alto")
    root = etree.fromstring(lince(*arguments))
    schema.assertValid(root)
    location = root.get("{http://www.w3.org/2001/XMLSchema-instance}schemaLocation")
    assert location.endswith("/alto-4-3.xsd")
    pages = root.findall(".//a:Page", ALTO)
    read = as_json(files[name])
    assert len(pages) == len(read)
    for page, expected in zip(pages, read, strict=True):
        assert [word.get("CONTENT") for word in page.findall(".//a:String", ALTO)] == words_of(expected)


def test_the_schema_refuses_what_is_wrong(files, schema):
    broken = lince("read", "-f", "alto", files["page"]).replace(b"HPOS=", b"LEFT=", 1)
    assert not schema.validate(etree.fromstring(broken))


@pytest.mark.parametrize("options", [(), ("--letters",)])
@pytest.mark.parametrize("name", CASES)
def test_hocr_passes_both_validators(files, tmp_path, name, options):
    path = tmp_path / "page.hocr"
    path.write_bytes(lince("read", "-f", "hocr", *options, files[name]))
    if not options:  # hocr-spec does not know the x_conf of letters, which Tesseract writes too
        report = HocrValidator("standard").validate(str(path))
        assert report.is_valid(), report.format("text")
    checker = Path(sys.executable).with_name("hocr-check")
    overlaps = ["--nooverlap"] if name in ("two", "pdf") else []  # it holds the lines of all pages against each other
    done = subprocess.run([sys.executable, checker, *overlaps, path], capture_output=True, text=True, check=False)
    assert done.returncode == 0 and "not ok" not in done.stderr, done.stderr
    assert done.stderr.count("ok ") > 3


@pytest.mark.parametrize("name", ["page", "turned", "signs"])
def test_hocr_in_ocrmypdf_s_reader(files, tmp_path, name):
    path = tmp_path / "page.hocr"
    path.write_bytes(lince("read", "-f", "hocr", files[name]))
    page = HocrParser(path).parse()
    (expected,) = as_json(files[name])
    assert [word.text for word in page.words] == words_of(expected)
    boxes = [word["box"] for line in expected["lines"] for word in line["words"]]
    for word, box in zip(page.words, boxes, strict=True):
        found = (word.bbox.left, word.bbox.top, word.bbox.right, word.bbox.bottom)
        assert all(abs(one - two) <= 1 for one, two in zip(found, box, strict=True))


@pytest.mark.parametrize("name", ["page", "signs", "two", "pdf"])
def test_both_commands_write_the_same_table(files, name):
    read = lince("read", "-f", "tesseract-tsv", files[name])
    assert run(PROGRAM, "tesseract", files[name], "-", "tsv") == read
