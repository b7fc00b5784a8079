"""A sheet to print on. It keeps every printed line, so that the truth is what was drawn."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

FONTS = Path(__file__).resolve().parents[2] / "build" / "receipts" / "fonts"
Colour = tuple[int, int, int]
INK: Colour = (20, 20, 20)
PAPER: Colour = (255, 255, 255)


@cache
def font(family: str, size_px: int, weight: int = 400) -> ImageFont.FreeTypeFont:
    """A font of those that the tests' set-up fetches."""
    path = FONTS / family / f"{family}-latin-{weight}-normal.woff2"
    return ImageFont.truetype(path, size_px)


def families(*without: str) -> list[str]:
    """Every family with a regular face, but those named."""
    names = sorted(path.name for path in FONTS.iterdir() if path.is_dir())
    return [
        name for name in names if name not in without and (FONTS / name / f"{name}-latin-400-normal.woff2").is_file()
    ]


@dataclass
class Sheet:
    """A page in the making."""

    width_px: int
    height_px: int
    paper: Colour = PAPER
    lines: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.image = Image.new("RGB", (self.width_px, self.height_px), self.paper)
        self.draw = ImageDraw.Draw(self.image)

    def put(self, at: tuple[float, float], text: str, face: ImageFont.FreeTypeFont, ink: Colour = INK) -> None:
        """Prints without a line in the truth: a part of a row that `row` has noted."""
        self.draw.text((round(at[0]), round(at[1])), text, font=face, fill=ink)

    def line(self, at: tuple[float, float], text: str, face: ImageFont.FreeTypeFont, ink: Colour = INK) -> None:
        """Prints a line and notes it."""
        self.put(at, text, face, ink)
        self.lines.append(text)

    def row(self, *cells: str) -> None:
        """Notes the cells of a row, which stand on one line of the truth."""
        self.lines.append(" ".join(cells))

    def turn(self, degrees: float) -> None:
        """Turns all that was printed anticlockwise; nothing is printed afterwards."""
        self.image = self.image.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=self.paper)

    def paragraph(
        self,
        at: tuple[float, float],
        words: list[str],
        width_px: float,
        face: ImageFont.FreeTypeFont,
        pitch_px: float,
        ink: Colour = INK,
    ) -> float:
        """Prints words wrapped to a width; gives where the next row begins."""
        y = at[1]
        row: list[str] = []
        for word in words:
            if row and face.getlength(" ".join([*row, word])) > width_px:
                self.line((at[0], y), " ".join(row), face, ink)
                y += pitch_px
                row = []
            row.append(word)
        self.line((at[0], y), " ".join(row), face, ink)
        return y + pitch_px
