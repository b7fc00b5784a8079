"""Fields of a file that is read now and not stored: lines of JSON, CSV and a workbook, as the program writes them."""

import csv
import io
import json
import os
import re
import subprocess

import openpyxl
import pytest
from jsonschema import Draft202012Validator
from served import MODELS, PROGRAM, ROOT, problem
from test_pages import WORDS, several, sheet, tiff_with_damaged_pages

SCHEMA = Draft202012Validator(json.loads((ROOT / "docs/read.schema.json").read_text()))
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PAYMENT = (
    ("Pago móvil exitoso", "Banco Mercantil", "Fecha: 03/01/2025"),
    ("Referencia: 000123456789", "Monto: 1.234,50 Bs"),
)
STACK = tuple(
    ("Pago móvil exitoso", f"Referencia: 00012345678{page}", f"Monto: {page}.234,50 Bs") for page in range(1, 4)
)


def drawn(form, pages):
    return several(form, [sheet(*lines, size=(1000, 500)) for lines in pages])


def example(name):
    return (ROOT / "examples" / name).read_bytes()


FILES = {
    "payment.jpg": lambda: example("01-dark-phone.jpg"),
    "shop.jpg": lambda: example("13-shop-receipt-photo.jpg"),
    "one.pdf": lambda: drawn("PDF", PAYMENT[:1]),
    "two.pdf": lambda: drawn("PDF", PAYMENT),
    "two.tif": lambda: drawn("TIFF", PAYMENT),
    "stack.tif": lambda: drawn("TIFF", STACK),
    "words.pdf": lambda: several("PDF", [sheet(word) for word in WORDS]),
}


@pytest.fixture(scope="module", params=FILES)
def file(request, tmp_path_factory):
    """A folder with the file, its name, and its bytes."""
    folder, data = tmp_path_factory.mktemp("file"), FILES[request.param]()
    (folder / request.param).write_bytes(data)
    return folder, request.param, data


def program(folder, *arguments):
    environment = dict(os.environ, LINCE_MODELS=str(MODELS))
    return subprocess.run([PROGRAM, *arguments], cwd=folder, env=environment, check=True, capture_output=True).stdout


def lines_of_program(folder, name, *options):
    return program(folder, "read", "-f", "ndjson", *options, name)


def table_of_program(folder, name, form, *options):
    """The bytes of the table that the program makes of the file."""
    (folder / "pages.ndjson").write_bytes(lines_of_program(folder, name, *options))
    program(folder, "fields", "-f", form, "-o", f"fields.{form}", "pages.ndjson")
    return (folder / f"fields.{form}").read_bytes()


def answer_of(service, data, headers=None, status=200, **params):
    answer = service.client.post("/v1/read", content=data, params=params, headers=headers)
    assert answer.status_code == status, answer.text
    return answer


def timeless(lines):
    """Without the times and the memory of a run."""
    return re.sub(rb'"(timings_ms|memory)":\{[^}]*\}', rb'"\1":{}', lines)


def cells(data):
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["records", "items"]
    return {each.title: [[cell.value for cell in row] for row in each.iter_rows()] for each in book}


def rounded(tables):
    """A workbook of the program has all digits of a confidence."""
    return {
        name: [[round(cell, 4) if isinstance(cell, float) else cell for cell in row] for row in rows]
        for name, rows in tables.items()
    }


def test_lines_are_those_of_the_program(service, file):
    folder, name, data = file
    answer = answer_of(service, data, format="ndjson", name=name)
    assert answer.headers["content-type"] == "application/x-ndjson"
    assert f"{name}.ndjson" in answer.headers["content-disposition"]
    assert timeless(answer.content) == timeless(lines_of_program(folder, name, "--fields"))
    for line in answer.text.splitlines():
        SCHEMA.validate(json.loads(line))


def test_a_csv_is_that_of_the_program(service, file):
    folder, name, data = file
    answer = answer_of(service, data, format="csv", name=name)
    assert answer.headers["content-type"].startswith("text/csv")
    assert answer.content == table_of_program(folder, name, "csv")


def test_a_workbook_has_the_cells_of_the_program(service, file):
    folder, name, data = file
    answer = answer_of(service, data, format="xlsx", name=name)
    assert answer.headers["content-type"] == XLSX
    assert f"{name}.xlsx" in answer.headers["content-disposition"]
    assert rounded(cells(answer.content)) == rounded(cells(table_of_program(folder, name, "xlsx")))


def test_pages_of_one_payment_have_a_row_together_and_receipts_one_each(service):
    def rows(pages):
        text = answer_of(service, drawn("TIFF", pages), format="csv").text
        return [(row["page"], row["monto"], row["referencia"]) for row in csv.DictReader(io.StringIO(text))]

    assert rows(PAYMENT) == [("1", "1234.50", "000123456789")]
    assert rows(STACK) == [(str(page), f"{page}234.50", f"00012345678{page}") for page in (1, 2, 3)]


@pytest.mark.parametrize("form", ["ndjson", "csv"])
def test_one_page_is_that_of_the_program(service, tmp_path, form):
    data = drawn("TIFF", PAYMENT)
    (tmp_path / "two.tif").write_bytes(data)
    answer = answer_of(service, data, format=form, name="two.tif", page=2)
    if form == "ndjson":
        assert timeless(answer.content) == timeless(lines_of_program(tmp_path, "two.tif", "--fields", "--pages", "2"))
    else:
        assert answer.content == table_of_program(tmp_path, "two.tif", "csv", "--pages", "2")


@pytest.mark.parametrize(
    "accept, media_type",
    [
        ("application/x-ndjson", "application/x-ndjson"),
        ("text/csv", "text/csv"),
        (f"{XLSX};q=0.9", XLSX),
        ("text/csv, application/json", "application/json"),
        ("text/csv, text/plain", "text/plain"),
        ("text/csv, */*", "application/json"),
    ],
)
def test_the_way_by_accept(service, total, accept, media_type):
    answer = answer_of(service, total, headers={"Accept": accept})
    assert answer.headers["content-type"].partition(";")[0] == media_type


def test_a_csv_for_a_spreadsheet(service, receipt):
    text = answer_of(service, receipt, format="csv", csv="excel-es").content.decode()
    assert text.startswith("\ufefffile;tipo;monto;") and re.search(r";\d+,\d\d;VES;", text)
    problem(service.client.post("/v1/read", content=receipt, params={"format": "csv", "csv": "lotus"}), 422, "invalid")


def test_a_page_that_cannot_be_read_is_told(service):
    data = tiff_with_damaged_pages(2)
    lines = [json.loads(line) for line in answer_of(service, data, format="ndjson", name="a.tif").text.splitlines()]
    assert [line["page"] for line in lines] == [1, 2, 3] and [line["pages"] for line in lines] == [3] * 3
    assert lines[1]["file"] == "a.tif" and lines[1]["error"]["code"] == "damaged" and "error" not in lines[2]
    assert "unread_page:2" in lines[2]["document"]["review_reasons"] and "document" not in lines[0]
    for form in ("csv", "xlsx"):
        answer = answer_of(service, data, format=form)
        assert answer.headers["lince-pages-not-read"] == "2"
    (row,) = csv.DictReader(io.StringIO(answer_of(service, data, format="csv").text))
    assert row["needs_review"] == "true" and "unread_page:2" in row["review_reasons"]


@pytest.mark.parametrize("form", ["ndjson", "csv", "xlsx"])
def test_what_cannot_be_read_is_refused(service, form):
    def refused(data, **params):
        return service.client.post("/v1/read", content=data, params={"format": form, **params})

    problem(refused(tiff_with_damaged_pages(1, 2, 3)), 422, "unreadable-image")
    problem(refused(b"GIF89a"), 422, "unreadable-image")
    problem(refused(several("TIFF", [sheet(word) for word in WORDS]), page=4), 422, "unreadable-image")
    problem(refused(several("TIFF", [sheet("A", size=(200, 100))] * 51)), 422, "invalid")
    answer = refused(several("TIFF", [sheet("A")]), pictures="true")
    assert "pdf" in problem(answer, 422, "invalid")["detail"]


def test_no_cell_is_a_formula(service):
    data = several("TIFF", [sheet("Pago móvil exitoso", "Concepto: =1+1", "Monto: 1,00 Bs", size=(1000, 500))])
    name = "=HYPERLINK(1).tif"
    row = next(csv.DictReader(io.StringIO(answer_of(service, data, format="csv", name=name).text)))
    assert row["file"] == "'" + name
    book = openpyxl.load_workbook(io.BytesIO(answer_of(service, data, format="xlsx", name=name).content))
    found = [cell for each in book for line in each.iter_rows() for cell in line]
    assert all(cell.data_type != "f" and cell.hyperlink is None for cell in found)
    assert name in [cell.value for cell in found]
