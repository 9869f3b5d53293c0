"""The finished pages around the real Django, as wsgi.py has them: what a reader gets while there is no database."""

import itertools
import logging

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import RequestFactory

from articles.publishing import publish
from articles.rendering.source import SectionSource
from magsite.generation import read_generation
from magsite.page_store import PageStore
from magsite.pages import PublishedPages
from magsite.wsgi import django
from tests.factories import make_article, make_reference

pytestmark = pytest.mark.django_db
PAGES = ["/", "/artikelen/", "/artikelen/water/", "/bronnen/jansen2020/", "/artikelen/atom.xml", "/sitemap.xml", "/over/"]
PAGES += ["/sitemap-paginas.xml", "/sitemap-artikelen-1.xml", "/sitemap-bronnen-1.xml", "/artikelen/water/v/1/", "/robots.txt"]


@pytest.fixture
def store():
    return PageStore(10_000_000)


@pytest.fixture
def ask(chief, store):
    """Return a function that asks the site for a path, two seconds after the last time; it holds an article and its source."""
    make_reference("jansen2020")
    publish(make_article(slug="water", sections=(SectionSource("S", "s", "Zin.[@jansen2020]"),)), by=chief)
    seconds = itertools.count(step=2)
    pages = PublishedPages(django, read_generation=read_generation, store=store, clock=lambda: next(seconds))

    def ask(path: str, method: str = "GET", **extra) -> tuple[str, dict, bytes]:
        seen: list = []
        environ = RequestFactory().generic(method, path, **{"HTTP_HOST": "testserver"} | extra).environ
        body = pages(environ, lambda status, headers, exc=None: seen.extend((status, dict(headers))))
        return seen[0], seen[1], b"".join(body)

    signals = (request_started, request_finished)
    for signal in signals:  # as Django's test client does: the connection holds the transaction of the test
        signal.disconnect(close_old_connections)
    yield ask
    for signal in signals:
        signal.connect(close_old_connections)


def test_every_public_page_is_served_when_the_database_is_gone(ask, django_db_blocker, caplog):
    before = {path: ask(path) for path in PAGES}
    assert {status for status, _, _ in before.values()} == {"200 OK"}

    with django_db_blocker.block(), caplog.at_level(logging.CRITICAL):
        assert {path: ask(path) for path in PAGES} == before
        for path, (_, headers, _) in before.items():
            again = ask(path, HTTP_IF_NONE_MATCH=headers["ETag"])
            assert (again[0], again[2]) == ("304 Not Modified", b""), path
            assert ask(path, "HEAD") == ("200 OK", headers, b""), path
            assert ask(path, HTTP_RANGE="bytes=0-9") == before[path], path


def test_what_was_never_asked_for_fails_without_a_database_and_is_not_kept(ask, django_db_blocker, caplog):
    ask("/")

    with django_db_blocker.block(), caplog.at_level(logging.CRITICAL):
        assert ask("/artikelen/water/")[0].startswith("500 ")
    assert ask("/artikelen/water/")[0] == "200 OK"


def test_kept_page_has_every_safe_header_that_django_gave_it(ask):
    first, kept = ask("/artikelen/water/"), ask("/artikelen/water/")

    assert kept == first
    assert set(kept[1]) == {
        "Cache-Control",
        "Content-Length",
        "Content-Security-Policy",
        "Content-Type",
        "Cross-Origin-Opener-Policy",
        "Cross-Origin-Resource-Policy",
        "ETag",
        "Permissions-Policy",
        "Referrer-Policy",
        "Vary",
        "X-Content-Type-Options",
        "X-Frame-Options",
    }


def test_publishing_one_article_compresses_no_other_page(ask, store, chief):
    """Nothing in an answer of Django's differs from one time to the next."""
    before = {path: ask(path) and store.last(path).variants for path in PAGES}
    publish(make_article(slug="zink", sections=(SectionSource("S", "s", "Zin."),)), by=chief)
    after = {path: ask(path) and store.last(path).variants for path in PAGES}

    changed = {path for path in PAGES if before[path] is not after[path]}
    assert changed == {"/", "/artikelen/", "/artikelen/atom.xml", "/sitemap-artikelen-1.xml"}
