"""The service under load, attacks and kills, and its figures: `python tests/load load|hostile|chaos|losses|...`."""

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "http"))

import bulk
import chaos
import figures
import hostile
import losses
import page
import traffic


def arguments_parse():
    """What is asked for."""
    parser = argparse.ArgumentParser(prog="tests/load", description=__doc__)
    runs = parser.add_subparsers(dest="run", required=True)
    run = runs.add_parser("load", help="mixed traffic for minutes: nothing lost, no 5xx, memory under the limit")
    run.add_argument("--minutes", type=float, default=3)
    run.add_argument("--memory", default="300MB")
    run = runs.add_parser(
        "hostile", help="good clients beside hostile ones: no 5xx, fast answers, memory under the limit"
    )
    run.add_argument("--minutes", type=float, default=3)
    run.add_argument("--memory", default="300MB")
    run = runs.add_parser("chaos", help="kill -9 of workers and supervisor at random while uploads go on")
    run.add_argument("--kills", type=int, default=500)
    run.add_argument("--seed", type=int, default=1)
    run = runs.add_parser("losses", help="losses of power while uploads and corrections go on")
    run.add_argument("--losses", type=int, default=100)
    run.add_argument("--seed", type=int, default=1)
    run = runs.add_parser("bulk", help="images in several batches: no error, flat memory")
    run.add_argument("--images", type=int, default=755)
    run = runs.add_parser("figures", help="memory, idle connections, speed beside lince read")
    run.add_argument("which", nargs="?", choices=("all", "memory", "idle", "speed"), default="all")
    run = runs.add_parser("page", help="the page with many documents, 500 files dropped at once, ten corrections")
    run.add_argument("--documents", type=int, default=100000)
    return parser.parse_args()


def main():
    """One of the runs, in a folder of its own. Gives the exit code."""
    arguments = arguments_parse()
    with tempfile.TemporaryDirectory(prefix="lince-load-") as folder:
        folder = Path(folder)
        if arguments.run == "load":
            is_kept = traffic.run(folder, arguments.minutes, arguments.memory)
        elif arguments.run == "hostile":
            is_kept = hostile.run(folder, arguments.minutes, arguments.memory)
        elif arguments.run == "chaos":
            is_kept = chaos.run(folder, arguments.kills, arguments.seed)
        elif arguments.run == "losses":
            is_kept = losses.run(folder, arguments.losses, arguments.seed)
        elif arguments.run == "bulk":
            is_kept = bulk.run(folder, arguments.images)
        elif arguments.run == "page":
            is_kept = page.run(folder, arguments.documents)
        else:
            is_kept = figures.run(folder, arguments.which)
    return 0 if is_kept else 1


sys.exit(main())
