"""Words have the room that they need: nothing is cut off or stands outside its place, on a narrow phone and a desk."""

import json

import pytest
from playwright.sync_api import expect
from test_page import DOUBTFUL, SHOP, browser, open_page, pytestmark  # noqa: F401
from test_pages import several, sheet
from test_parties import learn

# Controls whose words stand outside of them, and names of fields of which less is left than the shortest ones need.
CUT = """() => {
    const isShown = (each) => each.checkVisibility() && !each.closest('details:not([open])');
    const stands = (part, box) => {
        const range = document.createRange();
        range.selectNode(part);
        const inner = range.getBoundingClientRect();
        return inner.width === 0 || (inner.left >= box.left - 1 && inner.right <= box.right + 1);
    };
    const isWhole = (each) => [...each.childNodes]
        .filter((part) => part.nodeType === Node.TEXT_NODE || getComputedStyle(part).clipPath === 'none')
        .every((part) => stands(part, each.getBoundingClientRect()));
    const controls = [...document.querySelectorAll('main :is(button, a.button, h2), dialog :is(button, a.button)')];
    const names = [...document.querySelectorAll('.entry label')];
    const isCut = (each) => each.scrollWidth > each.clientWidth + 2;
    const told = [...document.querySelectorAll('.entry .mark')]; // dates in words, pages, why to look
    const canvas = document.createElement('canvas').getContext('2d');
    const isNarrow = (each) => { // for the words of a list, beside its arrow, and for those in an empty field
        const {font, paddingInlineStart: start, paddingInlineEnd: end} = getComputedStyle(each);
        const [words, arrow] = each.localName === 'select' ? [each.selectedOptions[0]?.label ?? '', ARROW_PX]
            : [each.value || each.placeholder, 0];
        canvas.font = font;
        return canvas.measureText(words).width > each.clientWidth - parseFloat(start) - parseFloat(end) - arrow + 1;
    };
    const chosen = [...document.querySelectorAll('main :is(select, .date input:not(.hidden)), dialog select')];
    const tabs = [...document.querySelectorAll('main nav.views:not([data-before], [data-after])')];
    return [...[...tabs, ...told].filter(isShown).filter(isCut), ...chosen.filter(isShown).filter(isNarrow),
        ...controls.filter(isShown).filter((each) => !isWhole(each)),
        ...names.filter(isShown).filter((each) => each.clientWidth < Math.min(each.scrollWidth, 56))]
        .map((each) => each.outerHTML.slice(0, 160));
}""".replace("ARROW_PX", "16")
WIDTHS = [320, 360, 1366]
CSV = {"Content-Type": "text/csv"}
STATEMENT = """Fecha;Referencia;Descripción;Monto
02/01/2025;000111222333;PAGO MÓVIL DE ANA PEREZ SOTO;100,00
03/01/2025;000999888777;PAGO MÓVIL SIN COMPROBANTE;77,00
27/01/2025;810715785895;PAGO MÓVIL INTERBANCARIO;1.844,29
28/01/2025;000000000001;COMISIÓN POR MANTENIMIENTO;-2,30
"""
INVOICE = ["FERRETERIA LA PAZ C.A.", "Factura 00012345", "Fecha: 23/01/2025", "IVA 16,00% 16,00"]


@pytest.fixture(scope="module")
def shop(service):
    """A receipt that wants a look, a known party, and a sale on two pages."""
    learn(service)
    doubtful = service.read(DOUBTFUL.read_bytes(), params={"name": "duda.jpg"})["id"]
    pages = [sheet(*INVOICE, "TOTAL 116,00", size=(1000, 700)), sheet("Gracias por su compra")]
    sale = service.read(several("TIFF", pages), params={"name": "venta.tiff"})["id"]
    service.read(SHOP.read_bytes(), params={"name": "shop.jpg"})
    listed = service.client.post(
        "/v1/reconciliations?name=mayo.csv&currency=VES", content=STATEMENT.encode(), headers=CSV
    )
    (party,) = service.client.get("/v1/parties").json()["parties"][:1]
    return {
        "doubtful": f"receipt/{doubtful}",
        "sale": f"receipt/{sale}",
        "statement": f"reconcile/{listed.json()['id']}",
        "party": f"settings/parties?party={party['id']}",
    }


def cut(page):
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    page.wait_for_timeout(300)
    return page.evaluate(CUT)


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("width", WIDTHS)
def test_no_words_are_cut_off(service, shop, open_page, language, width):  # noqa: F811
    page = open_page(service, language, "phone" if width < 700 else "desk")
    page.set_viewport_size({"width": width, "height": 740})
    found = {}
    places = [
        *shop.values(),
        "receipts",
        "receipts?filters",
        "batches",
        "reconcile",
        "memory",
        "settings/page",
        "settings/keys",
        "settings/api",
    ]
    for place in places:
        page.goto(f"{service.address}/#/{place.removesuffix('?filters')}")
        page.wait_for_selector("main h1")
        if place.endswith("?filters"):
            page.locator(".tools .menu button").first.click()
        if troubles := cut(page):
            found[place] = troubles
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), place
    assert not found, json.dumps(found, indent=1)


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_way_in_is_beside_the_title(service, open_page, language):  # noqa: F811
    page = open_page(service, language, "phone")
    page.set_viewport_size({"width": 320, "height": 640})
    title, add = (page.locator(f".receipts {one}").bounding_box() for one in ("h1", ".add"))
    assert abs(title["y"] + title["height"] / 2 - add["y"] - add["height"] / 2) < 8


def test_a_date_and_its_page_leave_room_for_the_name(service, shop, open_page):  # noqa: F811
    page = open_page(service, "es", "phone", at=f"#/{shop['sale']}")
    label = page.locator(".entry.paired", has=page.locator("#field-fecha, #field-date")).locator("label").first
    expect(label).to_have_text("Fecha")
    assert label.evaluate("(it) => it.scrollWidth <= it.clientWidth")


def test_actions_on_the_chosen_are_in_one_row(service, shop, open_page):  # noqa: F811
    page = open_page(service, "es", "phone")
    page.set_viewport_size({"width": 320, "height": 640})
    page.locator(".row:not(.head) input[type=checkbox]").first.check()
    bar = page.locator(".bulk")
    expect(bar.get_by_role("button").last).to_be_visible()
    assert bar.bounding_box()["height"] < 64


def test_messages_begin_with_a_capital(service, open_page):  # noqa: F811
    page = open_page(service, "es", refused=("404",), at="#/receipt/doc_nothing")
    told = page.locator(".empty p").first
    expect(told).to_contain_text("doc_nothing")
    assert told.evaluate("(it) => getComputedStyle(it, '::first-letter').textTransform") == "uppercase"
