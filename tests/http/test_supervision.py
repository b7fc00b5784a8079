"""What the service manager and an operator see: readiness, watchdog, passed sockets, workers and their limits."""

import io
import itertools
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PIL import Image
from served import MODELS, PROGRAM, SLOW, Service, picture, until


@pytest.fixture
def manager(tmp_path):
    """The socket of a system's manager; gives a function that waits for what the service tells it."""
    path = tmp_path / "notify"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as own:
        own.bind(str(path))
        own.settimeout(20 * SLOW)

        def told(what):
            while what not in (got := own.recv(4096).decode()):
                pass
            return got

        told.path = path
        yield told


def test_manager_is_told(start, manager):
    service = start("--start", "manual", env={"NOTIFY_SOCKET": str(manager.path), "WATCHDOG_USEC": "400000"})
    manager("READY=1")
    told = []
    for _ in range(4):
        manager("WATCHDOG=1")
        told.append(time.monotonic())
    assert min(after - before for before, after in itertools.pairwise(told)) < 0.4
    service.process.send_signal(signal.SIGHUP)
    assert re.search(r"MONOTONIC_USEC=\d+", manager("RELOADING=1"))
    manager("READY=1")
    assert service.stop() == 0
    manager("STOPPING=1")


def test_abstract_socket_of_the_manager(start):
    name = f"lince-test-{os.getpid()}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as own:
        own.bind(f"\0{name}")
        own.settimeout(20)
        start("--start", "manual", env={"NOTIFY_SOCKET": f"@{name}"})
        assert own.recv(100) == b"READY=1"


def test_socket_activation(tmp_path):
    """The listening socket comes from outside, with a client in it from before the service was there."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        early = socket.create_connection(listening.getsockname())
        early.sendall(b"GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n")
        program = (
            "import os, sys; os.dup2(int(sys.argv[1]), 3); os.set_inheritable(3, True);"
            "os.environ.update(LISTEN_PID=str(os.getpid()), LISTEN_FDS='1');"
            "os.execv(sys.argv[2], sys.argv[2:])"
        )
        process = subprocess.Popen(
            [sys.executable, "-c", program, str(listening.fileno()), PROGRAM]
            + ["serve", "--listen", "192.0.2.1:1", "--data", tmp_path / "data", "--start", "manual", "--memory", "0"],
            pass_fds=[listening.fileno()],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "LINCE_MODELS": str(MODELS), "LC_ALL": "C.UTF-8"},
        )
        assert f":{listening.getsockname()[1]}" in process.stdout.readline().decode()
        early.settimeout(20)
        assert early.recv(4096).startswith(b"HTTP/1.1 200")
        early.close()
        process.terminate()
        assert process.wait(30) == 0
        process.stdout.close()


SLOW_LOAD = os.environ.get("LINCE_PRELOAD_SLOW_LOAD", "")


@pytest.mark.skipif(not SLOW_LOAD or SLOW > 1, reason="a sanitizer has to come first in the process")
def test_recycling_costs_no_request_its_time(start):
    load_seconds = 4  # a successor begins some images ahead
    few = ("--workers", "1", "--max-requests", "4", "--max-requests-jitter", "2")
    service = start(*few, env={"LD_PRELOAD": SLOW_LOAD, "SLOW_LOAD": str(load_seconds)}).ready()

    def recycles():
        return int(re.search(r"\nlince_worker_recycles_total (\d+)", service.client.get("/metrics").text)[1])

    end = time.monotonic() + 60
    while recycles() < 3:
        assert time.monotonic() < end, service.logs()
        began = time.monotonic()
        service.read(picture("TOTAL 101"))
        assert time.monotonic() - began < load_seconds / 2, "this one waited until the next worker was loaded"
        time.sleep(0.1)  # a used-up worker reads so many images more at most


def test_workers_that_cannot_start_are_tried_less_and_less(start, tmp_path):
    service = start("--models", str(tmp_path), "--workers", "1")
    time.sleep(2.5)
    assert service.client.get("/readyz").status_code == 503
    assert service.client.get("/livez").status_code == 200
    id_ = service.send(picture("TOTAL 101"))

    def failed():
        return [line for line in service.logs() if line["event"] == "worker_not_started"]

    assert len(failed()) <= 8  # in seconds; a busy machine takes longer for each
    assert until(lambda: len(failed()) >= 2 and failed())[0]["reason"] == "model"
    assert service.get(id_)["status"] == "queued"


def facts(pid):
    return dict(line.split(":\t", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines() if ":\t" in line)


def test_what_a_worker_holds_and_may(start):
    service = start("--workers", "1").ready()
    service.read(picture("TOTAL 101"))
    pid = service.workers()[0]
    status = facts(pid)
    assert status["Seccomp"] == "2" and status["NoNewPrivs"] == "1"
    limits = Path(f"/proc/{pid}/limits").read_text()
    for name in ("Max file size", "Max core file size", "Max locked memory"):
        assert re.search(name + r"\s+0\s+0", limits), limits
    assert re.search(r"Max open files\s+32\s+32", limits)
    held = {int(p.name): os.readlink(p) for p in Path(f"/proc/{pid}/fd").iterdir()}
    assert held[0] == "/dev/null" and held[3].startswith("socket:")
    # Beside standard streams and the socket pair: only models, which are mapped; nothing of the store.
    assert not any(str(service.folder / "data") in path for path in held.values()), held
    assert len([path for path in held.values() if path.startswith("socket:")]) == 1, held


@pytest.mark.skipif(SLOW > 1, reason="a sanitizer's own pages hide what is shared")
def test_weights_are_shared(start):
    service = start("--workers", "2").ready()
    memory = service.client.get("/v1/memory").json()
    while sum(p["role"] == "worker" for p in memory["processes"]) < 2:
        memory = service.client.get("/v1/memory").json()
    for process in memory["processes"]:
        if process["role"] == "worker":
            assert process["pss_bytes"] < process["resident_bytes"] - (8 << 20)


def test_a_worker_that_dies_without_work_is_replaced(start):
    service = start("--workers", "1").ready()
    os.kill(service.workers()[0], signal.SIGKILL)
    assert service.read(picture("TOTAL 101"))["text"] == "TOTAL 101"


BALLAST = os.environ.get("LINCE_PRELOAD_BALLAST", "")


def stacked(receipt, count):
    """The receipt several times over, one below the other: takes as much longer to read."""
    with Image.open(io.BytesIO(receipt)) as one:
        whole = Image.new("RGB", (one.width, one.height * count))
        for i in range(count):
            whole.paste(one, (0, i * one.height))
    out = io.BytesIO()
    whole.save(out, "JPEG")
    return out.getvalue()


@pytest.mark.skipif(not BALLAST or SLOW > 1, reason="a sanitizer has to come first in the process, and has no limit")
def test_memory_alerts_and_the_largest_worker_ends(start, tmp_path, receipt):
    """A worker takes memory that nothing of ours counts: that is told, and it ends; its image is read again."""
    ballast = tmp_path / "ballast"
    ballast.write_bytes(bytes(64))
    receipt = stacked(receipt, 16)  # after a short image the worker would go as grown, before anybody looked
    service = start("--workers", "1", "--memory", "150MB", env={"LD_PRELOAD": BALLAST, "BALLAST": str(ballast)}).ready()
    first = service.workers()[0]
    id_ = service.send(receipt)
    while service.get(id_)["status"] != "reading":
        time.sleep(0.01)
    with ballast.open("r+b") as file:
        file.write(f"{first} 140".encode())
    assert service.wait(id_)["status"] == "done"
    for _ in range(100 * SLOW):
        told = [line["event"] for line in service.logs() if line["event"].startswith("memory.")]
        if told[-1:] == ["memory.normal"]:
            break
        time.sleep(0.1)
    assert told[-1:] == ["memory.normal"] and "memory.over" in told
    assert first not in service.workers()
    assert re.search(r"\nlince_worker_sheds_total [1-9]", service.client.get("/metrics").text)
    kinds = []
    with service.client.stream("GET", "/v1/events", headers={"Last-Event-ID": "0"}) as stream:
        for line in stream.iter_lines():
            kinds += [line[7:]] if line.startswith("event: ") else []
            if kinds[-1:] == ["memory.normal"]:
                break
    assert "memory.over" in kinds
    assert service.get(id_)["error"] is None


def test_limits_that_are_too_small_are_named(tmp_path):
    for limit, workers in (("60MB", "1"), ("128MB", "2")):
        refused = subprocess.run(
            [PROGRAM, "serve", "--listen", "127.0.0.1:0", "--data", tmp_path / "d", "--memory", limit]
            + ["--workers", workers],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
        )
        assert refused.returncode == 75
        needed = re.search(r"needs (\d+) MB", refused.stderr)[1]
        folder = tmp_path / limit
        folder.mkdir()
        if SLOW == 1:  # and that is enough
            service = Service(folder, "--memory", f"{needed}MB", "--workers", workers).ready()
            assert service.read(picture("TOTAL 101"))["text"] == "TOTAL 101"
            assert service.stop() == 0
