"""Further apps for writing rules: shapes that the others do not have."""

import random
from html import escape

from . import printed
from .apps_seen import FONT_POOL, THEMES, as_card
from .people import Payment, digits
from .sheet import Sheet, icon, screen

Rows = list[tuple[str, str]]


def themed(app: str, rng: random.Random, variant: str, css: str) -> tuple[Sheet, str]:
    """A sheet of a drawn theme and font; gives its ground colour too."""
    ground, ink, soft, accent = rng.choice(THEMES)
    sheet = Sheet(app, "seen", None, variant)
    sheet.css = (
        f'body {{ font: 400 14px/20px "{rng.choice(FONT_POOL)}"; color: {ink}; background: {ground}; }}'
        f".soft {{ color: {soft}; }} .accent {{ color: {accent}; }} " + css
    )
    return sheet, ground


def beside(rows: Rows, style: str = "padding:8px 20px;gap:16px") -> str:
    return "".join(
        f'<div class="row" style="{style}"><span class="soft" style="flex:none">{k}</span>'
        f'<span style="text-align:right">{v}</span></div>'
        for k, v in rows
    )


def above(rows: Rows, style: str = "padding:6px 20px") -> str:
    return "".join(f'<div style="{style}"><div class="soft">{k}</div><div>{v}</div></div>' for k, v in rows)


def mensaje(rng: random.Random, pay: Payment) -> Sheet:
    """A text message of a bank, on the phone's screen for messages."""
    sheet, ground = themed("mensaje", rng, "sentence", "")
    sign, masked = rng.choice(["Bs.", "Bs. ", "Bs "]), rng.random() < 0.4
    phone = sheet.phone(pay.phone, "masked" if masked else rng.choice(["plain", "hyphen"]))
    amount, reference = sheet.amount(pay.amount), sheet.put("referencia", pay.reference)
    date, hour = sheet.date(pay.moment, rng.choice(["slash2", "slash", "hyphen"])), sheet.time(pay.moment, "24")
    bank = sheet.bank("banco_destino", pay.bank_to, "code-title")
    told = rng.choice(
        [
            f"Realizaste un pago movil por {sign}{amount} al {phone} del {bank}. Ref: {reference}. Fecha: {date} "
            f"Hora: {hour}",
            f"PagoMovil realizado por {sign}{amount} a favor del telefono {phone}, {bank}, Ref. {reference}, "
            f"fecha {date} hora {hour}. Inf. 0500-5000000",
            f"Se hizo un Pago Movil desde su cuenta al {phone} {bank} por {sign}{amount} el {date} a las {hour}. "
            f"Referencia {reference}",
        ]
    )
    inside = (
        f'<div class="row" style="padding:14px 18px;font-weight:700">{icon("back")}<span>{rng.randint(20000, 99999)}'
        f"</span>{icon('user')}</div><div class='grow'></div><div style='margin:0 60px 26px 14px;padding:12px 16px;"
        f"border-radius:16px;background:#8884;overflow-wrap:anywhere'>{told}</div>"
    )
    screen(sheet, rng, f"background:{ground}", inside)
    return sheet


def iconos(rng: random.Random, pay: Payment) -> Sheet:
    """Icons in place of labels: who is paid is told by what the values look like."""
    sheet, ground = themed("iconos", rng, "icons", ".i { display: flex; gap: 14px; padding: 9px 22px; }")
    values = [
        ("user", sheet.put("beneficiario", pay.name)),
        ("card", sheet.national_id(pay, rng.choice(["hyphen", "tight", "dots"]))),
        ("phone", sheet.phone(pay.phone, rng.choice(["plain", "hyphen", "spaces"]))),
        ("bank", sheet.bank("banco_destino", pay.bank_to, rng.choice(["code-hyphen", "name", "title"]))),
        ("calendar", f"{sheet.date(pay.moment, 'slash')} {sheet.time(pay.moment, rng.choice(['24', '12dots']))}"),
    ]
    listed = "".join(f'<div class="i">{icon(name)}<span>{value}</span></div>' for name, value in values)
    inside = (
        f'<div style="text-align:center;padding:26px 0 4px;font-weight:600">¡Listo! Tu pago fue enviado</div>'
        f'<div style="text-align:center;font-size:32px;line-height:48px;font-weight:700">Bs. {sheet.amount(pay.amount)}'
        f'</div><div style="text-align:center;padding-bottom:16px">Ref. {sheet.put("referencia", pay.reference)} '
        f'<span style="display:inline-block;vertical-align:middle">{icon("copy", 16)}</span></div>{listed}'
    )
    if rng.random() < 0.5:
        as_card(sheet, rng, rng.choice([340, 400]), f'<div style="padding-bottom:20px">{inside}</div>')
    else:
        screen(sheet, rng, f"background:{ground}", inside)
    return sheet


def dos_partes(rng: random.Random, pay: Payment) -> Sheet:
    """Who pays and who is paid have the same labels under two headings."""
    sheet, ground = themed("dos-partes", rng, "sections", ".h { font-weight: 700; padding: 14px 20px 4px; }")
    heads = rng.choice([("Origen", "Destino"), ("Datos del emisor", "Datos del receptor"), ("Desde", "Para")])
    plain = rng.choice(["plain", "hyphen"])
    payer = [
        ("Titular", escape(pay.payer)),
        ("Banco", sheet.bank("banco_origen", pay.bank_from, "name")),
        ("Teléfono", printed.phone(pay.payer_phone, plain)),
    ]
    payee = [
        ("Titular", sheet.put("beneficiario", pay.name)),
        ("Banco", sheet.bank("banco_destino", pay.bank_to, "name")),
        ("Teléfono", sheet.phone(pay.phone, plain)),
        ("Cédula", sheet.national_id(pay, "hyphen")),
    ]
    facts = [
        ("Monto", f"Bs. {sheet.amount(pay.amount)}"),
        ("Fecha", sheet.date(pay.moment, "hyphen")),
        ("Referencia", sheet.put("referencia", pay.reference)),
    ]
    show = rng.choice([beside, above])
    parts = [f'<div class="h">{heads[0]}</div>{show(payer)}', f'<div class="h">{heads[1]}</div>{show(payee)}']
    if rng.random() < 0.3:
        parts.reverse()
    parts.insert(rng.choice([0, 2]), f'<div class="h">Operación</div>{show(facts)}')
    screen(sheet, rng, f"background:{ground}", "".join(parts))
    return sheet


def al_pie(rng: random.Random, pay: Payment) -> Sheet:
    """A small caption under each value."""
    sheet, ground = themed(
        "al-pie", rng, "captions", ".c small { display: block; font-size: 11px; line-height: 15px; }"
    )
    cells = [
        (f"Bs. {sheet.amount(pay.amount)}", "Monto transferido"),
        (sheet.put("beneficiario", pay.name), "Beneficiario"),
        (sheet.phone(pay.phone, "hyphen"), "Teléfono del beneficiario"),
        (sheet.national_id(pay, "tight"), "Cédula de identidad"),
        (sheet.bank("banco_destino", pay.bank_to, "title"), "Banco destino"),
        (sheet.put("concepto", pay.concept), "Concepto"),
        (f"{sheet.date(pay.moment, 'slash')} {sheet.time(pay.moment, '12')}", "Fecha y hora"),
        (sheet.put("referencia", pay.reference), "Número de referencia"),
    ]
    rows = "".join(
        f'<div class="c" style="padding:7px 22px">{v}<small class="soft">{k}</small></div>' for v, k in cells
    )
    title = '<div class="accent" style="padding:18px 22px 8px;font-weight:700;font-size:19px">Pago enviado</div>'
    screen(sheet, rng, f"background:{ground}", title + rows)
    return sheet


def planilla(rng: random.Random, pay: Payment) -> Sheet:
    """A printed form: rows of three cells, label above value, thin rules."""
    sheet = Sheet("planilla", "seen", None, "three-columns", medium="page")
    sheet.css = """
    body { font: 400 15px/21px "Noto Sans"; background: #fff; color: #222; }
    .g { display: grid; grid-template-columns: 1fr 1fr 1fr; width: 980px; margin: 14px 40px; }
    .g div { border: 1px solid #bbb; padding: 7px 10px; } .g b { display: block; font-size: 12px; line-height: 17px; }
    """
    cells = [
        ("Fecha de la operación", sheet.date(pay.moment, "slash")),
        ("Número de operación", sheet.put("referencia", pay.reference)),
        ("Canal", "Internet"),
        ("Cuenta a debitar", sheet.account("cuenta_origen", pay.account_from, rng.choice(["long-mask", "hyphens"]))),
        ("Titular de la cuenta", escape(pay.payer)),
        ("Banco emisor", sheet.bank("banco_origen", pay.bank_from, "legal")),
        ("Beneficiario", sheet.put("beneficiario", pay.name)),
        ("Documento del beneficiario", sheet.national_id(pay, "dots")),
        ("Banco receptor", sheet.bank("banco_destino", pay.bank_to, "legal")),
        ("Teléfono del beneficiario", sheet.phone(pay.phone, "paren")),
        ("Monto en Bs.", sheet.amount(pay.amount)),
        ("Comisión en Bs.", sheet.commission(pay.commission)),
    ]
    grid = "".join(f"<div><b>{k}</b>{v}</div>" for k, v in cells)
    sheet.body = (
        f'<div style="width:1060px;padding:30px 0 50px"><div style="margin:0 40px;font-size:21px;line-height:34px">'
        f'Comprobante de pago móvil interbancario</div><div class="g">{grid}</div></div>'
    )
    sheet.width, sheet.height, sheet.scale = 1060, None, rng.choice([1, 1.25])
    return sheet


def divisas(rng: random.Random, pay: Payment) -> Sheet:
    """An amount in bolivares beside its worth in dollars, a rate, a tax and a balance."""
    sheet, ground = themed("divisas", rng, "many-amounts", "")
    rate = 30 + rng.random() * 20
    rows = [
        ("Monto pagado", f"{sheet.amount(pay.amount)} Bs"),
        ("Tasa BCV", f"{rate:.2f}".replace(".", ",") + " Bs/USD"),
        ("Equivalente", f"$ {float(pay.amount) / rate:,.2f}"),
        ("Comisión", f"{sheet.commission(pay.commission)} Bs"),
        ("Total debitado", f"{printed.money(pay.total)} Bs"),
        ("Saldo disponible", f"{printed.money(pay.total * 3)} Bs"),
    ]
    who = [
        ("Comercio", sheet.put("beneficiario", pay.name)),
        ("RIF o C.I.", sheet.national_id(pay, "hyphen")),
        ("Tlf. celular", sheet.phone(pay.phone)),
        ("Entidad", sheet.bank("banco_destino", pay.bank_to, "code-paren")),
        ("Nº de operación", sheet.put("referencia", pay.reference)),
        ("Autorización", digits(rng, 6)),
        ("Fecha", f"{sheet.date(pay.moment, 'short')} - {sheet.time(pay.moment, '12dots')}"),
    ]
    both = rows + who if rng.random() < 0.5 else who + rows
    as_card(sheet, rng, rng.choice([360, 410]), f'<div style="padding:18px 0">{beside(both)}</div>')
    return sheet


def a_otro_banco(rng: random.Random, pay: Payment) -> Sheet:
    """A transfer told in the second person, the account over a whole row."""
    sheet, ground = themed("a-otro-banco", rng, "second-person", "")
    rows = [
        ("Transferiste", f"Bs {sheet.amount(pay.amount)}"),
        ("A", sheet.put("beneficiario", pay.name)),
        ("Su identificación", sheet.national_id(pay, "hyphen")),
        ("Cuenta de destino", sheet.account("cuenta_destino", pay.account_to, rng.choice(["plain", "hyphens"]))),
        ("Desde", sheet.account("cuenta_origen", pay.account_from, rng.choice(["bank-mask", "stars"]))),
        ("Con el motivo", sheet.put("concepto", pay.concept)),
        ("Fecha y hora", f"{sheet.date(pay.moment, 'slash')}, {sheet.time(pay.moment, '12tight')}"),
        ("Código de operación", sheet.put("referencia", pay.reference)),
    ]
    show = rng.choice([beside, above])
    title = '<div style="padding:22px 20px 8px;font-weight:700;font-size:18px">Transferencia a otros bancos</div>'
    screen(sheet, rng, f"background:{ground}", title + show(rows))
    return sheet


def abreviado(rng: random.Random, pay: Payment) -> Sheet:
    """Abbreviated labels in capitals with their values right behind, dots between."""
    sheet, ground = themed("abreviado", rng, "abbreviated", "")
    dots = rng.choice(["", " ......", ":"])
    rows = [
        ("REF", sheet.put("referencia", pay.reference)),
        ("FEC", sheet.date(pay.moment, "slash2")),
        ("HOR", sheet.time(pay.moment, "24s")),
        ("MTO BS", sheet.amount(pay.amount)),
        ("CI/RIF", sheet.national_id(pay, rng.choice(["tight", "hyphen"]))),
        ("TLF", sheet.phone(pay.phone, rng.choice(["plain", "hyphen"]))),
        ("BCO", sheet.bank("banco_destino", pay.bank_to, "code-hyphen")),
        ("CONCEPTO", sheet.put("concepto", pay.concept[:24].strip())),
    ]
    text = "".join(f'<div style="padding:3px 20px">{k}{dots} {v}</div>' for k, v in rows)
    title = '<div style="padding:16px 20px;font-weight:700">COMPROBANTE PAGO MOVIL</div>'
    as_card(sheet, rng, rng.choice([320, 360]), title + text + '<div style="height:18px"></div>')
    return sheet


def largos(rng: random.Random, pay: Payment) -> Sheet:
    """Labels that wrap in a narrow column, their values centred beside both rows."""
    sheet, ground = themed("largos", rng, "wrapped-labels", ".r > span:first-child { width: 118px; flex: none; }")
    rows = [
        ("Número de teléfono del beneficiario", sheet.phone(pay.phone, "hyphen")),
        ("Cédula de identidad del beneficiario", sheet.national_id(pay, "dots")),
        ("Banco del beneficiario", sheet.bank("banco_destino", pay.bank_to, "legal")),
        ("Monto de la operación", f"{sheet.amount(pay.amount)} Bs."),
        ("Fecha de la operación", sheet.date(pay.moment, "long")),
        ("Número de referencia bancaria", sheet.put("referencia", pay.reference)),
        ("Concepto o motivo del pago", sheet.put("concepto", pay.concept)),
    ]
    cells = "".join(
        f'<div class="r" style="display:flex;align-items:center;gap:16px;padding:7px 18px"><span class="soft">'
        f"{k}</span>"
        f"<span>{v}</span></div>"
        for k, v in rows
    )
    title = '<div style="padding:18px;font-weight:700;font-size:17px">Operación procesada</div>'
    screen(sheet, rng, f"background:{ground}", title + cells)
    return sheet


def dollars_sent(rng: random.Random, pay: Payment) -> Sheet:
    """English, from a bank's app: a sentence with the amount, then details."""
    sheet, ground = themed("dollars-sent", rng, "english", "")
    amount = sheet.amount(pay.amount, f"${printed.money_english(pay.amount)}", "USD")
    when = sheet.put(
        "fecha", printed.date(pay.moment, rng.choice(["english", "english-short"])), f"{pay.moment:%Y-%m-%d}"
    )
    number = sheet.put("referencia", digits(rng, rng.choice([8, 10, 11])))
    name = sheet.put("beneficiario", pay.name if rng.random() < 0.6 else pay.email)
    title = rng.choice([f"You sent {amount} to {name}", f"{amount} sent to {name}"])
    rows = [
        (rng.choice(["Confirmation", "Confirmation number", "Transaction ID", "Confirmation #"]), number),
        (rng.choice(["Sent on", "Date", "Payment date"]), when),
        ("Sent from", f"Checking {sheet.account('cuenta_origen', pay.account_from, 'stars')}"),
        ("Delivery", "Within minutes"),
        (
            rng.choice(["Memo", "Note", "What's it for"]),
            sheet.put("concepto", rng.choice(["Rent", "May lunch", "Thanks"])),
        ),
    ]
    show = rng.choice([beside, above])
    head = f'<div style="padding:26px 20px;font-size:21px;line-height:28px;font-weight:700">{title}</div>'
    screen(sheet, rng, f"background:{ground}", head + show(rows))
    return sheet


def tarjeta(rng: random.Random, pay: Payment) -> Sheet:
    """A shared card: amount and label in one row, values in bold under their labels, side by side in pairs."""
    sheet, ground = themed("tarjeta", rng, "pairs", ".p { display: flex; padding: 7px 20px; } .p > div { flex: 1; }")
    pairs = [
        (("Fecha", sheet.date(pay.moment, "dot")), ("Hora", sheet.time(pay.moment, "12"))),
        (("C.I. / RIF", sheet.national_id(pay, "hyphen")), ("Teléfono", sheet.phone(pay.phone, "plain"))),
        (
            ("Banco", sheet.bank("banco_destino", pay.bank_to, "code-hyphen")),
            ("Cuenta origen", sheet.account("cuenta_origen", pay.account_from, "stars")),
        ),
    ]
    body = "".join(
        '<div class="p">' + "".join(f'<div><div class="soft">{k}</div><b>{v}</b></div>' for k, v in pair) + "</div>"
        for pair in pairs
    )
    head = (
        f'<div style="padding:16px 20px 8px;font-size:17px"><b>Monto:</b> {sheet.amount(pay.amount)} Bs.</div>'
        f'<div style="padding:0 20px 8px"><b>Nro. de Ref:</b> {sheet.put("referencia", pay.reference)}</div>'
    )
    foot = (
        f'<div style="padding:6px 20px 18px"><div class="soft">Concepto</div>{sheet.put("concepto", pay.concept)}</div>'
    )
    as_card(sheet, rng, rng.choice([360, 420]), head + body + foot)
    return sheet


APPS = {
    "mensaje": mensaje,
    "iconos": iconos,
    "dos-partes": dos_partes,
    "al-pie": al_pie,
    "planilla": planilla,
    "divisas": divisas,
    "a-otro-banco": a_otro_banco,
    "abreviado": abreviado,
    "largos": largos,
    "dollars-sent": dollars_sent,
    "tarjeta": tarjeta,
}
