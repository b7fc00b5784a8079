"""`lince fields` over documents: one record for pages that are one receipt, one a page for a stack of them."""

import csv
import io
import json
import zipfile

import pytest
from conftest import objects
from test_document_fields import FIRST, SECOND, broken, several, sheet, values

from tests import long_documents


@pytest.fixture
def read(lince, tmp_path):
    """Reads files without fields and gives the lines' file."""

    def run(*paths, more=()):
        out = tmp_path / "pages.ndjson"
        lince("read", "-f", "ndjson", "-o", out, *more, *paths)
        return out

    return run


@pytest.fixture
def payment(tmp_path):
    return several(tmp_path / "pago.pdf", sheet(FIRST), sheet(SECOND))


@pytest.fixture
def stack(tmp_path):
    receipts = [["Pago móvil exitoso", f"Referencia: 0001234567{n}", f"Monto: 1.2{n},50 Bs"] for n in range(81, 93)]
    return several(tmp_path / "pila.tiff", *map(sheet, receipts))


def table(lince, pages, *more):
    return list(csv.DictReader(io.StringIO(lince("fields", "-f", "csv", *more, pages).out.decode("utf-8-sig"))))


@pytest.mark.parametrize("kind", ["pdf", "tiff"])
def test_one_record_as_when_reading(lince, read, tmp_path, kind):
    path = several(tmp_path / f"a.{kind}", sheet(FIRST), sheet(SECOND))
    (record,) = objects(lince("fields", read(path)).out)
    document = objects(lince("read", "--fields", "-f", "ndjson", path).out)[-1]["document"]
    assert record.pop("file") == str(path)
    assert record == document
    assert values(record)["fecha"] == ("2025-01-03", 1) and values(record)["monto"] == ("1234.50", 2)


def test_pages_that_have_records_already_give_the_same(lince, read, payment):
    plain = lince("fields", read(payment)).out
    assert lince("fields", read(payment, more=["--fields"])).out == plain


def test_a_row_of_a_table_is_a_document(lince, read, payment, tmp_path):
    image = tmp_path / "uno.png"
    sheet([*FIRST, *SECOND[1:]]).save(image)
    pages = read(image, payment, image, payment)
    rows = table(lince, pages)
    assert [row["file"] for row in rows] == [str(image), str(payment)] * 2
    assert [row["page"] for row in rows] == ["", "1"] * 2 and list(rows[0])[-1] == "page"
    assert {row["monto"] for row in rows} == {"1234.50"} and {row["fecha"] for row in rows} == {"2025-01-03"}
    book = tmp_path / "a.xlsx"
    assert lince("fields", "-f", "xlsx", "-o", book, pages).code == 0
    with zipfile.ZipFile(book) as parts:
        assert parts.read("xl/worksheets/sheet1.xml").count(b"<row ") == 5
    items = json.loads(lince("fields", "-f", "consolidated", pages).out)["archivos_procesados"]
    assert len(items) == 4
    whole = json.dumps(items[1], ensure_ascii=False)
    assert FIRST[0] in whole and SECOND[0] in whole


def test_the_same_document_twice_is_two(lince, read, payment):
    assert len(objects(lince("fields", read(payment, payment, payment)).out)) == 3


def test_some_pages_of_it(lince, read, tmp_path):
    path = several(tmp_path / "a.pdf", sheet(["nada"]), sheet(FIRST), sheet(["nada"]), sheet(SECOND))
    pages = read(path, more=["--pages", "2,4"])
    (record,) = objects(lince("fields", pages).out)
    assert values(record)["fecha"] == ("2025-01-03", 2) and values(record)["monto"] == ("1234.50", 4)
    assert [row["page"] for row in table(lince, pages, "--messenger")] == ["2"]


def test_a_stack_of_receipts_loses_none(lince, read, stack, payment):
    records = objects(lince("fields", read(stack, payment)).out)
    assert [record.get("page") for record in records] == [*range(1, 13), None]
    assert [record["fields"]["referencia"]["value"] for record in records[:12]] == [
        f"0001234567{n}" for n in range(81, 93)
    ]
    assert [row["page"] for row in table(lince, read(stack, payment))] == [*map(str, range(1, 13)), "1"]


def test_a_long_stack_loses_none(lince, tmp_path):
    """More receipts than are kept for one record; a long invoice beside them is one record."""

    def page(number, count, file, *lines):
        placed = [{"text": text, "box": [50, 50 * row, 900, 50 * row + 30]} for row, text in enumerate(lines)]
        return {"file": file, "page": number, "pages": count, "width": 1000, "height": 600, "lines": placed}

    def receipt(number, count):
        return page(
            number, count, "pila.pdf", "Pago móvil exitoso", f"Referencia: 00012{number:07}", "Monto: 1.234,50 Bs"
        )

    def part(number, count):
        rows = long_documents.invoice_rows(count, 5)[number - 1]
        return page(number, count, "factura.pdf", *rows)

    pages = tmp_path / "pages.ndjson"
    for count in (40, 41, 60):
        lines = [receipt(n, count) for n in range(1, count + 1)] + [part(n, count) for n in range(1, count + 1)]
        pages.write_text("".join(json.dumps(line) + "\n" for line in lines))
        *records, invoice = objects(lince("fields", pages).out)
        assert [record["page"] for record in records] == list(range(1, count + 1))
        assert [record["fields"]["referencia"]["value"] for record in records] == [
            f"00012{n:07}" for n in range(1, count + 1)
        ]
        assert values(invoice)["total"] == ("11600.00", count)
        assert invoice.get("fields_pages") == (None if count == 40 else 20)


@pytest.mark.parametrize("behind", [True, False])
def test_a_page_that_could_not_be_read_is_a_reason(lince, read, tmp_path, behind):
    path = several(tmp_path / "a.tiff", sheet(FIRST), sheet(["roto"]), *([sheet(SECOND)] if behind else []))
    path.write_bytes(broken(path.read_bytes()))
    pages = read(path)
    done = lince("fields", pages)
    assert done.code == 1 and "line 2" in done.err.decode()
    (record,) = objects(done.out)
    assert "unread_page:2" in record["review_reasons"] and record["needs_review"]
    (row,) = table(lince, pages)
    assert "unread_page:2" in row["review_reasons"] and row["needs_review"] == "true"
    assert row["monto"] == ("1234.50" if behind else "")


def test_documents_of_a_divided_stack(lince, read, tmp_path):
    from test_codes import STAMP  # noqa: F401

    codes = [("DOC-1", FIRST), (None, SECOND), ("DOC-2", FIRST), (None, ["Referencia: 000123456780", "Monto: 7,25 Bs"])]
    path = several(tmp_path / "a.tiff", *[sheet(lines, code) for code, lines in codes])
    records = objects(lince("fields", read(path, more=["--split-on", "DOC-*"])).out)
    assert [record["split"]["document"] for record in records] == [1, 2]
    assert [values(record)["monto"] for record in records] == [("1234.50", 2), ("7.25", 2)]


def test_a_document_of_one_page_is_as_an_image(lince, read, tmp_path):
    several(tmp_path / "a.pdf", sheet([*FIRST, SECOND[1]]))
    pages = read(tmp_path / "a.pdf")
    (record,) = objects(lince("fields", pages).out)
    assert "page" not in record and "page" not in record["fields"]["monto"]
    assert [row["page"] for row in table(lince, pages)] == [""]


def test_a_line_that_is_none_does_not_join_two_documents(lince, read, payment):
    pages = read(payment)
    text = pages.read_text()
    pages.write_text(text + text[: len(text) // 3] + "\n" + text)
    done = lince("fields", pages)
    assert done.code == 1 and b"line" in done.err
    assert [values(record)["monto"] for record in objects(done.out)] == [("1234.50", 2)] * 2


def test_letters_do_not_change_which_pages_make_the_record(lince, read, payment):
    plain = lince("fields", read(payment)).out
    pages = read(payment, more=["--letters"])
    assert lince("fields", pages).out == plain
    first, *others = objects(pages.read_bytes())
    word = first["lines"][0]["words"][0]
    word["letters"] *= (3 << 20) // len(json.dumps(word["letters"]))  # more than is kept of a document
    pages.write_text("".join(json.dumps(page) + "\n" for page in [first, *others]))
    assert lince("fields", pages).out == plain
