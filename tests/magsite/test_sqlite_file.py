import sqlite3
import time
from contextlib import closing

import pytest
from django.contrib.auth.models import Group
from django.db import connection

from magsite.sqlite_file import empty_write_ahead_log

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_log_is_cut_to_nothing_and_the_database_has_it_all(only_on_sqlite, shared_database):
    Group.objects.create(name="merkteken7a1c")
    log = shared_database.with_name("db.sqlite3-wal")
    assert b"merkteken7a1c" in log.read_bytes()
    assert empty_write_ahead_log()
    assert log.stat().st_size == 0
    assert b"merkteken7a1c" in shared_database.read_bytes()


def test_somebody_who_reads_is_waited_for_only_a_moment(only_on_sqlite, shared_database):
    Group.objects.create(name="een")
    with closing(sqlite3.connect(shared_database, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM auth_group").fetchone()
        Group.objects.create(name="twee")
        start = time.monotonic()
        assert not empty_write_ahead_log()
        assert time.monotonic() - start < 5
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA busy_timeout").fetchone()[0] == 30_000
    assert empty_write_ahead_log()


def test_another_database_has_no_such_file(db):
    assert empty_write_ahead_log()
