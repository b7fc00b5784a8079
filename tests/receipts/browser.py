"""Renders sheets in one headless Chromium page, and reads words and boxes from the DOM."""

import base64
import io
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from PIL import Image
from playwright.sync_api import sync_playwright

from .sheet import BASE_CSS, Sheet

FONTS = Path(__file__).resolve().parents[2] / "build" / "receipts" / "fonts"
FAMILIES = {
    "barlow": "Barlow",
    "dm-sans": "DM Sans",
    "exo-2": "Exo 2",
    "ibm-plex-sans": "IBM Plex Sans",
    "inter": "Inter",
    "lato": "Lato",
    "manrope": "Manrope",
    "montserrat": "Montserrat",
    "mulish": "Mulish",
    "noto-sans": "Noto Sans",
    "nunito": "Nunito",
    "open-sans": "Open Sans",
    "poppins": "Poppins",
    "pt-serif": "PT Serif",
    "roboto": "Roboto",
    "roboto-mono": "Roboto Mono",
    "rubik": "Rubik",
    "share-tech-mono": "Share Tech Mono",
    "source-sans-3": "Source Sans 3",
    "ubuntu": "Ubuntu",
    "vt323": "VT323",
    "work-sans": "Work Sans",
}
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--font-render-hinting=none",
    "--disable-lcd-text",
    "--force-color-profile=srgb",
    "--hide-scrollbars",
]

LOAD_FONTS = """async (faces) => {
  for (const [family, weight, data] of faces) {
    const face = new FontFace(family, `url(data:font/woff2;base64,${data})`, { weight });
    document.fonts.add(await face.load());
  }
}"""

SHOW = """async ([css, body]) => {
  document.head.innerHTML = '<style>' + css + '</style>';
  document.body.innerHTML = body;
  const root = document.body.firstElementChild.getBoundingClientRect();
  return [Math.ceil(root.width), Math.ceil(root.height)];
}"""

# Each word is [text, field, block, x0, y0, x1, y1, visible share]; boxes are CSS pixels.
COLLECT = r"""() => {
  const words = [], blocks = new Map();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let open = null;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const owner = node.parentElement;
    if (owner.closest('svg,[data-ignore]')) continue;
    let block = owner;
    while (getComputedStyle(block).display === 'inline') block = block.parentElement;
    if (!blocks.has(block)) blocks.set(block, blocks.size);
    const upper = getComputedStyle(owner).textTransform === 'uppercase';
    const marked = owner.closest('[data-field]');
    const field = marked ? marked.dataset.field : null;
    const clip = owner.closest('[data-clip]');
    const frame = clip ? clip.getBoundingClientRect() : null;
    const text = node.data, range = document.createRange();
    if (/^\s/.test(text)) open = null;
    for (const match of text.matchAll(/\S+/g)) {
      let pieces = [];
      range.setStart(node, match.index); range.setEnd(node, match.index + match[0].length);
      const whole = range.getClientRects();
      // Only a word that is broken over lines is measured letter by letter.
      const step = whole.length === 1 ? match[0].length : 1;
      for (let i = match.index; i < match.index + match[0].length; i += step) {
        range.setStart(node, i); range.setEnd(node, i + step);
        const rects = range.getClientRects();
        if (!rects.length) continue;
        const r = rects[rects.length - 1], last = pieces[pieces.length - 1];
        const own = text.slice(i, i + step);
        if (last && Math.abs(last.y0 - r.top) < r.height / 2) {
          last.text += own; last.x1 = r.right;
        } else {
          pieces.push({ text: own, x0: r.left, y0: r.top, x1: r.right, y1: r.bottom });
        }
      }
      pieces.forEach((p, n) => {
        const joins = open && n === 0 && match.index === 0 && open.block === block &&
          Math.abs(open.x1 - p.x0) < 1 && p.y0 < open.y1 && p.y1 > open.y0;
        if (joins) {
          open.text += upper ? p.text.toUpperCase() : p.text;
          open.x1 = p.x1; open.field = open.field || field;
          open.y0 = Math.min(open.y0, p.y0); open.y1 = Math.max(open.y1, p.y1);
          return;
        }
        p.text = upper ? p.text.toUpperCase() : p.text;
        p.block = block; p.field = field; p.frame = frame;
        words.push(p); open = p;
      });
    }
    if (/\s$/.test(text)) open = null;
  }
  return words.map((w) => {
    let share = 1;
    if (w.frame) {
      const top = Math.max(w.y0, w.frame.top), end = Math.min(w.y1, w.frame.bottom);
      share = Math.max(0, end - top) / (w.y1 - w.y0);
      w.y0 = top; w.y1 = Math.max(top, end);
    }
    return [w.text, w.field, blocks.get(w.block), w.x0, w.y0, w.x1, w.y1, share];
  });
}"""


@dataclass
class Word:
    """A printed word in image pixels; `share` is how much of it can be seen."""

    text: str
    field: str | None
    block: int
    box: tuple[float, float, float, float]
    share: float


@dataclass
class Shot:
    image: Image.Image
    words: list[Word]


class Browser:
    """One Chromium, one page, reused for every sheet."""

    def __init__(self) -> None:
        program = shutil.which("chromium") or shutil.which("chromium-browser")
        if program is None or not (FONTS / ".complete").exists():
            raise SystemExit("Chromium or the fonts are missing: run tests/receipts/setup first.")
        self.playwright = sync_playwright().start()
        self.chromium = self.playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        self.page = self.chromium.new_page()
        self.page.set_content("<!doctype html><html lang=es><head></head><body></body></html>")
        self.wire = self.page.context.new_cdp_session(self.page)
        self.families: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_) -> None:
        self.chromium.close()
        self.playwright.stop()

    def resize(self, width: int, height: int, scale: float) -> None:
        self.wire.send(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": height, "deviceScaleFactor": scale, "mobile": False},
        )

    def load_fonts(self, sheet: Sheet) -> None:
        """Loads the families that this sheet names, each once in the page's life."""
        text = BASE_CSS + sheet.css + sheet.body
        for folder, family in FAMILIES.items():
            if family in text and family not in self.families:
                self.page.evaluate(LOAD_FONTS, read_faces(folder, family))
                self.families.add(family)

    def shoot(self, sheet: Sheet) -> Shot:
        self.load_fonts(sheet)
        self.resize(sheet.width, sheet.height or 900, sheet.scale)
        width, height = self.page.evaluate(SHOW, [BASE_CSS + sheet.css, sheet.body])
        if sheet.height is None:
            self.resize(width, height, sheet.scale)
        found = self.page.evaluate(COLLECT)
        options = {"format": "png", "optimizeForSpeed": True}
        data = self.wire.send("Page.captureScreenshot", options)["data"]
        image = Image.open(io.BytesIO(base64.b64decode(data))).convert("RGB")
        words = [
            Word(text, field, block, tuple(v * sheet.scale for v in box), share)
            for text, field, block, *box, share in found
        ]
        return Shot(image, words)


def read_faces(folder: str, family: str) -> list[list[str]]:
    faces = []
    for file in sorted((FONTS / folder).glob("*.woff2")):
        weight = file.stem.split("-latin-")[1].split("-")[0]
        faces.append([family, weight, base64.b64encode(file.read_bytes()).decode()])
    return faces
