"""A scanned stack in one file: `split_on` makes a document of each part, linked to the file that came."""

import csv
import io
import json
import signal
import subprocess
import time
import zipfile

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont
from served import FONT, problem
from test_pages import read_by_program

FIRST = ["Pago móvil exitoso", "Banco Mercantil", "Fecha: 03/01/2025"]
SECOND = ["Referencia: 000123456789", "Monto: 1.234,50 Bs"]
OTHER = ["Referencia: 000999999999", "Monto: 77,00 Bs"]


def sheet(lines, code=None):
    image = Image.new("L", (1000, 500), 255)
    for row, text in enumerate(lines):
        ImageDraw.Draw(image).text((60, 60 + 90 * row), text, font=ImageFont.truetype(FONT, 50), fill=0)
    if code is not None:
        command = ["zint", "-b", "20", "-d", code, "--direct", "--filetype=png"]
        made = subprocess.run(command, capture_output=True, check=True).stdout
        image.paste(Image.open(io.BytesIO(made)).convert("L"), (60, 380))
    return image


def several(*sheets, form="TIFF"):
    out = io.BytesIO()
    sheets = [each.copy() for each in sheets]  # Pillow keeps how it saved one
    sheets[0].save(out, form, save_all=True, append_images=sheets[1:])
    return out.getvalue()


STACK = [sheet(FIRST, "DOC-1"), sheet(SECOND), sheet(FIRST, "DOC-2"), sheet(OTHER)]
SEPARATE = {"split_on": "DOC-*"}


@pytest.fixture(scope="module")
def stack():
    return several(*STACK)


def split(service, data, name="pila.tiff", **params):
    """The document that came, and those that came out of it, all read."""
    whole = service.wait(service.send(data, params={"name": name, **SEPARATE, **params}))
    return whole, [service.wait(part["id"]) for part in whole["parts"]]


def values(document):
    return {name: (field["value"], field.get("page")) for name, field in document["fields"].items()}


def test_each_part_is_a_document(service, stack):
    whole, parts = split(service, stack)
    assert (whole["status"], whole["fields"], whole["review"], whole["page_count"]) == ("done", {}, [], 4)
    assert whole["split_on"] == "DOC-*" and whole["part_of"] is None
    assert [(part["first_page"], part["page_count"], part["code"]) for part in whole["parts"]] == [
        (1, 2, "DOC-1"),
        (3, 2, "DOC-2"),
    ]
    assert [part["name"] for part in parts] == ["pila.tiff#1-2", "pila.tiff#3-4"]
    assert [part["part_of"]["id"] for part in parts] == [whole["id"]] * 2
    assert [part["part_of"]["first_page"] for part in parts] == [1, 3]
    assert [values(part)["monto"] for part in parts] == [("1234.50", 2), ("77.00", 2)]
    assert [values(part)["fecha"] for part in parts] == [("2025-01-03", 1)] * 2
    assert all(part["status"] == "done" and part["duplicate_of"] is None for part in parts)
    ids = ",".join([whole["id"], *(part["id"] for part in parts)])
    table = service.client.get("/v1/records", params={"ids": ids, "format": "csv"}).text
    rows = {row["id"]: row["page"] for row in csv.DictReader(io.StringIO(table))}
    assert rows == {whole["id"]: "1", parts[0]["id"]: "1", parts[1]["id"]: "3"}
    second = service.client.get(f"/v1/documents/{parts[1]['id']}/pages/2").json()
    assert (second["page"], second["pages"]) == (2, 2) and "77,00" in second["text"]
    assert parts[1]["text"].count("\f") == 1 and "77,00" in parts[1]["text"]
    assert service.client.get(whole["parts"][1]["self"]).json()["id"] == parts[1]["id"]


@pytest.mark.parametrize("form", ["PDF", "TIFF"])
def test_pictures_and_forms_are_those_of_its_pages(service, form):
    _, parts = split(service, several(*STACK, form=form), name=f"otra.{form}")
    path = f"/v1/documents/{parts[1]['id']}"
    picture = Image.open(io.BytesIO(service.client.get(f"{path}/pages/2/image").content)).convert("L")
    expected = STACK[3].resize(picture.size)
    difference = ImageChops.difference(picture, expected).resize((50, 25), Image.Resampling.BOX)
    assert difference.getextrema()[1] < 60
    assert service.client.get(f"{path}/pages/2/boxes").status_code == 200
    assert service.client.get(f"{path}/pages/3").status_code == 404
    text = service.client.get(path, params={"format": "text"}).text
    assert "77,00" in text and "1.234,50" not in text
    hocr = service.client.get(path, params={"format": "hocr"}).text
    assert hocr.count("ocr_page") >= 2 and "page_3" not in hocr
    pdf = service.client.get(path, params={"format": "pdf"}).content
    shown = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    assert "77,00" in shown and "1.234,50" not in shown


def test_separators_are_dropped(service):
    separator = sheet(["SEPARADOR"], "DOC-7")
    data = several(separator, sheet(FIRST), sheet(SECOND), separator, separator, sheet(OTHER), separator)
    whole, parts = split(service, data, separator="drop")
    assert [(part["first_page"], part["page_count"], part["code"]) for part in whole["parts"]] == [
        (2, 2, "DOC-7"),
        (6, 1, "DOC-7"),
    ]
    assert [part["name"] for part in parts] == ["pila.tiff#2-3", "pila.tiff#6"]
    assert values(parts[0])["monto"] == ("1234.50", 2) and values(parts[1])["monto"][0] == "77.00"
    assert "SEPARADOR" in whole["text"] and not any("SEPARADOR" in part["text"] for part in parts)


def test_parts_are_what_the_program_makes(service, stack, tmp_path):
    _, parts = split(service, stack)
    lines = read_by_program(tmp_path, stack, "ndjson", "pila.tiff", ["--fields", "--split-on", "DOC-*"]).splitlines()
    ours = [page["document"]["fields"] for page in map(json.loads, lines) if "document" in page]
    same = ("value", "text", "confidence", "page", "box", "page_line", "rule")
    assert [{name: [field.get(key) for key in same] for name, field in part["fields"].items()} for part in parts] == [
        {name: [field.get(key) for key in same] for name, field in fields.items()} for fields in ours
    ]


@pytest.mark.parametrize("sheets", [[sheet(FIRST), sheet(SECOND)], [sheet(FIRST, "DOC-1"), sheet(SECOND)]])
def test_one_document_stays_one(service, sheets):
    whole, parts = split(service, several(*sheets))
    assert parts == [] and values(whole)["monto"] == ("1234.50", 2)


def test_a_picture_is_not_split(service):
    out = io.BytesIO()
    sheet(SECOND, "DOC-1").save(out, "PNG")
    whole, parts = split(service, out.getvalue())
    assert parts == [] and whole["fields"]["monto"]["value"] == "1234.50"


def test_parts_are_listed_and_read_again(service, stack):
    whole, parts = split(service, stack)
    listed = service.client.get("/v1/documents", params={"part_of": whole["id"]}).json()["documents"]
    assert {each["id"] for each in listed} == {part["id"] for part in parts}
    for id_ in (parts[1]["id"], whole["id"]):
        assert service.client.post(f"/v1/documents/{id_}/reread").status_code < 300
        service.wait(id_)
    assert values(service.get(parts[1]["id"])) == values(parts[1])
    assert service.client.get(f"/v1/documents/{parts[1]['id']}/pages/1").json()["page"] == 1
    again = service.get(whole["id"])
    assert [part["id"] for part in again["parts"]] == [part["id"] for part in parts] and again["fields"] == {}


def test_the_same_file_again_gives_duplicates(start, stack):
    service = start("--workers", "1")
    whole, parts = split(service, stack)
    twice, again = split(service, stack)
    assert twice["duplicate_of"]["id"] == whole["id"]
    assert [part["duplicate_of"]["id"] for part in again] == [part["id"] for part in parts]
    assert {part["duplicate_of"]["kind"] for part in again} == {"content"}
    assert service.client.delete(f"/v1/documents/{whole['id']}").status_code < 300
    assert service.client.get(f"/v1/documents/{parts[0]['id']}/pages/2/image").status_code == 200
    assert service.get(parts[0]["id"])["part_of"]["id"] == whole["id"]


LIKE = [["Recibo de agua", "Casa 1204", "Lectura 48213"], ["Aviso de cobro", "Quinta Rosa", "Medidor 77051 serie 9"]]


def test_parts_that_look_alike_are_duplicates(start):
    """Without a reference, only the picture tells. The whole shows the page of its first part, and is no copy of it."""
    service = start("--workers", "1")
    sheets = [sheet(lines, f"DOC-{number}") for number, lines in enumerate(LIKE)]
    smaller = [each.resize((900, 450), Image.Resampling.LANCZOS) for each in sheets]
    whole, parts = split(service, several(*sheets))
    assert len(parts) == 2 and [part["duplicate_of"] for part in (whole, *parts)] == [None] * 3
    twice, again = split(service, several(*smaller, form="PDF"), name="otra.pdf")
    alike = [(part["duplicate_of"] or {}) for part in again]
    assert [(each.get("id"), each.get("kind")) for each in alike] == [(part["id"], "image") for part in parts]
    out = io.BytesIO()
    sheets[1].save(out, "JPEG", quality=60)
    single = service.wait(service.send(out.getvalue()))
    assert (single["duplicate_of"] or {}).get("id") in {again[1]["id"], parts[1]["id"]}
    for id_ in (whole["id"], again[0]["id"], again[1]["id"]):
        assert service.client.post(f"/v1/documents/{id_}/reread").status_code < 300
        service.wait(id_)
    assert [service.get(id_)["duplicate_of"] for id_ in (whole["id"], twice["id"])] == [None, None]
    assert [service.get(part["id"])["duplicate_of"]["kind"] for part in again] == ["image", "image"]


def test_a_batch_counts_them_and_ends_with_them(start, stack):
    service = start("--workers", "1")
    batch = service.client.post("/v1/batches", json={"name": "pilas"}).json()["id"]
    whole, parts = split(service, stack, batch=batch)
    assert {part["batch"] for part in parts} == {batch}
    counts = service.client.get(f"/v1/batches/{batch}").json()
    assert counts["counts"]["total"] == 3, counts
    assert service.client.post(f"/v1/batches/{batch}/close").status_code < 300


def test_an_archive_of_stacks(start, stack):
    service = start("--workers", "1")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("una.tiff", stack)
    headers = {"Content-Type": "application/zip"}
    sent = service.client.post("/v1/documents", params=SEPARATE, content=out.getvalue(), headers=headers).json()
    whole = service.wait(sent["documents"][0]["id"])
    assert len(whole["parts"]) == 2


def test_a_crash_loses_no_part(start, stack):
    service = start("--workers", "1")
    id_ = service.send(stack, params=SEPARATE)
    service.wait(id_)
    service.restart(signal.SIGKILL)
    parts = [service.wait(part["id"]) for part in service.get(id_)["parts"]]
    assert [values(part)["monto"] for part in parts] == [("1234.50", 2), ("77.00", 2)]


def test_in_a_form_and_once(start, stack):
    service = start("--workers", "1")
    form = {"split_on": "DOC-*", "separator": "drop", "cliente": "Ana"}
    sent = service.client.post("/v1/documents", files={"file": ("a.tiff", stack)}, data=form)
    whole = service.wait(sent.json()["id"])
    assert whole["metadata"] == {"cliente": "Ana"} and [part["first_page"] for part in whole["parts"]] == [2, 4]
    assert service.wait(whole["parts"][0]["id"])["metadata"] == {"cliente": "Ana"}
    key = {"Idempotency-Key": "once", "Content-Type": "image/tiff"}
    answers = [
        service.client.post("/v1/documents", params=params, content=stack, headers=key)
        for params in (SEPARATE, SEPARATE, {"split_on": "DOC-1"})
    ]
    assert answers[0].json()["id"] == answers[1].json()["id"]
    assert answers[2].status_code == 422


@pytest.mark.parametrize(
    "params", [{"split_on": "A", "separator": "maybe"}, {"separator": "drop"}, {"split_on": "A" * 256}]
)
def test_what_cannot_be_is_told(service, stack, params):
    headers = {"Content-Type": "image/tiff"}
    answer = service.client.post("/v1/documents", params=params, content=stack, headers=headers)
    problem(answer, 422, "invalid")


def test_parts_of_a_document_that_a_pause_overtakes_wait(start):
    service = start("--workers", "1")
    made = service.client.post("/v1/batches", json={}).json()
    data = several(*[sheet(FIRST, f"DOC-{number}") for number in range(12)])
    whole = service.send(data, params={"batch": made["id"], "name": "pila.tiff", **SEPARATE})
    while service.get(whole)["status"] == "queued":
        time.sleep(0.005)
    service.client.post(f"{made['self']}/pause")
    parts = service.wait(whole)["parts"]
    time.sleep(1)
    assert service.client.get(made["self"]).json()["counts"]["held"] == len(parts) == 12
    service.client.post(f"{made['self']}/start")
    assert [service.wait(part["id"])["status"] for part in parts] == ["done"] * 12
