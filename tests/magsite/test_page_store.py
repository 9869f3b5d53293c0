import gzip

import brotli
import pytest

from magsite.page_store import LARGE, PageStore, make_page, matches, negotiate

HEADERS = [("Content-Type", "text/html"), ("Content-Security-Policy", "default-src 'none'"), ("ETag", '"old"'), ("Vary", "Cookie")]
BODY = b"<p>Magnesium</p>" * 50


def get(page, method: str = "GET", **headers):
    return page.answer({"REQUEST_METHOD": method} | {f"HTTP_{name.upper()}": value for name, value in headers.items()})


@pytest.fixture
def page():
    return make_page(HEADERS, BODY, generation=1)


def test_plain_answer_keeps_the_headers_of_the_page_and_writes_its_own(page):
    status, headers, body = get(page)

    assert (status, body) == ("200 OK", BODY)
    assert headers == [
        ("Content-Type", "text/html"),
        ("Content-Security-Policy", "default-src 'none'"),
        ("ETag", page.variants[""].etag),
        ("Cache-Control", "public, max-age=0, s-maxage=1, must-revalidate"),
        ("Vary", "Accept-Encoding"),
        ("Content-Length", str(len(BODY))),
    ]


@pytest.mark.parametrize(("encoding", "decode"), [("gzip", gzip.decompress), ("br", brotli.decompress)])
def test_encoded_answer_holds_the_same_bytes(page, encoding, decode):
    _, headers, body = get(page, accept_encoding=encoding)

    assert decode(body) == BODY
    assert ("Content-Encoding", encoding) in headers
    assert ("Content-Length", str(len(body))) in headers


def test_each_encoding_has_its_own_etag(page):
    assert len({variant.etag for variant in page.variants.values()}) == 3


def test_condition_that_holds_gives_304_without_body(page):
    etag = page.variants["br"].etag

    assert get(page, accept_encoding="br", if_none_match=f'"x", W/{etag}') == (
        "304 Not Modified",
        [("ETag", etag), ("Cache-Control", "public, max-age=0, s-maxage=1, must-revalidate"), ("Vary", "Accept-Encoding")],
        b"",
    )


def test_etag_of_another_encoding_gives_the_page(page):
    assert get(page, accept_encoding="gzip", if_none_match=page.variants["br"].etag)[0] == "200 OK"


def test_head_has_the_headers_of_get_and_no_body(page):
    assert get(page, "HEAD", accept_encoding="gzip") == (*get(page, accept_encoding="gzip")[:2], b"")


def test_encoding_that_is_larger_is_not_used():
    page = make_page(HEADERS, b"kort", generation=1)

    assert get(page, accept_encoding="br, gzip")[2] == b"kort"
    assert "Content-Encoding" not in dict(get(page, accept_encoding="br")[1])


def test_page_that_is_the_same_as_before_is_not_compressed_again(page):
    again = make_page(HEADERS, BODY, generation=2, before=page)

    assert (again.generation, again.variants is page.variants) == (2, True)
    for headers, body in ((HEADERS, BODY + b"."), ([*HEADERS, ("X-Robots-Tag", "noindex")], BODY)):
        assert make_page(headers, body, generation=2, before=page) == make_page(headers, body, generation=2)


@pytest.mark.parametrize(("length", "level", "quality"), [(1_000, 9, 11), (LARGE + 1, 6, 5)])
def test_large_page_is_compressed_in_less_time(length, level, quality):
    """A part of the sitemap took seconds at the best quality."""
    body = "".join(f"{i * 7919 % 10_007}\n" for i in range(length)).encode()[:length]
    variants = make_page(HEADERS, body, generation=1).variants

    assert variants["gzip"].body == gzip.compress(body, level, mtime=0) != gzip.compress(body, 15 - level, mtime=0)
    assert variants["br"].body == brotli.compress(body, quality=quality) != brotli.compress(body, quality=16 - quality)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("", ""),
        ("identity", ""),
        ("gzip", "gzip"),
        ("br", "br"),
        ("gzip, deflate, br, zstd", "br"),
        ("GZIP;Q=0.5", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0.2, gzip;q=0.8", "gzip"),
        ("*", "br"),
        ("*;q=0", ""),
        ("br;q=0, *", "gzip"),
        ("gzip;q=0.3, identity;q=0.9", ""),
        ("gzip;q=onzin", ""),
        (";;;,,q=1", ""),
        ("x" * 10_000, ""),
    ],
)
def test_negotiation(header, expected):
    assert negotiate(header) == expected


def test_weak_comparison():
    assert matches("*", '"a"')
    assert matches(' W/"a" , "b"', '"a"')
    assert not matches('"ab"', '"a"')


def test_store_keeps_what_was_used_last_within_its_room():
    pages = {path: make_page([], path.encode() * 10, generation=1) for path in ("/a", "/b", "/c")}
    store = PageStore(most_bytes=2 * pages["/a"].size)
    store.put("/a", pages["/a"])
    store.put("/b", pages["/b"])
    store.get("/a", 1)
    store.put("/c", pages["/c"])

    assert [path for path in pages if store.get(path, 1)] == ["/a", "/c"]
    assert store.bytes_kept == 2 * pages["/a"].size


def test_store_gives_no_page_of_another_generation():
    store = PageStore(10_000)
    store.put("/a", make_page([], b"x", generation=1))

    assert store.get("/a", 2) is None


def test_page_larger_than_all_room_is_not_kept():
    store = PageStore(10)
    store.put("/a", make_page([], bytes(range(256)), generation=1))

    assert (len(store), store.bytes_kept) == (0, 0)


def test_replaced_page_counts_once():
    store = PageStore(10_000)
    for _ in range(3):
        store.put("/a", make_page([], b"x" * 10, generation=1))

    assert (len(store), store.bytes_kept) == (1, store.get("/a", 1).size)
