"""The web page in a browser: sent, read, looked at, corrected, in both languages, with nothing from elsewhere."""

import shutil
import subprocess

import pytest
from playwright.sync_api import expect, sync_playwright
from served import PROGRAM, ROOT, SLOW

CARD = ROOT / "examples" / "04-light-card-recompressed.jpg"
WORDS = {"en": ("Documents", "done", "Saved."), "es": ("Documentos", "listo", "Guardado.")}


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser):
    """Opens the page of a service; what the browser complained of, or asked of others, fails the test."""
    complaints, pages = [], []

    def begin(service, language="en", refused=()):
        page = browser.new_page(locale=language)
        page.set_default_timeout(20000 * SLOW)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda message: (
                complaints.append(message.text)
                if message.type == "error" and not any(status in message.text for status in refused)
                else None
            ),
        )
        page.on(
            "request",
            lambda request: (
                None if request.url.startswith((service.address, "blob:", "data:")) else complaints.append(request.url)
            ),
        )
        page.goto(service.address)
        pages.append(page)
        return page

    yield begin
    for page in pages:
        page.close()
    assert complaints == []


@pytest.mark.parametrize("language", WORDS)
def test_a_receipt_is_sent_read_and_corrected(start, open_page, language):
    title, done, saved = WORDS[language]
    service = start("--workers", "1").ready()
    page = open_page(service, language)
    assert page.locator("html").get_attribute("lang") == language
    expect(page.locator("#documents-title")).to_have_text(title)
    page.set_input_files("#files", CARD)
    row = page.locator("#list tbody tr")
    expect(row).to_contain_text(done, timeout=30000 * SLOW)
    expect(row).to_contain_text("370128125898")
    row.locator("button").click()
    expect(page.locator("#picture rect.field")).not_to_have_count(0)
    page.fill("#field-cedula", "V26404736")
    page.locator("#fields button").first.click()
    expect(page.locator("#saved")).to_have_text(saved)
    [document] = service.client.get("/v1/documents").json()["documents"]
    assert document["fields"]["cedula"]["value"] == "V26404736" and document["fields"]["cedula"]["corrected"]
    assert "MiB" in page.locator("#memory-text").text_content()


def test_documents_go_into_the_batch_that_is_chosen(start, open_page, total, tmp_path):
    service = start("--workers", "1").ready()
    page = open_page(service)
    page.fill("#batch-form input", "monday")
    page.locator("#batch-form button").click()
    page.select_option("#filter select[name=batch]", label="monday")
    (tmp_path / "total.png").write_bytes(total)
    page.set_input_files("#files", tmp_path / "total.png")
    expect(page.locator("#batches li")).to_contain_text("1 of 1 done", timeout=30000 * SLOW)
    with page.expect_download() as saved:
        page.get_by_role("button", name="records .csv").click()
    assert "total.png" in saved.value.path().read_text()


def test_a_key_is_asked_for_and_used(start, open_page):
    service = start("--workers", "1", "--keys", "required").ready()
    made = subprocess.run(
        [PROGRAM, "keys", "create", "--data", service.folder / "data"], capture_output=True, text=True, check=True
    )
    page = open_page(service, refused=("401",))
    expect(page.locator("#trouble")).to_have_text("This service asks for an API key.")
    page.fill("#key", made.stdout.strip())
    page.locator("#key-form button").click()
    expect(page.locator("#memory-text")).to_contain_text("MiB")  # with a sanitizer there is no limit
    expect(page.locator("#trouble")).to_be_hidden()
    expect(page.locator("#key-form")).to_be_hidden()


def test_a_duplicate_is_shown_in_the_list(start, open_page, receipt):
    service = start("--workers", "1").ready()
    first = service.read(receipt)["id"]
    assert service.read(receipt + b" ")["duplicate_of"]["id"] == first
    page = open_page(service)
    rows = page.locator("#list tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text(f"same as {first[-6:]}")


def test_a_bad_file_stops_no_other(start, open_page, total, tmp_path):
    service = start("--workers", "1").ready()
    page = open_page(service, refused=("415", "422"))
    (tmp_path / "notes.txt").write_text("no image")
    (tmp_path / "total.png").write_bytes(total)
    page.set_input_files("#files", [tmp_path / "notes.txt", tmp_path / "total.png"])
    expect(page.locator("#list tbody tr")).to_contain_text("total.png")
    expect(page.locator("#progress")).to_contain_text("1 sent")
    expect(page.locator("#refused")).to_contain_text("notes.txt")


def test_an_event_leaves_the_list_as_it_was(start, open_page, total):
    service = start("--workers", "1", "--start", "manual").ready()
    for number in range(30):
        service.send(total + bytes([number]))
    page = open_page(service)
    rows = page.locator("#list tbody tr")
    page.locator("#more").click()
    expect(rows).to_have_count(30)
    rows.nth(27).locator("button").focus()
    service.send(total + b"new")
    expect(rows).to_have_count(31)
    expect(rows.nth(28).locator("button")).to_be_focused()


def test_what_the_page_has_no_file_for_is_not_found(service):
    answer = service.client.get("/page/routes.c")
    assert answer.status_code == 404 and answer.json()["type"] == "/problems/not-found"
