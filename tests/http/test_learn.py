"""Corrections teach: from two corrected receipts of an unknown app comes a layout that reads the third."""

import json

from served import picture, problem
from test_corrections import patch, values
from test_operation import lince

WORDS = (
    ("Billetera Zamuro", "Dinero en camino", "Soltaste Bs. 1.234,50", "Huella 998877665544", "Bolsillo ANA PEREZ SOTO"),
    ("Billetera Zamuro", "Dinero en camino", "Soltaste Bs. 77,25", "Huella 112233445566", "Bolsillo LUIS MORA GIL"),
    ("Billetera Zamuro", "Dinero en camino", "Soltaste Bs. 905,00", "Huella 445566778899", "Bolsillo EVA ROJAS LEON"),
)
RIGHT = (
    {"monto": "1234.50", "moneda": "VES", "referencia": "998877665544", "beneficiario": "ANA PEREZ SOTO"},
    {"monto": "77.25", "moneda": "VES", "referencia": "112233445566", "beneficiario": "LUIS MORA GIL"},
    {"monto": "905.00", "moneda": "VES", "referencia": "445566778899", "beneficiario": "EVA ROJAS LEON"},
)


def teach(service, number):
    document = service.read(picture(*WORDS[number], size=(700, 60 + 44 * 5)))
    wanted = RIGHT[number] | {name: None for name in document["fields"] if name not in RIGHT[number]}
    changed = patch(service, document["id"], wanted)
    assert changed.status_code == 200, changed.text


def third(service):
    return values(service.read(picture(*WORDS[2], size=(700, 60 + 44 * 5))))


def test_two_corrections_make_a_layout_that_reads_the_third(start):
    service = start("--workers", "1").ready()
    assert service.client.get("/v1/learn").json() == {"proposals": []}
    before = third(service)
    assert before != RIGHT[2]
    teach(service, 0)
    teach(service, 1)
    answer = service.client.get("/v1/learn", timeout=60)
    assert answer.status_code == 200, answer.text
    (proposal,) = answer.json()["proposals"]
    assert proposal["better"] > 0 and proposal["worse"] == 0 and proposal["safe"] and not proposal["accepted"]
    assert len(proposal["documents"]) == 2 and proposal["replaces"] is None
    name = proposal["name"]
    problem(service.client.get(f"/v1/learn/{name}"), 404, "not-found")  # nothing is kept by looking
    kept = service.client.post("/v1/learn", json={"accept_safe": True}, timeout=60).json()["proposals"]
    assert [p["accepted"] for p in kept] == [True]
    layout = service.client.get(f"/v1/learn/{name}").json()
    assert layout["learned"] and layout["extends"] == "pago" and len(layout["examples"]) == 2
    assert name in [row["name"] for row in service.client.get("/v1/layouts").json()["layouts"]]
    assert third(service) == RIGHT[2]
    assert service.client.get("/v1/learn", timeout=60).json() == {"proposals": []}
    assert service.client.delete(f"/v1/learn/{name}").status_code == 204
    assert third(service) == before
    problem(service.client.delete(f"/v1/learn/{name}"), 404, "not-found")


def test_the_program_learns_beside_the_service(start):
    service = start("--workers", "1").ready()
    teach(service, 0)
    teach(service, 1)
    shown = lince("learn", "--data", str(service.folder / "data"), "--json")
    assert shown.returncode == 0, shown.stderr
    (proposal,) = json.loads(shown.stdout)
    assert not proposal["accepted"]
    text = lince("learn", "--data", str(service.folder / "data"), "--accept", proposal["name"])
    assert text.returncode == 0 and "kept" in text.stdout and "better" in text.stdout, text.stdout + text.stderr
    assert third(service) == RIGHT[2]
    assert lince("learn", "--data", str(service.folder / "data"), "--undo", proposal["name"]).returncode == 0
    assert third(service) != RIGHT[2]
    wrong = lince("learn", "--data", str(service.folder / "data"), "--accept", "nobody")
    assert wrong.returncode == 1 and "nobody" in wrong.stderr


def test_what_is_sent_to_learn_is_checked(start):
    service = start("--workers", "1").ready()
    for body in ({}, {"accept": []}, {"accept": "x"}, {"accept": [1]}, {"accept_safe": "yes"}, {"accept": ["a,b"]}):
        problem(service.client.post("/v1/learn", json=body), 422, "invalid")
    problem(service.client.post("/v1/learn", json={"accept": ["nobody"]}, timeout=60), 404, "not-found")
    problem(service.client.get("/v1/learn/..%2fsecret"), 404, "not-found")
