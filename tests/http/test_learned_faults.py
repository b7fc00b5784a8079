"""A file among the learned layouts that is not valid is passed over and told; it stops nothing and stays as it is."""

import json
import os
import stat
import subprocess
import sys
import time

import pytest
from served import ROOT, SLOW, files_only, picture, problem, until
from test_learn import RIGHT, teach, third
from test_operation import lince
from test_own_paths import LAYOUT
from test_page import browser, open_page  # noqa: F401

pytestmark = files_only  # the folder of learned layouts is a folder of this node


def layout(**changes):
    return json.dumps({**LAYOUT, **changes})


def fields(**changes):
    return layout(fields={"monto": {"labels": ["Uno"], **changes}})


# Twenty-five files that are none, and a word of the reason.
FAULTS = {
    "empty": (b"", "layouts/"),
    "half": (layout().encode()[:90], "layouts/"),
    "zeros": (b"\0" * 300, "layouts/"),
    "latin": (layout(title="Año").replace("\\u00f1", "ñ").encode("latin-1"), "layouts/"),
    "picture": (picture("UNO"), "layouts/"),
    "blank": (b" \n\n ", "layouts/"),
    "list": (b"[]", "layouts/"),
    "number": (b"7", "layouts/"),
    "null": (b"null", "layouts/"),
    "twice": (b'{"name": "uno", "name": "dos"}', "layouts/"),
    "more": (layout().encode() + b"}", "layouts/"),
    "nothing": (b"{}", "layouts/"),
    "later": (layout(schema=2).encode(), "schema"),
    "nameless": (json.dumps({k: v for k, v in LAYOUT.items() if k != "name"}).encode(), "name"),
    "kind": (layout(fields=7).encode(), "fields"),
    "member": (layout(colour="red").encode(), "colour"),
    "field": (fields(where=["beyond"]).encode(), "beyond"),
    "pattern": (fields(pattern="[").encode(), "pattern"),
    "phrase": (layout(recognise={"threshold": 1, "anchors": [{"text": "(", "weight": 1}]}).encode(), "layouts/"),
    "parent": (layout(extends="nobody").encode(), "nobody"),
    "itself": (layout(extends="uno").encode(), "uno"),
    "type": (fields(type="colour").encode(), "colour"),
    "country": (layout(country="XX").encode(), "XX"),
    "deep": (b'{"name": ' + b"[" * 5000 + b"]" * 5000 + b"}", "nested too deeply"),
    "large": (layout(title="x" * (1 << 20)).encode(), "bytes"),
}


def put(folder, name, content):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.json").write_bytes(content)


def passed(service, language="en"):
    rows = service.client.get("/v1/layouts", headers={"Accept-Language": language}).json()["passed_over"]
    return {row["file"]: row["reason"] for row in rows}


def test_none_of_them_stops_the_service(start, tmp_path):
    service = start("--workers", "1").ready()
    assert service.client.get("/v1/layouts").json()["passed_over"] == []
    service.stop()
    folder = service.folder / "data/layouts"
    for name, (content, _) in FAULTS.items():
        put(folder, name, content)
    (folder / "folder.json").mkdir()
    (folder / "nowhere.json").symlink_to("gone")
    os.mkfifo(folder / "pipe.json")
    put(folder, "good", layout(name="good", title="Good").encode())
    before = {path.name: (path.lstat().st_mode, path.lstat().st_size) for path in folder.iterdir()}
    service.start()
    service.ready()
    told = passed(service)
    for name, (_, word) in FAULTS.items():
        assert word in told[f"DATA/layouts/{name}.json"], (name, told)
    assert set(told) == {f"DATA/layouts/{name}.json" for name in [*FAULTS, "folder", "nowhere", "pipe"]}
    assert str(tmp_path) not in json.dumps(told)
    assert "DATOS/layouts/empty.json" in passed(service, "es")
    names = {row["name"]: row for row in service.client.get("/v1/layouts").json()["layouts"]}
    assert names["good"]["learned"] and "uno" not in names
    service.read(picture("TOTAL 101"))
    assert before == {path.name: (path.lstat().st_mode, path.lstat().st_size) for path in folder.iterdir()}
    lines = [line for line in service.logs() if line["event"] == "layout_passed_over"]
    assert sorted(line["file"].rpartition("/")[2] for line in lines) == sorted(f.rpartition("/")[2] for f in told)


def test_a_file_is_told_again_only_when_it_changed_and_is_used_once_it_is_right(start):
    service = start("--workers", "1").ready()
    folder = service.folder / "data/layouts"
    put(folder, "uno", b"")
    service.read(picture("TOTAL 101"))

    def told():
        return [line["reason"] for line in service.logs() if line["event"] == "layout_passed_over"]

    until(told)
    time.sleep(4.5)  # two more looks
    assert len(told()) == 1
    teach(service, 0)
    teach(service, 1)
    (proposal,) = service.client.post("/v1/learn", json={"accept_safe": True}, timeout=60).json()["proposals"]
    content = (folder / f"{proposal['name']}.json").read_bytes()
    assert third(service) == RIGHT[2]
    put(folder, proposal["name"], b"{")  # in place: the folder itself does not change
    assert third(service) != RIGHT[2]
    assert f"DATA/layouts/{proposal['name']}.json" in passed(service)
    put(folder, proposal["name"], content)
    assert third(service) == RIGHT[2]
    assert set(passed(service)) == {"DATA/layouts/uno.json"}


def test_a_name_that_a_broken_file_has_is_not_given_again(start):
    service = start("--workers", "1").ready()
    teach(service, 0)
    teach(service, 1)
    (proposal,) = service.client.get("/v1/learn", timeout=60).json()["proposals"]
    folder = service.folder / "data/layouts"
    put(folder, proposal["name"], b"{")
    (kept,) = service.client.post("/v1/learn", json={"accept_safe": True}, timeout=60).json()["proposals"]
    assert kept["accepted"] and kept["name"] != proposal["name"]
    assert (folder / f"{proposal['name']}.json").read_bytes() == b"{"


def test_one_that_stands_for_a_parent_and_breaks_its_children(start):
    service = start("--workers", "1")
    every = {row["name"] for row in service.client.get("/v1/layouts").json()["layouts"]}
    service.stop()
    parent = json.loads((ROOT / "layouts/pago.json").read_text())
    parent["fields"] = {name: field for name, field in parent["fields"].items() if name != "monto"}
    put(service.folder / "data/layouts", "pago", json.dumps(parent | {"learned": True}).encode())
    put(service.folder / "data/layouts", "child", layout(name="child", extends="broken").encode())
    put(service.folder / "data/layouts", "broken", fields(pattern="[").encode().replace(b'"uno"', b'"broken"'))
    service.start()
    service.ready()
    assert set(passed(service)) == {f"DATA/layouts/{name}.json" for name in ("broken", "child", "pago")}
    assert every <= {row["name"] for row in service.client.get("/v1/layouts").json()["layouts"]}
    service.read(picture("TOTAL 101"))


def test_more_than_there_is_room_for_leave_room_for_the_users_own(start, tmp_path):
    own = tmp_path / "own"
    put(own, "own", layout(name="own", learned=False).encode())
    service = start("--workers", "1", env={"LINCE_LAYOUTS": str(own)})
    service.stop()
    for number in range(300):
        put(service.folder / "data/layouts", f"l{number:03}", layout(name=f"l{number:03}").encode())
    service.start()
    service.ready()
    assert "own" in [row["name"] for row in service.client.get("/v1/layouts").json()["layouts"]]
    told = passed(service)
    assert 40 < len(told) <= 64 and all("256" in reason for reason in told.values())
    assert len(service.client.get("/v1/layouts").json()["layouts"]) == 256


def test_more_of_them_than_are_told_are_not_listed_as_used(start):
    service = start("--workers", "1")
    before = service.client.get("/v1/layouts").json()["layouts"]
    service.stop()
    folder = service.folder / "data/layouts"
    for number in range(70):
        put(folder, f"l{number:02}", layout(name=f"l{number:02}", learned=True, extends="nobody").encode())
    put(folder, "z", layout(name="zeta", learned=True).encode())
    service.start()
    service.ready()
    told = service.client.get("/v1/layouts").json()
    assert len(told["passed_over"]) == 64
    names = sorted(row["name"] for row in told["layouts"])
    assert names == sorted([*(row["name"] for row in before), "z"])
    until(lambda: [line for line in service.logs() if line["event"] == "layout_passed_over"])


def test_one_that_the_users_own_stands_for_is_listed_once(start, tmp_path):
    own = tmp_path / "own"
    put(own, "uno", layout(learned=False).encode())
    service = start("--workers", "1", env={"LINCE_LAYOUTS": str(own)})
    service.stop()
    put(service.folder / "data/layouts", "uno", layout(learned=True).encode())
    service.start()
    service.ready()
    rows = [row for row in service.client.get("/v1/layouts").json()["layouts"] if row["name"] == "uno"]
    assert [row["learned"] for row in rows] == [False]


@pytest.mark.parametrize("fault", ["file", "folder"])
def test_the_folder_itself(start, fault):
    service = start("--workers", "1")
    service.stop()
    data = service.folder / "data"
    if fault == "file":
        (data / "layouts").write_text("")
    else:
        (data / "layouts").symlink_to(data / "layouts")
    service.start()
    service.ready()
    assert list(passed(service)) == ["DATA/layouts"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every file")
def test_a_file_that_may_not_be_read(start):
    service = start("--workers", "1").ready()
    folder = service.folder / "data/layouts"
    put(folder, "mine", layout().encode())
    (folder / "mine.json").chmod(0)
    assert "Permission" in passed(service)["DATA/layouts/mine.json"]
    assert stat.S_IMODE((folder / "mine.json").stat().st_mode) == 0


def test_the_doctor_tells_them(tmp_path, monkeypatch):
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("LINCE_DATA", str(tmp_path))
    put(tmp_path / "layouts", "half", layout().encode()[:90])
    told = lince("doctor")
    assert told.returncode == 0 and "passed over: 1" in told.stdout and f"{tmp_path}/layouts/half.json:" in told.stdout
    monkeypatch.setenv("LC_ALL", "es_VE.UTF-8")
    assert "pasadas por alto: 1" in lince("doctor").stdout


def test_the_check_tells_them_and_finds_no_damage(start, monkeypatch):
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    service = start("--workers", "1", "--start", "manual")
    service.stop()
    data = service.folder / "data"
    assert lince("check", "--data", str(data)).stdout.endswith("damaged\t0\nlayouts_passed_over\t0\n")
    put(data / "layouts", "half", layout().encode()[:90])
    for number in range(70):
        put(data / "layouts", f"l{number:02}", b"{")
    told = lince("check", "--data", str(data))
    rows = told.stdout.splitlines()
    assert told.returncode == 0 and "layouts_passed_over\t71" in rows, told
    named = [row for row in rows if row.startswith("\t")]
    assert len(named) == 65 and named[0].startswith(f"\t{data}/layouts/half.json:") and named[-1] == "\tand 7 more"
    monkeypatch.setenv("LC_ALL", "es_VE.UTF-8")
    assert "\ty 7 más\n" in lince("check", "--data", str(data)).stdout
    monkeypatch.setenv("LINCE_LAYOUTS", str(data / "layouts"))  # the user's own must be valid
    assert lince("check", "--data", str(data)).returncode == 74


@pytest.mark.skipif(SLOW > 1, reason="minutes of a browser")
@pytest.mark.parametrize(("language", "size", "title"), [("en", "desk", "Not used"), ("es", "phone", "Sin usar")])
def test_the_page_shows_them(start, open_page, language, size, title):  # noqa: F811
    service = start("--start", "manual")
    put(service.folder / "data/layouts", "half", layout().encode()[:90])
    page = open_page(service, language, size, at="#/settings/layouts")
    card = page.locator("section.card", has=page.get_by_role("heading", name=title))
    card.get_by_text("layouts/half.json:").wait_for()
    card.scroll_into_view_if_needed()
    picture_to = os.environ.get("PICTURES")
    if picture_to:
        page.screenshot(path=f"{picture_to}/passed-{size}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    (service.folder / "data/layouts/half.json").unlink()
    page.reload()
    page.get_by_role("heading", level=1).wait_for()
    page.get_by_role("heading", name=title).wait_for(state="detached")


TOGGLE = """
import os, sys
os.chdir(sys.argv[1])
while True:
    os.rename("uno.json", "dos.json")
    os.rename("dos.json", "uno.json")
"""


@pytest.mark.parametrize(("language", "words"), [("en", "try again"), ("es", "inténtelo de nuevo")])
def test_a_folder_that_changes_all_the_while_is_told_as_such(start, language, words):
    service = start("--workers", "1").ready()
    folder = service.folder / "data/layouts"
    put(folder, "uno", b"{")
    changing = subprocess.Popen([sys.executable, "-c", TOGGLE, folder])
    try:
        for _ in range(300):
            answer = service.client.get("/v1/layouts", headers={"Accept-Language": language})
            if answer.status_code != 200:
                break
    finally:
        changing.kill()
        changing.wait()
    assert words in problem(answer, 503, "unavailable")["detail"] and "Retry-After" in answer.headers
    assert service.client.get("/v1/layouts").status_code == 200
