"""A record on paper: its picture and its fields, without what only a screen has."""

import pytest
from playwright.sync_api import expect
from test_page import CARD, SHOP, browser, open_page, pytestmark  # noqa: F401

# What is only for a screen and still shown, and bars of the field in hand.
SCREEN = """() => {
    const isClear = (colour) => ['rgba(0, 0, 0, 0)', 'transparent'].includes(colour);
    const hasBar = (each) => {
        const {borderInlineStartColor: bar, borderInlineStartWidth: width, boxShadow, outlineStyle}
            = getComputedStyle(each);
        return (!isClear(bar) && parseFloat(width) > 0) || boxShadow !== 'none' || outlineStyle !== 'none';
    };
    const controls = [...document.querySelectorAll('button, a.button, .skip, .notices, .places, dialog, [type=file]')];
    const entries = [...document.querySelectorAll('.entry, .entry :is(input, select, textarea):not(.hidden)')];
    return [...controls.filter((each) => !each.matches(':is(td, th) button')), ...entries.filter(hasBar)]
        .filter((each) => each.checkVisibility()).map((each) => each.outerHTML.slice(0, 120));
}"""
CUT = """() => {
    const canvas = document.createElement('canvas').getContext('2d');
    return [...document.querySelectorAll('.entry :is(input, select):not(.hidden)')].filter((each) => {
        const style = getComputedStyle(each);
        canvas.font = style.font;
        const words = each.localName === 'select' ? each.selectedOptions[0]?.label ?? '' : each.value;
        const room = each.clientWidth - parseFloat(style.paddingInlineStart) - parseFloat(style.paddingInlineEnd);
        return canvas.measureText(words).width > room + 1;
    }).map((each) => `${each.id}: ${each.value}`);
}"""


@pytest.mark.parametrize("language, file, field", [("es", SHOP, "total"), ("en", CARD, "monto")])
def test_a_record_on_paper(service, open_page, language, file, field):  # noqa: F811
    id_ = service.read(file.read_bytes(), params={"name": file.name})["id"]
    page = open_page(service, language, scheme="dark", at=f"#/receipt/{id_}")
    page.set_viewport_size({"width": 794, "height": 1123})  # A4
    page.locator(f"#field-{field}").focus()
    page.emulate_media(media="print")
    expect(page.locator(".sheet img")).to_be_visible()
    assert page.evaluate(SCREEN) == []
    assert page.evaluate(CUT) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator(".side").evaluate("(it) => getComputedStyle(it).overflowY") == "visible"
    colours = "(it) => [getComputedStyle(it).color, getComputedStyle(document.body).backgroundColor]"
    ink, ground = page.locator(f"#field-{field}").evaluate(colours)
    assert ground == "rgb(255, 255, 255)" and max(int(part) for part in ink[4:-1].split(",")[:3]) < 80
