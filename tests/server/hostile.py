"""Requests that an honest browser doesn't send: written by hand by class, and seeded changes of good ones."""

import random

PATH = b"/artikelen/waar-is-magnesium-goed-voor/"
HOST = b"Host: 127.0.0.1\r\n"
SMUGGLED = b"GET /robots.txt HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
GET = b"GET " + PATH + b" HTTP/1.1\r\n" + HOST


def get(*lines: bytes, body: bytes = b"") -> bytes:
    """Return a GET of the article with these header lines, and what follows it."""
    return GET + b"".join(line + b"\r\n" for line in lines) + b"\r\n" + body


def start(line: bytes) -> bytes:
    """Return a request with this line as its first."""
    return line + b"\r\n" + HOST + b"\r\n"


FRAMING = [
    get(b"Content-Length: 5", body=b"12345"),
    get(b"Content-Length: 5", body=b"123"),
    get(b"Content-Length: 0"),
    get(b"Content-Length: 0", body=SMUGGLED),
    get(b"Content-Length: %d" % len(SMUGGLED), body=SMUGGLED),
    get(b"Content-Length: 05", body=b"12345"),
    get(b"Content-Length: +5", body=b"12345"),
    get(b"Content-Length: -1"),
    get(b"Content-Length: 5, 5", body=b"12345"),
    get(b"Content-Length: 5", b"Content-Length: 5", body=b"12345"),
    get(b"Content-Length: 5", b"Content-Length: 0", body=b"12345"),
    get(b"Content-Length: 0x5", body=b"12345"),
    get(b"Content-Length: \xb2", body=b"12"),
    get(b"Content-Length: 99999999999999999999"),
    get(b"Content-Length:", body=b"12345"),
    get(b"Content-Length : 5", body=b"12345"),
    get(b"Content_Length: 5", body=b"12345"),
    get(b"Content-Length\x00: 5", body=b"12345"),
    get(b"Transfer-Encoding: chunked", body=b"0\r\n\r\n"),
    get(b"Transfer-Encoding: chunked", body=b"5\r\n12345\r\n0\r\n\r\n"),
    get(b"Transfer-Encoding: chunked", body=b"0\r\n\r\n" + SMUGGLED),
    get(b"Transfer-Encoding: chunked", body=b"5\r\n12345\r\n0\r\nHost: evil.example\r\n\r\n"),
    get(b"Transfer-Encoding: chunked", body=b"5;a=b\r\n12345\r\n0\r\n\r\n"),
    get(b"Transfer-Encoding: chunked", body=b"5\n12345\n0\n\n"),
    get(b"Transfer-Encoding: chunked", body=b"-1\r\n\r\n"),
    get(b"Transfer-Encoding: chunked", body=b"zz\r\n\r\n"),
    get(b"Transfer-Encoding: chunked", body=b"FFFFFFFFFFFFFFFF1\r\n"),
    get(b"Transfer-Encoding: chunked", body=b"5\r\n123"),
    get(b"Transfer-Encoding: Chunked", body=b"0\r\n\r\n"),
    get(b"Transfer-Encoding: xchunked", body=b"0\r\n\r\n"),
    get(b"Transfer-Encoding: identity", body=b"12345"),
    get(b"Transfer-Encoding: gzip, chunked", body=b"0\r\n\r\n"),
    get(b"Transfer-Encoding: chunked, gzip", body=b"0\r\n\r\n"),
    get(b"Transfer-Encoding: chunked, chunked", body=b"0\r\n\r\n"),
    get(b"Transfer-Encoding: chunked", b"Transfer-Encoding: chunked", body=b"0\r\n\r\n"),
    get(b"Transfer-Encoding:\tchunked", body=b"0\r\n\r\n"),
    get(b"Transfer-Encoding:\x0bchunked", body=b"0\r\n\r\n"),
    get(b"Transfer-Encoding : chunked", body=b"0\r\n\r\n"),
    get(b"Transfer_Encoding: chunked", body=b"0\r\n\r\n"),
    get(b" Transfer-Encoding: chunked", body=b"0\r\n\r\n"),
    get(b"X: 1", b" Transfer-Encoding: chunked", body=b"0\r\n\r\n"),
    get(b"X: 1\nTransfer-Encoding: chunked", body=b"0\r\n\r\n"),
    get(b"X: 1\rTransfer-Encoding: chunked", body=b"0\r\n\r\n"),
    get(b"Content-Length: 4", b"Transfer-Encoding: chunked", body=b"0\r\n\r\n" + SMUGGLED),
    get(b"Transfer-Encoding: chunked", b"Content-Length: 4", body=b"0\r\n\r\n" + SMUGGLED),
    get(b"TE: trailers", b"Trailer: X"),
    get(b"Expect: 100-continue"),
    get(b"Expect: 100-continue", b"Content-Length: 5", body=b"12345"),
    get(b"Expect: something"),
    get(b"Upgrade: h2c", b"Connection: Upgrade, HTTP2-Settings", b"HTTP2-Settings: AAMAAABkAAQAAP__"),
    get(b"Upgrade: websocket", b"Connection: Upgrade", b"Sec-WebSocket-Key: x", b"Sec-WebSocket-Version: 13"),
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    b"PROXY TCP4 1.2.3.4 127.0.0.1 1 80\r\n" + get(),
    b"\r\n" + get(),
    b"\r\n\r\n" + get(),
    b"\n" + get(),
    b" " + get(),
    b"\x00" + get(),
]
TARGETS = [
    b"/",
    b"//",
    b"/%00",
    PATH + b"%00",
    PATH + b"?",
    PATH + b"?a=b",
    PATH + b"#a",
    PATH + b";a",
    PATH + b"/",
    b"/" + PATH,
    b"//127.0.0.1" + PATH,
    b"//evil.example" + PATH,
    b"///" + PATH,
    b"/.." + PATH,
    b"/." + PATH,
    b"/x/.." + PATH,
    PATH + b"..",
    PATH + b"../../beheer/",
    b"/%2e%2e" + PATH,
    b"/artikelen%2fwaar-is-magnesium-goed-voor/",
    b"/artikelen/waar-is-magnesium-goed-voo%72/",
    b"/artikelen/waar-is-magnesium-goed-voo%/",
    b"/artikelen/waar-is-magnesium-goed-voo%zz/",
    b"\\artikelen\\",
    PATH.upper(),
    PATH[:-1],
    b"http://127.0.0.1" + PATH,
    b"http://evil.example" + PATH,
    b"http://evil.example",
    b"https://127.0.0.1" + PATH,
    b"HTTP://127.0.0.1" + PATH,
    b"ftp://127.0.0.1" + PATH,
    b"http:" + PATH,
    b"http:/" + PATH,
    b"http://[::1" + PATH,
    b"http://user@127.0.0.1" + PATH,
    b"127.0.0.1:80",
    b"*",
    b"",
    b"evil.example" + PATH,
    b"?" + PATH,
    b"#" + PATH,
    b"/\xc3\xab/",
    b"/\xff/",
    b"/\x7f/",
    b"/\x0b/",
    b"/a\tb/",
    b"/a b/",
    b"/robots.txt",
    b"/beheer/",
    b"/static/../magsite/settings.py",
    b"/media/%2e%2e/db.sqlite3",
    b"/" + b"a" * 4000,
    b"/" + b"a" * 9000,
    b"/" + b"%41" * 1500,
]
METHODS = [
    b"HEAD",
    b"POST",
    b"PUT",
    b"DELETE",
    b"OPTIONS",
    b"TRACE",
    b"CONNECT",
    b"PATCH",
    b"get",
    b"Get",
    b"GE",
    b"G",
    b"GET\x00",
    b"GET:",
]
METHODS += [b"GETGETGETGETGETGETGETGET", b"PROPFIND", b"G#T", b"", b"\tGET", b"M-SEARCH"]
VERSIONS = [
    b"HTTP/1.0",
    b"HTTP/0.9",
    b"HTTP/1.2",
    b"HTTP/2.0",
    b"HTTP/1.10",
    b"HTTP/1,1",
    b"http/1.1",
    b"HTTP/1.1 ",
    b" HTTP/1.1",
    b"",
    b"HTTP",
]
VERSIONS += [b"HTTP/11", b"HTTP/1.", b"HTTP/\xb9.1", b"HTTP/1.1\x00", b"XTTP/1.1", b"HTTP/-1.1"]
FIELDS = [
    b"Host: 127.0.0.1",
    b"host: evil.example",
    b"Connection: close",
    b"Connection: Keep-Alive",
    b"Connection: keep-alive, close",
    b"Connection: close, keep-alive",
    b"Connection: upgrade",
    b"Connection: host",
    b"Connection:",
    b"Connection: \tclose",
    b"Keep-Alive: timeout=0, max=0",
    b"Proxy-Connection: close",
    b"X-Forwarded-Proto: https",
    b"X-Forwarded-Proto: http",
    b"X-Forwarded-Proto: https, http",
    b"X-Forwarded-Ssl: on",
    b"X-Forwarded-Protocol: ssl",
    b"X_Forwarded_Proto: https",
    b"X-Forwarded-Host: evil.example",
    b"X_Forwarded_Host: evil.example",
    b"X-Forwarded-For: 1.2.3.4",
    b"Forwarded: host=evil.example;proto=https",
    b"Script-Name: /x",
    b"SCRIPT_NAME: /artikelen",
    b"PATH_INFO: /beheer/",
    b"Remote-User: redacteur",
    b"REMOTE_USER: redacteur",
    b"X-Original-Url: /beheer/",
    b"X-Rewrite-Url: /beheer/",
    b"X-Http-Method-Override: DELETE",
    b"Cookie: sessionid=abc",
    b"Cookie: a=b; sessionid=abc",
    b"Cookie: SESSIONID=abc",
    b"Cookie: csrftoken=abc",
    b"Cookie: a=b\r\nCookie: sessionid=abc",
    b"Cookie_: sessionid=abc",
    b"Authorization: Basic YTpi",
    b"Accept-Encoding: br",
    b"Accept-Encoding: gzip;q=0, *",
    b"Accept-Encoding: identity;q=0",
    b"Accept-Encoding: gzip\r\nAccept-Encoding: br",
    b"Accept-Encoding: " + b"gzip," * 500,
    b"Accept-Encoding: gzip;q=1e400, br;q=nan",
    b"If-None-Match: *",
    b'If-None-Match: "a", W/"b", *',
    b"If-None-Match:",
    b"If-Modified-Since: Tue, 24 Nov 2099 00:00:00 GMT",
    b"If-Match: *",
    b"Range: bytes=0-9",
    b"Range: bytes=0-0,-1",
    b"Content-Type: text/plain",
    b"Content-Type: a\r\nContent-Type: b",
    b"Content-Encoding: gzip",
    b"Origin: null",
    b"Date: x",
    b"X: " + b"a" * 3000,
    b"X: " + b"a" * 8200,
    b"X: " + b"a" * 9000,
    b"\r\n".join(b"X-%d: 1" % number for number in range(58)),
    b"\r\n".join(b"X-%d: 1" % number for number in range(99)),
    b"\r\n".join(b"X-%d: 1" % number for number in range(101)),
    b"\r\n".join(b"X: 1" for _ in range(80)),
    b"X" * 300 + b": 1",
    b"X:",
    b"X: \t ",
    b"X :1",
    b"X\t: 1",
    b": 1",
    b"X",
    b"X 1",
    b"X(: 1",
    b"X\xe9: 1",
    b'"X": 1',
    b"X: a\x00b",
    b"X: a\x01b",
    b"X: a\x7fb",
    b"X: a\xe9b",
    b"X: a\rb",
    b"X: a\nb",
    b"X: a\r\n b",
    b"X: a\r\n\tb",
    b" X: a",
    b"\tX: a",
    b"X: a\x0b",
    b"X: a\x85",
    b"X: a\xa0",
]
HOSTS = [
    b"",
    b"Host:\r\n",
    b"Host: \r\n",
    b"Host: evil.example\r\n",
    b"Host: 127.0.0.1.\r\n",
    b"Host: 127.0.0.1:\r\n",
    b"Host: 127.0.0.1:99999\r\n",
]
HOSTS += [
    b"Host: 127.0.0.1:x\r\n",
    b"Host: 127.0.0.1, evil.example\r\n",
    b"Host: 127.0.0.1/x\r\n",
    b"Host: user@127.0.0.1\r\n",
    b"Host: [::1]\r\n",
]
HOSTS += [
    b"Host: 127.0.0.1\tx\r\n",
    b"Host : 127.0.0.1\r\n",
    b"HOST:127.0.0.1\r\n",
    b"Host: 127.0.0.1\r\nHost: evil.example\r\n",
    b"H\xd6st: a\r\n",
]
HOSTS += [
    b"Host: localhost\r\n",
    b"Host: LOCALHOST:8000\r\n",
    b"Host: %s\r\n" % (b"a" * 300),
    b"Host: 127.0.0.1\x00\r\n",
    b" Host: 127.0.0.1\r\n",
]
LINES_ENDINGS = [
    get().replace(b"\r\n", b"\n"),
    get().replace(b"\r\n", b"\r"),
    GET[:-2] + b"\n\r\n",
    GET + b"\n",
    GET + b"\r\n".join([b"", b""]),
]
LINES_ENDINGS += [
    GET + b"\n\n",
    GET + b"\r\r\n",
    get()[:-1],
    get()[:-2],
    get()[:20],
    b"GET",
    b"G",
    b"",
    get() + b"X",
    get() + b"\r\n",
    get() + b"\0",
]
SEVERAL = [
    get() * 2,
    get() * 20,
    get(b"Accept-Encoding: br") + start(b"GET /bestaat-niet/ HTTP/1.1") + get(b"If-None-Match: *"),
    start(b"HEAD / HTTP/1.1") + get(),
    get() + b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: %d\r\n\r\n" % len(get()) + get(),
    get(b"Connection: close") + get(),
    get() + get(b"Connection: close") + get(),
    get() + b"GET / HTTP/1.0\r\n" + HOST + b"\r\n" + get(),
    get() + b"GARBAGE\r\n\r\n" + get(),
    get() + get(b"Content-Length: 5, 6", body=b"12345") + get(),
]


def written_by_hand() -> list[bytes]:
    return [
        *FRAMING,
        *(start(b"GET " + target + b" HTTP/1.1") for target in TARGETS),
        *(start(b"HEAD " + target + b" HTTP/1.1") for target in TARGETS[:20]),
        *(start(method + b" " + PATH + b" HTTP/1.1") for method in METHODS),
        *(start(b"GET " + PATH + b" " + version) for version in VERSIONS),
        *(get(field) for field in FIELDS),
        *(b"GET " + PATH + b" HTTP/1.1\r\n" + host + b"\r\n" for host in HOSTS),
        *(b"GET " + PATH + b" HTTP/1.0\r\n" + field + b"\r\n\r\n" for field in FIELDS[:8]),
        *LINES_ENDINGS,
        *SEVERAL,
    ]


def changed(count: int, seed: int = 1) -> list[bytes]:
    """Return good requests with one to four changes each: bytes put in, left out and replaced, lines doubled and replaced.

    None accepts gzip: Django puts random bytes in what it compresses itself, against BREACH.
    """
    chance = random.Random(seed)
    fields = [field for field in FIELDS if b"gzip" not in field]
    pieces = [
        b"\r",
        b"\n",
        b"\r\n",
        b"\0",
        b" ",
        b"\t",
        b":",
        b"%00",
        b"/",
        b"..",
        b"_",
        b"?",
        b"\xe9",
        b"chunked",
        b"\r\n\r\n",
        b",",
        b"close",
    ]
    found = []
    for _ in range(count):
        request = get(*chance.sample(fields, chance.randint(0, 4)), b"Accept-Encoding: br", b"User-Agent: x")
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(len(request))
            kind = chance.randrange(5)
            if kind == 0:
                request = request[:at] + chance.choice(pieces) + request[at:]
            elif kind == 1:
                request = request[:at] + request[at + chance.randint(1, 3) :]
            elif kind == 2:
                request = request[:at] + chance.choice(pieces) + request[at + 1 :]
            else:
                lines = request.split(b"\r\n")
                place = chance.randrange(len(lines))
                other = chance.choice([*lines, *fields, b"Content-Length: 3", b"Transfer-Encoding: chunked"])
                lines[place : place + (kind - 3)] = [other]
                request = b"\r\n".join(lines)
        found.append(request)
    return found
