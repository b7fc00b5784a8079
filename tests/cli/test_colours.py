"""Pages in one colour of ink, and pictures in other colour spaces with their profiles, which read as in sRGB.

The profiles are written here, by the ICC's format of version 2: primaries and white as a matrix, and one gamma.
"""

import io
import json
import struct

import numpy
import pytest
from conftest import FONT, whole_pages
from PIL import Image, ImageCms, ImageDraw, ImageFont

pytestmark = whole_pages

SRGB = ((0.64, 0.33), (0.30, 0.60), (0.15, 0.06))
ADOBE = ((0.64, 0.33), (0.21, 0.71), (0.15, 0.06))
PROPHOTO = ((0.7347, 0.2653), (0.1596, 0.8404), (0.0366, 0.0001))
D65, D50 = (0.3127, 0.3290), (0.34567, 0.35850)
BRADFORD = numpy.array([[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]])
# Ink and paper as receipts, screens and stamps have them; the last one is pale.
PAPERS = [
    ("black", "white"), ("#20262b", "#f2ead6"), ("white", "#0b6e5f"), ("#f4f6f4", "#101417"), ("#1d4fa8", "white"),
    ("#c21f1f", "#fff6e8"), ("#0a7a2a", "#eaf6ea"), ("#ffd400", "#2a1b5a"), ("#7a7a7a", "#ececec"),
]  # fmt: skip
WORDS = ["Pago móvil exitoso", "Referencia: 000123456789", "Monto: 1.234,50 Bs", "Fecha: 03/01/2025"]


def xyz(point):
    x, y = point
    return numpy.array([x / y, 1, (1 - x - y) / y])


def to_d50(primaries, white):
    """Linear light of these primaries as XYZ under the white of profiles."""
    matrix = numpy.array([xyz(each) for each in primaries]).T
    matrix = matrix * numpy.linalg.solve(matrix, xyz(white))
    cones = numpy.diag((BRADFORD @ xyz(D50)) / (BRADFORD @ xyz(white)))
    return numpy.linalg.inv(BRADFORD) @ cones @ BRADFORD @ matrix


def fixed(values):
    return b"".join(struct.pack(">i", round(value * 65536)) for value in values)


def profile(gamma, matrix=None):
    """An ICC profile: of grey without a matrix."""
    curve = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(gamma * 256)) + b"\0\0"
    tags = {
        b"desc": b"desc\0\0\0\0" + struct.pack(">I", 5) + b"made\0" + b"\0" * 81,
        b"cprt": b"text\0\0\0\0none\0\0\0\0",
        b"wtpt": b"XYZ \0\0\0\0" + fixed(xyz(D50)),
    }
    if matrix is None:
        tags[b"kTRC"] = curve
    else:
        for place, name in enumerate((b"r", b"g", b"b")):
            tags[name + b"XYZ"] = b"XYZ \0\0\0\0" + fixed(matrix[:, place])
            tags[name + b"TRC"] = curve
    table, body = b"", b""
    for name, data in tags.items():
        table += name + struct.pack(">II", 132 + 12 * len(tags) + len(body), len(data))
        body += data + b"\0" * (-len(data) % 4)
    space = b"GRAY" if matrix is None else b"RGB "
    head = b"none" + struct.pack(">I", 0x02400000) + b"mntr" + space + b"XYZ " + struct.pack(">6H", 2026, 1, 1, 0, 0, 0)
    head += b"acsp" + b"\0" * 28 + fixed(xyz(D50))
    rest = head + b"\0" * (124 - len(head)) + struct.pack(">I", len(tags)) + table + body
    return struct.pack(">I", len(rest) + 4) + rest


def light(image):
    values = numpy.asarray(image, float) / 255
    return numpy.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def stored(values, gamma):
    return Image.fromarray(numpy.round(255 * numpy.clip(values, 0, 1) ** (1 / gamma)).astype("uint8"))


def in_primaries(primaries, white, gamma):
    """The picture's values in another space, and that space's profile."""

    def convert(image):
        matrix = to_d50(primaries, white)
        values = light(image) @ (numpy.linalg.inv(matrix) @ to_d50(SRGB, D65)).T
        return stored(values, gamma), profile(gamma, matrix)

    return convert


def in_grey(gamma):
    return lambda image: (stored(light(image) @ to_d50(SRGB, D65)[1], gamma), profile(gamma))


def in_lab(image):
    """Lightness and two differences of colour, as some scanners store."""
    change = ImageCms.buildTransform(ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), "RGB", "LAB")
    return ImageCms.applyTransform(image, change), ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()


def in_inks(image):
    """As a press separates: black takes the place of what the three inks have in common."""
    inks = 1 - numpy.asarray(image, float) / 255
    black = inks.min(axis=2)
    inks = (inks - black[..., None]) / numpy.maximum(1 - black, 1e-6)[..., None]
    made = numpy.round(255 * numpy.dstack([inks, black])).astype("uint8")
    return Image.fromarray(made, "CMYK"), None


SPACES = {
    "Adobe RGB": (in_primaries(ADOBE, D65, 2.19921875), ("PNG", "JPEG", "TIFF", "WEBP")),
    "ProPhoto": (in_primaries(PROPHOTO, D50, 1.8), ("PNG", "JPEG", "TIFF")),
    "linear": (in_primaries(SRGB, D65, 1.0), ("PNG", "TIFF")),
    "grey 1.8": (in_grey(1.8), ("PNG", "JPEG", "TIFF")),
    "grey 2.2": (in_grey(2.2), ("PNG", "JPEG")),
    "linear grey": (in_grey(1.0), ("PNG", "TIFF")),
    "Lab": (in_lab, ("TIFF",)),
    "inks": (in_inks, ("JPEG", "TIFF")),
}


def paper(ink, ground):
    image = Image.new("RGB", (900, 400), ground)
    for row, text in enumerate(WORDS):
        ImageDraw.Draw(image).text((40, 40 + 85 * row), text, ink, ImageFont.truetype(FONT, 44))
    return image


def texts(lince, files):
    found = [json.loads(line) for line in lince("read", "-f", "ndjson", *files).out.splitlines()]
    return ["\n".join(line["text"] for line in each["lines"]) for each in found]


@pytest.mark.parametrize("space", SPACES)
def test_what_it_says_does_not_depend_on_the_space(lince, tmp_path, space):
    convert, forms = SPACES[space]
    files = []
    for number, (ink, ground) in enumerate(PAPERS):
        image, embedded = convert(paper(ink, ground))
        form = forms[number % len(forms)]
        if embedded is not None and space != "Lab":  # another library takes it for a profile of that space
            opened = ImageCms.getOpenProfile(io.BytesIO(embedded))
            assert opened.profile.xcolor_space.strip() == ("GRAY" if "grey" in space else "RGB")
        files.append(tmp_path / f"{number}.{form.lower()}")
        image.save(files[-1], form, quality=92, **({"icc_profile": embedded} if embedded else {}))
    assert texts(lince, files) == ["\n".join(WORDS)] * len(PAPERS)


INKS = ["#c21f1f", "#d32f2f", "#e53935", "#1d4fa8", "#0a7a2a", "#1e88e5", "#c2185b"]


@pytest.mark.parametrize("quality", [75, 92])
@pytest.mark.parametrize("ground", ["white", "#fff6e8"])
def test_a_page_in_one_colour_is_no_stamp(lince, tmp_path, ground, quality):
    """Compression gives strokes in a colour darker specks, which are no letters behind them."""
    files = []
    for ink in INKS:
        for font_px in (24, 44):
            image = Image.new("RGB", (900, 460), ground)
            for row, text in enumerate(WORDS):
                ImageDraw.Draw(image).text((40, 40 + 95 * row), text, ink, ImageFont.truetype(FONT, font_px))
            files.append(tmp_path / f"{ink[1:]}-{font_px}.jpg")
            image.save(files[-1], quality=quality)
    found = dict(zip([each.name for each in files], texts(lince, files), strict=True))
    assert {name: text for name, text in found.items() if text != "\n".join(WORDS)} == {}
