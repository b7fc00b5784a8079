"""More apps that were unseen until their misses had been looked at, after those of `apps_former.py`."""

import random
from html import escape

from . import printed
from .people import BANKS, Payment, digits
from .sheet import Sheet, icon, picture, screen, title_case


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


def fondo_comun(rng: random.Random, pay: Payment) -> Sheet:
    """A big check, then groups of rows between hairlines; label small and grey, value at the right."""
    sheet = Sheet("fondo-comun", "seen", None, "check-groups")
    sheet.css = """
    body { font-family: "Source Sans 3"; color: #102a43; }
    .ok { text-align: center; font: 700 23px/32px "Source Sans 3"; margin: 6px 24px 2px; }
    .su { text-align: center; font: 400 14px/19px "Source Sans 3"; color: #627d98; margin: 0 40px 14px; }
    .g { border-top: 1px solid #d9e2ec; padding: 8px 22px; }
    .r { display: flex; justify-content: space-between; gap: 18px; padding: 4px 0;
      font: 400 15px/21px "Source Sans 3"; } .r i { font-style: normal; color: #627d98; flex: none; }
    .r b { font-weight: 600; text-align: right; }
    """
    sheet.implied("banco_origen", "0151")
    account = sheet.account("cuenta_origen", "0151" + digits(rng, 16), rng.choice(["bank-mask", "stars"]))
    groups = [
        [
            (rng.choice(["Monto Bs.", "Monto de la transacción"]), sheet.amount(pay.amount)),
            (rng.choice(["Comisión Bs.", "Comisión cobrada"]), sheet.commission(pay.commission)),
        ],
        [
            (rng.choice(["Cuenta a debitar", "Desde"]), account),
            (rng.choice(["Banco receptor", "Banco del beneficiario"]), sheet.bank("banco_destino", pay.bank_to)),
            (rng.choice(["Cédula o RIF", "Documento"]), sheet.national_id(pay, rng.choice(["hyphen", "tight"]))),
            (rng.choice(["Celular", "Número de celular"]), sheet.phone(pay.phone, "hyphen")),
        ],
        [
            (rng.choice(["Motivo", "Concepto"]), sheet.put("concepto", pay.concept)),
            (rng.choice(["Nro. de recibo", "Referencia"]), sheet.put("referencia", pay.reference)),
            ("Fecha", f"{sheet.date(pay.moment, 'slash')} {sheet.time(pay.moment, '12s')}"),
        ],
    ]
    body = ""
    for rows in groups:
        body += '<div class="g">' + "".join(f'<div class="r"><i>{k}</i><b>{v}</b></div>' for k, v in rows) + "</div>"
    check = (
        '<div style="width:64px;height:64px;border-radius:32px;background:#2bb673;color:#fff;display:flex;'
        f'align-items:center;justify-content:center;margin:26px auto 12px">{icon("check", 34, 3)}</div>'
    )
    button = "margin:0 22px 12px;border-radius:24px;text-align:center;font:600 16px/46px 'Source Sans 3'"
    inside = (
        f'{check}<div class="ok">{rng.choice(["¡Operación exitosa!", "Tu pago fue exitoso"])}</div>'
        f'<div class="su">Pago móvil P2P desde BFC Banco Fondo Común</div>{body}<div class="grow"></div>'
        f'<div style="{button};background:#0b69a3;color:#fff">Compartir</div>'
        f'<div style="{button};color:#0b69a3">Ir al inicio</div>'
    )
    screen(sheet, rng, "background:#fff", inside)
    return sheet


def cien(rng: random.Random, pay: Payment) -> Sheet:
    """A narrow card, all of it centred: small label above each value, wrapped names."""
    sheet = Sheet("cien", "seen", None, "centred-card")
    ground, ink, soft = rng.choice([("#fff7ed", "#431407", "#9a3412"), ("#f5f5f4", "#1c1917", "#78716c")])
    sheet.css = f"""
    body {{ font-family: Rubik; color: {ink}; background: {ground}; text-align: center; }}
    .k {{ font: 400 13px/18px Rubik; color: {soft}; margin-top: 13px; }}
    .v {{ font: 500 17px/23px Rubik; padding: 0 54px; }}
    """
    sheet.implied("banco_origen", "0156")
    rows = [
        (rng.choice(["Beneficiario", "Receptor"]), sheet.put("beneficiario", title_case(pay.name.upper()))),
        (rng.choice(["Cédula", "C.I. / RIF"]), sheet.national_id(pay, rng.choice(["dots", "hyphen", "digits"]))),
        (rng.choice(["Teléfono", "Celular"]), sheet.phone(pay.phone, rng.choice(["dots", "plain", "spaces"]))),
        (rng.choice(["Banco", "Banco destino"]), sheet.bank("banco_destino", pay.bank_to, "code-hyphen")),
        ("Fecha y hora", sheet.date(pay.moment, "long") + ", " + sheet.time(pay.moment, "12dots")),
    ]
    if rng.random() < 0.6:
        rows.append((rng.choice(["Descripción", "Concepto"]), sheet.put("concepto", pay.concept)))
    rows.append((rng.choice(["Nro. de confirmación", "Nro. de operación"]), sheet.put("referencia", pay.reference)))
    cells = "".join(f'<div class="k">{k}</div><div class="v">{v}</div>' for k, v in rows)
    sign = rng.choice(["Bs.", "VES", "BsS"])
    picture(
        sheet,
        rng,
        rng.choice([340, 360, 390]),
        f"""<div style="font:700 24px/34px Rubik;margin-top:26px">100% Banco</div>
        <div style="font:400 15px/22px Rubik">Pago móvil realizado</div>
        <div style="font:600 31px/44px Rubik;margin-top:16px">{sign} {sheet.amount(pay.amount)}</div>{cells}
        <div style="height:30px"></div>""",
    )
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


def banfanb(rng: random.Random, pay: Payment) -> Sheet:
    """Two boxes side by side, who pays and who is paid, and the operation below them."""
    sheet = Sheet("banfanb", "seen", None, "two-boxes", medium="page")
    sheet.css = """
    body { font-family: Lato; color: #1a1a1a; background: #fff; }
    .two { display: grid; grid-template-columns: 1fr 1fr; gap: 24px; margin: 16px 50px; }
    .x { border: 1px solid #9e9e9e; border-radius: 6px; padding: 12px 16px; }
    .x h3 { font: 700 16px/24px Lato; color: #33512e; border-bottom: 1px solid #ccc; margin-bottom: 8px; }
    .x p { font: 400 15px/24px Lato; } .x p b { font-weight: 700; }
    """
    sheet.implied("banco_origen", "0177")
    origin = [
        ("Nombre", escape(pay.payer)),
        ("Cédula", f"V-{rng.randint(4_000_000, 30_000_000)}"),
        ("Cuenta", sheet.account("cuenta_origen", "0177" + digits(rng, 16), "bank-mask")),
        ("Teléfono", pay.payer_phone),
    ]
    target = [
        ("Nombre", sheet.put("beneficiario", pay.name)),
        ("Cédula", sheet.national_id(pay, "hyphen")),
        ("Banco", sheet.bank("banco_destino", pay.bank_to, "code-paren")),
        ("Teléfono", sheet.phone(pay.phone)),
    ]
    detail = [
        ("Nº de transacción", sheet.put("referencia", pay.reference)),
        ("Fecha y hora", f"{sheet.date(pay.moment, 'hyphen')} {sheet.time(pay.moment, '24')}"),
        ("Importe", f"Bs. {sheet.amount(pay.amount)}"),
        ("Comisión", f"Bs. {sheet.commission(pay.commission)}"),
        ("Total", f"Bs. {printed.money(pay.total)}"),
        ("Observación", sheet.put("concepto", pay.concept)),
    ]
    boxes = ""
    for title, rows in (
        (rng.choice(["Datos del ordenante", "Ordenante"]), origin),
        (rng.choice(["Datos del beneficiario", "Beneficiario"]), target),
    ):
        lines = "".join(f"<p><b>{k}:</b> {v}</p>" for k, v in rows)
        boxes += f'<div class="x"><h3>{title}</h3>{lines}</div>'
    lines = "".join(f"<p><b>{k}:</b> {v}</p>" for k, v in detail)
    sheet.body = (
        '<div style="width:900px;padding:26px 0 36px"><div style="font:700 26px/34px Lato;margin:0 50px;color:#33512e">'
        'Banfanb</div><div style="font:400 17px/26px Lato;margin:0 50px">Comprobante de pago móvil</div>'
        f'<div class="two">{boxes}</div><div class="x" style="margin:0 50px"><h3>Operación</h3>{lines}</div></div>'
    )
    sheet.width, sheet.height, sheet.scale = 900, None, rng.choice([1.25, 1.5, 2])
    return sheet


def bangente(rng: random.Random, pay: Payment) -> Sheet:
    """Dark; who is paid first, the amount in the middle, a folded list of details below."""
    sheet = Sheet("bangente", "seen", None, "person-first")
    accent = rng.choice(["#f472b6", "#38bdf8", "#a3e635"])
    sheet.css = f"""
    body {{ font-family: Mulish; color: #f4f4f5; }}
    .p {{ text-align: center; padding: 0 40px; }}
    .l {{ display: flex; justify-content: space-between; gap: 20px; padding: 10px 22px;
      font: 600 14px/20px Mulish; border-bottom: 1px solid #3f3f46; }}
    .l span:first-child {{ color: #a1a1aa; flex: none; }} .l span + span {{ text-align: right; }}
    .a {{ color: {accent}; }}
    """
    sheet.implied("banco_origen", "0146")
    name = sheet.put("beneficiario", pay.name)
    phone = sheet.phone(pay.phone, rng.choice(["hyphen", "spaces", "masked"]))
    rows = [
        ("Cédula", sheet.national_id(pay, rng.choice(["tight", "dots"]))),
        (rng.choice(["Entidad", "Banco"]), sheet.bank("banco_destino", pay.bank_to, rng.choice(["title", "name"]))),
        ("Enviado desde", sheet.account("cuenta_origen", "0146" + digits(rng, 16), "bullets")),
        (rng.choice(["Referencia", "Nro. ref."]), sheet.put("referencia", pay.reference)),
        (rng.choice(["Nota", "Mensaje"]), sheet.put("concepto", pay.concept)),
    ]
    lines = "".join(f'<div class="l"><span>{k}</span><span>{v}</span></div>' for k, v in rows)
    when = f"{sheet.date(pay.moment, 'short')} · {sheet.time(pay.moment, '12')}"
    inside = (
        f'<div class="row" style="padding:12px 18px;font:700 16px Mulish">{icon("close")}<span>Bangente Móvil</span>'
        f'{icon("upload")}</div><div class="p" style="font:500 14px/20px Mulish;margin-top:20px">Pago móvil enviado a'
        f'</div><div class="p" style="font:800 20px/28px Mulish">{name}</div><div class="p" style="font:500 15px/22px '
        f'Mulish">{phone}</div><div class="p a" style="font:800 34px/48px Mulish;margin-top:16px">'
        f'Bs. {sheet.amount(pay.amount)}</div><div class="p" style="font:500 13px/20px Mulish;margin-bottom:22px">'
        f'{when}</div>{lines}<div class="grow"></div>'
    )
    screen(sheet, rng, "background:#18181b", inside)
    return sheet


def checking(rng: random.Random, pay: Payment) -> Sheet:
    """A bank's Zelle screen in English: to, amount, from a checking account, memo, numbers."""
    sheet = Sheet("checking", "seen", None, "english-zelle")
    sheet.css = """
    body { font-family: "Noto Sans"; color: #1c1c1c; }
    .t { font: 600 21px/28px "Noto Sans"; padding: 16px 20px; }
    .r { border-top: 1px solid #ddd; padding: 10px 20px; }
    .r small { display: block; font: 400 13px/18px "Noto Sans"; color: #5c5c5c; }
    .r b { font: 600 16px/22px "Noto Sans"; }
    """
    pay.amount = pay.amount % 1_500 + 4
    payee = sheet.put("beneficiario", rng.choice([pay.name, pay.email]))
    account = sheet.account("cuenta_origen", digits(rng, 16), "bullets")
    rows = [
        (rng.choice(["Recipient", "Send to", "To"]), payee),
        ("Amount", sheet.amount(pay.amount, f"${printed.money_english(pay.amount)}", "USD")),
        (rng.choice(["Pay from", "From"]), f"Everyday Checking {account}"),
        (rng.choice(["Send date", "Date sent"]), sheet.date(pay.moment, rng.choice(["english", "english-short"]))),
    ]
    if rng.random() < 0.7:
        note = rng.choice(["Rent for May", "groceries", "Dinner", "thank you", "invoice 204"])
        rows.append((rng.choice(["Memo", "Message"]), sheet.put("concepto", note)))
    number = digits(rng, rng.choice([10, 11, 12]))
    label = rng.choice(["Transaction number", "Confirmation number"])
    rows.append((label, sheet.put("referencia", number)))
    lines = "".join(f'<div class="r"><small>{k}</small><b>{v}</b></div>' for k, v in rows)
    title = rng.choice(["Your payment is on its way", "Success! Money sent", "We've sent your money"])
    inside = (
        f'<div class="row" style="padding:12px 18px">{icon("close")}<span style="font:600 16px Noto Sans">Zelle®</span>'
        f'<span style="width:20px"></span></div><div class="t">{title}</div>{lines}<div class="grow"></div>'
        '<div style="margin:14px 20px;background:#0a5cba;color:#fff;border-radius:6px;text-align:center;'
        'font:600 16px/46px Noto Sans">Send more money</div>'
    )
    screen(sheet, rng, "background:#fff", inside)
    return sheet


def comercio(rng: random.Random, pay: Payment) -> Sheet:
    """A payment to a shop (P2C): a list of lines, label and value in one line, each with its colon."""
    sheet = Sheet("comercio", "seen", None, "lines")
    font = rng.choice(["Ubuntu", "Open Sans", "Work Sans"])
    sheet.css = f"""
    body {{ font-family: "{font}"; color: #0f172a; background: #fff; }}
    .o {{ font: 400 15px/27px "{font}"; padding: 0 24px; }} .o b {{ font-weight: 700; }}
    """
    code = rng.choice(["0102", "0105", "0134", "0163", "0172"])
    rows = [
        ("Banco emisor", sheet.bank("banco_origen", code, rng.choice(["code-hyphen", "title"]))),
        ("Comercio", sheet.put("beneficiario", pay.name)),
        ("RIF", sheet.national_id(pay, "hyphen")),
        ("Banco receptor", sheet.bank("banco_destino", pay.bank_to, rng.choice(["code-hyphen", "title"]))),
        (rng.choice(["Teléfono comercio", "Teléfono destino"]), sheet.phone(pay.phone, "plain")),
        (rng.choice(["Monto pagado", "Monto"]), f"{sheet.amount(pay.amount)} {rng.choice(['Bs', 'Bs.', 'VES'])}"),
        (rng.choice(["Número de operación", "Nro Referencia"]), sheet.put("referencia", pay.reference)),
        ("Fecha", sheet.date(pay.moment, rng.choice(["slash", "iso"]))),
        ("Hora", sheet.time(pay.moment, rng.choice(["24", "12"]))),
    ]
    if rng.random() < 0.5:
        rows.append(("Concepto", sheet.put("concepto", pay.concept)))
    lines = "".join(f'<div class="o"><b>{k}:</b> {v}</div>' for k, v in rows)
    picture(
        sheet,
        rng,
        rng.choice([350, 380, 420]),
        f"""<div style="background:#7c2d12;color:#fff;padding:16px 24px;
        font:700 20px/26px '{font}'">Pago Móvil P2C</div>
        <div style="padding:14px 24px 6px;font:500 16px/24px '{font}';color:#15803d">Pago aprobado</div>{lines}
        <div style="font:400 12px/18px '{font}';padding:14px 24px 22px;color:#64748b">Conserve este comprobante para
        cualquier reclamo.</div>""",
    )
    return sheet


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


APPS = {
    "caroni": caroni,
    "fondo-comun": fondo_comun,
    "cien": cien,
    "agricola": agricola,
    "banfanb": banfanb,
    "bangente": bangente,
    "checking": checking,
    "comercio": comercio,
    "ene58": ene58,
    "capitales": capitales,
}
