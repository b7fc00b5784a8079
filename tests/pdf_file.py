"""Writes small PDF files for tests, object by object: what a file has, and nothing that a library would add."""

HELVETICA = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding %b>>"


def stream(head, data):
    """The body of a stream with these entries beside its length."""
    return b"<< " + head + b" /Length %d >>\nstream\n" % len(data) + data + b"\nendstream"


def assembled(bodies):
    """A file of these objects, numbered from 1; the first one is the catalogue."""
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start, count = len(out), len(bodies) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % count
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out) + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, start)


def of_pages(contents, resources, shared=(), extra=b"", media=b"0 0 595 842"):
    """A file of pages with these contents and the same resources. Objects from 3 on are `shared`; the pages follow."""
    first = 3 + len(shared)
    kids = b" ".join(b"%d 0 R" % (first + 2 * page) for page in range(len(contents)))
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%b] /Count %d >>" % (kids, len(contents)),
        *shared,
    ]
    for page, content in enumerate(contents):
        bodies.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [%b] /Contents %d 0 R /Resources << %b >> %b >>"
            % (media, first + 2 * page + 1, resources, extra)
        )
        bodies.append(stream(b"", content))
    return assembled(bodies)


def letter_map(names):
    """A ToUnicode map of the printable codes of ASCII, whose names `names` changes, from letter to letter."""
    rows = [f"<{code:02x}> <{ord(names.get(chr(code), chr(code))):04x}>" for code in range(32, 127)]
    return (
        "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <ff> endcodespacerange "
        f"95 beginbfchar\n{chr(10).join(rows)}\nendbfchar endcmap end"
    ).encode()


def with_object_stream(bodies):
    """A file whose object 8 is in the stream that is object 7."""
    out, rows = bytearray(b"%PDF-1.5\n"), bytearray(b"\0" * 5 + b"\xff\xff")
    for number, body in enumerate(bodies, 1):
        rows += b"\1" + len(out).to_bytes(4, "big") + b"\0\0"
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    rows += b"\2" + (7).to_bytes(4, "big") + b"\0\0" + b"\1" + start.to_bytes(4, "big") + b"\0\0"
    table = stream(b"/Type /XRef /Size 10 /W [1 4 2] /Root 1 0 R", bytes(rows))
    return bytes(out) + b"9 0 obj\n" + table + b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % start
