"""No answer of any path names a path of the server. Two tell an administrator where data and backups are."""

import json

import httpx
import pytest
from served import SLOW, files_only, picture
from test_scopes import ROUTES

pytestmark = [
    files_only,  # a store in a database has no path
    pytest.mark.skipif(SLOW > 1, reason="a sanitizer finds no more in paths that other tests take"),
]

# Method and path, and the members in which an administrator is told of a folder.
TOLD = {
    ("GET", "/v1/settings"): {"data"},
    ("PATCH", "/v1/settings"): {"data"},
    ("GET", "/v1/backups"): {"folder"},
    ("POST", "/v1/backups"): {"folder"},
}
LAYOUT = {
    "schema": 1,
    "name": "uno",
    "title": "Uno",
    "extends": "pago",
    "learned": True,
    "recognise": {"threshold": 1, "anchors": [{"text": "Banco Uno", "weight": 1}]},
    "fields": {"monto": {"labels": ["Uno"]}},
}
BODIES = (
    {},
    {"json": {}},
    {"json": {"documents": ["none"], "ids": ["none"], "name": "x", "accept": ["none"], "value": 1}},
    {"json": {"name": "x", "extends": "none", "fields": {}}},
    {"content": b"{", "headers": {"Content-Type": "application/json"}},
    {"content": b"\x89PNG\r\n\x1a\n", "headers": {"Content-Type": "image/png"}},
    {"content": picture("UNO"), "headers": {"Content-Type": "image/png"}},
    {"files": {"file": ("a.csv", b"a;b\n1;2\n", "text/csv")}},
)


def text_of(service, method, path, **more):
    """Status, headers and body of an answer; of a stream what comes in a second."""
    got = b""
    with service.client.stream(
        method, path, timeout=httpx.Timeout(30, read=1 if "events" in path else 30), **more
    ) as a:
        try:
            for part in a.iter_raw():
                got += part
        except httpx.ReadTimeout:
            assert "events" in path
        return a.status_code, f"{a.headers}\n{got.decode(errors='replace')}"


def without(value, members):
    """The JSON without the members in which a folder may be told."""
    if isinstance(value, dict):
        return {name: without(inner, members) for name, inner in value.items() if name not in members}
    return [without(inner, members) for inner in value] if isinstance(value, list) else value


@pytest.fixture(scope="module")
def known(service):
    """Ids of one thing of each kind, by the beginning of the paths that take it."""
    folder = service.folder / "data/layouts"
    folder.mkdir(exist_ok=True)
    (folder / "uno.json").write_text(json.dumps(LAYOUT))
    document = service.read(picture("TOTAL 12,50"))["id"]
    failed = service.send(picture("DOS")[:60])
    service.wait(failed)
    batch = service.client.post("/v1/batches", json={"name": "b"}).json()["id"]
    statement = b"Fecha;Referencia;Monto\n02/01/2026;123456;10,00\n"
    made = service.client.post("/v1/reconciliations", files={"file": ("b.csv", statement)})
    assert made.status_code in (200, 201), made.text
    hook = service.client.post("/v1/webhooks", json={"url": "https://example.com/x"}).json()["id"]
    ids = {"/v1/learn/": "uno", "/v1/batches/": batch, "/v1/reconciliations/": made.json()["id"], "/v1/webhooks/": hook}
    return ids | {"/v1/documents/": document, "/api/": batch, "": failed}


def paths_of(path, known):
    """A path with what exists, with what does not, and with what is no name."""
    here = next(known[start] for start in known if path.startswith(start))
    if "{}" not in path:
        return [path]
    filled = [path.replace("{}", value, 1).replace("{}", "1") for value in (here, "none", "..%2Fstore.db", "%00")]
    return filled + [path.replace("{}", known[""], 1).replace("{}", "99")]


# What deletes comes last, so that the others still find it.
@pytest.mark.parametrize(("method", "path", "scope"), sorted(ROUTES, key=lambda route: route[0] == "DELETE"))
def test_no_answer_names_the_data_folder(service, known, method, path, scope):
    told = TOLD.get((method, path), set())
    assert not told or scope == "ADMIN"
    for place in paths_of(path, known):
        for more in BODIES if method in ("POST", "PATCH", "PUT") else BODIES[:1]:
            _, text = text_of(service, method, place, **more)
            if told and (body := text.partition("\n")[2]).startswith("{"):
                text = json.dumps(without(json.loads(body), told))
            assert str(service.folder) not in text, (method, place, more)


def shown(answer, status, start):
    assert answer.status_code == status and start in answer.text, answer.text
    return answer.text


def test_failures_name_folders_and_not_their_paths(start, tmp_path):
    """Of a disk that refuses, a folder that is gone, a layout that was removed."""
    layouts = tmp_path / "own"
    layouts.mkdir()
    (layouts / "own.json").write_text(json.dumps({**LAYOUT, "name": "own"}))
    service = start("--workers", "1", env={"LINCE_LAYOUTS": str(layouts)})
    data = service.folder / "data"
    (data / "layouts/before/uno.json/x").mkdir(parents=True)
    (data / "layouts/uno.json").write_text(json.dumps(LAYOUT))
    (data / "backups").write_text("")
    (layouts / "own.json").unlink()
    client = service.client
    answers = [
        shown(client.delete("/v1/learn/uno"), 507, "DATA/layouts/uno.json cannot be written"),
        shown(client.delete("/v1/learn/dos"), 404, "in DATA/layouts"),
        shown(client.delete("/v1/learn/dos", headers={"Accept-Language": "es"}), 404, "en DATOS/layouts"),
        shown(client.post("/v1/backups"), 507, "DATA/backups"),
        shown(client.get("/v1/layouts/own"), 404, "LAYOUTS/own.json"),
    ]
    (data / "incoming").rmdir()
    answers.append(client.post("/v1/documents", content=picture("A"), headers={"Content-Type": "image/png"}).text)
    assert not [text for text in answers if str(tmp_path) in text]
