"""The fixed cast: a reader, a writer, a chief editor who may publish, an adviser. And Chromium, when the machine has it."""

import os
import shutil
import subprocess

import pytest
from django.db import connection

from tests.factories import make_user

# Playwright keeps an event loop in the thread of the tests; without this Django takes every query for one inside async code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

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
    executable = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
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
