"""`lince memory plan --serve`: how the service would share its limit out, with a shared store, a bucket and without."""

import re
import subprocess

import pytest
from conftest import PROGRAM, ROOT, environment, plain_memory

STORE = "postgres://lince@db.example.org/receipts"
IMAGES = "s3://receipts/lince?endpoint=https://s3.example.org"
RECEIPT = ROOT / "examples/02-light-phone.jpg"


def plan(*arguments, **variables):
    return subprocess.run(
        [PROGRAM, "memory", "plan", *map(str, arguments)],
        env=environment(**variables),
        capture_output=True,
        text=True,
        check=False,
    )


def shares(*arguments, **variables):
    """The figures by the first words of what they are."""
    done = plan(*arguments, **variables)
    assert done.returncode == 0, done.stderr
    return {
        re.split(r"[:,]| that| of the service", meaning)[0].strip(): float(figure)
        for figure, meaning in re.findall(r"^ +([\d.]+) MB +(.*)$", done.stdout, re.MULTILINE)
    }


def whole_of(found):
    workers = [figure for name, figure in found.items() if name.startswith("worker ")]
    return found["front"] + found["shared"] + found.get("spare", 0) + sum(workers), len(workers)


@pytest.mark.parametrize("memory, workers", [("250MB", 1), ("300MB", 2), ("600MB", 3), ("1GB", 4)])
@pytest.mark.parametrize("store, images", [("", ""), (STORE, ""), (STORE, IMAGES), ("", IMAGES)])
def test_the_shares_add_up_with_what_libraries_take(memory, workers, store, images):
    found = shares("--memory", memory, "--workers", workers, "--store", store, "--images", images)
    whole, count = whole_of(found)
    assert abs(whole - found["limit"]) < 0.4 and count == workers
    assert found.get("libpq") == (7.5 if store else None)
    assert found.get("libcurl") == (4.0 if images else None)
    bare = shares("--memory", memory, "--workers", workers, "--store", "")
    assert round(found["front"] - bare["front"], 1) == 7.5 * bool(store) + 4 * bool(images)
    assert found["worker 1"] < bare["worker 1"] or not (store or images)


@pytest.mark.parametrize("workers", [1, 2, 5])
@pytest.mark.parametrize("store, images", [("", ""), (STORE, IMAGES)])
def test_the_smallest_limit_is_one_that_does(workers, store, images):
    options = ("--workers", workers, "--store", store, "--images", images)
    smallest = shares("--memory", "4GB", *options)["smallest limit"]
    assert whole_of(shares("--memory", f"{smallest:.0f}MB", *options))[1] == workers
    refused = plan("--memory", f"{smallest - 1:.0f}MB", *options)
    assert refused.returncode == 75 and f"needs {smallest:.0f} MB" in refused.stderr and not refused.stdout


def test_settings_come_from_the_environment_and_the_file(tmp_path):
    variables = {"LINCE_STORE": STORE, "LINCE_IMAGES": IMAGES, "LINCE_MEMORY": "400MB", "LINCE_WORKERS": "2"}
    found = shares("--serve", **variables)
    assert (found["limit"], found["libpq"], found["libcurl"]) == (400.0, 7.5, 4.0)
    assert found == shares("--memory", "400MB", "--workers", "2", "--store", STORE, "--images", IMAGES)
    (tmp_path / "settings").write_text(f"[serve]\nstore = {STORE}\nmemory = 200MB\nworkers = 1\n")
    found = shares("--serve", "--config", tmp_path / "settings")
    assert (found["limit"], found["libpq"]) == (200.0, 7.5) and "libcurl" not in found
    assert shares("--serve", "--memory", "350MB", **variables)["limit"] == 350.0


@plain_memory
def test_without_an_option_of_the_service_the_plan_is_that_of_reading():
    out = plan("--memory", "100MB", LINCE_STORE=STORE).stdout
    assert "room for readings" in out and "libpq" not in out
    assert re.search(r"300\.0 MB  limit$", plan(LINCE_MEMORY="100MB").stdout, re.MULTILINE)


def test_without_a_limit_the_parts_are_told_and_the_smallest_limit():
    done = plan("--serve", "--memory", "0", "--workers", "3", "--store", STORE)
    assert done.returncode == 0 and "no limit" in done.stdout and "workers: 3" in done.stdout
    assert "libpq: 5 connections to the store, 1.5 MB each" in done.stdout and "smallest limit" in done.stdout


def test_a_front_has_one_worker_and_certificates_take_more():
    assert whole_of(shares("--role", "front", "--store", STORE, "--memory", "2GB"))[1] == 1
    plain, encrypted = (
        re.search(r"up to (\d+)", plan("--serve", *more).stdout)[1] for more in ((), ("--tls-certificate", "a.pem"))
    )
    assert int(encrypted) < int(plain)
    few = shares("--connections", "10")
    assert few["front"] < shares("--serve")["front"]


@pytest.mark.parametrize("more", [(RECEIPT,), ("--models", "here"), ("--model", "fast")])
def test_what_does_not_change_the_plan_of_the_service_is_refused(more):
    done = plan("--serve", *more)
    assert done.returncode == 2 and "leave them out" in done.stderr and not done.stdout


def test_a_wrong_setting_is_named():
    done = plan("--workers", "many")
    assert done.returncode == 2 and "workers" in done.stderr
    assert plan("--workers", "65").returncode == 2


def test_it_is_told_in_spanish_too():
    done = plan("--store", STORE, "--images", IMAGES, "--workers", "1", LC_ALL="es_VE.UTF-8", LINCE_LANG="es")
    assert done.returncode == 0
    for word in ("límite", "proceso principal", "libpq: 5 conexiones", "bucket", "trabajador 1", "menor límite"):
        assert word in done.stdout
