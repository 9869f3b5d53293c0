"""Groups, ages and amounts in words, the same wherever they stand: in a printed table, an answer or a finding."""

from decimal import Decimal

from intake.table import MONTHS_IN_A_YEAR, Row, Sex, State

COUNTED_IN_MONTHS = 2 * MONTHS_IN_A_YEAR  # up to this age people count a child's months
GROWN_UP = 18 * MONTHS_IN_A_YEAR
_STATES = {State.PREGNANT: "Vrouwen die zwanger zijn", State.BREASTFEEDING: "Vrouwen die borstvoeding geven"}
_SEXES = {Sex.MALE: "Mannen", Sex.FEMALE: "Vrouwen"}


def group_name(row: Row) -> str:
    """Return the name of a group without its age, as "Kinderen" or "Vrouwen die zwanger zijn"."""
    if row.state != State.NONE:
        return _STATES[row.state]
    return _SEXES.get(row.sex) or ("Kinderen" if row.end <= GROWN_UP else "Iedereen")


def age_range(months_from: int, months_to: int | None) -> str:
    """Return an age as "6-11 maanden", "2-5 jaar" or "14 jaar en ouder"; "" for every age. `months_to` doesn't count."""
    if months_to is None:
        return f"{age_words(months_from)} en ouder" if months_from else ""
    in_years = months_to > COUNTED_IN_MONTHS and months_from % MONTHS_IN_A_YEAR == months_to % MONTHS_IN_A_YEAR == 0
    step, word = (MONTHS_IN_A_YEAR, "jaar") if in_years else (1, "maanden")
    first, last = months_from // step, months_to // step - 1
    if first == last:
        return f"{first} {'maand' if word == 'maanden' and first == 1 else word}"
    return f"{first}-{last} {word}"


def age_words(months: int) -> str:
    """Return an age as people say it: "6 maanden", "34 jaar"."""
    in_years = months >= COUNTED_IN_MONTHS and months % MONTHS_IN_A_YEAR == 0
    return f"{months // MONTHS_IN_A_YEAR} jaar" if in_years else f"{months} maanden"


def group_words(row: Row) -> str:
    """Return a whole group in words: "Vrouwen, 18 jaar en ouder"."""
    return ", ".join(filter(None, [group_name(row), age_range(row.months_from, row.months_to)]))


def number(amount: Decimal) -> str:
    """Return an amount as Dutch people write it: no zeros at the end, a comma, a point between thousands."""
    plain = f"{amount:,f}".translate({ord(","): ".", ord("."): ","})
    return plain.rstrip("0").rstrip(",") if "," in plain else plain


def amount_words(row: Row) -> str:
    """Return an amount with its unit in full: "300 milligram"."""
    return f"{number(row.amount)} {row.unit.label}"
