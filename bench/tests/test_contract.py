"""The run under limits, with a program that answers like Lince, and the promises made of it."""

from pathlib import Path

import contract
from promises import contract as promises
from truth import LabelledSet

FAKE = """#!/bin/sh
# Reads every image as its own name; under 128MB the one called "b" as nothing.
limit=$6
while read -r name; do
    base=$(basename "$name" .png)
    lines="{\\"text\\": \\"$base\\"}"
    if [ "$limit" = 128MB ] && [ "$base" = b ]; then lines=; fi
    echo "{\\"file\\": \\"$name\\", \\"lines\\": [$lines]}"
done
"""


def test_texts_are_compared_with_those_without_a_limit(tmp_path, monkeypatch):
    monkeypatch.setattr(contract, "REST_SECONDS", 0.0)
    program = tmp_path / "lince"
    program.write_text(FAKE)
    program.chmod(0o755)
    images = [Path("/nowhere/a.png"), Path("/nowhere/b.png")]
    labelled = LabelledSet("two", images, {"a": ["a"], "b": ["b"]})
    runs = contract.under_limits(program, [labelled])
    assert [(run.limit_mb, run.differing, run.failed) for run in runs] == [
        (0, 0, 0),
        (160, 0, 0),
        (128, 1, 0),
    ]
    assert runs[0].f1 == 1.0
    assert runs[2].f1 < 1.0
    found = contract.document(runs, contract.Overhead(0.0001, 0.06))
    kept = {promise.what: promise.kept for promise in promises({"contract": found})}
    assert kept["--memory 160MB: texts that differ"]
    assert not kept["--memory 128MB: word F1 lost"]
    assert kept["meters and scopes: of the time"]
    assert not kept["allocation sites: of the time"]
    assert contract.limits_rows(found)[2][4] == "1 of 2"


def test_an_overhead_is_read_from_what_is_printed(tmp_path):
    program = tmp_path / "overhead"
    program.write_text("#!/bin/sh\necho 'meters: 0.1 ms, 0.020 %'\necho 'sites: +1 ms, -0.50 %'\n")
    program.chmod(0o755)
    assert contract.overhead(program, Path("x.png")) == contract.Overhead(0.0002, -0.005)
