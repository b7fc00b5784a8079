"""Hundreds and thousands of images in several batches: all are read without error, and memory does not grow."""

import concurrent.futures
import time

from served import ROOT, Service, picture
from watch import MIB, Watch

BATCH = 200


def send(service, number, batch):
    """Uploads one picture into a batch; waits where the queue is full."""
    body = picture(f"TOTAL {100000 + number}")
    while True:
        answer = service.client.post(
            "/v1/documents", params={"batch": batch}, content=body, headers={"Content-Type": "image/png"}
        )
        if answer.status_code != 429:
            assert answer.status_code == 202, answer.text
            return
        time.sleep(float(answer.headers["retry-after"]))


def run(folder, images, limit="300MB"):
    """Uploads all in batches, waits, compares the memory of the first and the last tenth. Gives whether all holds."""
    service = Service(folder, "--workers", "2", "--memory", limit, "--access-log", "no").ready()
    watch = Watch(service.process.pid, period=1.0 if images > 2000 else 0.25)
    began, batches = time.monotonic(), []
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        for first in range(0, images, BATCH):
            batch = service.client.post("/v1/batches", json={"name": f"from {first}"}).json()["id"]
            count = min(BATCH, images - first)
            list(pool.map(lambda number, batch=batch: send(service, number, batch), range(first, first + count)))
            service.client.post(f"/v1/batches/{batch}/close")
            batches.append((batch, count))
            # As clients do: a batch is waited for before much more is sent.
            while len(batches) > 1 and service.client.get(f"/v1/batches/{batches[-2][0]}").json()["counts"]["queued"]:
                time.sleep(0.2)
    faults = []
    for batch, count in batches:
        while (counts := service.client.get(f"/v1/batches/{batch}").json()["counts"])["done"] < count:
            if counts["failed"] + counts["poisoned"]:
                faults.append(f"{batch}: {counts}")
                break
            time.sleep(0.2)
    seconds = time.monotonic() - began
    rows = [
        service.client.get(f"/v1/batches/{batch}/records?format=csv").text.count("\r\n") - 1 for batch, _ in batches
    ]
    if rows != [count for _, count in batches]:
        faults.append(f"records: {rows}")
    watch.stop()
    early, late = watch.mean(0.1, 0.3), watch.mean(0.8, 1.0)
    if late > early + 8 * MIB:
        faults.append(f"memory grew from {early / MIB:.1f} to {late / MIB:.1f} MiB")
    service.stop()
    watch.draw(ROOT / f"build/load/bulk-{images}.svg", f"{images} images in {len(batches)} batches", 0)
    for fault in faults:
        print(f"FAULT: {fault}")
    print(
        f"{images} images in {len(batches)} batches, {seconds:.0f} s, {images / seconds:.1f} a second: memory "
        f"{early / MIB:.1f} MiB early, {late / MIB:.1f} late, peak {watch.peak() / MIB:.1f}; {len(faults)} faults"
    )
    return not faults
