"""Store a new row with one plain statement, where a reader is waiting for it.

The ORM builds an INSERT anew each time. A question makes five rows in one transaction, and nobody else can write meanwhile: built
once, and with their values ready before the transaction begins, they keep the others waiting half as long (docs/advice-desk.md).
"""

from dataclasses import dataclass
from functools import cache
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections, models

Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True)
class Statement:
    """The INSERT of a model, the fields that fill it in, and the name of the number that it gives a row."""

    sql: str
    fields: dict[str, models.Field]
    number: str


@dataclass(frozen=True)
class Ready(Generic[Row]):
    """A row whose values are ready to be stored, by the name of their field. Once stored, it is ready for nothing."""

    row: Row
    statement: Statement
    values: dict[str, Any]

    def insert(self, **late: Any) -> Row:
        """Store the row, with the fields that could not be known before, and return it with its number. Sends no signals.

        Raises IntegrityError as `save` does.
        """
        database = _database()
        for name, value in late.items():
            setattr(self.row, name, value)
            field = self.statement.fields[name]
            self.values[name] = field.get_db_prep_save(getattr(self.row, field.attname), database)
        with database.cursor() as cursor:
            cursor.execute(self.statement.sql, list(self.values.values()))
            setattr(self.row, self.statement.number, cursor.fetchone()[0])
        self.row._state.adding, self.row._state.db = False, database.alias
        return self.row


def make_ready(row: Row) -> Ready[Row]:
    """Return a new row with all that can be done before the transaction that stores it. Asks nothing of the database."""
    database = _database()
    statement = _statement(type(row), database.vendor)
    values = {name: field.get_db_prep_save(field.pre_save(row, True), database) for name, field in statement.fields.items()}
    return Ready(row, statement, values)


def insert(row: Row) -> Row:
    """Store `row`, which must be new, and return it with its number. Sends no signals. Raises IntegrityError as `save` does."""
    return make_ready(row).insert()


def _database():
    return connections[DEFAULT_DB_ALIAS]  # and not `connection`, which looks for it anew each time that it is named


@cache
def _statement(model: type[models.Model], vendor: str) -> Statement:
    """Return how to insert a row of a model. `vendor` parts the statements of one database from those of another."""
    key, given = model._meta.pk, model._meta.local_concrete_fields
    fields = {field.name: field for field in given if not isinstance(field, models.AutoField | models.BigAutoField)}
    quote = _database().ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields.values())
    places = ", ".join(["%s"] * len(fields))
    sql = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places}) RETURNING {quote(key.column)}"  # noqa: S608
    return Statement(sql, fields, key.attname)
