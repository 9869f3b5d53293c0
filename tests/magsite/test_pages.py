"""The wrapper around a small WSGI app that counts its calls; time and generation are in the hands of the test."""

import pytest
from django.test import RequestFactory

from articles.published import MARK, published
from magsite.page_store import PageStore
from magsite.pages import PublishedPages, is_for_everybody


class Site:
    """A WSGI app whose pages are marked as the decorator does, with a clock and a generation."""

    def __init__(self):
        self.calls, self.now, self.generation, self.broken = 0, 100.0, 1, False
        self.status, self.headers, self.mark = "200 OK", [("Content-Type", "text/plain")], True
        self.pages = PublishedPages(self.app, read_generation=self.read, store=PageStore(100_000), clock=lambda: self.now)

    def read(self) -> int:
        if self.broken:
            raise ConnectionError("no database")
        return self.generation

    def app(self, environ, start_response):
        self.calls += 1
        if self.mark:
            environ[MARK] = True
        start_response(self.status, list(self.headers))
        return Body([f"{environ['PATH_INFO']} of generation {self.generation}, call {self.calls}".encode()])

    def get(self, path: str = "/a/", method: str = "GET", **extra) -> tuple[str, dict, bytes]:
        environ = RequestFactory().generic(method, path, **{"HTTP_HOST": "testserver"} | extra).environ
        seen: list = []
        body = self.pages(environ, lambda status, headers, exc_info=None: seen.extend((status, dict(headers))))
        return seen[0], seen[1], b"".join(body)


class Body(list):
    closed = False

    def close(self):
        self.closed = True


@pytest.fixture
def site():
    return Site()


def test_second_request_is_answered_without_the_app(site):
    first = site.get()

    assert site.get() == first
    assert (site.calls, first[2]) == (1, b"/a/ of generation 1, call 1")
    assert first[1]["Vary"] == "Accept-Encoding"


def test_pages_are_kept_in_the_store_that_was_given_even_when_it_is_empty(site):
    store = PageStore(100_000)
    site.pages = PublishedPages(site.app, read_generation=site.read, store=store, clock=lambda: site.now)
    site.get("/a/")
    site.get("/b/")

    assert (len(store), site.pages.store) == (2, store)


def test_pages_are_kept_apart_by_path(site):
    assert site.get("/a/")[2] != site.get("/b/")[2]


def test_new_generation_is_seen_within_a_second_and_not_looked_for_more_often(site):
    site.get()
    site.generation = 2

    site.now += 0.9
    assert site.get()[2] == b"/a/ of generation 1, call 1"
    site.now += 0.2
    assert site.get()[2] == b"/a/ of generation 2, call 2"


def test_page_that_a_publication_left_as_it_was_keeps_its_finished_bytes(site):
    site.pages.app = lambda environ, start: Body([b"the same"]) if site.app(environ, start) else None
    site.get()
    before = site.pages.store.get("/a/", 1)
    site.generation, site.now = 2, site.now + 2
    site.get()

    assert site.pages.store.get("/a/", 2).variants is before.variants


def test_page_rendered_while_publishing_is_not_taken_for_the_new_generation(site):
    site.get("/warm/")
    original = site.app

    def publish_meanwhile(environ, start_response):
        site.generation = 2
        return original(environ, start_response)

    site.pages.app = publish_meanwhile
    site.get()
    site.now += 2

    assert site.get()[2] == b"/a/ of generation 2, call 3"


def publish_during(site, times: int) -> None:
    """Let the app be half done when somebody publishes, the first so many times that it is asked."""
    original = site.app

    def app(environ, start_response):
        early = site.generation
        site.generation += site.calls < times
        body = original(environ, start_response)
        return Body([f"{early} and {site.generation}".encode(), *body[1:]])

    site.pages.app = app


def test_page_that_is_half_old_and_half_new_is_made_again(site):
    site.get("/warm/")
    site.calls = 0
    publish_during(site, 1)

    assert [site.get()[2] for _ in range(3)] == [b"2 and 2"] * 3
    assert site.calls == 2


def test_page_during_which_somebody_always_publishes_is_shown_and_not_kept(site):
    site.get("/warm/")
    site.calls = 0
    publish_during(site, 3)

    assert site.get()[2] == b"3 and 4"
    assert site.get()[2] == b"4 and 4"


def test_page_stays_when_the_database_is_gone(site):
    before = site.get()
    site.broken = True
    site.now += 5

    assert site.get() == before


def test_nothing_is_kept_before_the_generation_is_known(site):
    site.broken = True

    assert site.get()[2] != site.get()[2]
    site.broken = False
    site.now += 2
    assert site.get() == site.get()


@pytest.mark.parametrize(
    "extra",
    [
        {"method": "POST"},
        {"QUERY_STRING": "x=1"},
        {"SCRIPT_NAME": "/x"},
        {"HTTP_COOKIE": "sessionid=abc"},
        {"HTTP_COOKIE": "a=b; sessionid=abc"},
        {"HTTP_HOST": "elders.example"},
        {"HTTP_HOST": "testserver@evil"},
    ],
)
def test_what_may_depend_on_the_visitor_is_left_to_django(site, extra):
    stored = site.get()

    assert site.get(**extra)[2] != stored[2]
    assert site.calls == 2


def test_cookie_of_somebody_else_does_not_matter(site):
    assert site.get() == site.get(HTTP_COOKIE="_ga=1")


@pytest.mark.parametrize(
    ("status", "headers", "expected"),
    [
        ("200 OK", [], True),
        ("404 Not Found", [], False),
        ("301 Moved", [], False),
        ("206 Partial", [], False),
        ("200 OK", [("Set-Cookie", "a=b")], False),
        ("200 OK", [("Vary", "Accept-Encoding, Cookie")], False),
        ("200 OK", [("Cache-Control", "Private")], False),
        ("200 OK", [("Cache-Control", "no-store")], False),
        ("200 OK", [("Vary", "Accept-Encoding")], True),
        ("200 OK", [("Vary", "Accept-Language")], False),
        ("200 OK", [("Vary", "*")], False),
        ("200 OK", [("Content-Encoding", "gzip")], False),
    ],
)
def test_is_for_everybody(status, headers, expected):
    assert is_for_everybody(status, headers) is expected


def test_answer_for_one_visitor_is_passed_on_untouched_and_not_kept(site):
    site.headers.append(("Set-Cookie", "a=b"))

    assert site.get()[1]["Set-Cookie"] == "a=b"
    site.get()
    assert site.calls == 2


def test_view_that_did_not_opt_in_is_not_kept(site):
    site.mark = False

    assert site.get() != site.get()


def test_body_of_a_kept_page_is_closed(site):
    bodies = []
    original = site.app
    site.pages.app = lambda environ, start: bodies.append(original(environ, start)) or bodies[-1]
    site.get()

    assert bodies[0].closed


def test_head_on_an_empty_store_gives_no_body_and_the_next_get_is_whole(site):
    assert site.get(method="HEAD")[2] == b""
    assert site.get()[2] == b"/a/ of generation 1, call 1"


def test_https_is_required_where_django_requires_it(site, settings):
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    secure = Site()

    secure.get(HTTP_X_FORWARDED_PROTO="https")
    assert secure.get(HTTP_X_FORWARDED_PROTO="https")[2].endswith(b"call 1")
    assert secure.get()[2].endswith(b"call 2")


def test_remembered_hosts_are_bounded(site):
    for i in range(300):
        site.get(HTTP_HOST=f"h{i}.example")

    assert len(site.pages.hosts) == 100


def test_decorator_keeps_the_middleware_from_changing_the_bytes():
    request = RequestFactory().get("/", headers={"accept-encoding": "gzip", "if-none-match": '"x"'}, **{MARK: False})

    assert published(lambda request: "page")(request) == "page"
    assert request.META[MARK] is True
    assert "HTTP_ACCEPT_ENCODING" not in request.META
    assert "HTTP_IF_NONE_MATCH" not in request.META


def test_decorator_leaves_a_request_alone_that_no_page_is_kept_of():
    request = RequestFactory().get("/", headers={"accept-encoding": "gzip", "if-none-match": '"x"'})
    before = dict(request.META)

    assert published(lambda request: "page")(request) == "page"
    assert before == request.META
