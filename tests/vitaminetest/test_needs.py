"""What the intake table says for a reader: one value when all is known, else every value that could hold."""

import pytest

from intake.lookup import find_value
from intake.table import Sex, State
from intake.words import amount_words
from tests.vitaminetest.samples import sample
from tests.vitaminetest.tables import table
from vitaminetest.answers import DECLINED
from vitaminetest.needs import OLDEST, SEXES, STATES, Need, Person, find_need, person_of, tabulate

SURE = "Voor jou geldt een ADH van {} milligram magnesium per dag."
UNSURE = "We weten niet alles van je. Een van deze hoeveelheden magnesium per dag kan voor jou gelden:"
MEN, WOMEN = "Mannen, 14 jaar en ouder: 350 milligram", "Vrouwen, 18 jaar en ouder: 300 milligram"
PREGNANT, BREASTFEEDING = "Vrouwen die zwanger zijn: 310 milligram", "Vrouwen die borstvoeding geven: 280 milligram"


@pytest.mark.parametrize(
    ("person", "need"),
    [
        (Person(40, "male"), Need(SURE.format(350))),
        (Person(40, "female", "none"), Need(SURE.format(300))),
        (Person(40, "female", "pregnant"), Need(SURE.format(310))),
        (Person(31, "", "breastfeeding"), Need(SURE.format(280))),
        (Person(8), Need(SURE.format(280))),
        (Person(40, "female"), Need(UNSURE, (WOMEN, PREGNANT, BREASTFEEDING))),
        (Person(40), Need(UNSURE, (MEN, WOMEN, PREGNANT, BREASTFEEDING))),
        (
            Person(None, "male", "none"),
            Need(UNSURE, ("Kinderen, 6-11 maanden: 80 milligram", "Kinderen, 1-13 jaar: 280 milligram", MEN)),
        ),
        (Person(0), Need(UNSURE, ("Kinderen, 6-11 maanden: 80 milligram",))),
    ],
)
def test_what_is_not_told_is_not_guessed(person, need):
    assert find_need(table(), person) == need


def test_the_value_is_that_of_the_calculator_at_every_age():
    for age in range(1, OLDEST + 10):
        for sex, state in ((Sex.MALE, State.NONE), (Sex.FEMALE, State.NONE), (Sex.FEMALE, State.PREGNANT)):
            row = find_value(table(), months=age * 12, sex=sex, state=state)
            assert amount_words(row) in find_need(table(), Person(age, sex, state)).lead


def test_answers_tell_who_somebody_is():
    told = {"leeftijd": 40, "geslacht": "vrouw", "situatie": "zwanger", "soms": ("noten",), "volkoren": "ja"}
    assert person_of(sample(), told) == Person(40, "female", "pregnant")
    assert person_of(sample(), {"leeftijd": DECLINED, "geslacht": DECLINED}) == Person()


def test_everybody_is_found_in_the_list_for_the_browser():
    data = tabulate(table())
    for age in (None, *range(OLDEST + 10)):
        rows = [
            numbers for start, numbers in data["ages"] if (start is None if age is None else start is not None and start <= age)
        ]
        for sex in SEXES:
            for state in STATES:
                need = data["needs"][rows[-1][f"{sex} {state}"]]
                assert Need(need["lead"], tuple(need["lines"])) == find_need(table(), Person(age, sex, state))
