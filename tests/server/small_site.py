"""A WSGI app with kept pages around it and nothing behind: it starts at once, for tests of the worker itself."""

import os
import time
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from articles.published import MARK  # noqa: E402  (settings must be loaded first)
from magsite.pages import PublishedPages  # noqa: E402

# As code and templates do, it stays what it was when the process started.
TEMPLATE = Path(os.environ["VAR_DIR"]) / "template"
KEPT = TEMPLATE.read_bytes() if TEMPLATE.exists() else b"kept" * 10_000


class Body(list):
    """A body as WSGI wants it."""

    def close(self) -> None:
        """There is nothing to close."""


def app(environ, start_response):
    """Answer /kept/ with a large page that may be kept, /process/ with the process id, anything else after half a second."""
    path = environ["PATH_INFO"]
    start_response("200 OK", [("Content-Type", "text/plain")])
    if path == "/kept/":
        environ[MARK] = True
        return Body([KEPT])
    if path == "/process/":
        return Body([str(os.getpid()).encode()])
    time.sleep(0.5)
    return Body([b"slow"])


application = PublishedPages(app, read_generation=lambda: 1)
