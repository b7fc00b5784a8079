"""Receivers of webhooks that fail again and again: they are paused, said so, tried again, and nothing is lost."""

import contextlib
import http.server
import sqlite3
import threading
import time

import pytest
from served import SLOW, picture
from test_durability import files_only


@pytest.fixture
def receiver():
    """Answers as it is told; `came` has the path and time of each message."""

    class Receiver:
        came, status = [], 500

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            Receiver.came.append((self.path, time.monotonic(), self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(Receiver.status if self.path == "/bad" else 204)
            self.end_headers()

        def log_message(self, *_):
            pass

    Receiver.came = []
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Receiver.url = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Receiver
    server.shutdown()


def wait_for(what, seconds=10):
    end = time.monotonic() + seconds * SLOW
    while not (found := what()) and time.monotonic() < end:
        time.sleep(0.05)
    assert found
    return found


def hook_of(service, id_):
    return next(hook for hook in service.client.get("/v1/webhooks").json()["webhooks"] if hook["id"] == id_)


def register(service, url, events=()):
    return service.client.post("/v1/webhooks", json={"url": url, "events": list(events)}).json()["id"]


def register_and_pause(service, receiver):
    """Four messages to a receiver that takes none; gives the webhook's id."""
    bad = register(service, receiver.url + "/bad", ["batch.created"])
    for _ in range(4):
        service.client.post("/v1/batches")
    wait_for(lambda: hook_of(service, bad)["state"] == "paused")
    return bad


def events(service, type_):
    """Those that were told since the beginning."""
    with service.client.stream("GET", "/v1/events", headers={"Last-Event-ID": "0"}, timeout=1) as stream:
        text = ""
        try:
            for part in stream.iter_text():
                text += part
                if f"event: {type_}" in text and text.endswith("\n\n"):
                    break
        except Exception:
            pass
    return text.count(f"event: {type_}")


OPTIONS = ("--start", "manual", "--webhooks-private", "yes", "--webhooks-failures", "3", "--webhooks-pause", "2s")


def test_a_receiver_that_fails_is_paused_said_so_and_tried_again(start, receiver):
    service = start(*OPTIONS)
    bad = register(service, receiver.url + "/bad", ["batch.created"])
    well = register(service, receiver.url + "/well")
    assert hook_of(service, bad)["state"] == "active" and hook_of(service, bad)["failures"] == 0
    for _ in range(6):
        service.client.post("/v1/batches")
    hook = wait_for(lambda: (found := hook_of(service, bad))["state"] == "paused" and found)
    assert hook["failures"] == 3 and hook["paused_until"] and "500" in hook["last_error"]
    tried = len([path for path, _, _ in receiver.came if path == "/bad"])
    assert tried == 3
    assert hook_of(service, well)["state"] == "active"
    time.sleep(0.8)  # no more of them while it is paused, of old messages or new ones
    service.client.post("/v1/batches")
    time.sleep(0.5)
    assert len([path for path, _, _ in receiver.came if path == "/bad"]) == tried
    assert service.client.get("/metrics").text.count("lince_webhooks_paused 1") == 1
    log = [line for line in service.logs() if line["event"] == "webhook_paused"]
    assert len(log) == 1 and log[0]["webhook"] == bad and "500" in log[0]["reason"] and receiver.url not in str(log)
    assert events(service, "webhook.paused") == 1
    wait_for(lambda: any(b"webhook.paused" in body for path, _, body in receiver.came if path == "/well"))
    # Half open: one message alone is tried, and the pause is longer.
    wait_for(lambda: len([path for path, _, _ in receiver.came if path == "/bad"]) == tried + 1)
    assert hook_of(service, bad)["state"] == "paused"
    time.sleep(2.5)
    assert len([path for path, _, _ in receiver.came if path == "/bad"]) == tried + 1
    # It is well again: all that waited comes, each message once taken.
    receiver.status = 204
    wait_for(lambda: hook_of(service, bad)["state"] == "active", 8)
    wait_for(lambda: len({body for path, _, body in receiver.came if path == "/bad"}) == 7)
    deliveries = wait_for(
        lambda: all(
            d["state"] == "delivered" for d in service.client.get(f"/v1/webhooks/{bad}/deliveries").json()["deliveries"]
        )
    )
    assert deliveries and events(service, "webhook.resumed") == 1
    assert [line["webhook"] for line in service.logs() if line["event"] == "webhook_resumed"] == [bad]
    assert "lince_webhooks_paused 0" in service.client.get("/metrics").text


def test_sending_again_by_hand_tries_at_once(start, receiver):
    service = start(*OPTIONS[:-1], "1h")
    bad = register_and_pause(service, receiver)
    receiver.status = 204
    sent = service.client.get(f"/v1/webhooks/{bad}/deliveries").json()["deliveries"]
    assert service.client.post(f"/v1/deliveries/{sent[0]['id']}/resend").status_code == 202
    wait_for(lambda: hook_of(service, bad)["state"] == "active")
    wait_for(lambda: len({body for path, _, body in receiver.came if path == "/bad"}) == 4)


def test_why_it_fails_is_told_in_the_readers_language(start, receiver):
    service = start(*OPTIONS)
    hooks = {
        register(service, receiver.url + "/bad", ["batch.created"]): ("500", "respondió con 500"),
        register(service, "http://127.0.0.1:9/", ["batch.created"]): ("connections", "no acepta conexiones"),
        register(service, "http://nobody.invalid/", ["batch.created"]): ("not found", "no se encontró el nombre"),
    }
    for _ in range(3):
        service.client.post("/v1/batches")
    for hook, wanted in hooks.items():
        wait_for(lambda hook=hook: hook_of(service, hook)["last_error"])
        for language, words in zip(("en", "es"), wanted, strict=True):
            headers = {"Accept-Language": language}
            listed = service.client.get("/v1/webhooks", headers=headers).json()["webhooks"]
            assert words in next(each for each in listed if each["id"] == hook)["last_error"]
            sent = service.client.get(f"/v1/webhooks/{hook}/deliveries", headers=headers).json()["deliveries"]
            assert any(words in each["last_error"] for each in sent) or "500" in words


def test_pauses_can_be_switched_off_and_a_new_start_tries_again(start, receiver):
    service = start(*OPTIONS[:-3], "0")
    bad = register(service, receiver.url + "/bad", ["batch.created"])
    for _ in range(5):
        service.client.post("/v1/batches")
    wait_for(lambda: len([path for path, _, _ in receiver.came if path == "/bad"]) >= 5)
    assert hook_of(service, bad)["state"] == "active"


def test_a_receiver_that_is_removed_is_forgotten(start, receiver):
    service = start(*OPTIONS)
    bad = register_and_pause(service, receiver)
    assert service.client.delete(f"/v1/webhooks/{bad}").status_code == 204
    assert "lince_webhooks_paused 0" in service.client.get("/metrics").text


def test_what_has_waited_for_a_day_is_given_up(start, receiver):
    service = start(*OPTIONS[:-1], "1h")
    bad = register(service, receiver.url + "/bad", ["batch.created"])
    for _ in range(2):
        service.client.post("/v1/batches")
    wait_for(lambda: hook_of(service, bad)["failures"] >= 2)
    service.stop()
    with sqlite3.connect(service.folder / "data/store.db") as store:
        store.execute("UPDATE events SET at_ms = at_ms - 2 * 24 * 3600 * 1000")
        store.execute("UPDATE deliveries SET next_ms = 0")
    service.start()
    service.client.post("/v1/batches")
    wait_for(lambda: hook_of(service, bad)["state"] == "paused")
    sent = service.client.get(f"/v1/webhooks/{bad}/deliveries").json()["deliveries"]
    assert sorted(d["state"] for d in sent) == ["dead", "dead", "waiting"]
    assert all("given up" in d["last_error"] for d in sent if d["state"] == "dead")


@files_only
def test_a_store_that_is_busy_holds_no_request_up(start, receiver):
    """The messages of a paused receiver are put off, which has to wait for another writer; the list does not."""
    service = start(*OPTIONS[:-1], "1h")
    bad = register_and_pause(service, receiver)
    path = service.folder / "data/store.db"
    due_ms = int(time.time() * 1000) + 1500

    def is_put_off():
        with sqlite3.connect(path) as store:
            return store.execute("SELECT next_ms FROM deliveries WHERE id='msg_late'").fetchone()[0] > due_ms

    with sqlite3.connect(path) as store:  # a message that becomes due while the store is busy
        store.execute(
            "INSERT INTO deliveries (id, webhook_id, event_seq, body, state, next_ms)"
            " SELECT 'msg_late', ?, max(seq), '{}', 'waiting', ? FROM events",
            (bad, due_ms),
        )
    service.send(picture("N"))  # so that the courier looks when the next message is due
    time.sleep(0.5)
    longest = 0.0
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as busy:
        busy.execute("BEGIN IMMEDIATE")
        while time.time() * 1000 < due_ms + 2500:
            begun = time.monotonic()
            assert hook_of(service, bad)["state"] == "paused"
            longest = max(longest, time.monotonic() - begun)
            time.sleep(0.05)
        assert not is_put_off()  # else nothing waited, and the time says nothing
    wait_for(is_put_off, 12)
    assert longest < 1 * SLOW
