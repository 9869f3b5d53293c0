import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.lookup import EVERY_STATE_FROM, find_value, find_values, first_month
from intake.table import Kind, Sex, State
from tests.intake.tables import magnesium, row, table

TABLE = magnesium()
HUNDRED = 1_200
sexes = st.sampled_from([Sex.MALE, Sex.FEMALE])
ages = st.integers(min_value=0, max_value=HUNDRED)


def amounts(**who) -> list[int]:
    return [int(one.amount) for one in find_values(TABLE, **who)]


@pytest.mark.parametrize(
    ("months", "sex", "state", "expected"),
    [
        (5, Sex.FEMALE, State.NONE, []),
        (6, Sex.FEMALE, State.NONE, [80]),
        (11, Sex.MALE, State.NONE, [80]),
        (12, Sex.MALE, State.NONE, [85]),
        (167, Sex.MALE, State.NONE, [280]),
        (168, Sex.MALE, State.NONE, [350]),
        (215, Sex.FEMALE, State.NONE, [280]),
        (216, Sex.FEMALE, State.NONE, [300]),
        (HUNDRED, Sex.FEMALE, State.NONE, [300]),
        (360, Sex.FEMALE, State.PREGNANT, [300]),
        (360, Sex.FEMALE, State.BREASTFEEDING, [280]),
        (180, Sex.FEMALE, State.PREGNANT, [300]),
        (360, Sex.MALE, State.PREGNANT, []),
        (360, None, State.PREGNANT, [300]),
        (360, None, State.NONE, [350, 300]),
        (360, None, None, [350, 300, 300, 280]),
        (360, Sex.FEMALE, None, [300, 300, 280]),
        (100, None, None, [200]),
        (5, None, None, []),
    ],
)
def test_value_is_found_and_never_guessed(months, sex, state, expected):
    assert amounts(months=months, sex=sex, state=state) == expected


def test_everybody_from_the_first_month_on_has_exactly_one_value():
    for months in range(first_month(TABLE), HUNDRED + 1):
        assert [len(amounts(months=months, sex=sex, state=State.NONE)) for sex in (Sex.MALE, Sex.FEMALE)] == [1, 1]


@given(ages, st.none() | sexes, st.none() | st.sampled_from(State))
def test_what_is_not_told_leaves_every_possible_value_and_no_other(months, sex, state):
    found = find_values(TABLE, months=months, sex=sex, state=state)

    told = [Sex.MALE, Sex.FEMALE] if sex is None else [sex]
    states = (list(State) if months >= EVERY_STATE_FROM else [State.NONE]) if state is None else [state]
    each = {find_value(TABLE, months=months, sex=one, state=other) for one in told for other in states}
    assert set(found) == each - {None}


def test_row_for_one_sex_goes_before_a_row_for_everybody():
    rows = table(row(0, None, 1), row(0, None, 2, sex=Sex.FEMALE))

    assert find_value(rows, months=1, sex=Sex.FEMALE, state=State.NONE).amount == 2
    assert find_value(rows, months=1, sex=Sex.MALE, state=State.NONE).amount == 1


def test_other_kinds_are_other_tables():
    assert find_values(TABLE, months=360, sex=Sex.MALE, state=State.NONE, kind=Kind.UL) == ()
    assert (first_month(TABLE), first_month(TABLE, Kind.UL)) == (6, None)
