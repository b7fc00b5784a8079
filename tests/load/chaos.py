"""kill -9 of workers and supervisor at random during uploads and corrections: what was acknowledged must be there."""

import contextlib
import json
import os
import random
import signal
import subprocess
import threading
import time
import uuid

import httpx
from served import FINAL, PROGRAM, Service, picture
from watch import children


class Senders:
    """Clients that upload without a pause and remember what they were promised.

    Half of them send an Idempotency-Key and send again until they are answered; the others give up at the first
    failure, so that what they sent may be there or not, but never twice.
    """

    def __init__(self, service, count):
        self.service, self.lock, self.stopping = service, threading.Lock(), threading.Event()
        self.promised, self.unsure, self.number, self.odd = {}, set(), 0, []
        self.threads = [threading.Thread(target=self._run, args=(i % 2 == 0,), daemon=True) for i in range(count)]
        for thread in self.threads:
            thread.start()

    def _next(self):
        with self.lock:
            self.number += 1
            return f"TOTAL {100000 + self.number}"

    def _post(self, text, key):
        headers = {"Content-Type": "image/png", **({"Idempotency-Key": key} if key else {})}
        answer = httpx.post(f"{self.service.address}/v1/documents", content=picture(text), headers=headers, timeout=20)
        if answer.status_code == 202:
            with self.lock:
                self.promised[text] = answer.json()["id"]
        elif answer.status_code not in (429, 503, 507):
            self.odd.append((answer.status_code, answer.text))
        return answer.status_code == 202

    def _run(self, is_insisting):
        while not self.stopping.is_set():
            text, key = self._next(), str(uuid.uuid4()) if is_insisting else None
            while True:
                try:
                    if self._post(text, key) or not is_insisting:
                        break
                except httpx.HTTPError:
                    if not is_insisting:
                        self.unsure.add(text)
                        break
                time.sleep(0.1)
            self.stopping.wait(0.15)

    def stop(self):
        """Lets the requests under way end."""
        self.stopping.set()
        for thread in self.threads:
            thread.join()


class Correctors:
    """People who correct what was read and have some of it read again, and remember what they were promised.

    Each has documents of its own, so that the order of its changes is the order in the history.
    """

    FIELDS = ("beneficiario", "concepto")

    def __init__(self, service, senders, count=2):
        self.service, self.senders, self.stopping = service, senders, threading.Event()
        self.made, self.rereads, self.odd = {}, {}, []  # made: id -> [(field, value, why, is promised)]
        self.threads = [threading.Thread(target=self._run, args=(i, count), daemon=True) for i in range(count)]
        for thread in self.threads:
            thread.start()

    def _choose(self, chance, place, count):
        with self.senders.lock:
            ids = [id_ for id_ in self.senders.promised.values() if sum(id_.encode()) % count == place]
        return chance.choice(ids) if ids else None

    def _correct(self, chance, id_, number):
        made = self.made.setdefault(id_, [])
        field, value, why = chance.choice(self.FIELDS), f"Ana {number}", f"said so {number}"
        made.append((field, value, why, False))  # until it is answered nobody knows
        body = {"fields": {field: value}, "why": why}
        path = f"{self.service.address}/v1/documents/{id_}"
        answer = httpx.patch(path, json=body, headers={"If-Match": "*"}, timeout=20)
        if answer.status_code == 200:
            made[-1] = (field, value, why, True)
        elif answer.status_code not in (409, 429, 503, 507):
            self.odd.append((answer.status_code, answer.text))

    def _run(self, place, count):
        chance, number = random.Random(place), place
        while not self.stopping.wait(0.1):
            id_, number = self._choose(chance, place, count), number + count
            if id_ is None:
                continue
            with contextlib.suppress(httpx.HTTPError, ValueError):
                path = f"{self.service.address}/v1/documents/{id_}"
                if httpx.get(path, timeout=20).json().get("status") != "done":
                    continue
                if chance.random() < 0.2:
                    self.rereads[id_] = self.rereads.get(id_, 0) + 1
                    httpx.post(f"{path}/reread", timeout=20)
                else:
                    self._correct(chance, id_, number)

    def stop(self):
        """Lets the requests under way end."""
        self.stopping.set()
        for thread in self.threads:
            thread.join()

    def promised_count(self):
        """How many corrections were acknowledged."""
        return sum(is_sure for made in self.made.values() for *_, is_sure in made)

    def judge(self):
        """What is wrong: a correction is lost, doubled, of nobody, or not the value that stands."""
        faults = [f"a correction was answered {status}: {text}" for status, text in self.odd]
        for id_, made in self.made.items():
            document = self.service.get(id_)
            told = self.service.client.get(f"/v1/documents/{id_}/history").json().get("corrections", [])
            rows = [(row["field"], row["new_value"], row["why"]) for row in told]
            for field, value, why, is_sure in made:
                count = rows.count((field, value, why))
                if count > 1 or (is_sure and count == 0):
                    faults.append(f"{why!r} is {count} times in the history of {id_}")
            if len(rows) > len(made):
                faults.append(f"{id_} has {len(rows)} corrections, {len(made)} were made")
            for field in self.FIELDS:
                last = next((value for name, value, _ in rows if name == field), None)  # newest first
                stands = document.get("fields", {}).get(field, {}).get("value")
                if last is not None and stands != last:
                    faults.append(f"{field} of {id_} was corrected to {last!r} and is {stands!r}")
        return faults


def all_documents(service):
    """Every document that the service knows, by its list's cursors."""
    found, path = [], "/v1/documents?limit=200"
    while path:
        page = service.client.get(path).json()
        found += page["documents"]
        cursor = page.get("next_cursor") or page.get("cursor")
        path = f"/v1/documents?limit=200&cursor={cursor}" if cursor else None
    return found


def final_events(service):
    """How often each document was told to have ended."""
    told = {}
    with service.client.stream("GET", "/v1/events", headers={"Last-Event-ID": "0"}) as stream:
        kind = ""
        for line in stream.iter_lines():
            if line.startswith("event: "):
                kind = line[7:]
            elif line.startswith("data: ") and kind.removeprefix("document.") in FINAL:
                id_ = json.loads(line[6:])["id"]
                told[id_] = told.get(id_, 0) + 1
            elif line.startswith(": "):
                break  # the first sign of life comes when nothing is left to tell
    return told


def judge(service, senders, correctors, seconds):
    """What is wrong, as a list of sentences; empty when every promise was kept, once."""
    faults = [f"answered {status}: {text}" for status, text in senders.odd]
    end = time.monotonic() + seconds
    documents = all_documents(service)
    while any(d["status"] not in FINAL for d in documents) and time.monotonic() < end:
        time.sleep(0.5)
        documents = all_documents(service)
    by_id = {d["id"]: service.get(d["id"]) for d in documents}
    if len(by_id) != len(documents):
        faults.append("a document is listed twice")
    for text, id_ in senders.promised.items():
        document = by_id.pop(id_, None)
        if document is None:
            faults.append(f"{id_} was acknowledged and is lost")
        elif document["status"] == "done" and document["text"] != text:
            faults.append(f"{id_} was sent as {text!r} and is {document['text']!r}")
        elif document["status"] not in ("done", "poisoned"):
            faults.append(f"{id_} ended as {document['status']}: {document.get('error')}")
        elif service.client.get(f"/v1/documents/{id_}/image").content != picture(text):
            faults.append(f"the image of {id_} is not what was sent")
    left = [d["text"] for d in by_id.values() if d["status"] == "done"]
    faults += [f"{text!r} is there twice or was never sent" for text in left if text not in senders.unsure]
    faults += [f"{text!r} is there twice" for text in set(left) if left.count(text) > 1]
    if len(by_id) > len(senders.unsure):
        faults.append(f"{len(by_id)} documents were never acknowledged, {len(senders.unsure)} may be")
    told = final_events(service)
    again = correctors.rereads
    faults += [f"{i} was told to have ended {count} times" for i, count in told.items() if count > 1 + again.get(i, 0)]
    faults += correctors.judge()
    return faults, {d["id"]: d["status"] for d in documents}


def kill_one(service, chance, supervisor_share):
    """Ends one process at random; a supervisor is started again at once. Gives which it was."""
    if chance.random() < supervisor_share:
        service.restart(signal.SIGKILL)
        return "supervisor"
    workers = children(service.process.pid)
    if not workers:
        return None
    with contextlib.suppress(ProcessLookupError):
        os.kill(chance.choice(workers), signal.SIGKILL)
        return "worker"
    return None


def catch_up(senders, correctors, seconds=20):
    """Waits until more was acknowledged, of uploads and of corrections: else a slow machine would try nothing."""
    uploads, corrections, end = len(senders.promised), correctors.promised_count(), time.monotonic() + seconds
    while time.monotonic() < end:
        if len(senders.promised) > uploads + 2 and correctors.promised_count() > corrections:
            break
        time.sleep(0.05)


def run(folder, kills, seed=1, supervisor_share=0.3, pause=0.3):
    """Kills that often, waits until all has ended, says what came of it. Gives whether all promises were kept."""
    chance = random.Random(seed)
    service = Service(folder, "--workers", "2", "--max-requests", "10").ready()
    senders = Senders(service, 4)
    correctors = Correctors(service, senders)
    count = {"worker": 0, "supervisor": 0}
    began = time.monotonic()
    while sum(count.values()) < kills:
        time.sleep(chance.random() * pause)
        killed = kill_one(service, chance, supervisor_share)
        if killed:
            count[killed] += 1
            if sum(count.values()) % 10 == 0:
                catch_up(senders, correctors)
            if sum(count.values()) % 50 == 0:
                print(f"{sum(count.values())} kills, {len(senders.promised)} acknowledged", flush=True)
    senders.stop()
    correctors.stop()
    faults, states = judge(service, senders, correctors, 300)
    if service.stop() != 0:
        faults.append("the service did not stop well")
    checked = subprocess.run([PROGRAM, "check", "--data", folder / "data"], capture_output=True, text=True, check=False)
    if checked.returncode != 0:
        faults.append(f"lince check: {checked.stdout}{checked.stderr}")
    if list((folder / "data/incoming").iterdir()):
        faults.append("something is left in incoming/")
    kept = sum(1 for p in (folder / "data/images").rglob("*") if p.is_file())
    # What was being sent when a supervisor died may have left its image, which the service keeps for a week.
    if kept > len(states) + len(senders.unsure):
        faults.append(f"{kept} images for {len(states)} documents and {len(senders.unsure)} broken uploads")
    for fault in faults[:50]:
        print(f"FAULT: {fault}")
    by_state = {state: list(states.values()).count(state) for state in sorted(set(states.values()))}
    print(
        f"{count['worker']} workers and {count['supervisor']} supervisors killed in {time.monotonic() - began:.0f} s: "
        f"{len(senders.promised)} acknowledged, {len(senders.unsure)} unsure, ended as {by_state}; "
        f"{correctors.promised_count()} corrections acknowledged, {sum(correctors.rereads.values())} read again; "
        f"{len(faults)} faults"
    )
    return not faults
