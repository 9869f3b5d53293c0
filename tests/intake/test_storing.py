from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from intake.models import IntakeValue, Nutrient
from intake.storing import TableRefused, store_rows
from intake.table import Row, Sex, State
from tests.factories import make_reference
from tests.intake.tables import magnesium, make_magnesium, with_amount

pytestmark = pytest.mark.django_db


def test_what_is_stored_comes_back_as_it_was(django_assert_num_queries):
    make_magnesium()

    with django_assert_num_queries(3):
        assert Nutrient.objects.tables() == {"magnesium": magnesium()}
    assert Nutrient.objects.tables(["weg"]) == {}
    assert Nutrient.objects.get().table() == magnesium()


def test_changes_are_told_row_by_row():
    nutrient, rows = make_magnesium(), magnesium().rows
    make_reference("jansen2020")
    young = replace(rows[0], months_from=0, months_to=6, amount=Decimal("60.5"), source="jansen2020", locator="p. 3")
    pregnant = rows[-2]

    changes = store_rows(nutrient, [young, *(row for row in with_amount(rows, rows[5], "375") if row != pregnant)])

    assert [str(change) for change in changes] == [
        "Nieuw: ADH, Kinderen, 0-5 maanden: 60,5 milligram (bron jansen2020, p. 3)",
        "Veranderd: ADH, Mannen, 14 jaar en ouder: van 350 milligram (bron voedingscentrum-magnesium) "
        "naar 375 milligram (bron voedingscentrum-magnesium)",
        "Weg: ADH, Vrouwen die zwanger zijn: 300 milligram (bron voedingscentrum-magnesium)",
    ]
    assert store_rows(nutrient, nutrient.table().rows) == ()


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (magnesium().rows[1:5], "voor mannen van 14 jaar en ouder is er geen waarde"),
        ([replace(row, source="") for row in magnesium().rows], "‘Kinderen, 6-11 maanden’ heeft geen bron"),
        ([replace(row, source="weg") for row in magnesium().rows], "Deze bron bestaat niet: weg. Voeg haar eerst toe."),
    ],
)
def test_table_that_is_wrong_is_refused_and_nothing_changes(rows, message):
    nutrient = make_magnesium()

    with pytest.raises(TableRefused, match=message):
        store_rows(nutrient, rows)
    assert nutrient.table() == magnesium()


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"amount": 0}, "amount_positive"),
        ({"months_to": 0}, "months_in_order"),
        ({"state": State.PREGNANT}, "state_of_women"),
        ({"sex": "x"}, "sex_valid"),
        ({"unit": "kg"}, "unit_valid"),
        ({"kind": "ai"}, "kind_valid"),
        ({"state": "x", "sex": Sex.FEMALE}, "state_valid"),
    ],
)
def test_database_refuses_what_can_t_be(values, constraint):
    nutrient = Nutrient.objects.create(key="water", name="water")

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        IntakeValue.objects.create(nutrient=nutrient, **{"amount": 1} | values)


def test_database_refuses_the_same_group_twice_and_keeps_a_source_in_use():
    nutrient = make_magnesium()
    value = nutrient.values.first()

    with pytest.raises(IntegrityError), transaction.atomic():
        IntakeValue.objects.create(nutrient=nutrient, amount=1, months_from=value.months_from, sex=value.sex)
    with pytest.raises(IntegrityError), transaction.atomic():
        value.source.delete()
    assert isinstance(value.row(), Row)
