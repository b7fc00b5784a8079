"""Small PDF files that unpack to far more than the memory limit get an error; PDFium would end the program."""

import base64
import functools
import json
import resource
import subprocess
import time
import zlib

import pytest
from conftest import SANITIZED, objects

from tests.pdf_file import HELVETICA, assembled, of_pages, stream, with_object_stream

HEAD = b"8 0 << /A 1 >> "  # of a stream of objects, before blanks
UNPACKED_MB = 400
LIMIT = "300MB"
WORDS = b"BT /F1 11 Tf 20 150 Td (Factura) Tj ET"
FONT = b"/Font << /F1 5 0 R >>"

pytestmark = pytest.mark.skipif(SANITIZED, reason="sanitizers need more memory than the limit")


@functools.cache
def flate(head=HEAD, unit=b" ", size_mb=UNPACKED_MB):
    packer = zlib.compressobj(9)
    block = unit * ((1 << 20) // len(unit))
    return packer.compress(head) + b"".join(packer.compress(block) for _ in range(size_mb)) + packer.flush()


@functools.cache
def lzw():
    """Each code after a reset names the longest run of blanks so far and one more."""
    codes = [256, *HEAD]
    left = UNPACKED_MB << 20
    while left > 0:
        codes += [256, 32, *range(258, 4094)]
        left -= sum(range(1, 4094 - 258 + 2))
    bits, width, known, out, held = 0, 9, 258, bytearray(), 0
    for code in [*codes, 257]:
        held, bits = held << width | code, bits + width
        while bits >= 8:
            bits -= 8
            out.append(held >> bits & 255)
        held &= (1 << bits) - 1
        if code == 256:
            width, known = 9, 257
        else:
            known += 1
            width = min(12, max(9, (known + 1).bit_length()))
    return bytes(out + bytes([held << (8 - bits) & 255]))


def packed_file(packing, data, use, before=b"", hidden=b"null"):
    """A file whose page uses object 8, in a stream that is object 7; object 6 is `hidden`."""
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R %b >>" % use,
        stream(b"", WORDS),
        HELVETICA % b"",
        hidden,
        stream(before + b" /N 1 /First 4 " + packing, data),
    ]
    return with_object_stream(bodies)


TYPE = b"/Type /ObjStm"
PACKED = {
    "flate": lambda: (b"/Filter /FlateDecode", flate()),
    "short name": lambda: (b"/Filter [/Fl]", flate()),
    "hexadecimal": lambda: (b"/Filter [/ASCIIHexDecode /FlateDecode]", flate().hex().encode()),
    "base 85": lambda: (b"/Filter [/ASCII85Decode /FlateDecode]", base64.a85encode(flate()) + b"~>"),
    "twice": lambda: (b"/Filter [/FlateDecode /FlateDecode]", zlib.compress(flate(), 9)),
    "three times": lambda: (b"/Filter [/Fl /Fl /Fl]", zlib.compress(zlib.compress(flate(), 9), 9)),
    "lzw": lambda: (b"/Filter /LZWDecode", lzw()),
    "lzw in flate": lambda: (b"/Filter [/FlateDecode /LZWDecode]", zlib.compress(lzw(), 9)),
    "escaped filter": lambda: (b"/Filter /Fl#61teDecode", flate()),
    "filter elsewhere": lambda: (b"/Filter 6 0 R", flate()),
    "filter in an array elsewhere": lambda: (b"/Filter [ 6 0 R ]", flate()),
    "a text before": lambda: (b"/A (stream) /Filter /FlateDecode", flate()),
    "an object in a text before": lambda: (b"/A (1 0 obj << >> stream ) /Filter /FlateDecode", flate()),
    "a comment before": lambda: (b"%stream endobj 1 0 obj <<\n /Filter /FlateDecode", flate()),
    "a long dictionary": lambda: (b"/A [" + b"1 " * 3000 + b"] /Filter /FlateDecode", flate()),
    "a picture by its words": lambda: (b"/Subtype /Image /Filter /FlateDecode", flate()),
}


@pytest.mark.parametrize("name", PACKED)
@pytest.mark.parametrize("form", ["ndjson", "pdf"])
def test_objects_that_unpack_too_far_cost_no_program(lince, tmp_path, name, form):
    packing, data = PACKED[name]()
    use = b"/Resources 8 0 R" if form == "ndjson" else b"/X 8 0 R /Resources << %b >>" % FONT
    path = tmp_path / "a.pdf"
    path.write_bytes(packed_file(packing, data, use, TYPE, b"/FlateDecode"))
    assert path.stat().st_size < 2 << 20
    done = lince("read", "-f", form, "-m", LIMIT, "-o", tmp_path / "out", path)
    assert done.code in (69, 75), (done.code, done.err)
    if form == "ndjson":
        (page,) = objects((tmp_path / "out").read_bytes())
        assert page["error"]["code"] == "memory_limit" and "unpack" in page["error"]["message"]
    else:
        assert b"unpack" in done.err


def one_page(contents, resources=FONT):
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R /Resources << %b >> >>" % resources
    catalog, pages = b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    return assembled([catalog, pages, page, contents, HELVETICA % b""])


def by_qpdf(path, *options):
    out = path.with_name("made.pdf")
    subprocess.run(["qpdf", *options, path, out], check=True)
    return out


ENCRYPTED = {
    "rc4 of 128 bits": ("128", "--use-aes=n"),
    "aes of 128 bits": ("128", "--use-aes=y"),
    "aes of 256 bits": ("256",),
}


@pytest.mark.parametrize("how", ENCRYPTED)
@pytest.mark.parametrize("form", ["ndjson", "pdf"])
def test_encrypted_objects_that_unpack_too_far_cost_no_program(lince, tmp_path, how, form):
    resources = FONT + b" /Long (" + b"0" * (200 << 20) + b")"
    path = tmp_path / "a.pdf"
    path.write_bytes(one_page(stream(b"", WORDS), resources))
    options = ("--allow-weak-crypto", "--object-streams=generate", "--encrypt", "", "duena", *ENCRYPTED[how], "--")
    made = by_qpdf(path, *options)
    assert made.stat().st_size < 2 << 20
    done = lince("read", "-f", form, "-m", LIMIT, "-o", tmp_path / "out", made)
    assert done.code in (69, 75), (done.code, done.err)
    told = (tmp_path / "out").read_bytes() if form == "ndjson" else done.err
    assert b"unpack" in told


def test_contents_that_unpack_too_far_cost_no_program(lince, tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(one_page(stream(b"/Filter /FlateDecode", flate(WORDS, b"0 0 m 1 1 l S "))))
    done = lince("read", "-f", "ndjson", "-m", LIMIT, path)
    (page,) = objects(done.out)
    assert page["error"]["code"] == "memory_limit", page


HONEST = {
    "plain": (),
    "objects in streams": ("--object-streams=generate",),
    "encrypted": ("--object-streams=generate", "--encrypt", "", "duena", "256", "--"),
}


@pytest.mark.parametrize("name", HONEST)
def test_other_files_are_read_without_a_child(lince, tmp_path, name):
    """The dynamic linker names each library that the program itself loads."""
    (tmp_path / "a.pdf").write_bytes(of_pages([WORDS] * 40, FONT, [b"null", b"null", HELVETICA % b""]))
    path = by_qpdf(tmp_path / "a.pdf", *HONEST[name])
    environment = {"LD_DEBUG": "files", "LD_DEBUG_OUTPUT": str(tmp_path / "log")}
    done = lince("read", "-f", "ndjson", "-m", LIMIT, path, env=environment)
    assert [json.loads(line)["text"] for line in done.out.splitlines()] == ["Factura"] * 40
    assert any("pdfium" in log.read_text(errors="replace") for log in tmp_path.glob("log.*"))


def test_a_file_that_may_unpack_far_and_does_not_is_read_with_the_same_bytes(lince, tmp_path):
    """Packed three times, it might be anything."""
    data = WORDS
    for _ in range(3):
        data = zlib.compress(data)
    contents = stream(b"/Filter [/FlateDecode /FlateDecode /FlateDecode]", data)
    (tmp_path / "a.pdf").write_bytes(one_page(contents))
    for form in ("text", "hocr", "pdf"):
        made = [
            lince("read", "-f", form, "-m", LIMIT, *options, "a.pdf", cwd=tmp_path).out
            for options in ((), ("--locked-down",))
        ]
        assert made[0] == made[1] and made[0]
    assert b"Factura" in lince("read", "-m", LIMIT, "a.pdf", cwd=tmp_path).out


def test_streams_that_no_page_uses_cost_little_time(lince, tmp_path):
    """Twenty gigabytes of them, each with room: not all are unpacked to see how far they unpack."""
    count = 500
    packed = zlib.compress(b" " * (40 << 20), 1)
    start = time.process_time()
    zlib.decompress(packed)
    one = time.process_time() - start
    trap = stream(b"/Filter /FlateDecode", packed)
    path = tmp_path / "a.pdf"
    path.write_bytes(of_pages([WORDS], b"/Font << /F1 3 0 R >>", [HELVETICA % b"", *[trap] * count]))
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert lince("read", "-m", LIMIT, path).out.strip() == b"Factura"
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime - before.ru_utime < one * count / 10
