"""A record of any quality -> one that citeproc can take, and the texts that were taken out of it. Pure and bounded."""

import re
from collections.abc import Callable, Mapping
from itertools import islice
from typing import Any

from references.apa import Sentinels
from references.csl import LARGEST_NUMBER, as_date_parts, as_names, as_text
from references.csl_types import ReferenceType

LONGEST_TEXT = 2_000  # characters of one field that a line prints; an ellipsis takes the place of the rest
LONGEST_NUMBERING = 60
MOST_NAMES = 50
MOST_FIELDS = 200
UNTITLED = "[zonder titel]"
LITERAL_DATE = "date in words"
LITERAL_YEAR = 7_654_321  # a year that no source has: stands for a date in words, which citeproc would print twice

# Control characters, lone surrogates, the private use area (sentinels), and marks that turn the direction of the text around it.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\u2028-\u202e\u2066-\u2069\ufff9-\uffff]+")
_PLAIN = re.compile(r"[\w .,:/()+\-–]+")
_TITLES = ("title", "container-title", "collection-title")
_TEXTS = ("publisher", "publisher-place", "event-place", "genre", "authority", "section", "medium", "status")
_NUMBERINGS = ("volume", "issue", "page", "edition", "number", "chapter-number", "collection-number", "version")
_NAMES = ("author", "editor", "translator", "container-author", "collection-editor")
_NAME_TEXTS = ("family", "suffix", "dropping-particle", "non-dropping-particle")

Hide = Callable[[str, str], str]


class NotARecordError(TypeError):
    """What was given is no CSL-JSON record: a record is an object with named fields."""


def bounded(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return a copy that holds only JSON values, of bounded depth, width and length. Raises NotARecordError for a non-mapping."""
    if not isinstance(record, Mapping):
        raise NotARecordError(f"Een bron is een object met velden, geen {type(record).__name__}.")
    return _bounded(record, depth=4)


def _bounded(value: Any, depth: int) -> Any:
    if isinstance(value, str):
        return value[: 2 * LONGEST_TEXT]
    if isinstance(value, bool | float) or (isinstance(value, int) and abs(value) < LARGEST_NUMBER):
        return value
    if depth and isinstance(value, Mapping):
        return {str(name)[:100]: _bounded(part, depth - 1) for name, part in islice(value.items(), MOST_FIELDS)}
    if depth and isinstance(value, list | tuple):
        return [_bounded(part, depth - 1) for part in value[:MOST_NAMES]]
    return None


def clean(raw: Any, longest: int = LONGEST_TEXT) -> str:
    """Return the text a value stands for on one line, without characters that can't or mustn't be printed."""
    text = " ".join(_UNPRINTABLE.sub(" ", as_text(raw)[: 2 * LONGEST_TEXT]).split())
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def prepare(record: Mapping[str, Any], sentinels: Sentinels) -> dict[str, Any]:
    """Return the record that goes through citeproc. Texts end up in `sentinels`.

    DOI, URL and the date of access are left out: `bibliography` adds them, as links and in Dutch.
    """
    hide, kind = sentinels.hide, as_text(record.get("type"))
    prepared: dict[str, Any] = {"type": kind if kind in ReferenceType.values else ReferenceType.DOCUMENT.value}
    for name in (*_TITLES, *_TEXTS):
        if text := clean(record.get(name)):
            prepared[name] = hide(name, text)
    for name in _NUMBERINGS:
        if text := clean(record.get(name), LONGEST_NUMBERING):
            prepared[name] = text if _PLAIN.fullmatch(text) else hide(name, text)
    prepared.setdefault("title", hide("title", UNTITLED))
    if event := clean(record.get("event-title")) or clean(record.get("event")):
        prepared["event"] = hide("event", event)
    for role in _NAMES:
        if names := [prepared_name for name in _first(record.get(role)) if (prepared_name := _name(name, hide))]:
            prepared[role] = names
    if issued := _issued(record.get("issued"), hide):
        prepared["issued"] = issued
    return prepared


def _first(raw: Any) -> list[Mapping]:
    return as_names(raw[:MOST_NAMES]) if isinstance(raw, list) else []


def _name(name: Mapping[str, Any], hide: Hide) -> dict[str, str]:
    parts = {part: hide("name", text) for part in _NAME_TEXTS if (text := clean(name.get(part)))}
    given = clean(re.sub(r"[<>&]", "", as_text(name.get("given"))[:LONGEST_TEXT]), 200)  # citeproc makes initials of it
    if "family" in parts:
        return parts | ({"given": given} if given else {})
    literal = clean(name.get("literal")) or given
    return {"literal": hide("name", literal)} if literal else {}


def _issued(raw: Any, hide: Hide) -> dict[str, Any] | None:
    if not isinstance(raw, Mapping):
        return None
    dates = raw.get("date-parts")
    both = [as_date_parts({"date-parts": [part]}) for part in dates[:2]] if isinstance(dates, list) else []
    parts = [[part for part in parts if part is not None] for parts in both if parts[0] is not None]
    if parts:
        return {"date-parts": parts, "circa": bool(raw.get("circa"))}
    if literal := clean(raw.get("literal"), 100):
        hide(LITERAL_DATE, literal)
        return {"date-parts": [[LITERAL_YEAR]]}
    return None
