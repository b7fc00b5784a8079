"""Pages that are not receipts: dense Spanish text and tables of signs, for reading tests."""

import random
from html import escape

from .people import FIRST_NAMES, LAST_NAMES, Payment, digits
from .sheet import Sheet

SUBJECTS = [
    "El pingüino",
    "La cigüeña",
    "Mi compañera",
    "El niño pequeño",
    "La abuela Begoña",
    "Un señor bilingüe",
    "El carpintero",
    "La montaña más lejana",
    "Aquel murciélago",
    "El albañil",
    "Su último cómplice",
    "La araña tejedora",
    "El güiro",
    "Nuestra dueña",
    "El lingüista",
]
VERBS = [
    "añoraba",
    "averiguó",
    "construyó",
    "desagüó",
    "pidió",
    "llevaba",
    "quería",
    "bailó con",
    "soñó con",
    "cosió",
    "argüía contra",
    "encontró",
    "guardó",
    "oyó",
    "señaló",
    "midió",
    "dibujó",
]
OBJECTS = [
    "el paraguas azul",
    "una piñata enorme",
    "doce plátanos verdes",
    "la vergüenza ajena",
    "su vieja brújula",
    "el café de la mañana",
    "tres kilómetros de caña",
    "aquella canción sin título",
    "la lámpara mágica",
    "un búho y dos águilas",
    "el desagüe del jardín",
    "veintidós azúcares",
    "la cúpula del año pasado",
]
TAILS = [
    "durante el otoño",
    "según la crónica",
    "después del almuerzo",
    "junto al río Ñandú",
    "a las 7:45 p. m.",
    "el 29/02/2024",
    "por Bs. 1.234,50",
    "con un 16,5 % de descuento",
    "en la calle N.º 12-B",
    "¡por fin!",
    "sin más ni más",
    "(véase la pág. 318)",
    "«como siempre»",
    "y nadie dijo: «¡basta!»",
    "bajo 38 °C",
]
QUESTIONS = [
    "¿Quién lo diría?",
    "¿Cuánto costó, y por qué?",
    "¡Qué vergüenza!",
    "¿Adónde va Íñigo?",
    "¡Ojalá, Úrsula!",
    "¿Óscar o Ángel?",
    "¡Échale más azúcar!",
    "¿Y tú, qué opinas?",
]
FONTS = [
    "Open Sans",
    "Roboto",
    "PT Serif",
    "Lato",
    "Noto Sans",
    "IBM Plex Sans",
    "Source Sans 3",
    "Ubuntu",
    "Work Sans",
    "Mulish",
]


def sentence(rng: random.Random) -> str:
    if rng.random() < 0.18:
        return rng.choice(QUESTIONS)
    parts = [rng.choice(SUBJECTS), rng.choice(VERBS), rng.choice(OBJECTS), rng.choice(TAILS)]
    text = " ".join(parts)
    return text if text[-1] in "!»." else text + rng.choice([".", ".", ".", ";", "…"])


def prose(rng: random.Random, pay: Payment) -> Sheet:
    """A dense page: a title, paragraphs, sometimes in two columns."""
    font = rng.choice(FONTS)
    columns = rng.choice([1, 1, 2])
    ground, ink = rng.choice([("#fff", "#111"), ("#fdf6e3", "#333"), ("#1d1f24", "#e8e8e8")])
    sheet = Sheet("prose", "text", None, f"{columns}-columns", medium="page")
    size = rng.choice([14, 16, 18])
    sheet.css = f"""body {{ background: {ground}; color: {ink}; font: {size}px/1.5 "{font}"; }}
    .page {{ width: 760px; padding: 40px; }} h1 {{ font-size: 1.6em; margin-bottom: .6em; }}
    .text {{ columns: {columns}; column-gap: 34px; }} p {{ margin-bottom: .8em; }}"""
    blocks = []
    for _ in range(rng.randint(4, 7)):
        words = " ".join(sentence(rng) for _ in range(rng.randint(2, 5)))
        blocks.append(f"<p>{escape(words)}</p>")
    title = escape(f"{rng.choice(FIRST_NAMES)} {rng.choice(LAST_NAMES)}: {sentence(rng)}")
    sheet.body = f'<div class="page"><h1>{title}</h1><div class="text">{"".join(blocks)}</div></div>'
    sheet.width, sheet.height, sheet.scale = 760, None, rng.choice([1, 1.5, 2])
    return sheet


def signs(rng: random.Random, pay: Payment) -> Sheet:
    """Numbers, punctuation and look-alikes, one item a line."""
    sheet = Sheet("signs", "text", None, "list", medium="page")
    sheet.css = f"""body {{ background: #fff; color: #000; font: 20px/1.6 "{rng.choice(FONTS)}"; }}
    .page {{ width: 620px; padding: 30px; display: grid; grid-template-columns: 1fr 1fr; }}"""
    makers = [
        lambda: f"{digits(rng, 4)}-{digits(rng, 4)}",
        lambda: f"Bs. {rng.randint(1, 99)}.{digits(rng, 3)},{digits(rng, 2)}",
        lambda: f"({digits(rng, 3)}) #{digits(rng, 2)} @{rng.choice(FIRST_NAMES).lower()}",
        lambda: f"O0 l1I S5 B8 {digits(rng, 2)}Z2",
        lambda: f"{rng.choice(LAST_NAMES).upper()} & {rng.choice(LAST_NAMES).upper()}",
        lambda: f"{rng.randint(1, 100)} % + {rng.randint(1, 9)}/4 = {digits(rng, 2)}",
        lambda: f"$ {rng.randint(1, 999)}.{digits(rng, 2)} / € {rng.randint(1, 99)},{digits(rng, 2)}",
        lambda: f"¿{rng.choice(FIRST_NAMES)}? ¡{rng.choice(LAST_NAMES)}!",
        lambda: f"V-{rng.randint(3, 33)}.{digits(rng, 3)}.{digits(rng, 3)}",
        lambda: "ÁÉÍÓÚÜÑ áéíóúüñ",
        lambda: f"0102****{digits(rng, 4)} [{digits(rng, 2)}]",
        lambda: f"{digits(rng, 12)}: «{rng.choice(FIRST_NAMES)}»",
    ]
    rng.shuffle(makers)
    cells = "".join(f"<div>{escape(maker())}</div>" for maker in makers + makers[:6])
    sheet.body = f'<div class="page">{cells}</div>'
    sheet.width, sheet.height, sheet.scale = 620, None, rng.choice([1, 1.5, 2])
    return sheet


APPS = {"prose": prose, "signs": signs}
