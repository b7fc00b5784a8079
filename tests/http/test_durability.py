"""A full or read-only disk, loss of power, clocks that jump, damaged tables: what was promised is kept."""

import concurrent.futures
import contextlib
import os
import resource
import signal
import sqlite3
import subprocess
import threading
import time
from pathlib import Path

import httpx
import pytest
from served import FINAL, PROGRAM, SLOW, files_only, picture, problem, sqlite_schema
from test_learn import teach

CLOCK = os.environ.get("LINCE_PRELOAD_CLOCK", "")
POWER = os.environ.get("LINCE_PRELOAD_POWER", "")


def lince(*arguments):
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, timeout=60, check=False)


@pytest.fixture
def disk(tmp_path):
    """A small disk of its own; the test is left out where none can be mounted."""
    place = tmp_path / "disk"
    place.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "lince", place], capture_output=True, check=False)
    if made.returncode != 0:
        pytest.skip(f"no small disk can be mounted here: {made.stderr.decode().strip()}")
    yield place
    subprocess.run(["umount", "-l", place], check=True)


def on_disk(start, disk, *options):
    """A service whose data are on that disk."""
    (disk / "data").mkdir(exist_ok=True)
    folder = disk.parent / "one"
    folder.mkdir()
    (folder / "data").symlink_to(disk / "data")
    return start("--workers", "1", "--disk-reserve", "0", *options).ready()


def big(number, size=200_000):
    """A picture with that many bytes after its end, of which each upload has others."""
    return picture(f"TOTAL {101 + number}") + os.urandom(size)


@files_only
def test_full_disk(start, disk):
    service = on_disk(start, disk)
    kept = {}
    for number in range(40):
        body = big(number)
        answer = service.client.post("/v1/documents", content=body, headers={"Content-Type": "image/png"})
        if answer.status_code != 202:
            problem(answer, 507, "storage-full")
            assert int(answer.headers["retry-after"]) >= 1
            break
        kept[answer.json()["id"]] = (f"TOTAL {101 + number}", body)
    assert kept and answer.status_code == 507
    with (disk / "filler").open("wb") as file, pytest.raises(OSError):
        while True:  # not one byte is left: not even for what is read meanwhile
            file.write(bytes(65536))
            file.flush()
    service.client.post("/v1/documents", content=picture("X"), headers={"Content-Type": "image/png"})
    time.sleep(0.5)
    subprocess.run(["mount", "-o", "remount,size=8m", disk], check=True)
    for id_, (text, body) in kept.items():
        assert service.wait(id_)["text"] == text
        assert service.client.get(f"/v1/documents/{id_}/image").content == body
    assert service.client.get("/livez").status_code == 200
    victim = next(iter(kept))
    assert service.client.delete(f"/v1/documents/{victim}").status_code == 204
    assert service.read(picture("DESPUES"))["text"] == "DESPUES"


@files_only
def test_disk_that_can_only_be_read(start):
    """No file can be written for a while, as on a disk that the system has set to read only after an error."""
    service = start("--workers", "1").ready()
    id_ = service.read(picture("TOTAL 101"))["id"]
    waiting = service.send(picture("TOTAL 103"))
    pid, free = service.process.pid, resource.prlimit(service.process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, free[1]))
    problem(service.client.post("/v1/documents", content=picture("X")), 507, "storage-full")
    answer = service.client.patch(f"/v1/documents/{id_}", json={"fields": {"monto": "1"}}, headers={"If-Match": "*"})
    assert answer.status_code in (412, 507)
    assert service.get(id_)["text"] == "TOTAL 101"
    resource.prlimit(pid, resource.RLIMIT_FSIZE, free)
    assert service.read(picture("TOTAL 102"))["text"] == "TOTAL 102"
    assert service.wait(waiting)["text"] == "TOTAL 103"


def test_disk_that_was_never_writable(start, disk, tmp_path):
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    refused = lince("serve", "--listen", "127.0.0.1:0", "--data", disk / "data")
    assert refused.returncode == 74 and "--data" in refused.stderr


@pytest.mark.skipif(not CLOCK or SLOW > 1, reason="a sanitizer has to come first in the process")
def test_clock_jumps(start, tmp_path):
    shift = tmp_path / "shift"
    shift.write_text("0")
    service = start(
        "--workers", "1", "--keep-documents", "30d", env={"LD_PRELOAD": CLOCK, "SHIFTED_CLOCK": str(shift)}
    ).ready()
    ids = [service.read(picture("TOTAL 101"))["id"]]
    time.sleep(2.2)  # it has looked at the clock once
    for seconds in (4000 * 86400, -4000 * 86400, 0):
        shift.write_text(str(seconds))
        ids.append(service.read(picture(f"TOTAL {102 + len(ids)}"))["id"])
        time.sleep(2.2)
    listed = [d["id"] for d in service.client.get("/v1/documents").json()["documents"]]
    assert listed == ids[::-1] and sorted(ids) == ids
    assert any(line["event"] == "clock_jumped" for line in service.logs())
    service.restart()
    assert service.get(ids[0])["text"] == "TOTAL 101"


def after_loss_of_power(kept, data, target):
    """Makes the folder `target` as `data` would be if only what was synced had reached the disk."""
    for names in kept.glob("names-*"):
        path, *rows = names.read_text().splitlines()
        if Path(path) != data and data not in Path(path).parents:
            continue
        place = target / Path(path).relative_to(data)
        place.mkdir(parents=True, exist_ok=True)
        for row in rows:
            number, name = row.split(" ", 1)
            held = kept / number
            (place / name).write_bytes(held.read_bytes() if held.exists() else b"")


@files_only
@pytest.mark.skipif(not POWER or SLOW > 1, reason="a sanitizer has to come first in the process")
def test_loss_of_power(start, tmp_path):
    """Whatever was answered with 202 is there with its image, though nothing is left that was not synced."""
    kept, promised = tmp_path / "kept", {}
    kept.mkdir()
    service = start("--start", "manual", "--access-log", "no", env={"LD_PRELOAD": POWER, "POWER": str(kept)})

    def send(sender):
        """Some that all senders have, some of one's own, some of both in one request."""
        for number in range(12):
            bodies = [picture(f"ALL {number}"), picture(f"OWN {sender}.{number}")][number % 3 == 1 :]
            files = [("files", (f"{i}.png", body, "image/png")) for i, body in enumerate(bodies)]
            answer = httpx.post(f"{service.address}/v1/documents", files=files, timeout=30)
            assert answer.status_code == 202, answer.text
            told = answer.json()
            promised.update(zip((d["id"] for d in told.get("documents", [told])), bodies, strict=True))

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        sent = [pool.submit(send, sender) for sender in range(8)]
        deadline = time.monotonic() + 20
        while len(promised) <= 10 and time.monotonic() < deadline:
            time.sleep(0.02)
        service.process.kill()
    assert len(promised) > 10 and any(task.exception() for task in sent)
    service.stop(signal.SIGKILL)
    later = tmp_path / "later"
    later.mkdir()
    after_loss_of_power(kept, service.folder / "data", later / "data")
    service = start("--start", "manual", name="later")
    for id_, body in promised.items():
        assert service.client.get(f"/v1/documents/{id_}/image").content == body


@files_only
@pytest.mark.skipif(not POWER or SLOW > 1, reason="a sanitizer has to come first in the process")
def test_a_learned_layout_outlives_a_loss_of_power(start, tmp_path):
    """An empty file in its place would keep every worker from starting."""
    kept = tmp_path / "kept"
    kept.mkdir()
    service = start("--workers", "1", env={"LD_PRELOAD": POWER, "POWER": str(kept)}).ready()
    teach(service, 0)
    teach(service, 1)
    (proposal,) = service.client.post("/v1/learn", json={"accept_safe": True}, timeout=60).json()["proposals"]
    assert proposal["accepted"]
    service.stop(signal.SIGKILL)
    (tmp_path / "later").mkdir()
    after_loss_of_power(kept, service.folder / "data", tmp_path / "later/data")
    service = start("--workers", "1", name="later").ready()
    assert service.client.get(f"/v1/learn/{proposal['name']}").json()["learned"]


def killed(start, count=6):
    """A service that was killed with documents in its journal; gives it, their ids and the journal."""
    service = start("--start", "manual", "--access-log", "no")
    ids = [service.send(picture(f"TOTAL {101 + i}")) for i in range(count)]
    service.stop(signal.SIGKILL)
    journal = service.folder / "data/store.db-wal"
    assert journal.stat().st_size > 0
    return service, ids, journal


def listed(service):
    return [d["id"] for d in service.client.get("/v1/documents").json()["documents"]][::-1]


@files_only
@pytest.mark.parametrize("tail", [b"\0" * 5000, os.urandom(5000), b"\x37\x7f\x06\x82"])
def test_torn_journal(start, tail):
    service, ids, journal = killed(start)
    with journal.open("ab") as file:
        file.write(tail)
    service.start()
    assert listed(service) == ids


@files_only
@pytest.mark.parametrize("lost", [1, 3000, 9000])
def test_damaged_journal(start, lost):
    """The last bytes of the journal are gone or changed: the service starts with what came before, images are kept."""
    service, ids, journal = killed(start)
    size = journal.stat().st_size
    if lost == 1:
        os.truncate(journal, size - 1)
    else:
        with journal.open("r+b") as file:
            file.seek(size - lost)
            file.write(os.urandom(min(lost, 64)))
    service.start()
    left = listed(service)
    assert left == ids[: len(left)] and len(left) >= len(ids) - 3
    images = [p for p in (service.folder / "data/images").rglob("*") if p.is_file()]
    assert len(images) == len(ids)


@files_only
def test_damaged_tables_are_told(start):
    service = start("--workers", "1").ready()
    service.read(picture("TOTAL 101"))
    assert service.stop() == 0
    data = service.folder / "data"
    with (data / "store.db").open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 8192)
    refused = lince("serve", "--listen", "127.0.0.1:0", "--data", data)
    assert refused.returncode == 74 and "lince restore" in refused.stderr


@files_only
def test_tables_of_an_earlier_version_are_brought_up_to_date(start):
    service = start("--start", "manual")
    id_ = service.send(picture("TOTAL 101"))
    assert service.stop() == 0
    path = service.folder / "data/store.db"
    with sqlite3.connect(path) as tables:
        newest = tables.execute("PRAGMA user_version").fetchone()[0]
        (row,) = tables.execute("SELECT name, sha256, image_bytes, received_ms FROM documents").fetchall()
    for file in path.parent.glob("store.db*"):
        file.unlink()
    with sqlite3.connect(path) as tables:  # of the first version, with the document in it
        tables.executescript(sqlite_schema("schema.sql"))
        tables.execute("PRAGMA user_version=1")
        tables.execute(
            "INSERT INTO documents (id, origin, status, name, stored_name, sha256, image_bytes, media_type, metadata,"
            " layouts, received_ms, text) VALUES (?, 'v1', 'done', ?, '', ?, ?, 'image/png', '{}', '', ?, 'TOTAL 101')",
            (id_, *row),
        )
    service.start()
    assert service.get(id_)["text"] == "TOTAL 101"
    found = service.client.get("/v1/documents", params={"text": "total 101"}).json()["documents"]
    assert [document["id"] for document in found] == [id_]
    assert service.stop() == 0
    with sqlite3.connect(path) as tables:
        assert tables.execute("PRAGMA user_version").fetchone()[0] == newest
        assert tables.execute("SELECT count(*) FROM searches").fetchone() == (1,)
        tables.execute("PRAGMA user_version=99")
    refused = lince("serve", "--listen", "127.0.0.1:0", "--data", service.folder / "data")
    assert refused.returncode == 74 and "version 99" in refused.stderr


@contextlib.contextmanager
def table_gone(service, table):
    """While the service runs, one of its tables cannot be found."""
    path = service.folder / "data/store.db"
    with sqlite3.connect(path) as tables:
        tables.execute(f"ALTER TABLE {table} RENAME TO gone")
    yield
    with sqlite3.connect(path) as tables:
        tables.execute(f"ALTER TABLE gone RENAME TO {table}")


@files_only
def test_what_the_store_does_not_tell_is_not_answered_as_nothing(start):
    """No list without its documents, no document without its fields, no valid key that is unknown."""
    service = start("--workers", "1", "--keys", "required").ready()
    made = lince("keys", "create", "--scopes", "admin", "--data", service.folder / "data")
    key = service.client.headers["X-API-Key"] = made.stdout.split()[-1]
    sent = service.client.post("/api/upload", files={"files": ("a.png", picture("TOTAL 101"), "image/png")})
    id_ = service.read(picture("TOTAL 102"))["id"]
    batch = service.client.post("/api/ocr/process_batch", json={}).json()["batch_id"]
    paths = {
        "fields": [f"/v1/documents/{id_}", "/v1/documents", "/api/extract_all_results"],
        "pages": [f"/v1/documents/{id_}", "/api/extract_all_results"],
        "documents": ["/api/ocr/queue/files", f"/api/ocr/result/{batch}_001_a.png", "/api/metrics"],
        "batches": [f"/api/ocr/batch_status/{batch}", f"/api/lotes/{batch}/status"],
        "keys": ["/v1/documents"],
    }
    assert sent.status_code == 200
    for table, asked in paths.items():
        with table_gone(service, table):
            answers = {path: service.client.get(path).status_code for path in asked}
            form = service.client.get(f"/v1/documents/{id_}", headers={"Accept": "text/csv"}).status_code
            valid = service.client.post("/api/validate_api_key", json={"api_key": key}).status_code
        assert answers == dict.fromkeys(asked, 500), table
        assert (form == 500) == (table in ("pages", "documents", "keys")), table
        assert (valid == 500) == (table == "keys"), table
    assert service.get(id_)["text"] == "TOTAL 102"


@files_only
def test_what_a_killed_run_left_is_tidied(start):
    service = start("--start", "manual")
    service.send(picture("TOTAL 101"))
    service.stop(signal.SIGKILL)
    data = service.folder / "data"
    (data / "incoming/in_left").write_bytes(b"half an upload")
    fresh, old = (data / "images" / name[:2] / name for name in ("ab" * 32, "cd" * 32))
    fresh.write_bytes(b"x")
    old.write_bytes(b"x")
    os.utime(old, (time.time() - 30 * 86400,) * 2)
    service.start()
    assert not list((data / "incoming").iterdir())
    assert fresh.exists() and not old.exists()
    assert len(listed(service)) == 1


@files_only
def test_backup_while_uploads_go_on(start):
    service = start("--workers", "1").ready()
    sent, stopping = [], threading.Event()

    def send():
        number = 0
        while not stopping.is_set():
            sent.append(service.send(picture(f"TOTAL {1001 + number}")))
            number += 1

    sender = threading.Thread(target=send)
    sender.start()
    time.sleep(0.5)
    before = len(sent)
    copies = [service.folder / f"copy{i}" for i in range(2)]
    for copy in copies:
        assert lince("backup", "--data", service.folder / "data", copy).returncode == 0
    stopping.set()
    sender.join()
    assert service.stop() == 0
    again = service.folder.parent / "again"
    again.mkdir()
    assert lince("restore", "--data", again / "data", copies[1]).returncode == 0
    assert lince("check", "--data", again / "data").returncode == 0
    other = start("--workers", "1", name="again").ready()
    found = {d["id"] for d in other.client.get("/v1/documents", params={"limit": 200}).json()["documents"]}
    assert set(sent[: min(before, 200)]) <= found or len(found) == 200
    assert other.wait(sent[0])["status"] in FINAL


def test_images_beyond_a_size_go(start):
    service = start("--workers", "1", "--keep-size", "450KB").ready()
    ids = [service.read(big(i))["id"] for i in range(4)]
    for _ in range(100):
        has = [service.get(id_)["has_image"] for id_ in ids]
        if has == [False, False, True, True]:
            break
        time.sleep(0.1)
    assert has == [False, False, True, True]
    assert all(service.get(id_)["text"].startswith("TOTAL") for id_ in ids)
