"""Reads images under limits from far too low to ample: always a result or `memory_limit`, and never over the limit.

    build/venv-test/bin/python tests/torture/limits.py FOLDER_OR_IMAGE... [--limits 20,64,80,...] [--kernel data|group]

Each image under each limit is one process. If it is refused, the smallest limit that the error names is tried, and must
work. With --kernel the kernel also enforces a limit, slightly higher: `data` with RLIMIT_DATA, `group` with a control
group made for the process. A process that is killed, or that went over the limit by the kernel's figure, is a failure.
"""

import argparse
import json
import os
import resource
import signal
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("LINCE_PROGRAM", str(ROOT / "build/release/lince"))
SUFFIXES = {".png", ".jpg", ".webp", ".bmp", ".gif"}
MEGABYTE = 1 << 20
# What the program itself takes until it can say that a limit is too low.
LEAST_BYTES = 16 * MEGABYTE
GROUPS = Path("/sys/fs/cgroup/memory")


class Group:
    """A control group with a memory limit, for one process."""

    def __init__(self, limit_bytes):
        self.path = GROUPS / f"lince-torture-{os.getpid()}"
        self.path.mkdir(exist_ok=True)
        (self.path / "memory.limit_in_bytes").write_text(str(limit_bytes))

    def enter(self):
        (self.path / "cgroup.procs").write_text(str(os.getpid()))

    def remove(self):
        self.path.rmdir()


def run(image, limit_bytes, kernel, output):
    """Reads one image in a process of its own. Gives its exit status, its peak, and what it wrote."""
    group = Group(limit_bytes) if kernel == "group" else None
    child = os.fork()
    if child == 0:
        if kernel == "data":
            resource.setrlimit(resource.RLIMIT_DATA, (limit_bytes + 24 * MEGABYTE,) * 2)
        if group:
            group.enter()
        silent = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silent, 2)
        # In a group the program is to find the limit by itself.
        asked = "0" if kernel == "group" else str(limit_bytes)
        arguments = ["lince", "read", "-j", "1", "-m", asked, "-f", "ndjson", "-o", output, str(image)]
        os.execve(PROGRAM, arguments, {**os.environ, "LINCE_LANG": "en"})
    _, status, usage = os.wait4(child, 0)
    if group:
        group.remove()
    return status, usage.ru_maxrss * 1024


def result_of(output):
    """The object that was written for the image; None where nothing was read."""
    try:
        return json.loads(Path(output).read_text())
    except (FileNotFoundError, json.JSONDecodeError):
        return None


class Judge:
    """Tries images, and remembers what went wrong."""

    def __init__(self, kernel, output):
        self.kernel, self.output, self.wrong, self.count = kernel, output, 0, 0

    def complain(self, image, limit_bytes, what):
        print(f"WRONG {image.name} at {limit_bytes / MEGABYTE:.0f} MB: {what}", flush=True)
        self.wrong += 1

    def read(self, image, limit_bytes):
        """Reads under a limit. Gives 0 when that was a result, else the limit that is said to do."""
        Path(self.output).unlink(missing_ok=True)
        status, peak = run(image, limit_bytes, self.kernel, self.output)
        self.count += 1
        result = result_of(self.output)
        if os.WIFSIGNALED(status):
            self.complain(image, limit_bytes, f"ended by {signal.Signals(os.WTERMSIG(status)).name}")
            return 0
        code = os.WEXITSTATUS(status)
        if peak > max(limit_bytes, LEAST_BYTES):
            self.complain(image, limit_bytes, f"the peak was {peak / MEGABYTE:.1f} MB")
        error = (result or {}).get("error", {})
        if code == 75:
            return error.get("needed_bytes", -1)
        if code not in (0, 1) or error.get("code") == "memory_limit":
            self.complain(image, limit_bytes, f"exit code {code}, {error}")
        return 0

    def try_named(self, image, needed_bytes):
        """The limit that an error names must do; that of an error before the first image is for a receipt of a phone,
        and leads to one that does for this image."""
        for _ in range(3):
            if needed_bytes <= 0:
                break
            tried, needed_bytes = needed_bytes, self.read(image, needed_bytes)
        if needed_bytes > 0:
            self.complain(image, tried, f"the named limit does not do; now {needed_bytes / MEGABYTE:.1f} MB is named")


def images_of(names):
    for name in map(Path, names):
        yield from sorted(p for p in name.iterdir() if p.suffix in SUFFIXES) if name.is_dir() else [name]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="+")
    parser.add_argument("--limits", default="20,48,62,70,78,90,110,140,300")
    parser.add_argument("--kernel", choices=("data", "group"))
    options = parser.parse_args()
    if options.kernel == "group" and not os.access(GROUPS, os.W_OK):
        print("limits: no control group can be made here")
        return 77
    with tempfile.TemporaryDirectory() as folder:
        judge = Judge(options.kernel, str(Path(folder) / "out.ndjson"))
        for image in images_of(options.names):
            needed = 0
            for limit in options.limits.split(","):
                now = judge.read(image, int(float(limit) * MEGABYTE))
                needed = now if now > 0 else needed
            if options.kernel != "group":
                judge.try_named(image, needed)
    print(f"limits: {judge.count} processes, {judge.wrong} wrong")
    return 1 if judge.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
