"""Invented people, banks, numbers and texts. Nothing here is real."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

BANKS = {
    "0102": ("BANCO DE VENEZUELA", "Banco de Venezuela S.A. Banco Universal"),
    "0104": ("VENEZOLANO DE CRÉDITO", "Venezolano de Crédito S.A. Banco Universal"),
    "0105": ("BANCO MERCANTIL", "Banco Mercantil, C.A. S.A.C.A. Banco Universal"),
    "0108": ("BANCO PROVINCIAL", "Banco Provincial, S.A. Banco Universal"),
    "0114": ("BANCARIBE", "Banco del Caribe, C.A. Banco Universal"),
    "0115": ("BANCO EXTERIOR", "Banco Exterior C.A. Banco Universal"),
    "0128": ("BANCO CARONÍ", "Banco Caroní C.A. Banco Universal"),
    "0134": ("BANESCO", "Banesco Banco Universal S.A.C.A."),
    "0137": ("BANCO SOFITASA", "Banco Sofitasa Banco Universal C.A."),
    "0138": ("BANCO PLAZA", "Banco Plaza C.A. Banco Universal"),
    "0151": ("BFC BANCO FONDO COMÚN", "BFC Banco Fondo Común C.A. Banco Universal"),
    "0156": ("100% BANCO", "100% Banco, Banco Comercial, C.A."),
    "0157": ("DELSUR", "DelSur Banco Universal, C.A."),
    "0163": ("BANCO DEL TESORO", "Banco del Tesoro C.A. Banco Universal"),
    "0166": ("BANCO AGRÍCOLA DE VENEZUELA", "Banco Agrícola de Venezuela C.A. Banco Universal"),
    "0168": ("BANCRECER", "Bancrecer S.A. Banco Microfinanciero"),
    "0169": ("R4", "R4 Banco Microfinanciero C.A."),
    "0171": ("BANCO ACTIVO", "Banco Activo C.A. Banco Universal"),
    "0172": ("BANCAMIGA", "Bancamiga Banco Universal, C.A."),
    "0174": ("BANPLUS", "Banplus Banco Universal, C.A."),
    "0175": (
        "BANCO DIGITAL DE LOS TRABAJADORES",
        "Banco Digital de los Trabajadores, Banco Universal C.A.",
    ),
    "0177": ("BANFANB", "Banco de la Fuerza Armada Nacional Bolivariana"),
    "0191": ("BANCO NACIONAL DE CRÉDITO", "Banco Nacional de Crédito, C.A. Banco Universal"),
}
COMMON_BANKS = ["0102", "0105", "0134", "0108", "0191", "0172", "0114", "0163", "0175"]
PHONE_PREFIXES = ["0412", "0414", "0416", "0422", "0424", "0426"]

FIRST_NAMES = [
    "Aurelia",
    "Benigno",
    "Candela",
    "Dámaso",
    "Eleuterio",
    "Fabiola",
    "Gervasio",
    "Herminia",
    "Isaura",
    "Jacinto",
    "Leocadia",
    "Maximino",
    "Nélida",
    "Olegario",
    "Petra",
    "Quintín",
    "Rosaura",
    "Saturnino",
    "Tibisay",
    "Ulises",
    "Virgilio",
    "Yajaira",
    "Zoraida",
    "Anselmo",
    "Brígida",
    "Celestino",
    "Deyanira",
    "Evelio",
    "Florángel",
    "Gumersindo",
    "Iñaki",
    "Nuñila",
    "Begoña",
]
LAST_NAMES = [
    "Araguaney",
    "Bucarito",
    "Cachapero",
    "Delvalle",
    "Escalona",
    "Farfán",
    "Guaramato",
    "Hurtado",
    "Iriarte",
    "Jaspe",
    "Lugo",
    "Manzanares",
    "Nuñezcano",
    "Oropeza",
    "Piñango",
    "Quiaro",
    "Riobueno",
    "Sanoja",
    "Tarazón",
    "Urdaneta",
    "Villasmil",
    "Yánez",
    "Zerpa",
    "Albornoz",
    "Barrueta",
    "Caraballo",
    "Dugarte",
    "Echezuría",
    "Figuera",
    "Graterol",
    "Peñaloza",
    "Ibáñez",
]
SHOPS = [
    "Inversiones El Samán Azul 2031, C.A.",
    "Panadería La Espiga Serrana C.A.",
    "Farmacia Tres Ceibas",
    "Bodegón Puerto Caimán C.A.",
    "Ferretería El Tornillo Feliz, C.A.",
    "Repuestos Loma Verde",
    "Distribuidora Cuatro Ríos C.A.",
    "Zapatería Paso Firme",
    "Heladería Copo de Coco",
    "Papelería Ñandú",
]
CONCEPTS = [
    "pago",
    "Almuerzo",
    "abono",
    "Pago de condominio",
    "cuota 3",
    "Mensualidad colegio",
    "repuestos moto",
    "Pasaje",
    "Compra de harina y café",
    "gracias",
    "Préstamo",
    "Jugada",
    "Factura 00182",
    "Alquiler local",
    "Pago servicio",
    "medicinas",
    "Pan y queso",
    "Varios",
    "PAGO MOVIL",
    "internet mayo",
    "Señas del niño",
    "Sin concepto",
    "Transferencia",
]
LONG_CONCEPTS = [
    "Pago de la segunda quincena y el bono de transporte del personal de limpieza",
    "Abono a cuenta del presupuesto de reparación de la nevera y la lavadora",
    "Cancelación de tres facturas pendientes del mes pasado más el flete",
    "Inscripción del curso de repostería, incluye materiales y certificado",
]
MAIL_HOSTS = ["correo.example", "mail.example", "buzon.example"]
MONTHS_SHORT = ["ENE", "FEB", "MAR", "ABR", "MAY", "JUN", "JUL", "AGO", "SEP", "OCT", "NOV", "DIC"]
MONTHS_LONG = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
]
MONTHS_ENGLISH = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def digits(rng: random.Random, count: int) -> str:
    return "".join(rng.choice("0123456789") for _ in range(count))


@dataclass
class Payment:
    """One invented payment; how an app prints it is the app's business."""

    amount: Decimal
    commission: Decimal
    reference: str
    moment: datetime
    id_letter: str
    id_number: str
    phone: str
    name: str
    email: str
    concept: str
    bank_from: str
    bank_to: str
    account_from: str
    account_to: str
    payer: str
    payer_phone: str

    @property
    def total(self) -> Decimal:
        return self.amount + self.commission


def invent_amount(rng: random.Random) -> Decimal:
    kind = rng.random()
    if kind < 0.25:
        return Decimal(rng.randint(1, 400) * 10)
    if kind < 0.40:
        return Decimal(rng.randint(1, 900) * 100)
    high = rng.choice([9_999, 99_999, 999_999, 9_999_999, 45_000_000])
    return Decimal(rng.randint(105, high)) / 100


def invent_concept(rng: random.Random) -> str:
    kind = rng.random()
    if kind < 0.55:
        return rng.choice(CONCEPTS)
    if kind < 0.70:
        return digits(rng, rng.choice([1, 2, 3, 4, 6, 8]))
    if kind < 0.76:
        return f"{rng.randint(10, 99)} {rng.randint(100, 999)}"
    if kind < 0.86:
        return rng.choice(LONG_CONCEPTS)
    if kind < 0.93:
        return f"{rng.choice(FIRST_NAMES)} {rng.randint(1, 40)}"
    return f"{rng.choice(CONCEPTS)} {digits(rng, 4)}".lower()


def invent_payment(rng: random.Random) -> Payment:
    amount = invent_amount(rng)
    commission = max(Decimal("0.12"), (amount * Decimal("0.003")).quantize(Decimal("0.01")))
    moment = datetime(2023, 1, 1) + timedelta(seconds=rng.randrange(4 * 365 * 86_400))
    bank_to = rng.choice(COMMON_BANKS if rng.random() < 0.7 else list(BANKS))
    bank_from = rng.choice(list(BANKS))
    first, last = rng.choice(FIRST_NAMES), rng.choice(LAST_NAMES)
    name = f"{first} {last}"
    if rng.random() < 0.35:
        name = f"{first} {rng.choice(FIRST_NAMES)} {last} {rng.choice(LAST_NAMES)}"
    letter = "J" if rng.random() < 0.15 else ("E" if rng.random() < 0.06 else "V")
    if letter == "J":
        name = rng.choice(SHOPS)
    number = digits(rng, 9) if letter == "J" else str(rng.randint(3_100_000, 33_999_999))
    plain = first.lower().translate(str.maketrans("áéíóúñ", "aeioun"))
    return Payment(
        amount=amount,
        commission=commission,
        reference=invent_reference(rng),
        moment=moment,
        id_letter=letter,
        id_number=number,
        phone=rng.choice(PHONE_PREFIXES) + digits(rng, 7),
        name=name,
        email=f"{plain}.{digits(rng, 3)}@{rng.choice(MAIL_HOSTS)}",
        concept=invent_concept(rng),
        bank_from=bank_from,
        bank_to=bank_to,
        account_from=bank_from + digits(rng, 16),
        account_to=bank_to + digits(rng, 16),
        payer=f"{rng.choice(FIRST_NAMES)} {rng.choice(LAST_NAMES)}",
        payer_phone=rng.choice(PHONE_PREFIXES) + digits(rng, 7),
    )


def invent_reference(rng: random.Random) -> str:
    kind = rng.random()
    if kind < 0.5:
        return digits(rng, 12)
    if kind < 0.7:
        return "0" * rng.randint(1, 4) + digits(rng, 8)
    return digits(rng, rng.choice([6, 8, 9, 10, 11]))
