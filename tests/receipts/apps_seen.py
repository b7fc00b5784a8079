"""Further apps that authors of extraction rules may look at: invented designs."""

import random
from html import escape

from . import printed
from .people import Payment, digits
from .sheet import (
    Sheet,
    icon,
    picture,
    screen,
    svg,
)


def as_card(sheet: Sheet, rng: random.Random, width: int, inside: str) -> None:
    """A shared picture of the receipt alone, as high as its content."""
    picture(sheet, rng, width, inside, scales=(1.5, 2, 2.5, 3))


def banesco(rng: random.Random, pay: Payment) -> Sheet:
    """Label above value, left; the payee's bank by its legal name; amount, fee and total."""
    sheet = Sheet("banesco", "seen", None, "light-screenshot")
    sheet.css = """
    body { font-family: "Open Sans"; background: #fff; color: #333; }
    .head { background: #007953; color: #fff; padding: 14px 16px; font: 700 18px "Open Sans"; }
    .ok { background: #e6f4ee; color: #00573c; font: 600 15px/22px "Open Sans"; padding: 14px 20px;
      display: flex; gap: 10px; align-items: center; }
    .cell { padding: 8px 20px; border-bottom: 1px solid #e4e4e4; }
    .cell small { display: block; font: 400 12px/17px "Open Sans"; color: #757575; }
    .cell div { font: 600 15px/21px "Open Sans"; }
    """
    sheet.implied("banco_origen", "0134")
    masked = rng.random() < 0.3
    rows = [
        ("Número de recibo", sheet.put("referencia", pay.reference)),
        ("Fecha y hora", f"{sheet.date(pay.moment, 'slash')} {sheet.time(pay.moment, '12')}"),
        ("Cuenta a debitar", sheet.account("cuenta_origen", "0134" + digits(rng, 16), "long-mask")),
        ("Teléfono del beneficiario", sheet.phone(pay.phone, "masked" if masked else "hyphen")),
        ("Documento de identidad del beneficiario", sheet.national_id(pay, "hyphen")),
        ("Banco del beneficiario", sheet.bank("banco_destino", pay.bank_to, "legal")),
        ("Monto de la operación", f"Bs. {sheet.amount(pay.amount)}"),
    ]
    if rng.random() < 0.6:
        rows.append(("Comisión", f"Bs. {sheet.commission(pay.commission)}"))
        rows.append(("Monto total", f"Bs. {printed.money(pay.total)}"))
    if rng.random() < 0.8:
        rows.append(("Concepto", sheet.put("concepto", pay.concept)))
    cells = "".join(f'<div class="cell"><small>{k}</small><div>{v}</div></div>' for k, v in rows)
    head = f'<div class="head row"><span>Banesco Pago Móvil</span>{icon("close", 20)}</div>'
    done = f'<div class="ok">{icon("check", 22, 3)}<span>Su operación fue realizada con éxito</span>'
    inside = f'{head}{done}</div><div class="grow" data-clip style="overflow:hidden">{cells}</div>'
    screen(sheet, rng, "background:#fff", inside, "background:#005c3f;color:#fff")
    return sheet


def bancamiga(rng: random.Random, pay: Payment) -> Sheet:
    """A share card: centred amount on a gradient, then rows beside; light or dark."""
    dark = rng.random() < 0.5
    sheet = Sheet("bancamiga", "seen", None, f"{'dark' if dark else 'light'}-card")
    ground, ink, soft = ("#151226", "#f3f1ff", "#8f8aa8") if dark else ("#fff", "#241f3d", "#7b7794")
    sheet.css = f"""
    body {{ background: {ground}; color: {ink}; font-family: Poppins; }}
    .top {{ background: linear-gradient(120deg, #4b1fa3, #c0358f); color: #fff; padding: 26px 22px;
      text-align: center; border-radius: 0 0 26px 26px; }}
    .top p {{ font: 500 14px/22px Poppins; }} .top strong {{ font: 700 31px/46px Poppins; }}
    .r {{ display: flex; justify-content: space-between; gap: 20px; padding: 9px 24px;
      font: 500 14px/20px Poppins; }} .r > span:first-child {{ color: {soft}; flex: none; }}
    .r > span:last-child {{ text-align: right; }}
    """
    sheet.implied("banco_origen", "0172")
    rows = [
        ("Enviado a", sheet.put("beneficiario", pay.name)),
        ("Cédula / RIF", sheet.national_id(pay, "tight")),
        ("Celular", sheet.phone(pay.phone, rng.choice(["plain", "spaces"]))),
        ("Banco receptor", sheet.bank("banco_destino", pay.bank_to, "code-paren")),
        ("Motivo", sheet.put("concepto", pay.concept)),
        ("Fecha", sheet.date(pay.moment, "short")),
        ("Hora", sheet.time(pay.moment, "12dots")),
        ("Ref.", sheet.put("referencia", pay.reference)),
    ]
    if rng.random() < 0.3:
        rows.pop(4)
        sheet.fields.pop("concepto")
    lines = "".join(f'<div class="r"><span>{k}</span><span>{v}</span></div>' for k, v in rows)
    as_card(
        sheet,
        rng,
        rng.choice([360, 390, 420]),
        f'<div class="top"><p style="font-weight:700;font-size:19px">bancamiga</p><p>Pago móvil '
        f"exitoso</p><strong>Bs {sheet.amount(pay.amount)}</strong></div>"
        f'<div style="padding:16px 0 22px">{lines}</div>',
    )
    return sheet


def tesoro(rng: random.Random, pay: Payment) -> Sheet:
    """Dotted rows, capitals, dates in words, the account with its bank's digits."""
    sheet = Sheet("tesoro", "seen", None, "light-screenshot")
    sheet.css = """
    body { font-family: Ubuntu; color: #2b2b2b; }
    .head { text-align: center; font: 700 19px/28px Ubuntu; color: #b3121f; padding: 18px 10px 6px; }
    .d { margin: 0 18px; padding: 10px 0; border-bottom: 2px dotted #b9b9b9; display: flex;
      justify-content: space-between; gap: 14px; font: 500 14px/19px Ubuntu;
      text-transform: uppercase; }
    .d > span:first-child { color: #6a6a6a; max-width: 46%; } .d > span + span { text-align: right; }
    .btn { margin: 20px 18px; border-radius: 24px; text-align: center; font: 500 16px/46px Ubuntu;
      background: #b3121f; color: #fff; }
    """
    name, concept = pay.name.upper(), pay.concept.upper()
    rows = [
        ("Resultado", "Aprobada"),
        ("Nro. de operación", sheet.put("referencia", pay.reference)),
        ("Monto en Bs.", sheet.amount(pay.amount)),
        ("Fecha", sheet.put("fecha", printed.date(pay.moment, "long").upper())),
        ("Cuenta origen", sheet.account("cuenta_origen", "0163" + digits(rng, 16), "bank-mask")),
        ("C.I. del receptor", sheet.national_id(pay, "dots")),
        ("Nombre", sheet.put("beneficiario", name)),
        ("Tlf. del receptor", sheet.phone(pay.phone, "hyphen")),
        ("Entidad bancaria", sheet.bank("banco_destino", pay.bank_to, "name")),
        ("Descripción", sheet.put("concepto", concept)),
    ]
    sheet.fields["fecha"] = f"{pay.moment:%Y-%m-%d}"
    cells = "".join(f'<div class="d"><span>{k}</span><span>{v}</span></div>' for k, v in rows)
    inside = (
        f'<div class="head">Banco del Tesoro<br>Comprobante de Pago Móvil</div>'
        f'<div class="grow" data-clip style="overflow:hidden">{cells}</div>'
        '<div class="btn">Finalizar</div>'
    )
    screen(sheet, rng, "background:#f7f5f2", inside)
    return sheet


def banplus(rng: random.Random, pay: Payment) -> Sheet:
    """Two columns, labels above values, icons in circles; amounts first."""
    sheet = Sheet("banplus", "seen", None, "two-columns")
    dark = rng.random() < 0.4
    ground, card, ink = ("#0d1b1e", "#16292e", "#e9f5f4") if dark else ("#edf3f2", "#fff", "#14302f")
    sheet.css = f"""
    body {{ font-family: Mulish; color: {ink}; }}
    .card {{ background: {card}; border-radius: 18px; margin: 14px 16px; padding: 18px; }}
    .two {{ display: grid; grid-template-columns: 1fr 1fr; gap: 17px 16px; }}
    .two small {{ font: 600 12px/17px Mulish; color: #12a594; display: block; }}
    .two div div {{ font: 700 14px/20px Mulish; }}
    """
    sheet.implied("banco_origen", "0174")
    cells = [
        ("Monto", f"Bs. {sheet.amount(pay.amount)}"),
        ("Comisión bancaria", f"Bs. {sheet.commission(pay.commission)}"),
        ("Fecha de pago", sheet.date(pay.moment, "hyphen")),
        ("Hora", sheet.time(pay.moment, "24s")),
        ("Beneficiario", sheet.put("beneficiario", pay.name)),
        ("Identificación", sheet.national_id(pay, "hyphen")),
        ("Teléfono", sheet.phone(pay.phone, rng.choice(["plain", "paren"]))),
        ("Banco", sheet.bank("banco_destino", pay.bank_to, "title")),
        ("Referencia", sheet.put("referencia", pay.reference)),
        ("Concepto", sheet.put("concepto", pay.concept)),
    ]
    boxes = "".join(f"<div><small>{k}</small><div>{v}</div></div>" for k, v in cells)
    inside = (
        f'<div class="row" style="padding:16px;font:800 19px Mulish">{icon("chevron")}<span>Detalle '
        f"del pago</span>{icon('download')}</div>"
        f'<div class="card" style="text-align:center;font:800 21px/30px Mulish;color:#12a594">'
        f'Banplus Pay</div><div class="card two">{boxes}</div><div class="grow"></div>'
        f'<div class="row" style="padding:0 40px 12px;font:600 12px Mulish">'
        f"<span>Inicio</span><span>Pagos</span><span>Perfil</span></div>"
    )
    screen(sheet, rng, f"background:{ground}", inside)
    return sheet


def venezolano_web(rng: random.Random, pay: Payment) -> Sheet:
    """A bank's web page on a computer: a zebra table, menus, a sentence above."""
    sheet = Sheet("venezolano-web", "seen", None, "web", medium="page")
    sheet.css = """
    body { font: 400 14px/20px "Source Sans 3"; color: #222; background: #fff; }
    .web { width: 1100px; } .menu { display: flex; gap: 28px; background: #00305e; color: #fff;
      padding: 13px 30px; font-weight: 600; }
    table { border-collapse: collapse; margin: 18px 60px; width: 760px; }
    td { padding: 8px 14px; border: 1px solid #ccd6e0; } tr:nth-child(odd) { background: #f0f4f8; }
    td:first-child { width: 270px; font-weight: 600; }
    """
    rows = [
        ("Tipo de operación", "Pago móvil a terceros"),
        ("Número de confirmación", sheet.put("referencia", pay.reference)),
        ("Fecha de la operación", f"{sheet.date(pay.moment, 'slash')} {printed_time(sheet, pay)}"),
        ("Cuenta de débito", sheet.account("cuenta_origen", "0104" + digits(rng, 16), "crosses")),
        ("Banco destino", sheet.bank("banco_destino", pay.bank_to, "code-hyphen")),
        ("Cédula o RIF del beneficiario", sheet.national_id(pay, "tight")),
        ("Nombre del beneficiario", sheet.put("beneficiario", pay.name)),
        ("Celular del beneficiario", sheet.phone(pay.phone, "plain")),
        ("Monto (Bs.)", sheet.amount(pay.amount)),
        ("Comisión (Bs.)", sheet.commission(pay.commission)),
        ("Concepto del pago", sheet.put("concepto", pay.concept)),
    ]
    if rng.random() < 0.3:
        rows.pop(6)
        sheet.fields.pop("beneficiario")
    table = "".join(f"<tr><td>{k}</td><td>{v}</td></tr>" for k, v in rows)
    sheet.body = f"""<div class="web"><div class="row" style="padding:16px 30px;font:700 22px
      'Source Sans 3';color:#00305e"><span>Venezolano de Crédito</span><span
      style="font-size:13px">Última conexión: {rng.randint(1, 28):02}/01/2022 09:14 am</span></div>
    <div class="menu"><span>Consultas</span><span>Pagos</span><span>Transferencias</span>
      <span>Solicitudes</span><span>Salir</span></div>
    <div style="margin:24px 60px 0;font-weight:600;color:#1c7a35">La transacción ha sido procesada
      exitosamente.</div><table>{table}</table>
    <div style="margin:0 60px 40px;color:#666;font-size:12px">Imprima este comprobante para su
      control.</div></div>"""
    sheet.width, sheet.height, sheet.scale = 1100, None, rng.choice([1, 1, 1.25])
    return sheet


def printed_time(sheet: Sheet, pay: Payment) -> str:
    return sheet.time(pay.moment, "12s")


def bancaribe(rng: random.Random, pay: Payment) -> Sheet:
    """A letter: the payment told in sentences, with values in bold, and a few rows."""
    sheet = Sheet("bancaribe", "seen", None, "letter", medium="page")
    sheet.css = """
    body { font: 400 17px/27px "PT Serif"; color: #1b1b1b; background: #fff; }
    .page { width: 880px; padding: 60px 76px 80px; } b { font-weight: 700; }
    .page p { margin-top: 18px; }
    """
    sheet.implied("banco_origen", "0114")
    sheet.body = f"""<div class="page"><div style="font:700 28px 'PT Serif';color:#0a4f9c">Bancaribe
      </div><p>Estimado(a) {escape(pay.payer)}:</p>
    <p>Le informamos que su pago móvil por <b>Bs. {sheet.amount(pay.amount)}</b> a favor de
      <b>{sheet.put("beneficiario", pay.name)}</b> fue procesado el
      <b>{sheet.put("fecha", printed.date(pay.moment, "long"), f"{pay.moment:%Y-%m-%d}")}</b> a las
      <b>{sheet.time(pay.moment, "12dots")}</b></p>
    <p>Referencia: <b>{sheet.put("referencia", pay.reference)}</b></p>
    <p>Teléfono afiliado: {sheet.phone(pay.phone, "dots")}</p>
    <p>Documento: {sheet.national_id(pay, "dots")}</p>
    <p>Institución financiera: {sheet.bank("banco_destino", pay.bank_to, "title")}</p>
    <p>Concepto: {sheet.put("concepto", pay.concept)}</p>
    <p style="color:#555;font-size:14px">Si no reconoce esta operación llame al 0500-0000000.</p>
    </div>"""
    sheet.width, sheet.height, sheet.scale = 880, None, rng.choice([1, 1.25, 1.5])
    return sheet


def zelle(rng: random.Random, pay: Payment) -> Sheet:
    """English, dollars, an e-mail as payee."""
    sheet = Sheet("zelle", "seen", None, "english-screenshot")
    sheet.css = """
    body { font-family: Inter; color: #16181d; }
    .sum { text-align: center; font: 700 40px/56px Inter; margin-top: 12px; }
    .mid { text-align: center; font: 500 15px/23px Inter; color: #5b6070; }
    .r { display: flex; justify-content: space-between; gap: 18px; padding: 13px 22px;
      border-top: 1px solid #e6e8ee; font: 500 15px/21px Inter; }
    .r > span:first-child { color: #5b6070; } .r > span + span { text-align: right; }
    """
    amount = sheet.amount(pay.amount, f"${printed.money_english(pay.amount)}", "USD")
    payee = pay.email if rng.random() < 0.6 else pay.name
    who = sheet.put("beneficiario", payee)
    style = rng.choice(["english", "english-short"])
    when = sheet.put("fecha", printed.date(pay.moment, style), f"{pay.moment:%Y-%m-%d}")
    rows = [
        ("Sent to", who),
        ("Date", when),
        ("From", f"Checking {sheet.account('cuenta_origen', pay.account_from, 'bullets')}"),
        ("Confirmation number", sheet.put("referencia", digits(rng, rng.choice([9, 10, 12])))),
    ]
    if rng.random() < 0.6:
        rows.append(("Memo", sheet.put("concepto", rng.choice(["Rent", "invoice 88", "Thanks"]))))
    lines = "".join(f'<div class="r"><span>{k}</span><span>{v}</span></div>' for k, v in rows)
    ring = "width:62px;height:62px;border-radius:31px;background:#6d1ed4;color:#fff;display:flex"
    inside = (
        f'<div style="padding:16px 20px">{icon("close")}</div><div style="{ring};align-items:center;'
        f'justify-content:center;margin:0 auto">{icon("check", 34, 3)}</div>'
        f'<div class="sum">{amount}</div><div class="mid">Your payment was sent with Zelle</div>'
        f'<div style="margin-top:26px">{lines}</div><div class="grow"></div>'
        '<div style="margin:0 20px 18px;background:#6d1ed4;color:#fff;border-radius:26px;'
        'text-align:center;font:600 16px/50px Inter">Done</div>'
    )
    screen(sheet, rng, "background:#fff", inside)
    return sheet


def pos_voucher(rng: random.Random, pay: Payment) -> Sheet:
    """A point-of-sale slip of a mobile payment: monospaced capitals, inline labels."""
    sheet = Sheet("pos-voucher", "seen", None, "thermal", medium="paper")
    font = rng.choice(["Roboto Mono", "Share Tech Mono"])
    sheet.css = f"""
    body {{ background: #fcfcfa; color: #262626; font: 500 15px/23px "{font}"; }}
    .slip {{ width: 340px; padding: 26px 22px 40px; }} .c {{ text-align: center; }}
    """
    shop = pay.name.upper()[:30]
    sheet.body = f"""<div class="slip"><div class="c" style="font-weight:700">PUNTO YA</div>
    <div class="c">PAGO MOVIL P2C</div><div class="c">{sheet.put("beneficiario", shop)}</div>
    <div class="c">RIF {sheet.national_id(pay, "hyphen")}</div><br>
    <div class="row"><span>TERM {digits(rng, 8)}</span><span>LOTE {digits(rng, 3)}</span></div>
    <div class="row"><span>FECHA {sheet.date(pay.moment, "slash2")}</span>
      <span>HORA {sheet.time(pay.moment, "24s")}</span></div>
    <div>REF: {sheet.put("referencia", pay.reference[:8])}</div><div>AUT: {digits(rng, 6)}</div>
    <div>TLF DESTINO: {sheet.phone(pay.phone)}</div>
    <div>BCO EMISOR: {sheet.bank("banco_origen", pay.bank_from, "code")}</div>
    <div>BCO DESTINO: {sheet.bank("banco_destino", pay.bank_to, "code")}</div><br>
    <div class="row" style="font:700 20px '{font}'"><span>MONTO Bs.</span>
      <span>{sheet.amount(pay.amount)}</span></div><br>
    <div class="c">TRANSACCION APROBADA</div><div class="c">COPIA CLIENTE</div></div>"""
    sheet.width, sheet.height, sheet.scale = 340, None, rng.choice([2, 2.5])
    return sheet


def transferencia(rng: random.Random, pay: Payment) -> Sheet:
    """A transfer between accounts of 20 digits; no phone."""
    sheet = Sheet("transferencia", "seen", None, "light-screenshot")
    blue = rng.choice(["#0a3d91", "#1d4f3f", "#7a1330"])
    sheet.css = f"""
    body {{ font-family: "Noto Sans"; color: #1f2430; }}
    .h {{ background: {blue}; color: #fff; text-align: center; font: 600 17px/54px "Noto Sans"; }}
    .g {{ font: 700 13px/20px "Noto Sans"; color: {blue}; padding: 14px 18px 4px; }}
    .i {{ padding: 5px 18px; font: 400 14px/20px "Noto Sans"; }} .i b {{ font-weight: 600; }}
    """
    style = rng.choice(["plain", "hyphens", "bank-mask", "long-mask"])
    debit = sheet.account("cuenta_origen", pay.account_from, rng.choice(["bank-mask", style]))
    groups = [
        (
            "Datos del ordenante",
            [("Titular", escape(pay.payer)), ("Cuenta a debitar", debit)],
        ),
        (
            "Datos del beneficiario",
            [
                ("Nombre", sheet.put("beneficiario", pay.name)),
                ("C.I./R.I.F.", sheet.national_id(pay, "hyphen")),
                ("Cuenta a acreditar", sheet.account("cuenta_destino", pay.account_to, style)),
                ("Banco", sheet.bank("banco_destino", pay.bank_to, "title")),
            ],
        ),
        (
            "Datos de la transferencia",
            [
                ("Monto", f"Bs.S {sheet.amount(pay.amount)}"),
                ("Fecha", sheet.date(pay.moment, "short-slash")),
                ("Hora", sheet.time(pay.moment, "24")),
                ("N° de referencia", sheet.put("referencia", pay.reference)),
                ("Motivo", sheet.put("concepto", pay.concept)),
            ],
        ),
    ]
    parts = ""
    for title, rows in groups:
        parts += f'<div class="g">{title}</div>'
        parts += "".join(f'<div class="i"><b>{k}:</b> {v}</div>' for k, v in rows)
    inside = f'<div class="h">Transferencia exitosa</div><div class="grow">{parts}</div>'
    screen(sheet, rng, "background:#fff", inside, f"background:{blue};color:#fff")
    return sheet


def bancrecer(rng: random.Random, pay: Payment) -> Sheet:
    """Centred label over centred value, all on a dark screen; no commission, no hour."""
    sheet = Sheet("bancrecer", "seen", None, "dark-screenshot")
    sheet.css = """
    body { font-family: Rubik; color: #fff; }
    .k { text-align: center; font: 400 13px/18px Rubik; color: #a7b4a2; margin-top: 13px; }
    .v { text-align: center; font: 500 17px/23px Rubik; padding: 0 30px; }
    """
    sheet.implied("banco_origen", "0168")
    rows = [
        ("Pagaste", f"Bs. {sheet.amount(pay.amount)}"),
        ("A", sheet.put("beneficiario", pay.name)),
        ("Documento", sheet.national_id(pay, "space")),
        ("Número de teléfono", sheet.phone(pay.phone, "spaces")),
        ("Banco", sheet.bank("banco_destino", pay.bank_to, "code-title")),
        ("El día", sheet.date(pay.moment, "slash")),
        ("Por concepto de", sheet.put("concepto", pay.concept)),
        ("Número de referencia", sheet.put("referencia", pay.reference)),
    ]
    cells = "".join(f'<div class="k">{k}</div><div class="v">{v}</div>' for k, v in rows)
    leaf = svg("M5 20C4 9 10 4 20 4c0 10-5 16-15 16zM5 20l9-9", 52, 1.6)
    inside = (
        f'<div style="margin:26px auto 4px;width:52px;color:#7ed957">{leaf}</div>'
        f'<div style="text-align:center;font:600 20px/30px Rubik">Bancrecer</div>{cells}'
        f'<div class="grow"></div><div class="row" style="padding:0 60px 18px;font:500 15px Rubik">'
        "<span>Compartir</span><span>Salir</span></div>"
    )
    screen(sheet, rng, "background:#16211a", inside)
    return sheet


LABELS = {
    "monto": "Monto|Monto pagado|Importe|Valor|Total pagado|Monto Bs.|Monto enviado|Cantidad",
    "referencia": "Referencia|Nro. de referencia|N° Referencia|Número de operación|Operación|"
    "Nro. Operación|Nº de transacción|Código de referencia|Ref|Comprobante|Recibo",
    "fecha": "Fecha|Fecha de operación|Fecha valor|Fecha del pago|Realizado el|Fecha efectiva",
    "hora": "Hora|Hora de la operación|A las",
    "cedula": "Cédula|C.I.|Cédula/RIF|Identificación|Documento|Nro. de documento|RIF|ID receptor|"
    "Cédula del beneficiario|Cédula de Identidad",
    "telefono": "Teléfono|Celular|Teléfono destino|Número celular|Tlf.|Móvil|Teléfono receptor|"
    "Número de teléfono|Teléfono beneficiario",
    "banco_destino": "Banco|Banco destino|Banco receptor|Entidad|Banco del beneficiario|Institución|Banco beneficiario",
    "beneficiario": "Beneficiario|Nombre|A nombre de|Titular|Destinatario|Para|Receptor",
    "concepto": "Concepto|Descripción|Motivo|Detalle|Nota|Observación",
    "comision": "Comisión|Comisión bancaria|Cargo por servicio|Costo de la operación|Tarifa",
    "cuenta_origen": "Cuenta origen|Cuenta debitada|Desde|Origen|Cuenta a debitar|Débito de",
}
FONT_POOL = [
    "Inter",
    "Roboto",
    "Poppins",
    "Manrope",
    "DM Sans",
    "Work Sans",
    "Barlow",
    "Exo 2",
    "Lato",
    "Mulish",
    "Rubik",
    "Noto Sans",
    "Open Sans",
    "IBM Plex Sans",
    "Montserrat",
    "Nunito",
    "Ubuntu",
    "Source Sans 3",
]
THEMES = [
    ("#ffffff", "#1b1d22", "#6f7680", "#0b57d0"),
    ("#f4f5f7", "#20242c", "#6b7280", "#0f766e"),
    ("#fff8ef", "#33261a", "#8c7a66", "#c2410c"),
    ("#101318", "#f1f3f6", "#949ba8", "#4f8cff"),
    ("#1d1029", "#fbf7ff", "#a391b5", "#e0479e"),
    ("#0c2340", "#ffffff", "#9db2cc", "#ffb81c"),
    ("#eaf3ee", "#12301f", "#5c7a69", "#15803d"),
]


def variado_rows(sheet: Sheet, rng: random.Random, pay: Payment) -> list[tuple[str, str]]:
    """Rows in a drawn order, some missing, each with a drawn wording and print."""
    sign = rng.choice(["Bs. {}", "Bs {}", "{} Bs", "{} Bs.", "Bs.{}", "VES {}", "Bs.S {}"])
    date_style = rng.choice(["slash", "hyphen", "short", "short-hyphen", "slash2", "long", "iso"])
    code = rng.choice(["name", "title", "code-hyphen", "code-tight", "code-paren", "legal", "code"])
    makers = {
        "monto": lambda: sign.format(sheet.amount(pay.amount)),
        "referencia": lambda: sheet.put("referencia", pay.reference),
        "fecha": lambda: sheet.date(pay.moment, date_style),
        "hora": lambda: sheet.time(pay.moment, rng.choice(["24", "24s", "12", "12s", "12dots"])),
        "cedula": lambda: sheet.national_id(pay, rng.choice(["tight", "hyphen", "dots", "digits"])),
        "telefono": lambda: sheet.phone(
            pay.phone, rng.choice(["plain", "plain", "hyphen", "spaces", "paren", "masked"])
        ),
        "banco_destino": lambda: sheet.bank("banco_destino", pay.bank_to, code),
        "beneficiario": lambda: sheet.put("beneficiario", pay.name),
        "concepto": lambda: sheet.put("concepto", pay.concept),
        "comision": lambda: sign.format(sheet.commission(pay.commission)),
        "cuenta_origen": lambda: sheet.account(
            "cuenta_origen", pay.account_from, rng.choice(["bank-mask", "long-mask", "crosses"])
        ),
    }
    optional = {"hora", "beneficiario", "concepto", "comision", "cuenta_origen"}
    names = [n for n in makers if n not in optional or rng.random() < 0.55]
    rng.shuffle(names)
    colon = rng.choice(["", ":", ""])
    labels = {name: rng.choice(LABELS[name].split("|")) for name in names}
    if "comision" in names and "otal" in labels["monto"]:
        labels["monto"] = "Monto"  # beside a fee, a "total" would be the sum of both
    rows = [(labels[name] + colon, makers[name]()) for name in names]
    if "comision" in names and rng.random() < 0.6:
        rows.append((f"Total debitado{colon}", sign.format(printed.money(pay.total))))
    if rng.random() < 0.25:
        rows.insert(rng.randrange(len(rows)), (f"Estado{colon}", "Procesado"))
    return rows


def variado(rng: random.Random, pay: Payment) -> Sheet:
    """A new app each time: wording, order, arrangement, theme and font are all drawn."""
    arrangement = rng.choice(["beside", "above", "columns", "inline", "beside-left"])
    ground, ink, soft, accent = rng.choice(THEMES)
    font, size = rng.choice(FONT_POOL), rng.choice([13, 14, 15, 16])
    sheet = Sheet("variado", "seen", None, arrangement)
    upper = "text-transform:uppercase;" if rng.random() < 0.12 else ""
    sheet.css = f"""
    body {{ font: 400 {size}px/1.4 "{font}"; color: {ink}; background: {ground}; }}
    .t {{ font-size: 1.25em; font-weight: 700; color: {accent}; padding: 18px 20px 8px;
      text-align: {rng.choice(["left", "center"])}; }}
    .k {{ color: {soft}; {upper} font-weight: {rng.choice([400, 500, 600])}; }}
    .v {{ font-weight: {rng.choice([400, 500, 600, 700])}; }}
    .beside {{ display: flex; justify-content: space-between; gap: 18px; padding: 8px 20px; }}
    .beside .k {{ flex: none; max-width: 52%; }} .beside .v {{ text-align: right; }}
    .beside-left {{ display: flex; gap: 14px; padding: 7px 20px; }}
    .beside-left .k {{ width: 42%; flex: none; }} .above {{ padding: 6px 20px; }}
    .inline {{ padding: 6px 20px; }} .inline div {{ display: inline; }}
    .grid {{ display: grid; grid-template-columns: 1fr 1fr; gap: 12px; padding: 8px 20px; }}
    """
    rows = variado_rows(sheet, rng, pay)
    kind = "above" if arrangement == "columns" else arrangement
    gap = " " if kind == "inline" else ""
    if kind == "inline":
        rows = [(k.rstrip(":") + ":", v) for k, v in rows]
    pad = "padding:0" if arrangement == "columns" else ""
    cells = "".join(
        f'<div class="{kind}" style="{pad}"><div class="k">{k}</div>{gap}<div class="v">{v}</div></div>'
        for k, v in rows
    )
    if arrangement == "columns":
        cells = f'<div class="grid">{cells}</div>'
    title = rng.choice(["Pago móvil realizado", "Comprobante", "Pago exitoso", "Operación exitosa", "Pago Móvil"])
    heading = f'<div class="t">{title}</div>'
    if rng.random() < 0.4:
        width = rng.choice([340, 380, 430])
        as_card(sheet, rng, width, f'<div style="padding:6px 0 20px">{heading}{cells}</div>')
    else:
        tail = '<div class="grow"></div>'
        screen(sheet, rng, f"background:{ground}", f"{heading}{cells}{tail}")
    return sheet


APPS = {
    "banesco": banesco,
    "bancamiga": bancamiga,
    "tesoro": tesoro,
    "banplus": banplus,
    "venezolano-web": venezolano_web,
    "bancaribe": bancaribe,
    "zelle": zelle,
    "pos-voucher": pos_voucher,
    "transferencia": transferencia,
    "bancrecer": bancrecer,
    "variado": variado,
}
