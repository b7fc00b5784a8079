"""A worker that an image has taken over keeps what it was given and reaches nothing else."""

import os
import struct
import time
from pathlib import Path

import pytest
from served import SLOW, picture

NOTE = struct.Struct("56sii")
TRIES = 128
UNTRIED, BEGUN, REFUSED, SUCCEEDED = range(4)

pytestmark = pytest.mark.skipif(bool(os.environ.get("LINCE_SANITIZER")), reason="a sanitizer's calls are its own")


def notes(path, of_thread):
    data = path.read_bytes()
    rows = [NOTE.unpack_from(data, (i + TRIES * of_thread) * NOTE.size) for i in range(TRIES)]
    return {name.rstrip(b"\0").decode(): state for name, state, _ in rows if name.rstrip(b"\0")}


@pytest.mark.parametrize("of_thread", [False, True])
def test_what_a_hostile_program_in_a_workers_place_reaches(start, tmp_path, of_thread):
    path = tmp_path / "notes"
    path.write_bytes(bytes(NOTE.size * TRIES * 2))
    preload = {"LD_PRELOAD": os.environ["LINCE_PRELOAD_HOSTILE"], "HOSTILE": str(path)}
    preload["HOSTILE_STORE"] = str(tmp_path / "one/data/store.db")
    if of_thread:
        preload["HOSTILE_THREAD"] = "1"
    service = start("--workers", "1", env=preload)
    deadline = time.monotonic() + 60 * SLOW
    while (not notes(path, of_thread) or UNTRIED in notes(path, of_thread).values()) and time.monotonic() < deadline:
        service.client.post("/v1/documents", content=picture("N"))  # wakes it
        time.sleep(0.1)
    found = notes(path, of_thread)
    assert len(found) > 70
    assert [name for name, state in found.items() if state in (SUCCEEDED, UNTRIED)] == []
    assert service.client.get("/livez").status_code == 200 and (service.folder / "data/store.db").stat().st_size > 0


def status(pid):
    lines = (line.split(":\t", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines() if ":\t" in line)
    return dict(lines)


def test_what_a_worker_holds(start):
    service = start("--workers", "1", "--runtime-intra-op-threads", "2").ready()
    service.read(picture("TOTAL 1,00"))
    (pid,) = service.workers()
    told = status(pid)
    assert told["NoNewPrivs"] == "1" and int(told["CapEff"], 16) == int(told["CapPrm"], 16) == 0
    threads = list(Path(f"/proc/{pid}/task").iterdir())
    assert len(threads) > 1
    for thread in threads:
        assert status(thread.name)["Seccomp"] == "2"
    held = {os.readlink(f) for f in Path(f"/proc/{pid}/fd").iterdir()}
    strange = [
        name
        for name in held
        if not name.startswith((f"/proc/{pid}/", "socket:", "pipe:", "/sys/fs/cgroup/"))
        and name not in ("/dev/null", str(service.folder / "log"))
    ]
    assert strange == []
    assert service.client.get("/v1/memory/report", params={"process": pid}).json()["system"]["resident_bytes"] > 0


def test_the_front_tells_nobody_its_memory(tmp_path_factory):
    """Not even to programs of its own user: the kernel gives its files under /proc to root."""
    import subprocess

    from served import MODELS, PROGRAM

    folder = tmp_path_factory.mktemp("plain")
    user = {}
    if os.getuid() == 0:
        for path in (folder, *folder.parents[:2]):
            path.chmod(0o777)
        user = {"user": 65534, "group": 65534, "extra_groups": []}
    process = subprocess.Popen(
        [PROGRAM, "serve", "--listen", "127.0.0.1:0", "--data", folder / "data", "--start", "manual"],
        stdout=subprocess.PIPE,
        env={"LINCE_MODELS": str(MODELS)},
        **user,
    )
    try:
        assert process.stdout.readline()
        assert Path(f"/proc/{process.pid}/mem").stat().st_uid == 0
        assert status(process.pid)["Uid"].split()[0] != "0"
    finally:
        process.terminate()
        assert process.wait(60 * SLOW) == 0
        process.stdout.close()
