"""Which images count as receipts on a phone."""

from pathlib import Path

from PIL import Image

from phones import phone_receipts
from truth import LabelledSet


def labelled(
    name: str, folder: Path, images: dict[str, tuple[tuple[int, int], int]]
) -> LabelledSet:
    """A set of blank images of those sizes, with so many lines."""
    paths, lines = [], {}
    for stem, (size, count) in images.items():
        paths.append(folder / f"{stem}.png")
        Image.new("L", size).save(paths[-1])
        lines[stem] = ["x"] * count
    return LabelledSet(name, paths, lines)


def test_size_shape_and_text_decide(tmp_path):
    one = labelled(
        "one",
        tmp_path,
        {
            "fits": ((720, 1600), 20),
            "lies": ((1600, 720), 20),
            "small": ((300, 600), 20),
            "large": ((1200, 2400), 20),
            "short": ((720, 1600), 14),
            "long": ((720, 1600), 26),
        },
    )
    other = labelled("other", tmp_path, {"too": ((600, 900), 15)})
    found = phone_receipts([one, other])
    assert found.name == "phones"
    assert [path.stem for path in found.images] == ["fits", "too"]
    assert set(found.lines) == {"fits", "too"}
