"""Django's SQLite, in which whoever waits to write hears at once that they can.

SQLite lets one transaction write at a time. Its own way of waiting is to look again after 1, 2, 5, 10 and at last every 100 ms:
while 32 readers send a form at once, the database stands idle half of the time, and some wait ten times as long as others. Here
one thread of a process is in a transaction or looks again every half millisecond, and the others wait for that thread. A statement
outside of a transaction still waits as SQLite does.
"""

import sqlite3
from threading import Lock
from time import monotonic, sleep

from django.db import OperationalError
from django.db.backends.sqlite3 import base

AGAIN = 0.0005  # seconds until the next look
_turn = Lock()


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that has its turn from the begin of a transaction to its end, however it ends."""

    _has_turn = False

    def _start_transaction_under_autocommit(self) -> None:
        """Begin a transaction. Raises OperationalError when others write for longer than the option `timeout` says."""
        patience = self.settings_dict["OPTIONS"]["timeout"]
        deadline = monotonic() + patience
        if not _turn.acquire(timeout=patience):
            raise OperationalError("database is locked")
        self._has_turn = True
        try:
            self._begin_before(deadline, patience)
        except BaseException:
            self._end_turn()
            raise

    def _begin_before(self, deadline: float, patience: float) -> None:
        self.connection.execute("PRAGMA busy_timeout = 0")
        try:
            with self.wrap_database_errors:
                while not self._begins(or_raise=monotonic() >= deadline):
                    sleep(AGAIN)
        finally:
            self.connection.execute(f"PRAGMA busy_timeout = {int(patience * 1000)}")

    def _begins(self, *, or_raise: bool) -> bool:
        try:
            self.connection.execute(f"BEGIN {self.transaction_mode or ''}")
        except sqlite3.OperationalError as error:
            if or_raise or error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            return False
        return True

    def _end_turn(self) -> None:
        if self._has_turn:
            self._has_turn = False
            _turn.release()

    def _commit(self) -> None:
        try:
            super()._commit()
        finally:
            # A commit that fails leaves the transaction open, and a rollback follows.
            if self.connection is None or not self.connection.in_transaction:
                self._end_turn()

    def _set_autocommit(self, autocommit: bool) -> None:
        try:
            super()._set_autocommit(autocommit)
        finally:
            if autocommit:  # the way out of every transaction, also when something else than the database stopped it
                self._end_turn()

    def _rollback(self) -> None:
        try:
            super()._rollback()
        finally:
            self._end_turn()

    def _close(self) -> None:
        try:
            super()._close()
        finally:
            self._end_turn()
