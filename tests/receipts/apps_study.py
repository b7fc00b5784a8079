"""Apps to study: their misses show what the rules do not know yet. Many wordings, drawn anew for each receipt."""

import random
from html import escape

from . import printed
from .apps_further import Rows, above, beside, themed
from .apps_seen import as_card
from .people import Payment, digits
from .sheet import Sheet, icon, screen, title_case


def said(rng: random.Random, *wordings: str) -> str:
    return rng.choice(wordings)


def inline(rows: Rows, mark: str = ":", style: str = "padding:3px 20px") -> str:
    return "".join(f'<div style="{style}">{k}{mark} <b>{v}</b></div>' for k, v in rows)


def mi_pago(rng: random.Random, pay: Payment) -> Sheet:
    """What was done told at the top with the amount, two columns of small labels above their values."""
    sheet, ground = themed("mi-pago", rng, "told-and-grid", ".g { display: grid; grid-template-columns: 1fr 1fr; }")
    sheet.implied("banco_origen", "0114")
    cells = [
        (said(rng, "Teléfono receptor", "Celular destino", "Móvil"), sheet.phone(pay.phone, "hyphen")),
        (said(rng, "Identificación", "C.I. receptor", "Cédula"), sheet.national_id(pay, "tight")),
        (said(rng, "Banco receptor", "Entidad receptora"), sheet.bank("banco_destino", pay.bank_to, "title")),
        (
            said(rng, "Número de aprobación", "Referencia", "Nro. de confirmación"),
            sheet.put("referencia", pay.reference),
        ),
        (said(rng, "Fecha", "Fecha de la operación"), sheet.date(pay.moment, "slash")),
        (said(rng, "Hora", "Hora de la operación"), sheet.time(pay.moment, "12")),
    ]
    boxes = above(cells, "padding:8px 6px 8px 20px")
    note = above([(said(rng, "Descripción del pago", "Concepto"), sheet.put("concepto", pay.concept))])
    told = said(rng, "Realizaste un pago de", "Tu pago por", "Pagaste")
    inside = (
        '<div style="padding:18px 20px 2px;font-weight:700;font-size:18px">Mi Pago Bancaribe</div>'
        f'<div class="soft" style="padding:4px 20px">{said(rng, "¡Operación exitosa!", "Transacción procesada")}</div>'
        f'<div style="padding:10px 20px">{told}<div style="font-size:28px;line-height:40px;font-weight:700">Bs. '
        f'{sheet.amount(pay.amount)}</div></div><div class="g">{boxes}</div>{note}<div style="height:20px"></div>'
    )
    as_card(sheet, rng, rng.choice([350, 380, 420]), inside)
    return sheet


def hilo(rng: random.Random, pay: Payment) -> Sheet:
    """Several messages of a bank one under the other: a key, a receipt, a balance."""
    sheet, ground = themed("hilo", rng, "messages", ".m { margin: 8px 64px 0 14px; padding: 10px 14px; }")
    sheet.implied("banco_origen", "0105")
    amount, phone = sheet.amount(pay.amount), sheet.phone(pay.phone, said(rng, "plain", "masked", "hyphen"))
    reference = sheet.put("referencia", pay.reference)
    date, hour = (
        sheet.date(pay.moment, said(rng, "slash", "slash2", "hyphen")),
        sheet.time(pay.moment, said(rng, "24", "12")),
    )
    bank, person = sheet.bank("banco_destino", pay.bank_to, "title"), sheet.national_id(pay, "hyphen")
    told = said(
        rng,
        f"Mercantil: Enviaste Tpago por Bs. {amount} al {phone} de {bank}, documento {person}. Ref. {reference}. "
        f"{date} {hour}",
        f"Mercantil. Se realizo un Tpago desde tu cuenta. Bs {amount}. Destino: {phone}. {bank}. {person}. "
        f"Operacion {reference} del {date} a las {hour}",
        f"Banco Mercantil informa: pago movil enviado. Monto Bs.{amount}, telefono {phone}, cedula {person}, {bank}. "
        f"Fecha {date} hora {hour} Nro {reference}.",
    )
    others = [
        f"Tu clave de pagos es {digits(rng, 8)}. No la compartas con nadie.",
        f"Mercantil: tu saldo disponible es Bs. {printed.money(pay.amount * 3 + 17)}",
    ]
    bubbles = "".join(
        f'<div class="m" style="background:#8883;border-radius:14px;overflow-wrap:anywhere">{text}</div>'
        for text in (others[0], told, *others[1 : rng.randint(1, 2)])
    )
    inside = f'<div class="row" style="padding:14px 18px">{icon("back")}<span>24024</span>{icon("list")}</div>{bubbles}'
    screen(sheet, rng, f"background:{ground}", inside)
    return sheet


def credito(rng: random.Random, pay: Payment) -> Sheet:
    """A transfer between accounts in the words of bookkeepers: debit and credit."""
    sheet, ground = themed("credito", rng, "debit-credit", "")
    sheet.implied("banco_origen", pay.bank_from)
    own = said(rng, "Cuenta débito", "Cuenta a debitar", "Cta. débito", "Cuenta emisora")
    rows = [
        (own, sheet.account("cuenta_origen", pay.account_from, said(rng, "bank-mask", "long-mask"))),
        (
            said(rng, "Cuenta crédito", "Cuenta a acreditar", "Cta. crédito", "Cuenta receptora"),
            sheet.account("cuenta_destino", pay.account_to, said(rng, "bank-mask", "plain")),
        ),
        (
            said(rng, "Titular cuenta crédito", "Nombre del titular", "Beneficiario", "A nombre de"),
            sheet.put("beneficiario", pay.name.upper()),
        ),
        (
            said(rng, "CI/RIF titular", "Cédula o RIF", "Documento"),
            sheet.national_id(pay, said(rng, "hyphen", "tight")),
        ),
        (said(rng, "Monto transferido", "Monto a transferir", "Importe"), f"Bs. {sheet.amount(pay.amount)}"),
        (said(rng, "Comisión bancaria", "Comisión", "Cargos"), f"Bs. {sheet.commission(pay.commission)}"),
        (said(rng, "Motivo", "Descripción", "Concepto de la operación"), sheet.put("concepto", pay.concept)),
        (
            said(rng, "Nro. documento", "Nro. de referencia", "Nº de documento bancario"),
            sheet.put("referencia", pay.reference),
        ),
        (
            said(rng, "Fecha de ejecución", "Fecha"),
            f"{sheet.date(pay.moment, 'slash')} {sheet.time(pay.moment, '12s')}",
        ),
    ]
    rng.shuffle(rows)
    show = rng.choice([beside, above, inline])
    head = said(rng, "Transferencia", "Recibo")
    title = f'<div class="accent" style="padding:18px 20px 10px;font-size:18px">{head}</div>'
    screen(sheet, rng, f"background:{ground}", title + show(rows))
    return sheet


def de_para(rng: random.Random, pay: Payment) -> Sheet:
    """From and to as blocks of lines without labels, the rest as rows."""
    sheet, ground = themed("de-para", rng, "blocks", ".h { padding: 12px 20px 2px; }")
    bank = sheet.bank("banco_destino", pay.bank_to, said(rng, "title", "code-hyphen", "name"))
    source = [
        escape(pay.payer),
        sheet.account("cuenta_origen", pay.account_from, said(rng, "bank-mask", "bullets", "stars")),
    ]
    target = [sheet.put("beneficiario", pay.name), sheet.phone(pay.phone, said(rng, "plain", "hyphen", "spaces"))]
    target += [sheet.national_id(pay, said(rng, "hyphen", "dots", "tight")), bank]
    if sheet.fields["cuenta_origen"][:4].isdigit():
        sheet.implied("banco_origen", pay.bank_from)
    heads = said(
        rng, "De|Para", "Desde|Hacia", "Origen|Destino", "Quien envía|Quien recibe", "Pagador|Beneficiario"
    ).split("|")
    blocks = "".join(
        f'<div class="h soft">{head}</div>' + "".join(f'<div style="padding:1px 20px">{line}</div>' for line in lines)
        for head, lines in zip(heads, (source, target), strict=True)
    )
    rows = [
        (said(rng, "Monto", "Importe", "Total enviado"), f"Bs {sheet.amount(pay.amount)}"),
        (said(rng, "Referencia", "Ref.", "Nro. operación"), sheet.put("referencia", pay.reference)),
        (
            said(rng, "Fecha y hora", "Fecha/Hora"),
            f"{sheet.date(pay.moment, 'slash')} - {sheet.time(pay.moment, '24')}",
        ),
        (said(rng, "Concepto", "Mensaje", "Detalle"), sheet.put("concepto", pay.concept)),
    ]
    title = '<div class="accent" style="padding:20px 20px 4px;font-weight:700;font-size:19px">Pago móvil exitoso</div>'
    parts = [blocks, '<div style="height:12px"></div>' + beside(rows)]
    if rng.random() < 0.4:
        parts.reverse()
    screen(sheet, rng, f"background:{ground}", title + "".join(parts))
    return sheet


def paid_with(rng: random.Random, pay: Payment) -> Sheet:
    """A wallet's page in English: a sentence with the amount and who got it, then rows."""
    sheet, ground = themed("paid-with", rng, "wallet-english", "")
    pay.amount = pay.amount % 800 + 2
    shown = f"${printed.money_english(pay.amount)}" + said(rng, "", " USD")
    amount, payee = sheet.amount(pay.amount, shown, "USD"), sheet.put("beneficiario", said(rng, pay.name, pay.email))
    told = said(rng, f"You sent {amount} to {payee}", f"You paid {payee} {amount}", f"{amount} sent to {payee}")
    rows = [
        (said(rng, "Transaction ID", "Reference number", "Confirmation #"), sheet.put("referencia", digits(rng, 12))),
        (
            said(rng, "Date", "Sent on", "Transaction date"),
            sheet.date(pay.moment, said(rng, "english", "english-short")),
        ),
        (
            said(rng, "Paid with", "Payment method", "From account"),
            f"Bank {sheet.account('cuenta_origen', digits(rng, 16), 'bullets')}",
        ),
        (
            said(rng, "Fee", "Transaction fee"),
            sheet.commission(pay.commission % 5, f"${printed.money_english(pay.commission % 5)}"),
        ),
        (
            said(rng, "Note", "Message", "What's it for"),
            sheet.put("concepto", said(rng, "rent", "Lunch", "design work")),
        ),
    ]
    show = rng.choice([beside, above])
    head = f'<div style="padding:26px 28px 14px;font-size:21px;line-height:30px;font-weight:600">{told}</div>'
    screen(sheet, rng, f"background:{ground}", head + show(rows))
    return sheet


def recuadro(rng: random.Random, pay: Payment) -> Sheet:
    """A thermal slip of a shop's terminal: capitals, label and value in one line, other numbers about."""
    sheet, _ = themed("recuadro", rng, "slip", ".s { text-align: center; }")
    sheet.css += 'body { font: 400 15px/21px "Share Tech Mono"; color: #111; background: #fff; }'
    code = rng.choice(["0102", "0134", "0105", "0191"])
    sheet.implied("banco_origen", code)
    rows = [
        ("AFILIADO", digits(rng, 8)),
        ("TERMINAL", digits(rng, 6)),
        ("LOTE", digits(rng, 4)),
        (said(rng, "TLF. DESTINO", "TELEFONO"), sheet.phone(pay.phone, said(rng, "plain", "masked"))),
        (said(rng, "C.I.", "CEDULA", "DOC. IDENTIDAD"), sheet.national_id(pay, said(rng, "tight", "hyphen"))),
        (said(rng, "BCO. DESTINO", "BANCO RECEPTOR"), sheet.bank("banco_destino", pay.bank_to, "code-hyphen")),
        (said(rng, "FECHA", "FEC."), sheet.date(pay.moment, said(rng, "slash", "hyphen", "slash2"))),
        (said(rng, "HORA", "HORA"), sheet.time(pay.moment, said(rng, "24s", "12"))),
        (said(rng, "NRO. REF", "REF.", "REFERENCIA", "NRO OPERACION"), sheet.put("referencia", pay.reference)),
        (said(rng, "MONTO BS.", "MONTO", "TOTAL BS."), sheet.amount(pay.amount)),
    ]
    foot = said(rng, "GRACIAS POR SU COMPRA", "COPIA CLIENTE", "APROBADA")
    inside = (
        f'<div class="s" style="padding-top:18px"><b>{sheet.bank("banco_origen", code)}</b></div>'
        '<div class="s">RECIBO DE PAGO MOVIL</div>'
        f'<div style="height:12px"></div>{inline(rows, said(rng, ":", ":", ""), "padding:1px 22px")}'
        f'<div class="s" style="padding:16px 10px 24px">{foot}</div>'
    )
    as_card(sheet, rng, rng.choice([330, 360]), inside)
    return sheet


def detalle(rng: random.Random, pay: Payment) -> Sheet:
    """A movement opened from the account's history: the amount with a minus, what the bank wrote, the balance."""
    sheet, ground = themed("detalle", rng, "movement", "")
    sheet.implied("banco_origen", pay.bank_from)
    sign = said(rng, "- Bs. ", "-Bs. ", "Bs. -", "− Bs ")
    rows = [
        (said(rng, "Tipo", "Tipo de movimiento"), said(rng, "Pago móvil enviado", "Débito")),
        (
            said(rng, "Realizado el", "Fecha de movimiento", "Fecha"),
            sheet.date(pay.moment, said(rng, "long", "short", "slash")),
        ),
        (said(rng, "Hora", "A las"), sheet.time(pay.moment, said(rng, "12", "24"))),
        (said(rng, "Referencia", "Nro. de referencia", "Número de movimiento"), sheet.put("referencia", pay.reference)),
        (
            said(rng, "Cuenta", "Cuenta origen", "De la cuenta"),
            sheet.account("cuenta_origen", pay.account_from, "bank-mask"),
        ),
        (said(rng, "Pagado a", "Enviado a", "Beneficiario"), sheet.put("beneficiario", pay.name)),
        (said(rng, "Teléfono", "Al número", "Celular"), sheet.phone(pay.phone, "hyphen")),
        (
            said(rng, "Banco", "Banco de destino", "Banco beneficiario"),
            sheet.bank("banco_destino", pay.bank_to, "title"),
        ),
        (said(rng, "Saldo", "Saldo posterior", "Saldo después"), f"Bs. {printed.money(pay.amount * 5 + 33)}"),
    ]
    if rng.random() < 0.5:
        rows.insert(5, (said(rng, "Descripción", "Comentario"), sheet.put("concepto", pay.concept)))
    show = rng.choice([beside, beside, above])
    inside = (
        f'<div class="row" style="padding:12px 18px">{icon("back")}<span>Detalle del movimiento</span>'
        f"{icon('share')}</div>"
        f'<div style="text-align:center;font-size:29px;line-height:42px;padding:12px;font-weight:600">{sign}'
        f"{sheet.amount(pay.amount)}</div>{show(rows)}"
    )
    screen(sheet, rng, f"background:{ground}", inside)
    return sheet


def pliego(rng: random.Random, pay: Payment) -> Sheet:
    """A printed page of a web bank: a table of four columns, without colons, and a stamp of its printing."""
    sheet = Sheet("pliego", "seen", None, "four-columns", medium="page")
    sheet.css = """
    body { font: 400 15px/21px "Open Sans"; color: #222; background: #fff; }
    .q { display: grid; grid-template-columns: 170px 260px 170px 260px; gap: 14px 12px; padding: 20px 40px; }
    .q .k { color: #666; }
    """
    sheet.implied("banco_origen", "0108")
    cells = [
        (
            said(rng, "Cuenta de cargo", "Cuenta debitada"),
            sheet.account("cuenta_origen", "0108" + digits(rng, 16), "bank-mask"),
        ),
        (said(rng, "Cuenta de abono", "Cuenta acreditada"), sheet.account("cuenta_destino", pay.account_to, "plain")),
        (said(rng, "Beneficiario", "Nombre beneficiario"), sheet.put("beneficiario", pay.name)),
        (said(rng, "Identificación", "Doc. de identidad"), sheet.national_id(pay, "tight")),
        (
            said(rng, "Banco destino", "Entidad destino"),
            sheet.bank("banco_destino", pay.bank_to, said(rng, "legal", "title")),
        ),
        (said(rng, "Importe", "Monto en Bs."), sheet.amount(pay.amount)),
        (said(rng, "Fecha de operación", "Fecha valor"), sheet.date(pay.moment, "slash")),
        (said(rng, "Número de operación", "Referencia"), sheet.put("referencia", pay.reference)),
        (said(rng, "Concepto", "Motivo"), sheet.put("concepto", pay.concept)),
        (said(rng, "Comisiones", "Comisión"), f"{sheet.commission(pay.commission)} Bs."),
    ]
    body = "".join(f'<span class="k">{k}</span><span>{v}</span>' for k, v in cells)
    stamp = f"{pay.moment.day:02}/{pay.moment.month % 12 + 1:02}/{pay.moment.year + 1} 08:1{rng.randint(0, 9)}:00"
    sheet.body = (
        '<div style="width:960px;padding:20px 0 40px"><div style="text-align:right;padding:0 40px">Impreso el '
        f"{stamp}</div>"
        '<div style="padding:0 40px;font-size:22px;line-height:34px">BBVA Provincial</div>'
        f'<div style="padding:4px 40px">Transferencia a otros bancos</div><div class="q">{body}</div></div>'
    )
    sheet.width, sheet.height, sheet.scale = 960, None, rng.choice([1.25, 1.5])
    return sheet


def renglones(rng: random.Random, pay: Payment) -> Sheet:
    """Label and value in one line with a colon; labels long, short, abbreviated; names wrapped."""
    sheet, ground = themed("renglones", rng, "lines", "")
    code = rng.choice(["0134", "0163", "0172", "0174"])
    rows = [
        (said(rng, "Banco emisor", "Bco. origen", "Banco ordenante"), sheet.bank("banco_origen", code, "title")),
        (
            said(rng, "Banco receptor", "Bco. destino", "Banco beneficiario"),
            sheet.bank("banco_destino", pay.bank_to, "title"),
        ),
        (said(rng, "Tlf. receptor", "Nro. celular", "Telf. destino", "Celular beneficiario"), sheet.phone(pay.phone)),
        (said(rng, "Céd. receptor", "CI/RIF", "Nro. documento de identidad"), sheet.national_id(pay, "hyphen")),
        (said(rng, "Nombre", "Nombre receptor", "Receptor"), sheet.put("beneficiario", pay.name)),
        (
            said(rng, "Monto", "Mto. operación", "Monto operación"),
            f"{sheet.amount(pay.amount)} {said(rng, 'Bs', 'VES', 'Bs.')}",
        ),
        (said(rng, "Fec. operación", "Fecha oper.", "Fecha"), sheet.date(pay.moment, said(rng, "slash", "iso", "dot"))),
        (said(rng, "Nro. ref.", "Núm. operación", "Cód. de operación"), sheet.put("referencia", pay.reference)),
        (said(rng, "Concep.", "Concepto", "Obs."), sheet.put("concepto", pay.concept)),
    ]
    head = said(rng, "Pago Móvil", "PagoMóvil P2P")
    title = f'<div class="accent" style="padding:18px 20px 8px;font-weight:700">{head}</div>'
    as_card(sheet, rng, rng.choice([350, 390, 430]), title + inline(rows) + '<div style="height:18px"></div>')
    return sheet


def centrado(rng: random.Random, pay: Payment) -> Sheet:
    """All centred on a card, who is paid as loose lines under one label, a wide reference at the foot."""
    sheet, _ = themed("centrado", rng, "centred", "body { text-align: center; }")
    person = [
        sheet.put("beneficiario", title_case(pay.name.upper())),
        sheet.national_id(pay, said(rng, "hyphen", "dots")),
    ]
    person += [sheet.phone(pay.phone, said(rng, "plain", "spaces")), sheet.bank("banco_destino", pay.bank_to, "title")]
    lines = "".join(f"<div>{line}</div>" for line in person)
    when = f"{sheet.date(pay.moment, said(rng, 'long', 'slash'))} {said(rng, '-', 'a las', '|')} "
    when += sheet.time(pay.moment, "12")
    fee = f"Comisión: Bs. {sheet.commission(pay.commission)}" if rng.random() < 0.5 else ""
    inside = (
        f'<div class="accent" style="padding-top:24px;font-weight:700;font-size:18px">'
        f"{said(rng, '¡Pago enviado!', 'Listo')}</div>"
        f'<div style="font-size:30px;line-height:46px;font-weight:700">{sheet.amount(pay.amount)} Bs</div>'
        f"<div>{fee}</div>"
        f'<div class="soft" style="padding-top:12px">{said(rng, "Enviado a", "Destinatario", "Para")}</div>{lines}'
        f'<div style="padding-top:14px">{when}</div><div class="soft" style="padding-top:14px">'
        f"{said(rng, 'Número de referencia', 'Nº de operación', 'Referencia del pago')}</div>"
        '<div style="font-size:20px;line-height:30px;padding-bottom:24px">'
        f"{sheet.put('referencia', pay.reference)}</div>"
    )
    as_card(sheet, rng, rng.choice([330, 360, 400]), inside)
    return sheet


APPS = {
    "mi-pago": mi_pago,
    "hilo": hilo,
    "credito": credito,
    "de-para": de_para,
    "paid-with": paid_with,
    "recuadro": recuadro,
    "detalle": detalle,
    "pliego": pliego,
    "renglones": renglones,
    "centrado": centrado,
}
