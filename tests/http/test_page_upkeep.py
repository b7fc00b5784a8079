"""What the page offers to look after the service: pausing, testing a receiver, backups, layouts, reports of memory."""

import re

import pytest
from playwright.sync_api import expect
from served import ROOT, SLOW, picture
from test_page import axe, browser, open_page  # noqa: F401

pytestmark = pytest.mark.skipif(SLOW > 1, reason="minutes of a browser; other tests take the same paths")


def test_a_batch_is_paused_and_goes_on(start, open_page):  # noqa: F811
    service = start("--workers", "1", "--start", "manual").ready()
    made = service.client.post("/v1/batches", json={"name": "lunes"}).json()
    for number in range(40):
        service.send(picture(f"N{number}", size=(900, 400)), params={"batch": made["id"]})
    page = open_page(service, at="#/batches")
    page.get_by_role("button", name="Start").click()
    page.get_by_role("button", name="Pause").click()
    expect(page.locator(".batch")).to_contain_text(re.compile(r"\d+ held"))
    expect(page.locator(".batch")).to_contain_text("paused: what comes in waits")
    expect(page.get_by_role("button", name="Pause")).to_have_count(0)
    assert service.client.get(made["self"]).json()["counts"]["held"] > 0
    page.get_by_role("button", name=re.compile("Go on|Start")).click()
    expect(page.locator(".batch")).not_to_contain_text(re.compile("held|paused"))


SLOW_EFFECTS = """() => {
    const later = window.setTimeout;
    window.requestAnimationFrame = (act) => later(act, 500);
    window.setTimeout = (act, milliseconds = 0, ...given) => later(act, milliseconds + 500, ...given);
}"""


def test_a_chart_whose_view_has_gone_complains_of_nothing(service, open_page):  # noqa: F811
    """The library of charts arrives after the view has left the page and before its effects have ended."""
    held = []
    page = open_page(service)
    page.route("**/uplot.js", lambda route: held.append(route))
    page.goto(f"{service.address}/#/memory")
    page.wait_for_selector(".plot", state="attached")
    while not held:
        page.wait_for_timeout(20)
    page.evaluate(SLOW_EFFECTS)
    page.evaluate("location.hash = '#/batches'")
    page.wait_for_selector(".plot", state="detached")
    with page.expect_response("**/uplot.js"):
        held[0].continue_()
    page.wait_for_timeout(1500)  # what it complains of fails the test in open_page


def test_reports_of_memory_are_compared(service, open_page, tmp_path):  # noqa: F811
    page = open_page(service, "es", at="#/memory")
    for _ in range(2):
        page.get_by_role("button", name="Informe: Servicio").click()
        page.get_by_role("button", name="Guardar para comparar").click()
    expect(page.locator(".compared tbody tr")).not_to_have_count(0)
    expect(page.locator(".compared tbody tr").first).to_contain_text("Residente")
    (tmp_path / "otro.json").write_text("{}")
    page.get_by_label("Informes guardados").set_input_files(tmp_path / "otro.json")
    expect(page.locator(".notice.bad")).to_contain_text("otro.json no es un informe")


def test_a_backup_a_receiver_and_layouts(start, open_page):  # noqa: F811
    service = start("--workers", "1", "--webhooks-failures", "1").ready()
    page = open_page(service, at="#/settings/keeping", refused=("422",))
    page.get_by_role("button", name="Make a backup now").click()
    expect(page.locator("td.address")).to_contain_text("data/backups/")
    page.goto(f"{service.address}/#/settings/webhooks")
    page.fill("input[name=url]", "https://example.invalid/hook")
    page.get_by_role("button", name="Add").click()
    page.get_by_role("button", name="I have it").click()
    page.get_by_role("button", name="Send a test").click()
    expect(page.get_by_role("region", name="What was sent").locator("tr")).to_have_count(1)
    expect(page.get_by_text("when a document is read ·")).to_be_visible()
    expect(page.get_by_role("region", name="What was sent")).to_contain_text("1 attempt")
    page.reload()
    expect(page.get_by_text("Paused It failed too often and is tried again:")).to_be_visible()
    expect(page.get_by_text("Last error: ")).to_be_visible()
    page.goto(f"{service.address}/#/settings/layouts")
    page.get_by_role("button", name="Show bdv").click()
    expect(page.locator("dialog pre")).to_contain_text('"name": "bdv"')
    words = page.locator("dialog pre").inner_text()
    page.keyboard.press("Escape")
    page.fill("textarea[name=layout]", words.replace('"name": "bdv"', '"name": "mine"', 1))
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.get_by_text("It is right")).to_be_visible()
    page.set_input_files("input[name=receipt]", ROOT / "examples/01-dark-phone.jpg")
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.get_by_text(re.compile("Read by (mine|bdv)"))).to_be_visible(timeout=30000 * SLOW)
    expect(page.locator("form.wide-form table")).to_contain_text("773.38")
    page.fill("textarea[name=layout]", '{"name": 5}')
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.locator(".complaint")).to_contain_text("name")


@pytest.mark.parametrize(
    ("language", "size", "amount", "save", "empty"),
    [
        ("en", "desk", "Amount paid, total", "Save", "Use the fitted confidences"),
        ("es", "phone", "Monto pagado, total", "Guardar", "Usar las confianzas ajustadas"),
    ],
)
def test_when_to_check_is_set(start, open_page, language, size, amount, save, empty):  # noqa: F811
    service = start("--workers", "1", "--start", "manual")

    def told():
        return service.client.get("/v1/settings").json()

    page = open_page(service, language, size, at="#/settings/checking")
    expect(page.get_by_role("button", name=empty)).to_have_count(0)
    page.get_by_label(amount).fill("97.5")
    page.get_by_role("button", name=save).click()
    expect(page.get_by_role("button", name=empty)).to_be_visible()
    assert told()["review"] == "amount=0.975" and told()["set_by"]["review"] == "here"
    page.reload()
    expect(page.get_by_label(amount)).to_have_value("97.5")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth") and axe(page) == []
    page.get_by_role("button", name=empty).click()
    expect(page.get_by_label(amount)).to_have_value("")
    assert told()["review"] == "" and told()["review_confidences"] == told()["review_defaults"]


def test_a_field_that_nobody_touched_keeps_its_digits(start, open_page):  # noqa: F811
    service = start("--workers", "1", "--start", "manual")
    exact = {"amount": 0.97512, "id": 0.123456, "bank": 0.5, "name": 0}
    text = ",".join(f"{kind}={confidence}" for kind, confidence in exact.items())
    fitted = service.client.patch("/v1/settings", json={"review": text}).json()["review_defaults"]
    page = open_page(service, at="#/settings/checking")
    expect(page.get_by_label("Amount paid, total")).to_have_value("97.5")
    page.get_by_label("Bank").fill("61.5")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    told = service.client.get("/v1/settings").json()["review_confidences"]
    assert told == fitted | exact | {"bank": 0.615}


@pytest.mark.parametrize("place", ["environment", "file"])
def test_where_it_is_set_is_named_as_it_is_written_there(start, open_page, tmp_path, place):  # noqa: F811
    if place == "environment":
        where = {"env": {"LINCE_REVIEW": "amount=0.5", "LINCE_KEEP_COUNT": "70"}}
        names = ("LINCE_REVIEW", "LINCE_KEEP_COUNT")
        service = start("--start", "manual", **where)
    else:
        (tmp_path / "lince.conf").write_text("[serve]\nreview = amount=0.5\nkeep-count = 70\n")
        names = ("review", "keep-count")
        service = start("--start", "manual", "--config", tmp_path / "lince.conf")
    page = open_page(service, at="#/settings/checking")
    told = page.locator(".complaint")
    expect(told).to_contain_text(names[0])
    expect(told).not_to_contain_text("--review")
    page.goto(page.url.replace("checking", "keeping"))
    kept = page.locator("#kept-keep_count-why")
    expect(kept).to_contain_text(names[1])
    expect(kept).not_to_contain_text("--keep-count")


def test_what_the_configuration_sets_is_shown_and_fixed(start, open_page):  # noqa: F811
    service = start("--start", "manual", "--review", "amount=0.5")
    page = open_page(service, at="#/settings/checking")
    expect(page.get_by_label("Amount paid, total")).to_have_value("50")
    expect(page.get_by_label("Amount paid, total")).not_to_be_editable()
    expect(page.get_by_role("button", name="Save")).to_have_count(0)
    expect(page.get_by_text("--review")).to_be_visible()
