"""Pages of payments, sales and accounts of many countries as lines with boxes, without images: they test the rules
alone on designs without layouts. A design's number determines its words, arrangement and order of rows. Those in
`latin_held_back.json` are scored but never shown.

    python3 tests/receipts/pages_latin.py --program build/release/lince            # scores by country and kind
    python3 tests/receipts/pages_latin.py --out DIR --count 200 --seed 3           # pages.ndjson and truth.ndjson
"""

import argparse
import collections
import json
import random
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

HELD_BACK = Path(__file__).with_name("latin_held_back.json")
WIDTH = 540

FIRST = [
    "Aurelia",
    "Benigno",
    "Candela",
    "Dámaso",
    "Fabiola",
    "Gervasio",
    "Herminia",
    "Isaura",
    "Jacinto",
    "Leocadia",
    "Nélida",
    "Olegario",
    "Rosaura",
]
LAST = [
    "Almarza",
    "Bolívar",
    "Carmona",
    "Dávila",
    "Echeto",
    "Fuenmayor",
    "Gudiño",
    "Hurtado",
    "Iriarte",
    "Jaspe",
    "Lugo",
    "Matute",
    "Nava",
    "Ocanto",
]
TRADES = ["Panadería", "Ferretería", "Bodegón", "Farmacia", "Abasto", "Librería", "Repuestos", "Cafetería"]
NOUNS = ["El Turpial", "La Cayena", "Los Mangos", "San Telmo", "Doña Petra", "El Faro", "Tres Ríos", "La Ceiba"]
GOODS = [
    "Pan campesino",
    "Café molido",
    "Queso fresco",
    "Tornillo 2in",
    "Jabón azul",
    "Cuaderno",
    "Aceite 1L",
    "Arroz 1kg",
]
MOVEMENTS = ["Compra", "Transferencia", "Abono"]
CONCEPTS = ["Almuerzo", "Alquiler", "Pedido 12", "Clases", "Regalo", "Repuestos", "Mensualidad", "150"]
MONTHS = ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"]


def weigh(digits: str, weights: list[int]) -> int:
    return sum(int(d) * w for d, w in zip(digits, weights, strict=True))


def rut(rng: random.Random) -> tuple[str, str]:
    body = str(rng.randint(5_000_000, 25_000_000))
    total = weigh(body[::-1], [2 + i % 6 for i in range(len(body))])
    rest = 11 - total % 11
    last = {11: "0", 10: "K"}.get(rest, str(rest))
    return f"{int(body):,}".replace(",", ".") + "-" + last, body + last


def cuit(rng: random.Random) -> tuple[str, str]:
    while True:
        body = rng.choice(["20", "27", "30"]) + f"{rng.randint(10_000_000, 45_000_000)}"
        rest = 11 - weigh(body, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11
        if rest != 10:
            last = "0" if rest == 11 else str(rest)
            return f"{body[:2]}-{body[2:]}-{last}", body + last


def cpf(rng: random.Random) -> tuple[str, str]:
    body = f"{rng.randint(100_000_000, 999_999_999)}"
    for count in (9, 10):
        body += str(weigh(body, list(range(count + 1, 1, -1))) * 10 % 11 % 10)
    return f"{body[:3]}.{body[3:6]}.{body[6:9]}-{body[9:]}", body


def cnpj(rng: random.Random) -> tuple[str, str]:
    body = f"{rng.randint(10_000_000, 99_999_999)}0001"
    for weights in ([5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2], [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]):
        rest = weigh(body, weights) % 11
        body += "0" if rest < 2 else str(11 - rest)
    return f"{body[:2]}.{body[2:5]}.{body[5:8]}/{body[8:12]}-{body[12:]}", body


def nit(rng: random.Random) -> tuple[str, str]:
    body = f"9{rng.randint(0, 99_999_999):08d}"
    rest = weigh(body, [41, 37, 29, 23, 19, 17, 13, 7, 3]) % 11
    last = str(11 - rest if rest > 1 else rest)
    return f"{body[:3]}.{body[3:6]}.{body[6:]}-{last}", body + last


def ruc_pe(rng: random.Random) -> tuple[str, str]:
    body = "20" + f"{rng.randint(0, 99_999_999):08d}"
    text = body + str((11 - weigh(body, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11) % 10)
    return text, text


def rnc(rng: random.Random) -> tuple[str, str]:
    body = "1" + f"{rng.randint(0, 9_999_999):07d}"
    rest = weigh(body, [7, 9, 8, 6, 5, 4, 3, 2]) % 11
    last = {0: "2", 1: "1"}.get(rest, str(11 - rest))
    return f"{body[0]}-{body[1:3]}-{body[3:]}-{last}", body + last


def ruc_ec(rng: random.Random) -> tuple[str, str]:
    while True:
        body = "179" + f"{rng.randint(0, 999_999):06d}"
        rest = 11 - weigh(body, [4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11
        if rest != 10:
            text = body + str(rest % 11) + "001"
            return text, text


def rut_uy(rng: random.Random) -> tuple[str, str]:
    while True:
        body = "21" + f"{rng.randint(0, 999_999):06d}" + "001"
        rest = 11 - weigh(body, [4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]) % 11
        if rest != 10:
            text = body + str(rest % 11)
            return text, text


def ruc_py(rng: random.Random) -> tuple[str, str]:
    body = f"800{rng.randint(0, 99_999):05d}"
    rest = weigh(body[::-1], list(range(2, 10))) % 11
    last = str(11 - rest if rest > 1 else 0)
    return f"{body}-{last}", body + last


def rfc(rng: random.Random) -> tuple[str, str]:
    order = "0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ "
    body = (
        "".join(rng.choice("ABCDEFGHIJ") for _ in range(3))
        + f"{rng.randint(80, 99)}{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}"
    )
    body += rng.choice("ABCDEF") + rng.choice("123456789")
    rest = 11 - sum(order.index(c) * (13 - i) for i, c in enumerate(" " + body)) % 11
    text = body + {11: "0", 10: "A"}.get(rest, str(rest))
    return text, text


def cedula_juridica(rng: random.Random) -> tuple[str, str]:
    body = f"3101{rng.randint(100000, 999999)}"
    return f"{body[0]}-{body[1:4]}-{body[4:]}", body


def rif(rng: random.Random) -> tuple[str, str]:
    body = f"{rng.randint(10_000_000, 99_999_999)}"
    rest = 11 - (4 * 3 + weigh(body, [3, 2, 7, 6, 5, 4, 3, 2])) % 11
    last = "0" if rest >= 10 else str(rest)
    return f"J-{body}-{last}", f"J{body}{last}"


def plain(low: int, high: int, shape: str = "{}"):
    def make(rng: random.Random) -> tuple[str, str]:
        number = rng.randint(low, high)
        return shape.format(number), str(number)

    return make


def dotted(low: int, high: int, letter: str = ""):
    def make(rng: random.Random) -> tuple[str, str]:
        number = rng.randint(low, high)
        printed = f"{number:,}".replace(",", ".")
        return (f"{letter}-{printed}" if letter else printed), f"{letter}{number}"

    return make


@dataclass
class Country:
    code: str
    currency: str
    sign: str
    decimal: str
    hundredths: bool
    person: object
    person_label: str
    firm: object
    firm_label: str
    tax: str
    banks: dict
    phone: object
    account_label: str
    pays_with: str
    letters: bool = True
    amounts: tuple = (5, 4000)


def phone(prefixes: list[str], rest: int):
    def make(rng: random.Random) -> tuple[str, str]:
        digits = rng.choice(prefixes) + "".join(rng.choice("0123456789") for _ in range(rest))
        return digits, digits

    return make


COUNTRIES = [
    Country(
        "VE",
        "VES",
        "Bs. ",
        ",",
        True,
        dotted(5_000_000, 32_000_000, "V"),
        "Cédula",
        rif,
        "RIF",
        "IVA 16%",
        {"0134": "Banesco", "0105": "Banco Mercantil", "0191": "BNC"},
        phone(["0414", "0412"], 7),
        "Cuenta",
        "Pago móvil",
        False,
    ),
    Country(
        "AR",
        "ARS",
        "$ ",
        ",",
        True,
        cuit,
        "CUIL",
        cuit,
        "CUIT",
        "IVA 21%",
        {"285": "Banco Macro", "007": "Banco Galicia", "143": "Brubank"},
        phone(["11"], 8),
        "CBU",
        "Transferencia",
        amounts=(500, 90000),
    ),
    Country(
        "BR",
        "BRL",
        "R$ ",
        ",",
        True,
        cpf,
        "CPF",
        cnpj,
        "CNPJ",
        "ICMS",
        {"260": "Nubank", "341": "Itaú Unibanco", "237": "Bradesco"},
        phone(["119"], 8),
        "Conta",
        "Pix",
    ),
    Country(
        "CL",
        "CLP",
        "$",
        ",",
        False,
        rut,
        "RUT",
        rut,
        "RUT",
        "IVA 19%",
        {"012": "BancoEstado", "016": "BCI", "051": "Banco Falabella"},
        phone(["9"], 8),
        "N° de cuenta",
        "Transferencia",
        amounts=(1000, 900000),
    ),
    Country(
        "CO",
        "COP",
        "$ ",
        ",",
        True,
        dotted(10_000_000, 90_000_000),
        "C.C.",
        nit,
        "NIT",
        "IVA 19%",
        {"1007": "Bancolombia", "1507": "Nequi", "1051": "Davivienda"},
        phone(["310", "320"], 7),
        "Cuenta",
        "Transferencia",
        amounts=(2000, 900000),
    ),
    Country(
        "MX",
        "MXN",
        "$",
        ".",
        True,
        None,
        "",
        rfc,
        "RFC",
        "IVA 16%",
        {"072": "Banorte", "127": "Banco Azteca", "002": "Banamex"},
        None,
        "CLABE",
        "SPEI",
    ),
    Country(
        "PE",
        "PEN",
        "S/ ",
        ".",
        True,
        plain(10_000_000, 79_999_999),
        "DNI",
        ruc_pe,
        "RUC",
        "IGV 18%",
        {"002": "BCP", "003": "Interbank", "038": "BanBif"},
        phone(["9"], 8),
        "Cuenta",
        "Transferencia",
    ),
    Country(
        "EC",
        "USD",
        "$ ",
        ".",
        True,
        None,
        "",
        ruc_ec,
        "RUC",
        "IVA 15%",
        {"0010": "Banco Pichincha", "0036": "Produbanco", "0037": "Banco Bolivariano"},
        phone(["099", "098"], 7),
        "Cuenta",
        "Transferencia",
    ),
    Country(
        "UY",
        "UYU",
        "$ ",
        ",",
        True,
        None,
        "",
        rut_uy,
        "RUT",
        "IVA 22%",
        {"001": "BROU", "PREX": "Prex", "113": "Itaú Uruguay"},
        phone(["099"], 6),
        "Cuenta",
        "Transferencia",
        amounts=(100, 90000),
    ),
    Country(
        "PY",
        "PYG",
        "Gs. ",
        ",",
        False,
        dotted(1_000_000, 6_000_000),
        "C.I.",
        ruc_py,
        "RUC",
        "IVA 10%",
        {"UENO": "Ueno Bank", "ATLAS": "Banco Atlas", "FAMILIAR": "Banco Familiar"},
        phone(["0981"], 6),
        "Cuenta",
        "Transferencia",
        amounts=(10000, 3000000),
    ),
    Country(
        "BO",
        "BOB",
        "Bs. ",
        ".",
        True,
        plain(2_000_000, 9_000_000),
        "C.I.",
        None,
        "NIT",
        "IVA 13%",
        {"UNION": "Banco Unión", "BNB": "Banco Nacional de Bolivia", "BISA": "Banco Bisa"},
        phone(["7"], 7),
        "Cuenta",
        "QR Simple Bolivia",
    ),
    Country(
        "DO",
        "DOP",
        "RD$ ",
        ".",
        True,
        None,
        "",
        rnc,
        "RNC",
        "ITBIS 18%",
        {"BANRESERVAS": "Banreservas", "BHD": "Banco BHD", "QIK": "Qik Banco Digital"},
        phone(["809", "829"], 7),
        "Cuenta",
        "Transferencia",
    ),
    Country(
        "CR",
        "CRC",
        "₡",
        ",",
        True,
        None,
        "",
        cedula_juridica,
        "Cédula jurídica",
        "IVA 13%",
        {"BCR": "Banco de Costa Rica", "BACCR": "BAC Credomatic"},
        phone(["8"], 7),
        "Cuenta",
        "SINPE Móvil",
        amounts=(1000, 90000),
    ),
    Country(
        "PA",
        "PAB",
        "B/. ",
        ".",
        True,
        None,
        "",
        None,
        "RUC",
        "ITBMS 7%",
        {"BGENERAL": "Banco General", "BANISTMO": "Banistmo"},
        phone(["6"], 7),
        "Cuenta",
        "Yappy",
    ),
]


@dataclass
class Page:
    lines: list = field(default_factory=list)
    fields: dict = field(default_factory=dict)
    y: float = 50

    def put(self, text: str, at: str, height: float = 24) -> None:
        width = min(WIDTH - 24, len(text) * height * 0.42)
        x0 = {"left": 20, "right": WIDTH - 20 - width, "centre": (WIDTH - width) / 2}[at]
        self.lines.append({"text": text, "box": [x0, self.y, x0 + width, self.y + height], "confidence": 0.98})

    def step(self, height: float) -> None:
        self.y += height


@dataclass
class Design:
    """How one invented app or shop prints, drawn from its number."""

    number: int
    rows: str
    colon: bool
    centred_amount: bool
    labels: dict
    titles: dict
    date_form: int
    order: int
    pitch: int


LABELS = {
    "monto": ["Monto", "Importe", "Monto enviado", "Monto transferido", "Valor", "Cantidad"],
    "referencia": [
        "Referencia",
        "Nro. de operación",
        "Número de comprobante",
        "Código de operación",
        "N° de transacción",
        "Id de operación",
    ],
    "fecha": ["Fecha", "Fecha y hora", "Fecha de operación", "Fecha de la transferencia"],
    "beneficiario": ["Beneficiario", "Destinatario", "Para", "Titular de la cuenta destino", "Nombre del destinatario"],
    "banco": ["Banco", "Banco destino", "Entidad", "Banco del beneficiario"],
    "concepto": ["Concepto", "Motivo", "Mensaje", "Descripción"],
    "telefono": ["Celular", "Teléfono", "N° de celular"],
}
TITLES = {
    "payment_made": [
        "Transferencia exitosa",
        "Operación realizada",
        "Pago enviado",
        "¡Listo! Transferiste",
        "Comprobante de transferencia",
    ],
    "payment_received": ["Transferencia recibida", "Recibiste dinero", "Pago recibido", "Te transfirieron"],
    "payment_requested": ["Solicitud de pago", "Pago pendiente", "Transferencia en proceso"],
    "payment_failed": ["Transferencia rechazada", "Operación fallida", "Pago reversado", "Operación no realizada"],
}


def design_of(number: int) -> Design:
    rng = random.Random(f"design {number}")
    return Design(
        number,
        rng.choice(["sides", "sides", "below", "inline"]),
        rng.random() < 0.5,
        rng.random() < 0.6,
        {name: rng.choice(words) for name, words in LABELS.items()},
        {name: rng.choice(words) for name, words in TITLES.items()},
        rng.randrange(4),
        rng.randrange(1000),
        rng.choice([36, 40, 46]),
    )


def person(rng: random.Random) -> str:
    return f"{rng.choice(FIRST)} {rng.choice(LAST)} {rng.choice(LAST)}"


def printed_amount(country: Country, hundredths: int) -> tuple[str, str]:
    whole, part = divmod(hundredths, 100)
    group = "." if country.decimal == "," else ","
    text = f"{whole:,}".replace(",", group) + (f"{country.decimal}{part:02d}" if country.hundredths else "")
    return country.sign + text, f"{whole}.{part if country.hundredths else 0:02d}"


def draw_amount(rng: random.Random, country: Country) -> int:
    low, high = country.amounts
    return rng.randint(low, high) * 100 + (rng.randrange(100) if country.hundredths else 0)


def printed_date(rng: random.Random, design: Design) -> tuple[str, dict]:
    year, month, day = rng.choice([2025, 2026]), rng.randint(1, 12), rng.randint(1, 28)
    hour, minute = rng.randint(7, 21), rng.randint(0, 59)
    date = [
        f"{day:02d}/{month:02d}/{year}",
        f"{day:02d}-{month:02d}-{year}",
        f"{day} {MONTHS[month - 1]}. {year}",
        f"{year}-{month:02d}-{day:02d}",
    ][design.date_form]
    return f"{date} {hour:02d}:{minute:02d}", {
        "fecha": f"{year}-{month:02d}-{day:02d}",
        "hora": f"{hour:02d}:{minute:02d}",
    }


def row(page: Page, design: Design, label: str, value: str) -> None:
    label += ":" if design.colon or design.rows == "inline" else ""
    if design.rows == "inline":
        page.put(f"{label} {value}", "left")
    elif design.rows == "sides":
        page.put(label, "left")
        page.put(value, "right")
    else:
        page.put(label, "left", 20)
        page.step(26)
        page.put(value, "left")
        page.step(8)
    page.step(design.pitch)


def reference(rng: random.Random, country: Country) -> str:
    if country.letters and rng.random() < 0.3:
        return "".join(rng.choice("ABCDEFGHJKLMNPQRSTUVWXYZ") for _ in range(3)) + "".join(
            rng.choice("0123456789") for _ in range(9)
        )
    return "".join(rng.choice("0123456789") for _ in range(rng.randint(8, 12)))


def payment(rng: random.Random, country: Country, design: Design, kind: str) -> Page:
    page = Page()
    amount, value = printed_amount(country, draw_amount(rng, country))
    when, times = printed_date(rng, design)
    name, number = person(rng), reference(rng, country)
    page.fields = {"monto": value, "moneda": country.currency, "referencia": number, **times}
    page.put(design.titles[kind], "centre", 28)
    page.step(60)
    page.put(country.pays_with, "centre")
    page.step(60)
    rows = []
    if design.centred_amount:
        page.put(amount, "centre", 50)
        page.step(90)
    else:
        rows.append((design.labels["monto"], amount))
    received = kind == "payment_received"
    who = rng.choice(["Ordenante", "Remitente"]) if received else design.labels["beneficiario"]
    rows.append((who, name))
    if not received:
        page.fields["beneficiario"] = name
    if country.person is not None and not received:
        text, canonical = country.person(rng)
        rows.append((country.person_label, text))
        page.fields["cedula"] = canonical
    code, bank = rng.choice(sorted(country.banks.items()))
    if not received:
        rows.append((design.labels["banco"], bank))
        page.fields["banco_destino"] = code
    if country.phone is not None and not received and rng.random() < 0.4:
        text, canonical = country.phone(rng)
        rows.append((design.labels["telefono"], text))
        page.fields["telefono"] = canonical
    if rng.random() < 0.6:
        page.fields["concepto"] = rng.choice(CONCEPTS)
        rows.append((design.labels["concepto"], page.fields["concepto"]))
    rows += [(design.labels["fecha"], when), (design.labels["referencia"], number)]
    random.Random(design.order).shuffle(rows)
    for label, text in rows:
        row(page, design, label, text)
    return page


def message(rng: random.Random, country: Country, design: Design) -> Page:
    page = Page()
    amount, value = printed_amount(country, draw_amount(rng, country))
    when, times = printed_date(rng, design)
    number = "".join(rng.choice("0123456789") for _ in range(10))
    bank = rng.choice(sorted(country.banks.values()))
    page.fields = {"monto": value, "moneda": country.currency, "referencia": number, **times}
    payee = person(rng)
    verb = f"Realizaste una transferencia por {amount}"
    if rng.random() < 0.5:
        verb = f"Enviaste {amount} a {payee}"
        page.fields["beneficiario"] = payee
    words = f"{bank}: {verb} el {when}. Referencia {number}. {country.pays_with} {country.currency}".split()
    line = ""
    for word in words:
        if len(line) + len(word) > 44:
            page.put(line, "left")
            page.step(27)
            line = ""
        line = f"{line} {word}".strip()
    page.put(line, "left")
    page.step(40)
    return page


def sale(rng: random.Random, country: Country, design: Design, kind: str) -> Page:
    page = Page()
    shop = f"{rng.choice(TRADES)} {rng.choice(NOUNS)}, {'C.A.' if country.code == 'VE' else 'S.A.'}"
    when, times = printed_date(rng, design)
    page.fields = {"company": shop, "date": times["fecha"], "currency": country.currency}
    titles = {
        "fiscal_sale": {"VE": "SENIAT", "BR": "CUPOM FISCAL", "DO": "NCF B0200000123", "CR": "TIQUETE ELECTRONICO"}.get(
            country.code, "TICKET FISCAL"
        ),
        "invoice": {"CL": "BOLETA ELECTRONICA", "PE": "BOLETA DE VENTA ELECTRONICA", "BR": "NOTA FISCAL"}.get(
            country.code, "FACTURA"
        ),
        "credit_note": "NOTA DE CREDITO",
        "quote": rng.choice(["COTIZACION", "PRESUPUESTO", "PROFORMA"]),
    }
    if kind == "fiscal_sale":
        page.put(titles[kind], "centre")
        page.step(30)
    page.put(shop, "centre", 28)
    page.step(34)
    if country.firm is not None:
        text, canonical = country.firm(rng)
        page.put(f"{country.firm_label}: {text}", "centre")
        page.step(30)
        page.fields["company_id"] = canonical
    number = f"{rng.randint(1, 999999):08d}"
    page.put(f"{titles[kind] if kind != 'fiscal_sale' else 'FACTURA'}", "centre")
    page.step(30)
    page.put(f"{'Factura' if kind != 'quote' else 'Documento'} N° {number}", "left")
    page.step(30)
    page.put(f"Fecha: {when}", "left")
    page.step(44)
    page.fields["receipt_number"] = number
    total, items = 0, []
    for good in rng.sample(GOODS, rng.randint(2, 5)):
        price = draw_amount(rng, country)
        if not country.hundredths:
            price -= price % 100
        total += price
        text, value = printed_amount(country, price)
        page.put(good, "left")
        page.put(text[len(country.sign) :], "right")
        page.step(30)
        items.append(f"{good}\t\t{value}")
    tax = total * 16 // 100 if country.hundredths else total * 16 // 10000 * 100
    page.step(16)
    for label, cents, name in (
        ("SUBTOTAL", total, "subtotal"),
        (country.tax, tax, "tax"),
        ("TOTAL", total + tax, "total"),
    ):
        text, value = printed_amount(country, cents)
        page.put(label, "left")
        page.put(text, "right")
        page.step(32)
        if name != "subtotal":
            page.fields[name] = value
    page.fields["items"] = "\n".join(items)
    page.put(rng.choice(["EFECTIVO", "TARJETA"]), "left")
    page.put(printed_amount(country, total + tax)[0], "right")
    page.step(44)
    page.put("Gracias por su compra", "centre")
    page.step(40)
    return page


def account(rng: random.Random, country: Country, design: Design, kind: str) -> Page:
    page = Page()
    page.put(rng.choice(sorted(country.banks.values())), "centre", 28)
    page.step(50)
    page.put({"bank_movements": "Últimos movimientos", "statement": "Estado de cuenta"}[kind], "centre")
    page.step(50)
    if kind == "statement":
        page.put("Saldo anterior", "left")
        page.put(printed_amount(country, draw_amount(rng, country))[0], "right")
        page.step(40)
    for _ in range(rng.randint(5, 9)):
        page.put(
            f"{rng.randint(1, 28):02d}/{rng.randint(1, 12):02d}/2026 " + rng.choice(MOVEMENTS),
            "left",
        )
        page.put("-" + printed_amount(country, draw_amount(rng, country))[0], "right")
        page.step(36)
    if kind == "statement":
        page.put("Saldo final", "left")
        page.put(printed_amount(country, draw_amount(rng, country))[0], "right")
        page.step(40)
    return page


def nothing(rng: random.Random) -> Page:
    page = Page()
    for text in rng.sample(
        [
            "Se vende casa",
            "Tres cuartos y dos baños",
            "Reunión el lunes",
            "Traer los cuadernos",
            "Arepas y jugos",
            "Abierto todo el día",
        ],
        4,
    ):
        page.put(text, "centre", 30)
        page.step(60)
    return page


KINDS = ["payment_made"] * 5 + [
    "payment_received",
    "payment_requested",
    "payment_failed",
    "notification",
    "bank_movements",
    "statement",
    "fiscal_sale",
    "invoice",
    "invoice",
    "credit_note",
    "quote",
    "none",
]
DESIGNS = 60


def make(seed: int, count: int) -> list[tuple[dict, dict]]:
    held = set(json.loads(HELD_BACK.read_text())["designs"])
    made = []
    for index in range(count):
        rng = random.Random(f"{seed} {index}")
        country, kind, number = COUNTRIES[index % len(COUNTRIES)], rng.choice(KINDS), rng.randrange(DESIGNS)
        design = design_of(number)
        if kind in TITLES:
            page = payment(rng, country, design, kind)
        elif kind == "notification":
            page = message(rng, country, design)
        elif kind in ("bank_movements", "statement"):
            page = account(rng, country, design, kind)
        elif kind == "none":
            page = nothing(rng)
        else:
            page = sale(rng, country, design, kind)
        name = f"{index:05d}-{country.code}-{kind}.json"
        truth = {
            "file": name,
            "country": country.code,
            "kind": kind,
            "design": number,
            "held_back": number in held,
            "fields": page.fields,
        }
        made.append(({"file": name, "width": WIDTH, "height": max(960, page.y + 40), "lines": page.lines}, truth))
    return made


PAYMENT_KEYS = ("monto", "moneda", "fecha", "referencia", "beneficiario", "cedula")
SALE_KEYS = ("total", "currency", "date", "receipt_number", "company", "company_id")
LOOSE = ("beneficiario", "concepto", "company", "items")


def same(name: str, given: str, wanted: str, loose: tuple[str, ...] = LOOSE) -> bool:
    if name in loose:
        return "".join(given.split()).casefold() == "".join(wanted.split()).casefold()
    return given == wanted


@dataclass
class Tally:
    pages: int = 0
    kinds: int = 0
    countries: int = 0
    keys: int = 0
    keys_right: int = 0
    whole: int = 0
    values: int = 0
    values_right: int = 0
    invented: int = 0

    def row(self, name: str) -> str:
        share = lambda part, all_: f"{100 * part / all_:6.1f}" if all_ else "     -"  # noqa: E731
        return (
            f"{name:26} {self.pages:5} {share(self.kinds, self.pages)} {share(self.countries, self.pages)}"
            f" {share(self.keys_right, self.keys)} {share(self.values_right, self.values)}"
            f" {share(self.whole, self.pages)} {self.invented:6}"
        )


def judge(record: dict, truth: dict, tallies: list[Tally], misses: list[str]) -> None:
    fields = {name: found["value"] for name, found in record.get("fields", {}).items()}
    keys = PAYMENT_KEYS if "monto" in truth["fields"] else SALE_KEYS
    whole = True
    for tally in tallies:
        tally.pages += 1
        tally.kinds += record.get("kind") == truth["kind"]
        tally.countries += record.get("country") == truth["country"] or truth["kind"] == "none"
    if record.get("kind") != truth["kind"]:
        misses.append(f"{truth['file']}: kind {record.get('kind')}")
    for name, wanted in truth["fields"].items():
        right = name in fields and same(name, fields[name], wanted)
        whole = whole and (right or name not in keys)
        for tally in tallies:
            tally.values += 1
            tally.values_right += right
            tally.keys += name in keys
            tally.keys_right += right and name in keys
        if not right:
            misses.append(
                f"{truth['file']} design {truth['design']}: {name} {fields.get(name)!r} instead of {wanted!r}"
            )
    for name in ("cedula", "beneficiario", "telefono", "banco_destino", "moneda", "company", "company_id"):
        if name in fields and name not in truth["fields"] and truth["fields"]:
            misses.append(f"{truth['file']} design {truth['design']}: {name} {fields[name]!r} invented")
            for tally in tallies:
                tally.invented += 1
    for tally in tallies:
        tally.whole += whole


def records_of(program: str, pages: list[dict]) -> list[dict]:
    """What the program extracts from each page."""
    with tempfile.NamedTemporaryFile("w", suffix=".ndjson", delete=False) as out:
        out.writelines(json.dumps(page) + "\n" for page in pages)
    made = subprocess.run([program, "fields", out.name], stdout=subprocess.PIPE, check=True).stdout
    Path(out.name).unlink()
    return [json.loads(line) for line in made.splitlines()]


def score(program: str, pages: list[tuple[dict, dict]], with_misses: bool) -> None:
    records = records_of(program, [page for page, _ in pages])
    groups: dict[str, Tally] = collections.OrderedDict()
    misses: list[str] = []
    for record, (_, truth) in zip(records, pages, strict=True):
        half = "held back" if truth["held_back"] else "seen"
        names = [half, f"{half} {truth['country']}", f"{half} {truth['kind']}"]
        judge(record, truth, [groups.setdefault(n, Tally()) for n in names], [] if truth["held_back"] else misses)
    print(f"{'designs':26} pages kind % land % keys % vals % whole % invent")
    for name in sorted(groups, key=lambda n: (not n.startswith("held"), n)):
        print(groups[name].row(name))
    if with_misses:
        for miss in misses:
            print("  " + miss)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", help="score this program")
    parser.add_argument("--out", type=Path, help="write pages.ndjson and truth.ndjson here")
    parser.add_argument("--count", type=int, default=1400)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--misses", action="store_true", help="show the misses of designs that are not held back")
    arguments = parser.parse_args()
    pages = make(arguments.seed, arguments.count)
    if arguments.out:
        arguments.out.mkdir(parents=True, exist_ok=True)
        (arguments.out / "pages.ndjson").write_text("".join(json.dumps(p) + "\n" for p, _ in pages))
        (arguments.out / "truth.ndjson").write_text("".join(json.dumps(t) + "\n" for _, t in pages))
    if arguments.program:
        score(arguments.program, pages, arguments.misses)
    return 0


if __name__ == "__main__":
    sys.exit(main())
