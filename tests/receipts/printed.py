"""How values are printed: money, dates, times, phones, accounts, ids."""

from datetime import datetime
from decimal import Decimal

from .people import MONTHS_ENGLISH, MONTHS_LONG, MONTHS_SHORT


def money(value: Decimal, grouping: bool = True) -> str:
    """Venezuelan: point groups thousands, comma is the decimal sign."""
    text = f"{value:,.2f}" if grouping else f"{value:.2f}"
    return text.translate(str.maketrans(",.", ".,"))


def money_english(value: Decimal) -> str:
    return f"{value:,.2f}"


def canonical_money(value: Decimal) -> str:
    return f"{value:.2f}"


def date(moment: datetime, style: str) -> str:
    day, month, year = moment.day, moment.month, moment.year
    styles = {
        "slash": f"{day:02}/{month:02}/{year}",
        "slash2": f"{day:02}/{month:02}/{year % 100:02}",
        "hyphen": f"{day:02}-{month:02}-{year}",
        "dot": f"{day:02}.{month:02}.{year}",
        "iso": f"{year}-{month:02}-{day:02}",
        "short": f"{day:02} {MONTHS_SHORT[month - 1]} {year}",
        "short-slash": f"{day:02}/{MONTHS_SHORT[month - 1].lower()}/{year}",
        "short-hyphen": f"{day:02}-{MONTHS_SHORT[month - 1]}-{year % 100:02}",
        "long": f"{day} de {MONTHS_LONG[month - 1]} de {year}",
        "english": f"{MONTHS_ENGLISH[month - 1]} {day}, {year}",
        "english-short": f"{MONTHS_ENGLISH[month - 1][:3]} {day}, {year}",
    }
    return styles[style]


def time(moment: datetime, style: str) -> str:
    hour12 = moment.hour % 12 or 12
    afternoon = moment.hour >= 12
    styles = {
        "24": f"{moment:%H:%M}",
        "24s": f"{moment:%H:%M:%S}",
        "12dots": f"{hour12:02}:{moment:%M} {'p. m.' if afternoon else 'a. m.'}",
        "12": f"{hour12}:{moment:%M} {'PM' if afternoon else 'AM'}",
        "12s": f"{hour12:02}:{moment:%M:%S} {'pm' if afternoon else 'am'}",
        "12tight": f"{hour12:02}:{moment:%M}{'pm' if afternoon else 'am'}",
    }
    return styles[style]


def grouped(number: str, sign: str = ".") -> str:
    """Thousands grouped from the right: 12.345.678."""
    return f"{int(number):,}".replace(",", sign) if not number.startswith("0") else number


def national_id(letter: str, number: str, style: str) -> str:
    styles = {
        "tight": f"{letter}{number}",
        "hyphen": f"{letter}-{number}",
        "wide": f"{letter} - {grouped(number)}",
        "dots": f"{letter}-{grouped(number)}",
        "space": f"{letter} {number}",
        "digits": number,
    }
    return styles[style]


def phone(number: str, style: str) -> str:
    styles = {
        "plain": number,
        "hyphen": f"{number[:4]}-{number[4:]}",
        "dots": f"{number[:4]} {number[4:7]}.{number[7:9]}.{number[9:]}",
        "paren": f"({number[:4]}) {number[4:7]}-{number[7:]}",
        "spaces": f"{number[:4]} {number[4:7]} {number[7:]}",
        "masked": f"{number[:4]}***{number[7:]}",
        "bullets": f"{number[:4]} - ••••{number[8:]}",
    }
    return styles[style]


def canonical_phone(number: str, style: str) -> str:
    if style == "masked":
        return f"{number[:4]}***{number[7:]}"
    if style == "bullets":
        return f"{number[:4]}****{number[8:]}"
    return number


def account(number: str, style: str) -> str:
    styles = {
        "bank-mask": f"{number[:4]}****{number[-4:]}",
        "long-mask": f"{number[:4]}************{number[-4:]}",
        "stars": f"***{number[-4:]}",
        "bullets": f"••••{number[-4:]}",
        "hyphens": f"{number[:4]}-{number[4:8]}-{number[8:10]}-{number[10:]}",
        "plain": number,
        "crosses": f"{number[:4]}-{'x' * 4}-{'x' * 2}-{'x' * 6}{number[-4:]}",
    }
    return styles[style]


def canonical_account(printed_account: str) -> str:
    """Digits and mask signs, every mask sign as an asterisk, separators left out."""
    masked = printed_account.translate(str.maketrans({"•": "*", "x": "*", "X": "*", "-": None}))
    return masked.replace(" ", "")
