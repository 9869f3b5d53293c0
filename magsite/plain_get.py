"""The one kind of request that needs no HTTP parser: a GET whose every byte can mean only one thing.

Only what is beyond doubt is read here: an origin-form path of unreserved characters, HTTP/1.1, header fields in visible ASCII, each
once, none of which frames the message or the connection. gunicorn's own parser gets everything else, whole. So the answer "no" is
never wrong, and nothing here has to know how a server refuses a bad request.
"""

import re
from dataclasses import dataclass

MOST_BYTES = 4000  # of a head; gunicorn's own limits are wider
MOST_FIELDS = 60
HEAD = re.compile(rb"GET (/(?!/)[A-Za-z0-9/._~-]*) HTTP/1\.1\r\n((?:[A-Za-z0-9-]+:[\t -~]*\r\n)+)\r\n")
# These say where a message ends, what follows on the connection, or that the server must do something first.
NEVER = {
    "HTTP_CONTENT_LENGTH",
    "HTTP_CONTENT_TYPE",
    "HTTP_EXPECT",
    "HTTP_HTTP2_SETTINGS",
    "HTTP_KEEP_ALIVE",
    "HTTP_PROXY_CONNECTION",
    "HTTP_TE",
    "HTTP_TRAILER",
    "HTTP_TRANSFER_ENCODING",
    "HTTP_UPGRADE",
    # gunicorn compares these two with X-Forwarded-Proto and refuses a contradiction.
    "HTTP_X_FORWARDED_PROTOCOL",
    "HTTP_X_FORWARDED_SSL",
}


@dataclass(frozen=True)
class PlainGet:
    head: bytes
    environ: dict[str, str]  # the part of a WSGI environ that the published pages look at


def read_plain_get(data: bytes) -> PlainGet | None:
    """Return the request at the beginning of `data`, or None when it isn't whole or not beyond doubt."""
    found = HEAD.match(data, 0, MOST_BYTES)
    if found is None:
        return None
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": found[1].decode(), "QUERY_STRING": ""}
    lines = found[2].decode().split("\r\n")  # the last one is empty
    for line in lines[:-1]:
        name, _, value = line.partition(":")
        environ["HTTP_" + name.upper().replace("-", "_")] = value.strip(" \t")
    once = len(environ) == len(lines) + 2
    if not once or len(lines) > MOST_FIELDS or not NEVER.isdisjoint(environ) or "HTTP_HOST" not in environ:
        return None
    if environ.get("HTTP_CONNECTION", "keep-alive").lower() != "keep-alive":
        return None
    return PlainGet(found[0], environ)
