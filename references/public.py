"""What readers may see of a source. Pure. An allow-list: a field that is not named here never leaves the house.

Titles that name a disease may not stand on a commercial page (see the rules for health claims): such a source is masked by a
public title, and then nothing that leads straight to the published title may go out either.
"""

from collections.abc import Mapping
from typing import Any

from references.csl import STRINGS, as_date_parts, as_names, as_text, build_date, issued_parts

_LINKS = frozenset({"DOI", "PMID", "URL"})
_TEXTS = (
    "publisher-place",
    "edition",
    "collection-title",
    "collection-number",
    "number",
    "genre",
    "version",
    "authority",
    "chapter-number",
)
_NAMES = ("editor", "translator", "container-author", "collection-editor")
# Only for a source that is not masked: these repeat or point to the published title.
_OPEN_TEXTS = ("event-title", "event-place", "section", "medium", "status", "number-of-pages", "number-of-volumes", "ISBN", "ISSN")
_NAME_PARTS = ("family", "given", "literal", "suffix", "dropping-particle", "non-dropping-particle")


def is_masked(fields: Mapping[str, Any]) -> bool:
    return bool(fields["public_title"]) and fields["public_title"] != fields["title"]


def public_record(fields: Mapping[str, Any], *, link_masked: bool) -> dict[str, Any]:
    """Return a CSL-JSON record that readers may see, from a Reference's columns.

    `link_masked` gives a masked source its DOI, PMID and URL all the same (a decision of the publisher: the link undoes the mask).
    """
    masked, extra = is_masked(fields), fields["extra"]
    texts = _TEXTS if masked else _TEXTS + _OPEN_TEXTS
    record: dict[str, Any] = {name: fields[column] for name, column in STRINGS.items() if fields[column]}
    record |= {name: as_text(extra[name]) for name in texts if as_text(extra.get(name))}
    record |= {name: _public_names(extra[name]) for name in _NAMES if extra.get(name) and as_names(extra[name])}
    record |= {"author": _public_names(fields["authors"])} if fields["authors"] else {}
    record |= _public_dates(fields)
    if masked:
        hidden = frozenset() if link_masked else _LINKS
        record = {name: value for name, value in record.items() if name not in hidden and not tells(value, fields["title"])}
        record["title"] = fields["public_title"]
    return {"id": fields["key"], "type": fields["type"]} | record


def _public_names(names: list) -> list[dict[str, str]]:
    return [
        {part: name[part] for part in _NAME_PARTS if isinstance(name.get(part), str)} for name in names if isinstance(name, Mapping)
    ]


def _public_dates(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return issued and accessed. "Circa" and the end of a range come along, and a date in words when there is no year."""
    raw, dates = fields["extra"].get("issued"), {}
    if fields["issued_year"] is not None:
        dates["issued"] = build_date(issued_parts(fields))
        if isinstance(raw, Mapping) and as_date_parts(raw) == issued_parts(fields):
            dates["issued"]["date-parts"] += [build_date(end)["date-parts"][0] for end in _end_of_range(raw)]
            dates["issued"] |= {"circa": True} if raw.get("circa") else {}
    elif isinstance(raw, Mapping) and isinstance(raw.get("literal"), str):
        dates["issued"] = {"literal": raw["literal"]}
    if fields["accessed"]:
        accessed = fields["accessed"]
        dates["accessed"] = build_date((accessed.year, accessed.month, accessed.day))
    return dates


def _end_of_range(raw: Mapping[str, Any]) -> list[tuple]:
    end = as_date_parts({"date-parts": raw["date-parts"][1:2]})
    return [end] if end[0] is not None else []


def tells(value: Any, title: str) -> bool:
    """Return whether the published title can be read in a value, at any depth."""
    if isinstance(value, Mapping):
        return any(tells(part, title) for part in value.values())
    if isinstance(value, list):
        return any(tells(part, title) for part in value)
    return (
        isinstance(value, str) and bool(title.strip()) and " ".join(title.casefold().split()) in " ".join(value.casefold().split())
    )
