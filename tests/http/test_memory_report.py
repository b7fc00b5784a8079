"""`GET /v1/memory/report`: memory reports of front and workers, as JSON by the schema and as a page."""

import json
import os
import re
import signal
import threading
import time
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
from served import ROOT, SLOW, picture, problem

PATH = "/v1/memory/report"
SCHEMA = json.loads((ROOT / "docs/memory-report.schema.json").read_text())
MB = 1 << 20


def report_of(service, process=None):
    answer = service.client.get(PATH, params={} if process is None else {"process": process})
    assert answer.status_code == 200 and answer.headers["content-type"] == "application/json", answer.text
    return answer.json()


def checked(report):
    jsonschema.validate(report, SCHEMA)
    assert report["reason"] == "request"
    return report


def test_the_front_tells_its_meters(service):
    report = checked(report_of(service))
    front = service.client.get("/v1/memory").json()
    assert report["pid"] == service.process.pid
    assert report["limit_bytes"] == (front["plan"]["front_bytes"] if front["limit_bytes"] else 0)
    assert {"process", "requests", "json", "bodies", "answers", "layouts", "store"} == {
        m["name"] for m in report["meters"]
    }
    assert report["timeline"] and report["system"]["resident_bytes"] > report["tracked_bytes"] > 0
    assert checked(report_of(service, service.process.pid))["pid"] == service.process.pid


def test_a_worker_tells_what_it_read(start):
    service = start("--workers", "1").ready()
    service.read(picture("TOTAL 171"))
    worker = service.workers()[0]
    before = checked(report_of(service, worker))
    assert before["pid"] == worker and before["counts"]["images"] == 1
    assert {"models", "decode", "detect", "recognise"} <= {m["name"] for m in before["meters"]}
    time.sleep(0.3)  # a point of the timeline stands at least a fifth of a second after the one before
    service.read(picture("TOTAL 172"))
    after = checked(report_of(service, worker))
    assert next(s["calls"] for s in after["scopes"] if s["name"] == "read") == 2
    assert [p["images"] for p in after["timeline"]][-1] == 2
    assert after["at_ms"] >= before["at_ms"]


def test_a_locked_down_worker_sees_which_of_its_pages_are_there(start):
    service = start("--workers", "1", "--runtime-cpu-arena", "on").ready()
    service.read(picture("TOTAL 173"))
    report = report_of(service, service.workers()[0])
    assert report["tracked_resident_bytes"] > report["tracked_bytes"] / 2 > MB / 2  # the arena's pages, still warm


def test_all_workers_at_once(start):
    service = start("--workers", "2").ready()
    while service.client.get("/v1/memory").json()["processes"][-1]["pss_bytes"] == 0:
        pass
    reports = report_of(service, "workers")["reports"]
    assert {checked(report)["pid"] for report in reports} == set(service.workers())


def test_a_page_for_people(start):
    service = start("--workers", "2").ready()
    headers = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8", "Accept-Language": "es"}
    for process, count in ((None, 1), ("workers", 2)):
        answer = service.client.get(PATH, params={"process": process} if process else {}, headers=headers)
        assert answer.status_code == 200 and answer.headers["content-type"] == "text/html; charset=utf-8"
        assert answer.headers["vary"] == "Accept" and "default-src 'none'" in answer.headers["content-security-policy"]
        drawings = re.findall(r"<svg.*?</svg>", answer.text, re.DOTALL)
        assert len(drawings) == 3 * count and all(ElementTree.fromstring(drawing) for drawing in drawings)
        assert answer.text.count("Memoria de Lince") == 2 and answer.text.rstrip().endswith("</html>")


def test_processes_that_are_not_there(service):
    problem(service.client.get(PATH, params={"process": 1}), 404, "not-found")
    for wrong in ("", "x", "12x", "workers2"):
        problem(service.client.get(PATH, params={"process": wrong}), 422, "invalid")


def test_a_worker_that_dies_over_it_is_told_and_replaced(start):
    service = start("--workers", "1").ready()
    (worker,) = service.workers()
    os.kill(worker, signal.SIGSTOP)
    answers = []
    asking = threading.Thread(target=lambda: answers.append(service.client.get(PATH, params={"process": worker})))
    asking.start()
    asking.join(0.5)
    assert asking.is_alive()  # it waits for the worker
    os.kill(worker, signal.SIGKILL)
    asking.join(60 * SLOW)
    problem(answers[0], 404, "not-found")
    assert service.read(picture("TOTAL 174"))["status"] == "done"
    assert service.workers() != [worker]


def test_reports_are_no_readings(start):
    service = start("--workers", "1", "--max-requests", "8", "--max-requests-jitter", "0").ready()
    (worker,) = service.workers()
    for _ in range(9):
        assert report_of(service, worker)["counts"]["images"] == 0
    assert "lince_read_duration_seconds_count 0\n" in service.client.get("/metrics").text
    assert service.workers() == [worker]


def test_the_front_does_not_carry_the_models_runtime(service):
    maps = Path(f"/proc/{service.process.pid}/maps").read_text()
    assert "lince-service" in maps and "onnxruntime" not in maps


def test_the_api_document_has_the_schema_of_reports(service):
    told = service.client.get("/openapi.json").json()["components"]["schemas"]["MemoryReport"]
    assert told == {name: value for name, value in SCHEMA.items() if name not in ("$schema", "title")}


def sites_of(service, process=None):
    return {(site["function"], site["type"]): site for site in checked(report_of(service, process))["sites"]}


def test_sites_are_counted_from_the_start_where_it_is_set(start):
    service = start("--workers", "1", "--memory-profile", "1").ready()
    service.read(picture("TOTAL 174"))
    of_worker = sites_of(service, service.workers()[0])
    assert ("run", "tensor") in of_worker
    assert all(site["peak_bytes"] > 0 and site["total_count"] > 0 for site in of_worker.values())
    assert any(site["live_bytes"] > 0 for site in sites_of(service).values())


def switch_sites(service, period):
    service.process.send_signal(signal.SIGUSR2)
    end = time.monotonic() + 10 * SLOW
    while [entry["period"] for entry in service.logs() if entry["event"] == "memory_profile"][-1:] != [period]:
        assert time.monotonic() < end, service.logs()
        time.sleep(0.02)


def test_a_signal_switches_the_sites(start):
    service = start("--workers", "1").ready()
    worker = service.workers()[0]
    service.read(picture("TOTAL 175"))
    assert not sites_of(service) and not sites_of(service, worker)
    switch_sites(service, "1")
    service.read(picture("TOTAL 176"))
    assert ("run", "tensor") in sites_of(service, worker)
    switch_sites(service, "0")
    counts = []
    for text in ("TOTAL 177", "TOTAL 178"):
        service.read(picture(text))
        counts.append(sum(site["total_count"] for site in sites_of(service, worker).values()))
    assert counts[0] == counts[1] > 0
