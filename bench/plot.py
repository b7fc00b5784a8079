"""The figures as pictures: accuracy against speed with memory as the size, and bars."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import matplotlib
from matplotlib import pyplot
from matplotlib.transforms import Bbox

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
# Where a label may stand, the best side first: the way from the disc, and how its text is aligned.
SIDES = [
    ((0, -1), "center", "top"),
    ((0, 1), "center", "bottom"),
    ((1, 0), "left", "center"),
    ((-1, 0), "right", "center"),
    ((0.7, -0.7), "left", "top"),
    ((0.7, 0.7), "left", "bottom"),
    ((-0.7, -0.7), "right", "top"),
    ((-0.7, 0.7), "right", "bottom"),
]
STYLE = {
    "svg.fonttype": "none",  # text stays text: small, searchable, in the reader's own font
    "svg.hashsalt": "lince",  # the same figures give the same file
    "figure.dpi": 72,  # that of an SVG: boxes of text are measured before the file is drawn
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


def disc_area(engine: Document) -> float:
    """A disc in square points: as many as the engine's MiB."""
    return max((engine["many_memory"]["peak_bytes"] or 0) / MIB, 20)


def disc(panel, point: tuple[float, float], area: float) -> Bbox:
    """The square around a disc, in pixels."""
    x, y = panel.transData.transform(point)
    half = area**0.5 / 2 * panel.figure.dpi / 72
    return Bbox([[x - half, y - half], [x + half, y + half]])


def overlap(box: Bbox, others: list[Bbox]) -> float:
    """How many square pixels of a box others cover."""
    shared = [Bbox.intersection(box, other) for other in others]
    return sum(each.width * each.height for each in shared if each is not None)


def label(panel, engine: Document, point: tuple[float, float], taken: list[Bbox]) -> None:
    """Writes an engine's name and memory on that side of its disc where least is taken."""
    away = 4 + disc_area(engine) ** 0.5 / 2
    text = f"{plain(engine['label'])}\n{(engine['many_memory']['peak_bytes'] or 0) / MIB:.0f} MiB"
    tried = []
    for (across, up), ha, va in SIDES:
        written = panel.annotate(
            text,
            point,
            textcoords="offset points",
            xytext=(across * away, up * away),
            ha=ha,
            va=va,
            fontsize=8,
            color=COLOURS[engine["key"]],
        )
        box = written.get_window_extent()
        outside = box.width * box.height - overlap(box, [panel.get_window_extent()])
        tried.append((overlap(box, taken) + outside, len(tried), written, box))
    best = min(tried, key=lambda each: each[:2])
    for each in tried:
        if each is not best:
            each[2].remove()
    taken.append(best[3])


def scatter_panel(panel, document: Document, name: str) -> None:
    """One set: images a second to the right, F1 upwards, the area is the peak memory."""
    points = {}
    for engine in document["engines"]:
        rate, words = (engine["sets"][name][key] for key in ("images_per_second", "words"))
        across, up = points[engine["key"]] = (rate["median"], 100 * words["f1"])
        colour = COLOURS[engine["key"]]
        panel.scatter(across, up, s=disc_area(engine), color=colour, alpha=0.55)
        panel.plot([rate["least"], rate["most"]], [up, up], color=colour, linewidth=1.2)
    panel.set_title(f"{name}: {document['sets'][name]['images']} images", fontsize=10)
    panel.set_xlabel("images a second, all cores (bar: least to most of the rounds)")
    panel.set_ylabel("words read right, F1 %")
    panel.margins(x=0.2, y=0.32)
    panel.autoscale_view()
    taken = [disc(panel, points[e["key"]], disc_area(e)) for e in document["engines"]]
    for engine in document["engines"]:
        label(panel, engine, points[engine["key"]], taken)


def scatter(document: Document, path: Path) -> None:
    """A panel for each set, two in a row."""
    names = measured_sets(document)
    rows = (len(names) + 1) // 2
    figure, panels = pyplot.subplots(rows, 2, figsize=(10.4, 4.0 * rows), squeeze=False)
    figure.suptitle("Up and right is better; the smaller the disc, the less memory", fontsize=10)
    figure.subplots_adjust(0.06, 0.08, 0.99, 0.9, wspace=0.16, hspace=0.36)
    for panel, name in zip(panels.flat, names, strict=False):
        scatter_panel(panel, document, name)
    for panel in panels.flat[len(names) :]:
        panel.remove()
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
