"""Engines as processes, with a small fake engine."""

import sys
from pathlib import Path

import pytest

from worker import EngineDied, EngineProcess, Mode, Pool

ECHO = """
import json, sys, time
for row in sys.stdin:
    for path in row.rstrip("\\n").split("\\t"):
        if "die" in path:
            sys.exit(3)
        page = {"file": path, "lines": [{"text": path}], "timings_ms": {"total": 1.0}}
        if "bad" in path:
            page = {"file": path, "error": {"code": "damaged", "message": path + " is cut short"}}
        print(json.dumps(page), flush=True)
"""


def echo(**changes):
    return Mode("echo", [sys.executable, "-c", ECHO], **changes)


def names(*stems):
    return [Path(f"{stem}.png") for stem in stems]


@pytest.mark.parametrize(
    "changes",
    [{}, {"processes": 3}, {"jobs": 2}, {"batch": 4}, {"processes": 2, "batch": 3}],
)
def test_every_image_is_answered_in_order_in_every_mode(tmp_path, changes):
    wanted = names(*range(25))
    with Pool(echo(**changes), tmp_path / "log") as pool:
        pool.warm_up(Path("warm.png"))
        answers, seconds = pool.read(wanted)
    assert [answer.lines for answer in answers] == [[str(path)] for path in wanted]
    assert seconds > 0
    assert answers[0].timings_ms == {"total": 1.0}


def test_a_failed_image_is_an_answer_with_an_error(tmp_path):
    with Pool(echo(), tmp_path / "log") as pool:
        answers, _ = pool.read(names("good", "folder/bad", "better"))
    assert [answer.error for answer in answers] == [None, "bad.png is cut short", None]


def test_a_dead_engine_is_told_with_how_it_ended(tmp_path):
    engine = EngineProcess(echo(), tmp_path / "log")
    with engine, pytest.raises(EngineDied, match="code 3"):
        engine.ask(names("die"))


def test_a_dead_engine_fails_the_whole_run(tmp_path):
    with Pool(echo(processes=2), tmp_path / "log") as pool, pytest.raises(EngineDied):
        pool.read(names("a", "die", "b"))
