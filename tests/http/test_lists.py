"""Lists, totals, exports, several documents at once, and corrections: what the page does, through the API."""

import csv
import io
import json

import pytest
from served import PROGRAM, ROOT, picture, problem

RECEIPTS = ("01-dark-phone.jpg", "04-light-card-recompressed.jpg", "09-gradient-card.jpg", "13-shop-receipt-photo.jpg")


@pytest.fixture(scope="module")
def office(service):
    """Four receipts that were read, and a copy of one of them."""
    ids = {}
    for name in RECEIPTS:
        ids[name] = service.read((ROOT / "examples" / name).read_bytes(), params={"name": name})["id"]
    copy = (ROOT / "examples" / RECEIPTS[1]).read_bytes() + b" "
    ids["copia.jpg"] = service.read(copy, params={"name": "copia.jpg"})["id"]
    service.ids = ids
    return service


def names(service, **query):
    answer = service.client.get("/v1/documents", params=query)
    assert answer.status_code == 200, answer.text
    return [document["name"] for document in answer.json()["documents"]]


@pytest.mark.parametrize(
    "query, found",
    [
        ({"text": "PANADERIA"}, {RECEIPTS[3]}),
        ({"text": "panadería espiga"}, {RECEIPTS[3]}),
        ({"text": "2990,00"}, {RECEIPTS[1], "copia.jpg"}),
        ({"text": "0128125"}, {RECEIPTS[1], "copia.jpg"}),
        ({"text": "dark-phone"}, {RECEIPTS[0]}),
        ({"text": "panaderia nowhere"}, set()),
        ({"bank": "0102"}, {RECEIPTS[2]}),
        ({"paid_since": "2025-05-18", "paid_until": "2025-05-18"}, {RECEIPTS[0]}),
        ({"paid_until": "2024-12-31"}, {RECEIPTS[3]}),
        ({"amount_min": "2486.34", "amount_max": "2990"}, {RECEIPTS[3], RECEIPTS[1], "copia.jpg"}),
        ({"amount_max": "800"}, {RECEIPTS[0]}),
        ({"duplicate": "true"}, {RECEIPTS[1], "copia.jpg"}),
        ({"duplicate": "true", "text": "copia"}, {"copia.jpg"}),
    ],
)
def test_documents_are_found(office, query, found):
    assert set(names(office, **query)) == found
    assert office.client.get("/v1/documents/totals", params=query).json()["count"] == len(found)
    rows = csv.DictReader(io.StringIO(office.client.get("/v1/records", params={**query, "format": "csv"}).text))
    assert {row["name"] for row in rows} == found


@pytest.mark.parametrize("sort", ["received", "paid", "amount", "who", "bank"])
def test_lists_are_sorted_page_by_page(office, sort):
    forwards, query = [], {"sort": sort, "limit": 2}
    while True:
        page = office.client.get("/v1/documents", params=query).json()
        forwards += [document["id"] for document in page["documents"]]
        if page["next_cursor"] is None:
            break
        query["cursor"] = page["next_cursor"]
    backwards = [d["id"] for d in office.client.get("/v1/documents", params={"sort": f"-{sort}"}).json()["documents"]]
    assert len(set(forwards)) == 5 and forwards == backwards[::-1]
    if sort == "amount":
        assert forwards[0] == office.ids[RECEIPTS[0]] and forwards[-1] == office.ids[RECEIPTS[2]]


@pytest.mark.parametrize("query", [{}, {"sort": "paid"}, {"sort": "-amount"}, {"text": "banco"}, {"amount_min": "1"}])
def test_a_list_is_entered_in_its_middle(office, query):
    whole = names(office, **query)
    for skip in range(len(whole) + 2):
        assert names(office, **query, skip=skip) == whole[skip:]
        assert names(office, **query, skip=skip, limit=2) == whole[skip : skip + 2]
    first = office.client.get("/v1/documents", params={**query, "limit": 1}).json()
    assert names(office, **query, cursor=first["next_cursor"], skip=1) == whole[2:]
    for wrong in ("-1", "much", "99999999999"):
        problem(office.client.get("/v1/documents", params={**query, "skip": wrong}), 422, "invalid")


def test_one_payment_counts_once(office):
    totals = office.client.get("/v1/documents/totals").json()
    assert totals["count"] == 5
    assert totals["amounts"] == [{"currency": "VES", "amount": "395166.46", "count": 4}]
    assert {bank["bank"] for bank in totals["banks"]} == {"0172", "0163", "0102", ""}
    assert [day["day"] for day in totals["days"]] == ["2026-08-09", "2025-06-11", "2025-05-18", "2023-01-30"]


@pytest.mark.parametrize(
    "query",
    [
        {"sort": "size"},
        {"paid_since": "yesterday"},
        {"amount_min": "a lot"},
        {"duplicate": "maybe"},
    ],
)
def test_wrong_conditions_are_refused(office, query):
    problem(office.client.get("/v1/documents", params=query), 422, "invalid")
    problem(office.client.get("/v1/documents/totals", params=query), 422, "invalid")


def test_an_export_has_no_order_of_its_own(office):
    """Records come as they were received; an order that would not be heeded is refused."""
    problem(office.client.get("/v1/records", params={"sort": "amount"}), 422, "invalid")


def test_records_of_chosen_documents(office):
    ids = [office.ids["copia.jpg"], office.ids[RECEIPTS[0]]]
    records = office.client.get("/v1/records", params={"ids": ",".join(ids), "format": "json"}).json()["records"]
    assert [record["id"] for record in records] == ids[::-1]
    sheet = office.client.get("/v1/records", params={"format": "xlsx"})
    assert sheet.content[:2] == b"PK" and "spreadsheetml" in sheet.headers["content-type"]


def test_a_duplicate_that_is_dismissed_counts_for_itself(office):
    first, copy = office.ids[RECEIPTS[1]], office.ids["copia.jpg"]
    answer = office.client.post(f"/v1/documents/{copy}/duplicate", json={"same": False})
    assert answer.json()["duplicate_of"] is None and office.get(first)["duplicate_of"] is None
    assert office.client.get("/v1/documents/totals").json()["amounts"][0]["count"] == 5
    assert names(office, duplicate="true") == []


def test_a_correction_is_found_and_counted(office):
    id_ = office.ids[RECEIPTS[0]]
    change = {"fields": {"monto": "900.25", "beneficiario": "Zoila Ávila"}, "reviewed": True}
    assert office.client.patch(f"/v1/documents/{id_}", json=change, headers={"If-Match": "*"}).status_code == 200
    assert names(office, text="avila 900,25") == [RECEIPTS[0]] == names(office, sort="-who", limit=1)
    assert names(office, amount_min="900", amount_max="901", needs_review="false") == [RECEIPTS[0]]


def test_several_are_moved_read_again_and_removed(office):
    batch = office.client.post("/v1/batches", json={"name": "several"}).json()["id"]
    ids = [office.read(picture(f"TOTAL 4{number},00"))["id"] for number in range(3)]
    answer = office.client.post("/v1/documents/move", json={"documents": [*ids, "doc_none"], "batch": batch}).json()
    assert answer["done"] == ids and answer["failed"][0]["id"] == "doc_none" and answer["failed"][0]["message"]
    assert set(names(office, batch=batch, sort="amount")) == {"image"} and len(names(office, batch=batch)) == 3
    office.client.post(f"/v1/batches/{batch}/close", json={})
    failed = office.client.post("/v1/documents/move", json={"documents": [office.ids[RECEIPTS[3]]], "batch": batch})
    assert failed.status_code == 200, failed.text
    assert failed.json()["done"] == [] and "closed" in failed.json()["failed"][0]["message"]
    assert office.client.post("/v1/documents/reread", json={"documents": ids}).json()["done"] == ids
    for id_ in ids:
        office.wait(id_)
    assert office.client.post("/v1/documents/move", json={"documents": ids[:1], "batch": None}).json()["done"]
    assert office.client.post("/v1/documents/delete", json={"documents": ids}).json()["done"] == ids
    assert office.client.get(f"/v1/documents/{ids[0]}").status_code == 404
    for wrong in ({}, {"documents": []}, {"documents": [3]}, {"documents": ["x"] * 501}):
        problem(office.client.post("/v1/documents/delete", json=wrong), 422, "invalid")


def test_fields_have_names_in_both_languages(office):
    catalogue = office.client.get("/v1/fields").json()
    known = {field["name"]: field for field in catalogue["fields"]}
    assert known["monto"]["type"] == "money" and known["monto"]["label"] == {"en": "Amount", "es": "Monto"}
    for path in (ROOT / "layouts").glob("*.json"):  # what the layouts find has a name for people, of the same type
        for name in json.loads(path.read_text(encoding="utf-8")).get("fields", {}):
            assert name in known, f"{path.name}: {name}"
            assert {"en", "es"} == set(known[name]["label"]) and known[name]["type"], name
    assert {"country": "VE", "code": "0102", "name": "BANCO DE VENEZUELA"} in catalogue["banks"]
    assert {"pago", "tienda"} <= {layout["name"] for layout in office.client.get("/v1/layouts").json()["layouts"]}
    assert office.client.get("/v1/settings").json()["keep_images_ms"] == 0


def test_a_session_stands_for_a_key(start):
    import subprocess

    service = start("--workers", "1", "--keys", "required").ready()
    make = [PROGRAM, "keys", "create", "--data", service.folder / "data", "--scopes"]
    reader, admin = (
        subprocess.run([*make, scopes], capture_output=True, text=True, check=True).stdout.strip()
        for scopes in ("read", "admin")
    )
    client = service.client
    assert client.get("/v1/session").json() == {"keys_required": True, "key": None, "scopes": []}
    problem(client.post("/v1/session", json={"key": "lince_0_wrong"}), 401, "unauthorized")
    begun = client.post("/v1/session", json={"key": reader})
    assert begun.status_code == 201 and begun.json()["scopes"] == ["read"]
    cookie = begun.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie and reader not in cookie
    assert client.get("/v1/documents").status_code == 200
    problem(client.get("/v1/keys"), 403, "forbidden")
    client.cookies.set("lince_session", begun.cookies["lince_session"][:-1] + "0")
    client.cookies.clear()
    forged = {"Cookie": "lince_session=" + begun.cookies["lince_session"].replace(".", "0.", 1)}
    problem(client.get("/v1/documents", headers=forged), 401, "unauthorized")
    session = {"Cookie": "lince_session=" + begun.cookies["lince_session"]}
    assert client.get("/v1/documents", headers=session).status_code == 200
    foreign = {**session, "Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"}
    assert client.post("/v1/documents/delete", json={"documents": ["x"]}, headers=foreign).status_code == 403
    key = client.get("/v1/session", headers=session).json()["key"]["id"]
    assert client.delete(f"/v1/keys/{key}", headers={"X-API-Key": admin}).status_code == 204
    problem(client.get("/v1/documents", headers=session), 401, "unauthorized")
    ended = client.delete("/v1/session", headers=session)
    assert "Max-Age=0" in ended.headers["set-cookie"]


def test_keys_are_made_and_revoked(office):
    made = office.client.post("/v1/keys", json={"name": "n8n", "scopes": ["submit", "read"], "expires_days": 30})
    assert made.status_code == 201 and made.json()["secret"].startswith("lince_") and made.json()["expires_at"]
    [listed] = [k for k in office.client.get("/v1/keys").json()["keys"] if k["id"] == made.json()["id"]]
    assert listed["scopes"] == ["submit", "read"] and "secret" not in listed
    assert office.client.delete(f"/v1/keys/{listed['id']}").status_code == 204
    assert office.client.delete("/v1/keys/none").status_code == 404
    for wrong in ({"name": "x", "scopes": []}, {"name": "x", "scopes": ["all"]}, {"scopes": ["read"]}):
        problem(office.client.post("/v1/keys", json=wrong), 422, "invalid")
    problem(office.client.post("/v1/keys", json={"name": "x", "scopes": ["read"], "expires_days": 0}), 422, "invalid")
