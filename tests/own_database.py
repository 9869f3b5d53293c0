"""A database for processes that a test starts: the database of the tests themselves can't be shared with them."""

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent


@contextmanager
def own_database(vendor: str, folder: Path, blocker) -> Iterator[str]:
    """Give the address of a migrated, empty database of the kind that the tests run on; skip a test that asks for another kind."""
    if vendor != connection.vendor:
        pytest.skip("needs DATABASE_URL=postgres://…" if vendor == "postgresql" else "runs when the tests run on SQLite")
    if vendor == "sqlite":
        shutil.copy(_migrated_file(), folder / "db.sqlite3")
        yield _address(folder)
        return
    name, chosen = f"test_own_{os.getpid()}", settings.DATABASES["default"]
    with blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name}")
        cursor.execute(f"CREATE DATABASE {name}")
        url = f"postgres://{chosen['USER']}:{chosen['PASSWORD']}@{chosen['HOST']}:{chosen['PORT'] or 5432}/{name}"
        _migrate(url, folder)
        yield url
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


@cache
def _migrated_file() -> Path:
    """Make one database file for this process, to copy."""
    folder = Path(tempfile.mkdtemp(prefix="magsite-migrated-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    _migrate(_address(folder), folder)
    return folder / "db.sqlite3"


def _address(folder: Path) -> str:
    return f"sqlite:///{folder / 'db.sqlite3'}"


def _migrate(url: str, folder: Path) -> None:
    own = {"DJANGO_SETTINGS_MODULE": "magsite.settings", "VAR_DIR": str(folder), "DATABASE_URL": url}
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0", "--skip-checks"]
    subprocess.run(command, cwd=ROOT, env=os.environ | own, check=True)
