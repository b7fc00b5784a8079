"""More apps that were unseen until their misses had been looked at, after those of `apps_former_2.py`."""

import random
from datetime import timedelta
from html import escape

from . import printed
from .people import BANKS, FIRST_NAMES, LAST_NAMES, Payment, digits
from .sheet import Sheet, icon, picture, screen, title_case


def other_amount(rng: random.Random) -> str:
    return f"{rng.randint(1, 900)}.{rng.randint(100, 999)},{rng.randint(0, 99):02}"


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


def libreta(rng: random.Random, pay: Payment) -> Sheet:
    """The account's history, one movement opened among others."""
    sheet = Sheet("libreta", "seen", None, "history")
    code = rng.choice(["0104", "0138", "0171"])
    sheet.implied("banco_origen", code)
    sheet.css = """
    body { font-family: "Open Sans"; color: #24313f; }
    .t { font: 700 19px/44px "Open Sans"; padding: 0 16px; background: #eaf0f6; }
    .m { display: flex; justify-content: space-between; padding: 10px 16px; border-bottom: 1px solid #e3e9ef;
      font: 400 14px/20px "Open Sans"; } .m small { display: block; color: #7a8794; font-size: 12px; }
    .o { background: #f7fbff; padding: 6px 16px 12px 28px; font: 400 13.5px/23px "Open Sans"; }
    .o div { display: flex; justify-content: space-between; gap: 14px; } .o i { font-style: normal; color: #6d7b88; }
    """
    account = sheet.account("cuenta_origen", code + digits(rng, 16), rng.choice(["bank-mask", "long-mask"]))

    def movement(days: int, what: str) -> str:
        day = pay.moment - timedelta(days=days)
        return (
            f'<div class="m"><span>{what}<small>{printed.date(day, "slash")}</small></span>'
            f"<span>-{other_amount(rng)}</span></div>"
        )

    details = [
        (rng.choice(["Nro. de documento", "Documento N°"]), sheet.put("referencia", pay.reference)),
        (rng.choice(["Beneficiario", "A nombre de"]), sheet.put("beneficiario", pay.name)),
        (rng.choice(["C.I./RIF", "Cédula/RIF"]), sheet.national_id(pay, "hyphen")),
        ("Banco", sheet.bank("banco_destino", pay.bank_to, "code-title")),
        (rng.choice(["Teléfono", "Tlf. destino"]), sheet.phone(pay.phone, "hyphen")),
    ]
    if rng.random() < 0.6:
        details.append(("Hora", sheet.time(pay.moment, "12")))
    if rng.random() < 0.5:
        details.append((rng.choice(["Descripción", "Concepto"]), sheet.put("concepto", pay.concept)))
    rng.shuffle(details)
    opened = "".join(f"<div><i>{label}</i><span>{value}</span></div>" for label, value in details)
    inside = (
        f'<div class="t">{title_case(BANKS[code][0])}</div>'
        f'<div class="m"><span>Cuenta corriente<small>{account}</small></span>'
        f"<span>Disponible<small>Bs. {other_amount(rng)}</small></span></div>"
        f"{movement(-1, 'Compra punto de venta')}"
        f'<div class="m" style="border:0;background:#f7fbff"><span>Pago móvil enviado'
        f"<small>{sheet.date(pay.moment, 'slash')}</small></span><span>-{sheet.amount(pay.amount)}</span></div>"
        f'<div class="o">{opened}</div>{movement(2, "Comisión mensual")}{movement(3, "Retiro cajero")}'
        '<div class="grow"></div>'
    )
    screen(sheet, rng, "background:#fff", inside)
    return sheet


def puntos(rng: random.Random, pay: Payment) -> Sheet:
    """Label and value on one line with dots that lead from one to the other, in a mono font."""
    sheet = Sheet("puntos", "seen", None, "leaders")
    ink, ground = rng.choice([("#1d1d1f", "#fffef8"), ("#e7f5ee", "#10241b")])
    sheet.css = f"""
    body {{ font-family: "Roboto Mono"; color: {ink}; background: {ground}; }}
    .h {{ font: 700 17px/26px "Roboto Mono"; text-align: center; padding: 20px 20px 0; }}
    .s {{ font: 400 12.5px/20px "Roboto Mono"; text-align: center; padding-bottom: 14px; opacity: .75; }}
    .l {{ display: flex; font: 400 13px/24px "Roboto Mono"; padding: 0 18px; white-space: nowrap; }}
    .l u {{ flex: 1; overflow: hidden; text-decoration: none; opacity: .6; }}
    """
    code = rng.choice(["0168", "0169", "0174"])
    sheet.implied("banco_origen", code)
    lines = [
        (rng.choice(["Fecha", "Fecha y hora"]), f"{sheet.date(pay.moment, 'hyphen')} {sheet.time(pay.moment, '24s')}"),
        (rng.choice(["N° operación", "Referencia"]), sheet.put("referencia", pay.reference)),
        (rng.choice(["Importe Bs", "Monto Bs"]), sheet.amount(pay.amount)),
        (rng.choice(["Gasto", "Comisión Bs"]), sheet.commission(pay.commission)),
        (rng.choice(["Banco", "Bco. destino"]), sheet.bank("banco_destino", pay.bank_to, "code")),
        (rng.choice(["Celular", "Móvil destino"]), sheet.phone(pay.phone, "plain")),
        (rng.choice(["Identificación", "CI destino"]), sheet.national_id(pay, "tight")),
    ]
    body = "".join(f'<div class="l"><span>{k}</span><u>{"." * 60}</u><span>{v}</span></div>' for k, v in lines)
    picture(
        sheet,
        rng,
        rng.choice([360, 390]),
        f"""<div class="h">{title_case(BANKS[code][0])}</div><div class="s">PAGO MÓVIL INTERBANCARIO</div>{body}
        <div class="s" style="padding:16px 20px 24px">Atención al cliente 0500-{digits(rng, 7)}<br>
        RIF J-{digits(rng, 8)}-{digits(rng, 1)}</div>""",
    )
    return sheet


def prosa(rng: random.Random, pay: Payment) -> Sheet:
    """A bank's e-mail: greeting to the payer, a paragraph that tells the payment, a footer full of other numbers."""
    sheet = Sheet("prosa", "seen", None, "e-mail", medium="page")
    code = rng.choice(["0114", "0137", "0163"])
    bank = title_case(BANKS[code][0])
    sheet.implied("banco_origen", code)
    sheet.css = """
    body { font-family: Mulish; color: #222; background: #fff; }
    .e { padding: 22px 28px; font: 400 15px/24px Mulish; } .q { color: #777; font: 400 13px/20px Mulish; }
    .f { background: #f1f3f5; padding: 14px 28px; font: 400 12px/18px Mulish; color: #666; }
    """
    told = rng.choice(
        [
            "Te informamos que el {date} a las {time} realizaste un pago móvil por Bs. {amount} a favor de {name}, "
            "titular de la cédula {person}, al teléfono {phone} del {bank}. El número de referencia es {reference}.",
            "Hemos procesado tu pago móvil del {date} ({time}). Enviaste Bs. {amount} a {name} ({person}), "
            "teléfono {phone}, {bank}. Referencia: {reference}.",
        ]
    ).format(
        date=sheet.date(pay.moment, rng.choice(["slash", "long"])),
        time=sheet.time(pay.moment, rng.choice(["12", "24"])),
        amount=sheet.amount(pay.amount),
        name=sheet.put("beneficiario", pay.name),
        person=sheet.national_id(pay, "hyphen"),
        phone=sheet.phone(pay.phone, "hyphen"),
        bank=sheet.bank("banco_destino", pay.bank_to, "title"),
        reference=sheet.put("referencia", pay.reference),
    )
    later = pay.moment + timedelta(minutes=2)
    picture(
        sheet,
        rng,
        rng.choice([560, 640]),
        f"""<div class="e"><div style="font:700 20px/30px Mulish">Notificación de pago</div>
        <div class="q">{bank} &lt;avisos@correo.example&gt;<br>{printed.date(later, "short")} {later:%H:%M}<br>
        Para: {escape(pay.payer.split()[0].lower())}@mail.example</div><br>Hola, {escape(pay.payer)}:<br><br>{told}
        <br><br>Gracias por usar nuestros canales digitales.</div>
        <div class="f">{bank} C.A., RIF J-{digits(rng, 8)}-{digits(rng, 1)}. Si no reconoces esta operación llámanos
        al 0212-{digits(rng, 7)} o al 0501-{digits(rng, 7)}. Nunca te pediremos claves por teléfono.</div>""",
    )
    return sheet


def nube(rng: random.Random, pay: Payment) -> Sheet:
    """A wallet: the amount large in the middle, the person below it, then pairs with the value over its caption."""
    sheet = Sheet("nube", "seen", None, "captions-below")
    dark = rng.random() < 0.5
    ground, ink, soft = ("#15131d", "#f4f1ff", "#9d96b5") if dark else ("#faf9ff", "#221a3a", "#8a84a0")
    sheet.css = f"""
    body {{ font-family: Rubik; color: {ink}; }}
    .a {{ font: 600 38px/52px Rubik; text-align: center; }} .p {{ font: 500 18px/26px Rubik; text-align: center; }}
    .g {{ display: grid; grid-template-columns: 1fr 1fr; gap: 18px 10px; padding: 26px 26px; }}
    .g b {{ display: block; font: 500 16px/22px Rubik; }} .g small {{ font: 400 12.5px/17px Rubik; color: {soft}; }}
    """
    cells = [
        (sheet.bank("banco_destino", pay.bank_to, "title"), rng.choice(["Banco", "Banco destino"])),
        (sheet.phone(pay.phone, rng.choice(["hyphen", "spaces"])), rng.choice(["Teléfono", "Celular"])),
        (sheet.national_id(pay, "dots"), rng.choice(["Cédula", "Documento"])),
        (sheet.put("referencia", pay.reference), rng.choice(["Referencia", "N° de referencia"])),
        (sheet.date(pay.moment, rng.choice(["short", "slash"])), "Fecha"),
        (sheet.time(pay.moment, rng.choice(["12", "12dots"])), "Hora"),
    ]
    if rng.random() < 0.5:
        cells.append((sheet.put("concepto", pay.concept), rng.choice(["Nota", "Concepto"])))
    grid = "".join(f"<div><b>{value}</b><small>{caption}</small></div>" for value, caption in cells)
    who = sheet.put("beneficiario", pay.name)
    inside = (
        f'<div style="padding:14px 18px">{icon("close")}</div>'
        f'<div class="p" style="color:{soft};font-size:15px">{rng.choice(["Enviaste", "Dinero enviado"])}</div>'
        f'<div class="a">Bs. {sheet.amount(pay.amount)}</div><div class="p">a {who}</div>'
        f'<div class="g">{grid}</div><div class="grow"></div>'
        '<div style="margin:0 20px 14px;border-radius:26px;background:#7c4dff;color:#fff;text-align:center;'
        'font:500 16px/50px Rubik">Compartir comprobante</div>'
    )
    screen(sheet, rng, f"background:{ground}", inside, f"color:{ink}")
    return sheet


def cruce(rng: random.Random, pay: Payment) -> Sheet:
    """Two cards side by side, from whom and to whom, with an arrow between; the rest below."""
    sheet = Sheet("cruce", "seen", None, "two-cards")
    sheet.css = """
    body { font-family: Poppins; color: #1b2a33; }
    .w { display: flex; gap: 10px; padding: 16px 14px; } .c { flex: 1; background: #f0f6f4; border-radius: 14px;
      padding: 12px; font: 400 13px/20px Poppins; min-width: 0; } .c b { font: 600 14px/22px Poppins; display: block; }
    .c small { color: #6a7d78; font: 400 11.5px/17px Poppins; display: block; }
    .r { display: flex; justify-content: space-between; padding: 7px 20px; font: 400 14px/20px Poppins; }
    """
    code = pay.bank_from
    account = sheet.account("cuenta_origen", code + digits(rng, 16), "bank-mask")
    origin = (
        f"<small>{rng.choice(['Desde', 'Origen'])}</small><b>{escape(pay.payer)}</b>"
        f"{sheet.bank('banco_origen', code, 'title')}<br>{account}"
    )
    target = (
        f"<small>{rng.choice(['Hacia', 'Destino'])}</small><b>{sheet.put('beneficiario', pay.name)}</b>"
        f"{sheet.bank('banco_destino', pay.bank_to, 'title')}<br>{sheet.phone(pay.phone)}<br>"
        f"{sheet.national_id(pay, 'hyphen')}"
    )
    rows = [
        (rng.choice(["Monto", "Monto del pago"]), f"Bs {sheet.amount(pay.amount)}"),
        ("Comisión", f"Bs {sheet.commission(pay.commission)}"),
        (rng.choice(["Total debitado", "Total"]), f"Bs {printed.money(pay.total)}"),
        (rng.choice(["Ref.", "Referencia"]), sheet.put("referencia", pay.reference)),
        ("Fecha", f"{sheet.date(pay.moment, 'slash')} - {sheet.time(pay.moment, '12')}"),
    ]
    body = "".join(f'<div class="r"><span>{k}</span><b>{v}</b></div>' for k, v in rows)
    inside = (
        f'<div style="text-align:center;font:600 20px/30px Poppins;padding:22px 20px 4px">'
        f"{rng.choice(['¡Listo! Pago enviado', 'Pago móvil realizado'])}</div>"
        f'<div class="w"><div class="c">{origin}</div><div class="c">{target}</div></div>{body}'
        '<div class="grow"></div>'
    )
    screen(sheet, rng, "background:#fff", inside)
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


def union(rng: random.Random, pay: Payment) -> Sheet:
    """An American credit union, in English: a transfer to a person, in dollars."""
    sheet = Sheet("union", "seen", None, "english")
    sheet.css = """
    body { font-family: Inter; color: #13294b; }
    .r { padding: 11px 22px; border-bottom: 1px solid #e5e7eb; font: 400 15px/21px Inter; }
    .r small { display: block; color: #6b7280; font: 400 12.5px/18px Inter; }
    """
    rows = [
        (rng.choice(["Recipient", "Sent to"]), sheet.put("beneficiario", rng.choice([pay.name, pay.email]))),
        (rng.choice(["From account", "Withdrawn from"]), "Free Checking "
         + sheet.account("cuenta_origen", digits(rng, 10), rng.choice(["stars", "bullets"]))),
        (rng.choice(["Sent on", "Date"]), sheet.date(pay.moment, rng.choice(["english", "english-short"]))),
        (rng.choice(["Confirmation #", "Transaction ID"]), sheet.put("referencia", pay.reference)),
    ]  # fmt: skip
    if rng.random() < 0.6:
        rows.append((rng.choice(["Memo", "Note"]), sheet.put("concepto", pay.concept)))
    rows.append(("Fee", sheet.put("comision", "$0.00", "0.00")))
    dollars = pay.amount % 900 + 5
    shown = sheet.amount(dollars, printed.money_english(dollars), "USD")
    body = "".join(f'<div class="r"><small>{k}</small>{v}</div>' for k, v in rows)
    inside = (
        f'<div style="text-align:center;padding:20px;font:600 19px/28px Inter">'
        f"{rng.choice(['Payment scheduled', 'Money sent'])}</div>"
        f'<div style="text-align:center;font:700 36px/46px Inter;padding-bottom:14px">${shown}</div>{body}'
        '<div style="padding:14px 22px;font:400 12px/18px Inter;color:#6b7280">Available balance after this payment '
        f"${rng.randint(1, 9)},{rng.randint(100, 999)}.{rng.randint(0, 99):02}. Questions? Call (800) 555-01"
        f'{digits(rng, 2)}.</div><div class="grow"></div>'
    )
    screen(sheet, rng, "background:#fff", inside)
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


APPS = {
    "aviso": aviso,
    "libreta": libreta,
    "puntos": puntos,
    "prosa": prosa,
    "nube": nube,
    "cruce": cruce,
    "turno": turno,
    "union": union,
    "bio": bio,
    "robot": robot,
}
