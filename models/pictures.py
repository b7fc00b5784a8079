"""Draws text in a small bitmap font, to check that the prepared models still read."""

import numpy as np

# Seven rows of five dots a letter, from the top; each number's five low bits are a row, the highest at the left.
_FONT = {
    "0": (14, 17, 19, 21, 25, 17, 14),
    "1": (4, 12, 4, 4, 4, 4, 14),
    "2": (14, 17, 1, 2, 4, 8, 31),
    "3": (31, 2, 4, 2, 1, 17, 14),
    "4": (2, 6, 10, 18, 31, 2, 2),
    "5": (31, 16, 30, 1, 1, 17, 14),
    "6": (6, 8, 16, 30, 17, 17, 14),
    "7": (31, 1, 2, 4, 8, 8, 8),
    "8": (14, 17, 17, 14, 17, 17, 14),
    "9": (14, 17, 17, 15, 1, 2, 12),
    "A": (14, 17, 17, 31, 17, 17, 17),
    "L": (16, 16, 16, 16, 16, 16, 31),
    "O": (14, 17, 17, 17, 17, 17, 14),
    "T": (31, 4, 4, 4, 4, 4, 4),
    ".": (0, 0, 0, 0, 0, 12, 12),
    "E": (31, 16, 16, 30, 16, 16, 31),
    "U": (17, 17, 17, 17, 17, 17, 14),
    "R": (30, 17, 17, 30, 20, 18, 17),
    " ": (0, 0, 0, 0, 0, 0, 0),
}


def text_mask(text: str, dot_px: int) -> np.ndarray:
    """1 where the ink of `text` is, at `dot_px` pixels a dot, six dots a letter."""
    columns = []
    for letter in text:
        rows = [[row >> (4 - bit) & 1 for bit in range(5)] + [0] for row in _FONT[letter]]
        columns.append(np.array(rows, dtype=np.float32))
    return np.kron(np.hstack(columns), np.ones((dot_px, dot_px), dtype=np.float32))


def line_image(text: str, width_px: int) -> np.ndarray:
    """A line of dark text on white as the recogniser takes it: [1, 3, 48, width_px], -1..1."""
    mask = text_mask(text, 4)
    grey = np.full((48, width_px), 1.0, dtype=np.float32)
    grey[10 : 10 + mask.shape[0], 12 : 12 + mask.shape[1]] -= 1.8 * mask
    grey = _soften(grey)
    return np.repeat(grey[None, None], 3, axis=1)


def page_image(height_px: int, width_px: int, lines: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """A page as the detector takes it, [1, 3, height_px, width_px], and the mask of the boxes of its lines."""
    grey = np.full((height_px, width_px), 0.95, dtype=np.float32)
    boxes = np.zeros((height_px, width_px), dtype=bool)
    for index, line in enumerate(lines):
        mask = text_mask(line, 3)
        top, left = 30 + 60 * index, 20
        grey[top : top + mask.shape[0], left : left + mask.shape[1]] -= 0.85 * mask
        boxes[top : top + mask.shape[0], left : left + mask.shape[1]] = True
    mean = np.array([0.485, 0.456, 0.406], dtype=np.float32)[:, None, None]
    deviation = np.array([0.229, 0.224, 0.225], dtype=np.float32)[:, None, None]
    return ((_soften(grey)[None] - mean) / deviation)[None].astype(np.float32), boxes


def _soften(grey: np.ndarray) -> np.ndarray:
    """Blurs by one pixel, like a camera or a reduced screenshot."""
    padded = np.pad(grey, 1, mode="edge")
    height, width = grey.shape
    total = sum(padded[y : y + height, x : x + width] for y in range(3) for x in range(3))
    return (total / 9).astype(np.float32)
