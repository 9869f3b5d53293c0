"""Questions to the real site: the same form many times at once, a database that is locked, and a text without end."""

import re
import sqlite3
import time
import urllib.error
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.browser.running import second_server
from tests.server.raw import connect, receive_all

TYPED = {
    "topic": "magnesium",
    "question": "Hoeveel magnesium zit er in een banaan?\n\nEn in een noot?",
    "email": "jan@example.org",
    "consent": "on",
    "consent_number": "1",
}
AT_ONCE = 50


class KeepRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None


opener = urllib.request.build_opener(KeepRedirect)


def open_form(url: str) -> dict[str, str]:
    with urllib.request.urlopen(f"{url}/advies/") as response:
        hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', response.read().decode()))
    return hidden | TYPED


def send(url: str, values: dict[str, str]) -> tuple[int, str]:
    """Return the status, and where it leads or what it says."""
    try:
        opener.open(f"{url}/advies/", urllib.parse.urlencode(values).encode(), timeout=60)
    except urllib.error.HTTPError as answer:
        return answer.code, answer.headers.get("Location") or answer.read().decode()
    raise AssertionError("A form that was sent is never answered with 200.")


@pytest.fixture(scope="module")
def desk(plain):
    """The site without a limit that these tests meet."""
    with second_server(plain, ADVICE_MOST_PER_NETWORK="1000") as url:
        yield url


@pytest.fixture
def impatient(plain):
    """The site that waits one second for a locked database, so that a test of it takes one."""
    with second_server(plain, SQLITE_TIMEOUT="1") as url:
        yield url


@pytest.fixture
def stored(plain):
    """Return how many requests have this number of a form, and how many messages and mails belong to them."""

    def count(values: dict[str, str]) -> tuple[int, int, int]:
        with sqlite3.connect(plain.folder / "db.sqlite3") as database:
            number = values["submission_id"].replace("-", "")
            own = "(SELECT id FROM advice_advicerequest WHERE submission_id = ?)"
            tables = ("advice_advicerequest WHERE id", "advice_message WHERE request_id", "advice_outgoingmail WHERE request_id")
            return tuple(database.execute(f"SELECT count(*) FROM {table} IN {own}", [number]).fetchone()[0] for table in tables)

    return count


def test_the_same_form_fifty_times_at_once_is_one_request(desk, stored):
    values = open_form(desk)
    time.sleep(3)  # no person is faster
    with ThreadPoolExecutor(AT_ONCE) as threads:
        answers = list(threads.map(lambda _: send(desk, values), range(AT_ONCE)))
    assert {status for status, _ in answers} == {303}
    assert len({re.search(r"/ontvangen/([\w-]+)\.", address)[1] for _, address in answers}) == 1
    assert stored(values) == (1, 1, 1)


def test_a_locked_database_stores_nothing_says_so_and_keeps_the_text(plain, impatient, stored):
    values = open_form(impatient)
    locking = sqlite3.connect(plain.folder / "db.sqlite3", isolation_level=None)
    locking.execute("BEGIN IMMEDIATE")
    try:
        start = time.monotonic()
        status, page = send(impatient, values)
        waited = time.monotonic() - start
    finally:
        locking.execute("ROLLBACK")
        locking.close()
    assert status == 503
    assert 0.9 < waited < 20
    assert "Je vraag is nog niet verstuurd" in page
    assert f">\n{TYPED['question']}</textarea>" in page.replace("\r\n", "\n")
    assert f'value="{values["submission_id"]}"' in page
    assert stored(values) == (0, 0, 0)
    assert send(impatient, values)[0] == 303
    assert stored(values)[0] == 1


def test_a_body_without_end_is_refused_with_a_page_that_can_be_read(desk):
    body = b"question=" + b"x" * 6_000_000
    head = f"POST /advies/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {len(body)}\r\nConnection: close\r\n"
    with connect(desk) as connection:
        connection.sendall(head.encode() + b"Content-Type: application/x-www-form-urlencoded\r\n\r\n" + body)
        answer = receive_all(connection).decode()
    assert answer.startswith("HTTP/1.1 413 ")
    assert "Er is nog niets verstuurd" in answer
