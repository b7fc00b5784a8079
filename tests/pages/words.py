"""Invented text: sentences, names, amounts and references, from a few words and a seed."""

from __future__ import annotations

import random
from pathlib import Path

WORDS = Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").split()
FIRST = (
    "Ana",
    "Luis",
    "Zoe",
    "Iván",
    "Marta",
    "Óscar",
    "Elena",
    "Raúl",
    "Lucía",
    "Pedro",
    "Inés",
    "Julián",
    "Sofía",
    "Tomás",
    "Iñaki",
    "Isabel",
    "Ignacio",
    "Irene",
    "Ismael",
    "Olivia",
    "Lluvia",
)
LAST = (
    "Pérez",
    "Núñez",
    "Gómez",
    "Ibáñez",
    "Rojas",
    "Lima",
    "Quiñones",
    "Soto",
    "Vargas",
    "Ávila",
    "Méndez",
    "Mora",
    "Iglesias",
    "Izquierdo",
    "Olivares",
    "Ochoa",
    "Llorente",
)
FIRMS = (
    "Inversiones",
    "Industrias",
    "Importadora",
    "Oficina Italiana",
    "Alimentos",
    "Librería",
    "Comercial",
    "Licores",
)


def sentence(dice: random.Random, least: int = 6, most: int = 16) -> str:
    """A sentence without sense, with commas now and then."""
    words = [dice.choice(WORDS) for _ in range(dice.randint(least, most))]
    for index in range(2, len(words) - 2):
        if dice.random() < 0.08:
            words[index] += ","
    return " ".join(words).capitalize() + "."


def prose(dice: random.Random, words: int) -> list[str]:
    """The words of some sentences."""
    found: list[str] = []
    while len(found) < words:
        found += sentence(dice).split()
    return found


def person(dice: random.Random) -> str:
    """A name."""
    return f"{dice.choice(FIRST)} {dice.choice(LAST)}"


def firm(dice: random.Random) -> str:
    """A firm and what its papers say of it."""
    tax = dice.choice(("IVA", "ISLR", "RIF", "I.V.A.", "IGTF"))
    return f"{dice.choice(FIRMS)} {dice.choice(LAST)} {dice.choice(('C.A.', 'e Hijos', 'II', 'S.R.L.'))} {tax}"


def amount(dice: random.Random) -> str:
    """An amount as it is printed where a comma parts decimals."""
    units, cents = dice.randrange(1, 100_000), dice.randrange(100)
    return f"{units:,}".replace(",", ".") + f",{cents:02d}"


def reference(dice: random.Random) -> str:
    """A long number with the runs of one digit in which readers lose some."""
    digits = ""
    while len(digits) < 10:
        digits += dice.choice("0123456789") * dice.choice((1, 1, 1, 2, 3, 5))
    return digits[:12]


def title(dice: random.Random, words: int = 3) -> str:
    """A few words as a heading."""
    return " ".join(dice.choice(WORDS) for _ in range(words)).capitalize()
