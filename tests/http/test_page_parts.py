"""The page with a file that was split: from the whole to its parts and back, in the list and beside the picture."""

import json
import re

import pytest
from playwright.sync_api import expect
from test_page import axe, browser, open_page, pytestmark, rows  # noqa: F401
from test_page_records import troubles_of
from test_pages import several
from test_split import STACK, split

from tests import long_documents

WORDS = {
    "en": {
        "split": "Split into 2 documents", "parts": "2 parts", "of": "Part of pila.tiff", "all": "Parts of pila.tiff",
        "pages": "Pages 3 to 4", "list": "See them in the list", "before": "Part before", "after": "Next part",
        "amount": "1,234.50", "gone": "was deleted",
    },
    "es": {
        "split": "Separado en 2 documentos", "parts": "2 partes", "of": "Parte de pila.tiff",
        "all": "Partes de pila.tiff", "pages": "Páginas 3 a 4", "list": "Verlos en la lista",
        "before": "Parte anterior", "after": "Parte siguiente", "amount": "1.234,50", "gone": "se borró",
    },
}  # fmt: skip
LOOKS = [("en", "desk", "light"), ("es", "phone", "dark")]


@pytest.fixture(scope="module")
def stack(service):
    return split(service, several("TIFF", STACK))


def checked(page):
    troubles = troubles_of(page)
    assert not troubles, json.dumps(troubles, indent=1)


@pytest.mark.parametrize("language, size, scheme", LOOKS)
def test_from_the_whole_to_its_parts_and_back(service, stack, open_page, language, size, scheme):  # noqa: F811
    whole, parts = stack
    words = WORDS[language]
    page = open_page(service, language, size, scheme)
    expect(rows(page)).to_have_count(3)
    checked(page)
    page.get_by_role("link", name=words["parts"]).click()
    expect(rows(page)).to_have_count(2)
    expect(page.locator(".chip")).to_contain_text(words["all"])
    checked(page)
    rows(page).filter(has_text=words["amount"]).get_by_role("link", name=words["of"]).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("pila.tiff")
    assert whole["id"] in page.url

    kindred = page.locator(".kindred")
    expect(kindred.get_by_text(words["split"])).to_be_visible()
    expect(kindred).to_contain_text("DOC-*")
    expect(kindred.locator("li")).to_have_count(2)
    expect(kindred.locator("li").first).to_contain_text(words["amount"])
    expect(kindred.locator("li").first).to_contain_text("DOC-1")
    expect(page.locator(".fields .menu")).to_have_count(0)
    checked(page)
    kindred.locator("li a").last.click()
    expect(kindred).to_contain_text(words["pages"])
    expect(kindred).to_contain_text("DOC-2")
    expect(page.locator("#field-monto")).to_be_visible()
    assert parts[1]["id"] in page.url
    expect(page.get_by_role("button", name=words["after"])).to_be_disabled()
    checked(page)
    page.get_by_role("link", name=words["before"]).click()
    expect(page.locator("#field-monto")).to_have_value(words["amount"])
    assert parts[0]["id"] in page.url
    kindred.get_by_role("link", name=words["of"]).click()
    kindred.get_by_role("link", name=words["list"]).click()
    expect(rows(page)).to_have_count(2)


def test_the_parts_come_while_one_looks(start, open_page):  # noqa: F811
    service = start("--workers", "1").ready()
    page = open_page(service)
    page.wait_for_selector("main h1")
    whole, parts = split(service, several("TIFF", STACK))
    expect(rows(page)).to_have_count(3)
    expect(page.get_by_role("link", name="2 parts")).to_be_visible()
    page.goto(f"{service.address}/#/receipt/{whole['id']}")
    expect(page.locator(".kindred li")).to_have_count(2)
    service.client.delete(parts[1]["self"])
    expect(page.locator(".kindred li")).to_have_count(1)
    expect(page.get_by_text("Split into 1 document")).to_be_visible()


def test_a_part_without_its_whole_says_so(start, open_page):  # noqa: F811
    service = start("--workers", "1").ready()
    whole, parts = split(service, several("TIFF", STACK))
    service.client.delete(whole["self"])
    page = open_page(service, "es", at=f"#/receipt/{parts[0]['id']}", refused=("404",))
    expect(page.locator(".kindred")).to_contain_text(WORDS["es"]["gone"])
    expect(page.locator(".kindred a")).to_have_count(0)
    expect(page.locator("#field-monto")).to_have_value("1.234,50")
    assert re.search("Páginas 1 a 2", page.locator(".kindred").inner_text())


@pytest.mark.parametrize("language, size, more", [("en", "desk", "Show more"), ("es", "phone", "Mostrar más")])
def test_more_parts_than_one_request_brings(service, stack, open_page, language, size, more):  # noqa: F811
    whole, parts = stack
    copies = [parts[0] | {"id": f"{parts[0]['id'][:-3]}{n:03}"} for n in range(250)]
    page = open_page(service, language, size)

    def answer(route):
        cursor = re.search(r"cursor=(\d+)", route.request.url)
        start = int(cursor[1]) if cursor else 0
        following = str(start + 100) if start + 100 < len(copies) else None
        route.fulfill(json={"documents": copies[start : start + 100], "next_cursor": following})

    page.route("**/v1/documents?*part_of=*", answer)
    page.goto(f"{service.address}/#/receipt/{whole['id']}")
    kindred = page.locator(".kindred")
    for count in (100, 200, 250):
        expect(kindred.locator("li")).to_have_count(count)
        if count < 250:
            kindred.get_by_role("button", name=more).click()
    expect(kindred.get_by_role("button", name=more)).to_have_count(0)
    expect(kindred).to_contain_text("250")


@pytest.mark.parametrize(
    "language, size, told",
    [
        ("en", "desk", "Fields come from the first 20 pages and the last 20."),
        ("es", "phone", "Los campos salen de las primeras 20 páginas y de las últimas 20."),
    ],
)
def test_fields_of_the_first_and_last_pages_say_so(service, open_page, language, size, told):  # noqa: F811
    for count, shown in ((41, 1), (40, 0)):
        document = service.read(long_documents.invoice(count, 5))
        page = open_page(service, language, size, at=f"#/receipt/{document['id']}")
        page.locator("#field-total").wait_for()
        expect(page.get_by_text(told)).to_have_count(shown)
        checked(page)  # on the second round beside a duplicate, whose picture is wide and low
