"""The API document and the service agree: requests made from the one are answered as it says by the other."""

import re

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
