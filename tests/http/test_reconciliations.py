"""Statements of invented banks compared with receipts that were read: by the API, as a flow or the page does it."""

import csv
import datetime
import io
import subprocess
import time
import zipfile

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900
from served import PROGRAM, ROOT, SLOW, Service, problem

from tests.pdf_file import HELVETICA, of_pages

RECEIPTS = ("01-dark-phone.jpg", "04-light-card-recompressed.jpg", "09-gradient-card.jpg")
HEAD = "Fecha;Referencia;Descripción;Débito;Crédito;Saldo\n"


def money(amount):
    """As a Spanish bank writes it: "1.234,50"."""
    return f"{float(amount):,.2f}".replace(",", "_").replace(".", ",").replace("_", ".")


def day(date):
    return "/".join(reversed(date.split("-")))


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    service = Service(tmp_path_factory.mktemp("office"), "--workers", "1").ready()
    service.payments = []
    for name in RECEIPTS:
        document = service.read((ROOT / "examples" / name).read_bytes(), params={"name": name})
        service.payments.append({"id": document["id"], **document["payment"]})
    yield service
    assert service.stop() == 0


def statement(payments):
    """The first as it is, the second with another amount, none of the third; a fee, and a credit of nobody."""
    one, two, _ = payments
    return (
        HEAD
        + f"{day(one['date'])};{one['reference'][-8:]};PAGO MÓVIL;;{money(one['amount'])};\n"
        + f"{day(two['date'])};{two['reference']};PAGO MÓVIL;;{money(float(two['amount']) + 10)};\n"
        + f"{day(one['date'])};900001;COMISION;2,30;;\n"
        + f"{day('2026-08-09')};900002;=CMD()|TRANSFERENCIA;;77,00;\n"
        + ";;TOTAL;2,30;;\n"
        + "31/02/2025;900003;MAL;;5,00;\n"
    )


def load(service, content, name="banco.csv", **form):
    if isinstance(content, str):
        content = content.encode()
    return service.client.post("/v1/reconciliations", files={"file": (name, content)}, data=form)


def items(service, made, **query):
    answer = service.client.get(f"{made['self']}/items", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


def states(service, made):
    return [item["state"] for item in items(service, made)]


@pytest.fixture
def made(office):
    answer = load(office, statement(office.payments))
    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert answer.headers["location"] == made["self"]
    yield made
    assert office.client.delete(made["self"]).status_code == 204


def counted(reconciliation):
    return {state: count["items"] for state, count in reconciliation["counts"].items() if count["items"]}


def test_a_statement_is_compared(office, made):
    assert made["ready"] and made["currency"] == "VES" and made["bank"] is None
    assert made["file"] == {
        "name": "banco.csv", "form": "csv", "encoding": "utf-8", "separator": ";", "sheet": "", "rows": 7, "columns": 6,
    }  # fmt: skip
    assert made["columns"] == {
        "date": 1, "reference": 2, "description": 3, "debit": 4, "credit": 5, "amount": None, "sign": None,
        "first_row": 2, "date_order": "dmy", "decimal": ",",
    }  # fmt: skip
    assert counted(made) == {
        "matched": 1, "amount_differs": 1, "missing_receipt": 1, "missing_line": 1, "other": 1, "unreadable": 2,
    }  # fmt: skip
    found = {item["state"]: item for item in items(office, made)}
    assert found["matched"]["receipts"][0]["id"] == office.payments[0]["id"]
    assert found["matched"]["how"] == "reference" and found["matched"]["lines"][0]["row"] == 2
    assert found["amount_differs"]["difference"] == "10.00"
    assert found["missing_line"]["receipts"][0]["id"] == office.payments[2]["id"]
    assert found["missing_receipt"]["lines"][0]["amount"] == "77.00"
    assert found["other"]["lines"][0]["amount"] == "-2.30"
    again = office.client.get(made["self"]).json()
    assert counted(again) == counted(made) and again["sample"][1]["cells"][2] == "PAGO MÓVIL"
    listed = office.client.get("/v1/reconciliations").json()["reconciliations"]
    assert [one["id"] for one in listed] == [made["id"]]


@pytest.mark.parametrize(
    "query, found",
    [
        ({"state": "matched"}, ["matched"]),
        ({"text": "transferencia"}, ["missing_receipt"]),
        ({"text": "móvil"}, ["matched", "amount_differs"]),
        ({"text": "77,00"}, ["missing_receipt"]),
        ({"text": "77.00"}, ["missing_receipt"]),
        ({"text": "nowhere"}, []),
        ({"decided": "true"}, []),
        ({"text": "09-gradient"}, ["missing_line"]),
    ],
)
def test_items_are_found(office, made, query, found):
    assert sorted(item["state"] for item in items(office, made, **query)) == sorted(found)


def test_items_come_page_by_page(office, made):
    seen, query = [], {"limit": 2}
    while True:
        page = office.client.get(f"{made['self']}/items", params=query).json()
        seen += [item["item"] for item in page["items"]]
        if page["next_cursor"] is None:
            break
        query["cursor"] = page["next_cursor"]
    assert len(seen) == len(set(seen)) == 7 and seen == [item["item"] for item in items(office, made)]


def decide(service, made, state, lines=(), documents=(), **more):
    body = {"state": state, "lines": list(lines), "documents": list(documents), **more}
    return service.client.post(f"{made['self']}/decisions", json=body)


def test_a_person_decides(office, made):
    third = office.payments[2]["id"]
    answer = decide(office, made, "matched", [5], [third], note="lo dijo el banco").json()
    assert answer["item"]["state"] == "matched" and answer["item"]["decided"] and answer["item"]["how"] == "hand"
    assert answer["item"]["note"] == "lo dijo el banco" and answer["item"]["decided_at"]
    assert counted(answer["reconciliation"])["matched"] == 2
    assert "missing_line" not in counted(answer["reconciliation"])
    # it outlasts another comparison and other columns
    assert counted(office.client.post(f"{made['self']}/match").json())["matched"] == 2
    changed = office.client.patch(made["self"], json={"options": {"days": 5}}).json()
    assert changed["options"]["days"] == 5 and counted(changed)["matched"] == 2
    # the fee is set aside; who is taken from a pair leaves the other alone
    assert decide(office, made, "ignored", [4]).json()["item"]["state"] == "ignored"
    taken = decide(office, made, "matched", [2], [third]).json()["reconciliation"]
    assert counted(taken)["missing_receipt"] == 1 and counted(taken)["missing_line"] == 1
    # and what is open again is as it was found
    for rows, documents in (([2], [third]), ([4], []), ([5], [])):
        opened = decide(office, made, "open", rows, documents).json()
    assert counted(opened["reconciliation"]) == counted(made)


def test_what_is_apart_is_not_put_together_again(office, made):
    first = office.payments[0]["id"]
    answer = decide(office, made, "apart", [2], [first]).json()
    assert answer["item"] is None and "matched" not in counted(answer["reconciliation"])
    assert "matched" not in counted(office.client.post(f"{made['self']}/match").json())
    assert counted(decide(office, made, "open", [2], [first]).json()["reconciliation"])["matched"] == 1


@pytest.mark.parametrize(
    "body, status, word",
    [
        ({"state": "matched", "lines": [2]}, 422, "document"),
        ({"state": "ignored"}, 422, "lines"),
        ({"state": "gone", "lines": [2]}, 422, "state"),
        ({"state": "ignored", "lines": ["2"]}, 422, "lines"),
        ({"state": "ignored", "lines": [99]}, 404, "row 99"),
        ({"state": "ignored", "documents": ["doc_none"]}, 404, "doc_none"),
        ({"state": "ignored", "lines": [2], "note": 5}, 422, "note"),
    ],
)
def test_decisions_that_are_none(office, made, body, status, word):
    answer = office.client.post(f"{made['self']}/decisions", json=body)
    assert word in problem(answer, status, "invalid" if status == 422 else "not-found")["detail"]
    assert counted(office.client.get(made["self"]).json()) == counted(made)


def test_columns_are_told_and_remembered(office):
    one = office.payments[0]
    odd = "A;B;C\n" + f"{money(one['amount'])};{one['reference']};{day(one['date'])}\n" * 3
    head = "uno;dos;tres;nota\nClave;Ref;Cuándo;Cuánto\n"
    content = head + f"x;{one['reference']};{day(one['date'])};{money(one['amount'])}\n"
    made = load(office, content, bank="0102").json()
    assert made["ready"]  # by what stands below each other
    wrong = {"date": 1, "amount": 2, "reference": None}
    changed = office.client.patch(made["self"], json={"columns": wrong}).json()
    assert counted(changed) == {} or "matched" not in counted(changed)
    right = {"date": 3, "amount": 4, "reference": 2, "first_row": 3}
    changed = office.client.patch(made["self"], json={"columns": right, "bank": None}).json()
    assert counted(changed)["matched"] == 1
    for body, word in (
        ({"columns": {"date": None}}, "date"), ({"columns": {"date": 99}}, "date"), ({"columns": {"when": 1}}, "when"),
        ({"columns": {"decimal": "x"}}, "decimal"), ({"options": {"days": 99}}, "days"), ({"state": 1}, "state"),
        ({"options": {"amount": "-1"}}, "amount"), ({"name": ""}, "name"), ({"options": {"digits": 3}}, "digits"),
    ):  # fmt: skip
        assert word in problem(office.client.patch(made["self"], json=body), 422, "invalid")["detail"]
    # the next statement of that bank with the same head is read alike
    named = HEAD.replace("Referencia", "Serial") + f"{day(one['date'])};{one['reference']};x;;{money(one['amount'])};\n"
    first = load(office, named, bank="0102").json()
    office.client.patch(first["self"], json={"columns": {"description": 2, "reference": 2}})
    second = load(office, named).json()
    assert second["bank"] == "0102" and second["columns"]["description"] == 2
    assert load(office, odd).json()["ready"]


def test_bank_and_currency_narrow_what_is_compared(office, made):
    other = office.client.patch(made["self"], json={"bank": "9999"}).json()
    assert counted(other).get("matched", 0) == 0 and counted(other)["missing_receipt"] == 3
    dollars = office.client.patch(made["self"], json={"bank": None, "currency": "USD"}).json()
    assert counted(dollars).get("matched", 0) == 0
    assert counted(office.client.patch(made["self"], json={"currency": "VES"}).json())["matched"] == 1


def test_exports(office, made):
    records = f"{made['self']}/records"
    rows = list(csv.DictReader(io.StringIO(office.client.get(records, params={"format": "csv"}).text)))
    assert len(rows) == 7 and rows[0].keys() >= {"State", "Row", "Amount", "Receipt's amount", "Document"}
    assert "'=CMD()|TRANSFERENCIA" in {row["Description"] for row in rows}
    spanish = {"Accept-Language": "es"}
    excel = office.client.get(records, params={"format": "csv", "csv": "excel", "state": "matched"}, headers=spanish)
    text = excel.content.decode()
    assert text.startswith("\ufeffEstado;") and ";PAGO MÓVIL;" in text and "conciliado" in text
    assert money(office.payments[0]["amount"]).replace(".", "") in text
    plain = office.client.get(records, params={"format": "csv", "csv": "excel-en", "state": "matched"}, headers=spanish)
    assert plain.content.decode().startswith("\ufeffEstado,")
    problem(office.client.get(records, params={"format": "csv", "csv": "odt"}), 422, "invalid")
    problem(office.client.get(records, params={"format": "ods"}), 406, "not-acceptable")
    book = zipfile.ZipFile(io.BytesIO(office.client.get(records, params={"format": "xlsx"}).content))
    sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet and 's="' in sheet
    assert len(office.client.get(records).json()["items"]) == 7


def test_a_workbook_made_by_the_service_is_read_again(office, made):
    book = office.client.get(f"{made['self']}/records", params={"format": "xlsx"}).content
    again = load(office, book, name="otra.xlsx").json()
    assert again["file"]["form"] == "xlsx" and again["file"]["sheet"] == "records" and again["ready"]
    assert counted(again)["matched"] >= 1


@pytest.mark.parametrize("epoch", [CALENDAR_WINDOWS_1900, CALENDAR_MAC_1904])
def test_dates_of_a_workbook_count_from_its_own_epoch(office, epoch):
    book, content = openpyxl.Workbook(), io.BytesIO()
    book.epoch = epoch
    book.active.append(["Fecha", "Referencia", "Descripción", "Crédito"])
    for date, number in ((datetime.date(2025, 5, 17), 900101), (datetime.date(2026, 12, 31), 900102)):
        book.active.append([date, number, "PAGO MÓVIL", 77.5])
    book.save(content)
    made = load(office, content.getvalue(), name="banco.xlsx").json()
    lines = [line for item in items(office, made, state="missing_receipt") for line in item["lines"]]
    assert sorted(line["date"] for line in lines) == ["2025-05-17", "2026-12-31"]
    assert office.client.delete(made["self"]).status_code == 204


@pytest.mark.parametrize(
    "content, status, word",
    [
        (b"", 422, "empty"),
        (b"\xd0\xcf\x11\xe0", 422, ".xls"),
        (b"PK\x03\x04xxxx", 422, "damaged"),
        (b"\x89PNG\r\n\x1a\n\x01", 422, "neither"),
        (b"1;2\n" * 20001, 413, "20000"),
        (b";" * 100, 413, "64"),
    ],
)
def test_what_is_no_statement(office, content, status, word):
    answer = load(office, content)
    assert word in problem(answer, status, "invalid" if status == 422 else "too-large")["detail"]


def paper(*pages):
    """A PDF with text: pages of rows of (place across in points, text)."""
    contents = []
    for rows in pages:
        shown = [f"1 0 0 1 {x} {760 - 18 * n} Tm ({text}) Tj" for n, row in enumerate(rows) for x, text in row]
        contents.append(f"BT /F 10 Tf {' '.join(shown)} ET".encode("cp1252"))
    return of_pages(contents, b"/Font << /F 3 0 R >>", [HELVETICA % b""], media=b"0 0 612 792")


def paper_of(payments):
    """The statement of `statement` as a bank prints it, on two pages; no debit on the first one."""
    one, two, _ = payments
    head = [(40, "Fecha"), (110, "Referencia"), (200, "Descripción"), (380, "Débito"), (450, "Crédito"), (530, "Saldo")]
    first = [[(40, "Banco de los Llanos")], [(40, "Titular: INVERSIONES EL TURPIAL C.A.")], head]
    second = [head]
    for rows, paid, amount in ((first, one, one["amount"]), (second, two, float(two["amount"]) + 10)):
        number = paid["reference"][-8:]
        rows.append(
            [(40, day(paid["date"])), (110, number), (200, "PAGO MÓVIL DE"), (450, money(amount)), (530, "9,00")]
        )
        rows.append([(200, "ZOILA QUINTERO")])
    second.append([(40, day(one["date"])), (110, "900001"), (200, "COMISION"), (380, "2,30"), (530, "9.001,00")])
    return paper(first, second)


def test_a_statement_in_pdf(office):
    """Read by a worker: rows of pages, columns by their places, texts over two rows; text and scan alike."""
    content = paper_of(office.payments)
    made = load(office, content, name="mayo.pdf").json()
    assert made["file"]["form"] == "pdf" and made["file"]["columns"] == 6 and made["ready"], made
    assert made["sample"][0]["cells"] == ["Banco de los Llanos"]
    columns = {name: made["columns"][name] for name in ("date", "reference", "description", "debit", "credit")}
    assert columns == {"date": 1, "reference": 2, "description": 3, "debit": 4, "credit": 5}
    assert counted(made)["matched"] == 1 and counted(made)["amount_differs"] == 1 and counted(made)["other"] == 1
    [matched] = items(office, made, state="matched")
    assert matched["lines"][0]["description"] == "PAGO MÓVIL DE ZOILA QUINTERO"
    letter = paper([[(40, "Estimado cliente, gracias.")]])
    for wrong, kind, words in ((b"%PDF-1.7\n", "unreadable-image", "PDF"), (letter, "invalid", "CSV or XLSX")):
        assert words in problem(load(office, wrong, name="x.pdf"), 422, kind)["detail"]


PLACES = {"sheet1": "xl/worksheets/sheet1.xml", "sharedStrings": "xl/sharedStrings.xml"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(office, **parts):
    """A workbook of the service, with other parts in place of its own."""
    base = io.BytesIO(office.client.get("/v1/records", params={"format": "xlsx"}).content)
    out = io.BytesIO()
    with zipfile.ZipFile(base) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            if name.split("/")[-1].split(".")[0] not in parts:
                target.writestr(name, source.read(name))
        for name, part in parts.items():
            target.writestr(PLACES[name], part)
    return out.getvalue()


def sheet(rows):
    return f"<worksheet><sheetData>{rows}</sheetData></worksheet>".encode()


def letters(column):
    """The name of a column, from 1."""
    name = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


LAUGHS = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
MILLION = "".join(f'<c r="{letters(n)}1"><v>{n}</v></c>' for n in range(1, 60)) + "<c><v>1</v></c>" * 1_000_000
SAME = '<c t="s"><v>0</v></c>' * 40
ABSENT = '<c t="s"><v>4294967295</v></c><c t="s"><v>-1</v></c><c><v>2</v></c>'


def declared(entities, rest):
    return f"<!DOCTYPE x [{entities}]>{rest}".encode()


# What it is, the parts in place of the good ones, the status and a word of the answer.
HOSTILE = [
    ("entities", {"sheet1": declared('<!ENTITY a "aaaa">', "<worksheet/>")}, 422, "damaged"),
    ("laughs", {"sheet1": declared(f'<!ENTITY a0 "ha">{LAUGHS}', "<worksheet>&a9;</worksheet>")}, 422, "damaged"),
    ("file", {"sheet1": declared('<!ENTITY a SYSTEM "file:///etc/passwd">', "<a>&a;</a>")}, 422, "damaged"),
    ("shared", {"sharedStrings": declared('<!ENTITY a "b">', "<sst><si><t>&a;</t></si></sst>")}, 422, "damaged"),
    ("bomb", {"sheet1": b"<worksheet>" + b" " * (97 << 20)}, 413, "96 MB"),
    ("texts", {"sharedStrings": b"<sst>" + b"<si><t>aaaaaaaa</t></si>" * 4_400_000}, 413, "MB"),
    ("columns", {"sheet1": sheet(f"<row r='1'>{MILLION}</row>")}, 413, "64 columns"),
    ("far", {"sheet1": sheet('<row><c r="BDWGN1"><v>1</v></c></row>')}, 413, "64 columns"),
    ("rows", {"sheet1": sheet("<row><c><v>1</v></c></row>" * 1_000_000)}, 413, "20000 rows"),
    (
        "one text in all cells",
        {
            "sharedStrings": b"<sst><si><t>" + b"x" * 390 + b"</t></si></sst>",
            "sheet1": sheet(f"<row>{SAME}</row>" * 19_000),
        },
        413,
        "32 MB",
    ),
    ("long attribute", {"sheet1": sheet(f'<row r="{"9" * 60_000_000}"/>')}, 422, "damaged"),
    ("many attributes", {"sheet1": sheet("<row " + " ".join(f'a{n}="1"' for n in range(1_000_000)) + "/>")}, 422, ""),
    ("long comment", {"sharedStrings": b"<sst><!--" + b"-x" * 30_000_000 + b"--></sst>"}, 422, "damaged"),
    ("long name", {"sheet1": b"<worksheet><" + b"a" * 60_000_000 + b"/></worksheet>"}, 422, "damaged"),
    ("half", {"sheet1": sheet('<row><c t="d"><v>2025-01-3ñandú</v></c></row>')}, 201, ""),
    ("end", {"sheet1": b"<worksheet><sheetData><row><c><v>1"}, 422, "damaged"),
    ("numbers", {"sheet1": sheet('<row r="-7"><c r="A0" s="99999999999"><v>1e999</v></c></row>')}, 201, ""),
    ("absent", {"sheet1": sheet(f"<row>{ABSENT}</row>")}, 201, ""),
    ("deep", {"sheet1": b"<worksheet>" + b"<a>" * 2_000_000}, None, ""),
]


@pytest.mark.parametrize("parts, status, words", [row[1:] for row in HOSTILE], ids=[row[0] for row in HOSTILE])
def test_hostile_workbooks(office, parts, status, words):
    """A worker reads them; it and the service stay. One that needs too much memory is refused for that."""
    book = workbook(office, **parts)
    began = time.monotonic()
    answer = load(office, book, name="x.xlsx")
    assert time.monotonic() - began < 60 * SLOW, "no part may take time by the square of its length"
    assert answer.status_code in ((status,) if status else (422, 503)), answer.text
    assert words in answer.text
    if answer.status_code == 201:
        assert office.client.delete(answer.json()["self"]).status_code == 204
    good = load(office, HEAD + "17/05/2025;1;X;;5,00;\n")
    assert good.status_code == 201, good.text
    assert office.client.delete(good.json()["self"]).status_code == 204


def test_the_front_has_nothing_that_reads_workbooks():
    """Only the locked-down workers, which are of the other program, have the libraries for it."""
    folder = ROOT / "build" if not PROGRAM.parent.exists() else PROGRAM.parent
    front = folder / "lince-service"
    assert b"libexpat" in PROGRAM.read_bytes()
    assert b"libexpat" not in front.read_bytes() and b"libminizip" not in front.read_bytes()


@pytest.mark.parametrize(
    "media_type", ["text/csv", "text/csv; charset=utf-8", "application/vnd.ms-excel", "text/plain", None]
)
def test_a_raw_statement(office, media_type):
    """As multipart is taken; without a type, or with curl's own, it is looked at."""
    headers = {"Content-Type": media_type} if media_type else {}
    answer = office.client.post(
        "/v1/reconciliations?name=mayo.csv&currency=VES", content=statement(office.payments).encode(), headers=headers
    )
    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert made["name"] == "mayo.csv" and made["currency"] == "VES" and made["file"]["form"] == "csv"
    assert counted(made)["matched"] == 1
    assert office.client.delete(made["self"]).status_code == 204


@pytest.mark.parametrize("media_type", [XLSX, "application/octet-stream", "application/x-www-form-urlencoded"])
def test_a_raw_workbook(office, media_type):
    answer = office.client.post("/v1/reconciliations", content=workbook(office), headers={"Content-Type": media_type})
    assert answer.status_code == 201, answer.text
    assert answer.json()["file"]["form"] == "xlsx" and answer.json()["name"] == "statement"
    assert office.client.delete(answer.json()["self"]).status_code == 204


def test_a_raw_body_that_is_no_statement(office):
    picture = {"Content-Type": "image/png"}
    told = problem(
        office.client.post("/v1/reconciliations", content=b"a;b", headers=picture), 415, "unsupported-media-type"
    )
    assert "text/csv" in told["detail"]
    csv_type = {"Content-Type": "text/csv"}
    problem(office.client.post("/v1/documents", content=b"a;b", headers=csv_type), 415, "unsupported-media-type")


def test_statements_without_columns_wait_for_a_person(office):
    made = load(office, "hola;mundo\nadiós;mundo\n").json()
    assert not made["ready"] and counted(made) == {} and made["sample"][0]["cells"] == ["hola", "mundo"]


def test_files_are_one_and_messages_are_of_the_readers_language(office):
    two = [("file", ("a.csv", b"a;b")), ("file", ("b.csv", b"a;b"))]
    problem(office.client.post("/v1/reconciliations", files=two), 422, "invalid")
    spanish = office.client.post(
        "/v1/reconciliations", files={"file": ("a.xls", b"\xd0\xcf\x11\xe0")}, headers={"Accept-Language": "es"}
    )
    assert "guárdelo como .xlsx o CSV" in spanish.json()["detail"]


def test_it_stays_when_the_service_is_killed(start):
    service = start("--workers", "1")
    made = load(service, HEAD + "17/05/2025;1;X;;5,00;\n").json()
    decide(service, made, "ignored", [2])
    service.restart()
    again = service.client.get(made["self"]).json()
    assert counted(again) == {"ignored": 1} and again["counts"]["ignored"]["decided"] == 1


def test_who_may_read_may_not_decide(start):
    service = start("--workers", "1", "--keys", "required")
    command = [PROGRAM, "keys", "create", "--scopes", "read", "--data", service.folder / "data"]
    key = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    service.client.headers["Authorization"] = f"Bearer {key}"
    assert service.client.get("/v1/reconciliations").json() == {"reconciliations": [], "next_cursor": None}
    problem(load(service, HEAD), 403, "forbidden")
