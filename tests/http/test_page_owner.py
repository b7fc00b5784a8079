"""The page as the owner of a firm uses it: items corrected, moves undone, many exported, what is kept, who is known."""

import re

import pytest
from playwright.sync_api import expect
from served import SLOW, until
from test_page import SHOP, axe, browser, open_page, pytestmark, rows  # noqa: F401
from test_page_records import SMALL
from test_parties import learn, payment

WORDS = {
    "en": {
        "add": "Add an item", "name": "Description", "quantity": "Quantity", "amount": "Amount", "save": "Save",
        "remove": "Remove", "undo": "Undo",
    },
    "es": {
        "add": "Agregar un artículo", "name": "Descripción", "quantity": "Cantidad", "amount": "Monto",
        "save": "Guardar", "remove": "Quitar", "undo": "Deshacer",
    },
}  # fmt: skip


def items(service, id_):
    return service.get(id_)["values"].get("items")


@pytest.mark.parametrize("language, size, typed", [("es", "phone", "1.234,50"), ("en", "desk", "1,234.50")])
def test_the_items_of_a_sale_are_corrected(start, open_page, language, size, typed):  # noqa: F811
    words = WORDS[language]
    service = start("--workers", "1", "--review", "id=1").ready()
    id_ = service.read(SHOP.read_bytes(), params={"name": "shop.jpg"})["id"]
    read = items(service, id_)
    page = open_page(service, language, size, at=f"#/receipt/{id_}")
    table = page.locator(".rows-of-sale").first
    expect(table.locator("tbody tr")).to_have_count(len(read))

    table.get_by_role("button", name=words["add"]).click()
    form = table.locator("form")
    form.get_by_label(words["name"]).fill("Pan <b>de</b> jamón")
    form.get_by_label(words["quantity"]).fill("0,335" if language == "es" else "0.335")
    form.get_by_label(words["amount"]).fill(typed)
    page.keyboard.press("Enter")
    expect(table.locator("tbody tr")).to_have_count(len(read) + 1)
    assert items(service, id_)[-1] == {"description": "Pan <b>de</b> jamón", "quantity": "0.335", "amount": "1234.50"}
    expect(table.locator("tbody tr").last).to_contain_text(typed)
    assert items(service, id_)[:-1] == read

    table.get_by_role("button", name="Pan <b>de</b> jamón").click()
    form.get_by_label(words["name"]).fill("Cachito")
    form.get_by_role("button", name=words["save"]).click()
    expect(table.get_by_role("button", name="Cachito")).to_be_visible()
    assert items(service, id_)[-1]["quantity"] == "0.335", "what was not touched keeps its decimals"

    table.get_by_role("button", name="Cachito").click()
    form.get_by_role("button", name=words["remove"]).click()
    expect(table.locator("tbody tr")).to_have_count(len(read))
    page.locator(".notice").last.get_by_role("button", name=words["undo"]).click()
    expect(table.get_by_role("button", name="Cachito")).to_be_visible()
    page.locator(".past summary").click()
    expect(page.locator(".past li").first).to_contain_text("Cachito")
    page.locator(".past").get_by_role("button", name=words["undo"]).click()
    expect(table.locator("tbody tr")).to_have_count(len(read))

    table.get_by_role("button", name=words["add"]).click()
    form.get_by_label(words["name"]).fill("Jugo")
    page.keyboard.press("Control+Enter")  # keeps the row, and leaves the receipt for the next time
    expect(table.get_by_role("button", name="Jugo")).to_be_visible()
    assert items(service, id_)[-1] == {"description": "Jugo"} and service.get(id_)["needs_review"]

    table.get_by_role("button", name=words["add"]).click()
    page.keyboard.press("Escape")  # gives up the row, and not the receipt
    expect(form).to_have_count(0)
    expect(table).to_be_visible()


def test_a_wrong_item_says_why_and_keeps_what_was_typed(start, open_page):  # noqa: F811
    service = start("--workers", "1").ready()
    id_ = service.read(SHOP.read_bytes(), params={"name": "shop.jpg"})["id"]
    before = items(service, id_)
    page = open_page(service, "es", at=f"#/receipt/{id_}", refused=("422",))
    page.get_by_role("button", name="Agregar un artículo").click()
    form = page.locator(".row-form")
    form.get_by_label("Descripción").fill("Pan")
    form.get_by_label("Cantidad").fill("dos")
    form.get_by_role("button", name="Guardar").click()
    expect(page.locator(".notice.bad")).to_contain_text("dos")
    expect(form.get_by_label("Descripción")).to_have_value("Pan")
    assert items(service, id_) == before


def test_the_service_says_what_is_doubtful(start, open_page):  # noqa: F811
    """Its thresholds mark the fields, whatever they are."""
    shown = {}
    for name, review in (("none", "all=0"), ("all", "all=1")):
        service = start("--workers", "1", "--review", review, name=name).ready()
        document = service.read(payment())
        asked = {reason["field"] for reason in document["review"] if reason["code"] == "doubtful"}
        page = open_page(service, at=f"#/receipt/{document['id']}")
        expect(page.locator("#field-monto")).to_be_visible()
        shown[name] = page.locator(".mark.doubt").count()
        assert shown[name] == len(asked), (review, document["review"])
    assert shown["none"] == 0 and shown["all"] > 3


def test_a_move_is_undone(start, open_page, total):  # noqa: F811
    service = start("--workers", "1", "--start", "manual").ready()
    made = {name: service.client.post("/v1/batches", json={"name": name}).json()["id"] for name in ("lunes", "martes")}
    ids = [service.send(total + b"0", params={"name": "n0"}),
           service.send(total + b"1", params={"name": "n1", "batch": made["lunes"]})]  # fmt: skip
    page = open_page(service, "es")
    page.get_by_label("Elegir n0").check()
    page.get_by_label("Elegir n1").check()
    page.get_by_role("button", name="Mover a un lote").click()
    page.get_by_role("button", name="martes").click()
    expect(page.get_by_text("2 movidos.")).to_be_visible()
    assert [service.get(id_)["batch"] for id_ in ids] == [made["martes"]] * 2
    page.get_by_role("button", name="Deshacer").click()
    expect(page.get_by_text("2 movidos.")).to_have_count(0)
    page.wait_for_timeout(500)
    assert [service.get(id_)["batch"] for id_ in ids] == [None, made["lunes"]]


def test_hundreds_of_chosen_ones_are_exported(start, open_page, total):  # noqa: F811
    service = start("--workers", "1", "--start", "manual").ready()
    for number in range(310):
        service.send(total + number.to_bytes(2, "big"), params={"name": f"n{number}"})
    page = open_page(service)
    expect(page.locator(".totals")).to_contain_text("310 receipts")
    page.get_by_label("Select all").click()  # those that are not loaded follow
    expect(page.locator(".bulk")).to_contain_text("310 selected")
    page.get_by_label("Select n308").uncheck()
    with page.expect_download() as saved:
        page.locator(".bulk").get_by_role("button", name="Export").click()
        page.get_by_role("button", name="CSV", exact=True).click()
    written = saved.value.path().read_text()
    assert saved.value.suggested_filename.endswith(".csv")
    assert len(written.splitlines()) == 310 and "n308" not in written and "n309" in written


def test_the_memory_is_shown_since_the_service_started(start, open_page):  # noqa: F811
    service = start("--workers", "1").ready()
    service.read(payment())
    service.change("INSERT INTO events (at_ms, type, data) VALUES (1700000000000, 'memory.high', '{}') RETURNING seq")
    page = open_page(service, "es", at="#/memory")
    expect(page.get_by_text("Desde que arrancó el servicio")).to_be_visible(timeout=3000 * SLOW)
    expect(page.locator(".u-wrap")).to_be_visible()
    expect(page.locator(".said li")).to_have_count(1)
    expect(page.locator(".said")).to_contain_text("Por encima del 90 %")


def test_how_long_things_are_kept_is_set(start, open_page):  # noqa: F811
    service = start("--workers", "1", "--start", "manual", "--keep-count", "500").ready()
    page = open_page(service, "es", at="#/settings/keeping")
    count, days = page.get_by_label("Conservar a lo sumo"), page.get_by_label("Borrar las imágenes después de")
    expect(count).to_have_value("500")
    expect(count).not_to_be_editable()
    expect(page.get_by_text("Lo fija la opción --keep-count")).to_be_visible()
    expect(days).to_have_value("")
    days.fill("90")
    page.get_by_role("button", name="Guardar", exact=True).click()
    page.locator("dialog").get_by_role("button", name="Cancelar").click()
    assert service.client.get("/v1/settings").json()["keep_images_ms"] == 0
    page.get_by_role("button", name="Guardar", exact=True).click()
    page.locator("dialog").get_by_role("button", name="Conservar menos").click()
    expect(page.locator(".notice")).to_contain_text("Vale desde ahora")
    assert service.client.get("/v1/settings").json()["keep_images_ms"] == 90 * 86400000
    page.reload()
    expect(days).to_have_value("90")
    days.fill("")
    page.get_by_role("button", name="Guardar", exact=True).click()  # keeping more asks nothing
    expect(page.locator(".notice")).to_contain_text("Vale desde ahora")
    assert service.client.get("/v1/settings").json()["keep_images_ms"] == 0


def test_who_is_known_is_looked_at_exported_and_forgotten(start, open_page):  # noqa: F811
    service = start("--workers", "1").ready()
    page = open_page(service, "es", at="#/settings/parties")
    expect(page.get_by_text("Todavía no se conoce a nadie")).to_be_visible()
    learn(service)
    learn(service, 1)
    learn(service, 2, Beneficiario="LUIS MORA", Cedula="V-9.876.543", Telefono=None, Cuenta_destino=None)
    page.reload()
    expect(page.locator(".lines li")).to_have_count(2)
    page.get_by_label("Buscar por nombre").fill("pérez")
    expect(page.locator(".lines li")).to_have_count(1)
    page.get_by_role("link", name=re.compile("ANA PEREZ SOTO")).click()
    expect(page.locator("dialog")).to_contain_text("0102\u00a00123\u00a04567\u00a08901\u00a02345")
    expect(page.locator("dialog dd").first).to_contain_text("2 comprobantes")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Exportar lo que se sabe").click()
    assert '"V12345678"' in saved.value.path().read_text()
    page.get_by_role("button", name="Olvidar").click()
    asked = page.locator("dialog").last
    for goes in ("para siempre", "ANA PEREZ SOTO", "V12345678", "0102\u00a00123\u00a04567", "04141234567"):
        expect(asked).to_contain_text(goes)  # it names what goes, and what stays
    expect(asked).to_contain_text("Quedan 2 comprobantes que lo muestran")
    expect(asked).to_contain_text("respaldos")
    asked.get_by_role("button", name="Olvidar").click()
    expect(page.locator(".notice")).to_contain_text("Ya no se sabe nada de ANA PEREZ SOTO. 2 documentos")
    assert [party["name"] for party in service.client.get("/v1/parties").json()["parties"]] == ["LUIS MORA"]


def test_a_known_name_and_a_strange_account_stand_beside_the_receipt(start, open_page):  # noqa: F811
    service = start("--workers", "1").ready()
    learn(service)
    learn(service, 1)
    id_ = service.read(payment(2, Cuenta_destino="0134-0123-45-6789012345"))["id"]
    page = open_page(service, "es", at=f"#/receipt/{id_}")
    expect(page.locator(".known")).to_contain_text("ANA PEREZ SOTO")
    expect(page.locator(".known")).to_contain_text("2 comprobantes")
    expect(page.locator(".entry", has=page.locator("#field-cuenta_destino")).locator(".mark.doubt")).to_have_text(
        "no visto antes"
    )
    expect(page.locator(".reasons")).to_contain_text("nunca se vio con ANA PEREZ SOTO")
    expect(page.locator(".reasons")).not_to_contain_text("cuenta_destino")
    page.locator(".known a").click()
    expect(page.locator("dialog")).to_contain_text("V12345678")


@pytest.mark.parametrize(
    "language, typed, shown", [("es", "9-8-26", "09/08/2026"), ("en-US", "8/9/2026", "08/09/2026")]
)
def test_days_of_a_filter_are_in_the_readers_order(start, open_page, total, language, typed, shown):  # noqa: F811
    service = start("--workers", "1").ready()
    service.read(SHOP.read_bytes(), params={"name": "shop.jpg"})
    page = open_page(service, language)
    expect(rows(page)).to_have_count(1)
    spanish = language == "es"
    page.get_by_role("button", name="Filtros" if spanish else "Filters").click()
    field = page.get_by_label("Pagado el: desde" if spanish else "Paid on: from")
    field.fill(typed)
    field.press("Enter")
    expect(page.locator(".chip")).to_contain_text(shown)
    assert "paid_since=2026-08-09" in page.url
    expect(rows(page)).to_have_count(0)
    expect(field).to_have_value(shown)
    field.fill("pronto")
    field.press("Enter")
    expect(rows(page)).to_have_count(1)
    expect(field).to_have_value("")
    amount = page.get_by_label("Monto: desde" if spanish else "Amount: from")
    amount.fill("2.400,50" if spanish else "2,400.50")
    amount.press("Enter")
    expect(page.locator(".chip")).to_contain_text("2.400,50" if spanish else "2,400.50")
    assert "amount_min=2400.50" in page.url
    expect(rows(page)).to_have_count(1)


WRITTEN = {
    "en": {"change": "Change", "save": "Save", "add": "Add", "undo": "Undo", "new": "Add someone", "bank": "Banks",
           "names": "Names", "ids": "ID or tax number", "phones": "Phones", "addresses": "Addresses"},
    "es": {"change": "Cambiar", "save": "Guardar", "add": "Agregar", "undo": "Deshacer", "new": "Agregar a alguien",
           "bank": "Bancos", "names": "Nombres", "ids": "Cédula o RIF", "phones": "Teléfonos",
           "addresses": "Direcciones"},
}  # fmt: skip


def facts(service, kind):
    (party,) = service.client.get("/v1/parties").json()["parties"]
    return [fact["value"] for fact in party[kind]]


@pytest.mark.parametrize("language, size, scheme", [("en", "desk", "light"), ("es", "phone", "dark")])
def test_who_is_known_is_corrected_by_hand(start, open_page, language, size, scheme):  # noqa: F811
    words = WRITTEN[language]
    service = start("--workers", "1").ready()
    learn(service)
    learn(service, 1)
    page = open_page(service, language, size, scheme, at="#/settings/parties", refused=("422", "409"))
    dialog = page.locator("dialog").last

    def change():
        page.get_by_role("link", name=re.compile("ANA PEREZ")).click()
        dialog.get_by_role("button", name=words["change"]).click()

    def add(kind):
        dialog.get_by_role("button", name=f"{words['add']}: {words[kind]}").click()

    change()
    expect(dialog.get_by_role("textbox", name=f"{words['names']} 1")).to_have_value("ANA PEREZ SOTO")
    add("names")
    expect(dialog.get_by_role("textbox", name=f"{words['names']} 2")).to_be_focused()
    page.keyboard.type("Ana Pérez <b>Soto</b>")
    add("addresses")
    page.keyboard.type("Av. Bolívar, Caracas")
    add("bank")
    dialog.get_by_role("combobox").last.select_option("0134")
    assert axe(page) == []
    if size == "phone":
        assert page.evaluate(SMALL) == []
    page.keyboard.press("Escape")  # back to what is known, nothing kept
    expect(dialog.locator("dl.party")).to_be_visible()
    assert facts(service, "addresses") == []
    page.keyboard.press("Escape")

    change()
    add("addresses")
    page.keyboard.type("Av. Bolívar, Caracas")
    add("phones")
    page.keyboard.type("hola")
    page.keyboard.press("Enter")
    trouble = dialog.locator(".values", has=page.get_by_role("textbox", name=f"{words['phones']} 2")).locator(
        ".complaint"
    )
    expect(trouble).to_contain_text("hola")
    expect(trouble).not_to_contain_text("phones")
    assert facts(service, "addresses") == [] and axe(page) == []
    dialog.get_by_role("textbox", name=f"{words['phones']} 2").fill("0424-765.43.21")
    dialog.get_by_role("button", name=words["save"]).click()
    expect(page.locator("dialog")).to_have_count(0)
    assert "Av. Bolívar, Caracas" in facts(service, "addresses")[0] and "04247654321" in facts(service, "phones")
    page.locator(".notice").last.get_by_role("button", name=words["undo"]).click()
    until(lambda: facts(service, "addresses") == [])
    assert facts(service, "phones") == ["04141234567"]
    assert facts(service, "ids") == ["V12345678"], "what was not touched stays"

    change()  # one value is taken away; without its name nobody is known
    dialog.locator(".values").first.get_by_role("button", name=re.compile("ANA PEREZ")).click()
    dialog.get_by_role("button", name=words["save"]).click()
    expect(dialog.locator(".complaint")).to_be_visible()
    assert facts(service, "names") == ["ANA PEREZ SOTO"]


def test_someone_is_entered_by_hand(start, open_page):  # noqa: F811
    service = start("--workers", "1").ready()
    page = open_page(service, "es", at="#/settings/parties", refused=("422", "409"))
    page.get_by_role("button", name="Agregar a alguien").click()
    dialog = page.locator("dialog")
    dialog.get_by_role("button", name="Agregar: Nombres").click()
    page.keyboard.type("Eva León")
    page.keyboard.press("Enter")
    expect(dialog.locator(".complaint")).to_contain_text("«Cédula o RIF»")
    dialog.get_by_role("button", name="Agregar: Cédula o RIF").click()
    page.keyboard.type("V-9.876.543")
    page.keyboard.press("Enter")
    expect(page.locator(".lines li")).to_contain_text("Eva León")
    page.get_by_role("button", name="Agregar a alguien").click()
    for kind, words in (("Nombres", "Luis Mora"), ("Cédula o RIF", "9876543")):
        dialog.get_by_role("button", name=f"Agregar: {kind}").click()
        page.keyboard.type(words)
    dialog.get_by_role("textbox", name="Cédula o RIF 1").fill("V9876543")
    page.keyboard.press("Enter")
    expect(dialog.locator(".complaint")).to_contain_text("Eva León")
    expect(dialog.locator(".complaint")).not_to_contain_text("par_")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    page.locator(".notice").last.get_by_role("button", name="Deshacer").click()
    expect(page.locator(".lines li")).to_have_count(0)


def test_who_may_only_read_changes_nobody(start, open_page):  # noqa: F811
    service = start("--workers", "1").ready()
    learn(service)
    page = open_page(service, at="#/settings/parties")
    page.route(
        "**/v1/session", lambda route: route.fulfill(json={"keys_required": False, "key": None, "scopes": ["read"]})
    )
    page.reload()
    page.get_by_role("link", name=re.compile("ANA PEREZ")).click()
    expect(page.locator("dialog dd").first).to_be_visible()
    expect(page.get_by_role("button", name="Change")).to_have_count(0)
    expect(page.get_by_role("button", name="Add someone")).to_have_count(0)
