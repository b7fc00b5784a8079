"""Thirty invented apps with words of their own, for the test of learning: no layout knows them, and most of their
labels mean nothing to the generic one. An app is drawn from its number; a page of it from another.
"""

import random
from dataclasses import dataclass

from . import pages_latin

APPS = 30
BRANDS_FIRST = [
    "Aurora",
    "Cardón",
    "Médano",
    "Roraima",
    "Guácharo",
    "Moriche",
    "Samán",
    "Turpial",
    "Araguaney",
    "Caura",
]
BRANDS_LAST = ["Pagos", "Móvil", "Billetera", "Directo", "Digital", "Express"]
TITLES = ["Envío listo", "Dinero en camino", "Todo salió bien", "Quedó hecho", "Misión cumplida", "Ya está"]
# What other apps call by other names; a third keeps the usual one.
WORDS = {
    "monto": ["Entregaste", "Soltaste", "Cuánto", "Salieron", "Plata movida", "Monto"],
    "referencia": ["Sello", "Boleta interna", "Marca", "Huella", "Rastro", "Nro. de referencia"],
    "fecha": ["Cuándo", "Momento", "El día", "Sucedió", "Fecha"],
    "beneficiario": ["Quién", "Al bolsillo de", "Se lo diste a", "Amigo", "Persona", "Beneficiario"],
    "cedula": ["Su carnet", "Papel", "Ficha", "Cédula", "Su número"],
    "banco_destino": ["Su casa", "Donde guarda", "Cofre", "Banco"],
    "concepto": ["Para qué fue", "Recado", "Porque sí", "Concepto"],
    "telefono": ["Su línea", "Timbre", "Teléfono"],
}
TRAPS = ["Te quedan", "Tu turno", "Código de la caja", "Puntos", "Lote"]
BANKS = {"0105": "Banco Mercantil", "0134": "Banesco", "0108": "BBVA Provincial", "0172": "Bancamiga", "0191": "BNC"}
FIELDS = ("monto", "referencia", "fecha", "beneficiario", "cedula", "banco_destino", "concepto", "telefono")


@dataclass
class App:
    number: int
    brand: str
    title: str
    rows: str  # sides, below, inline, above (captions under their values)
    labels: dict
    order: list
    traps: list
    colon: bool


def app_of(number: int) -> App:
    rng = random.Random(f"learned {number}")
    order = list(FIELDS)
    rng.shuffle(order)
    return App(
        number,
        f"{BRANDS_FIRST[number % 10]} {BRANDS_LAST[number // 5 % 6]}",
        rng.choice(TITLES),
        rng.choice(["sides", "sides", "below", "inline", "above"]),
        {name: rng.choice(words) for name, words in WORDS.items()},
        order,
        rng.sample(TRAPS, 2),
        rng.random() < 0.4,
    )


def rows_of(app: App, rng: random.Random) -> tuple[list, dict]:
    cents = rng.randint(500, 90_000_000)
    amount = f"{cents // 100:,}".replace(",", ".") + f",{cents % 100:02d}"
    day, month = rng.randint(1, 28), rng.randint(1, 12)
    number = "".join(rng.choice("0123456789") for _ in range(rng.choice([9, 12])))
    code = rng.choice(sorted(BANKS))
    owner, phone = rng.randint(5_000_000, 32_000_000), f"0414{rng.randint(1_000_000, 9_999_999)}"
    payee, concept = pages_latin.person(rng), rng.choice(pages_latin.CONCEPTS[:-1])
    printed = {
        "monto": (f"Bs. {amount}", f"{cents // 100}.{cents % 100:02d}"),
        "referencia": (number, number),
        "fecha": (f"{day:02d}/{month:02d}/2026", f"2026-{month:02d}-{day:02d}"),
        "beneficiario": (payee, payee),
        "cedula": (f"V-{owner:,}".replace(",", "."), f"V{owner}"),
        "banco_destino": (BANKS[code], code),
        "concepto": (concept, concept),
        "telefono": (phone, phone),
    }
    traps = {"Te quedan": f"Bs. {rng.randint(1, 9999)},00", "Tu turno": str(rng.randint(10, 99))}
    traps |= {"Código de la caja": str(rng.randint(10**7, 10**8)), "Puntos": str(rng.randint(100, 9999))}
    traps["Lote"] = str(rng.randint(100, 999))
    rows = [(app.labels[name], printed[name][0]) for name in app.order]
    for at, trap in enumerate(app.traps):
        rows.insert(2 + 3 * at, (trap, traps[trap]))
    return rows, {name: value for name, (_, value) in printed.items()} | {"moneda": "VES"}


def page_of(number: int, index: int) -> tuple[dict, dict]:
    """A page as `lince read` writes it, and its right values."""
    app, rng = app_of(number), random.Random(f"page {number} {index}")
    page = pages_latin.Page()
    page.put(app.brand, "centre", 30)
    page.step(50)
    page.put(app.title, "centre")
    page.step(60)
    rows, right = rows_of(app, rng)
    for label, value in rows:
        label += ":" if app.colon or app.rows == "inline" else ""
        if app.rows == "inline":
            page.put(f"{label} {value}", "left")
        elif app.rows == "sides":
            page.put(label, "left")
            page.put(value, "right")
        else:
            first, second = (value, label) if app.rows == "above" else (label, value)
            page.put(first, "left")
            page.step(27)
            page.put(second, "left", 20 if app.rows == "above" else 24)
            page.step(18)
        page.step(38)
    page.put("Gracias por usar " + app.brand, "centre")
    name = f"app{number:02d}-{index:03d}.jpg"
    return {"file": name, "width": 540, "height": max(960, page.y + 40), "lines": page.lines}, right
