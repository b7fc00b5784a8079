"""More apps that were unseen until their misses had been looked at, after those of `apps_former_3.py`."""

import random
from html import escape

from . import printed
from .people import BANKS, FIRST_NAMES, Payment, digits
from .sheet import Sheet, icon, picture, screen, title_case


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


def iconos_solos(rng: random.Random, pay: Payment) -> Sheet:
    """Amount on top, then a list of icon and value without any label; only the reference says what it is."""
    sheet = Sheet("iconos-solos", "seen", None, "icons-only")
    ground, ink = rng.choice([("#0f172a", "#e2e8f0"), ("#ffffff", "#0f172a"), ("#fdf2f8", "#500724")])
    code = rng.choice(["0172", "0134", "0138"])
    sheet.implied("banco_origen", code)
    sheet.css = f"""
    body {{ font-family: Manrope; color: {ink}; }}
    .l {{ display: flex; gap: 16px; align-items: center; padding: 11px 26px; font: 500 16px/22px Manrope; }}
    """
    rows = [
        ("user", sheet.put("beneficiario", pay.name)),
        ("card", sheet.national_id(pay, rng.choice(["dots", "hyphen"]))),
        ("phone", sheet.phone(pay.phone, rng.choice(["hyphen", "spaces"]))),
        ("bank", sheet.bank("banco_destino", pay.bank_to, "title")),
        ("calendar", f"{sheet.date(pay.moment, 'slash')} · {sheet.time(pay.moment, '12')}"),
        ("hash", f"Ref. {sheet.put('referencia', pay.reference)}"),
    ]
    body = "".join(f'<div class="l">{icon(name, 22)}<span>{value}</span></div>' for name, value in rows)
    inside = (
        f'<div style="padding:20px 26px 0;font:700 17px/24px Manrope">{title_case(BANKS[code][0])}</div>'
        f'<div style="padding:26px 26px 4px;font:500 15px/22px Manrope;opacity:.7">Pago móvil enviado</div>'
        f'<div style="padding:0 26px 20px;font:800 34px/44px Manrope">{sheet.amount(pay.amount)} Bs</div>{body}'
        '<div class="grow"></div>'
    )
    screen(sheet, rng, f"background:{ground}", inside, f"color:{ink}")
    return sheet


def bandas(rng: random.Random, pay: Payment) -> Sheet:
    """A band of colour with the labels at the left, values at the right, long ones wrapped."""
    sheet = Sheet("bandas", "seen", None, "label-band")
    tone = rng.choice(["#1e6091", "#7f4f24", "#5a189a"])
    sheet.css = f"""
    body {{ font-family: "Source Sans 3"; color: #222; background: #fff; }}
    .r {{ display: flex; border-bottom: 1px solid #ddd; }} .r i {{ width: 128px; flex: none; background: {tone};
      color: #fff; font: 600 14px/20px "Source Sans 3"; padding: 8px 10px; }}
    .r > span {{ padding: 8px 12px; font: 400 15px/20px "Source Sans 3"; }}
    """
    code = rng.choice(["0105", "0163", "0171"])
    rows = [
        ("Fecha", f"{sheet.date(pay.moment, 'long')}"),
        ("Operación", "Pago a terceros"),
        (rng.choice(["Se pagó a", "Cobra"]), sheet.put("beneficiario", pay.name)),
        (rng.choice(["Identificación", "Nº documento"]), sheet.national_id(pay, "tight")),
        (rng.choice(["Nº celular", "Celular"]), sheet.phone(pay.phone, "dots")),
        (rng.choice(["Banco", "Banco de quien cobra"]), sheet.bank("banco_destino", pay.bank_to, "legal")),
        ("Cargo a", sheet.account("cuenta_origen", code + digits(rng, 16), "long-mask")),
        (rng.choice(["Valor Bs", "Importe"]), sheet.amount(pay.amount)),
        (rng.choice(["Comprobante", "Nº comprobante"]), sheet.put("referencia", pay.reference)),
    ]
    body = "".join(f'<div class="r"><i>{k}</i><span>{v}</span></div>' for k, v in rows)
    picture(
        sheet,
        rng,
        rng.choice([370, 400, 430]),
        f"""<div style="padding:14px;font:700 19px/26px 'Source Sans 3'">{title_case(BANKS[code][0])}</div>{body}
        <div style="height:12px"></div>""",
    )
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


def sent(rng: random.Random, pay: Payment) -> Sheet:
    """An English app: who, how much, and a list of details with the delivery that is expected."""
    sheet = Sheet("sent", "seen", None, "english-details")
    sheet.css = """
    body { font-family: Inter; color: #0b132b; }
    .r { display: flex; justify-content: space-between; padding: 12px 22px; font: 400 15px/21px Inter; gap: 14px;
      border-top: 1px solid #edf0f4; } .r i { font-style: normal; color: #64748b; flex: none; }
    """
    dollars = pay.amount % 700 + 8
    shown = sheet.amount(dollars, printed.money_english(dollars), "USD")
    who = sheet.put("beneficiario", pay.name)
    rows = [
        (rng.choice(["Paid from", "From"]), "Savings " + sheet.account("cuenta_origen", digits(rng, 10), "bullets")),
        (rng.choice(["Reference", "Confirmation code"]), sheet.put("referencia", pay.reference)),
        (rng.choice(["Date", "Sent"]), sheet.date(pay.moment, "english-short")),
        ("Delivery", "Within minutes"),
        ("Transfer fee", f"${sheet.put('comision', '0.00', '0.00')}"),
    ]
    if rng.random() < 0.5:
        rows.append(("For", sheet.put("concepto", pay.concept)))
    body = "".join(f'<div class="r"><i>{k}</i><span>{v}</span></div>' for k, v in rows)
    inside = (
        f'<div style="padding:16px 20px">{icon("close")}</div>'
        f'<div style="text-align:center;font:600 21px/30px Inter;padding:10px 24px">You sent {who}</div>'
        f'<div style="text-align:center;font:700 40px/54px Inter;padding-bottom:22px">${shown}</div>{body}'
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


def talon(rng: random.Random, pay: Payment) -> Sheet:
    """A stub with a dashed edge: big amount at the foot, the label in front of it in the same row."""
    sheet = Sheet("talon", "seen", None, "stub")
    sheet.css = """
    body { font-family: Rubik; color: #1d3557; background: #f1faee; }
    .s { background: #fff; margin: 16px; border: 2px dashed #a8dadc; padding: 14px 16px; }
    .s div { font: 400 14px/19px Rubik; padding: 5px 0; } .s small { color: #6c7a89; font: 400 12px/16px Rubik; }
    """
    code = pay.bank_from
    rows = [
        (rng.choice(["Ordena", "Paga"]), f"{escape(pay.payer)}, {sheet.bank('banco_origen', code, 'title')}"),
        (
            rng.choice(["Recibe", "A favor de"]),
            f"{sheet.put('beneficiario', pay.name)}<br>{sheet.national_id(pay, 'hyphen')} · "
            f"{sheet.phone(pay.phone)}<br>"
            f"{sheet.bank('banco_destino', pay.bank_to, 'title')}",
        ),
        ("Realizado", f"{sheet.date(pay.moment, 'slash')} {sheet.time(pay.moment, '24')}"),
        (rng.choice(["Referencia bancaria", "Ref. bancaria"]), sheet.put("referencia", pay.reference)),
        (rng.choice(["Por concepto de", "Concepto"]), sheet.put("concepto", pay.concept)),
    ]
    body = "".join(f"<div><small>{k}</small><br>{v}</div>" for k, v in rows)
    picture(
        sheet,
        rng,
        rng.choice([350, 380]),
        f"""<div class="s"><div style="font:700 18px/25px Rubik">Talón de pago móvil</div>{body}
        <div style="display:flex;justify-content:space-between;font:700 21px/30px Rubik;border-top:2px dashed #a8dadc;
        margin-top:8px;padding-top:12px"><span>Total Bs.</span><span>{sheet.amount(pay.amount)}</span></div></div>""",
    )
    return sheet


APPS = {
    "formulario": formulario,
    "reenviado": reenviado,
    "iconos-solos": iconos_solos,
    "bandas": bandas,
    "corto": corto,
    "rejilla": rejilla,
    "enviaste": enviaste,
    "sent": sent,
    "panel": panel,
    "talon": talon,
}
