"""Tests of the generator itself: determinism, boxes, canonical truth, the fixed set."""

import json
import random
import re
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from . import apps_seen, printed
from .browser import Browser, Shot, Word
from .damage import DAMAGES, homography, mark_covered, open_scene
from .make import SPLITS, Order, all_apps, make, to_json
from .people import Payment, invent_payment
from .sheet import Sheet
from .truth import describe, line_groups

HERE = Path(__file__).resolve().parent
FIXED = sorted((HERE / "fixed").glob("*.json"))
EXAMPLES = sorted((HERE.parents[1] / "examples").glob("*.json"))
CANONICAL = {
    "monto": r"\d+\.\d\d",
    "comision": r"\d+\.\d\d",
    "total": r"\d+\.\d\d",
    "moneda": "VES|USD",
    "referencia": r"\d+",
    "fecha": r"\d{4}-\d\d-\d\d",
    "date": r"\d{4}-\d\d-\d\d",
    "hora": r"\d\d:\d\d",
    "cedula": r"[VEJGP]?\d{6,9}",
    "telefono": r"04(12|14|16|22|24|26)[\d*]{7}",
    "banco_origen": r"0\d{3}",
    "banco_destino": r"0\d{3}",
    "cuenta_origen": r"[\d*]+",
    "cuenta_destino": r"[\d*]+",
    "beneficiario": r"\S.*",
    "concepto": r"\S.*",
    "company": r"\S.*",
    "address": r"\S.*",
    "items": r"(?:[^\n\t]+\t\d*\t\d+\.\d\d(?:\n|$))+",
}


@pytest.fixture(scope="module")
def browser():
    with Browser() as opened:
        yield opened


def check_truth(truth: dict, size: tuple[int, int]) -> None:
    assert (truth["width"], truth["height"]) == size
    for name, value in (truth["fields"] | truth["hidden"]).items():
        assert re.fullmatch(CANONICAL[name], value), (name, value)
    for line in truth["lines"]:
        for box in [line["box"]] + [word["box"] for word in line["words"]]:
            x0, y0, x1, y1 = box
            assert 0 <= x0 < x1 <= size[0], box
            assert 0 <= y0 < y1 <= size[1], box
        legible = [w["text"] for w in line["words"] if w["state"] != "covered"]
        assert line["text"] == " ".join(legible)


@pytest.mark.parametrize("app", sorted(all_apps()))
def test_every_app_gives_canonical_truth_inside_the_image(browser, app):
    scene, truth = make(browser, Order(7, 1, app, "jpeg"))
    assert truth["app"] == app
    assert len(truth["lines"]) >= 5
    check_truth(truth, scene.size)


def make_small(browser, order: Order):
    return make(browser, order, longest_px=700)


def test_the_same_order_gives_the_same_bytes(browser):
    order = Order(11, 4, "variado", "screen-photo")
    (first, truth_a), (second, truth_b) = make_small(browser, order), make_small(browser, order)
    assert first.image.tobytes() == second.image.tobytes()
    assert to_json(truth_a) == to_json(truth_b)
    other, _ = make_small(browser, Order(12, 4, "variado", "screen-photo"))
    assert other.image.tobytes() != first.image.tobytes()


def test_ink_stands_where_the_words_say(browser):
    """Inside a word's box there is contrast; the page's empty corner has none."""
    scene, truth = make(browser, Order(3, 0, "mercantil", "clean"))
    levels = np.asarray(scene.image.convert("L"), dtype=int)
    for line in truth["lines"]:
        for word in line["words"]:
            x0, y0, x1, y1 = word["box"]
            assert np.ptp(levels[y0:y1, x0:x1]) > 60, word
    assert np.ptp(levels[-40:, :40]) == 0


def drawn_shot() -> Shot:
    """A white picture with one black word-like block, of a field of its own, and another word."""
    image = Image.new("RGB", (300, 600), "white")
    image.paste((0, 0, 0), (100, 200, 180, 230))
    words = [
        Word("123456", "referencia", 0, (100.0, 200.0, 180.0, 230.0), 1.0),
        Word("fin", None, 1, (20.0, 560.0, 60.0, 590.0), 1.0),
    ]
    return Shot(image, words)


GEOMETRIC = ["messenger-small", "enlarged", "halved-enlarged", "screen-photo", "scanned"]


@pytest.mark.parametrize("damage", [*GEOMETRIC, "paper-photo"])
def test_boxes_follow_the_pixels(damage):
    shot = drawn_shot()
    scene = open_scene(shot, random.Random(5))
    DAMAGES[damage](scene)
    levels = np.asarray(scene.image.convert("L"), dtype=int)
    centre = scene.quads[0].mean(0)
    x, y = (int(v) for v in centre)
    assert levels[y, x] < 90
    outside = scene.quads[0] + (scene.quads[0] - centre) * 0.35
    for x, y in outside.astype(int):
        assert levels[y, x] > 110, (damage, x, y)


def test_every_damage_keeps_a_truth_that_checks():
    for name, damage in DAMAGES.items():
        shot = drawn_shot()
        scene = open_scene(shot, random.Random(name))
        damage(scene)
        sheet = Sheet("drawn", "text", fields={"referencia": "123456"})
        check_truth(describe(sheet, shot, scene), scene.size)


def test_a_covered_value_is_hidden_and_a_cropped_one_is_gone():
    shot = drawn_shot()
    sheet = Sheet("drawn", "text", fields={"referencia": "123456"})
    scene = open_scene(shot, random.Random(1))
    mark_covered(scene, (120, 190, 200, 240))
    truth = describe(sheet, shot, scene)
    assert truth["fields"] == {}
    assert truth["hidden"] == {"referencia": "123456"}
    assert truth["printed"]["referencia"]["state"] == "covered"
    scene = open_scene(shot, random.Random(1))
    scene.crop(0, 300, 300, 600)
    truth = describe(sheet, shot, scene)
    assert truth["hidden"] == {"referencia": "123456"}
    assert "referencia" not in truth["printed"]
    assert [line["text"] for line in truth["lines"]] == ["fin"]


def test_lines_are_words_of_one_block_on_one_height():
    words = [
        Word("a", None, 0, (0, 0, 10, 20), 1),
        Word("b", None, 0, (15, 2, 25, 22), 1),
        Word("c", None, 0, (0, 30, 10, 50), 1),
        Word("d", None, 1, (40, 30, 50, 50), 1),
    ]
    assert line_groups(words) == [[0, 1], [2], [3]]


def test_homography_takes_corners_to_corners():
    square = np.array([(0, 0), (10, 0), (10, 10), (0, 10)], dtype=float)
    target = np.array([(1, 2), (12, 1), (13, 14), (0, 11)], dtype=float)
    matrix = homography(square, target)
    moved = np.c_[square, np.ones(4)] @ matrix.T
    assert np.allclose(moved[:, :2] / moved[:, 2:], target)


def test_print_and_canonical_forms():
    assert printed.money(Decimal("1234567.5")) == "1.234.567,50"
    assert printed.canonical_money(Decimal("1234.5")) == "1234.50"
    assert printed.canonical_phone("04141234567", "bullets") == "0414****567"
    assert printed.phone("04141234567", "bullets") == "0414 - ••••567"
    assert printed.canonical_account("0104-xxxx-xx-xxxxxx1234") == "0104************1234"
    assert printed.national_id("V", "12345678", "wide") == "V - 12.345.678"


def test_payments_are_drawn_from_the_seed_alone():
    first, second = (invent_payment(random.Random(9)) for _ in range(2))
    assert isinstance(first, Payment)
    assert first == second
    assert first != invent_payment(random.Random(10))


@pytest.mark.parametrize("path", FIXED + EXAMPLES, ids=lambda path: path.stem)
def test_committed_truth_fits_its_image(path):
    truth = json.loads(path.read_text(encoding="utf-8"))
    with Image.open(path.parent / truth["image"]) as image:
        check_truth(truth, image.size)


def test_committed_sets_are_small_and_various():
    def bytes_of(paths):
        return sum(f.stat().st_size for folder in {p.parent for p in paths} for f in folder.iterdir())

    assert bytes_of(FIXED) < 3_000_000
    assert bytes_of(EXAMPLES) < 2_000_000
    truths = [json.loads(path.read_text(encoding="utf-8")) for path in FIXED]
    committed_nowhere = set(SPLITS["seen"]) - set(apps_seen.APPS)
    assert {truth["app"] for truth in truths} == set(all_apps()) - committed_nowhere
    assert {truth["split"] for truth in truths} >= {"described", "seen", "unseen"}
    assert len({truth["damage"]["name"] for truth in truths}) >= 12
    assert len(EXAMPLES) >= 12
