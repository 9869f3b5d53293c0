"""How much of a nutrient a reader's group needs in a day: the intake table, asked with the answers that speak of it. Pure.

What a reader doesn't tell is not guessed: then every value that could hold is shown. A browser looks its answer up in `tabulate`.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from intake.lookup import EVERY_STATE_FROM, find_values
from intake.table import MONTHS_IN_A_YEAR, Kind, Row, Sex, State, Table
from intake.words import amount_words, group_words
from vitaminetest.answers import DECLINED, Answer
from vitaminetest.definition import Definition
from vitaminetest.phrases import PHRASES, fill

OLDEST = 120  # years; nobody is told apart from there on
SEXES = {"": None, "male": Sex.MALE, "female": Sex.FEMALE}
STATES = {"": None, "none": State.NONE, "pregnant": State.PREGNANT, "breastfeeding": State.BREASTFEEDING}


@dataclass(frozen=True)
class Person:
    """What the answers tell: an age in years or None, a key of SEXES, a key of STATES."""

    age: int | None = None
    sex: str = ""
    state: str = ""


@dataclass(frozen=True)
class Need:
    """A sentence, and the values that could hold when it isn't one."""

    lead: str
    lines: tuple[str, ...] = ()


def asks_for_age(definition: Definition) -> bool:
    """Return whether a questionnaire can say anything about the intake table."""
    return any(question.intake == "age" for question in definition.questions.values())


def person_of(definition: Definition, kept: Mapping[str, Answer]) -> Person:
    """Return what the answers that count tell about who the reader is; of two questions for the same thing, the later."""
    told: dict[str, object] = {}
    for key, answer in kept.items():
        question = definition.questions[key]
        if question.intake and answer != DECLINED:
            intakes = {option.key: option.intake for option in question.choices}
            told[question.intake] = answer if question.intake == "age" else intakes[answer]
    return Person(**told)


def find_need(table: Table, person: Person) -> Need:
    """Return the value that holds for somebody, or every value that could."""
    low, high = (0, OLDEST) if person.age is None else (min(max(person.age, 0), OLDEST),) * 2
    months = _telling_months(table, low * MONTHS_IN_A_YEAR, (high + 1) * MONTHS_IN_A_YEAR)
    found = [find_values(table, months=one, sex=SEXES[person.sex], state=STATES[person.state]) for one in months]
    rows = [row for row in table.of(Kind.ADH) if any(row in some for some in found)]
    if len(rows) == 1 and all(found):
        return Need(fill("need", amount=amount_words(rows[0]), name=table.name))
    return Need(fill("needs" if rows else "no_need", name=table.name), tuple(map(_line, rows)))


def _telling_months(table: Table, low: int, high: int) -> list[int]:
    """Return an age in months of every sort that the table can tell apart, from `low` up to `high`."""
    bounds = {EVERY_STATE_FROM} | {bound for row in table.of(Kind.ADH) for bound in (row.months_from, row.end)}
    return sorted({low} | {bound for bound in bounds if low < bound < high})


def _line(row: Row) -> str:
    return f"{group_words(row)}: {amount_words(row)}"


def tabulate(table: Table) -> dict:
    """Return `find_need` for everybody, as JSON data: needs, and by age from where on which of them holds for whom.

    The first of `ages` is for an age that isn't told. Whom: sex and state with a space between.
    """
    needs: dict[Need, int] = {}
    ages: list[list] = []
    for age in (None, *range(OLDEST + 1)):
        people = {f"{sex} {state}": find_need(table, Person(age, sex, state)) for sex in SEXES for state in STATES}
        numbers = {who: needs.setdefault(need, len(needs)) for who, need in people.items()}
        if not ages or ages[-1][0] is None or ages[-1][1] != numbers:
            ages.append([age, numbers])
    return {"heading": PHRASES["adh"], "needs": [asdict(need) for need in needs], "ages": ages}
