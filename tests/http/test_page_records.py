"""The page with documents of several pages, senders, files that no browser shows, and layouts from corrections."""

import json
import re

import pytest
from playwright.sync_api import expect
from test_learn import RIGHT, teach, third
from test_page import CARD, PLACES, SHOP, axe, browser, open_page, pytestmark, rows  # noqa: F401
from test_pages import WORDS, several, sheet


def test_pages_are_turned_and_their_words_taken(service, open_page):  # noqa: F811
    pages = several("PDF", [sheet(words) for words in WORDS])
    id_ = service.read(pages, params={"name": "three.pdf"})["id"]
    page = open_page(service, at=f"#/receipt/{id_}")
    steps = page.locator(".page-steps")
    expect(steps).to_contain_text("Page 1 of 3")
    expect(page.locator(".sheet img")).to_have_attribute("src", re.compile("/pages/1/image$"))
    page.locator("h1").click()
    page.keyboard.press("PageDown")
    expect(steps).to_contain_text("Page 2 of 3")
    expect(page.locator(".sheet img")).to_have_attribute("src", re.compile("/pages/2/image$"))
    page.get_by_role("button", name="Next page").click()
    expect(steps).to_contain_text("Page 3 of 3")
    expect(page.get_by_role("button", name="Next page")).to_be_disabled()
    page.keyboard.press("PageDown")
    expect(steps).to_contain_text("Page 3 of 3")
    read = service.client.get(f"/v1/documents/{id_}/pages/3").json()
    words = [word["text"] for line in read["lines"] for word in line["words"]]
    expect(page.locator(".sheet .word")).to_have_count(len(words))
    page.get_by_role("button", name="Add a field").click()
    page.get_by_role("button", name="Concept", exact=True).click()
    expect(page.locator("#field-concepto")).to_be_focused()
    page.locator(".sheet .word").first.click()
    expect(page.locator("#field-concepto")).to_have_value(words[0])
    expect(page.locator(".mark.good")).to_have_count(1)
    assert service.get(id_)["fields"]["concepto"]["value"] == words[0]
    expect(steps).to_contain_text("Page 3 of 3")


def test_a_field_of_another_page_is_shown_on_it(service, open_page):  # noqa: F811
    first = sheet("Pago móvil exitoso", "Banco Mercantil", "Fecha: 03/01/2025", size=(1000, 500))
    second = sheet("Referencia: 000123456789", "Monto: 1.234,50 Bs", size=(1000, 500))
    document = service.read(several("PDF", [first, second]), params={"name": "two.pdf"})
    assert document["fields"]["monto"]["page"] == 2
    name = "monto"
    page = open_page(service, at=f"#/receipt/{document['id']}")
    steps = page.locator(".page-steps")
    expect(steps).to_contain_text("of 2")
    page.locator("#field-fecha").focus()
    expect(steps).to_contain_text("Page 1 of 2")
    expect(page.locator(".sheet .box[data-field=fecha]")).to_have_count(1)
    page.locator(f"#field-{name}").focus()
    expect(steps).to_contain_text("Page 2 of 2")
    expect(page.locator(f".sheet .box[data-field={name}]")).to_have_count(1)


def test_a_file_that_is_no_picture_says_so(service, open_page):  # noqa: F811
    answer = service.client.post(
        "/v1/documents?name=broken.jpg", content=b"\xff\xd8\xff\xe0 none", headers={"Content-Type": "image/jpeg"}
    )
    page = open_page(service, at=f"#/receipt/{answer.json()['id']}", refused=("422", "404", "409"))
    expect(page.locator(".picture")).to_contain_text("cannot show this file")
    expect(page.locator(".picture a[download]")).to_have_attribute("download", "broken.jpg")


def test_a_sender_is_a_condition_and_a_column(start, open_page, total):  # noqa: F811
    service = start("--workers", "1", "--start", "manual").ready()
    for number, sender in enumerate(("Zoila", "Celestino", "Zoila")):
        metadata = json.dumps({"sender": sender})
        service.send(total + bytes([number]), params={"name": f"n{number}", "metadata": metadata})
    page = open_page(service)
    expect(rows(page)).to_have_count(3)
    page.get_by_role("button", name="Filters").click()
    page.get_by_label("Sender").fill("Zoila")
    page.get_by_label("Sender").press("Enter")
    expect(rows(page)).to_have_count(2)
    expect(page.locator(".chip")).to_contain_text("Sent by Zoila")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Columns").click()
    page.get_by_label("Sender").check()
    expect(rows(page).first).to_contain_text("Zoila")
    page.locator(".chip").click()
    expect(rows(page)).to_have_count(3)
    page.get_by_role("columnheader", name="Sender").get_by_role("button").click()
    expect(rows(page).last).to_contain_text("Celestino")


def test_corrections_teach_a_layout(start, open_page):  # noqa: F811
    service = start("--workers", "1").ready()
    page = open_page(service, at="#/settings/layouts")
    page.get_by_role("button", name="Look for layouts").click()
    expect(page.get_by_text("Nothing to learn for now")).to_be_visible()
    teach(service, 0)
    teach(service, 1)
    page.get_by_role("button", name="Look for layouts").click()
    expect(page.get_by_text("Makes nothing worse")).to_be_visible(timeout=60000)
    page.get_by_text("What changes").click()
    expect(page.locator(".cards table")).to_contain_text("ANA PEREZ SOTO")
    page.get_by_role("button", name="Use it from now on").click()
    expect(page.get_by_text("used from the next receipt on")).to_be_visible(timeout=60000)
    expect(page.locator("table .state")).to_have_text("learned")
    assert third(service) == RIGHT[2]
    page.get_by_role("button", name="Take back").click()
    page.locator("dialog").get_by_role("button", name="Take back").click()
    expect(page.locator("table .state")).to_have_count(0)
    assert third(service) != RIGHT[2]


def test_the_first_documents_are_sent_for_with_the_page(service, start, open_page):  # noqa: F811
    """Before its script runs; where keys are needed, only once the page knows its key."""
    link = service.client.get("/").headers["link"]
    assert link == "<v1/documents?limit=30>; rel=preload; as=fetch; crossorigin"
    service.read(CARD.read_bytes(), params={"name": "card.jpg"})
    page = open_page(service)
    expect(rows(page)).not_to_have_count(0)
    asked = page.evaluate(
        "performance.getEntriesByType('resource').filter((each) => each.name.endsWith('/v1/documents?limit=30'))"
        ".map((each) => each.initiatorType)"
    )
    assert len(asked) == 1
    assert "link" not in start("--workers", "1", "--keys", "required").client.get("/").headers


# What can be pressed and is smaller than a finger. The link of a row or a part and a box's label count as a whole.
SMALL = """() => [...document.querySelectorAll('a[href], button, input:not(.hidden), select, textarea, summary')]
    .map((each) => [each, each.closest(each.matches('.cell-who a') ? '.row' : 'label, .kindred li') ?? each])
    .filter(([each]) => !each.disabled && each.checkVisibility({opacityProperty: true, visibilityProperty: true}))
    .filter(([each]) => !each.closest('.skip, pre'))
    .map(([each, target]) => [target.getBoundingClientRect(), each])
    .filter(([{width, height}]) => width > 0 && (Math.round(width) < 44 || Math.round(height) < 44))
    .map(([{width, height}, each]) => `${width}x${height} ${each.outerHTML.slice(0, 90)}`)"""


def troubles_of(page):
    """What axe-core finds, what is smaller than a finger on a phone, and what is wider than the window."""
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    found = axe(page)
    if page.viewport_size["width"] < 768:
        found += page.evaluate(SMALL)
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append("wider than the window")
    return found


def test_fingers_find_every_target(service, open_page):  # noqa: F811
    id_ = service.read(SHOP.read_bytes(), params={"name": "shop.jpg"})["id"]
    page = open_page(service, "es", "phone")
    small = {}
    for place in (*PLACES, f"receipt/{id_}"):
        page.goto(f"{service.address}/#/{place}")
        page.wait_for_selector("main h1")
        expect(page.locator("[aria-busy=true]")).to_have_count(0)
        if found := page.evaluate(SMALL):
            small[place] = found
    assert not small, json.dumps(small, indent=1)


@pytest.mark.parametrize(
    "language, shown, typed, kept",
    [
        ("es", "09/08/2026", "7-8-25", "2025-08-07"),
        ("es", "09/08/2026", "07082025", "2025-08-07"),
        ("es", "09/08/2026", "2025-08-07", "2025-08-07"),
        ("en-GB", "09/08/2026", "07/08/2025", "2025-08-07"),
        ("en-US", "08/09/2026", "8/7/2025", "2025-08-07"),
        ("en-US", "08/09/2026", "17/8/2025", "2025-08-17"),
    ],
)
def test_dates_are_in_the_readers_order(start, open_page, language, shown, typed, kept):  # noqa: F811
    service = start("--workers", "1").ready()
    id_ = service.read(CARD.read_bytes(), params={"name": "card.jpg"})["id"]
    page = open_page(service, language, at=f"#/receipt/{id_}", refused=("422",))
    field = page.locator("#field-fecha")
    expect(field).to_have_value(shown)
    field.fill(typed)
    field.press("Enter")
    expect(page.locator(".mark.good")).to_have_count(1)
    assert service.get(id_)["fields"]["fecha"]["value"] == kept
    year, month, day = kept.split("-")
    expect(field).to_have_value(f"{month}/{day}/{year}" if language == "en-US" else f"{day}/{month}/{year}")
    field.fill("31/02/2026")
    field.press("Enter")
    expect(page.locator(".complaint")).to_be_visible()
