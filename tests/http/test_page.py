"""The web page in a browser, as people use it: both languages, desk and phone, without other servers."""

import contextlib
import gzip
import json
import re
import shutil
import subprocess

import pytest
from playwright.sync_api import Error, expect, sync_playwright
from served import PROGRAM, ROOT, SLOW

pytestmark = pytest.mark.skipif(SLOW > 1, reason="minutes of a browser; other tests take the same paths")

EXAMPLES = ROOT / "examples"
CARD = EXAMPLES / "04-light-card-recompressed.jpg"
DARK = EXAMPLES / "01-dark-phone.jpg"
DOUBTFUL = ROOT / "tests" / "receipts" / "fixed" / "46-burbujas-messenger.jpg"
SHOP = EXAMPLES / "13-shop-receipt-photo.jpg"
AXE = ROOT / "third_party/axe/axe.min.js"
MARKUP = "<img src=x onerror=alert(1)>.jpg"
SIZES = {"desk": {"width": 1280, "height": 800}, "phone": {"width": 360, "height": 740}}
expect.set_options(timeout=15000 * SLOW)
WORDS = {"en": ("Receipts", "Read"), "es": ("Comprobantes", "Leído")}
AXE_RULES = "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}"


def axe(page):
    """What axe-core finds on the page as it is: [(rule, places)]."""
    page.evaluate(AXE.read_text())
    found = page.evaluate(f"axe.run(document, {AXE_RULES}).then((all) => all.violations)")
    return [(each["id"], [node["html"][:160] for node in each["nodes"][:3]]) for each in found]


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser):
    """Opens the page of a service; what the browser complained of, or asked of others, fails the test."""
    complaints, contexts = [], []

    def begin(service, language="en", size="desk", scheme="light", refused=(), at=""):
        context = browser.new_context(
            locale=language, viewport=SIZES[size], color_scheme=scheme, has_touch=size == "phone", bypass_csp=False
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20000 * SLOW)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda message: (
                complaints.append(message.text)
                if message.type == "error" and not any(word in message.text for word in refused)
                else None
            ),
        )
        page.on(
            "request",
            lambda request: (
                None if request.url.startswith((service.address, "blob:", "data:")) else complaints.append(request.url)
            ),
        )
        page.goto(f"{service.address}/{at}")
        return page

    yield begin
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture(scope="module")
def office(service):
    """A shop receipt, a payment and its copy, one that wants a look, and one whose name is markup; all read."""
    for name, path in (("shop.jpg", SHOP), ("card.jpg", CARD), (MARKUP, DARK)):
        service.read(path.read_bytes(), params={"name": name})
    service.read(CARD.read_bytes() + b" ", params={"name": "copy.jpg"})
    return service


def rows(page):
    return page.locator(".rows .row")


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("size", SIZES)
def test_a_receipt_is_sent_read_and_corrected(start, open_page, language, size):
    title, done = WORDS[language]
    service = start("--workers", "1").ready()
    page = open_page(service, language, size)
    assert page.locator("html").get_attribute("lang") == language
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    page.set_input_files("#files", CARD)
    expect(rows(page)).to_have_count(1)
    expect(rows(page)).to_contain_text(done, timeout=30000 * SLOW)
    expect(rows(page)).to_contain_text("2.990,00" if language == "es" else "2,990.00")
    rows(page).locator("a").click()
    expect(page.locator(".sheet .box")).not_to_have_count(0)
    expect(page.locator("#field-monto")).to_have_value("2.990,00" if language == "es" else "2,990.00")
    page.fill("#field-cedula", "V26404735")
    page.press("#field-cedula", "Enter")
    expect(page.locator(".mark.good")).to_have_count(1)
    [document] = service.client.get("/v1/documents").json()["documents"]
    assert document["fields"]["cedula"]["value"] == "V26404735" and document["fields"]["cedula"]["corrected"]
    page.locator(".past summary").click()
    page.locator(".past button").click()
    expect(page.locator("#field-cedula")).to_have_value("26404735")


def test_a_duplicate_is_shown_beside_its_twin_and_told_apart(start, open_page):
    service = start("--workers", "1").ready()
    first = service.read(CARD.read_bytes(), params={"name": "card.jpg"})["id"]
    copy = service.read(CARD.read_bytes() + b" ", params={"name": "copy.jpg"})["id"]
    page = open_page(service)
    expect(rows(page)).to_have_count(2)
    expect(page.locator(".state.twin")).to_have_count(2)
    expect(page.locator(".totals .sum")).to_have_text("Bs\u00a02,990.00")
    rows(page).first.locator("a").click()
    expect(page.locator(".twins .same")).to_contain_text("amount")
    expect(page.locator(".twin-picture")).to_be_visible()
    page.get_by_role("button", name="No, these are two").click()
    expect(page.locator(".twins")).to_have_count(0)
    assert service.get(copy)["duplicate_of"] is None and service.get(first)["duplicate_of"] is None


def test_a_bad_file_stops_no_other(start, open_page, total, tmp_path):
    service = start("--workers", "1").ready()
    page = open_page(service, refused=("415", "422"))
    (tmp_path / "notes.txt").write_text("no image")
    files = [tmp_path / "notes.txt"]
    for number in range(7):
        files.append(tmp_path / f"total{number}.png")
        files[-1].write_bytes(total + bytes([number]))
    page.set_input_files("#files", files)
    expect(rows(page)).to_have_count(7)
    expect(page.locator(".tray header")).to_contain_text("7 of 8 sent · 1 refused")
    expect(page.locator(".tray li.refused")).to_contain_text("is no file that is read here")
    page.locator(".tray").get_by_role("button", name="Close").click()
    expect(page.locator(".tray")).to_have_count(0)


def test_files_wait_for_a_lost_service(start, open_page, total, tmp_path):
    service = start("--workers", "1").ready()
    page = open_page(service, refused=("ERR_INTERNET_DISCONNECTED", "ERR_"))
    expect(page.locator(".service")).to_have_text("Service is running")
    page.context.set_offline(True)
    (tmp_path / "late.png").write_bytes(total)
    page.set_input_files("#files", tmp_path / "late.png")
    expect(page.locator(".tray li.lost")).to_contain_text("No answer")
    page.context.set_offline(False)
    page.reload()
    expect(rows(page)).to_contain_text("late.png", timeout=30000 * SLOW)
    assert len(service.client.get("/v1/documents").json()["documents"]) == 1


@pytest.mark.stores
def test_an_event_leaves_the_list_as_it_was(start, open_page, total):
    service = start("--workers", "1", "--start", "manual").ready()
    for number in range(60):
        service.send(total + bytes([number]), params={"name": f"n{number}"})
    page = open_page(service)
    expect(page.locator(".totals")).to_contain_text("60 receipts")
    link = rows(page).locator("a", has_text=re.compile("^n30$"))
    page.locator(".rows").evaluate("place => { place.scrollTop = 26 * 48; }")
    rows(page).locator("input", has=page.locator("xpath=self::*[@aria-label='Select n31']")).check()
    link.focus()
    before = link.bounding_box()["y"]
    service.send(total + b"new", params={"name": "new"})
    expect(page.locator(".totals")).to_contain_text("61 receipts")
    expect(link).to_be_focused()
    expect(page.locator(".bulk")).to_contain_text("1 selected")
    assert abs(link.bounding_box()["y"] - before) < 2


MANY = 620


def numbers(page):
    """Of the rows that are drawn, in the order of their elements."""
    return [int(number) for number in page.locator(".rows .row").evaluate_all(
        "rows => rows.map((row) => row.getAttribute('aria-rowindex') - 1)"
    )]  # fmt: skip


@pytest.mark.stores
def test_a_long_list_is_entered_anywhere(start, open_page, total):
    """Its rows are as many as its documents; elements are used again; what is missing is shown so, and comes."""
    service = start("--workers", "1", "--start", "manual").ready()
    for number in range(MANY):
        service.send(total + number.to_bytes(2, "big"), params={"name": f"n{number}"})
    page = open_page(service)
    expect(page.locator(".totals")).to_contain_text(f"{MANY} receipts")
    expect(page.locator(".list")).to_have_attribute("aria-rowcount", str(MANY + 1))
    rows(page).first.locator("input").check()
    slots = page.locator(".rows .slot").count()
    held, is_held = [], [True]
    page.route("**/v1/documents?*", lambda route: held.append(route) if is_held else route.continue_())
    page.locator(".rows").evaluate("place => { place.scrollTop = place.scrollHeight / 2; }")
    expect(page.locator(".rows .waiting")).not_to_have_count(0)
    assert page.locator(".rows .slot").count() - slots in (0, 1)  # the row with the focus stays
    page.wait_for_timeout(300)
    page.locator(".rows").evaluate("place => { place.scrollTop = place.scrollHeight; }")
    is_held.clear()
    for route in held:
        with contextlib.suppress(Error):  # the page gave up some
            route.continue_()
    last = rows(page).locator("a", has_text=re.compile("^n0$"))
    expect(last).to_be_visible()
    expect(page.locator(".rows .waiting")).to_have_count(0)
    assert sorted(numbers(page))[-20:] == list(range(MANY - 19, MANY + 1))
    expect(page.locator(f'.rows [aria-rowindex="{MANY + 1}"]')).to_contain_text("n0")
    rows(page).locator("input", has=page.locator("xpath=self::*[@aria-label='Select n0']")).click(modifiers=["Shift"])
    expect(page.locator(".bulk")).to_contain_text(f"{MANY} selected")
    page.wait_for_function(
        "() => [...document.querySelectorAll('.rows .row')].every((row, at, all) => at === 0"
        " || Number(row.getAttribute('aria-rowindex')) > Number(all[at - 1].getAttribute('aria-rowindex')))"
    )
    last.focus()
    for number in range(1, 31):
        page.keyboard.press("ArrowUp")
        expect(rows(page).locator("a", has_text=re.compile(f"^n{number}$"))).to_be_focused()
    page.get_by_role("button", name="Select none").click()
    page.get_by_label("Select all").check()
    expect(page.locator(".bulk")).to_contain_text(f"{MANY} selected")


def test_the_doubtful_are_corrected_by_keyboard(start, open_page):
    service = start("--workers", "1", "--review", "name=0.9").ready()
    ids = [service.read(DOUBTFUL.read_bytes() + bytes([n]), params={"name": f"d{n}.jpg"})["id"] for n in range(2)]
    for id_ in ids:
        assert service.get(id_)["needs_review"]
    page = open_page(service, at="#/receipts?needs_review=true")
    rows(page).first.locator("a").focus()
    page.keyboard.press("Enter")
    for number in range(2):  # the doubtful field has the focus: type, approve, next
        expect(page.locator("#field-beneficiario")).to_be_focused()
        page.keyboard.type(f"Zoila {number}")
        page.keyboard.press("Control+Enter")
        if number == 0:
            expect(page.locator("#field-beneficiario")).to_have_value("Rosaura Escalona")
    expect(page.get_by_text("All are checked.")).to_be_visible()
    values = {service.get(id_)["fields"]["beneficiario"]["value"] for id_ in ids}
    assert values == {"Zoila 0", "Zoila 1"} and not any(service.get(id_)["needs_review"] for id_ in ids)


def test_a_pressed_word_fills_the_field_in_hand(start, open_page):
    service = start("--workers", "1").ready()
    id_ = service.read(CARD.read_bytes())["id"]
    page = open_page(service, at=f"#/receipt/{id_}")
    expect(page.locator(".sheet .word")).not_to_have_count(0)
    page.locator("#field-cedula").focus()
    expect(page.locator(".box.hand")).to_have_attribute("data-field", "cedula")
    words = service.get(id_)["page"]["lines"]
    index = next(n for n, w in enumerate(w for line in words for w in line["words"]) if w["text"] == "370128125898")
    page.locator(f"[data-word='{index}']").click(force=True)
    expect(page.locator("#field-cedula")).to_have_value("370128125898")
    expect(page.locator(".mark.good")).to_have_count(1)
    page.locator("[data-field='referencia']").hover(force=True)
    expect(page.locator(".box.lit")).to_have_attribute("data-field", "referencia")
    page.get_by_role("button", name="Add a field").click()
    page.get_by_role("button", name="Concept").click()
    page.locator("#field-concepto").fill("rent")
    page.press("#field-concepto", "Enter")
    expect(page.locator(".mark.good")).to_have_count(2)
    assert service.get(id_)["fields"]["concepto"]["value"] == "rent"


@pytest.mark.stores
def test_what_is_looked_for_stays_in_the_address(office, open_page):
    page = open_page(office)
    expect(rows(page)).to_have_count(4)
    page.fill("#search", "panaderia")
    expect(rows(page)).to_have_count(1)
    expect(rows(page)).to_contain_text("PANADERÍA LA ESPIGA")
    expect(page.locator(".totals")).to_contain_text("Bs\u00a02,486.34")
    page.get_by_role("button", name="Filters").click()
    page.get_by_label("Only duplicates").check()
    expect(page.get_by_text("Nothing matches")).to_be_visible()
    page.reload()
    expect(page.locator(".chip")).to_contain_text("Duplicates")
    page.locator(".empty").get_by_role("button", name="Clear all").click()
    expect(rows(page)).to_have_count(4)
    page.get_by_role("button", name="Amount").click()
    expect(rows(page).first).to_contain_text("2,990.00")
    page.get_by_role("button", name="Amount").click()
    expect(rows(page).first).to_contain_text("773.38")
    page.get_by_role("button", name="Save this view").click()
    page.get_by_label("Name of the view").fill("small first")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="All", exact=True).click()
    page.get_by_role("button", name="small first", exact=True).click()
    expect(rows(page).first).to_contain_text("773.38")
    page.get_by_role("button", name="Summary").click()
    expect(page.locator(".summary .u-wrap")).to_be_visible()
    expect(page.locator(".summary table.plain")).to_contain_text("Banco del Tesoro")


@pytest.mark.stores
def test_several_are_chosen_moved_exported_and_removed(start, open_page, total):
    service = start("--workers", "1", "--start", "manual").ready()
    for number in range(4):
        service.send(total + bytes([number]), params={"name": f"n{number}"})
    page = open_page(service)
    page.goto(service.address + "/#/batches")
    page.fill("input[name=name]", "monday")
    page.get_by_role("button", name="Open batch").click()
    expect(page.locator(".batch")).to_contain_text("Still empty")
    page.goto(service.address + "/#/receipts")
    page.get_by_label("Select n3").check()
    page.get_by_label("Select n1").click(modifiers=["Shift"])
    expect(page.locator(".bulk")).to_contain_text("3 selected")
    with page.expect_download() as saved:
        page.locator(".bulk").get_by_role("button", name="Export").click()
        page.get_by_role("button", name="CSV", exact=True).click()
    assert len(saved.value.path().read_text().splitlines()) == 4
    page.get_by_role("button", name="Move to batch").click()
    page.get_by_role("button", name="monday").click()
    expect(page.get_by_text("3 moved.")).to_be_visible()
    page.get_by_label("Select n0").check()
    page.locator(".bulk").get_by_role("button", name="Delete").click()
    expect(rows(page)).to_have_count(3)
    page.locator(".notice").last.get_by_role("button", name="Undo").click()
    expect(rows(page)).to_have_count(4)
    page.get_by_label("Select n0").check()
    page.locator(".bulk").get_by_role("button", name="Delete").click()
    page.reload()  # what was deleted is deleted, whatever becomes of the page
    expect(rows(page)).to_have_count(3)
    page.goto(service.address + "/#/batches")
    page.get_by_role("button", name="Start reading").click()
    expect(page.locator(".batch")).to_contain_text("3 of 3 done", timeout=30000 * SLOW)


def keys_of(service, *scopes):
    return [
        subprocess.run(
            [PROGRAM, "keys", "create", "--data", service.folder / "data", "--scopes", scope],
            capture_output=True, text=True, check=True,
        ).stdout.strip()
        for scope in scopes
    ]  # fmt: skip


def test_a_key_is_asked_for_and_used(start, open_page, total, tmp_path):
    service = start("--workers", "1", "--keys", "required").ready()
    admin, submit = keys_of(service, "admin", "submit")
    page = open_page(service, refused=("401",))
    expect(page.get_by_text("This service asks for a key.")).to_be_visible()
    page.fill("#key", "wrong")
    page.keyboard.press("Enter")
    expect(page.locator("#key-trouble")).to_contain_text("unknown")
    page.fill("#key", admin)
    page.keyboard.press("Enter")
    expect(page.get_by_text("No receipts yet")).to_be_visible()
    assert admin not in page.evaluate("JSON.stringify([localStorage, sessionStorage, document.cookie])")
    page.goto(service.address + "/#/settings/keys")
    page.fill("input[name=name]", "n8n")
    page.get_by_role("button", name="Make the key").click()
    expect(page.locator(".secret code")).to_contain_text("lince_")
    expect(page.get_by_role("row", name="n8n")).to_be_visible()
    page.get_by_role("row", name="n8n").get_by_role("button", name="Revoke").click()
    page.locator("dialog").get_by_role("button", name="Revoke").click()
    expect(page.get_by_role("row", name="n8n")).to_contain_text("revoked")
    page.goto(service.address + "/#/settings")
    page.get_by_role("button", name="Sign out").click()
    page.fill("#key", submit)
    with page.expect_event("load"):  # the page loads anew for a new key
        page.keyboard.press("Enter")
    page.goto(service.address + "/#/receipts")
    expect(page.get_by_text("You may send receipts")).to_be_visible()
    expect(page.locator(".places .place")).to_have_text(["Receipts", "Settings"])
    for place in ("batches", "reconcile", "memory", "receipt/doc_0"):  # what the key may not see is not asked for
        page.goto(f"{service.address}/#/{place}")
        expect(page.get_by_text("You may send receipts")).to_be_visible()
    (tmp_path / "total.png").write_bytes(total)
    page.set_input_files("#files", tmp_path / "total.png")
    expect(page.locator(".tray header")).to_contain_text("1 of 1 sent")
    assert len(service.client.get("/v1/documents", headers={"X-API-Key": admin}).json()["documents"]) == 1


def test_markup_in_a_name_is_text(office, open_page):
    page = open_page(office, at="#/receipts?text=onerror")
    expect(rows(page)).to_have_count(1)
    rows(page).locator("a").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(MARKUP)
    assert page.locator("img[src=x]").count() == 0


def test_the_memory_and_its_report(office, open_page):
    page = open_page(office, at="#/memory")
    expect(page.locator(".figures")).to_contain_text("MiB")
    expect(page.locator(".u-wrap")).to_be_visible()
    page.get_by_role("button", name="Report: Service").click()
    expect(page.locator("dialog .meters")).to_contain_text("Database")
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)


def test_a_layout_is_tried_and_keeps_nothing(office, open_page):
    page = open_page(office, "es", at="#/settings/layouts")
    page.set_input_files("input[name=file]", SHOP)
    page.get_by_role("button", name="Leer").click()
    expect(page.locator("form.card table")).to_contain_text("PANADERÍA LA ESPIGA", timeout=30000 * SLOW)
    assert office.client.get("/v1/documents/totals").json()["count"] == 4


def test_the_language_is_chosen(office, open_page):
    page = open_page(office, "en", at="#/settings")
    page.get_by_text("Español").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ajustes")
    page.get_by_text("Oscuro").click()
    assert page.locator("html").get_attribute("data-theme") == "dark"
    page.reload()
    assert page.locator("html").get_attribute("lang") == "es"


PLACES = (
    "receipts", "receipts?text=nothing-at-all", "batches", "reconcile", "memory", "settings", "settings/keys",
    "settings/webhooks", "settings/layouts", "settings/parties", "settings/checking", "settings/keeping",
    "settings/api",
)  # fmt: skip


@pytest.mark.parametrize("size, scheme, language", [("desk", "light", "en"), ("phone", "dark", "es")])
def test_every_place_is_open_to_all(office, open_page, size, scheme, language):
    page = open_page(office, language, size, scheme)
    shop, *_, twin = [d["id"] for d in office.client.get("/v1/documents?sort=received").json()["documents"]]
    troubles = {}
    for place in (*PLACES, f"receipt/{shop}", f"receipt/{twin}"):
        page.goto(f"{office.address}/#/{place}")
        page.wait_for_selector("main h1")
        expect(page.locator("[aria-busy=true]")).to_have_count(0)
        if found := axe(page):
            troubles[place] = found
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        assert not wide, place
    assert not troubles, json.dumps(troubles, indent=1)


def test_the_first_view_is_small(office, open_page):
    """In few requests, compressed, kept by the browser, and sent again only where it changed."""
    client, size = office.client, 0
    document = client.get("/").text
    named = re.findall(r'(?:href|src)="page/([0-9a-f]{16})/([^"]+)"', document)
    version = named[0][0]
    assert len(named) == document.count('="page/') and {one for one, _ in named} == {version}
    assert {name for _, name in named} == {"mark.svg", "style.css", "start.js"}
    for _, name in named:
        answer = client.get(f"/page/{version}/{name}", headers={"Accept-Encoding": "gzip"})
        assert answer.status_code == 200 and answer.headers["content-encoding"] == "gzip", name
        assert "immutable" in answer.headers["cache-control"]
        size += int(answer.headers["content-length"])
        for address in (f"/page/{name}", f"/page/{'0' * 16}/{name}"):
            again = client.get(address, headers={"If-None-Match": answer.headers["etag"]})
            assert again.status_code == 304 and again.content == b"" and again.headers["cache-control"] == "no-cache"
    assert size < 80_000
    page = open_page(office)
    expect(rows(page)).to_have_count(4)
    expect(page.locator(".totals")).to_contain_text("4 receipts")
    asked = page.evaluate("performance.getEntriesByType('resource').map((each) => new URL(each.name).pathname)")
    ours = sorted(path for path in set(asked) if not path.startswith("/page/"))
    assert ours == ["/v1/batches", "/v1/documents", "/v1/documents/totals", "/v1/fields", "/v1/session"]
    assert [asked.count(path) for path in ours] == [1] * len(ours)
    with client.stream("GET", "/page/start.js", headers={"Accept-Encoding": "identity"}) as plain:
        assert "content-encoding" not in plain.headers and plain.read().startswith(b"//")
    with client.stream("GET", "/page/start.js", headers={"Accept-Encoding": "gzip"}) as packed:
        assert gzip.decompress(b"".join(packed.iter_raw())).startswith(b"//")


def test_what_the_page_has_no_file_for_is_not_found(office):
    for name in ("routes.c", "kit/none.js", "..%2Fsrc", f"{'0' * 16}/none.js", f"{'0' * 15}/start.js", "0" * 16):
        answer = office.client.get(f"/page/{name}")
        assert answer.status_code == 404 and answer.json()["type"] == "/problems/not-found"
