"""Who takes every connection, or guesses keys: health, clients with a key, and everybody else still get in."""

import contextlib
import re
import socket
import subprocess
import time

import pytest
from served import PROGRAM, SLOW, problem, until

KEEP = b"Host: localhost\r\n"
SENDING = b"POST /v1/documents HTTP/1.1\r\nContent-Type: image/png\r\nContent-Length: 90000\r\n" + KEEP + b"\r\n\x89PNG"


def connect(service, first=b"", source="127.0.0.1"):
    host, port = service.address.split("://")[1].split(":")
    connection = socket.create_connection((host, int(port)), timeout=5 * SLOW, source_address=(source, 0))
    connection.sendall(first)
    return connection


def ask(service, path, *headers, source="127.0.0.1"):
    """A connection of its own for one request; its status and all that came."""
    lines = b"".join(header.encode() + b"\r\n" for header in headers)
    got = b""
    with contextlib.suppress(OSError), connect(service, b"", source) as connection:
        connection.sendall(b"GET " + path.encode() + b" HTTP/1.1\r\n" + KEEP + lines + b"\r\n")
        while data := connection.recv(65536):
            got += data
            if b"\r\n\r\n" in got and b"Connection: close" not in got:
                break
    return int(got.split(b" ", 2)[1]) if got else 0, got


def figure(service, name, **labels):
    text = service.client.get("/metrics").text
    wanted = f"lince_{name}" + ("{" + ",".join(f'{k}="{v}"' for k, v in labels.items()) + "}" if labels else "")
    return int(re.search(re.escape(wanted) + r" (\d+)", text)[1])


@pytest.fixture
def crowd():
    """Connections that are closed at the end of the test, whatever came of them."""
    held = []
    yield held
    for connection in held:
        connection.close()


def make_key(service, scopes="read"):
    command = [PROGRAM, "keys", "create", "--data", service.folder / "data", "--name", "t", "--scopes", scopes]
    return re.search(r"lince_\S+", subprocess.run(command, capture_output=True, text=True, check=True).stdout)[0]


def test_those_that_drip_heads_make_room_for_others(start, crowd):
    """More connections than there may be, from many addresses, a byte at a time."""
    service = start("--start", "manual", "--connections", "64", "--address-connections", "64")
    for number in range(80):
        crowd.append(connect(service, b"GET /v1/doc", source=f"127.0.0.{2 + number % 50}"))
    time.sleep(1.2)
    assert ask(service, "/v1/documents")[0] == 200  # although the last of the crowd still waits beyond the share
    for _ in range(3):
        for connection in crowd:
            with contextlib.suppress(OSError):
                connection.sendall(b"u")
        begun = time.monotonic()
        assert ask(service, "/livez")[0] == 200 and ask(service, "/v1/documents")[0] == 200
        assert time.monotonic() - begun < 5 * SLOW
    assert figure(service, "connections_evicted_total") >= 16


def test_those_that_wait_leave_health_its_place(start, crowd):
    service = start("--start", "manual", "--connections", "64", "--address-connections", "64")
    for number in range(62):
        crowd.append(connect(service, SENDING, f"127.0.0.{2 + number % 50}"))
    time.sleep(0.5)
    status, got = ask(service, "/v1/documents")
    assert status == 503 and b"Connection: close" in got and b"Retry-After" in got
    for _ in range(10):
        status, got = ask(service, "/livez")
        assert status == 200 and b"Connection: close" in got
    for connection in crowd:
        connection.close()
    time.sleep(0.5)
    assert ask(service, "/v1/documents")[0] == 200
    assert figure(service, "connections_refused_total", reason="full") >= 1


def test_those_that_wait_leave_clients_with_a_key_their_place(start, crowd):
    service = start("--start", "manual", "--keys", "required", "--connections", "64", "--address-connections", "64")
    good, own = make_key(service), make_key(service, "admin")
    for number in range(62):
        head = b"GET /v1/events HTTP/1.1\r\nX-API-Key: " + good.encode() + b"\r\n" + KEEP + b"\r\n"
        crowd.append(connect(service, head, f"127.0.0.{2 + number % 50}"))
    time.sleep(1)
    assert ask(service, "/livez")[0] == 200  # of what even they do not get
    for connection in crowd:
        connection.close()
    crowd.clear()
    time.sleep(0.5)
    for number in range(80):  # without a key they are many, and hold bodies that have not ended
        head = b"POST /v1/session HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n" + KEEP
        crowd.append(connect(service, head + b"\r\n" + b" " * 50000, f"127.0.0.{2 + number % 50}"))
    time.sleep(0.5)
    assert ask(service, "/v1/documents")[0] in (401, 503)
    # Long before their bodies are too late; what was closed above may still be counted for a moment.
    until(lambda: ask(service, "/v1/documents", f"X-API-Key: {own}")[0] == 200, seconds=4)
    status, got = ask(service, "/v1/documents", f"X-API-Key: {own}")
    assert status == 200 and b'"documents"' in got


def test_one_address_has_its_share(start, crowd):
    service = start("--start", "manual", "--connections", "64", "--address-connections", "10")
    for _ in range(10):
        crowd.append(connect(service, SENDING))
    time.sleep(0.5)
    status, got = ask(service, "/v1/documents")
    assert status == 429 and b"too-many-connections" in got and b"Connection: close" in got
    assert ask(service, "/livez")[0] == 200  # a watchman has the same address, often
    assert ask(service, "/v1/documents", source="127.0.0.9")[0] == 200
    crowd.pop().close()
    time.sleep(0.5)
    assert ask(service, "/v1/documents")[0] == 200


def test_one_address_takes_nobody_elses_places(start, crowd):
    """Connections beyond an address's share wait, as many as there may be: others are served all the same."""
    service = start("--start", "manual", "--connections", "64", "--address-connections", "10")
    for _ in range(10):
        crowd.append(connect(service, SENDING))
    quiet = connect(service, b"GET /v1/documents HTTP/1.1\r\n" + KEEP + b"\r\n", "127.0.0.8")
    crowd.append(quiet)
    assert b" 200 " in quiet.recv(65536)
    time.sleep(1.2)  # long enough for it to count as idle
    for _ in range(60):
        crowd.append(connect(service, b"GET /"))
    for _ in range(3):
        assert ask(service, "/v1/documents", source="127.0.0.9")[0] == 200
    quiet.sendall(b"GET /v1/documents HTTP/1.1\r\n" + KEEP + b"\r\n")
    assert b" 200 " in quiet.recv(65536)


def test_what_is_beyond_the_share_and_says_nothing_is_closed_soon(start, crowd):
    service = start("--start", "manual", "--connections", "64", "--address-connections", "5")
    for _ in range(5):
        crowd.append(connect(service, b"GET /v1/events HTTP/1.1\r\n" + KEEP + b"\r\n"))
    time.sleep(0.3)
    silent = connect(service, b"GET /")
    begun = time.monotonic()
    assert silent.recv(1) == b"" and time.monotonic() - begun < 8 * SLOW
    silent.close()


def test_an_address_has_half_unless_told(start, crowd):
    service = start("--start", "manual", "--connections", "40")
    for _ in range(20):
        crowd.append(connect(service, b"GET /v1/events HTTP/1.1\r\n" + KEEP + b"\r\n"))
    time.sleep(0.5)
    assert ask(service, "/v1/documents")[0] == 429
    assert ask(service, "/v1/documents", source="127.0.0.9")[0] == 200


def test_wrong_keys_are_counted_and_slowed(start):
    service = start("--start", "manual", "--keys", "required", "--wrong-keys", "5")
    good = make_key(service)
    wrong = [f"X-API-Key: lince_{number:016x}_x" for number in range(8)]
    statuses = [ask(service, "/v1/documents", key)[0] for key in wrong]
    assert statuses == [401] * 5 + [429] * 3
    answer = service.client.post("/v1/session", json={"key": "lince_0000000000000000_x"})
    assert problem(answer, 429, "too-many-wrong-keys") and int(answer.headers["retry-after"]) > 0
    assert answer.headers["connection"] == "close"
    assert service.client.post("/api/validate_api_key", json={"api_key": "x"}).status_code == 429
    assert service.client.get("/v1/session", headers={"X-API-Key": wrong[0][11:]}).status_code == 429
    assert service.client.get("/v1/session").status_code == 200
    assert ask(service, "/v1/documents", f"X-API-Key: {good}")[0] == 200  # the right one is never slowed
    assert ask(service, "/v1/documents", wrong[0], source="127.0.0.9")[0] == 401
    assert ask(service, "/v1/documents")[0] == 401  # none is no wrong one
    text = service.client.get("/metrics", headers={"X-API-Key": make_key(service, "admin")}).text
    assert int(re.search(r"lince_wrong_keys_total (\d+)", text)[1]) >= 10
