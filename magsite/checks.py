"""System checks: a wrong set-up gets a number, a sentence and a way out, before a visitor meets it."""

import sqlite3

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register
from django.db import connection

EXPECTED_PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}


@register("database")
def check_sqlite_pragmas(app_configs, databases=None, **kwargs) -> list:
    """Read back what SQLite really runs with; in-memory databases (tests) have no write-ahead log and are left alone."""
    if not databases or connection.vendor != "sqlite" or connection.is_in_memory_db():
        return []
    found = []
    with connection.cursor() as cursor:
        for name, expected in EXPECTED_PRAGMAS.items():
            actual = cursor.execute(f"PRAGMA {name}").fetchone()[0]
            if actual != expected:
                found.append(
                    Error(
                        f"SQLite runs with {name}={actual}, not {expected}.",
                        hint="See DATABASES in settings.py.",
                        id="magsite.E001",
                    )
                )
    return found


@register("database")
def check_sqlite_version(app_configs, databases=None, **kwargs) -> list:
    """SQLite up to 3.51.2 has a rare bug when the write-ahead log is reset by two connections that write."""
    if not databases or connection.vendor != "sqlite" or sqlite3.sqlite_version_info > (3, 51, 2):
        return []
    return [
        Warning(
            f"SQLite {sqlite3.sqlite_version} has a rare bug in the reset of its write-ahead log.",
            hint="Keep the hourly verified backups of the worker on, or use a newer SQLite or PostgreSQL.",
            id="magsite.W002",
        )
    ]


@register(Tags.security, deploy=True)
def check_second_factor(app_configs, **kwargs) -> list:
    """On a public site a password that leaked, or was used elsewhere too, must not be enough."""
    if settings.REQUIRE_SECOND_FACTOR or not settings.HTTPS:
        return []
    return [
        Warning(
            "REQUIRE_SECOND_FACTOR is off: a password alone opens /beheer/.",
            hint="Leave it out of the environment: on an https address it is on.",
            id="magsite.W003",
        )
    ]


@register(Tags.security, deploy=True)
def check_shared_cache(app_configs, **kwargs) -> list:
    """A cache per process counts guesses per process, and lets a used code pass in the next one."""
    if settings.CACHES["default"]["BACKEND"].rpartition(".")[2] not in {"LocMemCache", "DummyCache"}:
        return []
    return [
        Warning(
            "CACHE_URL is a cache that processes don't share: limits on guessing hold per process only.",
            hint="Leave it out of the environment (the database), or use Redis.",
            id="magsite.W004",
        )
    ]
