"""Published bytes: finished pages served from memory, before Django is entered.

`PublishedPages` stands outermost in wsgi.py. The first request for a page goes through Django; when the view opted in with
`@published`, the answer is kept as finished bytes (identity, gzip, br) with a strong ETag, and later requests cost no template,
no query and no middleware. One row in the database holds the site's generation; publishing raises it in its own transaction, and
every process looks at it at most once a second. A page is kept when the generation was the same before and after it was rendered,
so it is never half old and half new. When the database can't be asked, the pages that are there stay.

The wrapper stands before Django's middleware, so it checks the host itself, keeps the safe headers with the bytes and hands
everything it isn't sure of to Django: other methods, query strings, a session cookie, a plain request where https is required.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterable

from django.conf import settings
from django.http.request import split_domain_port, validate_host

from articles.published import MARK
from magsite.checked_headers import start
from magsite.page_store import PageStore, StoredPage, make_page

logger = logging.getLogger(__name__)

LOOK_EVERY = 1.0  # seconds between two looks at the generation
MOST_HOSTS = 100
TRIES = 3  # times that a page is rendered, when somebody publishes in the middle of it every time
Environ = dict


class PublishedPages:
    """WSGI middleware around `app`. `read_generation` returns the site's generation, or raises when the database can't be asked."""

    def __init__(self, app: Callable, *, read_generation: Callable[[], int], store: PageStore | None = None, clock=time.monotonic):
        self.app = app
        self.read_generation = read_generation
        self.store = PageStore(settings.PUBLISHED_PAGES_BYTES) if store is None else store
        self.clock = clock
        self.generation = -1
        self.look_at = float("-inf")
        self.looking = threading.Lock()
        self.hosts: dict[str, bool] = {}
        self.https_only = settings.SECURE_SSL_REDIRECT
        self.proxy_header = settings.SECURE_PROXY_SSL_HEADER

    def __call__(self, environ: Environ, start_response: Callable) -> Iterable[bytes]:
        if not self._may_answer(environ):
            return self.app(environ, start_response)
        if self.clock() >= self.look_at:
            self._look()
        path = environ["PATH_INFO"]
        page = self.store.get(path, self.generation)
        if page is None:
            return self._ask_django(path, environ, start_response)
        status, headers, body = page.answer(environ)
        start(start_response, status, headers)
        return [body]

    def find_kept(self, environ: Environ) -> StoredPage | None:
        """Return the page that `__call__` would answer with, if it can be known without waiting: no look at the database is due."""
        if self.clock() >= self.look_at or not self._may_answer(environ):
            return None
        return self.store.get(environ["PATH_INFO"], self.generation)

    def _may_answer(self, environ: Environ) -> bool:
        """Whether this request could have a stored answer; everything else is Django's."""
        return (
            environ["REQUEST_METHOD"] in ("GET", "HEAD")
            and not environ.get("QUERY_STRING")
            and not environ.get("SCRIPT_NAME")  # gunicorn lets a proxy set it with a header, and every link begins with it
            and settings.SESSION_COOKIE_NAME not in environ.get("HTTP_COOKIE", "")
            and self._is_allowed_host(environ.get("HTTP_HOST", ""))
            and (not self.https_only or self._is_secure(environ))
        )

    def _is_allowed_host(self, host: str) -> bool:
        """Judge the Host header as Django would; the verdicts on the first hundred are remembered."""
        verdict = self.hosts.get(host)
        if verdict is None:
            domain, _ = split_domain_port(host)
            verdict = bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)
            if len(self.hosts) < MOST_HOSTS:
                self.hosts[host] = verdict
        return verdict

    def _is_secure(self, environ: Environ) -> bool:
        if self.proxy_header:
            name, value = self.proxy_header
            return environ.get(name, "").split(",")[0].strip() == value
        return environ.get("wsgi.url_scheme") == "https"

    def _look(self) -> None:
        """Read the generation, in one thread at a time; the others go on with what they know."""
        if not self.looking.acquire(blocking=self.generation < 0):
            return
        try:
            if self.clock() >= self.look_at:
                self._read()
        finally:
            self.looking.release()

    def _read(self) -> None:
        """Read the generation now. The caller holds the lock, so that no older one is taken for the newest."""
        try:
            self.generation = self.read_generation()
        except Exception:
            logger.exception("The generation of the site could not be read; published pages stay as they are.")
        self.look_at = self.clock() + LOOK_EVERY

    def _ask_django(self, path: str, environ: Environ, start_response: Callable) -> Iterable[bytes]:
        """Let Django answer; keep the page when its view is marked and nothing in the answer is for this visitor alone.

        A page takes several queries. When somebody published between them it may be half old and half new, so it is made again.
        """
        for _ in range(TRIES):
            generation, asked = self.generation, environ | {MARK: False}
            (status, headers, exc_info), body = call(self.app, asked)
            if not (asked[MARK] and is_for_everybody(status, headers)):
                start_response(status, headers, exc_info)
                return body
            try:
                content = b"".join(body)
            finally:
                body.close()
            with self.looking:
                self._read()
            if self.generation == generation:
                break
        page = make_page(headers, content, generation=generation, before=self.store.last(path))
        if self.generation == generation >= 0:
            self.store.put(path, page)
        status, headers, content = page.answer(environ)
        start_response(status, headers)
        return [content]


def call(app: Callable, environ: Environ) -> tuple[list, Iterable[bytes]]:
    """Return what `app` gives to start_response, and the body."""
    started: list = []
    body = app(environ, lambda status, headers, exc_info=None: started.extend((status, headers, exc_info)))
    return started, body


def is_for_everybody(status: str, headers: list[tuple[str, str]]) -> bool:
    """Whether an answer may be shown to the next visitor too: whole, plain, and chosen by nothing but its address."""
    if not status.startswith("200 "):
        return False
    values = {name.lower(): value.lower() for name, value in headers}
    private = any(word in values.get("cache-control", "") for word in ("private", "no-store"))
    varies = values.get("vary", "accept-encoding").strip() != "accept-encoding"
    return not ({"set-cookie", "content-encoding"} & values.keys() or varies or private)
