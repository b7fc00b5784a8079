"""Operating the service: keys, limits, configuration, backup, TLS, what it reports about itself."""

import signal
import socket
import subprocess
import time

import httpx
from prometheus_client.parser import text_string_to_metric_families
from served import ON_POSTGRES, PROGRAM, files_only, picture, problem


def lince(*arguments):
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, timeout=60, check=False)


def bearer(key):
    return {"Authorization": f"Bearer {key}"}


def test_keys(start):
    service = start("--keys", "required", "--start", "manual")
    data = service.folder / "data"
    get = service.client.get
    assert get("/livez").status_code == 200
    problem(get("/v1/documents"), 401, "unauthorized")
    assert get("/api/queue_count").json()["error_code"] == "UNAUTHORIZED_401"
    key = lince(
        "keys", "create", "--data", data, "--name", "n8n", "--scopes", "read", "--expires", "30d"
    ).stdout.strip()
    assert key.startswith("lince_")
    assert get("/v1/documents", headers=bearer(key)).status_code == 200
    assert get("/v1/documents", headers={"X-API-Key": key}).status_code == 200
    problem(service.client.post("/v1/documents", content=picture("X"), headers=bearer(key)), 403, "forbidden")
    for wrong in (key[:-1] + ("A" if key[-1] != "A" else "B"), key[:-1], "lince_", "x" * 5000):
        problem(get("/v1/documents", headers=bearer(wrong)), 401, "unauthorized")
    listed = lince("keys", "list", "--data", data).stdout
    assert "n8n\tread" in listed and key not in listed
    assert lince("keys", "revoke", "--data", data, key.split("_")[1]).returncode == 0
    problem(get("/v1/documents", headers=bearer(key)), 401, "unauthorized")
    assert key not in (service.folder / "log").read_text()
    assert lince("keys", "create", "--data", data, "--scopes", "all").returncode == 2
    assert lince("keys", "revoke", "--data", data, "none").returncode == 1


def test_beyond_loopback_needs_keys(start):
    service = start("--listen", "0.0.0.0:0", "--start", "manual")
    port = service.address.rsplit(":", 1)[1]
    problem(httpx.get(f"http://127.0.0.1:{port}/v1/documents"), 401, "unauthorized")


def test_limits(start):
    service = start("--start", "manual", "--max-body", "64KB", "--queue-limit", "2", "--max-files", "2")
    post = service.client.post
    problem(post("/v1/documents", content=b"\x89" * 70000), 413, "too-large")

    def dripped():
        for _ in range(70):
            yield b"\x89" * 1000

    problem(post("/v1/documents", content=dripped()), 413, "too-large")
    files = [("file", (f"{i}.png", picture(str(i)))) for i in range(3)]
    problem(post("/v1/documents", files=files), 413, "too-large")
    batch = post("/v1/batches").json()
    for i in range(2):
        service.send(picture(f"N {i}"), params={"batch": batch["id"]})
    service.process.send_signal(signal.SIGSTOP)  # nothing is read between the start and the next upload
    service.process.send_signal(signal.SIGCONT)
    headers = {"X-Long": "y" * 40000}
    assert service.client.get("/livez", headers=headers).status_code == 431


def test_full_queue_and_disk(start):
    service = start("--queue-limit", "1", "--workers", "1", "--timeout", "60s")
    answers = [service.client.post("/v1/documents", content=picture(f"N {i}")) for i in range(6)]
    refused = [a for a in answers if a.status_code != 202]
    assert refused and answers[0].status_code == 202
    for answer in refused:
        problem(answer, 429, "queue-full")
        assert int(answer.headers["retry-after"]) >= 1
    full = start("--disk-limit", "1KB", name="full")
    answer = full.client.post("/v1/documents", content=picture("X"))
    problem(answer, 507, "storage-full")
    assert int(answer.headers["retry-after"]) >= 1


def test_rate_limit(start):
    service = start("--rate-limit", "5", "--start", "manual")
    answers = [service.client.get("/v1/documents") for _ in range(7)]
    assert [a.status_code for a in answers] == [200] * 5 + [429] * 2
    assert answers[0].headers["ratelimit-policy"] == '"minute";q=5;w=60' and "r=4" in answers[0].headers["ratelimit"]
    problem(answers[-1], 429, "too-many-requests")


def talk(service, data, pause=0.0):
    """Raw bytes to the service; gives what came until it hung up."""
    host, port = service.address.split("://")[1].split(":")
    with socket.create_connection((host, int(port)), timeout=30) as connection:
        for piece in data:
            connection.sendall(piece)
            time.sleep(pause)
        got = b""
        while piece := connection.recv(65536):
            got += piece
        return got


def test_slow_clients_and_smuggling(start):
    service = start("--start", "manual", "--request-timeout", "1s", "--keep-alive", "1s")
    begun = time.monotonic()
    assert b"200" not in talk(service, [b"GET /livez HTTP/1.1\r\n"])
    talk(service, [b"GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n"])  # an idle connection is closed
    assert time.monotonic() - begun < 15
    both = b"POST /v1/documents HTTP/1.1\r\nHost: localhost\r\n"
    both += b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    assert b" 400 " in talk(service, [both]).split(b"\r\n")[0]
    assert service.client.get("/livez").status_code == 200


def test_configuration_from_file_environment_and_flags(tmp_path, monkeypatch):
    file = tmp_path / "lince.ini"
    file.write_text("[serve]\nmax-requests = 7\nqueue-limit = 9\n")
    monkeypatch.setenv("LINCE_QUEUE_LIMIT", "11")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    out = lince("config", "--config", file, "--timeout", "5s").stdout
    assert "(file)\nmax-requests = 7" in out and "(environment)\nqueue-limit = 11" in out
    assert "(flag)\ntimeout = 5s" in out and "(built in)\nmemory = 300MB" in out
    file.write_text("max-request = 7\n")
    wrong = lince("config", "--config", file)
    assert wrong.returncode == 2 and "line 1: there is no setting max-request" in wrong.stderr
    assert lince("config", "--memory", "much").returncode == 2
    assert "workers = 1 needs" in lince("serve", "--memory", "60MB", "--data", tmp_path / "d").stderr


def test_a_folder_of_layouts_that_is_not_valid_is_told_before_anything_starts(tmp_path, monkeypatch):
    (tmp_path / "own.json").write_text('{"name": "own",\n "fields": 7}')
    monkeypatch.setenv("LINCE_LAYOUTS", str(tmp_path))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    wrong = lince("serve", "--listen", "127.0.0.1:0", "--data", tmp_path / "data")
    assert wrong.returncode == 2 and "own.json:2:" in wrong.stderr
    assert not (tmp_path / "data").exists()


def test_hangup_reloads(start, tmp_path):
    file = tmp_path / "lince.ini"
    file.write_text("rate-limit = 0\n")
    service = start("--config", file, "--start", "manual")
    file.write_text("rate-limit = 1\n")
    service.process.send_signal(signal.SIGHUP)
    for _ in range(100):
        if service.client.get("/v1/batches").status_code == 429:
            return
        time.sleep(0.05)
    raise AssertionError("the new limit does not hold")


@files_only
def test_backup_restore_check(start):
    service = start("--workers", "1").ready()
    document = service.read(picture("TOTAL 101"))
    data, copy, again = (service.folder / n for n in ("data", "copy", "again"))
    assert lince("backup", "--data", data, copy).returncode == 0
    assert lince("backup", "--data", data, copy).returncode == 74
    assert service.stop() == 0
    assert lince("restore", "--data", again, copy).returncode == 0
    assert lince("restore", "--data", again, copy).returncode == 2
    assert "missing\t0\ndamaged\t0" in lince("check", "--data", again).stdout
    path = again / "images" / document["sha256"][:2] / document["sha256"]
    path.unlink()
    assert lince("check", "--data", again).returncode == 74
    (again / "store.db").unlink()
    path.write_bytes(b"half of")  # as a loss of power may leave it
    assert lince("restore", "--data", again, copy).returncode == 0
    assert "missing\t0\ndamaged\t0" in lince("check", "--data", again).stdout


def test_one_service_a_folder(start):
    service = start("--start", "manual")
    second = lince("serve", "--listen", "127.0.0.1:0", "--data", service.folder / "data")
    assert second.returncode == 74 and "in use" in second.stderr


def test_tls(start, tmp_path):
    made = subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
        + ["-keyout", tmp_path / "key.pem", "-out", tmp_path / "cert.pem"],
        capture_output=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    service = start("--tls-certificate", tmp_path / "cert.pem", "--tls-key", tmp_path / "key.pem", "--start", "manual")
    assert service.address.startswith("https://") and service.client.get("/livez").text == "ok\n"


def test_metrics(service):
    service.read(picture("TOTAL 102"))
    families = {f.name: f for f in text_string_to_metric_families(service.client.get("/metrics").text)}
    assert families["lince_read_duration_seconds"].type == "histogram"
    done = {s.labels["status"]: s.value for s in families["lince_documents"].samples}
    assert done["done"] >= 1
    meters = {s.labels["meter"] for s in families["lince_memory_bytes"].samples}
    assert {"process", "requests", "json", "store"} <= meters


def test_memory_stays_under_the_limit(service, receipt):
    service.read(receipt)
    memory = service.client.get("/v1/memory").json()
    assert memory["pss_bytes"] == sum(p["pss_bytes"] for p in memory["processes"])
    assert memory["store"]["current_bytes"] <= memory["store"]["peak_bytes"]
    assert ON_POSTGRES or memory["store"]["current_bytes"] > 0  # libpq tells no meter
    if memory["limit_bytes"]:
        assert 0 < memory["pss_bytes"] < memory["limit_bytes"]


def test_log_has_no_values(service):
    service.client.get("/v1/documents", params={"text": "mysecretvalue"})
    time.sleep(0.2)
    lines = [line for line in service.logs() if line["event"] == "request"]
    assert lines and {"id", "method", "path", "status", "ms"} <= set(lines[-1])
    assert "mysecretvalue" not in (service.folder / "log").read_text()


def test_retention(start):
    service = start("--workers", "1", "--keep-count", "2", "--keep-images", "1s").ready()
    ids = [service.read(picture(f"TOTAL {101 + i}"))["id"] for i in range(4)]
    for _ in range(200):
        left = [d["id"] for d in service.client.get("/v1/documents").json()["documents"]]
        count = service.image_count()
        if left == ids[:1:-1] and count == 0:
            break
        time.sleep(0.1)
    assert left == ids[:1:-1] and count == 0
    assert service.get(ids[3])["text"] == "TOTAL 104" and service.get(ids[3])["has_image"] is False
    problem(service.client.get(f"/v1/documents/{ids[3]}/image"), 404, "not-found")
