"""A database for processes that a test starts: the database of the tests themselves can't be shared with them."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection


@contextmanager
def own_database(vendor: str, folder: Path, blocker) -> Iterator[str]:
    """Give the address of an empty database. PostgreSQL takes part when the tests were started with a DATABASE_URL for it."""
    if vendor == "sqlite":
        yield f"sqlite:///{folder / 'db.sqlite3'}"
        return
    if connection.vendor != "postgresql":
        pytest.skip("needs DATABASE_URL=postgres://…")
    name, chosen = f"test_own_{os.getpid()}", settings.DATABASES["default"]
    with blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name}")
        cursor.execute(f"CREATE DATABASE {name}")
        yield f"postgres://{chosen['USER']}:{chosen['PASSWORD']}@{chosen['HOST']}:{chosen['PORT'] or 5432}/{name}"
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
