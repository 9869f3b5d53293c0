"""Which chapter in one draft is which in another, and in what order they end. Pure.

A row is known by its row in the database. Importing or restoring a draft writes all rows anew; then the anchor tells.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from articles.draft_state import Row
from articles.rendering.page import slugify


@dataclass(frozen=True)
class MatchedRow:
    """One chapter or benefit in the draft that the form was opened at, in the form, and in the saved draft."""

    base: Row | None = None
    mine: Row | None = None
    theirs: Row | None = None


@dataclass(frozen=True)
class MatchedRows:
    """All rows by a name that is the same on all sides, and the names in the order of each side."""

    rows: dict[Hashable, MatchedRow]
    base: list[Hashable]
    mine: list[Hashable]
    theirs: list[Hashable]

    def order(self, *, is_base_known: bool) -> tuple[list[Hashable], str]:
        """Return the names in the order of whoever changed it, and "same", "yours", "taken" or "both" (then it is the form's)."""
        shared = set(self.mine) & set(self.theirs)
        mine, theirs = ([key for key in keys if key in shared] for keys in (self.mine, self.theirs))
        base = [key for key in self.base if key in shared] if is_base_known else []
        if mine == theirs:
            return weave(self.mine, self.theirs), "same"
        if mine == base:
            return weave(self.theirs, self.mine), "taken"
        return weave(self.mine, self.theirs), "yours" if theirs == base else "both"


def match_rows(base: Sequence[Row], mine: Sequence[Row], theirs: Sequence[Row]) -> MatchedRows:
    """Find out which rows are the same one. A row in the form that can't be found is a new one."""
    saved = {row.pk: row for row in theirs}
    known = {row.pk for row in base}
    free = {anchor_of(row): row.pk for row in theirs if row.pk not in known}  # written since the form was opened
    now = {row.pk: row.pk if row.pk in saved else free.pop(anchor_of(row), row.pk) for row in base}
    keyed: dict[Hashable, Row] = {}
    for i, row in enumerate(mine):
        key = now.get(row.pk, row.pk) if row.pk else free.pop(anchor_of(row), None)
        if key is not None and key not in saved and key not in now.values():
            key = free.pop(anchor_of(row), key)
        keyed[f"new{i}" if key is None or key in keyed else key] = row
    before = {now[row.pk]: row for row in base}
    keys = dict.fromkeys([*keyed, *saved, *before])
    rows = {key: MatchedRow(before.get(key), keyed.get(key), saved.get(key)) for key in keys}
    return MatchedRows(rows, list(before), list(keyed), list(saved))


def anchor_of(row: Row) -> str:
    return str(row.values.get("anchor") or slugify(str(row.values.get("heading") or row.values.get("title") or "")))


def weave(main: Sequence[Hashable], other: Sequence[Hashable]) -> list[Hashable]:
    """Return `main` with what only `other` has, each after the one that it follows there."""
    woven, before = list(main), None
    for key in other:
        if key not in woven:
            woven.insert(woven.index(before) + 1 if before is not None else 0, key)
        before = key
    return woven
