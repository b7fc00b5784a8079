"""The service's figures: memory with two workers, with one, and of idle connections; speed beside `lince read`."""

import concurrent.futures
import http.client
import resource
import socket
import statistics
import subprocess
import threading
import time
from pathlib import Path

from served import MODELS, PROGRAM, ROOT, Service
from watch import MIB, Watch, pss

IMAGES = sorted(p for p in (ROOT / "examples").iterdir() if p.suffix in (".jpg", ".png"))


def unlike(number):
    """An example again, as another file: bytes after the end of an image are read by nobody."""
    path = IMAGES[number % len(IMAGES)]
    return path.read_bytes() + f"{number}".encode()


class Sender(threading.local):
    """A connection of each thread's own, up before the clock runs: its making is no part of an answer's time."""

    def __init__(self, service):
        self.connection = http.client.HTTPConnection(service.address.split("://")[1], timeout=60)
        self.ask("GET", "/livez")

    def ask(self, method, path, body=None):
        self.connection.request(method, path, body, {"Content-Type": "image/jpeg"} if body else {})
        answer = self.connection.getresponse()
        return answer.status, answer.read()

    def post(self, body):
        """Uploads; gives the seconds that the answer took."""
        began = time.perf_counter()
        status, text = self.ask("POST", "/v1/documents", body)
        took = time.perf_counter() - began
        assert status == 202, text
        return took


def read_all(service, count, senders=4):
    """Uploads `count` images from several senders, waits until all are read; gives seconds, and those of each 202."""
    sender = Sender(service)
    bodies = [unlike(number) for number in range(count)]
    began = time.perf_counter()
    with concurrent.futures.ThreadPoolExecutor(senders) as pool:
        answers = list(pool.map(lambda body: sender.post(body), bodies))
    while service.client.get("/metrics").text.split("\nlince_queue_length ")[1].split("\n")[0] != "0":
        time.sleep(0.02)
    return time.perf_counter() - began, answers


def answered_within(service, bound="0.02"):
    """How many uploads the service itself saw, and how many it answered within that many seconds of their last byte."""
    figures = service.client.get("/metrics").text
    bucket = f'lince_answer_duration_seconds_bucket{{le="{bound}"}} '
    return [int(figures.split(name)[1].split("\n")[0]) for name in ("lince_answer_duration_seconds_count ", bucket)]


def memory(folder, workers, limit, count):
    """PSS at rest before, at the peak, and at rest after reading."""
    service = Service(folder, "--workers", str(workers), "--memory", limit).ready()
    watch = Watch(service.process.pid)
    time.sleep(1)
    before = watch.look()
    read_all(service, count)
    time.sleep(12)
    after = watch.stop().look()
    service.stop()
    watch.draw(ROOT / f"build/load/memory-{workers}-{limit}.svg", f"{workers} workers, --memory {limit}", 0)
    figures = [round(size / MIB, 1) for size in (before[1] + before[2], watch.peak(), after[1] + after[2])]
    print(
        f"workers {workers}, --memory {limit}: at rest {figures[0]}, peak {figures[1]}, at rest after {figures[2]} MiB"
    )
    return figures


def idle_connections(folder, count=1000):
    """What that many connections take in the front while they say nothing."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 4096), hard))
    service = Service(
        folder, "--workers", "1", "--keep-alive", "60s", "--request-timeout", "60s", "--address-connections", "2000"
    ).ready()
    host, port = service.address.split("://")[1].split(":")
    before, connections = pss(service.process.pid), []
    for _ in range(count):
        connection = socket.create_connection((host, int(port)))
        connection.sendall(b"GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n")
        connections.append(connection)
    for connection in connections:
        assert connection.recv(4096).startswith(b"HTTP/1.1 200")
    time.sleep(0.5)
    taken = pss(service.process.pid) - before
    text = service.client.get("/metrics").text
    held = int(text.split("\nlince_connections ")[1].split("\n")[0])
    for connection in connections:
        connection.close()
    service.stop()
    print(f"{held - 1} idle connections: {taken / MIB:.1f} MiB")
    return taken


def speed(folder, count=64, rounds=3):
    """The service's speed as a part of that of `lince read --jobs` beside it, and of its 202 those within 20 ms."""
    files = []
    for number in range(count):
        files.append(Path(folder) / f"{number}.jpg")
        files[-1].write_bytes(unlike(number))
    ratios, answers, seen = [], [], []
    for turn in range(rounds):
        began = time.perf_counter()
        subprocess.run(
            [PROGRAM, "read", "--jobs", "2", "--fields", "-f", "ndjson", *files],
            stdout=subprocess.DEVNULL,
            env={"LINCE_MODELS": str(MODELS)},
            check=True,
        )
        alone = time.perf_counter() - began
        place = Path(folder) / f"serve{turn}"
        place.mkdir()
        service = Service(place, "--workers", "2").ready()
        seconds, times = read_all(service, count)
        seen.append(answered_within(service))
        service.stop()
        ratios.append(alone / seconds)
        answers += times
        print(f"lince read --jobs 2: {count / alone:.2f} images/s; service: {count / seconds:.2f} images/s", flush=True)
    answers.sort()
    print(
        f"speed of the service: {statistics.median(ratios):.1%} of lince read; 202 of {len(answers)} uploads: median "
        f"{1000 * answers[len(answers) // 2]:.1f} ms, 99th percentile {1000 * answers[int(len(answers) * 0.99)]:.1f} ms"
        f"; at the service {sum(row[1] for row in seen)} of {sum(row[0] for row in seen)} within 20 ms"
    )
    return statistics.median(ratios), sum(row[1] for row in seen) / sum(row[0] for row in seen)


def place(folder, name):
    """A folder for one service."""
    (folder / name).mkdir()
    return folder / name


def run(folder, which):
    """All figures, or one of them. Gives whether they are as they must be."""
    faults = []

    def need(is_so, what):
        if not is_so:
            faults.append(what)

    if which in ("all", "memory"):
        before, peak, after = memory(place(folder, "two"), 2, "200MB", 48)
        need(peak <= 200 and max(before, after) < 100, "two workers take more than 200 MiB, or 100 MiB at rest")
        need(memory(place(folder, "one"), 1, "128MB", 24)[1] <= 128, "--memory 128MB is not kept")
    if which in ("all", "idle"):
        need(idle_connections(place(folder, "idle")) < 10 * MIB, "1000 idle connections take 10 MiB or more")
    if which in ("all", "speed"):
        ratio, soon = speed(folder)
        need(ratio >= 0.9, "the service has less than 90 % of the speed of lince read")
        need(soon >= 0.99, "more than one answer in a hundred took the service above 20 ms")
    for fault in faults:
        print(f"FAULT: {fault}")
    return not faults
