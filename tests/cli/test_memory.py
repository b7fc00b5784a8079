"""The memory commands: plans, reports on signals and at the end, what they look like, and what grew."""

import json
import os
import re
import signal
import subprocess
import time
from pathlib import Path
from xml.etree import ElementTree

import pytest
from conftest import MODELS, PROGRAM, ROOT, environment, plain_memory
from PIL import Image

WORD = ROOT / "tests/data/word/word.png"
RECEIPT = ROOT / "examples/02-light-phone.jpg"
SCHEMA = ROOT / "docs/memory-report.schema.json"


def run(*arguments, folder, **options):
    return subprocess.run(
        [PROGRAM, *map(str, arguments)], cwd=folder, env=environment(), capture_output=True, text=True, **options
    )


def flames_of(page):
    """The drawings of boxes within boxes, which must be sound XML."""
    return [ElementTree.fromstring(text) for text in re.findall(r'<svg class="flame".*?</svg>', page, re.DOTALL)]


def reports_in(folder):
    return sorted((folder / "memory_reports").glob("memory-*.json"))


@plain_memory
def test_the_plan_adds_up_and_names_a_limit_that_does(tmp_path):
    done = run("memory", "plan", "--memory", "100MB", RECEIPT, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    figures = [float(text) for text in re.findall(r"^ +([\d.]+) MB", done.stdout, re.MULTILINE)]
    limit, start, models, reserve, room = figures[:5]
    assert limit == 100.0
    assert abs(start + models + reserve + room - limit) < 0.3
    smallest = float(re.search(r"([\d.]+) MB  smallest limit", done.stdout).group(1))
    assert run("read", "-q", "-j", "1", "-m", f"{smallest}MB", RECEIPT, folder=tmp_path).returncode == 0


@plain_memory
def test_the_plan_of_a_large_picture_tells_both_sizes(tmp_path):
    Image.new("L", (4961, 7016), 255).save(tmp_path / "large.png")
    out = run("memory", "plan", "large.png", folder=tmp_path).stdout
    assert "read at 2481 x 3508, and at 4961 x 7016 if it has small print" in out
    usual = float(re.search(r"([\d.]+) MB  price$", out, re.MULTILINE).group(1))
    assert usual < float(re.search(r"([\d.]+) MB  price with small print", out).group(1)) / 2


@plain_memory
@pytest.mark.parametrize("model", ["fast", "accurate"])
def test_the_limit_named_before_the_first_image_lets_a_receipt_be_read(tmp_path, model):
    refused = run("read", "-m", "30MB", "--model", model, RECEIPT, folder=tmp_path)
    assert refused.returncode == 75
    named = re.search(r"raise it to ([\d.]+) MB", refused.stderr).group(1)
    assert run("read", "-q", "-j", "1", "-m", f"{named}MB", "--model", model, RECEIPT, folder=tmp_path).returncode == 0


@plain_memory
def test_the_plan_is_of_the_models_that_are_chosen(tmp_path):
    def plan(*options):
        done = run("memory", "plan", *options, RECEIPT, folder=tmp_path)
        assert done.returncode == 0, done.stderr
        price = re.search(r"([\d.]+) MB    detect", done.stdout)[1]
        return re.search(r"models, .*\((\w+)\)", done.stdout)[1], float(price)

    fast, accurate = plan("--model", "fast"), plan("--model", "accurate")
    assert fast[0] == "fast" and accurate[0] == "accurate" and fast[1] < accurate[1]
    (tmp_path / "settings").write_text("[read]\nmodel = accurate\n")
    assert plan("--config", "settings") == accurate
    assert plan("--model", "auto") in (fast, accurate)
    assert run("memory", "plan", "--model", "sideways", folder=tmp_path).returncode == 2


def test_a_report_at_the_end_follows_the_schema_and_can_be_shown(tmp_path):
    jsonschema = pytest.importorskip("jsonschema")
    done = run("read", "-q", "-m", "0", "--memory-profile", WORD, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    (path,) = reports_in(tmp_path)
    report = json.loads(path.read_text())
    jsonschema.validate(report, json.loads(SCHEMA.read_text()))
    assert report["reason"] == "end"
    assert report["counts"]["images"] == 1
    assert {meter["name"] for meter in report["meters"]} >= {"process", "models", "decode", "detect", "recognise"}
    assert any(site["file"].endswith("format_steps.c") for site in report["sites"])
    text = run("memory", "report", path, folder=tmp_path).stdout
    assert "recognise" in text
    page = run("memory", "report", "--html", path, folder=tmp_path).stdout
    assert page.count("<svg") == 3
    boxes = {box.find("title").text.rsplit(" ", 2)[0]: box.find("rect") for box in flames_of(page)[1]}
    parts = sum(float(boxes[name].get("width")) for name in ("readers", "models", "pages"))
    assert parts <= float(boxes["process"].get("width")) + 1
    assert boxes["detect"].get("y") > boxes["readers"].get("y")
    assert run("memory", "diff", path, path, folder=tmp_path).returncode == 0
    assert run("memory", "report", WORD, folder=tmp_path).returncode == 1


def test_signals_and_watchers_are_answered(tmp_path):
    with subprocess.Popen(
        [PROGRAM, "read", "-q", "-j", "1", "-m", "0", "-f", "ndjson", "-"],
        cwd=tmp_path,
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        process.stdin.write(f"{WORD}\n".encode())
        process.stdin.flush()
        process.stdout.read(1)  # the first image is read
        process.send_signal(signal.SIGUSR2)
        process.send_signal(signal.SIGUSR1)
        deadline = time.monotonic() + 20
        while not reports_in(tmp_path) and time.monotonic() < deadline:
            time.sleep(0.05)
        watched = run("memory", "watch", "--once", process.pid, folder=tmp_path)
        process.communicate()
        assert process.returncode == 0
    (path,) = reports_in(tmp_path)
    assert json.loads(path.read_text())["reason"] == "signal"
    assert "recognise" in watched.stdout, watched.stderr


@plain_memory
def test_the_parts_of_the_resident_memory_add_up(tmp_path):
    run("read", "-q", "-j", "1", "--memory-report", WORD, folder=tmp_path)
    report = json.loads(reports_in(tmp_path)[-1].read_text())
    untracked = report["untracked"]
    parts = sum(value for key, value in untracked.items() if key != "bytes") + report["tracked_resident_bytes"]
    assert parts == pytest.approx(report["system"]["resident_bytes"], rel=0.02)


def test_settings_name_every_setting_of_the_runtime(tmp_path):
    lines = run("memory", "settings", folder=tmp_path).stdout.splitlines()
    names = {line.split()[0] for line in lines}
    assert {"runtime-memory-pattern", "runtime-cpu-arena", "runtime-spinning", "LINCE_MODELS"} <= names
    assert any(line.startswith("read --memory ") and "300.0 MB" in line for line in lines)
    assert str(MODELS) in "\n".join(lines)


@plain_memory
def test_a_leak_is_named_by_place_and_type_and_told_as_growth(tmp_path):
    leak = Path(os.environ.get("LINCE_BUILD", ROOT / "build/release")) / "tests/torture/torture_leak"
    done = subprocess.run(
        [leak, "memory_reports", WORD, "20", "240"], cwd=tmp_path, env=environment(), capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    told = re.search(r"^lince: memory event=growing .*growth_bytes_per_image=(\d+) ", done.stderr, re.MULTILINE)
    assert int(told.group(1)) == pytest.approx(4016, rel=0.05)
    ends = [path for path in reports_in(tmp_path) if json.loads(path.read_text())["reason"] == "end"]
    lines = run("memory", "diff", *ends, folder=tmp_path).stdout.splitlines()
    most = {title: lines[lines.index(title) + 1].split(maxsplit=1) for title in ("meters", "places", "types")}
    assert "tests/torture/leak.c:" in most["places"][1]
    assert most["types"][1] == "struct forgotten"
    assert int(most["places"][0]) == int(most["types"][0]) == 240 * (4000 + 16)
    assert "pages" in [line.split()[-1] for line in lines[lines.index("meters") : lines.index("places")]]


def alerts_of(text):
    """The log lines of memory events: each one's figures by name."""
    lines = [line for line in text.splitlines() if line.startswith("lince: memory event=")]
    return [dict(pair.split("=") for pair in line.split()[2:]) for line in lines]


@plain_memory
def test_what_is_cleaned_or_refused_is_a_line_and_an_event(tmp_path):
    options = ("-q", "-j", "1", "--memory-log", "--memory-report")
    done = run("read", *options, "-m", "100MB", "--memory-cleanup", "40%", RECEIPT, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    cleaned, *_ = [alert for alert in alerts_of(done.stderr) if alert["event"] == "cleaned"]
    assert int(cleaned["freed_bytes"]) > 0 and int(cleaned["limit_bytes"]) == 100 << 20
    events = [event for path in reports_in(tmp_path) for event in json.loads(path.read_text())["events"]]
    assert {event["kind"] for event in events} == {"cleaned"}
    refused_folder = tmp_path / "refused"
    refused_folder.mkdir()
    done = run("read", *options, "-m", "64MB", RECEIPT, folder=refused_folder)
    assert done.returncode == 75
    (refused,) = alerts_of(done.stderr)
    assert refused["event"] == "refused"
    needed = int(refused["needed_bytes"])
    (path,) = [path for path in reports_in(refused_folder) if json.loads(path.read_text())["reason"] == "end"]
    assert [event["needed_bytes"] for event in json.loads(path.read_text())["events"]] == [needed]
    assert run("read", "-q", "-j", "1", "-m", str(needed), RECEIPT, folder=tmp_path).returncode == 0


GROUPS = Path("/sys/fs/cgroup/memory")


@plain_memory
@pytest.mark.skipif(not os.access(GROUPS / "cgroup.procs", os.W_OK), reason="no control group can be made here")
def test_a_control_group_of_its_own_is_limited_and_let_go(tmp_path):
    group = GROUPS / f"lince-test-{os.getpid()}"
    group.mkdir()
    limit = group / "memory.limit_in_bytes"
    before = limit.read_text()
    try:
        with subprocess.Popen(
            [PROGRAM, "read", "-q", "-j", "1", "-m", "100MB", "-f", "ndjson", "-"],
            cwd=tmp_path,
            env=environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            preexec_fn=lambda: (group / "cgroup.procs").write_text(str(os.getpid())),
        ) as process:
            process.stdin.write(f"{WORD}\n".encode())
            process.stdin.flush()
            assert process.stdout.readline()
            assert int(limit.read_text()) == 108 << 20
            process.communicate()
            assert process.returncode == 0
        assert limit.read_text() == before
    finally:
        group.rmdir()


@plain_memory
def test_meters_and_parts_are_what_the_kernel_says_from_outside(tmp_path):
    with subprocess.Popen(
        [PROGRAM, "read", "-q", "-j", "1", "-f", "ndjson", "-"],
        cwd=tmp_path,
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        process.stdin.write(f"{RECEIPT}\n".encode())
        process.stdin.flush()
        assert process.stdout.readline()
        time.sleep(0.3)  # what follows the image is over
        process.send_signal(signal.SIGUSR1)
        deadline = time.monotonic() + 20
        while not reports_in(tmp_path) and time.monotonic() < deadline:
            time.sleep(0.05)
        smaps = Path(f"/proc/{process.pid}/smaps").read_text()
        process.communicate()
    report = json.loads(reports_in(tmp_path)[0].read_text())
    resident, weights, stack = rss_of(smaps)
    untracked = report["untracked"]
    assert report["tracked_resident_bytes"] + untracked["bytes"] == pytest.approx(resident, rel=0.02)
    assert untracked["weights_bytes"] == pytest.approx(weights, rel=0.02)
    # What is told apart as the runtime's own must be left over, not missing: the meters do not count too much.
    assert untracked["other_bytes"] > 0
    assert untracked["stacks_bytes"] >= stack * 0.98


def rss_of(smaps):
    """Resident bytes of all mappings, of the models' files, and of the first thread's stack."""
    whole = weights = stack = 0
    name = ""
    for line in smaps.splitlines():
        if re.match(r"[0-9a-f]+-[0-9a-f]+ ", line):
            name = line.split(maxsplit=5)[5] if len(line.split(maxsplit=5)) > 5 else ""
        elif line.startswith("Rss:"):
            size = int(line.split()[1]) << 10
            whole += size
            weights += size if name.endswith((".ort", ".onnx", ".weights")) else 0
            stack += size if name == "[stack]" else 0
    return whole, weights, stack
