"""The index in PostgreSQL: two tsvectors for each entry, with GIN indexes (https://www.postgresql.org/docs/current/textsearch.html).

The vectors are made of our own stems, so no dictionary of the database has a say. They stand in a table of their own, without a
foreign key: clearing tables in a test, or a restore by table, asks nothing of it. An orphaned row finds nothing that is shown.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable

from django.db import connection
from django.db.models import Q

from articles.search.entries import passages_from_data, stemmed

TABLE = "articles_search_index"
# ts_rank reads the whole vector of every hit. That of title and headings is small; with the words elsewhere, only the newest
# are ranked.
MOST_HEADS, MOST_BODIES = 500, 120
_GAP = 10  # places between title, headings and text, so that no phrase runs from one into the other
_MOST_PLACES, _LAST_PLACE = 255, 16_383  # what a tsvector keeps

_FIND = f"""
SELECT entry_id FROM (
  SELECT entry_id, 10 + ts_rank('{{0.1, 0.1, 0.4, 1.0}}', head, %(query)s::tsquery, 1) AS rank FROM (
    SELECT entry_id, head FROM {TABLE} WHERE kind = %(kind)s AND head @@ %(query)s::tsquery
    ORDER BY entry_id DESC LIMIT {MOST_HEADS}) AS heads
  UNION ALL
  SELECT entry_id, ts_rank('{{0.1, 0.1, 0.4, 1.0}}', body, %(query)s::tsquery, 1) AS rank FROM (
    SELECT entry_id, body FROM {TABLE} WHERE kind = %(kind)s AND body @@ %(query)s::tsquery
    ORDER BY entry_id DESC LIMIT {MOST_BODIES}) AS bodies
) AS ranked GROUP BY entry_id ORDER BY max(rank) DESC, entry_id DESC LIMIT %(limit)s
"""  # noqa: S608


def create(execute: Callable[[str], object]) -> None:
    vectors = "head tsvector NOT NULL, body tsvector NOT NULL"
    execute(f"CREATE TABLE {TABLE} (entry_id bigint PRIMARY KEY, kind varchar(8) NOT NULL, {vectors})")
    execute(f"CREATE INDEX {TABLE}_head ON {TABLE} USING gin (head)")
    execute(f"CREATE INDEX {TABLE}_body ON {TABLE} USING gin (body)")


def drop(execute: Callable[[str], object]) -> None:
    execute(f"DROP TABLE {TABLE}")


def add(entries: Iterable) -> None:
    """Index SearchEntry rows that have just been made."""
    rows = []
    for entry in entries:
        words = stemmed(entry.title, passages_from_data(entry.passages))
        head, body = [(words.title, "A"), (words.headings, "B")], [(words.title, "A"), (words.headings, "B"), (words.text, "")]
        rows.append((entry.pk, entry.kind, vector(head), vector(body)))
    insert = (
        f"INSERT INTO {TABLE} (entry_id, kind, head, body) VALUES (%s, %s, %s::tsvector, %s::tsvector) "  # noqa: S608
        "ON CONFLICT (entry_id) DO UPDATE SET kind = excluded.kind, head = excluded.head, body = excluded.body"
    )
    with connection.cursor() as cursor:
        cursor.executemany(insert, rows)


def vector(parts: Iterable[tuple[str, str]]) -> str:
    """Return a tsvector in writing, from lines of stems with the weight of each line."""
    places, place = defaultdict(list), 0
    for line, weight in parts:
        for stem in line.split():
            place = min(place + 1, _LAST_PLACE)
            if len(places[stem]) < _MOST_PLACES:
                places[stem].append(f"{place}{weight}")
        place = min(place + _GAP, _LAST_PLACE)
    return " ".join(f"'{stem}':{','.join(found)}" for stem, found in places.items())


def remove(entries: Iterable) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE} WHERE entry_id = ANY(%s)", [[entry.pk for entry in entries]])  # noqa: S608


def clear() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE}")  # noqa: S608


def find(kind: str, clauses: tuple, limit: int) -> list[int]:
    """Return the numbers of the best entries by ts_rank, the newest first when they are as good."""
    with connection.cursor() as cursor:
        cursor.execute(_FIND, {"kind": kind, "query": expression(clauses), "limit": limit})
        return [number for (number,) in cursor.fetchall()]


def expression(clauses: tuple) -> str:
    """Return a tsquery in writing. Stems hold letters and digits only, so nothing can leave its quotes."""
    choices = (" | ".join("(" + " <-> ".join(f"'{stem}'" for stem in phrase) + ")" for phrase in clause) for clause in clauses)
    return " & ".join(f"({choice})" for choice in choices)


def starts(field: str, beginning: str) -> Q:
    return Q(**{f"{field}__startswith": beginning})
