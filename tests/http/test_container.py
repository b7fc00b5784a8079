"""The service in a container, which is here a control group of its own: the group's limit counts as `memory` does."""

import contextlib
import os
import re
import subprocess
from pathlib import Path

import pytest
from served import MODELS, PROGRAM, SLOW, Service, picture

GROUPS = Path("/sys/fs/cgroup/memory")
MB = 1 << 20

pytestmark = [
    pytest.mark.skipif(not os.access(GROUPS / "cgroup.procs", os.W_OK), reason="no control group can be made here"),
    pytest.mark.skipif(SLOW > 1, reason="a sanitizer's own memory would be measured"),
]


@pytest.fixture
def container():
    """Makes a group with a limit; within it, processes that are started belong to the group."""
    group = GROUPS / f"lince-service-{os.getpid()}"
    group.mkdir()

    @contextlib.contextmanager
    def within(limit_bytes):
        (group / "memory.limit_in_bytes").write_text(str(limit_bytes))
        (group / "cgroup.procs").write_text(str(os.getpid()))
        try:
            yield group
        finally:
            (GROUPS / "cgroup.procs").write_text(str(os.getpid()))

    yield within
    group.rmdir()


def plan(*options):
    environment = os.environ | {"LC_ALL": "C.UTF-8", "LINCE_MODELS": str(MODELS)}
    return subprocess.run(
        [PROGRAM, "memory", "plan", "--serve", *options], env=environment, capture_output=True, text=True
    )


@pytest.mark.parametrize("memory", ["300MB", "0"])
def test_a_smaller_limit_of_the_container_is_the_services(container, tmp_path, memory):
    with container(224 * MB) as group:
        service = Service(tmp_path, "--memory", memory)
    try:
        figures = service.client.get("/v1/memory").json()
        assert figures["limit_bytes"] == 210 * MB  # less a sixteenth
        assert figures["plan"]["workers"] == 2
        for number in range(6):
            identifier = service.send(picture(f"TOTAL {number}", size=(2400, 3200)))
            assert service.wait(identifier)["status"] == "done"
        assert service.client.get("/v1/memory").json()["pss_peak_bytes"] <= figures["limit_bytes"]
        kills = re.search(r"oom_kill (\d+)", (group / "memory.oom_control").read_text())
        assert kills is None or kills[1] == "0"
    finally:
        assert service.stop() == 0


def test_a_larger_limit_of_the_container_changes_nothing(container):
    with container(2000 * MB):
        inside = plan("--memory", "300MB")
    assert inside.returncode == 0
    assert inside.stdout == plan("--memory", "300MB").stdout


def test_the_plan_names_the_limit_of_the_container(container):
    with container(224 * MB):
        told = plan("--memory", "300MB")
    assert told.returncode == 0
    assert "210.0 MB  limit of the service" in told.stdout
    assert "224.0 MB  limit of the container, which leaves that" in told.stdout


def test_a_container_too_small_for_a_worker_is_named_and_what_it_needs_is_enough(container):
    with container(100 * MB):
        told = plan("--memory", "300MB", "--workers", "1")
    assert told.returncode != 0
    needed = re.search(
        r"the container's limit of 100.0 MB leaves 92.0 MB, and workers = 1 needs \d+ MB; raise that limit to (\d+) MB",
        told.stderr,
    )
    assert needed, told.stderr
    with container((int(needed[1]) - 1) * MB):
        assert plan("--memory", "300MB", "--workers", "1").returncode != 0
    with container(int(needed[1]) * MB):
        assert plan("--memory", "300MB", "--workers", "1").returncode == 0
