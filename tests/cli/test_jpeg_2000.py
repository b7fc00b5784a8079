"""JPEG 2000: codestreams and files, tiles, depths, transparency; damage; memory."""

import struct

import pytest
from conftest import FONT, objects, plain_memory
from PIL import Image, ImageDraw, ImageFont

TEXT = "Total 1.204,50 Bs"
SIZE = (521, 133)


def picture(mode="RGB"):
    image = Image.new("RGB", SIZE, (250, 250, 245))
    ImageDraw.Draw(image).text((30, 40), TEXT, font=ImageFont.truetype(FONT, 44), fill=(0, 0, 0))
    return image.convert(mode)


def read(lince, path, *options):
    (found,) = objects(lince("read", "-f", "ndjson", *options, path).out)
    return found


LOSSY = {"irreversible": True, "quality_mode": "rates", "quality_layers": [12]}


@pytest.mark.parametrize("name", ["page.jp2", "page.j2k"])
@pytest.mark.parametrize(
    "options",
    [
        {},
        LOSSY,
        {"tile_size": (64, 64)},
        {"tile_size": (100, 300), "offset": (17, 5), "tile_offset": (3, 2)},
        {"num_resolutions": 1},
        {"codeblock_size": (4, 4)},
        {"codeblock_size": (64, 64), "progression": "RPCL", "precinct_size": (128, 128)},
        {"mct": 0},
        {"plt": True},
    ],
)
def test_every_way_of_coding_is_read(lince, tmp_path, name, options):
    picture().save(tmp_path / name, **options)
    found = read(lince, tmp_path / name)
    assert (found["text"], found["width"], found["height"]) == (TEXT, *SIZE)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "RGB", "RGBA", "I;16"])
def test_every_kind_of_pixel_is_read(lince, tmp_path, mode):
    if mode == "I;16":
        image = Image.frombytes("I;16", SIZE, b"".join(bytes((v, v)) for v in picture("L").tobytes()))
    else:
        image = picture("L" if mode == "1" else mode)
    image.save(tmp_path / "page.jp2")
    assert read(lince, tmp_path / "page.jp2")["text"] == TEXT


def test_white_letters_on_a_transparent_ground(lince, tmp_path):
    image = Image.new("RGBA", SIZE, (255, 255, 255, 0))
    ImageDraw.Draw(image).text((30, 40), TEXT, font=ImageFont.truetype(FONT, 44), fill=(255, 255, 255, 255))
    image.save(tmp_path / "page.jp2")
    assert read(lince, tmp_path / "page.jp2")["text"] == TEXT


def test_a_folder_finds_them_by_their_content(lince, tmp_path):
    picture().save(tmp_path / "page.jp2")
    (tmp_path / "page.jp2").rename(tmp_path / "page")
    assert lince("read", tmp_path).out.decode() == f"==> {tmp_path}/page <==\n{TEXT}\n\n"


def test_a_searchable_pdf_of_it(lince, tmp_path):
    picture().save(tmp_path / "page.jp2")
    done = lince("read", "-f", "pdf", "-o", tmp_path / "out.pdf", tmp_path / "page.jp2")
    assert (done.code, done.err) == (0, b"")


@pytest.mark.parametrize("share", [0.02, 0.3, 0.9])
def test_truncation_is_told(lince, tmp_path, share):
    picture().save(tmp_path / "page.jp2")
    data = (tmp_path / "page.jp2").read_bytes()
    (tmp_path / "page.jp2").write_bytes(data[: int(len(data) * share)])
    assert read(lince, tmp_path / "page.jp2")["error"]["code"] == "damaged"


def coded(tmp_path, **options):
    picture().save(tmp_path / "page.j2k", **options)
    return bytearray((tmp_path / "page.j2k").read_bytes())


@pytest.mark.parametrize(
    "at, value, codes",
    [
        (8, 2**31, {"too_large", "damaged"}),  # the grid's width
        (16, 2**31, {"damaged"}),  # the image begins behind its end
        (24, 0, {"damaged"}),  # the tiles' width
        (24, 1, {"damaged"}),  # a tile for each column, of which one is there
        (40, 0x4000_0000, {"damaged"}),  # components
    ],
)
def test_sizes_that_cannot_be_are_refused(lince, tmp_path, at, value, codes):
    data = coded(tmp_path)
    data[at : at + 4] = struct.pack(">I", value)
    (tmp_path / "page.j2k").write_bytes(data)
    assert read(lince, tmp_path / "page.j2k")["error"]["code"] in codes


CODING = b"\xff\x52"  # after it: 2 bytes of length, 5 of style and layers, levels, both sides of a block


@pytest.mark.parametrize(
    "sides",
    [
        (15, 15),
        (15, 13),
        (13, 15),
        (12, 14),
        (255, 255),
        (0x1F, 0x2F),
        (0x10, 0),
        (9, 0),
        (0, 9),
        (5, 4),
        (8, 8),
        (1, 8),
    ],
)
def test_blocks_that_cannot_be_are_refused(lince, tmp_path, sides):
    data = coded(tmp_path)
    at = data.index(CODING) + 10
    data[at : at + 2] = bytes(sides)
    (tmp_path / "page.j2k").write_bytes(data)
    assert read(lince, tmp_path / "page.j2k")["error"]["code"] == "damaged"
    plan = lince("memory", "plan", tmp_path / "page.j2k")
    assert plan.code == 1 and b"damaged" in plan.err


@pytest.mark.parametrize("sides", [(4, 1024), (1024, 4), (16, 256), (64, 64), (4, 4)])
def test_blocks_of_every_shape_are_read(lince, tmp_path, sides):
    picture().save(tmp_path / "page.j2k", codeblock_size=sides)
    assert read(lince, tmp_path / "page.j2k")["text"] == TEXT


def test_a_tile_whose_coding_was_not_priced_is_refused(lince, tmp_path):
    data = bytes(coded(tmp_path))
    main = data.index(b"\xff\x52")
    coding = bytearray(data[main : main + 2 + struct.unpack(">H", data[main + 2 : main + 4])[0]])
    coding[10:12] = b"\0\0"  # code blocks of 4 x 4
    tile = data.index(b"\xff\x90")
    start = data.index(b"\xff\x93", tile)
    length = struct.unpack(">I", data[tile + 6 : tile + 10])[0] + len(coding)
    head = data[tile : tile + 6] + struct.pack(">I", length) + data[tile + 10 : start]
    (tmp_path / "page.j2k").write_bytes(data[:tile] + head + bytes(coding) + data[start:])
    assert read(lince, tmp_path / "page.j2k")["error"]["code"] == "damaged"


def test_colours_that_are_not_read_are_told(lince, tmp_path):
    data = coded(tmp_path)
    data[40:42] = struct.pack(">H", 5)
    data[4:6] = struct.pack(">H", struct.unpack(">H", data[4:6])[0] + 6)
    (tmp_path / "page.j2k").write_bytes(data[:48] + data[45:48] * 2 + data[48:])
    found = read(lince, tmp_path / "page.j2k")["error"]
    assert found["code"] == "unsupported" and "5 components" in found["message"]


@plain_memory
def test_a_large_image_is_halved_while_it_is_decoded(lince, tmp_path):
    image = picture().resize((521 * 5, 133 * 5))
    whole = Image.new("RGB", (2605, 2500), "white")
    whole.paste(image, (0, 0))
    whole.save(tmp_path / "page.jp2", **LOSSY)
    found = read(lince, tmp_path / "page.jp2", "--memory", "128MB")
    assert found["text"] == TEXT
