"""The generator's command line: python -m receipts make|fixed|examples|apps."""

import argparse
import sys
import time
from pathlib import Path

from . import sets
from .damage import DAMAGES
from .make import RECEIPT_SPLITS, SPLITS, all_apps, make_many, orders


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="receipts", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    command = commands.add_parser("make", help="make receipts with their truth")
    command.add_argument("--out", type=Path, required=True)
    command.add_argument("--count", type=int, default=100)
    command.add_argument("--seed", type=int, default=1)
    command.add_argument("--apps", nargs="+", metavar="APP", choices=sorted(all_apps()))
    command.add_argument("--damage", nargs="+", metavar="DAMAGE", choices=sorted(DAMAGES))
    command.add_argument("--jobs", type=int, default=1, help="how many browsers at once")
    command.add_argument("--split", nargs="+", choices=sorted(SPLITS), default=RECEIPT_SPLITS)
    for name in ("fixed", "examples"):
        command = commands.add_parser(name, help=f"make the committed {name} set again")
        command.add_argument("--out", type=Path, required=True)
    commands.add_parser("apps", help="list the apps, by split, and the damages")
    return parser.parse_args(arguments)


def run_make(options: argparse.Namespace) -> None:
    options.out.mkdir(parents=True, exist_ok=True)
    apps = options.apps or list(all_apps(tuple(options.split)))
    work = orders(options.count, options.seed, apps, options.damage)
    start = time.monotonic()
    make_many(work, options.out, options.jobs)
    seconds = time.monotonic() - start
    print(f"{options.count} images in {seconds:.1f} s: {options.count / seconds:.1f} a second")


def main() -> int:
    options = parse(sys.argv[1:])
    if options.command == "make":
        run_make(options)
    elif options.command == "apps":
        for split, apps in SPLITS.items():
            print(f"{split}: {' '.join(apps)}")
        print(f"damages: {' '.join(DAMAGES)}")
    else:
        sets.make_set(options.command, options.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
