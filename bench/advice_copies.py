"""Copies requests inside the database: every table that hangs on a request, a whole block at a time, on SQLite and PostgreSQL."""

from django.db import connection
from django.db.models import DateTimeField, Field, Model

from advice.models import AdviceRequest, Message, OutgoingMail

_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def copy_requests(written: int, copy: int, *, days: int) -> None:
    """Copy the first `written` requests, for the `copy`-th time, `days` later each time. The caller is in a transaction."""
    most = dict.fromkeys((Message, OutgoingMail), 4 * written) | {AdviceRequest: written}
    for model in (AdviceRequest, Message, OutgoingMail):
        fields = model._meta.concrete_fields
        columns = ", ".join(f'"{field.column}"' for field in fields)
        values = ", ".join(_value(model, field, copy, most, days * copy) for field in fields)
        table = model._meta.db_table
        _run(f"INSERT INTO {table} ({columns}) SELECT {values} FROM {table} WHERE id <= {most[model]}")  # noqa: S608
    number = "rowid" if connection.vendor == "sqlite" else "request_id"
    _run(
        f"INSERT INTO advice_search ({number}, tokens) "  # noqa: S608
        f"SELECT {number} + {copy * written}, tokens FROM advice_search WHERE {number} <= {written}"
    )


def _value(model: type[Model], field: Field, copy: int, most: dict, days: int) -> str:
    """Return the SQL of one value of a copy: numbers move up by a block, times by some days, what is unique gets a mark."""
    name, mark = f'"{field.column}"', f"-{copy}"
    if field.primary_key:
        return f"{name} + {copy * most[model]}"
    if field.is_relation and field.related_model in most:
        return f"{name} + {copy * most[field.related_model]}"
    if isinstance(field, DateTimeField):
        return _later(name, days)
    if field.name == "reference":  # 8 letters and a hyphen: the last two letters are those of the copy
        return f"substr({name}, 1, 7) || '{_LETTERS[copy // 30 % 30]}{_LETTERS[copy % 30]}'"
    if field.name == "submission_id":
        return _other_uuid(name, copy) if model is AdviceRequest else name
    if field.unique:
        return f"{name} || '{mark}'"
    return name


def _later(name: str, days: int) -> str:
    if connection.vendor == "sqlite":
        return f"strftime('%Y-%m-%d %H:%M:%f', {name}, '+{days} days')"
    return f"{name} + interval '{days} days'"


def _other_uuid(name: str, copy: int) -> str:
    if connection.vendor == "sqlite":
        return f"substr({name}, 1, 28) || '{copy:04x}'"
    return f"(substr({name}::text, 1, 32) || '{copy:04x}')::uuid"


def refresh() -> None:
    """Let the database know what it holds: statistics for its planner, and where its own numbers go on."""
    _run("ANALYZE")
    if connection.vendor == "postgresql":
        for model in (AdviceRequest, Message, OutgoingMail):
            table = model._meta.db_table
            _run(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")  # noqa: S608


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
