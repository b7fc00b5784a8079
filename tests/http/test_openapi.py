"""The API document and the service agree: requests made from the one are answered as it says by the other."""

import re

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis import checks
from schemathesis.specs.openapi import checks as openapi
from served import ROOT, SLOW

# Streams do not end, and images made at random are told to be none before anything else is looked at.
schema = schemathesis.openapi.from_path(ROOT / "src/serve/openapi.json").exclude(path="/v1/events")


@schema.parametrize()
@settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_answers_are_as_documented(case, service):
    case.call_and_validate(
        base_url=service.address,
        timeout=60 * SLOW,
        checks=[
            checks.not_a_server_error,
            openapi.status_code_conformance,
            openapi.content_type_conformance,
            openapi.response_schema_conformance,
        ],
    )


def test_every_path_is_documented(service):
    table = (ROOT / "src/serve/routes.c").read_text()
    served = {(m.lower(), re.sub(r"\{\}", "{}", p)) for m, p in re.findall(r'\{"([A-Z]+)", "([^"]+)"', table)}
    document = service.client.get("/openapi.json").json()
    told = {(m, re.sub(r"\{\w+\}", "{}", p)) for p, methods in document["paths"].items() for m in methods}
    assert served == told and document["openapi"].startswith("3.1")


@pytest.mark.parametrize("name", ["service.md", "servicio.md"])
def test_the_manual_names_every_kind_of_problem(service, name):
    specs = (ROOT / "src/serve/problem.h").read_text()
    served = {type_ for _, type_ in re.findall(r'X\(\w+, (\d+), "([a-z-]+)"', specs)}
    rows = [line for line in (ROOT / "docs" / name).read_text().splitlines() if re.match(r"\| \d{3}", line)]
    assert {type_ for row in rows for type_ in re.findall(r"`([a-z-]+)`", row.split("|")[2])} == served
    assert all(service.client.get(f"/problems/{type_}").status_code == 200 for type_ in served)
