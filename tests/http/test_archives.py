"""A ZIP archive is one request: its files become documents of one batch, all or none, and what is refused is told."""

import concurrent.futures
import contextlib
import io
import os
import random
import signal
import struct
import threading
import time
import zipfile

import httpx
import pytest
from served import picture, problem

ZIP = {"Content-Type": "application/zip"}


def packed(*entries):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return out.getvalue()


@pytest.fixture(scope="module")
def three():
    return [(f"in/{number}.png", picture(f"TOTAL {101 + number}")) for number in range(3)]


def post(service, data, headers=None, path="/v1/documents?name=stack.zip"):
    return service.client.post(path, content=data, headers={**ZIP, **(headers or {})})


def test_an_archive_is_a_batch(service, three):
    answer = post(service, packed(*three))
    assert answer.status_code == 202, answer.text
    told = answer.json()
    assert [document["name"] for document in told["documents"]] == [name for name, _ in three]
    assert told["refused"] == [] and answer.headers["location"] == f"/v1/batches/{told['batch']}"
    batch = service.client.get(answer.headers["location"]).json()
    assert (batch["name"], batch["state"], batch["counts"]["total"]) == ("stack.zip", "open", 3)
    texts = [service.wait(document["id"])["text"] for document in told["documents"]]
    assert texts == ["TOTAL 101", "TOTAL 102", "TOTAL 103"]
    image = service.client.get(f"/v1/documents/{told['documents'][0]['id']}/image")
    assert image.content == three[0][1]


@pytest.mark.parametrize("media_type", ["application/octet-stream", "application/x-www-form-urlencoded", None])
def test_the_content_tells_an_archive(service, three, media_type):
    headers = {} if media_type is None else {"Content-Type": media_type}
    answer = service.client.post("/v1/documents", content=packed(three[0]), headers=headers)
    assert answer.status_code == 202 and len(answer.json()["documents"]) == 1


def test_in_a_form_beside_files_and_into_a_batch(service, three):
    batch = service.client.post("/v1/batches", json={"name": "lote"}).json()["id"]
    files = [
        ("file", ("a.zip", packed(three[0]))),
        ("file", ("b.png", three[1][1])),
        ("file", ("c.zip", packed(("x/deep.zip", packed(three[2])), ("n.txt", b"no")))),
    ]
    answer = service.client.post(f"/v1/documents?batch={batch}", files=files, data={"metadata": '{"origen": "caja"}'})
    told = answer.json()
    assert [document["name"] for document in told["documents"]] == ["b.png", "in/0.png", "x/deep.zip/in/2.png"]
    assert {document["batch"] for document in told["documents"]} == {batch} and told["batch"] == batch
    assert [(one["name"], one["code"]) for one in told["refused"]] == [("n.txt", "unknown_format")]
    assert service.get(told["documents"][1]["id"])["metadata"] == {"origen": "caja"}


def test_waiting_for_the_results(service, three):
    entries = (*three[:2], ("notes.txt", b"lista"))
    answer = post(service, packed(*entries), {"Prefer": "wait=30"})
    assert answer.status_code == 200
    assert [document["text"] for document in answer.json()["documents"]] == ["TOTAL 101", "TOTAL 102"]
    assert [one["name"] for one in answer.json()["refused"]] == ["notes.txt"]


def test_what_is_refused_is_told_in_the_clients_language(service, three):
    cut = bytearray(packed(("cut.png", three[0][1]), three[1]))
    struct.pack_into("<I", cut, cut.index(b"PK\1\2") + 16, 1)  # its checksum
    answer = post(service, bytes(cut), {"Accept-Language": "es"})
    assert len(answer.json()["documents"]) == 1
    (refused,) = answer.json()["refused"]
    assert (refused["name"], refused["code"]) == ("cut.png", "damaged") and "dañada" in refused["message"]


def batch_ids(service):
    return [batch["id"] for batch in service.client.get("/v1/batches").json()["batches"]]


@pytest.mark.parametrize(
    "data, status, kind",
    [
        (packed(("a.txt", b"text")), 422, "unreadable-image"),
        (packed(("in/", b"")), 422, "unreadable-image"),
        (packed(), 422, "unreadable-image"),
        (packed(("[Content_Types].xml", b"<x/>"), ("word/media/1.png", b"\x89PNG\r\n\x1a\n")), 422, "unreadable-image"),
        (packed(("a.png", picture("X")))[:-30], 422, "unreadable-image"),
        (b"PK\3\4 and nothing", 422, "unreadable-image"),
        (packed(*((f"{number}.txt", b"x") for number in range(1001))), 413, "too-large"),
        (packed(("a.zip", packed(*((f"{number}.txt", b"x") for number in range(1001))))), 422, "unreadable-image"),
        (packed(("a.png", b"\x89PNG\r\n\x1a\n" + bytes(30 << 20))), 422, "unreadable-image"),
    ],
)
def test_archives_without_documents_are_problems(service, data, status, kind):
    before = batch_ids(service)
    problem(post(service, data), status, kind)
    assert batch_ids(service) == before


def test_what_all_archives_hold_together_is_bounded(start, three):
    service = start("--workers", "1", "--max-body", "1MB", "--max-unpacked", "50").ready()
    inner = packed(*((f"{number}.txt", b"x") for number in range(30)))
    problem(post(service, packed(("a.zip", inner), ("b.zip", inner), three[0])), 413, "too-large")
    page = b"P5\n1000 1000\n255\n" + bytes(1_000_000)  # each may be as large as a request
    assert len(post(service, packed(*((f"{number}.pgm", page) for number in range(7)))).json()["documents"]) == 7
    problem(post(service, packed(*((f"{number}.pgm", page) for number in range(9)))), 413, "too-large")
    answer = post(service, packed(("large.pgm", page + bytes(100_000)), three[0])).json()
    assert [(one["name"], one["code"]) for one in answer["refused"]] == [("large.pgm", "too_large")]


def test_workers_killed_while_they_unpack(start):
    """Each try is taken whole, or is a problem that leaves nothing; and the service goes on."""
    service = start("--workers", "1", "--start", "manual").ready()
    data = packed(*((f"{number}.png", picture(f"TOTAL {100 + number}")) for number in range(40)))
    stop, taken = threading.Event(), 0

    def kill():
        while not stop.wait(0.05):
            for pid in service.workers():
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    answer = post(service, data)
    stop.set()
    killer.join()
    taken += answer.status_code == 202
    assert answer.status_code in (202, 422), answer.text
    assert post(service, data).status_code == 202
    listed = service.client.get("/v1/documents?limit=200").json()["documents"]
    assert len(listed) == 40 * (taken + 1)


def test_the_same_request_twice_is_one(service, three):
    data = packed(*three, ("n.txt", b"no"))
    answers = [post(service, data, {"Idempotency-Key": "archive-1"}) for _ in range(3)]
    assert len({answer.text for answer in answers}) == 1
    batch = answers[0].json()["batch"]
    assert service.client.get(f"/v1/batches/{batch}").json()["counts"]["total"] == 3
    problem(post(service, packed(three[0]), {"Idempotency-Key": "archive-1"}), 422, "idempotency-key-reused")


def test_many_archives_at_once(service, three):
    def one(number):
        return post(service, packed(*three), {"Idempotency-Key": f"many-{number % 4}"}).json()

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        told = list(pool.map(one, range(16)))
    assert len({each["batch"] for each in told}) == 4


def test_more_files_than_descriptors_at_once(service):
    pixels = [(f"{number}.pbm", f"P1\n1 1\n{number % 2}\n# {number}".encode()) for number in range(400)]
    answer = post(service, packed(*pixels))
    assert len(answer.json()["documents"]) == 400
    assert service.client.post(f"/v1/batches/{answer.json()['batch']}/cancel").status_code == 200


def test_other_paths_take_no_archives(service, three):
    data = packed(*three)
    problem(service.client.post("/v1/read", content=data, headers=ZIP), 422, "unreadable-image")
    assert service.client.post("/api/images/upload", files={"files": ("a.zip", data)}).status_code >= 400


def test_kill_in_the_middle_loses_and_doubles_nothing(start):
    """An archive is sent again until it is taken: each of its files is there once, in one batch."""
    service = start("--workers", "2", "--start", "manual").ready()
    pages = [(f"{number}.png", picture(f"TOTAL {100 + number}")) for number in range(60)]
    data, taken, told = packed(*pages), [], []

    def send():
        while not taken:
            with contextlib.suppress(httpx.HTTPError, RuntimeError), httpx.Client(timeout=30) as client:
                url = f"{str(service.client.base_url).rstrip('/')}/v1/documents?name=stack.zip"
                answer = client.post(url, content=data, headers={**ZIP, "Idempotency-Key": "the-archive"})
                told.append(answer.text)
                if answer.status_code == 202:
                    taken.append(answer.json())
            time.sleep(0.01)

    random.seed(7)
    for _ in range(6):
        sender = threading.Thread(target=send)
        taken.clear()
        sender.start()
        time.sleep(random.uniform(0.02, 0.6))
        service.restart()
        sender.join(60)
        assert not sender.is_alive(), told[-1:]
    batches = service.client.get("/v1/batches").json()["batches"]
    assert [batch["counts"]["total"] for batch in batches] == [60]
    listed = service.client.get("/v1/documents?limit=200").json()["documents"]
    assert sorted(document["name"] for document in listed) == sorted(name for name, _ in pages)
    assert list((service.folder / "data/incoming").iterdir()) == []
