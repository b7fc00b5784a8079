"""How far a cluster on one PostgreSQL carries: transactions a second at the one lock, and images a second by nodes.

    tests/cluster/scale.py [--seconds 5]

The lock: up to 64 clients that do what a node does to add a document and to end its reading, without reading anything.
Images: as many nodes as cores, each with one worker on a core of its own, beside the database on the same cores.
"""

import argparse
import itertools
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "http"))

import database
from chaos_cluster import NAME, Databases
from served import Service, picture

DOCUMENT = """
INSERT INTO documents (id, origin, status, name, stored_name, sha256, image_bytes, media_type, metadata, layouts,
 received_ms) VALUES ('doc_' || gen_random_uuid(), 'v1', 'queued', 'a.jpg', 'a.jpg', md5(random()::text), 90000,
 'image/jpeg', '{}', 'auto', 1) RETURNING seq \\gset
INSERT INTO searches (document_seq, body, trigrams) SELECT :seq, 'a.jpg', array_agg((random()*16777215)::int4)
 FROM generate_series(1, 20);
INSERT INTO jobs (document_seq) VALUES (:seq);
INSERT INTO events (at_ms, type, data) VALUES (1, 'document.queued', '{"id": ":seq"}');
"""
END = """
UPDATE documents SET status='done', text=repeat('TOTAL 123,45 ', 40), version=version+1 WHERE seq=:seq;
INSERT INTO pages (document_seq, number, page) VALUES (:seq, 1, repeat('{"text": "TOTAL"}', 200));
UPDATE searches SET body=repeat('total 123,45 ', 40) WHERE document_seq=:seq;
DELETE FROM jobs WHERE document_seq=:seq;
INSERT INTO events (at_ms, type, data) VALUES (1, 'document.done', '{"id": ":seq"}');
"""
TURN = "BEGIN;\nSELECT 1 FROM turns FOR UPDATE;\n"


def lock_figures(databases, seconds):
    """Documents a second, each added in one turn and ended in another, by the number of clients."""
    script = Path(tempfile.mkstemp(suffix=".sql")[1])
    script.write_text(f"SET search_path TO lince;\n{TURN}{DOCUMENT}COMMIT;\n{TURN}{END}COMMIT;\n", encoding="utf-8")
    script.chmod(0o644)
    program = database.PROGRAMS[-1].parent / "pgbench"
    found = {}
    for clients in (1, 2, 4, 8, 16, 32, 64):
        command = [program, "-n", "-h", databases.primary.folder, "-U", database.USER, "-f", script, "-T", str(seconds)]
        command += ["-c", str(clients), "-j", str(min(clients, 2)), NAME]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        found[clients] = float(re.search(r"tps = ([\d.]+)", done.stdout)[1])
        print(f"{clients:3} clients: {found[clients]:7.0f} documents/s, {2 * found[clients]:7.0f} turns/s", flush=True)
    script.unlink()
    return found


def begin(databases, folder, core):
    every = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})  # what is started inherits it
    try:
        folder.mkdir()
        return Service(folder, "--workers", "1", env={"LINCE_STORE": databases.address}).ready()
    finally:
        os.sched_setaffinity(0, every)


def image_figures(databases, folder, image_count):
    word = itertools.count(100)
    for count in range(1, len(os.sched_getaffinity(0)) + 1):
        cores = sorted(os.sched_getaffinity(0))[:count]
        nodes = [begin(databases, folder / f"{count}-{core}", core) for core in cores]
        images = [picture(f"TOTAL {next(word)},00", "CARACAS", size=(720, 400)) for _ in range(image_count)]
        began = time.monotonic()
        sent = [node.send(image) for node, image in zip(itertools.cycle(nodes), images, strict=False)]
        for id_ in sent:
            nodes[0].wait(id_, 600)
        rate = len(sent) / (time.monotonic() - began)
        for node in nodes:
            node.stop()
        print(f"{count} nodes of one core: {rate:5.1f} images/s", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--images", type=int, default=60)
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="lince-scale-"))
    databases = Databases()
    try:
        node = begin(databases, folder / "tables", min(os.sched_getaffinity(0)))
        node.stop()
        print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before")
        print("a primary that waits for one of two standbys")
        lock_figures(databases, options.seconds)
        databases.primary.alter(synchronous_standby_names="")
        print("the same without standbys to wait for")
        lock_figures(databases, options.seconds)
        databases.ask("TRUNCATE documents, events, jobs CASCADE")
        image_figures(databases, folder, options.images)
    finally:
        databases.close()


if __name__ == "__main__":
    main()
