"""Corrections outlast a new reading, are checked by type, and have a history with who and why."""

import json
import sqlite3

import pytest
from served import files_only, picture, problem, sqlite_schema
from test_operation import bearer, lince

RECEIPT = ("Monto 100,00", "Referencia 000111222333", "Fecha 02/01/2099")


def receipt(*lines, size=(640, 60)):
    return picture(*lines, size=(size[0], size[1] + 44 * len(lines)))


def patch(service, id_, fields, **more):
    return service.client.patch(f"/v1/documents/{id_}", json={"fields": fields, **more}, headers={"If-Match": "*"})


def values(document):
    return {name: field["value"] for name, field in document["fields"].items()}


def reread(service, id_, **query):
    answer = service.client.post(f"/v1/documents/{id_}/reread", params=query)
    assert answer.status_code == 202, answer.text
    return service.wait(id_)


def history(service, id_):
    return service.client.get(f"/v1/documents/{id_}/history").json()


# ---- a new reading -------------------------------------------------------------------------------------------------


def test_corrections_survive_a_new_reading(start):
    service = start("--workers", "1").ready()
    first = service.read(receipt(*RECEIPT))
    assert values(first)["monto"] == "100.00", first
    id_ = first["id"]
    changed = patch(service, id_, {"monto": "881,23", "beneficiario": "Ana", "fecha": None}, why="the customer called")
    assert changed.status_code == 200, changed.text
    again = reread(service, id_, layout="pago", why="a better layout")
    assert values(again)["monto"] == "881.23" and values(again)["beneficiario"] == "Ana"
    assert "fecha" not in again["fields"]
    assert again["fields"]["monto"]["read_value"] == "100.00" and again["fields"]["monto"]["corrected"]
    assert values(again)["referencia"] == values(first)["referencia"]
    told = history(service, id_)
    assert [(row["action"], row["why"]) for row in told["history"] if row["field"] is None] == [
        ("reread", "a better layout")
    ]
    assert {(row["field"], row["old_value"], row["new_value"], row["why"]) for row in told["corrections"]} == {
        ("monto", "100.00", "881.23", "the customer called"),
        ("beneficiario", None, "Ana", "the customer called"),
        ("fecha", "2099-01-02", None, "the customer called"),
    }
    assert all(row["actor"] == "127.0.0.1" for row in told["corrections"])
    service.restart()
    assert values(reread(service, id_))["monto"] == "881.23"


def test_corrections_are_discarded_only_when_asked_for(start):
    service = start("--keys", "required", "--workers", "1")
    keys = {
        scope: lince("keys", "create", "--data", service.folder / "data", "--scopes", scope, "--name", scope)
        for scope in ("submit", "admin", "submit,correct")
    }
    headers = {scope: bearer(key.stdout.strip()) for scope, key in keys.items()}
    service.client.headers.update(headers["admin"])
    service.ready()
    id_ = service.read(receipt(*RECEIPT))["id"]
    patch(service, id_, {"monto": "5,00"})
    path = f"/v1/documents/{id_}/reread"
    problem(service.client.post(path, params={"corrections": "discard"}, headers=headers["submit"]), 403, "forbidden")
    problem(service.client.post(path, params={"corrections": "all"}), 422, "invalid")
    problem(service.client.post(path, params={"why": "x" * 501}), 422, "invalid")
    assert service.client.post(path, headers=headers["submit"]).status_code == 202
    assert values(service.wait(id_))["monto"] == "5.00"
    discards = {"corrections": "discard", "why": "it was the other one"}
    assert service.client.post(path, params=discards, headers=headers["submit,correct"]).status_code == 202
    document = service.wait(id_)
    assert values(document)["monto"] == "100.00" and not document["fields"]["monto"]["corrected"]
    row = next(row for row in history(service, id_)["history"] if row["action"] == "discard")
    assert row["field"] == "monto" and row["old_value"] == "5.00" and row["why"] == "it was the other one"
    assert row["actor"] == headers["submit,correct"]["Authorization"].split("_")[1]


@files_only
def test_a_reading_that_fails_takes_nothing_away(start):
    service = start("--workers", "1").ready()
    document = service.read(receipt(*RECEIPT))
    patch(service, document["id"], {"monto": "7,00"})
    image = service.folder / "data/images" / document["sha256"][:2] / document["sha256"]
    (image if image.exists() else next((service.folder / "data/images").rglob(document["sha256"] + "*"))).write_bytes(
        b"\x89PNG\r\n\x1a\nno more"
    )
    failed = reread(service, document["id"])
    assert failed["status"] == "failed"
    assert values(failed) == {**values(document), "monto": "7.00"}


def test_what_a_new_reading_changes_is_in_the_history(start):
    service = start("--workers", "1").ready()
    id_ = service.read(receipt(*RECEIPT))["id"]
    service.change("UPDATE fields SET value='1.00' WHERE name='monto'")  # as an older version would have read it
    reread(service, id_)
    rows = [row for row in history(service, id_)["history"] if row["action"] == "read"]
    assert [(row["field"], row["old_value"], row["new_value"], row["actor"]) for row in rows] == [
        ("monto", "1.00", "100.00", "lince")
    ]


# ---- types ---------------------------------------------------------------------------------------------------------

GOOD = [
    ("monto", "881,23", "881.23"),
    ("monto", "1.234,50", "1234.50"),
    ("monto", " Bs 10,00 ", "10.00"),
    ("monto", "1234", "1234.00"),
    ("total", "12.50", "12.50"),
    ("fecha", "31/1/2025", "2025-01-31"),
    ("fecha", "2025-01-31", "2025-01-31"),
    ("date", "3 de enero de 2099", "2099-01-03"),
    ("hora", "3:04 pm", "15:04"),
    ("telefono", "0414-123 45 67", "04141234567"),
    ("telefono", "+49 30 1234 5678", "+493012345678"),
    ("cedula", "v-12.345.678", "V12345678"),
    ("banco_destino", "Banesco", "0134"),
    ("banco_origen", "0102", "0102"),
    ("cuenta_origen", "0102-0123-45-6789012345", "01020123456789012345"),
    ("referencia", "000 123 456", "000123456"),
    ("moneda", "Bs", "VES"),
    ("moneda", "usd", "USD"),
    ("concepto", "  pan y leche ", "pan y leche"),
    ("anything_else", "x", "x"),
]
BAD = [
    ("monto", "abc"),
    ("monto", "12 y 13"),
    ("monto", ""),
    ("monto", "12,00 ="),
    ("fecha", "31/31/2025"),
    ("fecha", "2025-02-30"),
    ("fecha", "mañana"),
    ("hora", "25:00"),
    ("telefono", "123"),
    ("cedula", "abc"),
    ("banco_destino", "9999"),
    ("referencia", "??"),
    ("moneda", "euros y medio"),
    ("concepto", "a\x1bb"),
    ("concepto", "   "),
]


def test_values_are_kept_in_canonical_form(start):
    service = start("--start", "manual")
    id_ = service.send(picture("N"))
    for name, typed, kept in GOOD:
        answer = patch(service, id_, {name: typed})
        assert answer.status_code == 200, answer.text
        assert answer.json()["fields"][name]["value"] == kept, name


@pytest.mark.parametrize(("language", "word"), [("en", "such as"), ("es", "como")])
def test_values_that_are_none_are_refused_with_an_example(start, language, word):
    service = start("--start", "manual")
    id_ = service.send(picture("N"))
    service.client.headers["Accept-Language"] = language
    for name, typed in BAD:
        body = problem(patch(service, id_, {"concepto": "stays out", name: typed}), 422, "invalid")
        assert name in body["detail"] and word in body["detail"], body
    assert service.get(id_)["fields"] == {} and history(service, id_)["history"] == []


MISTYPED = [
    ("mont", "monto"), ("montto", "monto"), ("mnoto", "monto"), ("MONTO", "monto"), ("Monto", "monto"),
    ("amount", "monto"), ("Amount", "monto"), ("fechas", "fecha"), ("fehca", "fecha"), ("reference", "referencia"),
    ("referncia", "referencia"), ("payee", "beneficiario"), ("benficiario", "beneficiario"), ("totl", "total"),
    ("bancodestino", "banco_destino"), ("banco_destin", "banco_destino"), ("telefonos", "telefono"),
    ("cedla", "cedula"), ("seller", "company"), ("payer", "pagador"), ("bank_of_the_payee", "banco_destino"),
]  # fmt: skip
OWN = ["anything_else", "nosuch", "notas", "caja", "tasa", "lote", "obra", "sucursal", "proyecto", "cliente", "x"]
OWN += [
    "monto2",
    "fecha_2",
    "state",
    "ticket",
    "order_id",
    "approved_by",
    "aprobado_por",
    "centro_de_costo",
    "cost_center",
    "Pedido",
]


def test_a_mistyped_field_is_refused_with_its_nearest_names(start):
    service = start("--start", "manual")
    id_ = service.send(picture("N"))
    for name, wanted in MISTYPED:
        for value in ("1,00", None, [{"description": "Pan"}]):
            body = problem(patch(service, id_, {"concepto": "stays out", name: value}), 422, "invalid")
            assert name in body["detail"] and wanted in body["detail"], body
    problem(patch(service, "doc_none", {"mont": "x"}), 404, "not-found")
    assert service.get(id_)["fields"] == {} and history(service, id_)["history"] == []
    header = service.client.get("/v1/records", params={"format": "csv"}).text.splitlines()[0]
    assert not {name for name, _ in MISTYPED} & set(header.split(","))


def test_fields_of_ones_own_are_taken(start):
    service = start("--start", "manual")
    id_ = service.send(picture("N"))
    answer = patch(service, id_, dict.fromkeys(OWN, " as it is "))
    assert answer.status_code == 200, answer.text
    assert values(answer.json()) == dict.fromkeys(OWN, "as it is")
    header = service.client.get("/v1/records", params={"format": "csv"}).text.splitlines()[0]
    assert set(OWN) <= set(header.split(","))


def test_a_field_that_a_document_has_is_known(start):
    """As one of a layout that is no longer in use."""
    service = start("--start", "manual")
    ids = [service.send(picture(name)) for name in ("UNO", "DOS")]
    service.change(
        "INSERT INTO fields (document_seq, name, value, detail) SELECT min(seq), 'montos', 'x', '{}' FROM documents"
    )
    assert patch(service, ids[0], {"montos": "y"}).json()["fields"]["montos"]["value"] == "y"
    problem(patch(service, ids[1], {"montos": "y"}), 422, "invalid")
    assert "montos" not in patch(service, ids[0], {"montos": None}).json()["fields"]


# ---- reasons for a review ------------------------------------------------------------------------------------------


def test_a_correction_settles_the_doubts_of_its_field_alone(start):
    service = start("--workers", "1").ready()
    document = service.read(receipt("Pago movil", "Monto 100,00", "Banco destino 0102"), params={"layout": "pago"})
    codes = {(row["code"], row["field"]) for row in document["review"]}
    assert document["needs_review"] and {("missing", "referencia"), ("missing", "fecha")} <= codes, document
    changed = patch(service, document["id"], {"referencia": "000123456"}).json()
    assert changed["needs_review"] and {(r["code"], r["field"]) for r in changed["review"]} == codes - {
        ("missing", "referencia")
    }
    again = reread(service, document["id"])
    assert ("missing", "referencia") not in {(r["code"], r["field"]) for r in again["review"]}
    spanish = service.client.get(f"/v1/documents/{document['id']}", headers={"Accept-Language": "es"}).json()
    assert "no se encontró fecha" in [row["message"] for row in spanish["review"]]
    answer = service.client.patch(
        f"/v1/documents/{document['id']}", json={"reviewed": True, "why": "seen"}, headers={"If-Match": "*"}
    )
    assert answer.json()["needs_review"] is False and answer.json()["review"] == []
    assert history(service, document["id"])["history"][0]["action"] == "review"


def test_amounts_that_do_not_add_up_are_a_doubt(start):
    service = start("--start", "manual")
    id_ = service.send(picture("N"))
    document = patch(service, id_, {"monto": "10,00", "comision": "1,00", "total": "12,00"}).json()
    assert [(r["code"], r["field"]) for r in document["review"]] == [("sum", "monto")]
    assert patch(service, id_, {"total": "11,00"}).json()["review"] == []


# ---- duplicates ----------------------------------------------------------------------------------------------------


def test_pictures_that_look_alike_and_say_otherwise_are_not_the_same(start):
    service = start("--workers", "1").ready()
    read = [service.read(receipt("Pago movil", f"Monto {amount},00", "Fecha 02/01/2099")) for amount in (10, 25, 37)]
    assert [service.get(one["id"])["duplicate_of"] for one in read] == [None] * 3


def test_a_correction_has_duplicates_judged_anew(start):
    service = start("--workers", "1").ready()
    one = service.read(receipt(*RECEIPT))["id"]
    two = service.read(receipt("Referencia 000111222399", "Fecha 02/01/2099", "Monto 100,00"))["id"]
    assert service.get(two)["duplicate_of"] is None
    same = patch(service, two, {"referencia": "000111222333"}).json()
    assert same["duplicate_of"] == {"id": one, "kind": "record", "confirmed": False}
    assert service.get(one)["duplicate_of"]["id"] == two
    assert patch(service, two, {"referencia": "000111222344"}).json()["duplicate_of"] is None
    assert service.get(one)["duplicate_of"] is None


def test_a_person_says_whether_two_are_the_same(start):
    service = start("--workers", "1").ready()
    one = service.read(receipt(*RECEIPT))["id"]
    two = service.read(receipt(RECEIPT[1], RECEIPT[0], RECEIPT[2]))["id"]
    assert service.get(two)["duplicate_of"]["kind"] == "record"

    def judge(id_, **body):
        return service.client.post(f"/v1/documents/{id_}/duplicate", json=body)

    dismissed = judge(two, same=False, why="two transfers")
    assert dismissed.status_code == 200 and dismissed.json()["duplicate_of"] is None
    assert service.get(one)["duplicate_of"] is None
    assert reread(service, two)["duplicate_of"] is None
    patch(service, one, {"concepto": "pan"})
    assert service.get(one)["duplicate_of"] is None and service.get(two)["duplicate_of"] is None
    row = history(service, two)["history"]
    assert ("duplicate_dismissed", one, "two transfers") in [(r["action"], r["new_value"], r["why"]) for r in row]
    other = service.read(picture("OTRA COSA"))["id"]
    same = judge(other, same=True, of=one).json()["duplicate_of"]
    assert same == {"id": one, "kind": "person", "confirmed": True}
    assert reread(service, other)["duplicate_of"] == same
    problem(judge(two, same=True), 409, "conflict")  # of which one?
    problem(judge("doc_none", same=True), 404, "not-found")
    for wrong in ({}, {"same": 1}, {"same": True, "of": 7}, {"same": True, "why": "x" * 501}):
        problem(judge(two, **wrong), 422, "invalid")
    problem(judge(two, same=True, of=two), 409, "conflict")


# ---- the store of the version before -------------------------------------------------------------------------------


def earlier_store(path):
    """A store of version 2 with a document that a person corrected, one that waits for a review, and their history."""
    database = sqlite3.connect(path)
    for name in ("schema.sql", "schema_2.sql"):
        database.executescript(sqlite_schema(name))
    database.execute("PRAGMA user_version=2")
    database.execute("PRAGMA journal_mode=WAL")
    document = (
        "INSERT INTO documents (id, origin, status, name, stored_name, sha256, image_bytes, media_type, metadata,"
        " layouts, received_ms, needs_review, layout, text, image_gone) VALUES (?, 'v1', 'done', 'a', 'a', ?, 1,"
        " 'image/png', '{}', '', 1, ?, 'pago', 'x', 1)"
    )
    database.execute(document, ("doc_corrected", "a" * 64, 0))
    database.execute(document, ("doc_doubtful", "b" * 64, 1))
    field = "INSERT INTO fields (document_seq, name, value, detail, corrected) VALUES (1, ?, ?, '{}', ?)"
    database.execute(field, ("monto", "5.00", 1))
    database.execute(field, ("referencia", "000111222333", 0))
    row = (
        "INSERT INTO corrections (document_seq, at_ms, actor, field, old_value, new_value) VALUES (1, ?, 'k', ?, ?, ?)"
    )
    database.execute(row, (1, "monto", "1.00", "5.00"))
    database.execute(row, (2, "fecha", "2099-01-01", None))
    page = json.dumps({"review_reasons": ["missing:referencia", "doubtful:monto"]})
    database.execute("INSERT INTO pages VALUES (2, ?)", (page,))
    database.commit()
    database.close()


@files_only
def test_a_store_of_the_version_before_is_taken_over(start, tmp_path):
    data = tmp_path / "one/data"
    data.mkdir(parents=True)
    earlier_store(data / "store.db")
    service = start("--start", "manual")
    document = service.get("doc_corrected")
    assert values(document) == {"monto": "5.00", "referencia": "000111222333"} and document["review"] == []
    assert [row["action"] for row in history(service, "doc_corrected")["history"]] == ["correct", "correct"]
    doubtful = service.get("doc_doubtful")
    assert [(r["code"], r["field"]) for r in doubtful["review"]] == [("missing", "referencia"), ("doubtful", "monto")]
    assert service.stop() == 0
    database = sqlite3.connect(data / "store.db")
    kept = database.execute("SELECT name, value FROM decisions WHERE document_seq=1 ORDER BY name").fetchall()
    assert kept == [("fecha", None), ("monto", "5.00")]
