"""A PDF file as a PDF: the file that came with its text laid over it, the same bytes as from the program."""

import os
import subprocess
import threading
import time
import zlib

import pytest
from PIL import Image, ImageDraw, ImageFont
from served import FONT, MODELS, PROGRAM, SLOW, problem

from tests.pdf_file import HELVETICA, assembled, stream, with_object_stream

LINES = ["Factura N 0012345", "Fecha: 03/01/2025 Total: 1.234,50 Bs", "Martillo de carpintero con mango"]
FULL_PAGE = b"q 300 0 0 200 0 0 cm /P Do Q "
SIGNATURE = (
    b"<< /Type /Annot /Subtype /Widget /FT /Sig /T (Firma) /Rect [0 0 0 0] /V << /Type /Sig "
    b"/Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached /ByteRange [0 1 2 3] /Contents <00> >> >>"
)
LINK = b"/Annots [<< /Type /Annot /Subtype /Link /Rect [9 9 90 90] /A << /S /URI /URI (https://ejemplo.test/) >> >>]"


def picture(lines=LINES):
    image = Image.new("L", (900, 600), 255)
    for row, line in enumerate(lines):
        ImageDraw.Draw(image).text((60, 80 + 90 * row), line, font=ImageFont.truetype(FONT, 34), fill=0)
    head = (
        b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8" % image.size
    )
    return stream(head, image.tobytes())


def text(lines, mode=0):
    rows = b" ".join(b"(%b) Tj T*" % line.encode() for line in lines)
    return b"BT %d Tr /F1 11 Tf 30 TL 20 150 Td %b ET" % (mode, rows)


def page_file(content, extra=b"", catalog=b"", more=()):
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> "
        b"/XObject << /P 6 0 R >> >> %b >>" % extra
    )
    catalog = b"<< /Type /Catalog /Pages 2 0 R %b >>" % catalog
    pages = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    return assembled([catalog, pages, page, stream(b"", content), HELVETICA % b"", picture(), *more])


def told(*command):
    return subprocess.run(command, check=True, capture_output=True).stdout


def by_qpdf(data, folder, *options):
    (folder / "plain.pdf").write_bytes(data)
    subprocess.run(["qpdf", *options, folder / "plain.pdf", folder / "made.pdf"], check=True)
    return (folder / "made.pdf").read_bytes()


def many(data, folder, count):
    (folder / "one.pdf").write_bytes(data)
    command = ["qpdf", "--empty", "--pages", *[folder / "one.pdf"] * count, "--", folder / "many.pdf"]
    subprocess.run(command, check=True)
    return (folder / "many.pdf").read_bytes()


def mixed(folder):
    """A scan, a page of text, and a scan with invisible text."""
    for name, content in (("a", FULL_PAGE), ("b", text(LINES)), ("c", FULL_PAGE + text(["Otra cosa"], 3))):
        (folder / f"{name}.pdf").write_bytes(page_file(content))
    names = [folder / f"{name}.pdf" for name in "abc"]
    subprocess.run(["qpdf", "--empty", "--pages", *names, "--", folder / "mixed.pdf"], check=True)
    return (folder / "mixed.pdf").read_bytes()


FILES = {
    "scan": lambda folder: page_file(FULL_PAGE, LINK),
    "text": lambda folder: page_file(text(LINES)),
    "half of it text": lambda folder: page_file(b"q 300 0 0 100 0 0 cm /P Do Q " + text(LINES[:1])),
    "invisible text": lambda folder: page_file(FULL_PAGE + text(LINES, 3)),
    "mixed pages": mixed,
    "turned": lambda folder: page_file(FULL_PAGE, b"/Rotate 90"),
    "cropped": lambda folder: page_file(FULL_PAGE, b"/CropBox [10 40 290 190]"),
    "object streams": lambda folder: by_qpdf(page_file(FULL_PAGE), folder, "--object-streams=generate"),
    "linearized": lambda folder: by_qpdf(page_file(FULL_PAGE), folder, "--linearize"),
    "many pages": lambda folder: many(page_file(FULL_PAGE), folder, 20),
}


def by_program(folder, data, *options):
    (folder / "a.pdf").write_bytes(data)
    environment = dict(os.environ, LINCE_MODELS=str(MODELS))
    command = [PROGRAM, "read", "-f", "pdf", "-q", *options, "a.pdf"]
    return subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True).stdout


def stored(service, data):
    return service.read(data, params={"name": "a.pdf"})["id"]


def as_pdf(service, id_, **params):
    return service.client.get(f"/v1/documents/{id_}", params={"format": "pdf", **params})


def read_now(service, data, **params):
    params = {"format": "pdf", "name": "a.pdf", **params}
    return service.client.post("/v1/read", content=data, params=params)


@pytest.mark.parametrize("kind", FILES)
def test_the_file_that_came_gets_its_text_with_the_bytes_of_the_program(service, tmp_path, kind):
    data = FILES[kind](tmp_path)
    expected = by_program(tmp_path, data)
    id_ = stored(service, data)
    answer = as_pdf(service, id_)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.content == expected
    accepted = service.client.get(f"/v1/documents/{id_}", headers={"Accept": "application/pdf"})
    assert accepted.content == expected
    now = read_now(service, data)
    assert (now.status_code, now.content) == (200, expected)


@pytest.mark.parametrize("level", ["2b", "3b"])
def test_a_level_of_pdf_a(service, tmp_path, level):
    data = FILES["scan"](tmp_path)
    id_ = stored(service, data)
    expected = by_program(tmp_path, data, "--pdf-a", level)
    assert b"<pdfaid:part>%s<" % level[:1].encode() in expected
    page = service.client.get(f"/v1/documents/{id_}/pages/1", params={"format": "pdf", "pdf_a": level})
    for answer in (as_pdf(service, id_, pdf_a=level), read_now(service, data, pdf_a=level), page):
        assert answer.content == expected
    problem(as_pdf(service, id_, pdf_a="1a"), 422, "invalid")
    problem(service.client.get(f"/v1/documents/{id_}/pages/1", params={"pdf_a": level}), 422, "invalid")


def test_an_encrypted_file_that_opens_stays_encrypted(service, tmp_path):
    """PDFium draws the random numbers of AES anew each time, so that only what they hide is the same."""
    data = by_qpdf(page_file(FULL_PAGE), tmp_path, "--encrypt", "", "duena", "256", "--")
    made = [by_program(tmp_path, data), as_pdf(service, stored(service, data)).content, read_now(service, data).content]
    hidden = []
    for each in made:
        assert each.startswith(b"%PDF") and b"/Encrypt" in each
        (tmp_path / "made.pdf").write_bytes(each)
        hidden.append(told("qpdf", "--decrypt", "--qdf", "--static-id", tmp_path / "made.pdf", "-"))
    assert hidden[0] == hidden[1] == hidden[2]


def test_a_fax_goes_into_the_file_as_it_is(service, tmp_path):
    image = Image.new("1", (900, 300), 255)
    ImageDraw.Draw(image).text((60, 80), LINES[0], font=ImageFont.truetype(FONT, 40), fill=0)
    image.save(tmp_path / "a.tif", compression="group4", tiffinfo={278: image.height})
    with Image.open(tmp_path / "a.tif") as made:
        (at,), (count,) = made.tag_v2[273], made.tag_v2[279]
    data = (tmp_path / "a.tif").read_bytes()
    id_ = service.read(data, params={"name": "a.pdf"})["id"]
    answer = as_pdf(service, id_)
    assert data[at : at + count] in answer.content and b"/CCITTFaxDecode" in answer.content
    assert answer.content == by_program(tmp_path, data) == read_now(service, data).content


def test_what_the_file_has_beside_its_pages_stays(service, tmp_path):
    path = tmp_path / "out.pdf"
    path.write_bytes(as_pdf(service, stored(service, FILES["scan"](tmp_path))).content)
    told("qpdf", "--check", path)
    assert b"https://ejemplo.test/" in told("qpdf", "--qdf", path, "-")
    found = told("pdftotext", path, "-").decode().split()
    assert found == [word for line in LINES for word in line.split()]


@pytest.mark.parametrize("kind", ["scan", "mixed pages", "turned"])
def test_pictures_are_those_of_the_program_s_chosen_pages(service, tmp_path, kind):
    data = FILES[kind](tmp_path)
    id_ = stored(service, data)
    expected = by_program(tmp_path, data, "--pages", "1-")
    assert as_pdf(service, id_, pictures="true").content == expected
    assert read_now(service, data, pictures="true").content == expected
    last = service.get(id_)["page_count"]
    one = by_program(tmp_path, data, "--pages", str(last))
    assert read_now(service, data, page=last).content == one
    page = service.client.get(f"/v1/documents/{id_}/pages/{last}", params={"format": "pdf"})
    assert page.content == one


REFUSED = {
    "is signed": lambda folder: page_file(
        FULL_PAGE, b"/Annots [7 0 R]", b"/AcroForm << /SigFlags 3 /Fields [7 0 R] >>", [SIGNATURE]
    ),
    "forbids changes": lambda folder: by_qpdf(
        page_file(FULL_PAGE), folder, "--encrypt", "", "duena", "256", "--modify=none", "--"
    ),
    "table of objects is damaged": lambda folder: (
        page_file(FULL_PAGE).rsplit(b"xref\n0", 1)[0] + b"trailer << /Root 1 0 R >>\n"
    ),
}


@pytest.mark.parametrize("reason", REFUSED)
def test_a_file_that_text_cannot_be_added_to_is_refused_and_has_its_other_forms(service, tmp_path, reason):
    data = REFUSED[reason](tmp_path)
    id_ = stored(service, data)
    for answer in (as_pdf(service, id_), read_now(service, data)):
        problem(answer, 409, "conflict")
        assert reason in answer.json()["detail"] and "pictures=true" in answer.json()["detail"]
        assert "--" not in answer.json()["detail"]
    spanish = service.client.get(
        f"/v1/documents/{id_}", params={"format": "pdf"}, headers={"Accept-Language": "es"}
    ).json()["detail"]
    assert "el archivo PDF" in spanish and "pictures=true" in spanish
    expected = by_program(tmp_path, data, "--pages", "1-")
    assert as_pdf(service, id_, pictures="true").content == expected
    assert read_now(service, data, pictures="true").content == expected
    hocr = service.client.get(f"/v1/documents/{id_}", params={"format": "hocr"})
    assert hocr.status_code == 200 and "Martillo" in hocr.text


def test_an_encrypted_file_has_no_form(service, tmp_path):
    data = by_qpdf(page_file(FULL_PAGE), tmp_path, "--encrypt", "abrir", "duena", "256", "--")
    document = service.read(data, params={"name": "a.pdf"})
    assert (document["status"], document["error"]["code"]) == ("failed", "unsupported")
    problem(as_pdf(service, document["id"]), 409, "conflict")
    problem(read_now(service, data), 422, "unreadable-image")


def test_a_broken_file_has_no_form(service):
    data = page_file(FULL_PAGE)[:400]
    document = service.read(data, params={"name": "a.pdf"})
    assert document["status"] == "failed"
    problem(as_pdf(service, document["id"]), 409, "conflict")
    problem(read_now(service, data), 422, "unreadable-image")


def test_only_so_many_pages_are_read_while_a_client_waits(service, tmp_path):
    data = many(page_file(text(LINES)), tmp_path, 51)
    answer = read_now(service, data)
    problem(answer, 422, "invalid")
    assert "51 pages" in answer.json()["detail"] and "/v1/documents" in answer.json()["detail"]
    assert read_now(service, data, page=51).status_code == 200
    problem(read_now(service, data, format="hocr"), 422, "invalid")
    assert read_now(service, data, page=51, format="hocr").status_code == 200


def test_pictures_are_of_pdf_alone(service, tmp_path):
    data = FILES["scan"](tmp_path)
    path = f"/v1/documents/{stored(service, data)}"
    for params in ({"format": "hocr"}, {"format": "csv"}, {"format": "json"}, {}):
        problem(service.client.get(path, params={"pictures": "true", **params}), 422, "invalid")
    for form in ("hocr", "json"):
        problem(read_now(service, data, format=form, pictures="true"), 422, "invalid")


def test_a_worker_that_is_lost_costs_no_more_than_the_answer(service, tmp_path):
    """A file that unpacks beyond all bounds is refused; the service goes on."""
    bomb = b"(" + b"0" * (90 << 20) + b")"
    data = by_qpdf(page_file(FULL_PAGE, b"", b"/Trap 7 0 R", [bomb]), tmp_path, "--object-streams=generate")
    assert len(data) < 4 << 20
    document = service.read(data, params={"name": "a.pdf"})
    answer = as_pdf(service, document["id"])
    assert answer.status_code in (409, 422, 503), answer.status_code
    assert as_pdf(service, stored(service, FILES["scan"](tmp_path))).status_code == 200


PLACED = b"/MediaBox [0 0 300 200] /Contents 4 0 R /Resources << /XObject << /P 6 0 R >> >>"
GOOD = b"<< /Type /Page /Parent 2 0 R %b >>" % PLACED
BAD = {
    "nothing": b"null",
    "a word": b"(no)",
    "a list": b"[1 2]",
    "too large": GOOD.replace(b"300 200", b"900000 900000"),
}


def with_bad_page(bad, number, count=4):
    kids = [b"3 0 R" if each != number else b"7 0 R" for each in range(1, count + 1)]
    kids = [kid if kid == b"7 0 R" else b"%d 0 R" % (8 + at) for at, kid in enumerate(kids)]
    pages = b"<< /Type /Pages /Kids [%b] /Count %d >>" % (b" ".join(kids), count)
    catalog = b"<< /Type /Catalog /Pages 2 0 R >>"
    return assembled([catalog, pages, GOOD, stream(b"", FULL_PAGE), HELVETICA % b"", picture(), bad] + [GOOD] * count)


@pytest.mark.parametrize("number", [1, 2, 4])
@pytest.mark.parametrize("bad", BAD)
def test_a_page_that_cannot_be_read_costs_no_other(service, bad, number):
    data = with_bad_page(BAD[bad], number)
    id_ = stored(service, data)
    kept = as_pdf(service, id_)
    now = read_now(service, data)
    assert (kept.status_code, now.status_code) == (200, 200), now.text
    assert now.headers["lince-pages-not-read"] == kept.headers["lince-pages-not-read"] == str(number)
    assert now.content == kept.content
    pictures = [as_pdf(service, id_, pictures="true"), read_now(service, data, pictures="true")]
    assert pictures[0].content == pictures[1].content
    assert {each.headers["lince-pages-not-read"] for each in pictures} == {str(number)}
    one = service.client.get(f"/v1/documents/{id_}/pages/3", params={"format": "pdf"})
    assert "lince-pages-not-read" not in one.headers
    problem(read_now(service, data, page=number), 422, "unreadable-image")


def test_a_file_none_of_whose_pages_can_be_read_is_refused(service):
    data = with_bad_page(b"null", 1, 1)
    problem(read_now(service, data), 422, "unreadable-image")


def test_no_second_extension(service, tmp_path):
    data = FILES["text"](tmp_path)
    for name, form, expected in (
        ("a.pdf", "pdf", "a.pdf"),
        ("a.PDF", "pdf", "a.PDF"),
        ("a.pdf", "hocr", "a.pdf.hocr"),
        ("a", "pdf", "a.pdf"),
        ("a.pdf.gif", "pdf", "a.pdf.gif.pdf"),
        ("pdf", "pdf", "pdf.pdf"),
    ):
        answer = read_now(service, data, name=name, format=form)
        assert answer.headers["content-disposition"].endswith("''" + expected)


def test_one_page_takes_pictures(service, tmp_path):
    path = f"/v1/documents/{stored(service, FILES['scan'](tmp_path))}/pages/1"
    plain = service.client.get(path, params={"format": "pdf"})
    for value in ("true", "false"):
        answer = service.client.get(path, params={"format": "pdf", "pictures": value})
        assert (answer.status_code, answer.content) == (200, plain.content)
    problem(service.client.get(path, params={"format": "hocr", "pictures": "true"}), 422, "invalid")


def test_long_readings_leave_the_queue_its_turn(service, tmp_path):
    """A document that is sent while the worker reads whole files for clients does not wait for their last pages."""
    data, ended = many(page_file(FULL_PAGE), tmp_path, 12), []

    def read():
        assert read_now(service, data).status_code == 200
        ended.append(time.monotonic())

    threads = [threading.Thread(target=read) for _ in range(5)]
    for thread in threads:
        thread.start()
    time.sleep(1)
    answer = service.client.post(
        "/v1/documents", content=page_file(text(["Documento breve"])), headers={"Prefer": "wait=60"}
    )
    done = time.monotonic()
    for thread in threads:
        thread.join()
    assert answer.status_code == 200 and len(ended) == len(threads)
    assert done < min(ended)


@pytest.mark.skipif(SLOW > 1, reason="with a sanitizer no memory is refused")
@pytest.mark.parametrize("is_foreseen", [True, False])
def test_a_file_that_unpacks_too_far_is_refused_as_it_stands(service, is_foreseen):
    """Objects that unpack to more than a worker may have, in a stream that pages do not need."""
    packer = zlib.compressobj(9)
    packed = packer.compress(b"8 0 << /A 1 >> ") + b"".join(packer.compress(b" " * (1 << 20)) for _ in range(400))
    packed += packer.flush()
    filters = b"/FlateDecode" if is_foreseen else b"[/ASCIIHexDecode /FlateDecode]"  # the worker is lost over these
    trap = stream(b"/Type /ObjStm /N 1 /First 4 /Filter " + filters, packed if is_foreseen else packed.hex().encode())
    catalog, pages = b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    page = GOOD.replace(b"/MediaBox", b"/X 8 0 R /MediaBox")
    bodies = [catalog, pages, page, stream(b"", FULL_PAGE), HELVETICA % b"", picture(), trap]
    data = with_object_stream(bodies)
    id_ = stored(service, data)
    answer = as_pdf(service, id_)
    problem(answer, 409, "conflict")
    expected = ["unpack to", "pictures of"] if is_foreseen else ["its worker was lost", "pictures=true"]
    assert all(words in answer.json()["detail"] for words in expected)
    assert as_pdf(service, id_, pictures="true").status_code == 200
