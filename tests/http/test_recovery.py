"""kill -9 of any process at any moment: nothing is lost or duplicated, and poisoned jobs are set aside."""

import contextlib
import os
import random
import signal
import socket
import threading
import time
from pathlib import Path

import httpx
import pytest
from served import SLOW, picture, problem


def test_supervisor_killed_while_reading(start):
    service = start("--workers", "1").ready()
    ids = [service.send(picture(f"TOTAL {101 + i}")) for i in range(4)]
    service.restart()
    assert [service.wait(id_)["text"] for id_ in ids] == [f"TOTAL {101 + i}" for i in range(4)]
    assert len(service.client.get("/v1/documents").json()["documents"]) == 4


def test_worker_killed_once_costs_one_retry(start, receipt):
    service = start("--workers", "1").ready()
    id_ = service.send(receipt)
    while service.get(id_)["status"] != "reading":
        time.sleep(0.01)
    os.kill(service.workers()[0], signal.SIGKILL)
    assert service.wait(id_)["status"] == "done"
    assert any(line["event"] == "worker_died" for line in service.logs())


def test_two_kills_poison_the_job_and_the_service_goes_on(start, receipt):
    service = start("--workers", "1").ready()
    poison = service.send(receipt)
    after = service.send(picture("DESPUES"))
    killed = set()
    while len(killed) < 2 and service.get(poison)["status"] in ("queued", "reading"):
        for pid in service.workers():
            if service.get(poison)["status"] == "reading" and pid not in killed:
                try:
                    os.kill(pid, signal.SIGKILL)
                    killed.add(pid)
                except ProcessLookupError:
                    pass
        time.sleep(0.02)
    document = service.wait(poison)
    if document["status"] == "done":
        pytest.skip("the reading was quicker than the second kill")
    assert document["status"] == "poisoned" and document["error"]["code"] == "crash"
    assert service.client.get(f"/v1/documents/{poison}/image").content == receipt
    assert service.wait(after)["text"] == "DESPUES"


def test_a_reading_that_takes_too_long(start, receipt):
    service = start("--workers", "1", "--timeout", "1ms").ready()
    document = service.read(receipt)
    assert document["status"] == "poisoned" and document["error"]["code"] == "timeout"


def test_workers_are_replaced_without_a_pause(start):
    service = start("--workers", "1", "--max-requests", "3", "--max-requests-jitter", "0").ready()
    first = service.workers()[0]
    for i in range(5):
        assert service.read(picture(f"N {i}"))["status"] == "done"
    deadline = time.monotonic() + 30 * SLOW
    while first in service.workers():  # it ends beside those that read on
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_workers_are_locked_down(start):
    service = start("--workers", "1").ready()
    status = dict(
        line.split(":\t", 1)
        for line in Path(f"/proc/{service.workers()[0]}/status").read_text().splitlines()
        if ":\t" in line
    )
    assert status["Seccomp"] == "2" and status["NoNewPrivs"] == "1"
    limits = Path(f"/proc/{service.workers()[0]}/limits").read_text()
    assert "Max file size             0                    0" in limits


def test_sigterm_drains(start):
    service = start("--workers", "1").ready()
    ids = [service.send(picture(f"N {i}")) for i in range(3)]
    assert service.stop() == 0
    service.start()
    assert all(service.wait(id_)["status"] == "done" for id_ in ids)


def ask_on(address, stopping, statuses):
    """Reads and uploads until told to stop, whatever is answered, or not."""
    while not stopping.is_set():
        try:
            with httpx.Client(base_url=address, timeout=10) as client:
                for _ in range(5):
                    statuses.append(client.get("/metrics").status_code)
                    answer = client.post("/v1/documents", content=picture("N"), headers={"Content-Type": "image/png"})
                    statuses.append(answer.status_code)
        except httpx.TransportError:
            time.sleep(0.01)


def test_sigterm_in_the_midst_of_requests(start):
    service = start("--start", "manual", "--workers", "1")
    stopping, statuses = threading.Event(), []
    clients = [threading.Thread(target=ask_on, args=(service.address, stopping, statuses)) for _ in range(4)]
    for client in clients:
        client.start()
    while len(statuses) < 40:
        time.sleep(0.01)
    began = time.monotonic()
    code = service.stop()
    stopping.set()
    for client in clients:
        client.join()
    assert code == 0 and time.monotonic() - began < 15 * SLOW
    assert set(statuses) <= {200, 202, 503} and 202 in statuses


def test_a_request_under_way_is_answered_while_draining_and_new_uploads_are_sent_away(start):
    service = start("--start", "manual", "--workers", "1")
    body = picture("N 1")
    host, port = service.address.split("://")[1].split(":")
    head = "POST /v1/documents HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\n"
    head += f"Content-Length: {len(body)}\r\n\r\n"
    with socket.create_connection((host, int(port)), timeout=30 * SLOW) as slow:
        slow.sendall(head.encode() + body[:10])
        time.sleep(0.2)  # until its head has been taken
        service.process.send_signal(signal.SIGTERM)
        while service.client.get("/readyz").status_code != 503:
            time.sleep(0.02)
        refused = service.client.post("/v1/documents", content=body, headers={"Content-Type": "image/png"})
        assert problem(refused, 503, "unavailable") and refused.headers["connection"] == "close"
        slow.sendall(body[10:])
        assert slow.recv(65536).startswith(b"HTTP/1.1 202 ")
    assert service.process.wait(30 * SLOW) == 0


@pytest.mark.parametrize("seed", [1])
def test_random_kills(start, seed):
    """A short form of `make chaos`."""
    chance = random.Random(seed)
    service = start("--workers", "2").ready()
    sent = {}
    for number in range(24):
        sent[service.send(picture(f"TOTAL {101 + number}"))] = f"TOTAL {101 + number}"
        action = chance.random()
        if action < 0.15:
            service.restart()
        elif action < 0.4:
            workers = service.workers()
            if workers:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(chance.choice(workers), signal.SIGKILL)
        time.sleep(chance.random() * 0.1 * SLOW)
    for id_, text in sent.items():
        document = service.wait(id_)
        assert document["status"] in ("done", "poisoned"), document
        assert document["status"] == "poisoned" or document["text"] == text
    assert len(service.client.get("/v1/documents", params={"limit": 200}).json()["documents"]) == len(sent)
