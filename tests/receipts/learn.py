"""How well corrections teach: of thirty invented apps one, two and three pages are corrected, and ten others are read.

    cd tests; ../build/venv-test/bin/python -m receipts.learn

Beside them lie pages of `pages_latin.py` that nobody corrected and that must not change.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from . import apps_learned, pages_latin
from .pages_latin import LOOSE

ROOT = Path(__file__).resolve().parents[2]
OTHERS = 10  # pages of each app that are read after learning
ROUNDS = (1, 2, 3)


def write(path: Path, pages: list[dict]) -> None:
    path.write_text("".join(json.dumps(page) + "\n" for page in pages))


def values(program: str, pages: Path, layouts: Path | None) -> list[dict]:
    command = [program, "fields", *(["--layouts", str(layouts)] if layouts else []), str(pages)]
    out = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout
    records = [json.loads(line) for line in out.splitlines()]
    return [{name: found["value"] for name, found in record["fields"].items()} for record in records]


def is_same(name: str, given: str | None, wanted: str | None) -> bool:
    if given is None or wanted is None:
        return given is wanted
    if name in LOOSE:
        return "".join(given.split()).casefold() == "".join(wanted.split()).casefold()
    return given == wanted


def share(given: list[dict], right: list[dict], misses: list[str] | None = None, names: list[str] | None = None):
    good = total = 0
    for at, (record, wanted) in enumerate(zip(given, right, strict=True)):
        for name in sorted(set(record) | set(wanted)):
            total += 1
            same = is_same(name, record.get(name), wanted.get(name))
            good += same
            if not same and misses is not None:
                misses.append(f"{names[at]}: {name} {record.get(name)!r} instead of {wanted.get(name)!r}")
    return 100 * good / max(1, total)


def learn(program: str, folder: Path, pages: Path) -> list[dict]:
    command = [program, "learn", "--layouts", str(folder), "--accept-safe", "--json", str(pages)]
    return json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)


def run(program: str, apps: list[int], show: bool) -> list[float]:
    """The share of values right on the other pages before learning and after each round; raises when others change."""
    shares, misses = [], []
    with tempfile.TemporaryDirectory() as scratch:
        work = Path(scratch)
        others = [apps_learned.page_of(app, 100 + i) for app in apps for i in range(OTHERS)]
        write(work / "others.ndjson", [page for page, _ in others])
        elsewhere = [page for page, _ in pages_latin.make(31, 150)]
        write(work / "elsewhere.ndjson", elsewhere)
        before = values(program, work / "elsewhere.ndjson", None)
        right, names = [r for _, r in others], [p["file"] for p, _ in others]
        shares.append(share(values(program, work / "others.ndjson", None), right))
        for count in ROUNDS:
            folder = work / "layouts"
            folder.mkdir(exist_ok=True)
            taught = [apps_learned.page_of(app, i) for app in apps for i in range(count)]
            known = [page | {"right": wanted} for page, wanted in taught]
            write(work / "known.ndjson", known + elsewhere)
            proposals = learn(program, folder, work / "known.ndjson")
            given = values(program, work / "others.ndjson", folder)
            misses = []
            shares.append(share(given, right, misses, names))
            print(
                f"{count} corrected: {shares[-1]:5.1f} % of values right on {OTHERS} others of each; "
                f"{len(proposals)} proposed, {sum(p['accepted'] for p in proposals)} kept"
            )
            after = values(program, work / "elsewhere.ndjson", folder)
            worse = sum(a != b for a, b in zip(before, after, strict=True))
            if worse:
                raise SystemExit(f"{worse} pages elsewhere changed")
    print(f"before: {shares[0]:.1f} %; nothing changed on {len(before)} pages elsewhere")
    if show:
        print("\n".join("  " + miss for miss in misses))
    return shares


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", default=str(ROOT / "build" / "release" / "lince"))
    parser.add_argument("--apps", type=int, default=apps_learned.APPS)
    parser.add_argument("--misses", action="store_true", help="show what is still wrong after the last round")
    options = parser.parse_args()
    run(options.program, list(range(options.apps)), options.misses)
    return 0


if __name__ == "__main__":
    sys.exit(main())
