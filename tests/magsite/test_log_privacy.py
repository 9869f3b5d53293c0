"""What a log says of a reader: nothing. Every sample holds something that could leak."""

import logging
import smtplib
import socket
import subprocess
import sys
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.conf import settings as site
from django.core import mail
from django.db import DatabaseError, IntegrityError, OperationalError
from django.test import RequestFactory
from gunicorn.config import Config
from gunicorn.glogging import Logger

from magsite import log_privacy
from magsite.backup import BackupError
from magsite.log_privacy import WITHHELD, QuietReporter, describe, mask
from tests.advice.scaling import check_linear

MARKER = "merkteken7a1c"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("from truus@example.org to <jan.de-wit+x@mail.example.nl>", "from [address] to <[address]>"),
        ("mailto:truus@example.org, 'a@b'", "mailto:[address], '[address]'"),
        ("/zoeken/truus%40example.org/", "/zoeken/[address]/"),
        ("{'truus@example.org': (550, b'no such user')}", "{'[address]': (550, b'no such user')}"),
        ("é.è@voorbeeld.nl", "[address]"),
        ("imaps://desk:secret@mail.example.nl/INBOX", "imaps://desk:[address]/INBOX"),
        ("GET /zoeken/?q=hoofdpijn HTTP/1.1", "GET /zoeken/?[query] HTTP/1.1"),
        ("Not Found: /advies/l/AbC_9-x/nieuwe-link/", "Not Found: /advies/l/[key]/nieuwe-link/"),
        ("/advies/ontvangen/AbC/ and /voorbeeld/xyz:1/", "/advies/ontvangen/[key]/ and /voorbeeld/[key]/"),
        ("https://site.nl/advies/l/AbC/?x=1", "https://site.nl/advies/l/[key]/?[query]"),
    ],
)
def test_masked(text, masked):
    assert mask(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "Not Found: /advies/lijst/ and /advies/mijn-vraag/openen/",
        "mail <0f8fad5bd9cb469fa16570867728950e.0f8fad5bd9cb469f@www.example.nl> was deferred",
        "backup: made var/backups/magsite-20250131T140502Z.sqlite3",
        "Is that so? Yes: 100 % @ home",
        "x = a @ b",
    ],
)
def test_left_alone(text):
    assert mask(text) == text


@pytest.mark.parametrize("piece", ["a", "a.", "%4", "a@", "@", "?", "/advies/l/", "a?", " a"])
def test_no_text_makes_masking_slow(piece):
    check_linear(mask, piece)


def raise_all(error: Exception) -> Exception:
    """Return `error` with a traceback through local variables, and a cause and a context that hold the marker too."""
    secret = f"{MARKER} in a variable"
    try:
        try:
            try:
                raise KeyError(secret)
            except KeyError as first:
                raise ValueError(MARKER) from first
        except ValueError:
            raise error  # noqa: B904
    except Exception as caught:
        return caught


@pytest.mark.parametrize(
    "error",
    [
        RuntimeError(MARKER),
        IntegrityError(f'new row violates a constraint\nDETAIL:  Failing row contains ({MARKER}, "x").'),
        DatabaseError(MARKER),
        OperationalError(f'fts5: syntax error near "{MARKER}"'),
        OperationalError(f"database is locked\nSTATEMENT: {MARKER}"),
        smtplib.SMTPRecipientsRefused({MARKER: (550, b"no")}),
        smtplib.SMTPResponseException(550, MARKER.encode()),
        UnicodeEncodeError("ascii", MARKER, 0, 1, MARKER),
        type("SpecialError", (FileNotFoundError,), {})(MARKER),
        ExceptionGroup(MARKER, [ValueError(MARKER)]),
    ],
    ids=lambda error: type(error).__name__,
)
def test_an_exception_tells_where_and_what_kind_but_nothing_else(error):
    error.add_note(MARKER)
    told = describe(raise_all(error))
    assert MARKER not in told
    assert [line for line in told.splitlines() if line and not line.startswith(" ")] == [
        "Traceback (most recent call last):",
        f"KeyError: {WITHHELD}",
        "That led to:",
        "Traceback (most recent call last):",
        f"ValueError: {WITHHELD}",
        "That led to:",
        "Traceback (most recent call last):",
        told.splitlines()[-1],
    ]
    assert "raise KeyError(secret)" in told


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (OSError(28, "No space left on device"), "OSError: [Errno 28] No space left on device"),
        (FileNotFoundError(2, "No such file", "/var/x"), "FileNotFoundError: [Errno 2] No such file: '/var/x'"),
        (socket.gaierror(-2, "Name or service not known"), "socket.gaierror: [Errno -2] Name or service not known"),
        (OperationalError("database is locked"), "django.db.utils.OperationalError: database is locked"),
        (OperationalError("no such table: x"), "django.db.utils.OperationalError: no such table: x"),
        (BackupError("Another backup is running."), "magsite.backup.BackupError: Another backup is running."),
        (PermissionError(13, "No", "/mail/truus@example.org"), "PermissionError: [Errno 13] No: '/mail/[address]'"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_speaks_of_machines_keeps_its_words(error, line):
    assert describe(raise_all(error)).splitlines()[-1] == line


def test_an_exception_that_is_its_own_cause_ends():
    error = ValueError()
    error.__cause__ = error
    assert describe(error) == f"Traceback (most recent call last):\nValueError: {WITHHELD}"


@pytest.mark.parametrize("name", ["magsite.worker", "django.request", "django.security.csrf", "somebody.else", "django.server"])
def test_the_console_is_quiet_whoever_logs(production_log, name):
    logger = logging.getLogger(name)
    logger.error("%s wrote to /advies/l/%s/?q=%s", "truus@example.org", MARKER, MARKER, exc_info=raise_all(ValueError(MARKER)))
    told = production_log.getvalue()
    assert told.startswith(f"ERROR {name}: [address] wrote to /advies/l/[key]/?[query]\nTraceback")
    assert told.endswith(f"ValueError: {WITHHELD}\n")
    assert MARKER not in told
    assert told.count("ERROR") == 1


def test_a_line_with_wrong_arguments_is_written_and_raises_nothing(production_log):
    logging.getLogger("magsite").error("Number %d", MARKER)
    assert production_log.getvalue() == "ERROR magsite: Number %d\n"


def test_a_mail_about_an_error_holds_no_request_and_no_variables(production_log, settings):
    settings.ADMINS = [("Beheer", "beheer@example.org")]
    path = f"/advies/l/{MARKER}/?q={MARKER}"
    headers = {"HTTP_USER_AGENT": MARKER, "HTTP_REFERER": f"https://x/{MARKER}", "HTTP_COOKIE": f"a={MARKER}"}
    request = RequestFactory().post(path, {"question": MARKER}, **headers)
    request.user = SimpleNamespace(get_username=lambda: MARKER)
    error = raise_all(ValueError(MARKER))
    logging.getLogger("django.request").error("Internal Server Error: %s", request.path, exc_info=error, extra={"request": request})
    [sent] = mail.outbox
    assert sent.subject == "[Django] ERROR (EXTERNAL IP): Internal Server Error: /advies/l/[key]/"
    assert sent.body.startswith("Internal Server Error: /advies/l/[key]/\n\nPOST /advies/l/[key]/\n\nTraceback")
    assert MARKER not in str(sent.message()) + production_log.getvalue()
    assert sent.alternatives == []


def test_a_report_as_html_is_the_same_text(settings):
    error = raise_all(ValueError(MARKER))
    reporter = QuietReporter(None, type(error), error, error.__traceback__)
    assert reporter.get_traceback_html().startswith("<pre>\nTraceback (most recent call last):\n  File &quot;")
    assert MARKER not in reporter.get_traceback_html()


def test_on_a_machine_of_ones_own_everything_is_told(settings):
    settings.DEBUG = True
    error = raise_all(ValueError(MARKER))
    assert f"ValueError\n{MARKER}" in QuietReporter(None, type(error), error, error.__traceback__).get_traceback_text()
    record = logging.LogRecord("x", logging.ERROR, "", 0, "text", (), (type(error), error, error.__traceback__))
    log_privacy.QuietFilter(messages=True).filter(record)
    assert MARKER in logging.Formatter().format(record)


@pytest.fixture
def server_log(tmp_path):
    """gunicorn's own loggers, writing to files as somebody could set them up."""
    cfg = Config()
    for name in ("accesslog", "errorlog"):
        cfg.set(name, str(tmp_path / name))
    logger = Logger(cfg)
    log_privacy.quieten_server()
    log_privacy.quieten_server()
    yield logger, tmp_path
    for part in (logger.error_log, logger.access_log):
        for handler in part.handlers[:]:
            part.removeHandler(handler)
            handler.close()
        part.filters.clear()


def test_an_access_log_of_the_server_names_no_visitor(server_log):
    logger, folder = server_log
    environ = {
        "REQUEST_METHOD": "GET",
        "RAW_URI": f"/advies/l/{MARKER}/?q={MARKER}",
        "PATH_INFO": f"/advies/l/{MARKER}/",
        "QUERY_STRING": f"q={MARKER}",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": MARKER,
        "HTTP_USER_AGENT": MARKER,
        "HTTP_REFERER": f"https://site.nl/advies/l/{MARKER}/",
    }
    response = SimpleNamespace(status="200 OK", sent=1234, headers=[])
    logger.access(response, SimpleNamespace(headers=[]), environ, timedelta(milliseconds=5))
    assert (folder / "accesslog").read_text() == "GET /advies/l/[key]/ 200 1234 5000\n"


def test_an_error_of_the_server_tells_no_key_and_no_message(server_log):
    logger, folder = server_log
    try:
        raise ValueError(MARKER)
    except ValueError:
        logger.exception("Error handling request %s", f"/advies/l/{MARKER}/?q={MARKER}")
    told = (folder / "errorlog").read_text()
    assert "Error handling request /advies/l/[key]/?[query]\nTraceback" in told
    assert MARKER not in told


def test_the_site_quietens_its_server(tmp_path):
    code = (
        "import magsite.wsgi, logging; from magsite.log_privacy import AccessFilter, QuietFilter;"
        "print([type(logging.getLogger(f'gunicorn.{name}').filters[0]).__name__ for name in ('error', 'access')])"
    )
    environment = {"VAR_DIR": str(tmp_path), "PATH": "", "DJANGO_SETTINGS_MODULE": "magsite.settings"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=site.BASE_DIR, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout == "['QuietFilter', 'AccessFilter']\n"
