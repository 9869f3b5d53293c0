"""The index in PostgreSQL: a table with a tsvector of our tokens and a GIN index. No dictionary of the database has a say.

The table has no foreign key: clearing tables asks nothing of it. A row without a request finds nothing that is shown.
See https://www.postgresql.org/docs/current/textsearch.html.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable

from django.db import connection

TABLE = "advice_search"
_MOST_PLACES, _LAST_PLACE = 255, 16_383  # what a tsvector keeps


def create(execute: Callable[[str], object]) -> None:
    execute(f"CREATE TABLE {TABLE} (request_id bigint PRIMARY KEY, tokens tsvector NOT NULL)")
    # Without fastupdate: otherwise new words wait in a list, and every search reads it until a vacuum empties it.
    execute(f"CREATE INDEX {TABLE}_tokens ON {TABLE} USING gin (tokens) WITH (fastupdate = off)")


def drop(execute: Callable[[str], object]) -> None:
    execute(f"DROP TABLE {TABLE}")


def put(rows: Iterable[tuple[int, list[str]]]) -> None:
    insert = (
        f"INSERT INTO {TABLE} (request_id, tokens) VALUES (%s, %s::tsvector) "  # noqa: S608
        "ON CONFLICT (request_id) DO UPDATE SET tokens = excluded.tokens"
    )
    with connection.cursor() as cursor:
        cursor.executemany(insert, [(number, _vector(tokens)) for number, tokens in rows])


def add(number: int, tokens: list[str]) -> None:
    put([(number, tokens)])


def _vector(tokens: list[str]) -> str:
    places = defaultdict(list)
    for place, token in enumerate(tokens, start=1):
        if len(places[token]) < _MOST_PLACES:
            places[token].append(str(min(place, _LAST_PLACE)))
    return " ".join(f"'{token}':{','.join(found)}" for token, found in places.items())


def remove(numbers: Collection[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE} WHERE request_id = ANY(%s)", [list(numbers)])  # noqa: S608


def clear() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE}")  # noqa: S608


def find(phrases: Iterable[tuple[str, ...]], limit: int, before: int | None = None) -> list[int]:
    sql = (
        f"SELECT request_id FROM {TABLE} WHERE tokens @@ %s::tsquery AND request_id < %s "  # noqa: S608
        "ORDER BY request_id DESC LIMIT %s"
    )
    query = " & ".join("(" + " <-> ".join(f"'{token}'" for token in phrase) + ")" for phrase in phrases)
    with connection.cursor() as cursor:
        cursor.execute(sql, [query, before or 2**62, limit])
        return [number for (number,) in cursor.fetchall()]
