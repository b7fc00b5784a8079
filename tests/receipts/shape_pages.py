"""Pages of the web and documents for printing: tables, forms, several columns."""

import random
from html import escape

from . import printed
from .people import BANKS, Payment, digits
from .sheet import Sheet, picture, screen, title_case


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


def agricola(rng: random.Random, pay: Payment) -> Sheet:
    """A web page's confirmation: a table of four columns, label, value, label, value."""
    sheet = Sheet("agricola", "seen", None, "web-four-columns", medium="page")
    sheet.css = """
    body { font-family: "Open Sans"; color: #222; background: #fff; }
    .n { background: #1b5e20; color: #fff; font: 600 19px/56px "Open Sans"; padding: 0 40px; }
    table { border-collapse: collapse; margin: 18px 40px; width: 920px; }
    td { border: 1px solid #cfd8dc; padding: 9px 12px; font: 400 15px/21px "Open Sans"; width: 28%; }
    td.l { background: #f1f8e9; font-weight: 600; width: 22%; }
    """
    sheet.implied("banco_origen", "0166")
    cells = [
        ("Cuenta origen", sheet.account("cuenta_origen", "0166" + digits(rng, 16), "long-mask")),
        ("Cuenta destino", sheet.account("cuenta_destino", pay.account_to, "plain")),
        ("Beneficiario", sheet.put("beneficiario", pay.name.upper())),
        ("Cédula/RIF", sheet.national_id(pay, "tight")),
        ("Banco destino", sheet.bank("banco_destino", pay.bank_to, "legal")),
        ("Monto", f"{sheet.amount(pay.amount)} Bs."),
        ("Fecha valor", sheet.date(pay.moment, "slash")),
        ("Hora", sheet.time(pay.moment, "24s")),
        ("Nro. de referencia", sheet.put("referencia", pay.reference)),
        ("Concepto", sheet.put("concepto", pay.concept)),
        ("Comisión", f"{sheet.commission(pay.commission)} Bs."),
        ("Estado", "Procesada"),
    ]
    rows = ""
    for left, right in zip(cells[::2], cells[1::2], strict=True):
        rows += "<tr>" + "".join(f'<td class="l">{k}</td><td>{v}</td>' for k, v in (left, right)) + "</tr>"
    sheet.body = (
        '<div style="width:1000px;padding-bottom:40px"><div class="n">Banco Agrícola de Venezuela</div>'
        '<div style="font:700 18px/26px Open Sans;margin:24px 40px 4px">Transferencias a terceros en otros bancos</div>'
        '<div style="font:400 14px/20px Open Sans;margin:0 40px;color:#2e7d32">Su operación ha sido procesada '
        f"satisfactoriamente</div><table>{rows}</table>"
        '<div style="font:400 12px/18px Open Sans;margin:0 40px;color:#666">Le recomendamos imprimir o guardar esta '
        "página como soporte de su operación.</div></div>"
    )
    sheet.width, sheet.height, sheet.scale = 1000, None, rng.choice([1, 1.25, 1.5])
    return sheet


def capitales(rng: random.Random, pay: Payment) -> Sheet:
    """An old web bank on a phone: capitals throughout, a bordered table of two columns, abbreviations."""
    sheet = Sheet("capitales", "seen", None, "capital-table")
    code = rng.choice(["0102", "0175", "0163", "0115"])
    sheet.css = """
    body { font-family: "PT Serif"; color: #000; background: #fff; }
    table { border-collapse: collapse; margin: 10px 12px; }
    td { border: 1px solid #7a7a7a; padding: 6px 8px; font: 400 14px/19px "PT Serif"; text-transform: uppercase; }
    td:first-child { font-weight: 700; width: 46%; background: #eee; }
    """
    sheet.implied("banco_origen", code)
    account = code + digits(rng, 16)
    rows = [
        ("Nro. Confirmación", sheet.put("referencia", pay.reference)),
        (rng.choice(["Fecha Operación", "Fecha Trans."]), sheet.date(pay.moment, rng.choice(["slash", "hyphen"]))),
        ("Cta. a debitar", sheet.account("cuenta_origen", account, rng.choice(["bank-mask", "long-mask"]))),
        ("Banco receptor", sheet.bank("banco_destino", pay.bank_to, rng.choice(["name", "code-hyphen"]))),
        (rng.choice(["Nro. Tlf. destino", "Teléf. beneficiario"]), sheet.phone(pay.phone)),
        (rng.choice(["CI/RIF destino", "Ced. beneficiario"]), sheet.national_id(pay, "tight")),
        (rng.choice(["Monto operación", "Monto (Bs.)"]), sheet.amount(pay.amount)),
        ("Comisión (Bs.)", sheet.commission(pay.commission)),
        ("Concepto", sheet.put("concepto", pay.concept.upper(), pay.concept.upper())),
    ]
    cells = "".join(f"<tr><td>{k}</td><td>{v}</td></tr>" for k, v in rows)
    picture(
        sheet,
        rng,
        rng.choice([360, 400, 430]),
        f"""<div style="font:700 19px/28px 'PT Serif';padding:16px 12px 0">{title_case(BANKS[code][0])}</div>
        <div style="font:400 15px/22px 'PT Serif';padding:0 12px">Transacción realizada con éxito</div>
        <table>{cells}</table><div style="height:14px"></div>""",
    )
    return sheet


def formulario(rng: random.Random, pay: Payment) -> Sheet:
    """A printed form of a transfer on the web: two framed parts, payer and payee, numbers of the bank at the foot."""
    sheet = Sheet("formulario", "seen", None, "form", medium="page")
    code = rng.choice(["0104", "0114", "0166"])
    bank = title_case(BANKS[code][0])
    sheet.css = """
    body { font-family: "Noto Sans"; color: #1f2933; background: #fff; }
    .b { border: 1px solid #9aa5b1; margin: 0 24px 14px; } .b b { display: block; background: #e4e7eb;
      padding: 4px 10px; font: 700 14px/22px "Noto Sans"; } .b div { display: flex; padding: 3px 10px;
      font: 400 13.5px/21px "Noto Sans"; } .b i { width: 190px; font-style: normal; color: #52606d; flex: none; }
    """

    def part(title: str, rows: list[tuple[str, str]]) -> str:
        return f'<div class="b"><b>{title}</b>' + "".join(f"<div><i>{k}</i>{v}</div>" for k, v in rows) + "</div>"

    origin = [
        ("Titular", escape(pay.payer.upper())),
        ("N° de cuenta", sheet.account("cuenta_origen", code + digits(rng, 16), rng.choice(["hyphens", "plain"]))),
        ("Entidad", sheet.bank("banco_origen", code, "legal")),
    ]
    target = [
        ("Titular", sheet.put("beneficiario", pay.name.upper())),
        (rng.choice(["C.I. / RIF", "Documento de identidad"]), sheet.national_id(pay, "hyphen")),
        ("N° de cuenta", sheet.account("cuenta_destino", pay.bank_to + digits(rng, 16), "hyphens")),
        ("Entidad", sheet.bank("banco_destino", pay.bank_to, "legal")),
    ]
    rows = [
        (rng.choice(["Importe (Bs.)", "Monto transferido (Bs.)"]), sheet.amount(pay.amount)),
        ("Comisión (Bs.)", sheet.commission(pay.commission)),
        ("Motivo", sheet.put("concepto", pay.concept)),
        ("Fecha valor", sheet.date(pay.moment, "slash")),
        (rng.choice(["N° de transacción", "Número de referencia"]), sheet.put("referencia", pay.reference)),
    ]
    picture(
        sheet,
        rng,
        rng.choice([620, 700]),
        f"""<div style="padding:20px 24px;font:700 20px/28px 'Noto Sans'">{bank}
        <div style="font:400 14px/22px 'Noto Sans'">Constancia de transferencia a terceros</div></div>
        {part("Cuenta que paga", origin)}{part("Cuenta que recibe", target)}{part("Operación", rows)}
        <div style="padding:2px 24px 22px;font:400 11.5px/17px 'Noto Sans';color:#7b8794">Documento emitido por {bank},
        RIF J-{digits(rng, 8)}-{digits(rng, 1)}. Atención telefónica
        0500-{digits(rng, 7)}. Sujeto a verificación.</div>""",
    )
    return sheet


def rejilla(rng: random.Random, pay: Payment) -> Sheet:
    """Three columns of small label over value, on a wide page of the web bank with the user's name and last visit."""
    sheet = Sheet("rejilla", "seen", None, "grid-of-three", medium="page")
    code = rng.choice(["0102", "0137", "0191"])
    sheet.implied("banco_origen", code)
    sheet.css = """
    body { font-family: "Open Sans"; color: #2f3640; background: #fff; }
    .g { display: grid; grid-template-columns: repeat(3, 1fr); gap: 16px 18px; padding: 14px 24px 22px; }
    .g small { display: block; font: 400 12px/17px "Open Sans"; color: #7f8c8d; }
    .g b { font: 600 14.5px/20px "Open Sans"; }
    """
    cells = [
        (rng.choice(["Nº de operación", "Nro. operación"]), sheet.put("referencia", pay.reference)),
        ("Fecha y hora", f"{sheet.date(pay.moment, 'slash')} {sheet.time(pay.moment, '24')}"),
        ("Estado", "Procesado"),
        (rng.choice(["Monto (Bs)", "Importe (Bs)"]), sheet.amount(pay.amount)),
        ("Comisión (Bs)", sheet.commission(pay.commission)),
        ("Canal", "Internet"),
        (rng.choice(["Nombre del receptor", "Beneficiario"]), sheet.put("beneficiario", pay.name)),
        (rng.choice(["Cédula del receptor", "Documento"]), sheet.national_id(pay, "hyphen")),
        (rng.choice(["Celular del receptor", "Teléfono"]), sheet.phone(pay.phone)),
        (rng.choice(["Banco del receptor", "Banco destino"]), sheet.bank("banco_destino", pay.bank_to, "title")),
        ("Concepto", sheet.put("concepto", pay.concept)),
    ]
    body = "".join(f"<div><small>{k}</small><b>{v}</b></div>" for k, v in cells)
    picture(
        sheet,
        rng,
        rng.choice([640, 720]),
        f"""<div style="display:flex;justify-content:space-between;padding:14px 24px;background:#f5f6fa;
        font:600 15px/22px 'Open Sans'"><span>{title_case(BANKS[code][0])}</span>
        <span style="font:400 12px/22px 'Open Sans'">Bienvenido, {escape(pay.payer)} · Última visita
        {printed.date(pay.moment, "slash")} 06:{rng.randint(10, 59)}</span></div>
        <div style="padding:16px 24px 0;font:700 18px/26px 'Open Sans'">Detalle del pago móvil</div>
        <div class="g">{body}</div>""",
    )
    return sheet


def renglon(rng: random.Random, pay: Payment) -> Sheet:
    """A table of one row below its header, as a statement or a search shows it."""
    sheet = Sheet("renglon", "seen", None, "one-row-table", medium="page")
    sheet.css = """
    body { font-family: "Noto Sans"; color: #2d3142; background: #fff; }
    table { border-collapse: collapse; margin: 8px 20px 22px; } th { background: #eceff4; text-align: left; }
    th, td { padding: 7px 11px; font: 600 12.5px/17px "Noto Sans"; border-bottom: 1px solid #d8dee9; }
    td { font-weight: 400; white-space: nowrap; }
    """
    code = rng.choice(["0115", "0138", "0157"])
    sheet.implied("banco_origen", code)
    columns = [
        ("Fecha", sheet.date(pay.moment, "slash")),
        (rng.choice(["Referencia", "Nro. Ref."]), sheet.put("referencia", pay.reference)),
        (rng.choice(["Banco destino", "Banco"]), sheet.bank("banco_destino", pay.bank_to, "code")),
        (rng.choice(["Teléfono", "Celular"]), sheet.phone(pay.phone)),
        (rng.choice(["Cédula", "Documento"]), sheet.national_id(pay, "tight")),
        (rng.choice(["Monto Bs.", "Importe"]), sheet.amount(pay.amount)),
        ("Estatus", "Exitoso"),
    ]
    head = "".join(f"<th>{k}</th>" for k, _ in columns)
    row = "".join(f"<td>{v}</td>" for _, v in columns)
    picture(
        sheet,
        rng,
        rng.choice([780, 840]),
        f"""<div style="padding:16px 20px 0;font:700 18px/26px 'Noto Sans'">{title_case(BANKS[code][0])}</div>
        <div style="padding:0 20px;font:400 13px/20px 'Noto Sans'">Consulta de pagos móviles enviados</div>
        <table><tr>{head}</tr><tr>{row}</tr></table>""",
    )
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
    "delsur": delsur,
    "agricola": agricola,
    "capitales": capitales,
    "formulario": formulario,
    "rejilla": rejilla,
    "renglon": renglon,
    "pdf": pdf,
    "recibimos": recibimos,
}
