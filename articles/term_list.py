"""The list of watched words as a YAML file, into the database. Repeatable, and polite to editors."""

import hashlib
import json
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction

from articles.models import ForbiddenTerm
from articles.yaml_file import Outcome, read_yaml

KEYS = {"term", "kind", "level", "explanation", "exceptions"}
FIELDS = ["kind", "level", "explanation", "exceptions"]


class TermListError(Exception):
    """The file is no list of words. The message is a Dutch sentence that names the place."""


def read_terms(path: Path) -> list[ForbiddenTerm]:
    """Return unsaved rows, all checked, so that nothing is written when something is wrong. Raises TermListError."""
    rows = read_yaml(path, error=TermListError)
    if not isinstance(rows, list):
        raise TermListError(f"{path.name} moet een lijst zijn, met per woord: {', '.join(sorted(KEYS))}.")
    terms = [_term(row, number) for number, row in enumerate(rows, start=1)]
    if len({term.term.casefold() for term in terms}) < len(terms):
        raise TermListError(f"{path.name}: een woord staat er twee keer in.")
    return terms


@transaction.atomic
def import_term(read: ForbiddenTerm) -> Outcome:
    """Bring one word into the list. What differs from the last import belongs to an editor and stays, as does "not in use"."""
    known = ForbiddenTerm.objects.filter(term=read.term).first()
    if known is None:
        read.imported_digest = _digest(read)
        read.save()
        return Outcome.NEW
    if _digest(known) == _digest(read):
        return Outcome.UNCHANGED
    if _digest(known) != known.imported_digest:
        return Outcome.KEPT
    for field in FIELDS:
        setattr(known, field, getattr(read, field))
    known.imported_digest = _digest(read)
    known.save(update_fields=[*FIELDS, "imported_digest"])
    return Outcome.UPDATED


def _term(row, number: int) -> ForbiddenTerm:
    if not isinstance(row, dict) or set(row) - KEYS or not isinstance(row.get("exceptions", []), list):
        raise TermListError(f"Woord {number}: gebruik alleen {', '.join(sorted(KEYS))}; exceptions is een lijst.")
    texts = {name: str(value).strip() for name, value in row.items() if name != "exceptions"}
    term = ForbiddenTerm(**texts, exceptions="\n".join(map(str, row.get("exceptions", []))))
    try:
        term.full_clean(validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        raise TermListError(f"Woord {number} (‘{term.term}’): {' '.join(error.messages)}") from error
    return term


def _digest(term: ForbiddenTerm) -> str:
    return hashlib.sha256(json.dumps([getattr(term, field) for field in FIELDS]).encode()).hexdigest()
