"""Unseen apps. AUTHORS OF EXTRACTION RULES MUST NOT LOOK AT THIS FILE OR AT ITS IMAGES.

The score on these apps shows how well Lince reads receipts without a layout, and it is reported
separately. Running the generator on them and reading the score is allowed; reading this file, its
images, its truth, or a list of its misses in order to change a rule is not.
"""

import random
from html import escape

from . import printed
from .people import BANKS, FIRST_NAMES, Payment, digits
from .sheet import Sheet, icon, picture, screen, title_case


def sobre(rng: random.Random, pay: Payment) -> Sheet:
    """A card like an envelope: from whom at the top left, to whom in the middle, the stamp is the amount."""
    sheet = Sheet("sobre", "unseen", None, "envelope")
    sheet.css = """
    body { font-family: Rubik; color: #3d2b1f; background: #f6efe4; }
    .e { background: #fff; margin: 16px; border-radius: 12px; padding: 16px 18px; font: 400 14.5px/21px Rubik; }
    .e small { color: #9c8570; font: 400 12px/17px Rubik; display: block; } .e b { font: 500 17px/24px Rubik; }
    """
    code = pay.bank_from
    inside = (
        f'<div class="e"><small>Remitente</small>{escape(pay.payer)}<br>'
        f"{sheet.bank('banco_origen', code, 'title')}</div>"
        f'<div class="e"><small>Destinatario</small><b>{sheet.put("beneficiario", pay.name)}</b><br>'
        f"{sheet.national_id(pay, 'hyphen')}<br>{sheet.phone(pay.phone, 'hyphen')}<br>"
        f"{sheet.bank('banco_destino', pay.bank_to, 'title')}</div>"
        f'<div class="e"><small>Monto</small><b>Bs. {sheet.amount(pay.amount)}</b></div>'
        f'<div class="e"><small>{rng.choice(["Referencia", "Nº de seguimiento"])}</small>'
        f"{sheet.put('referencia', pay.reference)}<small>Fecha</small>{sheet.date(pay.moment, 'slash')}</div>"
    )
    picture(sheet, rng, rng.choice([360, 400]), inside)
    return sheet


def burbujas(rng: random.Random, pay: Payment) -> Sheet:
    """The bank's assistant answers in one sentence for each thing."""
    sheet = Sheet("burbujas", "unseen", None, "sentences")
    sheet.css = """
    body { font-family: Inter; color: #0f172a; }
    .m { background: #eef2ff; border-radius: 16px; margin: 5px 54px 5px 14px; padding: 9px 13px;
      font: 400 15.5px/22px Inter; }
    """
    code = rng.choice(["0105", "0114", "0175"])
    sheet.implied("banco_origen", code)
    said = [
        f"Listo, tu pago móvil por Bs. {sheet.amount(pay.amount)} fue enviado.",
        f"Lo recibe {sheet.put('beneficiario', pay.name)}, cédula {sheet.national_id(pay, 'hyphen')}.",
        f"Teléfono {sheet.phone(pay.phone, 'hyphen')}, banco {sheet.bank('banco_destino', pay.bank_to, 'title')}.",
        f"La referencia es {sheet.put('referencia', pay.reference)}.",
        f"Fecha: {sheet.date(pay.moment, 'slash')}, hora: {sheet.time(pay.moment, '24')}.",
    ]
    body = "".join(f'<div class="m">{text}</div>' for text in said)
    inside = (
        f'<div class="row" style="padding:10px 16px;font:600 16px Inter">{icon("back")}'
        f"<span>{title_case(BANKS[code][0])}</span>{icon('user')}</div>{body}"
        '<div class="m">¿Necesitas algo más?</div><div class="grow"></div>'
    )
    screen(sheet, rng, "background:#fff", inside)
    return sheet


def columnas(rng: random.Random, pay: Payment) -> Sheet:
    """Two columns of label over value on a phone, money across the top."""
    sheet = Sheet("columnas", "unseen", None, "two-columns")
    dark = rng.random() < 0.5
    ground, ink, soft = ("#111827", "#f9fafb", "#9ca3af") if dark else ("#ffffff", "#111827", "#6b7280")
    sheet.css = f"""
    body {{ font-family: "Source Sans 3"; color: {ink}; }}
    .g {{ display: grid; grid-template-columns: 1fr 1fr; gap: 15px 12px; padding: 12px 22px; }}
    .g small {{ display: block; color: {soft}; font: 400 12.5px/17px "Source Sans 3"; }}
    .g b {{ font: 600 15.5px/21px "Source Sans 3"; }}
    """
    code = rng.choice(["0102", "0134", "0157"])
    sheet.implied("banco_origen", code)
    cells = [
        (rng.choice(["Para", "Beneficiario"]), sheet.put("beneficiario", pay.name)),
        (rng.choice(["Cédula", "CI / RIF"]), sheet.national_id(pay, "dots")),
        (rng.choice(["Teléfono", "Celular"]), sheet.phone(pay.phone, "hyphen")),
        (rng.choice(["Banco", "Institución"]), sheet.bank("banco_destino", pay.bank_to, "title")),
        ("Fecha", sheet.date(pay.moment, "short")),
        ("Hora", sheet.time(pay.moment, "12")),
        (rng.choice(["Referencia", "Operación"]), sheet.put("referencia", pay.reference)),
        (rng.choice(["Comisión", "Cargo"]), f"Bs. {sheet.commission(pay.commission)}"),
    ]
    body = "".join(f"<div><small>{k}</small><b>{v}</b></div>" for k, v in cells)
    inside = (
        f"<div style=\"padding:16px 22px 0;font:700 17px/24px 'Source Sans 3'\">{title_case(BANKS[code][0])}</div>"
        f"<div style=\"padding:14px 22px;font:700 33px/44px 'Source Sans 3'\">Bs. {sheet.amount(pay.amount)}</div>"
        f'<div class="g">{body}</div><div class="grow"></div>'
    )
    screen(sheet, rng, f"background:{ground}", inside, f"color:{ink}")
    return sheet


def membrete(rng: random.Random, pay: Payment) -> Sheet:
    """A letterhead with the bank's address and web page, rows with colons, a signature line."""
    sheet = Sheet("membrete", "unseen", None, "letterhead", medium="page")
    sheet.css = """
    body { font-family: "PT Serif"; color: #1d1d1d; background: #fff; }
    .r { padding: 4px 30px; font: 400 14.5px/22px "PT Serif"; } .r b { display: inline-block; width: 210px; }
    """
    code = rng.choice(["0104", "0137", "0171"])
    bank = title_case(BANKS[code][0])
    sheet.implied("banco_origen", code)
    rows = [
        ("Fecha de la transacción", sheet.date(pay.moment, "slash")),
        (rng.choice(["Número de transacción", "Número de comprobante"]), sheet.put("referencia", pay.reference)),
        ("Ordenante", escape(pay.payer)),
        (rng.choice(["Beneficiario", "Nombre del beneficiario"]), sheet.put("beneficiario", pay.name)),
        (rng.choice(["C.I. del beneficiario", "Documento del beneficiario"]), sheet.national_id(pay, "hyphen")),
        ("Teléfono del beneficiario", sheet.phone(pay.phone, "hyphen")),
        ("Banco del beneficiario", sheet.bank("banco_destino", pay.bank_to, "code-title")),
        (rng.choice(["Monto en bolívares", "Monto"]), sheet.amount(pay.amount)),
        ("Concepto", sheet.put("concepto", pay.concept)),
    ]
    body = "".join(f'<div class="r"><b>{k}:</b>{v}</div>' for k, v in rows)
    picture(
        sheet,
        rng,
        rng.choice([580, 640]),
        f"""<div style="padding:22px 30px 2px;font:700 21px/30px 'PT Serif'">{bank}</div>
        <div style="padding:0 30px 12px;font:400 12px/17px 'PT Serif';color:#777">Av. Los Apamates, Torre Azul, piso 4.
        www.banco.example. Rif J-{digits(rng, 9)}. Tel. 0212-{digits(rng, 7)}</div>{body}
        <div style="padding:22px 30px;font:italic 400 13px/19px 'PT Serif'">Este documento no requiere sello ni
        firma.</div>""",
    )
    return sheet


def mosaico(rng: random.Random, pay: Payment) -> Sheet:
    """Rounded tiles of different widths, each with an icon, a small caption and its value."""
    sheet = Sheet("mosaico", "unseen", None, "tiles")
    sheet.css = """
    body { font-family: Poppins; color: #1f1147; }
    .w { display: flex; flex-wrap: wrap; gap: 10px; padding: 10px 16px; }
    .t { background: #f1ecff; border-radius: 14px; padding: 10px 13px; flex: 1 1 40%; font: 600 14.5px/21px Poppins; }
    .t small { display: block; font: 400 11.5px/16px Poppins; color: #7a6aa8; }
    """
    code = rng.choice(["0108", "0163", "0172"])
    sheet.implied("banco_origen", code)
    tiles = [
        (rng.choice(["Le enviaste a", "Persona"]), sheet.put("beneficiario", pay.name)),
        (rng.choice(["Total enviado", "Monto"]), f"Bs. {sheet.amount(pay.amount)}"),
        ("Cédula", sheet.national_id(pay, "hyphen")),
        (rng.choice(["Su número", "Teléfono"]), sheet.phone(pay.phone, "plain")),
        (rng.choice(["Su banco", "Banco"]), sheet.bank("banco_destino", pay.bank_to, "title")),
        (rng.choice(["Día", "Fecha"]), sheet.date(pay.moment, "slash")),
        (rng.choice(["Código de referencia", "Referencia"]), sheet.put("referencia", pay.reference)),
    ]
    body = "".join(f'<div class="t"><small>{k}</small>{v}</div>' for k, v in tiles)
    inside = (
        f'<div style="padding:16px 18px 4px;font:700 19px/27px Poppins">{title_case(BANKS[code][0])}</div>'
        f'<div class="w">{body}</div><div class="grow"></div>'
    )
    screen(sheet, rng, "background:#fff", inside)
    return sheet


def linea(rng: random.Random, pay: Payment) -> Sheet:
    """Uppercase captions over values, thin lines between, a promotion at the foot with an amount of its own."""
    sheet = Sheet("linea", "unseen", None, "promotion")
    sheet.css = """
    body { font-family: Manrope; color: #0a2540; }
    .f { padding: 8px 24px; border-bottom: 1px solid #e6ebf1; font: 600 15.5px/22px Manrope; }
    .f small { display: block; font: 700 11px/16px Manrope; color: #8898aa; letter-spacing: .06em; }
    .p { background: #635bff; color: #fff; border-radius: 14px; margin: 14px 20px; padding: 14px 16px;
      font: 600 14px/20px Manrope; }
    """
    code = rng.choice(["0115", "0151", "0191"])
    sheet.implied("banco_origen", code)
    fields = [
        ("MONTO", f"Bs. {sheet.amount(pay.amount)}"),
        (rng.choice(["ENVIADO A", "BENEFICIARIO"]), sheet.put("beneficiario", pay.name)),
        (rng.choice(["CÉDULA", "IDENTIFICACIÓN"]), sheet.national_id(pay, "hyphen")),
        ("TELÉFONO", sheet.phone(pay.phone, "hyphen")),
        ("BANCO", sheet.bank("banco_destino", pay.bank_to, "title")),
        (rng.choice(["REFERENCIA", "NRO. DE REFERENCIA"]), sheet.put("referencia", pay.reference)),
        ("FECHA Y HORA", f"{sheet.date(pay.moment, 'slash')} {sheet.time(pay.moment, '12')}"),
    ]
    body = "".join(f'<div class="f"><small>{k}</small>{v}</div>' for k, v in fields)
    inside = (
        f'<div style="padding:14px 24px;font:800 18px/26px Manrope">{title_case(BANKS[code][0])}</div>{body}'
        '<div class="p">Recarga tu línea desde Bs. 50,00 y participa por un teléfono</div><div class="grow"></div>'
    )
    screen(sheet, rng, "background:#fff", inside)
    return sheet


def cuaderno(rng: random.Random, pay: Payment) -> Sheet:
    """A shop's list of payments of the day, one row marked, its details below the list."""
    sheet = Sheet("cuaderno", "unseen", None, "till-list", medium="page")
    sheet.css = """
    body { font-family: "Noto Sans"; color: #263238; background: #fff; }
    .r { display: flex; justify-content: space-between; padding: 5px 24px; font: 400 13.5px/20px "Noto Sans"; }
    .d { background: #e8f5e9; margin: 10px 20px 20px; padding: 12px 16px; font: 400 14px/22px "Noto Sans"; }
    """
    others = "".join(
        f'<div class="r"><span>{rng.choice(FIRST_NAMES)}</span><span>{rng.randint(1, 99)},00</span></div>'
        for _ in range(3)
    )
    rows = [
        f"Beneficiario: {sheet.put('beneficiario', pay.name)}",
        f"Cédula o RIF: {sheet.national_id(pay, 'hyphen')}",
        f"Banco receptor: {sheet.bank('banco_destino', pay.bank_to, 'code-hyphen')}",
        f"Teléfono receptor: {sheet.phone(pay.phone)}",
        f"{rng.choice(['Monto', 'Monto recibido'])}: Bs. {sheet.amount(pay.amount)}",
        f"{rng.choice(['Referencia', 'Nro. de operación'])}: {sheet.put('referencia', pay.reference)}",
        f"Fecha: {sheet.date(pay.moment, 'slash')} Hora: {sheet.time(pay.moment, '24')}",
    ]
    picture(
        sheet,
        rng,
        rng.choice([440, 500]),
        f"""<div style="padding:16px 24px 6px;font:700 17px/25px 'Noto Sans'">Pagos de hoy</div>{others}
        <div class="d">{"<br>".join(rows)}</div>""",
    )
    return sheet


def wire(rng: random.Random, pay: Payment) -> Sheet:
    """An English page of a domestic transfer: two headed parts, account endings, a tracking number."""
    sheet = Sheet("wire", "unseen", None, "english-parts", medium="page")
    sheet.css = """
    body { font-family: Inter; color: #18212f; background: #fff; }
    .h { padding: 12px 28px 2px; font: 700 14px/21px Inter; color: #344054; }
    .r { display: flex; padding: 4px 28px; font: 400 14px/21px Inter; } .r i { width: 180px; font-style: normal;
      color: #667085; flex: none; }
    """
    dollars = pay.amount % 950 + 12
    shown = sheet.amount(dollars, printed.money_english(dollars), "USD")
    ending = digits(rng, 10)

    def rows(pairs: list[tuple[str, str]]) -> str:
        return "".join(f'<div class="r"><i>{k}</i><span>{v}</span></div>' for k, v in pairs)

    first = [
        (rng.choice(["Recipient name", "Payee"]), sheet.put("beneficiario", pay.name)),
        ("Recipient bank", "Coral Federal Credit Union"),
    ]
    second = [
        ("Amount", f"${shown}"),
        ("Transfer fee", f"${sheet.put('comision', '0.00', '0.00')}"),
        ("From account", f"Checking {sheet.account('cuenta_origen', ending, 'stars')}"),
        ("Date sent", sheet.date(pay.moment, rng.choice(["english", "english-short"]))),
        (rng.choice(["Tracking number", "Confirmation number"]), sheet.put("referencia", pay.reference)),
    ]
    picture(
        sheet,
        rng,
        rng.choice([520, 580]),
        f"""<div style="padding:20px 28px 4px;font:700 20px/28px Inter">Transfer confirmation</div>
        <div class="h">Recipient</div>{rows(first)}<div class="h">Transfer details</div>{rows(second)}
        <div style="padding:14px 28px 22px;font:400 12px/17px Inter;color:#667085">Need help?
        1-888-555-01{digits(rng, 2)}</div>""",
    )
    return sheet


def reverso(rng: random.Random, pay: Payment) -> Sheet:
    """A dark ticket with the reference first and large, values under thin labels, the payer's phone masked."""
    sheet = Sheet("reverso", "unseen", None, "reference-first")
    sheet.css = """
    body { font-family: Ubuntu; color: #eaeaea; }
    .f { padding: 7px 26px; font: 500 15px/21px Ubuntu; } .f small { display: block; color: #9aa5b1;
      font: 300 12px/17px Ubuntu; }
    """
    code = rng.choice(["0156", "0168", "0174"])
    sheet.implied("banco_origen", code)
    fields = [
        (rng.choice(["Tu número", "Teléfono pagador"]), printed.phone(pay.payer_phone, "masked")),
        (rng.choice(["Número del receptor", "Teléfono beneficiario"]), sheet.phone(pay.phone, "hyphen")),
        (rng.choice(["Documento del receptor", "Cédula beneficiario"]), sheet.national_id(pay, "tight")),
        (rng.choice(["Banco del receptor", "Banco beneficiario"]), sheet.bank("banco_destino", pay.bank_to, "title")),
        ("Monto", f"Bs. {sheet.amount(pay.amount)}"),
        ("Fecha", f"{sheet.date(pay.moment, 'hyphen')} {sheet.time(pay.moment, '24')}"),
    ]
    body = "".join(f'<div class="f"><small>{k}</small>{v}</div>' for k, v in fields)
    inside = (
        f'<div style="padding:16px 26px 0;font:700 18px/26px Ubuntu">{title_case(BANKS[code][0])}</div>'
        f'<div class="f" style="font-size:24px;line-height:34px"><small>Referencia</small>'
        f"{sheet.put('referencia', pay.reference)}</div>{body}"
        '<div class="grow"></div>'
    )
    screen(sheet, rng, "background:#1f2933", inside, "color:#eaeaea")
    return sheet


def sello(rng: random.Random, pay: Payment) -> Sheet:
    """A receipt on paper of a small shop's printer: who paid how, and the bank's data of the shop."""
    sheet = Sheet("sello", "unseen", None, "paper-stub", medium="paper")
    sheet.css = """
    body { background: #fcfcf8; color: #333; font: 400 14px/1.45 "Roboto Mono"; }
    .z { width: 330px; padding: 22px 18px 34px; } .z .c { text-align: center; }
    """
    lines = [
        f"Fecha: {sheet.date(pay.moment, 'slash')} {sheet.time(pay.moment, '24')}",
        f"Banco destino: {sheet.bank('banco_destino', pay.bank_to, 'code')}",
        f"Telf. destino: {sheet.phone(pay.phone)}",
        f"RIF destino: {sheet.national_id(pay, 'hyphen')}",
        f"Nro. referencia: {sheet.put('referencia', pay.reference)}",
    ]
    body = "".join(f"<div>{line}</div>" for line in lines)
    sheet.body = (
        f'<div class="z"><div class="c">RECIBO DE PAGO MOVIL</div><div class="c">'
        f"{sheet.put('beneficiario', pay.name)}</div>"
        f'<br>{body}<br><div style="font-size:1.3em">TOTAL Bs. {sheet.amount(pay.amount)}</div><br>'
        '<div class="c">GRACIAS POR SU PAGO</div></div>'
    )
    sheet.width, sheet.height, sheet.scale = 330, None, rng.choice([2, 2.5, 3])
    return sheet


APPS = {
    "sobre": sobre,
    "burbujas": burbujas,
    "columnas": columnas,
    "membrete": membrete,
    "mosaico": mosaico,
    "linea": linea,
    "cuaderno": cuaderno,
    "wire": wire,
    "reverso": reverso,
    "sello": sello,
}
