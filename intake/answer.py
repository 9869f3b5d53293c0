"""What the calculator answers. Pure: what somebody told in, the values that hold for them out."""

from collections.abc import Iterable
from dataclasses import dataclass

from intake.lookup import find_values, first_month
from intake.table import MONTHS_IN_A_YEAR, Row, Sex, State, Table
from intake.words import age_words, amount_words, group_words


@dataclass(frozen=True)
class Line:
    """A value with the group that it holds for, in words."""

    group: str
    amount: str


@dataclass(frozen=True)
class Answer:
    """The rows that hold: one, several when something wasn't told, none for who is younger than the table begins."""

    table: Table
    rows: tuple[Row, ...]
    age: str

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(Line(group_words(row), amount_words(row)) for row in self.rows)

    @property
    def first_age(self) -> str:
        """The age from which the table has values, in words."""
        first = first_month(self.table)
        return age_words(first) if first is not None else ""

    @property
    def speaks_of_pregnancy(self) -> bool:
        return any(row.state != State.NONE for row in self.rows)

    @property
    def source_keys(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(row.source for row in self.rows if row.source))


def months_of(age: int, *, in_years: bool) -> tuple[int, ...]:
    """Return every age in months that somebody of this age may have."""
    return tuple(range(age * MONTHS_IN_A_YEAR, (age + 1) * MONTHS_IN_A_YEAR)) if in_years else (age,)


def same_values(table: Table, months: Iterable[int], *, sex: Sex | None, state: State | None) -> tuple[Row, ...] | None:
    """Return the rows that hold at all of these ages; None when they aren't the same ones at each."""
    found = {find_values(table, months=one, sex=sex, state=state) for one in months}
    return found.pop() if len(found) == 1 else None
