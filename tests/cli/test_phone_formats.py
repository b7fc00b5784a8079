"""HEIC, AVIF and JPEG XL, as phones and browsers make them."""

import subprocess

import pytest
from conftest import FONT, PROGRAM, ROOT, environment, objects, plain_memory
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


def turned(image, orientation):
    """The pixels as a camera stores them that was held so."""
    ways = [
        None,
        Image.Transpose.FLIP_LEFT_RIGHT,
        Image.Transpose.ROTATE_180,
        Image.Transpose.FLIP_TOP_BOTTOM,
        Image.Transpose.TRANSPOSE,
        Image.Transpose.ROTATE_90,
        Image.Transpose.TRANSVERSE,
        Image.Transpose.ROTATE_270,
    ]
    way = ways[orientation - 1]
    return image if way is None else image.transpose(way)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_jpeg_xl_is_upright_however_the_camera_was_held(lince, tmp_path, orientation):
    exif = Image.Exif()
    exif[0x112] = orientation
    turned(picture(), orientation).save(tmp_path / "source.jpg", exif=exif, quality=95)
    subprocess.run(["cjxl", tmp_path / "source.jpg", tmp_path / "a.jxl"], check=True, capture_output=True)
    (found,) = objects(lince("read", "-f", "ndjson", tmp_path / "a.jxl").out)
    assert (found["text"], found["width"], found["height"], found["turn"]) == (TEXT, 521, 133, 0)


@plain_memory
@pytest.mark.parametrize("noise", [(), ("--photon_noise=ISO6400", "--epf=3")], ids=["plain", "noise"])
@pytest.mark.parametrize("kind", ["held sideways", "alpha", "grey and alpha", "moving"])
def test_large_jpeg_xl_keeps_within_the_limit(tmp_path, kind, noise):
    """It is read or refused. libjxl ends the process when it is refused memory, so its price must be right."""
    image = Image.effect_noise((1600, 1200), 50).convert("RGB")
    source, exif = tmp_path / "source.png", Image.Exif()
    if kind == "held sideways":
        exif[0x112] = 6
        image.save(source := tmp_path / "source.jpg", exif=exif)
    elif kind == "moving":
        image.save(source, save_all=True, append_images=[image.rotate(20), image.rotate(40)], duration=100)
    else:
        image = image if kind == "alpha" else image.convert("L")
        image.putalpha(Image.radial_gradient("L").resize(image.size))
        image.save(source)
    options = ["-d", "2", "-e", "3", *([*noise, "-j", "0"] if noise else [])]
    subprocess.run(["cjxl", source, tmp_path / "a.jxl", *options], check=True, capture_output=True)
    for limit_mb in (100, 160, 240):
        command = ["/usr/bin/time", "-f", "%M", PROGRAM, "read", "-q", "--jobs", "1", "--memory", f"{limit_mb}MB"]
        done = subprocess.run([*command, tmp_path / "a.jxl"], capture_output=True, text=True, env=environment())
        assert done.returncode in (0, 75), done.stderr
        assert int(done.stderr.split()[-1]) <= limit_mb * 1_000_000 // 1024


@pytest.mark.parametrize("form", ["heic", "avif", "jxl", "jp2"])
def test_the_fuzz_target_starts_from_images_that_are_decoded(lince, form):
    seeds = sorted((ROOT / "tests/fuzz/seeds/image").glob(f"{form}-[0-9]"))
    assert len(seeds) >= 3 and all(seed.stat().st_size < 2000 for seed in seeds)
    done = lince("read", "-q", "-f", "ndjson", *seeds)
    found = objects(done.out)
    assert done.code == 0 and all("error" not in page for page in found)
    assert {(page["width"], page["height"]) for page in found} == {(40, 24), (16, 16), (33, 17)}
