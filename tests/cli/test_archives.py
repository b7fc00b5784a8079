"""ZIP archives: their images are read one by one; what cannot be read is told; bombs and broken ones are bounded."""

import io
import os
import stat
import struct
import zipfile
import zlib

import pytest
from conftest import objects, picture

ONE = ["UNO 1,10"]


def image(*lines, form="PNG"):
    out = io.BytesIO()
    picture(list(lines) or ONE).save(out, form)
    return out.getvalue()


def packed(entries, method=zipfile.ZIP_DEFLATED):
    """An archive of (name, bytes) pairs, of which several may have one name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in entries:
            with pytest.warns(UserWarning) if name in archive.namelist() else nothing():
                archive.writestr(name, data)
    return out.getvalue()


class nothing:
    def __enter__(self):
        return self

    def __exit__(self, *_):
        return False


@pytest.fixture
def read(lince, tmp_path):
    """Reads an archive; gives its items, by name without the archive's, in order."""

    def run(data, *options, name="stack.zip"):
        path = tmp_path / name
        path.write_bytes(data)
        done = lince("read", "-f", "ndjson", *options, path)
        found = objects(done.out)
        return [(each["file"].removeprefix(f"{path}/"), each) for each in found], done

    return run


def outcome(each):
    return each["error"]["code"] if "error" in each else each["text"]


def outcomes(found):
    return {name: outcome(each) for name, each in found}


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_each_image_is_one_document(read, method):
    entries = [("b.png", image("DOS 2,20")), ("in/a.jpg", image("TRES 3,30", form="JPEG")), ("in/", b"")]
    found, done = read(packed(entries, method))
    assert done.code == 0
    assert [(name, outcome(each)) for name, each in found] == [("b.png", "DOS 2,20"), ("in/a.jpg", "TRES 3,30")]
    assert len(found[0][1]["sha256"]) == 64


def test_documents_with_pages(read):
    out = io.BytesIO()
    picture(ONE).save(out, "TIFF", save_all=True, append_images=[picture(["DOS 2,20"])])
    found, _ = read(packed([("scan.tif", out.getvalue()), ("a.png", image("TRES 3,30"))]))
    assert [each.get("page") for _, each in found[:2]] == [1, 2]
    assert [outcome(each) for _, each in found] == ["UNO 1,10", "DOS 2,20", "TRES 3,30"]


def test_archives_in_archives(read, tmp_path):
    inner = packed([("a.png", image())])
    found, done = read(packed([("x/inner.zip", inner), ("b.png", image("DOS 2,20"))]))
    assert [(name, outcome(each)) for name, each in found] == [
        ("x/inner.zip/a.png", "UNO 1,10"),
        ("b.png", "DOS 2,20"),
    ]
    for _ in range(3):
        inner = packed([("deep.zip", inner), ("c.png", image())])
    found, done = read(inner)
    codes = outcomes(found)
    assert codes["deep.zip/deep.zip/deep.zip"] == "too_large" and list(codes.values()).count("UNO 1,10") == 3
    assert done.code == 1


def test_from_standard_input_from_a_folder_and_in_a_stream(lince, tmp_path):
    data = packed([("a.png", image())])
    assert outcome(objects(lince("read", "-f", "ndjson", "-", stdin=data).out)[0]) == "UNO 1,10"
    (tmp_path / "stack.zip").write_bytes(data)
    (tmp_path / "b.png").write_bytes(image("DOS 2,20"))
    found = objects(lince("read", "-f", "ndjson", tmp_path).out)
    assert [outcome(each) for each in found] == ["DOS 2,20", "UNO 1,10"]
    frame = b'{"name": "sent.zip", "bytes": %d}\n' % len(data) + data
    found = objects(lince("read", "--stream", stdin=frame + frame).out)
    assert [(each["file"], outcome(each)) for each in found] == [("sent.zip/a.png", "UNO 1,10")] * 2


def test_text_has_the_names(lince, tmp_path):
    (tmp_path / "s.zip").write_bytes(packed([("a.png", image()), ("b.png", image("DOS 2,20"))]))
    out = lince("read", tmp_path / "s.zip").out.decode()
    assert f"==> {tmp_path}/s.zip/a.png <==" in out and "DOS 2,20" in out


def test_pdf_has_the_pictures(lince, tmp_path):
    (tmp_path / "s.zip").write_bytes(packed([("a.png", image()), ("b.jpg", image(form="JPEG"))]))
    done = lince("read", "-f", "pdf", "-o", tmp_path / "out.pdf", tmp_path / "s.zip")
    assert done.code == 0 and (tmp_path / "out.pdf").read_bytes().count(b"/Type /Page\n") in (0, 2)


def test_what_cannot_be_read_is_told(read):
    entries = [
        ("notes.txt", b"shopping list"),
        ("__MACOSX/._a.png", b"\0\5\x16\7"),
        ("Thumbs.db", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100)),
        ("empty.png", b""),
        ("cut.png", image()[:200]),
        ("letter.docx", packed([("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"<x/>")])),
        ("a.png", image()),
    ]
    found, done = read(packed(entries))
    assert outcomes(found) == {
        "notes.txt": "unknown_format",
        "__MACOSX/._a.png": "unknown_format",
        "Thumbs.db": "unknown_format",
        "empty.png": "empty",
        "cut.png": "damaged",
        "letter.docx": "unknown_format",
        "a.png": "UNO 1,10",
    }
    assert done.code == 1 and "Word" in dict(found)["letter.docx"]["error"]["message"]


@pytest.mark.parametrize(
    "mark",
    ["[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF", "META-INF/container.xml", "AndroidManifest.xml"],
)
def test_packages_of_programs_are_no_archives_of_images(read, mark):
    found, done = read(packed([(mark, b"x"), ("media/image1.png", image())]), name="a.zip")
    assert len(found) == 1 and outcome(found[0][1]) == "unknown_format" and done.code == 1
    assert outcome(read(packed([("media/image1.png", image()), (mark, b"x")]))[0][0][1]) == (
        "UNO 1,10" if mark == "mimetype" else "unknown_format"
    )


@pytest.mark.parametrize(
    "name, shown",
    [
        ("../../etc/a.png", "etc/a.png"),
        ("/etc/a.png", "etc/a.png"),
        ("C:\\Users\\a.png", "Users/a.png"),
        ("..\\..\\a.png", "a.png"),
        ("./a/./b//a.png", "a/b/a.png"),
        ("a\x1b[31m\n.png", "a_[31m_.png"),
        ("..", "file-1"),
        ("/", "file-1"),
        ("cédula ñ.png", "cédula ñ.png"),
        ("x" * 5000 + ".png", None),
    ],
)
def test_names_lead_nowhere(read, tmp_path, name, shown):
    before = sorted(os.listdir(tmp_path))
    found, done = read(packed([(name, image())]))
    assert outcome(found[0][1]) == "UNO 1,10" and done.code == 0
    assert shown is None or found[0][0] == shown
    assert sorted(os.listdir(tmp_path)) == sorted([*before, "stack.zip"])


def test_names_in_the_code_page_of_dos(read):
    data = packed([("c?dula.png", image())]).replace(b"c?dula", b"c\x82dula")
    assert read(data)[0][0][0] == "cédula.png"


def test_names_that_meet_are_told_apart(read):
    found, _ = read(packed([("a.png", image()), ("a.png", image("DOS 2,20")), ("./a.png", image("TRES 3,30"))]))
    assert [(name, outcome(each)) for name, each in found] == [
        ("a.png", "UNO 1,10"),
        ("a.png (2)", "DOS 2,20"),
        ("a.png (3)", "TRES 3,30"),
    ]


def test_links_are_no_files(read):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, kind in (("link.png", stat.S_IFLNK), ("device.png", stat.S_IFCHR), ("a.png", stat.S_IFREG)):
            entry = zipfile.ZipInfo(name)
            entry.create_system = 3
            entry.external_attr = (kind | 0o644) << 16
            archive.writestr(entry, image() if kind == stat.S_IFREG else "/etc/passwd")
    assert outcomes(read(out.getvalue())[0]) == {
        "link.png": "unsupported",
        "device.png": "unsupported",
        "a.png": "UNO 1,10",
    }


def directory_of(data):
    """Where the list of the archive begins."""
    return struct.unpack_from("<I", data, data.rindex(b"PK\5\6") + 16)[0]


def patched(data, offset, form, value):
    """The archive with a field of the first entry changed, in its list and in front of the entry."""
    data = bytearray(data)
    struct.pack_into(form, data, directory_of(data) + offset, value)
    return bytes(data)


def test_encrypted_entries_are_told(read):
    data = patched(packed([("a.png", image()), ("b.png", image("DOS 2,20"))]), 8, "<H", 1)
    found, _ = read(data)
    assert outcomes(found) == {"a.png": "unsupported", "b.png": "DOS 2,20"}
    assert "encrypted" in found[0][1]["error"]["message"]


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_methods_are_told(read, method):
    found, _ = read(packed([("a.png", image())], method))
    assert outcome(found[0][1]) == "unsupported" and "deflate" in found[0][1]["error"]["message"]


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_cut_archive_is_told(read, share):
    data = packed([("a.png", image()), ("b.png", image("DOS 2,20"))])
    found, done = read(data[: int(len(data) * share)])
    assert done.code == 1 and [outcome(each) for _, each in found] == ["damaged"]


def test_a_damaged_entry_leaves_the_others(read):
    data = bytearray(packed([("a.png", image()), ("b.png", image("DOS 2,20"))], zipfile.ZIP_STORED))
    data[300] ^= 0xFF
    assert outcomes(read(bytes(data))[0]) == {"a.png": "damaged", "b.png": "DOS 2,20"}


@pytest.mark.parametrize("place", range(46, 130, 3))
def test_no_changed_byte_of_the_list_breaks_it(read, place):
    data = bytearray(packed([("a.png", image()), ("b.png", image("DOS 2,20"))]))
    data[directory_of(data) + place - 46] ^= 0xA5
    found, done = read(bytes(data))
    assert found and done.code in (0, 1)


def bomb(size):
    """Packed as well as deflate can: a picture's first bytes, and then zeros."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("a.png", "w") as entry:
        entry.write(b"\x89PNG\r\n\x1a\n")
        for _ in range(size >> 20):
            entry.write(bytes(1 << 20))
    return out.getvalue()


def test_a_bomb_is_not_unpacked(read):
    data = bomb(200 << 20)
    assert len(data) < 1 << 20
    found, done = read(data)
    assert outcomes(found) == {"a.png": "too_large"} and "unpack" in found[0][1]["error"]["message"]


def test_bombs_in_bombs(read):
    """As 42.zip: archives of archives, all of which unpack to far more."""
    data = bomb(64 << 20)
    for _ in range(4):
        data = packed([(f"{number}.zip", data) for number in range(16)])
    found, done = read(data, "--memory", "200MB")
    assert done.code == 1 and found and {outcome(each) for _, each in found} == {"too_large"}


def test_entries_that_lie_over_each_other(read):
    """One piece of data under many names, so that the list promises more than is there (Fifield's bomb)."""
    kernel = b"\x89PNG\r\n\x1a\n" + bytes(15 << 20)
    squeezed = zlib.compress(kernel, 9)[2:-4]
    name = b"a.png"
    head = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 33, zlib.crc32(kernel), len(squeezed), len(kernel), len(name), 0)
    local = b"PK\3\4" + head + name + squeezed
    entry = b"PK\1\2" + struct.pack("<H", 20) + head + struct.pack("<HHHII", 0, 0, 0, 0, 0) + name
    count = 3000
    end = b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, count, count, len(entry) * count, len(local), 0)
    found, done = read(local + entry * count + end)
    assert done.code == 1 and outcome(found[-1][1]) == "too_large" and len(found) < 100


def test_a_list_that_promises_more_than_it_has(read):
    data = bytearray(packed([("a.png", image())]))
    end = data.rindex(b"PK\5\6")
    struct.pack_into("<HH", data, end + 8, 9, 9)
    found, done = read(bytes(data))
    assert done.code == 1 and outcome(found[0][1]) == "damaged"


def test_more_entries_than_are_taken(read):
    data = bytearray(packed([("a.png", image())]))
    end = data.rindex(b"PK\5\6")
    struct.pack_into("<HH", data, end + 8, 65535, 65535)
    assert read(bytes(data))[1].code == 1


def test_an_archive_of_nothing(read):
    found, done = read(packed([]))
    assert [outcome(each) for _, each in found] == ["empty"] and done.code == 1
    assert read(packed([("in/", b"")]))[0] == []


def test_ten_thousand_entries(read):
    small = b"P1\n1 1\n0\n"
    entries = [(f"{number:05}.pbm", small if number % 100 == 0 else b"text") for number in range(10_000)]
    found, done = read(packed(entries), "--memory", "200MB")
    assert [name for name, _ in found] == [name for name, _ in entries]
    assert sum("text" in each for _, each in found) == 100
    assert done.code == 1 and b"9900 of 10000" in done.err


def test_resume_goes_on_in_an_archive(lince, tmp_path):
    (tmp_path / "s.zip").write_bytes(packed([("a.png", image()), ("b.png", image("DOS 2,20"))]))
    whole = lince("read", "-f", "ndjson", "-o", tmp_path / "whole", tmp_path / "s.zip")
    assert whole.code == 0
    lines = (tmp_path / "whole").read_bytes().splitlines(keepends=True)
    (tmp_path / "part").write_bytes(lines[0])
    assert lince("read", "-f", "ndjson", "--resume", "-o", tmp_path / "part", tmp_path / "s.zip").code == 0
    assert [outcome(each) for each in objects((tmp_path / "part").read_bytes())] == ["UNO 1,10", "DOS 2,20"]
