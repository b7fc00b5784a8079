"""Lists find what a person sees, by any of its parts, in any order, and fast."""

import contextlib
import json
import sqlite3
import statistics
import threading
import time

import httpx
import pytest
from served import SLOW, files_only, picture, problem

RECEIPTS = [
    ("Pago móvil María.png", {"monto": "881,23", "fecha": "31/1/2025", "referencia": "000123456789"}, "Zoé"),
    ("PAGO 2.png", {"monto": "1.234,50", "fecha": "1/2/2025", "banco_destino": "0134"}, "Ana"),
    ("tienda.png", {"total": "12,00", "date": "15/1/2025", "company": "Panadería La Ñapa"}, "Ana"),
    ("nada.png", {}, None),
]


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    from served import Service

    service = Service(tmp_path_factory.mktemp("service"), "--start", "manual")
    for number, (name, fields, sender) in enumerate(RECEIPTS):
        metadata = json.dumps({"sender": sender} if sender else {})
        params = {"name": name, "metadata": metadata}
        id_ = service.client.post("/v1/documents", params=params, content=picture(f"N {number}")).json()["id"]
        if fields:
            patched = service.client.patch(f"/v1/documents/{id_}", json={"fields": fields}, headers={"If-Match": "*"})
            assert patched.status_code == 200, patched.text
    yield service
    assert service.stop() == 0


def found(service, **query):
    answer = service.client.get("/v1/documents", params=query)
    assert answer.status_code == 200, answer.text
    return [RECEIPT_NAMES.index(document["name"]) for document in answer.json()["documents"]]


RECEIPT_NAMES = [name for name, _, _ in RECEIPTS]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("maria", {0}),
        ("MARÍA", {0}),
        ("pago movil", {0}),
        ("pago", {0, 1}),
        ("panaderia", {2}),
        ("ÑAPA", {2}),
        ("napa la", {2}),
        ("881,23", {0}),
        ("881.23", {0}),
        ("1.234,50", {1}),
        ("1,234.50", {1}),
        ("1234.50", {1}),
        ("234,5", {1}),
        ("3456789", {0}),
        ("2345", {0}),
        ("31/01/2025", {0}),
        ("2025-01-31", {0}),
        ("zoe", {0}),
        ("ana", {1, 2}),
        (".png", {0, 1, 2, 3}),
        ("da", {2, 3}),
        ("pago 881", {0}),
        ("pago nada", set()),
        ("pago 88", {0}),
        ("88 pago", {0}),
        ("pago zz", set()),
        ("zz pago", set()),
        ("panaderia la", {2}),
        ("panaderia lo", set()),
        ("png 12 la", {2}),
        ("png ñ 12", {0, 1, 2}),
        ("maría a é i o", {0}),
        ("sender", set()),
        ("' OR 1=1 --", set()),
        ("monto NEAR pago", set()),
        ("%", set()),
        ("_", set()),
        ("\\", set()),
    ],
)
def test_what_is_seen_is_found(service, text, numbers):
    assert set(found(service, text=text)) == numbers


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ({"paid_since": "2025-01-31"}, [1, 0]),
        ({"paid_until": "2025-01-31"}, [2, 0]),
        ({"paid_since": "2025-01-16", "paid_until": "31/1/2025"}, [0]),
        ({"amount_min": "881,23"}, [1, 0]),
        ({"amount_max": "881.22"}, [2]),
        ({"amount_min": "12", "amount_max": "900"}, [2, 0]),
        ({"bank": "0134"}, [1]),
        ({"sender": "Ana"}, [2, 1]),
        ({"status": "held"}, [3, 2, 1, 0]),
        ({"duplicate": "true"}, []),
        ({"needs_review": "true"}, []),
        ({"sender": "Ana", "text": "pago"}, [1]),
    ],
)
def test_filters(service, query, numbers):
    assert found(service, **query) == numbers


@pytest.mark.parametrize(
    ("sort", "numbers"),
    [
        ("amount", [3, 2, 0, 1]),
        ("-amount", [1, 0, 2, 3]),
        ("paid", [3, 2, 0, 1]),
        ("-paid", [1, 0, 2, 3]),
        ("name", [1, 0, 3, 2]),
        ("received", [0, 1, 2, 3]),
        ("-received", [3, 2, 1, 0]),
        ("-sender", [0, 2, 1, 3]),
        ("who", [0, 1, 3, 2]),
        ("bank", [0, 2, 3, 1]),
        ("status", [0, 1, 2, 3]),
    ],
)
def test_orders_with_and_without_pages(service, sort, numbers):
    assert found(service, sort=sort) == numbers
    seen, cursor = [], None
    while cursor is not None or not seen:
        query = {"sort": sort, "limit": 1, **({"cursor": cursor} if cursor else {})}
        answer = service.client.get("/v1/documents", params=query).json()
        seen += [RECEIPT_NAMES.index(document["name"]) for document in answer["documents"]]
        cursor = answer["next_cursor"]
    assert seen == numbers


@pytest.mark.parametrize("query", ["paid_since=mañana", "amount_min=abc", "sort=money", "sort=--paid", "duplicate=1"])
def test_conditions_that_are_none(service, query):
    problem(service.client.get(f"/v1/documents?{query}"), 422, "invalid")


def test_payments_and_receipts_of_shops_have_one_form(service):
    documents = {d["name"]: d["payment"] for d in service.client.get("/v1/documents").json()["documents"]}
    assert documents["tienda.png"] == {
        "amount": "12.00",
        "date": "2025-01-15",
        "currency": None,
        "reference": None,
        "bank": None,
        "who": "Panadería La Ñapa",
        "sender": "Ana",
    }
    assert documents["PAGO 2.png"]["amount"] == "1234.50" and documents["PAGO 2.png"]["bank"] == "0134"
    assert documents["nada.png"]["amount"] is None


def test_what_is_deleted_is_found_no_more(start):
    service = start("--start", "manual")
    id_ = service.send(picture("N"), params={"name": "particular.png"})
    assert len(service.client.get("/v1/documents", params={"text": "particular"}).json()["documents"]) == 1
    assert service.client.delete(f"/v1/documents/{id_}").status_code == 204
    assert service.client.get("/v1/documents", params={"text": "particular"}).json()["documents"] == []
    assert service.change("SELECT count(*) FROM searches") == "0"


COUNT = 100000


def fill(path, count):
    """Documents as many receipts make them: each with its own amount, date, reference and text."""
    database = sqlite3.connect(path)
    database.execute("PRAGMA synchronous=OFF")
    row = (
        "INSERT INTO documents (id, origin, status, name, stored_name, sha256, image_bytes, media_type, metadata,"
        " layouts, received_ms, text, layout, paid_date, amount, bank, who, sender, reference) VALUES"
        " ('doc_' || ?1, 'v1', 'done', 'recibo ' || ?1 || '.jpg', '', printf('%064d', ?1), 1, 'image/jpeg', '{}', '',"
        " ?1, '', 'pago', date('2025-01-01', '+' || (?1 % 700) || ' days'), (?1 * 7919) % 1000000, ?2,"
        " 'Persona ' || (?1 % 997), 'Sender ' || (?1 % 313), printf('%012d', ?1 * 104729))"
    )
    numbers = range(1, count + 1)
    database.executemany(row, ((n, ("0102", "0134", "0105")[n % 3]) for n in numbers))
    words = "pago movil banco de venezuela comprobante de operacion fecha monto referencia beneficiario concepto " * 4
    database.execute(
        "INSERT INTO searches (rowid, body)"
        " SELECT seq, name || ' ' || reference || ' ' || who || ' ' || ? FROM documents",
        (words,),
    )
    database.commit()
    database.close()


# What is found by each query, as SQL says it without any index of words.
WHOLE = "FROM documents JOIN searches ON searches.rowid=seq"
SEEN = [
    ({}, "1=1"),
    ({"text": "pago movil"}, "body LIKE '%pago%' AND body LIKE '%movil%'"),
    ({"text": "persona 123"}, "body LIKE '%persona%' AND body LIKE '%123%'"),
    ({"text": "persona 12"}, "body LIKE '%persona%' AND body LIKE '%12%'"),
    ({"text": "persona zz"}, "0"),
    (
        {"text": "pago 7 89 12", "bank": "0134"},
        "bank='0134' AND body LIKE '%7%' AND body LIKE '%89%' AND body LIKE '%12%'",
    ),
    ({"text": "recibo 1234"}, "body LIKE '%recibo%' AND body LIKE '%1234%'"),
    ({"text": "pago", "bank": "0134"}, "bank='0134'"),
    ({"text": "pago", "bank": "0199"}, "bank='0199'"),
    ({"text": "pago", "amount_min": "100", "amount_max": "101"}, "amount BETWEEN 10000 AND 10100"),
    ({"text": "zz"}, "0"),
    ({"text": "12"}, "name LIKE '%12%' OR who LIKE '%12%'"),
    ({"text": "nothing like it"}, "0"),
    ({"bank": "0134", "sender": "Sender 7"}, "bank='0134' AND sender='Sender 7'"),
    ({"amount_min": "100", "amount_max": "9000"}, "amount BETWEEN 10000 AND 900000"),
    ({"amount_max": "101"}, "amount BETWEEN 0 AND 10100"),
    ({"paid_since": "2026-01-01", "paid_until": "2026-01-02"}, "paid_date IN ('2026-01-01', '2026-01-02')"),
    ({"paid_until": "2026-06-01"}, "paid_date>'' AND paid_date<='2026-06-01'"),
    ({"status": "done"}, "1=1"),
    ({"status": "failed"}, "0"),
    ({"needs_review": "true"}, "needs_review=1"),
    ({"duplicate": "true"}, "duplicate_of IS NOT NULL"),
    ({"batch": "bat_none"}, "0"),
    ({"since": "1970-01-01T00:01:30Z"}, "received_ms>=90000"),
]
# The orders of lists: by which column of the truth, and whether from the greatest down.
KEYS = {"": (0, True), "amount": (1, False), "-amount": (1, True), "name": (2, False)}


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """A store of many documents, and a connection to ask it what is right."""
    from served import Service

    service = Service(tmp_path_factory.mktemp("many"), "--start", "manual")
    assert service.stop() == 0
    fill(service.folder / "data/store.db", COUNT)
    service.start()
    service.truth = sqlite3.connect(service.folder / "data/store.db")
    yield service
    service.truth.close()
    assert service.stop() == 0


def cost(service, path, **query):
    """Seconds of processor that the service takes: a busy machine makes it wait, not work."""
    clock, times = (~service.process.pid << 3) | 2, []
    for _ in range(2):
        begun = time.clock_gettime(clock)
        answer = service.client.get(path, params=query)
        assert answer.status_code == 200, answer.text
        times.append(time.clock_gettime(clock) - begun)
    return min(times)


@files_only
@pytest.mark.skipif(SLOW > 1, reason="the time of a sanitizer's build says nothing")
def test_many_documents_are_found_soon(many):
    lists = [{**query, **({"sort": sort} if sort else {})} for query, _ in SEEN for sort in KEYS]
    lists += [
        {"sort": "-paid", "bank": "0134"},
        {"sort": "received", "text": "pago"},
        {"sort": "amount", "text": "pago", "skip": "50000"},
        {"sort": "amount", "skip": "90000"},
        {"text": "pago movil", "skip": "99000"},
        {"sort": "amount", "text": f"{19999 * 104729:012d}"[3:]},
    ]
    costs = {f"list of {query}": cost(many, "/v1/documents", **query, limit=20) for query in lists}
    costs |= {f"totals of {query}": cost(many, "/v1/documents/totals", **query) for query, _ in SEEN}
    for query, seconds in sorted(costs.items(), key=lambda each: -each[1]):
        print(f"{seconds * 1000:6.0f} ms  {query}")
    assert {query: seconds for query, seconds in costs.items() if seconds > 0.3} == {}


@files_only
@pytest.mark.parametrize(("query", "truth"), SEEN)
def test_many_documents_are_found_rightly(many, query, truth):
    rows = many.truth.execute(f"SELECT seq, amount, name, id {WHOLE} WHERE {truth}").fetchall()
    count, amount = len(rows), sum(row[1] for row in rows)
    totals = many.client.get("/v1/documents/totals", params=query).json()
    assert totals["count"] == count
    for sums in (totals["amounts"], totals["banks"], totals["days"]):
        assert sum(round(float(each["amount"]) * 100) for each in sums) == amount
        assert sum(each["count"] for each in sums) == count
    assert [day["day"] for day in totals["days"]] == sorted((day["day"] for day in totals["days"]), reverse=True)
    for sort, (key, is_down) in KEYS.items():
        ids = [row[3] for row in sorted(rows, key=lambda row, key=key: (row[key], row[0]), reverse=is_down)]
        for skip in (0, 7, count // 2):
            asked = {**query, "limit": 5, **({"sort": sort} if sort else {}), **({"skip": skip} if skip else {})}
            found = many.client.get("/v1/documents", params=asked).json()
            assert [each["id"] for each in found["documents"]] == ids[skip : skip + 5]
            if found["next_cursor"]:
                rest = many.client.get("/v1/documents", params={**asked, "skip": 0, "cursor": found["next_cursor"]})
                assert [each["id"] for each in rest.json()["documents"]] == ids[skip + 5 : skip + 10]


@files_only
@pytest.mark.skipif(SLOW > 1, reason="the time of a sanitizer's build says nothing")
def test_nobody_waits_for_totals(many):
    """While totals are asked for without a pause, other readers take far less than they do."""
    taken, is_enough = [], threading.Event()

    def totals():
        with httpx.Client(base_url=many.address, timeout=120) as client:
            while not is_enough.is_set():
                begun = time.perf_counter()
                assert client.get("/v1/documents/totals", params={"text": "pago movil"}).status_code == 200
                taken.append(time.perf_counter() - begun)

    # A connection is served by one of four threads, and waits for the other connections of that thread.
    with contextlib.ExitStack() as clients:
        readers = [clients.enter_context(httpx.Client(base_url=many.address, timeout=120)) for _ in range(8)]
        waited = [[] for _ in readers]
        asking = threading.Thread(target=totals)
        asking.start()
        while asking.is_alive() and len(taken) < 12:
            for reader, times in zip(readers, waited, strict=True):
                begun = time.perf_counter()
                assert reader.get("/v1/documents", params={"limit": 1}).status_code == 200
                times.append(time.perf_counter() - begun)
        is_enough.set()
        asking.join()
    assert min(map(statistics.median, waited)) < statistics.median(taken) / 4, (waited, taken)
