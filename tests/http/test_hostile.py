"""Hostile requests are answered with a problem that says why, and the service goes on."""

import base64
import json
import os
import struct
import time
import zlib

import pytest
from served import Service, picture, problem
from test_operation import talk

HOST = b"Host: localhost\r\n"


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    """One that waits for nobody for long."""
    service = Service(tmp_path_factory.mktemp("service"), "--workers", "1", "--request-timeout", "1s").ready()
    yield service
    assert service.stop() == 0


@pytest.fixture(autouse=True)
def goes_on(service):
    """After each of these the service answers, and its memory is what it was."""
    yield
    assert service.client.get("/livez").status_code == 200
    memory = service.client.get("/v1/memory").json()
    assert not memory["limit_bytes"] or memory["pss_bytes"] < memory["limit_bytes"]


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def bomb(width, height):
    """A PNG of few bytes that unfolds to as many as its header says."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(bytes(1 << 20)) for _ in range(64)) + packer.flush()
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(65535, 65535), (30000, 30000), (2**31 - 1, 1), (1, 2**31 - 1), (0, 0)])
def test_bombs(service, size):
    document = service.read(bomb(*size))
    assert document["status"] == "failed" and document["error"]["code"] in (
        "memory_limit",
        "too_large",
        "damaged",
        "unsupported",
        "unreadable",
    )


NAMES = {
    "../../../../etc/passwd": "passwd",
    "..\\..\\windows\\win.ini": "win.ini",
    "/etc/shadow": "shadow",
    "C:\\receipts\\a.jpg": "a.jpg",
    "..": "image",
    ".": "image",
    "a/..": "image",
    "": None,
    "a\x01b\x7fc.png": "a_b_c.png",
    "recibo ñ €.png": "recibo ñ €.png",
    "x" * 5000: "x" * 255,
    "recibo\u202egnp.exe": "recibo_gnp.exe",  # shown as reciboexe.png
    "a\u2066b\u2069.png": "a_b_.png",
    "a\u2028b\u0085c.png": "a_b_c.png",
    "\u202e" * 100: "_" * 85,
    "إيصال.png": "إيصال.png",
}


@pytest.mark.parametrize("name", NAMES)
def test_names_of_files_lead_nowhere(service, name):
    before = {p for p in service.folder.rglob("*") if "images" not in p.parts and "incoming" not in p.parts}
    answer = service.client.post("/v1/documents", params={"name": name}, content=picture(f"N {len(name)}"))
    assert answer.status_code == 202, answer.text
    document = service.wait(answer.json()["id"])
    assert document["name"] == (NAMES[name] or document["name"]) and "/" not in document["name"]
    image = service.client.get(f"/v1/documents/{document['id']}/image")
    assert "\n" not in image.headers["content-disposition"]
    after = {p for p in service.folder.rglob("*") if "images" not in p.parts and "incoming" not in p.parts}
    assert {p.name for p in after - before} <= {"store.db-wal", "store.db-shm"}


def part(name, file_name, body):
    return (
        b'--bound\r\nContent-Disposition: form-data; name="' + name + b'"; filename="' + file_name + b'"\r\n'
        b"Content-Type: image/png\r\n\r\n" + body + b"\r\n--bound--\r\n"
    )


@pytest.mark.parametrize(
    "name", [b"\xff\xfe\xc3.png", b"a\xed\xa0\x80b.png", b"..%2f..%2fx.png", b"\xc0\xaf\xc0\xaf.png"]
)
def test_names_that_are_no_text(service, name):
    headers = {"Content-Type": "multipart/form-data; boundary=bound"}
    answer = service.client.post("/v1/documents", content=part(b"file", name, picture("N 1")), headers=headers)
    assert answer.status_code == 202, answer.text
    document = service.wait(answer.json()["id"])
    assert document["name"].encode() and "/" not in document["name"]


@pytest.mark.parametrize("field", [b"metadata", b"note"])
def test_fields_that_are_no_text(service, field):
    body = (
        b'--bound\r\nContent-Disposition: form-data; name="'
        + field
        + b'"\r\n\r\n{"a":"\xff\xfe"}\r\n'
        + part(b"file", b"a.png", picture("N 2"))
    )
    answer = service.client.post(
        "/v1/documents", content=body, headers={"Content-Type": "multipart/form-data; boundary=bound"}
    )
    assert answer.status_code in (202, 400, 422)
    if answer.status_code == 202:
        json.loads(service.client.get(f"/v1/documents/{answer.json()['id']}").content.decode())


SMUGGLED = {
    "two lengths": b"Content-Length: 4\r\nContent-Length: 5\r\n",
    "length and chunks": b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
    "chunks that are not": b"Transfer-Encoding: xchunked\r\n",
    "two codings": b"Transfer-Encoding: gzip, chunked\r\n",
    "a length that is none": b"Content-Length: +4\r\n",
    "a length below nothing": b"Content-Length: -1\r\n",
    "a length beyond all": b"Content-Length: 99999999999999999999999\r\n",
}


@pytest.mark.parametrize("name", SMUGGLED)
def test_smuggling(service, name):
    """What comes behind an unclear length is never taken for a request of its own."""
    inner = b"GET /v1/documents?smuggled=1 HTTP/1.1\r\n" + HOST + b"\r\n"
    head = b"POST /v1/batches HTTP/1.1\r\n" + HOST + SMUGGLED[name] + b"\r\n"
    got = talk(service, [head + b"0\r\n\r\n" + inner])
    first = got.split(b"\r\n")[0]
    assert b" 400 " in first or b" 413 " in first, got[:200]
    assert b'"documents"' not in got and b"Connection: close" in got


@pytest.mark.parametrize(
    "raw",
    [
        b"GET /livez HTTP/1.1\r\n" + HOST + b"X: " + b"y" * 60000 + b"\r\n\r\n",
        b"GET /" + b"a" * 60000 + b" HTTP/1.1\r\n" + HOST + b"\r\n",
        b"GET /v1/documents/%00 HTTP/1.1\r\n" + HOST + b"\r\n",
        b"GET /v1/documents/..%2f..%2fetc%2fpasswd HTTP/1.1\r\n" + HOST + b"\r\n",
        b"GET /v1/documents/a%0d%0aX-Evil:1 HTTP/1.1\r\n" + HOST + b"\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 100,
        b"GET /livez HTTP/9.9\r\n" + HOST + b"\r\n",
        b"\r\n" * 3000,
        b"POST /v1/documents HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\nZZ\r\nxx\r\n",
    ],
)
def test_requests_that_are_none(service, raw):
    got = talk(service, [raw])
    assert got == b"" or got.split(b" ")[1][:1] in (b"4", b"5"), got[:100]
    assert b"X-Evil" not in got.split(b"\r\n\r\n")[0]


@pytest.mark.parametrize("path", [b"/v1/%ff", b"/api/%ff", b"/v1/" + b"%c3%b1" * 700, b"/v1/documents?%ff=1"])
def test_failures_that_name_what_is_no_text(service, path):
    """What a problem repeats of a request is cut and mended, so that the problem can still be read."""
    answer = service.client.get(path.decode())
    assert answer.status_code in (404, 422), answer.text
    body = json.loads(answer.content.decode())
    assert ("mensaje" if path.startswith(b"/api") else "detail") in body


def post_batch(service, body):
    return service.client.post("/v1/batches", content=body, headers={"Content-Type": "application/json"})


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 100000,
        b'{"a":' * 50000,
        b'{"name":"' + b"\\u0000" * 100 + b'"}',
        b'{"name":"\xff\xfe"}',
        b'{"name":"\xed\xa0\x80"}',
        b'{"name":1e99999}',
        b'{"name":"a","name":"b"}',
        b"\x00" * 1000,
        b'"' + b"a" * 500000,
        b"{" + b",".join(b'"k%d":0' % i for i in range(60000)) + b"}x",
    ],
)
def test_json_that_means_harm(service, body):
    answer = post_batch(service, body)
    assert answer.status_code in (400, 422, 503), answer.text  # 503: what it unfolds to has no place
    answer.json()


def test_json_that_is_too_large(service):
    problem(post_batch(service, b'{"name":"' + b"a" * (2 << 20) + b'"}'), 413, "too-large")


def test_many_large_bodies_at_once_stay_within_the_memory_of_requests(service):
    """Bodies of a megabyte that are never ended: some are refused, and the limit holds."""
    import socket

    host, port = service.address.split("://")[1].split(":")
    sockets = []
    for _ in range(40):
        one = socket.create_connection((host, int(port)), timeout=20)
        one.sendall(b"POST /v1/batches HTTP/1.1\r\n" + HOST + b"Content-Length: 1000000\r\n\r\n" + b" " * 900000)
        sockets.append(one)
    time.sleep(0.5)
    assert post_batch(service, b'{"name":"small"}').status_code in (201, 503)
    assert service.client.get("/v1/documents").status_code == 200
    memory = service.client.get("/v1/memory").json()
    if memory["limit_bytes"]:
        front = next(p for p in memory["processes"] if p["role"] == "front")
        assert front["pss_bytes"] < memory["plan"]["front_bytes"]
    for one in sockets:
        one.close()


def test_cursors_that_were_changed(service):
    for number in range(3):
        service.send(picture(f"C {number}"))
    good = service.client.get("/v1/documents", params={"limit": 1}).json()["next_cursor"]
    raw = base64.urlsafe_b64decode(good + "==")
    assert service.client.get("/v1/documents", params={"limit": 1, "cursor": good}).status_code == 200
    changed = [bytes([raw[i] ^ (1 << (i % 8))]) for i in range(len(raw))]
    wrong = [raw[:i] + changed[i] + raw[i + 1 :] for i in range(len(raw))]
    wrong += [raw[:-1], raw + b"\0", b"", os.urandom(24)]
    texts = [base64.urlsafe_b64encode(w).rstrip(b"=").decode() for w in wrong] + [
        good + "=",
        good[:-1],
        "'",
        "a" * 3000,
    ]
    for text in texts:
        problem(service.client.get("/v1/documents", params={"limit": 1, "cursor": text}), 422, "invalid")
    # A cursor of one list is no place in another.
    assert service.client.get("/v1/batches", params={"cursor": good}).status_code == 422


@pytest.mark.parametrize("value", ["' OR 1=1 --", "%' UNION SELECT hash FROM keys --", "\\", '"', "%", "_"])
def test_search_is_no_query_language(service, value):
    answer = service.client.get("/v1/documents", params={"text": value, "batch": value, "field.monto": value})
    assert answer.status_code in (200, 422)
    if answer.status_code == 200:
        assert answer.json()["documents"] == []


@pytest.mark.parametrize("depth", [100, 1000, 2000])
@pytest.mark.parametrize("kind", ["[]", "{}"])
def test_deeply_nested_data_are_refused(service, depth, kind):
    opening = "[" * depth if kind == "[]" else '{"a":' * depth
    closing = kind[1] * depth
    nested = '{"a":' + opening + ("1" if kind == "{}" else "") + closing + "}"
    answer = service.client.post(
        "/v1/documents", params={"metadata": nested}, content=picture("x"), headers={"Content-Type": "image/png"}
    )
    assert answer.status_code in (400, 422, 431), answer.text  # 431: the longest do not fit in a head
    form = {"metadata": (None, nested), "file": ("a.png", picture("x"), "image/png")}
    problem(service.client.post("/v1/documents", files=form), 422, "invalid")
    sent = {"content": nested, "headers": {"Content-Type": "application/json"}}
    assert service.client.post("/v1/batches", **sent).status_code in (400, 422)
