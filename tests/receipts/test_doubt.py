"""The fit of confidences on samples with a known answer, and the pages that it is made on."""

import json
import random
import re

import numpy as np

from . import pages_drawn, pages_latin
from .doubt import ALARMS_MOST, Document, Sample, confide, first_read, fit, pages_written, rising, thresholds

AMOUNT, DAY, MONEY, ID = r"\d+\.\d{2}", r"20\d\d-[01]\d-[0-3]\d", r"[A-Z]{3}", r"[A-Z0-9&Ñ]+"
WELL_FORMED = dict.fromkeys(pages_written.AMOUNTS, AMOUNT) | dict.fromkeys(("fecha", "date", "due_date"), DAY)
WELL_FORMED |= dict.fromkeys(("moneda", "currency", "second_currency", "segunda_moneda"), MONEY)
WELL_FORMED |= dict.fromkeys(("cedula", "company_id", "buyer_id"), ID)
WELL_FORMED |= {"hora": r"[0-2]\d:[0-5]\d", "payments": rf"(.+\t{AMOUNT}\n?)+", "telefono": r"[\d*]+"}


def documents(count: int) -> list[Document]:
    """Values that are right by chance: 98 in 100 where they were read well, 60 in 100 where not."""
    rng, made = random.Random(3), []
    for index in range(count):
        badly = rng.random() < 0.2
        right = rng.random() < (0.6 if badly else 0.98)
        inputs = {"score": 0.8, **({"reading": 0.5} if badly else {})}
        sample = Sample(
            str(index), "monto", "right", "pago", inputs, 0.9 if badly else 1.0, 0.7 if badly else 0.99, right
        )
        made.append(Document(str(index), [] if right else ["monto"], [], False, [sample]))
    return made


def test_what_was_read_badly_gets_less():
    model = fit(documents(2000))
    assert model["inputs"]["reading"] < -1
    shares = [y for _, y in model["curve"]]
    assert shares == sorted(shares)
    caps = {x: y for x, y in model["caps"]}
    assert 0.5 < caps[min(x for x in caps if x >= 0.85)] < 0.7


def test_a_rising_line_never_falls_and_promises_nothing_unseen():
    x, right = np.array([0.1, 0.2, 0.3, 0.4] * 50), np.array([1, 0, 1, 1.0] * 50)
    line = rising(x, right, 8, 10)
    assert [y for _, y in line] == sorted(y for _, y in line)
    assert all(0 < y < 1 for _, y in line)


def test_thresholds_find_wrong_pages_without_asking_for_all():
    made = documents(1000)
    review = thresholds(made)
    caught = [d for d in made if d.samples[0].confidence < review["amount"]]
    assert 0 < len(caught) < 300
    assert sum(bool(d.wrong) for d in caught) > 0.6 * sum(bool(d.wrong) for d in made)


def test_thresholds_ask_for_few_right_pages_of_each_group():
    made = documents(1000)
    for d in made[:200]:
        d.group = "written"
        d.samples[0].confidence = 0.93  # right and wrong alike
    review = thresholds(made)
    right = [d for d in made[:200] if not d.wrong]
    assert sum(d.samples[0].confidence < review["amount"] for d in right) <= ALARMS_MOST * len(right)


def test_confidences_are_as_the_program_reckons_them():
    model = {"bias": 0.0, "inputs": {"score": 2.0}, "fields": {}, "rules": {"right": -1.6}, "layouts": {}}
    model |= {"curve": [[0.0, 0.0], [1.0, 1.0]], "caps": [[0.0, 0.0], [1.0, 1.0]], "review": {"amount": 0.4}}
    made = confide(model, documents(50))
    assert {d.samples[0].confidence for d in made} == {0.5}
    assert not any(d.flagged for d in made)
    assert all(d.flagged for d in confide(model | {"review": {"amount": 0.6}}, made))


def test_no_page_held_back_is_fitted_to():
    parts = {page.name: page.part for page in pages_written.read_all()}
    first = first_read()
    assert len(first) > 60
    assert {parts[d.page] for d in first} == {"development"}


def test_sealed_pages_are_read_when_asked_for_alone():
    named = json.loads(pages_written.HELD_BACK.read_text(encoding="utf-8"))
    sealed = {page.name for page in pages_written.read_all(sealed=True)}
    assert len(sealed) > 20
    assert sealed == set(named.pop("sealed"))
    assert not sealed & {page.name for page in pages_written.read_all()}
    assert not sealed & {name for part in named.values() for name in part}
    assert {page.part for page in pages_written.read_all(sealed=True)} == {"sealed"}


def test_a_page_written_by_hand_has_wellformed_truth():
    wrong = []
    for page in (*pages_written.read_all(), *pages_written.read_all(sealed=True)):
        for name, value in page.fields.items():
            shape = WELL_FORMED.get(name, r"\S(.|\n)*\S|\S")
            if not re.fullmatch(shape, value):
                wrong.append(f"{page.name}: {name} {value!r}")
    assert wrong == []


def test_drawn_pages_are_damaged_and_the_same_again(tmp_path):
    for name in ("a", "b"):
        pages_drawn.make(tmp_path / name, 6, 9, "open")
    files = sorted(p.name for p in (tmp_path / "a").iterdir())
    assert len(files) == 7
    for name in files:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    held = {t["file"] for _, t in pages_latin.make(9, 60) if t["held_back"]}
    assert not held & {name.replace(".jpg", ".json") for name in files}
