"""JPEG and PNG in every kind that cameras, scanners and programs make: the pixels are those that Pillow shows."""

import io
import struct
import subprocess
import zlib

import numpy as np
import pytest
from conftest import objects
from PIL import Image, ImageOps

SIZE = (97, 62)  # of whole blocks in no direction


def slope():
    """A slow change of colour, without anything that looks like text, so that --boxes draws nothing over it."""
    x, y = np.meshgrid(np.arange(SIZE[0]), np.arange(SIZE[1]))
    return Image.fromarray(np.stack([x * 2 + 30, y * 3 + 20, 200 - x], axis=-1).astype(np.uint8))


@pytest.fixture
def shown(lince, tmp_path):
    """The pixels that Lince sees, and what it says of the file."""

    def show(name, data):
        path = tmp_path / name
        path.write_bytes(data)
        done = lince("read", "-f", "ndjson", "--boxes", tmp_path / "out", path)
        assert done.code == 0, done.err
        with Image.open(tmp_path / "out" / (path.stem + ".png")) as picture:
            return np.asarray(picture.convert("RGB")).astype(int), objects(done.out)[0]

    return show


def refusal(lince, tmp_path, data, language="en"):
    (tmp_path / "a.jpg").write_bytes(data)
    done = lince("read", "-f", "ndjson", tmp_path / "a.jpg", env={"LC_ALL": f"{language}_VE.UTF-8"})
    return objects(done.out)[0]["error"]


def seen_by_pillow(data):
    return np.asarray(ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGB")).astype(int)


def expect_same(found, wanted, tolerance):
    assert found.shape == wanted.shape
    assert abs(found - wanted).max() <= tolerance


# ---- JPEG


def encode(image, **options):
    out = io.BytesIO()
    image.save(out, "JPEG", quality=92, **options)
    return out.getvalue()


def cjpeg(*options):
    out = io.BytesIO()
    slope().save(out, "PPM")
    return subprocess.run(["cjpeg", *options], input=out.getvalue(), capture_output=True, check=True).stdout


def with_exif(data, orientation):
    tiff = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01" + struct.pack(">HHI", orientation, 0, 0)
    body = b"Exif\0\0" + tiff
    return data[:2] + b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body + data[2:]


KINDS = {
    "baseline": lambda: encode(slope()),
    "progressive": lambda: encode(slope(), progressive=True),
    "grey": lambda: encode(slope().convert("L")),
    "grey-progressive": lambda: encode(slope().convert("L"), progressive=True),
    "cmyk": lambda: encode(slope().convert("CMYK")),
    "cmyk-progressive": lambda: encode(slope().convert("CMYK"), progressive=True),
    "rgb": lambda: encode(slope(), keep_rgb=True),
    "4:2:0": lambda: encode(slope(), subsampling=2),
    "4:4:4": lambda: encode(slope(), subsampling=0),
    "4:4:0": lambda: cjpeg("-sample", "1x2"),
    "4:1:1": lambda: cjpeg("-sample", "4x1"),
    "arithmetic": lambda: cjpeg("-arithmetic"),
    "arithmetic-progressive": lambda: cjpeg("-arithmetic", "-progressive"),
    "arithmetic-grey": lambda: cjpeg("-arithmetic", "-grayscale"),
    "optimized": lambda: cjpeg("-optimize"),
    "restarts": lambda: cjpeg("-restart", "1"),
    "16-bit-tables": lambda: cjpeg("-quality", "1", "-qslots", "0"),
    "profile": lambda: encode(slope(), icc_profile=b"\0" * 300_000),
    "comment": lambda: encode(slope(), comment=b"\xff\xd9 no end"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_jpeg_shows_what_pillow_shows(shown, kind):
    data = KINDS[kind]()
    expect_same(shown("a.jpg", data)[0], seen_by_pillow(data), 6)


@pytest.mark.parametrize("kind", ["progressive", "cmyk", "grey", "arithmetic", "arithmetic-progressive", "restarts"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_kind_is_turned_as_its_exif_says(shown, kind, orientation):
    data = with_exif(KINDS[kind](), orientation)
    found, page = shown("a.jpg", data)
    expect_same(found, seen_by_pillow(data), 6)
    assert page["width"] == SIZE[orientation > 4]


@pytest.mark.parametrize("kind", ["baseline", "progressive", "cmyk", "arithmetic", "restarts"])
@pytest.mark.parametrize("tail", [b"\0" * 70_000, b"\xff\xd8\xff\xe0 not a picture", b"SEFT\xff\xd9\xff", b"\xff"])
def test_what_stands_behind_the_end_changes_nothing(shown, kind, tail):
    data = KINDS[kind]()
    found, page = shown("a.jpg", data + tail)
    expect_same(found, seen_by_pillow(data), 6)
    assert "warnings" not in page or page["warnings"] == []


def reframed(marker, bits=8):
    """A JPEG that says it is of another kind."""
    data = bytearray(encode(slope()))
    at = data.index(b"\xff\xc0")
    data[at + 1] = marker
    data[at + 4] = bits
    return bytes(data)


@pytest.mark.parametrize(
    "marker, bits, english, spanish",
    [
        (0xC3, 8, "lossless JPEG (SOF3) with 8 bits and 3 components", "JPEG sin pérdida (SOF3) de 8 bits"),
        (0xC3, 16, "lossless JPEG (SOF3) with 16 bits", "JPEG sin pérdida (SOF3) de 16 bits"),
        (0xCB, 8, "lossless JPEG (SOF11)", "JPEG sin pérdida (SOF11)"),
        (0xC5, 8, "hierarchical JPEG (SOF5)", "JPEG jerárquico (SOF5)"),
        (0xC7, 8, "hierarchical JPEG (SOF7)", "JPEG jerárquico (SOF7)"),
        (0xCE, 8, "hierarchical JPEG (SOF14)", "JPEG jerárquico (SOF14)"),
        (0xF7, 8, "JPEG-LS (SOF55)", "JPEG-LS (SOF55)"),
        (0xC0, 12, "JPEG (SOF0) with 12 bits", "JPEG (SOF0) de 12 bits"),
        (0xC1, 12, "JPEG (SOF1) with 12 bits", "JPEG (SOF1) de 12 bits"),
        (0xC2, 12, "JPEG (SOF2) with 12 bits", "JPEG (SOF2) de 12 bits"),
    ],
)
def test_a_kind_that_is_not_read_is_named(lince, tmp_path, marker, bits, english, spanish):
    found = refusal(lince, tmp_path, reframed(marker, bits))
    assert found["code"] == "unsupported" and english in found["message"]
    assert any(way in found["message"] for way in ("ffmpeg", "djpeg", "PNG"))
    assert spanish in refusal(lince, tmp_path, reframed(marker, bits), "es")["message"]


def mpo(*others, kind=0):
    """A multi-picture file whose further pictures are of `kind` (CIPA DC-007, 5.2.3.3)."""
    out = io.BytesIO()
    slope().save(out, "MPO", save_all=True, append_images=list(others), quality=92)
    data = bytearray(out.getvalue())
    at = data.index(b"MPF\0") + 4
    fields = struct.unpack_from("<H", data, at + 8)[0]
    entries = next(
        struct.unpack_from("<I", data, at + 10 + 12 * i + 8)[0]
        for i in range(fields)
        if struct.unpack_from("<H", data, at + 10 + 12 * i)[0] == 0xB002
    )
    for i in range(1, 1 + len(others)):
        struct.pack_into("<I", data, at + entries + 16 * i, kind)
    return bytes(data)


def warned(page):
    return [warning["code"] for warning in page["warnings"]]


@pytest.mark.parametrize(
    "size, kind, is_told",
    [
        (SIZE, 0, True),
        (SIZE, 0x020001, True),
        (SIZE, 0x020002, True),
        ((40, 30), 0x020003, True),
        ((48, 31), 0, False),  # a phone's map of light
        (SIZE, 0x010001, False),  # a preview for a screen
        ((640, 480), 0x010002, False),
    ],
)
def test_the_first_picture_of_several_is_read(shown, size, kind, is_told):
    data = mpo(Image.new("RGB", size, (255, 0, 0)), kind=kind)
    found, page = shown("a.mpo", data)
    expect_same(found, seen_by_pillow(data), 6)
    assert warned(page) == (["more_pictures"] if is_told else [])


def test_more_pictures_are_seen_behind_a_large_one(shown):
    """The second picture is further than what is read for the header."""
    noise = Image.effect_noise((900, 700), 8).convert("RGB")
    out = io.BytesIO()
    noise.save(out, "MPO", save_all=True, append_images=[noise], quality=95)
    assert out.getvalue().index(b"\xff\xd8\xff", 2) > 1 << 16
    assert "more_pictures" in warned(shown("a.mpo", out.getvalue())[1])


@pytest.mark.parametrize("cut", range(0, 120, 7))
def test_a_damaged_list_of_pictures_is_no_list(shown, cut):
    data = bytearray(mpo(slope()))
    at = data.index(b"MPF\0") + 4
    data[at + cut % 90] ^= 0xFF
    expect_same(shown("a.jpg", bytes(data))[0], seen_by_pillow(KINDS["baseline"]()), 6)


# ---- PNG: Pillow does not write all of its kinds

ADAM7 = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))


def chunk(name, body):
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def packed(samples, bits):
    """Rows of samples as bytes, each after its filter, which is none."""
    out = b""
    for row in samples.reshape(samples.shape[0], -1):
        if bits == 16:
            out += b"\0" + row.astype(">u2").tobytes()
        elif bits == 8:
            out += b"\0" + row.astype(np.uint8).tobytes()
        else:
            digits = "".join(f"{value:0{bits}b}" for value in row)
            digits += "0" * (-len(digits) % 8)
            out += b"\0" + bytes(int(digits[i : i + 8], 2) for i in range(0, len(digits), 8))
    return out


def png(color, bits, interlaced, transparent):
    channels = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[color]
    x, y = np.meshgrid(np.arange(SIZE[0]), np.arange(SIZE[1]))
    most = (1 << bits) - 1
    waves = [x / SIZE[0], y / SIZE[1], 1 - x / SIZE[0], np.full(x.shape, 0.7)]
    if channels == 2:
        waves[1] = waves[3]
    samples = np.stack([np.round(wave * most).astype(int) for wave in waves[:channels]], axis=-1)
    passes = ADAM7 if interlaced else ((0, 0, 1, 1),)
    data = b"".join(packed(samples[y0::dy, x0::dx], bits) for x0, y0, dx, dy in passes)
    parts = [chunk(b"IHDR", struct.pack(">IIBBBBB", *SIZE, bits, color, 0, 0, interlaced))]
    if color == 3:
        parts.append(chunk(b"PLTE", bytes(v for i in range(most + 1) for v in (i * 200 // most, 90, 255 - i // 2))))
    if transparent:
        # One bit leaves black on white: white alone would be laid on black, to be seen.
        trns = {0: struct.pack(">H", bits == 1), 2: struct.pack(">HHH", 0, 0, most), 3: bytes([0, 128])}[color]
        parts.append(chunk(b"tRNS", trns))
    parts += [chunk(b"IDAT", zlib.compress(data)), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def laid_on_white(data):
    """What Pillow shows: 16 bits as 8, and what is transparent as white."""
    image = Image.open(io.BytesIO(data))
    if image.mode.startswith("I"):
        values = np.asarray(image).astype(int)
        hidden = image.info.get("transparency")
        levels = np.round(values / 257)
        levels = np.where(values == hidden, 255, levels) if hidden is not None else levels
        return np.stack([levels] * 3, axis=-1).astype(int)
    image = image.convert("RGBA")
    white = Image.new("RGBA", image.size, "white")
    return np.asarray(Image.alpha_composite(white, image).convert("RGB")).astype(int)


PNG_KINDS = [(color, bits) for color in (0, 2, 3, 4, 6) for bits in (1, 2, 4, 8, 16)]
PNG_KINDS = [(color, bits) for color, bits in PNG_KINDS if color == 0 or (bits < 16 if color == 3 else bits >= 8)]


@pytest.mark.parametrize("interlaced", [0, 1])
@pytest.mark.parametrize("transparent", [False, True])
@pytest.mark.parametrize("color, bits", PNG_KINDS)
def test_a_png_shows_what_pillow_shows(shown, color, bits, interlaced, transparent):
    if transparent and color in (4, 6):
        pytest.skip("such an image has its transparency in a channel")
    data = png(color, bits, interlaced, transparent)
    expect_same(shown("a.png", data)[0], laid_on_white(data), 2)


# ---- PNM


@pytest.mark.parametrize("mode, name", [("1", "a.pbm"), ("L", "a.pgm"), ("RGB", "a.ppm"), ("I;16", "b.pgm")])
def test_a_pnm_shows_what_pillow_shows(shown, mode, name):
    image = slope().convert("L").convert("I;16") if mode == "I;16" else slope().convert(mode, dither=0)
    out = io.BytesIO()
    image.save(out, "PPM")
    wanted = np.asarray(image.convert("L")) if mode == "I;16" else np.asarray(image.convert("RGB"))
    found, page = shown(name, out.getvalue())
    if mode == "I;16":
        wanted = np.stack([np.round(np.asarray(image).astype(int) / 257)] * 3, axis=-1)
    expect_same(found, wanted.astype(int), 1)
    assert warned(page) == []
    assert warned(shown(name, out.getvalue() * 2)[1]) == ["more_pictures"]
