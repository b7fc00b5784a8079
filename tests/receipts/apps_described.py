"""The four layouts that are described: bdv, bnc, provincial and mercantil."""

import random
from html import escape

from . import printed
from .people import BANKS, Payment, digits
from .sheet import Phone, Sheet, icon, invent_phone, navigation_bar, phone_page, status_bar, svg

BNC_NAMES = {
    "0102": "VENEZUELA",
    "0105": "MERCANTIL",
    "0108": "PROVINCIAL",
    "0114": "BANCARIBE",
    "0115": "EXTERIOR",
    "0134": "BANESCO",
    "0163": "TESORO",
    "0172": "BANCAMIGA",
    "0174": "BANPLUS",
    "0175": "BICENTENARIO",
    "0191": "BNC",
}


def bdv(rng: random.Random, pay: Payment) -> Sheet:
    dark = rng.random() < 0.6
    screenshot = rng.random() < 0.55
    sheet = Sheet("bdv", "described", "bdv")
    sheet.variant = f"{'dark' if dark else 'light'}-{'screenshot' if screenshot else 'card'}"
    ground, ink, band = ("#212121", "#fff", "#757575") if dark else ("#E0E0E0", "#1C1C1E", "#D6D6D6")
    phone = invent_phone(rng)
    if not screenshot:
        phone = Phone(rng.choice([330, 360, 380]), 0, rng.choice([1.5, 2, 2.5, 2.84]), "card")
    pitch = phone.width * 0.07
    sheet.css = f"""
    body {{ background: {ground}; color: {ink}; font-family: Nunito; }}
    .title {{ text-align: center; font: 700 {pitch * 0.92:.1f}px Nunito; margin: 6px 0 10px; }}
    .pill {{ background: {band}; border-radius: 9px; text-align: center; height: {pitch * 1.35:.1f}px;
      font: 700 {pitch * 0.78:.1f}px/{pitch * 1.35:.1f}px Nunito; margin: 12px 22px 8px; }}
    .line {{ display: flex; justify-content: space-between; align-items: center;
      min-height: {pitch:.2f}px; margin: 0 24px; gap: 14px; text-align: right;
      font: 400 {pitch * 0.56:.2f}px/1.1 Nunito; }}
    .line b {{ font-weight: 700; }} .line div {{ display: flex; gap: 7px; align-items: center; }}
    .line .free {{ display: block; white-space: nowrap; overflow: hidden; }}
    .logo {{ margin: 16px auto 6px; width: 54px; }}
    .ok {{ width: 46px; height: 46px; border-radius: 50%; background: #2E9E5B; color: #fff;
      margin: 0 auto; display: flex; align-items: center; justify-content: center; }}
    """
    content = bdv_content(sheet, rng, pay, ink)
    if not screenshot:
        sheet.body = f'<div style="width:{phone.width}px;padding:4px 0 22px">{content}</div>'
        sheet.width, sheet.height, sheet.scale = phone.width, None, phone.scale
        return sheet
    header = (
        f'<div class="row" style="height:52px;padding:0 18px;font:600 17px Nunito">{icon("back")}'
        f"<span>Comprobante de operación</span>{icon('share')}</div>"
    )
    knob = f"width:44px;height:24px;border-radius:12px;background:{band};padding:3px"
    toggle = (
        '<div class="row" style="margin:0 24px 26px;font:600 15px Nunito"><span>Crear Acceso directo'
        f'</span><div style="{knob}"><div style="width:18px;height:18px;border-radius:9px;'
        'background:#fff"></div></div></div>'
    )
    inside = status_bar(rng, phone) + header + content + '<div class="grow"></div>' + toggle
    sheet.body = phone_page(phone, f"background:{ground}", inside + navigation_bar(rng, phone))
    sheet.width, sheet.height, sheet.scale = phone.width, phone.height, phone.scale
    return sheet


def bdv_content(sheet: Sheet, rng: random.Random, pay: Payment, ink: str) -> str:
    logo = (
        f'<div class="logo"><svg width="54" height="40" viewBox="0 0 54 40"><path fill="#E3262F" '
        f'd="M4 4h20l-9 14z"/><path fill="{ink}" d="M29 4h20L27 38 20 27z"/></svg></div>'
    )
    account = "0102" + digits(rng, 16)
    # Most receipts print the bare number; some print the letter before it.
    id_style = "digits" if rng.random() < 0.8 else "tight"
    rows = [
        ("Fecha:", sheet.date(pay.moment, "slash")),
        ("Operación:", sheet.put("referencia", pay.reference) + icon("copy", 15)),
        ("Identificación:", sheet.national_id(pay, id_style)),
        ("Origen:", sheet.account("cuenta_origen", account, "bank-mask")),
        ("Destino:", sheet.phone(pay.phone)),
        ("Banco:", sheet.bank("banco_destino", pay.bank_to, "code-hyphen")),
    ]
    if rng.random() < 0.75:
        concept = pay.concept if len(pay.concept) < 26 else pay.concept[:24].rstrip()
        rows.append(("Concepto:", sheet.put("concepto", concept)))
    elif rng.random() < 0.5:
        rows.append(("Concepto:", ""))
    lines = "".join(f'<div class="line"><b>{k}</b><div>{v}</div></div>' for k, v in rows)
    return (
        f'{logo}<div class="title">PagomóvilBDV Personas</div>'
        f'<div class="ok">{icon("check", 26, 3)}</div>'
        f'<div class="pill">{sheet.amount(pay.amount)} Bs</div>{lines}'
    )


def bnc(rng: random.Random, pay: Payment) -> Sheet:
    sheet = Sheet("bnc", "described", "bnc", "scrolled")
    phone = invent_phone(rng)
    size = rng.choice([13, 14, 14, 15, 16, 17])
    sheet.css = f"""
    body {{ background: #F2F2F2; color: #26323c; font-family: Montserrat; }}
    .card {{ background: #fff; margin: 0 14px; border-radius: 8px; padding: 14px 16px 20px; }}
    .k {{ font: 600 {size}px/1.5 Montserrat; margin-top: {size * 0.8:.0f}px; }}
    .v {{ font: 400 {size}px/1.45 Montserrat; padding-left: {size}px; }}
    .send {{ background: #c9ced3; color: #fff; border-radius: 6px; font: 600 15px/44px Montserrat;
      text-align: center; margin-top: 20px; }}
    .tabs {{ display: flex; justify-content: space-around; align-items: center; height: 58px;
      background: #14284b; color: #fff; flex: none; }}
    .tabs div {{ font: 600 10px Montserrat; display: grid; justify-items: center; gap: 4px; }}
    """
    name = pay.name.upper().replace(",", "")
    bank = BNC_NAMES.get(pay.bank_to, BANKS[pay.bank_to][0])
    payee = (
        f"{sheet.phone(pay.phone, 'hyphen')} {sheet.put('beneficiario', name)} "
        f'<span data-field="cedula">{pay.id_letter}- {pay.id_number}</span> - '
        f"{sheet.put('banco_destino', bank, pay.bank_to)}"
    )
    sheet.fields["cedula"] = pay.id_letter + pay.id_number
    sheet.implied("banco_origen", "0191")
    sheet.implied("moneda", "VES")
    account = sheet.account("cuenta_origen", pay.account_from, "stars")
    copy = f'<span style="display:inline-block;vertical-align:-3px">{icon("copy", 16)}</span>'
    reference = sheet.put("referencia", pay.reference.lstrip("0")[:9] or "120034567")
    rows = [
        ("Cuenta debitada:", f"Cta. Corriente BNC: {account}", ""),
        ("Beneficiario:", payee, ""),
        ("Monto:", f"Bs. {sheet.amount(pay.amount)}", ""),
        ("Comisión:", f"Bs. {sheet.commission(pay.commission)}", "color:#d2232a"),
        ("Total:", f"Bs. {printed.money(pay.total)}", "font-weight:700"),
        ("Referencia:", f"{reference} {copy}", "font-weight:700;color:#1f9d55"),
        ("Código autorizador:", digits(rng, 6), ""),
        ("Concepto:", sheet.put("concepto", pay.concept), ""),
    ]
    cells = "".join(f'<div class="k">{k}</div><div class="v" style="{style}">{v}</div>' for k, v, style in rows)
    scrolled = rng.choice([0, 0, 18, 40, 61, 83])
    card = f'<div class="card" style="margin-top:{16 - scrolled}px">{cells}'
    card += '<div class="send">Emitir Pago</div></div>'
    navy = "background:#14284b;color:#fff"
    mark = svg("M4 12a8 8 0 1 1 8 8M12 8v8M8 12h8", 30, 2.4)
    tabs = "".join(
        f"<div>{icon(name, 18)}<span>{escape(text)}</span></div>" if text else mark
        for name, text in [
            ("list", "CUENTAS"),
            ("card", "TARJETAS"),
            ("", ""),
            ("phone", "PAGOS"),
            ("coin", "DIVISAS"),
        ]
    )
    height = phone.height if rng.random() < 0.6 else rng.choice([560, 600, 640])
    phone = Phone(phone.width, height, phone.scale, phone.system)
    scroll = f'<div class="grow" data-clip style="overflow:hidden">{card}</div>'
    inside = status_bar(rng, phone, navy) + scroll + f'<div class="tabs">{tabs}</div>'
    if rng.random() < 0.5:
        inside += navigation_bar(rng, phone, navy)
    sheet.body = phone_page(phone, "background:#F2F2F2", inside)
    sheet.width, sheet.height, sheet.scale = phone.width, phone.height, phone.scale
    return sheet


def provincial(rng: random.Random, pay: Payment) -> Sheet:
    sheet = Sheet("provincial", "described", "provincial", "screen")
    font = rng.choice(["Lato", "Source Sans 3", "Open Sans"])
    width = rng.choice([360, 375, 400])
    scale = rng.choice([1.5, 2, 3])
    sheet.css = f"""
    body {{ background: #fff; font-family: "{font}"; }}
    .up {{ background: #014584; color: #fff; text-align: center; padding: 46px 10px 34px; }}
    .up p {{ font-size: 17px; line-height: 25px; }}
    .sum {{ font-size: 44px; line-height: 62px; margin: 20px 0; }}
    .sum small {{ font-size: 22px; vertical-align: 14px; margin-right: 7px; }}
    .low {{ padding: 22px 0 {rng.choice([2, 8, 26])}px; }}
    .low div.r {{ display: flex; padding-left: 4%; font-size: 15px; line-height: 21px;
      margin-bottom: 13px; color: #121212; }}
    .low .r > :first-child {{ width: {width * 0.34:.0f}px; color: #555; flex: none; }}
    .low .r:last-child {{ margin-bottom: 0; }}
    """
    sheet.implied("banco_origen", "0108")
    head = (
        f'<div class="up"><div style="width:64px;margin:0 auto 18px">'
        f"{svg('M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M8 12.5l3 3 5-6', 64, 1.2)}</div>"
        f'<p>El dinero fue enviado</p><div class="sum"><small>Bs.</small>{sheet.amount(pay.amount)}'
        '</div><p>Dinero Rápido</p><p style="font-weight:700">BBVA Provincial</p></div>'
    )
    reference = pay.reference[:9].rjust(9, "0") if rng.random() < 0.5 else "000" + digits(rng, 6)
    concept = pay.concept if len(pay.concept) < 24 else pay.concept.split()[0]
    rows = [
        ("Banco:", sheet.bank("banco_destino", pay.bank_to)),
        ("Número celular:", sheet.phone(pay.phone)),
        ("Identificación:", sheet.national_id(pay, "tight")),
        ("Concepto:", sheet.put("concepto", concept)),
        ("Fecha:", sheet.date(pay.moment, "slash")),
        ("Referencia:", sheet.put("referencia", reference)),
    ]
    low = "".join(f'<div class="r"><div>{k}</div><div>{v}</div></div>' for k, v in rows)
    sheet.body = f'<div style="width:{width}px">{head}<div class="low">{low}</div></div>'
    sheet.width, sheet.height, sheet.scale = width, None, scale
    return sheet


def mercantil(rng: random.Random, pay: Payment) -> Sheet:
    sheet = Sheet("mercantil", "described", "mercantil", "page", medium="page")
    sheet.css = """
    body { background: #fff; color: #222; font: 400 16px/22px Roboto; }
    .page { width: 1020px; height: 1320px; padding: 46px 60px; }
    .three { display: grid; grid-template-columns: 1fr 1fr 1fr; column-gap: 26px; margin-top: 34px; }
    .three b { font-weight: 500; color: #0b3d7a; display: block; margin-bottom: 4px; }
    """
    sheet.implied("banco_origen", "0105")
    stamp = f"{printed.date(pay.moment, 'slash')} - {printed.time(pay.moment, '12s')}"
    logo = svg("M4 20V6l8 9 8-9v14", 34, 3.4)
    account = sheet.account("cuenta_origen", pay.account_from, "bullets")
    kind = rng.choice(["Ahorros", "Ahorro", "Corriente"])
    concept = pay.concept if len(pay.concept) < 46 else " ".join(pay.concept.split()[:5])
    sheet.body = f"""<div class="page">
    <div style="text-align:right;font-size:15px">{stamp}</div>
    <div class="row" style="margin-top:26px"><div style="display:flex;gap:12px;align-items:center;
      color:#0b3d7a;font:700 27px Roboto"><span>Mercantil</span>{logo}</div>
      <div style="font:500 20px Roboto">Envío de Tpago</div></div>
    <hr style="border:0;border-top:2px solid #0b3d7a;margin:16px 0">
    <div style="text-align:center;font:500 20px/30px Roboto;margin-top:24px">Operación realizada</div>
    <div class="three"><div><b>Desde mi cuenta</b>Cuenta de {kind} - {account}</div>
      <div><b>Se Envió (Bs.)</b>{sheet.amount(pay.amount)}</div>
      <div><b>Al beneficiario</b><div>{sheet.phone(pay.phone, "bullets")}</div>
        <div>{sheet.bank("banco_destino", pay.bank_to, "legal")}</div>
        <div>{sheet.put("beneficiario", pay.name)}</div>
        <div>{sheet.national_id(pay, "wide")}</div></div></div>
    <div class="three"><div><b>Concepto</b>{sheet.put("concepto", concept)}</div>
      <div><b>Nro. Referencia</b>{sheet.put("referencia", pay.reference[:11])}</div>
      <div><b>Fecha y hora</b>{sheet.date(pay.moment, "slash")} -
        {sheet.time(pay.moment, "24s")}</div></div>
    <div style="text-align:center;font-size:15px;color:#555;margin-top:70px">La información mostrada
      en esta página es confidencial</div></div>"""
    sheet.width, sheet.height, sheet.scale = 1020, 1320, rng.choice([0.8, 1, 1.25, 1.5])
    return sheet


APPS = {"bdv": bdv, "bnc": bnc, "provincial": provincial, "mercantil": mercantil}
