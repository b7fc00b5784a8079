"""Letters on a transparent ground are read whatever their colour and file format."""

import pytest
from conftest import FONT, objects, whole_pages
from PIL import Image, ImageDraw, ImageFont

TEXT = "Total 1.204,50 Bs"
COLOURS = {
    "white": (255, 255, 255),
    "light": (215, 215, 215),
    "yellow": (255, 235, 60),
    "red": (200, 20, 20),
    "black": (0, 0, 0),
}


def letters(colour):
    image = Image.new("RGBA", (420, 70), (*colour, 0))
    mask = Image.new("L", image.size, 0)
    ImageDraw.Draw(mask).text((12, 14), TEXT, font=ImageFont.truetype(FONT, 36), fill=255)
    image.putalpha(mask)
    return image


def bitmap(path, image):
    """A BMP with a mask for alpha, which Pillow does not write."""
    rows = image.transpose(Image.Transpose.FLIP_TOP_BOTTOM).tobytes("raw", "BGRA")
    numbers = [108, *image.size, 1 | 32 << 16, 3, len(rows), 2835, 2835, 0, 0, 0xFF0000, 0xFF00, 0xFF, 0xFF000000]
    info = b"".join(number.to_bytes(4, "little") for number in numbers) + bytes(52)
    size = 14 + len(info) + len(rows)
    start = b"BM" + size.to_bytes(4, "little") + bytes(4) + (14 + len(info)).to_bytes(4, "little")
    path.write_bytes(start + info + rows)


def files(folder, name, colour):
    image = letters(colour)
    flat = Image.new("P", image.size, 0)
    flat.putpalette([*(255 - value for value in colour), *colour])
    flat.paste(1, mask=image.getchannel("A").point(lambda alpha: 255 if alpha > 127 else 0))
    image.save(folder / f"{name}-colour.png")
    image.convert("LA").save(folder / f"{name}-grey.png")
    flat.save(folder / f"{name}-palette.png", transparency=b"\0\xff")
    flat.save(folder / f"{name}.gif", transparency=0)
    image.save(folder / f"{name}-lossless.webp", lossless=True)
    image.save(folder / f"{name}-lossy.webp", quality=90)
    bitmap(folder / f"{name}.bmp", image)


@pytest.mark.parametrize("name", COLOURS)
def test_letters_are_read(lince, tmp_path, name):
    files(tmp_path, name, COLOURS[name])
    found = objects(lince("read", "-f", "ndjson", tmp_path).out)
    assert len(found) == 7
    assert {each["file"]: each["text"] for each in found} == {each["file"]: TEXT for each in found}


def cut_out(ground, colour, size_px):
    """Letters on a ground that was made transparent afterwards: its colour is left at their edges."""
    image = Image.new("RGB", (12 * size_px, 2 * size_px), ground)
    ImageDraw.Draw(image).text((12, size_px // 2), TEXT, font=ImageFont.truetype(FONT, size_px), fill=colour)
    image.putalpha(Image.frombytes("L", image.size, bytes(255 * (pixel != ground) for pixel in pixels(image))))
    return image


def pixels(image):
    data = image.tobytes()
    return [tuple(data[at : at + 3]) for at in range(0, len(data), 3)]


@whole_pages
@pytest.mark.parametrize("size_px", [14, 20, 40, 96])
@pytest.mark.parametrize(
    ("ground", "colour"),
    [
        ((255, 255, 255), (0, 0, 0)),
        ((255, 255, 255), (60, 60, 60)),
        ((255, 255, 255), (20, 40, 120)),
        ((0, 0, 0), (255, 255, 255)),
        ((20, 30, 60), (240, 240, 240)),
    ],
)
def test_a_ground_that_was_made_transparent(lince, tmp_path, ground, colour, size_px):
    image = cut_out(ground, colour, size_px)
    image.save(tmp_path / "a.png")
    image.save(tmp_path / "b.tif", compression="tiff_lzw")
    image.save(tmp_path / "c.webp", lossless=True, exact=True)
    bitmap(tmp_path / "d.bmp", image)
    found = objects(lince("read", "-f", "ndjson", tmp_path).out)
    assert [each["text"] for each in found] == [TEXT] * 4


def test_black_and_white_letters_together(lince, tmp_path):
    image = Image.new("RGBA", (420, 140), (0, 0, 0, 0))
    image.alpha_composite(letters((0, 0, 0)), (0, 0))
    image.alpha_composite(letters((255, 255, 255)), (0, 70))
    image.save(tmp_path / "both.png")
    assert lince("read", tmp_path / "both.png").out.decode() == f"{TEXT}\n{TEXT}\n"
