"""What differs between a table and what it would become, row by row. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from intake.table import Row
from intake.words import amount_words, group_words


@dataclass(frozen=True)
class Change:
    """A row that comes (`old` is None), goes (`new` is None), or gets other values."""

    old: Row | None
    new: Row | None

    @property
    def kind(self) -> str:
        return "added" if self.old is None else "removed" if self.new is None else "changed"

    @property
    def group(self) -> str:
        row = self.new or self.old
        return f"{row.kind.label}, {group_words(row)}"

    @property
    def old_words(self) -> str:
        return _words(self.old) if self.old else ""

    @property
    def new_words(self) -> str:
        return _words(self.new) if self.new else ""

    def __str__(self) -> str:
        if self.kind == "changed":
            return f"Veranderd: {self.group}: van {self.old_words} naar {self.new_words}"
        return f"Nieuw: {self.group}: {self.new_words}" if self.old is None else f"Weg: {self.group}: {self.old_words}"


def difference(old: Iterable[Row], new: Iterable[Row]) -> tuple[Change, ...]:
    """Return what changes, in the order of the table. A row is the same row when its group is the same."""
    before, after = {row.group: row for row in old}, {row.group: row for row in new}
    rows = sorted((before | after).values(), key=lambda row: row.order)
    changes = (Change(before.get(row.group), after.get(row.group)) for row in rows)
    return tuple(change for change in changes if change.old != change.new)


def _words(row: Row) -> str:
    source = f"bron {row.source}" if row.source else "zonder bron"
    locator = f", {row.locator}" if row.locator else ""
    only = ", alleen supplementen" if row.only_supplements else ""
    return f"{amount_words(row)} ({source}{locator}{only})"
