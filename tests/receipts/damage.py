"""What happens to images on the way: each damage changes the pixels, and the boxes with them."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter

if TYPE_CHECKING:  # a page may be drawn without a browser
    from .browser import Shot


@dataclass
class Scene:
    """An image under way, with its words' quadrilaterals in its own pixels."""

    image: Image.Image
    quads: np.ndarray  # words × 4 corners × (x, y)
    share: np.ndarray  # of each word, how much can be seen
    covered: np.ndarray  # of each word, whether something was drawn over it
    rng: random.Random
    noise: np.random.Generator
    parameters: dict = field(default_factory=dict)
    format: str = "png"
    quality: int = 90
    misnamed: bool = False

    @property
    def size(self) -> tuple[int, int]:
        return self.image.size

    def map(self, matrix: np.ndarray) -> None:
        """Moves every corner by a homography."""
        flat = self.quads.reshape(-1, 2)
        moved = np.c_[flat, np.ones(len(flat))] @ matrix.T
        self.quads = (moved[:, :2] / moved[:, 2:]).reshape(self.quads.shape)

    def resize(self, width: int, height: int, method=Image.Resampling.LANCZOS) -> None:
        old_width, old_height = self.size
        width, height = max(width, 8), max(height, 8)
        self.image = self.image.resize((width, height), method)
        self.map(np.diag([width / old_width, height / old_height, 1]))

    def rescale(self, factor: float, method=Image.Resampling.LANCZOS) -> None:
        width, height = self.size
        self.resize(round(width * factor), round(height * factor), method)

    def fit(self, longest: int) -> None:
        """Reduces to a longest side, as a messenger does; never enlarges."""
        factor = longest / max(self.size)
        if factor < 1:
            self.rescale(factor)

    def crop(self, left: int, top: int, right: int, bottom: int) -> None:
        self.image = self.image.crop((left, top, right, bottom))
        self.map(np.array([[1.0, 0, -left], [0, 1, -top], [0, 0, 1]]))

    def recompress(self, quality: int) -> None:
        """Through a JPEG and back, as when an image is forwarded."""
        self.image = through_jpeg(self.image, quality)

    def jpeg(self, quality: int) -> None:
        self.format, self.quality = "jpg", quality
        self.parameters["quality"] = quality


def through_jpeg(image: Image.Image, quality: int) -> Image.Image:
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=quality)
    return Image.open(io.BytesIO(stream.getvalue())).convert("RGB")


def open_scene(shot: Shot, rng: random.Random) -> Scene:
    quads = np.array(
        [[(x0, y0), (x1, y0), (x1, y1), (x0, y1)] for x0, y0, x1, y1 in (w.box for w in shot.words)]
    ).reshape(-1, 4, 2)
    return Scene(
        image=shot.image,
        quads=quads,
        share=np.array([w.share for w in shot.words], dtype=float),
        covered=np.zeros(len(shot.words), dtype=bool),
        rng=rng,
        noise=np.random.default_rng(rng.getrandbits(64)),
    )


def grey_levels(scene: Scene) -> np.ndarray:
    return np.asarray(scene.image.convert("L"), dtype=np.float32)


def is_dark(scene: Scene) -> bool:
    return float(np.median(grey_levels(scene))) < 110


# Damages without geometry of their own.


def clean(scene: Scene) -> None:
    scene.format = scene.rng.choice(["png", "png", "webp"])


def jpeg(scene: Scene) -> None:
    scene.jpeg(scene.rng.randint(60, 95))


def jpeg_low(scene: Scene) -> None:
    scene.fit(1600)
    scene.jpeg(scene.rng.randint(30, 50))


def messenger(scene: Scene) -> None:
    longest = scene.rng.choice([1600, 1600, 1280, 1156, 1080])
    scene.fit(longest)
    scene.recompress(scene.rng.randint(70, 90))
    scene.parameters["longest_px"] = longest
    scene.jpeg(scene.rng.randint(60, 85))


def messenger_small(scene: Scene) -> None:
    """A second forward: tall screens come out 485 to 540 wide, pages about twice that."""
    width = scene.rng.randint(485, 540)
    if scene.size[0] > scene.size[1] * 0.7:
        width = round(width * 1.8)
    if width < scene.size[0]:
        scene.rescale(width / scene.size[0], Image.Resampling.BICUBIC)
    scene.recompress(scene.rng.randint(65, 90))
    scene.parameters["width_px"] = width
    scene.jpeg(scene.rng.randint(55, 80))


def grey(scene: Scene) -> None:
    scene.fit(scene.rng.choice([1280, 1600, 2400]))
    scene.image = scene.image.convert("L").convert("RGB")
    scene.jpeg(scene.rng.randint(60, 92))


def denoised(scene: Scene) -> None:
    scene.fit(1600)
    scene.recompress(scene.rng.randint(40, 70))
    scene.image = scene.image.convert("L").filter(ImageFilter.MedianFilter(3))
    scene.image = scene.image.filter(ImageFilter.GaussianBlur(0.5)).convert("RGB")
    scene.jpeg(scene.rng.randint(75, 95))


def inverted(scene: Scene) -> None:
    scene.fit(scene.rng.choice([1280, 1600]))
    scene.image = ImageChops.invert(scene.image)
    if scene.rng.random() < 0.5:
        scene.image = scene.image.convert("L").convert("RGB")
    scene.jpeg(scene.rng.randint(65, 92))


def box_mean(levels: np.ndarray, radius: int) -> np.ndarray:
    """Mean over a square window, by an integral image."""
    padded = np.pad(levels, radius + 1, mode="edge").astype(np.float64).cumsum(0).cumsum(1)
    side = 2 * radius + 1
    total = padded[side:, side:] - padded[:-side, side:] - padded[side:, :-side]
    total += padded[:-side, :-side]
    return (total / side**2)[:-1, :-1]


def binarised(scene: Scene) -> None:
    """Adaptive threshold: on a dark ground the letters come out as outlines."""
    scene.fit(1600)
    radius, offset = scene.rng.choice([5, 7, 12]), scene.rng.choice([4, 7, 10])
    levels = grey_levels(scene)
    black = levels < box_mean(levels, radius) - offset
    scene.image = Image.fromarray(np.where(black, 0, 255).astype(np.uint8)).convert("RGB")
    scene.parameters |= {"radius_px": radius, "offset": offset}
    scene.format = scene.rng.choice(["png", "jpg"])


def enlarged(scene: Scene) -> None:
    high = scene.rng.randint(2000, 6500)
    scene.rescale(min(1, 1000 / scene.size[1]))
    method = scene.rng.choice([Image.Resampling.BICUBIC, Image.Resampling.LANCZOS])
    scene.rescale(high / scene.size[1], method)
    scene.parameters["height_px"] = high
    scene.jpeg(scene.rng.randint(55, 85))


def halved_enlarged(scene: Scene) -> None:
    """Down until digits are about 7 pixels high, and up again."""
    heights = scene.quads[:, 3, 1] - scene.quads[:, 0, 1]
    typical = float(np.median(heights)) if len(heights) else 30.0
    digit_px = scene.rng.uniform(7, 9.5)
    # A word's box is the font's whole height, about twice the height of a digit.
    factor = min(1.0, digit_px * 1.9 / typical)
    wide = scene.size[0]
    scene.rescale(factor, Image.Resampling.BOX)
    up = min(scene.rng.choice([1.5, 2, 3]), wide * 1.5 / scene.size[0])
    scene.rescale(up, Image.Resampling.BICUBIC)
    scene.parameters |= {"digit_px": round(digit_px, 1), "up": round(up, 2)}
    scene.jpeg(scene.rng.randint(65, 90))


def ai_enlarged(scene: Scene) -> None:
    """Enlarged by a program that invents edges: sharpened, smoothed and recoloured."""
    scene.fit(900)
    scene.recompress(70)
    scene.rescale(2)
    image = scene.image.filter(ImageFilter.MedianFilter(5))
    image = image.filter(ImageFilter.UnsharpMask(3, 260, 2))
    image = ImageEnhance.Color(image).enhance(scene.rng.uniform(0.3, 2.2))
    tint = tuple(scene.rng.randint(225, 255) for _ in range(3))
    scene.image = ImageChops.multiply(image, Image.new("RGB", image.size, tint))
    scene.jpeg(scene.rng.randint(70, 92))


def thinned(scene: Scene) -> None:
    """Strokes worn down until digits begin to break."""
    scene.fit(2000)
    dark = is_dark(scene)
    worn = scene.image.filter(ImageFilter.MinFilter(3) if dark else ImageFilter.MaxFilter(3))
    amount = scene.rng.uniform(0.45, 0.85)
    scene.image = Image.blend(scene.image, worn, amount)
    scene.parameters["amount"] = round(amount, 2)
    scene.jpeg(scene.rng.randint(70, 92))


def covered(scene: Scene) -> None:
    """Rectangles drawn over words by another tool."""
    scene.fit(1600)
    count = min(len(scene.quads), scene.rng.randint(1, 4))
    colour = scene.rng.choice([(0, 200, 80), (128, 128, 128), (90, 90, 90), (40, 220, 40)])
    draw = ImageDraw.Draw(scene.image)
    for index in scene.rng.sample(range(len(scene.quads)), count):
        (x0, y0), (x1, y1) = scene.quads[index].min(0), scene.quads[index].max(0)
        pad = scene.rng.randint(1, 5)
        frame = (x0 - pad, y0 - pad, x1 + pad, y1 + pad)
        draw.rectangle(frame, fill=colour)
        mark_covered(scene, frame)
    scene.parameters["count"] = count
    scene.jpeg(scene.rng.randint(65, 90))


def mark_covered(scene: Scene, frame: tuple[float, float, float, float]) -> None:
    """Words whose middle half a rectangle touches can no longer be read."""
    low, high = scene.quads.min(1), scene.quads.max(1)
    overlap_x = np.minimum(high[:, 0], frame[2]) - np.maximum(low[:, 0], frame[0])
    overlap_y = np.minimum(high[:, 1], frame[3]) - np.maximum(low[:, 1], frame[1])
    tall = high[:, 1] - low[:, 1]
    scene.covered |= (overlap_x > tall * 0.15) & (overlap_y > tall * 0.3)


def misnamed(scene: Scene) -> None:
    """JPEG data under a PNG's name."""
    scene.fit(1600)
    scene.misnamed = True
    scene.jpeg(scene.rng.randint(65, 90))


# Damages with geometry.


def warp(scene: Scene, corners: np.ndarray, size: tuple[int, int], ground) -> np.ndarray:
    """Puts the image's corners at `corners` of a new canvas; gives the mask of the image."""
    width, height = scene.size
    source = np.array([(0, 0), (width, 0), (width, height), (0, height)], dtype=float)
    forward = homography(source, corners)
    back = np.linalg.inv(forward)
    data = (back / back[2, 2]).ravel()[:8].tolist()
    method = Image.Transform.PERSPECTIVE
    moved = scene.image.transform(size, method, data, Image.Resampling.BICUBIC)
    mask = Image.new("L", (width, height), 255).transform(size, method, data)
    mask = mask.filter(ImageFilter.GaussianBlur(0.8))
    scene.image = Image.composite(moved, ground, mask)
    scene.map(forward)
    return np.asarray(mask, dtype=np.float32) / 255


def homography(source: np.ndarray, target: np.ndarray) -> np.ndarray:
    """The 3×3 matrix that takes four points to four points."""
    rows, right = [], []
    for (x, y), (u, v) in zip(source, target, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        right += [u, v]
    return np.append(np.linalg.solve(np.array(rows), np.array(right)), 1.0).reshape(3, 3)


def grid(scene: Scene) -> tuple[np.ndarray, np.ndarray]:
    width, height = scene.size
    return np.meshgrid(np.linspace(0, 1, width), np.linspace(0, 1, height))


def relight(scene: Scene, factor: np.ndarray, grain: float) -> None:
    """Multiplies by a light field and adds a sensor's grain."""
    levels = np.asarray(scene.image, dtype=np.float32)
    if factor.ndim == 2:
        factor = factor[:, :, None]
    noise = scene.noise.normal(0, grain, levels.shape[:2]).astype(np.float32)[:, :, None]
    levels = np.clip(levels * factor + noise, 0, 255)
    scene.image = Image.fromarray(levels.astype(np.uint8))


def uneven_light(scene: Scene, strength: float) -> np.ndarray:
    """A soft gradient in a random direction, with corners that fall off."""
    x, y = grid(scene)
    angle = scene.rng.uniform(0, 2 * np.pi)
    slope = (x - 0.5) * np.cos(angle) + (y - 0.5) * np.sin(angle)
    corner = (x - 0.5) ** 2 + (y - 0.5) ** 2
    return (1 + strength * slope - strength * 0.7 * corner).astype(np.float32)


def jittered(scene: Scene, margin: float, amount: float, tilt_degrees: float):
    """Corners of the image on a larger canvas: shrunk by a margin, tilted and pushed about."""
    width, height = scene.size
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], dtype=float)
    centre = corners.mean(0)
    angle = np.deg2rad(scene.rng.uniform(-tilt_degrees, tilt_degrees))
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    corners = (corners - centre) @ turn.T
    push = [[scene.rng.uniform(-amount, amount) for _ in range(2)] for _ in range(4)]
    corners += np.array(push) * min(width, height)
    low, high = corners.min(0), corners.max(0)
    pad = (high - low) * margin
    size = tuple(int(v) for v in high - low + 2 * pad)
    return corners - low + pad, size


def screen_photo(scene: Scene) -> None:
    """A photo of a screen: perspective, a dark surround, moiré, blur and vignetting."""
    scene.fit(scene.rng.choice([1500, 1800]))
    corners, size = jittered(scene, scene.rng.uniform(0.02, 0.08), 0.03, 3)
    shade = tuple(scene.rng.randint(15, 70) for _ in range(3))
    mask = warp(scene, corners, size, Image.new("RGB", size, shade))
    x, y = grid(scene)
    period, angle = scene.rng.uniform(90, 190), scene.rng.uniform(0, np.pi)
    phase = period * 2 * np.pi * (x * np.cos(angle) + y * np.sin(angle) + 0.02 * np.sin(4 * y))
    depth = scene.rng.uniform(0.02, 0.06)
    waves = np.stack([np.sin(phase + shift) for shift in (0, 1.1, 2.2)], axis=2)
    light = uneven_light(scene, scene.rng.uniform(0.15, 0.4))[:, :, None]
    blur = scene.rng.uniform(0.4, 1.0)
    scene.image = scene.image.filter(ImageFilter.GaussianBlur(blur))
    relight(scene, light * (1 + depth * waves * mask[:, :, None]), scene.rng.uniform(2, 5))
    scene.parameters |= {"moire": round(depth, 3), "blur_px": round(blur, 2)}
    scene.jpeg(scene.rng.randint(65, 88))


def table_top(scene: Scene, size: tuple[int, int]) -> Image.Image:
    """A wooden or stone table made of stretched noise."""
    wood = scene.rng.random() < 0.6
    shape = (max(4, size[1] // (90 if wood else 6)), max(4, size[0] // 6))
    base = np.array(scene.rng.choice([(120, 84, 56), (92, 62, 44), (150, 146, 140), (70, 74, 80)]))
    noise = scene.noise.normal(0, 12, shape).clip(-34, 34)[:, :, None]
    small = np.clip(base + noise, 0, 255).astype(np.uint8)
    return Image.fromarray(small).resize(size, Image.Resampling.BICUBIC)


def paper_photo(scene: Scene) -> None:
    """A paper photographed on a table: perspective, uneven light, a shadow, grain."""
    scene.fit(2000)
    corners, size = jittered(scene, scene.rng.uniform(0.05, 0.12), 0.035, 4)
    mask = warp(scene, corners, size, table_top(scene, size))
    shadow = Image.fromarray((mask * 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(14))
    around = 1 - 0.45 * (np.asarray(shadow, dtype=np.float32) / 255) * (1 - mask)
    light = uneven_light(scene, scene.rng.uniform(0.3, 0.6))
    warm = np.array([1.0, scene.rng.uniform(0.95, 1.0), scene.rng.uniform(0.84, 0.96)])
    scene.image = scene.image.filter(ImageFilter.GaussianBlur(scene.rng.uniform(0.4, 0.9)))
    scale = scene.rng.uniform(0.82, 0.98)
    relight(scene, (scale * light * around)[:, :, None] * warm, scene.rng.uniform(2, 6))
    scene.jpeg(scene.rng.randint(60, 88))


def scanned(scene: Scene) -> None:
    """A printed copy from a scanner: slight skew, grey, specks."""
    scene.fit(scene.rng.choice([1400, 1800]))
    corners, size = jittered(scene, 0.02, 0, scene.rng.uniform(0.3, 2.5))
    paper = scene.rng.randint(232, 252)
    warp(scene, corners, size, Image.new("RGB", size, (paper,) * 3))
    scene.image = scene.image.convert("L").convert("RGB")
    scene.image = scene.image.filter(ImageFilter.GaussianBlur(scene.rng.uniform(0.3, 0.7)))
    relight(scene, np.full(scene.size[::-1], 0.98, dtype=np.float32), scene.rng.uniform(3, 9))
    levels = np.array(scene.image)
    specks = scene.noise.random(levels.shape[:2]) < 0.0002
    levels[specks] = scene.rng.randint(0, 90)
    scene.image = Image.fromarray(levels)
    scene.jpeg(scene.rng.randint(60, 90))


def cropped(scene: Scene) -> None:
    """A crop by hand: edges may go through a line or through the ends of words."""
    width, height = scene.size
    rng = scene.rng
    left = round(width * rng.choice([0, 0, 0.01, 0.03, rng.uniform(0, 0.06)]))
    right = round(width * (1 - rng.choice([0, 0, 0.01, 0.03, rng.uniform(0, 0.06)])))
    top = round(height * rng.choice([0.05, rng.uniform(0, 0.3)]))
    bottom = round(height * (1 - rng.choice([0.05, rng.uniform(0, 0.25)])))
    scene.parameters["frame"] = [left, top, right, bottom]
    scene.crop(left, top, right, bottom)
    scene.fit(rng.choice([1000, 1280, 1600]))
    scene.jpeg(rng.randint(60, 90))


DAMAGES: dict[str, Callable[[Scene], None]] = {
    "clean": clean,
    "jpeg": jpeg,
    "jpeg-low": jpeg_low,
    "messenger": messenger,
    "messenger-small": messenger_small,
    "grey": grey,
    "denoised": denoised,
    "inverted": inverted,
    "binarised": binarised,
    "enlarged": enlarged,
    "halved-enlarged": halved_enlarged,
    "ai-enlarged": ai_enlarged,
    "thinned": thinned,
    "covered": covered,
    "misnamed": misnamed,
    "screen-photo": screen_photo,
    "paper-photo": paper_photo,
    "scanned": scanned,
    "cropped": cropped,
}
# How often each is drawn for pages of each medium: messengers first, as in life.
WEIGHTS = {
    "screen": {"clean": 14, "jpeg": 10, "messenger": 22, "messenger-small": 12, "paper-photo": 0}
    | {"screen-photo": 3, "scanned": 2, "enlarged": 2, "binarised": 2, "ai-enlarged": 2}
    | {"jpeg-low": 3, "grey": 3, "denoised": 2, "inverted": 2, "halved-enlarged": 2}
    | {"thinned": 2, "covered": 3, "misnamed": 3, "cropped": 4},
    "page": {"clean": 20, "jpeg": 15, "messenger": 20, "scanned": 12, "jpeg-low": 4, "grey": 6}
    | {"screen-photo": 3, "binarised": 2, "paper-photo": 6, "cropped": 4, "misnamed": 2},
    "paper": {"paper-photo": 50, "scanned": 30, "messenger": 10, "grey": 5, "binarised": 5},
}


def choose(medium: str, rng: random.Random) -> str:
    weights = {name: share for name, share in WEIGHTS[medium].items() if share}
    return rng.choices(list(weights), list(weights.values()))[0]
