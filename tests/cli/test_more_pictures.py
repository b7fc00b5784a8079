"""A file with more pictures than the one that is read says so, and a file with one does not."""

import io
import struct
import subprocess
import zlib

import pytest
from conftest import objects
from PIL import Image

COLORS = ["red", "blue", "green"]


def frames(count, size=(90, 60)):
    return [Image.new("RGB", size, COLORS[i % 3]) for i in range(count)]


def saved(kind, count, size=(90, 60), **options):
    out = io.BytesIO()
    first, *others = frames(count, size)
    if others:
        options |= {"save_all": True, "append_images": others, "duration": 200}
    first.save(out, kind, **options)
    return out.getvalue()


def large_gif(count):
    """The second frame is further than what is read for the header."""
    noise = [Image.effect_noise((700, 500), 90 + i).convert("P") for i in range(count)]
    out = io.BytesIO()
    noise[0].save(out, "GIF", save_all=count > 1, append_images=noise[1:])
    assert len(out.getvalue()) > count * 70_000
    return out.getvalue()


def chunk(name, body):
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png_beside_an_animation(frame_count, profile_bytes=0):
    """The picture is no frame of the animation, which viewers show instead of it."""
    data = saved("PNG", 1)
    at = data.index(b"IDAT") - 4
    parts = chunk(b"tEXt", b"Comment\0" + b"a" * profile_bytes) if profile_bytes else b""
    if frame_count:
        parts += chunk(b"acTL", struct.pack(">II", frame_count, 0))
    return data[:at] + parts + data[at:]


def heif(folder, count, *options):
    paths = [folder / f"source-{i}.png" for i in range(count)]
    for path, image in zip(paths, frames(count, (128, 96)), strict=True):
        image.save(path)
    subprocess.run(["heif-enc", *options, "-o", folder / "made", *paths], check=True, capture_output=True)
    for path in paths:
        path.unlink()
    data = (folder / "made").read_bytes()
    (folder / "made").unlink()
    return data


MADE = {
    "one.gif": (lambda folder: saved("GIF", 1), False),
    "two.gif": (lambda folder: saved("GIF", 2), True),
    "three-interlaced.gif": (lambda folder: saved("GIF", 3, interlace=True), True),
    "comment.gif": (lambda folder: saved("GIF", 1, comment=b",one, and no more;" * 40), False),
    "no-end.gif": (lambda folder: saved("GIF", 1)[:-1], False),
    "two-no-end.gif": (lambda folder: saved("GIF", 2)[:-1], True),
    "behind-the-end.gif": (lambda folder: saved("GIF", 1) + b",,,, and more", False),
    "large-one.gif": (lambda folder: large_gif(1), False),
    "large-two.gif": (lambda folder: large_gif(2), True),
    "one.png": (lambda folder: saved("PNG", 1), False),
    "two.png": (lambda folder: saved("PNG", 2), True),
    "one-frame.png": (lambda folder: png_beside_an_animation(0), False),
    "one-frame-beside.png": (lambda folder: png_beside_an_animation(1), True),
    "behind-a-long-comment.png": (lambda folder: png_beside_an_animation(2, 90_000), True),
    "long-comment.png": (lambda folder: png_beside_an_animation(0, 90_000), False),
    "one.avif": (lambda folder: saved("AVIF", 1), False),
    "sequence.avif": (lambda folder: saved("AVIF", 3), True),
    "large-grid.avif": (lambda folder: saved("AVIF", 1, (2600, 90), tile_cols=1), False),
    "one.heic": (lambda folder: heif(folder, 1), False),
    "preview.heic": (lambda folder: heif(folder, 1, "--thumb", "32"), False),
    "two.heic": (lambda folder: heif(folder, 2), True),
    "two-with-previews.heic": (lambda folder: heif(folder, 2, "--thumb", "32"), True),
    "two.avif": (lambda folder: heif(folder, 2, "-A"), True),
    "two.webp": (lambda folder: saved("WEBP", 2), True),
    "one.webp": (lambda folder: saved("WEBP", 1), False),
}


@pytest.mark.parametrize("name", MADE)
def test_what_is_not_read_is_told(lince, tmp_path, name):
    make, has_more = MADE[name]
    (tmp_path / name).write_bytes(make(tmp_path))
    done = lince("read", "-f", "ndjson", tmp_path / name)
    (page,) = objects(done.out)
    told = [warning["code"] for warning in page["warnings"]]
    assert done.code == 0 and told == (["more_pictures"] if has_more else [])


def test_transparency_is_no_second_picture(lince, tmp_path):
    image = Image.new("RGBA", (128, 96), (255, 255, 255, 255))
    image.putalpha(Image.linear_gradient("L").resize(image.size))
    image.save(tmp_path / "a.avif")
    image.save(tmp_path / "a.png")
    for name in ("a.avif", "a.png"):
        (page,) = objects(lince("read", "-f", "ndjson", tmp_path / name).out)
        assert page["warnings"] == []
