"""More apps that were unseen until their misses had been looked at, after those of `apps_former_5.py`."""

import random
from html import escape

from . import printed
from .people import BANKS, Payment, digits
from .sheet import Sheet, icon, picture, screen, title_case


def pasos(rng: random.Random, pay: Payment) -> Sheet:
    """A line of steps with their hours, then the details."""
    sheet = Sheet("pasos", "seen", None, "steps")
    sheet.css = """
    body { font-family: Inter; color: #102027; }
    .t { padding: 4px 26px; font: 500 14.5px/22px Inter; border-left: 3px solid #26a69a; margin-left: 26px; }
    .t small { display: block; color: #78909c; font: 400 12px/17px Inter; }
    .r { padding: 6px 24px; display: flex; justify-content: space-between; font: 400 15px/21px Inter; gap: 14px; }
    .r i { font-style: normal; color: #607d8b; flex: none; } .r b { font-weight: 600; text-align: right; }
    """
    code = rng.choice(["0102", "0138", "0172"])
    sheet.implied("banco_origen", code)
    when = f"{sheet.date(pay.moment, 'slash')} {sheet.time(pay.moment, '24')}"
    rows = [
        (rng.choice(["Monto enviado", "Monto"]), f"Bs. {sheet.amount(pay.amount)}"),
        (rng.choice(["Persona", "Receptor"]), sheet.put("beneficiario", pay.name)),
        (rng.choice(["C.I.", "Cédula o RIF"]), sheet.national_id(pay, "hyphen")),
        (rng.choice(["Móvil", "Número móvil"]), sheet.phone(pay.phone, "hyphen")),
        (rng.choice(["Entidad bancaria", "Banco"]), sheet.bank("banco_destino", pay.bank_to, "title")),
        (rng.choice(["Localizador", "Nº de referencia"]), sheet.put("referencia", pay.reference)),
    ]
    body = "".join(f'<div class="r"><i>{k}</i><b>{v}</b></div>' for k, v in rows)
    inside = (
        f'<div style="padding:14px 24px;font:700 18px/26px Inter">{title_case(BANKS[code][0])}</div>'
        f'<div class="t">Enviado<small>{when}</small></div><div class="t">Procesado por la cámara</div>'
        f'<div class="t">Acreditado al receptor</div><div style="height:14px"></div>{body}<div class="grow"></div>'
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


def inmediato(rng: random.Random, pay: Payment) -> Sheet:
    """An immediate credit to an account of another bank: whole account numbers, label above value."""
    sheet = Sheet("inmediato", "seen", None, "immediate-credit")
    sheet.css = """
    body { font-family: "Open Sans"; color: #f1f5f9; }
    .f { padding: 7px 24px; font: 600 15px/21px "Open Sans"; }
    .f small { display: block; font: 400 12px/17px "Open Sans"; color: #94a3b8; }
    """
    code = rng.choice(["0105", "0134", "0191"])
    fields = [
        (rng.choice(["Cuenta debitada", "Desde la cuenta"]),
         sheet.account("cuenta_origen", code + digits(rng, 16), "bank-mask")),
        (rng.choice(["Cuenta acreditada", "A la cuenta"]),
         sheet.account("cuenta_destino", pay.bank_to + digits(rng, 16), rng.choice(["plain", "hyphens"]))),
        (rng.choice(["Titular de la cuenta", "Nombre del beneficiario"]), sheet.put("beneficiario", pay.name)),
        (rng.choice(["Documento del titular", "Cédula/RIF del beneficiario"]), sheet.national_id(pay, "tight")),
        (rng.choice(["Monto", "Monto del crédito"]), f"Bs {sheet.amount(pay.amount)}"),
        (rng.choice(["Concepto", "Descripción"]), sheet.put("concepto", pay.concept)),
        (rng.choice(["Fecha de ejecución", "Fecha"]), sheet.date(pay.moment, "hyphen")),
        (rng.choice(["Referencia", "Nro. de confirmación"]), sheet.put("referencia", pay.reference)),
    ]  # fmt: skip
    body = "".join(f'<div class="f"><small>{k}</small>{v}</div>' for k, v in fields)
    inside = (
        f"<div style=\"padding:16px 24px 6px;font:700 18px/26px 'Open Sans'\">Crédito inmediato</div>{body}"
        '<div class="grow"></div><div style="margin:0 24px '
        "14px;border-radius:10px;background:#0ea5e9;text-align:center;"
        "font:600 15px/46px 'Open Sans'\">Descargar PDF</div>"
    )
    screen(sheet, rng, "background:#0f172a", inside, "color:#f1f5f9")
    return sheet


def zelle_espanol(rng: random.Random, pay: Payment) -> Sheet:
    """An American bank's app in Spanish: dollars, payee by e-mail or phone abroad."""
    sheet = Sheet("zelle-espanol", "seen", None, "dollars-in-spanish")
    sheet.css = """
    body { font-family: "Source Sans 3"; color: #1b1b3a; }
    .r { padding: 10px 24px; border-bottom: 1px solid #ececf4; font: 400 16px/22px "Source Sans 3"; }
    .r small { display: block; color: #6c6c8a; font: 400 13px/18px "Source Sans 3"; }
    """
    dollars = pay.amount % 600 + 9
    shown = sheet.amount(dollars, printed.money_english(dollars), "USD")
    rows = [
        (rng.choice(["Destinatario", "Enviado a"]), sheet.put("beneficiario", rng.choice([pay.name, pay.email]))),
        (rng.choice(["Monto", "Cantidad enviada"]), f"${shown}"),
        (rng.choice(["De la cuenta", "Desde"]), "Cheques " + sheet.account("cuenta_origen", digits(rng, 10), "stars")),
        (rng.choice(["Fecha de envío", "Fecha"]), sheet.date(pay.moment, "long")),
        (rng.choice(["Número de confirmación", "N.º de confirmación"]), sheet.put("referencia", pay.reference)),
    ]
    if rng.random() < 0.5:
        rows.append(("Nota", sheet.put("concepto", pay.concept)))
    body = "".join(f'<div class="r"><small>{k}</small>{v}</div>' for k, v in rows)
    inside = (
        f"<div style=\"padding:18px 24px;font:700 21px/29px 'Source Sans 3'\">"
        f"{rng.choice(['¡Listo! Dinero enviado', 'Su pago fue enviado'])}</div>{body}"
        "<div style=\"padding:14px 24px;font:400 12.5px/18px 'Source Sans 3';color:#6c6c8a\">Los fondos suelen estar "
        'disponibles en minutos. Límite diario $2,500.00.</div><div class="grow"></div>'
    )
    screen(sheet, rng, "background:#fff", inside)
    return sheet


def enumerado(rng: random.Random, pay: Payment) -> Sheet:
    """A numbered list with the question and the answer in each row."""
    sheet = Sheet("enumerado", "seen", None, "numbered")
    sheet.css = """
    body { font-family: Rubik; color: #2b2d42; background: #fff; }
    .l { padding: 5px 22px; font: 400 15px/22px Rubik; } .l b { font-weight: 500; }
    """
    code = rng.choice(["0104", "0163", "0169"])
    sheet.implied("banco_origen", code)
    lines = [
        f"{rng.choice(['Fecha', 'Fecha del pago'])}: <b>{sheet.date(pay.moment, 'slash')}</b>",
        f"{rng.choice(['Banco destino', 'Banco'])}: <b>{sheet.bank('banco_destino', pay.bank_to, 'code-hyphen')}</b>",
        f"{rng.choice(['Teléfono destino', 'Celular'])}: <b>{sheet.phone(pay.phone, 'hyphen')}</b>",
        f"{rng.choice(['Cédula destino', 'Identidad'])}: <b>{sheet.national_id(pay, 'hyphen')}</b>",
        f"{rng.choice(['Monto', 'Importe'])}: <b>{sheet.amount(pay.amount)} Bs.</b>",
        f"{rng.choice(['Referencia', 'Operación nro.'])}: <b>{sheet.put('referencia', pay.reference)}</b>",
    ]
    body = "".join(f'<div class="l">{number}. {line}</div>' for number, line in enumerate(lines, 1))
    picture(
        sheet,
        rng,
        rng.choice([360, 400]),
        f"""<div style="padding:18px 22px 2px;font:700 18px/26px Rubik">{title_case(BANKS[code][0])}</div>
        <div style="padding:0 22px 8px;font:400 14px/20px Rubik">Resumen de su pago móvil</div>{body}
        <div style="height:16px"></div>""",
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


def medio_punto(rng: random.Random, pay: Payment) -> Sheet:
    """Few lines: amount, person and hour in one row each with dots between, details folded in."""
    sheet = Sheet("medio-punto", "seen", None, "dense-rows")
    sheet.css = """
    body { font-family: Manrope; color: #14213d; }
    .c { background: #f3f6fb; border-radius: 18px; margin: 12px 16px; padding: 16px 18px; font: 500 15px/25px Manrope; }
    """
    code = rng.choice(["0115", "0151", "0175"])
    sheet.implied("banco_origen", code)
    inside = (
        f'<div style="padding:16px 20px 2px;font:800 19px/27px Manrope">{title_case(BANKS[code][0])}</div>'
        f'<div style="padding:0 20px;font:500 14px/20px Manrope;color:#5c677d">Pago móvil · '
        f"{sheet.date(pay.moment, 'short')} · {sheet.time(pay.moment, '24')}</div>"
        f'<div class="c" style="font:800 30px/42px Manrope">Bs. {sheet.amount(pay.amount)}</div>'
        f'<div class="c">Para {sheet.put("beneficiario", pay.name)}<br>{sheet.phone(pay.phone, "hyphen")}<br>'
        f"{sheet.national_id(pay, 'hyphen')}<br>{sheet.bank('banco_destino', pay.bank_to, 'title')}</div>"
        f'<div class="c">Referencia {sheet.put("referencia", pay.reference)}<br>'
        f"Comisión Bs. {sheet.commission(pay.commission)}</div>"
        '<div class="grow"></div>'
    )
    screen(sheet, rng, "background:#fff", inside)
    return sheet


def verde(rng: random.Random, pay: Payment) -> Sheet:
    """Value at the left in bold, its name at the right in grey: the other way round."""
    sheet = Sheet("verde", "seen", None, "label-right")
    sheet.css = """
    body { font-family: Poppins; color: #1b4332; }
    .h { background: #2d6a4f; color: #fff; padding: 20px 22px; font: 600 19px/27px Poppins; }
    .r { display: flex; justify-content: space-between; padding: 9px 22px; font: 500 15px/21px Poppins; gap: 12px;
      border-bottom: 1px solid #e9f5ee; } .r i { font: 400 12.5px/21px Poppins; color: #74937f; flex: none; }
    """
    code = rng.choice(["0128", "0137", "0166"])
    sheet.implied("banco_origen", code)
    rows = [
        (f"Bs. {sheet.amount(pay.amount)}", "monto"),
        (sheet.put("beneficiario", pay.name), "beneficiario"),
        (sheet.national_id(pay, "hyphen"), "cédula"),
        (sheet.phone(pay.phone, "hyphen"), "teléfono"),
        (sheet.bank("banco_destino", pay.bank_to, "title"), "banco"),
        (sheet.date(pay.moment, "slash"), "fecha"),
        (sheet.put("referencia", pay.reference), "referencia"),
    ]
    body = "".join(f'<div class="r"><span>{v}</span><i>{k}</i></div>' for v, k in rows)
    inside = (
        f'<div class="h">{title_case(BANKS[code][0])}<div style="font:400 14px/21px Poppins">Pago móvil '
        f"exitoso</div></div>"
        f'{body}<div class="grow"></div>'
    )
    screen(sheet, rng, "background:#fff", inside)
    return sheet


def pdf(rng: random.Random, pay: Payment) -> Sheet:
    """A document for printing, two pairs of label and value in each row."""
    sheet = Sheet("pdf", "seen", None, "two-pairs", medium="page")
    sheet.css = """
    body { font-family: "Noto Sans"; color: #222; background: #fff; }
    .g { display: grid; grid-template-columns: 150px 1fr 150px 1fr; gap: 9px 10px; padding: 14px 26px 24px;
      font: 400 13px/18px "Noto Sans"; } .g b { font-weight: 700; }
    """
    code = rng.choice(["0102", "0156", "0171"])
    sheet.implied("banco_origen", code)
    cells = [
        ("Fecha:", sheet.date(pay.moment, "slash")),
        ("Hora:", sheet.time(pay.moment, "24s")),
        (rng.choice(["Nro. de control:", "Referencia:"]), sheet.put("referencia", pay.reference)),
        ("Canal:", "Pago móvil"),
        ("Beneficiario:", sheet.put("beneficiario", pay.name)),
        ("Cédula / RIF:", sheet.national_id(pay, "hyphen")),
        ("Banco:", sheet.bank("banco_destino", pay.bank_to, "title")),
        ("Teléfono:", sheet.phone(pay.phone)),
        ("Monto Bs.:", sheet.amount(pay.amount)),
        ("Comisión Bs.:", sheet.commission(pay.commission)),
    ]
    body = "".join(f"<b>{k}</b><span>{v}</span>" for k, v in cells)
    picture(
        sheet,
        rng,
        rng.choice([660, 720]),
        f"""<div style="padding:18px 26px 0;font:700 19px/27px 'Noto Sans'">{title_case(BANKS[code][0])}</div>
        <div style="padding:0 26px;font:400 13px/20px 'Noto Sans'">Comprobante electrónico. Impreso el
        {printed.date(pay.moment, "slash")} {(pay.moment.hour + 2) % 24:02}:40</div><div class="g">{body}</div>""",
    )
    return sheet


def recibimos(rng: random.Random, pay: Payment) -> Sheet:
    """A shop's page after its payment button: the shop's name, an order number beside the bank's reference."""
    sheet = Sheet("recibimos", "seen", None, "checkout")
    sheet.css = """
    body { font-family: Ubuntu; color: #2f2f2f; background: #fff; }
    .r { display: flex; justify-content: space-between; padding: 7px 22px; font: 400 14.5px/21px Ubuntu; gap: 14px; }
    .r b { text-align: right; }
    """
    order = f"#{rng.randint(1000, 9999)}"
    rows = [
        ("Pedido", order),
        (rng.choice(["Comercio", "Pagado a"]), sheet.put("beneficiario", pay.name)),
        (rng.choice(["RIF", "Cédula / RIF"]), sheet.national_id(pay, "hyphen")),
        ("Forma de pago", "Pago móvil"),
        (rng.choice(["Banco receptor", "Banco"]), sheet.bank("banco_destino", pay.bank_to, "code-title")),
        (rng.choice(["Teléfono receptor", "Teléfono"]), sheet.phone(pay.phone, "hyphen")),
        (rng.choice(["Monto pagado", "Total pagado"]), f"Bs. {sheet.amount(pay.amount)}"),
        (rng.choice(["Referencia bancaria", "Nro. de referencia"]), sheet.put("referencia", pay.reference)),
        ("Fecha", f"{sheet.date(pay.moment, 'slash')} {sheet.time(pay.moment, '12')}"),
    ]
    body = "".join(f'<div class="r"><span>{k}</span><b>{v}</b></div>' for k, v in rows)
    picture(
        sheet,
        rng,
        rng.choice([370, 410]),
        f"""<div style="padding:20px 22px 4px;font:700 20px/28px Ubuntu">¡Recibimos tu pago!</div>
        <div style="padding:0 22px 10px;font:400 14px/20px Ubuntu">Lo confirmaremos con el banco.</div>{body}
        <div style="height:18px"></div>""",
    )
    return sheet


APPS = {
    "pasos": pasos,
    "apunte": apunte,
    "inmediato": inmediato,
    "zelle-espanol": zelle_espanol,
    "enumerado": enumerado,
    "correo-tabla": correo_tabla,
    "medio-punto": medio_punto,
    "verde": verde,
    "pdf": pdf,
    "recibimos": recibimos,
}
