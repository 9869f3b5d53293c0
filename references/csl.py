"""A CSL-JSON record <-> the columns of a Reference. Pure.

Nothing of a record is lost. What a column can say exactly lives in the column. Everything else stays in `extra` as it came:
unknown fields, and the raw value of a field that says more than its column ("circa 1990", a range, a number instead of text).
Such a raw value is given back as long as it still means what the column says; once an editor changed the column, that wins.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

STRINGS = {
    "title": "title",
    "container-title": "container_title",
    "publisher": "publisher",
    "volume": "volume",
    "issue": "issue",
    "page": "pages",
    "DOI": "doi",
    "PMID": "pmid",
    "URL": "url",
    "language": "language",
}
CUSTOM = {"public_title": "public_title", "remark": "remark"}
COLUMNS = (
    *("key", "type", "authors", "issued_year", "issued_month", "issued_day", "accessed", "extra"),
    *STRINGS.values(),
    *CUSTOM.values(),
)
LARGEST_NUMBER = 10**18  # more digits are no volume or page; Python refuses to print far longer ones
_DOI_PREFIX = re.compile(r"^\s*(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)


def normalise_doi(text: str) -> str:
    """Return a DOI without the address or "doi:" people paste in front of it."""
    return _DOI_PREFIX.sub("", text).strip()


def as_text(raw: Any) -> str:
    """Return the text a CSL value stands for; empty when it is no text or whole number."""
    if isinstance(raw, str):
        return raw
    is_number = isinstance(raw, int) and not isinstance(raw, bool) and abs(raw) < LARGEST_NUMBER
    return str(raw) if is_number else ""


def as_doi(raw: Any) -> str:
    return normalise_doi(as_text(raw))


def as_names(raw: Any) -> list[dict]:
    """Return the names of a CSL name list; empty when one of them is not an object."""
    return raw if isinstance(raw, list) and all(isinstance(name, dict) for name in raw) else []


def as_date_parts(raw: Any) -> tuple[int | None, int | None, int | None]:
    """Return year, month and day of a CSL date (the first of a range), as far as they are whole and exist."""
    parts = raw.get("date-parts") if isinstance(raw, Mapping) else None
    first = parts[0] if isinstance(parts, list) and parts else None
    numbers = [_as_int(part) for part in first[:3]] if isinstance(first, list) else []
    year, month, day = (*numbers, None, None, None)[:3]
    if year is None or not -9999 <= year <= 9999:
        return (None, None, None)
    if month is None or not 1 <= month <= 12:
        return (year, None, None)
    return (year, month, day if _is_day(year, month, day) else None)


def as_full_date(raw: Any) -> date | None:
    """Return a CSL date that has a year, a month and a day, or None."""
    year, month, day = as_date_parts(raw)
    return date(year, month, day) if year and year >= 1 and month and day else None


def _as_int(part: Any) -> int | None:
    if isinstance(part, str) and re.fullmatch(r"-?[0-9]{1,6}", part):
        return int(part)
    return part if isinstance(part, int) and not isinstance(part, bool) else None


def _is_day(year: int, month: int, day: int | None) -> bool:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    lengths = (31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    return day is not None and 1 <= day <= lengths[month - 1]


def build_date(parts: tuple[int | None, ...]) -> dict:
    return {"date-parts": [[part for part in parts if part is not None]]}


def columns_of(reference: Any) -> dict[str, Any]:
    """Return the columns of a Reference by name."""
    return {column: getattr(reference, column) for column in COLUMNS}


def fields_from_record(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns of a Reference for a CSL-JSON record. Checks nothing; `record_from_fields` is the way back."""
    extra = {name: value for name, value in record.items() if name not in {"id", "type"}}
    fields: dict[str, Any] = {"key": as_text(record.get("id")), "type": as_text(record.get("type")), "extra": extra}
    if fields["key"] != record.get("id"):
        extra["id"] = record.get("id")
    for name, column in STRINGS.items():
        fields[column] = _take(extra, name, as_doi if name == "DOI" else as_text, str, "")
    fields["authors"] = _take(extra, "author", as_names, list, [])
    issued = _take(extra, "issued", as_date_parts, build_date, (None, None, None))
    fields["issued_year"], fields["issued_month"], fields["issued_day"] = issued
    fields["accessed"] = _take(extra, "accessed", as_full_date, _build_full_date, None)
    fields |= dict.fromkeys(CUSTOM.values(), "")
    if isinstance(extra.get("custom"), Mapping):
        custom = extra["custom"] = dict(extra["custom"])
        fields |= {column: _take(custom, name, as_text, str, "") for name, column in CUSTOM.items()}
        if not custom and record["custom"]:
            del extra["custom"]
    return fields


def record_from_fields(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the full CSL-JSON record of a Reference's columns."""
    extra = dict(fields["extra"])
    record = {"id": fields["key"], "type": fields["type"]}
    if "id" in extra:
        _give(record, extra, "id", as_text, str, fields["key"])
    for name, column in STRINGS.items():
        _give(record, extra, name, as_doi if name == "DOI" else as_text, str, fields[column])
    _give(record, extra, "author", as_names, list, fields["authors"])
    _give(record, extra, "issued", as_date_parts, build_date, issued_parts(fields))
    _give(record, extra, "accessed", as_full_date, _build_full_date, fields["accessed"])
    has_custom, raw_custom = "custom" in extra, extra.pop("custom", None)
    custom: dict[str, Any] = {}
    rest = dict(raw_custom) if isinstance(raw_custom, Mapping) else {}
    for name, column in CUSTOM.items():
        _give(custom, rest, name, as_text, str, fields[column])
    custom |= rest
    if custom or has_custom:
        record["custom"] = custom if custom or isinstance(raw_custom, Mapping) else raw_custom
    return record | {name: value for name, value in extra.items() if name not in record}


def issued_parts(fields: Mapping[str, Any]) -> tuple[int | None, int | None, int | None]:
    return (fields["issued_year"], fields["issued_month"], fields["issued_day"])


def _build_full_date(value: date) -> dict:
    return build_date((value.year, value.month, value.day))


def _is_empty(value: Any) -> bool:
    return not value or value == (None, None, None)


def _take(holder: dict, name: str, parse: Callable, build: Callable, empty: Any) -> Any:
    """Return the column's value for `name`; drop the raw value from `holder` when the column says all of it."""
    if name not in holder:
        return empty
    value = parse(holder[name])
    if not _is_empty(value) and _same(build(value), holder[name]):
        del holder[name]
    return value


def _give(record: dict, holder: dict, name: str, parse: Callable, build: Callable, value: Any) -> None:
    """Put `name` in `record`: the raw value that `holder` kept when it still means `value`, else what `value` says."""
    kept = name in holder
    raw = holder.pop(name, None)
    if kept and parse(raw) == value:
        record[name] = raw
    elif not _is_empty(value):
        record[name] = build(value)


def _same(one: Any, other: Any) -> bool:
    """Return whether two JSON values are equal in type too: 1, 1.0, True are three things in JSON."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(_same(one[name], other[name]) for name in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(_same, one, other))
    return one == other
