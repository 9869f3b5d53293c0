import re
import shutil
import sqlite3
import stat
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

from magsite.backup import BackupError, BackupSkipped, back_up_site, expired, list_backups, make_backup, only_one, verify


@pytest.fixture
def database(tmp_path):
    path = tmp_path / "db with space.sqlite3"
    with closing(sqlite3.connect(path, isolation_level=None)) as rows:
        rows.execute("PRAGMA journal_mode=WAL")
        rows.execute("CREATE TABLE source (key TEXT PRIMARY KEY, title TEXT)")
        rows.execute("CREATE INDEX by_title ON source (title)")
        rows.executemany("INSERT INTO source VALUES (?, ?)", [(f"key{n}", f"title {n}") for n in range(2000)])
    return path


def read_rows(path):
    with closing(sqlite3.connect(path)) as rows:
        return rows.execute("SELECT key, title FROM source ORDER BY rowid").fetchall()


def test_backup_is_one_verified_file_that_only_its_owner_reads(tmp_path, database):
    path = make_backup(source=database, folder=tmp_path / "backups")
    assert re.fullmatch(r"magsite-\d{8}T\d{6}Z\.sqlite3", path.name)
    assert [p.name for p in path.parent.iterdir() if p.name != ".lock"] == [path.name]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert read_rows(path) == read_rows(database)


def test_restore_as_the_manual_says_brings_the_rows_back(tmp_path, database):
    before = read_rows(database)
    backup = make_backup(source=database, folder=tmp_path / "backups")
    with closing(sqlite3.connect(database)) as rows:
        rows.execute("DELETE FROM source")
        rows.commit()
    for part in (database, *tmp_path.glob(f"{database.name}-*")):
        part.unlink()
    shutil.copy(backup, database)
    assert read_rows(database) == before


def test_backup_is_one_moment_while_another_process_writes(tmp_path, database, monkeypatch):
    monkeypatch.setattr("magsite.backup.PAGES_PER_STEP", 1)
    written = threading.Event()

    class WritesDuringTheCopy(threading.Event):
        def is_set(self):
            if not written.is_set():
                written.set()
                with closing(sqlite3.connect(database)) as rows:
                    rows.execute("INSERT INTO source VALUES ('late', 'late')")
                    rows.commit()
            return super().is_set()

    backup = make_backup(source=database, folder=tmp_path / "backups", stop=WritesDuringTheCopy())
    assert len(read_rows(backup)) == 2000
    assert len(read_rows(database)) == 2001


def test_damaged_copy_is_refused(tmp_path, database):
    backup = make_backup(source=database, folder=tmp_path / "backups")
    damaged = bytearray(backup.read_bytes())
    damaged[5 * 4096 : 6 * 4096] = b"\xff" * 4096
    backup.write_bytes(damaged)
    with pytest.raises((BackupError, sqlite3.DatabaseError), match=r"damaged|malformed"):
        verify(backup, threading.Event())


def test_failed_backup_leaves_the_older_ones_and_no_draft(tmp_path):
    folder = tmp_path / "backups"
    folder.mkdir()
    older = folder / "magsite-20250101T000000Z.sqlite3"
    older.touch()
    (folder / "magsite-20250101T010000Z.partial").write_text("from a crash")
    (tmp_path / "no.sqlite3").write_bytes(b"this is no database, this is text" * 100)
    with pytest.raises(BackupError, match="not a database"):
        make_backup(source=tmp_path / "no.sqlite3", folder=folder)
    assert [p.name for p in folder.iterdir() if p.name != ".lock"] == [older.name]


def test_stop_ends_a_backup_on_the_way(tmp_path, database):
    stop = threading.Event()
    stop.set()
    with pytest.raises(BackupError, match="stopped"):
        make_backup(source=database, folder=tmp_path / "backups", stop=stop)
    assert list_backups(tmp_path / "backups") == []


def test_two_backups_at_once_are_refused(tmp_path, database):
    folder = tmp_path / "backups"
    folder.mkdir()
    with only_one(folder), pytest.raises(BackupError, match="Another backup is running"):
        make_backup(source=database, folder=folder)
    make_backup(source=database, folder=folder)


def test_old_backups_thin_out_to_48_hours_and_30_days():
    start = datetime(2025, 1, 1, 0, 5, tzinfo=UTC)
    half_hours = [start + timedelta(minutes=30 * n) for n in range(2 * 24 * 60)]
    backups = [Path(f"magsite-{moment:%Y%m%dT%H%M%SZ}.sqlite3") for moment in half_hours]
    gone = set(expired(backups))
    kept = [path for path in backups if path not in gone]
    newest_of_hours = backups[-1:-96:-2][::-1]
    newest_of_days = backups[47::48][-30:-2]
    assert kept == newest_of_days + newest_of_hours
    assert expired(kept) == []


@pytest.mark.django_db
def test_database_in_memory_is_skipped(only_on_sqlite, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    with pytest.raises(BackupSkipped, match="lives in memory"):
        back_up_site()


def test_other_database_is_left_to_its_own_tools(monkeypatch):
    monkeypatch.setattr("magsite.backup.connection", SimpleNamespace(vendor="postgresql", display_name="PostgreSQL"))
    with pytest.raises(BackupSkipped, match="pg_dump"):
        back_up_site()


@pytest.mark.django_db
def test_command_prints_path_and_size(settings, tmp_path, database, monkeypatch):
    settings.VAR_DIR = tmp_path
    on_disk = SimpleNamespace(vendor="sqlite", is_in_memory_db=lambda: False, settings_dict={"NAME": str(database)})
    monkeypatch.setattr("magsite.backup.connection", on_disk)
    out = StringIO()
    call_command("backup", stdout=out)
    backup = list_backups(tmp_path / "backups")[0]
    assert out.getvalue() == f"{backup} ({backup.stat().st_size / 1_000_000:.1f} MB)\n"


@pytest.mark.django_db
def test_command_fails_in_one_line(only_on_sqlite, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    with pytest.raises(CommandError, match="nothing to back up"):
        call_command("backup")
