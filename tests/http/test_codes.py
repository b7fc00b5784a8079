"""Bar codes in the service: asked for by document, kept with it, and read by the locked-down worker."""

import io
import subprocess

import pytest
from PIL import Image

CONTENT = "https://example.org/v?total=12990"


def code(content=CONTENT, kind="58"):
    command = ["zint", "-b", kind, "-d", content, "--direct", "--filetype=png"]
    return Image.open(io.BytesIO(subprocess.run(command, capture_output=True, check=True).stdout)).convert("L")


def page(content=CONTENT):
    drawn = Image.new("L", (500, 400), 255)
    drawn.paste(code(content), (60, 40))
    return drawn


def png(image):
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def tiff(*images):
    file = io.BytesIO()
    images[0].save(file, "TIFF", save_all=True, append_images=images[1:])
    return file.getvalue()


def codes_of(read):
    return [(found["kind"], found["content"]) for found in read["codes"]]


def test_codes_of_a_document(start):
    service = start("--workers", "1")
    wanted = service.send(png(page()), params={"codes": "true"})
    without = service.send(png(page("other")))
    document = service.wait(wanted)
    assert codes_of(document["page"]) == [("qr", CONTENT)]
    box = document["page"]["codes"][0]["box"]
    assert 55 <= box[0] < box[2] <= 200
    assert "codes" not in service.wait(without)["page"]


def test_codes_are_asked_for_in_a_form_too(start):
    service = start("--workers", "1")
    sent = service.client.post("/v1/documents", files={"file": ("a.png", png(page()))}, data={"codes": "true"})
    document = service.wait(sent.json()["id"])
    assert codes_of(document["page"]) == [("qr", CONTENT)]
    assert document["metadata"] == {}


def test_codes_of_each_page(start):
    service = start("--workers", "1")
    id_ = service.send(tiff(page("one"), page("two")), params={"codes": "true"})
    service.wait(id_)
    pages = [service.client.get(f"/v1/documents/{id_}/pages/{number}").json() for number in (1, 2)]
    assert [codes_of(one) for one in pages] == [[("qr", "one")], [("qr", "two")]]


def test_a_document_read_again_keeps_its_codes(start):
    service = start("--workers", "1")
    id_ = service.send(png(page()), params={"codes": "true"})
    service.wait(id_)
    assert service.client.post(f"/v1/documents/{id_}/reread").status_code < 300
    assert codes_of(service.wait(id_)["page"]) == [("qr", CONTENT)]


def test_reading_at_once(start):
    service = start("--workers", "1")
    service.ready()
    headers = {"Content-Type": "image/png"}
    read = service.client.post("/v1/read", params={"codes": "true"}, content=png(page()), headers=headers)
    assert codes_of(read.json()) == [("qr", CONTENT)]
    assert "codes" not in service.client.post("/v1/read", content=png(page()), headers=headers).json()


@pytest.mark.parametrize("path", ["/v1/documents", "/v1/read"])
def test_anything_but_true_and_false_is_refused(start, path):
    service = start("--workers", "1")
    headers = {"Content-Type": "image/png"}
    refused = service.client.post(path, params={"codes": "yes"}, content=png(page()), headers=headers)
    assert refused.status_code == 422
    assert "codes" in refused.json()["detail"]


def test_the_same_key_with_other_options_is_refused(start):
    service = start("--workers", "1")
    headers = {"Content-Type": "image/png", "Idempotency-Key": "k1"}
    first, second = (
        service.client.post("/v1/documents", params={"codes": codes}, content=png(page()), headers=headers)
        for codes in ("false", "true")
    )
    assert (first.status_code, second.status_code) == (202, 422)
