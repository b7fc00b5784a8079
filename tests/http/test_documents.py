"""Documents: sent, waited for, shown, listed, corrected, read again, removed."""

import concurrent.futures
import hashlib
import io

import pytest
from PIL import Image
from served import picture, problem


def test_raw_upload(service, total):
    answer = service.client.post("/v1/documents?name=total.png", content=total)
    assert answer.status_code == 202
    body = answer.json()
    assert answer.headers["location"] == f"/v1/documents/{body['id']}"
    assert int(answer.headers["retry-after"]) >= 1
    document = service.wait(body["id"])
    assert document["status"] == "done" and document["name"] == "total.png"
    assert document["text"].splitlines() == ["TOTAL 123,45", "CARACAS"]
    assert document["sha256"] == hashlib.sha256(total).hexdigest()
    assert [line["text"] for line in document["page"]["lines"]] == ["TOTAL 123,45", "CARACAS"]


def test_a_body_that_curl_calls_a_form(service, total):
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    assert service.client.post("/v1/documents", content=total, headers=headers).status_code == 202


def test_multipart_with_several_files_and_metadata(service, total):
    answer = service.client.post(
        "/v1/documents",
        files=[("file", ("a.png", total)), ("file", ("../../b.png", picture("CARACAS")))],
        data={"metadata": '{"sender": "Zoë 🙂"}', "caption": "hola"},
    )
    assert answer.status_code == 202
    documents = [service.wait(d["id"]) for d in answer.json()["documents"]]
    assert [d["name"] for d in documents] == ["a.png", "b.png"]
    assert all(d["metadata"] == {"sender": "Zoë 🙂", "caption": "hola"} for d in documents)


def test_prefer_wait(service):
    answer = service.client.post(
        "/v1/documents", content=picture("FECHA 18/05/2025"), headers={"Prefer": "respond-async, wait=30"}
    )
    assert answer.status_code == 200
    assert answer.json()["text"] == "FECHA 18/05/2025" and answer.headers["etag"] == '"2"'


def test_receipt_gives_fields(service, receipt):
    document = service.read(receipt)
    assert document["layout"] == "bdv"
    assert (document["kind"], document["direction"], document["country"]) == ("payment_made", "out", "VE")
    assert document["values"]["amount"] == document["fields"]["monto"]["value"]
    assert {"monto", "referencia", "fecha"} <= set(document["fields"])
    few = service.client.get(document["self"], params={"fields": "monto"}).json()
    assert set(few["fields"]) == {"monto"}


def test_forms_of_a_document(service, total):
    url = service.read(total)["self"]
    get = service.client.get
    assert get(url, headers={"Accept": "text/plain"}).text == "TOTAL 123,45\nCARACAS"
    rows = get(url, headers={"Accept": "text/tab-separated-values"}).text.split("\r\n")
    assert rows[0].split("\t")[-1] == "text" and rows[1].endswith("TOTAL 123,45")
    assert get(url, headers={"Accept": "text/csv"}).text.split("\r\n")[1].endswith('"TOTAL 123,45"')
    problem(get(url, headers={"Accept": "audio/ogg"}), 406, "not-acceptable")
    assert get(url, headers={"If-None-Match": get(url).headers["etag"]}).status_code == 304


def test_image_and_boxes(service, total):
    url = service.read(total)["self"]
    image = service.client.get(f"{url}/image")
    assert image.content == total and image.headers["content-type"] == "image/png"
    boxes = service.client.get(f"{url}/boxes")
    assert boxes.status_code == 200
    drawn = Image.open(io.BytesIO(boxes.content))
    assert drawn.size == (360, 110) and (230, 30, 60) in {c for _, c in drawn.getcolors(10000)}


def test_read_stores_nothing(service, total):
    before = len(service.client.get("/v1/documents", params={"limit": 200}).json()["documents"])
    answer = service.client.post("/v1/read", content=total)
    assert answer.status_code == 200
    assert answer.json()["text"] == "TOTAL 123,45\nCARACAS"
    assert answer.json()["sha256"] == hashlib.sha256(total).hexdigest()
    assert len(service.client.get("/v1/documents", params={"limit": 200}).json()["documents"]) == before


@pytest.mark.parametrize(
    "content,status,kind",
    [(b"", 400, "bad-request"), (b"hello, world", 422, "unreadable-image")],
)
def test_bodies_that_are_no_image(service, content, status, kind):
    for path in ("/v1/documents", "/v1/read"):
        problem(service.client.post(path, content=content, headers={"Content-Type": "image/png"}), status, kind)


def test_a_damaged_image_fails_and_says_why(service, total):
    document = service.read(total[: len(total) // 2])
    assert document["status"] == "failed" and document["error"]["code"] == "damaged"
    problem(service.client.post("/v1/read", content=total[:200]), 422, "unreadable-image")


def test_bad_options(service, total):
    post = service.client.post
    for path in ("/v1/documents", "/v1/read"):
        told = problem(post(path, params={"layout": "bdv,../x"}, content=total), 422, "invalid")
        assert '"../x"' in told["detail"] and "bdv" in told["detail"].split("there are:")[1]
    assert "plantilla" in post("/v1/read?layout=x", content=total, headers={"Accept-Language": "es"}).json()["detail"]
    problem(post("/v1/documents?metadata=[1]", content=total), 422, "invalid")
    problem(post("/v1/documents?batch=none", content=total), 404, "not-found")
    problem(post("/v1/documents", content=total, headers={"Idempotency-Key": "k" * 256}), 422, "invalid")
    problem(post("/v1/documents", content=total, headers={"Content-Type": "text/html"}), 415, "unsupported-media-type")
    problem(post("/v1/documents", files={"a": ("x", b"")}), 400, "bad-request")
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    problem(
        post("/v1/documents", content=b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nq', headers=headers),
        400,
        "bad-request",
    )


def test_unknown_things(service):
    get = service.client.get
    problem(get("/v1/documents/doc_none"), 404, "not-found")
    problem(get("/v1/nothing"), 404, "not-found")
    for path, methods in (
        ("documents", "POST, GET, HEAD"),
        ("documents/x", "GET, HEAD, PATCH, DELETE"),
        ("batches/x/close", "POST"),
    ):
        answer = service.client.put(f"/v1/{path}")
        problem(answer, 405, "method-not-allowed")
        assert answer.headers["allow"] == methods
    problem(get("/v1/documents", params={"limit": "0"}), 422, "invalid")
    problem(get("/v1/documents", params={"status": "lost"}), 422, "invalid")
    problem(get("/v1/documents", params={"since": "yesterday"}), 422, "invalid")
    problem(get("/v1/documents", params={"cursor": "AAAA"}), 422, "invalid")


@pytest.mark.parametrize("accepted", ["es-VE", "en;q=0.5, es", "fr, es;q=0.2, *;q=0.1"])
def test_messages_in_spanish(service, accepted):
    answer = service.client.get("/v1/documents/doc_none", headers={"Accept-Language": accepted})
    assert answer.json()["detail"] == "no existe el documento doc_none"


@pytest.mark.parametrize(
    ("path", "english", "spanish"),
    [
        ("/v1/documents?statuss=done", "statuss is not known; this path takes: status batch", "statuss no se conoce"),
        ("/v1/documents?limit=1&limit=2", "limit is given twice", "limit se da dos veces"),
        ("/v1/batches/none?a=1", "a is not known: this path takes none", "ninguno"),
    ],
)
def test_parameters_that_a_path_has_not(service, path, english, spanish):
    assert english in problem(service.client.get(path), 422, "invalid")["detail"]
    assert spanish in service.client.get(path, headers={"Accept-Language": "es"}).json()["detail"]


def test_fields_of_a_list(service, receipt):
    id_ = service.read(receipt)["id"]
    listed = service.client.get("/v1/documents?fields=monto,referencia&limit=1").json()["documents"][0]
    assert listed["id"] == id_ and set(listed["fields"]) == {"monto", "referencia"}


def test_filters_and_cursors(start):
    service = start("--start", "manual")
    ids = [service.send(picture(f"NUMERO {i}")) for i in range(7)]
    get = service.client.get
    assert [d["id"] for d in get("/v1/documents").json()["documents"]] == ids[::-1]
    seen, cursor = [], None
    while True:
        page = get("/v1/documents", params={"limit": 3, **({"cursor": cursor} if cursor else {})}).json()
        seen += [d["id"] for d in page["documents"]]
        service.send(picture(f"NUEVO {len(seen)}"))  # what comes meanwhile does not move the pages
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert seen == ids[::-1]
    assert all(d["status"] == "held" for d in get("/v1/documents", params={"status": "held"}).json()["documents"])
    assert get("/v1/documents", params={"status": "done"}).json()["documents"] == []
    assert get("/v1/documents", params={"until": "2001-01-01"}).json()["documents"] == []
    flipped = get("/v1/documents", params={"limit": 1}).json()["next_cursor"]
    flipped = ("B" if flipped[0] == "A" else "A") + flipped[1:]
    problem(get("/v1/documents", params={"cursor": flipped}), 422, "invalid")


def test_search(service, receipt):
    document = service.read(receipt)
    get = service.client.get
    reference = document["fields"]["referencia"]["value"]
    found = get("/v1/documents", params={"field": f"referencia:{reference}"}).json()["documents"]
    assert document["id"] in [d["id"] for d in found]
    assert get("/v1/documents", params={"field": "referencia:1"}).json()["documents"] == []
    assert document["id"] in [
        d["id"] for d in get("/v1/documents", params={"text": reference, "layout": "bdv"}).json()["documents"]
    ]


def test_idempotency_key(service):
    image, other = picture("UNA VEZ"), picture("OTRA")
    headers = {"Idempotency-Key": "one"}
    first = service.client.post("/v1/documents", content=image, headers=headers)
    again = service.client.post("/v1/documents", content=image, headers=headers)
    assert first.status_code == again.status_code == 202 and first.json() == again.json()
    assert first.headers["location"] == again.headers["location"]
    problem(service.client.post("/v1/documents", content=other, headers=headers), 422, "idempotency-key-reused")


def test_idempotency_race(service):
    image = picture("CARRERA")
    headers = {"Idempotency-Key": "race"}
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        answers = list(
            pool.map(lambda _: service.client.post("/v1/documents", content=image, headers=headers), range(8))
        )
    assert {a.status_code for a in answers} == {202} and len({a.json()["id"] for a in answers}) == 1
    sha256 = hashlib.sha256(image).hexdigest()
    assert len(service.client.get("/v1/documents", params={"sha256": sha256}).json()["documents"]) == 1


def test_corrections(service, total):
    document = service.read(total)
    url = document["self"]
    etag = service.client.get(url).headers["etag"]
    patch = service.client.patch
    problem(patch(url, json={"fields": {"monto": "1.00"}}), 428, "precondition-required")
    answer = patch(url, json={"fields": {"monto": "123.45", "concepto": "café"}}, headers={"If-Match": etag})
    assert answer.status_code == 200 and answer.headers["etag"] != etag
    assert answer.json()["fields"]["monto"]["value"] == "123.45"
    assert answer.json()["fields"]["monto"]["corrected"] is True
    problem(patch(url, json={"fields": {"monto": "2.00"}}, headers={"If-Match": etag}), 412, "precondition-failed")
    answer = patch(url, json={"fields": {"concepto": None}}, headers={"If-Match": "*"})
    assert "concepto" not in answer.json()["fields"]
    history = service.client.get(f"{url}/history").json()["corrections"]
    assert [(c["field"], c["new_value"]) for c in history if c["field"] == "concepto"] == [
        ("concepto", None),
        ("concepto", "café"),
    ]
    for bad in ({}, {"fields": {}}, {"fields": {"a b": "x"}}, {"fields": {"monto": 3}}):
        problem(patch(url, json=bad, headers={"If-Match": "*"}), 422, "invalid")
    for bad in (b"{", b"[]", b"\xff", b'{"fields": {"monto": "a\\u0000b"}}'):
        headers = {"If-Match": "*", "Content-Type": "application/json"}
        problem(patch(url, content=bad, headers=headers), 400, "bad-request")


def test_correction_race(service, total):
    url = service.read(total)["self"]
    etag = service.client.get(url).headers["etag"]

    def correct(number):
        return service.client.patch(
            url, json={"fields": {"monto": str(number)}}, headers={"If-Match": etag}
        ).status_code

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        codes = sorted(pool.map(correct, range(8)))
    assert codes == [200] + [412] * 7


def test_duplicates_name_each_other(start, receipt):
    service = start("--workers", "1")
    first = service.read(receipt)
    second = service.read(receipt)
    assert second["duplicate_of"] == {"id": first["id"], "kind": "content", "confirmed": False}
    assert service.get(first["id"])["duplicate_of"] == {"id": second["id"], "kind": "content", "confirmed": False}
    image = Image.open(io.BytesIO(receipt))
    out = io.BytesIO()
    image.resize((image.width * 3 // 4, image.height * 3 // 4)).save(out, "JPEG", quality=80)
    copy = service.read(out.getvalue())
    assert copy["duplicate_of"]["id"] in (first["id"], second["id"])
    assert copy["duplicate_of"]["kind"] in ("record", "image")
    assert service.read(picture("OTRA COSA", "MUY DISTINTA"))["duplicate_of"] is None


def test_reread(service, total):
    document = service.read(total)
    answer = service.client.post(f"{document['self']}/reread")
    assert answer.status_code == 202 and answer.json()["status"] in ("queued", "reading")
    again = service.wait(document["id"])
    assert again["text"] == document["text"] and again["version"] > document["version"]
    problem(service.client.post("/v1/documents/doc_none/reread"), 404, "not-found")


def test_delete(service):
    image = picture("BORRAR")
    first, second = service.read(image), service.read(image)
    assert service.client.delete(first["self"]).status_code == 204
    problem(service.client.get(first["self"]), 404, "not-found")
    problem(service.client.delete(first["self"]), 404, "not-found")
    assert service.image_count(first["sha256"]) == 1 and service.get(second["id"])["duplicate_of"] is None
    assert service.client.delete(second["self"]).status_code == 204
    assert service.image_count(first["sha256"]) == 0
