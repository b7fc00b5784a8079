"""The figures as pictures: accuracy against speed with memory as the size, and bars."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import matplotlib
from matplotlib import pyplot

Document = dict[str, Any]

MIB = 1 << 20
COLOURS = {
    "lince": "#c2410c",
    "lince-accurate": "#f59e0b",
    "rapidocr": "#2563eb",
    "faster-paddle-small": "#0f766e",
    "faster-paddle-tiny": "#65a30d",
    "tesseract": "#6b7280",
}
STYLE = {
    "svg.fonttype": "none",  # text stays text: small, searchable, in the reader's own font
    "svg.hashsalt": "lince",  # the same figures give the same file
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.alpha": 0.25,
}


def plain(label: str) -> str:
    """A label without Markdown."""
    return label.replace("`", "")


def short(value: float) -> str:
    """A number in three digits."""
    return f"{value:.3g}" if value < 100 else f"{value:.0f}"


def save(figure, path: Path) -> None:
    """Writes an SVG without a date in it."""
    figure.savefig(path, format="svg", metadata={"Date": None}, bbox_inches="tight")
    pyplot.close(figure)


def measured_sets(document: Document) -> list[str]:
    """The sets with speed and accuracy."""
    return [name for name in document["sets"] if name != "hostile"]


def has_neighbour_below(points: dict[str, tuple[float, float]], key: str) -> bool:
    """Whether a label under this point would run into another disc or its label."""
    across, up = points[key]
    wide = max(x for x, _ in points.values()) or 1.0
    high = max(y for _, y in points.values()) - min(y for _, y in points.values()) or 1.0
    return any(
        other != key and y <= up and abs(x - across) < 0.25 * wide and up - y < 0.3 * high
        for other, (x, y) in points.items()
    )


def label(panel, engine: Document, point: tuple[float, float], area: float, above: bool) -> None:
    """Writes an engine's name and memory above or below its disc."""
    away = 5 + area**0.5 / 2
    panel.annotate(
        f"{plain(engine['label'])}\n{(engine['many_memory']['peak_bytes'] or 0) / MIB:.0f} MiB",
        point,
        textcoords="offset points",
        xytext=(0, away if above else -away),
        ha="center",
        va="bottom" if above else "top",
        fontsize=8,
        color=COLOURS[engine["key"]],
    )


def scatter_panel(panel, document: Document, name: str) -> None:
    """One set: images a second to the right, F1 upwards, the area is the peak memory."""
    engines = {engine["key"]: engine for engine in document["engines"]}
    found = {key: engine["sets"][name] for key, engine in engines.items()}
    points = {
        key: (values["images_per_second"]["median"], 100 * values["words"]["f1"])
        for key, values in found.items()
    }
    for key, (across, up) in points.items():
        rate = found[key]["images_per_second"]
        area = max((engines[key]["many_memory"]["peak_bytes"] or 0) / MIB, 20)
        panel.scatter(across, up, s=area, color=COLOURS[key], alpha=0.55)
        panel.plot([rate["least"], rate["most"]], [up, up], color=COLOURS[key], linewidth=1.2)
        label(panel, engines[key], (across, up), area, has_neighbour_below(points, key))
    panel.set_title(f"{name}: {document['sets'][name]['images']} images", fontsize=10)
    panel.set_xlabel("images a second, all cores (bar: least to most of the rounds)")
    panel.set_ylabel("words read right, F1 %")
    panel.margins(x=0.2, y=0.32)


def scatter(document: Document, path: Path) -> None:
    """A panel for each set."""
    names = measured_sets(document)
    figure, panels = pyplot.subplots(1, len(names), figsize=(5.2 * len(names), 4.0), squeeze=False)
    for panel, name in zip(panels[0], names, strict=True):
        scatter_panel(panel, document, name)
    figure.suptitle("Up and right is better; the smaller the disc, the less memory", fontsize=10)
    figure.tight_layout()
    save(figure, path)


def bars(document: Document, path: Path) -> None:
    """Speed, latency, memory and start side by side."""
    engines = document["engines"]
    name = measured_sets(document)[0]
    labels = [plain(engine["label"]) for engine in engines]
    colours = [COLOURS[engine["key"]] for engine in engines]
    of_set = [engine["sets"][name] for engine in engines]
    columns = [
        (
            f"images a second, all cores ({name})",
            [s["images_per_second"]["median"] for s in of_set],
        ),
        (f"median ms, one at a time ({name})", [s["median_ms"]["median"] for s in of_set]),
        ("peak MiB, all cores", [(e["many_memory"]["peak_bytes"] or 0) / MIB for e in engines]),
        ("start to first text, ms", [e["start_ms"]["median"] for e in engines]),
    ]
    figure, panels = pyplot.subplots(2, 2, figsize=(10.4, 4.6))
    for panel, (title, values) in zip(panels.flat, columns, strict=True):
        drawn = panel.barh(labels, values, color=colours, alpha=0.75)
        panel.bar_label(drawn, fmt=short, padding=3)
        panel.set_title(title, fontsize=9)
        panel.invert_yaxis()
        panel.grid(axis="y", visible=False)
        panel.margins(x=0.15)
    figure.tight_layout()
    save(figure, path)


def draw(document: Document, folder: Path) -> list[Path]:
    """Draws every picture into a folder."""
    matplotlib.use("svg")
    paths = [folder / "plot.svg", folder / "bars.svg"]
    with pyplot.rc_context(STYLE):
        scatter(document, paths[0])
        bars(document, paths[1])
    return paths
