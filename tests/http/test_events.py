"""Events reach streams as they happen, and webhooks signed as the Standard Webhooks specification says."""

import http.server
import io
import json
import threading
import time

import pytest
from PIL import Image
from served import SLOW, picture, problem
from standardwebhooks.webhooks import Webhook


def events(service, count, last=None):
    """The next events of a stream: (id, type, data)."""
    headers = {"Last-Event-ID": str(last)} if last is not None else {}
    found = []
    with service.client.stream("GET", "/v1/events", headers=headers) as stream:
        assert stream.headers["content-type"] == "text/event-stream"
        event = {}
        for line in stream.iter_lines():
            if line == "" and "data" in event:
                found.append((int(event["id"]), event["event"], json.loads(event["data"])))
                event = {}
                if len(found) == count:
                    return found
            elif ": " in line:
                name, value = line.split(": ", 1)
                event[name] = value
    return found


def test_stream_from_the_beginning_and_again(start):
    service = start("--workers", "1").ready()
    id_ = service.read(picture("UNO"))["id"]
    told = events(service, 2, last=0)
    assert [(kind, data["id"]) for _, kind, data in told] == [("document.queued", id_), ("document.done", id_)]
    assert [e[0] for e in events(service, 1, last=told[0][0])] == [told[1][0]]
    problem(service.client.get("/v1/events", headers={"Last-Event-ID": "x"}), 422, "invalid")


def test_pause_and_start_of_an_empty_batch_are_told_once(start):
    service = start("--workers", "1")
    made = service.client.post("/v1/batches", json={}).json()
    for verb in ("start", "pause", "pause", "start", "start", "close"):
        service.client.post(f"{made['self']}/{verb}")
    told = [kind for _, kind, data in events(service, 5, last=0) if data["id"] == made["id"]]
    assert told == ["batch.created", "batch.paused", "batch.started", "batch.closed", "batch.finished"]


def test_stream_as_it_happens(start):
    service = start("--workers", "1").ready()
    threading.Timer(0.5, lambda: service.send(picture("DOS"))).start()
    assert [kind for _, kind, _ in events(service, 2)] == ["document.queued", "document.done"]


def test_batches_and_what_is_in_them(start, receiver):
    service = start("--start", "manual", "--workers", "1", "--webhooks-private", "yes").ready()
    post, told = service.client.post, []
    post("/v1/webhooks", json={"url": receiver.url, "events": ["document.cancelled", "batch.cancelled"]})
    read, left, shrunk = (post("/v1/batches", json={}).json()["id"] for _ in range(3))
    told += [("batch.created", id_) for id_ in (read, left, shrunk)]
    documents = {
        batch: [service.send(picture(f"{name} {i}"), params={"batch": batch}) for i in range(2)]
        for name, batch in (("READ", read), ("LEFT", left), ("SHRUNK", shrunk))
    }
    told += [("document.held", id_) for ids in documents.values() for id_ in ids]
    post(f"/v1/batches/{read}/start")
    told += [("document.queued", id_) for id_ in documents[read]]
    for id_ in documents[read]:
        service.wait(id_)
        told.append(("document.done", id_))
    for _ in range(2):
        post(f"/v1/batches/{read}/close")
        post(f"/v1/batches/{left}/cancel")
    told += [("batch.closed", read), ("batch.finished", read), ("batch.cancelled", left)]
    told += [("document.cancelled", id_) for id_ in documents[left]]
    post(f"/v1/batches/{shrunk}/close")
    told.append(("batch.closed", shrunk))
    for id_ in documents[shrunk]:
        service.client.delete(f"/v1/documents/{id_}")
        told.append(("document.deleted", id_))
    told.append(("batch.finished", shrunk))
    service.client.delete(f"/v1/batches/{left}")
    told += [("document.deleted", id_) for id_ in documents[left]] + [("batch.deleted", left)]
    seen = events(service, len(told), last=0)
    assert [(kind, data["id"]) for _, kind, data in seen] == told
    assert {data["batch"] for _, kind, data in seen if kind == "document.cancelled"} == {left}
    until(lambda: len(receiver.got) == 3)
    bodies = [json.loads(body) for _, body in receiver.got]
    assert sorted((b["type"], b["data"]["id"]) for b in bodies) == sorted(
        t for t in told if t[0].endswith(".cancelled")
    )


def test_what_happens_in_a_batch_names_it(start):
    service = start("--workers", "1").ready()
    batch = service.client.post("/v1/batches", json={}).json()["id"]
    id_ = service.send(picture("UNO"), params={"batch": batch})
    document = service.wait(id_)
    etag = {"If-Match": f'"{document["version"]}"'}
    service.client.patch(f"/v1/documents/{id_}", json={"fields": {"monto": "1.00"}}, headers=etag)
    service.client.post(f"/v1/documents/{id_}/reread")
    kinds = ["queued", "done", "corrected", "queued"]
    seen = events(service, 5, last=0)[1:]
    assert [(kind, data["batch"]) for _, kind, data in seen] == [(f"document.{kind}", batch) for kind in kinds]


@pytest.mark.skipif(SLOW > 1, reason="a sanitizer's own memory is not for a limit")
def test_a_worker_that_refuses_for_memory_is_told(start):
    service = start("--workers", "1", "--memory", "160MB").ready()
    out = io.BytesIO()
    Image.new("RGB", (7000, 7000), "white").save(out, "JPEG", progressive=True)
    id_ = service.send(out.getvalue())
    assert service.wait(id_)["status"] == "failed"
    (data,) = [data for _, kind, data in events(service, 3, last=0) if kind == "worker.memory.refused"]
    assert data["needed_bytes"] > data["limit_bytes"] > 0
    (line,) = [line for line in service.logs() if line["event"] == "worker.memory.refused"]
    assert line["level"] == "warning" and int(line["pid"]) == data["pid"]


@pytest.fixture
def receiver():
    """A receiver of webhooks; `answers` are the statuses that it gives, the last for ever."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            server.got.append((dict(self.headers), body.decode()))
            self.send_response(server.answers.pop(0) if len(server.answers) > 1 else server.answers[0])
            self.end_headers()

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.got, server.answers = [], [200]
    server.url = f"http://127.0.0.1:{server.server_port}/hook"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def until(condition, seconds=15):
    end = time.monotonic() + seconds * SLOW
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_webhook_is_signed_and_retried(start, receiver):
    service = start("--workers", "1", "--webhooks-private", "yes").ready()
    receiver.answers = [500, 200]
    hook = service.client.post("/v1/webhooks", json={"url": receiver.url, "events": ["document.done"]})
    assert hook.status_code == 201
    id_ = service.read(picture("TRES"))["id"]
    until(lambda: len(receiver.got) == 2)
    (first, body), (second, again) = receiver.got
    assert body == again and first["webhook-id"] == second["webhook-id"]
    told = Webhook(hook.json()["secret"]).verify(body, first)
    assert told["type"] == "document.done" and told["data"]["id"] == id_
    deliveries = f"/v1/webhooks/{hook.json()['id']}/deliveries"
    until(lambda: service.client.get(deliveries).json()["deliveries"][0]["state"] == "delivered")
    (delivery,) = service.client.get(deliveries).json()["deliveries"]
    assert delivery["attempts"] == 2 and delivery["last_status"] == 200
    assert service.client.post(f"/v1/deliveries/{delivery['id']}/resend").status_code == 202
    until(lambda: len(receiver.got) == 3)
    assert "secret" not in service.client.get("/v1/webhooks").text
    assert service.client.delete(f"/v1/webhooks/{hook.json()['id']}").status_code == 204


def test_webhook_to_a_private_address_is_refused_when_it_is_registered(start, receiver):
    service = start("--workers", "1").ready()
    problem(service.client.post("/v1/webhooks", json={"url": receiver.url}), 422, "invalid")
    assert service.client.get("/v1/webhooks").json()["webhooks"] == []
    service.read(picture("CUATRO"))
    assert receiver.got == []


def test_a_receiver_that_is_gone_is_given_up(start, receiver):
    service = start("--start", "manual", "--webhooks-private", "yes")
    receiver.answers = [410]
    hook = service.client.post("/v1/webhooks", json={"url": receiver.url}).json()
    service.send(picture("CINCO"))
    deliveries = f"/v1/webhooks/{hook['id']}/deliveries"
    until(lambda: service.client.get(deliveries).json()["deliveries"][0]["state"] == "dead")


def test_webhook_errors(service):
    urls = [{}, {"url": "ftp://x"}, {"url": "http://x y"}]
    for body in [*urls, {"url": "http://x", "events": "all"}, {"url": "http://x", "events": ["document.don"]}]:
        problem(service.client.post("/v1/webhooks", json=body), 422, "invalid")
    problem(service.client.delete("/v1/webhooks/none"), 404, "not-found")
    problem(service.client.post("/v1/deliveries/none/resend"), 404, "not-found")
