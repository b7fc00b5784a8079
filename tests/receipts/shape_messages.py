"""Payments told in messages: threads, chats, notifications, notes."""

import random
from datetime import timedelta
from html import escape

from .people import BANKS, FIRST_NAMES, Payment, digits
from .sheet import Sheet, icon, screen, title_case


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


def caroni(rng: random.Random, pay: Payment) -> Sheet:
    """A thread of short messages from the bank's number: a one-time key, the receipt, a balance."""
    sheet = Sheet("caroni", "seen", None, "messages")
    dark = rng.random() < 0.4
    ground, bubble, ink = ("#000", "#26252a", "#fff") if dark else ("#fff", "#e9e9eb", "#000")
    sheet.css = f"""
    body {{ font-family: Inter; color: {ink}; }}
    .m {{ background: {bubble}; border-radius: 18px; margin: 6px 70px 6px 16px; padding: 9px 13px;
      font: 400 16px/21px Inter; overflow-wrap: anywhere; }}
    .d {{ text-align: center; font: 500 11px/26px Inter; opacity: .6; }}
    """
    sheet.implied("banco_origen", "0128")
    amount = f"{rng.choice(['Bs. ', 'Bs.', 'Bs '])}{sheet.amount(pay.amount)}"
    phone = sheet.phone(pay.phone, rng.choice(["plain", "hyphen"]))
    bank = sheet.bank("banco_destino", pay.bank_to, rng.choice(["code", "title"]))
    when = sheet.date(pay.moment, rng.choice(["slash2", "hyphen"])), sheet.time(pay.moment, rng.choice(["24", "12"]))
    reference, person = sheet.put("referencia", pay.reference), sheet.national_id(pay, "tight")
    told = rng.choice(
        [
            f"Banco Caroni: Pago Movil enviado por {amount} al {phone} CI {person} Bco {bank} el {when[0]} "
            f"{when[1]} Ref {reference}. Si no lo reconoce llame al 0500-2276641",
            f"BANCO CARONI. Usted realizo un pago movil. Monto: {amount} Telf: {phone} Doc: {person} "
            f"Banco: {bank} Fecha: {when[0]} Hora: {when[1]} Nro. Ref: {reference}",
        ]
    )
    key = f"Banco Caroni: su clave dinamica es {digits(rng, 6)}. No la comparta. Vence en 3 minutos."
    before = f"{pay.moment:%d/%m/%Y}" if rng.random() < 0.3 else "Hoy"
    inside = (
        f'<div class="row" style="padding:10px 16px;font:600 15px Inter">{icon("chevron")}<span>2276</span>'
        f'{icon("user")}</div><div class="grow"></div><div class="d">{escape(before)}</div>'
        f'<div class="m">{key}</div><div class="m">{told}</div>'
        f'<div style="margin:12px 16px;border:1px solid #8886;border-radius:20px;padding:8px 14px;'
        f'font:400 16px Inter;opacity:.55">Mensaje de texto</div>'
    )
    screen(sheet, rng, f"background:{ground}", inside)
    return sheet


def aviso(rng: random.Random, pay: Payment) -> Sheet:
    """A notification on the lock screen: one sentence of the bank's app, and another app's below it."""
    sheet = Sheet("aviso", "seen", None, "notification")
    code = rng.choice(["0115", "0172", "0134", "0105"])
    name = title_case(BANKS[code][0])
    sheet.implied("banco_origen", code)
    sheet.css = """
    body { font-family: Inter; color: #fff; }
    .k { font: 300 68px/78px Inter; text-align: center; padding-top: 40px; }
    .f { font: 500 17px/24px Inter; text-align: center; padding-bottom: 130px; }
    .n { background: #ffffffd9; color: #111; border-radius: 20px; margin: 0 12px 10px; padding: 12px 14px;
      font: 400 14.5px/20px Inter; } .n b { font: 600 14.5px/20px Inter; } .n i { float: right;
      font: 400 12.5px/20px Inter; color: #666; }
    """
    bank = sheet.bank("banco_destino", pay.bank_to, rng.choice(["title", "name"]))
    phone = sheet.phone(pay.phone, rng.choice(["plain", "masked"]))
    amount = f"Bs. {sheet.amount(pay.amount)}"
    reference = sheet.put("referencia", pay.reference)
    told = rng.choice(
        [
            f"Pagaste {amount} por Pago Móvil al {phone} de {bank}. Operación {reference}.",
            f"Se debitó {amount} de tu cuenta por un pago móvil al número {phone} ({bank}). N° {reference}",
        ]
    )
    later = pay.moment + timedelta(minutes=rng.randint(1, 50))
    days = ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"]
    inside = (
        f'<div class="k">{later:%H:%M}</div><div class="f">{days[later.weekday()]}, {later.day}</div>'
        f'<div class="n"><b>{name}</b><i>hace {rng.randint(2, 50)} min</i><br>{told}</div>'
        f'<div class="n"><b>Mensajería</b><i>ahora</i><br>{rng.choice(FIRST_NAMES)}: ya te llegó?</div>'
        '<div class="grow"></div>'
    )
    screen(sheet, rng, "background:linear-gradient(#23395d,#6b4a6b)", inside, "color:#fff")
    return sheet


def robot(rng: random.Random, pay: Payment) -> Sheet:
    """A chat with the bank's robot: what the client asked, and the answer as a list."""
    sheet = Sheet("robot", "seen", None, "chat-list")
    sheet.css = """
    body { font-family: Roboto; }
    .i, .u { border-radius: 12px; margin: 6px 14px; padding: 9px 12px; font: 400 15px/22px Roboto; max-width: 82%; }
    .i { background: #fff; color: #111b21; } .u { background: #d9fdd3; color: #111b21; margin-left: auto; }
    .q { font: 400 11px/14px Roboto; color: #667781; text-align: right; }
    """
    code = rng.choice(["0108", "0151", "0177"])
    sheet.implied("banco_origen", code)
    sign = rng.choice(["•", "-", "▪"])
    rows = [
        ("Monto", f"Bs. {sheet.amount(pay.amount)}"),
        (rng.choice(["Teléfono", "Al número"]), sheet.phone(pay.phone, "plain")),
        (rng.choice(["Cédula", "Documento"]), sheet.national_id(pay, rng.choice(["tight", "dots"]))),
        ("Banco", sheet.bank("banco_destino", pay.bank_to, rng.choice(["code-hyphen", "title"]))),
        (rng.choice(["Referencia", "Nro. de referencia"]), sheet.put("referencia", pay.reference)),
        ("Fecha", f"{sheet.date(pay.moment, 'slash')} {sheet.time(pay.moment, '12tight')}"),
    ]
    listed = "<br>".join(f"{sign} {label}: {value}" for label, value in rows)
    asked = f"pagar {int(pay.amount)} al {digits(rng, 4)}" if rng.random() < 0.5 else "Pago móvil"
    clock = f"{pay.moment:%H:%M}"
    inside = (
        f'<div class="row" style="padding:8px 14px;background:#f0f2f5;font:500 17px Roboto">{icon("back")}'
        f"<span>{title_case(BANKS[code][0])}</span>{icon('phone')}</div>"
        f'<div class="u">{asked}<div class="q">{clock}</div></div>'
        f'<div class="i">Para confirmar escribe tu clave de {rng.choice([4, 6])} dígitos<div class="q">{clock}</div>'
        f'</div><div class="u">••••••<div class="q">{clock}</div></div>'
        f'<div class="i">{rng.choice(["¡Tu pago fue enviado!", "Operación exitosa ✓"])}<br>{listed}<br><br>'
        f'¿Puedo ayudarte en algo más?<div class="q">{clock}</div></div><div class="grow"></div>'
    )
    screen(sheet, rng, "background:#efeae2", inside)
    return sheet


def reenviado(rng: random.Random, pay: Payment) -> Sheet:
    """A chat in which somebody forwarded the text of a payment, line by line."""
    sheet = Sheet("reenviado", "seen", None, "forwarded")
    sheet.css = """
    body { font-family: Roboto; color: #111b21; }
    .t { background: #075e54; color: #fff; padding: 10px 14px; font: 500 18px/26px Roboto; }
    .m { background: #fff; border-radius: 10px; margin: 8px 60px 4px 10px; padding: 8px 11px;
      font: 400 15.5px/22px Roboto; } .m i { color: #8696a0; font: italic 13px/19px Roboto; display: block; }
    .m u, .o u { float: right; text-decoration: none; color: #8696a0; font: 400 11px/20px Roboto; }
    .o { background: #d9fdd3; border-radius: 10px; margin: 4px 10px 4px 120px; padding: 8px 11px;
      font: 400 15.5px/22px Roboto; }
    """
    clock = f"{pay.moment:%H:%M}"
    lines = [
        f"{rng.choice(['Banco', 'Bco'])}: "
        f"{sheet.bank('banco_destino', pay.bank_to, rng.choice(['title', 'code-title']))}",
        f"{rng.choice(['Tlf', 'Telf', 'Celular'])}: {sheet.phone(pay.phone, rng.choice(['plain', 'hyphen']))}",
        f"{rng.choice(['CI', 'Cédula', 'Rif'])}: {sheet.national_id(pay, rng.choice(['hyphen', 'tight', 'dots']))}",
        f"{rng.choice(['Monto', 'Total'])}: {sheet.amount(pay.amount)} Bs",
        f"{rng.choice(['Ref', 'Nro de referencia'])}: {sheet.put('referencia', pay.reference)}",
        f"Fecha: {sheet.date(pay.moment, rng.choice(['slash', 'hyphen']))}",
    ]
    inside = (
        f'<div class="t">{escape(rng.choice(FIRST_NAMES))} {rng.choice(["(cliente)", "Ventas", "Depósito"])}</div>'
        f'<div class="o">Buenas, ¿ya hizo el pago?<u>{clock}</u></div>'
        f'<div class="m"><i>Reenviado</i>{rng.choice(["Pago móvil realizado", "PAGO MÓVIL"])}<br>'
        f'{"<br>".join(lines)}<u>{clock}</u></div><div class="o">Recibido, gracias<u>{clock}</u></div>'
        '<div class="grow"></div>'
    )
    screen(sheet, rng, "background:#ece5dd", inside, "background:#054d44;color:#fff")
    return sheet


def corto(rng: random.Random, pay: Payment) -> Sheet:
    """A short message in the bank's own abbreviations, the newest of a thread."""
    sheet = Sheet("corto", "seen", None, "short-message")
    code = rng.choice(["0108", "0115", "0157"])
    name = title_case(BANKS[code][0])
    sheet.implied("banco_origen", code)
    sheet.css = """
    body { font-family: Inter; color: #111; }
    .m { background: #e9e9eb; border-radius: 18px; margin: 6px 64px 6px 14px; padding: 9px 13px;
      font: 400 16px/21.5px Inter; } .d { text-align: center; font: 500 11px/24px Inter; color: #8a8a8e; }
    """
    amount, phone = f"Bs {sheet.amount(pay.amount)}", sheet.phone(pay.phone)
    person, bank = sheet.national_id(pay, "tight"), sheet.bank("banco_destino", pay.bank_to, "code")
    reference = sheet.put("referencia", pay.reference)
    when = f"{sheet.date(pay.moment, 'slash')} {sheet.time(pay.moment, '24')}"
    told = rng.choice(
        [
            f"{name}: PM enviado {amount} Tlf {phone} CI {person} Bco {bank} Ref {reference} {when}",
            f"{name} informa: pagomovil por {amount} al {phone}, doc {person}, banco {bank}, "
            f"referencia {reference}, fecha {when}.",
        ]
    )
    inside = (
        f'<div style="text-align:center;padding:8px;font:600 14px Inter">{digits(rng, 4)}</div><div class="grow"></div>'
        f'<div class="m">{name}: su saldo disponible es Bs {rng.randint(1, 90)}.{rng.randint(100, 999)},'
        f'{rng.randint(10, 99)}</div><div class="d">Hoy</div><div class="m">{told}</div>'
    )
    screen(sheet, rng, "background:#fff", inside)
    return sheet


def apunte(rng: random.Random, pay: Payment) -> Sheet:
    """A note in which somebody wrote the payment down, word by word."""
    sheet = Sheet("apunte", "seen", None, "note")
    ground, ink = rng.choice([("#fff8c5", "#3b3200"), ("#1c1c1e", "#f5f5f7")])
    sheet.css = f"body {{ font-family: Roboto; color: {ink}; }} .n {{ padding: 8px 22px; font: 400 17px/26px Roboto; }}"
    lines = [
        f"{rng.choice(['Banco', 'Bco.'])} "
        f"{sheet.bank('banco_destino', pay.bank_to, rng.choice(['title', 'code-title']))}",
        f"{rng.choice(['Cel', 'Telf', 'Tlf'])} {sheet.phone(pay.phone, rng.choice(['plain', 'hyphen']))}",
        f"{rng.choice(['CI', 'Cédula'])} {sheet.national_id(pay, rng.choice(['tight', 'dots']))}",
        f"Monto {sheet.amount(pay.amount)} {rng.choice(['Bs', 'bolívares'])}",
        f"{rng.choice(['Ref', 'Referencia'])} {sheet.put('referencia', pay.reference)}",
        f"Fecha {sheet.date(pay.moment, rng.choice(['slash', 'hyphen']))}",
    ]
    inside = (
        f'<div class="row" style="padding:10px 18px;font:500 16px Roboto">{icon("chevron")}<span>Notas</span>'
        f'{icon("share")}</div><div class="n" style="font-weight:700">'
        f"{rng.choice(['Pago hecho', 'Pago móvil de hoy'])}</div>"
        f'<div class="n">{"<br>".join(lines)}</div><div class="grow"></div>'
    )
    screen(sheet, rng, f"background:{ground}", inside, f"color:{ink}")
    return sheet


APPS = {
    "sofitasa": sofitasa,
    "caroni": caroni,
    "aviso": aviso,
    "robot": robot,
    "reenviado": reenviado,
    "corto": corto,
    "apunte": apunte,
}
