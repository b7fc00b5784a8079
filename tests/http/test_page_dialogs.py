"""Everything that opens over the page or in it: dialogs, editors, menus. For axe-core, and for fingers on a phone."""

import json

import pytest
from playwright.sync_api import expect
from test_page import CARD, SHOP, axe, browser, open_page, pytestmark, rows  # noqa: F401
from test_page_records import troubles_of
from test_parties import learn
from test_reconciliations import HEAD

LOOKS = [("en", "desk", "light"), ("es", "phone", "dark")]
STATEMENT = f"{HEAD}03/01/2025;000123456789;PAGO;;100,00\n04/01/2025;000123456780;PAGO;;20,00\n"


class Look:
    """What was found, by what was open."""

    def __init__(self, page):
        self.page, self.troubles = page, {}

    def at(self, name):
        if found := troubles_of(self.page):
            self.troubles[name] = found

    def press(self, where, name):
        """Presses what opens something, looks, and closes it with Escape."""
        self.page.locator(where).first.click()
        self.at(name)
        self.page.keyboard.press("Escape")

    def goto(self, service, place):
        self.page.goto(f"{service.address}/#/{place}")
        self.page.reload()
        self.page.wait_for_selector("main h1")

    def end(self):
        assert not self.troubles, json.dumps(self.troubles, indent=1, ensure_ascii=False)


@pytest.fixture(scope="module")
def full(service):
    """Something of each kind: receipts, a duplicate, known parties, a batch, a key, a receiver, a statement."""
    service.shop = service.read(SHOP.read_bytes(), params={"name": "shop.jpg"})["id"]
    service.card = service.read(CARD.read_bytes(), params={"name": "card.jpg"})["id"]
    service.read(CARD.read_bytes() + b" ", params={"name": "copy.jpg"})
    learn(service)
    batch = service.client.post("/v1/batches", json={"name": "lunes"}).json()
    service.read(SHOP.read_bytes() + b" ", params={"name": "other.jpg", "batch": batch["id"]})
    service.client.post("/v1/keys", json={"name": "n8n", "scopes": ["submit"]})
    service.client.post("/v1/webhooks", json={"url": "https://example.invalid/hook", "events": ["document.done"]})
    return service


@pytest.mark.parametrize("language, size, scheme", LOOKS)
def test_editors_of_a_receipt(full, open_page, language, size, scheme):  # noqa: F811
    page = open_page(full, language, size, scheme, refused=("422",))
    look = Look(page)
    look.goto(full, f"receipt/{full.shop}")
    table = page.locator(".rows-of-sale").first
    table.locator(".add-row").click()
    look.at("a new item")
    table.locator(".row-form summary").click()
    look.at("all cells of a new item")
    table.locator(".row-form input[name=quantity]").fill("dos")
    page.keyboard.press("Enter")
    expect(page.locator(".notice.bad")).to_be_visible()
    look.at("an item that is refused")
    page.locator(".notice.bad button").last.click()
    table.locator(".row-form input").first.focus()
    page.keyboard.press("Escape")
    table.locator("tbody button.link").first.click()
    look.at("an item that is changed")
    table.locator(".row-form .danger").click()
    expect(page.locator(".notice")).to_be_visible()
    look.at("an item was taken away")
    page.locator(".notice button").first.click()
    page.locator(".whole-text summary").click()
    page.locator(".past summary").click()
    look.at("the whole text and the history")
    look.press(".fields .menu button", "fields to add")
    look.goto(full, f"receipt/{full.card}")
    expect(page.locator(".twin-body")).to_be_visible()
    page.locator("#field-fecha").fill("31/02/2026")
    page.keyboard.press("Tab")
    expect(page.locator(".complaint")).to_be_visible()
    look.at("a value that is refused, and a twin")
    look.end()


@pytest.mark.parametrize("language, size, scheme", LOOKS)
def test_menus_of_the_list(full, open_page, tmp_path, language, size, scheme):  # noqa: F811
    page = open_page(full, language, size, scheme, refused=("415", "422"))
    look = Look(page)
    expect(rows(page)).not_to_have_count(0)
    for place, name in ((".add .menu button", "ways to add"), (".tools .menu:nth-of-type(1) button", "conditions"),
                        (".tools .menu:last-child button", "forms of export")):  # fmt: skip
        look.press(place, name)
    if size == "desk":
        look.press(".tools .menu:nth-of-type(2) button", "columns")
    page.locator(".totals button").click()
    look.at("the summary")
    page.locator(".totals button").click()
    rows(page).first.locator("input").check()
    look.at("chosen ones")
    look.press(".bulk .menu button", "where to move them")
    (tmp_path / "none.jpg").write_bytes(b"no picture at all")
    page.set_input_files("#files", [tmp_path / "none.jpg", SHOP])
    expect(page.locator(".tray .refused")).to_be_visible()
    look.at("files on their way, one refused")
    page.goto(f"{full.address}/#/receipts?needs_review=true&bank=0134&amount_min=5")
    expect(page.locator(".chip")).to_have_count(3)
    look.at("conditions set")
    page.locator(".views > button").last.click()
    expect(page.locator(".views form")).to_be_visible()
    look.at("a view that gets its name")
    look.end()


@pytest.mark.parametrize("language, size, scheme", LOOKS)
def test_dialogs_of_the_other_places(full, open_page, tmp_path, language, size, scheme):  # noqa: F811
    page = open_page(full, language, size, scheme, refused=("422",))
    look = Look(page)
    look.goto(full, "settings/parties")
    page.locator(".lines a").first.click()
    look.at("a known party")
    page.locator("dialog .danger").click()
    look.at("whether to forget a party")
    page.keyboard.press("Escape")
    page.locator("dialog footer button:not(.danger)").first.click()
    look.at("a party that is written")
    page.locator("dialog .add-value").nth(4).click()
    page.keyboard.type("hola")
    page.keyboard.press("Enter")
    expect(page.locator("dialog .complaint")).to_be_visible()
    look.at("a party with a wrong value")
    look.goto(full, "settings/keeping")
    page.locator("input[name=keep_count]").fill("1000")
    look.press("form.card .main", "whether to keep less")
    look.goto(full, "settings/layouts")
    look.press("td button", "a layout")
    look.goto(full, "settings/keys")
    look.press("td .danger", "whether to revoke a key")
    page.locator("form input[name=name]").fill("otra")
    page.locator("form .main").click()
    expect(page.locator(".secret")).to_be_visible()
    look.at("a secret")
    look.goto(full, "settings/webhooks")
    page.locator(".cards button[aria-expanded]").first.click()
    look.at("what was sent")
    look.press(".cards .danger", "whether to remove a receiver")
    look.goto(full, "batches")
    look.press(".batch .menu button", "forms of a batch")
    look.press(".batch .danger", "whether to delete a batch")
    look.goto(full, "memory")
    look.press(".room button:has-text('Informe'), .room button:has-text('Report')", "a report of memory")
    (tmp_path / "mayo.csv").write_text(STATEMENT, encoding="utf-8")
    look.goto(full, "reconcile")
    page.set_input_files("#statement", tmp_path / "mayo.csv")
    expect(page.locator(".item")).not_to_have_count(0)
    look.at("a statement")
    page.locator(".reconcile .top button[aria-expanded]").click()
    look.at("the columns of a statement")
    look.press(".reconcile .tools .menu button", "forms of a statement")
    look.goto(full, "reconcile")
    look.press(".card-head .danger", "whether to delete a statement")
    look.end()


def test_a_known_name_beside_its_field(full, open_page):  # noqa: F811
    id_ = learn(full, 1)
    page = open_page(full, "es", "phone", at=f"#/receipt/{id_}")
    look = Look(page)
    expect(page.locator(".known")).to_be_visible()
    look.at("a known name")
    look.end()
