"""Batches: filled, read, counted, exported as tables, closed, cancelled, removed."""

import csv
import io

import openpyxl
from served import picture, problem


def batch(service, **body):
    answer = service.client.post("/v1/batches", json=body)
    assert answer.status_code == 201, answer.text
    assert answer.headers["location"] == answer.json()["self"]
    return answer.json()


def test_from_empty_to_finished(service, receipt):
    made = batch(service, name="mañana")
    assert made["state"] == "open" and made["counts"]["total"] == 0 and made["eta_seconds"] is None
    ids = [service.send(image, params={"batch": made["id"]}) for image in (receipt, picture("TOTAL 1,00"))]
    for id_ in ids:
        assert service.wait(id_)["batch"] == made["id"]
    closed = service.client.post(made["self"] + "/close").json()
    assert closed["state"] == "closed" and closed["closed_at"] and closed["progress"] == 1
    assert closed["counts"]["done"] == 2 and closed["name"] == "mañana"
    problem(service.client.post("/v1/documents", params={"batch": made["id"]}, content=receipt), 409, "conflict")
    listed = service.client.get("/v1/documents", params={"batch": made["id"]}).json()["documents"]
    assert [d["id"] for d in listed] == ids[::-1]


def test_records_in_three_forms(service, receipt):
    made = batch(service)
    first = service.read(receipt, params={"batch": made["id"], "name": '=cmd,"x".jpg'})
    service.read(picture("NADA"), params={"batch": made["id"]})
    url = made["self"] + "/records"
    records = service.client.get(url).json()["records"]
    assert [r["id"] for r in records][0] == first["id"] and len(records) == 2
    table = service.client.get(url, headers={"Accept": "text/csv"})
    rows = list(csv.DictReader(io.StringIO(table.text)))
    assert rows[0]["name"] == '\'=cmd,"x".jpg' and rows[0]["monto"] == first["fields"]["monto"]["value"]
    assert rows[1]["monto"] == ""
    book = openpyxl.load_workbook(io.BytesIO(service.client.get(url, params={"format": "xlsx"}).content))
    cells = list(book.active.values)
    column = cells[0].index("monto")
    assert cells[1][column] == float(first["fields"]["monto"]["value"]) and cells[2][column] is None
    problem(service.client.get(url, params={"format": "pdf"}), 406, "not-acceptable")


def test_what_strangers_wrote_is_no_formula(service):
    """In either form; amounts, negative ones too, stay numbers."""
    made = batch(service)
    names = ["=1+1", "+58 412", "-2+3", "@SUM(A1)", "\tx", "＝1", "plain", "'=1"]
    for name in names:
        service.read(picture("NADA"), params={"batch": made["id"], "name": name + ".png"})
    url = made["self"] + "/records"
    first = service.client.get(url).json()["records"][0]
    change = {"fields": {"monto": "-12.50", "beneficiario": "=HYPERLINK(A1)"}}
    answer = service.client.patch(first["self"], json=change, headers={"If-Match": f'"{first["version"]}"'})
    assert answer.status_code == 200
    rows = list(csv.DictReader(io.StringIO(service.client.get(url, params={"format": "csv"}).text)))
    kept = [r["name"] for r in service.client.get(url).json()["records"]]
    for row, name in zip(rows, kept, strict=True):
        assert row["name"] == ("'" if name[0] in "=+-@\t＝" else "") + name
    assert rows[0]["beneficiario"] == "'=HYPERLINK(A1)" and rows[0]["monto"] == "-12.50"
    sheet = openpyxl.load_workbook(io.BytesIO(service.client.get(url, params={"format": "xlsx"}).content)).active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}
    head = [cell.value for cell in sheet[1]]
    assert sheet[2][head.index("monto")].value == -12.5
    assert sheet[2][head.index("beneficiario")].value == "=HYPERLINK(A1)"
    assert sheet[2][head.index("beneficiario")].number_format == "@"


def test_manual_start(start):
    service = start("--start", "manual", "--workers", "1")
    made = batch(service)
    id_ = service.send(picture("UNO"), params={"batch": made["id"]})
    assert service.get(id_)["status"] == "held"
    answer = service.client.post(made["self"] + "/start").json()
    assert answer["counts"]["held"] == 0
    assert service.wait(id_)["text"] == "UNO"


def test_cancel_and_delete(start):
    service = start("--start", "manual")
    made = batch(service)
    ids = [service.send(picture(f"N {i}"), params={"batch": made["id"]}) for i in range(3)]
    cancelled = service.client.post(made["self"] + "/cancel").json()
    assert cancelled["state"] == "cancelled" and cancelled["counts"]["cancelled"] == 3
    assert {service.get(id_)["status"] for id_ in ids} == {"cancelled"}
    assert service.client.delete(made["self"]).status_code == 204
    problem(service.client.get(made["self"]), 404, "not-found")
    problem(service.client.get(f"/v1/documents/{ids[0]}"), 404, "not-found")
    assert service.image_count() == 0


def test_errors_and_list(service):
    problem(service.client.get("/v1/batches/none"), 404, "not-found")
    problem(service.client.post("/v1/batches/none/close"), 404, "not-found")
    problem(service.client.delete("/v1/batches/none"), 404, "not-found")
    problem(service.client.post("/v1/batches", json={"name": 3}), 422, "invalid")
    problem(service.client.post("/v1/batches", json=[]), 400, "bad-request")
    ids = [batch(service)["id"] for _ in range(3)]
    page = service.client.get("/v1/batches", params={"limit": 2}).json()
    assert [b["id"] for b in page["batches"]] == ids[:0:-1]
    page = service.client.get("/v1/batches", params={"limit": 2, "cursor": page["next_cursor"]}).json()
    assert page["batches"][0]["id"] == ids[0]
