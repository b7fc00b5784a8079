"""A whole run, from passes to the report, with fake engines."""

import json
import sys

import pytest

import promises
import report
import results
import rounds
from engines import Engine
from truth import LabelledSet
from worker import Mode

# Reads the "image" as text: each line of the file is a line of the page. Its first argument is
# how many milliseconds that takes, its second what it reads for every A.
PRETENDER = """
import json, sys, time
for row in sys.stdin:
    path = row.strip()
    time.sleep(float(sys.argv[1]) / 1000)
    lines = open(path).read().replace("A", sys.argv[2]).splitlines()
    if "deadly" in path.rpartition("/")[2]:
        sys.exit(1)
    page = {"file": path, "lines": [{"text": line} for line in lines]}
    if sys.argv[2] == "A":
        page["timings_ms"] = {"detect": 1.5, "total": 2.0}
    print(json.dumps(page), flush=True)
"""


def pretender(key, milliseconds, letter="A"):
    command = [sys.executable, "-c", PRETENDER, str(milliseconds), letter]
    alone = Mode("alone", command)
    pair = Mode("a pair", command, processes=2)
    return Engine(key, key.title(), "1.0", [alone], [alone, pair])


def make_set(folder, name, count, stem=None):
    paths = [folder / f"{stem or name}-{number}.txt" for number in range(count)]
    for path in paths:
        path.write_text("A B\nC D\n")
    return LabelledSet(name, paths, {path.stem: ["A B", "C D"] for path in paths})


def run(folder, engines, hostile_stem="hostile"):
    sets = [make_set(folder, "sroie-dev", 6), make_set(folder, "examples", 4)]
    hostile = make_set(folder, "hostile", 2, hostile_stem)
    plan = rounds.Plan(rounds=2, trial_images=2, starts=2, growth_counts=(3, 8))
    bench = rounds.Bench(sets, hostile, plan, folder, lambda text: None)
    figures = bench.run(engines)
    about = {"command": "make bench", "date": "2025-01-01", "rounds": 2, "notes": ["a note"]}
    machine = {
        "cpu": "a processor", "cores": 2, "flags": ["avx2"], "memory_bytes": 1 << 33,
        "kernel": "6", "busy_share_before": 0.1,
    }  # fmt: skip
    return results.document(machine, [*sets, hostile], figures, about)


@pytest.fixture(scope="module", autouse=True)
def in_a_hurry():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rounds, "SETTLE_SECONDS", 0.0)
        yield


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    engines = [pretender("lince", 1), pretender("rapidocr", 20, "X")]
    return json.dumps(run(tmp_path_factory.mktemp("run"), engines))


def test_a_whole_run(measured):
    found = json.loads(measured)
    ours, theirs = found["engines"]
    assert ours["sets"]["sroie-dev"]["words"]["f1"] == 1.0
    assert theirs["sets"]["sroie-dev"]["words"]["f1"] == 0.75
    assert ours["sets"]["examples"]["images_per_second"]["count"] == 2
    assert theirs["sets"]["examples"]["median_ms"]["median"] >= 20
    assert theirs["many_mode"] == "a pair"
    assert set(theirs["tried_images_per_second"]) == {"alone", "a pair"}
    assert ours["many_memory"]["peak_bytes"] > 0
    assert ours["single_memory"]["at_rest"]["proportional_bytes"] > 0
    assert list(ours["growth"]) == ["3", "8"] and theirs["growth"] == {}
    assert ours["sets"]["sroie-dev"]["stages_ms"]["detect"]["median"] == 1.5
    assert ours["start_ms"]["count"] == 2
    assert ours["sets"]["hostile"]["words"]["f1"] == 1.0

    text = report.markdown(found)
    assert "| **Lince 1.0** | 100.00 |" in text
    assert "| Rapidocr 1.0 | 75.00 |" in text
    assert "| sroie-dev | 1.5 (1.5 to 1.5) | 2.0 (2.0 to 2.0) |" in text
    assert "- a note" in text


def with_rates(found, ours, theirs):
    for engine, rate in zip(found["engines"], (ours, theirs), strict=True):
        for name in {*engine["sets"]} - {"hostile"}:
            engine["sets"][name]["images_per_second"]["median"] = rate
    found["engines"][0]["start_ms"]["median"] = 799
    return {promise.what.split(" of ")[0]: promise for promise in promises.check(found)}


def test_promises_are_checked_against_the_figures(measured):
    found = json.loads(measured)
    accuracy = "sroie-dev: word F1 above the better"
    speed = "examples: images a second against Rapidocr"
    kept = with_rates(found, 10.0, 3.9)
    assert kept[accuracy].measured == "+25.00 points" and kept[accuracy].kept
    assert kept[speed].measured == "2.56 times" and kept[speed].kept
    assert all(promise.kept for promise in kept.values())
    broken = with_rates(found, 10.0, 4.0)
    assert not broken[speed].kept
    assert "| > 2.5 times | 2.50 times | **no** |" in report.markdown(found)
    found["engines"][0]["sets"]["sroie-dev"]["words"]["f1"] = 0.7599
    assert not with_rates(found, 10.0, 3.9)[accuracy].kept
    found["engines"][0]["many_memory"]["peak_bytes"] = (260 << 20) + 1
    what = "peak resident, two jobs, all images"
    assert not with_rates(found, 10.0, 3.9)[what].kept


def test_more_is_promised_where_integers_are_fast(measured):
    found = json.loads(measured.replace('"examples"', '"phones"'))
    found["machine"]["flags"] = ["avx2", "avx512_vnni"]
    speed, rate = (
        "phones: images a second against Rapidocr",
        "integer models: phones, images a second",
    )
    assert {name: with_rates(found, 10.0, 1.6)[name].kept for name in (speed, rate)} == {
        speed: True,
        rate: True,
    }
    assert {name: with_rates(found, 9.9, 1.7)[name].kept for name in (speed, rate)} == {
        speed: False,
        rate: False,
    }
    assert not with_rates(found, 10.0, 1.6)["program start to the text"].kept
    alone = "integer models: phones, one alone, median"
    for milliseconds, kept in ((199, True), (200, False)):
        found["engines"][0]["sets"]["phones"]["median_ms"]["median"] = milliseconds
        assert with_rates(found, 10.0, 1.6)[alone].kept is kept


def test_integers_cost_next_to_no_words(measured):
    found = json.loads(measured.replace('"rapidocr"', '"lince-accurate"'))
    found["machine"]["flags"] = ["avx_vnni"]
    ours, floats = (engine["sets"]["sroie-dev"]["words"] for engine in found["engines"])
    floats["f1"] = 0.91
    for f1, kept in ((0.9071, True), (0.9069, False)):
        ours["f1"] = f1
        what = "sroie-dev: word F1 of integer models below that of floats"
        (promise,) = (found_ for found_ in promises.check(found) if found_.what == what)
        assert promise.kept is kept


def test_an_engine_that_dies_of_a_hostile_image_is_said_and_the_others_go_on(tmp_path):
    found = run(tmp_path, [pretender("lince", 1), pretender("rapidocr", 1)], "deadly")
    notes = found["engines"][1]["notes"]
    assert len(notes) == 2 and "ended with code 1" in notes[0]
    assert found["engines"][1]["sets"]["examples"]["words"]["f1"] == 1.0
    assert "ended with code 1" in report.markdown(found)
