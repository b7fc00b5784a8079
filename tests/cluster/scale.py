"""How far a cluster on one PostgreSQL carries: documents a second at the one lock, images a second by nodes.

    tests/cluster/scale.py [--seconds 5] [--images 120] [--nodes 3] [--share 0.25]

The lock: up to 64 clients that do what a node does to add a document and to end its reading, without reading anything;
with the image in the same database, and without it, as with a bucket.
Images: 1, 2 and 3 nodes with one worker each, every node on the same share of a core (cgroups), beside the database and
the bucket on the same machine. Where groups cannot be made, each node has a core of its own instead.
"""

import argparse
import contextlib
import itertools
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "http"))

import bucket as buckets
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
# 90 kB in one part, as a node writes it before the document's turn.
IMAGE = """
BEGIN;
SELECT md5(random()::text) AS sha \\gset
INSERT INTO images (sha256, image_bytes, kept_ms) VALUES (':sha', 90000, 1);
INSERT INTO image_parts (sha256, part, bytes) VALUES (':sha', 0, decode(repeat(':sha', 5625), 'hex'));
COMMIT;
"""


def lock_figures(databases, seconds, with_images):
    """Documents a second, each added in one turn and ended in another, by the number of clients."""
    script = Path(tempfile.mkstemp(suffix=".sql")[1])
    before = IMAGE if with_images else ""
    text = f"SET search_path TO lince;\n{before}{TURN}{DOCUMENT}COMMIT;\n{TURN}{END}COMMIT;\n"
    script.write_text(text, encoding="utf-8")
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
    databases.ask("TRUNCATE documents, events, jobs, images, image_parts CASCADE")
    return max(found.values())


class Shares:
    """Gives what is started a fixed share of the processor: in a group of its own, or on a core of its own."""

    PERIOD_US = 100000

    def __init__(self, share):
        self.share, self.groups = share, []
        one, other = Path("/sys/fs/cgroup/cpu"), Path("/sys/fs/cgroup")  # versions 1 and 2
        self.root = one if one.is_dir() else other
        self.is_first = self.root == one
        self.kind = f"{share:g} of a core each (cgroup)"
        try:
            self.make("probe")
        except OSError:
            self.root, self.kind = None, "a core of its own each"
            self.most = len(os.sched_getaffinity(0))
        else:
            self.most = 64

    def make(self, name):
        group = self.root / f"lince-scale-{os.getpid()}-{name}"
        if not self.is_first:
            (self.root / "cgroup.subtree_control").write_text("+cpu")
        group.mkdir()
        self.groups.append(group)
        quota = int(self.share * self.PERIOD_US)
        if self.is_first:
            (group / "cpu.cfs_period_us").write_text(str(self.PERIOD_US))
            (group / "cpu.cfs_quota_us").write_text(str(quota))
        else:
            (group / "cpu.max").write_text(f"{quota} {self.PERIOD_US}")
        return group

    def own_group(self):
        """The group that this process is in."""
        wanted = "cpu" if self.is_first else ""
        for line in Path("/proc/self/cgroup").read_text().splitlines():
            _, names, path = line.split(":", 2)
            if wanted in names.split(","):
                return self.root / path.lstrip("/")
        return self.root

    @contextlib.contextmanager
    def one(self, number):
        """What is started meanwhile inherits the share."""
        if self.root is None:
            every = os.sched_getaffinity(0)
            os.sched_setaffinity(0, {sorted(every)[number]})
            try:
                yield
            finally:
                os.sched_setaffinity(0, every)
            return
        before = self.own_group()
        (self.make(f"{number}-{len(self.groups)}") / "cgroup.procs").write_text(str(os.getpid()))
        try:
            yield
        finally:
            (before / "cgroup.procs").write_text(str(os.getpid()))

    def close(self):
        for group in self.groups:
            with contextlib.suppress(OSError):
                group.rmdir()


def begin(address, folder, images):
    folder.mkdir()
    return Service(folder, "--workers", "1", "--start", "manual", env={"LINCE_STORE": address, **images}).ready()


def image_figures(address, images, folder, options, shares):
    """Images a second, by the number of nodes: all are sent to a batch that waits, then it is started."""
    word, found = itertools.count(100), {}
    for count in range(1, min(options.nodes, shares.most) + 1):
        nodes = []
        for number in range(count):
            with shares.one(number):
                nodes.append(begin(address, folder / f"{count}-{number}-{len(images)}", images))
        batch = nodes[0].client.post("/v1/batches", json={}).json()
        for node in itertools.islice(itertools.cycle(nodes), options.images):
            node.send(picture(f"TOTAL {next(word)},00", "CARACAS", size=(720, 400)), params={"batch": batch["id"]})
        began = time.monotonic()
        assert nodes[0].client.post(batch["self"] + "/start").status_code == 200
        while nodes[0].client.get(batch["self"]).json()["counts"]["done"] < options.images:
            time.sleep(0.2)
        found[count] = options.images / (time.monotonic() - began)
        for node in nodes:
            node.stop()
        print(f"{count} nodes, {shares.kind}: {found[count]:5.1f} images/s", flush=True)
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--images", type=int, default=120)
    parser.add_argument("--nodes", type=int, default=3)
    parser.add_argument("--share", type=float, default=0.25, help="of a core, for each node")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="lince-scale-"))
    databases, bucket, shares = Databases(), None, Shares(options.share)
    try:
        begin(databases.address, folder / "tables", {}).stop()
        print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before")
        most = {}
        for standbys in (True, False):
            for with_images in (True, False):
                print(
                    f"images {'in the database' if with_images else 'elsewhere'}, "
                    f"{'waiting for one of two standbys' if standbys else 'no standby to wait for'}"
                )
                most[standbys, with_images] = lock_figures(databases, options.seconds, with_images)
            databases.primary.alter(synchronous_standby_names="")
        print("images in the database")
        here = image_figures(databases.address, {}, folder, options, shares)
        print(f"one primary carries {most[True, True] / here[1]:.0f} such nodes, waiting for a standby")
        if buckets.is_there():
            bucket = buckets.Bucket()
            address = databases.primary.make()
            print("images in a bucket (SeaweedFS on loopback)")
            there = image_figures(address, bucket.env("scale"), folder, options, shares)
            print(f"one primary carries {most[True, False] / there[1]:.0f} such nodes, waiting for a standby")
    finally:
        shares.close()
        databases.close()
        if bucket is not None:
            bucket.close()


if __name__ == "__main__":
    main()
