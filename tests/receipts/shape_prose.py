"""Payments told in sentences: e-mails, certificates, large words."""

import random
from datetime import timedelta
from html import escape

from . import printed
from .people import BANKS, Payment, digits
from .sheet import Sheet, icon, picture, screen, title_case


def ene58(rng: random.Random, pay: Payment) -> Sheet:
    """A sentence in large letters says how much went to whom; two blocks of lines without labels below it."""
    sheet = Sheet("ene58", "seen", None, "told-and-blocks")
    sheet.css = """
    body { font-family: Poppins; color: #14213d; }
    .h { font: 600 23px/32px Poppins; padding: 20px 26px 16px; }
    .b { display: flex; gap: 16px; padding: 12px 26px; }
    .b i { width: 38px; height: 38px; border-radius: 12px; background: #e5e7eb; flex: none; display: flex;
      align-items: center; justify-content: center; }
    .b small { font: 400 12px/17px Poppins; color: #6b7280; display: block; }
    .b strong { font: 600 15px/21px Poppins; display: block; }
    .b span.x { font: 400 14px/20px Poppins; display: block; }
    """
    sheet.implied("banco_origen", "0178")
    amount = f"Bs. {sheet.amount(pay.amount)}"
    told = rng.choice([f"Enviaste {amount} por pago móvil", f"Le pagaste {amount}", f"Has enviado {amount}"])
    bank = sheet.bank("banco_destino", pay.bank_to, "title")
    number = rng.choice(["Referencia bancaria", "Número de referencia"])
    blocks = [
        (
            "bank",
            rng.choice(["Desde", "De"]),
            escape(pay.payer),
            [sheet.account("cuenta_origen", "0178" + digits(rng, 16), "bullets")],
        ),
        (
            "user",
            rng.choice(["Para", "Hacia"]),
            sheet.put("beneficiario", pay.name),
            [f"{bank}", sheet.phone(pay.phone, "hyphen"), sheet.national_id(pay, "hyphen")],
        ),
        (
            "calendar",
            rng.choice(["Fecha de operación", "Realizado el"]),
            f"{sheet.date(pay.moment, 'long')}, {sheet.time(pay.moment, '12dots')}",
            [],
        ),
        ("hash", number, sheet.put("referencia", pay.reference), []),
        ("note", rng.choice(["Concepto", "Motivo"]), sheet.put("concepto", pay.concept), []),
    ]
    body = ""
    for name, label, strong, more in blocks:
        lines = "".join(f'<span class="x">{line}</span>' for line in more)
        body += (
            f'<div class="b"><i>{icon(name, 18)}</i><div><small>{label}</small><strong>{strong}</strong>'
            f"{lines}</div></div>"
        )
    inside = (
        f'<div class="row" style="padding:10px 20px;font:600 15px Poppins">{icon("back")}<span>N58 Banco Digital</span>'
        f'{icon("share")}</div><div class="h">{told}</div>'
        f'<div class="grow" data-clip style="overflow:hidden">{body}</div>'
    )
    screen(sheet, rng, "background:#fafafa", inside)
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


def enviaste(rng: random.Random, pay: Payment) -> Sheet:
    """A sentence in large letters says whom and how much; details in a card below."""
    sheet = Sheet("enviaste", "seen", None, "headline")
    sheet.css = """
    body { font-family: Poppins; color: #22223b; }
    .h { font: 600 24px/33px Poppins; padding: 26px 24px 18px; }
    .c { background: #f2f2f7; border-radius: 16px; margin: 0 18px; padding: 8px 16px; }
    .c div { display: flex; justify-content: space-between; gap: 16px; padding: 7px 0; font: 400 14px/20px Poppins; }
    .c i { font-style: normal; color: #6b6b83; flex: none; } .c b { font-weight: 500; text-align: right; }
    """
    head = (
        f"{rng.choice(['Enviaste', 'Has enviado', 'Pagaste'])} Bs. {sheet.amount(pay.amount)} a "
        f"{sheet.put('beneficiario', pay.name)}"
    )
    rows = [
        (rng.choice(["Su banco", "Banco"]), sheet.bank("banco_destino", pay.bank_to, "title")),
        (rng.choice(["Su teléfono", "Teléfono"]), sheet.phone(pay.phone, "hyphen")),
        (rng.choice(["Su cédula", "Cédula"]), sheet.national_id(pay, "dots")),
        (rng.choice(["Tu cuenta", "Desde tu cuenta"]), sheet.account("cuenta_origen", digits(rng, 20), "stars")),
        (rng.choice(["Cuándo", "Fecha"]), f"{sheet.date(pay.moment, 'short')}, {sheet.time(pay.moment, '12')}"),
        (rng.choice(["Código de operación", "Referencia"]), sheet.put("referencia", pay.reference)),
    ]
    body = "".join(f"<div><i>{k}</i><b>{v}</b></div>" for k, v in rows)
    inside = (
        f'<div style="padding:10px 18px">{icon("back")}</div><div class="h">{head}</div><div class="c">{body}</div>'
        f'<div style="padding:16px 24px;font:400 12.5px/18px Poppins;color:#6b6b83">¿Algo no está bien? Escríbenos al '
        f'0412-{digits(rng, 7)}</div><div class="grow"></div>'
    )
    screen(sheet, rng, "background:#fff", inside)
    return sheet


def constancia(rng: random.Random, pay: Payment) -> Sheet:
    """A certificate: one long paragraph in the language of notaries."""
    sheet = Sheet("constancia", "seen", None, "certificate", medium="page")
    code = rng.choice(["0105", "0128", "0171"])
    bank = title_case(BANKS[code][0])
    sheet.implied("banco_origen", code)
    sheet.css = """
    body { font-family: "PT Serif"; color: #1a1a1a; background: #fff; }
    .p { padding: 12px 34px 20px; font: 400 15px/25px "PT Serif"; text-align: justify; }
    """
    told = (
        f"Por medio de la presente se hace constar que en fecha {sheet.date(pay.moment, 'long')}, a las "
        f"{sheet.time(pay.moment, '24')}, se ejecutó un pago móvil por la cantidad de Bs. "
        f"{sheet.amount(pay.amount)} a favor de "
        f"{sheet.put('beneficiario', pay.name)}, portador de la cédula de identidad "
        f"{sheet.national_id(pay, 'hyphen')}, "
        f"afiliado con el número de teléfono {sheet.phone(pay.phone, 'hyphen')} en "
        f"{sheet.bank('banco_destino', pay.bank_to, 'title')}, "
        f"quedando registrado bajo el número de referencia {sheet.put('referencia', pay.reference)}."
    )
    picture(
        sheet,
        rng,
        rng.choice([560, 620]),
        f"""<div style="padding:26px 34px 0;font:700 21px/30px 'PT Serif'">{bank}</div>
        <div style="text-align:center;font:700 17px/40px 'PT Serif'">CONSTANCIA DE PAGO</div>
        <div class="p">{told}</div><div class="p" style="font-size:12px;line-height:17px;color:#666">Constancia que se
        expide a petición de la parte interesada. {bank}, Rif: J-{digits(rng, 8)}-{digits(rng, 1)}.</div>""",
    )
    return sheet


def correo_ingles(rng: random.Random, pay: Payment) -> Sheet:
    """An American bank's e-mail about a payment to a person."""
    sheet = Sheet("correo-ingles", "seen", None, "english-mail", medium="page")
    sheet.css = """
    body { font-family: "Source Sans 3"; color: #22252b; background: #fff; }
    .p { padding: 0 30px; font: 400 16px/25px "Source Sans 3"; }
    """
    dollars = pay.amount % 800 + 6
    shown = sheet.amount(dollars, printed.money_english(dollars), "USD")
    who = sheet.put("beneficiario", pay.name)
    ending = digits(rng, 4)
    account = sheet.put("cuenta_origen", f"...{ending}", f"****{ending}")
    told = rng.choice(
        [
            f"You sent ${shown} to {who} on {sheet.date(pay.moment, 'english')}.",
            f"Your payment of ${shown} to {who} was sent on {sheet.date(pay.moment, 'english')}.",
        ]
    )
    rows = (
        f"From: Checking {account}<br>"
        f"{rng.choice(['Confirmation', 'Confirmation number'])}: {sheet.put('referencia', pay.reference)}<br>"
        f"{rng.choice(['Memo', 'Message'])}: {sheet.put('concepto', pay.concept)}"
    )
    picture(
        sheet,
        rng,
        rng.choice([520, 600]),
        f"""<div style="padding:22px 30px 8px;font:700 22px/30px 'Source Sans 3'">Payment sent</div>
        <div class="p">Hi {escape(pay.payer.split()[0])},<br>{told}<br><br>{rows}</div>
        <div style="padding:18px 30px 24px;font:400 12.5px/18px 'Source Sans 3';color:#6b7280">Didn't make this payment?
        Call us at 1-800-555-01{digits(rng, 2)}. Member FDIC.</div>""",
    )
    return sheet


def correo_tabla(rng: random.Random, pay: Payment) -> Sheet:
    """A Spanish e-mail with a table, its head with sender and hour, its foot with telephones."""
    sheet = Sheet("correo-tabla", "seen", None, "mail-table", medium="page")
    sheet.css = """
    body { font-family: Mulish; color: #263238; background: #fff; }
    table { border-collapse: collapse; margin: 6px 26px; } td { border: 1px solid #cfd8dc; padding: 6px 12px;
      font: 400 14px/20px Mulish; } td:first-child { background: #f5f7f8; font-weight: 700; }
    """
    code = rng.choice(["0108", "0114", "0174"])
    bank = title_case(BANKS[code][0])
    sheet.implied("banco_origen", code)
    rows = [
        (rng.choice(["Fecha y hora de la operación", "Fecha y hora"]),
         f"{sheet.date(pay.moment, 'slash')} {sheet.time(pay.moment, '12')}"),
        (rng.choice(["Monto debitado", "Monto de la operación"]), f"Bs. {sheet.amount(pay.amount)}"),
        (rng.choice(["Nombre del beneficiario", "Beneficiario"]), sheet.put("beneficiario", pay.name)),
        (rng.choice(["Cédula o RIF del beneficiario", "Identificación"]), sheet.national_id(pay, "hyphen")),
        (rng.choice(["Teléfono del beneficiario", "Celular destino"]), sheet.phone(pay.phone)),
        (rng.choice(["Banco del beneficiario", "Banco destino"]), sheet.bank("banco_destino", pay.bank_to, "legal")),
        (rng.choice(["Número de operación", "Referencia"]), sheet.put("referencia", pay.reference)),
    ]  # fmt: skip
    body = "".join(f"<tr><td>{k}</td><td>{v}</td></tr>" for k, v in rows)
    picture(
        sheet,
        rng,
        rng.choice([600, 660]),
        f"""<div style="padding:18px 26px 4px;font:400 12.5px/18px Mulish;color:#78909c">{bank}
        &lt;notificaciones@buzon.example&gt; ·
        {printed.date(pay.moment, "slash")} {(pay.moment.hour + 1) % 24:02}:07</div>
        <div style="padding:4px 26px 8px;font:400 15px/23px Mulish">Estimado(a) {escape(pay.payer)},
        le informamos que su pago móvil fue procesado:</div><table>{body}</table>
        <div style="padding:10px 26px 22px;font:400 12px/17px Mulish;color:#78909c">¿Dudas? Centro de atención
        0501-{digits(rng, 7)} / 0212-{digits(rng, 7)}. {bank}, RIF J-{digits(rng, 8)}-{digits(rng, 1)}</div>""",
    )
    return sheet


APPS = {
    "ene58": ene58,
    "prosa": prosa,
    "enviaste": enviaste,
    "constancia": constancia,
    "correo-ingles": correo_ingles,
    "correo-tabla": correo_tabla,
}
