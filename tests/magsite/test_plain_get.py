"""What the short way reads, gunicorn's parser reads the same; everything else is left alone."""

import pytest
from gunicorn.config import Config
from gunicorn.http.message import Request
from gunicorn.http.unreader import IterUnreader
from gunicorn.http.wsgi import create
from hypothesis import given, settings
from hypothesis import strategies as st

from magsite.plain_get import read_plain_get

ADDRESS = ("127.0.0.1", 8000)
REQUEST = (
    b"GET /artikelen/magnesium/ HTTP/1.1\r\n"
    b"Host: www.example.nl\r\n"
    b"Connection: keep-alive\r\n"
    b"User-Agent: Mozilla/5.0 (X11; Linux x86_64)\r\n"
    b"Accept:text/html \t\r\n"
    b"Accept-Encoding: gzip, br\r\n"
    b"X-Forwarded-Proto: https\r\n"
    b"\r\n"
)


def test_plain_request_is_read():
    request = read_plain_get(REQUEST + b"GET /next HTTP/1.1\r\n")

    assert request.head == REQUEST
    assert request.environ == {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": "/artikelen/magnesium/",
        "QUERY_STRING": "",
        "HTTP_HOST": "www.example.nl",
        "HTTP_CONNECTION": "keep-alive",
        "HTTP_USER_AGENT": "Mozilla/5.0 (X11; Linux x86_64)",
        "HTTP_ACCEPT": "text/html",
        "HTTP_ACCEPT_ENCODING": "gzip, br",
        "HTTP_X_FORWARDED_PROTO": "https",
    }


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"GET", b"HEAD"),
        (b"GET", b"get"),
        (b"GET", b"\r\nGET"),
        (b"HTTP/1.1", b"HTTP/1.0"),
        (b"HTTP/1.1", b"HTTP/1.1 "),
        (b"GET /", b"GET  /"),
        (b"/artikelen", b"//artikelen"),
        (b"/artikelen", b"http://www.example.nl/artikelen"),
        (b"magnesium/", b"magnesium/?a=b"),
        (b"magnesium/", b"magnesium/#a"),
        (b"magnesium/", b"magnesium/;a"),
        (b"magnesium/", b"magnesiu%6d/"),
        (b"magnesium/", b"magnesium\xc3\xab/"),
        (b"Host: www.example.nl\r\n", b""),
        (b"Host: www.example.nl\r\n", b"Host: www.example.nl\r\nHost: www.example.nl\r\n"),
        (b"Host: www.example.nl\r\n", b"Host: www.example.nl\r\nhost: evil.example\r\n"),
        (b"Host:", b"Host :"),
        (b"Host:", b" Host:"),
        (b"Accept:", b"Ac_cept:"),
        (b"Accept:", b":"),
        (b"Linux", b"\r\n Linux"),
        (b"Linux", b"\x00"),
        (b"Linux", b"\xe9"),
        (b"Linux", b"\r"),
        (b"Linux", b"\n"),
        (b"keep-alive", b"close"),
        (b"keep-alive", b"keep-alive, close"),
        (b"keep-alive", b"upgrade"),
        (b"Accept:", b"Content-Length: 0\r\nAccept:"),
        (b"Accept:", b"Content-Type: text/plain\r\nAccept:"),
        (b"Accept:", b"Expect: 100-continue\r\nAccept:"),
        (b"Accept:", b"HTTP2-Settings: AAMAAABkAAQAAP__\r\nAccept:"),
        (b"Accept:", b"Keep-Alive: timeout=5\r\nAccept:"),
        (b"Accept:", b"Proxy-Connection: close\r\nAccept:"),
        (b"Accept:", b"TE: trailers\r\nAccept:"),
        (b"Accept:", b"Trailer: Host\r\nAccept:"),
        (b"Accept:", b"Transfer-Encoding: chunked\r\nAccept:"),
        (b"Accept:", b"Upgrade: h2c\r\nAccept:"),
        (b"Accept:", b"X-Forwarded-Protocol: ssl\r\nAccept:"),
        (b"Accept:", b"X-Forwarded-Ssl: off\r\nAccept:"),
        (b"Accept:", b"X: " + b"a" * 4000 + b"\r\nAccept:"),
        (b"Accept:", b"".join(b"X-%d:\r\n" % number for number in range(60)) + b"Accept:"),
        (b"\r\n\r\n", b"\r\n"),
        (b"\r\n", b"\n"),
    ],
)
def test_doubtful_request_is_left_alone(old, new):
    assert old in REQUEST
    assert read_plain_get(REQUEST.replace(old, new, 1) if old != b"\r\n" else REQUEST.replace(old, new)) is None


PIECES = [b"\r", b"\n", b"\r\n", b"\0", b" ", b"\t", b":", b"%00", b"/", b"//", b"..", b"_", b"-", b"?", b"#", b"\xc3\xab", b"a"]
LINES = [
    b"Host: a",
    b"Cookie: a=b",
    b"Connection: close",
    b"Content-Length: 5",
    b"Transfer-Encoding: chunked",
    b"Expect: 100-continue",
]
LINES += [
    b"X-Forwarded-Ssl: on",
    b"X_Forwarded_Proto: https",
    b"If-None-Match: *",
    b" folded",
    b"Connection: Keep-Alive",
    b"Upgrade: h2c",
]
CHANGES = st.lists(
    st.tuples(st.integers(0, len(REQUEST)), st.integers(0, 4), st.sampled_from(PIECES + [b"\r\n" + line for line in LINES])),
    max_size=4,
)


@settings(max_examples=1500)
@given(CHANGES)
def test_what_is_read_is_what_gunicorn_reads(changes):
    data = REQUEST
    for start, length, piece in changes:
        data = data[:start] + piece + data[start + length :]
    data += b"GET /next"
    ours = read_plain_get(data)
    if ours is None:
        return
    unreader = IterUnreader([data])
    theirs = Request(Config(), unreader, ADDRESS)
    _, environ = create(theirs, None, ADDRESS, ADDRESS, Config())

    assert {name: environ[name] for name in ours.environ} == ours.environ
    assert {name for name in environ if name.startswith(("HTTP_", "CONTENT_"))} <= set(ours.environ)
    assert not theirs.should_close()
    assert theirs.body.read() == b""
    assert unreader.take_buffered() == data[len(ours.head) :]
