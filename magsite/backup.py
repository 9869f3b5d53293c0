"""Backups of SQLite that are proved to be good: copied while the site runs, read back in full, and only then given their name."""

import fcntl
import os
import sqlite3
import threading
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import connection

PREFIX = "magsite-"
SUFFIX = ".sqlite3"
KEPT_HOURS = 48
KEPT_DAYS = 30
PAGES_PER_STEP = 2000
INSTRUCTIONS_PER_LOOK = 100_000  # of SQLite's machine, between two looks at whether to stop: some milliseconds


class BackupError(Exception):
    """There is no new backup; the message says why. Older backups are untouched."""

    speaks_of_machines = True


class BackupSkipped(Exception):
    """This database is not ours to back up; the message says what to do instead."""


def back_up_site(*, stop: threading.Event | None = None) -> Path:
    """Back up the site's own database to `var/backups` and return the new file. Raises BackupError or BackupSkipped."""
    if connection.vendor != "sqlite":
        raise BackupSkipped(
            f"The database is {connection.display_name}: back it up with its own tools (pg_dump), see docs/deployment.md."
        )
    if connection.is_in_memory_db():
        raise BackupSkipped("The database lives in memory: there is nothing to back up.")
    return make_backup(source=Path(connection.settings_dict["NAME"]), folder=settings.VAR_DIR / "backups", stop=stop)


def make_backup(*, source: Path, folder: Path, stop: threading.Event | None = None) -> Path:
    """Copy the SQLite database `source` to a new file in `folder`, verify it, remove what is too old, and return the new file.

    The copy is one moment in time, however much is written meanwhile; writers never wait for it.
    Raises BackupError when the copy fails its check, when another backup is running, or when `stop` is set on the way.
    """
    stop = stop or threading.Event()
    folder.mkdir(parents=True, exist_ok=True)
    with only_one(folder):
        target = folder / f"{PREFIX}{datetime.now(UTC):%Y%m%dT%H%M%SZ}{SUFFIX}"
        draft = target.with_suffix(".partial")
        try:
            copy_database(source, draft, stop)
            verify(draft, stop)
            sync(draft)
            draft.replace(target)
            sync(folder)
        except sqlite3.Error as error:
            raise BackupError(f"No backup of {source}: {error}") from error
        finally:
            remove_drafts(folder)
        for path in expired(list_backups(folder)):
            path.unlink()
    return target


@contextmanager
def only_one(folder: Path):
    """Hold the folder's lock; the system lets go of it when the process ends, whatever way it ends."""
    with open(folder / ".lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BackupError("Another backup is running.") from error
        yield


def copy_database(source: Path, draft: Path, stop: threading.Event) -> None:
    def look(*_progress) -> None:
        if stop.is_set():
            raise sqlite3.OperationalError("stopped")

    draft.touch(mode=0o600)
    with (
        closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None)) as original,
        closing(sqlite3.connect(draft, isolation_level=None)) as copy,
    ):
        # An open read transaction pins one moment: without it every write elsewhere would start the copy all over.
        original.execute("BEGIN")
        original.execute("SELECT count(*) FROM sqlite_master")
        original.backup(copy, pages=PAGES_PER_STEP, progress=look, sleep=0)
        copy.execute("PRAGMA journal_mode=DELETE")  # a backup is one file


def verify(path: Path, stop: threading.Event) -> None:
    """Read every page and index. Raises BackupError when SQLite finds anything wrong."""
    with closing(sqlite3.connect(path)) as copy:
        copy.set_progress_handler(stop.is_set, INSTRUCTIONS_PER_LOOK)
        findings = [row[0] for row in copy.execute("PRAGMA integrity_check(5)")]
    if findings != ["ok"]:
        raise BackupError(f"The copy is damaged: {'; '.join(findings)}")


def sync(path: Path) -> None:
    """Wait until the disk has it: a backup that a power cut undoes is none."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def list_backups(folder: Path) -> list[Path]:
    """Return the finished backups, oldest first."""
    return sorted(folder.glob(f"{PREFIX}*{SUFFIX}"))


def expired(backups: list[Path]) -> list[Path]:
    """Return the ones to remove from `backups` (oldest first).

    Kept: the newest of each of the last 48 hours that have one, and the newest of each of the last 30 days that have one.
    """
    hour, day = len(f"{PREFIX}20250131T23"), len(f"{PREFIX}20250131")
    hourly = {path.name[:hour]: path for path in backups}
    daily = {path.name[:day]: path for path in backups}
    kept = {*list(hourly.values())[-KEPT_HOURS:], *list(daily.values())[-KEPT_DAYS:]}
    return [path for path in backups if path not in kept]


def remove_drafts(folder: Path) -> None:
    """Remove what a crash or a failed check left behind; call it under the lock."""
    for path in folder.glob(f"{PREFIX}*.partial*"):
        path.unlink(missing_ok=True)
