"""What a reader types or chooses stands in no log, session, cache, table or finished page; also when something breaks."""

import itertools
import logging

import pytest
from django.core import mail
from django.core.cache import DEFAULT_CACHE_ALIAS, caches
from django.db import DatabaseError, connection

from magsite.generation import read_generation
from magsite.page_store import PageStore
from magsite.pages import PublishedPages
from magsite.wsgi import django
from tests.advice.sentinel import Marker, find_in_sessions, find_in_tables, markers_in
from tests.advice.whole_site import Browser
from tests.vitaminetest.reading import ADDRESS, Reader
from vitaminetest.definition_file import parse
from vitaminetest.publishing import publish

TYPED, CHOSEN, STRANGE, STATE = (Marker(f"zq{name}Wx93k") for name in ("getypt", "elders", "vreemd", "staat"))
NUMBER = Marker("731946")  # chosen: what a questionnaire offers to choose from stands in its own table
MARKERS = (TYPED, CHOSEN, STRANGE, STATE, NUMBER)
QUESTIONS = """
title: Proef
sections:
- key: deel
  title: Deel
  questions:
  - {key: getal, kind: number, text: Welk getal, maximum: 900000}
outcomes:
- {key: lees, kind: read, title: Lees, body: Tekst., applies_if: [[{question: getal, at_least: 5}]]}
"""


class Page:
    """What Reader reads of a page, from an answer of the whole site."""

    text = ""
    state = Reader.state


@pytest.fixture
def browser():
    ticks = itertools.count(step=2)
    store = PageStore(1_000_000)
    site = PublishedPages(django, read_generation=read_generation, store=store, clock=lambda: next(ticks))
    says = {"HTTP_USER_AGENT": "proef", "HTTP_REFERER": "http://testserver/"}
    return Browser(site, says), store


def refuse(execute, sql, params, many, context):
    """A database that says what it was asked when it fails."""
    raise DatabaseError(f"{sql} {params}")


@pytest.mark.django_db(transaction=True)
def test_answers_stay_nowhere(browser, test_questionnaire, production_log, settings):
    logging.root.setLevel(logging.DEBUG)
    settings.ADMINS = [("Beheer", "beheer@example.org")]
    reader, store = browser
    publish(test_questionnaire, parse(QUESTIONS), by=None)
    page = Page()

    def press(go: str, **typed: str) -> int:
        state = {"state": page.state} if page.state else {}
        fields = {f"answer-{key}": value for key, value in typed.items()}
        answer = reader.post(ADDRESS, {"go": go, STRANGE.text: STRANGE.text} | state | fields)
        page.text = answer.text
        return answer.status

    page.text = reader.get(ADDRESS).text
    assert press("begin") == 200
    assert press("next", getal=TYPED.text, elders=CHOSEN.text) == 422
    assert TYPED.text in page.text
    assert press("next", getal=NUMBER.text) == 200
    assert NUMBER.text in page.text
    assert [press("result"), press("back"), press("result")] == [200, 200, 200]
    result, state = page.text, page.state
    assert reader.post(ADDRESS, {"go": "save", "state": state}).text.count(NUMBER.text) == 2
    assert reader.post(ADDRESS, {"go": "next", "state": STATE.text}).status == 422
    with connection.execute_wrapper(refuse):
        assert reader.post(ADDRESS, {"go": "next", "state": state, "answer-getal": TYPED.text}).status == 500

    assert NUMBER.text in result
    assert find_in_tables(MARKERS) == {}
    assert find_in_sessions(MARKERS) == set()
    assert reader.cookies == {}
    said = [production_log.getvalue(), *(sent.message().as_string() for sent in mail.outbox)]
    everywhere = " ".join([*said, str(vars(caches[DEFAULT_CACHE_ALIAS])), str(store.last(ADDRESS))])
    assert markers_in(everywhere, MARKERS) == set()
    assert state not in everywhere
    assert "Begin met de test" in everywhere
    assert "Internal Server Error: /vitaminetest/" in production_log.getvalue()
