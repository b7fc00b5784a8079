"""A store of each earlier version, with all that a service keeps: after the upgrade nothing is lost or changed."""

import contextlib
import re
import sqlite3

import pytest
from served import ROOT, files_only, sqlite_schema
from test_corrections import RECEIPT, history, patch, receipt, reread, values
from test_operation import bearer, lince
from test_reconciliations import load

SCHEMAS = sorted(
    (path.name for path in (ROOT / "src/store").glob("schema*.sql")),
    key=lambda name: int((re.findall(r"\d+", name) or ["1"])[0]),
)
STATEMENT = "Fecha;Referencia;Descripción;Monto\n02/01/2099;000111222333;PAGO;100,00\n03/01/2099;1;OTRO;7,00\n"

# What a version was the first to keep: of rows of an older one it is not known.
KEPT_SINCE = {3: ("why", "read_value"), 8: ("kind", "direction", "country")}


def columns(tables, name):
    return [row[1] for row in tables.execute(f"PRAGMA table_info({name})")]


def copy(newest, older):
    """What of each table's rows an older version has a place for."""
    names = [
        row[0]
        for row in older.execute(
            "SELECT name FROM sqlite_schema WHERE type='table' AND name NOT LIKE 'sqlite_%'"
            " AND name NOT LIKE 'searches_%' ORDER BY rowid"
        )
    ]
    for name in names:
        kept = [column for column in columns(older, name) if column in columns(newest, name)]
        kept += ["rowid"] if name == "searches" else []
        first = " WHERE number=1" if name == "pages" and "number" not in kept else ""
        rows = newest.execute(f"SELECT {', '.join(kept)} FROM {name}{first}").fetchall()
        places = ", ".join("?" * len(kept))
        older.executemany(f"INSERT OR REPLACE INTO {name} ({', '.join(kept)}) VALUES ({places})", rows)


def make_older(path, version):
    """Puts a store of that version in the place of the newest, with its rows."""
    kept = path.with_name("newest.db")
    path.rename(kept)
    with contextlib.closing(sqlite3.connect(kept)) as newest, contextlib.closing(sqlite3.connect(path)) as older:
        for name in SCHEMAS[:version]:
            older.executescript(sqlite_schema(name))
        copy(newest, older)
        older.execute(f"PRAGMA user_version={version}")
        older.commit()
    kept.unlink()


def told(service, ids):
    """What the service tells of all that it keeps."""
    got = {}
    for path in ("documents", "batches", "webhooks", "keys", "documents?text=000111222333", "documents/totals"):
        got[path] = service.client.get(f"/v1/{path}").json()
    got["webhooks"] = [(hook["id"], hook["url"], hook["events"]) for hook in got["webhooks"]["webhooks"]]
    got["keys"] = [(key["id"], key["name"], key["scopes"]) for key in got["keys"]["keys"]]
    for id_ in ids:
        got[id_] = service.get(id_)
        got[f"{id_} history"] = history(service, id_)
        got[f"{id_} image"] = service.client.get(f"/v1/documents/{id_}/image").content
    return got


def flat(part, place=""):
    """Each value with the way to it, so that a difference is seen."""
    if isinstance(part, dict | list):
        pairs = part.items() if isinstance(part, dict) else enumerate(part)
        return {way: value for name, each in pairs for way, value in flat(each, f"{place}/{name}").items()}
    return {place: part}


@files_only
@pytest.mark.parametrize("version", range(1, len(SCHEMAS)))
def test_nothing_is_lost_by_an_upgrade(start, version):
    service = start("--workers", "1", "--start", "manual", "--keys", "required")
    made = lince("keys", "create", "--data", service.folder / "data", "--scopes", "admin", "--name", "owner")
    service.client.headers.update(bearer(made.stdout.strip()))
    service.ready()
    read, held = (service.client.post("/v1/batches", json={"name": name}).json()["id"] for name in ("read", "held"))
    ids = [service.send(receipt(*RECEIPT, number), params={"batch": read}) for number in ("Banco Uno", "Banco Dos")]
    ids.append(service.send(b"\x89PNG\r\n\x1a\nno picture", params={"batch": read}))
    ids.append(service.send(receipt("Monto 7,00", *RECEIPT[1:]), params={"batch": held}))
    assert service.client.post(f"/v1/batches/{read}/start").status_code < 300
    states = [service.wait(id_)["status"] for id_ in ids[:3]]
    assert states == ["done", "done", "failed"]
    assert patch(service, ids[0], {"monto": "881,23", "fecha": None}, why="the customer called").status_code == 200
    service.client.post("/v1/webhooks", json={"url": "https://example.org/hook", "events": ["batch.closed"]})
    compared = load(service, STATEMENT).json()["id"]
    before = told(service, ids)
    items = service.client.get(f"/v1/reconciliations/{compared}/items").json()
    assert items["items"] and before["documents?text=000111222333"]["documents"]
    assert service.stop() == 0
    make_older(service.folder / "data/store.db", version)
    service.start()
    service.client.headers.update(bearer(made.stdout.strip()))
    after = told(service, ids)
    later = {name for since, names in KEPT_SINCE.items() if version < since for name in names}
    before, after = flat(before), flat(after)
    ways = [way for way in before | after if way.rsplit("/", 1)[1] not in later]
    assert {way: (before.get(way), after.get(way)) for way in ways if before.get(way) != after.get(way)} == {}
    if version >= 5:
        assert service.client.get(f"/v1/reconciliations/{compared}/items").json() == items
    service.ready()
    assert reread(service, ids[0])["status"] == "done"
    again = service.get(ids[0])
    assert values(again)["monto"] == "881.23" and "fecha" not in again["fields"]
    assert service.client.post(f"/v1/batches/{held}/start").status_code < 300
    assert values(service.wait(ids[3]))["monto"] == "7.00"
    party = {"beneficiario": "Ana Mora", "cedula": "V12345678"}
    assert service.client.get("/v1/parties").json()["parties"] == []
    assert patch(service, ids[0], party).status_code == 200  # what is new works on what is old
    assert [each["name"] for each in service.client.get("/v1/parties").json()["parties"]] == ["Ana Mora"]
    assert lince("check", "--data", service.folder / "data").returncode == 0
