"""What a log and an error report may say: where something went wrong and what kind of thing, never who wrote what.

The text of a line is masked: addresses of people, keys in paths, query strings. The message of an exception is left out, for a
database quotes the row that it refuses and a mail server the address; only kinds that speak of machines keep theirs. A report of an
error holds nothing of the request but its method and path, and no variables.
"""

import logging
import re
import traceback

from django.conf import settings
from django.db import DatabaseError
from django.utils.html import escape
from django.utils.log import AdminEmailHandler
from django.views.debug import ExceptionReporter

# Paths that are keys to somebody's question or draft.
KEYS = re.compile(r"(/advies/(?:l|ontvangen)|/voorbeeld)/[^/\s\"'?]+")
QUERY = re.compile(r"(?<=[\w/%.=&~-])\?[^\s\"'<>]+")
# A local part begins where a word begins, so that no text makes this slow. A Message-ID of ours names nobody.
_OURS = r"[0-9a-f]{32}\.[0-9a-f]{16}@"
_NEITHER = r"\s<>()\[\]\"',;:=/"
ADDRESS = re.compile(rf"(?<![^{_NEITHER}])(?!{_OURS})(?:(?!%40)[^{_NEITHER}@])++(?:@|%40)[^{_NEITHER}@]+")
HARMLESS_OF_DATABASE = re.compile(
    r"(?:database is locked|database or disk is full|database disk image is malformed|disk I/O error|unable to open database file"
    r"|attempt to write a readonly database|no such table: \w+|deadlock detected|connection |server closed the connection)[^\n]*"
)
WITHHELD = "(message withheld: it may hold personal data)"


def mask(text: str) -> str:
    """Return `text` without addresses of people, keys in paths, and query strings."""
    return ADDRESS.sub("[address]", QUERY.sub("?[query]", KEYS.sub(r"\1/[key]", text)))


def describe(error: BaseException) -> str:
    """Return the traceback of an exception and of those that led to it: lines of code and kinds, and messages only if harmless."""
    told, parts = set(), []
    while error and id(error) not in told:
        told.add(id(error))
        parts.append(_describe_one(error))
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\n\nThat led to:\n\n".join(reversed(parts))


def _describe_one(error: BaseException) -> str:
    kind = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    lines = "".join(traceback.format_tb(error.__traceback__))
    return f"Traceback (most recent call last):\n{lines}{kind}: {_harmless_message(error) or WITHHELD}"


def _harmless_message(error: BaseException) -> str:
    """Return what an exception says if its kind speaks of machines: files, hosts, a busy database, or our own that say so."""
    module = type(error).__module__.partition(".")[0]
    if isinstance(error, OSError) and module in ("builtins", "socket", "ssl"):  # an SMTPException is an OSError too, and is not one
        return mask(str(error))
    if isinstance(error, DatabaseError) or module == "sqlite3":
        match = HARMLESS_OF_DATABASE.match(str(error))
        return match[0] if match else ""
    return mask(str(error)) if getattr(error, "speaks_of_machines", False) else ""


class QuietFilter(logging.Filter):
    """Rewrites a record before it is formatted. With `messages`, on a developer's own machine, exceptions say everything."""

    def __init__(self, messages: bool = False):
        super().__init__()
        self.messages = messages

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = mask(_text(record)), ()
        if record.exc_info and record.exc_info[1] and not self.messages:
            record.exc_text = describe(record.exc_info[1])
        return True


class AccessFilter(logging.Filter):
    """Leaves of a line of gunicorn's access log what no visitor can be known by, whatever its format was."""

    def filter(self, record: logging.LogRecord) -> bool:
        atoms = record.args if isinstance(record.args, dict) else {}
        record.msg, record.args = mask("{m} {U} {s} {B} {D}".format_map(_Known(atoms))), ()
        return True


class _Known(dict):
    def __missing__(self, name: str) -> str:
        return "-"


class QuietReporter(ExceptionReporter):
    """The report of an error for whoever runs the site. With DEBUG, on a developer's own machine, it is Django's."""

    def get_traceback_text(self) -> str:
        return super().get_traceback_text() if settings.DEBUG else self._told()

    def get_traceback_html(self) -> str:
        return super().get_traceback_html() if settings.DEBUG else f"<pre>{escape(self._told())}</pre>"

    def _told(self) -> str:
        match = getattr(self.request, "resolver_match", None)
        lines = [f"{self.request.method} {mask(self.request.path)}"] if self.request else []
        lines += [f"View: {match.view_name}"] if match else []
        lines += ["", describe(self.exc_value)] if isinstance(self.exc_value, BaseException) else []
        return "\n".join(lines)


class QuietAdminEmailHandler(AdminEmailHandler):
    """Mails errors to settings.ADMINS, if there are any: a masked line, and the report of a QuietReporter."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.addFilter(QuietFilter())


def quieten_server() -> None:
    """Let gunicorn's loggers, which have handlers of their own, say no more than ours."""
    for name, kind in {"gunicorn.error": QuietFilter, "gunicorn.access": AccessFilter}.items():
        logger = logging.getLogger(name)
        if not any(isinstance(known, kind) for known in logger.filters):
            logger.addFilter(kind())


def _text(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except Exception:  # arguments that don't fit the text: a mistake in a line of the log stops no request
        return str(record.msg)
