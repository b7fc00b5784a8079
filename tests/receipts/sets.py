"""The two committed sets: what is in each, and how they are made again."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from . import apps_seen, apps_unseen
from .browser import Browser
from .make import Order, make, write
from .people import Payment


@dataclass
class Item:
    """One image of a set. `longest_px` bounds its longest side, to keep the set small."""

    stem: str
    app: str
    damage: str
    seed: int
    variant: str | None = None
    longest_px: int | None = None
    shape: Callable[[Payment], None] | None = None
    webp: bool = False


def dollars(payment: Payment) -> None:
    """An amount that somebody would send abroad."""
    payment.amount = (payment.amount % Decimal(900) + 5).quantize(Decimal("0.01"))


EXAMPLES = [
    Item("01-dark-phone", "bdv", "messenger", 1, "dark-screenshot"),
    Item("02-light-phone", "bdv", "jpeg", 2, "light-screenshot", 1600),
    Item("03-dark-card", "bdv", "clean", 3, "dark-card", 900),
    Item("04-light-card-recompressed", "bdv", "messenger-small", 4, "light-card"),
    Item("05-scrolled-phone", "bnc", "messenger", 5),
    Item("06-half-blue", "provincial", "messenger", 6),
    Item("07-three-columns", "mercantil", "clean", 7),
    Item("08-label-above", "banesco", "messenger", 8),
    Item("09-gradient-card", "bancamiga", "jpeg", 9, "dark-card", 1200),
    Item("10-two-columns", "banplus", "messenger", 10),
    Item("11-english-dollars", "zelle", "messenger", 11, None, None, dollars),
    Item("12-web-page", "venezolano-web", "clean", 12),
    Item("13-shop-receipt-photo", "shop", "paper-photo", 13, None, 1500),
    Item("14-voucher-photo", "pos-voucher", "paper-photo", 14, None, 1300),
    Item("15-photo-of-a-screen", "tesoro", "screen-photo", 15, None, 1400),
    Item("16-accents", "prose", "jpeg", 16, None, 1200),
]


QUALITY = 74  # no better than this, so that the sets stay small
# Pages wider than a phone keep more pixels, so that their small print can be read.
PAGES = {"mercantil", "venezolano-web", "bancaribe", "prose", "signs", "banfanb"}


def plan_fixed() -> list[Item]:
    """Sixty-odd small images: apps that are in no other set left out; most of them as a messenger leaves them."""
    usual = [
        "messenger-small",
        "messenger",
        "HARD",
        "jpeg",
        "messenger-small",
        "messenger",
        "HARD",
        "clean",
    ]
    hard = [
        "grey",
        "denoised",
        "inverted",
        "binarised",
        "halved-enlarged",
        "ai-enlarged",
        "thinned",
        "covered",
    ]
    hard += ["jpeg-low", "misnamed", "screen-photo", "scanned", "cropped"]
    turns = [(app, 5) for app in ("bdv", "bnc", "provincial", "mercantil")]
    unseen = [(app, 2) for app in apps_unseen.APPS]
    turns += [(app, 2) for app in apps_seen.APPS] + unseen[:8]
    turns += [("shop", 1), ("prose", 1), ("signs", 1)] + [(app, 1) for app, _ in unseen[8:]]
    items, hard_count = [], 0
    for app, count in turns:
        for _ in range(count):
            number = len(items)
            damage = usual[number % len(usual)]
            if damage == "HARD":
                damage = hard[hard_count % len(hard)]
                hard_count += 1
            longest = 1200 if app in PAGES else 870 if app in apps_unseen.APPS else 1120
            shape = dollars if app == "zelle" else None
            stem = f"{number + 1:02}-{app}-{damage}"
            # Only the first clean one is a PNG: the set has to stay small.
            webp = damage == "clean" and number > 8
            items.append(Item(stem, app, damage, 100 + number, None, longest, shape, webp))
    return items


def make_item(browser: Browser, item: Item, folder: Path) -> Path:
    """Draws again, from the next index, until the app's variant is the one asked for."""
    for index in range(200):
        order = Order(item.seed, index, item.app, item.damage)
        scene, truth = make(browser, order, item.shape, item.longest_px)
        if item.variant in (None, truth["variant"]):
            if item.webp:
                scene.format = "webp"
            if scene.format == "jpg" and scene.quality > QUALITY:
                scene.jpeg(QUALITY)
            return write(scene, truth, folder, item.stem)
    raise SystemExit(f"{item.app} has no variant {item.variant}")


def make_set(name: str, folder: Path) -> None:
    items = EXAMPLES if name == "examples" else plan_fixed()
    folder.mkdir(parents=True, exist_ok=True)
    total = 0
    with Browser() as browser:
        for item in items:
            path = make_item(browser, item, folder)
            data = path.read_bytes()
            total += len(data) + path.with_suffix(".json").stat().st_size
            print(f"{hashlib.sha256(data).hexdigest()[:12]} {len(data):>8} {path.name}")
    print(f"{len(items)} images with their truth, {total / 1e6:.2f} MB")
