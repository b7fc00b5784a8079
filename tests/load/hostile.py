"""Good clients beside hostile ones: the good see no 5xx and are answered as fast, within the memory limit."""

import contextlib
import http.server
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

from served import ROOT, Service
from traffic import Traffic, judge, streams
from watch import MIB, Watch

PROMISED_202_SECONDS = 0.05  # at the 99th percentile


@contextlib.contextmanager
def attack(traffic):
    """The hostile clients, in a process of their own, which may have what the others leave of the processors."""
    with subprocess.Popen(
        [sys.executable, Path(__file__).with_name("attack.py"), traffic.host, traffic.port]
    ) as hostile:
        yield
        assert hostile.poll() is None
        hostile.kill()


@contextlib.contextmanager
def receivers(service):
    """Webhooks whose receivers hang, or answer without end."""
    stopped = threading.Event()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(200)
            self.end_headers()
            while self.path == "/endless" and not stopped.is_set():
                self.wfile.write(bytes(4096))
            stopped.wait(20)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.handle_error = lambda *_: None
    threading.Thread(target=server.serve_forever, daemon=True).start()
    for path in ("/hangs", "/endless"):
        url = f"http://127.0.0.1:{server.server_address[1]}{path}"
        service.client.post("/v1/webhooks", json={"url": url}).raise_for_status()
    yield
    stopped.set()
    server.shutdown()


def run(folder, minutes, memory="300MB"):
    """The traffic for that long beside the attack, then the reckoning. Gives whether all promises were kept."""
    options = (
        "--workers",
        "2",
        "--memory",
        memory,
        "--queue-limit",
        "60",
        "--access-log",
        "no",
        "--connections",
        "256",
    )
    service = Service(folder, *options, "--webhooks-private", "yes").ready()
    limit = service.client.get("/v1/memory").json()["limit_bytes"]
    watch, traffic = Watch(service.process.pid), Traffic(service)
    with receivers(service), streams(service, 2), attack(traffic):
        time.sleep(5)
        for act, count in ((traffic.small, 2), (traffic.photo, 1), (traffic.reader, 2), (traffic.waiter, 1)):
            traffic.start(act, count)
        time.sleep(60 * minutes)
        traffic.stop()
        text = service.client.get("/metrics").text
    times = sorted(traffic.times) or [0]
    slow = times[int(len(times) * 0.99)]
    faults, states = judge(service, traffic, watch, limit)
    faults += [f"{count} good clients were answered {s}" for s, count in traffic.answers.items() if s >= 500]
    if slow > PROMISED_202_SECONDS:
        faults.append("the 99th percentile of the 202 is above 50 ms")
    watch.stop().draw(ROOT / f"build/load/hostile-{memory}.svg", f"hostile clients, --memory {memory}", limit)
    if service.stop() != 0:
        faults.append("the service did not stop well")
    for fault in faults[:50]:
        print(f"FAULT: {fault}")
    wanted = ("wrong_keys_total", "connections_refused_total", "connections_evicted_total", "connections_cut_total")
    counted = [line for line in text.splitlines() if line.startswith(tuple(f"lince_{name}" for name in wanted))]
    by_state = {state: list(states.values()).count(state) for state in sorted(set(states.values()))}
    print(
        f"{minutes:g} minutes beside hostile clients: good ones were answered {dict(sorted(traffic.answers.items()))}; "
        f"{len(states)} acknowledged, ended as {by_state}; 202 median {1000 * times[len(times) // 2]:.1f} ms, 99th "
        f"percentile {1000 * slow:.1f} ms; memory peak {watch.peak() / MIB:.1f} MiB of {limit / MIB:.0f}; {counted}; "
        f"load average {os.getloadavg()[0]:.1f}; {len(faults)} faults"
    )
    return not faults
