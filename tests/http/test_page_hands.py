"""What hands do on the page, against one service that asks for keys: words dragged, pictures turned, files brought in,
what failed sent again, conditions and their rows, screens of other kinds, and a person who may only read."""

import contextlib
import itertools
import re

import pytest
from playwright.sync_api import Error, expect
from served import SLOW, Service, picture, until
from test_events import receiver  # noqa: F401
from test_page import CARD, DARK, SHOP, browser, keys_of, open_page, pytestmark, rows  # noqa: F401

WAITS = {"timeout": 30000 * SLOW}
# Gives files to the page as the hand that holds them does.
GIVE = """async ([kind, names, bytes]) => {
    const data = new DataTransfer();
    const content = (place) => [Uint8Array.from(bytes), new Uint8Array([place])];
    names.forEach((name, place) => data.items.add(new File(content(place), name, {type: 'image/png'})));
    const event = kind === 'paste' ? new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true})
        : new DragEvent(kind, {dataTransfer: data, bubbles: true, cancelable: true});
    document.querySelector('main').dispatchEvent(event);
}"""
MOVING = """() => [...document.querySelectorAll('*')].filter((each) => {
    const {animationName, transitionDuration, transitionProperty} = getComputedStyle(each);
    return animationName !== 'none' || (transitionProperty !== 'none' && parseFloat(transitionDuration) > 0);
}).length"""


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A service that asks for keys, with two payments and a sale; its client has the key that may do everything."""
    service = Service(
        tmp_path_factory.mktemp("house"), "--workers", "1", "--keys", "required", "--webhooks-private", "yes"
    ).ready()
    service.admin, service.reader = keys_of(service, "admin", "read")
    service.client.headers["X-API-Key"] = service.admin
    service.ids = {
        path: service.read(path.read_bytes(), params={"name": path.name})["id"] for path in (CARD, DARK, SHOP)
    }
    yield service
    assert service.stop() == 0


@pytest.fixture
def enter(house, open_page):  # noqa: F811
    """Opens the page with a key, at a place."""

    def begin(at="", language="en", size="desk", key=None, refused=(), **look):
        page = open_page(house, language, size, refused=("401", *refused), at=at, **look)
        page.fill("#key", key or house.admin)
        with page.expect_event("load"):  # the page loads anew for a new key
            page.keyboard.press("Enter")
        expect(page.locator("main h1")).to_be_visible()
        return page

    return begin


@pytest.fixture
def paid(house, enter):
    """Opens the payment of a card with its words on the picture."""

    def begin(language="en", size="desk", path=CARD):
        page = enter(f"#/receipt/{house.ids[path]}", language, size)
        expect(page.locator(".sheet .word")).not_to_have_count(0)
        return page

    return begin


def middle(place):
    box = place.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def word(page, house, text, path=CARD):
    """The place of a word on the picture."""
    lines = house.get(house.ids[path])["page"]["lines"]
    words = [each["text"] for line in lines for each in line["words"]]
    return page.locator(f"[data-word='{words.index(text)}']")


def drag(page, begin, end):
    page.mouse.move(*begin)
    page.mouse.down()
    page.mouse.move((begin[0] + end[0]) / 2, (begin[1] + end[1]) / 2)
    page.mouse.move(*end)
    page.mouse.up()


@pytest.mark.parametrize("language, add, name, into", [
    ("en", "Add a field", "Concept", "Into Concept"), ("es", "Agregar un campo", "Concepto", "A Concepto"),
])  # fmt: skip
def test_words_are_dragged_into_a_field(house, paid, language, add, name, into):
    page = paid(language)
    page.get_by_role("button", name=add).click()
    page.get_by_role("button", name=name, exact=True).click()
    expect(page.locator("#field-concepto")).to_be_focused()
    drag(page, middle(word(page, house, "BANCO")), middle(word(page, house, "TESORO")))
    expect(page.locator(".chosen-words")).to_contain_text("BANCO DEL TESORO")
    expect(page.locator(".sheet .word.chosen")).to_have_count(3)
    page.get_by_role("button", name=into).click()
    expect(page.locator("#field-concepto")).to_have_value("BANCO DEL TESORO")
    expect(page.locator(".entry", has=page.locator("#field-concepto")).locator(".mark.good")).to_be_visible()
    assert house.get(house.ids[CARD])["fields"]["concepto"]["value"] == "BANCO DEL TESORO"
    page.locator(".past summary").click()
    page.locator(".past button").first.click()
    expect(page.locator(".sheet .word.chosen")).to_have_count(0)


def test_text_of_the_picture_is_copied(house, paid):
    page = paid()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    held = "navigator.clipboard.readText()"
    drag(page, middle(word(page, house, "TESORO")), middle(word(page, house, "BANCO")))  # also from right to left
    page.locator(".chosen-words").get_by_role("button", name="Copy").click()
    expect(page.locator(".notice")).to_have_text(re.compile("Copied"))
    assert page.evaluate(held) == "BANCO DEL TESORO"
    drag(page, middle(word(page, house, "09/08/2026")), middle(word(page, house, "370128125898")))
    page.locator(".frame").focus()
    page.keyboard.press("Control+c")
    expect(page.locator(".chosen-words")).to_have_count(0)
    text = page.evaluate(held)
    assert text.startswith("09/08/2026\n") and text.endswith("370128125898")


def test_the_picture_is_zoomed_moved_and_turned(house, paid):
    page = paid()
    sheet, frame = page.locator(".sheet"), page.locator(".frame")
    whole = sheet.bounding_box()
    page.mouse.move(*middle(sheet))
    page.mouse.wheel(0, -300)
    larger = sheet.bounding_box()
    assert larger["width"] > 1.5 * whole["width"]
    page.mouse.wheel(0, 300)
    assert abs(sheet.bounding_box()["width"] - whole["width"]) < 2
    frame.focus()
    page.keyboard.press("+")
    assert sheet.bounding_box()["width"] > 1.2 * whole["width"]
    page.keyboard.press("-")
    for name, factor in (("Larger", 1.3), ("Smaller", 1)):
        page.get_by_role("button", name=name).click()
        assert abs(sheet.bounding_box()["width"] / whole["width"] - factor) < 0.02
    before = sheet.bounding_box()
    corner = frame.bounding_box()
    begin = (corner["x"] + 12, corner["y"] + 12)  # beside the picture: no words
    drag(page, begin, (begin[0] + 90, begin[1] + 40))
    after = sheet.bounding_box()
    assert (round(after["x"] - before["x"]), round(after["y"] - before["y"])) == (90, 40)
    frame.focus()
    page.keyboard.press("ArrowRight")
    assert round(sheet.bounding_box()["x"] - after["x"]) == -60
    page.get_by_role("button", name="Turn").click()
    turned = sheet.bounding_box()
    assert abs(turned["width"] / turned["height"] - whole["height"] / whole["width"]) < 0.02
    page.locator("#field-cedula").focus()
    page.mouse.click(*middle(word(page, house, "26404735")))  # words lie where they are seen, also on a turned picture
    expect(page.locator("#field-cedula")).to_have_value("26404735")
    page.get_by_role("button", name="Fit").click()
    for _ in range(3):
        page.get_by_role("button", name="Turn").click()
    assert abs(sheet.bounding_box()["width"] - whole["width"]) < 2


def forget(house, prefix):
    for each in house.client.get("/v1/documents?limit=100").json()["documents"]:
        if each["name"].startswith(prefix):
            house.client.delete(f"/v1/documents/{each['id']}")


def test_files_come_pasted_dropped_and_in_a_folder(house, enter, tmp_path):
    page = enter("#/receipts", "es", refused=("415", "422"))
    bytes_ = list(picture("TOTAL 7,00", "PEGADO"))
    page.evaluate(GIVE, ["paste", ["mano-pegado.png"], bytes_])
    expect(page.locator(".tray header")).to_contain_text("1 de 1 enviados", **WAITS)
    page.evaluate(GIVE, ["dragenter", ["a.png"], bytes_])
    expect(page.locator(".dropping")).to_contain_text("Suelte para agregar")
    page.evaluate(GIVE, ["drop", ["mano-uno.png", "mano-dos.png"], bytes_])
    expect(page.locator(".dropping")).to_have_count(0)
    expect(page.locator(".tray header")).to_contain_text("3 de 3 enviados", **WAITS)
    folder = tmp_path / "mano"
    (folder / "mayo").mkdir(parents=True)
    (folder / "mano-tres.png").write_bytes(picture("TOTAL 8,00"))
    (folder / "mayo" / "mano-cuatro.png").write_bytes(picture("TOTAL 9,00"))
    (folder / "mayo" / "notas.txt").write_text("no es una imagen")
    page.get_by_role("button", name="Otras maneras de agregar").click()
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Una carpeta entera").click()
    chooser.value.set_files(folder)
    expect(page.locator(".tray header")).to_contain_text("5 de 6 enviados · 1 rechazado", **WAITS)
    for name in ("pegado", "uno", "dos", "tres", "cuatro"):
        expect(rows(page).filter(has_text=f"mano-{name}.png")).to_have_count(1)
    forget(house, "mano-")


def test_an_upload_is_tried_again_or_taken_back(house, enter, tmp_path):
    page = enter("#/receipts", refused=("ERR_",))
    before = house.client.get("/v1/documents/totals").json()["count"]
    for name in ("hand-again.png", "hand-gone.png"):
        (tmp_path / name).write_bytes(picture(name))
    page.route("**/v1/documents?name=hand-again.png*", lambda route: route.abort())
    page.set_input_files("#files", tmp_path / "hand-again.png")
    lost = page.locator(".tray li.lost")
    expect(lost).to_contain_text("No answer")
    page.unroute("**/v1/documents?name=hand-again.png*")
    lost.get_by_role("button", name="Try again").click()
    expect(page.locator(".tray header")).to_contain_text("1 of 1 sent")
    held = []
    page.route("**/v1/documents?name=hand-gone.png*", lambda route: held.append(route))
    page.set_input_files("#files", tmp_path / "hand-gone.png")
    expect(page.locator(".tray li.sending")).to_contain_text("hand-gone.png")
    page.get_by_role("button", name="Remove hand-gone.png").click()
    expect(page.locator(".tray li")).to_have_count(1)
    expect(page.locator(".tray header")).to_contain_text("1 of 1 sent")
    with contextlib.suppress(Error):  # the browser would send what is still held when nobody holds it any more
        held[0].abort()
    page.unroute_all(behavior="ignoreErrors")
    page.reload()
    expect(page.locator(".tray")).to_have_count(0)  # neither is sent again
    assert house.client.get("/v1/documents/totals").json()["count"] == before + 1
    forget(house, "hand-")


def test_what_a_receiver_refused_is_sent_again(house, enter, receiver):  # noqa: F811
    receiver.answers = [410, 200]
    house.client.post("/v1/webhooks", json={"url": receiver.url, "events": ["document.corrected"]})
    page = enter("#/settings/webhooks", "es")
    card = page.locator(".cards > li", has_text=receiver.url)
    card.get_by_role("button", name="Enviar una prueba").click()
    sent = card.get_by_role("region", name="Lo enviado").locator("tr")
    expect(sent).to_contain_text("410")
    sent.get_by_role("button", name="Enviar de nuevo").click()
    expect(page.locator(".notice", has_text="Se envía de nuevo.")).to_be_visible()
    expect(sent).to_contain_text("Entregado", **WAITS)
    expect(sent).to_contain_text("200")
    assert len(receiver.got) == 2 and receiver.got[0][1] == receiver.got[1][1]
    card.get_by_role("button", name="Borrar").click()
    page.locator("dialog").get_by_role("button", name="Borrar").click()
    expect(card).to_have_count(0)


CONDITIONS = [
    ({"Amount: from": "2,500"}, [CARD]),
    ({"Amount: to": "1,000"}, [DARK]),
    ({"Amount: from": "700", "Amount: to": "2,500"}, [DARK, SHOP]),
    ({"Paid on: to": "31/12/2024"}, [SHOP]),
    ({"Paid on: from": "09/08/2026", "Paid on: to": "09/08/2026"}, [CARD]),
    ({"Received: from": "01/01/2020"}, [CARD, DARK, SHOP]),
    ({"Received: to": "01/01/2020"}, []),
    ({"Bank": "Banco del Tesoro"}, [CARD]),
    ({"Amount: from": "2,400", "Paid on: to": "31/12/2024"}, [SHOP]),
]


def test_conditions_and_their_rows(house, enter):
    page = enter("#/receipts")
    menu = page.get_by_role("button", name=re.compile("^Filters"))
    for conditions, files in CONDITIONS:
        menu.click()
        for label, value in conditions.items():
            field = page.get_by_label(label, exact=True)
            if label == "Bank":
                field = page.locator(".filters select", has=page.locator("optgroup"))
                field.select_option(value)
            else:
                field.fill(value)
                field.press("Enter")
        page.keyboard.press("Escape")
        expect(page.locator(".chip")).to_have_count(len(conditions))
        expect(rows(page)).to_have_count(len(files))
        shown = {link.get_attribute("data-row") for link in rows(page).locator("a[data-row]").all()}
        assert shown == {house.ids[path] for path in files}, conditions
        page.locator(".chips").get_by_role("button", name="Clear all").click()
        expect(rows(page)).to_have_count(3)


def test_who_wants_no_motion_sees_none(house, enter):
    page = enter("#/receipts")
    page.emulate_media(reduced_motion="reduce")
    page.get_by_role("button", name="Filters").click()
    assert page.evaluate(MOVING) == 0
    for place in (f"receipt/{house.ids[CARD]}", "memory", "reconcile"):
        page.goto(f"{house.address}/#/{place}")
        expect(page.locator("main h1")).to_be_visible()
        assert page.evaluate(MOVING) == 0 and page.evaluate("document.getAnimations().length") == 0, place


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_screen_of_4k_is_used(house, enter, language):
    page = enter("#/receipts", language)
    page.set_viewport_size({"width": 3840, "height": 2160})
    letters = page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")
    assert letters >= 20, "letters that are read from farther away"
    page.reload()
    expect(rows(page)).to_have_count(3)

    def are_apart():
        tops = sorted(row.bounding_box()["y"] for row in rows(page).all())
        return all(abs(below - above - 3 * letters) < 2 for above, below in itertools.pairwise(tops))

    until(are_apart)  # rows are laid out again when the letters are there
    for place in ("receipts", f"receipt/{house.ids[CARD]}", "batches", "reconcile", "memory", "settings/keys"):
        page.goto(f"{house.address}/#/{place}")
        expect(page.locator("main h1")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), place
    page.goto(f"{house.address}/#/receipt/{house.ids[CARD]}")
    expect(page.locator(".sheet .box")).not_to_have_count(0)
    for place in (".picture", ".side"):
        assert page.locator(place).bounding_box()["height"] > 1500, place


def test_a_key_that_reads_changes_nothing(house, enter):
    """The page offers nothing that the key may not do, and asks the service for nothing that it refuses."""
    page = enter("#/receipts", key=house.reader)
    expect(rows(page)).to_have_count(3)
    expect(page.locator(".add")).to_have_count(0)
    rows(page).first.locator("input").check()
    bar = page.locator(".bulk")
    expect(bar).to_contain_text("1 selected")
    for name in ("Read again", "Move to a batch", "Delete"):
        expect(bar.get_by_role("button", name=name)).to_have_count(0)
    page.goto(f"{house.address}/#/receipt/{house.ids[CARD]}")
    field = page.locator("#field-monto")
    expect(field).not_to_be_editable()
    expect(page.locator("#field-banco_destino")).to_be_disabled()
    for name in ("Add a field", "Approve, next", "Read again", "Delete"):
        expect(page.get_by_role("button", name=name)).to_have_count(0)
    expect(page.locator(".past button")).to_have_count(0)
    field.focus()
    page.keyboard.press("Control+Enter")
    page.mouse.click(*middle(word(page, house, "370128125898")))
    expect(field).to_have_value("2,990.00")
    for place, title in (("batches", "Batches"), ("reconcile", "Reconcile"), ("memory", "Memory")):
        page.goto(f"{house.address}/#/{place}")
        expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()
        expect(page.locator("form button.main, .danger")).to_have_count(0)
    page.goto(f"{house.address}/#/settings")
    expect(page.locator("nav.views .tab")).to_have_text(["This page", "Layouts", "Known parties", "API"])
    answer = page.request.patch(f"{house.address}/v1/documents/{house.ids[CARD]}", data={"fields": {"monto": "1"}})
    assert answer.status == 403, answer.text()
