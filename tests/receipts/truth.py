"""Makes the truth of an image from its sheet and its damaged scene."""

import numpy as np

from .browser import Shot, Word
from .damage import Scene
from .sheet import Sheet

SCHEMA = 1
READABLE_SHARE = 0.85  # of a word's box: less than this and its text is not expected
LOST_END = 0.12  # in heights of a word: how much may be missing at its left or right end
VISIBLE_SHARE = 0.15  # less than this and the word is not in the image


def quad_list(quad: np.ndarray) -> list[list[float]]:
    return [[round(float(x), 1), round(float(y), 1)] for x, y in quad]


def clipped_box(quads: np.ndarray, size: tuple[int, int]) -> list[int]:
    points = quads.reshape(-1, 2)
    x0, y0 = np.clip(np.floor(points.min(0) + 1e-6), 0, size)
    x1, y1 = np.clip(np.ceil(points.max(0) - 1e-6), 0, size)
    return [int(x0), int(y0), int(x1), int(y1)]


def inside_share(quad: np.ndarray, size: tuple[int, int]) -> float:
    """How much of a word the image shows. A lost end of a letter makes the whole word cut."""
    low, high = quad.min(0), quad.max(0)
    seen = np.minimum(high, size) - np.maximum(low, 0)
    if (seen <= 0).any():
        return 0.0
    wide, tall = np.maximum(high - low, 1e-6)
    share = float(seen[0] * seen[1] / (wide * tall))
    if wide - seen[0] > tall * LOST_END:
        share = min(share, READABLE_SHARE - 0.05)
    return share


def word_state(scene: Scene, index: int) -> str:
    share = scene.share[index] * inside_share(scene.quads[index], scene.size)
    if share < VISIBLE_SHARE:
        return "gone"
    if scene.covered[index]:
        return "covered"
    return "whole" if share >= READABLE_SHARE else "cut"


def line_groups(words: list[Word]) -> list[list[int]]:
    """Words of one block whose boxes overlap by more than half of the lower one's height."""
    groups: list[list[int]] = []
    for index, word in enumerate(words):
        last = words[groups[-1][-1]] if groups else None
        if last and last.block == word.block:
            overlap = min(last.box[3], word.box[3]) - max(last.box[1], word.box[1])
            low = min(last.box[3] - last.box[1], word.box[3] - word.box[1])
            if overlap > low / 2 and word.box[0] >= last.box[0]:
                groups[-1].append(index)
                continue
        groups.append([index])
    return groups


def line_quad(quads: np.ndarray) -> np.ndarray:
    """The rectangle around a line's words, turned as its words are."""
    along = (quads[:, 1] - quads[:, 0] + quads[:, 2] - quads[:, 3]).sum(0)
    along = along / max(float(np.hypot(*along)), 1e-9)
    axes = np.array([along, (-along[1], along[0])])
    turned = quads.reshape(-1, 2) @ axes.T
    (x0, y0), (x1, y1) = turned.min(0), turned.max(0)
    return np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)]) @ axes


def printed_fields(sheet: Sheet, shot: Shot, scene: Scene, states: list[str]):
    """What was printed for each field, where, and whether all of it can be seen."""
    printed, fields, hidden = {}, {}, {}
    for name, value in sheet.fields.items():
        own = [i for i, word in enumerate(shot.words) if word.field == name]
        if not own:
            fields[name] = value
            continue
        own_states = {states[i] for i in own}
        state = own_states.pop() if len(own_states) == 1 else "cut"
        seen = [i for i in own if states[i] != "gone"]
        (fields if state == "whole" else hidden)[name] = value
        if seen:
            text = " ".join(shot.words[i].text for i in own)
            box = clipped_box(scene.quads[seen], scene.size)
            printed[name] = {"text": text, "box": box, "state": state}
    if "monto" not in fields and "moneda" in fields:
        hidden["moneda"] = fields.pop("moneda")
    return fields, hidden, printed


def describe(sheet: Sheet, shot: Shot, scene: Scene) -> dict:
    states = [word_state(scene, i) for i in range(len(shot.words))]
    lines = []
    for group in line_groups(shot.words):
        seen = [i for i in group if states[i] != "gone"]
        if not seen:
            continue
        words = []
        for i in seen:
            entry = {
                "text": shot.words[i].text,
                "box": clipped_box(scene.quads[i], scene.size),
                "state": states[i],
            }
            if shot.words[i].field:
                entry["field"] = shot.words[i].field
            words.append(entry)
        line_states = {word["state"] for word in words}
        whole = line_states == {"whole"} and len(seen) == len(group)
        lines.append(
            {
                "text": " ".join(w["text"] for w in words if w["state"] != "covered"),
                "box": clipped_box(scene.quads[seen], scene.size),
                "quad": quad_list(line_quad(scene.quads[seen])),
                "state": "whole" if whole else "cut",
                "words": words,
            }
        )
    fields, hidden, printed = printed_fields(sheet, shot, scene, states)
    return {
        "schema": SCHEMA,
        "app": sheet.app,
        "split": sheet.split,
        "layout": sheet.layout,
        "variant": sheet.variant,
        "width": scene.size[0],
        "height": scene.size[1],
        "fields": fields,
        "hidden": hidden,
        "printed": printed,
        "lines": lines,
    }
