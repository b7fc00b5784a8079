"""The summary of the list: its chart and its banks leave nothing out in silence."""

import json
import re

import pytest
from playwright.sync_api import expect
from test_page import browser, open_page, pytestmark  # noqa: F401


def day(name, currency, amount, count=1):
    return {"day": name, "currency": currency, "amount": amount, "count": count}


def sums(*days, undated=0, banks=()):
    """What the service answers for these days."""
    amounts = {}
    for each in days:
        found = amounts.setdefault(each["currency"], {"currency": each["currency"], "amount": 0.0, "count": undated})
        found["amount"] += float(each["amount"])
        found["count"] += each["count"]
    for each in amounts.values():
        each["amount"] = f"{each['amount']:.2f}"
    count = sum(each["count"] for each in amounts.values())
    return {"count": count, "needs_review": 0, "amounts": [*amounts.values()], "banks": [*banks], "days": [*days]}


@pytest.fixture
def summary(service, open_page, total):  # noqa: F811
    """Opens the summary of these sums."""
    service.send(total, params={"name": "n"})

    def begin(told, language="en", size="desk"):
        page = open_page(service, language, size)
        page.route("**/v1/documents/totals*", lambda route: route.fulfill(json=told))
        page.reload()
        page.get_by_role("button", name="Resumen" if language == "es" else "Summary").click()
        expect(page.locator(".summary")).to_be_visible()
        return page

    return begin


YEARS = [day("2019-12-31", "VES", "10.25"), day("2023-06-01", "VES", "20.50"), day("2026-08-29", "VES", "3000.00")]
SPANS = {
    "a day": ([day("2026-08-29", "VES", "7.00")], "day", "7.00"),
    "a week": ([day("2026-08-22", "VES", "1.00"), day("2026-08-29", "VES", "2.00")], "day", "3.00"),
    "a leap year": ([day("2024-01-01", "VES", "1.00"), day("2025-01-01", "VES", "2.00")], "day", "3.00"),
    "a year and a day": ([day("2025-01-01", "VES", "1.00"), day("2026-01-03", "VES", "2.00")], "month", "3.00"),
    "years": (YEARS, "month", "3,030.75"),
    "a date of another century": ([day("1926-08-29", "VES", "1.00"), *YEARS], "year", "3,031.75"),
    "two in a month": ([*YEARS, day("2023-06-30", "VES", "0.25")], "month", "3,031.00"),
    "money given back": ([day("2026-08-01", "VES", "-5.00"), day("2026-08-02", "VES", "2.00")], "day", "-3.00"),
}


@pytest.mark.parametrize("days, by, total_", SPANS.values(), ids=SPANS)
def test_the_chart_has_every_payment(summary, days, by, total_):
    page = summary(sums(*days))
    expect(page.locator(".summary figcaption")).to_contain_text(f"By {by} of payment")
    told = page.locator(".summary .plot").get_attribute("aria-label").replace("\u00a0", " ")
    wanted = f"-Bs {total_[1:]}" if total_.startswith("-") else f"Bs {total_}"
    assert f"; {wanted} in total;" in told, told


def test_each_currency_has_its_chart(summary):
    page = summary(sums(*YEARS, day("2026-08-29", "USD", "12.50"), undated=2))
    choice = page.locator(".summary").get_by_label("Currency")
    expect(choice.locator("option")).to_have_text(["VES (5)", "USD (3)"])
    choice.select_option("USD")
    expect(page.locator(".summary .plot")).to_have_attribute("aria-label", re.compile(r"US\$\u00a012.50 in total"))
    expect(page.locator(".summary figcaption")).to_contain_text("By day of payment")
    expect(page.locator(".summary")).to_contain_text("2 without a date of payment are not in the chart.")


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_banks_are_sorted_and_all_can_be_seen(summary, size):
    codes = ["0102", "0104", "0105", "0108", "0114", "0115", "0128", "0134"]
    banks = [
        {"bank": code, "currency": "VES", "amount": f"{amount}.00", "count": 1}
        for code, amount in zip(codes, [5, 80, 3, 1000, 7, 20, 900, 1], strict=True)
    ] + [{"bank": "0102", "currency": "USD", "amount": "5000.00", "count": 1}]
    page = summary(sums(*YEARS, day("2026-08-29", "USD", "5000.00"), banks=banks), "es", size)
    amounts = page.locator(".by-bank tbody td:last-child")
    first = ["Bs\u00a01.000,00", "Bs\u00a0900,00", "Bs\u00a080,00", "Bs\u00a020,00", "Bs\u00a07,00"]
    expect(amounts).to_have_text(first)
    page.get_by_role("button", name="Mostrar 4 más").click()
    expect(amounts).to_have_text([*first, "Bs\u00a05,00", "Bs\u00a03,00", "Bs\u00a01,00", "US$\u00a05.000,00"])
    hidden = "(it) => it.scrollHeight > it.clientHeight + 1"
    assert not page.locator(".summary").evaluate(hidden), "banks are out of sight in a place that is scrolled"
    page.get_by_role("button", name="Mostrar menos").click()
    expect(amounts).to_have_count(5)


def test_sums_are_those_of_the_service(service, open_page):  # noqa: F811
    """The answers of this file's other tests have the form of the service's."""
    told = service.client.get("/v1/documents/totals").json()
    assert set(told) == set(sums()), json.dumps(told)
