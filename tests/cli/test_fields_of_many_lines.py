"""The time for the fields of a page grows with its lines, and not with their square or cube."""

import json
import os
import random
import resource
import subprocess

import pytest
from conftest import PROGRAM, SANITIZED, environment

LABELS = ["Monto:", "Fecha:", "Referencia:", "Banco:", "Cuenta:", "Cédula:", "Teléfono:", "Total:", "Concepto:"]
VALUES = ["1.234,50", "03/01/2025", "000123456789", "0102", "V-12345678", "0414-1234567", "Pago de mercancía"]
WORDS = [
    "martillo",
    "clavos",
    "pago",
    "banco",
    "total",
    "monto",
    "fecha",
    "cuenta",
    "factura",
    "de",
    "por",
    "Ana",
    "Soto",
]

KINDS = {
    "labels": lambda chance: f"{chance.choice(LABELS)} {chance.choice(VALUES)}",
    "taxes": lambda chance: chance.choice(["IVA 16%", "BASE IMPONIBLE", "SUBTOTAL", "TOTAL", "EXENTO"]),
    "numbers": lambda chance: f"{chance.randint(1, 99999)},{chance.randint(10, 99)}",
    "sentences": lambda chance: " ".join(chance.choice(WORDS) for _ in range(12)),
}


def line(text, x, y):
    box = [x, y, x + 10 * len(text), y + 20]
    quad = [[x, y], [box[2], y], [box[2], y + 20], [x, y + 20]]
    words, at = [], x
    for word in text.split():
        words.append({"text": word, "confidence": 0.98, "box": [at, y, at + 10 * len(word), y + 20]})
        at += 10 * (len(word) + 1)
    return {"text": text, "confidence": 0.98, "box": box, "quad": quad, "words": words}


def page(kind, count):
    chance, columns = random.Random(count), 1 if kind == "sentences" else 3
    lines = [line("FACTURA", 60, 10)]
    lines += [
        line(KINDS[kind](chance), 60 + 500 * (at % columns), 50 + 26 * (at // columns)) for at in range(count - 1)
    ]
    height = 100 + 26 * count
    return {"file": "a.png", "sha256": "0" * 64, "width": 1700, "height": height, "text": "", "lines": lines}


def seconds(path):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([PROGRAM, "fields", "-f", "ndjson", path], check=True, capture_output=True, env=environment())
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime


@pytest.mark.skipif(SANITIZED, reason="the time of a sanitizer is its own")
@pytest.mark.parametrize("kind", KINDS)
def test_four_times_the_lines_take_no_sixteen_times_the_time(tmp_path, kind):
    took = []
    for count, pages in ((0, 1), (256, 4), (1024, 1)):
        path = tmp_path / f"{count}.ndjson"
        path.write_text("\n".join([json.dumps(page(kind, max(1, count)))] * pages) + "\n")
        took.append(min(seconds(os.fspath(path)) for _ in range(3)))
    start, quarter, whole = took
    assert whole - start < 4 * (quarter - start) + 0.1, took
