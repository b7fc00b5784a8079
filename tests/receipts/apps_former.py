"""Apps that were unseen until their misses had been looked at; they may be looked at like the others."""

import random
from html import escape

from . import printed
from .people import Payment, digits
from .sheet import Sheet, icon, picture, screen, svg, title_case


def exterior(rng: random.Random, pay: Payment) -> Sheet:
    """Dark teal cards with an icon at the left of each label-and-value pair."""
    sheet = Sheet("exterior", "seen", None, "dark-icons")
    sheet.css = """
    body { font-family: Manrope; color: #e8fbf7; }
    .t { font: 800 22px/30px Manrope; padding: 12px 20px 2px; }
    .s { font: 500 13px/20px Manrope; padding: 0 20px 12px; color: #8fc7bd; }
    .c { display: flex; gap: 14px; align-items: center; background: #0d3f3a; border-radius: 14px;
      margin: 0 16px 8px; padding: 9px 14px; }
    .c i { width: 34px; height: 34px; border-radius: 17px; background: #14594f; display: flex;
      align-items: center; justify-content: center; color: #5eead4; flex: none; }
    .c small { font: 600 11px/15px Manrope; color: #8fc7bd; display: block; }
    .c b { font: 700 15px/20px Manrope; display: block; }
    """
    sheet.implied("banco_origen", "0115")
    when = f"{sheet.date(pay.moment, 'dot')} · {sheet.time(pay.moment, '12tight')}"
    cells = [
        ("coin", "Importe del pago", f"{sheet.amount(pay.amount)} Bs."),
        ("user", "Pagado a", sheet.put("beneficiario", pay.name)),
        ("note", "Identificación fiscal", sheet.national_id(pay, "tight")),
        ("phone", "Móvil afiliado", sheet.phone(pay.phone, rng.choice(["plain", "hyphen"]))),
        ("bank", "Institución destino", sheet.bank("banco_destino", pay.bank_to, "code-title")),
        ("calendar", "Realizado", when),
        ("hash", "Código de operación", sheet.put("referencia", pay.reference)),
    ]
    if rng.random() < 0.7:
        cells.append(("list", "Glosa", sheet.put("concepto", pay.concept)))
    cards = "".join(
        f'<div class="c"><i>{icon(name, 18)}</i><div><small>{k}</small><b>{v}</b></div></div>' for name, k, v in cells
    )
    inside = (
        '<div class="t">¡Listo!</div><div class="s">Tu pago móvil desde Banco Exterior fue enviado'
        f'</div><div class="grow" data-clip style="overflow:hidden">{cards}</div>'
    )
    screen(sheet, rng, "background:#062925", inside)
    return sheet


def bicentenario(rng: random.Random, pay: Payment) -> Sheet:
    """Three titled sections; the payer's own id and phone stand beside the payee's."""
    sheet = Sheet("bicentenario", "seen", None, "three-sections")
    sheet.css = """
    body { font-family: Barlow; color: #2a2a2a; }
    .h { background: #8a1538; color: #fff; font: 600 19px/52px Barlow; text-align: center; }
    .g { background: #f3e6ea; color: #8a1538; font: 700 14px/30px Barlow; padding: 0 16px; }
    .l { display: grid; grid-template-columns: 132px 1fr; gap: 10px; padding: 5px 16px;
      font: 500 15px/20px Barlow; } .l > span:first-child { color: #777; }
    """
    sheet.implied("banco_origen", "0175")
    payer_id = f"V-{rng.randint(4_000_000, 30_000_000)}"
    sections = [
        (
            "Pagador",
            [
                ("Cédula", payer_id),
                ("Teléfono", pay.payer_phone),
                ("Cuenta", sheet.account("cuenta_origen", "0175" + digits(rng, 16), "bank-mask")),
            ],
        ),
        (
            "Receptor",
            [
                ("Cédula", sheet.national_id(pay, "hyphen")),
                ("Teléfono", sheet.phone(pay.phone)),
                ("Banco", sheet.bank("banco_destino", pay.bank_to, "code-hyphen")),
                ("Nombre", sheet.put("beneficiario", pay.name.upper())),
            ],
        ),
        (
            "Operación",
            [
                ("Monto", f"Bs. {sheet.amount(pay.amount)}"),
                ("Comisión", f"Bs. {sheet.commission(pay.commission)}"),
                ("Fecha / Hora", sheet.date(pay.moment, "slash") + " " + clock(sheet, pay)),
                ("Referencia", sheet.put("referencia", pay.reference)),
                ("Concepto", sheet.put("concepto", pay.concept)),
            ],
        ),
    ]
    body = ""
    for title, rows in sections:
        body += f'<div class="g">{title}</div>'
        body += "".join(f'<div class="l"><span>{k}</span><span>{v}</span></div>' for k, v in rows)
    inside = f'<div class="h">Banco Digital de los Trabajadores</div><div class="grow">{body}</div>'
    screen(sheet, rng, "background:#fff", inside, "background:#8a1538;color:#fff")
    return sheet


def clock(sheet: Sheet, pay: Payment) -> str:
    return sheet.time(pay.moment, "24s")


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


def sofitasa(rng: random.Random, pay: Payment) -> Sheet:
    """A chat with the bank's number: the receipt is a paragraph in a green bubble."""
    sheet = Sheet("sofitasa", "seen", None, "chat")
    dark = rng.random() < 0.5
    ground, bubble, ink = ("#0b141a", "#005c4b", "#e9edef") if dark else ("#efeae2", "#d9fdd3", "#111")
    sheet.css = f"""
    body {{ font-family: Roboto; color: {ink}; }}
    .b {{ background: {bubble}; border-radius: 10px; margin: 10px 14px 0 44px; padding: 8px 11px 5px;
      font: 400 16px/22px Roboto; }} .b p {{ margin-bottom: 6px; }}
    .in {{ background: {"#202c33" if dark else "#fff"}; margin: 16px 60px 0 14px; }}
    .b time {{ display: block; text-align: right; font: 400 11px/14px Roboto; opacity: .65; }}
    """
    sheet.implied("banco_origen", "0137")
    sign = rng.choice(["Bs. ", "Bs "])
    minute = f"{rng.randint(1, 12)}:{rng.randint(0, 59):02} p. m."
    text = (
        f"<p>Banco Sofitasa le informa: usted envió un PagoMóvil por {sign}{sheet.amount(pay.amount)} "
        f"al {sheet.phone(pay.phone)} ({sheet.bank('banco_destino', pay.bank_to, 'title')}), "
        f"C.I. {sheet.national_id(pay, 'hyphen')}, el {sheet.date(pay.moment, 'slash2')} a las "
        f"{sheet.time(pay.moment, '24')}.</p><p>Ref: {sheet.put('referencia', pay.reference)}</p>"
    )
    answer = rng.choice(["Ya te pagué", "Listo el pago", "Aquí está la captura"])
    head = (
        f'<div style="display:flex;gap:14px;align-items:center;height:58px;padding:0 14px;'
        f'background:{"#202c33" if dark else "#008069"};color:#fff;font:500 18px Roboto">'
        f'{icon("back")}<div style="width:36px;height:36px;border-radius:18px;background:#9aa"></div>'
        f"<span>{escape(pay.payer)}</span></div>"
    )
    asked = rng.choice(["¿Me pasas el comprobante?", "Buenas, ¿ya pagaste?", "Avísame por favor"])
    inside = (
        f'{head}<div class="b in">{asked}<time>{minute}</time></div><div class="b">{text}<time>{minute}'
        f'</time></div><div class="b">{answer}<time>{minute}</time></div><div class="grow"></div>'
        f'<div style="margin:8px 12px;border-radius:22px;padding:11px 18px;font:400 16px Roboto;'
        f'background:{"#2a3942" if dark else "#fff"};color:#8696a0">Mensaje</div>'
    )
    bar = f"background:{'#202c33' if dark else '#008069'};color:#fff"
    screen(sheet, rng, f"background:{ground}", inside, bar)
    return sheet


def billetera(rng: random.Random, pay: Payment) -> Sheet:
    """A wallet in dollars, in English or Spanish; a minus before the amount, an e-mail."""
    sheet = Sheet("billetera", "seen", None, "wallet")
    english = rng.random() < 0.5
    dark = rng.random() < 0.6
    ground, ink, soft = ("#0b0e11", "#eaecef", "#848e9c") if dark else ("#fff", "#1e2329", "#707a8a")
    sheet.css = f"""
    body {{ font-family: "IBM Plex Sans"; color: {ink}; }}
    .a {{ text-align: center; font: 600 34px/48px "IBM Plex Sans"; margin-top: 20px; }}
    .r {{ display: flex; justify-content: space-between; gap: 16px; padding: 11px 18px;
      font: 500 15px/21px "IBM Plex Sans"; }} .r > span:first-child {{ color: {soft}; flex: none; }}
    .r > span + span {{ text-align: right; }}
    """
    pay.amount = pay.amount % 2_000 + 3
    amount = sheet.amount(pay.amount, f"-${printed.money_english(pay.amount)}", "USD")
    names = (
        ["Recipient", "Note", "Order ID", "Date", "Time", "Fee", "Completed", "Transaction details"]
        if english
        else [
            "Destinatario",
            "Nota",
            "ID de orden",
            "Fecha",
            "Hora",
            "Tarifa",
            "Completado",
            "Detalles",
        ]
    )
    fee = pay.commission % 9
    rows = [
        (names[0], sheet.put("beneficiario", pay.email)),
        (names[2], sheet.put("referencia", digits(rng, rng.choice([12, 15, 18])))),
        (names[3], sheet.date(pay.moment, "iso")),
        (names[4], sheet.time(pay.moment, "24s")),
        (names[5], sheet.commission(fee, f"${printed.money_english(fee)}")),
    ]
    if rng.random() < 0.6:
        word = rng.choice(["rent", "lunch", "web design"] if english else ["renta", "cena", "diseño"])
        rows.insert(1, (names[1], sheet.put("concepto", word)))
    lines = "".join(f'<div class="r"><span>{k}</span><span>{v}</span></div>' for k, v in rows)
    inside = (
        f'<div class="row" style="padding:14px 18px;font:600 17px IBM Plex Sans">{icon("chevron")}'
        f'<span>{names[7]}</span>{icon("share")}</div><div class="a">{amount}</div>'
        f'<div style="text-align:center;color:#0ecb81;font:500 15px/24px IBM Plex Sans">{names[6]}'
        f'</div><div style="margin-top:22px">{lines}</div><div class="grow"></div>'
    )
    screen(sheet, rng, f"background:{ground}", inside)
    return sheet


def delsur(rng: random.Random, pay: Payment) -> Sheet:
    """A bank's web page in a phone's browser: an address bar, label and value in one line."""
    sheet = Sheet("delsur", "seen", None, "mobile-web")
    sheet.css = """
    body { font-family: "Work Sans"; color: #30323a; }
    .url { margin: 6px 14px; border-radius: 20px; background: #e9ebf0; text-align: center;
      font: 400 14px/38px Roboto; color: #444; }
    .top { border-bottom: 4px solid #f28c00; padding: 12px 16px; font: 700 22px "Work Sans";
      color: #00539b; }
    .p { padding: 6px 16px; font: 400 14px/20px "Work Sans"; } .p b { font-weight: 600; }
    """
    sheet.implied("banco_origen", "0157")
    amount = f"{sheet.amount(pay.amount)} Bs."
    phone = sheet.phone(pay.phone, rng.choice(["masked", "plain", "hyphen"]))
    rows = [
        ("Estatus", "Ejecutada"),
        ("Nro. de transacción", sheet.put("referencia", pay.reference)),
        ("Fecha efectiva", sheet.date(pay.moment, rng.choice(["hyphen", "short-hyphen"]))),
        ("Cuenta emisora", sheet.account("cuenta_origen", "0157" + digits(rng, 16), "long-mask")),
        ("Nombre o razón social", sheet.put("beneficiario", pay.name)),
        ("CI/RIF beneficiario", sheet.national_id(pay, "tight")),
        ("Tlf. beneficiario", phone),
        ("Banco beneficiario", sheet.bank("banco_destino", pay.bank_to, "legal")),
        ("Monto a pagar", amount),
        ("Comisión por servicio", f"{sheet.commission(pay.commission)} Bs."),
        ("Total a debitar", f"{printed.money(pay.total)} Bs."),
        ("Descripción", sheet.put("concepto", pay.concept)),
    ]
    lines = "".join(f'<div class="p"><b>{k}:</b> {v}</div>' for k, v in rows)
    inside = (
        '<div class="url">enlinea.delsur.example</div><div class="top">DelSur</div>'
        '<div class="p" style="font-weight:600;color:#00539b;font-size:16px">Pago Móvil '
        f'Interbancario</div><div class="grow" data-clip style="overflow:hidden">{lines}</div>'
    )
    screen(sheet, rng, "background:#fff", inside)
    return sheet


def activo(rng: random.Random, pay: Payment) -> Sheet:
    """A share card: the amount on a band, then a grid whose first cell holds three values."""
    sheet = Sheet("activo", "seen", None, "card")
    first = rng.choice(["#0057ff", "#111827", "#00856f"])
    sheet.css = f"""
    body {{ font-family: "Exo 2"; background: #f2f4f9; color: #151a2d; }}
    .top {{ background: {first}; color: #fff; padding: 18px 22px; }}
    .q {{ background: #fff; margin: 14px; border-radius: 10px; padding: 6px 16px; }}
    .q .x {{ padding: 8px 0; border-bottom: 1px solid #eceff6; display: grid;
      grid-template-columns: 1fr 1.5fr; gap: 12px; font: 400 15px/20px "Exo 2"; }}
    .q .x:last-child {{ border: 0; }} .x div + div {{ font-weight: 600; }}
    """
    sheet.implied("banco_origen", "0171")
    payee = f"{sheet.put('beneficiario', title_case(pay.name.upper()))}"
    bank = sheet.bank("banco_destino", pay.bank_to, "code-tight")
    rows = [
        ("Destino", f"<div>{payee}</div><div>{sheet.phone(pay.phone, 'hyphen')}</div>{bank}"),
        ("Cédula o RIF", sheet.national_id(pay, rng.choice(["hyphen", "dots"]))),
        ("Fecha de emisión", sheet.date(pay.moment, "short-slash")),
        ("Hora de emisión", sheet.time(pay.moment, "12s")),
        ("Secuencial", sheet.put("referencia", pay.reference)),
        ("Observaciones", sheet.put("concepto", pay.concept)),
    ]
    lines = "".join(f'<div class="x"><div>{k}</div><div>{v}</div></div>' for k, v in rows)
    picture(
        sheet,
        rng,
        rng.choice([380, 410, 440]),
        f"""<div class="top"><div class="row" style="font:700 20px 'Exo 2'"><span>Banco Activo</span>
        {svg("M4 18L12 4l8 14M8 14h8", 28, 2.6)}</div><div style="font:400 14px/22px 'Exo 2';
        margin-top:14px">Usted pagó</div><div style="font:700 30px/40px 'Exo 2'">
        Bs.{sheet.amount(pay.amount)}</div></div><div class="q">{lines}</div>
        <div style="text-align:center;font:400 12px/18px 'Exo 2';padding:2px 20px 18px;color:#687">
        Este comprobante no requiere sello ni firma</div>""",
    )
    return sheet


def r4(rng: random.Random, pay: Payment) -> Sheet:
    """Few words on a screen that was scrolled: cut lines at the top, buttons below."""
    sheet = Sheet("r4", "seen", None, "minimal-scrolled")
    sheet.css = """
    body { font-family: Montserrat; color: #fff; }
    .m { font: 700 30px/42px Montserrat; padding: 0 24px 6px; }
    .w { padding: 9px 24px; } .w p { font: 500 12px/17px Montserrat; color: #c9a7ff; }
    .w strong { font: 600 16px/23px Montserrat; }
    """
    sheet.implied("banco_origen", "0169")
    rows = [
        ("Enviaste a", sheet.put("beneficiario", pay.name)),
        ("Su banco", sheet.bank("banco_destino", pay.bank_to, rng.choice(["title", "code-paren"]))),
        ("Su teléfono", sheet.phone(pay.phone, "spaces")),
        ("Su cédula", sheet.national_id(pay, "dots")),
        ("Cuándo", sheet.date(pay.moment, "slash") + ", " + sheet.time(pay.moment, "12dots")),
        ("Nº de referencia", sheet.put("referencia", pay.reference)),
    ]
    if rng.random() < 0.5:
        rows.append(("Para qué", sheet.put("concepto", pay.concept)))
    cells = "".join(f'<div class="w"><p>{k}</p><strong>{v}</strong></div>' for k, v in rows)
    shift = rng.choice([0, 0, -9, -14])
    money = f'<div class="m" style="margin-top:{shift}px">Bs. {sheet.amount(pay.amount)}</div>'
    button = "border-radius:12px;text-align:center;font:600 16px/48px Montserrat;margin:0 24px 10px"
    inside = (
        '<div class="row" style="padding:10px 24px;font:600 15px Montserrat"><span>R4 Banco</span>'
        f'{icon("upload")}</div><div class="grow" data-clip style="overflow:hidden">{money}{cells}'
        f'</div><div style="{button};background:#7c3aed">Compartir recibo</div>'
        f'<div style="{button};border:1px solid #7c3aed">Volver al inicio</div>'
    )
    screen(sheet, rng, "background:#1a0b2e", inside)
    return sheet


APPS = {
    "exterior": exterior,
    "bicentenario": bicentenario,
    "plaza": plaza,
    "sofitasa": sofitasa,
    "billetera": billetera,
    "delsur": delsur,
    "activo": activo,
    "r4": r4,
}
