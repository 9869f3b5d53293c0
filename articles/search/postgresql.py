"""The index in PostgreSQL: a table for each kind of entry, with two tsvectors and a GIN index on either.

The vectors are made of our own stems, so no dictionary of the database has a say. The tables have no foreign key: clearing
tables in a test, or a restore by table, asks nothing of them. An orphaned row finds nothing that is shown.
See https://www.postgresql.org/docs/current/textsearch.html.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable

from django.db import connection
from django.db.models import Q

from articles.search.entries import KINDS, passages_from_data, stemmed

# ts_rank reads the whole vector of every hit. That of title and headings is small; with the words elsewhere, only the newest
# are ranked.
MOST_HEADS, MOST_BODIES = 500, 120
_GAP = 10  # places between title, headings and text, so that no phrase runs from one into the other
_MOST_PLACES, _LAST_PLACE = 255, 16_383  # what a tsvector keeps

# Otherwise new words wait in a list, and every search reads it until a vacuum empties it.
_AT_ONCE = "WITH (fastupdate = off)"
# The planner thinks that reading a vector is cheap and would read thousands: walking the entries from the newest down, which
# `entry_id + 0` keeps it from, or all of them, which the setting does. A setting of a function ends with the function.
_FIND = f"""
CREATE FUNCTION {{table}}_find(query tsquery, most integer) RETURNS SETOF bigint LANGUAGE sql STABLE SET enable_seqscan = off AS $$
SELECT entry_id FROM (
  SELECT entry_id, 10 + ts_rank('{{{{0.1, 0.1, 0.4, 1.0}}}}', head, query, 1) AS rank FROM (
    SELECT entry_id, head FROM {{table}} WHERE head @@ query ORDER BY entry_id + 0 DESC LIMIT {MOST_HEADS}) AS heads
  UNION ALL
  SELECT entry_id, ts_rank('{{{{0.1, 0.1, 0.4, 1.0}}}}', body, query, 1) AS rank FROM (
    SELECT entry_id, body FROM {{table}} WHERE body @@ query ORDER BY entry_id + 0 DESC LIMIT {MOST_BODIES}) AS bodies
) AS ranked GROUP BY entry_id ORDER BY max(rank) DESC, entry_id DESC LIMIT most
$$
"""  # noqa: S608


def create(execute: Callable[[str], object]) -> None:
    for table in map(_table, KINDS):
        execute(f"CREATE TABLE {table} (entry_id bigint PRIMARY KEY, head tsvector NOT NULL, body tsvector NOT NULL)")
        execute(f"CREATE INDEX {table}_head ON {table} USING gin (head) {_AT_ONCE}")
        execute(f"CREATE INDEX {table}_body ON {table} USING gin (body) {_AT_ONCE}")
        execute(_FIND.format(table=table))


def drop(execute: Callable[[str], object]) -> None:
    for table in map(_table, KINDS):
        execute(f"DROP FUNCTION {table}_find(tsquery, integer)")
        execute(f"DROP TABLE {table}")


def _table(kind: str) -> str:
    return f"articles_search_{kind}"


def add(entries: Iterable) -> None:
    """Index SearchEntry rows that have just been made."""
    rows: dict[str, list[tuple]] = {kind: [] for kind in KINDS}
    for entry in entries:
        words = stemmed(entry.title, passages_from_data(entry.passages))
        head = [(words.title, "A"), (words.headings, "B")]
        rows[entry.kind].append((entry.pk, vector(head), vector([*head, (words.text, "")])))
    with connection.cursor() as cursor:
        for kind in KINDS:
            insert = (
                f"INSERT INTO {_table(kind)} (entry_id, head, body) VALUES (%s, %s::tsvector, %s::tsvector) "  # noqa: S608
                "ON CONFLICT (entry_id) DO UPDATE SET head = excluded.head, body = excluded.body"
            )
            cursor.executemany(insert, rows[kind])


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
    numbers = [entry.pk for entry in entries]
    with connection.cursor() as cursor:
        for kind in KINDS:
            cursor.execute(f"DELETE FROM {_table(kind)} WHERE entry_id = ANY(%s)", [numbers])  # noqa: S608


def clear() -> None:
    with connection.cursor() as cursor:
        for kind in KINDS:
            cursor.execute(f"DELETE FROM {_table(kind)}")  # noqa: S608


def find(kind: str, clauses: tuple, limit: int) -> list[int]:
    """Return the numbers of the best entries by ts_rank, the newest first when they are as good."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {_table(kind)}_find(%s::tsquery, %s)", [expression(clauses), limit])  # noqa: S608
        return [number for (number,) in cursor.fetchall()]


def expression(clauses: tuple) -> str:
    """Return a tsquery in writing. Stems hold letters and digits only, so nothing can leave its quotes."""
    choices = (" | ".join("(" + " <-> ".join(f"'{stem}'" for stem in phrase) + ")" for phrase in clause) for clause in clauses)
    return " & ".join(f"({choice})" for choice in choices)


def starts(field: str, beginning: str) -> Q:
    return Q(**{f"{field}__startswith": beginning})
