"""`lince read -f pdf` over a PDF file: its own pages stay, and the text that was read lies over them, invisible."""

import json
import math
import re
import subprocess
import zlib

import pytest
from conftest import SANITIZED, plain_memory
from test_pdf_text import FULL_PAGE, LINES, scan, text, write

from tests.pdf_file import HELVETICA, stream, with_object_stream

WORD = re.compile(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">([^<]*)</word>')
WORDS = [word for line in LINES for word in line.split()]


def run(*arguments):
    return subprocess.run(arguments, capture_output=True, check=True, timeout=60).stdout


def words_of(path, *options):
    return [
        (word[4], [float(side) for side in word[:4]])
        for word in WORD.findall(run("pdftotext", *options, "-bbox", path, "-").decode())
    ]


def middle(box):
    return ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)


def drawn(path):
    return run("pdftoppm", "-r", "60", path)


@pytest.fixture
def lay(lince, tmp_path):
    """Lays text over a file, and checks that what came is as it was."""

    def make(path, *options, password="", told=b""):
        out = tmp_path / "out.pdf"
        done = lince("read", "-f", "pdf", "-o", out, *options, path, env={"LINCE_PASSWORD": password})
        assert done.code == 0 and (told in done.err if told else done.err == b"")
        run("qpdf", f"--password={password}", "--check", out)
        if not password:
            assert drawn(out) == drawn(path)
        return out

    return make


@pytest.mark.parametrize(
    "extra, before",
    [
        ("", ""),
        ("/Rotate 90", ""),
        ("/Rotate 180", ""),
        ("/Rotate 270", ""),
        ("/CropBox [20 500 500 830]", ""),
        ("/CropBox [20 500 500 830] /Rotate 90", ""),
        ("/UserUnit 2", ""),
        ("", "q 0.5 0 0 0.5 100 100 cm "),  # what is not ended by the page's own content
        ("", "2 0 0 2 0 -842 cm "),
    ],
)
def test_words_lie_where_they_are_seen(lay, lince, tmp_path, extra, before):
    path = write(tmp_path / "scan.pdf", before + FULL_PAGE, extra, scan())
    out = lay(path)
    read = json.loads(lince("read", "-f", "ndjson", path).out)
    seen = [(word["text"], word["box"]) for line in read["lines"] for word in line["words"]]
    info = run("pdfinfo", "-box", out).decode()
    width = float(
        re.search(r"Page size: +([\d.]+) x ([\d.]+)", info).group(2 if "90" in extra or "270" in extra else 1)
    )
    scale = read["width"] / width
    found = words_of(out, "-cropbox")
    assert sorted(word for word, _ in found) == sorted(word for word, _ in seen) and seen
    for word, box in seen:
        middles = [middle([side * scale for side in place]) for each, place in found if each == word]
        assert any(math.dist(middle(box), place) < 15 for place in middles), (word, middle(box), middles)


@pytest.mark.parametrize("how", [(), ("--object-streams=generate",), ("--linearize",), ("--qdf",)])
def test_every_way_of_writing_a_file(lay, tmp_path, how):
    plain = write(tmp_path / "plain.pdf", FULL_PAGE, image=scan())
    path = tmp_path / "scan.pdf"
    run("qpdf", *how, plain, path)
    assert run("pdftotext", lay(path), "-").decode().split() == WORDS


LINK = "/Annots [<< /Type /Annot /Subtype /Link /Rect [10 10 90 90] /A << /S /URI /URI (https://ejemplo.test/) >> >>]"


def test_what_a_file_has_beside_its_pages_stays(lay, tmp_path):
    path = write(tmp_path / "scan.pdf", FULL_PAGE, LINK, scan())
    more = (
        b"/Lang (es) /Outlines << /Count 1 /First 8 0 R /Last 8 0 R >> "
        b"/Names << /Dests << /Names [(aqui) [3 0 R /Fit]] >> >> "
    )
    outline = b"8 0 obj\n<< /Title (Resumen) /Dest (aqui) >>\nendobj\nxref\n"
    changed = path.read_bytes().replace(b"/Type /Catalog ", b"/Type /Catalog " + more).replace(b"xref\n", outline, 1)
    path.write_bytes(changed)  # its table is wrong now, and qpdf mends it
    subprocess.run(["qpdf", path, tmp_path / "mended.pdf"], capture_output=True, check=False)
    run("qpdf", tmp_path / "mended.pdf", "--add-attachment", __file__, "--key=nota", "--", tmp_path / "whole.pdf")
    out = lay(tmp_path / "whole.pdf")
    told = json.loads(run("qpdf", "--json", out))
    assert "https://ejemplo.test/" in json.dumps(told) and "nota" in json.dumps(told["attachments"])
    (entry,) = told["outlines"]
    assert (entry["title"], entry["destpageposfrom1"]) == ("Resumen", 1)
    assert run("qpdf", "--show-attachment=nota", out) == run("cat", __file__)
    assert re.search(rb"/Lang \(es\)", run("qpdf", "--qdf", out, "-"))


def test_text_that_the_file_brings_is_not_doubled(lay, tmp_path):
    visible = write(tmp_path / "visible.pdf", text(LINES))
    assert run("pdftotext", lay(visible), "-").decode().split() == WORDS
    unseen = write(tmp_path / "unseen.pdf", FULL_PAGE + text(["Otra cosa"], mode=3), image=scan())
    out = lay(unseen, told=b"1 page already has invisible text")
    assert run("pdftotext", out, "-").decode().split() == ["Otra", "cosa"]


def test_a_file_that_was_laid_over_is_left_as_it_is(lay, tmp_path):
    first = lay(write(tmp_path / "scan.pdf", FULL_PAGE, image=scan())).rename(tmp_path / "first.pdf")
    assert run("pdftotext", lay(first, told=b"1 page already has invisible text"), "-").decode().split() == WORDS


def test_encryption_stays(lay, lince, tmp_path):
    plain = write(tmp_path / "plain.pdf", FULL_PAGE, image=scan())
    run("qpdf", "--encrypt", "abrir", "dueño", "256", "--", plain, tmp_path / "locked.pdf")
    out = lay(tmp_path / "locked.pdf", password="abrir")
    assert subprocess.run(["pdftotext", out, "-"], capture_output=True).returncode != 0
    assert run("pdftotext", "-upw", "abrir", out, "-").decode().split() == WORDS


@pytest.mark.parametrize("options", [(), ("--locked-down",), ("--jobs", "2")])
def test_a_file_on_standard_input_is_laid_over_too(lay, lince, tmp_path, options):
    path = write(tmp_path / "a.pdf", FULL_PAGE, image=scan())
    many = tmp_path / "many.pdf"
    count = 5 if SANITIZED else 20
    run("qpdf", "--empty", "--pages", *[path] * count, "--", many)
    for came, pages in ((path, 1), (many, count)):
        done = lince("read", "-f", "pdf", *options, "-", stdin=came.read_bytes())
        assert (done.code, done.err) == (0, b"")
        (tmp_path / "sent.pdf").write_bytes(done.out)
        assert drawn(tmp_path / "sent.pdf") == drawn(came)
        assert run("pdftotext", tmp_path / "sent.pdf", "-").decode().split() == WORDS * pages
    assert done.out == lay(many).read_bytes()


def test_names_and_pictures_on_standard_input_are_no_file_to_lay_over(lince, tmp_path):
    path = write(tmp_path / "a.pdf", FULL_PAGE, image=scan())
    scan().save(tmp_path / "a.png")
    for sent in (f"{path}\n".encode(), (tmp_path / "a.png").read_bytes()):
        done = lince("read", "-f", "pdf", "-", stdin=sent)
        (tmp_path / "sent.pdf").write_bytes(done.out)
        assert done.code == 0 and run("pdftotext", tmp_path / "sent.pdf", "-").decode().split() == WORDS


def identifiers(path):
    found = re.findall(rb"/ID ?\[<(\w+)><(\w+)>\]", path.read_bytes())
    return found[-1]


@pytest.mark.parametrize("how", [None, "--deterministic-id", "--linearize", "--object-streams=generate"])
def test_the_same_file_gives_the_same_bytes(lay, tmp_path, how):
    path = write(tmp_path / "a.pdf", FULL_PAGE, image=scan())
    if how is not None:
        run("qpdf", how, "--deterministic-id", path, tmp_path / "b.pdf")
        path = tmp_path / "b.pdf"
    first = lay(path).rename(tmp_path / "first.pdf")
    second = lay(path)
    assert first.read_bytes() == second.read_bytes()
    assert first.read_bytes().count(b"/ID[<" + b"0" * 32) == 0
    if how is not None:
        assert identifiers(first)[0].lower() == identifiers(path)[0].lower()


def test_another_file_has_another_identifier(lay, tmp_path):
    one = lay(write(tmp_path / "a.pdf", FULL_PAGE, image=scan())).rename(tmp_path / "first.pdf")
    other = lay(write(tmp_path / "b.pdf", FULL_PAGE, "/Rotate 90", scan()))
    assert not set(identifiers(one)) & set(identifiers(other))


def test_an_encrypted_file_keeps_the_identifier_that_its_key_comes_from(lay, tmp_path):
    plain = write(tmp_path / "plain.pdf", FULL_PAGE, image=scan())
    options = ("--allow-weak-crypto", "--encrypt", "abrir", "duena", "128", "--", plain, tmp_path / "locked.pdf")
    run("qpdf", *options)
    out = lay(tmp_path / "locked.pdf", password="abrir")
    assert identifiers(out)[0].lower() == identifiers(tmp_path / "locked.pdf")[0].lower()


def test_a_password_of_other_files_does_no_harm(lince, tmp_path):
    plain = write(tmp_path / "plain.pdf", FULL_PAGE, image=scan())
    run("qpdf", "--encrypt", "", "duena", "256", "--", plain, tmp_path / "open.pdf")
    for path in (plain, tmp_path / "open.pdf"):
        done = lince("read", "-f", "pdf", "-o", tmp_path / "out.pdf", path, env={"LINCE_PASSWORD": "otra"})
        assert (done.code, done.err) == (0, b"")
        assert run("pdftotext", tmp_path / "out.pdf", "-").decode().split() == WORDS


@pytest.fixture
def refused(lince, tmp_path):
    def check(path, told, password=""):
        for options in ((), ("--locked-down",)):
            command = ("read", "-f", "pdf", *options, "-o", tmp_path / "out.pdf", path)
            done = lince(*command, env={"LINCE_PASSWORD": password})
            assert done.code == 1 and told in done.err.decode()
            assert not (tmp_path / "out.pdf").exists()
        done = lince("read", "-f", "hocr", path, env={"LINCE_PASSWORD": password})
        assert done.code == 0 and b"Martillo" in done.out

    return check


def test_a_signed_file_is_refused(refused, tmp_path):
    signature = (
        b"<< /Type /Annot /Subtype /Widget /FT /Sig /T (Firma) /Rect [0 0 0 0] /V << /Type /Sig "
        b"/Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached /ByteRange [0 1 2 3] /Contents <00> >> >>"
    )
    path = write(tmp_path / "signed.pdf", FULL_PAGE, "/Annots [8 0 R]", scan())
    field = b"8 0 obj\n" + signature + b"\nendobj\nxref\n"
    form = b"/Type /Catalog /AcroForm << /SigFlags 3 /Fields [8 0 R] >> "
    path.write_bytes(path.read_bytes().replace(b"/Type /Catalog ", form).replace(b"xref\n", field, 1))
    subprocess.run(["qpdf", path, tmp_path / "mended.pdf"], capture_output=True, check=False)
    refused(tmp_path / "mended.pdf", "is signed")


def test_a_file_that_may_not_be_changed_is_refused_without_the_owner_s_password(refused, lay, tmp_path):
    plain = write(tmp_path / "plain.pdf", FULL_PAGE, image=scan())
    path = tmp_path / "locked.pdf"
    run("qpdf", "--encrypt", "", "duena", "256", "--modify=none", "--", plain, path)
    refused(path, "forbids changes")
    assert run("pdftotext", lay(path, password="duena"), "-").decode().split() == WORDS


def test_a_damaged_table_of_objects_is_refused(refused, tmp_path):
    path = write(tmp_path / "scan.pdf", FULL_PAGE, image=scan())
    path.write_bytes(path.read_bytes().rsplit(b"xref\n0", 1)[0] + b"trailer << /Root 1 0 R >>\n")
    refused(path, "table of objects is damaged")


@pytest.mark.parametrize("padding", [b"\0", b" ", b"\n", b"%", b"Fin del mensaje\r\n"])
@pytest.mark.parametrize("length", [700, 1024, 2000, 4000])
def test_bytes_behind_the_end_do_no_harm(lay, tmp_path, padding, length):
    path = write(tmp_path / "scan.pdf", FULL_PAGE, image=scan())
    path.write_bytes(path.read_bytes() + (padding * length)[:length])
    assert run("pdftotext", lay(path), "-").decode().split() == WORDS


@pytest.mark.skipif(SANITIZED, reason="sanitizers need more memory than the limit")
@pytest.mark.parametrize("unpacked_mb, code", [(1, 0), (40, 0), (200, 69), (400, 69), (1000, 69)])
def test_objects_that_unpack_too_far_are_refused(lince, tmp_path, unpacked_mb, code):
    """PDFium would end the program for want of memory."""
    packer = zlib.compressobj(9)
    packed = packer.compress(b"8 0 << /A 1 >> ")
    packed += b"".join(packer.compress(b" " * (1 << 20)) for _ in range(unpacked_mb)) + packer.flush()
    path = tmp_path / "a.pdf"
    path.write_bytes(page_beside(packed))
    done = lince("read", "-f", "pdf", "-m", "300MB", "-o", tmp_path / "out.pdf", path)
    assert done.code == code and (b"unpack" in done.err) == (code != 0), (done.code, done.err)


def page_beside(packed):
    """A file of one page whose object 8 is in the stream that is object 7."""
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R /X 8 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        stream(b"", b"BT /F1 11 Tf 20 150 Td (Factura) Tj ET"),
        HELVETICA % b"",
        b"null",
        stream(b"/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", packed),
    ]
    return with_object_stream(bodies)


def test_chosen_pages_and_several_files_are_pictures_with_text(lince, tmp_path):
    path = write(tmp_path / "scan.pdf", FULL_PAGE, LINK, scan())
    for arguments, count in (((path, "--pages", "1"), 1), ((path, path), 2)):
        assert lince("read", "-f", "pdf", "-o", tmp_path / "out.pdf", *arguments).code == 0
        assert b"ejemplo" not in run("qpdf", "--qdf", tmp_path / "out.pdf", "-")
        assert run("pdftotext", tmp_path / "out.pdf", "-").decode().split() == WORDS * count


ENCRYPT = ("qpdf", "--encrypt", "abrir", "duena", "256", "--")


@pytest.mark.parametrize("kind", ["scan", "text", "unseen", "turned", "many"])
def test_a_locked_down_child_writes_the_same_bytes(lay, lince, tmp_path, kind):
    made = {
        "scan": lambda path: write(path, FULL_PAGE, LINK, scan()),
        "text": lambda path: write(path, text(LINES)),
        "unseen": lambda path: write(path, FULL_PAGE + text(["Otra cosa"], mode=3), image=scan()),
        "turned": lambda path: write(path, FULL_PAGE, "/Rotate 90", scan()),
        "many": lambda path: write(path, FULL_PAGE, image=scan()),
    }
    path = made[kind](tmp_path / "a.pdf")
    if kind == "many":
        run("qpdf", "--empty", "--pages", *[path] * 20, "--", tmp_path / "many.pdf")
        path = tmp_path / "many.pdf"
    told = b"1 page already has invisible text" if kind == "unseen" else b""
    plain = lay(path, told=told).read_bytes()
    assert lay(path, "--locked-down", told=told).read_bytes() == plain


def test_a_locked_down_child_gets_the_password(lay, tmp_path):
    run(*ENCRYPT, write(tmp_path / "plain.pdf", FULL_PAGE, image=scan()), tmp_path / "locked.pdf")
    out = lay(tmp_path / "locked.pdf", "--locked-down", password="abrir")
    assert run("pdftotext", "-upw", "abrir", out, "-").decode().split() == WORDS


def test_a_locked_down_program_does_not_load_pdfium(lince, tmp_path):
    """The dynamic linker names each library that a process loads; the child's environment is empty."""
    path = write(tmp_path / "scan.pdf", FULL_PAGE, image=scan())
    loads = []
    for number, options in enumerate([(), ("--locked-down",)]):
        environment = {"LD_DEBUG": "files", "LD_DEBUG_OUTPUT": str(tmp_path / f"log{number}")}
        assert lince("read", "-f", "pdf", "-o", tmp_path / "out.pdf", *options, path, env=environment).code == 0
        loads.append(any("pdfium" in log.read_text(errors="replace") for log in tmp_path.glob(f"log{number}.*")))
    assert loads == [True, False]


@pytest.mark.parametrize("options", [(), ("--locked-down",)])
@plain_memory
def test_memory_stays_within_its_limit(lince, tmp_path, options):
    path = tmp_path / "many.pdf"
    write(tmp_path / "scan.pdf", FULL_PAGE, image=scan())
    run("qpdf", "--empty", "--pages", *[tmp_path / "scan.pdf"] * 30, "--", path)
    done = lince("read", "-f", "pdf", "--memory", "128MB", *options, "-o", tmp_path / "out.pdf", path, timeout=300)
    assert (done.code, done.err) == (0, b"")
    assert run("pdftotext", tmp_path / "out.pdf", "-").decode().split() == WORDS * 30
