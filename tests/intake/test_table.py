from decimal import Decimal

import pytest

from intake.table import Kind, Row, Sex, State, in_order
from intake.words import age_range, age_words, amount_words, group_name, group_words, number
from tests.intake.tables import PREGNANT, WOMEN, magnesium, row


@pytest.mark.parametrize(
    ("months_from", "months_to", "words"),
    [
        (0, None, ""),
        (6, None, "6 maanden en ouder"),
        (24, None, "2 jaar en ouder"),
        (30, None, "30 maanden en ouder"),
        (168, None, "14 jaar en ouder"),
        (0, 6, "0-5 maanden"),
        (6, 12, "6-11 maanden"),
        (12, 24, "12-23 maanden"),
        (0, 24, "0-23 maanden"),
        (24, 72, "2-5 jaar"),
        (24, 36, "2 jaar"),
        (6, 7, "6 maanden"),
        (1, 2, "1 maand"),
        (18, 30, "18-29 maanden"),
    ],
)
def test_ages_are_said_as_people_count_them(months_from, months_to, words):
    assert age_range(months_from, months_to) == words


def test_a_single_age_in_words():
    assert [age_words(6), age_words(12), age_words(24), age_words(30)] == ["6 maanden", "12 maanden", "2 jaar", "30 maanden"]


@pytest.mark.parametrize(
    ("amount", "words"),
    [("300", "300"), ("1.400", "1,4"), ("0.05", "0,05"), ("3E+2", "300"), ("1234.5", "1.234,5")],
)
def test_amounts_are_written_the_dutch_way(amount, words):
    assert number(Decimal(amount)) == words


def test_groups_have_names():
    rows = [row(6, 12, 80), row(6, None, 80), row(168, None, 350, sex=Sex.MALE), WOMEN, PREGNANT]

    assert [group_name(one) for one in rows] == ["Kinderen", "Iedereen", "Mannen", "Vrouwen", "Vrouwen die zwanger zijn"]
    assert [group_words(one) for one in rows[-2:]] == ["Vrouwen, 18 jaar en ouder", "Vrouwen die zwanger zijn"]
    assert amount_words(WOMEN) == "300 milligram"


def test_order_is_that_of_the_printed_table():
    rows = magnesium().rows

    assert in_order(reversed(rows)) == rows
    assert [one.state for one in rows[-2:]] == [State.PREGNANT, State.BREASTFEEDING]
    limit = Row(Kind.UL, 0, None, Decimal(250))
    assert in_order([limit, *rows])[-1] == limit


def test_end_of_a_group_does_not_count():
    child = row(6, 12, 80)

    assert [child.holds(months) for months in (5, 6, 11, 12)] == [False, True, True, False]
    assert WOMEN.holds(1_440)
