"""What several tests of articles use."""

import itertools

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from articles.models import Generation
from magsite.page_store import PageStore
from magsite.pages import PublishedPages
from magsite.wsgi import django as site


@pytest.fixture
def served(rf):
    """Return a function that asks the whole server for a path, finished bytes included, and gives status and Location."""
    signals = (request_started, request_finished)
    for signal in signals:  # as Django's test client does: the connection holds the transaction of the test
        signal.disconnect(close_old_connections)
    seconds = itertools.count(step=2)
    pages = PublishedPages(site, read_generation=Generation.current, store=PageStore(1_000_000), clock=lambda: next(seconds))

    def get(path: str) -> tuple[str, str]:
        seen: list = []
        environ = rf.get(path, HTTP_HOST="testserver").environ
        body = pages(environ, lambda status, headers, exc=None: seen.extend((status, dict(headers))))
        b"".join(body)
        if hasattr(body, "close"):
            body.close()
        return seen[0], seen[1].get("Location", "")

    yield get
    for signal in signals:
        signal.connect(close_old_connections)
