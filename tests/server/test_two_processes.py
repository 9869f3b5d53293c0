"""Two servers on one database: what is published through one shows on the other within two seconds, and never in pieces.

One is gunicorn's own worker and one is the page worker, and the readers keep their connections, so that both ways are read.
"""

import http.client
import os
import re
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from contextlib import closing
from http.cookiejar import CookieJar

import pytest

ROUNDS = int(os.environ.get("PUBLISH_ROUNDS") or (100 if os.environ.get("REQUIRE_ALL") else 15))
BOUND = 2.0  # seconds
PAGE = "/artikelen/teller/"
ARTICLE = """---
title: "Teller 0"
slug: teller
summary: "Een artikel dat steeds opnieuw verschijnt, om te zien of iedereen hetzelfde ziet."
---

Begin 0.

## Midden {#midden}

Eind 0.
"""


class Editor:
    """A chief editor who publishes with the form of the admin, through one of the servers."""

    def __init__(self, url: str, password: str):
        self.url = url
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        self.post("/beheer/login/", username="redacteur", password=password, next="/beheer/")
        listing = self.get("/beheer/articles/article/?q=teller")
        self.page = re.search(r'href="(/beheer/articles/article/\d+/change/)[^"]*"', listing)[1]
        self.section = re.search(r'name="sections-0-id" value="(\d+)"', self.get(self.page))[1]

    def get(self, path: str) -> str:
        with self.opener.open(self.url + path) as response:
            return response.read().decode()

    def post(self, path: str, **fields) -> str:
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.get(path))[1]
        data = urllib.parse.urlencode(fields | {"csrfmiddlewaretoken": token}).encode()
        with self.opener.open(self.url + path, data) as response:
            return response.read().decode()

    @property
    def draft_version(self) -> str:
        return re.search(r'name="draft_version" value="(\d+)"', self.get(self.page))[1]

    def publish(self, number: int) -> None:
        assert "is gepubliceerd" in self.save(number, _publish="1", draft_version=self.draft_version)

    def save(self, number: int, **fields) -> str:
        return self.post(
            self.page,
            title=f"Teller {number}",
            slug="teller",
            intro=f"Begin {number}.",
            **{
                "sections-TOTAL_FORMS": 1,
                "sections-INITIAL_FORMS": 1,
                "sections-0-id": self.section,
                "sections-0-article": self.page.split("/")[4],
                "sections-0-place": 1,
                "sections-0-heading": "Midden",
                "sections-0-anchor": "midden",
                "sections-0-body": f"Eind {number}.",
                "benefits-TOTAL_FORMS": 0,
                "benefits-INITIAL_FORMS": 0,
            },
            **fields,
        )


class Readers:
    """Readers who keep asking a server for the page and write down the moment and every number they saw in it."""

    def __init__(self, url: str, count: int = 2):
        self.url, self.stop = url, threading.Event()
        self.seen: list[tuple[float, frozenset[int]]] = []
        self.errors: list[str] = []
        self.threads = [threading.Thread(target=self.read, daemon=True) for _ in range(count)]

    def read(self) -> None:
        with closing(http.client.HTTPConnection(self.url.removeprefix("http://"), timeout=10)) as connection:
            while not self.stop.is_set():
                asked = time.monotonic()
                try:
                    connection.request("GET", PAGE)
                    response = connection.getresponse()
                    body = response.read().decode()
                    assert response.status == 200
                    numbers = frozenset(int(n) for n in re.findall(r"(?:Teller|Begin|Eind) (\d+)", body))
                    self.seen.append((asked, numbers))
                except Exception as error:
                    self.errors.append(repr(error))
                    connection.close()
                time.sleep(0.01)

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *problem):
        self.stop.set()
        for thread in self.threads:
            thread.join()


@pytest.fixture(scope="module")
def site(plain):
    file = plain.folder / "teller.md"
    file.write_text(ARTICLE, encoding="utf-8")
    plain.manage("import_article", file, "--publish")
    return plain


def test_what_one_publishes_the_other_shows_in_time_and_whole(site, paged):
    editor = Editor(site.url, site.passwords["redacteur"])
    published: list[tuple[float, int]] = [(0.0, 0)]

    with Readers(site.url) as here, Readers(paged) as there:
        for number in range(1, ROUNDS + 1):
            editor.publish(number)
            published.append((time.monotonic(), number))
            time.sleep(0.05)
        time.sleep(BOUND)

    for readers in (here, there):
        assert readers.errors == []
        assert len(readers.seen) > ROUNDS
        assert [numbers for _, numbers in readers.seen if len(numbers) != 1] == []  # never a mix of old and new
        assert stale(readers.seen, published) == []
        assert readers.seen[-1][1] == {ROUNDS}


def test_of_saves_at_the_same_moment_one_is_saved(site):
    editors = [Editor(site.url, site.passwords["redacteur"]) for _ in range(4)]
    version, together, outcomes = editors[0].draft_version, threading.Barrier(len(editors)), []

    def save(number: int) -> None:
        together.wait()
        try:
            editors[number].save(1000 + number, _draft="1", draft_version=version)
            outcomes.append(200)
        except urllib.error.HTTPError as refused:
            outcomes.append(refused.code)

    threads = [threading.Thread(target=save, args=[number]) for number in range(len(editors))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == [200, 409, 409, 409]
    assert int(editors[0].draft_version) == int(version) + 1


def stale(seen: list[tuple[float, frozenset[int]]], published: list[tuple[float, int]]) -> list[tuple[float, int, int]]:
    """Return what was seen although something newer had been published more than BOUND seconds before it was asked for."""
    found = []
    for asked, numbers in seen:
        due = max(number for moment, number in published if moment <= asked - BOUND or moment == 0.0)
        if min(numbers) < due:
            found.append((asked, min(numbers), due))
    return found


def test_the_judgement_sees_a_stale_page():
    published = [(0.0, 0), (10.0, 1), (11.0, 2)]

    assert stale([(12.5, frozenset({0}))], published) == [(12.5, 0, 1)]
    assert stale([(11.9, frozenset({0}))], published) == []
    assert stale([(13.5, frozenset({1}))], published) == [(13.5, 1, 2)]
