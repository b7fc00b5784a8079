"""The page with many documents: how soon the list opens and is filtered, whether 500 files dropped at once arrive, and
how many keys ten corrections take."""

import base64
import json
import shutil
import sqlite3
import statistics
import time

from playwright.sync_api import expect, sync_playwright
from served import ROOT, Service, picture

OPENS_MS, FILTERS_MS, KEYS_MOST, DROPPED = 500, 200, 4, 500
FRAME_MS, FRAMES = 16.7, 180
STEPS_PX = (140, 800, 20000)  # a frame: a quick hand, a page, the bar being dragged
DOUBTFUL = ROOT / "tests/receipts/fixed/46-burbujas-messenger.jpg"
# Counts from the change of the address to the frame in which the list shows what was asked for.
SHOWS = """async ([hash, count]) => {
    const began = performance.now();
    location.hash = hash;
    const isThere = () => document.querySelectorAll('.rows .row').length > 0
        && [...document.querySelectorAll('.rows .row')].every((row) => row.textContent.includes(count));
    while (!isThere()) {
        if (performance.now() - began > 10000) {
            throw new Error(`${hash} shows: ${document.querySelector('main').innerText.slice(0, 600)}`);
        }
        await new Promise(requestAnimationFrame);
    }
    return performance.now() - began;
}"""
SCROLLS = """async ([step, count]) => {
    const place = document.querySelector('.rows');
    const stamps = [];
    let moved = 0;
    for (let frame = 0; frame < count; frame++) {
        const before = place.scrollTop;
        place.scrollTop += step;
        moved += place.scrollTop - before;
        stamps.push(await new Promise(requestAnimationFrame));
    }
    return [moved, stamps.slice(1).map((stamp, index) => stamp - stamps[index])];
}"""
DROP = """async ([bytes, count]) => {
    const image = Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0));
    const data = new DataTransfer();
    for (let number = 0; number < count; number++) {
        const bytesOfItsOwn = [image, new Uint8Array([number & 255, number >> 8])];
        data.items.add(new File(bytesOfItsOwn, `n${number}.png`, {type: 'image/png'}));
    }
    for (const type of ['dragenter', 'dragover', 'drop']) {
        document.dispatchEvent(new DragEvent(type, {bubbles: true, cancelable: true, dataTransfer: data}));
    }
}"""


def fill(path, count):
    """Makes many of the one document that the store has: other days, amounts, banks and names."""
    store = sqlite3.connect(path)
    columns = [row[1] for row in store.execute("PRAGMA table_info(documents)")]
    made = {
        "seq": "n + 10",
        "id": "printf('doc_%020d', n)",
        "name": "'receipt-' || n || '.jpg'",
        "sha256": "sha256",
        "received_ms": "received_ms + n",
        "paid_date": "date('2024-01-01', '+' || (n % 700) || ' days')",
        "amount": "1000 + (n * 7919) % 5000000",
        "bank": "CASE n % 4 WHEN 0 THEN '0102' WHEN 1 THEN '0134' WHEN 2 THEN '0105' ELSE '0172' END",
        "who": "'Persona ' || (n % 5000)",
        "reference": "printf('%012d', n * 31)",
        "duplicate_of": "NULL",
        "duplicate_kind": "NULL",
        "likeness": "NULL",
        "text": "'Persona ' || (n % 5000)",
    }
    values = ", ".join(made.get(column, column) for column in columns)
    numbers = f"WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {count - 1})"
    with store:
        store.execute(
            f"INSERT INTO documents ({', '.join(columns)}) {numbers}"
            f" SELECT {values} FROM numbers, documents WHERE documents.seq = (SELECT min(seq) FROM documents)"
        )
        store.execute(
            "INSERT INTO searches (rowid, body) SELECT seq, lower(name || ' ' || who || ' ' || reference)"
            " FROM documents WHERE seq > 10"
        )
        store.execute("ANALYZE")
    store.close()


def told(name, value, most, unit, faults):
    """Prints a figure beside what is wanted of it."""
    print(f"{name:44} {value:8.1f} {unit:4} (wanted: at most {most})")
    if value > most:
        faults.append(f"{name}: {value:.1f} {unit}")


def frames_of(trace):
    """The processor time in ms that the page's main thread took for each frame, from a trace of the browser."""
    events = json.loads(trace)["traceEvents"]
    frames = {}
    for event in events:
        if event["name"] == "ProxyMain::BeginMainFrame" and event.get("ph") == "X":
            frames.setdefault(event["pid"], []).append(event.get("tdur", event["dur"]) / 1000)
    return max(frames.values(), key=len)


def scroll(browser, page, step, faults):
    """Scrolls by that much each frame. The processor time of a frame tells whether 60 a second are possible; the time
    between frames whether they came, which other work on the machine delays."""
    page.evaluate("document.querySelector('.rows').scrollTop = 0")
    page.wait_for_timeout(500)
    browser.start_tracing(page=page, categories=["devtools.timeline", "toplevel", "cc", "benchmark"])
    moved, waits = page.evaluate(SCROLLS, [step, FRAMES])
    frames = sorted(frames_of(browser.stop_tracing()))
    print(
        f"scrolling {step} px a frame, {moved:.0f} px: {statistics.median(waits):.1f} ms between frames at the median,"
        f" {sorted(waits)[-len(waits) // 20]:.1f} at 95 %"
    )
    told(f"work for a frame at 95 %, {step} px", frames[-len(frames) // 20], FRAME_MS, "ms", faults)
    if moved < step * FRAMES * 0.9:
        faults.append(f"scrolling {step} px a frame ended after {moved:.0f} px")


def lists(folder, browser, count, faults):
    """Opens and filters the list of many."""
    service = Service(folder, "--workers", "1", "--memory", "400MB").ready()
    service.read((ROOT / "examples/04-light-card-recompressed.jpg").read_bytes())
    service.stop()
    fill(folder / "data/store.db", count)
    service.start()
    service.ready()
    page = browser.new_page(viewport={"width": 1280, "height": 800}, locale="en")
    page.goto(service.address)  # what the page is made of is in the browser's cache from here on
    expect(page.locator(".rows .row").first).to_be_visible()
    first, opened = [], []
    for _ in range(5):
        began = time.monotonic()
        page.goto(f"{service.address}/?{began}#/receipts")
        page.wait_for_selector(".rows .row")
        first.append(1000 * (time.monotonic() - began))
        expect(page.locator(".totals")).to_contain_text(f"{count:,}", timeout=30000)
        page.evaluate("location.hash = '#/batches'")
        page.wait_for_selector("form.line")
        opened.append(page.evaluate(SHOWS, ["#/receipts", ""]))
    told(f"the page with {count}, from nothing to rows", statistics.median(first), OPENS_MS, "ms", faults)
    told(f"back to the list of {count}, median of 5", statistics.median(opened), OPENS_MS, "ms", faults)
    for step in STEPS_PX:
        scroll(browser, page, step, faults)
    for hash_, words in (
        ("#/receipts?bank=0102", "Banco de Venezuela"),
        ("#/receipts?text=000003078951", "000003078951"),
        ("#/receipts?paid_since=2025-05-05&paid_until=2025-05-05", "05/05/2025"),
    ):
        taken = []
        for _ in range(3):
            page.evaluate(SHOWS, ["#/receipts", ""])
            page.wait_for_timeout(700)
            taken.append(page.evaluate(SHOWS, [hash_, words]))
        query = hash_.split("?")[1]
        answered = statistics.median(
            service.client.get(f"/v1/documents?limit=60&{query}").elapsed.total_seconds() for _ in range(5)
        )
        print(f"the service answers {query} in {1000 * answered:.0f} ms at the median of 5")
        told(f"filter {query}", statistics.median(taken), FILTERS_MS, "ms", faults)
    page.close()
    service.stop()


def drop(folder, browser, faults):
    """Drops many files at once; each of them becomes a document."""
    service = Service(folder, "--workers", "1", "--start", "manual").ready()
    page = browser.new_page(viewport={"width": 1280, "height": 800}, locale="en")
    page.goto(service.address)
    page.wait_for_selector(".empty")
    began = time.monotonic()
    page.evaluate(DROP, [base64.b64encode(picture("TOTAL 1")).decode(), DROPPED])
    expect(page.locator(".tray header")).to_contain_text(f"{DROPPED} of {DROPPED} sent", timeout=300000)
    count = service.client.get("/v1/documents/totals").json()["count"]
    print(f"{count} of {DROPPED} files dropped at once arrived in {time.monotonic() - began:.1f} s")
    if count != DROPPED:
        faults.append(f"{count} of {DROPPED} files arrived")
    page.close()
    service.stop()


def walk(folder, browser, faults, receipts=10):
    """Corrects the doubtful field of ten receipts by keyboard alone."""
    service = Service(folder, "--workers", "1").ready()
    ids = [
        service.read(DOUBTFUL.read_bytes() + bytes([n]), params={"name": f"d{n}.jpg"})["id"] for n in range(receipts)
    ]
    page = browser.new_page(viewport={"width": 1280, "height": 800}, locale="en")
    page.goto(f"{service.address}/#/receipts?needs_review=true")
    page.locator(".rows .row a").first.focus()
    keys, began = 1, time.monotonic()
    page.keyboard.press("Enter")
    for number in range(receipts):
        field = page.locator("#field-beneficiario")
        expect(field).to_be_focused()
        if number > 0:
            expect(field).to_have_value("Rosaura Escalona")
        page.keyboard.type(f"Zoila {number}")
        page.keyboard.press("Control+Enter")
        keys += 2
    expect(page.get_by_text("All are checked.")).to_be_visible()
    left = [id_ for id_ in ids if service.get(id_)["needs_review"]]
    print(f"{receipts} receipts corrected by keyboard in {time.monotonic() - began:.1f} s")
    told("keys a receipt beside the typing", keys / receipts, KEYS_MOST, "keys", faults)
    if left:
        faults.append(f"{len(left)} receipts are still to be checked")
    page.close()
    service.stop()


def run(folder, count):
    """All of it. Gives whether it is as wanted."""
    faults = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name, work in (("walk", walk), ("drop", drop), ("lists", None)):
            (folder / name).mkdir()
            if work is None:
                lists(folder / name, browser, count, faults)
            else:
                work(folder / name, browser, faults)
        browser.close()
    for fault in faults:
        print(f"FAULT: {fault}")
    return not faults
