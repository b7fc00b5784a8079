"""Memory of a service and its workers over time, as the kernel counts it: pages shared by two count half (PSS)."""

import threading
import time
from pathlib import Path

MIB = 1 << 20


def children(pid):
    """The processes that a process started and that live."""
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += [int(child) for child in task.read_text().split()]
        except OSError:
            continue
    return found


def pss(pid):
    """Proportional resident bytes; 0 when the process is gone."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0


class Watch:
    """Looks ten times a second, in a thread of its own, until it is told to stop. `pid` may change in between."""

    def __init__(self, pid, period=0.1):
        self.pid, self.period = pid, period
        self.samples = []  # (seconds, front, workers, count of workers)
        self.started = time.monotonic()
        self.stopping = threading.Event()
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()

    def look(self):
        """One sample: (seconds, front, workers, count)."""
        workers = [size for size in map(pss, children(self.pid)) if size]
        return time.monotonic() - self.started, pss(self.pid), sum(workers), len(workers)

    def _run(self):
        while not self.stopping.is_set():
            sample = self.look()
            if sample[1]:
                self.samples.append(sample)
            self.stopping.wait(self.period)

    def stop(self):
        """Ends the looking; gives itself."""
        self.stopping.set()
        self.thread.join()
        return self

    def peak(self):
        """The most that front and workers had together."""
        return max((front + workers for _, front, workers, _ in self.samples), default=0)

    def mean(self, begin, end):
        """What they had on average between two moments, as fractions of the whole time."""
        part = self.samples[int(len(self.samples) * begin) : int(len(self.samples) * end)]
        return sum(front + workers for _, front, workers, _ in part) / max(1, len(part))

    def draw(self, path, title, limit_bytes=0):
        """The curve of the front and of the whole, with the limit, as an SVG."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(curve(self.samples, title, limit_bytes), encoding="utf-8")


WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 760, 260, 52, 30, 34


def curve(samples, title, limit_bytes):
    """Front below, workers on top of it, the limit as a line."""
    seconds = max((sample[0] for sample in samples), default=1) or 1
    highest = 1.1 * max([limit_bytes, *(front + workers for _, front, workers, _ in samples)]) or 1
    step = max(1, len(samples) // 1500)

    def place(at, size):
        return f"{LEFT + at / seconds * (WIDTH - LEFT - 10):.1f},{y(size):.1f}"

    def y(size):
        return HEIGHT - BOTTOM - size / highest * (HEIGHT - TOP - BOTTOM)

    def area(which, colour):
        # Of each step the highest sample: a peak is never left out.
        parts = [samples[i : i + step] for i in range(0, len(samples), step)]
        points = " ".join(place(max(part, key=which)[0], which(max(part, key=which))) for part in parts)
        return f'<polygon fill="{colour}" points="{LEFT},{y(0)} {points} {WIDTH - 10},{y(0)}"/>'

    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" '
        'font-size="11">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/><text x="{LEFT}" y="18" font-size="13">{title}</text>',
        area(lambda sample: sample[1] + sample[2], "#fdba74"),
        area(lambda sample: sample[1], "#c2410c"),
    ]
    for part in range(5):
        size = highest * part / 5
        out.append(f'<text x="{LEFT - 6}" y="{y(size) + 4:.0f}" text-anchor="end">{size / MIB:.0f}</text>')
    if limit_bytes:
        at = y(limit_bytes)
        out.append(
            f'<path d="M{LEFT} {at:.1f}H{WIDTH - 10}" stroke="#111" stroke-dasharray="4 3"/>'
            f'<text x="{WIDTH - 12}" y="{at - 4:.1f}" text-anchor="end">limit {limit_bytes / MIB:.0f} MB</text>'
        )
    out.append(
        f'<text x="{LEFT}" y="{HEIGHT - 10}">MB (PSS): front (dark) and workers (light)</text>'
        f'<text x="{WIDTH - 12}" y="{HEIGHT - 10}" text-anchor="end">{seconds:.0f} s</text></svg>\n'
    )
    return "\n".join(out)
