"""The pages of `pages_latin.py` as images: set in the open fonts, then damaged as images are on their way.

    cd tests; ../build/venv-test/bin/python -m receipts.pages_drawn --out DIR --count 400 --seed 5 --half held-back

Each image has its truth in DIR/truth.ndjson. Damages that make values unreadable are drawn more often than in life, so
that there are wrong values to judge a confidence by.
"""

import argparse
import json
import random
import sys
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from . import pages_latin
from .damage import DAMAGES, Scene

FONTS = Path(__file__).resolve().parents[2] / "build" / "receipts" / "fonts"
SCALE = 2  # pages_latin's unit is half a pixel of a phone
# A third is as it came, a third is what messengers make of it, a third is hard to read.
WEIGHTS = {
    "clean": 10,
    "jpeg": 12,
    "messenger": 16,
    "messenger-small": 14,
    "jpeg-low": 8,
    "grey": 4,
    "denoised": 6,
    "halved-enlarged": 8,
    "thinned": 5,
    "scanned": 5,
    "screen-photo": 6,
    "paper-photo": 4,
    "blurred": 8,
    "tiny": 6,
}


def blurred(scene: Scene) -> None:
    """Out of focus: the edges of strokes are gone, and neighbours run together."""
    scene.fit(scene.rng.choice([900, 1100, 1400]))
    radius = scene.rng.uniform(0.8, 2.0)
    scene.image = scene.image.filter(ImageFilter.GaussianBlur(radius))
    scene.parameters["blur_px"] = round(radius, 2)
    scene.jpeg(scene.rng.randint(35, 75))


def tiny(scene: Scene) -> None:
    """A preview that was kept in the image's place: digits of 6 to 8 pixels."""
    scene.rescale(scene.rng.uniform(260, 340) / scene.size[0], Image.Resampling.BICUBIC)
    scene.jpeg(scene.rng.randint(40, 80))


ALL_DAMAGES = DAMAGES | {"blurred": blurred, "tiny": tiny}


def colon_sign(draw: ImageDraw.ImageDraw, at: tuple[float, float], font: ImageFont.FreeTypeFont, ink) -> float:
    """The sign of Costa Rica's currency, which the fonts' Latin subsets lack: a C with two strokes. Gives its width."""
    x, y = at
    draw.text(at, "C", font=font, fill=ink)
    width, high = font.getlength("C"), font.size
    for share in (0.45, 0.65):
        left = x + width * share
        draw.line([(left + high * 0.09, y + high * 0.18), (left - high * 0.09, y + high * 1.02)], fill=ink, width=2)
    return width


def line_draw(draw: ImageDraw.ImageDraw, line: dict, font_path: str, ink) -> None:
    """One line in its box: as high as the box, and no wider."""
    x0, y0, x1, y1 = (v * SCALE for v in line["box"])
    size = (y1 - y0) * 0.78
    font = ImageFont.truetype(font_path, size)
    wide = font.getlength(line["text"].replace("₡", "C"))
    if wide > x1 - x0 + 8:
        font = ImageFont.truetype(font_path, size * (x1 - x0 + 8) / wide)
        wide = x1 - x0
    right = x1 > (pages_latin.WIDTH - 30) * SCALE and x0 > 40 * SCALE
    centred = abs((x0 + x1) / 2 - pages_latin.WIDTH * SCALE / 2) < 3
    x = x1 - wide if right and not centred else (x0 + x1 - wide) / 2 if centred else x0
    for part in line["text"].replace("₡", "\0₡\0").split("\0"):
        if part == "₡":
            x += colon_sign(draw, (x, y0), font, ink)
        elif part:
            draw.text((x, y0), part, font=font, fill=ink)
            x += font.getlength(part)


def page_draw(page: dict, rng: random.Random) -> Image.Image:
    fonts = sorted(FONTS.glob("*/*-latin-[456]00-normal.woff2"))
    fonts = [font for font in fonts if font.parent.name not in ("vt323", "share-tech-mono")]
    path = str(rng.choice(fonts))
    dark = rng.random() < 0.25
    ground = rng.choice([(33, 33, 33), (18, 18, 30)] if dark else [(255, 255, 255), (246, 246, 248), (250, 247, 240)])
    ink = (240, 240, 240) if dark else rng.choice([(20, 20, 20), (45, 45, 60), (90, 90, 98)])
    image = Image.new("RGB", (page["width"] * SCALE, round(page["height"] * SCALE)), ground)
    draw = ImageDraw.Draw(image)
    for line in page["lines"]:
        line_draw(draw, line, path, ink)
    return image


def scene_of(image: Image.Image, rng: random.Random) -> Scene:
    none = np.zeros(0)
    return Scene(image, np.zeros((0, 4, 2)), none, none.astype(bool), rng, np.random.default_rng(rng.getrandbits(64)))


def make(out: Path, count: int, seed: int, half: str) -> None:
    """Images of one half of the designs, and their truth."""
    out.mkdir(parents=True, exist_ok=True)
    wanted = half == "held-back"
    pages = [p for p in pages_latin.make(seed, count * 3) if p[1]["held_back"] is wanted and p[1]["fields"]]
    with (out / "truth.ndjson").open("w") as truths:
        for page, truth in pages[:count]:
            rng = random.Random(f"drawn {seed} {truth['file']}")
            damage = rng.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
            scene = scene_of(page_draw(page, rng), rng)
            ALL_DAMAGES[damage](scene)
            name = Path(truth["file"]).stem + ".jpg"
            scene.image.save(out / name, "JPEG", quality=scene.quality)
            truths.write(json.dumps(truth | {"file": name, "damage": damage}) + "\n")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--count", type=int, default=400)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--half", choices=("held-back", "open"), default="open", help="of the designs")
    options = parser.parse_args()
    make(options.out, options.count, options.seed, options.half)
    return 0


if __name__ == "__main__":
    sys.exit(main())
