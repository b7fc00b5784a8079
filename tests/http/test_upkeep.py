"""Looking after the service by the API: batches that pause, backups, layouts, receivers that are tried."""

import http.server
import json
import subprocess
import threading
import time
from pathlib import Path

from served import PROGRAM, ROOT, files_only, picture, problem


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
