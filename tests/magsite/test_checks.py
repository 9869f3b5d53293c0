import sqlite3
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.db import connection
from django.db.backends.sqlite3.base import DatabaseWrapper

from magsite import checks


@contextmanager
def database_on_disk(monkeypatch, path: Path, init_command: str):
    options = {"transaction_mode": "IMMEDIATE", "init_command": init_command}
    wrapper = DatabaseWrapper({**connection.settings_dict, "NAME": str(path), "OPTIONS": options}, alias="on_disk")
    monkeypatch.setattr(checks, "connection", wrapper)
    yield
    wrapper.close()


@pytest.fixture
def unblocked(django_db_blocker):
    with django_db_blocker.unblock():
        yield


def test_pragmas_of_our_settings_pass(monkeypatch, tmp_path, unblocked):
    good = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;"
    with database_on_disk(monkeypatch, tmp_path / "db", good):
        assert checks.check_sqlite_pragmas(None, databases=["default"]) == []


def test_other_pragmas_are_errors_that_name_what_was_read(monkeypatch, tmp_path, unblocked):
    with database_on_disk(
        monkeypatch, tmp_path / "db", "PRAGMA journal_mode=DELETE; PRAGMA synchronous=OFF; PRAGMA secure_delete=OFF"
    ):
        found = checks.check_sqlite_pragmas(None, databases=["default"])
    assert [(error.id, error.msg) for error in found] == [
        ("magsite.E001", "SQLite runs with journal_mode=delete, not wal."),
        ("magsite.E001", "SQLite runs with synchronous=0, not 2."),
        ("magsite.E001", "SQLite runs with secure_delete=0, not 1."),
    ]


def test_database_is_left_alone_when_nobody_asks(unblocked):
    assert checks.check_sqlite_pragmas(None) == []
    assert checks.check_sqlite_version(None) == []


@pytest.mark.parametrize(("version", "warned"), [((3, 40, 1), True), ((3, 51, 2), True), ((3, 51, 3), False), ((3, 52, 0), False)])
def test_sqlite_with_the_log_reset_bug_is_a_warning(only_on_sqlite, monkeypatch, version, warned):
    monkeypatch.setattr(sqlite3, "sqlite_version_info", version)
    assert [warning.id for warning in checks.check_sqlite_version(None, databases=["default"])] == ["magsite.W002"] * warned


def test_project_as_it_is_has_no_findings():
    assert run_checks() == []
