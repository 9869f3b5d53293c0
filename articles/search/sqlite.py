"""The index in SQLite: an FTS5 table for each kind of entry (https://www.sqlite.org/fts5.html)."""

from collections.abc import Callable, Iterable

from django.db import connection
from django.db.models import Q

from articles.search.entries import KINDS, passages_from_data, stemmed

_WEIGHTS = "10.0, 4.0, 1.0"  # title, headings, text
_LAST = "\U0010ffff"


def create(execute: Callable[[str], object]) -> None:
    for kind in KINDS:
        execute(f"CREATE VIRTUAL TABLE {_table(kind)} USING fts5(title, headings, text, tokenize='unicode61 remove_diacritics 2')")


def drop(execute: Callable[[str], object]) -> None:
    for kind in KINDS:
        execute(f"DROP TABLE {_table(kind)}")


def _table(kind: str) -> str:
    return f"articles_search_{kind}"


def add(entries: Iterable) -> None:
    """Index SearchEntry rows that have just been made."""
    rows: dict[str, list[tuple]] = {kind: [] for kind in KINDS}
    for entry in entries:
        words = stemmed(entry.title, passages_from_data(entry.passages))
        rows[entry.kind].append((entry.pk, words.title, words.headings, words.text))
    with connection.cursor() as cursor:
        for kind in KINDS:
            cursor.executemany(f"DELETE FROM {_table(kind)} WHERE rowid = %s", [row[:1] for row in rows[kind]])  # noqa: S608
            cursor.executemany(f"INSERT INTO {_table(kind)}(rowid, title, headings, text) VALUES (%s, %s, %s, %s)", rows[kind])  # noqa: S608


def remove(entries: Iterable) -> None:
    with connection.cursor() as cursor:
        for entry in entries:
            cursor.execute(f"DELETE FROM {_table(entry.kind)} WHERE rowid = %s", [entry.pk])  # noqa: S608


def clear() -> None:
    with connection.cursor() as cursor:
        for kind in KINDS:
            cursor.execute(f"DELETE FROM {_table(kind)}")  # noqa: S608


def find(kind: str, clauses: tuple, limit: int) -> list[int]:
    """Return the numbers of the best entries by bm25, the newest first when they are as good."""
    sql = f"SELECT rowid FROM {_table(kind)} WHERE {_table(kind)} MATCH %s ORDER BY bm25({_table(kind)}, {_WEIGHTS}), rowid DESC LIMIT %s"  # noqa: S608, E501
    with connection.cursor() as cursor:
        cursor.execute(sql, [expression(clauses), limit])
        return [number for (number,) in cursor.fetchall()]


def expression(clauses: tuple) -> str:
    """Return what FTS5 should match. Stems hold letters and digits only, so nothing can leave its quotes."""
    choices = (" OR ".join('"' + " ".join(phrase) + '"' for phrase in clause) for clause in clauses)
    return " AND ".join(f"({choice})" for choice in choices)


def starts(field: str, beginning: str) -> Q:
    return Q(**{f"{field}__gte": beginning, f"{field}__lt": beginning + _LAST})
