"""Records of any list as tables: for programs, for a spreadsheet of each language, with dates that are dates."""

import csv
import datetime
import io

import openpyxl
import pytest
from PIL import Image
from served import ROOT, SLOW, files_only, picture, problem
from test_search import fill

PAYMENT, SHOP = "04-light-card-recompressed.jpg", "13-shop-receipt-photo.jpg"


@pytest.fixture(scope="module")
def office(service):
    for name in (PAYMENT, SHOP):
        service.read((ROOT / "examples" / name).read_bytes(), params={"name": name})
    return service


def table(service, path="/v1/records", **query):
    answer = service.client.get(path, params=query)
    assert answer.status_code == 200, answer.text
    return answer


def test_payments_and_sales_share_columns(office):
    rows = list(csv.DictReader(io.StringIO(table(office, format="csv").text)))
    found = {
        row["name"]: (row["paid_date"], row["paid_amount"], row["paid_currency"], row["paid_bank"]) for row in rows
    }
    assert found == {
        PAYMENT: ("2026-08-09", "2990.00", "VES", "0163"),
        SHOP: ("2023-01-30", "2486.34", "VES", ""),
    }
    assert rows[1]["paid_who"] and rows[0]["paid_reference"]
    assert list(rows[0])[-1] == "page" and {row["page"] for row in rows} == {""}


def test_dates_are_dates_and_amounts_numbers_in_a_workbook(office):
    sheet = openpyxl.load_workbook(io.BytesIO(table(office, format="xlsx", text=PAYMENT[:-4]).content)).active
    head = [cell.value for cell in sheet[1]]
    row = dict(zip(head, sheet[2], strict=True))
    assert sheet.max_row == 2
    for name in ("paid_date", "fecha"):
        assert row[name].is_date and row[name].value == datetime.datetime(2026, 8, 9), name
    assert row["received_at"].is_date and row["received_at"].value.year >= 2025
    for name in ("paid_amount", "monto"):
        assert row[name].value == 2990 and row[name].data_type == "n", name
    assert row["referencia"].data_type == "s" and row["paid_reference"].data_type == "s"


@pytest.mark.parametrize(
    "style, language, separator, amount",
    [("excel", "es", ";", "2990,00"), ("excel", "en", ",", "2990.00"), ("excel-es", "en", ";", "2990,00"),
     ("excel-en", "es", ",", "2990.00")],
)  # fmt: skip
def test_a_spreadsheet_of_each_language_opens_it(office, style, language, separator, amount):
    answer = office.client.get(
        "/v1/records", params={"format": "csv", "csv": style}, headers={"Accept-Language": language}
    )
    text = answer.content.decode()
    assert text.startswith("\ufeff")
    row = next(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=separator))
    assert row["paid_amount"] == amount and row["monto"] == amount and row["paid_date"] == "2026-08-09"


def test_the_plain_one_is_as_ever(office):
    plain = table(office, format="csv").content
    assert not plain.startswith(b"\xef\xbb\xbf") and plain == table(office, format="csv", csv="plain").content
    problem(office.client.get("/v1/records", params={"format": "csv", "csv": "lotus"}), 422, "invalid")


def test_a_batch_is_exported_alike(office):
    made = office.client.post("/v1/batches", json={"name": "b"}).json()
    office.read((ROOT / "examples" / SHOP).read_bytes() + b" ", params={"batch": made["id"]})
    text = table(office, f"{made['self']}/records", format="csv", csv="excel-es").content.decode()
    assert text.count("\r\n") == 2 and "2486,34" in text


def test_a_workbook_has_a_sheet_of_items(start):
    service = start("--start", "manual")
    ids = [service.send(picture(name)) for name in ("UNO", "DOS")]
    bought = "Pan\t2\t20.00\t10.00\tA-1\tUND\t10%\t16\nLeche\t\t=4.00"
    headers = {"If-Match": "*"}
    changes = {"items": bought, "receipt_number": "0001", "taxes": "IVA\t16.00\t24.00\t3.84"}
    for id_, fields in zip(ids, (changes, {"monto": "1.00"}), strict=True):
        answer = service.client.patch(f"/v1/documents/{id_}", json={"fields": fields}, headers=headers)
        assert answer.status_code == 200, answer.text
    items = answer_items(service, ids[0])
    assert items[0] == {"description": "Pan", "quantity": "2", "amount": "20.00", "unit_price": "10.00", "code": "A-1",
                        "unit": "UND", "discount": "10%", "rate": "16"}  # fmt: skip
    book = openpyxl.load_workbook(io.BytesIO(service.client.get("/v1/records", params={"format": "xlsx"}).content))
    assert book.sheetnames == ["records", "items"]
    rows = list(book["items"].iter_rows(values_only=True))
    assert rows[0] == ("id", "name", "receipt_number", "row", "description", "quantity", "unit_price", "rate", "base",
                       "amount", "code", "unit", "discount")  # fmt: skip
    assert rows[1][:1] + rows[1][2:] == (ids[0], "0001", "item", "Pan", 2, 10, 16, None, 20, "A-1", "UND", "10%")
    assert rows[2][4:6] == ("Leche", None) and str(rows[2][9]).lstrip("'") == "=4.00"
    assert rows[3][3:10] == ("tax", "IVA", None, None, 16, 24, 3.84) and len(rows) == 4
    assert len(list(book["records"].iter_rows())) == 3


def answer_items(service, id_):
    return service.get(id_)["values"]["items"]


def test_any_number_of_chosen_ones_is_exported(start, total):
    service = start("--workers", "1", "--start", "manual").ready()
    ids = [service.send(total + number.to_bytes(2, "big")) for number in range(320)]
    chosen = [*ids[10:], "doc_none", 'a"b\\']
    answer = service.client.post("/v1/records", params={"format": "csv"}, json={"documents": chosen})
    assert answer.status_code == 200, answer.text
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [row["id"] for row in rows] == ids[10:]
    answer = service.client.post("/v1/records", json={"documents": ids[:2]})
    assert [record["id"] for record in answer.json()["records"]] == ids[:2]
    answer = service.client.post("/v1/records", params={"format": "xlsx"}, json={"documents": ids[:3]})
    assert openpyxl.load_workbook(io.BytesIO(answer.content)).active.max_row == 4
    assert len(table(service, ids=",".join(ids[:2])).json()["records"]) == 2
    assert table(service, ids='"').json()["records"] == []
    for wrong in ({}, {"documents": []}, {"documents": [1]}, {"documents": "a"}, {"documents": ["a,b"]}):
        problem(service.client.post("/v1/records", json=wrong), 422, "invalid")
    problem(service.client.post("/v1/records", json={"documents": ["x"] * 20001}), 422, "invalid")


MANY = 30000


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """A store of many receipts in a batch, each with fields."""
    from served import Service

    service = Service(tmp_path_factory.mktemp("many"), "--start", "manual")
    batch = service.client.post("/v1/batches", json={"name": "all"}).json()["id"]
    assert service.stop() == 0
    fill(service.folder / "data/store.db", MANY)
    service.start()
    service.change(f"UPDATE documents SET batch_id='{batch}'")
    for name, value in (("monto", "'1234.50'"), ("concepto", "'pago ' || seq"), ("beneficiario", "who")):
        service.change(
            "INSERT INTO fields (document_seq, name, value, detail)"
            f" SELECT seq, '{name}', {value}, '{{}}' FROM documents"
        )
    service.batch = batch
    yield service
    assert service.stop() == 0


def rows_of(answer, form):
    """The ids and payees of a table in any form."""
    if form == "json":
        return [(each["id"], each["fields"]["beneficiario"]["value"]) for each in answer.json()["records"]]
    if form == "csv":
        return [(row["id"], row["beneficiario"]) for row in csv.DictReader(io.StringIO(answer.text))]
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content), read_only=True)["records"]
    head, *rows = sheet.iter_rows(values_only=True)
    places = head.index("id"), head.index("beneficiario")
    return [tuple(row[place] for place in places) for row in rows]


@files_only
@pytest.mark.skipif(SLOW > 1, reason="it takes minutes")
@pytest.mark.parametrize("form", ["json", "csv", "xlsx"])
def test_many_records_fit_in_any_memory(many, form):
    """300 MB, as by default: the answer is larger than what answers may take of it."""
    right = [(f"doc_{number}", f"Persona {number % 997}") for number in range(1, MANY + 1)]
    answer = table(many, f"/v1/batches/{many.batch}/records", format=form)
    assert rows_of(answer, form) == right
    assert form != "json" or answer.json()["batch"] == many.batch
    assert rows_of(table(many, format=form, text="pago movil", bank="0134"), form) == [
        row for number, row in enumerate(right, 1) if number % 3 == 1
    ]
    assert list((many.folder / "data/incoming").iterdir()) == []


@files_only
def test_an_export_that_finds_no_room_on_the_disk_says_so(many):
    incoming = many.folder / "data/incoming"
    incoming.rename(many.folder / "aside")
    try:
        for form in ("json", "csv"):
            problem(many.client.get("/v1/records", params={"format": form}), 507, "storage-full")
    finally:
        (many.folder / "aside").rename(incoming)
    assert len(table(many, format="json", text="12345.jpg").json()["records"]) == 1


@pytest.mark.parametrize(
    ("form", "count", "page"), [("PDF", 1, ""), ("TIFF", 1, ""), ("PDF", 2, "1"), ("TIFF", 2, "1")]
)
def test_the_page_column_is_empty_for_a_document_of_one_page(service, form, count, page):
    """As the program has it (cli/test_fields_documents.py)."""
    file = io.BytesIO()
    sheet = Image.open(io.BytesIO(picture("Monto: 1.234,50 Bs", "Fecha: 03/01/2025"))).convert("RGB")
    sheet.save(file, form, save_all=True, append_images=[sheet] * (count - 1), title=f"{form} {count}")
    document = service.read(file.getvalue())
    (row,) = csv.DictReader(io.StringIO(table(service, ids=document["id"], format="csv").text))
    assert row["page"] == page
