"""Other apps for writing rules: many wordings for the same labels, and values without labels."""

import random
from html import escape

from . import printed
from .apps_further import Rows, above, beside, themed
from .apps_seen import as_card
from .people import Payment, digits
from .sheet import Sheet, icon, screen

WORDS = {
    "referencia": [
        "Nº de comprobante",
        "Número de confirmación",
        "Ref. bancaria",
        "Referencia del pago",
        "Nro. Operación",
        "ID de transacción",
        "Cód. de referencia",
        "Referencia Nº",
    ],
    "monto": [
        "Importe",
        "Monto enviado",
        "Monto Bs.",
        "Cantidad enviada",
        "Valor del pago",
        "Importe de la operación",
        "Bolívares enviados",
        "Pagaste",
    ],
    "cedula": [
        "Cédula/RIF Beneficiario",
        "CI del receptor",
        "Doc. de identidad",
        "Cédula receptor",
        "Nro. de cédula",
        "Cédula del destinatario",
        "RIF/CI",
        "Identificación del comercio",
    ],
    "telefono": [
        "Teléfono Beneficiario",
        "Telf. del receptor",
        "Celular destino",
        "Número de teléfono",
        "Móvil",
        "Teléfono receptor",
        "Número afiliado",
        "Nro. celular",
    ],
    "banco": [
        "Bco. receptor",
        "Banco Beneficiario",
        "Entidad receptora",
        "Banco del destinatario",
        "Banco destino",
        "Institución",
        "Entidad bancaria",
        "Banco a acreditar",
    ],
    "fecha": ["Realizado el", "Fecha de pago", "Fecha/Hora", "Fecha del movimiento", "Día", "Fecha de transacción"],
    "nombre": ["Pagado a", "Nombre del receptor", "Destinatario", "Recibe", "A nombre de", "Nombre beneficiario"],
    "concepto": ["Motivo", "Descripción del pago", "Nota", "Detalle", "Concepto de pago", "Comentario"],
    "cuenta": ["Cuenta a debitar", "Cta. débito", "Producto origen", "Pagado con", "Debitado de", "Cuenta emisora"],
}


PAIRS = ".p { display: flex; } .p > div { flex: 1; } .p .soft { font-size: 12px; }"


def word(rng: random.Random, name: str) -> str:
    return rng.choice(WORDS[name])


def lista(rng: random.Random, pay: Payment) -> Sheet:
    """One row for each value, in any order, with drawn wordings."""
    sheet, ground = themed("lista", rng, "words", "")
    when = sheet.date(pay.moment, rng.choice(["slash", "hyphen", "long", "dot", "short"]))
    if rng.random() < 0.6:
        when += rng.choice([" ", ", ", " - ", " a las "]) + sheet.time(pay.moment, rng.choice(["24", "12", "24s"]))
    rows = [
        (word(rng, "referencia"), sheet.put("referencia", pay.reference)),
        (word(rng, "monto"), rng.choice(["Bs. {}", "{} Bs", "{} VES", "Bs.S {}"]).format(sheet.amount(pay.amount))),
        (word(rng, "cedula"), sheet.national_id(pay, rng.choice(["hyphen", "dots", "tight"]))),
        (word(rng, "telefono"), sheet.phone(pay.phone, rng.choice(["plain", "hyphen", "spaces", "paren"]))),
        (word(rng, "banco"), sheet.bank("banco_destino", pay.bank_to, rng.choice(["code-hyphen", "name", "legal"]))),
        (word(rng, "fecha"), when),
    ]
    if rng.random() < 0.6:
        rows.append((word(rng, "nombre"), sheet.put("beneficiario", pay.name)))
    if rng.random() < 0.6:
        rows.append((word(rng, "concepto"), sheet.put("concepto", pay.concept)))
    if rng.random() < 0.5:
        rows.append((word(rng, "cuenta"), sheet.account("cuenta_origen", pay.account_from, "stars")))
    rng.shuffle(rows)
    if rng.random() < 0.5:
        rows = [(f"{k}:", v) for k, v in rows]
    inline = "".join(f'<div style="padding:5px 20px"><b>{k}</b> {v}</div>' for k, v in rows)
    shown = rng.choice([beside(rows), above(rows), inline])
    head = rng.choice(["¡Pago realizado!", "Constancia de pago", "Tu operación fue exitosa", "Pago móvil enviado"])
    body = f'<div style="padding:20px;font-weight:700;font-size:18px">{head}</div>{shown}'
    if rng.random() < 0.5:
        as_card(sheet, rng, rng.choice([340, 390]), f'<div style="padding-bottom:24px">{body}</div>')
    else:
        screen(sheet, rng, f"background:{ground}", body)
    return sheet


def fichas(rng: random.Random, pay: Payment) -> Sheet:
    """Who pays and who is paid as blocks of bare values under a heading each."""
    sheet, ground = themed("fichas", rng, "blocks", ".k { font-size: 12px; padding: 12px 20px 2px; }")
    ends = rng.choice([("Enviado desde", "Enviado a"), ("De", "Para"), ("Quién envía", "Quién recibe")])
    origin = [escape(pay.payer), sheet.account("cuenta_origen", pay.account_from, rng.choice(["stars", "bank-mask"]))]
    target = [
        sheet.put("beneficiario", pay.name),
        sheet.national_id(pay, rng.choice(["hyphen", "dots"])),
        sheet.phone(pay.phone, rng.choice(["plain", "hyphen"])),
        sheet.bank("banco_destino", pay.bank_to, rng.choice(["name", "title", "code-hyphen"])),
    ]
    if rng.random() < 0.5:
        target = [target[0], rng.choice([" • ", " | ", " - "]).join(target[1:3]), target[3]]
    block = lambda k, values: (  # noqa: E731
        f'<div class="k soft">{k}</div>' + "".join(f'<div style="padding:1px 20px">{v}</div>' for v in values)
    )
    facts = [
        ("Fecha y hora", f"{sheet.date(pay.moment, 'slash')} {sheet.time(pay.moment, '12')}"),
        (word(rng, "referencia"), sheet.put("referencia", pay.reference)),
        (word(rng, "concepto"), sheet.put("concepto", pay.concept)),
    ]
    head = (
        f'<div style="padding:22px 20px 6px;text-align:center">Enviaste<div style="font-size:30px;line-height:44px">'
        f"<b>Bs. {sheet.amount(pay.amount)}</b></div></div>"
    )
    body = head + block(ends[0], origin) + block(ends[1], target) + above(facts)
    screen(sheet, rng, f"background:{ground}", body)
    return sheet


def movimiento(rng: random.Random, pay: Payment) -> Sheet:
    """The detail of a movement in an account: a negative amount, a balance, a description with the phone in it."""
    sheet, ground = themed("movimiento", rng, "movement", "")
    phone = sheet.phone(pay.phone, "plain")
    rows = [
        ("Fecha", sheet.date(pay.moment, rng.choice(["slash", "short"]))),
        ("Hora", sheet.time(pay.moment, rng.choice(["24", "12dots"]))),
        ("Referencia", sheet.put("referencia", pay.reference)),
        ("Saldo después", f"Bs. {printed.money(pay.total * 4)}"),
        ("Banco receptor", sheet.bank("banco_destino", pay.bank_to, "code-title")),
        ("C.I. receptor", sheet.national_id(pay, "tight")),
        ("Tipo", "Débito"),
    ]
    head = (
        f'<div style="padding:20px 20px 2px;font-weight:600">Pago móvil a {phone}</div><div style="padding:0 20px 14px;'
        f'font-size:24px;line-height:34px">-{sheet.amount(pay.amount)} Bs</div>'
    )
    screen(sheet, rng, f"background:{ground}", head + rng.choice([beside, above])(rows))
    return sheet


def ruled(cells: Rows) -> str:
    heads, values = ("".join(f"<{tag}>{cell[at]}</{tag}>" for cell in cells) for at, tag in enumerate(("th", "td")))
    return f"<table><tr>{heads}</tr><tr>{values}</tr></table>"


def tabla(rng: random.Random, pay: Payment) -> Sheet:
    """Tables with a row of headings and a row of values."""
    sheet = Sheet("tabla", "seen", None, "table", medium="page")
    sheet.css = """
    body { font: 400 14px/20px "Noto Sans"; background: #fff; color: #222; }
    table { border-collapse: collapse; width: 900px; margin: 12px 40px; text-align: left; }
    th, td { padding: 6px 10px; border-bottom: 1px solid #ccc; } th { font-weight: 700; }
    """
    first = [
        ("Nro. Comprobante", sheet.put("referencia", pay.reference)),
        ("Fecha", sheet.date(pay.moment, "slash")),
        ("Hora", sheet.time(pay.moment, "24s")),
        ("Estatus", "Procesada"),
    ]
    second = [
        ("Beneficiario", sheet.put("beneficiario", pay.name)),
        ("Cédula / RIF", sheet.national_id(pay, "hyphen")),
        ("Teléfono", sheet.phone(pay.phone)),
        ("Banco", sheet.bank("banco_destino", pay.bank_to, "code-hyphen")),
    ]
    third = [
        ("Cuenta a debitar", sheet.account("cuenta_origen", pay.account_from, "bank-mask")),
        ("Monto Bs.", sheet.amount(pay.amount)),
        ("Comisión Bs.", sheet.commission(pay.commission)),
        ("Total Bs.", printed.money(pay.total)),
    ]
    parts = [ruled(first), ruled(second), ruled(third)]
    rng.shuffle(parts)
    sheet.body = (
        '<div style="width:980px;padding:30px 0 50px"><div style="margin:0 40px;font-size:20px;line-height:32px">'
        f"Consulta de pago móvil</div>{''.join(parts)}</div>"
    )
    sheet.width, sheet.height, sheet.scale = 980, None, rng.choice([1, 1.25])
    return sheet


def correo(rng: random.Random, pay: Payment) -> Sheet:
    """A bank's letter: a sentence, then a list with bullets."""
    sheet, ground = themed("correo", rng, "letter", "li { padding: 2px 0; } ul { padding: 4px 20px 4px 36px; }")
    lead = rng.choice(["• ", "- ", "» ", ""])
    rows = [
        ("Monto", f"Bs. {sheet.amount(pay.amount)}"),
        (word(rng, "referencia"), sheet.put("referencia", pay.reference)),
        ("Fecha y hora", f"{sheet.date(pay.moment, 'slash')} {sheet.time(pay.moment, '24s')}"),
        (word(rng, "banco"), sheet.bank("banco_destino", pay.bank_to, rng.choice(["name", "title", "code-hyphen"]))),
        (word(rng, "telefono"), sheet.phone(pay.phone, rng.choice(["plain", "masked"]))),
        (word(rng, "cedula"), sheet.national_id(pay, "hyphen")),
        ("Concepto", sheet.put("concepto", pay.concept)),
    ]
    listed = "".join(f'<div style="padding:3px 20px">{lead}{k}: {v}</div>' for k, v in rows)
    told = (
        f"Estimado(a) {escape(pay.payer)}: le informamos que el pago móvil que usted realizó fue procesado con los "
        "siguientes datos:"
    )
    foot = "Si usted no reconoce esta operación llame al 0500-1234567. Este es un mensaje automático, no responda."
    body = (
        f'<div style="padding:22px 20px 8px">{told}</div>{listed}<div class="soft" style="padding:14px 20px 20px;'
        f'font-size:12px;line-height:16px">{foot}</div>'
    )
    as_card(sheet, rng, rng.choice([380, 420]), body)
    return sheet


def frase(rng: random.Random, pay: Payment) -> Sheet:
    """A sentence says whom and how much; the rest are rows."""
    sheet, ground = themed("frase", rng, "sentence-and-rows", "")
    amount, name = sheet.amount(pay.amount), sheet.put("beneficiario", pay.name)
    bank, phone = sheet.bank("banco_destino", pay.bank_to, "title"), sheet.phone(pay.phone, "hyphen")
    told = rng.choice(
        [
            f"Enviaste Bs. {amount} a {name} ({phone}) de {bank}",
            f"Tu pago de Bs {amount} para {name}, {bank}, teléfono {phone}, fue enviado",
            f"Has pagado {amount} Bs a {name} al número {phone} en {bank}",
        ]
    )
    rows = [
        (rng.choice(["Cédula", "C.I.", "Documento"]), sheet.national_id(pay, "hyphen")),
        (word(rng, "fecha"), sheet.date(pay.moment, rng.choice(["long", "slash"]))),
        (word(rng, "referencia"), sheet.put("referencia", pay.reference)),
    ]
    head = f'<div style="padding:26px 20px 14px;font-size:18px;line-height:26px;text-align:center">{told}</div>'
    screen(sheet, rng, f"background:{ground}", icon("check", 40) + head + rng.choice([beside, above])(rows))
    return sheet


def pay_english(rng: random.Random, pay: Payment) -> Sheet:
    """English wordings for a payment in bolivares."""
    sheet, ground = themed("pay-english", rng, "english", "")
    rows = [
        (rng.choice(["Amount", "Amount sent", "You paid"]), f"Bs. {sheet.amount(pay.amount)}"),
        (rng.choice(["Recipient", "Paid to", "Beneficiary name"]), sheet.put("beneficiario", pay.name)),
        (rng.choice(["Recipient ID", "ID number", "National ID"]), sheet.national_id(pay, "hyphen")),
        (rng.choice(["Recipient phone", "Mobile number", "Phone"]), sheet.phone(pay.phone)),
        (rng.choice(["Recipient bank", "Bank", "Destination bank"]), sheet.bank("banco_destino", pay.bank_to, "title")),
        (rng.choice(["Reference number", "Transaction ID", "Reference"]), sheet.put("referencia", pay.reference)),
        (rng.choice(["Date", "Transaction date", "Paid on"]), sheet.date(pay.moment, rng.choice(["slash", "hyphen"]))),
        (rng.choice(["Note", "Memo", "Description"]), sheet.put("concepto", pay.concept)),
        ("Status", "Completed"),
    ]
    title = '<div style="padding:22px 20px 10px;font-weight:700">Payment successful</div>'
    screen(sheet, rng, f"background:{ground}", title + rng.choice([beside, above])(rows))
    return sheet


def parejas(rng: random.Random, pay: Payment) -> Sheet:
    """Captions below their values, two in a row."""
    sheet, ground = themed("parejas", rng, "captions-in-pairs", PAIRS)
    cells = [
        (sheet.put("referencia", pay.reference), "Referencia"),
        (sheet.date(pay.moment, "slash"), "Fecha"),
        (sheet.national_id(pay, "hyphen"), "Cédula"),
        (sheet.phone(pay.phone), "Teléfono"),
        (sheet.bank("banco_destino", pay.bank_to, "title"), "Banco receptor"),
        (sheet.time(pay.moment, "12"), "Hora"),
    ]
    pairs = "".join(
        '<div class="p" style="padding:8px 20px">'
        + "".join(f'<div><b>{v}</b><div class="soft">{k}</div></div>' for v, k in cells[i : i + 2])
        + "</div>"
        for i in (0, 2, 4)
    )
    head = (
        f'<div style="padding:24px 20px 10px;text-align:center"><b style="font-size:26px;line-height:36px">'
        f'Bs. {sheet.amount(pay.amount)}</b><div class="soft">Monto pagado</div></div>'
    )
    as_card(sheet, rng, rng.choice([360, 410]), f'<div style="padding-bottom:20px">{head}{pairs}</div>')
    return sheet


def punto(rng: random.Random, pay: Payment) -> Sheet:
    """A shop's confirmation of a payment that it took: order, lot and terminal numbers beside the reference."""
    sheet, ground = themed("punto", rng, "shop", "")
    rows = [
        ("Orden", digits(rng, 6)),
        ("Lote", digits(rng, 4)),
        ("Monto a pagar", f"{sheet.amount(pay.amount)} Bs."),
        ("Fecha de pago", sheet.date(pay.moment, "slash")),
        ("Banco emisor", sheet.bank("banco_origen", pay.bank_from, "name")),
        ("Teléfono del pagador", printed.phone(pay.payer_phone, "plain")),
        ("Banco del comercio", sheet.bank("banco_destino", pay.bank_to, "name")),
        ("RIF del comercio", sheet.national_id(pay, "hyphen")),
        ("Teléfono del comercio", sheet.phone(pay.phone)),
        ("Referencia", sheet.put("referencia", pay.reference)),
    ]
    title = '<div style="padding:20px;font-weight:700">Pago C2P recibido</div>'
    as_card(sheet, rng, rng.choice([360, 400]), f'<div style="padding-bottom:20px">{title}{beside(rows)}</div>')
    return sheet


APPS = {
    "lista": lista,
    "fichas": fichas,
    "movimiento": movimiento,
    "tabla": tabla,
    "correo": correo,
    "frase": frase,
    "pay-english": pay_english,
    "parejas": parejas,
    "punto": punto,
}
