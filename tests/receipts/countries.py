"""Words that pages of a country have more often, or more rarely, than others: fits "usual_words" of countries/*.json.

    build/venv-test/bin/python tests/receipts/countries.py measure     # five parts, each by the weights of the others
    build/venv-test/bin/python tests/receipts/countries.py fit         # writes the packs

A multinomial logistic fit over the words and the forms of amounts of the pages written by hand that are not held back.
Signs of currencies and ids take part, so that words are not weighed for what these say, but their weights are not
written: the packs know them already. Names of persons and what payers wrote are left out.
"""

import argparse
import collections
import json
import re
import sys
import unicodedata
from pathlib import Path

import numpy as np
import pages_written

PACKS = Path(__file__).resolve().parents[2] / "countries"
# As in src/fields/evidence/usual_evidence.c.
WORDS_LEAST, WORDS_SCALE = 8, 4.0
PAGES_LEAST, WEIGHT_LEAST, PULL, TURNS = 3, 0.1, 1.0, 300
WORD_BYTES_MOST, ROW = 24, 78
# Pages that show no country, of which the pack of unknown countries has the words.
OPEN = "ZZ"
# Pages in English come from many lands: their words would show the language, not the country.
BY_LANGUAGE = ("US",)
PERSONS = ("beneficiario", "pagador", "buyer", "concepto")

FORMS = {
    "1.234,56": r"\d{1,3}(\.\d{3})+,\d\d",
    "1,234.56": r"\d{1,3}(,\d{3})+\.\d\d",
    "12,34": r"\d{1,3},\d\d",
    "12.34": r"\d{1,3}\.\d\d",
    "1.234": r"\d{1,3}(\.\d{3})+",
    "1,234": r"\d{1,3}(,\d{3})+",
}
KNOWN = (
    r"(?<![A-Za-z])\$ ?\d",
    r"R\$",
    "S/",
    r"\bBs",
    r"\bQ ?\d",
    r"RD\$",
    r"B/\.",
    "₡",
    "€",
    r"\bL\. ?\d",
    r"C\$",
    "Gs",
)
KNOWN += (r"\$U", r"\d{2}\.\d{3}\.\d{3}/\d{4}-\d\d", r"\d{3}\.\d{3}\.\d{3}-\d\d", r"\b\d\d-\d{8}-\d\b")
KNOWN += (r"\b\d{1,2}\.\d{3}\.\d{3}-[\dKk]\b", r"\b\d{3}\.\d{3}\.\d{3}-\d\b", r"\b20\d{9}\b", r"\b\d{10}001\b")
KNOWN += (r"\b[A-Z]{3,4}\d{6}[A-Z0-9]{3}\b", r"\b[JVGE]-\d{7,8}")


def fold(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))


def letters(text: str) -> set[str]:
    found = re.findall("[a-z0-9]+", fold(text))
    return {word for word in found if word.isalpha() and 2 <= len(word) <= WORD_BYTES_MOST}


def forms(text: str) -> set[str]:
    numbers = [re.sub(r"^\D+|\D+$", "", run) for run in re.findall(r"[\d.,/:-]+", text)]
    return {form for form, pattern in FORMS.items() for n in numbers if re.fullmatch(pattern, n)}


def words_of(page: pages_written.Written) -> set[str]:
    persons = {word for name in PERSONS for word in letters(page.fields.get(name, ""))}
    return {w for line in page.page["lines"] for w in (letters(line["text"]) - persons) | forms(line["text"])}


def known_of(page: pages_written.Written) -> list[float]:
    lines = [line["text"] for line in page.page["lines"]]
    return [float(any(re.search(pattern, line) for line in lines)) for pattern in KNOWN]


def matrix(pages: list, words: list[str]) -> np.ndarray:
    at = {word: i for i, word in enumerate(words)}
    rows = np.zeros((len(pages), len(words) + len(KNOWN) + 1))
    for row, page in zip(rows, pages, strict=True):
        own = [at[word] for word in words_of(page) if word in at]
        row[own] = WORDS_SCALE / np.sqrt(max(len(own), WORDS_LEAST))
        row[len(words) : -1] = known_of(page)
        row[-1] = 1
    return rows


def chances(scores: np.ndarray) -> np.ndarray:
    odds = np.exp(scores - scores.max(axis=1, keepdims=True))
    return odds / odds.sum(axis=1, keepdims=True)


def logistic(rows: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    weights = np.zeros((rows.shape[1], wanted.shape[1]))
    ahead, last = weights.copy(), weights.copy()
    step = 1 / (0.5 * np.linalg.norm(rows, 2) ** 2 + PULL)
    for turn in range(TURNS):
        weights = ahead - step * (rows.T @ (chances(rows @ ahead) - wanted) + PULL * ahead)
        ahead = weights + (turn / (turn + 3)) * (weights - last)
        last = weights.copy()
    return weights


def fit(pages: list, countries: list[str]) -> dict[str, dict[str, float]]:
    """For each country the weights of its words; those that say little are left out, and the others fitted again."""
    counts = collections.Counter(word for page in pages for word in words_of(page))
    words = sorted(word for word, count in counts.items() if count >= PAGES_LEAST)
    wanted = np.eye(len(countries))[[countries.index(page.country or OPEN) for page in pages]]
    for _ in range(2):
        weights = np.round(logistic(matrix(pages, words), wanted)[: len(words)], 2)
        weights[np.abs(weights) < WEIGHT_LEAST] = 0
        kept = [i for i in range(len(words)) if weights[i].any()]
        words, weights = [words[i] for i in kept], weights[kept]
    return {
        country: {word: float(w) for word, w in zip(words, weights[:, k], strict=True) if w}
        for k, country in enumerate(countries)
    }


def likely(model: dict[str, dict[str, float]], page: pages_written.Written) -> str:
    found = words_of(page) & {word for own in model.values() for word in own}
    return max(model, key=lambda country: sum(model[country].get(word, 0) for word in found))


def measure(pages: list, countries: list[str]) -> None:
    """By words alone: the program has signs, ids, phones and names as well."""
    right = 0
    for part in range(5):
        model = fit([p for p in pages if sum(p.name.encode()) % 5 != part], countries)
        right += sum(likely(model, p) == (p.country or OPEN) for p in pages if sum(p.name.encode()) % 5 == part)
    print(f"by usual words alone: {right} of {len(pages)} countries right, each by the weights of other pages")


def pack_write(path: Path, words: dict[str, float]) -> None:
    text = re.sub(r',\n  "usual_words": \[.*?\n  \]', "", path.read_text(encoding="utf-8"), flags=re.S)
    rows = [""]
    for word, weight in sorted(words.items()):
        item = f"{word} {round(100 * weight)}"
        if len(rows[-1]) + len(item) > ROW:
            rows.append("")
        rows[-1] += (" " if rows[-1] else "") + item
    member = ",\n".join(f"    {json.dumps(row)}" for row in rows)
    path.write_text(re.sub(r"\n}\s*$", f',\n  "usual_words": [\n{member}\n  ]\n}}\n', text), encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("task", choices=("fit", "measure"))
    task = parser.parse_args().task
    pages = [p for p in pages_written.read_all() if p.part in ("open", "development")]
    countries = sorted({page.country or OPEN for page in pages})
    if task == "measure":
        measure(pages, countries)
        return 0
    model = fit(pages, countries)
    for country, words in model.items():
        if words and country not in BY_LANGUAGE:
            pack_write(PACKS / ("unknown.json" if country == OPEN else f"{country.lower()}.json"), words)
    print(f"{len({w for own in model.values() for w in own})} words, {sum(map(len, model.values()))} weights")
    return 0


if __name__ == "__main__":
    sys.exit(main())
