"""The API document and the service agree: all paths are described, and requests get the described answers."""

import os
import re

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis import checks
from schemathesis.specs.openapi import checks as openapi
from served import OPENAPI, ROOT, SLOW

# A long search has other examples each time: LINCE_EXAMPLES=500.
EXAMPLES = os.environ.get("LINCE_EXAMPLES")
SEARCH = settings(
    max_examples=int(EXAMPLES or 8),
    deadline=None,
    derandomize=EXAMPLES is None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
# What a form or an object of the earlier service may hold; any other name is taken too.
EARLIER_FIELDS = {
    "caption", "numerosorteo", "fechasorteo", "idWhatsapp", "nombre", "horamin", "otro_valor", "sender_id",
    "numerosorteo_0", "codigo_sorteo_0", "id_whatsapp_0", "numero_llegada_0", "profile", "batch_size", "batch_id",
    "metadata", "name", "permissions", "api_key", "idSorteo", "fechaSorteo", "numeroLlegada", "documento",
}  # fmt: skip
EARLIER_FAILURE = {"error", "status", "estado", "message", "mensaje", "error_code", "timestamp"}


def routes(file):
    """Method, path and kind of body of each row of a table of the source."""
    text = (ROOT / "src/serve" / file).read_text()
    return re.findall(r'\{"([A-Z]+)", "([^"]+)", SCOPE_\w+, (BODY_\w+)', text)


def earlier_document():
    """The earlier service's paths with any name in any kind of body, whatever the path is documented to take."""
    names = {name: {"type": ["string", "integer"]} for name in sorted(EARLIER_FIELDS)}
    files = {name: {"type": "string", "format": "binary"} for name in ("files", "images", "image")}
    form = {"schema": {"type": "object", "properties": {**dict.fromkeys(names, {"type": "string"}), **files}}}
    bodies = {"application/json": {"schema": {"type": "object", "properties": names}}, "multipart/form-data": form}
    paths = {}
    for method, path, body in routes("legacy/legacy_routes.c"):
        place = {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
        paths.setdefault(path.replace("{}", "{id}"), {})[method.lower()] = {
            "parameters": [place] if "{}" in path else [],
            "responses": {"default": {"description": "Any."}},
            **({} if body == "BODY_NONE" else {"requestBody": {"content": bodies}}),
        }
    return {"openapi": "3.1.0", "info": {"title": "The earlier service", "version": "1"}, "paths": paths}


# Streams do not end, and images made at random are told to be none before anything else is looked at.
schema = schemathesis.openapi.from_path(OPENAPI).exclude(path="/v1/events")
earlier = schemathesis.openapi.from_dict(earlier_document())


@schema.parametrize()
@SEARCH
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


@earlier.parametrize()
@SEARCH
def test_earlier_paths_fail_in_their_form(case, service):
    answer = case.call(base_url=service.address, timeout=60 * SLOW)
    assert answer.status_code < 500, answer.text
    if answer.status_code >= 400 and case.path.startswith("/api/"):
        body = answer.json()
        assert set(body) >= EARLIER_FAILURE and body["error"] is True and body["message"] == body["mensaje"]
    elif answer.status_code < 400 and answer.headers["content-type"][0].startswith("application/json"):
        assert isinstance(answer.json(), dict)


def test_every_path_is_documented(service):
    served = {(m.lower(), path) for file in ("v1/routes.c", "legacy/legacy_routes.c") for m, path, _ in routes(file)}
    document = service.client.get("/openapi.json").json()
    told = {(m, re.sub(r"\{\w+\}", "{}", p)) for p, methods in document["paths"].items() for m in methods}
    assert served == told and document["openapi"].startswith("3.1")


def test_every_parameter_of_a_query_is_documented(service):
    text = (ROOT / "src/serve/v1/routes.c").read_text()
    rows = re.findall(r'\{"([A-Z]+)", "([^"]+)", SCOPE_\w+, BODY_\w+, \w+,\s+((?:"[^"]*"\s*)+)\}', text)
    taken = {(method.lower(), path): set(names.replace('"', "").split()) for method, path, names in rows}
    document = service.client.get("/openapi.json").json()
    told = {
        (method, re.sub(r"\{\w+\}", "{}", path)): {
            p["name"] for p in operation.get("parameters", []) if p["in"] == "query"
        }
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
        if path.startswith("/v1/")
    }
    assert taken == told and len(taken) > 25


def test_every_path_is_in_the_manual(service):
    served = [(method, path) for file in ("legacy/legacy_routes.c", "v1/routes.c") for method, path, _ in routes(file)]
    manual = service.client.get("/api/docs").text
    assert re.findall(r"<td>([A-Z]+)</td><td><code>([^<]+)</code>", manual) == served and len(served) > 75


@pytest.mark.parametrize("name", ["service.md", "service.es.md"])
def test_the_manual_names_every_kind_of_problem(service, name):
    specs = (ROOT / "src/serve/http/problem.h").read_text()
    served = {type_ for _, type_ in re.findall(r'X\(\w+, (\d+), "([a-z-]+)"', specs)}
    rows = [line for line in (ROOT / "docs" / name).read_text().splitlines() if re.match(r"\| \d{3}", line)]
    assert {type_ for row in rows for type_ in re.findall(r"`([a-z-]+)`", row.split("|")[2])} == served
    assert all(service.client.get(f"/problems/{type_}").status_code == 200 for type_ in served)
