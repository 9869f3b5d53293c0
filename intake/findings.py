"""What is wrong with a table: gaps and overlaps between its groups, values without a source, units that differ. Pure."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from intake.lookup import first_month
from intake.table import Kind, Row, Sex, State, Table
from intake.words import age_range, amount_words, group_words

_RULES: list[Callable[[Table], Iterator["Finding"]]] = []


@dataclass(frozen=True)
class Finding:
    """An error in a table; `rows` are those that it is about, for the place where somebody mends it."""

    code: str
    message: str
    rows: tuple[Row, ...] = ()


def check_table(table: Table) -> tuple[Finding, ...]:
    """Return all that is wrong with a table. A table with findings is not stored by anything of ours."""
    return tuple(finding for rule in _RULES for finding in rule(table))


def _rule(function):
    _RULES.append(function)
    return function


def _name(row: Row) -> str:
    return f"{row.kind.label} ‘{group_words(row)}’"


@_rule
def has_a_source(table: Table) -> Iterator[Finding]:
    for row in table.rows:
        if not row.source:
            yield Finding("no-source", f"{_name(row)} heeft geen bron.", (row,))


@_rule
def has_the_unit_of_the_nutrient(table: Table) -> Iterator[Finding]:
    for row in table.rows:
        if row.unit != table.unit:
            message = f"{_name(row)} staat in {row.unit.label}, maar {table.name} in {table.unit.label}. Reken de waarde om."
            yield Finding("other-unit", message, (row,))


@_rule
def groups_meet(table: Table) -> Iterator[Finding]:
    """From the first month on everybody is in exactly one group; whoever is pregnant too, from the first group for them on."""
    seen = set()
    for kind in Kind:
        for who, rows, start, is_open in _walks(table, kind):
            for finding in _along(kind, who, rows, start, is_open):
                if finding.message not in seen:
                    seen.add(finding.message)
                    yield finding


def _walks(table: Table, kind: Kind) -> Iterator[tuple[str, list[Row], int, bool]]:
    """Yield what one kind of person grows through: who, their rows, the first month, and whether there must be a row for ever."""
    start = first_month(table, kind)
    if start is not None:
        for sex, who in ((Sex.MALE, "mannen"), (Sex.FEMALE, "vrouwen")):
            rows = [row for row in table.of(kind) if row.state == State.NONE and row.sex in (sex, Sex.ANY)]
            yield who, rows, start, True
    for state, who in ((State.PREGNANT, "vrouwen die zwanger zijn"), (State.BREASTFEEDING, "vrouwen die borstvoeding geven")):
        if rows := [row for row in table.of(kind) if row.state == state]:
            yield who, rows, min(row.months_from for row in rows), False


def _along(kind: Kind, who: str, rows: list[Row], start: int, is_open: bool) -> Iterator[Finding]:
    ordered = sorted(rows, key=lambda row: (row.months_from, row.end))
    if not ordered or ordered[0].months_from > start:
        yield _gap(kind, who, start, ordered[0].months_from if ordered else None, tuple(ordered[:1]))
    last = ordered[0] if ordered else None  # the row that reaches furthest so far
    for _, row in pairwise(ordered):
        if row.months_from < last.end:
            message = f"{_name(last)} en {_name(row)} overlappen elkaar: wie valt in welke groep?"
            yield Finding("overlap", message, (last, row))
        elif row.months_from > last.end:
            yield _gap(kind, who, last.end, row.months_from, (last, row))
        last = max(last, row, key=lambda one: one.end)
    if is_open and last and last.months_to is not None:
        yield _gap(kind, who, last.months_to, None, (last,))


def _gap(kind: Kind, who: str, months_from: int, months_to: int | None, rows: tuple[Row, ...]) -> Finding:
    ages = age_range(months_from, months_to) or "elke leeftijd"
    return Finding("gap", f"{kind.label}: voor {who} van {ages} is er geen waarde.", rows)


@_rule
def upper_limit_is_not_below_the_need(table: Table) -> Iterator[Finding]:
    """A UL for supplements alone may be lower: what people need comes from food."""
    for limit in table.of(Kind.UL):
        for need in table.of(Kind.ADH):
            if limit.only_supplements or limit.unit != need.unit or limit.amount >= need.amount or not _meet(limit, need):
                continue
            message = (
                f"{_name(limit)} ({amount_words(limit)}) is lager dan {_name(need)} ({amount_words(need)}). "
                "Geldt de grens alleen voor supplementen? Zet dat dan bij de waarde."
            )
            yield Finding("limit-below-need", message, (limit, need))


def _meet(one: Row, other: Row) -> bool:
    """Tell whether somebody can be in both groups."""
    same_sex = one.sex == other.sex or Sex.ANY in (one.sex, other.sex)
    return one.state == other.state and same_sex and max(one.months_from, other.months_from) < min(one.end, other.end)
