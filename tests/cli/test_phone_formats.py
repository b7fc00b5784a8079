"""HEIC, AVIF and JPEG XL, as phones and browsers make them."""

import subprocess

import pytest
from conftest import FONT, objects
from PIL import Image, ImageDraw, ImageFont

TEXT = "Total 1.204,50 Bs"


def picture(mode="RGB", ink=(0, 0, 0), paper=(250, 250, 245)):
    image = Image.new("RGB", (521, 133), paper)
    ImageDraw.Draw(image).text((30, 40), TEXT, font=ImageFont.truetype(FONT, 44), fill=ink)
    if mode == "RGBA":
        mask = Image.new("L", image.size, 0)
        ImageDraw.Draw(mask).text((30, 40), TEXT, font=ImageFont.truetype(FONT, 44), fill=255)
        image.putalpha(mask)
    return image


def encode(folder, name, image, *options):
    image.save(folder / "source.png")
    subprocess.run(["heif-enc", *options, "-o", folder / name, folder / "source.png"], check=True, capture_output=True)
    (folder / "source.png").unlink()
    return folder / name


@pytest.mark.parametrize("options", [(), ("-L",), ("-A",), ("-q", "40")])
def test_each_kind_is_read(lince, tmp_path, options):
    path = encode(tmp_path, "photo.avif" if "-A" in options else "photo.heic", picture(), *options)
    (found,) = objects(lince("read", "-f", "ndjson", path).out)
    assert (found["text"], found["width"], found["height"]) == (TEXT, 521, 133)


def test_white_letters_on_a_transparent_ground(lince, tmp_path):
    path = encode(tmp_path, "photo.avif", picture("RGBA", (255, 255, 255), (255, 255, 255)), "-A")
    assert lince("read", path).out.decode() == TEXT + "\n"


def test_a_folder_finds_them_by_their_content(lince, tmp_path):
    encode(tmp_path, "photo.heic", picture()).rename(tmp_path / "photo")
    assert lince("read", tmp_path).out.decode() == f"==> {tmp_path}/photo <==\n{TEXT}\n\n"


@pytest.mark.parametrize("share", [0.02, 0.3, 0.9])
def test_truncation_is_told(lince, tmp_path, share):
    data = encode(tmp_path, "photo.heic", picture(), "-q", "90").read_bytes()
    (tmp_path / "photo.heic").write_bytes(data[: int(len(data) * share)])
    (found,) = objects(lince("read", "-f", "ndjson", tmp_path / "photo.heic").out)
    assert found["error"]["code"] in ("damaged", "unsupported", "unknown_format")


@pytest.mark.parametrize("options", [(), ("-d", "0"), ("-p",)])
def test_jpeg_xl_is_read(lince, tmp_path, options):
    picture().save(tmp_path / "source.png")
    path = tmp_path / "photo.jxl"
    subprocess.run(["cjxl", tmp_path / "source.png", path, *options], check=True, capture_output=True)
    (found,) = objects(lince("read", "-f", "ndjson", path).out)
    assert (found["text"], found["width"], found["height"]) == (TEXT, 521, 133)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    (found,) = objects(lince("read", "-f", "ndjson", path).out)
    assert found["error"]["code"] == "damaged"


def test_white_letters_in_jpeg_xl(lince, tmp_path):
    picture("RGBA", (255, 255, 255), (255, 255, 255)).save(tmp_path / "source.png")
    subprocess.run(["cjxl", tmp_path / "source.png", tmp_path / "a.jxl"], check=True, capture_output=True)
    assert lince("read", tmp_path / "a.jxl").out.decode() == TEXT + "\n"
