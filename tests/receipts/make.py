"""Makes receipts: draws a payment, an app and a damage from a seed, renders, and writes them."""

import json
import multiprocessing
import random
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from . import (
    apps_described,
    apps_further,
    apps_other,
    apps_seen,
    apps_study,
    apps_unseen,
    manifest,
    pages_shop,
    pages_text,
)
from .browser import Browser
from .damage import DAMAGES, Scene, choose, open_scene
from .people import invent_payment
from .truth import describe

SPLITS = {
    "described": apps_described.APPS,
    "seen": apps_seen.APPS | apps_further.APPS | apps_other.APPS | manifest.former() | apps_study.APPS,
    "unseen": apps_unseen.APPS,
    "text": pages_text.APPS,
    "shop": pages_shop.APPS,
}
RECEIPT_SPLITS = ("described", "seen", "unseen")


@dataclass
class Order:
    """What to make; the same order in the same browser gives the same bytes."""

    seed: int
    index: int
    app: str
    damage: str | None = None


def all_apps(splits: tuple[str, ...] = tuple(SPLITS)) -> dict:
    return {name: app for split in splits for name, app in SPLITS[split].items()}


def orders(count: int, seed: int, apps: list[str], damages: list[str] | None) -> list[Order]:
    """Apps take turns, so that each has its share whatever the count."""
    made = []
    for index in range(count):
        rng = random.Random(f"{seed}/{index}/damage")
        damage = rng.choice(damages) if damages else None
        made.append(Order(seed, index, apps[index % len(apps)], damage))
    return made


def make(browser: Browser, order: Order, shape=None, longest_px: int | None = None) -> tuple[Scene, dict]:
    """Makes one image and its truth.

    `shape` may change the drawn payment before rendering; `longest_px` bounds the image.
    """
    rng = random.Random(f"{order.seed}/{order.index}/{order.app}")
    payment = invent_payment(rng)
    if shape:
        shape(payment)
    sheet = all_apps()[order.app](rng, payment)
    shot = browser.shoot(sheet)
    damage = order.damage or choose(sheet.medium, rng)
    scene = open_scene(shot, rng)
    if longest_px:
        scene.fit(longest_px)
    DAMAGES[damage](scene)
    if longest_px:
        scene.fit(longest_px)
    truth = describe(sheet, shot, scene)
    truth["damage"] = {"name": damage, "parameters": scene.parameters}
    truth["seed"], truth["index"] = order.seed, order.index
    return scene, truth


def make_share(share: list[Order], folder: Path) -> None:
    with Browser() as browser:
        for order in share:
            scene, truth = make(browser, order)
            write(scene, truth, folder, f"{order.index:05}-{order.app}")


def make_many(work: list[Order], folder: Path, jobs: int) -> None:
    """Writes all that was ordered, with `jobs` browsers at once; their number changes no byte."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context) as pool:
        shares = [pool.submit(make_share, work[first::jobs], folder) for first in range(jobs)]
        for share in shares:
            share.result()


def write(scene: Scene, truth: dict, folder: Path, stem: str) -> Path:
    """Writes STEM.(png|jpg|webp) and STEM.json; gives the image's path."""
    suffix = "png" if scene.misnamed else scene.format
    path = folder / f"{stem}.{suffix}"
    if scene.format == "jpg":
        scene.image.save(path, "JPEG", quality=scene.quality)
    elif scene.format == "webp":
        scene.image.save(path, "WEBP", quality=80, method=4)
    else:
        pure = scene.image.getcolors(2) is not None
        image = scene.image.convert("1") if pure else scene.image
        image.save(path, "PNG", compress_level=4)
    truth = {"image": path.name} | truth
    (folder / f"{stem}.json").write_text(to_json(truth), encoding="utf-8")
    return path


def to_json(truth: dict) -> str:
    """One fact a line: small, and a person can read it."""
    rows = []
    for key, value in truth.items():
        if key == "lines":
            inner = ",\n".join("  " + compact(line) for line in value)
            rows.append(f' "lines": [\n{inner}\n ]')
        elif key in ("fields", "hidden", "printed") and value:
            inner = ",\n".join(f"  {compact(name)}: {compact(own)}" for name, own in value.items())
            rows.append(f" {compact(key)}: {{\n{inner}\n }}")
        else:
            rows.append(f" {compact(key)}: {compact(value)}")
    return "{\n" + ",\n".join(rows) + "\n}\n"


def compact(value) -> str:
    return json.dumps(value, ensure_ascii=False)
