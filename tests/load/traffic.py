"""Mixed traffic for minutes: good and bad files, slow senders, aborted uploads, readers, clients that only wait."""

import contextlib
import http.client
import random
import socket
import threading
import time

import httpx
from figures import IMAGES
from served import FINAL, ROOT, Service, picture
from watch import MIB, Watch

ALLOWED = {503, 507}  # what may be answered beyond 499
PROMISED_202_SECONDS = 0.02  # at the 99th percentile


class Traffic:
    """Clients of all kinds, each in a thread of its own, and what they were answered."""

    def __init__(self, service, seed=1):
        self.service, self.chance = service, random.Random(seed)
        self.host, self.port = service.address.split("://")[1].split(":")
        self.lock, self.stopping = threading.Lock(), threading.Event()
        self.promised, self.answers, self.times, self.number = [], {}, [], 0
        self.threads = []

    def start(self, act, count=1):
        """Runs `act` over and over in that many threads."""
        for _ in range(count):
            self.threads.append(threading.Thread(target=self._run, args=(act,), daemon=True))
            self.threads[-1].start()

    def _run(self, act):
        connection = None
        while not self.stopping.is_set():
            try:
                if connection is None:
                    connection = http.client.HTTPConnection(self.host, int(self.port), timeout=60)
                self.stopping.wait(act(connection) or 0)
            except (OSError, http.client.HTTPException):
                connection = None  # the service closes what idles: that is no fault
        if connection:
            connection.close()

    def ask(self, connection, method, path, body=None, headers=None):
        """One request; its answer is counted. Gives status, headers and body."""
        began = time.perf_counter()
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        text = answer.read()
        with self.lock:
            self.answers[answer.status] = self.answers.get(answer.status, 0) + 1
            if answer.status == 202 and isinstance(body, bytes):  # how fast a slow sender is, is its own affair
                self.times.append(time.perf_counter() - began)
        return answer.status, answer.headers, text

    def next_number(self):
        """Another one each time."""
        with self.lock:
            self.number += 1
            return self.number

    def upload(self, connection, body, media="image/png"):
        """Uploads; what is promised is kept. Gives how long to wait."""
        status, headers, text = self.ask(connection, "POST", "/v1/documents", body, {"Content-Type": media})
        if status == 202:
            with self.lock:
                self.promised.append(text.split(b'"id":"')[1].split(b'"')[0].decode())
        return float(headers["Retry-After"]) if status in (429, 503, 507) else 0.05

    # ---- kinds of clients ----

    def small(self, connection):
        """A small picture."""
        return self.upload(connection, picture(f"TOTAL {100000 + self.next_number()}"))

    def photo(self, connection):
        """An example, as another file each time."""
        body = self.chance.choice(IMAGES).read_bytes() + b"%d" % self.next_number()
        return 1 + self.upload(connection, body, "image/jpeg")

    def bad(self, connection):
        """What is no image, or the beginning of one, or claims to be enormous."""
        number = b"%d" % self.next_number()
        enormous = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\xff\xff\x00\x00\xff\xff\x08\x02\x00\x00\x00" + number
        body = self.chance.choice([b"no image " + number, IMAGES[0].read_bytes()[:4000] + number, enormous, b""])
        return 0.2 + self.upload(connection, body)

    def slow(self, connection):
        """An image in small pieces with pauses between."""
        body = picture(f"TOTAL {100000 + self.next_number()}")

        def pieces():
            for at in range(0, len(body), 400):
                time.sleep(0.2)
                yield body[at : at + 400]

        return self.upload(connection, pieces())

    def aborted(self, _):
        """The beginning of an upload, then nobody."""
        with socket.create_connection((self.host, int(self.port)), timeout=10) as raw:
            raw.sendall(
                b"POST /v1/documents HTTP/1.1\r\nHost: localhost\r\n"
                b"Content-Type: image/png\r\nContent-Length: 900000\r\n"
            )
            raw.sendall(b"\r\n\x89PNG\r\n\x1a\n" + bytes(self.chance.randrange(60000)))
        return 0.2

    def reader(self, connection):
        """Looks at what is there."""
        path = self.chance.choice(
            [
                "/v1/documents?limit=50",
                "/v1/documents?text=TOTAL&limit=20",
                "/v1/memory",
                "/metrics",
                "/readyz",
                "/none",
            ]
        )
        self.ask(connection, "GET", path)
        if self.promised:
            self.ask(connection, "GET", f"/v1/documents/{self.chance.choice(self.promised)}")
        return 0.3

    def waiter(self, connection):
        """A reading that is waited for and stored nowhere."""
        self.ask(connection, "POST", "/v1/read", picture(f"N {self.next_number()}"), {"Content-Type": "image/png"})
        return 1

    def stop(self):
        """Lets the requests under way end."""
        self.stopping.set()
        for thread in self.threads:
            thread.join(60)


@contextlib.contextmanager
def streams(service, count):
    """Clients that listen to events as long as the traffic goes on."""
    with contextlib.ExitStack() as stack:
        for _ in range(count):
            client = stack.enter_context(httpx.Client(base_url=service.address, timeout=None))
            stack.enter_context(client.stream("GET", "/v1/events"))
        yield


def judge(service, traffic, watch, limit):
    """What is wrong, as a list of sentences."""
    faults = [f"{n} answers of {s}" for s, n in traffic.answers.items() if s >= 500 and s not in ALLOWED]
    end = time.monotonic() + 900
    states = {}
    for id_ in traffic.promised:
        while True:
            answer = service.client.get(f"/v1/documents/{id_}")
            states[id_] = answer.json().get("status", "lost") if answer.status_code == 200 else "lost"
            if states[id_] in (*FINAL, "lost") or time.monotonic() > end:
                break
            time.sleep(0.2)
    faults += [f"{id_} is {state}" for id_, state in states.items() if state not in ("done", "failed")]
    if limit and watch.peak() > limit:
        faults.append(f"memory came to {watch.peak() / MIB:.1f} MiB")
    return faults, states


def run(folder, minutes, memory="300MB"):
    """The traffic for that long, then the reckoning. Gives whether all promises were kept."""
    workers = () if memory.startswith("1") else ("--workers", "2")
    service = Service(folder, *workers, "--memory", memory, "--queue-limit", "60", "--access-log", "no").ready()
    limit = service.client.get("/v1/memory").json()["limit_bytes"]
    watch, traffic = Watch(service.process.pid), Traffic(service)
    with streams(service, 5):
        for act, count in ((traffic.small, 3), (traffic.photo, 2), (traffic.bad, 2), (traffic.slow, 4)):
            traffic.start(act, count)
        for act, count in ((traffic.aborted, 2), (traffic.reader, 3), (traffic.waiter, 1)):
            traffic.start(act, count)
        time.sleep(60 * minutes)
        traffic.stop()
    times = sorted(traffic.times) or [0]
    slow = times[int(len(times) * 0.99)]
    faults, states = judge(service, traffic, watch, limit)
    if slow > PROMISED_202_SECONDS:
        faults.append("the 99th percentile of the 202 is above 20 ms")
    watch.stop().draw(ROOT / f"build/load/load-{memory}.svg", f"mixed traffic, --memory {memory}", limit)
    if service.stop() != 0:
        faults.append("the service did not stop well")
    for fault in faults[:50]:
        print(f"FAULT: {fault}")
    by_state = {state: list(states.values()).count(state) for state in sorted(set(states.values()))}
    print(
        f"{minutes:g} minutes: answers {dict(sorted(traffic.answers.items()))}; {len(states)} acknowledged, ended as "
        f"{by_state}; 202 median {1000 * times[len(times) // 2]:.1f} ms, 99th percentile "
        f"{1000 * slow:.1f} ms; memory peak {watch.peak() / MIB:.1f} MiB of "
        f"{limit / MIB:.0f}; {len(faults)} faults"
    )
    return not faults
