"""The page's place for statements of the bank, as a person uses it: both languages, desk, phone and keyboard."""

import io
import time

import openpyxl
import pytest
from playwright.sync_api import expect
from served import SLOW
from test_page import AXE, AXE_RULES, browser, open_page  # noqa: F401
from test_reconciliations import HEAD, counted, day, money, office, statement  # noqa: F401

pytestmark = pytest.mark.skipif(SLOW > 1, reason="minutes of a browser; other tests take the same paths")

WORDS = {
    "en": ("Reconcile", "No receipt", "They belong together", "Export"),
    "es": ("Conciliar", "Sin comprobante", "Van juntos", "Exportar"),
}


def items(page, state=None):
    found = page.locator(".item")
    return found.filter(has=page.locator(".standing .state", has_text=state)) if state else found


def made(service):
    return service.client.get("/v1/reconciliations").json()["reconciliations"][0]


@pytest.fixture
def file(office, tmp_path):  # noqa: F811
    """A statement, and none in the service. Those of the test before stay until its page is closed."""
    for one in office.client.get("/v1/reconciliations").json()["reconciliations"]:
        assert office.client.delete(one["self"]).status_code == 204
    path = tmp_path / "mayo.csv"
    path.write_text(statement(office.payments), encoding="utf-8")
    return path


def load(page, path):
    page.set_input_files("#statement", path)
    expect(page.get_by_role("heading", level=1)).to_have_text(path.name)


@pytest.mark.parametrize("size", ["desk", "phone"])
@pytest.mark.parametrize("language", WORDS)
def test_a_statement_is_loaded_decided_on_and_exported(office, open_page, file, language, size):  # noqa: F811
    place, missing, together, export = WORDS[language]
    page = open_page(office, language, size, at="#/receipts")
    page.get_by_role("link", name=place).click()
    load(page, file)
    expect(items(page)).to_have_count(7)
    expect(items(page, missing)).to_contain_text("TRANSFERENCIA")
    # a person pairs what stands alone on both sides
    page.locator(".states .tab", has_text=missing).click()
    expect(items(page)).to_have_count(1)
    items(page).locator("input[type=checkbox]").check()
    expect(page.get_by_role("button", name=together)).to_be_disabled()
    page.locator(".states .tab").first.click()
    alone = items(page).filter(has=page.locator(".movement-main[href]")).filter(has=page.locator(".nobody"))
    alone.locator("input[type=checkbox]").check()
    page.get_by_role("button", name=together).click()
    expect(items(page)).to_have_count(6)
    assert counted(made(office))["matched"] == 2
    page.reload()
    expect(items(page)).to_have_count(6)
    page.get_by_role("button", name=export).click()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Excel (.xlsx)").click()
    sheet = openpyxl.load_workbook(io.BytesIO(saved.value.path().read_bytes())).active
    assert saved.value.suggested_filename == "mayo.xlsx" and sheet.max_row == 7
    assert sheet.cell(7, 6).is_date


def test_items_are_decided_by_keyboard(office, open_page, file):  # noqa: F811
    page = open_page(office, at="#/reconcile")
    load(page, file)
    expect(items(page)).to_have_count(7)
    page.locator(".states .tab", has_text="Amount differs").click()
    expect(items(page)).to_have_count(1)
    items(page).focus()
    page.keyboard.press("y")
    expect(page.locator(".empty")).to_be_visible()
    assert counted(made(office))["matched"] == 2
    page.locator(".states .tab", has_text="Matched").click()
    expect(items(page)).to_have_count(2)
    items(page).first.focus()
    page.keyboard.press("ArrowDown")
    expect(items(page).nth(1)).to_be_focused()
    decided = items(page).filter(has_text="decided by")
    decided.focus()
    page.keyboard.press("u")
    expect(items(page)).to_have_count(1)
    assert counted(made(office))["amount_differs"] == 1
    items(page).focus()
    page.keyboard.press("n")  # what was matched by the service is not the same
    expect(page.locator(".empty")).to_be_visible()
    assert "matched" not in counted(made(office))
    page.locator(".states .tab", has_text="Not in the bank").click()
    expect(items(page)).not_to_have_count(0)
    before = counted(made(office))["missing_line"]
    items(page).first.focus()
    page.keyboard.press("Space")
    expect(page.locator(".bulk")).to_contain_text("1 receipt")
    page.keyboard.press("x")
    expect(page.locator(".states .tab", has_text="Set aside")).to_be_visible()
    expect(page.locator(".bulk")).to_have_count(0)
    assert counted(made(office)).get("missing_line", 0) == before - 1


def test_columns_are_told(office, open_page, file):  # noqa: F811
    one = office.payments[0]
    file.write_text("Clave;Cosa\nx;nada\ny;sin fecha\n")
    page = open_page(office, at="#/reconcile")
    load(page, file)
    first = page.get_by_label("Column 1", exact=True)
    expect(first).to_be_visible()  # without a date and an amount there is nothing to compare
    expect(page.get_by_role("button", name="Compare", exact=True)).to_be_disabled()
    file.write_text(f"Uno;Dos;Tres\n{money(one['amount'])};{one['reference']};{day(one['date'])}\n")
    page.get_by_role("link", name="All statements").click()
    load(page, file)
    if page.locator(".columns-card").count() == 0:
        page.get_by_role("button", name="Columns").click()
    for column, kind in (("1", "amount"), ("2", "reference"), ("3", "date")):
        page.get_by_label(f"Column {column}", exact=True).select_option(kind)
    page.get_by_label("First row of movements").fill("2")
    page.get_by_label("Days apart at most").fill("5")
    page.get_by_role("button", name="Compare", exact=True).click()
    end = time.monotonic() + 20
    while made(office)["options"]["days"] != 5 and time.monotonic() < end:
        time.sleep(0.05)  # the guess may have matched the same movement before
    kept = made(office)
    assert kept["columns"]["amount"] == 1 and kept["options"]["days"] == 5
    expect(items(page, "Matched")).to_have_count(1)


def test_what_is_no_statement_is_told(office, open_page, file, tmp_path):  # noqa: F811
    page = open_page(office, "es", at="#/reconcile", refused=("422",))
    (tmp_path / "viejo.xls").write_bytes(b"\xd0\xcf\x11\xe0 old")
    page.set_input_files("#statement", tmp_path / "viejo.xls")
    expect(page.locator(".notice.bad")).to_contain_text("guárdelo como .xlsx o CSV")
    expect(page.locator(".empty")).to_contain_text("Todavía no hay estados de cuenta")


def test_markup_of_strangers_is_text(office, open_page, file):  # noqa: F811
    file.write_text(HEAD + "17/05/2025;1;<img src=x onerror=alert(1)>;;5,00;\n", encoding="utf-8")
    page = open_page(office, at="#/reconcile")
    load(page, file)
    expect(items(page, "No receipt")).to_contain_text("<img src=x onerror=alert(1)>")
    assert page.locator(".item img").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", ["desk", "phone"])
def test_everybody_can_use_it(office, open_page, file, size, scheme):  # noqa: F811
    page = open_page(office, "es", size, scheme, at="#/reconcile")
    load(page, file)
    expect(items(page)).to_have_count(7)
    page.get_by_role("button", name="Columnas").click()
    items(page, "Sin comprobante").locator("input[type=checkbox]").check()
    for at in (None, "#/reconcile"):
        if at:
            page.goto(f"{office.address}/{at}")
            expect(page.locator(".cards .card")).to_have_count(1)
        page.evaluate(AXE.read_text())
        found = page.evaluate(f"axe.run(document, {AXE_RULES})")
        assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found["violations"]] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def printed(browser, payment):  # noqa: F811
    """A statement as a browser prints it: texts go on in the next line, one of them after a hyphen."""
    rows = [
        (day(payment["date"]), payment["reference"][-8:], "PAGO MÓVIL DE ZOILA QUINTERO", "", money(payment["amount"]))
    ]
    rows += [(day("2025-05-20"), str(70000 + n), f"PROVEEDORES RIF J-2840587{n}-1", "5,00", "") for n in range(8)]
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    names = "".join(f"<th>{name}</th>" for name in ("Fecha", "Referencia", "Concepto", "Débito", "Crédito"))
    style = "body{font:11px sans-serif} td,th{padding:3px 8px;text-align:left;vertical-align:top}"
    style += "td:nth-child(3){width:8em}"
    page = browser.new_page()
    page.set_content(f"<style>{style}</style><h1>Banco de los Llanos</h1><table><tr>{names}</tr>{cells}</table>")
    content = page.pdf(format="Letter")
    page.close()
    return content


def test_a_statement_in_pdf_is_loaded(browser, office, open_page, file, tmp_path):  # noqa: F811
    path = tmp_path / "mayo.pdf"
    path.write_bytes(printed(browser, office.payments[0]))
    page = open_page(office, "es", at="#/reconcile")
    load(page, path)
    expect(items(page, "Conciliado")).to_contain_text("PAGO MÓVIL DE ZOILA QUINTERO")
    page.get_by_role("button", name="Columnas").click()
    expect(page.locator(".sample thead select").nth(2)).to_have_value("description")
    expect(page.locator(".sample tbody tr").nth(3)).to_contain_text("PROVEEDORES RIF J-28405870-1")
