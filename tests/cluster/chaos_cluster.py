"""Faults of a cluster at random: three PostgreSQL (a primary that waits for one of two standbys) and three nodes.

    tests/cluster/chaos_cluster.py [--faults 200] [--seed 1]

Clients upload to any node meanwhile, and follow the events of each. Afterwards everything acknowledged must be there,
be read once, and be called a duplicate alike on every node; no follower may have missed an event, and no node may have
passed its memory limit.
"""

import argparse
import contextlib
import hashlib
import itertools
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import threading
import time
import uuid
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "http"))

import database
import httpx
from served import FINAL, Service, picture

NAME = "receipts"
LIMIT = "300MB"


class Server(database.Database):
    """One PostgreSQL of the three. A standby follows another by its socket's folder."""

    def __init__(self, name, follows=None):
        self.name = name
        self.follows = follows
        super().__init__(wal_keep_size="512MB")

    def run(self, name, *arguments):
        if name == "initdb" and self.follows is not None:
            self.copy_from(self.follows)
        else:
            super().run(name, *arguments)

    def copy_from(self, other):
        shutil.rmtree(self.data, ignore_errors=True)
        super().run("pg_basebackup", "-h", str(other.folder), "-U", database.USER, "-D", self.data, "-c", "fast", "-N")
        self.follow(other)

    def follow(self, other):
        """Lines at the end of the file win."""
        line = f"primary_conninfo = 'host={other.folder} user={database.USER} application_name={self.name}'\n"
        with (self.data / "postgresql.auto.conf").open("a") as file:
            file.write(line)
        signal_file = self.data / "standby.signal"
        signal_file.touch()
        if self.owner:
            os.chown(signal_file, self.owner.pw_uid, self.owner.pw_gid)

    def alter(self, **settings):
        for name, value in settings.items():
            self.ask(f"ALTER SYSTEM SET {name}='{value}'")
        self.ask("SELECT pg_reload_conf()")

    def kill(self):
        """All of its processes at once; the next start recovers."""
        self.signal_all(signal.SIGKILL)
        self.process.wait(30)


class Databases:
    """The three, and who decides which of them is the primary."""

    def __init__(self):
        self.primary = Server("a")
        self.standbys = [Server(name, follows=self.primary) for name in ("b", "c")]
        self.wait_for_standbys()
        self.primary.alter(synchronous_standby_names=self.others_of(self.primary), synchronous_commit="on")
        self.primary.ask(f"CREATE DATABASE {NAME} TEMPLATE template0")

    @property
    def all(self):
        return [self.primary, *self.standbys]

    @property
    def address(self):
        hosts = ",".join(str(server.folder) for server in sorted(self.all, key=lambda server: server.name))
        return f"postgres://{database.USER}@/{NAME}?host={hosts}&target_session_attrs=read-write"

    @staticmethod
    def others_of(primary):
        return "ANY 1 (" + ", ".join(name for name in "abc" if name != primary.name) + ")"

    def wait_for_standbys(self):
        end = time.monotonic() + 60
        while self.primary.ask("SELECT count(*) FROM pg_stat_replication WHERE state='streaming'") != "2":
            assert time.monotonic() < end, "the standbys do not follow"
            time.sleep(0.1)

    def ask(self, text):
        return self.primary.ask("SET search_path TO lince; " + text, NAME)

    def promote(self):
        """The primary is lost. What it acknowledged is on one standby at least: the one that has most takes over."""
        self.primary.kill()
        received = "SELECT pg_wal_lsn_diff(pg_last_wal_receive_lsn(), '0/0')"
        lost, best = self.primary, max(self.standbys, key=lambda server: int(server.ask(received).split(".")[0] or 0))
        other = next(server for server in self.standbys if server is not best)
        best.ask("SELECT pg_promote()")
        best.alter(synchronous_standby_names=self.others_of(best))
        self.primary = best
        other.stop(signal.SIGINT)
        other.follow(best)
        other.start()
        lost.copy_from(best)
        lost.start()
        self.standbys = [other, lost]
        self.wait_for_standbys()

    def close(self):
        for server in [*self.standbys, self.primary]:
            server.close()


class Clients:
    """Upload without a pause, to any node; whoever is not answered sends again, under the same key."""

    def __init__(self, nodes, count):
        self.nodes, self.stopping, self.lock = nodes, threading.Event(), threading.Lock()
        self.promised, self.odd, self.numbers = {}, [], itertools.count()
        self.repeated = [picture(f"REPETIDA {number}", size=(240, 60)) for number in range(5)]
        self.threads = [threading.Thread(target=self.run, args=(seed,), daemon=True) for seed in range(count)]
        for thread in self.threads:
            thread.start()

    def run(self, seed):
        chance = random.Random(seed)
        while not self.stopping.is_set():
            image = picture(f"TOTAL {100000 + next(self.numbers)}", size=(240, 60))
            image = chance.choice(self.repeated) if chance.random() < 0.15 else image
            key = str(uuid.uuid4())
            while not self.post(chance.choice(self.nodes), image, key) and not self.stopping.is_set():
                self.stopping.wait(0.2)
            self.stopping.wait(0.25)

    def post(self, node, image, key):
        headers = {"Content-Type": "image/png", "Idempotency-Key": key}
        try:
            answer = httpx.post(f"{node.address}/v1/documents", content=image, headers=headers, timeout=25)
        except httpx.HTTPError:
            return False
        if answer.status_code == 202:
            with self.lock:
                self.promised[answer.json()["id"]] = image
        elif answer.status_code not in (409, 429, 503):  # 409: the same key is at work, or its answer is on its way
            self.odd.append((answer.status_code, answer.text))
        return answer.status_code == 202

    def stop(self):
        self.stopping.set()
        for thread in self.threads:
            thread.join(60)


class Follower(threading.Thread):
    """Follows the events of one node from the first on, and goes on behind the last after every break."""

    def __init__(self, nodes, place):
        super().__init__(daemon=True)
        self.nodes, self.place, self.seen, self.stopping = nodes, place, [], threading.Event()
        self.start()

    def run(self):
        while not self.stopping.is_set():
            last = self.seen[-1] if self.seen else 0
            url = f"{self.nodes[self.place].address}/v1/events"
            with (
                contextlib.suppress(httpx.HTTPError),
                httpx.stream("GET", url, headers={"Last-Event-ID": str(last)}, timeout=5) as answer,
            ):
                for line in answer.iter_lines():
                    if line.startswith("id:"):
                        self.seen.append(int(line[3:]))
                    if self.stopping.is_set():
                        return
            self.stopping.wait(0.1)


class Chaos:
    def __init__(self, seed):
        self.chance = random.Random(seed)
        self.folder = Path(tempfile.mkdtemp(prefix="lince-chaos-"))
        self.databases = Databases()
        self.nodes = [self.begin(number) for number in range(3)]
        self.peaks = [0, 0, 0]
        self.counts = Counter()

    def begin(self, number):
        folder = self.folder / str(number)
        folder.mkdir()
        env = {"LINCE_STORE": self.databases.address, "LD_PRELOAD": os.environ.get("LINCE_PRELOAD_POWER", "")}
        options = ("--workers", "1", "--memory", LIMIT, "--require-replica", "yes", "--access-log", "no")
        return Service(folder, *options, env=env)

    def note_peaks(self):
        for place, node in enumerate(self.nodes):
            with contextlib.suppress(httpx.HTTPError, KeyError):
                told = httpx.get(f"{node.address}/v1/memory", timeout=5).json()
                self.peaks[place] = max(self.peaks[place], told["pss_peak_bytes"])
                assert told["pss_peak_bytes"] <= told["limit_bytes"], told

    # ---- faults ----

    def again(self, node, how):
        node.stop(how)
        end = time.monotonic() + 60
        while True:
            try:
                node.start()
                return
            except AssertionError:  # without its database a node does not start; whoever runs it tries again
                assert time.monotonic() < end
                time.sleep(0.5)

    def kill_node(self):
        self.again(self.chance.choice(self.nodes), signal.SIGKILL)

    def stop_node(self):
        self.again(self.chance.choice(self.nodes), signal.SIGTERM)

    def freeze_node(self):
        node = self.chance.choice(self.nodes)
        node.process.send_signal(signal.SIGSTOP)
        time.sleep(self.chance.uniform(1, 5))
        node.process.send_signal(signal.SIGCONT)

    def kill_worker(self):
        node = self.chance.choice(self.nodes)
        with contextlib.suppress(httpx.HTTPError, KeyError, ProcessLookupError, IndexError):
            told = httpx.get(f"{node.address}/v1/memory", timeout=5).json()["processes"]
            os.kill(self.chance.choice([each["pid"] for each in told if each["role"] == "worker"]), signal.SIGKILL)

    def kill_standby(self):
        server = self.chance.choice(self.databases.standbys)
        server.kill()
        time.sleep(self.chance.uniform(0, 2))
        server.start()

    def freeze_standbys(self):
        """One: nobody notices. Both: nothing is acknowledged."""
        frozen = self.chance.sample(self.databases.standbys, self.chance.choice((1, 2)))
        for server in frozen:
            server.signal_all(signal.SIGSTOP)
        time.sleep(self.chance.uniform(1, 4))
        for server in frozen:
            server.signal_all(signal.SIGCONT)

    def freeze_primary(self):
        self.databases.primary.signal_all(signal.SIGSTOP)
        time.sleep(self.chance.uniform(0.5, 5))
        self.databases.primary.signal_all(signal.SIGCONT)

    def restart_primary(self):
        self.databases.primary.kill()
        time.sleep(self.chance.uniform(0, 1))
        self.databases.primary.start()

    def promote(self):
        self.databases.wait_for_standbys()
        self.databases.promote()

    def cut_connections(self):
        self.databases.ask(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name='lince'"
        )

    def cancel_waits(self):
        """A cancelled wait for a standby tells success, with a warning: it must not be taken for one."""
        for server in self.databases.standbys:
            server.signal_all(signal.SIGSTOP)
        for _ in range(10):
            self.databases.ask("SELECT count(pg_cancel_backend(pid)) FROM pg_stat_activity WHERE wait_event='SyncRep'")
            time.sleep(0.1)
        for server in self.databases.standbys:
            server.signal_all(signal.SIGCONT)

    def fault(self, number):
        kinds = [self.kill_node, self.stop_node, self.freeze_node, self.kill_worker, self.kill_standby]
        kinds += [self.freeze_standbys, self.freeze_primary, self.restart_primary, self.promote, self.cut_connections]
        kinds += [self.cancel_waits]
        kind = kinds[number] if number < len(kinds) else self.chance.choice(kinds)
        began = time.monotonic()
        kind()
        self.counts[kind.__name__] += 1
        print(f"{number + 1:4} {kind.__name__:18} {time.monotonic() - began:5.1f} s", flush=True)

    # ---- afterwards ----

    def settle(self):
        self.databases.wait_for_standbys()
        for node in self.nodes:
            node.ready()
        end = time.monotonic() + 300
        while (left := self.databases.ask("SELECT count(*) FROM jobs")) != "0":
            assert time.monotonic() < end, f"{left} documents still wait"
            time.sleep(0.5)

    def check_promised(self, promised):
        known = dict(
            line.split("|") for line in self.databases.ask("SELECT id || '|' || sha256 FROM documents").splitlines()
        )
        for id_, image in promised.items():
            assert known.get(id_) == hashlib.sha256(image).hexdigest(), f"{id_} was acknowledged and is not there"
        for id_, image in promised.items():
            node = self.chance.choice(self.nodes)
            assert node.get(id_)["status"] in FINAL
            assert node.client.get(f"/v1/documents/{id_}/image").content == image
        states = Counter(self.databases.ask("SELECT status FROM documents").split())
        return len(known), states

    def check_ends(self):
        ended = Counter(
            json.loads(line)["id"]
            for line in self.databases.ask(
                "SELECT data FROM events WHERE type IN ('document.done', 'document.failed', 'document.poisoned')"
            ).splitlines()
        )
        assert all(count == 1 for count in ended.values()), [id_ for id_, count in ended.items() if count != 1]
        assert len(ended) == int(self.databases.ask("SELECT count(*) FROM documents"))

    def check_duplicates(self):
        lists = []
        for node in self.nodes:
            found, cursor = {}, None
            while cursor != "":
                page = node.client.get("/v1/documents", params={"limit": 200, **({"cursor": cursor} if cursor else {})})
                for each in page.json()["documents"]:
                    found[each["id"]] = each["duplicate_of"]
                cursor = page.json().get("next_cursor") or ""
            lists.append(found)
        assert lists[0] == lists[1] == lists[2]
        return sum(each is not None for each in lists[0].values())

    def check_followers(self, followers):
        """No event of the store was missed. What was seen and is not in the store was never acknowledged: a primary
        shows what waited for a standby when the wait was cancelled or it started again, and may be lost after that.
        """
        lost = set()
        told = [int(line) for line in self.databases.ask("SELECT seq FROM events ORDER BY seq").splitlines()]
        end = time.monotonic() + 60
        for follower in followers:
            while (not follower.seen or follower.seen[-1] < told[-1]) and time.monotonic() < end:
                time.sleep(0.2)
            follower.stopping.set()
            missed = sorted(set(told) - set(follower.seen))
            assert not missed, f"a follower of node {follower.place} missed {missed[:5]} of {len(told)}"
            assert follower.seen == sorted(set(follower.seen)), "each comes once, and in order"
            lost |= set(follower.seen) - set(told)
        return len(told), len(lost)

    def close(self):
        for node in self.nodes:
            if node.process.poll() is None:
                node.process.send_signal(signal.SIGCONT)
                node.stop(signal.SIGKILL)
        self.databases.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--faults", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    began = time.monotonic()
    chaos = Chaos(options.seed)
    try:
        clients = Clients(chaos.nodes, 3)
        followers = [Follower(chaos.nodes, place) for place in range(3)]
        for number in range(options.faults):
            chaos.fault(number)
            chaos.note_peaks()
            time.sleep(chaos.chance.uniform(0, 1.5))
        clients.stop()
        chaos.settle()
        count, states = chaos.check_promised(clients.promised)
        chaos.check_ends()
        duplicates = chaos.check_duplicates()
        events, lost = chaos.check_followers(followers)
        chaos.note_peaks()
        assert not clients.odd, clients.odd[:3]
    finally:
        chaos.close()
    print(f"{options.faults} faults in {time.monotonic() - began:.0f} s, seed {options.seed}: {dict(chaos.counts)}")
    print(f"{len(clients.promised)} documents acknowledged, {count} in the store: {dict(states)}; all are there")
    print(f"each ended once; {duplicates} duplicates, called so alike by all nodes; {events} events, none missed")
    print(f"{lost} events were seen that no one was promised, and that went with a primary")
    print(f"most memory of a node: {max(chaos.peaks) / 1e6:.0f} MB of {LIMIT}")


if __name__ == "__main__":
    main()
