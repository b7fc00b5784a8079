"""Invented invoices and statements of many pages, as PDF files with text: the total stands on the last page."""

from tests.pdf_file import HELVETICA, of_pages

HEAD = [
    "FACTURA",
    "Distribuidora Ejemplo, C.A.",
    "RIF: J-12345678-9",
    "Factura N° 00012345",
    "Fecha: 03/01/2025",
    "Cliente: Comercial Prueba, C.A.",
    "RIF: J-98765432-1",
]
ENDS = ["Base imponible: 10.000,00", "IVA 16%: 1.600,00", "Total: 11.600,00 Bs"]
ACCOUNT = [
    "Banco Mercantil",
    "Estado de cuenta",
    "Cuenta: 0105-0000-00-0000000000",
    "Desde 01/01/2025 hasta 31/01/2025",
]


def content(lines):
    shown = " ".join(f"({line}) Tj T*" for line in lines)
    return f"BT /F1 10 Tf 14 TL 60 800 Td {shown} ET".encode("cp1252")


def file_of(pages):
    return of_pages([content(page) for page in pages], b"/Font << /F1 3 0 R >>", [HELVETICA % b""])


def invoice_rows(count, rows):
    """The lines of its pages."""
    pages = []
    for page in range(count):
        items = [
            f"{page * rows + row:04d} Tornillo surtido caja {row % 9 + 1},00 {row + 130},50" for row in range(rows)
        ]
        pages.append([*items, f"Página {page + 1} de {count}"])
    pages[0] = HEAD + pages[0]
    pages[-1] = pages[-1][:-1] + ENDS
    return pages


def invoice(count, rows=30):
    return file_of(invoice_rows(count, rows))


def statement(count, rows=45):
    """Its last page has the balance."""
    pages = []
    for page in range(count):
        moved = [
            f"{row % 28 + 1:02d}/01/2025 Pago movil {1000200300 + page * rows + row} Comercio {row + 100},00"
            for row in range(rows)
        ]
        pages.append([*moved, f"Página {page + 1} de {count}"])
    pages[0] = ACCOUNT + pages[0]
    pages[-1].append("Saldo final: 12.345,00")
    return file_of(pages)
