"""Sources and health claims in and out, as CSL-JSON and as the project's own list of claims.

An import may run again and again. It remembers a digest of every record as it came in; a row that says something else by now was
changed by a person, and is left alone and named in the report.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction

from references.citations import is_key
from references.claims import data_from_claim, fields_from_claims
from references.csl import as_text, columns_of, fields_from_record, record_from_fields
from references.csl_types import ReferenceType
from references.models import HealthClaim, Reference
from references.storable import RecordError, check_storable

_FIRST = ("id", "type", "title", "author", "issued", "container-title", "publisher", "volume", "issue", "page", "accessed")
_LAST = ("DOI", "PMID", "URL", "language", "custom")


@dataclass(frozen=True)
class ImportReport:
    """The keys of what was imported, by what happened to them. `skipped` rows were edited by a person since the last import."""

    created: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()


def read_json(text: str) -> Any:
    """Return parsed JSON. Raises ValueError also for NaN and Infinity, which are no JSON and which no database takes."""

    def refuse(name: str):
        raise ValueError(f"{name} is geen JSON")

    return json.loads(text, parse_constant=refuse)


def fields_from_csl(record: Mapping[str, Any], place: str = "?") -> dict[str, Any]:
    """Return the columns of a Reference for a CSL-JSON record; nothing of it is lost.

    Raises RecordError, which names the id, or `place` for a record without one.
    """
    if not isinstance(record, Mapping):
        raise RecordError(place, "—", "dit is geen object met velden.")
    key = as_text(record.get("id"))
    if not key:
        raise RecordError(place, "id", "ontbreekt of is geen tekst. Geef elke bron een sleutel, zoals grober2015.")
    if not is_key(key):
        raise RecordError(key[:60], "id", "gebruik letters, cijfers en losse leestekens, zonder spaties.")
    if record.get("type") not in ReferenceType.values:
        kind = str(record.get("type"))[:40]
        raise RecordError(key[:60], "type", f"‘{kind}’ is geen soort bron van CSL. Bijvoorbeeld: article-journal.")
    for name, value in record.items():
        check_storable(value, key[:60], name)
    fields = fields_from_record(record)
    _check_lengths(fields, key)
    return fields


def reference_to_csl(reference: Reference) -> dict[str, Any]:
    """Return the full CSL-JSON record of a source, as it came in or as edited since. Not for readers."""
    return reference.csl()


def dump_csl(references: Iterable[Reference]) -> str:
    """Return canonical JSON: sorted by key, fixed order of fields, two spaces, a newline at the end. Same sources, same bytes."""
    return canonical_csl(map(reference_to_csl, references))


def canonical_csl(records: Iterable[Mapping[str, Any]]) -> str:
    """Return records that were not imported in the same canonical form as `dump_csl`."""
    ordered = [_ordered(record) for record in sorted(records, key=lambda record: as_text(record.get("id")))]
    return json.dumps(ordered, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def import_records(records: Iterable[Mapping[str, Any]], *, overwrite_edited: bool = False) -> ImportReport:
    """Take in CSL-JSON records, all of them or none. `overwrite_edited` also replaces what a person changed. Raises RecordError."""
    if isinstance(records, Mapping) or not isinstance(records, Iterable):
        raise RecordError("?", "—", "het bestand is geen lijst van bronnen.")
    rows = [fields_from_csl(record, f"nummer {number}") for number, record in enumerate(records, start=1)]
    return _import(Reference, rows, record_from_fields, columns_of, overwrite_edited=overwrite_edited)


def import_claims(data: Mapping[str, Any], *, overwrite_edited: bool = False) -> ImportReport:
    """Take in the health claims of one nutrient, all of them or none. What a person confirmed counts as edited."""
    return _import(HealthClaim, fields_from_claims(data), data_from_claim, vars, overwrite_edited=overwrite_edited)


@transaction.atomic
def _import(
    model: type[models.Model], rows: list[dict[str, Any]], as_data: Callable, columns: Callable, *, overwrite_edited: bool
) -> ImportReport:
    """Store rows; `as_data` gives what the digest of a row's `columns` is taken of."""
    _check_doubles(rows)
    stored = {row.key: row for row in model.objects.filter(key__in=[fields["key"] for fields in rows])}
    report: dict[str, list[str]] = {"created": [], "updated": [], "unchanged": [], "skipped": []}
    for fields in rows:
        row, new = stored.get(fields["key"]), digest(as_data(fields))
        now = digest(as_data(columns(row))) if row else ""
        outcome = "created" if not row else "unchanged" if now == new else "updated"
        if outcome == "updated" and not overwrite_edited and _is_edited(row, now):
            outcome = "skipped"
        elif outcome != "unchanged" or row.imported_digest != new:
            row = row or model()
            for name, value in {**fields, "imported_digest": new}.items():
                setattr(row, name, value)
            row.save()
        report[outcome].append(fields["key"])
    return ImportReport(**{name: tuple(keys) for name, keys in report.items()})


def _is_edited(row: models.Model, now: str) -> bool:
    return now != row.imported_digest or getattr(row, "is_confirmed", False)


def digest(record: Mapping[str, Any]) -> str:
    """Return a digest of what a record says, whatever the order of its fields; a number is the same as 1 and as 1.0."""
    text = json.dumps(_plain_numbers(record), sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain_numbers(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _plain_numbers(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_plain_numbers(part) for part in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _ordered(record: Mapping[str, Any]) -> dict[str, Any]:
    middle = sorted(record.keys() - {*_FIRST, *_LAST})
    return {name: _sorted(record[name]) for name in (*_FIRST, *middle, *_LAST) if name in record}


def _sorted(value: Any) -> Any:
    """Return a value with the fields of objects in it sorted: PostgreSQL does not keep their order either."""
    if isinstance(value, Mapping):
        return {name: _sorted(value[name]) for name in sorted(value)}
    return [_sorted(part) for part in value] if isinstance(value, list) else value


def _check_doubles(rows: list[dict[str, Any]]) -> None:
    seen: set[str] = set()
    for fields in rows:
        if fields["key"] in seen:
            raise RecordError(fields["key"], "id", "staat twee keer in het bestand.")
        seen.add(fields["key"])


def _check_lengths(fields: Mapping[str, Any], key: str) -> None:
    for name, value in fields.items():
        longest = getattr(Reference._meta.get_field(name), "max_length", None)
        if longest and isinstance(value, str) and len(value) > longest:
            raise RecordError(key[:60], name, f"is te lang ({len(value)} tekens; hooguit {longest}).")
