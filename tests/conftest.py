"""The fixed cast: a reader, a writer, a chief editor who may publish, an adviser. And Chromium, when the machine has it."""

import io
import logging
import os
import shutil
import sqlite3
import subprocess
from contextlib import closing

import hypothesis
import pytest
from django.conf import settings
from django.db import connection, transaction
from django.db.backends.sqlite3.base import DatabaseOperations
from django.utils.log import configure_logging

from tests.factories import make_user

# Playwright keeps an event loop in the thread of the tests; without this Django takes every query for one inside async code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# How long an example takes says something of the machine, and nothing of the code.
hypothesis.settings.register_profile("any machine", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("any machine")

TAKING_MINUTES = {"test_killed_under_load.py", "test_two_processes.py", "test_planned_publications.py", "test_crashes.py"}
CHROMIUMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")  # the first has no window to draw
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture
def only_on_sqlite():
    """Skip a test about the database file when the tests run on another database."""
    if connection.vendor != "sqlite":
        pytest.skip(f"about SQLite, and these tests run on {connection.display_name}")


def pytest_itemcollected(item):
    """A test with transactions of its own starts with what the migrations made (groups and their rights), as other tests do."""
    marker, fixtures = item.get_closest_marker("django_db"), set(getattr(item, "fixturenames", ()))
    own = marker and marker.kwargs.get("transaction")
    if own or {"transactional_db", "live_server"}.intersection(fixtures):
        item.add_marker(pytest.mark.django_db(transaction=True, serialized_rollback=True), append=False)
    if marker or {"db", "transactional_db"} & fixtures or {"own_database", "running_mail_site"} & vars(item.module).keys():
        item.add_marker("database")
    # A browser or a server that a loaded machine starved is asked once more: the report counts it, and what fails twice fails.
    if {"browser", "server"}.intersection(item.path.parts):
        item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """What takes minutes and asks no database of this process begins first: else one process waits for it at the end."""
    items.sort(key=lambda item: item.path.name not in TAKING_MINUTES)


@pytest.fixture(scope="session", autouse=True)
def emptying_the_log():
    """After a test with transactions of its own Django empties every table of SQLite with DELETE. The log of the advice desk
    refuses that (advice, migration 0002), and must go on doing so: its trigger steps aside for that moment only.
    PostgreSQL is emptied with TRUNCATE, which no trigger sees."""
    empty = DatabaseOperations.execute_sql_flush

    def empty_all(operations, statements):
        with transaction.atomic(using=operations.connection.alias), operations.connection.cursor() as cursor:
            refusing = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%refuse_delete'"
            triggers = cursor.execute(refusing).fetchall()
            for name, _ in triggers:
                cursor.execute(f"DROP TRIGGER {name}")
            empty(operations, statements)
            for _, sql in triggers:
                cursor.execute(sql)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "execute_sql_flush", empty_all)
        yield


@pytest.fixture(autouse=True, scope="session")
def nothing_remembered():
    """Each test has a database of its own, so what the form of advice offers is read anew each time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("advice.choices.FRESH", 0)
        yield


@pytest.fixture
def shared_database(transactional_db, tmp_path):
    """The database of this test as threads of their own see it: on SQLite a file with the settings of the real one, which starts as
    a copy of the one in memory."""
    if connection.vendor != "sqlite":
        yield connection.settings_dict["NAME"]
        return
    memory, name = connection.connection, connection.settings_dict["NAME"]
    file = tmp_path / "db.sqlite3"
    with closing(sqlite3.connect(file)) as copy:
        memory.backup(copy)
        copy.execute("PRAGMA journal_mode=WAL")  # as `migrate` leaves it: many who turn it on at once find each other in the way
    connection.connection, connection.settings_dict["NAME"] = None, str(file)
    try:
        yield file
    finally:
        connection.close()
        connection.connection, connection.settings_dict["NAME"] = memory, name


@pytest.fixture(scope="session")
def first_site(tmp_path_factory):
    """Where the site is, or will be, that others are copied from: one for all processes that run tests together."""
    folder = tmp_path_factory.getbasetemp()
    return (folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder) / "first-site"


@pytest.fixture
def production_log():
    """What the console says with the logging of production; afterwards logging is as it was."""
    before = logging.root.handlers[:], logging.root.level
    configure_logging(settings.LOGGING_CONFIG, settings.LOGGING)
    console, written = logging.root.handlers[0], io.StringIO()
    console.setStream(written)
    yield written
    logging.root.handlers[:] = before[0]
    logging.root.setLevel(before[1])


@pytest.fixture
def writer(db):
    return make_user("schrijver", "Redacteur")


@pytest.fixture
def chief(db):
    return make_user("eindredacteur", "Redacteur", "Eindredacteur")


@pytest.fixture
def adviser(db):
    return make_user("adviseur", "Adviseur")


@pytest.fixture
def writer_client(client, writer):
    client.force_login(writer)
    return client


@pytest.fixture
def chief_client(client, chief):
    client.force_login(chief)
    return client


@pytest.fixture
def adviser_client(client, adviser):
    client.force_login(adviser)
    return client


def require(found: object, what: str, how: str) -> None:
    """Skip with a clear line when a tool is missing; fail instead when REQUIRE_ALL says that everything must run."""
    if found:
        return
    message = f"{what} not found: {how}"
    if os.environ.get("REQUIRE_ALL"):
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(scope="session")
def chromium():
    """A running Chromium (the system's own), shared by all browser tests; each opens its own context."""
    executable = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    require(executable, "Chromium", "apt-get install chromium")
    from playwright._impl._driver import compute_driver_executable
    from playwright.sync_api import sync_playwright

    # Playwright brings its own driver, which a minimal Debian can't start: it lacks a library.
    driver = subprocess.run([compute_driver_executable()[0], "--version"], capture_output=True, check=False)
    require(driver.returncode == 0, "What Playwright's driver needs", "apt-get install libatomic1")

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()
