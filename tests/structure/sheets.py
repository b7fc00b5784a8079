"""Pages with their structure: each function draws one from a seed and notes every block in the order of reading."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from PIL import ImageFont

from tests.pages.canvas import Colour, Sheet, families, font
from tests.pages.words import amount, firm, person, prose, sentence, title

A4_INCHES = (8.27, 11.69)
NOT_FOR_TEXT = ("roboto-mono", "share-tech-mono", "vt323")
GREY: Colour = (90, 90, 90)
BULLETS = ("•", "-", "–", "*")
Face = ImageFont.FreeTypeFont
Cells = list[list[str]]


@dataclass
class Block:
    """One thing on a page."""

    kind: str
    text: str
    cells: Cells = field(default_factory=list)
    is_ruled: bool = False


class Page:
    """A sheet of A4, filled from top to bottom or in columns."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        dots = dice.choice((150, 200, 300))
        self.point = dots / 72
        self.sheet = Sheet(round(A4_INCHES[0] * dots), round(A4_INCHES[1] * dots))
        self.family = dice.choice(families(*NOT_FOR_TEXT))
        self.body = self.face(dice.uniform(9, 11.5))
        self.pitch = self.body.size * dice.uniform(1.2, 1.45)
        self.left = dice.uniform(45, 75) * self.point
        self.right = self.sheet.width_px - self.left
        self.y = dice.uniform(75, 90) * self.point
        self.blocks: list[Block] = []

    def face(self, points: float) -> Face:
        return font(self.family, round(points * self.point))

    def note(self, kind: str, first_line: int) -> None:
        """Notes what was printed since that line as one block."""
        self.blocks.append(Block(kind, " ".join(self.sheet.lines[first_line:])))

    def space(self, pitches: float = 0.9) -> None:
        self.y += pitches * self.pitch

    def text(self, kind: str, words: list[str], face: Face, left: float, right: float) -> None:
        """Prints words, wrapped, as one block."""
        first = len(self.sheet.lines)
        pitch = face.size * self.pitch / self.body.size
        self.y = self.sheet.paragraph((left, self.y), words, right - left, face, pitch)
        self.note(kind, first)

    def heading(self, points: float = 15, left: float | None = None, right: float | None = None) -> None:
        """A title, larger than the text."""
        words = title(self.dice, self.dice.randint(2, 4)).split()
        self.text("heading", words, self.face(points), left or self.left, right or self.right)
        self.space(0.6)

    def paragraph(self, words: int = 50, left: float | None = None, right: float | None = None) -> None:
        """A paragraph, with space behind it."""
        self.text("paragraph", prose(self.dice, words), self.body, left or self.left, right or self.right)
        self.space()

    def items(self, count: int, is_numbered: bool) -> None:
        """Marked items, the longer ones over two rows that begin below each other."""
        mark = self.dice.choice(BULLETS)
        indent = 16 * self.point
        for number in range(1, count + 1):
            sign = f"{number}." if is_numbered else mark
            first, top = len(self.sheet.lines), self.y
            words = sentence(self.dice, 5, self.dice.choice((9, 22))).split()
            self.y = self.sheet.paragraph((self.left + indent, top), words, self.right - self.left - indent, self.body,
                                          self.pitch)  # fmt: skip
            self.sheet.put((self.left, top), sign, self.body)
            self.sheet.lines[first] = f"{sign} {self.sheet.lines[first]}"
            self.note("list_item", first)
            self.y += 0.15 * self.pitch
        self.space()

    def table(self, cells: Cells, shares: list[float], is_ruled: bool, numbers: int) -> None:
        """A table; its last columns, `numbers` of them, end at the right."""
        width, height = self.right - self.left, self.pitch * self.dice.uniform(1.15, 1.7)
        stops = [self.left + width * sum(shares[:index]) for index in range(len(shares) + 1)]
        pad = 5 * self.point
        for row in cells:
            for column, cell in enumerate(row):
                is_number = column >= len(row) - numbers
                x = stops[column + 1] - pad - self.body.getlength(cell) if is_number else stops[column] + pad
                self.sheet.put((x, self.y + (height - 1.25 * self.body.size) / 2), cell, self.body)
                if is_ruled:
                    box = (stops[column], self.y, stops[column + 1], self.y + height)
                    self.sheet.draw.rectangle(box, outline=GREY, width=max(1, round(self.point / 2)))
            self.sheet.row(*(cell for cell in row if cell))
            self.y += height
        text = "\n".join(" ".join(cell for cell in row if cell) for row in cells)
        self.blocks.append(Block("table", text, cells, is_ruled))
        self.space(1.2)

    def margin(self, kind: str, text: str, y: float, side: str = "middle") -> None:
        """A line in the margin above or below the text, printed smaller."""
        face = self.face(8)
        room = self.sheet.width_px - face.getlength(text)
        x = {"left": self.left, "middle": room / 2, "right": room - self.left}[side]
        first = len(self.sheet.lines)
        self.sheet.line((x, y), text, face, GREY)
        self.note(kind, first)

    def head(self) -> None:
        """A line above the text."""
        self.margin("header", f"{firm(self.dice)}", 28 * self.point, self.dice.choice(("left", "middle", "right")))

    def foot(self) -> None:
        """A line and the number of the page below the text, or one of them."""
        y = self.sheet.height_px - 40 * self.point
        number = self.dice.choice(("- {} -", "{}", "Página {} de 12", "{} / 12")).format(self.dice.randint(1, 9))
        choice = self.dice.randrange(3)
        if choice == 0:
            self.margin("footer", f"{person(self.dice)}, {title(self.dice, 3)}", y, "left")
        if choice == 1:
            self.margin("page_number", number, y)
        if choice == 2:
            self.margin("footer", f"{person(self.dice)}, {title(self.dice, 3)}", y, "left")
            self.margin("page_number", number, y, "right")


def invoice_rows(dice: random.Random, count: int) -> Cells:
    """Articles with their numbers."""
    rows = [["Artículo", "Cantidad", "Precio", "Importe"]]
    rows += [
        [title(dice, dice.randint(1, 4)), str(dice.randint(1, 99)), amount(dice), amount(dice)] for _ in range(count)
    ]
    return rows


def article(dice: random.Random) -> Page:
    """Headings of two sizes, paragraphs, a list."""
    page = Page(dice)
    page.head()
    page.heading(20)
    for _ in range(2):
        page.heading(14)
        for _ in range(dice.randint(1, 2)):
            page.paragraph(dice.randint(30, 55))
    page.items(dice.randint(3, 5), dice.random() < 0.5)
    page.paragraph(30)
    page.foot()
    return page


def letter(dice: random.Random) -> Page:
    """A letter: no headings."""
    page = Page(dice)
    for _ in range(dice.randint(3, 5)):
        page.paragraph(dice.randint(30, 70))
    page.text("paragraph", ["Atentamente,"], page.body, page.left, page.right)
    page.space(3)
    page.text("paragraph", person(dice).split(), page.body, page.left, page.right)
    return page


def newspaper(dice: random.Random) -> Page:
    """Two or three columns below a headline, some with a heading of their own."""
    page = Page(dice)
    page.head()
    page.heading(24)
    count, gutter = dice.choice((2, 3)), dice.uniform(14, 26) * page.point
    width = (page.right - page.left - (count - 1) * gutter) / count
    top, bottom = page.y, page.y + dice.uniform(250, 400) * page.point
    for column in range(count):
        left, page.y = page.left + column * (width + gutter), top
        if column > 0 and dice.random() < 0.5:
            page.heading(13, left, left + width)
        while page.y < bottom:
            page.paragraph(dice.randint(18, 35), left, left + width)
    page.foot()
    return page


def ruled(dice: random.Random) -> Page:
    """A report with a table in rules."""
    page = Page(dice)
    page.head()
    page.heading(16)
    page.paragraph(40)
    page.table(invoice_rows(dice, dice.randint(4, 10)), [0.46, 0.16, 0.18, 0.2], True, 3)
    page.paragraph(40)
    page.foot()
    return page


def unruled(dice: random.Random) -> Page:
    """The same without rules."""
    page = Page(dice)
    page.heading(16)
    page.paragraph(40)
    page.table(invoice_rows(dice, dice.randint(4, 10)), [0.46, 0.16, 0.18, 0.2], False, 3)
    page.paragraph(30)
    page.foot()
    return page


def gaps(dice: random.Random) -> Page:
    """A table with cells that are empty, in rules or without."""
    page = Page(dice)
    page.heading(15)
    rows = [["Día", "Concepto", "Cargo", "Abono"]]
    for _ in range(dice.randint(5, 9)):
        cells = [f"{dice.randint(10, 28)}/{dice.randint(10, 12)}/2025", title(dice, 2), amount(dice), amount(dice)]
        cells[dice.choice((2, 3))] = ""
        rows.append(cells)
    page.table(rows, [0.2, 0.4, 0.2, 0.2], dice.random() < 0.5, 2)
    page.paragraph(25)
    return page


def form(dice: random.Random) -> Page:
    """Labels with their values beside them."""
    page = Page(dice)
    page.heading(17)
    labels = ("Nombre", "Dirección", "Teléfono", "Correo", "Ciudad", "Monto", "Fecha")
    rows = [[label, title(dice, 2)] for label in labels[: dice.randint(4, 7)]]
    page.table(rows, [0.35, 0.65], dice.random() < 0.5, 0)
    page.paragraph(35)
    return page


KINDS: dict[str, Callable[[random.Random], Page]] = {
    each.__name__: each for each in (article, letter, newspaper, ruled, unruled, gaps, form)
}
