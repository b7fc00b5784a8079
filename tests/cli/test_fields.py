"""`lince read --fields`: records beside pages, the same that `lince fields` makes of them."""

import json
import shutil
import zipfile

import jsonschema
import pytest
from conftest import ROOT, whole_pages
from PIL import Image

RECEIPT = ROOT / "examples" / "01-dark-phone.jpg"
TRUTH = json.loads(RECEIPT.with_suffix(".json").read_text())["fields"]
SCHEMA = json.loads((ROOT / "docs" / "read.schema.json").read_text())


@pytest.fixture(scope="module")
def receipt(tmp_path_factory):
    path = tmp_path_factory.mktemp("sent") / "20990102-C--111222333@lid_Zoe_09-15.jpg"
    shutil.copy(RECEIPT, path)
    path.with_suffix(".metadata.json").write_text(json.dumps({"caption": "va 🎉"}))
    return path


def test_a_receipt_becomes_a_record(lince, receipt, tmp_path):
    done = lince("read", "--fields", "--messenger", "-f", "ndjson", str(receipt))
    assert done.code == 0, done.err
    page = json.loads(done.out)
    jsonschema.validate(page, SCHEMA)
    assert page["layout"] == "bdv"
    values = {name: field["value"] for name, field in page["fields"].items()}
    for name in ("monto", "referencia", "fecha", "cedula", "telefono", "banco_destino", "banco_origen"):
        assert values[name] == TRUTH[name]
    line = page["lines"][page["fields"]["referencia"]["page_line"]]
    assert TRUTH["referencia"] in line["text"]
    assert page["messenger"]["sender_id"] == "111222333@lid" and page["messenger"]["caption"] == "va 🎉"
    pages = tmp_path / "pages.ndjson"
    pages.write_bytes(done.out)
    again = json.loads(lince("fields", str(pages)).out)
    assert {name: field["value"] for name, field in again["fields"].items()} == values


@whole_pages
@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_turned_receipt_gives_the_same_record(lince, degrees, tmp_path):
    card = ROOT / "examples" / "04-light-card-recompressed.jpg"
    with Image.open(card) as upright:
        upright.rotate(-degrees, expand=True).save(tmp_path / "turned.png")
    page = json.loads(lince("read", "--fields", "-f", "ndjson", str(tmp_path / "turned.png")).out)
    jsonschema.validate(page, SCHEMA)
    assert page["turn"] == degrees
    assert page["text"] == json.loads(lince("read", "-f", "ndjson", str(card)).out)["text"]
    assert {name: field["value"] for name, field in page["fields"].items()} == {
        name: value for name, value in json.loads(card.with_suffix(".json").read_text())["fields"].items()
    }
    line = page["lines"][page["fields"]["referencia"]["page_line"]]["box"]
    box = page["fields"]["referencia"]["box"]
    assert line[0] - 1 <= box[0] < box[2] <= line[2] + 1
    assert line[1] - 1 <= box[1] < box[3] <= line[3] + 1


def test_the_layout_can_be_named(lince, receipt):
    page = json.loads(lince("read", "--fields", "--layout", "tienda", "-f", "ndjson", str(receipt)).out)
    assert page["layout"] == page["rules"] == "tienda"


def test_a_person_is_shown_the_fields_alone(lince, receipt):
    rows = [row.split(maxsplit=3) for row in lince("read", "--fields", str(receipt)).out.decode().splitlines()]
    shown = {row[0]: row[3] for row in rows if len(row) == 4}
    assert {name: shown[name] for name in TRUTH if name != "tipo"} == {
        name: value for name, value in TRUTH.items() if name != "tipo"
    }
    assert rows[0][0] == "layout"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--fields", "-f", "tsv"], b"-f text, json or ndjson"),
        (["--messenger"], b"-f json or -f ndjson"),
        (["--layout", "bdv", "-f", "json"], b"need --fields"),
        (["--fields", "--layout", "nobody", "-f", "json"], b'no layout "nobody"'),
        (["--fields", "--layouts", "/nowhere", "-f", "json"], b"/nowhere"),
    ],
)
def test_what_cannot_be_is_told(lince, receipt, arguments, words):
    done = lince("read", *arguments, str(receipt))
    assert done.code in (2, 69) and words in done.err


@pytest.mark.parametrize(
    "head",
    [b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"%PDF-1.4\n1 0 obj\n", b"GIF89a\n\n", b"II*\0\x08\0\0\0"],
)
def test_an_image_is_no_page_that_was_read(lince, tmp_path, head):
    path = tmp_path / "a"
    path.write_bytes(head + b"\n".join([b"\x89\0"] * 30))
    done = lince("fields", str(path))
    assert done.code == 1 and not done.out
    assert done.err.count(b"\n") == 1 and b"lince read --fields" in done.err


def test_a_wrong_side_file_is_told_for_its_file_alone(lince, receipt, tmp_path):
    copy = tmp_path / "a.jpg"
    shutil.copy(receipt, copy)
    copy.with_suffix(".json").write_text("[1]")
    done = lince("read", "--messenger", "-f", "ndjson", str(copy), str(receipt))
    first, second = map(json.loads, done.out.splitlines())
    assert done.code == 1 and first["error"]["code"] == "damaged" and "messenger" in second


SALE = """ABASTO LA PERLA C.A.
FECHA: 12/05/2025
HARINA DE MAIZ|Bs 100,00
SUBTOTAL|Bs 100,00
IVA 16%|Bs 16,00
TOTAL|Bs 116,00
EFECTIVO|Bs 100,00
PAGO MOVIL|Bs 16,00"""


@pytest.fixture
def sale(tmp_path):
    lines = []
    for row, text in enumerate(SALE.splitlines()):
        for cell, part in enumerate(text.split("|")):
            left = 20 + cell * 380
            lines.append({"text": part, "box": [left, 40 + 40 * row, left + 10 * len(part), 64 + 40 * row]})
    path = tmp_path / "sale.ndjson"
    path.write_text(json.dumps({"file": "sale.jpg", "width": 540, "height": 400, "lines": lines}) + "\n")
    return path


def test_values_have_english_names_and_rows_as_objects(lince, sale):
    values = json.loads(lince("fields", str(sale)).out)["values"]
    jsonschema.validate(values, SCHEMA["$defs"]["values"] | {"$defs": SCHEMA["$defs"]})
    assert values["seller"] == "ABASTO LA PERLA C.A." and values["total"] == "116.00" and values["tax"] == "16.00"
    assert values["items"] == [{"description": "HARINA DE MAIZ", "amount": "100.00"}]
    assert values["taxes"] == [{"name": "IVA", "rate": "16", "base": "100.00", "amount": "16.00"}]
    assert values["payments"] == [{"means": "EFECTIVO", "amount": "100.00"}, {"means": "PAGO MOVIL", "amount": "16.00"}]


def test_a_workbook_has_a_sheet_of_rows(lince, sale, tmp_path):
    path = tmp_path / "sale.xlsx"
    assert lince("fields", "-f", "xlsx", "-o", str(path), str(sale)).code == 0
    with zipfile.ZipFile(path) as book:
        names = book.read("xl/workbook.xml").decode()
        rows = book.read("xl/worksheets/sheet2.xml").decode().split("<row ")[1:]
    assert 'name="records"' in names and 'name="items"' in names
    assert len(rows) == 5
    assert any("IVA" in row and "<v>16</v>" in row and "<v>100</v>" in row for row in rows)
    assert any("PAGO MOVIL" in row and "payment" in row for row in rows)
