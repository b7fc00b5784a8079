"""Printed shop receipts on paper: narrow, monospaced, with items, tax and total."""

import random
from decimal import Decimal

from . import printed
from .people import FIRST_NAMES, SHOPS, Payment, digits
from .sheet import Sheet

ITEMS = [
    "HARINA DE MAÍZ 1KG",
    "CAFÉ MOLIDO 500G",
    "ARROZ BLANCO",
    "QUESO BLANCO KG",
    "PAN CAMPESINO",
    "LECHE LARGA V.",
    "MANTEQUILLA 250G",
    "JABÓN AZUL",
    "PASTA CORTA 1KG",
    "ACEITE VEGETAL 1L",
    "SARDINA EN LATA",
    "CARAOTAS NEGRAS",
    "PAPELÓN RALLADO",
    "AZÚCAR 1KG",
    "PLÁTANO MADURO KG",
    "TORNILLO 1/4 X 2",
    "PILAS AA X4",
    "CHUPETA PIÑA",
]
STREETS = [
    "AV. LOS APAMATES, LOCAL 4",
    "CALLE EL TURPIAL C/C LA CEIBA",
    "C.C. VISTA NUBLADA, PB-12",
    "CARRERA 9 CON CALLE 33",
    "URB. LAS GARZAS, MANZANA B",
    "PASEO DEL COLIBRÍ N° 18",
]
TOWNS = ["PUEBLO ARRIBA, EDO. SIERRA", "VILLA MORICHAL", "PUERTO CAIMÁN", "SAN BENIGNO DEL VALLE"]


def shop(rng: random.Random, pay: Payment) -> Sheet:
    """Fields follow shop receipts: company, date, address, total (a point as decimal sign)."""
    sheet = Sheet("shop", "shop", None, "thermal", medium="paper")
    font = rng.choice(["Roboto Mono", "Share Tech Mono", "VT323"])
    size = 17 if font == "VT323" else 13.5
    ink = rng.choice(["#222", "#333a44", "#4a4a4a", "#3b3355"])
    sheet.css = f"""
    body {{ background: #fbfaf6; color: {ink}; font: 400 {size}px/1.42 "{font}"; }}
    .slip {{ width: 330px; padding: 26px 20px 40px; }} .c {{ text-align: center; }}
    .slip .row {{ align-items: baseline; }} .cut {{ border-top: 1.5px dashed; margin: 8px 0; }}
    .big {{ font-size: 1.25em; font-weight: 700; }}
    """
    company = rng.choice(SHOPS).upper()
    address = [rng.choice(STREETS), rng.choice(TOWNS)]
    lines, items, base = [], [], Decimal(0)
    for item in rng.sample(ITEMS, rng.randint(3, 9)):
        price, count = Decimal(rng.randint(150, 90_000)) / 100, rng.choice([1, 1, 1, 2, 3])
        base += price * count
        if count > 1:
            lines.append(f"<div>{count} x Bs {printed.money(price)}</div>")
        cost = printed.money(price * count)
        items.append(f"{item}\t{count if count > 1 else ''}\t{price * count:.2f}")
        lines.append(f'<div class="row"><span>{item}</span><span>{cost}</span></div>')
    tax = (base * Decimal("0.16")).quantize(Decimal("0.01"))
    total = base + tax
    # The same fields as other shop receipts: the address on one line, the total with a point.
    sheet.fields |= {"company": company, "address": " ".join(address)}
    sheet.fields |= {"date": f"{pay.moment:%Y-%m-%d}", "total": f"{total:.2f}"}
    sheet.fields |= {"items": "\n".join(items)}
    mark = '<span data-field="{}">{}</span>'
    when = mark.format("date", printed.date(pay.moment, rng.choice(["slash", "hyphen"])))
    street = "".join(f'<div class="c">{mark.format("address", part)}</div>' for part in address)
    head = f"""<div class="c">SENIAT</div><div class="c">RIF J-{digits(rng, 8)}-{digits(rng, 1)}</div>
    <div class="c big">{mark.format("company", company)}</div>{street}<div class="cut"></div>
    <div>FACTURA: {digits(rng, 8)}</div>
    <div class="row"><span>FECHA: {when}</span><span>HORA: {pay.moment:%H:%M}</span></div>
    <div>CAJERO: {rng.choice(FIRST_NAMES).upper()}</div><div class="cut"></div>"""
    foot = f"""<div class="cut"></div>
    <div class="row"><span>SUBTTL</span><span>Bs {printed.money(base)}</span></div>
    <div class="row"><span>IVA G16,00%</span><span>Bs {printed.money(tax)}</span></div>
    <div class="row big"><span>TOTAL</span><span>Bs
      <span data-field="total">{printed.money(total)}</span></span></div>
    <div class="row"><span>{rng.choice(["EFECTIVO", "T. DÉBITO", "PAGO MÓVIL"])}</span>
      <span>Bs {printed.money(total)}</span></div>
    <div class="cut"></div><div class="c">¡GRACIAS POR SU COMPRA!</div>
    <div class="c">MH Z1B{digits(rng, 7)}</div>"""
    sheet.body = f'<div class="slip">{head}{"".join(lines)}{foot}</div>'
    sheet.width, sheet.height, sheet.scale = 330, None, rng.choice([2, 2.5, 3])
    return sheet


APPS = {"shop": shop}
