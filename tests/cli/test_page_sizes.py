"""Pages of documents keep their size in inches and the depth of their pixels in PDF files made of them."""

import re
import subprocess

import pytest
from conftest import FONT, objects, whole_pages
from PIL import Image, ImageDraw, ImageFont

A4_INCHES = (8.27, 11.69)


def sheet(mode="L", dots=200, inches=(4.0, 3.0), ink="black"):
    image = Image.new("RGB", (round(inches[0] * dots), round(inches[1] * dots)), "white")
    font = ImageFont.truetype(FONT, round(0.16 * dots))
    for i in range(8):
        place = (0.3 * dots, (0.3 + 0.3 * i) * dots)
        ImageDraw.Draw(image).text(place, f"Delivery note {i} of 4.{i}20", font=font, fill=ink)
    return image.convert(mode, dither=0) if mode == "1" else image.convert(mode)


def sizes_of(path):
    """Of each page, in points."""
    printed = subprocess.run(["pdfinfo", "-l", "99", path], capture_output=True, text=True, check=True).stdout
    return [(float(x), float(y)) for x, y in re.findall(r"Page.*size: +([\d.]+) x ([\d.]+)", printed)]


def pictures_of(path):
    """Width, height, colour and bits of each picture."""
    printed = subprocess.run(["pdfimages", "-list", path], capture_output=True, text=True, check=True).stdout
    rows = [line.split() for line in printed.splitlines()[2:]]
    return [(int(row[3]), int(row[4]), row[5], int(row[7])) for row in rows]


@pytest.fixture
def made(lince, tmp_path):
    def make(*arguments, **options):
        done = lince("read", "-f", "pdf", "-o", tmp_path / "out.pdf", *arguments, **options)
        assert done.code == 0, done.err
        return tmp_path / "out.pdf"

    return make


def near(found, inches):
    return [abs(side - 72 * inch) < 0.75 for side, inch in zip(found, inches, strict=True)] == [True, True]


@whole_pages
@pytest.mark.parametrize("dots", [72, 100, 150, 203, 204, 300, 400, 600, 1200])
def test_a_tiff_keeps_its_size_in_inches(made, tmp_path, dots):
    inches = (4.0, 3.0) if dots < 1200 else (2.0, 1.0)
    sheet(dots=dots, inches=inches).save(tmp_path / "a.tif", dpi=(dots, dots))
    (size,) = sizes_of(made(tmp_path / "a.tif"))
    assert near(size, inches)


@pytest.mark.parametrize("mode, ink, color, bits", [("1", "black", "gray", 1), ("L", "black", "gray", 8)])
@pytest.mark.parametrize("compression", [None, "tiff_lzw", "group4"])
def test_a_picture_is_as_deep_as_its_pixels(made, tmp_path, mode, ink, color, bits, compression):
    if compression == "group4" and mode != "1":
        pytest.skip("fax is of one bit")
    sheet(mode, 300, ink=ink).save(tmp_path / "a.tif", dpi=(300, 300), compression=compression)
    (picture,) = pictures_of(made(tmp_path / "a.tif"))
    assert picture == (1200, 900, color, bits)


def test_a_picture_in_colour_stays_so(made, tmp_path):
    sheet("RGB", 150, ink=(0, 0, 120)).save(tmp_path / "a.tif", dpi=(150, 150))
    (picture,) = pictures_of(made(tmp_path / "a.tif"))
    assert picture == (600, 450, "rgb", 8)


def test_a_fax_of_a_page_stays_small(made, tmp_path):
    sheet("1", 600, A4_INCHES).save(tmp_path / "a.tif", dpi=(600, 600), compression="group4")
    out = made(tmp_path / "a.tif")
    assert near(sizes_of(out)[0], A4_INCHES)
    assert out.stat().st_size < 40_000 + 4 * (tmp_path / "a.tif").stat().st_size


@pytest.mark.parametrize(
    "unit, density, dots", [(3, 78.74, 200), (2, 200, 200), (1, 200, 150), (2, 5, 150), (2, 0, 150)]
)
def test_the_unit_counts_and_what_is_no_size_is_not_believed(made, tmp_path, unit, density, dots):
    """Tag 296 names inches or centimetres. Without either, and for absurd values, 150 dots per inch are taken."""
    sheet("L", 200).save(tmp_path / "a.tif", tiffinfo={282: float(density), 283: float(density), 296: unit})
    (size,) = sizes_of(made(tmp_path / "a.tif"))
    assert near(size, (800 / dots, 600 / dots))


def test_each_page_has_its_own_size(made, tmp_path):
    first, second = sheet("1", 200), sheet("L", 300, (3.0, 4.0))
    first.encoderinfo = {"dpi": (200, 200)}
    second.encoderinfo = {"dpi": (300, 300)}
    first.save(tmp_path / "a.tif", save_all=True, append_images=[second], dpi=(200, 200))
    out = made(tmp_path / "a.tif")
    assert [picture[3] for picture in pictures_of(out)] == [1, 8]
    assert near(sizes_of(out)[0], (4.0, 3.0))


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_a_page_on_its_side_has_its_size_turned(made, tmp_path, orientation):
    sheet("L", 200).save(tmp_path / "a.tif", dpi=(200, 200), tiffinfo={274: orientation})
    (size,) = sizes_of(made(tmp_path / "a.tif"))
    assert near(size, (4.0, 3.0) if orientation < 5 else (3.0, 4.0))


def scan(path, dots, mode="L", inches=A4_INCHES, count=1):
    page = sheet(mode, dots, inches)
    page.save(path, "PDF", resolution=float(dots), save_all=True, append_images=[page] * (count - 1))
    return page.size


@pytest.mark.parametrize("how", ["pages", "stdin", "several"])
def test_pages_of_a_pdf_keep_their_size(lince, made, tmp_path, how):
    scan(tmp_path / "a.pdf", 150, count=2)
    if how == "pages":
        out = made("--pages", "1-", tmp_path / "a.pdf")
    elif how == "several":
        out = made(tmp_path / "a.pdf", tmp_path / "a.pdf")
    else:
        out = made("-", stdin=(tmp_path / "a.pdf").read_bytes())
    sizes = sizes_of(out)
    assert len(sizes) == (4 if how == "several" else 2)
    assert all(near(size, A4_INCHES) for size in sizes)


# ---- scans are drawn as they are


def seen(lince, path, *options):
    done = lince("read", "-f", "ndjson", *options, path)
    return [(page["width"], page["height"]) for page in objects(done.out)]


@pytest.mark.parametrize("dots", [72, 96, 100, 150, 170, 200, 240, 300])
@pytest.mark.parametrize("mode", ["1", "L", "RGB"])
def test_a_scan_has_its_own_pixels(lince, tmp_path, dots, mode):
    size = scan(tmp_path / "a.pdf", dots, mode)
    assert seen(lince, tmp_path / "a.pdf") == [size]


@pytest.mark.parametrize("dots, part", [(600, 2), (400, 1), (900, 3)])
def test_a_finer_scan_has_a_whole_part_of_them(lince, tmp_path, dots, part):
    width, height = scan(tmp_path / "a.pdf", dots, "1")
    ((found_width, found_height),) = seen(lince, tmp_path / "a.pdf")
    assert abs(found_width - width / part) <= 1 and abs(found_height - height / part) <= 1


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_turned_scan_has_them_turned(lince, tmp_path, angle):
    width, height = scan(tmp_path / "a.pdf", 150)
    subprocess.run(["qpdf", f"--rotate={angle}", tmp_path / "a.pdf", tmp_path / "b.pdf"], check=True)
    assert seen(lince, tmp_path / "b.pdf") == [(width, height) if angle == 180 else (height, width)]


def pdf_with(content, picture, box="0 0 400 300"):
    """A page of `content`, with the picture P of 800 x 600 grey pixels and a font F."""
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [%s] /Contents 4 0 R /Resources << /XObject << /P 5 0 R >> "
        b"/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>" % box.encode(),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 8 /ColorSpace /DeviceGray "
        b"/Length %d >>\nstream\n%s\nendstream" % (*picture.size, len(picture.tobytes()), picture.tobytes()),
    ]
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    return out + b"xref\n0 6\n0000000000 65535 f \n%strailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        table,
        start,
    )


WHOLE = b"q 400 0 0 300 0 0 cm /P Do Q "
HIDDEN = b"BT 3 Tr /F 9 Tf 20 20 Td (Delivery note) Tj ET "
OWN, ALL_ELSE = (800, 600), (1667, 1250)


@pytest.mark.parametrize(
    "content, box, size",
    [
        (WHOLE, "0 0 400 300", OWN),
        (WHOLE + HIDDEN, "0 0 400 300", OWN),
        (HIDDEN + WHOLE, "0 0 400 300", OWN),
        (WHOLE + WHOLE, "0 0 400 300", OWN),
        (b"q 390 0 0 292.5 5 4 cm /P Do Q ", "0 0 400 300", (821, 615)),
        (WHOLE, "100 50 300 200", (400, 300)),
        (b"q 0 400 -300 0 300 0 cm /P Do Q ", "0 0 300 400", (600, 800)),
        (WHOLE + HIDDEN.replace(b"3 Tr", b"0 Tr"), "0 0 400 300", ALL_ELSE),
        (WHOLE + b"10 10 50 20 re f ", "0 0 400 300", ALL_ELSE),
        (b"q 200 0 0 150 0 0 cm /P Do Q ", "0 0 400 300", ALL_ELSE),
        (b"q 400 0 0 150 0 0 cm /P Do Q ", "0 0 400 300", ALL_ELSE),
        (b"q 400 0 0 300 0 0 cm /P Do Q ", "0 0 400 500", (1667, 2083)),
        (b"", "0 0 400 300", ALL_ELSE),
    ],
)
def test_only_a_page_that_is_one_picture_is_drawn_so(lince, tmp_path, content, box, size):
    (tmp_path / "a.pdf").write_bytes(pdf_with(content, sheet("L", 200), box))
    assert seen(lince, tmp_path / "a.pdf", "--pdf-text", "never") == [size]


def test_a_scan_of_each_size_is_read(lince, tmp_path):
    for dots in (96, 150, 200, 300):
        scan(tmp_path / "a.pdf", dots, inches=(4.0, 3.0))
        (page,) = objects(lince("read", "-f", "ndjson", tmp_path / "a.pdf").out)
        assert page["text"].count("Delivery note") == 8


# ---- as callers of Tesseract say


@pytest.mark.parametrize(
    "options, dots, complaint",
    [
        ((), 200, None),
        (("--dpi", "300"), 300, None),
        (("--dpi", "70"), 70, None),
        (("-c", "user_defined_dpi=96"), 96, None),
        (("--dpi", "20"), 200, "20 dots per inch"),
        (("--dpi", "9000"), 200, "9000 dots per inch"),
    ],
)
@pytest.mark.parametrize("name", ["a.png", "a.tif", "a.jpg"])
def test_the_caller_of_tesseract_gives_the_size(lince, tmp_path, name, options, dots, complaint):
    sheet("L", 200).save(tmp_path / name, dpi=(200, 200))
    for more in ((), ("-c", "textonly_pdf=1")):
        done = lince("tesseract", tmp_path / name, tmp_path / "out", *options, *more, "pdf")
        (size,) = sizes_of(tmp_path / "out.pdf")
        assert done.code == 0 and near(size, (800 / dots, 600 / dots))
        assert (complaint or "") in done.err.decode() and bool(complaint) == ("dots per inch" in done.err.decode())
