"""Whoever writes has a turn that ends with the transaction, however that ends; the others wait, and not for ever."""

import sqlite3
from threading import Event, Thread

import pytest
from django.contrib.auth.models import Group
from django.db import OperationalError, connection, transaction

from magsite.sqlite import base

pytestmark = [pytest.mark.usefixtures("only_on_sqlite")]


def is_free() -> bool:
    return not base._turn.locked()


@pytest.mark.django_db(transaction=True)
def test_a_turn_ends_with_the_transaction_however_it_ends(shared_database):
    with transaction.atomic():
        assert not is_free()
        with transaction.atomic():
            Group.objects.create(name="een")
        assert not is_free()
    assert is_free()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        assert 1 / 0
    assert is_free()
    with transaction.atomic():
        connection.close()
    assert is_free()
    assert Group.objects.filter(name="een").exists()


@pytest.mark.django_db(transaction=True)
def test_a_turn_ends_when_the_transaction_can_not_be_committed(shared_database, monkeypatch):
    class Broken(sqlite3.Connection):
        def commit(self):
            raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setitem(connection.settings_dict, "OPTIONS", connection.settings_dict["OPTIONS"] | {"factory": Broken})
    connection.close()
    with pytest.raises(OperationalError, match="full"), transaction.atomic():
        Group.objects.create(name="vol")
    assert is_free()
    connection.close()


@pytest.mark.django_db(transaction=True)
def test_a_file_that_others_keep_locked_is_told_in_time_and_ends_the_turn(shared_database, monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "OPTIONS", connection.settings_dict["OPTIONS"] | {"timeout": 0.05})
    other = sqlite3.connect(shared_database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(OperationalError, match="locked"), transaction.atomic():
        pass
    assert is_free()
    other.execute("ROLLBACK")
    other.close()
    with transaction.atomic():
        Group.objects.create(name="daarna")
    assert connection.cursor().execute("PRAGMA busy_timeout").fetchone() == (50,)


@pytest.mark.django_db(transaction=True)
def test_a_thread_that_waits_too_long_for_another_is_told_so(shared_database, monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "OPTIONS", connection.settings_dict["OPTIONS"] | {"timeout": 0.05})
    told, begun = [], Event()

    def write():
        try:
            begun.set()
            with transaction.atomic():
                pass
        except OperationalError as error:
            told.append(str(error))
        finally:
            connection.close()

    with transaction.atomic():
        thread = Thread(target=write)
        thread.start()
        begun.wait()
        thread.join()
    assert told == ["database is locked"]
    assert is_free()


@pytest.mark.django_db(transaction=True)
def test_threads_write_one_after_the_other(shared_database):
    def write(number: int):
        for time in range(10):
            with transaction.atomic():
                Group.objects.create(name=f"{number} {time}")
        connection.close()

    threads = [Thread(target=write, args=[number]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Group.objects.filter(name__regex=r"^\d \d$").count() == 80
    assert is_free()
