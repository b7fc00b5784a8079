"""Slips and tickets: narrow, as a terminal or a printer gives them."""

import random
from html import escape

from . import printed
from .people import BANKS, LAST_NAMES, Payment, digits
from .sheet import Sheet, icon, picture, title_case


def plaza(rng: random.Random, pay: Payment) -> Sheet:
    """A ticket with notches, small capitals above values, two columns, an uneven grid."""
    sheet = Sheet("plaza", "seen", None, "ticket-card")
    ground = rng.choice(["#ffb703", "#219ebc", "#e76f51"])
    sheet.css = f"""
    body {{ background: {ground}; font-family: "DM Sans"; color: #1a1a1a; }}
    .tk {{ background: #fff; margin: 26px 22px; border-radius: 16px; padding: 22px; }}
    .tk hr {{ border: 0; border-top: 2px dashed #ccc; margin: 16px 0; }}
    .two {{ display: grid; grid-template-columns: 3fr 2fr; gap: 14px 12px; }}
    small {{ display: block; font: 500 10.5px/16px "DM Sans"; letter-spacing: .6px;
      text-transform: uppercase; color: #8a8a8a; }}
    .two b {{ font: 600 15px/20px "DM Sans"; }}
    """
    sheet.implied("banco_origen", "0138")
    when = sheet.put("fecha", printed.date(pay.moment, "short"), f"{pay.moment:%Y-%m-%d}")
    cells = [
        ("Fecha", f"{when} - {sheet.time(pay.moment, '12')}"),
        ("Banco receptor", sheet.bank("banco_destino", pay.bank_to, "title")),
        ("Para", sheet.put("beneficiario", pay.name)),
        ("CI / RIF", sheet.national_id(pay, "tight")),
        ("Teléfono", sheet.phone(pay.phone, rng.choice(["hyphen", "dots"]))),
        ("Comisión", f"{sheet.commission(pay.commission)} Bs"),
    ]
    boxes = "".join(f"<div><small>{k}</small><b>{v}</b></div>" for k, v in cells)
    note = sheet.put("concepto", pay.concept)
    picture(
        sheet,
        rng,
        rng.choice([370, 400]),
        f"""<div class="tk"><div style="display:flex;gap:8px;align-items:center;
        font:700 17px 'DM Sans'">{icon("star", 22)}<span>Plaza Móvil</span></div><hr>
        <small>Monto transferido</small><div style="font:700 32px/44px 'DM Sans'">Bs
        {sheet.amount(pay.amount)}</div><hr><div class="two">{boxes}</div><hr>
        <small>Detalle</small><b style="font:600 15px/20px 'DM Sans'">{note}</b><hr>
        <small>Número de referencia</small><div style="font:600 19px/26px 'Roboto Mono'">
        {sheet.put("referencia", pay.reference)}</div></div>""",
    )
    return sheet


def turno(rng: random.Random, pay: Payment) -> Sheet:
    """A ticket with a code of squares, and a verification code that is not the reference."""
    sheet = Sheet("turno", "seen", None, "ticket")
    sheet.css = """
    body { font-family: "Noto Sans"; color: #202124; background: #e8eaed; }
    .k { background: #fff; margin: 18px; border-radius: 10px; padding: 18px; font: 400 14px/21px "Noto Sans"; }
    .k b { font: 700 15px/22px "Noto Sans"; display: block; margin-bottom: 7px; } .k i { font-style: normal;
      color: #5f6368; font-size: 12.5px; }
    """
    squares = "".join(
        f'<rect x="{x}" y="{y}" width="1" height="1"/>' for x in range(21) for y in range(21) if rng.random() < 0.5
    )
    code = rng.choice(["0156", "0157", "0175"])
    sheet.implied("banco_origen", code)
    pairs = [
        (rng.choice(["Has pagado a", "Pagado a"]), sheet.put("beneficiario", pay.name)),
        (rng.choice(["La cantidad de", "Por la cantidad de"]), f"{sheet.amount(pay.amount)} bolívares"),
        (rng.choice(["Cuyo documento es", "Documento"]), sheet.national_id(pay, "space")),
        (rng.choice(["Al celular", "Número de celular"]), sheet.phone(pay.phone, "paren")),
        (rng.choice(["En el banco", "Entidad"]), sheet.bank("banco_destino", pay.bank_to, "code-paren")),
        (rng.choice(["El día", "Fecha de pago"]), sheet.date(pay.moment, "long")),
        (rng.choice(["N.º de operación", "Operación"]), sheet.put("referencia", pay.reference)),
    ]
    body = "".join(f"<i>{k}</i><b>{v}</b>" for k, v in pairs)
    picture(
        sheet,
        rng,
        rng.choice([340, 370]),
        f"""<div class="k"><div style="font:700 17px/26px 'Noto Sans';padding-bottom:8px">
        {title_case(BANKS[code][0])}</div>{body}
        <svg width="120" height="120" viewBox="0 0 21 21" style="margin:8px auto">{squares}</svg>
        <div style="text-align:center;font:400 12px/18px 'Noto Sans';color:#5f6368">Código de verificación
        {digits(rng, 4)}-{digits(rng, 4)}<br>Escanéalo para comprobar este recibo</div></div>""",
    )
    return sheet


def bio(rng: random.Random, pay: Payment) -> Sheet:
    """A slip of a shop's terminal for a payment by phone: capitals, short labels, the shop at its head."""
    sheet = Sheet("bio", "seen", None, "slip", medium="paper")
    sheet.css = """
    body { background: #fdfdfb; color: #2b2b2b; font: 400 14px/1.4 "Share Tech Mono"; }
    .z { width: 310px; padding: 24px 18px 36px; } .z .c { text-align: center; }
    """
    code = rng.choice(["0102", "0105", "0191"])
    name = sheet.bank("banco_destino", code, "name")
    lines = [
        f"FECHA: {sheet.date(pay.moment, 'slash')}  HORA: {sheet.time(pay.moment, '24')}",
        f"AFILIADO: {digits(rng, 8)}  TERM: {digits(rng, 4)}",
        f"LOTE: {digits(rng, 3)}  TRACE: {digits(rng, 6)}",
        f"TELF: {sheet.phone(pay.phone)}",
        f"C.I.: {sheet.national_id(pay, 'hyphen')}",
        f"REF: {sheet.put('referencia', pay.reference)}",
    ]
    body = "".join(f"<div>{line}</div>" for line in lines)
    sheet.body = (
        f'<div class="z"><div class="c">{name}</div>'
        f'<div class="c">{sheet.put("beneficiario", rng.choice(LAST_NAMES).upper() + " E HIJOS C.A.")}</div>'
        f'<div class="c">RIF J-{digits(rng, 9)}</div><div class="c">PAGO MOVIL C2P</div><br>{body}<br>'
        f'<div style="font-size:1.35em">MONTO BS. {sheet.amount(pay.amount)}</div><br>'
        '<div class="c">APROBADA</div><div class="c">NO REQUIERE FIRMA</div><div class="c">COPIA CLIENTE</div></div>'
    )
    sheet.width, sheet.height, sheet.scale = 310, None, rng.choice([2, 2.5, 3])
    return sheet


def talon(rng: random.Random, pay: Payment) -> Sheet:
    """A stub with a dashed edge: big amount at the foot, the label in front of it in the same row."""
    sheet = Sheet("talon", "seen", None, "stub")
    sheet.css = """
    body { font-family: Rubik; color: #1d3557; background: #f1faee; }
    .s { background: #fff; margin: 16px; border: 2px dashed #a8dadc; padding: 14px 16px; }
    .s div { font: 400 14px/19px Rubik; padding: 5px 0; } .s small { color: #6c7a89; font: 400 12px/16px Rubik; }
    """
    code = pay.bank_from
    rows = [
        (rng.choice(["Ordena", "Paga"]), f"{escape(pay.payer)}, {sheet.bank('banco_origen', code, 'title')}"),
        (
            rng.choice(["Recibe", "A favor de"]),
            f"{sheet.put('beneficiario', pay.name)}<br>{sheet.national_id(pay, 'hyphen')} · "
            f"{sheet.phone(pay.phone)}<br>"
            f"{sheet.bank('banco_destino', pay.bank_to, 'title')}",
        ),
        ("Realizado", f"{sheet.date(pay.moment, 'slash')} {sheet.time(pay.moment, '24')}"),
        (rng.choice(["Referencia bancaria", "Ref. bancaria"]), sheet.put("referencia", pay.reference)),
        (rng.choice(["Por concepto de", "Concepto"]), sheet.put("concepto", pay.concept)),
    ]
    body = "".join(f"<div><small>{k}</small><br>{v}</div>" for k, v in rows)
    picture(
        sheet,
        rng,
        rng.choice([350, 380]),
        f"""<div class="s"><div style="font:700 18px/25px Rubik">Talón de pago móvil</div>{body}
        <div style="display:flex;justify-content:space-between;font:700 21px/30px Rubik;border-top:2px dashed #a8dadc;
        margin-top:8px;padding-top:12px"><span>Total Bs.</span><span>{sheet.amount(pay.amount)}</span></div></div>""",
    )
    return sheet


APPS = {"plaza": plaza, "turno": turno, "bio": bio, "talon": talon}
