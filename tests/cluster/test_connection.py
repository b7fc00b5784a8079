"""How a node reaches its database: encrypted and verified, with a password, and the one of several that writes."""

import io
import json
import os
import signal
import socket
import subprocess
import time

import database
import pytest
from chaos_cluster import Server
from PIL import Image, ImageDraw, ImageFont
from served import FONT, PROGRAM, Service, picture, until

pytestmark = pytest.mark.skipif(not database.is_there(), reason="PostgreSQL is not installed")

USER, PASSWORD = "clerk", "9.Kx-two-words"


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def certificate(folder, name):
    """A certificate for `localhost` that signs itself; gives its file and that of its key."""
    made, key = folder / f"{name}.crt", folder / f"{name}.key"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    command += ["-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", made]
    subprocess.run(command, check=True, capture_output=True)
    return made, key


class Encrypted(database.Database):
    """A server on a port of its own that takes connections by TLS and password alone."""

    def run(self, name, *arguments):
        super().run(name, *arguments)
        (self.data / "pg_hba.conf").write_text("local all all trust\nhostssl all all all scram-sha-256\n")
        self.certificate, key = certificate(self.data, "server")
        for path in (self.certificate, key):
            path.chmod(0o600)
            if self.owner:
                os.chown(path, self.owner.pw_uid, self.owner.pw_gid)


@pytest.fixture(scope="module")
def encrypted():
    port = free_port()
    server = Encrypted(
        listen_addresses="localhost", port=str(port), ssl="on", ssl_cert_file="server.crt", ssl_key_file="server.key"
    )
    server.ask(f"CREATE ROLE {USER} LOGIN PASSWORD '{PASSWORD}'")
    server.ask("CREATE DATABASE receipts TEMPLATE template0")
    server.ask(f"CREATE SCHEMA lince AUTHORIZATION {USER}", "receipts")
    yield server
    server.close()


def address_of(server, *, host="localhost", password=PASSWORD, **options):
    options = {"sslmode": "verify-full", "sslrootcert": server.certificate, **options}
    asked = "&".join(f"{name}={value}" for name, value in options.items())
    return f"postgres://{USER}:{password}@{host}:{server.settings['port']}/receipts?{asked}"


def test_a_verified_connection_is_used_by_all_of_a_node(encrypted, tmp_path):
    node = Service(tmp_path, "--workers", "1", env={"LINCE_STORE": address_of(encrypted)}).ready()
    try:
        assert node.read(picture("CIFRADO"))["status"] == "done"
        rows = encrypted.ask(
            "SELECT s.ssl, s.version FROM pg_stat_ssl s JOIN pg_stat_activity a USING (pid)"
            " WHERE a.application_name='lince'"
        ).splitlines()
        assert len(rows) >= 4 and set(rows) == {"t|TLSv1.3"}
    finally:
        assert node.stop() == 0
    log = (tmp_path / "log").read_text()
    assert PASSWORD not in log


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("another", "certificate verify failed"),
        ("host", 'does not match host name "127.0.0.1"'),
        ("plain", "no encryption"),
        ("password", "password authentication failed"),
        ("missing", "root certificate file"),
    ],
)
def test_a_server_that_cannot_be_trusted_is_not_used(encrypted, tmp_path, change, words):
    changes = {
        "another": {"sslrootcert": certificate(tmp_path, "another")[0]},
        "host": {"host": "127.0.0.1"},
        "plain": {"sslmode": "disable"},
        "password": {"password": "not-this-one"},
        "missing": {"sslrootcert": tmp_path / "none.crt"},
    }[change]
    store = address_of(encrypted, **changes)
    done = subprocess.run(
        [PROGRAM, "serve", "--listen", "127.0.0.1:0", "--data", tmp_path / "data"],
        env={"LINCE_STORE": store, "LC_ALL": "C.UTF-8", "PATH": "/usr/bin"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode != 0 and words in done.stderr
    assert PASSWORD not in done.stderr and "not-this-one" not in done.stderr


# ---- one of several ----


@pytest.fixture
def pair():
    """A primary that waits for its standby."""
    one = Server("a")
    two = Server("b", follows=one)
    until(lambda: one.ask("SELECT count(*) FROM pg_stat_replication WHERE state='streaming'") == "1", 60)
    one.alter(synchronous_standby_names="ANY 1 (b)")
    one.ask("CREATE DATABASE receipts TEMPLATE template0")
    yield one, two
    for server in (one, two):
        server.close()


def taken(node, image):
    """The id of the document, or None where the node cannot reach its database yet."""
    answer = node.client.post("/v1/documents", content=image, headers={"Content-Type": "image/png"})
    assert answer.status_code in (202, 503), answer.text
    return answer.json().get("id")


def test_a_node_follows_the_server_that_writes(pair, tmp_path):
    one, two = pair
    hosts = f"{one.folder},{two.folder}"
    store = f"postgres://{database.USER}@/receipts?host={hosts}&target_session_attrs=read-write"
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    node = Service(first, "--workers", "1", "--require-replica", "yes", env={"LINCE_STORE": store}).ready()
    try:
        before = node.send(picture("ANTES"))
        one.kill()
        two.ask("SELECT pg_promote()")
        after = until(lambda: taken(node, picture("DESPUES")), 30)
        assert node.wait(before)["status"] == "done"  # its reading may have been lost, and is done again
        assert node.wait(after)["status"] == "done"
        # The former primary comes back as a standby. It is named first, and passed over.
        one.copy_from(two)
        one.start()
        assert one.ask("SELECT pg_is_in_recovery()") == "t"
        beside = Service(second, "--workers", "1", env={"LINCE_STORE": store}).ready()
        assert beside.get(before)["status"] == "done"
        assert beside.read(picture("OTRO"))["status"] == "done"
        assert beside.stop(signal.SIGTERM) == 0
    finally:
        assert node.stop() == 0


def done_events(server):
    found = server.ask("SELECT data FROM lince.events WHERE type='document.done' ORDER BY seq", "receipts").splitlines()
    return [json.loads(each)["id"] for each in found]


def page_of_lines(count):
    """A page that takes seconds to read."""
    page, font = Image.new("L", (1240, 1754), "white"), ImageFont.truetype(FONT, 28)
    for row in range(count):
        ImageDraw.Draw(page).text((60, 30 + 40 * row), f"FACTURA {1000 + row} PAGADA POR LA EMPRESA", "black", font)
    data = io.BytesIO()
    page.save(data, "PNG")
    return data.getvalue()


@pytest.mark.parametrize("stays", ["yes", "no"])
def test_the_end_of_a_reading_is_not_undone_by_a_fail_over(pair, tmp_path, stays):
    """The standby is gone before the reading ends. With --require-replica nobody sees an end that may be lost. Without
    it the document is read again. Either way each document ends once, with its text.
    """
    one, two = pair
    store = f"postgres://{database.USER}@/receipts?host={one.folder},{two.folder}&target_session_attrs=read-write"
    node = Service(tmp_path, "--workers", "1", "--require-replica", stays, env={"LINCE_STORE": store}).ready()
    try:
        kept = node.read(picture("ANTES"))["id"]
        sent = node.send(page_of_lines(40))
        until(lambda: node.get(sent)["status"] == "reading", 30)
        two.kill()
        end = time.monotonic() + (120 if stays == "no" else 15)  # with a replica no time is enough
        while node.get(sent)["status"] != "done" and time.monotonic() < end:
            time.sleep(0.1)
        assert (node.get(sent)["status"] == "done") == (stays == "no")
        one.kill()
        two.start()
        two.ask("SELECT pg_promote()")
        until(lambda: node.client.get("/readyz").status_code == 200, 60)
        document = node.wait(sent)
        assert document["status"] == "done" and document["text"].count("FACTURA") == 40
        assert done_events(two) == [kept, sent]
        assert two.ask("SELECT count(*) FROM lince.jobs", "receipts") == "0"
    finally:
        node.stop(signal.SIGKILL)
