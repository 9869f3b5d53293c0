"""The one who asks: wrk when it is installed, else a small keep-alive client. Loopback only, bounded in time and connections."""

import re
import selectors
import shutil
import socket
import subprocess
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

CONNECTIONS = 16
UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}
GENERATOR = "wrk" if shutil.which("wrk") else "the bench's own client"


@dataclass(frozen=True)
class Load:
    """What one run saw; p50 and p99 in milliseconds."""

    requests: int
    seconds: float
    p50: float
    p99: float


def ask(url: str, headers: dict[str, str], *, seconds: int) -> Load:
    """Keep asking for `url` over sixteen connections. Raises RuntimeError when an answer is wrong or missing."""
    if urlsplit(url).hostname != "127.0.0.1":
        raise ValueError(f"{url} is not on this machine")
    return _ask_with_wrk(url, headers, seconds) if GENERATOR == "wrk" else _ask_ourselves(url, headers, seconds)


def _ask_with_wrk(url: str, headers: dict[str, str], seconds: int) -> Load:
    given = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "10s", "--latency", *given, url]
    done = subprocess.run(command, capture_output=True, text=True, timeout=seconds + 30, check=True)
    return parse_wrk(done.stdout)


def parse_wrk(text: str) -> Load:
    """Read what `wrk --latency` prints."""
    if "Socket errors" in text or "Non-2xx" in text:
        raise RuntimeError(text)
    count, took, unit = re.search(r"(\d+) requests in ([\d.]+)(us|ms|s|m),", text).groups()
    times = {name: float(value) * UNITS[of] for name, value, of in re.findall(r"(50|99)%\s+([\d.]+)(us|ms|s|m)\b", text)}
    return Load(int(count), float(took) * UNITS[unit] / 1000, times["50"], times["99"])


def _ask_ourselves(url: str, headers: dict[str, str], seconds: int) -> Load:
    """Keep one request under way on every connection. All answers have the same length, so only bytes need counting."""
    parts = urlsplit(url)
    lines = [f"GET {parts.path} HTTP/1.1", f"Host: {parts.netloc}", *(f"{name}: {value}" for name, value in headers.items())]
    request = ("\r\n".join(lines) + "\r\n\r\n").encode()
    length = _find_length((parts.hostname, parts.port), request)
    times: list[float] = []
    began = time.perf_counter()
    with selectors.DefaultSelector() as waiting:
        for _ in range(CONNECTIONS):
            connection = socket.create_connection((parts.hostname, parts.port), timeout=10)
            connection.sendall(request)
            waiting.register(connection, selectors.EVENT_READ, [time.perf_counter(), 0])
        try:
            while time.perf_counter() < began + seconds:
                for key, _ in waiting.select(10):
                    _go_on(key.fileobj, key.data, request, length, times)
        finally:
            for key in list(waiting.get_map().values()):
                key.fileobj.close()
    times.sort()
    took = time.perf_counter() - began
    return Load(len(times), took, times[len(times) // 2] * 1000, times[len(times) * 99 // 100] * 1000)


def _go_on(connection: socket.socket, state: list, request: bytes, length: int, times: list[float]) -> None:
    """Take what has come; when the answer is whole, note how long it took and ask again."""
    data = connection.recv(131_072)
    if not data or (state[1] == 0 and not data.startswith((b"HTTP/1.1 200", b"HTTP/1.1 304"))) or state[1] + len(data) > length:
        raise RuntimeError(f"A wrong answer: {data[:80]!r}")
    state[1] += len(data)
    if state[1] == length:
        now = time.perf_counter()
        times.append(now - state[0])
        state[:] = [now, 0]
        connection.sendall(request)


def _find_length(address: tuple[str, int], request: bytes) -> int:
    """Ask once and return the length of the answer, head included."""
    with socket.create_connection(address, timeout=10) as connection:
        connection.sendall(request)
        data = b""
        while b"\r\n\r\n" not in data:
            data += connection.recv(131_072)
        head = data.partition(b"\r\n\r\n")[0]
        found = None if b" 304 " in head.splitlines()[0] else re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
        return len(head) + 4 + (int(found[1]) if found else 0)
