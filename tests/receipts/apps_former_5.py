"""More apps that were unseen until their misses had been looked at, after those of `apps_former_4.py`."""

import random
from decimal import Decimal
from html import escape

from . import printed
from .people import BANKS, Payment, digits
from .sheet import Sheet, icon, picture, screen, title_case


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


def desglose(rng: random.Random, pay: Payment) -> Sheet:
    """Amounts broken down: payment, fee, tax on it, total; then the persons."""
    sheet = Sheet("desglose", "seen", None, "breakdown")
    ground, ink = rng.choice([("#fffdf7", "#3b2f2f"), ("#101820", "#f2f2f2")])
    sheet.css = f"""
    body {{ font-family: "Open Sans"; color: {ink}; }}
    .r {{ display: flex; justify-content: space-between; padding: 6px 22px; gap: 12px;
      font: 400 14.5px/20px "Open Sans"; }}
    .r b {{ font-weight: 700; text-align: right; }} .l {{ border-top: 1px solid #8885; margin: 8px 22px; }}
    """
    code = rng.choice(["0102", "0114", "0163"])
    sheet.implied("banco_origen", code)
    tax = (pay.commission * Decimal("0.16")).quantize(Decimal("0.01"))
    first = [
        (rng.choice(["Pago", "Monto a pagar"]), f"Bs. {sheet.amount(pay.amount)}"),
        ("Comisión", f"Bs. {sheet.commission(pay.commission)}"),
        ("IVA (16%)", f"Bs. {printed.money(tax)}"),
        ("Total a debitar", f"Bs. {printed.money(pay.total + tax)}"),
    ]
    second = [
        (rng.choice(["Recibe", "Beneficiario"]), sheet.put("beneficiario", pay.name)),
        (rng.choice(["RIF/CI", "CI/RIF"]), sheet.national_id(pay, "tight")),
        (rng.choice(["Tlf.", "Telf. celular"]), sheet.phone(pay.phone)),
        (rng.choice(["Bco.", "Banco receptor"]), sheet.bank("banco_destino", pay.bank_to, "code-tight")),
        (rng.choice(["Fecha op.", "Fecha operación"]), sheet.date(pay.moment, "slash")),
        (rng.choice(["Nº Ref.", "Referencia Nº"]), sheet.put("referencia", pay.reference)),
    ]

    def rows(pairs: list[tuple[str, str]]) -> str:
        return "".join(f'<div class="r"><span>{k}</span><b>{v}</b></div>' for k, v in pairs)

    inside = (
        f"<div style=\"padding:18px 22px 10px;font:700 19px/26px 'Open Sans'\">{title_case(BANKS[code][0])}</div>"
        f'{rows(first)}<div class="l"></div>{rows(second)}<div class="grow"></div>'
    )
    screen(sheet, rng, f"background:{ground}", inside, f"color:{ink}")
    return sheet


def bilingue(rng: random.Random, pay: Payment) -> Sheet:
    """Every label in both languages, parted by a bar."""
    sheet = Sheet("bilingue", "seen", None, "two-languages")
    sheet.css = """
    body { font-family: Inter; color: #1c2541; background: #fff; }
    .r { padding: 7px 20px; border-bottom: 1px solid #eef0f4; font: 500 15px/21px Inter; }
    .r small { display: block; font: 400 12px/17px Inter; color: #7d869c; }
    """
    code = rng.choice(["0104", "0156", "0191"])
    sheet.implied("banco_origen", code)
    rows = [
        ("Monto / Amount", f"VES {sheet.amount(pay.amount)}"),
        ("Beneficiario / Payee", sheet.put("beneficiario", pay.name)),
        ("Documento / ID", sheet.national_id(pay, "hyphen")),
        ("Teléfono / Phone", sheet.phone(pay.phone, "hyphen")),
        ("Banco / Bank", sheet.bank("banco_destino", pay.bank_to, "title")),
        ("Fecha / Date", f"{sheet.date(pay.moment, 'slash')} {sheet.time(pay.moment, '24')}"),
        ("Referencia / Reference", sheet.put("referencia", pay.reference)),
    ]
    body = "".join(f'<div class="r"><small>{k}</small>{v}</div>' for k, v in rows)
    picture(
        sheet,
        rng,
        rng.choice([360, 400]),
        f"""<div style="padding:16px 20px;font:700 18px/26px Inter">{title_case(BANKS[code][0])}
        <div style="font:400 13px/19px Inter;color:#7d869c">Pago enviado / Payment sent</div></div>{body}""",
    )
    return sheet


def seguido(rng: random.Random, pay: Payment) -> Sheet:
    """Label in bold and value in the same line without a colon, centred."""
    sheet = Sheet("seguido", "seen", None, "inline-centred")
    tone = rng.choice(["#003049", "#386641", "#6a040f"])
    sheet.css = f"""
    body {{ font-family: Roboto; color: #222; background: #fff; text-align: center; }}
    .h {{ background: {tone}; color: #fff; font: 500 19px/54px Roboto; }}
    .l {{ font: 400 15.5px/31px Roboto; }} .l b {{ font-weight: 700; }}
    """
    code = rng.choice(["0108", "0137", "0166"])
    sheet.implied("banco_origen", code)
    lines = [
        (rng.choice(["Referencia", "Nro. Referencia"]), sheet.put("referencia", pay.reference)),
        ("Fecha", f"{sheet.date(pay.moment, 'slash')}"),
        ("Hora", f"{sheet.time(pay.moment, '12')}"),
        (rng.choice(["Monto", "Monto Bs."]), sheet.amount(pay.amount)),
        (rng.choice(["Cédula", "Cédula beneficiario"]), sheet.national_id(pay, "hyphen")),
        (rng.choice(["Teléfono", "Teléfono beneficiario"]), sheet.phone(pay.phone)),
        (rng.choice(["Banco", "Banco beneficiario"]), sheet.bank("banco_destino", pay.bank_to, "title")),
    ]
    body = "".join(f'<div class="l"><b>{k}</b> {v}</div>' for k, v in lines)
    picture(
        sheet,
        rng,
        rng.choice([350, 380]),
        f"""<div class="h">{title_case(BANKS[code][0])}</div>
        <div style="font:500 17px/44px Roboto">Operación realizada con éxito</div>{body}
        <div style="font:400 11.5px/17px Roboto;color:#777;padding:14px 26px 18px">Horario de atención: lunes a
        viernes de 8:30 am a 3:30 pm. Límite diario: Bs. 50.000,00</div>""",
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


def mayuscula(rng: random.Random, pay: Payment) -> Sheet:
    """All in capitals, with the bank's full name wrapped, and the payer's data first."""
    sheet = Sheet("mayuscula", "seen", None, "capitals")
    sheet.css = """
    body { font-family: Ubuntu; color: #111; background: #fff; }
    .r { display: flex; padding: 5px 18px; font: 400 13px/19px Ubuntu; gap: 10px; }
    .r i { font-style: normal; font-weight: 700; width: 150px; flex: none; }
    """
    rows = [
        ("TELÉFONO ORIGEN", printed.phone(pay.payer_phone, "plain")),
        (
            "BANCO EMISOR",
            sheet.bank("banco_origen", pay.bank_from, "legal").replace("Banco Universal", "BANCO UNIVERSAL"),
        ),
        ("TELÉFONO RECEPTOR", sheet.phone(pay.phone)),
        ("IDENT. RECEPTOR", sheet.national_id(pay, "tight")),
        ("BANCO RECEPTOR", sheet.bank("banco_destino", pay.bank_to, "name")),
        ("MONTO (BS.)", sheet.amount(pay.amount)),
        ("CONCEPTO", sheet.put("concepto", pay.concept.upper())),
        ("FECHA", sheet.date(pay.moment, "slash")),
        ("HORA", sheet.time(pay.moment, "24s")),
        ("REFERENCIA", sheet.put("referencia", pay.reference)),
    ]
    body = "".join(f'<div class="r"><i>{k}</i><span>{v}</span></div>' for k, v in rows)
    picture(
        sheet,
        rng,
        rng.choice([380, 420]),
        f"""<div style="padding:16px 18px 6px;font:700 17px/24px Ubuntu">RECIBO DE PAGO MÓVIL</div>{body}
        <div style="height:14px"></div>""",
    )
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


def hoja(rng: random.Random, pay: Payment) -> Sheet:
    """A bottom sheet over a dimmed list of other payments."""
    sheet = Sheet("hoja", "seen", None, "bottom-sheet")
    sheet.css = """
    body { font-family: Poppins; color: #14213d; }
    .b { opacity: .35; } .b div { display: flex; justify-content: space-between; padding: 9px 20px;
      font: 400 14px/20px Poppins; }
    .s { background: #fff; border-radius: 22px 22px 0 0; padding: 16px 22px 10px; box-shadow: 0 -4px 20px #0004; }
    .s div { padding: 5px 0; font: 500 15px/21px Poppins; } .s small { color: #7a8194; font: 400 12px/16px Poppins; }
    """
    code = rng.choice(["0134", "0168", "0177"])
    sheet.implied("banco_origen", code)
    others = "".join(
        f"<div><span>{what}</span><span>-{rng.randint(1, 99)},{rng.randint(10, 99)}</span></div>"
        for what in ("Recarga", "Servicios", "Comercio")
    )
    rows = [
        (rng.choice(["Enviado a", "Pagado a"]), f"{sheet.put('beneficiario', pay.name)}"),
        (rng.choice(["Pago móvil de", "Teléfono y banco"]),
         f"{sheet.phone(pay.phone, 'hyphen')}, {sheet.bank('banco_destino', pay.bank_to, 'title')}"),
        ("Cédula", sheet.national_id(pay, "hyphen")),
        (rng.choice(["Por", "Monto"]), f"Bs. {sheet.amount(pay.amount)}"),
        ("El", f"{sheet.date(pay.moment, 'slash')} a las {sheet.time(pay.moment, '12')}"),
        (rng.choice(["Con la referencia", "N.º de referencia"]), sheet.put("referencia", pay.reference)),
    ]  # fmt: skip
    body = "".join(f"<div><small>{k}</small><br>{v}</div>" for k, v in rows)
    inside = (
        f'<div class="b"><div style="font-weight:600">{title_case(BANKS[code][0])}{icon("list")}</div>{others}</div>'
        f'<div class="grow"></div><div class="s">{body}</div>'
    )
    screen(sheet, rng, "background:#dfe3ea", inside)
    return sheet


APPS = {
    "constancia": constancia,
    "edicion": edicion,
    "desglose": desglose,
    "bilingue": bilingue,
    "seguido": seguido,
    "renglon": renglon,
    "correo-ingles": correo_ingles,
    "mayuscula": mayuscula,
    "foto-perfil": foto_perfil,
    "hoja": hoja,
}
