"""`--boxes`: pictures of what was read; no file is overwritten."""

import pytest
from conftest import FONT, LINES, objects, whole_pages
from PIL import Image, ImageChops, ImageDraw, ImageFont


def test_each_image_gets_a_picture_with_its_boxes(lince, corpus, tmp_path):
    done = lince("read", "-f", "ndjson", "--boxes", tmp_path / "out", corpus)
    assert done.code == 0
    assert sorted(name.name for name in (tmp_path / "out").iterdir()) == sorted(
        name.rsplit(".", 1)[0] + ".png" for name in LINES
    )
    page = next(each for each in objects(done.out) if each["file"].endswith("total.png"))
    with Image.open(tmp_path / "out/total.png") as drawn, Image.open(corpus / "total.png") as source:
        assert drawn.size == source.size and drawn.mode == "RGB"
        changed = ImageChops.difference(drawn, source.convert("RGB")).convert("L")
        for line in page["lines"]:
            (x0, y0), (x1, y1) = line["quad"][0], line["quad"][1]
            middle = (int((x0 + x1) / 2), int((y0 + y1) / 2))
            assert changed.getpixel(middle) > 50


@whole_pages
@pytest.mark.parametrize("degrees", [0, 9])
def test_no_text_hides_a_line(lince, tmp_path, degrees):
    source = Image.new("RGB", (900, 500), "white")
    for row in range(9):
        text = f"Renglón {row} con saldo"
        ImageDraw.Draw(source).text((200, 40 + 36 * row), text, font=ImageFont.truetype(FONT, 28), fill="black")
    source = source.rotate(degrees, Image.BICUBIC, fillcolor="white")
    source.save(tmp_path / "rows.png")
    done = lince("read", "-f", "ndjson", "--boxes", tmp_path / "out", tmp_path / "rows.png")
    lines = objects(done.out)[0]["lines"]
    assert len(lines) == 9
    with Image.open(tmp_path / "out/rows.png") as drawn:
        changed = ImageChops.difference(drawn, source).convert("L").point(lambda value: 255 * (value > 12))
    border, inside = Image.new("L", source.size), Image.new("L", source.size)
    for line in lines:
        corners = [tuple(corner) for corner in line["quad"]]
        ImageDraw.Draw(inside).polygon(corners, fill=255)
        ImageDraw.Draw(border).line([*corners, corners[0]], fill=255, width=7)
    inside.paste(0, mask=border)
    assert ImageChops.multiply(changed, inside).getbbox() is None
    assert ImageChops.multiply(changed, ImageChops.invert(ImageChops.lighter(inside, border))).getbbox() is not None


@pytest.mark.concurrent
def test_names_that_meet_are_numbered_in_order(lince, corpus, tmp_path):
    images = []
    for folder in ("a", "b", "c"):
        (tmp_path / folder).mkdir()
        images.append(tmp_path / folder / "x.bmp")
        images[-1].write_bytes((corpus / "gracias.bmp").read_bytes())
    assert lince("read", "--jobs", "3", "--boxes", tmp_path / "out", *images).code == 0
    assert sorted(name.name for name in (tmp_path / "out").iterdir()) == ["x-2.png", "x-3.png", "x.png"]


def test_an_input_is_never_written_over(lince, corpus, tmp_path):
    image = tmp_path / "total.png"
    image.write_bytes((corpus / "total.png").read_bytes())
    assert lince("read", "--boxes", tmp_path, image).code == 0
    assert image.read_bytes() == (corpus / "total.png").read_bytes()
    assert (tmp_path / "total-2.png").exists()


def test_a_failure_leaves_no_picture(lince, corpus, tmp_path):
    (tmp_path / "bad.png").touch()
    assert (
        lince(
            "read", "--boxes", tmp_path / "out", tmp_path / "bad.png", "-", stdin=(corpus / "total.png").read_bytes()
        ).code
        == 1
    )
    assert [name.name for name in (tmp_path / "out").iterdir()] == ["standard-input.png"]


def test_the_folder_of_pictures_is_not_read(lince, corpus, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.bmp").write_bytes((corpus / "gracias.bmp").read_bytes())
    for _ in range(2):
        done = lince("read", "-r", "-f", "ndjson", "--boxes", tmp_path / "in/z", tmp_path / "in")
        assert [each["file"] for each in objects(done.out)] == [f"{tmp_path}/in/a.bmp"]
    done = lince("read", "-f", "ndjson", "--boxes", tmp_path / "in", tmp_path / "in")
    assert [each["error"]["code"] for each in objects(done.out)] == ["argument"]


def test_a_place_that_cannot_be_written_is_74(lince, corpus, tmp_path):
    (tmp_path / "file").touch()
    for place in (tmp_path / "file", tmp_path / "no/such"):
        done = lince("read", "--boxes", place, corpus / "total.png")
        assert done.code == 74 and str(place).encode() in done.err


def test_a_large_image_gives_a_picture_to_look_at(lince, tmp_path):
    Image.new("RGB", (4000, 3000), "white").save(tmp_path / "large.png")
    assert lince("read", "--boxes", tmp_path / "out", tmp_path / "large.png").code == 0
    with Image.open(tmp_path / "out/large.png") as drawn:
        assert 1_800_000 < drawn.width * drawn.height < 2_200_000
        assert abs(drawn.width / drawn.height - 4 / 3) < 0.01


def test_a_font_that_is_none_is_69(lince, corpus, tmp_path):
    done = lince(
        "read", "--boxes", tmp_path / "out", corpus / "total.png", env={"LINCE_FONT": str(corpus / "total.png")}
    )
    assert done.code == 69 and b"LINCE_FONT" in done.err
