"""A gunicorn worker that answers kept pages where it waits for requests; only the others cost a thread.

Handing a request to a thread and back is most of what a published page costs. `--worker-class magsite.page_worker.PageWorker` is
gunicorn's own gthread worker with one thing added: when a connection has something to read, it looks, without taking anything, for
a plain GET of a page that is kept, and answers that at once. Every byte of any other request stays where it is for gthread, which
parses, refuses and answers it as ever. A new connection waits for its first byte here too, and not in a thread.

This uses parts of gunicorn that are no public interface. tests/server/test_hostile_requests.py sends the same bytes to both workers
and fails when an upgrade makes them differ.
"""

import os
import socket
import time
from collections import deque
from functools import partial
from selectors import EVENT_READ
from types import SimpleNamespace

from gunicorn.config import Config
from gunicorn.http.wsgi import Response
from gunicorn.util import http_date
from gunicorn.workers.gthread import DEFAULT_WORKER_DATA_TIMEOUT, TConn, ThreadWorker

from magsite.checked_headers import CheckedHeaders
from magsite.pages import PublishedPages
from magsite.plain_get import MOST_BYTES, read_plain_get

# With any of these set, gunicorn does something for every request that this worker wouldn't.
MUST_BE_DEFAULT = [
    "accesslog",
    "certfile",
    "forwarder_headers",
    "header_map",
    "http2_cleartext",
    "http_protocols",
    "keyfile",
    "limit_request_field_size",
    "limit_request_fields",
    "limit_request_line",
    "logconfig",
    "logconfig_dict",
    "logconfig_json",
    "logger_class",
    "post_request",
    "pre_request",
    "protocol",
    "proxy_protocol",
    "statsd_host",
    "syslog",
]


class PageWorker(ThreadWorker):
    pages: PublishedPages | None = None  # None: leave everything to the threads
    second, date = 0, b""

    def load_wsgi(self):
        super().load_wsgi()
        default = Config()
        changed = [name for name in MUST_BE_DEFAULT if getattr(self.cfg, name) != getattr(default, name)]
        changed += ["SCRIPT_NAME"] if os.environ.get("SCRIPT_NAME") else []
        if changed:
            self.log.warning("All requests go to threads, because of: %s", ", ".join(changed))
        elif isinstance(self.wsgi, PublishedPages):
            self.pages = self.wsgi

    def enqueue_req(self, conn: TConn):
        """Give a connection to a thread. A new one that has said nothing yet waits in the loop first, no longer than in gthread."""
        if self.pages is None or conn.initialized or conn.data_ready:
            super().enqueue_req(conn)
            return
        conn.timeout = time.monotonic() + DEFAULT_WORKER_DATA_TIMEOUT + self.cfg.keepalive
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, EVENT_READ, partial(self.on_pending_socket_readable, conn))

    def on_pending_socket_readable(self, conn: TConn, client: socket.socket):
        conn.data_ready = True
        if not self._answer(conn, self.pending_conns):
            super().on_pending_socket_readable(conn, client)

    def on_client_socket_readable(self, conn: TConn, client: socket.socket):
        if not self._answer(conn, self.keepalived_conns):
            super().on_client_socket_readable(conn, client)

    def _answer(self, conn: TConn, waiting: deque) -> bool:
        """Answer the next request on this connection if that takes no thread; return whether it did. `waiting` holds it."""
        if not self._may_answer():
            return False
        try:
            request = read_plain_get(conn.sock.recv(MOST_BYTES, socket.MSG_PEEK))
        except OSError:
            return False
        page = request and self.pages.find_kept(request.environ)
        if not page:
            return False
        self.nr += 1
        if conn.sock.recv(len(request.head)) != request.head:  # urgent data among them: no honest reader sends that
            self._leave(conn, waiting, b"", keep=False)
            return True
        answer = self._write(*page.answer(request.environ))
        try:
            sent = conn.sock.send(answer)
        except OSError:  # no room for a byte, or nobody there any more: a thread finds out
            sent = 0
        if sent < len(answer):
            self._leave(conn, waiting, answer[sent:], keep=True)
            return True
        waiting.remove(conn)
        conn.set_timeout()
        self.keepalived_conns.append(conn)
        if waiting is self.pending_conns:
            self.poller.modify(conn.sock, EVENT_READ, partial(self.on_client_socket_readable, conn))
        return True

    def _may_answer(self) -> bool:
        """Whether gthread would keep the connection and go on afterwards; if not, it must give the last answer itself."""
        return (
            self.pages is not None
            and self.alive
            and self.cfg.keepalive > 0
            and self.nr + 1 < self.max_requests
            and len(self.keepalived_conns) < self.max_keepalived
        )

    def _write(self, status: str, headers: CheckedHeaders, body: bytes) -> bytes:
        """Return the whole answer. gunicorn writes the head once; later answers differ in the date only."""
        if headers.written is None:
            headers.written = write_head(status, headers, self.cfg)
        if (now := int(time.time())) != self.second:
            self.second, self.date = now, http_date(now).encode()
        before, after = headers.written
        return b"".join((before, self.date, after, body))

    def _leave(self, conn: TConn, waiting: deque, rest: bytes, *, keep: bool) -> None:
        """Let a thread send the rest to a client that takes it slowly."""
        self.poller.unregister(conn.sock)
        waiting.remove(conn)
        sending = self.tpool.submit(send_rest, conn, rest, keep=keep)
        sending.add_done_callback(lambda done: self.method_queue.defer(self.finish_request, conn, done))


def send_rest(conn: TConn, rest: bytes, *, keep: bool) -> bool:
    """Send, however long it takes, and return whether the connection stays."""
    conn.sock.setblocking(True)
    conn.init()
    conn.sock.sendall(rest)
    return keep


def write_head(status: str, headers: CheckedHeaders, cfg: Config) -> tuple[bytes, bytes]:
    """Return what gunicorn writes before and after the date in the head of an answer to a GET on a kept connection."""
    written: list[bytes] = []
    request = SimpleNamespace(method="GET", version=(1, 1), should_close=lambda: False)
    response = Response(request, SimpleNamespace(sendall=written.append), cfg)
    response.start_response(status, headers)
    response.send_headers()
    before, name, rest = b"".join(written).partition(b"\r\nDate: ")
    return before + name, rest[rest.index(b"\r\n") :]
