"""The index in SQLite: an FTS5 table (https://www.sqlite.org/fts5.html). Its order of rows is the order of requests."""

from collections.abc import Callable, Collection, Iterable

from django.db import connection

TABLE = "advice_search"


def create(execute: Callable[[str], object]) -> None:
    execute(f"CREATE VIRTUAL TABLE {TABLE} USING fts5(tokens, tokenize='ascii')")


def drop(execute: Callable[[str], object]) -> None:
    execute(f"DROP TABLE {TABLE}")


def put(rows: Iterable[tuple[int, list[str]]]) -> None:
    written = [(number, " ".join(tokens)) for number, tokens in rows]
    remove([number for number, _ in written])
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {TABLE}(rowid, tokens) VALUES (%s, %s)", written)  # noqa: S608


def add(number: int, tokens: list[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {TABLE}(rowid, tokens) VALUES (%s, %s)", [number, " ".join(tokens)])  # noqa: S608


def remove(numbers: Collection[int]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(f"DELETE FROM {TABLE} WHERE rowid = %s", [(number,) for number in numbers])  # noqa: S608


def clear() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE}")  # noqa: S608


def find(phrases: Iterable[tuple[str, ...]], limit: int, before: int | None = None) -> list[int]:
    sql = f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s AND rowid < %s ORDER BY rowid DESC LIMIT %s"  # noqa: S608
    query = " AND ".join('"' + " ".join(phrase) + '"' for phrase in phrases)
    with connection.cursor() as cursor:
        cursor.execute(sql, [query, before or 2**62, limit])
        return [number for (number,) in cursor.fetchall()]
