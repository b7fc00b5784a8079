"""Places of letters in the service: asked for by document or reading, in its JSON and hOCR, and in no record."""

import pytest
from served import picture, problem
from test_corrections import reread
from test_pages import read_by_program, several, sheet
from test_reconciliations import paper
from test_split import SEPARATE, STACK
from test_split import several as stacked

ROWS = ("Pago movil exitoso", "Referencia: 000123456789", "Monto: 1.234,50 Bs", "Fecha: 03/01/2025")
WANTED = {"letters": "true"}


def words(page):
    return [word for line in page["lines"] for word in line["words"]]


def has_letters(page):
    """Whether all words have their letters; none may have some."""
    for word in words(page):
        if "letters" in word:
            assert "".join(letter["text"] for letter in word["letters"]) == word["text"]
    found = {"letters" in word for word in words(page)}
    assert len(found) == 1
    return found.pop()


def records(document):
    return {name: document[name] for name in ("fields", "review", "layout", "text", "needs_review")}


def test_a_reading_at_once(service):
    sent = {"content": picture(*ROWS, size=(560, 200)), "headers": {"Content-Type": "image/png"}}
    plain, full = (service.client.post("/v1/read", params=params, **sent).json() for params in ({}, WANTED))
    assert has_letters(full) and not has_letters(plain)
    assert full["fields"] == plain["fields"] and full["text"] == plain["text"]
    problem(service.client.post("/v1/read", params={"letters": "some"}, **sent), 422, "invalid")


def test_a_document_of_one_page(service, tmp_path):
    data = picture(*ROWS, size=(560, 200))
    plain, full = (service.read(data, params={"name": "a.png", **params}) for params in ({}, WANTED))
    assert has_letters(full["page"]) and not has_letters(plain["page"])
    assert records(full) == records(plain)
    hocr, text = (
        service.client.get(f"/v1/documents/{full['id']}", params={"format": form}).content for form in ("hocr", "text")
    )
    assert hocr == read_by_program(tmp_path, data, "hocr", "a.png", options=["--letters"])
    assert b"ocrx_cinfo" in hocr and text == read_by_program(tmp_path, data, "text", "a.png")
    without = service.client.get(f"/v1/documents/{plain['id']}", params={"format": "hocr"}).content
    assert without == read_by_program(tmp_path, data, "hocr", "a.png")
    assert has_letters(reread(service, full["id"])["page"])


def test_they_are_asked_for_in_a_form_too(service):
    files = {"file": ("a.png", picture(*ROWS, size=(560, 200)))}
    sent = service.client.post("/v1/documents", files=files, data={"letters": "true"})
    document = service.wait(sent.json()["id"])
    assert has_letters(document["page"]) and document["metadata"] == {}
    problem(service.client.post("/v1/documents", files=files, data={"letters": "si"}), 422, "invalid")


def test_the_same_key_does_not_stand_for_both(service):
    content = picture(*ROWS, "con llave", size=(560, 240))
    headers = {"Content-Type": "image/png", "Idempotency-Key": "letters"}
    first = service.client.post("/v1/documents", content=content, headers=headers, params=WANTED)
    assert first.status_code == 202
    problem(service.client.post("/v1/documents", content=content, headers=headers), 422, "idempotency-key-reused")


@pytest.mark.parametrize("form", ["TIFF", "PDF"])
def test_every_page_of_a_document(service, tmp_path, form):
    data = several(form, [sheet("UNO 1,10"), sheet("DOS 2,20"), sheet("TRES 3,30")])
    plain, full = (service.read(data, params={"name": "a", **params}) for params in ({}, WANTED))
    assert records(full) == records(plain)
    for number in (1, 2, 3):
        page = service.client.get(f"/v1/documents/{full['id']}/pages/{number}").json()
        assert has_letters(page) and "confidence" in words(page)[0]["letters"][0]
    hocr = service.client.get(f"/v1/documents/{full['id']}", params={"format": "hocr"}).content
    assert hocr == read_by_program(tmp_path, data, "hocr", "a", options=["--letters"])


def dense(*lines):
    """Rows of a page of small print, whose letters take far more room than its words."""
    text = "el contrato que aqui se firma obliga a las dos partes durante un plazo de doce meses desde hoy"
    return [[(40, line)] for line in lines] + [[(40, f"{row} {text}")] for row in range(38)]


def test_they_take_no_room_from_the_record_of_a_document(service):
    """The record is of the first pages, and of so much JSON of them: their letters do not count."""
    content = paper(dense(*ROWS[:2]), *[dense()] * 7, dense(*ROWS[2:]))
    plain, full = (service.wait(service.send(content, params=params), seconds=300) for params in ({}, WANTED))
    last = service.client.get(f"/v1/documents/{full['id']}/pages/9").text
    assert len(last) * 9 > 2 << 20
    assert plain["fields"]["monto"]["value"] == "1234.50" and plain["fields"]["monto"]["page"] == 9
    assert records(full) == records(plain)


def test_parts_of_a_file_have_them(service):
    whole = service.wait(service.send(stacked(*STACK), params={"name": "pila.tiff", **SEPARATE, **WANTED}))
    for part in whole["parts"]:
        assert has_letters(service.client.get(f"/v1/documents/{part['id']}/pages/2").json())
        service.wait(part["id"])
        reread(service, part["id"])
        assert has_letters(service.client.get(f"/v1/documents/{part['id']}/pages/1").json())
