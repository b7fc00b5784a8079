"""
Pages of TIFF that are one strip of CCITT group 4 go into a PDF file as they are, and those of several as one strip, or
deflated where that is smaller; all others with their pixels.
"""

import io
import re
import struct
import subprocess
import zlib

import pytest
from conftest import picture
from PIL import Image

DPI = 72
SIZE = (363, 111)  # not a multiple of eight
GROUP_4, GROUP_3, DEFLATE = 4, 3, 8


def run(*arguments):
    return subprocess.run(arguments, capture_output=True, check=True, timeout=60).stdout


def page(lines=("TOTAL 123,45", "CARACAS"), size=SIZE):
    return picture(list(lines)).resize(size).convert("L").point(lambda value: 255 if value > 128 else 0).convert("1")


def coded(image, compression="group4"):
    """The strip of the image, coded by Pillow with zeros for white."""
    out = io.BytesIO()
    image.save(out, "TIFF", compression=compression, tiffinfo={262: 0, 278: image.height})
    with Image.open(out) as made:
        (at,), (count,) = made.tag_v2[273], made.tag_v2[279]
        assert made.tag_v2[262] in (0, 1)
        return out.getvalue()[at : at + count], made.tag_v2[262]


def inverted(image):
    return image.convert("L").point(lambda value: 255 - value).convert("1")


def strip_of(image, photometric):
    """The strip that codes the image's white (or, with 1, its black) as the code's white."""
    strip, made = coded(image)
    if made != photometric:
        strip, _ = coded(inverted(image))
    return strip


def turned(strip):
    return bytes(int(f"{byte:08b}"[::-1], 2) for byte in strip)


def directory(tags, order, big, at):
    """A directory of one page at that place in the file, with the arrays that do not fit after it."""
    word, entry, count = ("Q", 20, "Q") if big else ("I", 12, "H")
    room = struct.calcsize(order + word)
    after = at + struct.calcsize(order + count) + entry * len(tags) + room
    body, arrays = struct.pack(order + count, len(tags)), b""
    for tag, (kind, values) in sorted(tags.items()):
        form = {3: "H", 4: "I", 5: "II"}[kind]
        flat = [part for value in values for part in (value if isinstance(value, tuple) else (value,))]
        data = struct.pack(order + form * len(values), *flat)
        body += struct.pack(order + "HH" + word, tag, kind, len(values))
        if len(data) > room:
            body += struct.pack(order + word, after + len(arrays))
            arrays += data
        else:
            body += data.ljust(room, b"\0")
    return body, arrays


def tiff(pages, order="<", big=False):
    """A file of pages, each with its strips and tags. Gives its bytes."""
    word = "Q" if big else "I"
    head = (b"II" if order == "<" else b"MM") + struct.pack(order + "H", 43 if big else 42)
    head += struct.pack(order + "HH", 8, 0) if big else b""
    out = bytearray(head + struct.pack(order + word, 0))
    link = len(head)
    for strips, tags in pages:
        places = []
        for strip in strips:
            places.append(len(out))
            out += strip + b"\0" * (len(strip) % 2)
        tags = {273: (4, places), 279: (4, [len(strip) for strip in strips]), **tags}
        out += b"\0" * (-len(out) % 8)
        struct.pack_into(order + word, out, link, len(out))
        body, arrays = directory(tags, order, big, len(out))
        link = len(out) + len(body)
        out += body + struct.pack(order + word, 0) + arrays
    return bytes(out)


def tags_of(image, photometric=0, rows=None, compression=GROUP_4, dpi=DPI, **more):
    tags = {
        256: (4, [image.width]),
        257: (4, [image.height]),
        258: (3, [1]),
        259: (3, [compression]),
        262: (3, [photometric]),
        277: (3, [1]),
        278: (4, [rows or image.height]),
        282: (5, [(dpi, 1)]),
        283: (5, [(dpi, 1)]),
        296: (3, [2]),
    }
    return tags | {int(tag[1:]): value for tag, value in more.items()}


@pytest.fixture
def made(lince, tmp_path):
    """The PDF file of a TIFF file, and what pdfimages says of its pictures."""

    def make(data, *options):
        (tmp_path / "a.tif").write_bytes(data)
        out = tmp_path / "out.pdf"
        done = lince("read", "-q", "-f", "pdf", "-o", out, *options, tmp_path / "a.tif")
        assert (done.code, done.err) == (0, b"")
        run("qpdf", "--check", out)
        rows = run("pdfimages", "-list", out).decode().splitlines()[2:]
        return out, [row.split()[8] for row in rows]

    return make


def stored(out, folder, number=0):
    """The pixels of a picture in the PDF file."""
    run("pdfimages", "-png", out, folder / "found")
    with Image.open(folder / f"found-{number:03}.png") as found:
        return found.convert("1").copy()


def drawn(out, folder, number=1):
    """The page as it is shown, pixel by pixel."""
    # A little less, because pdftoppm makes a picture that ends between two pixels one pixel wider, and shades it.
    run("pdftoppm", "-r", str(DPI - 0.01), "-f", str(number), "-l", str(number), "-gray", out, folder / "drawn")
    (path,) = folder.glob("drawn*.pgm")
    with Image.open(path) as shown:
        image = shown.point(lambda value: 255 if value > 128 else 0).convert("1")
    path.unlink()
    return image


def same(one, other):
    return one.size == other.size and one.tobytes() == other.tobytes()


VARIANTS = {
    "white is zero": {},
    "black is zero": {"photometric": 1},
    "lowest bit first": {"fill": 2},
    "both": {"photometric": 1, "fill": 2},
    "big-endian": {"order": ">"},
    "BigTIFF": {"big": True},
    "big-endian BigTIFF": {"order": ">", "big": True},
    "rows beyond the page": {"rows": 0xFFFFFFFF},
    "all white": {"image": Image.new("1", SIZE, 255)},
    "wide": {"image": page(size=(2600, 111))},
    "whole bytes": {"image": page(size=(360, 110))},
}


@pytest.mark.parametrize("kind", VARIANTS)
def test_one_strip_goes_in_as_it_is(made, tmp_path, kind):
    how = VARIANTS[kind]
    image, photometric = how.get("image") or page(), how.get("photometric", 0)
    strip = strip_of(image, photometric)
    fill = {"t266": (3, [2])} if how.get("fill") else {}
    tags = tags_of(image, photometric, how.get("rows"), **fill)
    data = tiff([([turned(strip) if fill else strip], tags)], how.get("order", "<"), how.get("big", False))
    out, kinds = made(data)
    assert kinds == ["ccitt"] and b"stream\n" + strip + b"\nendstream" in out.read_bytes()
    assert same(stored(out, tmp_path), image)
    assert same(drawn(out, tmp_path), image)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_page_stands_as_its_orientation_says(made, lince, tmp_path, orientation):
    upright = page()
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
    image = upright.transpose(Image.Transpose(undo[orientation])) if orientation > 1 else upright
    strip = strip_of(image, 0)
    out, kinds = made(tiff([([strip], tags_of(image, t274=(3, [orientation])))]))
    assert kinds == ["ccitt"] and strip in out.read_bytes()
    assert same(drawn(out, tmp_path), upright)
    assert run("pdftotext", out, "-").decode().split() == ["TOTAL", "123,45", "CARACAS"]


def in_strips(image, rows):
    pieces = [image.crop((0, top, image.width, min(top + rows, image.height))) for top in range(0, image.height, rows)]
    return [strip_of(piece, 0) for piece in pieces]


OTHERS = {
    "uncompressed mode": lambda image: ([strip_of(image, 0)], tags_of(image, t293=(4, [2]))),
    "group 3": lambda image: ([coded(image, "group3")[0]], tags_of(image, compression=GROUP_3)),
    "not compressed": lambda image: ([image.tobytes()], tags_of(image, 1, compression=1)),
}


def several_strips(image, rows=32, **more):
    return in_strips(image, rows), tags_of(image, rows=rows, **more)


STRIPS = {
    "a row each": lambda image: several_strips(image, 1),
    "eight rows each": lambda image: several_strips(image, 8),
    "a short one at the end": lambda image: several_strips(image, 100),
    "two": lambda image: several_strips(image, 56),
    "black is zero": lambda image: (in_strips(inverted(image), 32), tags_of(image, 1, 32)),
    "lowest bit first": lambda image: (
        [turned(strip) for strip in in_strips(image, 32)],
        tags_of(image, rows=32, t266=(3, [2])),
    ),
}
PAGES = {
    "text": page(),
    "white": Image.new("1", SIZE, 255),
    "black": Image.new("1", SIZE, 0),
    "wide": page(size=(2600, 333)),
    "whole bytes": page(size=(360, 110)),
    "dots": Image.effect_noise((200, 90), 200).point(lambda value: 255 if value > 128 else 0).convert("1"),
}


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("kind", STRIPS)
def test_several_strips_go_in_as_one(made, tmp_path, kind, name):
    """With the same pixels, in no more than a few bytes beside theirs. Dots, for one, are smaller deflated."""
    image = PAGES[name]
    strips, tags = STRIPS[kind](image)
    out, kinds = made(tiff([(strips, tags)]))
    joined = len(strip_of(inverted(image) if tags[262] == (3, [1]) else image, 0))
    smaller = "image" if deflated_bytes(image) < joined else "ccitt"
    assert kinds == [smaller if len(strips) > 1 else "ccitt"] and same(stored(out, tmp_path), image)
    assert picture_bytes(out) <= max(len(coded(each)[0]) for each in (image, inverted(image))) + 16
    assert picture_bytes(out) <= sum(map(len, strips)) + 16


def deflated_bytes(image):
    """Of its rows, which are white beyond the page."""
    return len(zlib.compress(bytes(255 - byte for byte in inverted(image).tobytes())))


def picture_bytes(out):
    (length,) = re.search(rb"/Subtype /Image .*?/Length (\d+)", out.read_bytes()).groups()
    return int(length)


def printed_page():
    """As a program prints it: all lines have the same shapes, which deflating finds."""
    image = Image.new("1", (1600, 1400), 255)
    line = page(("TOTAL 1.234,50", "CARACAS"), (1400, 120))
    for top in range(60, 1300, 140):
        image.paste(line, (64, top))
    return image


def scanned_page():
    """Askew and with ragged edges, as a scanner gives it."""
    grey = printed_page().convert("L").rotate(0.7, fillcolor=255, resample=Image.Resampling.BICUBIC)
    noise = Image.effect_noise(grey.size, 40)
    return Image.blend(grey, noise, 0.4).point(lambda value: 255 if value > 130 else 0).convert("1")


@pytest.mark.parametrize("photometric", [0, 1])
@pytest.mark.parametrize("draw, filter_", [(printed_page, "image"), (scanned_page, "ccitt")])
def test_several_strips_take_the_smaller_code(made, tmp_path, draw, filter_, photometric):
    image = draw()
    ones = image if photometric == 0 else inverted(image)
    strips = in_strips(ones, 64)
    data = tiff([(strips, tags_of(image, photometric, 64))])
    out, kinds = made(data)
    assert kinds == [filter_] and same(stored(out, tmp_path), image) and same(drawn(out, tmp_path), image)
    joined, deflated = len(strip_of(ones, 0)), deflated_bytes(image)
    assert (deflated < joined / 2) == (filter_ == "image")
    assert picture_bytes(out) <= min(joined, deflated) * 1.02
    plain = out.read_bytes()
    assert made(data, "--locked-down")[0].read_bytes() == plain


def test_a_deflated_page_stands_as_its_orientation_says(made, tmp_path):
    upright = printed_page()
    image = upright.transpose(Image.Transpose.ROTATE_90)
    out, kinds = made(tiff([several_strips(image, t274=(3, [6]))]))
    assert kinds == ["image"] and same(drawn(out, tmp_path), upright)


@pytest.mark.parametrize("orientation", [3, 6])
def test_several_strips_stand_as_their_orientation_says(made, tmp_path, orientation):
    upright = page()
    image = upright.transpose(Image.Transpose({3: 3, 6: 2}[orientation]))
    out, kinds = made(tiff([several_strips(image, t274=(3, [orientation]))]))
    assert kinds == ["ccitt"] and same(drawn(out, tmp_path), upright)


def test_a_page_with_a_strip_beyond_the_file_is_no_page(lince, tmp_path):
    strips, tags = several_strips(page())
    places = [8] * (len(strips) - 1) + [1 << 24]
    (tmp_path / "a.tif").write_bytes(tiff([(strips, tags | {273: (4, places)})]))
    done = lince("read", "-f", "pdf", "-o", tmp_path / "out.pdf", tmp_path / "a.tif")
    assert done.code == 1 and b"[damaged]" in done.err


@pytest.mark.parametrize("kind", OTHERS)
def test_other_pages_are_compressed_anew_with_their_pixels(made, tmp_path, kind):
    image = page()
    out, kinds = made(tiff([OTHERS[kind](image)]))
    assert kinds == ["image"]
    assert same(stored(out, tmp_path), image) and same(drawn(out, tmp_path), image)


def test_a_fax_with_flat_pixels_has_the_shape_that_it_was_sent_in(made, tmp_path):
    image = page(size=(363, 56))
    tags = tags_of(image, t282=(5, [(204, 1)]), t283=(5, [(98, 1)]))
    out, kinds = made(tiff([([strip_of(image, 0)], tags)]))
    assert kinds == ["ccitt"] and same(stored(out, tmp_path), image)
    width, height = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)", out.read_bytes()).groups()
    assert abs(float(width) - 363 / 204 * 72) < 0.1 and abs(float(height) - 112 / 204 * 72) < 0.1


def test_pages_of_every_kind_in_one_file(made, lince, tmp_path):
    images = [page(["UNO 1,10"]), page(["DOS 2,20"]), page(["TRES 3,30"])]
    strips = [strip_of(images[0], 0), strip_of(images[2], 1)]
    data = tiff([([strips[0]], tags_of(images[0])), several_strips(images[1]), ([strips[1]], tags_of(images[2], 1))])
    out, kinds = made(data)
    assert kinds == ["ccitt"] * 3 and all(strip in out.read_bytes() for strip in strips)
    assert all(same(drawn(out, tmp_path, number), image) for number, image in enumerate(images, 1))
    plain = out.read_bytes()
    assert made(data, "--locked-down")[0].read_bytes() == plain


def test_a_strip_that_ends_too_early_goes_in_as_it_came(made):
    """Readers show the rows that are there; the file holds no more than what came."""
    image = page()
    strip = strip_of(image, 0)
    cut = strip[: len(strip) * 3 // 4]
    out, kinds = made(tiff([([cut], tags_of(image))]))
    assert kinds == ["ccitt"] and b"stream\n" + cut + b"\nendstream" in out.read_bytes()


def test_a_strip_beyond_the_file_is_no_page(lince, tmp_path):
    image = page()
    data = tiff([([strip_of(image, 0)], tags_of(image))])
    (tmp_path / "a.tif").write_bytes(data.replace(struct.pack("<HHI", 279, 4, 1), struct.pack("<HHI", 279, 4, 1), 1))
    at = data.index(struct.pack("<HHI", 279, 4, 1)) + 8
    (tmp_path / "a.tif").write_bytes(data[:at] + struct.pack("<I", len(data)) + data[at + 4 :])
    done = lince("read", "-f", "pdf", "-o", tmp_path / "out.pdf", tmp_path / "a.tif")
    assert done.code == 1 and b"[damaged]" in done.err
