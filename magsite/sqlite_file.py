"""The files of SQLite: what is erased must leave them, and not only the tables."""

from django.db import connection

PATIENCE = 250  # milliseconds: writers wait as long, since this needs a moment in which nobody reads


def empty_write_ahead_log() -> bool:
    """Move everything from the write-ahead log into the database file and cut the log to nothing; return whether that was possible.

    A row that is deleted is overwritten in the database (PRAGMA secure_delete), but its former text goes on standing in the log
    until that is written over. Nothing to do on another database, or in memory.
    """
    if connection.vendor != "sqlite" or connection.is_in_memory_db():
        return True
    with connection.cursor() as cursor:
        before = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        try:
            cursor.execute(f"PRAGMA busy_timeout={PATIENCE}")
            is_busy, _, _ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            cursor.execute(f"PRAGMA busy_timeout={before}")
    return not is_busy
