"""Several nodes on one PostgreSQL: what one takes the others know, and what one loses the others finish."""

import contextlib
import itertools
import json
import signal
import subprocess
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import database
import pytest
from served import PROGRAM, SLOW, Service, picture, problem, until
from test_parties import payment

pytestmark = pytest.mark.skipif(not database.is_there(), reason="PostgreSQL is not installed")


def images(count, word="TOTAL"):
    return [picture(f"{word} {100 + number},00", f"NUMERO {number}") for number in range(count)]


def events_of(node, after=0):
    """Every event that a node tells after a number, until it tells nothing new for a while."""
    found = []
    with node.client.stream("GET", "/v1/events", headers={"Last-Event-ID": str(after)}, timeout=3) as stream:
        lines = stream.iter_lines()
        with contextlib.suppress(Exception):
            for line in lines:
                if line.startswith("id:"):
                    found.append(int(line[3:]))
    return found


def test_any_node_answers_for_any_document(nodes):
    one, two = nodes(2)
    image = picture("TOTAL 123,45", "CARACAS")
    sent = one.send(image)
    document = two.wait(sent)
    assert document["status"] == "done" and "TOTAL" in document["text"]
    assert two.client.get(f"/v1/documents/{sent}/image").content == image
    again = two.send(image)
    assert one.wait(again)["duplicate_of"]["id"] == sent
    batch = one.client.post("/v1/batches", json={"name": "both"}).json()["id"]
    two.send(picture("UNO"), params={"batch": batch})
    one.send(picture("DOS"), params={"batch": batch})
    two.client.post(f"/v1/batches/{batch}/close")
    assert until(lambda: one.client.get(f"/v1/batches/{batch}").json()["counts"]["done"] == 2)
    deleted = one.client.delete(f"/v1/documents/{sent}", headers={"If-Match": "*"})
    assert deleted.status_code == 204, deleted.text
    assert two.client.get(f"/v1/documents/{sent}").status_code == 404
    assert two.client.get(f"/v1/documents/{again}/image").content == image


def test_what_a_person_confirms_at_one_node_is_known_at_the_other(nodes):
    one, two = nodes(2)
    first = one.read(payment())["id"]
    headers = {"If-Match": "*"}
    threads = [
        threading.Thread(
            target=node.client.patch,
            args=(f"/v1/documents/{first}",),
            kwargs={"json": {"reviewed": True}, "headers": headers},
        )
        for node in (one, two)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (party,) = two.client.get("/v1/parties").json()["parties"]
    assert party["names"][0]["documents"] == 1
    document = two.read(payment(1, Beneficiario="ANA PERES SOTO"))
    assert document["fields"]["beneficiario"]["value"] == "ANA PEREZ SOTO"
    assert two.client.delete(party["self"]).status_code == 200
    assert one.client.get("/v1/parties").json()["parties"] == []


def test_work_is_shared_out(nodes, server):
    one, two = nodes(2)
    ids = [one.send(image) for image in images(12)]
    assert {two.wait(id_)["status"] for id_ in ids} == {"done"}
    read = [node.client.get("/metrics").text for node in (one, two)]
    counts = [int(line.split()[-1]) for text in read for line in text.splitlines() if 'outcome="done"' in line]
    assert sum(counts) == 12 or not counts
    assert all(count > 0 for count in counts)


def test_what_a_killed_node_had_in_hand_is_read_by_another(nodes, server):
    one, two = nodes(2)
    ids = [one.send(image) for image in images(10)]
    until(
        lambda: (
            one.workers() and server.ask("SELECT count(*) FROM lince.jobs WHERE node IS NOT NULL", name(nodes)) != "0"
        )
    )
    one.stop(signal.SIGKILL)
    server.ask("UPDATE lince.jobs SET until_ms=least(until_ms, lince.database_ms()+1000)", name(nodes))
    assert {two.wait(id_)["status"] for id_ in ids} == {"done"}
    assert server.ask("SELECT count(*) FROM lince.jobs", name(nodes)) == "0"
    ended = server.ask("SELECT data FROM lince.events WHERE type='document.done'", name(nodes)).splitlines()
    assert sorted(json.loads(each)["id"] for each in ended) == sorted(ids), "each ends once"


def name(nodes):
    return database.name_of(nodes.address)


IN_TURN = "SELECT 1 FROM lince.turns FOR UPDATE; "  # as a node's own changes, which may come between


def test_three_lapses_poison(nodes, server):
    (one,) = nodes(1, "--start", "manual")
    held = one.send(picture("VENENO"))
    for lapse in range(3):
        server.ask(
            IN_TURN + "UPDATE lince.documents SET status='reading'; DELETE FROM lince.jobs; INSERT INTO lince.jobs"
            f" (document_seq, lease, node, until_ms, lapses) SELECT seq, 'lost:1', 'lost', 1, {lapse} FROM"
            " lince.documents",
            name(nodes),
        )
        if lapse < 2:
            until(lambda: server.ask("SELECT count(*) FROM lince.jobs WHERE lease='lost:1'", name(nodes)) == "0")
    document = one.wait(held)
    assert document["status"] == "poisoned" and "nodes" in document["error"]["message"]


def test_a_late_result_changes_nothing(nodes, server):
    """A node that is frozen over its lease finds its job taken, and its result is not written."""
    one, two = nodes(2, "--timeout", "60s")
    two.process.send_signal(signal.SIGSTOP)
    sent = one.send(picture("TARDE 1"))
    assert one.wait(sent)["status"] == "done"
    version = one.get(sent)["version"]
    server.ask(
        IN_TURN + f"UPDATE lince.documents SET status='reading' WHERE id='{sent}'; INSERT INTO lince.jobs"
        " (document_seq, lease, node, until_ms) SELECT seq, 'other:7', 'other', lince.database_ms()+60000"
        " FROM lince.documents",
        name(nodes),
    )
    two.process.send_signal(signal.SIGCONT)
    time.sleep(1)
    assert one.get(sent)["version"] == version and one.get(sent)["status"] == "reading"
    server.ask("DELETE FROM lince.jobs; UPDATE lince.documents SET status='done'", name(nodes))


def test_events_are_in_one_order_on_every_node(nodes):
    one, two = nodes(2)
    ids = []
    senders = [
        threading.Thread(target=lambda node=node, word=word: ids.extend(map(node.send, images(8, word))))
        for node, word in ((one, "UNO"), (two, "DOS"))
    ]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    for id_ in ids:
        assert one.wait(id_)["status"] == "done"
    first, second = events_of(one), events_of(two)
    assert first == second == sorted(set(first)) and len(first) >= 32
    middle = first[len(first) // 2]
    assert events_of(two, middle) == [number for number in first if number > middle]


def test_the_same_image_on_two_nodes_is_called_a_duplicate_once(nodes):
    one, two = nodes(2)
    image, ids = picture("DOBLE 77,00"), []
    senders = [threading.Thread(target=lambda node=node: ids.append(node.send(image))) for node in (one, two) * 3]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    found = [one.wait(id_) for id_ in ids]
    assert sum(document["duplicate_of"] is None for document in found) == 0
    assert found == [two.get(id_) for id_ in ids]


def test_an_idempotency_key_holds_on_every_node(nodes):
    one, two = nodes(2)
    key, image = {"Idempotency-Key": "once"}, picture("UNA VEZ")
    answers = [
        node.client.post("/v1/documents", content=image, headers={"Content-Type": "image/png", **key})
        for node in (one, two)
    ]
    assert [answer.status_code for answer in answers] == [202, 202]
    assert answers[0].json()["id"] == answers[1].json()["id"]
    assert len(two.client.get("/v1/documents").json()["documents"]) == 1


def test_a_key_revoked_on_one_node_ends_on_all(nodes):
    one, two = nodes(2, "--keys", "required")
    environment = {**one.env, "LC_ALL": "C.UTF-8"}
    make = [PROGRAM, "keys", "create", "--scopes", "admin,read"]
    made = subprocess.run(make, env=environment, capture_output=True, text=True, check=True).stdout.strip()
    key = {"X-API-Key": made}
    assert [node.client.get("/v1/documents", headers=key).status_code for node in (one, two)] == [200, 200]
    (listed,) = one.client.get("/v1/keys", headers=key).json()["keys"]
    assert one.client.delete(f"/v1/keys/{listed['id']}", headers=key).status_code < 300
    assert two.client.get("/v1/documents", headers=key).status_code == 401


def test_webhooks_are_sent_by_one_of_them(nodes):
    got = []

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            got.append((self.headers["webhook-id"], json.loads(body)))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_):
            pass

    receiver = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    threading.Thread(target=receiver.serve_forever, daemon=True).start()
    one, two = nodes(2, "--webhooks-private", "yes")
    url = f"http://127.0.0.1:{receiver.server_port}/"
    assert one.client.post("/v1/webhooks", json={"url": url, "events": ["document.done"]}).status_code == 201
    ids = [node.send(image) for node, image in zip((one, two) * 4, images(8), strict=True)]
    for id_ in ids:
        assert two.wait(id_)["status"] == "done"
    until(lambda: len(got) >= 8)
    time.sleep(1)
    receiver.shutdown()
    assert sorted(event["data"]["id"] for _, event in got) == sorted(ids)
    assert len({id_ for id_, _ in got}) == 8


def test_what_is_beyond_a_size_is_removed_once(nodes, server):
    made = images(14)
    keep = sum(map(len, made)) // 2
    three = nodes(3, "--keep-size", str(keep))
    ids = [node.send(image) for node, image in zip(itertools.cycle(three), made, strict=False)]
    for id_ in ids:
        three[0].wait(id_)

    def kept():
        return int(server.ask("SELECT coalesce(sum(image_bytes), 0) FROM lince.images", name(nodes)))

    until(lambda: kept() <= keep, 60)
    time.sleep(6)
    assert keep - 2 * max(map(len, made)) < kept() <= keep
    gone = [id_ for id_ in ids if three[1].client.get(f"/v1/documents/{id_}/image").status_code != 200]
    assert gone == ids[: len(gone)], "the oldest go first"


# ---- the database is away ----


def test_cut_off_a_node_promises_nothing(nodes, server):
    one, _ = nodes(2)
    before = one.send(picture("ANTES"))
    assert one.wait(before)["status"] == "done"
    server.signal_all(signal.SIGSTOP)
    try:
        until(lambda: one.client.get("/readyz").status_code == 503, 10)
        assert one.client.get("/livez", timeout=2).status_code == 200
        refused = one.client.post(
            "/v1/documents", content=picture("X"), headers={"Content-Type": "image/png"}, timeout=5
        )
        problem(refused, 503, "unavailable")
        assert one.client.get(f"/v1/documents/{before}", timeout=5).status_code == 503
    finally:
        server.signal_all(signal.SIGCONT)
    until(lambda: one.client.get("/readyz").status_code == 200, 20)
    assert one.read(picture("DESPUES"))["status"] == "done"


def test_a_database_that_starts_again_is_found_again(nodes, server):
    one, two = nodes(2)
    ids = [one.send(image) for image in images(4)]
    server.stop(signal.SIGQUIT)  # as a crash: nothing is written at the end
    refused = [one.client.get(f"/v1/documents/{ids[0]}", timeout=5) for _ in range(8) if not time.sleep(0.3)]
    server.start()
    for answer in refused:  # a client is not told where the database is
        problem(answer, 503, "unavailable")
        assert not any(word in answer.text for word in (str(server.folder), "socket", "PGSQL", "role"))
    until(lambda: two.client.get("/readyz").status_code == 200, 20)
    assert {two.wait(id_)["status"] for id_ in ids} == {"done"}
    assert one.read(picture("SIGUE"))["status"] == "done"


def test_a_commit_that_waits_for_a_standby_is_no_success(nodes, server):
    """Without the standby COMMIT hangs; where the wait is cancelled it comes back as done, with a warning."""
    (one,) = nodes(1)
    server.ask("ALTER SYSTEM SET synchronous_standby_names='nobody'")
    server.ask("SELECT pg_reload_conf()")
    try:
        time.sleep(0.5)
        began = time.monotonic()
        hung = one.client.post("/v1/documents", content=picture("COLGADO"), headers={"Content-Type": "image/png"})
        problem(hung, 503, "unavailable")
        assert time.monotonic() - began < 60 * SLOW
        began = time.monotonic()
        for _ in range(4):
            again = one.client.post("/v1/documents", content=picture("OTRO"), headers={"Content-Type": "image/png"})
            problem(again, 503, "unavailable")
        assert time.monotonic() - began < 15 * SLOW, "who comes after one that hung does not wait as long"
        time.sleep(2.5)

        def cancel():
            text = "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event='SyncRep'"
            with contextlib.suppress(AssertionError):  # the server is gone when the tests are over
                for _ in range(40):
                    server.ask(text)
                    time.sleep(0.1)

        threading.Thread(target=cancel, daemon=True).start()
        warned = one.client.post("/v1/documents", content=picture("AVISO"), headers={"Content-Type": "image/png"})
        problem(warned, 503, "unavailable")
    finally:
        server.ask("ALTER SYSTEM RESET synchronous_standby_names")
        server.ask("SELECT pg_reload_conf()")
    until(lambda: one.client.get("/readyz").status_code == 200, 20)
    assert one.read(picture("YA"))["status"] == "done"


# ---- starting ----


def refusal(tmp_path, store, *options):
    command = [PROGRAM, "serve", "--listen", "127.0.0.1:0", "--data", tmp_path / "data", *options]
    environment = {"LINCE_STORE": store, "LC_ALL": "C.UTF-8", "PATH": "/usr/bin"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode != 0
    return done.stderr


def test_what_is_refused_at_the_start(server, nodes, tmp_path):
    address = server.make()
    database_name = database.name_of(address)
    server.ask(f'ALTER DATABASE "{database_name}" SET synchronous_commit TO off')
    assert "synchronous_commit is off" in refusal(tmp_path, address)
    server.ask(f'ALTER DATABASE "{database_name}" RESET synchronous_commit')
    assert "standby" in refusal(tmp_path, address, "--require-replica", "yes")
    assert "postgres://" in refusal(tmp_path, "http://127.0.0.1/none")
    assert "does not answer" in refusal(tmp_path, "postgres://127.0.0.1:1/none")
    nodes(1)
    server.ask("UPDATE lince.meta SET value='999' WHERE name='version'", name(nodes))
    assert "version 999" in refusal(tmp_path, nodes.address)


def test_nodes_that_start_at_once_make_one_store(nodes, server):
    address, results = server.make(), []

    def begin():
        results.append(nodes(1, store=address)[0])

    starters = [threading.Thread(target=begin) for _ in range(3)]
    for starter in starters:
        starter.start()
        time.sleep(0.01)
    for starter in starters:
        starter.join()
    assert len(results) == 3
    sent = results[0].send(picture("JUNTOS"))
    assert results[2].wait(sent)["status"] == "done"


def test_a_role_without_rights_beyond_its_schema(nodes, server):
    address = server.make()
    database_name = database.name_of(address)
    server.ask("DROP ROLE IF EXISTS plain")
    server.ask("CREATE ROLE plain LOGIN NOSUPERUSER")
    server.ask("CREATE SCHEMA lince AUTHORIZATION plain", database_name)
    (one,) = nodes(1, store=address.replace("postgres@", "plain@"))
    assert one.read(picture("LLANO"))["status"] == "done"


def test_both_stores_have_the_same_tables(nodes, server, tmp_path):
    import sqlite3

    nodes(1)
    folder = tmp_path / "alone"
    folder.mkdir()
    alone = Service(folder, "--workers", "1", env={"LINCE_STORE": ""})
    assert alone.stop() == 0
    with sqlite3.connect(folder / "data/store.db") as tables:
        rows = tables.execute(
            "SELECT m.name, p.name FROM sqlite_master m, pragma_table_info(m.name) p WHERE m.type='table'"
            " AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE 'searches%'"
        ).fetchall()
    asked = server.ask(
        "SELECT table_name || ' ' || column_name FROM information_schema.columns WHERE table_schema='lince'",
        name(nodes),
    )
    there = {tuple(line.split()) for line in asked.splitlines()}
    assert set(rows) <= there
    more = there - set(rows)
    assert {table for table, _ in more} == {"jobs", "deliveries", "turns", "image_parts", "searches"}


def test_check_and_backup_say_what_they_do(nodes, server):
    (one,) = nodes(1)
    assert one.read(picture("COPIA"))["status"] == "done"

    def run(*arguments):
        return subprocess.run(
            [PROGRAM, *arguments], env={**one.env, "LC_ALL": "C.UTF-8"}, capture_output=True, text=True, check=False
        )

    done = run("check")
    assert done.returncode == 0 and "documents\t1\nimages\t1\nmissing\t0\ndamaged\t0\n" in done.stdout
    assert "pg_dump" in run("backup", "copy").stderr
    assert "pg_restore" in run("restore", "copy").stderr
    server.ask("UPDATE lince.image_parts SET bytes='other'", name(nodes))
    assert "damaged\t1" in run("check").stdout
