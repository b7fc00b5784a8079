"""Known parties: learned from what people confirm, repair one wrong letter, flag what contradicts, can be erased."""

import json
import signal
import threading

import pytest
from served import files_only, picture, problem
from test_corrections import history, patch, reread, values
from test_operation import bearer, lince

PAYMENT = {
    "Monto": "Bs. 100,00",
    "Referencia": "000111222333",
    "Fecha": "02/01/2025",
    "Beneficiario": "ANA PEREZ SOTO",
    "Cedula": "V-12.345.678",
    "Telefono": "0414-1234567",
    "Cuenta destino": "0102-0123-45-6789012345",
}


def payment(number=0, **changed):
    """A payment of that number; None leaves a row out."""
    rows = {
        **PAYMENT,
        "Referencia": f"{111222333 + number:012}",
        **{k.replace("_", " "): v for k, v in changed.items()},
    }
    lines = ["Pago movil"] + [f"{name} {value}" for name, value in rows.items() if value is not None]
    return picture(*lines, size=(800, 60 + 44 * len(lines)))


def approve(service, id_):
    answer = service.client.patch(f"/v1/documents/{id_}", json={"reviewed": True}, headers={"If-Match": "*"})
    assert answer.status_code == 200, answer.text


def learn(service, number=0, **changed):
    """Reads a payment, and approves it."""
    document = service.read(payment(number, **changed))
    approve(service, document["id"])
    return document["id"]


def parties(service, **query):
    answer = service.client.get("/v1/parties", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()["parties"]


def known(party, kind):
    return [fact["value"] for fact in party[kind]]


def doubts(document):
    return [(row["code"], row["field"]) for row in document["review"] if row["code"].startswith("party_")]


@pytest.fixture
def one(start):
    return start("--workers", "1").ready()


# ---- what teaches --------------------------------------------------------------------------------------------------


def test_a_reading_alone_teaches_nothing(one):
    id_ = one.read(payment())["id"]
    assert parties(one) == []
    approve(one, id_)
    (party,) = parties(one)
    assert party["name"] == "ANA PEREZ SOTO" and known(party, "ids") == ["V12345678"]
    assert known(party, "phones") == ["04141234567"] and known(party, "accounts") == ["01020123456789012345"]
    assert party["names"][0]["documents"] == 1 and not party["names"][0]["by_hand"]
    approve(one, id_)
    approve(one, learn(one, 1))
    (party,) = parties(one)
    assert party["names"][0]["documents"] == 2


def test_a_correction_teaches_the_party_that_it_is_of(one):
    id_ = one.read(payment())["id"]
    patch(one, id_, {"concepto": "rent"})
    assert parties(one) == []
    patch(one, id_, {"beneficiario": "Ana María Pérez Soto"})
    (party,) = parties(one)
    assert known(party, "names") == ["Ana María Pérez Soto"] and known(party, "ids") == ["V12345678"]
    patch(one, id_, {"beneficiario": "Ana Pérez Soto", "cedula": "V-7.654.321"})  # what it taught before is gone
    (party,) = parties(one)
    assert known(party, "names") == ["Ana Pérez Soto"] and known(party, "ids") == ["V7654321"]
    patch(one, id_, {"cedula": None, "telefono": None, "cuenta_destino": None})
    assert parties(one) == []  # by a name alone nobody is found


def test_a_doubted_field_teaches_nothing(one):
    learn(one)
    id_ = one.read(payment(1, Cuenta_destino="0134-0123-45-6789012345"))["id"]
    assert doubts(one.get(id_)) == [("party_mark", "cuenta_destino")]
    patch(one, id_, {"telefono": "0424-7654321"})
    (party,) = parties(one)
    assert known(party, "phones") == ["04141234567", "04247654321"] and len(party["accounts"]) == 1
    assert doubts(one.get(id_)) == [("party_mark", "cuenta_destino")]
    approve(one, id_)
    (party,) = parties(one)
    assert len(party["accounts"]) == 2
    assert one.get(id_)["review"] == []


def test_a_bank_that_was_never_seen_with_the_party_is_doubted(one):
    mine = {"Cuenta_destino": None, "Banco_destino": "0105 - BANCO MERCANTIL"}
    approve(one, one.read(payment(0, **mine))["id"])
    assert doubts(one.read(payment(1, **mine))) == []
    strange = one.read(payment(2, **mine | {"Banco_destino": "0134 - BANESCO"}))
    assert doubts(strange) == [("party_mark", "banco_destino")]
    approve(one, strange["id"])
    assert doubts(one.read(payment(3, **mine | {"Banco_destino": "0134 - BANESCO"}))) == []


def test_what_is_discarded_teaches_no_more(one):
    id_ = one.read(payment())["id"]
    patch(one, id_, {"beneficiario": "Eva Mora"})
    assert [party["name"] for party in parties(one)] == ["Eva Mora"]
    reread(one, id_)
    assert [party["name"] for party in parties(one)] == ["Eva Mora"]
    reread(one, id_, corrections="discard")
    assert parties(one) == []


def test_a_seller_is_known_by_its_tax_id(one):
    lines = ("FACTURA", "INVERSIONES LA CEIBA, C.A.", "RIF J-12345678-9", "FACTURA 00012345", "FECHA 02-01-2025")
    more = ("PAN Bs 60,00", "LECHE Bs 40,00", "TOTAL Bs 100,00")
    document = one.read(picture(*lines, *more, size=(800, 60 + 44 * 8)))
    assert "company_id" in document["fields"], document["fields"]
    patch(one, document["id"], {"company": "Inversiones La Ceiba, C.A."})
    (party,) = parties(one)
    assert party["name"] == "Inversiones La Ceiba, C.A." and len(party["ids"]) == 1


# ---- what it is used for -------------------------------------------------------------------------------------------


def test_one_wrong_letter_is_repaired_and_told(one):
    learn(one)
    document = one.read(payment(1, Beneficiario="ANA PERES SOTO"))
    (party,) = parties(one)
    field = document["fields"]["beneficiario"]
    assert field["value"] == "ANA PEREZ SOTO" and field["read_value"] == field["text"] == "ANA PERES SOTO"
    assert field["party"] == party["id"] and not field["corrected"]
    assert doubts(document) == [] and document["payment"]["who"] == "ANA PEREZ SOTO"
    assert document["values"]["payee"] == "ANA PEREZ SOTO"
    (row,) = history(one, document["id"])["history"]
    assert (row["action"], row["field"], row["actor"]) == ("repair", "beneficiario", "lince")
    assert (row["old_value"], row["new_value"]) == ("ANA PERES SOTO", "ANA PEREZ SOTO") and party["id"] in row["why"]
    assert one.client.get("/v1/documents", params={"text": "peres"}).json()["documents"]  # as printed too
    again = reread(one, document["id"])
    assert again["fields"]["beneficiario"] == field
    assert [row["action"] for row in history(one, document["id"])["history"]] == ["reread", "repair"]
    patch(one, document["id"], {"beneficiario": "Ana Peres Soto"})  # the person has the last word
    field = reread(one, document["id"])["fields"]["beneficiario"]
    assert field["value"] == "Ana Peres Soto" and field["read_value"] == "ANA PERES SOTO" and "party" not in field


NAMES = [  # as printed, what the field says, its doubts
    ("ANA PEREZ S0TO", "ANA PEREZ SOTO", []),
    ("ANNA PEREZ SOTO", "ANA PEREZ SOTO", []),
    ("ANA PEREZ SOT", "ANA PEREZ SOTO", []),
    ("ANAPEREZ SOTO", "ANA PEREZ SOTO", []),
    ("PEREZ SOTO ANA", "PEREZ SOTO ANA", []),
    ("ANA PEREZ", "ANA PEREZ", []),
    ("ANA MARIA PEREZ SOTO", "ANA MARIA PEREZ SOTO", []),
    ("ANA PERES SATO", "ANA PERES SATO", [("party_name", "beneficiario")]),
    ("LUIS MORA GIL", "LUIS MORA GIL", [("party_name", "beneficiario")]),
]


def test_names_that_are_more_than_a_letter_away_stay(one):
    learn(one)
    for number, (printed, wanted, wanted_doubts) in enumerate(NAMES, 1):
        document = one.read(payment(number, Beneficiario=printed))
        read = document["fields"]["beneficiario"]["text"]
        if read == printed:  # otherwise the drawn letters were read as others
            assert (values(document)["beneficiario"], doubts(document)) == (wanted, wanted_doubts), printed


def test_by_a_phone_alone_no_letter_is_changed(one):
    learn(one, Cedula=None, Cuenta_destino=None)
    document = one.read(payment(1, Cedula=None, Cuenta_destino=None, Beneficiario="ANA PEREZ SOTA"))
    assert values(document)["beneficiario"] == "ANA PEREZ SOTA"
    assert doubts(document) == [("party_name", "beneficiario")]


def test_a_known_id_with_another_name_names_both(one):
    learn(one)
    document = one.read(payment(1, Beneficiario="LUIS MORA GIL"))
    (reason,) = [row for row in document["review"] if row["code"] == "party_name"]
    for part in ("V12345678", "ANA PEREZ SOTO", "LUIS MORA GIL"):
        assert part in reason["message"]
    spanish = one.client.get(f"/v1/documents/{document['id']}", headers={"Accept-Language": "es"}).json()
    assert "se conoce como" in next(row for row in spanish["review"] if row["code"] == "party_name")["message"]
    assert document["needs_review"]
    approve(one, document["id"])  # they are one: from now on both names are its
    assert doubts(one.read(payment(2, Beneficiario="LUIS MORA GIL"))) == []


STRANGE = [  # what differs, the field that is flagged, what is known
    ({"Cuenta_destino": "0134-0123-45-6789012345"}, "cuenta_destino", "01020123456789012345"),
    ({"Telefono": "0424-7654321"}, "telefono", "04141234567"),
    ({"Cedula": "V-20.345.679", "Telefono": None, "Cuenta_destino": None}, "cedula", "V12345678"),
]


@pytest.mark.parametrize(("changed", "field", "wanted"), STRANGE, ids=[row[1] for row in STRANGE])
def test_a_known_name_with_a_strange_mark_is_flagged(one, changed, field, wanted):
    learn(one)
    document = one.read(payment(1, **changed))
    assert doubts(document) == [("party_mark", field)]
    message = next(row["message"] for row in document["review"] if row["code"] == "party_mark")
    assert "ANA PEREZ SOTO" in message and wanted in message and values(document)[field] in message
    assert doubts(reread(one, document["id"])) == [("party_mark", field)]
    patch(one, document["id"], {field: values(document)[field]})  # a person set it: that settles it
    assert doubts(one.get(document["id"])) == []


def test_an_account_of_another_party_is_flagged(one):
    learn(one)
    eva = {"Beneficiario": "EVA LEON RUIZ", "Cedula": "V-9.876.543", "Telefono": "0416-1112233", "Cuenta_destino": None}
    learn(one, 1, **eva)
    document = one.read(payment(2, **{**eva, "Cuenta_destino": PAYMENT["Cuenta destino"]}))
    assert doubts(document) == [("party_mark", "cuenta_destino")]
    assert "another party" in document["review"][0]["message"]


def test_what_the_page_does_not_show_stays_empty(one):
    learn(one)
    for number, changed in enumerate(({"Beneficiario": None}, {"Cedula": None, "Telefono": None}), 1):
        document = one.read(payment(number, **changed))
        shown = {name.replace("_", " ") for name in changed}
        assert not {"beneficiario", "cedula", "telefono"} & set(values(document)) & {name.lower() for name in shown}
        assert doubts(document) == []


def test_it_can_be_switched_off(start):
    service = start("--workers", "1", "--known-parties", "off").ready()
    learn(service)
    assert parties(service) == []
    entry = {"names": ["Ana Perez Soto"], "ids": ["V12345678"]}
    assert service.client.post("/v1/parties", json=entry).status_code == 201
    document = service.read(payment(1, Beneficiario="ANA PERES SOTO"))
    assert values(document)["beneficiario"] == "ANA PERES SOTO" and doubts(document) == []


# ---- by hand -------------------------------------------------------------------------------------------------------


def test_a_party_is_entered_and_changed_by_hand(one):
    entry = {"names": ["Ana Pérez Soto"], "ids": ["v-12.345.678"], "phones": ["0414 123 45 67"], "banks": ["Banesco"]}
    made = one.client.post("/v1/parties", json=entry)
    assert made.status_code == 201, made.text
    path = made.headers["location"]
    party = one.client.get(path).json()
    assert (
        party == {**made.json(), "documents_total": 0}
        and known(party, "ids") == ["V12345678"]
        and known(party, "banks") == ["0134"]
    )
    assert party["names"][0]["by_hand"] and party["names"][0]["documents"] == 0
    document = one.read(payment(1, Beneficiario="ANA PERES SOTO", Telefono=None))
    assert values(document)["beneficiario"] == "Ana Pérez Soto"
    changed = one.client.patch(path, json={"phones": ["+58 424 7654321"], "addresses": ["Av. Bolívar, Caracas"]}).json()
    assert known(changed, "phones") == ["04247654321"] or known(changed, "phones") == ["+584247654321"]
    assert known(changed, "ids") == ["V12345678"]
    for query in ({"tax_id": "12.345.678"}, {"phone": "0424-765.43.21"}, {"text": "perez"}, {}):
        assert [each["id"] for each in parties(one, **query)] == [party["id"]], query
    for query in (
        {"tax_id": "E12345678"},
        {"phone": "04141234567"},
        {"text": "mora"},
        {"account": "01020123456789012345"},
    ):
        assert parties(one, **query) == [], query
    problem(one.client.get("/v1/parties", params={"phone": "1", "key": "2"}), 422, "invalid")


@pytest.mark.parametrize("kind", ["phones", "accounts", "ids", "banks", "names"])
def test_a_value_that_is_entered_again_has_its_documents_again(one, kind):
    approve(one, learn(one))
    approve(one, learn(one, 1))
    (before,) = parties(one)
    path = f"/v1/parties/{before['id']}"
    other = {
        "phones": "04241112233",
        "accounts": "01340123456789012345",
        "ids": "V7654321",
        "banks": "0134",
        "names": "Eva Rojas",
    }
    changed = one.client.patch(path, json={kind: [other[kind]]}).json()
    assert [fact["documents"] for fact in changed[kind]] == [0]
    again = one.client.patch(path, json={kind: known(before, kind)}).json()
    assert [fact["value"] for fact in again[kind]] == [fact["value"] for fact in before[kind]]
    for fact, former in zip(again[kind], before[kind], strict=True):
        assert fact["documents"] == former["documents"] == 2 and fact["last_at"] >= former["last_at"], fact


def of_value(party, kind, value):
    return next((fact["documents"] for fact in party[kind] if fact["value"] == value), None)


def test_a_doubted_value_that_is_entered_is_not_confirmed_by_its_document(one):
    learn(one)
    (party,) = parties(one)
    path = f"/v1/parties/{party['id']}"
    id_ = one.read(payment(1, Cuenta_destino="0134-0123-45-6789012345"))["id"]
    assert doubts(one.get(id_)) == [("party_mark", "cuenta_destino")]
    patch(one, id_, {"telefono": "0424-7654321"})  # teaches what is not in doubt
    strange = "01340123456789012345"
    entered = one.client.patch(path, json={"accounts": [*known(party, "accounts"), strange]}).json()
    assert of_value(entered, "accounts", strange) == 0
    approve(one, id_)
    assert of_value(one.client.get(path).json(), "accounts", strange) == 1
    for accounts in (known(party, "accounts"), [*known(party, "accounts"), strange]):
        entered = one.client.patch(path, json={"accounts": accounts}).json()
    assert of_value(entered, "accounts", strange) == 1


def test_a_value_that_a_reading_changed_after_the_approval_is_not_confirmed_by_its_document(one):
    id_ = learn(one)
    (party,) = parties(one)
    path = f"/v1/parties/{party['id']}"
    # As a later version reads it, with nobody to look at it.
    one.change("UPDATE fields SET value='04247654321' WHERE name='telefono' RETURNING 1")
    one.change(
        "INSERT INTO corrections (document_seq, at_ms, actor, field, old_value, new_value, action) SELECT document_seq,"
        " at_ms, actor, 'telefono', '04141234567', '04247654321', 'read' FROM corrections WHERE action='review'"
        " RETURNING seq"
    )
    assert values(one.get(id_))["telefono"] == "04247654321"
    entered = one.client.patch(path, json={"phones": ["04247654321"]}).json()
    assert of_value(entered, "phones", "04247654321") == 0


def test_a_value_of_the_other_side_of_a_document_is_not_confirmed_by_it(one):
    learn(one)
    (before,) = parties(one)
    assert before["phones"][0]["documents"] > 0
    changed = one.client.patch(
        f"/v1/parties/{before['id']}", json={"phones": ["04149998877"], "banks": ["0105"]}
    ).json()
    assert [fact["documents"] for fact in changed["phones"] + changed["banks"]] == [0, 0]


def test_lists_go_on(one):
    for number in range(5):
        entry = {"names": [f"Tienda {'ABCDE'[number]}"], "ids": [f"J1234567{number}"]}
        assert one.client.post("/v1/parties", json=entry).status_code == 201
    first = one.client.get("/v1/parties", params={"limit": 3}).json()
    rest = one.client.get("/v1/parties", params={"limit": 3, "cursor": first["next_cursor"]}).json()
    assert [party["name"][-1] for party in first["parties"] + rest["parties"]] == list("EDCBA")
    assert rest["next_cursor"] is None


WRONG = [
    {"names": "Ana"},
    {"names": ["Ana"], "ids": [1]},
    {"names": ["x" * 10240], "ids": ["V12345678"]},
    {"names": ["Ana\x1b[31m"], "ids": ["V12345678"]},
    {"names": ["Ana"], "ids": ["V12345678"], "color": ["red"]},
    {"names": ["Ana"] * 33, "ids": ["V12345678"]},
    {"names": ["Ana"], "banks": ["9999"]},
    {"names": ["Ana Mora"], "keys": ["****1234"]},
    {"names": ["??"], "ids": ["V12345678"]},
    {"names": ["Ana Mora"]},
    {"names": ["Ana Mora"], "banks": ["0102"]},
    {"ids": ["V12345678"]},
    {},
]


def test_what_is_sent_is_checked(one):
    for body in WRONG:
        problem(one.client.post("/v1/parties", json=body), 422, "invalid")
    assert parties(one) == []
    made = one.client.post("/v1/parties", json={"names": ["Ana Mora"], "ids": ["V12345678"]}).json()
    other = one.client.post("/v1/parties", json={"names": ["Eva Mora"], "ids": ["V12345679"]}).json()
    taken = problem(one.client.patch(other["self"], json={"ids": ["V-12.345.678"]}), 409, "conflict")
    assert made["id"] in taken["detail"]
    problem(one.client.patch(made["self"], json={"names": []}), 409, "conflict")
    for party in (made, other):
        assert one.client.get(party["self"]).json() == {**party, "documents_total": 0}
    for path in ("/v1/parties/nobody", "/v1/parties/..%2fx", f"/v1/parties/{'x' * 200}", "/v1/parties/nobody/export"):
        problem(one.client.get(path), 404, "not-found")
    problem(one.client.delete("/v1/parties/nobody"), 404, "not-found")
    problem(one.client.patch(f"/v1/parties/{'x' * 200}", json={"names": ["Ana"]}), 404, "not-found")


def test_markup_and_other_languages_are_text(one):
    names = ["<script>alert(1)</script>", "'; DROP TABLE parties; --", "Ана Иванова", "%s%n", "=1+1", "王小明 Wang"]
    for number, name in enumerate(names):
        made = one.client.post("/v1/parties", json={"names": [name], "ids": [f"V2234567{number}"]})
        if made.status_code == 201:
            assert made.json()["name"] == name
            assert one.client.get(made.json()["self"]).json()["name"] == name
        else:  # nothing of it is a letter by which a name is compared
            problem(made, 422, "invalid")
    long = one.read(payment())
    patch(one, long["id"], {"beneficiario": "x" * 4000})
    assert all(len(party["name"]) < 256 for party in parties(one))


# ---- erased --------------------------------------------------------------------------------------------------------


def test_a_person_is_exported_and_erased(one):
    ids = [learn(one), one.read(payment(1))["id"], one.read(payment(2, Beneficiario="LUIS MORA GIL"))["id"]]
    (party,) = parties(one)
    told = one.client.get(party["self"] + "/export").json()
    assert told["party"] == party and told["documents_total"] == 3 and told["exported_at"]
    assert one.client.get(party["self"]).json()["documents_total"] == 3
    assert [row["id"] for row in told["documents"]] == ids[::-1]
    assert told["documents"][2]["fields"] == ["beneficiario", "cedula", "cuenta_destino", "telefono"]
    assert "beneficiario" not in told["documents"][0]["fields"]
    page = one.client.get(party["self"] + "/export", params={"limit": 2}).json()
    rest = one.client.get(party["self"] + "/export", params={"limit": 2, "cursor": page["next_cursor"]}).json()
    assert page["documents"] + rest["documents"] == told["documents"] and rest["next_cursor"] is None
    gone = one.client.delete(party["self"], headers={"Accept-Language": "es"})
    assert gone.status_code == 200, gone.text
    assert gone.json()["documents"] == told["documents"] and gone.json()["documents_total"] == 3
    assert gone.json()["erased"] == party["id"] and "3 documentos" in gone.json()["message"]
    problem(one.client.get(party["self"]), 404, "not-found")
    for table in ("parties", "party_facts", "party_uses"):
        assert one.change(f"SELECT count(*) FROM {table}") == "0"
    document = one.get(ids[2])
    (reason,) = [row for row in document["review"] if row["code"] == "party_name"]
    assert "ANA" not in reason["message"] and "erased" in reason["message"]
    assert doubts(one.read(payment(3, Beneficiario="LUIS MORA GIL"))) == []  # nobody is known any more
    assert "ANA PEREZ" not in json.dumps(one.logs())


def test_scopes(start):
    service = start("--workers", "1", "--keys", "required")
    keys = {
        scope: bearer(lince("keys", "create", "--data", service.folder / "data", "--scopes", scope).stdout.strip())
        for scope in ("submit", "read", "correct", "admin")
    }
    service.client.headers.update(keys["admin"])
    service.ready()
    entry = {"names": ["Ana Mora"], "ids": ["V12345678"]}
    made = service.client.post("/v1/parties", json=entry, headers=keys["correct"]).json()
    assert service.client.get(made["self"], headers=keys["read"]).json() == {**made, "documents_total": 0}
    for method, path, scope in (
        ("GET", "/v1/parties", "submit"),
        ("POST", "/v1/parties", "read"),
        ("PATCH", made["self"], "read"),
        ("GET", made["self"] + "/export", "read"),
        ("DELETE", made["self"], "correct"),
    ):
        problem(service.client.request(method, path, headers=keys[scope]), 403, "forbidden")


def test_the_program_lists_and_erases_beside_the_service(one):
    learn(one)
    (party,) = parties(one)
    data = one.folder / "data"
    listed = lince("parties", "list", "--data", data)
    assert listed.returncode == 0, listed.stderr
    head, row = (line.split("\t") for line in listed.stdout.splitlines())
    assert head[:3] == ["id", "name", "ids"] and row[:3] == [party["id"], "ANA PEREZ SOTO", "V12345678"]
    wrong = lince("parties", "erase", "--data", data, "nobody")
    assert wrong.returncode == 1 and "nobody" in wrong.stderr
    gone = lince("parties", "erase", "--data", data, party["id"])
    assert gone.returncode == 0 and "1 documents" in gone.stdout, gone.stdout + gone.stderr
    assert parties(one) == [] and lince("parties", "erase", "--data", data).returncode == 2


# ---- what goes wrong -----------------------------------------------------------------------------------------------


def test_a_kill_in_the_middle_leaves_all_or_nothing(start):
    service = start("--workers", "1").ready()
    ids = [service.read(payment(number, Cedula=f"V-{12345670 + number}"))["id"] for number in range(3)]
    for round_ in range(4):
        done = []

        def work(done=done, service=service):
            for _ in range(200):
                for id_ in ids:
                    try:
                        approve(service, id_)
                        done.append(id_)
                    except Exception:  # the service is gone
                        return

        thread = threading.Thread(target=work)
        thread.start()
        threading.Event().wait(0.1 * (round_ + 1))
        service.stop(signal.SIGKILL)
        thread.join()
        service.start()
        found = {known(party, "ids")[0]: party for party in parties(service)}
        for party in found.values():
            assert len(party["names"]) == 1 and party["names"][0]["documents"] == 1, party
        for id_ in set(done):
            assert values(service.get(id_))["cedula"] in found
    assert lince("check", "--data", service.folder / "data").returncode == 0


@files_only
def test_a_backup_has_them(start, tmp_path):
    service = start("--workers", "1").ready()
    learn(service)
    before = parties(service)
    assert lince("backup", "--data", service.folder / "data", tmp_path / "copy").returncode == 0
    service.client.delete(before[0]["self"])
    assert service.stop() == 0
    other = tmp_path / "other"
    other.mkdir()
    assert lince("restore", "--data", other / "data", tmp_path / "copy").returncode == 0
    again = start("--workers", "1", name="other")
    assert parties(again) == before


def test_a_document_tells_whom_it_names(one):
    learn(one)
    learn(one, 1)
    (party,) = parties(one)
    document = one.get(one.read(payment(2, Cuenta_destino="0134-0123-45-6789012345"))["id"])
    assert document["parties"] == [
        {"id": party["id"], "name": "ANA PEREZ SOTO", "field": "beneficiario", "by": "cedula", "documents": 2,
         "self": f"/v1/parties/{party['id']}"}
    ]  # fmt: skip
    assert ("party_mark", "cuenta_destino") in doubts(document)
    nobody = one.read(payment(3, Beneficiario="LUIS MORA", Cedula="V-9.876.543", Telefono=None, Cuenta_destino=None))
    assert one.get(nobody["id"])["parties"] == []
    by_name = one.read(payment(4, Cedula=None, Telefono=None, Cuenta_destino=None))
    assert [named["by"] for named in one.get(by_name["id"])["parties"]] == ["beneficiario"]
    assert "parties" not in one.client.get("/v1/documents").json()["documents"][0]
    assert one.client.delete(f"/v1/parties/{party['id']}").status_code == 200
    assert one.get(document["id"])["parties"] == []
