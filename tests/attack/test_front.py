"""Attacks on the front: slow senders, users who read files, weakened encryption, receivers that block others."""

import base64
import http.server
import os
import signal
import socket
import subprocess
import threading
import time

import pytest
from served import PROGRAM, SLOW, picture, problem
from test_operation import talk

# ---- files on disk -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", [0o777, 0o755, 0o750])
def test_files_are_the_owners_alone(start, tmp_path, mode):
    data = tmp_path / "one/data"
    data.mkdir(parents=True)
    previous = os.umask(0)
    try:
        old = [
            "images/aa/f",
            "backups/b/images/aa/f",
            "backups/b/store.db",
            "layouts/mine.json",
            "incoming/x",
            "store.db",
        ]
        for name in old:
            (data / name).parent.mkdir(mode=0o755, parents=True, exist_ok=True)
            (data / name).write_bytes(b"" if name == "store.db" else b"{}")
            (data / name).chmod(0o644)
        aside = tmp_path / "aside"
        aside.touch(mode=0o644)
        (data / "backups/link").symlink_to(aside)
        data.chmod(mode)
        service = start("--start", "manual")
    finally:
        os.umask(previous)
    service.send(picture("N"))
    assert service.client.post("/v1/backups").status_code < 300
    assert len(list((data / "backups").rglob("store.db"))) == 2
    open_to_others = [
        path for path in [data, *data.rglob("*")] if not path.is_symlink() and path.stat().st_mode & 0o077
    ]
    assert open_to_others == []
    assert aside.stat().st_mode & 0o777 == 0o644, "a link was followed"


# ---- slow senders --------------------------------------------------------------------------------------------------


def test_bodies_that_drip_are_cut_off(start):
    service = start("--start", "manual", "--request-timeout", "1s")
    head = (
        b"POST /v1/documents HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\nContent-Length: 900000\r\n\r\n"
    )
    begun = time.monotonic()
    with pytest.raises((BrokenPipeError, ConnectionResetError)):
        talk(service, [head] + [b"x"] * 60, pause=0.3)
    assert time.monotonic() - begun < 12 * SLOW
    assert service.client.get("/livez").status_code == 200


def test_a_body_that_comes_steadily_is_taken(start):
    service = start("--start", "manual", "--request-timeout", "1s")
    image = picture("N") + bytes(20000)

    def slowly():
        for at in range(0, len(image), 2000):
            yield image[at : at + 2000]
            time.sleep(0.2)

    assert service.client.post("/v1/documents", content=slowly()).status_code == 202


def test_answers_that_are_taken_in_drips_are_cut_off(start):
    service = start("--start", "manual", "--request-timeout", "1s")
    port = int(service.address.rsplit(":", 1)[1])
    with socket.socket() as taker:
        taker.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        taker.settimeout(5)
        taker.connect(("127.0.0.1", port))
        taker.sendall(b"GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n" * 60)
        end, are_two = time.monotonic() + 30 * SLOW, True
        while are_two and time.monotonic() < end:
            time.sleep(0.2)
            taker.recv(64)
            are_two = "lince_connections 2" in service.client.get("/metrics").text  # this client's and the taker's
    assert not are_two
    assert service.client.get("/livez").status_code == 200


# ---- encryption ----------------------------------------------------------------------------------------------------


def test_only_strong_encryption_is_spoken(start, tmp_path):
    chain, key = tmp_path / "chain.pem", tmp_path / "key.pem"
    make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    subprocess.run([*make, "-keyout", key, "-out", chain], check=True, capture_output=True)
    service = start("--tls-certificate", str(chain), "--tls-key", str(key), "--start", "manual")
    port = service.address.rsplit(":", 1)[1]

    def speaks(*options):
        told = subprocess.run(
            ["openssl", "s_client", "-connect", f"127.0.0.1:{port}", *options],
            input=b"",
            capture_output=True,
            timeout=30,
            check=False,
        )
        return b"Cipher is (NONE)" not in told.stdout and b"no peer certificate" not in told.stdout

    assert speaks("-tls1_3") and speaks("-tls1_2", "-cipher", "ECDHE-RSA-AES128-GCM-SHA256")
    weak = ["AES128-GCM-SHA256", "ECDHE-RSA-AES128-SHA", "ECDHE-RSA-AES256-SHA384", "DHE-RSA-AES128-SHA"]
    assert [name for name in weak if speaks("-tls1_2", "-cipher", f"{name}:@SECLEVEL=0")] == []
    assert not speaks("-tls1_1", "-cipher", "ALL:@SECLEVEL=0") and not speaks("-tls1", "-cipher", "ALL:@SECLEVEL=0")


def make_certificate(folder, name, *kind):
    """Writes it in the place of the one before; its subject tells it from others."""
    chain, key = folder / "chain.pem", folder / "key.pem"
    make = [
        "openssl",
        "req",
        "-x509",
        *(kind or ("-newkey", "rsa:2048")),
        "-nodes",
        "-days",
        "2",
        "-subj",
        f"/CN={name}",
    ]
    subprocess.run([*make, "-keyout", key, "-out", chain], check=True, capture_output=True)
    return chain, key


def subject(service):
    """Of the certificate that a connection is met with, as `openssl s_client` tells it."""
    port = service.address.rsplit(":", 1)[1]
    told = subprocess.run(
        ["openssl", "s_client", "-connect", f"127.0.0.1:{port}"],
        input=b"",
        capture_output=True,
        timeout=30,
        check=False,
    )
    return next(line for line in told.stdout.decode().splitlines() if line.startswith("subject="))


def reload(service, event):
    """Asks for it, and waits until the log tells that it is done."""
    count = len([line for line in service.logs() if line["event"] == event])
    service.process.send_signal(signal.SIGHUP)
    for _ in range(100 * SLOW):
        lines = [line for line in service.logs() if line["event"] == event]
        if len(lines) > count:
            return lines[-1]
        time.sleep(0.05)
    raise AssertionError(service.logs()[-3:])


def test_certificates_are_read_again(start, tmp_path):
    chain, key = make_certificate(tmp_path, "first")
    service = start("--tls-certificate", str(chain), "--tls-key", str(key), "--start", "manual")
    assert "first" in subject(service)
    assert service.client.get("/livez").status_code == 200
    make_certificate(tmp_path, "second", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1")
    assert "first" in subject(service)  # until it is told
    assert reload(service, "certificate_reloaded")["until"]
    assert "second" in subject(service) and service.client.get("/livez").status_code == 200
    good = {path: path.read_bytes() for path in (chain, key)}
    for broken, text in ((chain, b"nothing"), (chain, b""), (key, b"nothing"), (chain, None), (key, None)):
        broken.write_bytes(text) if text is not None else broken.unlink()
        line = reload(service, "certificate_not_reloaded")
        assert line["level"] == "error" and str(broken) in line["reason"]
        assert "second" in subject(service) and service.client.get("/livez").status_code == 200
        broken.write_bytes(good[broken])
    make_certificate(tmp_path, "third")
    key.write_bytes(good[key])  # of the second
    assert "does not belong" in reload(service, "certificate_not_reloaded")["reason"]
    assert "second" in subject(service)
    for number in range(4):
        make_certificate(tmp_path, f"number{number}")
        reload(service, "certificate_reloaded")
        assert f"number{number}" in subject(service)


def test_a_key_of_another_certificate_is_refused_at_the_start(tmp_path):
    chain, key = make_certificate(tmp_path, "one")
    other = key.read_bytes()
    make_certificate(tmp_path, "two")
    key.write_bytes(other)
    told = subprocess.run(
        [PROGRAM, "serve", "--data", tmp_path / "data", "--tls-certificate", chain, "--tls-key", key],
        capture_output=True,
        timeout=30,
        check=False,
    )
    assert told.returncode == 2 and b"does not belong" in told.stderr


# ---- webhooks ------------------------------------------------------------------------------------------------------


@pytest.fixture
def receivers():
    """One that never answers, one that answers without end, one as it should be."""
    came = []
    stopped = threading.Event()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            self.rfile.read(int(self.headers["Content-Length"]))
            came.append((self.path, time.monotonic()))
            if self.path == "/hangs":
                stopped.wait(10)
                return
            self.send_response(200)
            self.end_headers()
            while self.path == "/endless" and not stopped.is_set():
                self.wfile.write(bytes(65536))

        def log_message(self, *_):
            pass

        def handle_error(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.handle_error = lambda *_: None
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}", came
    stopped.set()
    server.shutdown()


def test_a_receiver_that_hangs_delays_no_other(start, receivers):
    address, came = receivers
    service = start("--start", "manual", "--webhooks-private", "yes")
    hooks = {}
    for path in ("/hangs", "/endless", "/well"):
        hooks[path] = service.client.post("/v1/webhooks", json={"url": address + path}).json()["id"]
    begun = time.monotonic()
    for _ in range(3):
        service.client.post("/v1/batches")
    while len([path for path, _ in came if path != "/hangs"]) < 6 and time.monotonic() - begun < 9 * SLOW:
        time.sleep(0.05)
    assert sorted(path for path, _ in came if path != "/hangs") == ["/endless"] * 3 + ["/well"] * 3
    assert len([path for path, _ in came if path == "/hangs"]) == 1  # one at a time to each
    states = service.client.get(f"/v1/webhooks/{hooks['/endless']}/deliveries").json()["deliveries"]
    assert [(d["state"], d["last_status"], d["last_error"]) for d in states] == [("delivered", 200, "")] * 3


@pytest.mark.parametrize(
    "url",
    ["http://", "http:///x", "ftp://a.org", "http://a b", "http://u:p@a.org/", "http://127.0.0.1/", "http://[::1]/"]
    + ["http://localhost:1/", "http://10.1.2.3/", "http://[fd00::1]/", "http://169.254.169.254/", "file:///etc/passwd"],
)
def test_addresses_are_judged_when_they_are_registered(start, url):
    service = start("--start", "manual")
    problem(service.client.post("/v1/webhooks", json={"url": url}), 422, "invalid")


def test_an_address_that_is_refused_says_so(start):
    service = start("--start", "manual")
    hook = service.client.post("/v1/webhooks", json={"url": "http://ip6-localhost:9/x"}).json()["id"]
    service.client.post("/v1/batches")
    for _ in range(100 * SLOW):
        told = service.client.get(f"/v1/webhooks/{hook}/deliveries").json()["deliveries"]
        if told and told[0]["attempts"]:
            break
        time.sleep(0.05)
    try:
        socket.getaddrinfo("ip6-localhost", 9)
    except OSError:
        return  # no such name here
    assert "private" in told[0]["last_error"]


# ---- answers -------------------------------------------------------------------------------------------------------


def test_conditions_and_caches(start):
    service = start("--start", "manual")
    id_ = service.send(picture("N"))
    path, client = f"/v1/documents/{id_}", service.client
    etag = client.get(path).headers["etag"]
    assert client.get(path).headers["cache-control"] == "no-store"
    for known in (etag, f"W/{etag}", f'"x", {etag}', "*"):
        assert client.get(path, headers={"If-None-Match": known}).status_code == 304, known
    for known in ('"x"', etag.strip('"'), f"{etag}x"):
        assert client.get(path, headers={"If-None-Match": known}).status_code == 200, known
    problem(client.delete(path, headers={"If-Match": '"99"'}), 412, "precondition-failed")
    assert client.delete(path, headers={"If-Match": etag}).status_code == 204


def test_all_that_has_an_etag_heeds_it_and_nothing_is_cached_unasked(start):
    service = start("--start", "manual")
    id_ = service.send(picture("N"))
    paths = (f"/v1/documents/{id_}", f"/v1/documents/{id_}/image", "/page/start.js")
    for path in paths:
        etag = service.client.get(path).headers["etag"]
        for known in (etag, f'"x", {etag}', "*", f"W/{etag.removeprefix('W/')}"):
            answer = service.client.get(path, headers={"If-None-Match": known})
            assert (answer.status_code, answer.content) == (304, b""), (path, known)
            assert answer.headers["etag"] == etag
        for other in ('"x"', etag.removeprefix("W/").strip('"'), etag + "x"):
            assert service.client.get(path, headers={"If-None-Match": other}).status_code == 200, (path, other)
    for path in ("/livez", "/readyz", "/v1/session", "/v1/nothing", "/v1/documents/none", "/openapi.json", "/metrics"):
        assert service.client.get(path).headers["cache-control"] == "no-store", path
    assert service.client.get("/page/start.js").headers["cache-control"] == "no-cache"


def test_a_preference_is_told_only_where_it_was_heeded(start):
    service = start("--workers", "1").ready()

    def sent(prefer, name):
        options = {"headers": {"Prefer": prefer} if prefer else {}, "params": {"name": name}}
        answer = service.client.post("/v1/documents", content=picture(name), **options)
        return answer.status_code, answer.headers.get("preference-applied")

    assert sent("wait=20", "A 1") == (200, "wait=20")
    assert sent("respond-async, wait=20", "A 2") == (200, "wait=20")
    assert sent(None, "A 3") == (202, None) and sent("wait=0", "A 4") == (202, None)
    assert sent("return=minimal", "A 5") == (202, None) and sent("await=20", "A 6") == (202, None)
    assert sent("wait=x", "A 7") == (202, None) and sent("wait=-5", "A 8") == (202, None)


@pytest.mark.skipif(SLOW > 1, reason="under a sanitizer the service has no memory limit to refuse by")
def test_base64_that_is_too_large_is_told_so(start):
    """Of every size: taken, or refused for good; never "later", never without an answer."""
    service = start("--start", "manual", "--max-body", "64MB")
    image, answers = picture("N"), {}
    sizes = [
        100,
        600,
        1000,
        1200,
        1500,
        *range(1530, 1540),
        1600,
        1800,
        2000,
        2300,
        2700,
        3100,
        3500,
        5000,
        9000,
        30000,
    ]
    for size in sizes:
        text = base64.b64encode(image + bytes(size * 1024 - len(image))).decode()
        body = {"idSorteo": "1", "fechaSorteo": "20250101", "numeroLlegada": size, "documento": text}
        answers[size] = service.client.post("/api/n8n/webhook/document_ingestion", json=body).status_code
    assert set(answers.values()) == {202, 413} and answers[1000] == 202 and answers[3500] == 413, answers
    assert sorted(answers.values()) == list(answers.values())


def test_encodings_that_are_not_taken(start):
    service = start("--start", "manual")
    for coding in ("gzip", "br", "deflate"):
        answer = service.client.post("/v1/documents", content=picture("N"), headers={"Content-Encoding": coding})
        problem(answer, 415, "unsupported-media-type")


def test_a_wrong_key_is_told_from_none(start):
    service = start("--keys", "required", "--start", "manual")
    assert "invalid_token" not in service.client.get("/v1/documents").headers["www-authenticate"]
    wrong = service.client.get("/v1/documents", headers={"X-API-Key": "lince_0000000000000000_x"})
    assert 'error="invalid_token"' in wrong.headers["www-authenticate"]
