"""HTTP as bytes on a socket: send anything, and keep everything that comes back."""

import re
import socket
import time
from contextlib import suppress
from urllib.parse import urlsplit

PATIENCE = 10.0  # seconds that a server may take for everything
NEXT = b"GET /robots.txt HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
OF_THE_MOMENT = re.compile(rb"(?im)^((?:Date|Expires): )[^\r]*")
TOKENS = re.compile(rb'(csrftoken=|name="csrfmiddlewaretoken" value="|sessionid=|nonce[-=]"?)[A-Za-z0-9+/=]+|expires=[^;\r]+')
# gunicorn refuses for the first thing it sees amiss; what it says of that depends on how the bytes happen to arrive.
REFUSED = re.compile(
    rb"(?s)(HTTP/1.1 4\d\d [^\r]*\r\nConnection: close\r\n)Content-Type: text/html\r\n.{,30}\r\n\r\n<html>.*?</html>\n"
)


def connect(url: str) -> socket.socket:
    parts = urlsplit(url)
    return socket.create_connection((parts.hostname, parts.port), timeout=PATIENCE)


def exchange(url: str, pieces: list[bytes], *, wait: bool) -> bytes:
    """Send the pieces, then a good request, then the end; return every byte of the answers.

    With `wait` the good request goes after the first answer has come, else right behind. Whether the server kept the connection
    open and where it thinks that the next request starts shows in the answer to the good one.
    """
    with connect(url) as connection, suppress(ConnectionError):
        for piece in pieces:
            connection.sendall(piece)
            if len(pieces) > 1:
                time.sleep(0.02)  # so that each arrives on its own
        first = _receive(connection, 0.3) if wait else b""
        with suppress(ConnectionError, OSError):
            connection.sendall(NEXT)
            connection.shutdown(socket.SHUT_WR)
        return first + receive_all(connection)


def receive_all(connection: socket.socket) -> bytes:
    """Return what comes until the server closes. Raises TimeoutError when it doesn't."""
    connection.settimeout(PATIENCE)
    received = b""
    with suppress(ConnectionError):
        while data := connection.recv(65_536):
            received += data
    return received


def _receive(connection: socket.socket, seconds: float) -> bytes:
    """Return one piece of an answer, or nothing when none comes in time."""
    connection.settimeout(seconds)
    try:
        return connection.recv(65_536)
    except TimeoutError:
        return b""


def normalise(answers: bytes) -> bytes:
    """Take out what differs from one moment to the next."""
    return REFUSED.sub(rb"\1", TOKENS.sub(rb"\1*", OF_THE_MOMENT.sub(rb"\1*", answers)))
