"""Store a new row with one plain statement, where a reader is waiting for it.

The ORM builds an INSERT anew each time. A question makes five rows in one transaction, and nobody else can write meanwhile: built
once, the statements take a fifth of that time (docs/advice-desk.md).
"""

from functools import cache
from typing import TypeVar

from django.db import connection, models

Row = TypeVar("Row", bound=models.Model)


def insert(row: Row) -> Row:
    """Store `row`, which must be new, and return it with its number. Sends no signals. Raises IntegrityError as `save` does."""
    sql, fields, number = _statement(type(row), connection.vendor)
    values = [field.get_db_prep_save(field.pre_save(row, True), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        setattr(row, number, cursor.fetchone()[0])
    row._state.adding, row._state.db = False, connection.alias
    return row


@cache
def _statement(model: type[models.Model], vendor: str) -> tuple[str, tuple[models.Field, ...], str]:
    """Return the INSERT of a model, the fields that fill it in, and the name of its number. `vendor` parts the statements."""
    key, given = model._meta.pk, model._meta.local_concrete_fields
    fields = tuple(field for field in given if not isinstance(field, models.AutoField | models.BigAutoField))
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    sql = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places}) RETURNING {quote(key.column)}"  # noqa: S608
    return sql, fields, key.attname
