"""Pages written by hand as text, of designs that no other set has: what such documents look like, line by line. Half
of the first fifty are held back by `written_held_back.json`: they are scored, but their misses are never shown. The
file also names the pages that came later, to develop with: they are scored on their own. Sealed pages are read by no
run but `--sealed`, which prints one row of figures for all of them and nothing else.

    python3 tests/receipts/pages_written.py --program build/release/lince --misses
    python3 tests/receipts/pages_written.py --program build/release/lince --sealed

A file of `written/` begins with the truth: the country, the kind, and the fields that a perfect reader gives (rows of a
field are separated by `|`). Below `---` is the page: a character has a width, two blanks part two pieces of a row, `!`
makes the rest of a piece's letters twice as large, and an empty line is a gap.
"""

import argparse
import collections
import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from pages_latin import PAYMENT_KEYS, SALE_KEYS, records_of, same

HERE = Path(__file__).parent
FOLDER, HELD_BACK = HERE / "written", HERE / "written_held_back.json"
HELD = ("held back", "held later", "held latest", "held newest", "held last", "held further")
LETTER, HEIGHT, PITCH, MARGIN = 10, 22, 30, 30

SECOND = ("exchange_rate", "second_total", "second_currency", "tasa_cambio", "segundo_monto", "segunda_moneda")
LOOSE = ("beneficiario", "pagador", "concepto", "company", "buyer", "payments")
AMOUNTS = {"total", "tax", "subtotal", "tip", "service", "change", "paid", "monto", "discount"}
AMOUNTS |= {"second_total", "segundo_monto"}


@dataclass
class Written:
    name: str
    country: str
    kind: str
    fields: dict
    page: dict
    part: str  # one of HELD, "open", "development" or "sealed"


def pieces(line: str) -> list[tuple[int, str]]:
    """The pieces of a row and the columns where they begin."""
    return [(match.start(), match.group()) for match in re.finditer(r"\S+(?: \S+)*", line)]


def lay(text: str) -> tuple[list[dict], float, float]:
    lines, y, width = [], 40.0, 0.0
    for row in text.split("\n"):
        large = False
        for column, piece in pieces(row):
            scale = 2 if piece.startswith("!") else 1
            large = large or scale == 2
            said = piece.lstrip("!").strip()
            x0 = MARGIN + column * LETTER
            x1 = x0 + len(said) * LETTER * (1.4 if scale == 2 else 0.92)
            width = max(width, x1)
            top = y - (HEIGHT / 2 if scale == 2 else 0)
            box = [round(v, 1) for v in (x0, top, x1, top + HEIGHT * scale)]
            lines.append({"text": said, "box": box, "confidence": 0.98})
        y += PITCH * (1.5 if large else 1)
    return lines, width + MARGIN, y + 40


def read(path: Path, parts: dict[str, str]) -> Written:
    head, body = path.read_text(encoding="utf-8").split("\n---\n", 1)
    said = dict(re.match(r"(\w+): ?(.*)", line).groups() for line in head.split("\n"))
    fields = {name: value.replace("|", "\n") for name, value in said.items() if name not in ("country", "kind")}
    for name, value in fields.items():
        if name in AMOUNTS and "." not in value:
            fields[name] = value + ".00"
    lines, width, height = lay(body.rstrip("\n"))
    page = {"file": path.stem, "width": width, "height": height, "lines": lines}
    return Written(path.stem, said["country"], said["kind"], fields, page, parts.get(path.stem, "open"))


def read_all(sealed: bool = False) -> list[Written]:
    """The sealed pages, or all but these."""
    named = json.loads(HELD_BACK.read_text(encoding="utf-8"))
    parts = dict.fromkeys(named["development"], "development") | dict.fromkeys(named["pages"], "held back")
    parts |= dict.fromkeys(named["later"], "held later") | dict.fromkeys(named["latest"], "held latest")
    parts |= dict.fromkeys(named["newest"], "held newest") | dict.fromkeys(named["last"], "held last")
    parts |= dict.fromkeys(named["further"], "held further") | dict.fromkeys(named["sealed"], "sealed")
    paths = sorted(FOLDER.glob("*.txt"))
    return [read(path, parts) for path in paths if (parts.get(path.stem) == "sealed") is sealed]


@dataclass
class Tally:
    pages: int = 0
    kinds: int = 0
    countries: int = 0
    keys: int = 0
    right: int = 0
    wrong: int = 0
    whole: int = 0
    others: int = 0
    others_right: int = 0
    invented: int = 0
    flagged_bad: int = 0
    flagged_good: int = 0
    empty: int = 0  # right pages without fields: there is nothing on them to be wrong, and a person must see them
    flagged_empty: int = 0


def judge(record: dict, written: Written, tally: Tally, misses: list[str]) -> None:
    fields = {name: found["value"] for name, found in record.get("fields", {}).items()}
    keys = PAYMENT_KEYS if "monto" in written.fields else SALE_KEYS
    whole = True
    tally.pages += 1
    tally.kinds += record.get("kind") == written.kind
    tally.countries += (record.get("country") or "") == written.country
    if record.get("kind") != written.kind:
        misses.append(f"{written.name}: kind {record.get('kind')} instead of {written.kind}")
    if (record.get("country") or "") != written.country:
        misses.append(f"{written.name}: country {record.get('country')}")
    for name, wanted in written.fields.items():
        right = name in fields and same(name, fields[name], wanted, LOOSE)
        if name in keys:
            tally.keys += 1
            tally.right += right
            tally.wrong += not right and name in fields
            whole = whole and right
        else:
            tally.others += 1
            tally.others_right += right
        if not right:
            misses.append(f"{written.name}: {name} {fields.get(name)!r} instead of {wanted!r}")
    for name in (*PAYMENT_KEYS, *SALE_KEYS, *SECOND):
        if name in fields and name not in written.fields and name != "cedula":
            misses.append(f"{written.name}: {name} {fields[name]!r} invented")
            tally.invented += 1
            whole = False
    tally.whole += whole
    flagged = bool(record.get("needs_review"))
    empty = whole and not written.fields
    tally.empty += empty
    tally.flagged_empty += flagged and empty
    tally.flagged_bad += flagged and not whole
    tally.flagged_good += flagged and whole and not empty


def table(tallies: dict[str, Tally]) -> None:
    print(f"{'':16} pages kinds lands  keys right wrong invented whole others right  asked: of wrong, whole, empty")
    for name, t in tallies.items():
        print(
            f"{name:16} {t.pages:5} {t.kinds:5} {t.countries:5} {t.keys:5} {t.right:5} {t.wrong:5} {t.invented:8}"
            f" {t.whole:5} {t.others:6} {t.others_right:5}"
            f"        {t.flagged_bad}/{t.pages - t.whole}, {t.flagged_good}/{t.whole - t.empty},"
            f" {t.flagged_empty}/{t.empty}"
        )


def score(program: str, pages: list[Written], with_misses: bool) -> None:
    """A table of the parts; of the pages that are not held back also by country and kind, beside all that are."""
    records = records_of(program, [written.page for written in pages])
    misses: list[str] = []
    tallies = {name: Tally() for name in (*HELD, "open", "development")}
    countries: dict[str, Tally] = collections.defaultdict(Tally)
    kinds: dict[str, Tally] = collections.defaultdict(Tally)
    for record, written in zip(records, pages, strict=True):
        judge(record, written, tallies[written.part], [] if written.part in HELD else misses)
        judge(record, written, countries[written.country or "none"], [])
        judge(record, written, kinds[written.kind], [])
    table(tallies)
    print("\nall of them, by country")
    table(dict(sorted(countries.items())))
    print("\nall of them, by kind")
    table(dict(sorted(kinds.items())))
    if with_misses:
        for miss in misses:
            print("  " + miss)


def score_sealed(program: str) -> None:
    """One row for all sealed pages: which of them are wrong is never said, nor of which country or kind they are."""
    pages, tally = read_all(sealed=True), Tally()
    for record, written in zip(records_of(program, [written.page for written in pages]), pages, strict=True):
        judge(record, written, tally, [])
    table({"sealed": tally})


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", help="score this program")
    parser.add_argument("--out", type=Path, help="write the pages as NDJSON here")
    parser.add_argument("--misses", action="store_true", help="show the misses of pages that are not held back")
    parser.add_argument("--only", choices=(*HELD, "open", "development"), help="score these pages alone")
    parser.add_argument("--sealed", action="store_true", help="score the sealed pages alone, as one row of figures")
    arguments = parser.parse_args()
    if arguments.sealed:
        if not arguments.program or arguments.out or arguments.misses or arguments.only:
            parser.error("--sealed takes --program and nothing else")
        score_sealed(arguments.program)
        return 0
    pages = [written for written in read_all() if arguments.only in (None, written.part)]
    if arguments.out:
        arguments.out.write_text("".join(json.dumps(written.page) + "\n" for written in pages), encoding="utf-8")
    if arguments.program:
        score(arguments.program, pages, arguments.misses)
    return 0


if __name__ == "__main__":
    sys.exit(main())
