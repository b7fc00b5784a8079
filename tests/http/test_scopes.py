"""Every path of every API checks the scope in its table before anything else."""

import re
import subprocess

import pytest
from served import PROGRAM, ROOT, Service, problem

ROUTE = re.compile(r'\{"([A-Z]+)", "([^"]+)", SCOPE_([A-Z]+)')
ROUTES = [
    route
    for name in ("v1/routes.c", "legacy/legacy_routes.c", "page/page_serve.c")
    for route in ROUTE.findall((ROOT / "src/serve" / name).read_text())
]
GUARDED = [route for route in ROUTES if route[2] != "NONE"]
OPEN = [route for route in ROUTES if route[2] == "NONE"]


@pytest.fixture(scope="module")
def guarded(tmp_path_factory):
    """A service that asks for keys, and a key of each scope."""
    options = ("--workers", "1", "--keys", "required", "--wrong-keys", "0", "--start", "manual")
    service = Service(tmp_path_factory.mktemp("scopes"), *options)
    keys = {}
    for scope in ("submit", "read", "correct", "admin"):
        command = [PROGRAM, "keys", "create", "--scopes", scope, "--data", service.folder / "data"]
        keys[scope] = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    yield service, keys
    assert service.stop() == 0


def test_the_tables_are_found():
    assert len(GUARDED) > 50 and len(OPEN) > 5


@pytest.mark.parametrize(("method", "path", "scope"), GUARDED)
def test_a_path_asks_for_its_scope(guarded, method, path, scope):
    service, keys = guarded
    path = path.replace("{}", "none")
    wrong = keys["correct" if scope != "CORRECT" else "read"]
    for headers, status in (({}, 401), ({"X-API-Key": "x"}, 401), ({"Authorization": f"Bearer {wrong}"}, 403)):
        answer = service.client.request(method, path, headers=headers)
        if path.startswith("/api/"):
            assert answer.status_code == status and answer.json()["error"] is True, answer.text
        else:
            problem(answer, status, "unauthorized" if status == 401 else "forbidden")


@pytest.mark.parametrize(("method", "path", "scope"), OPEN)
def test_an_open_path_asks_for_none(guarded, method, path, scope):
    answer = guarded[0].client.request(method, path.replace("{}", "none"))
    assert answer.status_code != 403 and (answer.status_code != 401 or answer.json().get("valid") is False)
