"""The words of a PDF file as other programs find them: Poppler, PDFium and pdf.js."""

from __future__ import annotations

import ctypes
import json
import re
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import pypdfium2
from conftest import ROOT, THIRD_PARTY, run
from pypdfium2 import raw

WORD = re.compile(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">([^<]*)</word>')
Box = tuple[float, float, float, float]
SCALE = 100  # PDFium tells places on the device in whole pixels


@dataclass
class Found:
    """A page as a reader shows it: its width in points, and its words in their order, with a box where one is told."""

    width: float
    words: list[tuple[str, Box | None]]

    @property
    def texts(self) -> list[str]:
        return [text for text, _box in self.words]


def poppler(path: Path) -> list[Found]:
    """By pdftotext: the words of each page with their boxes."""
    pages = run("pdftotext", "-cropbox", "-bbox", path, "-").decode().split("<page ")[1:]
    document = pypdfium2.PdfDocument(path)
    widths = [page.get_width() for page in document]  # pdftotext tells the width before the page is turned
    document.close()
    found = []
    for page, width in zip(pages, widths, strict=True):
        words = [(unescape(word[4]), tuple(float(side) for side in word[:4])) for word in WORD.findall(page)]
        found.append(Found(width, words))
    return found


def poppler_text(path: Path) -> list[list[str]]:
    """By pdftotext, in the order of the file."""
    return [page.split() for page in run("pdftotext", "-raw", path, "-").decode().split("\f")[:-1]]


def _shown(page: pypdfium2.PdfPage, text: raw.FPDF_TEXTPAGE, index: int) -> Box | None:
    """The box of a character on the page as shown, from the upper left corner."""
    sides = [ctypes.c_double() for _ in range(4)]
    if not raw.FPDFText_GetCharBox(text, index, *sides):
        return None
    left, right, bottom, top = (side.value for side in sides)
    width, height = (round(side * SCALE) for side in page.get_size())
    corners = []
    for x, y in ((left, top), (right, bottom)):
        at = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(page, 0, 0, width, height, 0, x, y, *at)
        corners.append([each.value / SCALE for each in at])
    (x0, y0), (x1, y1) = corners
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _joined(boxes: list[Box]) -> Box | None:
    if not boxes:
        return None
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _pdfium_page(page: pypdfium2.PdfPage) -> Found:
    text = page.get_textpage()
    words, letters, boxes = [], "", []
    for index in range(text.count_chars() + 1):
        letter = chr(raw.FPDFText_GetUnicode(text, index)) if index < text.count_chars() else " "
        if letter.isspace() or letter == "\0":
            if letters:
                words.append((letters, _joined(boxes)))
            letters, boxes = "", []
            continue
        letters += letter
        box = _shown(page, text, index)
        boxes += [box] if box is not None else []
    return Found(page.get_width(), words)


def pdfium(path: Path) -> list[Found]:
    """By PDFium: what Chromium selects and copies."""
    document = pypdfium2.PdfDocument(path)
    try:
        return [_pdfium_page(page) for page in document]
    finally:
        document.close()


def pdfium_counts(path: Path, phrases: list[str]) -> list[list[int]]:
    """How often PDFium's own search finds each phrase on each page."""
    document = pypdfium2.PdfDocument(path)
    counts = []
    for page in document:
        text = page.get_textpage()
        found = []
        for phrase in phrases:
            search = text.search(phrase, match_case=True)
            found.append(sum(1 for _ in iter(search.get_next, None)))
        counts.append(found)
    document.close()
    return counts


@dataclass
class Viewed(Found):
    """A page in pdf.js, with how often its search finds each phrase."""

    counts: list[int]


def _viewed(told: dict) -> Viewed:
    """Of each piece of text, its first word has a place: the corner where its baseline begins."""
    words: list[tuple[str, Box | None]] = []
    glued = False  # whether the next piece goes on with the word before it
    for piece in told["pieces"]:
        *_, x, y = piece["at"]
        a, b, c, d, e, f = told["transform"]
        corner = (a * x + c * y + e, b * x + d * y + f)
        for index, word in enumerate(piece["text"].split()):
            if glued and index == 0 and not piece["text"][0].isspace():
                words[-1] = (words[-1][0] + word, words[-1][1])
            else:
                words.append((word, (*corner, *corner) if index == 0 else None))
        if piece["text"]:
            glued = not piece["text"][-1].isspace()
        glued = glued and not piece["ends"]
    return Viewed(told["width"], words, told["found"])


def pdfjs(path: Path, phrases: list[str] = ()) -> list[Viewed]:
    """By pdf.js: what Firefox shows, selects and finds."""
    viewer = Path(__file__).with_name("viewer.mjs")
    printed = run("node", viewer, THIRD_PARTY / "pdfjs", path, *phrases, cwd=ROOT)
    return [_viewed(json.loads(line)) for line in printed.splitlines()]
