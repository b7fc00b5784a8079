"""Images in a bucket of an S3-compatible store, under SQLite and PostgreSQL: kept, read, swept, and its server lost."""

import hashlib
import itertools
import os
import signal
import subprocess
import threading
import time

import bucket as buckets
import database
import httpx
import pytest
from served import PROGRAM, SLOW, Service, picture, problem, until
from tables import Tables

pytestmark = pytest.mark.skipif(
    not (database.is_there() and buckets.is_there()), reason="PostgreSQL or SeaweedFS is not installed"
)
DAY_MS = 24 * 3600 * 1000


numbers = itertools.count()


@pytest.fixture(params=["sqlite", "postgres"])
def begin(request, bucket, server, tmp_path):
    """Starts nodes with their images in the bucket, under a prefix of this test; they must stop well at the end."""
    address, started = server.make() if request.param == "postgres" else "", []
    prefix = f"test/{next(numbers)}"

    def make(*options, style=None, **env):
        folder = tmp_path / str(len(started) if address else 0)
        folder.mkdir(exist_ok=True)
        where = {"LINCE_STORE": address, **bucket.env(prefix, style), **env}
        node = Service(folder, "--workers", "1", *options, env=where)
        node.tables = Tables(server, address, folder)
        started.append(node)
        return node.ready()

    make.prefix = prefix
    make.is_shared = bool(address)
    make.address = address
    yield make
    for node in started:
        if node.process.poll() is None:
            assert node.stop() == 0


def name_of(image):
    return hashlib.sha256(image).hexdigest()


def image_of(node, id_):
    """None while it cannot be had."""
    answer = node.client.get(f"/v1/documents/{id_}/image")
    assert answer.status_code in (200, 503), answer.text
    return answer.content if answer.status_code == 200 else None


def images_in(bucket, begin):
    return [name for name in bucket.names(begin.prefix) if name != "lince"]


def test_images_are_kept_read_and_removed(begin, bucket):
    node = begin()
    image = picture("TOTAL 123,45", "CARACAS")
    first = node.read(image)
    assert first["status"] == "done" and "TOTAL" in first["text"]
    assert images_in(bucket, begin) == [name_of(image)]
    again = node.read(image)
    assert again["duplicate_of"]["id"] == first["id"] and images_in(bucket, begin) == [name_of(image)]
    assert node.client.get(f"/v1/documents/{again['id']}/image").content == image
    assert not [path for path in (node.folder / "data/images").rglob("*") if path.is_file()]
    for id_ in (first["id"], again["id"]):
        assert images_in(bucket, begin) == [name_of(image)]
        assert node.client.delete(f"/v1/documents/{id_}", headers={"If-Match": "*"}).status_code == 204
    until(lambda: images_in(bucket, begin) == [])
    until(lambda: node.tables.ask("SELECT count(*) FROM images") == "0")
    assert node.read(image)["status"] == "done"
    assert images_in(bucket, begin) == [name_of(image)]


def test_the_bucket_before_the_name_of_the_host(begin, bucket):
    node = begin(style="host")
    image = picture("ANFITRION")
    assert node.read(image)["status"] == "done"
    assert images_in(bucket, begin) == [name_of(image)]


def test_a_large_image_goes_through_in_parts(begin, bucket):
    node = begin("--memory", "200MB", "--max-body", "32MB")
    image = picture("GRANDE", size=(600, 200), form="BMP") + os.urandom(24 << 20)
    sent = node.send(image)
    assert node.client.get(f"/v1/documents/{sent}/image").content == image
    node.wait(sent)
    peak = node.client.get("/v1/memory").json()
    assert peak["pss_peak_bytes"] <= peak["limit_bytes"]


def test_credentials_come_from_a_file(begin, bucket, tmp_path):
    file = tmp_path / "credentials"
    file.write_text(
        "# of the tests\n[other]\naws_access_key_id=wrong\n\n[mine]\naws_access_key_id = "
        f"{buckets.KEY}\naws_secret_access_key = {buckets.SECRET}\n"
    )
    node = begin(
        AWS_ACCESS_KEY_ID="", AWS_SECRET_ACCESS_KEY="", AWS_SHARED_CREDENTIALS_FILE=str(file), AWS_PROFILE="mine"
    )
    assert node.read(picture("ARCHIVO"))["status"] == "done"


def test_a_worker_does_not_see_the_key(begin):
    node = begin()
    assert node.read(picture("SECRETO"))["status"] == "done"
    for pid in node.workers():
        with open(f"/proc/{pid}/environ", "rb") as file:
            variables = file.read()
        assert b"AWS_" not in variables and b"LINCE_STORE" not in variables and b"LINCE_MODELS" in variables


def test_an_image_that_is_not_what_was_kept_is_told(begin, bucket):
    node = begin("--start", "manual")
    image = picture("CAMBIADA")
    sent = node.send(image)
    assert bucket.ask("PUT", f"{begin.prefix}/{name_of(image)}", "something else") == 200
    answer = node.client.get(f"/v1/documents/{sent}/image")
    assert answer.status_code >= 400 and b"something else" not in answer.content
    environment = {**node.env, "LC_ALL": "C.UTF-8", "PATH": "/usr/bin"}
    command = [PROGRAM, "check", "--data", node.folder / "data"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert "damaged\t1" in done.stdout and done.returncode != 0
    assert bucket.ask("DELETE", f"{begin.prefix}/{name_of(image)}") == 204
    assert node.client.get(f"/v1/documents/{sent}/image").status_code == 404
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert "missing\t1" in done.stdout and done.returncode != 0


# ---- what belongs to no document ----


def test_what_belongs_to_no_document_is_swept_by_age(begin, bucket):
    node = begin()
    kept, lost = picture("QUEDA"), b"of an upload that never ended"
    assert node.read(kept)["status"] == "done"
    for number, age in enumerate((DAY_MS + 60000, DAY_MS - 600000)):
        name = hashlib.sha256(lost + bytes([number])).hexdigest()
        assert bucket.ask("PUT", f"{begin.prefix}/{name}", "lost") == 200
        node.tables.ask(f"INSERT INTO images (sha256, image_bytes, kept_ms) VALUES ('{name}', 4, database_ms()-{age})")
    node.tables.ask(f"UPDATE images SET kept_ms=kept_ms-{2 * DAY_MS} WHERE sha256='{name_of(kept)}'")
    assert len(images_in(bucket, begin)) == 3
    node.stop()
    begin()  # a node sweeps when it starts, then every ten minutes
    young = hashlib.sha256(lost + bytes([1])).hexdigest()
    until(lambda: images_in(bucket, begin) == sorted([name_of(kept), young]))


def test_an_image_comes_again_while_it_goes(begin, bucket):
    """The same image is sent and deleted by many at once: what a 202 was given for is there in the end."""
    nodes = [begin(), begin()] if begin.is_shared else [begin()]
    image, kept, refused = picture("VAIVEN 9,99"), [], []

    def go(node):
        for _ in range(12):
            answer = node.client.post("/v1/documents", content=image, headers={"Content-Type": "image/png"})
            if answer.status_code == 503:  # deleted while it came
                refused.append(answer)
                continue
            assert answer.status_code == 202, answer.text
            id_ = answer.json()["id"]
            if len(kept) % 4 == 0:
                kept.append(id_)
                assert node.client.get(f"/v1/documents/{id_}/image").content == image
            else:
                kept.append(None)
            node.client.delete(f"/v1/documents/{id_}", headers={"If-Match": "*"})

    threads = [threading.Thread(target=go, args=(node,)) for node in nodes for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    last = until(lambda: nodes[0].client.post("/v1/documents", content=image, headers={"Content-Type": "image/png"}))
    assert last.status_code == 202, last.text
    time.sleep(1)
    assert nodes[-1].client.get(f"/v1/documents/{last.json()['id']}/image").content == image


# ---- the bucket is away ----


def test_its_server_killed_during_uploads_loses_nothing(begin, bucket):
    node = begin()
    sent, refused, stopping = {}, [], threading.Event()

    def go(word):
        for number in itertools.count():
            if stopping.is_set():
                return
            image = picture(f"{word} {number}", size=(300, 60))
            try:
                answer = node.client.post("/v1/documents", content=image, headers={"Content-Type": "image/png"})
            except httpx.TransportError:  # a connection that idled while its thread waited for the bucket
                continue
            if answer.status_code == 202:
                sent[answer.json()["id"]] = image
            else:
                refused.append(answer)
                time.sleep(0.2)

    threads = [threading.Thread(target=go, args=(word,)) for word in ("A", "B", "C")]
    for thread in threads:
        thread.start()
    try:
        time.sleep(2)
        bucket.stop(signal.SIGKILL)
        bucket.start()
        time.sleep(2)
    finally:
        stopping.set()
        for thread in threads:
            thread.join()
    for answer in refused:
        problem(answer, 503, "unavailable")
    assert len(sent) > 5
    for id_, image in sent.items():
        answer = until(lambda id_=id_: image_of(node, id_))  # its server takes a while until it is well again
        assert answer == image
    assert {node.wait(id_, 120)["status"] for id_ in sent} == {"done"}


def test_frozen_it_refuses_uploads_and_reading_goes_on_later(begin, bucket):
    node = begin("--start", "manual")
    batch = node.client.post("/v1/batches", json={"name": "later"}).json()["id"]
    before = node.send(picture("ANTES"), params={"batch": batch})
    bucket.process.send_signal(signal.SIGSTOP)
    try:
        began = time.monotonic()
        refused = node.client.post("/v1/documents", content=picture("X"), headers={"Content-Type": "image/png"})
        problem(refused, 503, "unavailable")
        first = time.monotonic() - began
        assert first < 15 * SLOW
        began = time.monotonic()
        again = node.client.post("/v1/documents", content=picture("Y"), headers={"Content-Type": "image/png"})
        problem(again, 503, "unavailable")
        assert time.monotonic() - began < first / 2, "who asks while it is known to be away is told at once"
        assert node.client.get(f"/v1/documents/{before}").status_code == 200
        assert node.client.get("/livez").status_code == 200
        assert node.client.post(f"/v1/batches/{batch}/start").status_code < 300
        time.sleep(1)
    finally:
        bucket.process.send_signal(signal.SIGCONT)
    assert node.wait(before)["status"] == "done"


# ---- starting ----


def refusal(tmp_path, where, **more):
    command = [PROGRAM, "serve", "--listen", "127.0.0.1:0", "--data", tmp_path / "refused"]
    environment = {"LC_ALL": "C.UTF-8", "PATH": "/usr/bin", **where, **more}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode != 0
    return done.stderr


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("ftp://receipts", "s3://"),
        ("s3://", "bucket"),
        ("s3://ab", "bucket"),
        ("s3://receipts/a b", "prefix"),
        ("s3://receipts/../x", "prefix"),
        ("s3://receipts/a//b", "prefix"),
        ("s3://receipts?endpoint=ftp://x", "endpoint"),
        ("s3://receipts?endpoint=http://u:p@x", "endpoint"),
        ("s3://receipts?style=odd", "style"),
        ("s3://receipts?colour=red", "endpoint"),
    ],
)
def test_a_wrong_address_is_told(tmp_path, address, words):
    message = refusal(tmp_path, {"LINCE_IMAGES": address})
    assert "the address of the images has" in message and words in message


def test_what_is_refused_at_the_start(tmp_path, bucket):
    where = bucket.env("refused")
    assert "403 InvalidAccessKeyId" in refusal(tmp_path, where, AWS_ACCESS_KEY_ID="nobody")
    assert "403 SignatureDoesNotMatch" in refusal(tmp_path, where, AWS_SECRET_ACCESS_KEY="wrong")
    assert "AWS_ACCESS_KEY_ID" in refusal(tmp_path, where, AWS_ACCESS_KEY_ID="", HOME=str(tmp_path))
    nowhere = where["LINCE_IMAGES"].replace(buckets.BUCKET, "nowhere")
    assert "403 AccessDenied" in refusal(tmp_path, where, LINCE_IMAGES=nowhere)
    shut = f"s3://receipts/x?endpoint=http://127.0.0.1:{buckets.free_ports(1)[0]}"
    assert "does not answer" in refusal(tmp_path, where, LINCE_IMAGES=shut)


def test_a_store_remembers_where_its_images_are(begin, bucket):
    node = begin()
    assert node.read(picture("AQUI"))["status"] == "done"
    node.stop()
    data = {**node.env, "LINCE_DATA": str(node.folder / "data")}
    for other in ("", bucket.env("elsewhere")["LINCE_IMAGES"]):
        environment = {**data, "LINCE_IMAGES": other, "LC_ALL": "C.UTF-8", "PATH": "/usr/bin"}
        command = [PROGRAM, "serve", "--listen", "127.0.0.1:0"]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 2 and f"s3://{buckets.BUCKET}/{begin.prefix}/" in done.stderr


def test_a_store_with_images_keeps_them_where_they_are(server, bucket, tmp_path):
    node = Service(tmp_path, "--workers", "1", env={"LINCE_STORE": ""}).ready()
    assert node.read(picture("ARCHIVO"))["status"] == "done"
    assert node.stop() == 0
    environment = {**bucket.env("late"), "LINCE_DATA": str(tmp_path / "data"), "LC_ALL": "C.UTF-8", "PATH": "/usr/bin"}
    command = [PROGRAM, "serve", "--listen", "127.0.0.1:0"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2 and "lince store copy" in done.stderr
