"""Pages with columns, forms and tables from outside: their order, their blocks, and rows on one line of text."""

import pytest
from conftest import FONT, objects
from PIL import Image, ImageDraw, ImageFont

LEFT = [
    "The members came together in",
    "the big room at nine and heard",
    "what was spent on the roof in",
    "the last summer.",
]
RIGHT = [
    "Then they spoke of the walls",
    "and of the garden, which some",
    "want to be larger than it was",
    "before the war.",
]
ROWS = [("Name", "Ana Torres"), ("Account", "0102 4433"), ("Amount", "1.234,50"), ("Date", "18/05/2025")]


def page(angle=0):
    image = Image.new("RGB", (900, 620), "white")
    draw = ImageDraw.Draw(image)
    body = ImageFont.truetype(FONT, 22)
    draw.text((40, 30), "News of the valley", "black", ImageFont.truetype(FONT, 40))
    for number, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True)):
        draw.text((40, 120 + 31 * number), left, "black", body)
        draw.text((470, 120 + 31 * number), right, "black", body)
    for number, (label, value) in enumerate(ROWS):
        draw.text((40, 340 + 50 * number), label, "black", body)
        draw.text((470, 340 + 50 * number), value, "black", body)
    return image.rotate(-angle, expand=True, fillcolor="white", resample=Image.Resampling.BICUBIC)


@pytest.mark.parametrize("angle", [0, 10])
def test_columns_are_read_down_and_rows_across(lince, tmp_path, angle):
    page(angle).save(tmp_path / "page.png")
    (found,) = objects(lince("read", "-f", "ndjson", tmp_path / "page.png").out)
    cells = [text for row in ROWS for text in row]
    assert [line["text"] for line in found["lines"]] == ["News of the valley", *LEFT, *RIGHT, *cells]
    blocks = [(block["kind"], block["column"], block["columns"]) for block in found["blocks"]]
    assert blocks == [("heading", 0, 1), ("paragraph", 0, 2), ("paragraph", 1, 2), ("table", 0, 1)]
    assert found["blocks"][1]["text"] == " ".join(LEFT)
    assert [[cell["row"], cell["column"], cell["text"]] for cell in found["blocks"][3]["cells"]] == [
        [row, column, ROWS[row][column]] for row in range(4) for column in range(2)
    ]
    assert [line["row"] for line in found["lines"][-8:]] == [found["lines"][-8]["row"] + i // 2 for i in range(8)]


def test_the_cells_of_a_row_are_on_one_line_of_text(lince, tmp_path):
    page().save(tmp_path / "page.png")
    lines = lince("read", tmp_path / "page.png").out.decode().splitlines()
    assert lines == ["News of the valley", *LEFT, *RIGHT, *["  ".join(row) for row in ROWS]]
