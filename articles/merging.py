"""Two people changed one draft: what each of them changed, part by part, and the two together. Pure.

Everything is compared with the draft that the form was opened at. Without it (it is no longer kept) every difference counts as a
change by both: then nothing is taken over and nothing is lost.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from articles.draft_state import DraftState, Row, Value
from articles.merging_rows import MatchedRow, anchor_of, match_rows, weave

PART_NAMES = {
    "title": "Titel",
    "slug": "Adres",
    "summary": "Samenvatting",
    "hero": "Openingsbeeld",
    "hero_alt": "Alternatieve tekst van het openingsbeeld",
    "hero_caption": "Bijschrift van het openingsbeeld",
    "intro": "Inleiding",
    "related": "Lees ook",
    "review_due": "Opnieuw bekijken voor",
    "adviser_name": "Naam van de adviseur",
    "adviser_role": "Functie van de adviseur",
    "adviser_heading": "Kop van het advieskaartje",
    "adviser_text": "Tekst van het advieskaartje",
}
KINDS = {"sections": "Hoofdstuk", "benefits": "Voordeel"}
ORDERS = {"sections": "Volgorde van de hoofdstukken", "benefits": "Volgorde van de voordelen"}


class Outcome(StrEnum):
    SAME = "same"  # both have the same now
    YOURS = "yours"  # only the form changed it
    TAKEN = "taken"  # only the other changed it: theirs is in the form now
    BOTH = "both"  # both did: the form keeps its own, theirs stands beside it


class Fate(StrEnum):
    """What happened to a part as a whole, on the side that is not the form's (or, for `UNWANTED`, in the form)."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    UNWANTED = "unwanted"  # the form deletes what the other changed


@dataclass(frozen=True)
class Part:
    """A part in which form and saved draft differ. `key` names it in a form; `mine` and `theirs` are its texts."""

    key: str
    name: str
    outcome: Outcome
    fate: Fate = Fate.CHANGED
    mine: str = ""
    theirs: str = ""


@dataclass(frozen=True)
class Merge:
    """The form with what only the other changed in it, and every part in which the two differed."""

    state: DraftState
    parts: tuple[Part, ...] = field(default_factory=tuple)

    def of(self, outcome: Outcome) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if part.outcome == outcome)

    @property
    def is_same(self) -> bool:
        """Whether the form holds just what is saved already."""
        return not self.parts

    @property
    def is_free(self) -> bool:
        """Whether the other changed nothing since the form was opened."""
        return all(part.outcome == Outcome.YOURS for part in self.parts)


def merge_drafts(base: DraftState | None, mine: DraftState, theirs: DraftState) -> Merge:
    """Return the form `mine` with what `theirs` changed since `base`, the draft that the form was opened at (None: not known)."""
    head, parts = dict(theirs.head) | dict(mine.head), []
    for name in PART_NAMES:
        values = mine.head.get(name, ""), theirs.head[name]
        head[name], outcome = _settle(base.head[name] if base else None, *values)
        if outcome != Outcome.SAME:
            parts.append(Part(name, PART_NAMES[name], outcome, mine=values[0], theirs=values[1]))
    rows = {}
    for kind in KINDS:
        rows[kind], found = _merge_rows(kind, getattr(base, kind) if base else None, getattr(mine, kind), getattr(theirs, kind))
        parts += found
    return Merge(DraftState(head, **rows), tuple(parts))


def take(mine: DraftState, keys: Iterable[str], theirs: DraftState) -> DraftState:
    """Return `mine` with the parts named by `keys` as `theirs` has them."""
    keys = set(keys)
    head = {**mine.head, **{name: theirs.head[name] for name in PART_NAMES if name in keys}}
    return DraftState(head, **{kind: _take_rows(kind, getattr(mine, kind), keys, getattr(theirs, kind)) for kind in KINDS})


def _take_rows(kind: str, mine: tuple[Row, ...], keys: set[str], theirs: tuple[Row, ...]) -> tuple[Row, ...]:
    saved = {row.pk: row for row in theirs}
    rows = []
    for row in mine:
        if key_of(kind, row) not in keys:
            rows.append(row)
        elif row.pk in saved:
            rows.append(saved[row.pk])
    if kind not in keys:
        return tuple(rows)
    ours = {row.pk or f"new{i}": row for i, row in enumerate(rows)}
    return tuple(ours[name] for name in weave([row.pk for row in theirs if row.pk in ours], list(ours)))


def key_of(kind: str, row: Row) -> str:
    """Name a row in a form: by its row in the database, or by its anchor when it has none (any more)."""
    return f"{kind}:{row.pk}" if row.pk else f"{kind}#{anchor_of(row)}"


def text_of(kind: str, values: Mapping[str, Value]) -> str:
    """Return a chapter or benefit as one text, to read and compare."""
    title, extra = values.get("heading") or values.get("title") or "", [f"Anker: {values.get('anchor') or '–'}"]
    if kind == "sections":
        extra += ["Toont de voordelen"] if values.get("shows_benefits") else []
    else:
        names = {"image": "Afbeelding", "image_alt": "Alternatieve tekst", "image_caption": "Bijschrift"}
        extra += [f"{label}: {values[name]}" for name, label in names.items() if values.get(name)]
        extra += [f"Claims: {', '.join(sorted(values['claims']))}"] if values.get("claims") else []
    return "\n\n".join(text for text in (title, plain(values.get("body", "")), "\n".join(extra)) if text)


def plain(value: Value) -> Value:
    """Return a value in the form in which two are compared: as saving would leave it."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip()
    return tuple(sorted(value)) if isinstance(value, tuple) else value


def _settle(base: Value | None, mine: Value, theirs: Value) -> tuple[Value, Outcome]:
    if plain(mine) == plain(theirs):
        return mine, Outcome.SAME
    if base is not None and plain(mine) == plain(base):
        return theirs, Outcome.TAKEN
    if base is not None and plain(theirs) == plain(base):
        return mine, Outcome.YOURS
    return mine, Outcome.BOTH


def _merge_rows(kind: str, base, mine, theirs) -> tuple[tuple[Row, ...], list[Part]]:
    matched = match_rows(base or (), mine, theirs)
    merged, parts = {}, []
    for key, trio in matched.rows.items():
        row, outcome, fate = _merge_row(trio)
        if row:
            merged[key] = row
        if outcome != Outcome.SAME:
            parts.append(_row_part(kind, row, trio, outcome, fate))
    order, outcome = matched.order(is_base_known=base is not None)
    if outcome != Outcome.SAME:
        titles = {key: str(title_of(row)) for key, row in merged.items()}
        texts = ["\n".join(titles[key] for key in keys if key in titles) for keys in (matched.mine, matched.theirs)]
        parts.append(Part(kind, ORDERS[kind], Outcome(outcome), mine=texts[0], theirs=texts[1]))
    return tuple(merged[key] for key in order if key in merged), parts


def title_of(row: Row) -> Value:
    return row.values.get("heading") or row.values.get("title") or "zonder kop"


def _row_part(kind: str, row: Row | None, trio: MatchedRow, outcome: Outcome, fate: Fate) -> Part:
    name = f"{KINDS[kind]} ‘{title_of(row or trio.base or trio.mine)}’"
    texts = [text_of(kind, side.values) if side else "" for side in (trio.mine, trio.theirs)]
    return Part(key_of(kind, row) if row else "", name, outcome, fate, *texts)


def _merge_row(trio: MatchedRow) -> tuple[Row | None, Outcome, Fate]:
    base, mine, theirs = trio.base, trio.mine, trio.theirs
    if theirs and mine and mine.is_deleted:
        is_untouched = base is not None and _is_same(base, theirs)
        return replace(mine, pk=theirs.pk), Outcome.YOURS if is_untouched else Outcome.BOTH, Fate.UNWANTED
    if theirs and mine:
        return _merge_values(base, mine, theirs)
    if theirs:
        return theirs, Outcome.SAME if base and _is_same(base, theirs) else Outcome.TAKEN, Fate.ADDED
    if mine is None or mine.is_deleted:
        return None, Outcome.SAME, Fate.REMOVED
    if base and _is_same(base, mine):
        return None, Outcome.TAKEN, Fate.REMOVED
    is_new = base is None and mine.pk is None
    return replace(mine, pk=None), Outcome.YOURS if is_new else Outcome.BOTH, Fate.ADDED if is_new else Fate.REMOVED


def _merge_values(base: Row | None, mine: Row, theirs: Row) -> tuple[Row, Outcome, Fate]:
    """Merge a row value by value: somebody may change its heading while somebody else changes its text."""
    values, outcomes = {}, set()
    for name, saved in theirs.values.items():
        values[name], outcome = _settle(base.values[name] if base else None, mine.values[name], saved)
        outcomes.add(outcome)
    worst = next((o for o in (Outcome.BOTH, Outcome.TAKEN, Outcome.YOURS) if o in outcomes), Outcome.SAME)
    return Row(values, theirs.pk), worst, Fate.CHANGED


def _is_same(one: Row, other: Row) -> bool:
    return all(plain(one.values[name]) == plain(value) for name, value in other.values.items())
