"""Losses of power during uploads and corrections: after each one only what was synced to the disk is left."""

import random
import shutil
import signal
import time
from pathlib import Path

from chaos import Correctors, Senders, catch_up, judge
from served import PROGRAM, Service

POWER = PROGRAM.parent / "tests/libpreload_power.so"


def left_of(data, base, inodes, kept):
    """Makes the folder `data` as a disk would have it.

    Where a folder or a file was synced since the service started, that is in `kept`; else it is as in `base`, a copy
    from before. `inodes` has the files of that copy.
    """
    synced = {}
    for names in kept.glob("names-*"):
        folder, *rows = names.read_text().splitlines()
        synced[Path(folder)] = dict(row.split(" ", 1) for row in rows)
    live = data.with_name("live")
    data.rename(live)
    for folder in [live, *(path for path in live.rglob("*") if path.is_dir())]:
        place = data / folder.relative_to(live)
        place.mkdir(parents=True, exist_ok=True)
        before = {number: path.name for number, path in inodes.items() if path.parent == folder.relative_to(live)}
        for number, name in synced.get(place, before).items():
            held = kept / number
            if held.exists():
                shutil.copyfile(held, place / name)
            elif number in inodes:
                shutil.copyfile(base / inodes[number], place / name)
            else:
                (place / name).touch()
    shutil.rmtree(live)


def lose(service, kept, work):
    """Runs the service while there is `work` and takes its power; its folder then has what a disk would have."""
    data, base = service.folder / "data", service.folder / "base"
    shutil.rmtree(base, ignore_errors=True)
    if data.exists():
        shutil.copytree(data, base)
    inodes = {str(p.stat().st_ino): p.relative_to(data) for p in data.rglob("*") if p.is_file()}
    shutil.rmtree(kept, ignore_errors=True)
    kept.mkdir()
    service.start()
    work()
    service.stop(signal.SIGKILL)
    left_of(data, base, inodes, kept)


def run(folder, losses, seed=1):
    """Loses power that often, says what came of it. Gives whether all promises were kept."""
    kept = folder / "kept"
    kept.mkdir()
    service = Service(folder, "--workers", "1", "--access-log", "no").ready()
    senders = Senders(service, 3)
    correctors = Correctors(service, senders)
    service.stop()
    service.env = {"LD_PRELOAD": str(POWER), "POWER": str(kept)}
    chance, began = random.Random(seed), time.monotonic()

    def work():
        catch_up(senders, correctors, 10)
        time.sleep(chance.random())

    for number in range(1, losses + 1):
        lose(service, kept, work)
        if number % 20 == 0:
            print(f"{number} losses, {len(senders.promised)} acknowledged", flush=True)
    senders.stopping.set()
    correctors.stopping.set()
    service.env = {}
    service.start()
    senders.stop()
    correctors.stop()
    faults, states = judge(service, senders, correctors, 300)
    if service.stop() != 0:
        faults.append("the service did not stop well")
    for fault in faults[:50]:
        print(f"FAULT: {fault}")
    by_state = {state: list(states.values()).count(state) for state in sorted(set(states.values()))}
    print(
        f"{losses} losses of power in {time.monotonic() - began:.0f} s: {len(senders.promised)} acknowledged, "
        f"{len(senders.unsure)} unsure, ended as {by_state}; {correctors.promised_count()} corrections acknowledged; "
        f"{len(faults)} faults"
    )
    return not faults
