"""`lince read --fields`: the fields of a document over its pages, in every form, and over the documents of a stack."""

import json
import re

import jsonschema
import pytest
from conftest import FONT, ROOT, objects, whole_pages
from PIL import Image, ImageDraw, ImageFont
from test_codes import STAMP, boleta, zint

from tests import long_documents

SCHEMA = json.loads((ROOT / "docs/read.schema.json").read_text())
FIRST = ["Pago móvil exitoso", "Banco Mercantil", "Fecha: 03/01/2025"]
SECOND = ["Referencia: 000123456789", "Monto: 1.234,50 Bs"]


def sheet(lines, code=None):
    image = Image.new("L", (1000, 500), 255)
    for row, text in enumerate(lines):
        ImageDraw.Draw(image).text((60, 60 + 90 * row), text, font=ImageFont.truetype(FONT, 50), fill=0)
    if code is not None:
        image.paste(zint("code_128", code), (60, 380))
    return image


def several(path, *sheets):
    sheets[0].save(path, save_all=True, append_images=sheets[1:])
    return path


@pytest.fixture
def payment(tmp_path):
    return several(tmp_path / "pago.pdf", sheet(FIRST), sheet(SECOND))


@pytest.fixture
def stack(tmp_path):
    receipts = [["Pago móvil exitoso", f"Referencia: 00012345678{n}", f"Monto: 1.23{n},50 Bs"] for n in (1, 2)]
    return several(tmp_path / "pila.tiff", *map(sheet, receipts))


def values(record):
    return {name: (field["value"], field.get("page")) for name, field in record["fields"].items()}


@pytest.mark.parametrize("jobs", ["1", "3"])
def test_the_last_line_has_the_fields_of_all_pages(lince, payment, jobs):
    done = lince("read", "--fields", "-f", "ndjson", "-j", jobs, payment)
    pages = objects(done.out)
    for page in pages:
        jsonschema.validate(page, SCHEMA)
    assert ["document" in page for page in pages] == [False, True]
    found = pages[1]["document"]
    assert values(found)["fecha"] == ("2025-01-03", 1) and values(found)["monto"] == ("1234.50", 2)
    assert found["values"]["amount"] == "1234.50"
    field = found["fields"]["monto"]
    line = pages[1]["lines"][field["page_line"]]
    assert "1.234,50" in line["text"]
    assert line["box"][1] - 5 <= field["box"][1] and field["box"][3] <= line["box"][3] + 5


def test_an_object_of_json_has_them_once(lince, payment, tmp_path):
    sheet(FIRST).save(tmp_path / "uno.png")
    done = lince("read", "--fields", "-f", "json", tmp_path / "uno.png", payment, payment)
    image, *files = json.loads(done.out)
    assert "document" not in image
    for file in files:
        jsonschema.validate(file, SCHEMA)
        assert "document" not in file["pages"][-1]
        assert values(file["document"])["monto"] == ("1234.50", 2)


def test_a_person_is_shown_one_record(lince, payment):
    shown = lince("read", "--fields", payment).out.decode()
    assert shown.count("layout ") == 1 and "2025-01-03" in shown and "1234.50" in shown and "\f" not in shown


def test_without_fields_nothing_is_added(lince, payment):
    assert b'"document"' not in lince("read", "-f", "json", payment).out + lince("read", "-f", "ndjson", payment).out


def test_a_stack_of_receipts_is_told(lince, stack):
    found = objects(lince("read", "--fields", "-f", "ndjson", stack).out)[1]["document"]
    assert values(found)["referencia"] == ("000123456781", 1)
    assert found["needs_review"] and "several:referencia" in found["review_reasons"]
    first, second = lince("read", "--fields", stack).out.decode().split("\f")
    assert "000123456781" in first and "000123456782" in second


def broken(data):
    """The second page of a TIFF says that its rows are where the file has ended."""
    second = int.from_bytes(data[4:8], "little")
    count = int.from_bytes(data[second : second + 2], "little")
    second = int.from_bytes(data[second + 2 + 12 * count : second + 6 + 12 * count], "little")
    entries = {int.from_bytes(data[at : at + 2], "little"): at for at in range(second + 2, second + 2 + 12 * count, 12)}
    data = bytearray(data)
    data[entries[273] + 8 : entries[273] + 12] = (1 << 30).to_bytes(4, "little")
    return bytes(data)


@pytest.mark.parametrize("form", ["json", "ndjson"])
@pytest.mark.parametrize("behind", [True, False])
def test_a_page_that_cannot_be_read_is_a_reason(lince, tmp_path, form, behind):
    first = FIRST if behind else [*FIRST, SECOND[0]]  # a date alone makes no payment
    path = several(tmp_path / "a.tiff", sheet(first), sheet(["roto"]), *([sheet(SECOND)] if behind else []))
    path.write_bytes(broken(path.read_bytes()))
    done = lince("read", "--fields", "-f", form, path)
    assert done.code == 1
    found = json.loads(done.out)[0]["document"] if form == "json" else objects(done.out)[-1]["document"]
    assert "unread_page:2" in found["review_reasons"] and found["needs_review"]
    assert values(found)["fecha"] == ("2025-01-03", 1)
    assert values(found).get("monto") == (("1234.50", 3) if behind else None)
    shown = lince("read", "--fields", path).out.decode()
    assert "unread_page:2" in shown and "2025-01-03" in shown


def test_a_document_without_a_readable_page_has_none(lince, tmp_path):
    path = several(tmp_path / "a.tiff", sheet(FIRST), sheet(SECOND))
    path.write_bytes(broken(path.read_bytes()))
    done = lince("read", "--fields", "--pages", "2", "-f", "ndjson", path)
    assert done.code == 1 and b'"error"' in done.out and b'"document"' not in done.out


@pytest.mark.parametrize("kept", [1, 2])
def test_pages_of_an_earlier_run_count(lince, tmp_path, kept):
    path = several(tmp_path / "a.tiff", sheet(FIRST), sheet(["nada"]), sheet(SECOND))
    out = tmp_path / "out.ndjson"
    arguments = ("read", "--fields", "-f", "ndjson", "-o", out, "--resume", path)
    lince(*arguments)
    whole = out.read_bytes().splitlines(keepends=True)
    other = whole[0].replace(b'a.tiff"', b'b.tiff"')
    out.write_bytes(other + b"".join(whole[:kept]) + whole[kept][:100])
    assert lince(*arguments).code == 0
    again = out.read_bytes().splitlines(keepends=True)[1:]
    assert json.loads(again[-1])["document"] == json.loads(whole[-1])["document"]


@pytest.mark.parametrize(
    "count, rows, first, last",
    [(2, 5, None, None), (12, 40, None, None), (20, 45, None, None), (40, 5, None, None), (41, 5, 20, 20)]
    + [(21, 55, 9, 9), (40, 45, 10, 12), (60, 30, 16, 16), (200, 2, 20, 20)],
)
def test_an_invoice_has_its_total_on_its_last_page(lince, tmp_path, count, rows, first, last):
    path = tmp_path / "factura.pdf"
    path.write_bytes(long_documents.invoice(count, rows))
    found = objects(lince("read", "--fields", "-f", "ndjson", path).out)[-1]["document"]
    assert values(found)["total"] == ("11600.00", count) and values(found)["tax"] == ("1600.00", count)
    assert values(found)["company"] == ("Distribuidora Ejemplo, C.A.", 1) and values(found)["date"] == ("2025-01-03", 1)
    assert (found.get("fields_pages"), found.get("fields_last_pages")) == (first, last)
    jsonschema.validate(found, SCHEMA | {"oneOf": [{"$ref": "#/$defs/document_fields"}]})
    shown = lince("read", "--fields", path).out.decode()
    told = [re.findall(rf"^{name} +(\d+)$", shown, re.MULTILINE) for name in ("fields_pages", "fields_last_pages")]
    assert told == ([[], []] if first is None else [[str(first)], [str(last)]])
    pages = tmp_path / "paginas.ndjson"
    pages.write_bytes(lince("read", "-f", "ndjson", path).out)
    (alone,) = objects(lince("fields", pages).out)
    assert alone.pop("file") == str(path) and alone == found


def test_a_statement_of_thirty_pages(lince, tmp_path):
    path = tmp_path / "cuenta.pdf"
    path.write_bytes(long_documents.statement(30))
    found = objects(lince("read", "--fields", "-f", "ndjson", path).out)[-1]["document"]
    assert found["kind"] == "statement" and found["review_reasons"] == ["kind:statement"]
    assert (found["fields_pages"], found["fields_last_pages"]) == (11, 11)


@whole_pages
def test_the_memory_does_not_grow_with_the_pages(lince, tmp_path):
    peaks = []
    for count in (60, 240):
        path = tmp_path / f"{count}.pdf"
        path.write_bytes(long_documents.invoice(count, 45))
        found = objects(lince("read", "--fields", "-f", "ndjson", "-j", "1", "--memory", "128MB", path).out)
        assert values(found[-1]["document"])["total"] == ("11600.00", count)
        peaks.append(max(page["memory"]["peak_bytes"] for page in found))
    assert peaks[1] < 1.1 * peaks[0]


def test_chosen_pages_are_all(lince, tmp_path):
    path = tmp_path / "factura.pdf"
    path.write_bytes(long_documents.invoice(60, 5))
    for chosen in ("1-10,60", "1,21-59", "51-60"):
        found = objects(lince("read", "--fields", "-f", "ndjson", "--pages", chosen, path).out)[-1]["document"]
        assert "fields_pages" not in found
        assert "fields_pages" not in lince("read", "--fields", "--pages", chosen, path).out.decode()


def test_a_page_with_too_many_lines_says_so(lince, tmp_path):
    """Its first and its last lines are searched."""
    for rows, left_out in ((1014, []), (1015, ["lines_left_out:1"]), (3000, ["lines_left_out:1986"])):
        lines = long_documents.invoice_rows(1, rows)[0]
        page = {"width": 1000, "height": 20 * len(lines), "lines": []}
        for row, text in enumerate(lines):
            page["lines"].append({"text": text, "box": [50, 20 * row, 50 + 8 * len(text), 20 * row + 14]})
        path = tmp_path / "page.ndjson"
        path.write_text(json.dumps(page))
        (found,) = objects(lince("fields", path).out)
        assert (found["fields"]["total"]["value"], found["fields"]["date"]["value"]) == ("11600.00", "2025-01-03")
        assert found["review_reasons"] == left_out


# ---- stacks


def stack_file(tmp_path, *sheets):
    return several(tmp_path / "pila.pdf", *sheets)


def test_each_document_of_a_stack_has_its_fields(lince, tmp_path):
    other = ["Referencia: 000999999999", "Monto: 77,00 Bs"]
    path = stack_file(tmp_path, sheet(FIRST, "DOC-1"), sheet(SECOND), sheet(FIRST, "DOC-2"), sheet(other))
    pages = objects(lince("read", "--fields", "-f", "ndjson", "--split-on", "DOC-*", path).out)
    for page in pages:
        jsonschema.validate(page, SCHEMA)
    assert [page["split"]["code"] for page in pages] == ["DOC-1", "DOC-1", "DOC-2", "DOC-2"]
    assert ["document" in page for page in pages] == [False, True, False, True]
    assert [values(page["document"])["monto"] for page in pages[1::2]] == [("1234.50", 2), ("77.00", 2)]
    whole = json.loads(lince("read", "--fields", "-f", "json", "--split-on", "DOC-*", path).out)
    assert [page.get("document") for page in whole[0]["pages"]] == [page.get("document") for page in pages]
    assert "document" not in whole[0]


def test_a_document_of_a_stack_goes_over_files(lince, tmp_path):
    names = []
    for number, (lines, code) in enumerate([(FIRST, "SEP"), (SECOND, None), (FIRST, "SEP")]):
        names.append(tmp_path / f"{number}.png")
        sheet(lines, code).save(names[-1])
    for form in ("json", "ndjson"):
        done = lince("read", "--fields", "-f", form, "--split-on", "SEP", *names)
        pages = json.loads(done.out) if form == "json" else objects(done.out)
        assert ["document" in page for page in pages] == [False, True, True]
        assert values(pages[1]["document"])["monto"] == ("1234.50", 2)


@pytest.mark.parametrize("form", ["json", "ndjson"])
def test_separators_are_left_out(lince, tmp_path, form):
    separator = sheet(["SEPARADOR"], "SEP")
    sheets = [separator, sheet(FIRST), sheet(SECOND), separator, separator, sheet(FIRST), separator]
    path = stack_file(tmp_path, *sheets)
    alone = tmp_path / "separador.png"
    separator.save(alone)
    arguments = ("read", "-f", form, "--split-on", "SEP", "--separator", "drop", "--fields", alone, path, alone)
    done = lince(*arguments)
    assert done.code == 0
    pages = [page for file in json.loads(done.out) for page in file["pages"]] if form == "json" else objects(done.out)
    assert [(page["page"], page["split"]) for page in pages] == [
        (2, {"document": 1, "page": 1, "separator": False, "code": "SEP"}),
        (3, {"document": 1, "page": 2, "separator": False, "code": "SEP"}),
        (6, {"document": 2, "page": 1, "separator": False, "code": "SEP"}),
    ]
    assert ["document" in page for page in pages] == [False, True, True]
    assert values(pages[1]["document"])["monto"] == ("1234.50", 2)


def test_a_stack_of_separators_alone_is_empty(lince, tmp_path):
    path = stack_file(tmp_path, sheet(["SEPARADOR"], "SEP"), sheet(["SEPARADOR"], "SEP"))
    arguments = ("--split-on", "SEP", "--separator", "drop", path)
    assert lince("read", "-f", "ndjson", *arguments).out == b""
    assert json.loads(lince("read", "-f", "json", *arguments).out)[0]["pages"] == []


def test_dropping_needs_a_code(lince, payment):
    done = lince("read", "-f", "json", "--separator", "drop", payment)
    assert done.code == 2 and b"--split-on" in done.err


def test_a_stream_does_not_wait_for_the_next_image(start, tmp_path):
    data = several(tmp_path / "a.pdf", sheet(FIRST, "SEP"), sheet(SECOND)).read_bytes()
    frame = json.dumps({"name": "a.pdf", "bytes": len(data)}).encode() + b"\n" + data
    for options, has_document in ((["--split-on", "SEP"], False), ([], True)):
        client = start("read", "--stream", "--fields", *options, stdin=-1, stdout=-1)
        client.stdin.write(frame)
        client.stdin.flush()
        pages = [json.loads(client.stdout.readline()) for _ in range(2)]
        assert ("document" in pages[1]) == has_document
        client.stdin.close()
        assert client.wait(60) == 0


# ---- codes


def test_a_code_on_another_page_counts(lince, tmp_path):
    second = Image.new("L", (900, 700), 255)
    second.paste(zint("pdf_417", STAMP), (80, 200))
    path = several(tmp_path / "a.tiff", boleta(None, total="$18.990"), second)
    pages = tmp_path / "pages.ndjson"
    pages.write_bytes(lince("read", "--fields", "--codes", "-f", "ndjson", path).out)
    found = objects(pages.read_bytes())[-1]["document"]
    total = found["fields"]["total"]
    assert (total["value"], total["page"], total["rule"]) == ("12990.00", 2, "code")
    assert "page_line" not in total and "code:total" in found["review_reasons"]
    code = objects(pages.read_bytes())[-1]["codes"][0]["box"]
    assert all(abs(a - b) <= 0.1 for a, b in zip(total["box"], code, strict=True))
    without = objects(lince("read", "--fields", "-f", "ndjson", path).out)[-1]["document"]
    assert without["fields"]["total"]["value"] == "18990.00"


def test_codes_of_pages_that_were_read_count(lince, tmp_path):
    boleta(STAMP, total="$18.990").save(tmp_path / "a.png")
    pages = tmp_path / "pages.ndjson"
    pages.write_bytes(lince("read", "--codes", "-f", "ndjson", tmp_path / "a.png").out)
    (found,) = objects(lince("fields", pages).out)
    assert found["fields"]["total"]["value"] == "12990.00"
