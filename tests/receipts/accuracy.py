"""How many field values are right, by layout and by damage, with every miss listed.

    python3 tests/receipts/accuracy.py --program build/release/lince --set tests/receipts/fixed
    python3 tests/receipts/accuracy.py --program build/release/lince --sroie ../shared/data/sroie-dev
    python3 tests/receipts/accuracy.py ... --truth-lines      # the rules alone, on lines without reading errors

A set is a folder of images with their truth (tests/receipts/README.md). The program reads the images once
(`--pages FILE` keeps its output), and `lince fields` makes the records. The misses of `unseen` apps are counted but
never shown.
"""

import argparse
import collections
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

KEY_FIELDS = ("referencia", "monto", "cedula", "telefono", "banco_destino", "fecha")
IMAGES = (".jpg", ".jpeg", ".png", ".webp", ".bmp", ".gif")


def same_text(left: str, right: str) -> bool:
    """Free text: the words, whatever the spaces and letter case."""
    fold = lambda text: re.sub(r"\s+", "", text).casefold()  # noqa: E731
    return fold(left) == fold(right)


def same(field: str, given: str, wanted: str) -> bool:
    if field in ("concepto", "beneficiario", "address", "company", "items"):
        return same_text(given, wanted)
    return given == wanted


class Tally:
    """Counts of one group: right, wrong, missed and invented values, and whole receipts."""

    def __init__(self):
        self.right = self.wrong = self.missed = self.invented = self.absent = 0
        self.images = self.images_right = 0

    def expected(self) -> int:
        return self.right + self.wrong + self.missed

    def row(self, name: str) -> str:
        share = 100 * self.right / max(1, self.expected())
        keys = 100 * self.images_right / max(1, self.images)
        invented = 100 * self.invented / max(1, self.absent)
        return (
            f"{name:28} {self.images:5} {share:7.2f} {self.wrong:6} {self.missed:6} {self.invented:6} {invented:7.2f}"
            f" {keys:8.2f}"
        )


HEADER = (
    f"{'group':28} {'pages':>5} {'right %':>7} {'wrong':>6} {'missed':>6} {'invent':>6} {'inv. %':>7} {'keys %':>8}"
)


class Scores:
    """All tallies, misses and the pairs of confidence and rightness."""

    def __init__(self):
        self.groups = collections.OrderedDict()
        self.misses = []
        self.pairs = []

    def tally(self, *names: str) -> list[Tally]:
        return [self.groups.setdefault(name, Tally()) for name in names]

    def add(self, stem: str, truth: dict, record: dict) -> None:
        split, app = truth["split"], truth["app"]
        damage = truth.get("damage", {}).get("name", "none")
        tallies = self.tally(
            f"split {split}", f"app {app}" if split != "unseen" else "app (unseen)", f"damage {damage}"
        )
        fields = {k: v["value"] for k, v in record.get("fields", {}).items()}
        wanted, hidden = dict(truth["fields"]), truth.get("hidden", {})
        wanted.pop("tipo", None)
        good = True
        for name in sorted(set(wanted) | set(fields)):
            outcome = self.judge(name, fields.get(name), wanted.get(name), hidden.get(name))
            if name not in ALL_FIELDS and name not in wanted:
                outcome = None  # the payer and others: the truth of the sets does not tell them
                if split != "unseen":
                    self.misses.append(f"{stem}: {name} not in the truth: {fields[name]!r}")
            if outcome is None:
                continue
            for tally in tallies:
                setattr(tally, outcome, getattr(tally, outcome) + 1)
            if name in fields:
                self.pairs.append((record["fields"][name]["confidence"], outcome == "right", record["fields"][name]))
            if outcome != "right":
                if name in KEY_FIELDS and not (name == "fecha" and outcome == "invented"):
                    good = False
                if split != "unseen":
                    self.misses.append(
                        f"{stem}: {name} {outcome}: {fields.get(name)!r} instead of {wanted.get(name)!r}"
                    )
        for tally in tallies:
            tally.images += 1
            tally.images_right += good
            tally.absent += sum(1 for name in ALL_FIELDS if name not in wanted and name not in hidden)

    @staticmethod
    def judge(name: str, given: str | None, wanted: str | None, hidden: str | None) -> str | None:
        if wanted is not None:
            if given is None:
                return "missed"
            return "right" if same(name, given, wanted) else "wrong"
        if hidden is not None:
            return None  # printed but not to be read: a guess counts neither way
        return "invented"

    def show(self, with_misses: bool) -> None:
        print(HEADER)
        for kind in ("split", "app", "damage"):
            for name in sorted(n for n in self.groups if n.startswith(kind)):
                print(self.groups[name].row(name))
            print()
        if with_misses:
            for miss in self.misses:
                print("  " + miss)


ALL_FIELDS = [
    "monto",
    "moneda",
    "referencia",
    "fecha",
    "hora",
    "cedula",
    "telefono",
    "banco_origen",
    "banco_destino",
    "beneficiario",
    "concepto",
    "comision",
    "cuenta_origen",
    "cuenta_destino",
]


def calibration(pairs: list, svg: Path | None) -> None:
    """Of the values given with a confidence, how many are right: a table, and a plot of it."""
    bins = [0, 0.3, 0.5, 0.7, 0.8, 0.85, 0.9, 0.95, 0.97, 0.98, 0.99, 1.001]
    rows = []
    print(f"{'confidence':>14} {'values':>7} {'right %':>8}")
    for low, high in zip(bins, bins[1:], strict=False):
        inside = [(c, r) for c, r, _ in pairs if low <= c < high]
        if inside:
            share = sum(r for _, r in inside) / len(inside)
            rows.append((sum(c for c, _ in inside) / len(inside), share, len(inside)))
            print(f"{low:6.2f} .. {min(high, 1):4.2f} {len(inside):7} {100 * share:8.2f}")
    sure = [r for c, r, _ in pairs if c >= 0.95]
    if sure:
        print(f"with 0.95 or more: {100 * sum(sure) / len(sure):.2f} % of {len(sure)} values are right")
    if svg:
        svg.write_text(plot(rows))
        print(f"plot: {svg}")


def plot(rows: list) -> str:
    size, edge = 420, 50
    x = lambda v: edge + v * (size - 2 * edge)  # noqa: E731
    y = lambda v: size - edge - v * (size - 2 * edge)  # noqa: E731
    most = max((n for _, _, n in rows), default=1)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" font-family="sans-serif" font-size="12">',
        f'<rect width="{size}" height="{size}" fill="#fff"/>',
        f'<line x1="{x(0)}" y1="{y(0)}" x2="{x(1)}" y2="{y(1)}" stroke="#bbb" stroke-dasharray="4 3"/>',
        f'<path d="M{x(0)} {y(1)}V{y(0)}H{x(1)}" fill="none" stroke="#444"/>',
    ]
    for tick in (0, 0.25, 0.5, 0.75, 1):
        parts.append(f'<text x="{x(tick)}" y="{y(0) + 16}" text-anchor="middle">{tick:g}</text>')
        parts.append(f'<text x="{x(0) - 6}" y="{y(tick) + 4}" text-anchor="end">{tick:g}</text>')
    points = " ".join(f"{x(c):.1f},{y(s):.1f}" for c, s, _ in rows)
    parts.append(f'<polyline points="{points}" fill="none" stroke="#1667c1" stroke-width="2"/>')
    for c, s, n in rows:
        parts.append(f'<circle cx="{x(c):.1f}" cy="{y(s):.1f}" r="{3 + 6 * (n / most) ** 0.5:.1f}" fill="#1667c1"/>')
    parts.append(f'<text x="{size / 2}" y="{size - 12}" text-anchor="middle">confidence given</text>')
    parts.append(
        f'<text transform="translate(14 {size / 2}) rotate(-90)" text-anchor="middle">share right</text></svg>'
    )
    return "\n".join(parts) + "\n"


def read_pages(program: str, images: list[Path], pages: Path, jobs: int) -> None:
    with pages.open("wb") as out:
        command = [program, "read", "-q", "-f", "ndjson", "-j", str(jobs), *map(str, images)]
        subprocess.run(command, stdout=out, check=False)


def records_of(program: str, pages: Path, layout: str | None) -> dict[str, dict]:
    command = [program, "fields", *(["--layout", layout] if layout else []), str(pages)]
    out = subprocess.run(command, stdout=subprocess.PIPE, check=False).stdout
    records = {}
    for line in out.splitlines():
        record = json.loads(line)
        records[Path(record["file"]).name] = record
    return records


def fields_time(program: str, pages: Path) -> None:
    """Milliseconds of a page in `lince fields`: its JSON read, the fields, the record written; without the start."""
    text = pages.read_bytes()
    count = text.count(b"\n")
    with tempfile.TemporaryDirectory() as scratch:
        many = Path(scratch) / "many.ndjson"
        many.write_bytes(text * 21)
        took = {}
        for path in (pages, many):
            runs = []
            for _ in range(3):
                start = time.perf_counter()
                subprocess.run([program, "fields", str(path)], stdout=subprocess.DEVNULL, check=False)
                runs.append(time.perf_counter() - start)
            took[path] = min(runs)
    print(f"extraction: {1000 * (took[many] - took[pages]) / (20 * max(1, count)):.2f} ms a page, {count} pages")


def truth_page(name: str, truth: dict) -> dict:
    """Lines without reading errors, as the program would write them."""
    lines = []
    for line in truth["lines"]:
        words = [w for w in line.get("words", []) if w.get("state") != "covered"]
        if line["text"]:
            lines.append({"text": line["text"], "box": line["box"], "confidence": 1, "words": words})
    return {"file": name, "width": truth["width"], "height": truth["height"], "lines": lines}


def sroie_page(name: str, box: Path, image: Path) -> dict:
    lines = []
    for row in box.read_text(encoding="utf-8", errors="replace").splitlines():
        parts = row.split(",", 8)
        if len(parts) == 9 and parts[8].strip():
            xs, ys = [int(v) for v in parts[0:8:2]], [int(v) for v in parts[1:8:2]]
            lines.append({"text": parts[8].strip(), "box": [min(xs), min(ys), max(xs), max(ys)], "confidence": 1})
    width = max((line["box"][2] for line in lines), default=1) + 40
    height = max((line["box"][3] for line in lines), default=1) + 40
    return {"file": name, "width": width, "height": height, "lines": lines}


def run_set(arguments: argparse.Namespace, folder: Path) -> Scores:
    truths = {}
    for path in sorted(folder.rglob("*.json")):
        truth = json.loads(path.read_text())
        if "image" in truth and "fields" in truth and truth["split"] not in ("text", "shop"):
            truths[str(path.with_name(truth["image"]))] = truth
    with tempfile.TemporaryDirectory() as scratch:
        pages = Path(arguments.pages or os.path.join(scratch, "pages.ndjson"))
        if arguments.truth_lines:
            pages = Path(scratch) / "truth.ndjson"
            pages.write_text("".join(json.dumps(truth_page(n, t)) + "\n" for n, t in truths.items()))
        elif not pages.exists():
            read_pages(arguments.program, [Path(n) for n in truths], pages, arguments.jobs)
        records = records_of(arguments.program, pages, None)
        fields_time(arguments.program, pages)
    scores = Scores()
    layouts = collections.Counter()
    for name, truth in truths.items():
        record = records.get(Path(name).name, {})
        scores.add(Path(name).stem, truth, record)
        layouts[(truth["layout"], record.get("layout"))] += 1
    wrong = {k: v for k, v in layouts.items() if k[0] != k[1]}
    right = sum(layouts.values()) - sum(wrong.values())
    print(f"layouts: {right} of {sum(layouts.values())} right; wrong: {wrong or 'none'}")
    return scores


def canonical_date(text: str) -> str:
    months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    words = re.findall(r"[A-Za-z]+|\d+", text)
    if words and words[1][:3].lower() in months:
        words[1] = str(months.index(words[1][:3].lower()) + 1)
    day, month, year = words if len(words[0]) < 3 else reversed(words)
    year = int(year) + (2000 if len(year) == 2 else 0)
    return date(year, int(month), int(day)).isoformat()


def run_sroie(arguments: argparse.Namespace, folder: Path) -> None:
    keys = {p.stem: json.loads(p.read_text()) for p in sorted((folder / "key").glob("*.json"))}
    images = {p.stem: p for p in sorted((folder / "img").iterdir()) if p.suffix.lower() in IMAGES}
    with tempfile.TemporaryDirectory() as scratch:
        pages = Path(arguments.pages or os.path.join(scratch, "pages.ndjson"))
        if arguments.truth_lines:
            pages = Path(scratch) / "truth.ndjson"
            rows = [sroie_page(str(images[s]), folder / "box" / f"{s}.csv", images[s]) for s in keys]
            pages.write_text("".join(json.dumps(row) + "\n" for row in rows))
        elif not pages.exists():
            read_pages(arguments.program, [images[s] for s in keys], pages, arguments.jobs)
        records = records_of(arguments.program, pages, arguments.sroie_layout)
    counts, misses, pairs = collections.Counter(), [], []
    squeeze = lambda text: re.sub(r"[^a-z0-9]", "", text.casefold())  # noqa: E731
    for stem, key in keys.items():
        fields = records.get(images[stem].name, {}).get("fields", {})
        for name in ("total", "date", "company", "address"):
            given = fields.get(name, {}).get("value")
            wanted = key.get(name)
            if not wanted:
                continue
            counts[name, "all"] += 1
            if name == "total":
                wanted = f"{float(re.sub('[^0-9.]', '', wanted)):.2f}"
                right = given == wanted
            elif name == "date":
                wanted = canonical_date(wanted)
                right = given == wanted
            else:
                right = given is not None and squeeze(given) == squeeze(wanted)
            counts[name, "right"] += right
            if given is not None and name != "address":
                pairs.append((fields[name]["confidence"], right, fields[name]))
            if not right and name != "address":
                misses.append(f"{stem}: {name}: {given!r} instead of {wanted!r}")
    for name in ("total", "date", "company", "address"):
        share = 100 * counts[name, "right"] / max(1, counts[name, "all"])
        print(f"sroie {name:8} {share:6.2f} % of {counts[name, 'all']}")
    for miss in misses:
        print("  " + miss)
    calibration(pairs, None)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", default="build/release/lince")
    parser.add_argument("--set", action="append", type=Path, default=[], help="folder of images with truth")
    parser.add_argument("--sroie", type=Path, help="folder with box, key and img")
    parser.add_argument(
        "--sroie-layout", default=None, help="layout for the shop receipts; by default chosen by the page"
    )
    parser.add_argument("--pages", help="the program's ndjson of the one set: made when it is not there")
    parser.add_argument(
        "--truth-lines", action="store_true", help="rules alone: lines from the truth, not from reading"
    )
    parser.add_argument("--plot", type=Path, help="write the reliability plot here, as SVG")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--no-misses", action="store_true")
    arguments = parser.parse_args()
    for folder in arguments.set:
        print(f"== {folder}")
        scores = run_set(arguments, folder)
        scores.show(not arguments.no_misses)
        calibration(scores.pairs, arguments.plot)
    if arguments.sroie:
        print(f"== {arguments.sroie}")
        run_sroie(arguments, arguments.sroie)
    return 0


if __name__ == "__main__":
    sys.exit(main())
