"""A sheet: the HTML of one receipt together with the truth of what it prints."""

import html
import random
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from . import printed
from .people import BANKS, Payment


@dataclass
class Sheet:
    """One page to render. Sizes are CSS pixels; `scale` is the device pixel ratio."""

    app: str
    split: str
    layout: str | None = None
    variant: str = "plain"
    css: str = ""
    body: str = ""
    width: int = 360
    height: int | None = None
    scale: float = 3.0
    medium: str = "screen"
    fields: dict[str, str] = field(default_factory=dict)

    def put(self, name: str, text: str, value: str | None = None) -> str:
        """Marks a printed value as a field, and records its canonical value."""
        if value is not None:
            self.fields[name] = value
        elif name not in self.fields:
            self.fields[name] = text
        return f'<span data-field="{name}">{html.escape(text)}</span>'

    def implied(self, name: str, value: str) -> None:
        """Records a value that the whole layout says without printing it as a row."""
        self.fields.setdefault(name, value)

    # One method for each field whose canonical form differs from its print.

    def amount(self, value: Decimal, text: str | None = None, currency: str = "VES") -> str:
        self.implied("moneda", currency)
        shown = printed.money(value) if text is None else text
        return self.put("monto", shown, printed.canonical_money(value))

    def commission(self, value: Decimal, text: str | None = None) -> str:
        shown = printed.money(value) if text is None else text
        return self.put("comision", shown, printed.canonical_money(value))

    def date(self, moment: datetime, style: str) -> str:
        return self.put("fecha", printed.date(moment, style), f"{moment:%Y-%m-%d}")

    def time(self, moment: datetime, style: str) -> str:
        return self.put("hora", printed.time(moment, style), f"{moment:%H:%M}")

    def phone(self, number: str, style: str = "plain") -> str:
        value = printed.canonical_phone(number, style)
        return self.put("telefono", printed.phone(number, style), value)

    def national_id(self, pay: Payment, style: str) -> str:
        value = pay.id_number if style == "digits" else pay.id_letter + pay.id_number
        return self.put("cedula", printed.national_id(pay.id_letter, pay.id_number, style), value)

    def account(self, name: str, number: str, style: str) -> str:
        text = printed.account(number, style)
        value = printed.canonical_account(text)
        if value[:4].isdigit():
            bank = "banco_origen" if name == "cuenta_origen" else "banco_destino"
            self.implied(bank, value[:4])
        return self.put(name, text, value)

    def bank(self, name: str, code: str, style: str = "name") -> str:
        short, legal = BANKS[code]
        styles = {
            "name": short,
            "title": title_case(short),
            "legal": legal,
            "code-hyphen": f"{code} - {short}",
            "code-tight": f"{code}-{short}",
            "code-title": f"{code} {title_case(short)}",
            "code-paren": f"{title_case(short)} ({code})",
            "code": code,
        }
        return self.put(name, styles[style], code)


def title_case(text: str) -> str:
    small = {"DE", "DEL", "LOS"}
    keep = {"BFC", "R4", "C.A.", "DELSUR"}
    words = []
    for index, word in enumerate(text.split()):
        if word in small and index:
            words.append(word.lower())
        else:
            words.append(word if word in keep else word.capitalize())
    return " ".join(words)


@dataclass
class Phone:
    """A phone's screen: its size, pixel ratio, and which family of system bars it draws."""

    width: int
    height: int
    scale: float
    system: str


PHONES = [
    Phone(360, 800, 3.0, "android"),
    Phone(360, 780, 2.0, "android"),
    Phone(393, 873, 2.75, "android"),
    Phone(412, 915, 2.625, "android"),
    Phone(384, 854, 2.0, "android"),
    Phone(390, 844, 3.0, "ios"),
    Phone(375, 812, 3.0, "ios"),
    Phone(414, 896, 2.0, "ios"),
]


def invent_phone(rng: random.Random) -> Phone:
    return rng.choice(PHONES)


BASE_CSS = """
* { margin: 0; padding: 0; box-sizing: border-box; }
html { -webkit-font-smoothing: antialiased; }
.row { display: flex; justify-content: space-between; align-items: center; }
.bar { display: flex; align-items: center; padding: 0 16px; height: 28px; flex: none;
  font: 500 13px Roboto; }
.bar .left { flex: 1; display: flex; gap: 6px; align-items: center; }
.bar .right { display: flex; gap: 5px; align-items: center; }
.bar.ios { height: 44px; padding: 6px 24px 0 32px; font: 600 15px Inter; }
.nav { height: 44px; display: flex; justify-content: space-around; align-items: center;
  padding: 0 40px; flex: none; }
.nav.gesture { height: 24px; } .nav.gesture i { width: 108px; height: 4px; border-radius: 2px;
  background: currentColor; opacity: .85; }
.phone { display: flex; flex-direction: column; overflow: hidden; position: relative; }
.grow { flex: 1; min-height: 0; }
svg { display: block; flex: none; }
"""


def svg(path: str, size: float = 20, stroke: float = 2, view: int = 24, fill: str = "none") -> str:
    return (
        f'<svg width="{size}" height="{size}" viewBox="0 0 {view} {view}" fill="{fill}" '
        f'stroke="currentColor" stroke-width="{stroke}" stroke-linecap="round" '
        f'stroke-linejoin="round"><path d="{path}"/></svg>'
    )


ICONS = {
    "back": "M19 12H5M11 18l-6-6 6-6",
    "chevron": "M15 5l-7 7 7 7",
    "close": "M5 5l14 14M19 5L5 19",
    "share": "M18 8a3 3 0 1 0-3-3l-7 4a3 3 0 1 0 0 6l7 4a3 3 0 1 0 1-2l-7-4",
    "upload": "M12 3v12M7 8l5-5 5 5M5 14v6h14v-6",
    "copy": "M9 9h11v11H9zM5 15H4V4h11v1",
    "check": "M5 12.5l4.5 4.5L19 7.5",
    "home": "M3 11l9-8 9 8M5 10v10h14V10",
    "card": "M3 6h18v13H3zM3 10h18",
    "list": "M4 6h16M4 12h16M4 18h16",
    "user": "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8M4 21c0-5 4-7 8-7s8 2 8 7",
    "phone": "M7 3h10v18H7zM11 18h2",
    "bank": "M3 9l9-5 9 5M5 10v8M10 10v8M14 10v8M19 10v8M3 20h18",
    "calendar": "M4 6h16v14H4zM4 10h16M8 3v4M16 3v4",
    "note": "M6 3h9l4 4v14H6zM9 12h7M9 16h7",
    "hash": "M9 4L7 20M17 4l-2 16M4 9h16M3 15h16",
    "star": "M12 3l2.7 6 6.3.6-4.8 4.3 1.5 6.300L12 17l-5.7 3.2 1.5-6.300L3 9.6 9.3 9z",
    "download": "M12 4v11M7 11l5 5 5-5M5 20h14",
    "coin": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 7v10M9 9.500h4.500a2 2 0 0 1 0 4H9",
}


def icon(name: str, size: float = 20, stroke: float = 2) -> str:
    return svg(ICONS[name], size, stroke)


def status_bar(rng: random.Random, phone: Phone, style: str = "") -> str:
    """The system's own line at the top: a clock that is never the payment's, and icons."""
    hour, minute = rng.randint(1, 23), rng.randint(0, 59)
    twelve = rng.random() < 0.5
    clock = f"{(hour - 1) % 12 + 1 if twelve else hour}:{minute:02}"
    if twelve and rng.random() < 0.3 and phone.system == "android":
        clock += " p. m." if hour >= 12 else " a. m."
    percent = rng.randint(8, 100)
    battery = (
        '<svg width="22" height="12" viewBox="0 0 22 12"><rect x=".5" y=".5" width="18" height="11" '
        'rx="3" fill="none" stroke="currentColor"/><rect x="2" y="2" '
        f'width="{percent * 15 / 100:.1f}" height="8" rx="1.5" fill="currentColor"/>'
        '<rect x="19.5" y="4" width="2" height="4" rx="1" fill="currentColor"/></svg>'
    )
    signal = (
        '<svg width="16" height="12" viewBox="0 0 16 12" fill="currentColor">'
        '<path d="M0 9h3v3H0zM4.3 6.500h3V12h-3zM8.6 3.500h3V12h-3zM13 0h3v12h-3z"/></svg>'
    )
    wifi = svg("M2 9a15 15 0 0 1 20 0M6 13a9 9 0 0 1 12 0M10 17a3 3 0 0 1 4 0", 15, 2.6)
    number = f"<span>{percent}%</span>" if rng.random() < 0.5 else ""
    net = rng.choice(["", "<span>4G</span>", "<span>LTE</span>", "<span>H+</span>"])
    left = f"<span>{clock}</span>"
    if phone.system == "android" and rng.random() < 0.5:
        left += icon("phone", 13) + icon("note", 13)
    return (
        f'<div class="bar {phone.system}" style="{style}"><div class="left">{left}</div>'
        f'<div class="right">{net}{signal}{wifi}{number}{battery}</div></div>'
    )


def navigation_bar(rng: random.Random, phone: Phone, style: str = "") -> str:
    if phone.system == "ios" or rng.random() < 0.45:
        return f'<div class="nav gesture" style="{style}"><i></i></div>'
    triangle = svg("M17 4L6 12l11 8z", 18)
    circle = svg("M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16", 18)
    square = svg("M5 5h14v14H5z", 17)
    return f'<div class="nav" style="{style}">{triangle}{circle}{square}</div>'


def phone_page(phone: Phone, style: str, inside: str) -> str:
    size = f"width:{phone.width}px;height:{phone.height}px"
    return f'<div class="phone" style="{size};{style}">{inside}</div>'


def screen(sheet: Sheet, rng: random.Random, style: str, inside: str, bar: str = "") -> None:
    """The sheet as an app shows it: a phone's screen with the system's bars around what is inside."""
    phone = invent_phone(rng)
    top, low = status_bar(rng, phone, bar), navigation_bar(rng, phone)
    sheet.body = phone_page(phone, style, top + inside + low)
    sheet.width, sheet.height, sheet.scale = phone.width, phone.height, phone.scale


def picture(sheet: Sheet, rng: random.Random, width: int, inside: str, scales: tuple[float, ...] = (1.5, 2, 3)) -> None:
    """The sheet as an app saves it: a picture as high as what is inside."""
    sheet.body = f'<div style="width:{width}px;display:flow-root">{inside}</div>'
    sheet.width, sheet.height, sheet.scale = width, None, rng.choice(scales)
