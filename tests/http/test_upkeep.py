"""Looking after the service by the API: batches that pause, backups, layouts, receivers that are tried."""

import http.server
import json
import os
import signal
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from served import PROGRAM, ROOT, files_only, picture, problem, until
from test_operation import lince


def test_a_batch_pauses_and_goes_on(start):
    service = start("--workers", "1", "--start", "manual")
    made = service.client.post("/v1/batches", json={"name": "b"}).json()
    ids = [service.send(picture(f"N{n}"), params={"batch": made["id"]}) for n in range(12)]
    service.client.post(f"{made['self']}/start")
    paused = service.client.post(f"{made['self']}/pause").json()["counts"]
    assert paused["queued"] == 0 and paused["held"] >= 10
    time.sleep(1)
    counts = service.client.get(made["self"]).json()["counts"]
    assert counts["held"] == paused["held"] and counts["reading"] == 0
    service.restart()
    assert service.client.get(made["self"]).json()["counts"]["held"] == paused["held"]
    assert service.client.post(f"{made['self']}/start").json()["counts"]["held"] == 0
    assert all(service.wait(id_)["status"] == "done" for id_ in ids)
    problem(service.client.post("/v1/batches/none/pause"), 404, "not-found")


def move(service, id_, batch):
    moved = service.client.post("/v1/documents/move", json={"documents": [id_], "batch": batch["id"]}).json()
    return moved["done"] == [id_]


def test_a_paused_batch_holds_what_comes_in_later(start):
    service = start("--workers", "1")
    made, other = (service.client.post("/v1/batches", json={"name": name}).json() for name in "ab")
    assert made["paused"] is False
    assert service.client.post(f"{made['self']}/pause").json()["paused"] is True
    sent = service.client.post(
        "/v1/documents",
        params={"batch": made["id"]},
        content=picture("UNO"),
        headers={"Content-Type": "image/png"},
    ).json()
    assert sent["status"] == "held"
    moved = service.send(picture("DOS", "TRES", size=(2400, 3200)), params={"batch": other["id"]})
    service.client.post(f"{other['self']}/pause")
    assert move(service, moved, made)
    until(lambda: service.get(moved)["status"] in ("held", "done"))  # a pause lets a reading end
    service.restart()
    time.sleep(1)
    counts = service.client.get(made["self"]).json()["counts"]
    assert counts["queued"] == counts["reading"] == 0 and counts["held"] >= 1
    started = service.client.post(f"{made['self']}/start").json()
    assert started["paused"] is False and started["counts"]["held"] == 0
    assert service.wait(sent["id"])["status"] == service.wait(moved)["status"] == "done"
    assert service.read(picture("CUATRO"), params={"batch": made["id"]})["status"] == "done"


def test_a_cancelled_batch_is_not_paused(start):
    service = start("--workers", "1")
    made = service.client.post("/v1/batches", json={}).json()
    service.client.post(f"{made['self']}/pause")
    assert service.client.post(f"{made['self']}/cancel").json()["paused"] is False
    problem(service.client.post(f"{made['self']}/pause"), 409, "conflict")


def test_no_upload_stays_held_behind_a_start(start):
    """Uploads come in while the batch is paused and started again and again; at the end nothing waits for a person."""
    service = start("--workers", "1")
    made = service.client.post("/v1/batches", json={}).json()
    images = [picture(f"N{n}") for n in range(60)]
    with ThreadPoolExecutor(4) as pool:
        sent = [pool.submit(service.send, image, params={"batch": made["id"]}) for image in images]
        while not all(each.done() for each in sent):
            service.client.post(f"{made['self']}/pause")
            counts = service.client.post(f"{made['self']}/start").json()["counts"]
            assert counts["held"] == 0
    assert service.client.get(made["self"]).json()["counts"]["held"] == 0
    assert all(service.wait(each.result())["status"] == "done" for each in sent)


def test_what_is_moved_to_a_paused_batch_waits_there(start):
    service = start("--workers", "1")
    paused = service.client.post("/v1/batches", json={}).json()
    service.client.post(f"{paused['self']}/pause")
    ids = [service.send(picture(f"N{n}", size=(1400, 1800))) for n in range(12)]
    assert move(service, ids[-1], paused)
    assert service.get(ids[-1])["status"] == "held"
    assert all(service.wait(id_)["status"] == "done" for id_ in ids[:-1])
    assert service.get(ids[-1])["status"] == "held"
    service.client.post(f"{paused['self']}/start")
    assert service.wait(ids[-1])["status"] == "done"


@files_only
def test_a_backup_is_made_and_restored(start, tmp_path):
    service = start("--workers", "1")
    id_ = service.read(picture("UNO"))["id"]
    assert service.client.get("/v1/backups").json() == {"backups": []}
    made = service.client.post("/v1/backups")
    assert made.status_code == 201, made.text
    folder = Path(made.json()["folder"])
    assert folder.parent == service.folder / "data/backups" and folder.name == made.json()["name"]
    assert service.client.get("/v1/backups").json()["backups"] == [made.json()]
    (tmp_path / "other").mkdir()
    restored = tmp_path / "other/data"
    subprocess.run([PROGRAM, "restore", "--data", restored, folder], check=True, capture_output=True)
    assert start("--workers", "1", name="other").get(id_)["text"] == "UNO"
    service.restart()
    assert len(service.client.get("/v1/backups").json()["backups"]) == 1


def test_layouts_are_shown_and_checked(service):
    names = [layout["name"] for layout in service.client.get("/v1/layouts").json()["layouts"]]
    layout = service.client.get(f"/v1/layouts/{names[0]}").json()
    assert layout["name"] == names[0]
    layout["name"] = "own"
    assert service.client.post("/v1/layouts/check", json=layout).json() == {"valid": True, "message": None}
    wrong = service.client.post("/v1/layouts/check", json={**layout, "nonsense": 1}, headers={"Accept-Language": "es"})
    assert wrong.status_code == 200 and not wrong.json()["valid"] and "nonsense" in wrong.json()["message"]
    assert "own" not in [each["name"] for each in service.client.get("/v1/layouts").json()["layouts"]]
    problem(service.client.get("/v1/layouts/none"), 404, "not-found")
    problem(
        service.client.post("/v1/layouts/check", content=b"{", headers={"Content-Type": "application/json"}),
        400,
        "bad-request",
    )


def test_a_layout_is_tried_before_it_is_installed(service):
    """On a picture that a worker reads; neither is kept."""
    client, image = service.client, (ROOT / "examples/01-dark-phone.jpg").read_bytes()
    layout = {**client.get("/v1/layouts/bdv").json(), "name": "mine"}
    layout["recognise"]["anchors"].append({"text": "crear acceso directo", "weight": 1})

    def tried(text, **more):
        files = {"layout": (None, text), "file": ("r.jpg", image, "image/jpeg")}
        return client.post("/v1/layouts/try", files=files, **more)

    found = tried(json.dumps(layout)).json()
    assert found["layout"] == "mine" and found["fields"]["monto"]["value"] == "773.38" and found["file"] == "r.jpg"
    layout["recognise"]["anchors"] = [{"text": "no such words anywhere", "weight": 1}]
    assert tried(json.dumps(layout)).json()["layout"] == "bdv"  # this one would not be recognised
    wrong = tried(json.dumps({**layout, "nonsense": 1}), headers={"Accept-Language": "es"})
    assert "nonsense" in problem(wrong, 422, "invalid")["detail"]
    assert "plantilla" in problem(tried("", headers={"Accept-Language": "es"}), 422, "invalid")["detail"]
    two = [("layout", (None, json.dumps(layout))), *[("file", (f"{n}.jpg", image, "image/jpeg")) for n in "ab"]]
    problem(client.post("/v1/layouts/try", files=two), 400, "bad-request")
    assert "mine" not in [each["name"] for each in client.get("/v1/layouts").json()["layouts"]]
    assert client.post("/v1/read?layout=mine", content=image).status_code in (415, 422)


class Receiver(http.server.BaseHTTPRequestHandler):
    seen = []

    def do_POST(self):
        self.seen.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_):
        pass


def test_a_receiver_is_tried(start):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    service = start("--workers", "1", "--webhooks-private", "yes")
    url = f"http://127.0.0.1:{server.server_port}/"
    made = service.client.post("/v1/webhooks", json={"url": url, "events": ["batch.finished"]}).json()
    assert service.client.post(f"/v1/webhooks/{made['id']}/test").status_code == 202
    end, attempts = time.monotonic() + 20, 0
    while attempts == 0 and time.monotonic() < end:
        time.sleep(0.05)
        [delivery] = service.client.get(f"/v1/webhooks/{made['id']}/deliveries").json()["deliveries"]
        attempts = delivery["attempts"]
    server.shutdown()
    assert attempts == 1
    assert Receiver.seen[0]["type"] == "webhook.test" and Receiver.seen[0]["data"] == {"webhook": made["id"]}
    problem(service.client.post("/v1/webhooks/none/test"), 404, "not-found")


# ---- how long things are kept --------------------------------------------------------------------------------------

KEPT = ("keep_images_ms", "keep_documents_ms", "keep_count", "keep_size_bytes")


def settings(service):
    return service.client.get("/v1/settings").json()


def set_kept(service, **values):
    return service.client.patch("/v1/settings", json=values)


def test_how_long_things_are_kept_is_set_and_stays(start):
    service = start("--workers", "1", "--start", "manual").ready()
    assert settings(service)["set_by"] == dict.fromkeys((*KEPT, "review"), "default")
    changed = set_kept(service, keep_count=7, keep_images_ms=86400000)
    assert changed.status_code == 200 and changed.json() == settings(service)
    assert settings(service)["keep_count"] == 7 and settings(service)["set_by"]["keep_count"] == "here"
    service.restart()
    assert settings(service)["keep_count"] == 7 and settings(service)["keep_images_ms"] == 86400000
    assert set_kept(service, keep_count=None, keep_images_ms=0).json()["keep_count"] == 0
    assert settings(service)["set_by"]["keep_count"] == "default"
    assert settings(service)["set_by"]["keep_images_ms"] == "here"


def test_what_is_set_is_what_is_removed(start):
    service = start("--workers", "1").ready()
    ids = [service.read(picture(f"N{n}"))["id"] for n in range(3)]
    assert set_kept(service, keep_count=1).status_code == 200
    until(lambda: service.client.get(f"/v1/documents/{ids[1]}").status_code == 404)
    assert service.client.get(f"/v1/documents/{ids[0]}").status_code == 404
    assert set_kept(service, keep_images_ms=1).status_code == 200
    until(lambda: not service.get(ids[2])["has_image"])


@pytest.mark.parametrize("language, words", [("en", "flag"), ("es", "opción")])
def test_the_configuration_has_the_last_word(start, language, words):
    service = start("--workers", "1", "--keep-count", "9").ready()
    answer = service.client.patch("/v1/settings", json={"keep_count": 3}, headers={"Accept-Language": language})
    assert words in problem(answer, 409, "conflict")["detail"]
    assert settings(service)["keep_count"] == 9 and settings(service)["set_by"]["keep_count"] == "flag"
    assert set_kept(service, keep_size_bytes=5).json()["keep_size_bytes"] == 5


def test_a_configuration_that_is_read_again_has_it_too(start, tmp_path):
    (tmp_path / "lince.ini").write_text("")
    service = start("--workers", "1", "--config", tmp_path / "lince.ini").ready()
    assert set_kept(service, keep_count=5).status_code == 200
    (tmp_path / "lince.ini").write_text("keep-count = 8\n")
    service.process.send_signal(signal.SIGHUP)
    until(lambda: settings(service)["keep_count"] == 8)
    assert settings(service)["set_by"]["keep_count"] == "file"
    (tmp_path / "lince.ini").write_text("")
    service.process.send_signal(signal.SIGHUP)
    until(lambda: settings(service)["keep_count"] == 5)


@pytest.mark.parametrize(
    "values",
    [{}, {"keep_count": -1}, {"keep_count": "9"}, {"keep_count": 1.5}, {"data": "/"}, {"keep_size_bytes": 2**60}],
)
def test_what_cannot_be_set_is_refused(service, values):
    problem(set_kept(service, **values), 422, "invalid")


# ---- memory since the start ----------------------------------------------------------------------------------------


def test_the_memory_has_a_history(start):
    service = start("--workers", "1").ready()
    service.read(picture("UNO"))
    told = until(
        lambda: (told := service.client.get("/v1/memory/timeline").json()) and len(told["points"]) > 1 and told
    )
    assert told["points"][0]["at"] >= told["started_at"] and told["points"] == sorted(
        told["points"], key=lambda p: p["at"]
    )
    assert all(point["pss_bytes"] > 1 << 20 for point in told["points"])
    assert told["events"] == []
    if not os.environ.get("LINCE_SANITIZER"):  # under which services have no limit
        assert told["warn_bytes"] < told["limit_bytes"] == 300 << 20
        assert max(point["pss_bytes"] for point in told["points"]) <= told["limit_bytes"]


def test_the_last_events_of_memory_outlast_the_page(start):
    service = start("--workers", "1", "--start", "manual").ready()
    service.change(
        "INSERT INTO events (at_ms, type, data) VALUES (1700000000000, 'memory.high', '{}'),"
        " (1700000001000, 'document.done', '{}'), (1700000002000, 'worker.memory.cleaned', '{}') RETURNING seq"
    )
    told = service.client.get("/v1/memory/timeline").json()["events"]
    assert [event["type"] for event in told] == ["worker.memory.cleaned", "memory.high"]
    assert told[1]["at"].startswith("2023-11-14T22:13:20")


def test_the_confidences_in_force_are_told(start):
    fitted = json.loads((ROOT / "doubt/doubt.json").read_text(encoding="utf-8"))["review"]
    service = start("--workers", "1", name="fitted")
    told = service.client.get("/v1/settings").json()
    assert told["review_confidences"] == fitted and told["review"] == ""
    service = start("--workers", "1", "--review", "all=0.9,amount=0.95,id=0", name="set")
    told = service.client.get("/v1/settings").json()["review_confidences"]
    assert told == dict.fromkeys(fitted, 0.9) | {"amount": 0.95, "id": 0}


# ---- when a person should check ------------------------------------------------------------------------------------


def review(service, text, **more):
    return service.client.patch("/v1/settings", json={"review": text}, **more)


PAYMENT = ("Pago movil exitoso", "Referencia: 000123456789", "Monto: 1.234,50 Bs", "Fecha: 03/01/2025")


def doubts(service):
    document = service.read(picture(*PAYMENT, size=(560, 200)))
    return {reason["field"] for reason in document["review"] if reason["code"] == "doubtful"}


def test_when_a_person_should_check_is_set_for_the_next_jobs(start):
    fitted = json.loads((ROOT / "doubt/doubt.json").read_text(encoding="utf-8"))["review"]
    service = start("--workers", "1").ready()
    before = doubts(service)
    pids = service.workers()
    changed = review(service, "amount=1,reference=1")
    assert changed.status_code == 200 and changed.json() == settings(service)
    told = settings(service)
    assert told["review"] == "amount=1,reference=1" and told["set_by"]["review"] == "here"
    assert told["review_confidences"] == fitted | {"amount": 1, "reference": 1} and told["review_defaults"] == fitted
    assert {"monto", "referencia"} <= doubts(service) and service.workers() == pids
    service.restart()
    assert settings(service)["review"] == "amount=1,reference=1"
    assert {"monto", "referencia"} <= doubts(service)
    assert review(service, None).json()["review_confidences"] == fitted
    assert settings(service)["set_by"]["review"] == "default" and doubts(service) == before


def test_reading_at_once_follows_it_too(start):
    service = start("--workers", "1").ready()
    assert review(service, "all=1").status_code == 200
    image = {"content": picture(*PAYMENT, size=(560, 200)), "headers": {"Content-Type": "image/png"}}
    assert "doubtful:monto" in service.client.post("/v1/read", **image).json()["review_reasons"]
    assert review(service, "all=0").status_code == 200
    reasons = service.client.post("/v1/read", **image).json()["review_reasons"]
    assert not [reason for reason in reasons if reason.startswith("doubtful:")]


@pytest.mark.parametrize(
    "text", ["amount", "amount=2", "amount=-1", "colour=0.5", "amount=x", 7, {}, True, "a" * 600, "amount=nan"]
)
def test_a_confidence_that_is_none_is_refused(service, text):
    before = settings(service)["review_confidences"]
    problem(review(service, text), 422, "invalid")
    assert settings(service)["review_confidences"] == before


def test_a_review_that_the_configuration_sets_is_fixed(start):
    service = start("--workers", "1", "--start", "manual", "--review", "amount=0.5")
    assert "flag" in problem(review(service, "amount=0.9"), 409, "conflict")["detail"]
    assert "opción" in problem(review(service, None, headers={"Accept-Language": "es"}), 409, "conflict")["detail"]
    assert settings(service)["set_by"]["review"] == "flag" and settings(service)["review_confidences"]["amount"] == 0.5


def store_review(service, text):
    """As a node of a later version does, whose kinds this program does not know."""
    quoted = text.replace("'", "''")
    service.change(f"UPDATE meta SET value='{quoted}' WHERE name='review' RETURNING 1")


LATER = ["amount=0.9,signature=0.5", "amount>0.9", "{}", "a" * 600, "ñ=1"]


def test_a_review_that_a_later_version_stored_does_not_stop_the_service(start):
    fitted = json.loads((ROOT / "doubt/doubt.json").read_text(encoding="utf-8"))["review"]
    service = start("--workers", "1").ready()
    for text in LATER:
        assert review(service, "amount=1,reference=1").json()["review_confidences"] != fitted
        store_review(service, text)
        until(lambda: settings(service)["review_confidences"] == fitted)
        service.restart()
        assert settings(service)["review_confidences"] == fitted
    assert doubts(service) == set()
    time.sleep(4.5)  # two more looks
    told = [line["review"] for line in service.logs() if line["event"] == "review_not_understood"]
    assert [text[:500] for text in told] == [text[:500] for text in LATER for _ in range(2)]  # once in each run
    assert review(service, "reference=1").status_code == 200
    assert settings(service)["review_confidences"] == fitted | {"reference": 1}


@pytest.mark.parametrize("text", ["amount=0.9,signature=0.5", "amount>0.9"])
def test_an_option_that_is_not_understood_stops_the_start(tmp_path, monkeypatch, text):
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    done = lince("serve", "--data", str(tmp_path), "--listen", "127.0.0.1:0", "--review", text)
    assert done.returncode == 2 and "review" in done.stderr, done.stderr
