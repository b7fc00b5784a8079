"""Apps that show a payment as a list of labels and values, one under the other."""

import random
from datetime import timedelta
from decimal import Decimal

from . import printed
from .people import BANKS, Payment, digits
from .sheet import Sheet, icon, picture, screen, title_case


def bicentenario(rng: random.Random, pay: Payment) -> Sheet:
    """Three titled sections; the payer's own id and phone stand beside the payee's."""
    sheet = Sheet("bicentenario", "seen", None, "three-sections")
    sheet.css = """
    body { font-family: Barlow; color: #2a2a2a; }
    .h { background: #8a1538; color: #fff; font: 600 19px/52px Barlow; text-align: center; }
    .g { background: #f3e6ea; color: #8a1538; font: 700 14px/30px Barlow; padding: 0 16px; }
    .l { display: grid; grid-template-columns: 132px 1fr; gap: 10px; padding: 5px 16px;
      font: 500 15px/20px Barlow; } .l > span:first-child { color: #777; }
    """
    sheet.implied("banco_origen", "0175")
    payer_id = f"V-{rng.randint(4_000_000, 30_000_000)}"
    sections = [
        (
            "Pagador",
            [
                ("Cédula", payer_id),
                ("Teléfono", pay.payer_phone),
                ("Cuenta", sheet.account("cuenta_origen", "0175" + digits(rng, 16), "bank-mask")),
            ],
        ),
        (
            "Receptor",
            [
                ("Cédula", sheet.national_id(pay, "hyphen")),
                ("Teléfono", sheet.phone(pay.phone)),
                ("Banco", sheet.bank("banco_destino", pay.bank_to, "code-hyphen")),
                ("Nombre", sheet.put("beneficiario", pay.name.upper())),
            ],
        ),
        (
            "Operación",
            [
                ("Monto", f"Bs. {sheet.amount(pay.amount)}"),
                ("Comisión", f"Bs. {sheet.commission(pay.commission)}"),
                ("Fecha / Hora", sheet.date(pay.moment, "slash") + " " + clock(sheet, pay)),
                ("Referencia", sheet.put("referencia", pay.reference)),
                ("Concepto", sheet.put("concepto", pay.concept)),
            ],
        ),
    ]
    body = ""
    for title, rows in sections:
        body += f'<div class="g">{title}</div>'
        body += "".join(f'<div class="l"><span>{k}</span><span>{v}</span></div>' for k, v in rows)
    inside = f'<div class="h">Banco Digital de los Trabajadores</div><div class="grow">{body}</div>'
    screen(sheet, rng, "background:#fff", inside, "background:#8a1538;color:#fff")
    return sheet


def clock(sheet: Sheet, pay: Payment) -> str:
    return sheet.time(pay.moment, "24s")


def r4(rng: random.Random, pay: Payment) -> Sheet:
    """Few words on a screen that was scrolled: cut lines at the top, buttons below."""
    sheet = Sheet("r4", "seen", None, "minimal-scrolled")
    sheet.css = """
    body { font-family: Montserrat; color: #fff; }
    .m { font: 700 30px/42px Montserrat; padding: 0 24px 6px; }
    .w { padding: 9px 24px; } .w p { font: 500 12px/17px Montserrat; color: #c9a7ff; }
    .w strong { font: 600 16px/23px Montserrat; }
    """
    sheet.implied("banco_origen", "0169")
    rows = [
        ("Enviaste a", sheet.put("beneficiario", pay.name)),
        ("Su banco", sheet.bank("banco_destino", pay.bank_to, rng.choice(["title", "code-paren"]))),
        ("Su teléfono", sheet.phone(pay.phone, "spaces")),
        ("Su cédula", sheet.national_id(pay, "dots")),
        ("Cuándo", sheet.date(pay.moment, "slash") + ", " + sheet.time(pay.moment, "12dots")),
        ("Nº de referencia", sheet.put("referencia", pay.reference)),
    ]
    if rng.random() < 0.5:
        rows.append(("Para qué", sheet.put("concepto", pay.concept)))
    cells = "".join(f'<div class="w"><p>{k}</p><strong>{v}</strong></div>' for k, v in rows)
    shift = rng.choice([0, 0, -9, -14])
    money = f'<div class="m" style="margin-top:{shift}px">Bs. {sheet.amount(pay.amount)}</div>'
    button = "border-radius:12px;text-align:center;font:600 16px/48px Montserrat;margin:0 24px 10px"
    inside = (
        '<div class="row" style="padding:10px 24px;font:600 15px Montserrat"><span>R4 Banco</span>'
        f'{icon("upload")}</div><div class="grow" data-clip style="overflow:hidden">{money}{cells}'
        f'</div><div style="{button};background:#7c3aed">Compartir recibo</div>'
        f'<div style="{button};border:1px solid #7c3aed">Volver al inicio</div>'
    )
    screen(sheet, rng, "background:#1a0b2e", inside)
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


def other_amount(rng: random.Random) -> str:
    return f"{rng.randint(1, 900)}.{rng.randint(100, 999)},{rng.randint(0, 99):02}"


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


APPS = {
    "bicentenario": bicentenario,
    "r4": r4,
    "fondo-comun": fondo_comun,
    "checking": checking,
    "comercio": comercio,
    "libreta": libreta,
    "puntos": puntos,
    "union": union,
    "iconos-solos": iconos_solos,
    "bandas": bandas,
    "sent": sent,
    "desglose": desglose,
    "bilingue": bilingue,
    "seguido": seguido,
    "mayuscula": mayuscula,
    "hoja": hoja,
    "pasos": pasos,
    "inmediato": inmediato,
    "zelle-espanol": zelle_espanol,
    "enumerado": enumerado,
    "medio-punto": medio_punto,
    "verde": verde,
}
