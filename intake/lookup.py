"""Which value of a table holds for somebody. Pure."""

from intake.table import MONTHS_IN_A_YEAR, Kind, Row, Sex, State, Table

EVERY_STATE_FROM = 14 * MONTHS_IN_A_YEAR  # months; from this age somebody who doesn't tell may be pregnant or breastfeeding


def find_values(table: Table, *, months: int, sex: Sex | None, state: State | None, kind: Kind = Kind.ADH) -> tuple[Row, ...]:
    """Return the row that holds for somebody of `months` months: one, none when the table has none, never a guess.

    None for `sex` or `state` is "I'd rather not say": then every row that could hold, in the order of the table. The situation goes
    before the sex, and a row for one sex before a row for everybody.
    """
    rows = [row for row in table.of(kind) if row.holds(months)]
    sexes = [Sex.MALE, Sex.FEMALE] if sex is None else [sex]
    possible = list(State) if months >= EVERY_STATE_FROM else [State.NONE]
    states = possible if state is None else [state]
    found = {row for one in states for of in sexes for row in _find(rows, of, one)}
    return tuple(row for row in rows if row in found)


def find_value(table: Table, *, months: int, sex: Sex, state: State, kind: Kind = Kind.ADH) -> Row | None:
    """Return the row that holds for somebody of whom all is known, or None."""
    return next(iter(find_values(table, months=months, sex=sex, state=state, kind=kind)), None)


def first_month(table: Table, kind: Kind = Kind.ADH) -> int | None:
    """Return the age in months from which the table has a value; None when it has none of this kind."""
    return min((row.months_from for row in table.of(kind) if row.state == State.NONE), default=None)


def _find(rows: list[Row], sex: Sex, state: State) -> list[Row]:
    of_state = [row for row in rows if row.state == state]
    return ([row for row in of_state if row.sex == sex] or [row for row in of_state if row.sex == Sex.ANY])[:1]
