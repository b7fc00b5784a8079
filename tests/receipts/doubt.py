"""How often values are right by what is known of them: fits doubt/doubt.json, and measures it on other designs.

    cd tests; ../build/venv-test/bin/python -m receipts.doubt fit       # on open designs; writes ../doubt/doubt.json
    cd tests; ../build/venv-test/bin/python -m receipts.doubt thresholds  # for the weights as they are
    cd tests; ../build/venv-test/bin/python -m receipts.doubt measure   # on designs held back: reliability, review
    cd tests; ../build/venv-test/bin/python -m receipts.doubt keep      # what comes of new pages before rules know them
    cd tests; ../build/venv-test/bin/python -m receipts.doubt before    # the same of older pages, for whole pages

Both draw pages of `pages_drawn.py` into build/doubt and read them with the program, unless they are there from before.
`fit` adds the committed receipts whose apps anybody may look at, and the pages written by hand that are not held back;
`measure` adds those that nobody may look at. Names are compared without accents: a lost accent harms nobody.

The chance that a page as a whole is right is fitted too. What goes wrong on pages of new designs is mostly that a word
is not known. So `fit` reads the pages written by hand again and again, each time without some of the words of the
layouts and kinds (`thin_layouts`), and learns from what comes of that. It also learns from `written_before.json`: the
pages to develop with as they come out with the layouts, kinds and countries of the commit before the one that brought
them, which `before` reads from the repository's history. Do that again when the inputs of pages change.

A page that rules were made with is too easy to tell how often they are right elsewhere. So `keep` writes into
`written_first.json` what comes of pages to develop with that are new, before a rule is changed for them; `fit` uses
both, but for pages that give no values any more, such as lists of movements.
"""

import argparse
import hashlib
import json
import os
import re
import subprocess
import sys
import unicodedata
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import numpy as np

from . import accuracy, pages_drawn, pages_latin

sys.path.insert(0, str(Path(__file__).resolve().parent))  # a script finds its neighbours by their names alone
import pages_written

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / "build" / "doubt"
MODEL = ROOT / "doubt" / "doubt.json"
MODEL_FOLDER = WORK / "layouts"
FIXED = ROOT / "tests" / "receipts" / "fixed"
FIRST = ROOT / "tests" / "receipts" / "written_first.json"
BEFORE = ROOT / "tests" / "receipts" / "written_before.json"
GENERIC = ("pago", "punto", "cobranza", "efectivo", "tienda")
NAMES = ("beneficiario", "company", "concepto")
# Fields that no page of these sets prints but where the truth says so: a value of one is invented.
TOLD = ("cedula", "beneficiario", "telefono", "banco_destino", "moneda", "company", "company_id", "comision")
KINDS = {"moneda": "currency", "currency": "currency", "monto": "amount", "total": "amount", "date": "date"}
KINDS |= {"fecha": "date", "referencia": "reference", "receipt_number": "text", "beneficiario": "name"}
KINDS |= {"company": "name", "cedula": "id", "company_id": "id", "telefono": "phone", "banco_destino": "bank"}
ROLES = (*pages_latin.PAYMENT_KEYS, *pages_latin.SALE_KEYS)
KINDS |= {"due_date": "date", "buyer": "name", "pagador": "name", "buyer_id": "id", "cedula_origen": "id"}
KINDS |= {"telefono_origen": "phone", "seller_phone": "phone", "banco_origen": "bank", "hora": "time", "time": "time"}
KINDS |= {name: "account" for name in ("cuenta_origen", "cuenta_destino")}
KINDS |= {name: "text" for name in ("concepto", "address", "control_number", "category", "clave_destino")}
KINDS |= {name: "currency" for name in ("second_currency", "segunda_moneda")}
# Less is always looked at, whatever the page says. How sure all key fields of a page are together says more than that
# one of them is a little less sure.
REVIEW_LEAST = {"amount": 0.75, "reference": 0.75, "id": 0.75, "date": 0.7, "currency": 0.7, "bank": 0.6, "phone": 0.6}
REVIEW_LEAST |= {"name": 0.5, "text": 0.5}
# So are key fields whose words were read so badly that no more than this is given to them.
CAP_LEAST = 0.9
# No more of the right pages of any group are looked at in vain. Pages that no rule knew yet, by weights fitted without
# them, have most of these alarms; of pages held back it is about half. A wrong page that nobody looks at harms more.
ALARMS_MOST = 0.27
# Pages written by hand are few, and more like those that come than drawn ones are: each counts as so many.
WRITTEN_TIMES = 2
# So are those that no rule knew yet, for the chance that a page is right.
BEFORE_TIMES = 3
THIN = "words left out"
# What is known of the reading of a value and its page.
READING_INPUTS = ("reading", "page_reading", "small")
# Readings of the written pages without some words, and the shares of the words that are left out.
THIN_SEEDS, THIN_SHARES = 8, (0.1, 0.2)
# A kind of field with fewer values has no curve of its own.
CURVE_VALUES_LEAST = 150
ALL_KINDS = ("amount", "other_amount", "currency", "date", "time", "phone", "id", "bank", "account", "reference")
ALL_KINDS += ("name", "text")


@dataclass
class Sample:
    """One value that was given: what is known of it, and whether it is right."""

    page: str
    name: str
    rule: str
    layout: str
    inputs: dict
    reading: float
    confidence: float
    right: bool


@dataclass
class Document:
    """A page with its key fields: is one wrong, and what would put it up for review?"""

    page: str
    wrong: list = field(default_factory=list)
    always: list = field(default_factory=list)  # reasons that no threshold has a part in
    flagged: bool = False
    samples: list = field(default_factory=list)
    inputs: dict = field(default_factory=dict)  # those of the page
    group: str = "drawn"  # pages of a group are judged beside each other
    badly: bool = False  # key fields were read badly


def same(name: str, given: str, wanted: str) -> bool:
    if name in NAMES:
        fold = lambda text: "".join(  # noqa: E731
            c for c in unicodedata.normalize("NFD", text.casefold()) if c.isalnum()
        )
        return fold(given) == fold(wanted)
    return given == wanted


def read(program: str, images: list[Path], pages: Path, jobs: int) -> None:
    """Reads what was not read yet."""
    if pages.exists() and pages.read_bytes().count(b"\n") == len(images):
        return
    pages.parent.mkdir(parents=True, exist_ok=True)
    with pages.open("wb") as out:
        command = [program, "read", "-q", "-f", "ndjson", "-j", str(jobs), *map(str, images)]
        subprocess.run(command, stdout=out, check=False)


def records(program: str, pages: Path, layouts: Path = MODEL_FOLDER) -> dict[str, dict]:
    """With the weights of the source tree, which the program may not have been built with yet."""
    environment = {name: value for name, value in os.environ.items() if name not in ("LINCE_LAYOUTS", "LINCE_REVIEW")}
    command = [program, "fields", "--inputs", "--layouts", str(layouts), str(pages)]
    out = subprocess.run(command, stdout=subprocess.PIPE, check=False, env=environment).stdout
    return {Path(r["file"]).name: r for r in map(json.loads, out.splitlines())}


def asked_for(record: dict) -> set[str]:
    """Missing fields that the page as a whole decides on: those that a layout only asks for."""
    names = ("company_id", "receipt_number", "beneficiario") if record.get("layout") is None else ()
    return {f"missing:{name}" for name in names}


def judge(record: dict, wanted: dict, hidden: dict, keys: tuple, told: tuple, page: str) -> Document:
    document = Document(page, flagged=record.get("needs_review", True))
    fields = record.get("fields", {})
    document.inputs = record.get("page_inputs", {})
    reasons = record.get("review_reasons", ["kind:none"])
    document.always = [r for r in reasons if not r.startswith("doubtful:") and r not in asked_for(record)]
    rules = record.get("rules") or ""
    for name, given in fields.items():
        if name in hidden or (name not in wanted and name not in told):
            continue
        right = name in wanted and same(name, given["value"], wanted[name])
        layout = rules if rules in GENERIC else "own"
        inputs = record["inputs"].get(name, {})
        reading = 1 - inputs.get("reading", 0) / 5
        document.samples.append(Sample(page, name, given["rule"], layout, inputs, reading, given["confidence"], right))
        if not right and name in keys:
            document.wrong.append(name)
    document.wrong += [name for name in keys if name in wanted and name not in fields]
    return document


def drawn_set(program: str, half: str, count: int, seed: int, jobs: int) -> list[Document]:
    folder = WORK / half
    if not (folder / "truth.ndjson").exists():
        pages_drawn.make(folder, count, seed, half)
    truths = [json.loads(line) for line in (folder / "truth.ndjson").read_text().splitlines()]
    pages = WORK / f"{half}.ndjson"
    read(program, [folder / t["file"] for t in truths], pages, jobs)
    found, documents = records(program, pages), []
    for truth in truths:
        wanted = truth["fields"]
        keys = pages_latin.PAYMENT_KEYS if "monto" in wanted else pages_latin.SALE_KEYS
        documents.append(judge(found.get(truth["file"], {}), wanted, {}, keys, TOLD, truth["file"]))
    return documents


def fixed_set(program: str, unseen: bool, jobs: int) -> list[Document]:
    truths = {}
    for path in sorted(FIXED.glob("*.json")):
        truth = json.loads(path.read_text())
        if truth["split"] in ("described", "seen", "unseen"):
            truths[truth["image"]] = truth
    pages = WORK / "fixed.ndjson"
    read(program, [FIXED / name for name in truths], pages, jobs)
    found, documents = records(program, pages), []
    for name, truth in truths.items():
        if (truth["split"] == "unseen") is unseen:
            wanted = {k: v for k, v in truth["fields"].items() if k != "tipo"}
            told = tuple(accuracy.ALL_FIELDS)
            documents.append(
                judge(found.get(name, {}), wanted, truth.get("hidden", {}), accuracy.KEY_FIELDS, told, name)
            )
    for document in documents:
        document.group = "committed"
    return documents


def written_set(program: str, parts: tuple[str, ...], layouts: Path = MODEL_FOLDER) -> list[Document]:
    """Pages written by hand, as they come out now."""
    written = [page for page in pages_written.read_all() if page.part in parts]
    pages, documents = WORK / "written.ndjson", []
    WORK.mkdir(parents=True, exist_ok=True)
    pages.write_text("".join(json.dumps(page.page) + "\n" for page in written), encoding="utf-8")
    found = records(program, pages, layouts)
    keys = (*pages_latin.PAYMENT_KEYS, *pages_latin.SALE_KEYS)
    told = tuple(name for name in keys if name != "cedula")
    for page in written:
        document = judge(found.get(page.name, {}), page.fields, {}, keys, told, page.name)
        document.group = "written"
        documents.append(document)
    return documents


def thin_text(text: str, seed: int, share: float) -> str:
    """A label's pattern without some of its alternatives; a word that no page has stands for those that lose all."""

    def kept(alternatives: str) -> str:
        lost = lambda word: hashlib.sha256(f"{seed} {word}".encode()).digest()[0] < share * 256  # noqa: E731
        return "|".join(word for word in alternatives.split("|") if "{" in word or not lost(word)) or "zzqx"

    if not re.search(r"[(\[{]", text):
        return kept(text)
    return re.sub(r"(?<=[(\[])[^()\[\]]*(?=[)\]])", lambda match: kept(match.group()), text)


def thin_layouts(folder: Path, seed: int, share: float) -> Path:
    """The generic layouts and the kinds, without some of their words."""

    def thin(label: str | dict) -> str | dict:
        whole = isinstance(label, str)
        return thin_text(label, seed, share) if whole else label | {"text": thin_text(label["text"], seed, share)}

    for part in ("kinds", "doubt"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    for name in GENERIC:
        layout = json.loads((ROOT / "layouts" / f"{name}.json").read_text(encoding="utf-8"))
        layout["words"] = {key: thin(words) for key, words in layout.get("words", {}).items()}
        layout["sections"] = {key: [*map(thin, texts)] for key, texts in layout.get("sections", {}).items()}
        layout["recognise"]["anchors"] = [*map(thin, layout["recognise"]["anchors"])]
        for rule in filter(None, layout["fields"].values()):
            rule |= {"labels": [*map(thin, rule["labels"])]} if "labels" in rule else {}
        (folder / f"{name}.json").write_text(json.dumps(layout), encoding="utf-8")
    kinds = json.loads((ROOT / "kinds" / "kinds.json").read_text(encoding="utf-8"))
    kinds["groups"] = {name: [*map(thin, phrases)] for name, phrases in kinds["groups"].items()}
    for kind in kinds["kinds"].values():
        kind["phrases"] = [*map(thin, kind["phrases"])]
    (folder / "kinds" / "kinds.json").write_text(json.dumps(kinds), encoding="utf-8")
    (folder / "doubt" / "doubt.json").write_bytes(MODEL.read_bytes())
    return folder


def thin_sets(program: str) -> list[Document]:
    """The pages written by hand that are not held back, read without some of the words."""
    made = []
    for share in THIN_SHARES:
        for seed in range(1, THIN_SEEDS + 1):
            folder = thin_layouts(WORK / f"thin-{share}-{seed}", seed, share)
            made += [d for d in written_set(program, ("open", "development"), folder) if d.samples]
    return made


def git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=ROOT, stdout=subprocess.PIPE, check=True, text=True).stdout


def layouts_before(commit: str, folder: Path) -> Path:
    """The layouts, kinds and countries of the commit before, with the weights of now."""
    for part, place in (("layouts", folder), ("kinds", folder / "kinds"), ("countries", folder / "countries")):
        place.mkdir(parents=True, exist_ok=True)
        for name in git("ls-tree", "--name-only", f"{commit}~1", f"{part}/").split():
            if name.endswith(".json") and "schema" not in name:
                (place / Path(name).name).write_text(git("show", f"{commit}~1:{name}"), encoding="utf-8")
    (folder / "doubt").mkdir(exist_ok=True)
    (folder / "doubt" / "doubt.json").write_bytes(MODEL.read_bytes())
    return folder


def fits_roles(document: Document) -> bool:
    """Whether the layouts of that time asked for what is asked for now: else a number that was found counts as none."""
    given = {s.name for s in document.samples}
    roles = {"number_out": "receipt_number", "party_out": "company", "id_out": "company_id"}
    return not any(name in given and role in document.inputs for role, name in roles.items())


def before_keep(program: str) -> None:
    """What comes of the pages that are not held back with what was known before they came."""
    commits, commit = {}, ""
    history = git("log", "--diff-filter=A", "--format=@%H", "--name-only", "--", "tests/receipts/written/")
    for line in history.split("\n"):
        commit = line[1:] if line.startswith("@") else commit
        commits[Path(line).stem] = commit
    kept = []
    for commit in sorted(set(commits.values()) - {""}):
        layouts = layouts_before(commit, WORK / f"before-{commit[:8]}")
        made = written_set(program, ("open", "development"), layouts)
        kept += [d for d in made if commits.get(d.page) == commit and d.samples and fits_roles(d)]
    for document in kept:
        document.samples = []  # only the page counts here
    lines = [json.dumps(asdict(d), ensure_ascii=False) for d in sorted(kept, key=lambda d: d.page)]
    BEFORE.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")
    print(f"{BEFORE.name}: {len(kept)} pages, {sum(bool(d.wrong) for d in kept)} of them wrong")


def before_read() -> list[Document]:
    documents = [Document(**d) for d in json.loads(BEFORE.read_text(encoding="utf-8"))] if BEFORE.exists() else []
    return [replace(d, group="before") for d in documents]


def first_read() -> list[Document]:
    documents = json.loads(FIRST.read_text(encoding="utf-8")) if FIRST.exists() else []
    return [Document(**(d | {"samples": [Sample(**s) for s in d["samples"]]})) for d in documents]


def first_keep(program: str) -> None:
    """Adds the pages to develop with that have values and are not there yet."""
    kept = first_read()
    known = {d.page for d in kept}
    made = written_set(program, ("development",))
    new = [d for d in made if d.page not in known and (d.samples or d.wrong)]
    kept += new
    lines = [json.dumps(asdict(d), ensure_ascii=False) for d in sorted(kept, key=lambda d: d.page)]
    FIRST.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")
    print(f"{FIRST.name}: {len(new)} pages added")


# ---- the fit ----


@dataclass
class Design:
    """Columns of the fit: inputs as they are, and a column of ones and zeros for each type, field, rule and layout."""

    inputs: list
    names: list
    rules: list
    layouts: list

    def matrix(self, samples: list[Sample]) -> np.ndarray:
        rows = []
        for s in samples:
            row = [1.0] + [s.inputs.get(name, 0.0) for name in self.inputs]
            row += [float(s.name == name) for name in self.names] + [float(s.rule == rule) for rule in self.rules]
            rows.append(row + [float(s.layout == layout) for layout in self.layouts])
        return np.array(rows)


# What can only lower a confidence, and what can only raise it: a fit on few pages may not turn it round.
LOWERING = ("place", "label", "form", "reading", "page_reading", "small", "margin", "kind", "repairs", "check_wrong")
LOWERING += ("sum_wrong", "two_readings", "pattern", "lone_sign", "country")
RAISING = ("score", "check_right", "sum_right")


BY_HAND = {
    # "Bs." alone is of two countries. The sets have hardly a page of the rarer one that shows nothing else; life has.
    "lone_sign": -4.5,
    # On pages written by hand, names went on into a row of something else. That is mended since.
    "rows": -0.8,
    # Bills of persons and card statements were taken for payments. That is mended since, and how surely a kind is known
    # says little about a receipt whose words are few.
    "kind": -1.5,
}


def logistic(design: Design, matrix: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Weights by gradient steps with a pull towards 0, stronger on the columns of ones, and signs kept."""
    pull = np.full(matrix.shape[1], 2.0)
    pull[0] = 0.0
    pull[1 : 1 + len(design.inputs)] = 0.5
    low, high = np.full(matrix.shape[1], -np.inf), np.full(matrix.shape[1], np.inf)
    for at, name in enumerate(design.inputs, 1):
        high[at] = 0.0 if name in LOWERING else np.inf
        low[at] = 0.0 if name in RAISING else -np.inf
        if name in BY_HAND:
            low[at] = high[at] = BY_HAND[name]
    weights = np.zeros(matrix.shape[1])
    step = 4.0 / (np.linalg.norm(matrix, 2) ** 2 + 4 * pull.max())
    ahead, last = weights.copy(), weights.copy()
    for turn in range(4000):
        chance = 1 / (1 + np.exp(-matrix @ ahead))
        slope = matrix.T @ (chance - right) + pull * ahead
        weights = np.clip(ahead - step * slope, low, high)
        ahead = weights + (turn / (turn + 3)) * (weights - last)
        last = weights.copy()
    return weights


def rising(x: np.ndarray, right: np.ndarray, points: int, least: int) -> list[list[float]]:
    """An isotonic fit of `right` over `x` as few points of a line: pools of neighbours until none falls."""
    order = np.argsort(x, kind="stable")
    pools: list[list[float]] = []  # sum of x, sum right, count
    for start in range(0, len(order), least):
        chunk = order[start : start + least]
        pools.append([float(x[chunk].sum()), float(right[chunk].sum()), float(len(chunk))])
        while len(pools) > 1 and pools[-2][1] / pools[-2][2] >= pools[-1][1] / pools[-1][2]:
            last = pools.pop()
            pools[-1] = [a + b for a, b in zip(pools[-1], last, strict=True)]
    while len(pools) > points:
        gaps = [pools[i + 1][1] / pools[i + 1][2] - pools[i][1] / pools[i][2] for i in range(len(pools) - 1)]
        at = int(np.argmin(gaps))
        pools[at : at + 2] = [[a + b for a, b in zip(pools[at], pools[at + 1], strict=True)]]
    # Half a right one and half a wrong one more in each, so that no pool promises what it has not seen.
    line = [[p[0] / p[2], min(0.998, (p[1] + 0.5) / (p[2] + 1))] for p in pools]
    for i in range(1, len(line)):
        line[i][1] = max(line[i][1], line[i - 1][1])
    return [[round(float(a), 4), round(float(b), 4)] for a, b in line]


def line_at(points: list, x: float) -> float:
    return float(np.interp(x, [p[0] for p in points], [p[1] for p in points]))


def confide(model: dict, documents: list[Document]) -> list[Document]:
    """The confidences that the model gives, as the program reckons them."""
    for s in (s for d in documents for s in d.samples):
        total = model["bias"] + sum(model["inputs"].get(name, 0) * value for name, value in s.inputs.items())
        total += model["fields"].get(s.name, 0) + model["rules"].get(s.rule, 0) + model["layouts"].get(s.layout, 0)
        own = model.get("curves", {}).get(KINDS.get(s.name, "other_amount"), model["curve"])
        fitted = line_at(own, 1 / (1 + np.exp(-total)))
        s.confidence = round(min(fitted, line_at(model["caps"], s.reading)), 4)
    for d in documents:
        doubted = any(s.confidence < model["review"][KINDS.get(s.name, "other_amount")] for s in d.samples)
        d.badly = read_badly(model, d)
        d.flagged = bool(d.always) or d.badly or doubted or page_chance(model, d) < model["review"].get("page", 0)
    return documents


def read_badly(model: dict, document: Document) -> bool:
    return any(s.name in ROLES and line_at(model["caps"], s.reading) < CAP_LEAST for s in document.samples)


def page_chance(model: dict, document: Document) -> float:
    """The chance that no key field of the page is wrong or missing; 1 for a page whose inputs were not kept."""
    if not document.inputs or "page_inputs" not in model:
        return 1.0
    weights = model["page_inputs"]
    total = model["page_bias"] + sum(weights.get(name, 0) * value for name, value in document.inputs.items())
    return line_at(model["curves"]["page"], 1 / (1 + np.exp(-total)))


def as_read_well(sample: Sample) -> Sample:
    """
    Pages written by hand were never read: all their words have one confidence and one height. They are harder than
    drawn ones, so a fit would take these constants for the reason, and doubt every photograph that is read as well.
    """
    return replace(sample, inputs={k: v for k, v in sample.inputs.items() if k not in READING_INPUTS})


def fold_of(page: str) -> int:
    return sum(page.encode()) % 5


def fit(documents: list[Document]) -> dict:
    samples = [as_read_well(s) if d.group == "written" else s for d in documents for s in d.samples]
    drawn = np.array([d.group != "written" for d in documents for _ in d.samples])
    right = np.array([float(s.right) for s in samples])
    often = lambda values: sorted({v for v in values if values.count(v) >= 20})  # noqa: E731
    used = {name for s in samples for name in s.inputs}
    design = Design(
        sorted(used),
        often([s.name for s in samples]),
        often([s.rule for s in samples]),
        often([s.layout for s in samples]),
    )
    matrix = design.matrix(samples)
    folds = np.array([fold_of(s.page) for s in samples])
    apart = np.zeros(len(samples))
    for number in range(5):
        weights = logistic(design, matrix[folds != number], right[folds != number])
        apart[folds == number] = 1 / (1 + np.exp(-matrix[folds == number] @ weights))
    weights = logistic(design, matrix, right)
    value = lambda at: round(float(weights[at]), 3)  # noqa: E731
    at = 1 + len(design.inputs)
    model = {
        "$schema": "doubt.schema.json",
        "schema": 1,
        "about": f"python -m receipts.doubt fit: {len(samples)} values of {len(documents)} pages",
        "bias": value(0),
        "inputs": {name: value(i) for i, name in enumerate(design.inputs, 1) if abs(value(i)) > 0},
        "fields": {name: value(at + i) for i, name in enumerate(design.names)},
    }
    at += len(design.names)
    model["rules"] = {name: value(at + i) for i, name in enumerate(design.rules)}
    at += len(design.rules)
    model["layouts"] = {name: value(at + i) for i, name in enumerate(design.layouts)}
    curve = rising(apart, right, 14, 25)
    kinds = np.array([KINDS.get(s.name, "other_amount") for s in samples])
    reading = np.array([s.reading for s in samples])
    caps = rising(reading[drawn], right[drawn], 8, 60)
    ends = lambda curve: [[0.0, 0.02], *[p for p in curve if 0 < p[0] < 1], [1.0, curve[-1][1]]]  # noqa: E731
    model["curve"] = ends(curve)
    # Currencies are right more often than names with the same evidence: one curve for all would doubt the one too much
    # and the other too little.
    model["curves"] = {
        kind: ends(rising(apart[kinds == kind], right[kinds == kind], 8, 25))
        for kind in sorted(set(KINDS.values()))
        if (kinds == kind).sum() >= CURVE_VALUES_LEAST
    }
    model["caps"] = [[0.0, min(0.3, caps[0][1])], *[p for p in caps if 0 < p[0] < 1], [1.0, 0.999]]
    model["review"] = {kind: 0.5 if kind in KINDS.values() else 0.0 for kind in ALL_KINDS}
    return model


def page_weights(matrix: np.ndarray, right: np.ndarray, times: np.ndarray) -> np.ndarray:
    """A logistic fit by Newton's steps, with a pull towards 0 on all but the bias."""
    weights, pull = np.zeros(matrix.shape[1]), np.ones(matrix.shape[1])
    pull[0] = 1e-6
    for _ in range(40):
        chance = 1 / (1 + np.exp(-matrix @ weights))
        slope = matrix.T @ (times * (chance - right)) + pull * weights
        bend = (matrix * (times * chance * (1 - chance))[:, None]).T @ matrix + np.diag(pull)
        weights -= np.linalg.solve(bend, slope)
    return weights


def page_fit(documents: list[Document], model: dict) -> list[float]:
    """
    Adds the chance that a page is right. Gives the chance of each document by weights that were fitted without it.
    """
    names = sorted({name for d in documents for name in d.inputs})
    matrix = np.array([[1.0, *(d.inputs.get(name, 0.0) for name in names)] for d in documents])
    right = np.array([float(not d.wrong) for d in documents])
    times = np.array([float(BEFORE_TIMES if d.group == "before" else 1) for d in documents])
    folds, apart = np.array([fold_of(d.page) for d in documents]), np.zeros(len(documents))
    for number in range(5):
        kept = folds != number
        weights = page_weights(matrix[kept], right[kept], times[kept])
        apart[~kept] = 1 / (1 + np.exp(-matrix[~kept] @ weights))
    weights = page_weights(matrix, right, times)
    curve = rising(apart, right, 12, 60)
    model["page_bias"] = round(float(weights[0]), 3)
    model["page_inputs"] = {
        name: round(float(w), 3) for name, w in zip(names, weights[1:], strict=True) if abs(w) > 0.001
    }
    ends = [0.0, min(0.02, curve[0][1])], [1.0, curve[-1][1]]
    model["curves"]["page"] = [ends[0], *[p for p in curve if 0 < p[0] < 1], ends[1]]
    return [line_at(model["curves"]["page"], float(chance)) for chance in apart]


def thresholds(documents: list[Document], chances: list[float]) -> dict:
    """
    One confidence for each kind of field, and one for the page: the highest at which no more than ALARMS_MOST of the
    right pages of any group are looked at. Those read without some words do not count: they are no pages of anybody.
    """
    review = dict.fromkeys(ALL_KINDS, 0.0) | REVIEW_LEAST

    def flagged(threshold: float) -> list[bool]:
        doubted = (any(s.confidence < review[KINDS.get(s.name, "other_amount")] for s in d.samples) for d in documents)
        return [
            bool(d.always) or d.badly or low or chance < threshold
            for d, low, chance in zip(documents, doubted, chances, strict=True)
        ]

    def alarms(threshold: float) -> float:
        groups: dict[str, list[bool]] = {}
        for d, flag in zip(documents, flagged(threshold), strict=True):
            if not d.wrong and d.inputs and d.group != THIN:
                groups.setdefault(d.group, []).append(flag)
        return max(sum(flags) / len(flags) for flags in groups.values())

    steps = [round(0.5 + 0.01 * i, 2) for i in range(50)]
    review["page"] = max((step for step in steps if alarms(step) <= ALARMS_MOST), default=steps[0])
    for group in sorted({d.group for d in documents}):
        flags = list(zip(documents, flagged(review["page"]), strict=True))
        wrong = [flag for d, flag in flags if d.group == group and d.wrong]
        good = [flag for d, flag in flags if d.group == group and not d.wrong and d.inputs]
        print(f"{group}: {sum(wrong)} of {len(wrong)} wrong pages looked at, {sum(good)} of {len(good)} right ones")
    return review


def model_write(model: dict) -> None:
    text = json.dumps(model, indent=1)
    text = re.sub(r"\[\s+([\d.]+),\s+([\d.]+)\s+\]", r"[\1, \2]", text)
    MODEL.write_text(text + "\n")
    model_place()


# ---- what came of it ----


def report(title: str, documents: list[Document]) -> None:
    samples = [s for d in documents for s in d.samples]
    confidence = np.array([s.confidence for s in samples])
    right = np.array([float(s.right) for s in samples])
    edges = [0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 1.001]
    print(f"\n{title}: {len(documents)} pages, {len(samples)} values, {100 * right.mean():.2f} % right")
    print("| confidence | values | mean confidence % | right % |\n| --- | ---: | ---: | ---: |")
    error = 0.0
    for low, high in zip(edges, edges[1:], strict=False):
        inside = (confidence >= low) & (confidence < high)
        if inside.any():
            mean, share = confidence[inside].mean(), right[inside].mean()
            error += inside.sum() / len(samples) * abs(mean - share)
            print(f"| {low:.2f} to {min(high, 1):.2f} | {inside.sum()} | {100 * mean:.1f} | {100 * share:.1f} |")
    print(f"expected calibration error: {100 * error:.2f} %")
    wrong, good = [d for d in documents if d.wrong], [d for d in documents if not d.wrong]
    caught, alarms = sum(d.flagged for d in wrong), sum(d.flagged for d in good)
    print(
        f"needs_review: {caught} of {len(wrong)} pages with a wrong key field "
        f"({100 * caught / max(1, len(wrong)):.1f} %), "
        f"{alarms} of {len(good)} others ({100 * alarms / max(1, len(good)):.1f} %)"
    )


def missed(documents: list[Document]) -> None:
    for d in documents:
        if bool(d.wrong) != d.flagged:
            told = {s.name: s.confidence for s in d.samples if s.name in d.wrong}
            print(f"  {d.page}: wrong {d.wrong} {told} because of {d.always}")


def model_place() -> None:
    (MODEL_FOLDER / "doubt").mkdir(parents=True, exist_ok=True)
    (MODEL_FOLDER / "doubt" / "doubt.json").write_bytes(MODEL.read_bytes())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "task",
        choices=("fit", "thresholds", "measure", "keep", "before", "look"),
        help="thresholds: those alone, with the weights as they are; look: pages of the fit that are judged wrongly",
    )
    parser.add_argument("--program", default=str(ROOT / "build" / "release" / "lince"))
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--count", type=int, default=600, help="pages to draw for the fit")
    parser.add_argument("--measured", type=int, default=500, help="pages to draw for the measurement")
    options = parser.parse_args()
    model_place()
    if options.task in ("keep", "before"):
        (first_keep if options.task == "keep" else before_keep)(options.program)
        return 0
    if options.task == "measure":
        held = drawn_set(options.program, "held-back", options.measured, 6, options.jobs)
        report("Designs held back, drawn and damaged", held)
        report("Committed receipts of apps never looked at", fixed_set(options.program, True, options.jobs))
        report("Pages written by hand, held back", written_set(options.program, ("held back",)))
        return 0
    sets = {
        "Pages of the fit, drawn": lambda: drawn_set(options.program, "open", options.count, 5, options.jobs),
        "Committed receipts that anybody may look at": lambda: fixed_set(options.program, False, options.jobs),
        "Pages written by hand": lambda: written_set(options.program, ("open", "development")),
    }
    times = {"Pages written by hand": WRITTEN_TIMES}
    load = lambda: [d for title, make in sets.items() for d in make() * times.get(title, 1)]  # noqa: E731
    if options.task in ("fit", "thresholds"):
        silent = {d.page for d in written_set(options.program, ("open", "development")) if not d.samples}
        first = [d for d in first_read() if d.page not in silent] * WRITTEN_TIMES
        model = fit(load() + first) if options.task == "fit" else json.loads(MODEL.read_text())
        model_write(model)
        thin = [replace(d, group=THIN) for d in thin_sets(options.program)]
        pages = [d for d in (*(d for make in sets.values() for d in make()), *before_read(), *thin) if d.inputs]
        fitted = page_fit(pages, model) if options.task == "fit" else [page_chance(model, d) for d in pages]
        for document in pages:
            document.badly = read_badly(model, document)
        model["review"] = thresholds(pages, fitted)
        model_write(model)
    made = {title: make() for title, make in sets.items()}
    for title, documents in made.items():
        report(title, documents)
    report("Pages written by hand, before rules knew them", confide(json.loads(MODEL.read_text()), first_read()))
    if options.task == "look":
        missed([d for documents in made.values() for d in documents])
    return 0


if __name__ == "__main__":
    sys.exit(main())
