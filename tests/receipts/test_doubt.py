"""The fit of confidences on samples with a known answer, and the pages that it is made on."""

import json
import random
import re

import numpy as np

from . import pages_drawn, pages_latin
from .doubt import (
    ALARMS_MOST,
    MODEL_FOLDER,
    REVIEW_LEAST,
    THIN,
    Document,
    Sample,
    before_read,
    confide,
    first_read,
    fit,
    page_chance,
    page_fit,
    pages_written,
    rising,
    thin_layouts,
    thin_text,
    thresholds,
)

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


def pages(count: int) -> list[Document]:
    """Pages that are right by chance: 95 in 100, but 40 in 100 where the number is missing."""
    rng, made = random.Random(4), []
    for index in range(count):
        missing = rng.random() < 0.1
        right = rng.random() < (0.4 if missing else 0.95)
        inputs = {"number_out": 1.0, "short": 0.5} if missing else {"short": 0.5}
        made.append(Document(str(index), [] if right else ["referencia"], inputs=inputs))
    return made


def test_the_chance_of_a_page_tells_right_pages_from_wrong_ones():
    made, model = pages(2000), {"curves": {}}
    chances = page_fit(made, model)
    assert model["page_inputs"]["number_out"] < -1
    assert sum(chances) / len(chances) - sum(not d.wrong for d in made) / len(made) < 0.02
    low = [page_chance(model, d) for d in made if "number_out" in d.inputs]
    high = [page_chance(model, d) for d in made if "number_out" not in d.inputs]
    assert max(low) < 0.6 < 0.9 < min(high)


def test_thresholds_find_wrong_pages_without_asking_for_all():
    made = pages(1000)
    chances = [0.4 if "number_out" in d.inputs else 0.95 for d in made]
    review = thresholds(made, chances)
    assert {kind: review[kind] for kind in REVIEW_LEAST} == REVIEW_LEAST
    caught = [d for d, chance in zip(made, chances, strict=True) if chance < review["page"]]
    assert sum(bool(d.wrong) for d in caught) > 0.4 * sum(bool(d.wrong) for d in made)
    assert sum(not d.wrong for d in caught) <= ALARMS_MOST * sum(not d.wrong for d in made)


def test_thresholds_ask_for_few_right_pages_of_each_group_but_for_pages_of_nobody():
    made = pages(1000)
    for d in made[:200]:
        d.group = "written"
    chances = [0.7 if d.group == "written" else 0.9 for d in made]  # right and wrong alike
    assert thresholds(made, chances)["page"] <= 0.7
    for d in made[:200]:
        d.group = THIN
    assert thresholds(made, chances)["page"] > 0.7


def test_words_are_left_out_of_labels_and_their_patterns_stay_whole():
    text = "[nro|no] [de|de la] (referencia|operacion|movimiento|folio) {PAYEE}"
    thin = {thin_text(text, seed, 0.4) for seed in range(20)}
    shape = re.sub(r"[a-z |]+", "", text)
    assert len(thin) > 10
    assert {re.sub(r"[a-z |]+", "", other) for other in thin} == {shape}
    assert thin_text("(referencia)", 1, 1.0) == "(zzqx)" and thin_text("referencia", 1, 1.0) == "zzqx"
    assert thin_text(text, 1, 0.0) == text


def test_layouts_without_some_words_are_layouts(tmp_path):
    folder = thin_layouts(tmp_path, 1, 0.2)
    layout = json.loads((folder / "pago.json").read_text())
    before = json.loads((MODEL_FOLDER.parents[2] / "layouts" / "pago.json").read_text())
    assert layout != before and layout["fields"].keys() == before["fields"].keys()
    assert len(json.dumps(layout)) > 0.5 * len(json.dumps(before))


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
    before = before_read()
    assert len(before) > 300
    assert {parts[d.page] for d in before} == {"development", "open"}


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
