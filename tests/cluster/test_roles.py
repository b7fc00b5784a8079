"""Nodes that only answer, or only read; how one stops; what an autoscaler is told."""

import itertools
import re
import signal
import subprocess
import time

import database
import pytest
from served import PROGRAM, SLOW, Service, picture, problem

pytestmark = pytest.mark.skipif(not database.is_there(), reason="PostgreSQL is not installed")


@pytest.fixture
def begin(server, tmp_path):
    """Starts a node in a role, on one database."""
    address, started, numbers = server.make(), [], itertools.count()

    def make(role, *options):
        folder = tmp_path / str(next(numbers))
        folder.mkdir()
        started.append(Service(folder, "--role", role, *options, env={"LINCE_STORE": address}))
        return started[-1].ready()

    make.ask = lambda text: server.ask_store(text, address)
    yield make
    for node in started:
        if node.process.poll() is None:
            assert node.stop() == 0


def figure(node, name):
    return float(re.search(rf"^lince_{name} (\S+)$", node.client.get("/metrics").text, re.MULTILINE)[1])


def test_one_answers_and_another_reads(begin):
    front = begin("front")
    assert figure(front, "workers") == 1
    ids = [front.send(picture(f"NUMERO {number}")) for number in range(4)]
    time.sleep(1.5)
    assert {front.get(id_)["status"] for id_ in ids} == {"queued"}
    assert figure(front, "queue_length") == 4 and 1 <= figure(front, "queue_oldest_seconds") < 60 * SLOW
    assert figure(front, "workers_busy_share") == 0
    now = front.client.post("/v1/read", content=picture("AHORA 1,23"), headers={"Content-Type": "image/png"})
    assert now.status_code == 200 and "AHORA" in now.text, "what a client waits for a front reads itself"
    worker = begin("worker", "--workers", "1")
    for id_ in ids:
        assert front.wait(id_)["status"] == "done"
    assert figure(worker, "read_duration_seconds_count") == 4 and figure(front, "read_duration_seconds_count") == 1
    assert figure(front, "queue_oldest_seconds") == 0 and figure(worker, "queue_length") == 0
    assert figure(worker, "workers_busy_seconds_total") > 0 and 0 < figure(worker, "workers_busy_share") <= 1
    for path in ("/v1/documents", "/", "/v1/events", f"/v1/documents/{ids[0]}"):
        problem(worker.client.get(path), 503, "unavailable")
    refused = worker.client.post("/v1/documents", content=picture("X"), headers={"Content-Type": "image/png"})
    problem(refused, 503, "unavailable")
    for path in ("/livez", "/readyz", "/metrics", "/v1/memory"):
        assert worker.client.get(path).status_code == 200
    waited = front.client.post(
        "/v1/documents", content=picture("ESPERA"), headers={"Content-Type": "image/png", "Prefer": "wait=20"}
    )
    assert waited.status_code == 200 and waited.json()["status"] == "done"


def test_a_node_that_stops_ends_what_it_reads_and_takes_no_more(begin):
    front = begin("front")
    one = begin("worker", "--workers", "1")
    ids = [front.send(picture(f"COLA {number}")) for number in range(30)]
    while begin.ask("SELECT count(*) FROM jobs WHERE lease IS NOT NULL") == "0":
        time.sleep(0.02)
    assert one.stop(signal.SIGTERM) == 0
    assert begin.ask("SELECT count(*) FROM jobs WHERE lease IS NOT NULL OR lapses>0 OR kills>0") == "0"
    assert begin.ask("SELECT count(*) FROM documents WHERE status='reading'") == "0"
    assert int(begin.ask("SELECT count(*) FROM jobs")) > 0
    begin("worker", "--workers", "2")
    assert {front.wait(id_, 120)["status"] for id_ in ids} == {"done"}
    assert begin.ask("SELECT count(*) FROM events WHERE type='document.done'") == "30"


def test_an_old_document_read_again_has_not_waited_since_it_came(begin):
    front = begin("front")
    worker = begin("worker", "--workers", "1")
    sent = front.send(picture("OTRA VEZ"))
    assert front.wait(sent)["status"] == "done"
    assert worker.stop() == 0
    begin.ask("UPDATE documents SET received_ms=received_ms-1000000")
    assert front.client.post(f"/v1/documents/{sent}/reread", json={}).status_code < 300
    end = time.monotonic() + 10
    while figure(front, "queue_length") != 1:  # it is counted twice a second
        assert time.monotonic() < end
        time.sleep(0.1)
    assert figure(front, "queue_oldest_seconds") < 100


@pytest.mark.parametrize("role", ["front", "worker"])
def test_alone_a_node_does_both(tmp_path, role):
    command = [PROGRAM, "serve", "--role", role, "--listen", "127.0.0.1:0", "--data", tmp_path / "data"]
    done = subprocess.run(command, env={"LC_ALL": "C.UTF-8"}, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 2 and "--store" in done.stderr
