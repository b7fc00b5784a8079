"""The figures as Markdown tables that a person can read and check."""

from __future__ import annotations

from typing import Any

from contract import EARLIER, LIMITS_HEAD, limits_rows
from promises import MIB, check
from work import HEAD, peak, rows

Document = dict[str, Any]


def table(head: list[str], rows: list[list[str]]) -> list[str]:
    """A Markdown table; all columns but the first are aligned to the right."""
    rule = ["---"] + ["---:"] * (len(head) - 1)
    return [f"| {' | '.join(cells)} |" for cells in [head, rule, *rows]]


def name_of(engine: Document) -> str:
    """An engine's name and version; ours stands out."""
    text = f"{engine['label']} {engine['version']}"
    return f"**{text}**" if engine["key"] == "lince" else text


def ranged(spread: Document | None, digits: int) -> str:
    """A median with the least and most of its rounds."""
    if spread is None:
        return "-"
    median, least, most = (f"{spread[key]:.{digits}f}" for key in ("median", "least", "most"))
    return median if spread["count"] == 1 else f"{median} ({least} to {most})"


def percent(share: float) -> str:
    """A share as per cent."""
    return f"{100 * share:.2f}"


def mib(count: int | None) -> str:
    """Bytes as MiB."""
    return "-" if count is None else f"{count / MIB:.0f}"


def at_rest(kept: Document) -> int | None:
    """What a mode's processes hold when all is read."""
    return kept["at_rest"] and kept["at_rest"]["resident_bytes"]


def set_table(document: Document, name: str) -> list[str]:
    """Accuracy and speed on one set."""
    rows = []
    for engine in document["engines"]:
        found = engine["sets"][name]
        words = found["words"]
        rows.append(
            [
                name_of(engine),
                percent(words["f1"]),
                percent(words["precision"]),
                percent(words["recall"]),
                ranged(found["images_per_second"], 2),
                ranged(found["median_ms"], 0),
                ranged(found["p95_ms"], 0),
                mib(engine["single_memory"]["peak_bytes"]),
                mib(engine["many_memory"]["peak_bytes"]),
            ]
        )
    head = [
        "engine", "F1 %", "precision %", "recall %", "images/s, all cores",
        "median ms, one at a time", "p95 ms", "peak MiB, one at a time", "peak MiB, all cores",
    ]  # fmt: skip
    size = document["sets"][name]
    title = f"### {name}: {size['images']} images, {size['words']} words"
    return [title, "", *table(head, rows), ""]


def memory_table(document: Document) -> list[str]:
    """Memory and start, over all images."""
    rows = []
    for engine in document["engines"]:
        single, many = engine["single_memory"], engine["many_memory"]
        rows.append(
            [
                name_of(engine),
                mib(single["peak_bytes"]),
                mib(single["proportional_peak_bytes"]),
                mib(at_rest(single)),
                mib(many["peak_bytes"]),
                mib(many["proportional_peak_bytes"]),
                mib(at_rest(many)),
                ranged(engine["start_ms"], 0),
            ]
        )
    head = [
        "engine", "one at a time: peak MiB", "PSS peak", "at rest", "all cores: peak MiB",
        "PSS peak", "at rest", "start to first text, ms",
    ]  # fmt: skip
    return ["### Memory and start, the hostile images among the rest", "", *table(head, rows), ""]


def contract_table(document: Document) -> list[str]:
    """Lince under limits, and what was reported of earlier services."""
    found = document.get("contract")
    if found is None:
        return []
    cost = found["overhead"]
    return [
        "### Lince under memory limits, one job", "",
        *table(LIMITS_HEAD, limits_rows(found)), "",
        f"Meters and scopes take {100 * cost['always']:.3f} % of the time of an image, allocation "
        f"sites, every block, {100 * cost['sites']:+.2f} %.", "",
        *(f"For comparison, {label}: {figure}." for label, figure in EARLIER), "",
    ]  # fmt: skip


def hostile_table(document: Document) -> list[str]:
    """Words read right on the hostile images."""
    rows = []
    for engine in document["engines"]:
        found = engine["sets"].get("hostile")
        if found:
            failed = ", ".join(f"{name}: {error}" for name, error in found["failed"].items())
            rows.append([name_of(engine), percent(found["words"]["f1"]), failed or "none"])
    if not rows:
        return []
    return ["### Hostile images", "", *table(["engine", "F1 %", "failed"], rows), ""]


def stage_table(document: Document) -> list[str]:
    """Where Lince's time goes, and what a second core brings."""
    ours = next((engine for engine in document["engines"] if engine["key"] == "lince"), None)
    if ours is None:
        return []
    measured = {name: found for name, found in ours["sets"].items() if found["stages_ms"]}
    stages = list(
        dict.fromkeys(stage for found in measured.values() for stage in found["stages_ms"])
    )
    rows = []
    for name, found in measured.items():
        one, many = found["single_images_per_second"], found["images_per_second"]
        gain = many["median"] / one["median"]
        times = [ranged(found["stages_ms"].get(stage), 1) for stage in stages]
        rows.append([name, *times, ranged(one, 2), ranged(many, 2), f"{gain:.2f}"])
    if not rows:
        return []
    title = "### Lince: mean ms an image by stage with one job, and what more jobs bring"
    head = ["set", *stages, "images/s, one job", f"images/s, {ours['many_mode']}", "gain"]
    return [title, "", *table(head, rows), ""]


def work_table(document: Document) -> list[str]:
    """How far each stage of Lince is from what the machine could do."""
    found = document.get("work")
    if not found:
        return []
    title = "### Lince: the work of its networks, one thread, against the machine's peak"
    return [title, "", *table(HEAD, rows(found)), "", peak(found), ""]


def modes(document: Document) -> list[str]:
    """How each engine was run, and which ways were tried."""
    rows = []
    for engine in document["engines"]:
        tried = "; ".join(
            f"{name}: {rate:.2f}/s" for name, rate in engine["tried_images_per_second"].items()
        )
        ways = [engine["single_mode"], engine["many_mode"], tried or "only these"]
        rows.append([name_of(engine), *ways])
    head = ["engine", "one at a time", "all cores", "tried on a few images"]
    return ["### How each was run (its fastest way counts)", "", *table(head, rows), ""]


def promise_table(document: Document) -> list[str]:
    """What Lince promises, and whether this run shows it."""
    rows = [[p.what, p.limit, p.measured, "yes" if p.kept else "**no**"] for p in check(document)]
    if not rows:
        return []
    return ["### Promises", "", *table(["what", "limit", "measured", "kept"], rows), ""]


def remarks(document: Document) -> list[str]:
    """What a reader must know to trust the figures, or not to."""
    lines = [f"- {note}" for note in document["notes"]]
    for engine in document["engines"]:
        lines += [f"- {engine['label']}: {note}" for note in engine["notes"]]
        for name, found in engine["sets"].items():
            differing = found["images_with_differing_text"]
            if differing:
                lines.append(
                    f"- {engine['label']} on {name}: the text of {len(differing)} image(s) was not "
                    "the same in every pass and mode"
                )
            if found["failed"] and name != "hostile":
                failed = ", ".join(found["failed"])
                lines.append(f"- {engine['label']} on {name}: could not read {failed}")
    return ["### Remarks", "", *lines, ""] if lines else []


def machine(document: Document) -> list[str]:
    """What the figures are from, and how to read them."""
    found = document["machine"]
    flags = ", ".join(found["flags"])
    gib = found["memory_bytes"] / (1 << 30)
    busy = 100 * found["busy_share_before"]
    return [
        f"Made by `{document['command']}` on {document['date']}: {found['cpu']}, "
        f"{found['cores']} cores ({flags}), {gib:.0f} GiB, Linux {found['kernel']}. "
        f"Rounds, interleaved: {document['rounds']}; figures are the median (least to most). "
        f"Others used {busy:.0f} % of the processors just before.",
        "",
        "Words are exact and counted as a bag an image, upper-cased. Peak is the sum of VmHWM over "
        "an engine's processes; PSS is sampled. Images a second leave out the start of processes.",
        "",
    ]


def markdown(document: Document) -> str:
    """The whole report."""
    lines = ["# Lince and its peers, measured in one run", "", *machine(document)]
    for name in document["sets"]:
        if name != "hostile":
            lines += set_table(document, name)
    lines += memory_table(document) + contract_table(document) + hostile_table(document)
    lines += stage_table(document) + work_table(document)
    lines += promise_table(document) + modes(document) + remarks(document)
    return "\n".join(lines).rstrip() + "\n"
