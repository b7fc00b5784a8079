"""Tables of an earlier version on PostgreSQL: nodes bring them up to date, and nodes of two versions share them."""

import re
import subprocess
import threading

import database
import pytest
from served import PROGRAM, ROOT, picture
from test_corrections import RECEIPT, patch, receipt, reread, values
from test_reconciliations import load
from test_upgrade import KEPT_SINCE, SCHEMAS, STATEMENT, flat, told

pytestmark = pytest.mark.skipif(not database.is_there(), reason="PostgreSQL is not installed")

NEWEST = len(SCHEMAS)
OLDEST = 6  # the first that a step from it only adds to


def steps_after(version):
    """What the later versions add: tables, columns of other tables, indexes."""
    texts = []
    for name in SCHEMAS[version:]:
        parts = re.split(r"^--- (\w+)\n", (ROOT / "src/store" / name).read_text(), flags=re.MULTILINE)
        parts = ["both", *parts]
        texts += [text for kind, text in zip(parts[::2], parts[1::2], strict=True) if kind != "sqlite"]
    text = "\n".join(texts)
    tables = re.findall(r"^CREATE TABLE (\w+)", text, re.MULTILINE)
    columns = re.findall(r"^ALTER TABLE (\w+) ADD COLUMN (\w+)", text, re.MULTILINE)
    indexes = re.findall(r"^CREATE INDEX (\w+)", text, re.MULTILINE)
    return tables, columns, indexes


def make_older(server, name, version):
    tables, columns, indexes = steps_after(version)
    changes = [f"DROP INDEX lince.{index}" for index in indexes]
    changes += [f"ALTER TABLE lince.{table} DROP COLUMN {column}" for table, column in columns]
    changes += [f"DROP TABLE lince.{table} CASCADE" for table in tables]
    changes += [f"UPDATE lince.meta SET value='{version}' WHERE name='version'"]
    server.ask("; ".join(changes), name)


def shape(server, name):
    """Columns with their types and what they are without a value, and the indexes."""
    columns = server.ask(
        "SELECT table_name, column_name, data_type, collation_name, is_nullable, column_default"
        " FROM information_schema.columns WHERE table_schema='lince' ORDER BY 1, 2",
        name,
    )
    indexes = server.ask("SELECT indexdef FROM pg_indexes WHERE schemaname='lince' ORDER BY 1", name)
    return columns, indexes


def at_once(begin, count):
    """What `begin` gives in that many threads that start together."""
    found, barrier = [], threading.Barrier(count)

    def one():
        barrier.wait()
        found.append(begin())

    threads = [threading.Thread(target=one) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def fill(node):
    """Documents that were read, failed, corrected and wait, with what else a service keeps; gives their ids."""
    read, held = (node.client.post("/v1/batches", json={"name": name}).json()["id"] for name in ("read", "held"))
    ids = [node.send(receipt(*RECEIPT, name), params={"batch": read}) for name in ("Banco Uno", "Banco Dos")]
    ids.append(node.send(b"\x89PNG\r\n\x1a\nno picture", params={"batch": read}))
    ids.append(node.send(receipt("Monto 7,00", *RECEIPT[1:]), params={"batch": held}))
    assert node.client.post(f"/v1/batches/{read}/start").status_code < 300
    assert [node.wait(id_)["status"] for id_ in ids[:3]] == ["done", "done", "failed"]
    assert patch(node, ids[0], {"monto": "881,23", "fecha": None}, why="the customer called").status_code == 200
    node.client.post("/v1/webhooks", json={"url": "https://example.org/hook", "events": ["batch.closed"]})
    assert node.client.post("/v1/keys", json={"name": "clerk", "scopes": ["read"]}).status_code == 201
    compared = load(node, STATEMENT).json()["id"]
    return ids, held, compared


@pytest.mark.parametrize("version", range(OLDEST, NEWEST))
def test_two_nodes_that_start_at_once_bring_an_older_store_up_to_date(nodes, server, version):
    name = database.name_of(nodes.address)
    (first,) = nodes(1, "--start", "manual")
    ids, held, compared = fill(first)
    before = told(first, ids)
    items = first.client.get(f"/v1/reconciliations/{compared}/items").json()
    assert items["items"] and before["documents?text=000111222333"]["documents"]
    made = shape(server, name)
    assert first.stop() == 0
    make_older(server, name, version)
    assert shape(server, name) != made
    one, two = at_once(lambda: nodes(1, "--start", "manual")[0], 2)
    assert shape(server, name) == made
    assert server.ask("SELECT value FROM lince.meta WHERE name='version'", name) == str(NEWEST)
    later = {name for since, names in KEPT_SINCE.items() if version < since for name in names}
    before, after = flat(before), [flat(told(node, ids)) for node in (one, two)]
    for each in after:
        ways = [way for way in before | each if way.rsplit("/", 1)[1] not in later]
        assert {way: (before.get(way), each.get(way)) for way in ways if before.get(way) != each.get(way)} == {}
    assert two.client.get(f"/v1/reconciliations/{compared}/items").json() == items
    again = reread(one, ids[0])
    assert again["status"] == "done" and values(again)["monto"] == "881.23" and "fecha" not in again["fields"]
    assert two.client.post(f"/v1/batches/{held}/start").status_code < 300
    assert values(one.wait(ids[3]))["monto"] == "7.00"
    # What is new works on what is old.
    assert patch(two, ids[0], {"beneficiario": "Ana Mora", "cedula": "V12345678"}).status_code == 200
    assert [party["name"] for party in one.client.get("/v1/parties").json()["parties"]] == ["Ana Mora"]


# ---- a node of an earlier version beside the new tables ----


class Older:
    """What a node of that version writes: rows with the columns that it knows, in its turn."""

    def __init__(self, server, name, version):
        self.server, self.name = server, name
        _, self.unknown, _ = steps_after(version)

    def known(self, table):
        asked = (
            f"SELECT column_name FROM information_schema.columns WHERE table_schema='lince' AND table_name='{table}'"
        )
        found = set(self.server.ask(asked, self.name).splitlines())
        return sorted(found - {column for other, column in self.unknown if other == table})

    def copy(self, table, where, **other):
        """A row like another one, but for some values (SQL)."""
        columns = [column for column in self.known(table) if column != "seq"]
        picked = ", ".join(other.get(column, column) for column in columns)
        text = f"INSERT INTO lince.{table} ({', '.join(columns)}) SELECT {picked} FROM lince.{table} WHERE {where}"
        self.server.ask(f"BEGIN; SELECT 1 FROM lince.turns FOR UPDATE; {text}; COMMIT", self.name)

    def seq(self, id_):
        return self.server.ask(f"SELECT seq FROM lince.documents WHERE id='{id_}'", self.name)

    def takes(self, like, id_):
        """A document that came to the older node and waits."""
        empty = dict.fromkeys(("started_ms", "finished_ms", "layout", "text", "likeness", "duplicate_of"), "NULL")
        empty |= {"duplicate_kind": "NULL", "review": "''", "needs_review": "0", "page_count": "0", "version": "1"}
        self.copy("documents", f"id='{like}'", **empty, id=f"'{id_}'", status="'queued'")
        self.server.ask(f"INSERT INTO lince.jobs (document_seq) VALUES ({self.seq(id_)})", self.name)

    def reads(self, like, id_):
        """A document that the older node took and has read."""
        self.copy("documents", f"id='{like}'", id=f"'{id_}'", duplicate_of="NULL", duplicate_kind="NULL")
        for table in ("pages", "fields", "searches"):
            self.copy(table, f"document_seq={self.seq(like)}", document_seq=self.seq(id_))


@pytest.mark.parametrize("version", range(OLDEST, NEWEST))
def test_what_an_older_node_writes_is_read_beside_it(nodes, server, version):
    (node,) = nodes(1)
    older = Older(server, database.name_of(nodes.address), version)
    first = node.read(receipt(*RECEIPT, "Banco Uno"))
    assert values(first)["monto"] == "100.00"
    waits, done = (first["id"][:-3] + ending for ending in ("W00", "D00"))
    older.takes(first["id"], waits)
    got = node.wait(waits)
    assert got["status"] == "done" and got["text"] == first["text"] and values(got) == values(first)
    assert got["kind"] == first["kind"] and got["page_count"] == first["page_count"]
    older.reads(first["id"], done)
    shown = node.get(done)
    assert shown["status"] == "done" and values(shown) == values(first)
    listed = node.client.get("/v1/documents", params={"text": "000111222333"}).json()["documents"]
    assert {document["id"] for document in listed} == {first["id"], waits, done}
    assert node.client.get(f"/v1/documents/{done}/image").content == receipt(*RECEIPT, "Banco Uno")
    assert patch(node, done, {"monto": "55,00"}).status_code == 200
    again = reread(node, done)
    assert values(again)["monto"] == "55.00" and again["fields"]["monto"]["read_value"] == "100.00"
    assert again["kind"] == first["kind"]
    assert node.client.delete(f"/v1/documents/{waits}", headers={"If-Match": "*"}).status_code == 204


def test_a_store_that_is_newer_than_the_node_is_refused_and_left_alone(nodes, server, tmp_path):
    name = database.name_of(nodes.address)
    (running,) = nodes(1)
    server.ask(f"UPDATE lince.meta SET value='{NEWEST + 1}' WHERE name='version'", name)
    made = shape(server, name)
    command = [PROGRAM, "serve", "--listen", "127.0.0.1:0", "--data", tmp_path / "data"]
    for language, words in (("en", "update lince"), ("es", "actualice lince")):
        environment = {"LINCE_STORE": nodes.address, "LC_ALL": "C.UTF-8", "PATH": "/usr/bin", "LINCE_LANG": language}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 74 and words in done.stderr and str(NEWEST + 1) in done.stderr
    assert shape(server, name) == made
    assert server.ask("SELECT value FROM lince.meta WHERE name='version'", name) == str(NEWEST + 1)
    assert running.read(picture("SIGUE"))["status"] == "done"  # it ran before the tables were changed
