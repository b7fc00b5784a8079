"""Apps that show a payment on cards: values in boxes, in a grid or beside icons."""

import random
from html import escape

from . import printed
from .people import BANKS, Payment, digits
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


def panel(rng: random.Random, pay: Payment) -> Sheet:
    """Dark rounded panels: the result, the persons, the operation; label and value in one line with a colon."""
    sheet = Sheet("panel", "seen", None, "dark-panels")
    sheet.css = """
    body { font-family: Ubuntu; color: #e9ecef; }
    .p { background: #2b2d42; border-radius: 14px; margin: 0 14px 12px; padding: 12px 16px;
      font: 400 15px/24px Ubuntu; } .p b { font: 700 16px/25px Ubuntu; }
    """
    code = rng.choice(["0156", "0174", "0177"])
    sheet.implied("banco_origen", code)
    payer_phone = printed.phone(pay.payer_phone, "hyphen")
    inside = (
        f'<div style="padding:16px 18px;font:700 19px/26px Ubuntu">{title_case(BANKS[code][0])}</div>'
        f'<div class="p"><b>Operación exitosa</b><br>Número de operación: {sheet.put("referencia", pay.reference)}<br>'
        f"Monto: Bs. {sheet.amount(pay.amount)}<br>Comisión: Bs. {sheet.commission(pay.commission)}</div>"
        f'<div class="p"><b>Quien paga</b><br>{escape(pay.payer)}<br>Teléfono: {payer_phone}</div>'
        f'<div class="p"><b>Quien cobra</b><br>Documento: {sheet.national_id(pay, "hyphen")}<br>'
        f"Teléfono: {sheet.phone(pay.phone, 'hyphen')}<br>"
        f"Banco: {sheet.bank('banco_destino', pay.bank_to, 'code-hyphen')}</div>"
        f'<div class="p">Fecha: {sheet.date(pay.moment, "hyphen")}<br>Hora: {sheet.time(pay.moment, "12dots")}<br>'
        f"Descripción: {sheet.put('concepto', pay.concept)}</div>"
        '<div class="grow"></div>'
    )
    screen(sheet, rng, "background:#1a1b26", inside, "color:#e9ecef")
    return sheet


def edicion(rng: random.Random, pay: Payment) -> Sheet:
    """Cards with a title and an action at their right; two lines of text in each, no labels for persons."""
    sheet = Sheet("edicion", "seen", None, "titled-cards")
    sheet.css = """
    body { font-family: Mulish; color: #1b1f3b; }
    .c { border: 1px solid #e0e3ef; border-radius: 14px; margin: 0 16px 11px; padding: 11px 15px; }
    .c .row { font: 700 13px/18px Mulish; color: #5b6180; } .c .row i { font-style: normal; color: #3d5afe; }
    .c p { font: 500 15.5px/23px Mulish; }
    """
    code = rng.choice(["0134", "0172", "0175"])
    sheet.implied("banco_origen", code)

    def card(title: str, action: str, *lines: str) -> str:
        rows = "".join(f"<p>{line}</p>" for line in lines)
        return f'<div class="c"><div class="row"><span>{title}</span><i>{action}</i></div>{rows}</div>'

    inside = (
        f'<div style="padding:14px 18px;font:800 20px/28px Mulish">{title_case(BANKS[code][0])}</div>'
        + card(rng.choice(["Le pagaste a", "Destinatario"]), "Guardar", sheet.put("beneficiario", pay.name),
               f"{sheet.national_id(pay, 'hyphen')}")
        + card(rng.choice(["Pago móvil", "Datos de pago móvil"]), "Copiar", sheet.phone(pay.phone, "hyphen"),
               sheet.bank("banco_destino", pay.bank_to, "code-hyphen"))
        + card(rng.choice(["Monto pagado", "Cantidad"]), "Repetir", f"Bs. {sheet.amount(pay.amount)}")
        + card(rng.choice(["Fecha y hora", "Cuándo"]), "Calendario",
               f"{sheet.date(pay.moment, 'long')}, {sheet.time(pay.moment, '12')}")
        + card(rng.choice(["Número de referencia", "Referencia del pago"]), "Copiar",
               sheet.put("referencia", pay.reference))
        + '<div class="grow"></div>'
    )  # fmt: skip
    screen(sheet, rng, "background:#fff", inside)
    return sheet


def foto_perfil(rng: random.Random, pay: Payment) -> Sheet:
    """A person's circle with initials, name and bank below, amount, a link to details that stand open."""
    sheet = Sheet("foto-perfil", "seen", None, "avatar")
    dark = rng.random() < 0.5
    ground, ink, soft = ("#0b0c10", "#f5f5f5", "#9aa0a6") if dark else ("#fff", "#111827", "#6b7280")
    sheet.css = f"""
    body {{ font-family: Manrope; color: {ink}; text-align: center; }}
    .a {{ width: 66px; height: 66px; border-radius: 33px; background: #2563eb; color: #fff; margin: 24px auto 10px;
      font: 700 24px/66px Manrope; }}
    .d {{ text-align: left; padding: 16px 28px; }}
    .d div {{ display: flex; justify-content: space-between; padding: 6px 0;
      font: 500 14.5px/20px Manrope; }} .d i {{ font-style: normal; color: {soft}; }}
    """
    code = rng.choice(["0105", "0151", "0174"])
    sheet.implied("banco_origen", code)
    initials = "".join(word[0] for word in pay.name.split()[:2]).upper()
    rows = [
        (rng.choice(["Cédula", "Identificación"]), sheet.national_id(pay, "dots")),
        (rng.choice(["Celular", "Teléfono"]), sheet.phone(pay.phone, "hyphen")),
        ("Fecha", sheet.date(pay.moment, "short")),
        ("Hora", sheet.time(pay.moment, "12")),
        (rng.choice(["Referencia", "Operación"]), sheet.put("referencia", pay.reference)),
        (rng.choice(["Nuevo saldo", "Saldo disponible"]), f"Bs. {rng.randint(10, 99)}.{rng.randint(100, 999)},00"),
    ]
    body = "".join(f"<div><i>{k}</i><span>{v}</span></div>" for k, v in rows)
    inside = (
        f'<div style="font:700 16px/22px Manrope;padding-top:12px">{title_case(BANKS[code][0])}</div>'
        f'<div class="a">{initials}</div><div style="font:700 19px/26px Manrope;padding:0 30px">'
        f"{sheet.put('beneficiario', pay.name)}</div>"
        f'<div style="font:500 14px/20px Manrope;color:{soft};padding:0 30px">'
        f"{sheet.bank('banco_destino', pay.bank_to, 'title')}</div>"
        f'<div style="font:800 32px/58px Manrope">Bs. {sheet.amount(pay.amount)}</div><div class="d">{body}</div>'
        '<div class="grow"></div>'
    )
    screen(sheet, rng, f"background:{ground}", inside, f"color:{ink}")
    return sheet


APPS = {
    "exterior": exterior,
    "billetera": billetera,
    "activo": activo,
    "cien": cien,
    "banfanb": banfanb,
    "bangente": bangente,
    "nube": nube,
    "cruce": cruce,
    "panel": panel,
    "edicion": edicion,
    "foto-perfil": foto_perfil,
}
