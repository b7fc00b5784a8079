"""`lince store copy`: between SQLite and PostgreSQL, with images in files, the database or a bucket."""

import contextlib
import itertools
import os
import re
import sqlite3
import subprocess
import time

import bucket as buckets
import database
import pytest
from served import PROGRAM, Service, picture, until
from tables import Tables

pytestmark = pytest.mark.skipif(
    not (database.is_there() and buckets.is_there()), reason="PostgreSQL or SeaweedFS is not installed"
)
numbers = itertools.count()


class Place:
    """Where a store is: what `lince store copy` calls it, and the service that runs on it."""

    def __init__(self, kind, images, tmp_path, server, bucket):
        self.folder = tmp_path / f"{kind}{next(numbers)}"
        self.folder.mkdir()
        self.address = server.make() if kind == "postgres" else ""
        self.operand = self.address or str(self.folder / "data")
        self.ask = Tables(server, self.address, self.folder).ask
        self.keys = bucket.env(f"copy/{next(numbers)}")
        self.images = self.keys["LINCE_IMAGES"] if images else ""

    def begin(self, *options):
        env = {**self.keys, "LINCE_STORE": self.address, "LINCE_IMAGES": self.images}
        return Service(self.folder, "--workers", "1", *options, env=env).ready()


def copy(one, other, kill_after=None):
    command = [PROGRAM, "store", "copy", one.operand, other.operand]
    command += ["--from-images", one.images] if one.images else []
    command += ["--to-images", other.images] if other.images else []
    environment = {**os.environ, **one.keys, "LC_ALL": "C.UTF-8", "LINCE_IMAGES": ""}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if kill_after is not None:
        time.sleep(kill_after)
        process.kill()
    out, errors = process.communicate(timeout=120)
    return process.returncode, out, errors


def fill(node):
    """One of each that a store keeps; gives what it should answer afterwards."""
    client = node.client
    batch = client.post("/v1/batches", json={"name": "copied"}).json()["id"]
    ids = [node.send(picture(f"ÑANDÚ {number},00", "CARACAS"), params={"batch": batch}) for number in range(4)]
    ids.append(node.send(picture("ÑANDÚ 0,00", "CARACAS")))  # the content of the first
    for id_ in ids:
        assert node.wait(id_)["status"] == "done"
    change = {"fields": {"monto": "12.50", "beneficiario": "Ñandú Mora", "cedula": "V12345678"}}
    answer = client.patch(f"/v1/documents/{ids[1]}", json=change, headers={"If-Match": "*"})
    assert answer.status_code < 300, answer.text
    once = {"Content-Type": "image/png", "Idempotency-Key": "copied"}
    ids.append(client.post("/v1/documents", content=picture("UNA VEZ"), headers=once).json()["id"])
    node.wait(ids[-1])
    gone = node.read(picture("BORRADA"))["id"]
    assert client.delete(f"/v1/documents/{gone}", headers={"If-Match": "*"}).status_code == 204
    party = {"names": ["Eva Ñáñez"], "ids": ["V12345679"], "phones": ["04141234567"]}
    assert client.post("/v1/parties", json=party).status_code == 201
    assert client.post("/v1/keys", json={"name": "copied", "scopes": ["read"]}).status_code == 201
    url = {"url": "http://127.0.0.1:9/", "events": ["document.done"]}
    assert client.post("/v1/webhooks", json=url).status_code == 201
    kept = {"review": "amount=0.97,id=0.91", "keep_count": 1000}
    assert client.patch("/v1/settings", json=kept).status_code == 200
    return ids


def answers(node, ids):
    """What a client sees of it."""
    get = node.client.get
    found = {id_: get(f"/v1/documents/{id_}").json() for id_ in ids}
    found["images"] = [get(f"/v1/documents/{id_}/image").content for id_ in ids]
    found["history"] = [get(f"/v1/documents/{id_}/history").json() for id_ in ids]
    found["list"] = get("/v1/documents").json()["documents"]
    found["search"] = [each["id"] for each in get("/v1/documents", params={"text": "ñandu"}).json()["documents"]]
    found["parties"] = get("/v1/parties").json()["parties"]
    assert len(found["parties"]) == 2
    found["batches"] = get("/v1/batches").json()
    settings = get("/v1/settings").json()
    found["settings"] = settings["keep_count"], settings["review"]
    found["keys"] = [{**key, "last_used_at": None} for key in get("/v1/keys").json()["keys"]]
    found["webhooks"] = [each["id"] for each in get("/v1/webhooks").json()["webhooks"]]
    return found


WAYS = [
    (("sqlite", False), ("postgres", False)),
    (("postgres", False), ("sqlite", False)),
    (("sqlite", False), ("sqlite", True)),
    (("postgres", True), ("sqlite", False)),
    (("sqlite", True), ("postgres", True)),
]


@pytest.mark.parametrize(("one", "other"), WAYS, ids=lambda way: f"{way[0]}{'+s3' if way[1] else ''}")
def test_a_copy_answers_like_the_first(one, other, tmp_path, server, bucket):
    one, other = (Place(*kind, tmp_path, server, bucket) for kind in (one, other))
    node = one.begin("--webhooks-private", "yes")
    ids = fill(node)
    before = answers(node, ids)
    assert before["search"]
    last = node.client.get("/v1/batches").json()
    assert node.stop() == 0
    code, out, errors = copy(one, other)
    assert code == 0, errors
    rows = {
        name: (int(count), int(new)) for name, count, new in re.findall(r"^(\w+)\t(\d+)\t(\d+)$", out, re.MULTILINE)
    }
    assert rows["documents"] == (6, 6) and rows["images"] == (5, 5) and rows["events"][0] > 10
    node = other.begin("--webhooks-private", "yes")
    assert answers(node, ids) == before and last == node.client.get("/v1/batches").json()
    once = {"Content-Type": "image/png", "Idempotency-Key": "copied"}
    again = node.client.post("/v1/documents", content=picture("UNA VEZ"), headers=once)
    assert again.json()["id"] == ids[-1], "a key of before holds"
    numbers_before = int(other.ask("SELECT max(seq) FROM events"))
    new = node.read(picture("ÑANDÚ 0,00", "CARACAS"))
    assert new["duplicate_of"]["id"] == ids[0]
    assert int(other.ask("SELECT max(seq) FROM events")) > numbers_before
    assert int(other.ask("SELECT max(seq) FROM documents")) == 8, (
        "the number of a document that is gone is not given again"
    )
    assert node.stop() == 0


def test_a_copy_that_was_broken_off_goes_on(tmp_path, server, bucket):
    one, other = (Place(kind, False, tmp_path, server, bucket) for kind in ("sqlite", "postgres"))
    node = one.begin("--start", "manual")
    ids = [node.send(picture(f"NUMERO {number}", size=(200, 60))) for number in range(60)]
    assert node.stop() == 0
    broken = 0
    for pause in (0.02, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3):
        code, _, errors = copy(one, other, kill_after=pause)
        broken += code == -9 and other.ask("SELECT to_regclass('lince.meta') IS NOT NULL") == "t"
        finished = broken > 0 and other.ask("SELECT count(*) FROM lince.meta WHERE name='copied'") == "1"
        if finished:
            break
        assert code == -9, errors
        time.sleep(0.3)  # the server ends what the dead one had begun
    assert broken > 0
    if not finished:
        assert "not finished" in refusal(other)
        code, out, errors = copy(one, other)
        assert code == 0, errors
        assert "documents\t60\t" in out
    node = other.begin("--start", "manual")
    assert len(node.client.get("/v1/documents", params={"limit": 100}).json()["documents"]) == 60
    assert node.client.get(f"/v1/documents/{ids[59]}/image").content == picture("NUMERO 59", size=(200, 60))
    assert node.stop() == 0


@contextlib.contextmanager
def unwritten(server, place):
    """Nothing can be written about the store itself: a copy of it waits when it asks for the secret."""
    held = subprocess.Popen([*server.psql, database.name_of(place.address)], stdin=subprocess.PIPE, text=True)
    held.stdin.write("BEGIN; LOCK TABLE lince.meta IN EXCLUSIVE MODE;\n")
    held.stdin.flush()
    locked = "SELECT count(*) FROM pg_locks WHERE relation='lince.meta'::regclass AND mode='ExclusiveLock' AND granted"
    until(lambda: server.ask_store(locked, place.address) == "1")
    try:
        yield
    finally:
        held.communicate(timeout=60)


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_a_copy_is_marked_from_its_first_moment(kind, tmp_path, server, bucket):
    """Killed when the second store has tables and nothing else: no service takes it for an empty store."""
    one, other = (Place(each, False, tmp_path, server, bucket) for each in ("postgres", kind))
    node = one.begin("--start", "manual")
    node.send(picture("UNO"))
    assert node.stop() == 0
    with unwritten(server, one):
        command = [PROGRAM, "store", "copy", one.operand, other.operand]
        process = subprocess.Popen(command, env={**os.environ, **one.keys, "LINCE_IMAGES": ""})
        until(lambda: has_tables(other))
        time.sleep(0.3)
        assert process.poll() is None
        process.kill()
        process.wait()
        assert "not finished" in refusal(other)
    code, out, errors = copy(one, other)
    assert code == 0 and "documents\t1\t1" in out, errors
    assert other.ask("SELECT value FROM meta WHERE name='secret'") == one.ask(
        "SELECT value FROM meta WHERE name='secret'"
    )


def has_tables(place):
    try:
        return place.ask("SELECT count(*) FROM meta") is not None
    except (AssertionError, sqlite3.OperationalError):
        return False


def test_a_copy_that_goes_on_has_the_secret_of_the_first(tmp_path, server, bucket):
    one, other = (Place("sqlite", False, tmp_path, server, bucket) for _ in range(2))
    node = one.begin("--start", "manual")
    node.send(picture("UNO"))
    assert node.stop() == 0
    assert copy(one, other)[0] == 0
    secret = one.ask("SELECT value FROM meta WHERE name='secret'")
    other.ask("DELETE FROM meta WHERE name='secret'")
    other.ask("UPDATE meta SET name='copying' WHERE name='copied'")
    assert copy(one, other)[0] == 0
    assert other.ask("SELECT value FROM meta WHERE name='secret'") == secret


def refusal(place):
    environment = {**os.environ, "LINCE_STORE": place.address, "LINCE_IMAGES": place.images, "LC_ALL": "C.UTF-8"}
    command = [PROGRAM, "serve", "--listen", "127.0.0.1:0", "--data", place.folder / "data"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode != 0
    return done.stderr


def test_what_is_refused(tmp_path, server, bucket):
    one, other, third = (Place(kind, False, tmp_path, server, bucket) for kind in ("sqlite", "postgres", "sqlite"))
    assert "there is no store" in copy(one, other)[2]
    node = one.begin()
    node.read(picture("UNO"))
    assert "in use" in copy(one, other)[2]
    assert node.stop() == 0
    node = third.begin()
    node.read(picture("OTRO"))
    assert node.stop() == 0
    assert "not empty" in copy(one, third)[2]
    assert copy(one, other)[0] == 0
    assert "a finished copy of the first" in copy(one, other)[2]
    assert "not empty" in copy(third, other)[2], "a copy that is finished is a store like any other"
    node = other.begin()
    assert "stop the nodes" in copy(other, Place("sqlite", False, tmp_path, server, bucket))[2]
    assert node.stop() == 0


def test_an_image_that_is_lost_is_told_and_the_rest_is_copied(tmp_path, server, bucket):
    one, other = (Place(kind, False, tmp_path, server, bucket) for kind in ("sqlite", "postgres"))
    node = one.begin()
    ids = [node.read(picture(word))["id"] for word in ("UNO", "DOS", "TRES")]
    assert node.stop() == 0
    files = sorted(path for path in (one.folder / "data/images").rglob("*") if path.is_file())
    files[0].unlink()
    files[1].write_bytes(b"something else")
    code, out, errors = copy(one, other)
    assert code == 74 and "2 images" in errors and "images\t3\t1" in out
    node = other.begin()
    assert [node.get(id_)["status"] for id_ in ids] == ["done"] * 3
    assert node.stop() == 0


def test_a_copy_that_differs_is_told(tmp_path, server, bucket):
    """Someone writes into the copy between two runs."""
    one, other = (Place(kind, False, tmp_path, server, bucket) for kind in ("sqlite", "postgres"))
    node = one.begin()
    node.read(picture("UNO"))
    node.read(picture("DOS"))
    assert node.stop() == 0
    assert copy(one, other)[0] == 0
    mark = "0" * 64
    other.ask(f"INSERT INTO meta (name, value) VALUES ('copying', '{mark}')")
    assert "not empty" in copy(one, other)[2], "a copy of another store"
    assert "not finished" in refusal(other)
