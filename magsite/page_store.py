"""Finished pages in memory: every encoding made once, a strong ETag each, and no more bytes than agreed."""

import gzip
import hashlib
import threading
from collections import OrderedDict
from dataclasses import dataclass, replace

import brotli

from magsite.checked_headers import CheckedHeaders

CACHE_CONTROL = "public, max-age=0, s-maxage=1, must-revalidate"
SUPPORTED = ("br", "gzip")  # best first
MOST_NEGOTIATIONS = 500
LARGE = 100_000  # bytes; a feed or a part of the sitemap would take seconds to become a fifth smaller
# These belong to one answer and not to the page; `make_page` writes its own.
NOT_KEPT = {"cache-control", "connection", "content-encoding", "content-length", "date", "etag", "expires", "last-modified", "vary"}
Headers = list[tuple[str, str]]


@dataclass(frozen=True)
class Variant:
    """A page in one encoding."""

    etag: str
    body: bytes
    headers: CheckedHeaders
    headers_not_modified: CheckedHeaders


@dataclass(frozen=True)
class StoredPage:
    generation: int
    variants: dict[str, Variant]

    @property
    def size(self) -> int:
        return sum(len(variant.body) for variant in self.variants.values())

    def answer(self, environ: dict) -> tuple[str, CheckedHeaders, bytes]:
        """Return status, headers and body for a GET or HEAD of this page, RFC 9110 sections 12.5.3 and 13.1.2."""
        variant = self.variants[negotiate(environ.get("HTTP_ACCEPT_ENCODING", ""))]
        if_none_match = environ.get("HTTP_IF_NONE_MATCH")
        if if_none_match and matches(if_none_match, variant.etag):
            return "304 Not Modified", variant.headers_not_modified, b""
        return "200 OK", variant.headers, b"" if environ["REQUEST_METHOD"] == "HEAD" else variant.body


def make_page(headers: Headers, body: bytes, *, generation: int, before: StoredPage | None = None) -> StoredPage:
    """Return the page in every encoding. An encoding that isn't smaller is not used: its name then leads to the plain bytes.

    `before` is what was kept of the same page. Compressing as well as can be takes ten times as long as rendering, and after a
    publication nearly every page is the same as before: then nothing is compressed.
    """
    kept = [(name, value) for name, value in headers if name.lower() not in NOT_KEPT]
    plain = _variant(kept, body, "")
    if before and before.variants[""] == plain:
        return replace(before, generation=generation)
    is_large = len(body) > LARGE
    variants = {"": plain}
    for encoding, compressed in (
        ("gzip", gzip.compress(body, 6 if is_large else 9, mtime=0)),
        ("br", brotli.compress(body, quality=5 if is_large else 11)),
    ):
        variants[encoding] = _variant(kept, compressed, encoding) if len(compressed) < len(body) else plain
    return StoredPage(generation, variants)


def _variant(kept: Headers, body: bytes, encoding: str) -> Variant:
    etag = f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    condition = [("ETag", etag), ("Cache-Control", CACHE_CONTROL), ("Vary", "Accept-Encoding")]
    length = [("Content-Encoding", encoding)] if encoding else []
    length.append(("Content-Length", str(len(body))))
    return Variant(etag, body, CheckedHeaders([*kept, *condition, *length]), CheckedHeaders(condition))


def matches(if_none_match: str, etag: str) -> bool:
    """Compare weakly, as If-None-Match asks: RFC 9110 section 13.1.2."""
    return if_none_match.strip() == "*" or any(tag.strip().removeprefix("W/") == etag for tag in if_none_match.split(","))


_negotiated: dict[str, str] = {}


def negotiate(accept_encoding: str) -> str:
    """Return "br", "gzip" or "" (as it is) for an Accept-Encoding header. The first 500 different headers are remembered."""
    found = _negotiated.get(accept_encoding)
    if found is None:
        found = _negotiate(accept_encoding)
        if len(_negotiated) < MOST_NEGOTIATIONS and len(accept_encoding) < 200:
            _negotiated[accept_encoding] = found
    return found


def _negotiate(accept_encoding: str) -> str:
    weights: dict[str, float] = {}
    for item in accept_encoding.lower().split(","):
        name, _, parameters = item.partition(";")
        weights[name.strip()] = _quality(parameters)
    rest = weights.get("*", 0.0)
    best = max(SUPPORTED, key=lambda encoding: weights.get(encoding, rest))
    weight = weights.get(best, rest)
    return best if weight > 0 and weight >= weights.get("identity", 0.0) else ""


def _quality(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return max(0.0, min(1.0, float(value)))
    except ValueError:
        return 0.0


class PageStore:
    """The most recently used pages, together no larger than `most_bytes` (bodies only). Safe for threads."""

    def __init__(self, most_bytes: int):
        self.most_bytes = most_bytes
        self.bytes_kept = 0
        self._pages: OrderedDict[str, StoredPage] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._pages)

    def get(self, path: str, generation: int) -> StoredPage | None:
        """Return the page at `path` when it was rendered for this generation."""
        with self._lock:
            page = self._pages.get(path)
            if page is None or page.generation != generation:
                return None
            self._pages.move_to_end(path)
            return page

    def last(self, path: str) -> StoredPage | None:
        """Return what is kept of `path`, of whichever generation."""
        return self._pages.get(path)

    def put(self, path: str, page: StoredPage) -> None:
        """Keep a page, and let go of what was used longest ago when there is no room. A page larger than all room is not kept."""
        with self._lock:
            self._drop(path)
            if page.size > self.most_bytes:
                return
            self._pages[path] = page
            self.bytes_kept += page.size
            while self.bytes_kept > self.most_bytes:
                self._drop(next(iter(self._pages)))

    def _drop(self, path: str) -> None:
        page = self._pages.pop(path, None)
        if page is not None:
            self.bytes_kept -= page.size
