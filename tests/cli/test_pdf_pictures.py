"""Pictures in a searchable PDF: grey ones as one sample, black and white ones as one bit, and every pixel as it was."""

import subprocess

import pytest
from conftest import picture
from PIL import Image

# Not a multiple of eight, so that the last byte of a row of bits is cut.
SIZE = (363, 111)


def run(*arguments):
    return subprocess.run(arguments, capture_output=True, check=True, timeout=60).stdout


def page():
    return picture(["TOTAL 123,45", "CARACAS"]).resize(SIZE)


def shaded():
    image = page().convert("L")
    samples = bytes(value if value < 128 else 128 + (at * 7) % 120 for at, value in enumerate(image.tobytes()))
    return Image.frombytes("L", SIZE, samples)


def coloured():
    image = page()
    image.paste((200, 40, 40), (0, 100, 20, 110))
    return image


def bits():
    return page().convert("L").point(lambda value: 255 if value > 128 else 0).convert("1")


MADE = {
    "gray8": [
        ("bmp", lambda: shaded(), {}),
        ("bmp", lambda: shaded().convert("RGB"), {}),
        ("webp", lambda: shaded().convert("RGB"), {"lossless": True}),
        ("gif", lambda: shaded(), {}),
        ("pgm", lambda: shaded(), {}),
        ("ppm", lambda: shaded().convert("RGB"), {}),
        ("png", lambda: shaded().convert("LA"), {}),
        ("png", lambda: shaded().convert("RGBA"), {}),
        ("jp2", lambda: shaded(), {"irreversible": False}),
    ],
    "gray1": [
        ("bmp", lambda: bits(), {}),
        ("bmp", lambda: bits().convert("RGB"), {}),
        ("webp", lambda: bits().convert("RGB"), {"lossless": True}),
        ("gif", lambda: bits(), {}),
        ("pbm", lambda: bits(), {}),
        ("pgm", lambda: bits().convert("L"), {}),
        ("png", lambda: bits().convert("LA"), {}),
        ("jp2", lambda: bits().convert("L"), {"irreversible": False}),
    ],
    "rgb8": [
        ("bmp", lambda: coloured(), {}),
        ("webp", lambda: coloured(), {"lossless": True}),
        ("gif", lambda: coloured().quantize(16), {}),
        ("ppm", lambda: coloured(), {}),
        ("png", lambda: coloured().convert("RGBA"), {}),
    ],
}
CASES = [(kind, *case) for kind, cases in MADE.items() for case in cases]


@pytest.mark.parametrize(
    "kind, form, make, options", CASES, ids=[f"{case[0]}-{at}-{case[1]}" for at, case in enumerate(CASES)]
)
def test_a_picture_has_the_samples_that_it_needs(lince, tmp_path, kind, form, make, options):
    image, path, out = make(), tmp_path / f"page.{form}", tmp_path / "out.pdf"
    image.save(path, **options)
    done = lince("read", "-f", "pdf", "-o", out, path)
    assert (done.code, done.err) == (0, b"")
    run("qpdf", "--check", out)
    _, _, row = run("pdfimages", "-list", out).decode().splitlines()
    words = row.split()
    assert words[3:8] == [str(SIZE[0]), str(SIZE[1]), kind[:-1], "3" if kind == "rgb8" else "1", kind[-1]]
    run("pdfimages", "-png", out, tmp_path / "found")
    with Image.open(tmp_path / "found-000.png") as found:
        assert found.convert("RGB").tobytes() == image.convert("RGB").tobytes()


@pytest.mark.parametrize("make, kind", [(shaded, ["gray", "1", "8"]), (coloured, ["rgb", "3", "8"])])
@pytest.mark.parametrize("name, options", [("a.heic", ("-L",)), ("a.avif", ("-A", "-L"))])
def test_phones_formats(lince, tmp_path, make, kind, name, options):
    make().convert("RGB").save(tmp_path / "source.png")
    run("heif-enc", *options, "-p", "chroma=444", "-o", tmp_path / name, tmp_path / "source.png")
    assert lince("read", "-f", "pdf", "-o", tmp_path / "out.pdf", tmp_path / name).code == 0
    _, _, row = run("pdfimages", "-list", tmp_path / "out.pdf").decode().splitlines()
    assert row.split()[5:8] == kind


def test_a_grey_phone_picture_of_one_channel(lince, tmp_path):
    shaded().save(tmp_path / "source.png")
    run("heif-enc", "-q", "90", "-o", tmp_path / "a.heic", tmp_path / "source.png")
    assert lince("read", "-f", "pdf", "-o", tmp_path / "out.pdf", tmp_path / "a.heic").code == 0
    _, _, row = run("pdfimages", "-list", tmp_path / "out.pdf").decode().splitlines()
    assert row.split()[5:8] == ["gray", "1", "8"]
