"""Small files that unpack to gigabytes end a worker at most: the service stays within its limit and goes on."""

import zlib

import pytest
from served import SLOW, picture


def stream(data, entries=b""):
    return b"<<" + entries + b"/Length %d>>stream\n" % len(data) + data + b"\nendstream"


def flate(data, times=1):
    for _ in range(times):
        data = zlib.compress(data, 9)
    return stream(data, b"/Filter[" + b"/FlateDecode" * times + b"]")


def pdf(contents, *more, resources=b""):
    """A file with one page, whose contents are object 4; `more` are the objects from 5 on."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<<" + resources + b">>>>"
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, contents, *more]
    file, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(file))
        file += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(file))
    return file + head + table + end


def forms(depth, width):
    """Forms that draw the next one several times each."""
    entries = b"/Type/XObject/Subtype/Form/BBox[0 0 200 200]"
    found = [
        stream(b"/F Do " * width, entries + b"/Resources<</XObject<</F %d 0 R>>>>" % (number + 6))
        for number in range(depth)
    ]
    return [*found, stream(b"0 0 100 100 re f", entries)]


BOMBS = {
    "lines": lambda: pdf(flate(b"0 0 m 1 1 l S " * 15_000_000)),
    "states, packed twice": lambda: pdf(flate(b"q " * 60_000_000, 2)),
    "a text": lambda: pdf(flate(b"BT /A 1 Tf " + b"(aaaaaaaaaa) Tj " * 10_000_000 + b"ET")),
    "forms in forms": lambda: pdf(stream(b"/F Do " * 10), *forms(20, 10), resources=b"/XObject<</F 5 0 R>>"),
}


@pytest.mark.skipif(SLOW > 1, reason="a sanitizer's own memory would be measured")
@pytest.mark.parametrize("name", BOMBS)
def test_a_pdf_that_unpacks_to_gigabytes_stays_within_the_limit(start, name):
    service = start("--workers", "1", "--memory", "300MB", "--timeout", "8s")
    bomb = BOMBS[name]()
    assert len(bomb) < 600_000
    answer = service.client.post("/v1/read", content=bomb, headers={"Content-Type": "application/pdf"})
    assert answer.status_code in (200, 422), answer.text
    assert service.read(picture("TOTAL 123"))["status"] == "done"
    figures = service.client.get("/v1/memory").json()
    assert figures["pss_peak_bytes"] <= figures["limit_bytes"]
