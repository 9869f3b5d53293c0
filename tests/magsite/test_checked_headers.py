"""The short way and gunicorn's own give the same bytes."""

import socket
from types import SimpleNamespace

import pytest
from gunicorn.config import Config
from gunicorn.http.errors import InvalidResponseHeader
from gunicorn.http.wsgi import Response

from magsite.checked_headers import CheckedHeaders, start

BODY = b"Magnesium"
HEADERS = [("Content-Type", "text/html"), ("X-Padded", " a "), ("Connection", "close"), ("Content-Length", str(len(BODY)))]


def answer(begin, *, method="GET", close=False, status="200 OK", body=BODY) -> tuple[bytes, bool]:
    """Return what gunicorn writes to the socket and whether it closes the connection; `begin(start_response, status)` starts."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        request = SimpleNamespace(method=method, version=(1, 1), headers=[], should_close=lambda: close)
        response = Response(request, ours, Config())
        begin(response.start_response, status)
        response.write(body)
        response.close()
        ours.shutdown(socket.SHUT_WR)
        lines = theirs.makefile("rb").read().split(b"\r\n")
        return b"\r\n".join(line for line in lines if not line.startswith(b"Date:")), response.should_close()


@pytest.mark.parametrize(
    "kind",
    [
        {},
        {"close": True},
        {"body": BODY + b" and more than was announced"},
        {"method": "HEAD", "body": b""},
        {"status": "304 Not Modified", "body": b""},
    ],
)
def test_both_ways_give_the_same_bytes(kind):
    headers = CheckedHeaders(HEADERS)
    plain = answer(lambda start_response, status: start_response(status, HEADERS), **kind)

    assert [answer(lambda *given: start(*given, headers), **kind) for _ in range(3)] == [plain] * 3


def test_second_answer_takes_the_short_way():
    headers = CheckedHeaders(HEADERS)
    answer(lambda *given: start(*given, headers))
    headers.checked = ((("X-Kept", "yes"),), len(BODY))

    assert b"X-Kept: yes" in answer(lambda *given: start(*given, headers))[0]
    assert b"X-Kept" not in answer(lambda *given: start(*given, headers), method="HEAD", body=b"")[0]


def test_headers_kept_are_not_shared_between_answers():
    headers = CheckedHeaders(HEADERS)
    answer(lambda *given: start(*given, headers))

    def meddle(start_response, status):
        start(start_response, status, headers)
        start_response.__self__.headers.append(("X-Mine", "1"))

    assert b"X-Mine" in answer(meddle)[0]
    assert b"X-Mine" not in answer(lambda *given: start(*given, headers))[0]


def test_bad_header_is_refused_every_time():
    headers = CheckedHeaders([("X-Bad", "a\r\nSet-Cookie: b"), ("Content-Length", "9")])
    for _ in range(2):
        with pytest.raises(InvalidResponseHeader):
            answer(lambda *given: start(*given, headers))


def test_second_start_is_refused_as_gunicorn_does():
    headers = CheckedHeaders(HEADERS)
    answer(lambda *given: start(*given, headers))

    def twice(start_response, status):
        start(start_response, status, headers)
        start(start_response, status, headers)

    with pytest.raises(AssertionError, match="already set"):
        answer(twice)


def test_another_server_gets_the_headers_as_they_are():
    seen = []
    start(lambda *given: seen.append(given), "200 OK", CheckedHeaders(HEADERS))

    assert seen == [("200 OK", HEADERS)]
