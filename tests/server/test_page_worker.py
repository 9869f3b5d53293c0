"""What the page worker does beside answering: slow readers, busy threads, stopping, reloading, settings that it can't follow."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.browser.running import ROOT, _free_port
from tests.server.conftest import PAGE_WORKER
from tests.server.raw import connect, receive_all

KEPT = b"GET /kept/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
SLOW = b"GET /slow/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
BODY = b"kept" * 10_000

BOTH = pytest.mark.parametrize("worker", ["gthread", PAGE_WORKER])


@contextmanager
def serving(folder: Path, *options: str, worker: str = PAGE_WORKER):
    """Serve the small site with one process and two threads; give its address, its process and its log."""
    port = _free_port()
    bind = ["--bind", f"127.0.0.1:{port}", "--threads", "2", "--no-control-socket", "--log-level", "warning"]
    command = [sys.executable, "-m", "gunicorn", "tests.server.small_site", "--worker-class", worker, *bind, *options]
    with open(folder / "log", "wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=os.environ | {"VAR_DIR": str(folder)}, stdout=log, stderr=log)
        try:
            wait_until_up(port)
            yield f"http://127.0.0.1:{port}", process, folder / "log"
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def wait_until_up(port: int) -> None:
    """Ask for the kept page until it comes twice, so that it is kept."""
    deadline = time.monotonic() + 30
    asked = 0
    while asked < 2:
        assert time.monotonic() < deadline, "The server did not start."
        try:
            asked += fetch(port, "/kept/") == BODY
        except OSError:
            time.sleep(0.05)


def fetch(port: int, path: str) -> bytes:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        connection.request("GET", path)
        return connection.getresponse().read()


def test_kept_page_needs_no_thread(tmp_path):
    with serving(tmp_path) as (url, _, _), connect(url) as one, connect(url) as two, connect(url) as reader:
        reader.sendall(KEPT + SLOW)  # the look at the generation is fresh now
        assert reader.recv(12) == b"HTTP/1.1 200"
        for busy in (one, two):
            busy.sendall(b"GET /kept/ HTTP/1.1\r\nHost: 127.0.0.1\r\n")  # a head without an end: gthread waits for it in a thread
        time.sleep(0.2)
        with connect(url) as other:
            other.settimeout(0.7)
            other.sendall(KEPT)
            assert other.recv(12) == b"HTTP/1.1 200"


def test_slow_reader_gets_every_byte_and_holds_up_nobody(tmp_path):
    count = 400  # 16 MB: more than any buffer holds
    with serving(tmp_path) as (url, _, _), connect(url) as slow:
        writer = threading.Thread(target=lambda: (slow.sendall(KEPT * count), slow.shutdown(socket.SHUT_WR)))
        writer.start()
        time.sleep(0.5)  # it has read nothing yet, and its buffers are full
        with connect(url) as other:
            other.sendall(KEPT)
            assert other.recv(12) == b"HTTP/1.1 200"
        received = receive_all(slow)
        writer.join()

    heads = set(re.split(rb"(?:kept)+", re.sub(rb"Date: [^\r]*", b"", received)))
    assert received.count(b"HTTP/1.1 200 OK\r\n") == count
    assert received.count(BODY) == count
    assert len(heads) == 2  # one head, and the nothing after the last body


def test_urgent_data_is_never_taken_for_a_request(tmp_path):
    with serving(tmp_path) as (url, _, _), connect(url) as client:
        client.sendall(KEPT[:10])
        client.send(b"X", socket.MSG_OOB)
        client.sendall(KEPT[10:])
        client.shutdown(socket.SHUT_WR)
        assert receive_all(client).count(b"HTTP/1.1 ") <= 1

        with connect(url) as other:
            other.sendall(KEPT)
            assert other.recv(12) == b"HTTP/1.1 200"


@BOTH
def test_stopping_ends_what_is_under_way_and_says_so(tmp_path, worker):
    with serving(tmp_path, worker=worker) as (url, process, _), connect(url) as kept, connect(url) as slow:
        kept.sendall(KEPT)
        assert b"Connection: keep-alive" in kept.recv(500)
        time.sleep(0.3)
        while len(kept.recv(65_536)) == 65_536:
            pass
        slow.sendall(SLOW)
        time.sleep(0.2)
        process.terminate()
        time.sleep(0.1)
        kept.sendall(KEPT)

        assert receive_all(slow).endswith(b"slow\r\n0\r\n\r\n")
        assert b"Connection: close" in receive_all(kept)
        assert process.wait(10) == 0


class Asking(threading.Thread):
    """A reader who keeps a connection and goes on asking; every answer has to be whole."""

    def __init__(self, url: str):
        super().__init__(daemon=True)
        self.address, self.stop = url.removeprefix("http://"), threading.Event()
        self.answers, self.wrong = 0, []

    def run(self):
        connection = http.client.HTTPConnection(self.address, timeout=10)
        while not self.stop.is_set():
            try:
                connection.request("GET", "/kept/")
                body = connection.getresponse().read()  # http.client opens a new connection after "Connection: close"
                self.answers += 1
                if body != BODY:
                    self.wrong.append(body)
            except Exception as error:
                self.wrong.append(repr(error))
                connection.close()
            time.sleep(0.005)
        connection.close()


@BOTH
def test_reloading_loses_no_request(tmp_path, worker):
    with serving(tmp_path, worker=worker) as (url, process, _):
        port = int(url.rpartition(":")[2])
        readers = [Asking(url) for _ in range(3)]
        before = fetch(port, "/process/")
        for reader in readers:
            reader.start()
        time.sleep(0.3)
        process.send_signal(signal.SIGHUP)
        deadline = time.monotonic() + 15
        while fetch(port, "/process/") == before and time.monotonic() < deadline:
            time.sleep(0.05)
        after = fetch(port, "/process/")
        time.sleep(1)
        for reader in readers:
            reader.stop.set()
            reader.join(10)

    assert after != before
    assert [reader.wrong for reader in readers] == [[], [], []]
    assert min(reader.answers for reader in readers) > 20


@BOTH
def test_deploy_shows_the_new_pages_without_publishing(tmp_path, worker):
    """What is kept goes with the process; the tag of the old page is no reason to say that nothing changed."""
    with serving(tmp_path, worker=worker) as (url, process, _):
        port = int(url.rpartition(":")[2])
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as reader:
            reader.request("GET", "/kept/")
            tag = reader.getresponse().headers["ETag"]
        before = fetch(port, "/process/")
        (tmp_path / "template").write_bytes(b"new" * 10_000)
        process.send_signal(signal.SIGHUP)
        deadline = time.monotonic() + 15
        while fetch(port, "/process/") == before and time.monotonic() < deadline:
            time.sleep(0.05)
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as reader:
            reader.request("GET", "/kept/", headers={"If-None-Match": tag})
            response = reader.getresponse()

            assert (response.status, response.read()) == (200, b"new" * 10_000)


def test_worker_ends_after_the_requests_it_may_answer(tmp_path):
    with serving(tmp_path, "--max-requests", "50") as (url, _, _):
        port = int(url.rpartition(":")[2])
        before = fetch(port, "/process/")
        with connect(url) as client:
            client.sendall(KEPT * 100)
            received = receive_all(client)
        deadline = time.monotonic() + 15
        after = before
        while after == before and time.monotonic() < deadline:
            try:
                after = fetch(port, "/process/")
            except OSError:
                time.sleep(0.05)

    assert 40 < received.count(b"HTTP/1.1 200 OK") < 50
    assert received.count(b"Connection: close") == 1
    assert after != before


def test_access_log_gets_every_request(tmp_path):
    access = tmp_path / "access"
    with serving(tmp_path, "--access-logfile", str(access)) as (url, _, log):
        with connect(url) as client:
            client.sendall(KEPT * 5)
            client.shutdown(socket.SHUT_WR)
            assert receive_all(client).count(b"HTTP/1.1 200 OK") == 5

        assert "All requests go to threads, because of: accesslog" in log.read_text()
        assert access.read_text().count("GET /kept/") == 7
