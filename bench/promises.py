"""What Lince promises beside its peers, checked against the figures of one run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

MIB = 1 << 20
SAME_TEXT_MB = 160
Document = dict[str, Any]

# With the models in integers Lince promises more; it reads with them where the processor has these.
INTEGER_FLAGS = {"avx512_vnni", "avx_vnni"}
FACTORS = {"rapidocr": 2.5, "faster-paddle-small": 1.0}
INTEGER_FACTORS = {
    "sroie-dev": {"rapidocr": 4.0, "faster-paddle-small": 3.0, "faster-paddle-tiny": 1.0},
    "examples": {"rapidocr": 6.0, "faster-paddle-small": 4.0, "faster-paddle-tiny": 1.0},
    "phones": {"rapidocr": 6.0, "faster-paddle-small": 4.0, "faster-paddle-tiny": 1.0},
}
FLOAT_POINTS = 0.3  # of F1 that integers may cost


@dataclass(frozen=True)
class Promise:
    """One sentence with its limit, what was measured, and whether it holds."""

    what: str
    limit: str
    measured: str
    kept: bool


def by_key(document: Document) -> dict[str, Document]:
    """The engines by their keys."""
    return {engine["key"]: engine for engine in document["engines"]}


def rate(engine: Document, name: str) -> float:
    """Images a second of an engine on a set."""
    return engine["sets"][name]["images_per_second"]["median"]


def accuracy(engines: dict[str, Document], name: str, points: float) -> list[Promise]:
    """F1 above the better of the two peers with models of the same size."""
    peers = [key for key in ("rapidocr", "faster-paddle-small") if key in engines]
    if not peers:
        return []
    best = max(engines[key]["sets"][name]["words"]["f1"] for key in peers)
    ours = engines["lince"]["sets"][name]["words"]["f1"]
    return [
        Promise(
            f"{name}: word F1 above the better of RapidOCR and faster-paddle `small`",
            f"≥ +{points:.1f} points",
            f"{100 * (ours - best):+.2f} points",
            100 * (ours - best) >= points,
        )
    ]


def speed(engines: dict[str, Document], name: str, factors: dict[str, float]) -> list[Promise]:
    """Images a second with all cores, as a multiple of each peer's."""
    promises = []
    for key, factor in factors.items():
        if key in engines:
            found = rate(engines["lince"], name) / rate(engines[key], name)
            promises.append(
                Promise(
                    f"{name}: images a second against {engines[key]['label']}",
                    f"> {factor:g} times",
                    f"{found:.2f} times",
                    found > factor,
                )
            )
    return promises


def held(what: str, limit_mib: float, found_bytes: int | None) -> Promise:
    """A limit on memory."""
    measured = "not measured" if found_bytes is None else f"{found_bytes / MIB:.1f} MiB"
    kept = found_bytes is not None and found_bytes <= limit_mib * MIB
    return Promise(what, f"≤ {limit_mib:g} MiB", measured, kept)


def growth(ours: Document) -> list[Promise]:
    """What is held at rest must not depend on how much was read."""
    looks = list(ours["growth"].items())
    if len(looks) < 2:
        return []
    (few, before), (many, after) = looks[0], looks[-1]
    grown = after["resident_bytes"] - before["resident_bytes"]
    return [held(f"at rest after {many} images, more than after {few}", 2, max(0, grown))]


def contract(document: Document) -> list[Promise]:
    """Limits that are kept with the same text, the peak without one, and what accounting costs."""
    found = document.get("contract")
    if found is None:
        return []
    first, *limited = found["limits"]
    promises = [
        held("peak resident, one job, no limit", 130, first["peak_bytes"]),
        held("at rest after all images", 62, first["rest_bytes"]),
    ]
    for run in limited:
        name = f"--memory {run['limit_mb']}MB"
        promises.append(held(f"{name}: peak resident", run["limit_mb"], run["peak_bytes"]))
        lost = 100 * (first["f1"] - run["f1"])
        same = run["limit_mb"] >= SAME_TEXT_MB
        promises.append(
            Promise(
                f"{name}: {'texts that differ' if same else 'word F1 lost'}",
                "0" if same else "≤ 1 point",
                str(run["differing"]) if same else f"{lost:.2f} points",
                run["differing"] == 0 if same else lost <= 1,
            )
        )
    for name, key, most in (("meters and scopes", "always", 1), ("allocation sites", "sites", 5)):
        share = 100 * found["overhead"][key]
        promises.append(
            Promise(f"{name}: of the time", f"< {most} %", f"{share:.3f} %", share < most)
        )
    return promises


def at_most_ms(what: str, limit: float, found: float) -> Promise:
    """A limit on time."""
    return Promise(what, f"< {limit:g} ms", f"{found:.0f} ms", found < limit)


def integer_speed(ours: Document, cores: int) -> list[Promise]:
    """Five receipts a second of each core, one alone soon, and the memory that is left free."""
    promises = [
        held("integer models: peak resident, one job", 96, ours["single_memory"]["peak_bytes"])
    ]
    if "phones" in ours["sets"]:
        found, least = rate(ours, "phones"), 5 * cores
        promises.append(
            Promise(
                "integer models: phones, images a second",
                f"≥ {least}",
                f"{found:.2f}",
                found >= least,
            )
        )
        alone = ours["sets"]["phones"]["median_ms"]["median"]
        promises.append(at_most_ms("integer models: phones, one alone, median", 200, alone))
    return promises


def integer_words(engines: dict[str, Document]) -> list[Promise]:
    """What integers cost in words, where the float models were run beside them."""
    if "lince-accurate" not in engines:
        return []
    promises = []
    for name, floats in engines["lince-accurate"]["sets"].items():
        if name != "hostile":
            lost = 100 * (floats["words"]["f1"] - engines["lince"]["sets"][name]["words"]["f1"])
            promises.append(
                Promise(
                    f"{name}: word F1 of integer models below that of floats",
                    f"≤ {FLOAT_POINTS} points",
                    f"{lost:+.2f} points",
                    lost <= FLOAT_POINTS,
                )
            )
    return promises


def has_integers(machine: Document) -> bool:
    """Whether Lince reads with its integer models on this machine."""
    return not INTEGER_FLAGS.isdisjoint(machine.get("flags", ()))


def check(document: Document) -> list[Promise]:
    """All promises that this run can speak about."""
    engines = by_key(document)
    if "lince" not in engines:
        return []
    ours = engines["lince"]
    machine = document.get("machine", {})
    integers = has_integers(machine)
    promises: list[Promise] = []
    for name in document["sets"]:
        if name == "sroie-dev":
            promises += accuracy(engines, name, 1.0)
        if name != "hostile":
            promises += speed(
                engines, name, INTEGER_FACTORS.get(name, FACTORS) if integers else FACTORS
            )
    promises += [
        held("peak resident, one job, all images", 170, ours["single_memory"]["peak_bytes"]),
        held("peak resident, two jobs, all images", 260, ours["many_memory"]["peak_bytes"]),
        *growth(ours),
        *contract(document),
    ]
    if integers:
        promises += integer_speed(ours, machine["cores"]) + integer_words(engines)
    start = ours["start_ms"]["median"]
    promises.append(
        at_most_ms("program start to the text of a phone receipt", 350 if integers else 800, start)
    )
    return promises
