"""Documents with pages: PDF and TIFF, phones' formats, pages by address, forms, progress, limits, crashes."""

import io
import json
import os
import re
import signal
import subprocess
import time

import pytest
from PIL import Image, ImageDraw, ImageFont
from served import FONT, MODELS, PROGRAM, SLOW, problem

from tests import long_documents

WORDS = ["UNO 1,10", "DOS 2,20", "TRES 3,30"]
many_pages = pytest.mark.skipif(SLOW > 1, reason="minutes of reading; tests/cli reads shorter documents")


def sheet(*lines, size=(1000, 300)):
    image = Image.new("L", size, 255)
    for row, text in enumerate(lines):
        ImageDraw.Draw(image).text((60, 80 + 90 * row), text, font=ImageFont.truetype(FONT, 60), fill=0)
    return image


def several(form, sheets):
    out = io.BytesIO()
    sheets[0].save(out, form, save_all=True, append_images=sheets[1:], **({"resolution": 200} if form == "PDF" else {}))
    return out.getvalue()


@pytest.fixture(scope="module")
def pdf():
    return several("PDF", [sheet(text) for text in WORDS])


@pytest.fixture(scope="module")
def tiff():
    return several("TIFF", [sheet(text) for text in WORDS])


@pytest.fixture(scope="module")
def read_pdf(service, pdf):
    return service.read(pdf, params={"name": "tres.pdf"})


def encoded(folder, name, *options):
    """A picture as phones make it, by the tools of the formats."""
    sheet("TOTAL 1.204,50").convert("RGB").save(folder / "source.png")
    tool = ["cjxl", folder / "source.png", folder / name] if name.endswith("jxl") else None
    tool = tool or ["heif-enc", *options, "-o", folder / name, folder / "source.png"]
    subprocess.run(tool, check=True, capture_output=True)
    return (folder / name).read_bytes()


@pytest.mark.parametrize(
    "name, options, media_type",
    [
        ("a.heic", (), "image/heic"),
        ("a.avif", ("-A",), "image/avif"),
        ("a.jxl", (), "image/jxl"),
    ],
)
def test_formats_of_phones(service, tmp_path, name, options, media_type):
    document = service.read(encoded(tmp_path, name, *options))
    assert (document["status"], document["text"]) == ("done", "TOTAL 1.204,50"), document["error"]
    assert document["media_type"] == media_type and document["page_count"] == 1
    picture = service.client.get(f"/v1/documents/{document['id']}/pages/1/image")
    assert picture.headers["content-type"] == "image/png"
    assert Image.open(io.BytesIO(picture.content)).size == (1000, 300)


@pytest.mark.parametrize("form", ["pdf", "tiff"])
def test_all_pages_are_one_document(service, request, form):
    document = service.read(request.getfixturevalue(form))
    assert document["status"] == "done", document["error"]
    assert (document["page_count"], document["pages_read"]) == (3, 3)
    assert document["text"] == "\f".join(WORDS)
    assert document["page"]["text"] == WORDS[0]
    assert [page["number"] for page in document["pages"]] == [1, 2, 3]
    pages = [service.client.get(page["self"]).json() for page in document["pages"]]
    assert [page["text"] for page in pages] == WORDS
    assert [(page["page"], page["pages"]) for page in pages] == [(1, 3), (2, 3), (3, 3)]
    x0, y0, x1, y1 = pages[2]["lines"][0]["box"]
    assert 0 < x0 < x1 < pages[2]["width"] and 0 < y0 < y1 < pages[2]["height"]
    listed = service.client.get(f"/v1/documents/{document['id']}/pages").json()
    assert listed == {name: document[name] for name in ("page_count", "pages_read", "pages")}


@many_pages
@pytest.mark.parametrize("count, rows, first, last", [(12, 40, None, None), (41, 5, 20, 20), (40, 45, 10, 12)])
def test_the_first_and_the_last_pages_count_and_it_says_so(service, tmp_path, count, rows, first, last):
    data = long_documents.invoice(count, rows)
    document = service.read(data)
    assert document["page_count"] == count
    assert (document["fields_pages"], document["fields_last_pages"]) == (first, last)
    assert (document["fields"]["total"]["value"], document["fields"]["total"]["page"]) == ("11600.00", count)
    (row,) = [row for row in service.client.get("/v1/documents").json()["documents"] if row["id"] == document["id"]]
    assert (row["fields_pages"], row["fields_last_pages"]) == (first, last)
    program = json.loads(read_by_program(tmp_path, data, "ndjson", options=["--fields"]).splitlines()[-1])["document"]
    assert {name: field["value"] for name, field in program["fields"].items()} == {
        name: field["value"] for name, field in document["fields"].items()
    }
    assert (program.get("fields_pages"), program.get("fields_last_pages")) == (first, last)


@many_pages
def test_a_statement_of_thirty_pages(service):
    document = service.read(long_documents.statement(30))
    assert (document["page_count"], document["kind"]) == (30, "statement")
    assert (document["fields_pages"], document["fields_last_pages"]) == (11, 11)


def test_pages_that_are_not_there(service, read_pdf):
    path = f"/v1/documents/{read_pdf['id']}/pages/"
    for number in ("0", "4", "x", "1x", "99999999999999999999"):
        problem(service.client.get(path + number), 404, "not-found")
    problem(service.client.get("/v1/documents/none/pages/1"), 404, "not-found")


def test_pictures_of_pages(service, read_pdf):
    path = f"/v1/documents/{read_pdf['id']}/pages/2"
    plain = Image.open(io.BytesIO(service.client.get(f"{path}/image").content))
    boxed = Image.open(io.BytesIO(service.client.get(f"{path}/boxes").content))
    page = service.client.get(path).json()
    assert plain.size == boxed.size
    assert abs(plain.width / plain.height - page["width"] / page["height"]) < 0.01
    assert (230, 30, 60) in {colour for _, colour in boxed.getcolors(1 << 24)}
    assert (230, 30, 60) not in {colour for _, colour in plain.convert("RGB").getcolors(1 << 24)}


def read_by_program(tmp_path, data, form, name="tres.pdf", options=()):
    (tmp_path / name).write_bytes(data)
    environment = dict(os.environ, LINCE_MODELS=str(MODELS))
    return subprocess.run(
        [PROGRAM, "read", "-f", form, *options, name], cwd=tmp_path, env=environment, check=True, capture_output=True
    ).stdout


@pytest.mark.parametrize("form", ["text", "layout", "markdown", "hocr", "alto", "tsv", "tesseract-tsv", "pdf"])
def test_forms_are_the_bytes_of_the_program(service, read_pdf, pdf, tmp_path, form):
    answer = service.client.get(f"/v1/documents/{read_pdf['id']}", params={"format": form})
    assert answer.status_code == 200, answer.text
    assert answer.content == read_by_program(tmp_path, pdf, form)


def test_forms_of_an_image(service, tmp_path, receipt):
    document = service.read(receipt, params={"name": "a.jpg"})
    for form in ("text", "hocr", "alto", "pdf"):
        answer = service.client.get(f"/v1/documents/{document['id']}", params={"format": form})
        assert answer.content == read_by_program(tmp_path, receipt, form, "a.jpg"), form


def test_a_form_of_one_page(service, read_pdf):
    answer = service.client.get(f"/v1/documents/{read_pdf['id']}/pages/2", params={"format": "hocr"})
    assert answer.headers["content-type"] == "text/vnd.hocr+html; charset=utf-8"
    assert answer.text.count('ocr_page"') == 1 and "DOS" in answer.text and "ppageno 1" in answer.text
    assert "tres.pdf.hocr" in answer.headers["content-disposition"]


@pytest.mark.parametrize(
    "accept, start",
    [
        ("application/pdf", b"%PDF-"),
        ("text/markdown", b"UNO"),
        ("application/xml", b"<?xml"),
        ("text/vnd.hocr+html", b"<?xml"),
    ],
)
def test_forms_by_accept(service, read_pdf, accept, start):
    answer = service.client.get(f"/v1/documents/{read_pdf['id']}", headers={"Accept": accept})
    assert answer.headers["content-type"].startswith(accept) and answer.content.startswith(start)


def test_forms_that_there_are_not(service, read_pdf):
    problem(service.client.get(f"/v1/documents/{read_pdf['id']}?format=docx"), 422, "invalid")
    problem(service.client.get(f"/v1/documents/{read_pdf['id']}/pages/1?format=docx"), 422, "invalid")
    table = service.client.get(f"/v1/documents/{read_pdf['id']}?format=csv").text.splitlines()
    assert table[0] == "page,x0,y0,x1,y1,confidence,text" and table[3].startswith("3,") and len(table) == 4


def test_one_page_now(service, pdf):
    answer = service.client.post(
        "/v1/read", content=pdf, params={"page": 3}, headers={"Content-Type": "application/pdf"}
    )
    assert answer.status_code == 200, answer.text
    assert (answer.json()["text"], answer.json()["page"], answer.json()["pages"]) == (WORDS[2], 3, 3)
    problem(service.client.post("/v1/read", content=pdf, params={"page": 4}), 422, "unreadable-image")


FORMS = ["text", "layout", "markdown", "hocr", "alto", "tsv", "tesseract-tsv", "pdf"]


@pytest.mark.parametrize("form", FORMS)
def test_a_page_read_now_comes_in_any_form(service, read_pdf, pdf, form):
    """As the same page of a stored document has it."""
    params = {"page": 2, "format": form, "name": "tres.pdf"}
    answer = service.client.post("/v1/read", content=pdf, params=params)
    stored = service.client.get(f"/v1/documents/{read_pdf['id']}/pages/2", params={"format": form})
    assert answer.status_code == stored.status_code == 200, answer.text
    assert answer.content == stored.content
    for name in ("content-type", "content-disposition"):
        assert answer.headers[name] == stored.headers[name]


@pytest.mark.parametrize("form", FORMS)
def test_an_image_read_now_comes_in_any_form(service, tmp_path, receipt, form):
    answer = service.client.post("/v1/read", content=receipt, params={"format": form, "name": "a.jpg"})
    assert answer.content == read_by_program(tmp_path, receipt, form, "a.jpg")


WHOLE = {"PDF": "tres.pdf", "TIFF": "tres.tif"}


@pytest.fixture(scope="module", params=WHOLE)
def whole(request, service):
    """Three pages as a file, its name, and the id of its stored document."""
    data = several(request.param, [sheet(word) for word in WORDS])
    name = WHOLE[request.param]
    return data, name, service.read(data, params={"name": name})["id"]


@pytest.mark.parametrize("form", FORMS)
def test_all_pages_read_now_come_in_any_form(service, tmp_path, whole, form):
    """As the stored document has them, and as the program writes them."""
    data, name, id_ = whole
    answer = service.client.post("/v1/read", content=data, params={"format": form, "name": name})
    stored = service.client.get(f"/v1/documents/{id_}", params={"format": form})
    assert answer.status_code == stored.status_code == 200, answer.text
    assert answer.content == stored.content == read_by_program(tmp_path, data, form, name)
    for header in ("content-type", "content-disposition"):
        assert answer.headers[header] == stored.headers[header]


@pytest.mark.parametrize("accept", ["text/plain", "text/markdown", "text/vnd.hocr+html", "application/xml"])
def test_all_pages_read_now_by_accept(service, whole, accept):
    answer = service.client.post("/v1/read", content=whole[0], headers={"Accept": accept})
    assert answer.headers["content-type"].startswith(accept)
    assert all(word.split()[0] in answer.text for word in WORDS)


def test_all_pages_read_now_have_their_letters(service, whole):
    params = {"format": "hocr", "letters": "true"}
    answer = service.client.post("/v1/read", content=whole[0], params=params)
    pages = answer.text.split("ocr_page")[-len(WORDS) :]
    assert all("ocrx_cinfo" in page for page in pages)


def records(service, data, **params):
    answer = service.client.post("/v1/read", content=data, params=params)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/json"
    return answer.json()


def test_all_pages_read_now_as_json(service, whole):
    data, name, id_ = whole
    read = records(service, data, name=name)
    assert (read["file"], read["page_count"], read["sha256"]) == (name, 3, service.get(id_)["sha256"])
    assert [page["text"] for page in read["pages"]] == WORDS
    for page in read["pages"]:
        one = records(service, data, page=page["page"])
        stored = service.client.get(f"/v1/documents/{id_}/pages/{page['page']}").json()
        for member in ("lines", "blocks", "width", "height"):
            assert page[member] == one[member] == stored[member]
        assert page["fields"] == one["fields"] and "sha256" not in page
    assert records(service, data, format="json")["document"] == read["document"]


def test_numbers_of_all_pages_read_now_are_as_short_as_elsewhere(service, whole):
    text = service.client.post("/v1/read", content=whole[0]).text
    assert re.search(r"\d\.\d", text) and not re.search(r"\d\.\d{5}", text)


def test_all_pages_read_now_have_the_fields_of_the_document(service, tmp_path):
    first = sheet("Pago móvil exitoso", "Banco Mercantil", "Fecha: 03/01/2025", size=(1000, 500))
    second = sheet("Referencia: 000123456789", "Monto: 1.234,50 Bs", size=(1000, 500))
    data = several("PDF", [first, second])
    ours = records(service, data)["document"]
    (theirs,) = json.loads(read_by_program(tmp_path, data, "json", options=["--fields"]))
    assert ours["fields"]["monto"]["page"] == 2
    for member in ("fields", "layout", "kind", "country", "review_reasons", "needs_review"):
        assert ours.get(member) == theirs["document"].get(member), member


def test_options_of_a_reading_are_those_of_all_its_pages(service, whole):
    read = records(service, whole[0], letters="true", codes="true")
    assert all("codes" in page and "letters" in page["lines"][0]["words"][0] for page in read["pages"])


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_page_that_cannot_be_read_now_says_so_in_json(service, number):
    read = records(service, tiff_with_damaged_pages(number))
    unread = read["pages"][number - 1]
    assert unread["page"] == number and unread["error"]["code"] == "damaged" and unread["error"]["message"]
    assert [page["text"] for page in read["pages"] if "text" in page] == WORDS[: number - 1] + WORDS[number:]
    assert f"unread_page:{number}" in read["document"]["review_reasons"] and read["document"]["needs_review"]


def test_a_file_none_of_whose_pages_can_be_read_now_is_refused(service):
    data = tiff_with_damaged_pages(1, 2, 3)
    for form in ("json", "hocr"):
        problem(service.client.post("/v1/read", content=data, params={"format": form}), 422, "unreadable-image")


def tiff_with_damaged_pages(*numbers):
    """Three pages of which some have no width."""
    data = bytearray(several("TIFF", [sheet(word) for word in WORDS]))
    at = int.from_bytes(data[4:8], "little")
    for number in range(1, max(numbers) + 1):
        after = at + 2 + 12 * int.from_bytes(data[at : at + 2], "little")
        (width,) = (tag for tag in range(at + 2, after, 12) if int.from_bytes(data[tag : tag + 2], "little") == 256)
        if number in numbers:
            data[width + 8 : width + 12] = bytes(4)
        at = int.from_bytes(data[after : after + 4], "little")
    return bytes(data)


@pytest.mark.parametrize("number", [1, 2, 3])
@pytest.mark.parametrize("form", ["text", "hocr", "alto", "tsv", "pdf"])
def test_a_page_that_cannot_be_read_now_costs_no_other(service, number, form):
    data = tiff_with_damaged_pages(number)
    id_ = service.read(data, params={"name": "a.tif"})["id"]
    answer = service.client.post("/v1/read", content=data, params={"format": form, "name": "a.tif"})
    stored = service.client.get(f"/v1/documents/{id_}", params={"format": form})
    assert (answer.status_code, stored.status_code) == (200, 200), answer.text
    assert answer.content == stored.content
    assert answer.headers["lince-pages-not-read"] == stored.headers["lince-pages-not-read"] == str(number)


def test_only_so_many_pages_of_a_tiff_are_read_now(service):
    data = several("TIFF", [sheet("A", size=(200, 100))] * 51)
    answer = service.client.post("/v1/read", content=data, params={"format": "text"})
    detail = problem(answer, 422, "invalid")["detail"]
    assert "51 pages" in detail and "/v1/documents" in detail
    assert service.client.post("/v1/read", content=data, params={"format": "text", "page": 51}).status_code == 200


@pytest.mark.parametrize(
    "accept, start",
    [
        ("application/pdf", b"%PDF-"),
        ("text/plain", b"TRES"),
        ("text/markdown", b"TRES"),
        ("application/xml", b"<?xml"),
        ("text/vnd.hocr+html;q=0.9", b"<?xml"),
        ("text/tab-separated-values", b"file\t"),
        ("application/json", b"{"),
        ("application/json, application/pdf", b"{"),
        ("*/*", b"{"),
        ("text/html", b"{"),
    ],
)
def test_a_page_read_now_by_accept(service, pdf, accept, start):
    answer = service.client.post("/v1/read", content=pdf, params={"page": 3}, headers={"Accept": accept})
    assert answer.status_code == 200 and answer.content.startswith(start), answer.text
    media_type = "application/json" if start == b"{" else accept.partition(";")[0]
    assert answer.headers["content-type"].startswith(media_type)


def test_a_form_that_there_is_not_is_refused_before_reading(service, pdf, receipt):
    for form in ("docx", "CSV", "", "JSON"):
        answer = service.client.post("/v1/read", content=pdf, params={"format": form})
        assert "ndjson, csv, xlsx, text" in problem(answer, 422, "invalid")["detail"]
    headers = {"Accept": "text/plain"}
    assert service.client.post("/v1/read?format=json", content=receipt, headers=headers).json()["text"]


def test_a_form_of_what_cannot_be_read(service, pdf):
    problem(service.client.post("/v1/read", content=pdf, params={"page": 4, "format": "pdf"}), 422, "unreadable-image")


def test_a_file_of_a_form_is_read_with_its_letters(service, receipt):
    """As browsers send it; two files are too many."""
    answer = service.client.post(
        "/v1/read", files=[("file", ("b.jpg", receipt))], params={"format": "hocr", "letters": "true"}
    )
    assert "ocrx_cinfo" in answer.text and "b.jpg" in answer.headers["content-disposition"]
    two = [("file", ("a.jpg", receipt)), ("file", ("b.jpg", receipt))]
    problem(service.client.post("/v1/read", files=two, params={"format": "hocr"}), 400, "bad-request")


def events_of(service, id_):
    """Those of one document up to its end, from the beginning on."""
    found = []
    with service.client.stream("GET", "/v1/events", headers={"Last-Event-ID": "0"}) as stream:
        for line in stream.iter_lines():
            if line.startswith("event: "):
                kind = line.removeprefix("event: ")
            if line.startswith("data: ") and json.loads(line[6:])["id"] == id_:
                found.append((kind, json.loads(line[6:])))
                if kind in ("document.done", "document.failed"):
                    return found
    raise AssertionError(found)


def test_progress_by_page(service, read_pdf):
    pages = [data for kind, data in events_of(service, read_pdf["id"]) if kind == "document.page"]
    assert [(data["page"], data["page_count"], data["status"]) for data in pages] == [
        (1, 3, "done"),
        (2, 3, "done"),
        (3, 3, "done"),
    ]


def test_fields_over_two_pages(service):
    first = sheet("Pago móvil exitoso", "Banco Mercantil", "Fecha: 03/01/2025", size=(1000, 500))
    second = sheet("Referencia: 000123456789", "Monto: 1.234,50 Bs", size=(1000, 500))
    document = service.read(several("PDF", [first, second]))
    fields = document["fields"]
    assert fields["fecha"]["value"] == "2025-01-03" and fields["fecha"]["page"] == 1
    assert fields["monto"]["value"] == "1234.50" and fields["monto"]["page"] == 2
    page = service.client.get(document["pages"][1]["self"]).json()
    line = page["lines"][fields["monto"]["page_line"]]
    assert "1.234,50" in line["text"]
    assert line["box"][1] - 5 <= fields["monto"]["box"][1] and fields["monto"]["box"][3] <= line["box"][3] + 5


def test_fields_are_those_of_the_program(service, tmp_path):
    first = sheet("Pago móvil exitoso", "Banco Mercantil", "Fecha: 03/01/2025", size=(1000, 500))
    second = sheet("Referencia: 000123456789", "Monto: 1.234,50 Bs", size=(1000, 500))
    data = several("PDF", [first, second])
    fields = service.read(data)["fields"]
    lines = read_by_program(tmp_path, data, "ndjson", options=["--fields"]).splitlines()
    ours = json.loads(lines[-1])["document"]["fields"]
    same = ("value", "text", "confidence", "page", "box", "page_line", "rule")
    assert {name: [each.get(key) for key in same] for name, each in fields.items()} == {
        name: [each.get(key) for key in same] for name, each in ours.items()
    }


def test_a_stack_of_receipts_is_told(service):
    sheets = [
        sheet(
            "Pago móvil exitoso",
            f"Referencia: 00012345678{n}",
            f"Monto: 1.23{n},50 Bs",
            "Fecha: 03/01/2025",
            size=(1000, 500),
        )
        for n in (1, 2)
    ]
    document = service.read(several("TIFF", sheets))
    assert document["fields"]["referencia"]["value"] == "000123456781"
    assert ("several", "referencia") in [(each["code"], each["field"]) for each in document["review"]]
    second = service.client.get(document["pages"][1]["self"]).json()
    assert second["record"]["fields"]["referencia"]["value"] == "000123456782"


def test_a_page_that_cannot_be_read(service, tmp_path):
    sheets = [sheet(text) for text in WORDS]
    data = several("TIFF", sheets)
    second = data.index(b"II*\0") + int.from_bytes(data[4:8], "little")
    count = int.from_bytes(data[second : second + 2], "little")
    second = int.from_bytes(data[second + 2 + 12 * count : second + 6 + 12 * count], "little")
    entries = {int.from_bytes(data[at : at + 2], "little"): at for at in range(second + 2, second + 2 + 12 * count, 12)}
    data = bytearray(data)
    data[entries[273] + 8 : entries[273] + 12] = (1 << 30).to_bytes(4, "little")  # where its rows stand
    document = service.read(bytes(data))
    assert document["status"] == "done"
    assert document["text"] == f"{WORDS[0]}\f\f{WORDS[2]}"
    assert [page["error"] and page["error"]["code"] for page in document["pages"]] == [None, "damaged", None]
    assert {"code": "unread_page", "field": "2"}.items() <= document["review"][0].items()
    text = service.client.get(f"/v1/documents/{document['id']}?format=text").text
    assert text == f"{WORDS[0]}\n\f{WORDS[2]}\n"


def test_too_many_pages(start, pdf):
    service = start("--workers", "1", "--max-pages", "2")
    document = service.read(pdf)
    assert (document["status"], document["error"]["code"]) == ("failed", "too_large")
    assert "3" in document["error"]["message"] and "2" in document["error"]["message"]


def test_a_run_that_is_killed_goes_on_at_its_page(start):
    service = start("--workers", "1")
    id_ = service.send(several("PDF", [sheet(f"HOJA {n}", size=(1000, 1400)) for n in range(12)]))
    while service.get(id_)["pages_read"] < 3:
        time.sleep(0.02)
    before = service.get(id_)["pages_read"]
    assert service.client.get(f"/v1/documents/{id_}/pages/1").json()["text"] == "HOJA 0"
    service.restart(signal.SIGKILL)
    document = service.wait(id_)
    assert document["text"].split("\f") == [f"HOJA {n}" for n in range(12)]
    pages = [data["page"] for kind, data in events_of(service, id_) if kind == "document.page"]
    assert len(pages) <= 13 and sorted(set(pages)) == list(range(1, 13)), (before, pages)


def test_the_earlier_api_takes_what_a_phone_calls_jpg(service, tmp_path):
    data = encoded(tmp_path, "a.heic")
    answer = service.client.post("/api/ocr/process_image", files={"image": ("foto.jpg", data, "image/jpeg")})
    assert answer.status_code == 200, answer.text
    service.client.post("/api/ocr/process_batch")
    name = answer.json()["uploaded_files"][0]
    (sent,) = [each for each in service.client.get("/v1/documents").json()["documents"] if each["name"] == "foto.jpg"]
    assert service.wait(sent["id"])["text"] == "TOTAL 1.204,50" and name.startswith("foto_")


def test_an_encrypted_pdf_is_told(service, tmp_path, pdf):
    (tmp_path / "in.pdf").write_bytes(pdf)
    subprocess.run(
        ["qpdf", "--encrypt", "secret", "owner", "256", "--", tmp_path / "in.pdf", tmp_path / "out.pdf"], check=True
    )
    document = service.read((tmp_path / "out.pdf").read_bytes())
    assert (document["status"], document["error"]["code"]) == ("failed", "unsupported")
    assert "encrypted" in document["error"]["message"] and "--decrypt" in document["error"]["message"]
