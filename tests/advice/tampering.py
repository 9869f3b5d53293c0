"""What somebody with the password of the database could do to the log: take its triggers away, change it, and put them back."""

from contextlib import contextmanager
from importlib import import_module
from types import SimpleNamespace

from django.db import connection

triggers = import_module("advice.migrations.0002_immutable")


@contextmanager
def tampering():
    """Let the block change what never changes."""
    with connection.cursor() as cursor:
        editor = SimpleNamespace(connection=connection, execute=cursor.execute)
        triggers.drop(None, editor)
        yield
        triggers.create(None, editor)
