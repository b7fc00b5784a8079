"""Rows of a sale are corrected as fields are: sent as the document gives them, checked cell by cell, undone."""

import pytest
from served import ROOT, problem
from test_corrections import history, patch, reread

SHOP = ROOT / "examples/13-shop-receipt-photo.jpg"


@pytest.fixture(scope="module")
def shop(service):
    return service.read(SHOP.read_bytes(), params={"name": "shop.jpg"})["id"]


def items(service, id_):
    return service.get(id_)["values"].get("items")


def corrected(service, id_, rows, name="items"):
    answer = patch(service, id_, {name: rows})
    assert answer.status_code == 200, answer.text
    return answer.json()["values"].get(name)


def test_a_row_is_added_changed_and_removed(service, shop):
    read = items(service, shop)
    assert len(read) >= 2, read
    bread = {"description": "Pan", "quantity": "0,335", "amount": "1.234,50", "unit_price": "0.335", "code": "A-1"}
    kept = {**bread, "quantity": "0.335", "amount": "1234.50"}
    assert corrected(service, shop, [*read, bread]) == [*read, kept]
    assert corrected(service, shop, [{**read[0], "description": "Otro"}, *read[1:]])[0]["description"] == "Otro"
    assert corrected(service, shop, read[1:]) == read[1:]
    told = [row for row in history(service, shop)["corrections"] if row["field"] == "items"]
    assert len(told) == 3 and told[0]["old_value"] == told[1]["new_value"]
    reread(service, shop)
    assert items(service, shop) == read[1:]


def test_the_old_value_of_the_history_goes_back(service, shop):
    """Also one that begins with a row without a description, whose text begins with a tab."""
    rows = [{"amount": "3.00"}, {"description": "Pan", "amount": "2.00"}]
    assert corrected(service, shop, rows) == rows
    assert corrected(service, shop, []) is None and "items" not in service.get(shop)["fields"]
    old = history(service, shop)["corrections"][0]["old_value"]
    assert old == "\t\t3.00\nPan\t\t2.00"
    assert corrected(service, shop, old) == rows


def test_many_rows_are_kept_and_too_many_refused(service, shop):
    rows = [{"description": f"Artículo número {n}", "quantity": "1", "amount": f"{n}.00"} for n in range(500)]
    assert corrected(service, shop, rows) == rows
    problem(patch(service, shop, {"items": [*rows, rows[0]]}), 422, "invalid")
    problem(patch(service, shop, {"items": [{"description": "x" * 500}] * 100}), 422, "invalid")
    too_long = "Pan\t\t1.00\n" * 4000
    assert "32768" in problem(patch(service, shop, {"items": too_long}), 422, "invalid")["detail"]


def test_taxes_and_payments_have_their_own_cells(service, shop):
    tax = [{"name": "IVA", "rate": "16.00", "base": "24.00", "amount": "3.84"}]
    assert corrected(service, shop, tax, "taxes") == tax
    assert corrected(service, shop, [{"means": "Efectivo", "amount": "5"}], "payments") == [
        {"means": "Efectivo", "amount": "5.00"}
    ]
    assert "unit_price" in problem(patch(service, shop, {"items": [{"price": "1"}]}), 422, "invalid")["detail"]


@pytest.mark.parametrize(
    "rows",
    [
        ["Pan"], [{}], [{"description": ""}], [{"amount": "mucho"}], [{"quantity": "1.2.3"}], [{"quantity": "2."}],
        [{"quantity": "dos"}], [{"description": "a\tb"}], [{"description": "a\nb"}], [{"description": 5}],
        [{"means": "Efectivo"}], [{"description": "ñ" * 256}], [["Pan"]], [None],
        [{"amount": {"value": 1}}],
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", ["en", "es"])
def test_a_wrong_row_is_refused(service, shop, rows, language):
    before = service.get(shop)["fields"].get("items")
    answer = service.client.patch(
        f"/v1/documents/{shop}",
        json={"fields": {"items": rows}},
        headers={"If-Match": "*", "Accept-Language": language},
    )
    assert "items" in problem(answer, 422, "invalid")["detail"]
    assert service.get(shop)["fields"].get("items") == before


def test_a_field_without_rows_takes_none(service, shop):
    problem(patch(service, shop, {"total": [{"amount": "1.00"}]}), 422, "invalid")
    problem(patch(service, shop, {"items": "Pan\u0007"}), 422, "invalid")
