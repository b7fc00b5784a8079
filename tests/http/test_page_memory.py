"""The reports of memory: in the page's language, live, each meter against its budget, whole on a phone."""

import re

import pytest
from playwright.sync_api import expect
from served import ROOT
from test_page import CARD, axe, browser, open_page, pytestmark  # noqa: F401

METER = re.compile(r'meter_(?:init|add)\([^;"]*"(\w+)"')
APART = ("cli", "admin")  # programs of their own, which are in no report of the page


def meters():
    """The names that the sources give to meters."""
    found = set()
    for path in (ROOT / "src").rglob("*.c"):
        if not set(APART) & set(path.relative_to(ROOT).parts):
            found |= set(METER.findall(path.read_text()))
    return found


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_meter_has_a_name_for_people(language):
    words = (ROOT / "web/words" / f"{language}.js").read_text()
    assert "requests" in meters()
    assert [name for name in sorted(meters()) if f"meter_{name}: " not in words] == []


@pytest.mark.parametrize(
    "language, report, width", [("en", "Report", 320), ("es", "Informe", 360), ("es", "Informe", 1366)]
)
def test_a_report_is_whole_and_in_the_pages_language(service, open_page, language, report, width):  # noqa: F811
    page = open_page(service, language, "desk" if width > 700 else "phone", at="#/memory")
    page.set_viewport_size({"width": width, "height": 740})
    raw = {meter["name"] for meter in service.client.get("/v1/memory/report").json()["meters"]}
    for name in (f"{report}: Servic", f"{report}: {'Worker' if language == 'en' else 'Lector'} 1"):
        page.get_by_role("button", name=name).click()
        names = page.locator("dialog .meters tbody th > span")
        expect(names).not_to_have_count(0)
        assert raw.isdisjoint(names.all_inner_texts())
        for place in ("dialog", "dialog .scroll"):
            assert page.locator(place).evaluate("(it) => it.scrollWidth <= it.clientWidth"), place
        assert axe(page) == []
        page.keyboard.press("Escape")
    for _ in range(2):
        page.get_by_role("button", name=f"{report}: Servic").click()
        page.locator("dialog button.main").click()
    assert page.locator(".compared").evaluate("(it) => it.parentElement.scrollWidth <= it.parentElement.clientWidth")
    assert raw.isdisjoint(page.locator(".compared tbody th").all_inner_texts())


def test_a_report_is_live_and_keeps_its_place(service, open_page):  # noqa: F811
    page = open_page(service, at="#/memory")
    page.set_viewport_size({"width": 900, "height": 480})
    page.get_by_role("button", name="Report: Worker 1").click()
    detect = page.locator("dialog .meters tr", has=page.get_by_text("Finding text"))
    expect(detect.locator("meter")).to_have_attribute("title", re.compile("share of the budget of"))
    body = page.locator("dialog")
    body.evaluate("(it) => { it.scrollTop = 120; }")
    page.locator("dialog a[download]").focus()
    before, peak = body.evaluate("(it) => it.scrollTop"), detect.locator("td").nth(1).inner_text()
    service.read(CARD.read_bytes(), params={"name": "card.jpg"})
    expect(detect.locator("td").nth(1)).not_to_have_text(peak)
    expect(page.locator("dialog a[download]")).to_be_focused()
    assert body.evaluate("(it) => it.scrollTop") == before


def test_a_process_that_ends_is_told(service, open_page):  # noqa: F811
    page = open_page(service, "es", at="#/memory", refused=("404",))
    other = re.compile(r"process=\d+")
    page.route(other, lambda route: route.continue_(url=other.sub("process=1", route.request.url)))
    page.get_by_role("button", name="Informe: Lector 1").click()
    expect(page.locator("dialog .trouble")).to_have_text("Lector 1 terminó. Este fue su último informe.")
