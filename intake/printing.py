"""A table as the Markdown that an editor would have typed: what `{{intake: …}}` in a text stands for. Pure."""

from collections.abc import Iterator

from intake.table import Kind, Row, Table
from intake.words import age_range, group_name, number


def as_markdown(table: Table) -> str:
    """Return the ADH rows as a GFM table. A group's name stands in its first row only: blank cells continue it."""
    head = f"{Kind.ADH.label} {table.name} (in {table.unit.label} per dag)"
    lines, before = [f"| Categorie | Leeftijd | {head} |", "| --- | --- | ---: |"], ""
    for row in table.of(Kind.ADH):
        name = group_name(row)
        shown = "" if name == before else name
        lines.append(f"| {shown} | {age_range(row.months_from, row.months_to)} | {number(row.amount)} |")
        before = name
    return "\n".join(lines)


def default_caption(table: Table) -> str:
    return f"Aanbevolen dagelijkse hoeveelheid {table.name}, per groep en leeftijd"


def citations(table: Table, *, without: frozenset[str] = frozenset()) -> str:
    """Return the sources of the ADH rows as one citation, without those in `without`; "" when none is left."""
    found = dict.fromkeys(_citation(row) for row in table.of(Kind.ADH) if row.source and row.source not in without)
    return f"[{'; '.join(found)}]" if found else ""


def _citation(row: Row) -> str:
    return f"@{row.source}, {row.locator}" if row.locator else f"@{row.source}"


def source_keys(table: Table) -> Iterator[str]:
    return (row.source for row in table.of(Kind.ADH) if row.source)
