"""What the page shows is written as its reader writes: times, money, banks, sentences; and read in the same way."""

import re

import pytest
from playwright.sync_api import expect
from served import ROOT
from test_corrections import patch
from test_page import CARD, SHOP, browser, open_page, pytestmark  # noqa: F401

HALVES = re.compile(r"\d{2}:\d{2}(?::\d{2})? (?:a|p)\. m\.")
TYPED = {
    "5:53 p. m.": "17:53", "05:53 p.m.": "17:53", "5:53pm": "17:53", "5.53 PM": "17:53", "17:53": "17:53",
    "17.53": "17:53", "1753": "17:53", "17h53": "17:53", "17:53:20": "17:53", "12:05 a. m.": "00:05",
    "12:05 p. m.": "12:05", "12:00 am": "00:00", "1:58 a.m": "01:58", "158": "01:58", "0:05": "00:05",
    "23:59 hrs": "23:59", "9 05": "09:05", "7:30 p m": "19:30",
}  # fmt: skip
NO_TIMES = ["24:00", "13:61", "13:00 pm", "0:30 am", "ayer", "5", "12:5"]


BANKS = {
    "BANCO NACIONAL DE CREDITO": "Banco Nacional de Crédito",
    "BANCO VENEZOLANO DE CREDITO": "Banco Venezolano de Crédito",
    "BANCO CARONI": "Banco Caroní", "BANCO AGRICOLA DE VENEZUELA": "Banco Agrícola de Venezuela",
    "BANCO FONDO COMUN": "Banco Fondo Común", "BBVA MEXICO": "BBVA México", "BANCO DE LA NACION": "Banco de la Nación",
    "ITAU UNIBANCO": "Itaú Unibanco", "ING ESPANA": "ING España", "SOCIETE GENERALE": "Société Générale",
    "BANCO DEL TESORO": "Banco del Tesoro", "100% BANCO": "100% Banco",
}  # fmt: skip
MONEY = [
    ("-2.30", "VES", "-Bs 2,30"), ("2990", "VES", "Bs 2.990,00"), ("-2990", "USD", "-US$ 2.990,00"),
    ("0", "VES", "Bs 0,00"),
    ("-2.30", "", "-2,30"), ("-0.05", "XAU", "-XAU 0,05"), ("", "VES", ""), ("-0.00", "VES", "Bs 0,00"),
]  # fmt: skip
SENTENCES = {
    "no hay memoria": "no hay memoria.", "Listo.": "Listo.", "¿Seguro?": "¿Seguro?", "Leyendo…": "Leyendo…", "": "",
    "«a» no es un archivo": "«a» no es un archivo.", "falta la clave «x»": "falta la clave «x».",
}  # fmt: skip
MODULES = "http://modules.test"
FOLDERS = (ROOT / "web", ROOT / "third_party/web")


def spaced(text):
    return re.sub(r"\s", " ", text)


def module_of(route):
    """Answers a module of the page from its sources."""
    name = route.request.url.removeprefix(f"{MODULES}/")
    path = next((folder / name for folder in FOLDERS if name and (folder / name).is_file()), None)
    if path is None:
        route.fulfill(body="<!doctype html><html lang=es>", content_type="text/html")
    else:
        route.fulfill(body=path.read_text(), content_type="text/javascript")


@pytest.fixture(scope="module")
def module(browser):  # noqa: F811
    """Calls an exported function of a module of the page with each of the values, on a Spanish device in Venezuela."""
    context = browser.new_context(locale="es-VE", timezone_id="America/Caracas")
    context.route(f"{MODULES}/**", module_of)
    page = context.new_page()
    page.goto(f"{MODULES}/")

    def call(name, function, *values):
        work = "([name, work, values]) => import(name).then((all) => values.map((each) => all[work](...each)))"
        return [spaced(found) for found in page.evaluate(work, [f"{MODULES}/{name}", function, values])]

    yield call
    context.close()


def test_times_are_read_as_people_write_them(module):
    found = module("words/format.js", "parseTime", *([typed] for typed in TYPED))
    assert dict(zip(TYPED, found, strict=True)) == TYPED
    assert module("words/format.js", "parseTime", *([typed] for typed in NO_TIMES)) == NO_TIMES
    shown = module("words/format.js", "time", ["00:05"], ["12:00"], ["17:53"], ["25:00"], ["17:53:20"], [""])
    assert shown == ["12:05 a. m.", "12:00 p. m.", "05:53 p. m.", "25:00", "17:53:20", ""]
    assert module("words/format.js", "parseTime", *([each] for each in shown[:3])) == ["00:05", "12:00", "17:53"]


def test_the_words_of_a_picture_are_read_as_times(module):
    words = ["Hora: 05:53 p. m.", "a las 5:53:20 PM", "09/08/2026 17:53", "12:05 A.M. aprobado"]
    found = module("receipt/values.js", "fromWords", *(["time", each] for each in words))
    assert found == ["17:53", "17:53", "17:53", "00:05"]


def test_the_minus_is_before_the_currency(module):
    found = module("words/format.js", "money", *([amount, currency] for amount, currency, _ in MONEY))
    assert found == [wanted for _, _, wanted in MONEY]


def test_banks_have_their_accents(module):
    found = module("state/catalogue.js", "bankName", *(["", name] for name in BANKS))
    assert dict(zip(BANKS, found, strict=True)) == BANKS


def test_messages_are_sentences(module):
    found = module("words/text.js", "sentence", *([message] for message in SENTENCES))
    assert dict(zip(SENTENCES, found, strict=True)) == SENTENCES


@pytest.fixture(scope="module")
def timed(service):
    """A payment that was made at 01:58."""
    id_ = service.read(CARD.read_bytes(), params={"name": "card.jpg"})["id"]
    patch(service, id_, {"hora": "01:58"})
    service.read(SHOP.read_bytes(), params={"name": "shop.jpg"})
    return id_


def test_times_have_one_form(service, timed, open_page):  # noqa: F811
    page = open_page(service, "es-VE", at=f"#/receipt/{timed}")
    field = page.locator("#field-hora")
    expect(field).to_have_attribute("type", "text")
    assert spaced(field.input_value()) == "01:58 a. m."
    assert HALVES.search(spaced(page.locator(".receipt-head").inner_text()))
    page.goto(f"{service.address}/#/memory")
    page.get_by_role("button", name="Informe: Servicio").click()
    page.locator("dialog button.main").click()
    expect(page.locator(".card", has_text="Comparar dos informes")).to_contain_text(HALVES)
    asked = page.evaluate("[...document.querySelectorAll('.plot')].length")
    assert asked == 1
    page.locator(".plot").hover()
    expect(page.locator(".plot .u-legend tr").first).to_contain_text(HALVES)


def test_times_are_typed_as_people_do(service, timed, open_page):  # noqa: F811
    page = open_page(service, "es-VE", at=f"#/receipt/{timed}", refused=("422",))
    for number, typed in enumerate(["5:53 p. m.", "12:05 a. m.", "17.53"]):
        field = page.locator("#field-hora")
        field.fill(typed)
        field.press("Enter")
        expect(page.locator(".past .count")).to_have_text(str(number + 2))
        assert service.get(timed)["fields"]["hora"]["value"] == TYPED[typed]
    field.fill("ayer")
    field.press("Enter")
    expect(page.locator(".complaint")).to_have_text(re.compile(r"\.$"))


def test_an_error_is_a_sentence(service, open_page):  # noqa: F811
    answer = service.client.post("/v1/documents?name=roto.jpg", content=b"\xff\xd8\xff\xe0 nada")
    page = open_page(service, "es", at=f"#/receipt/{answer.json()['id']}", refused=("422", "404", "409"))
    expect(page.locator(".reasons.bad p")).to_have_text(re.compile(r"\.$"))


@pytest.mark.parametrize("language, name", [("es", "comprobante.jpg"), ("en", "receipt.jpg")])
def test_examples_of_the_api_are_in_the_pages_language(service, open_page, language, name):  # noqa: F811
    page = open_page(service, language, at="#/settings/api")
    for example in ("curl", "Python"):
        page.get_by_role("button", name=example).click()
        expect(page.locator(".code")).to_contain_text(name)
    other = {"comprobante.jpg": "receipt.jpg", "receipt.jpg": "comprobante.jpg"}[name]
    expect(page.locator(".code")).not_to_contain_text(other)


@pytest.mark.parametrize("language, size", [("es", "phone"), ("en", "desk")])
def test_the_list_is_sorted_without_heads_of_columns(service, timed, open_page, language, size):  # noqa: F811
    page = open_page(service, language, size, at="#/receipts?status=done")
    es = language == "es"
    page.get_by_role("button", name="Filtros" if es else "Filters").click()
    page.get_by_label("Ordenar por" if es else "Sort by").select_option("Monto" if es else "Amount")
    amounts = page.locator(".rows .row .cell-amount")
    first = [re.compile("2.990.00"), re.compile("2.486.34")]
    expect(amounts).to_have_text(first)
    assert "sort=-amount" in page.url
    page.get_by_label("Orden" if es else "Order", exact=True).select_option("Ascendente" if es else "Ascending")
    expect(amounts).to_have_text(first[::-1])
    page.reload()
    expect(amounts).to_have_text(first[::-1])
