"""Advisers find a request by anything that is in it, and the index tells nobody else anything."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from advice import reader
from advice.answering import undo_answer
from advice.handling import add_note
from advice.models import AuditEvent
from advice.search import forget, index_request
from advice.search.finding import PER_PAGE, find_requests
from advice.search.index import rebuild
from tests.advice.factories import NOW, make_answer, make_request, make_topic

pytestmark = pytest.mark.django_db


def found(typed: str, by) -> list:
    return [hit.request for hit in find_requests(typed, by=by).hits]


@pytest.fixture
def request_(britt):
    request = make_request(
        name="Zoë de Groot",
        email="zoe.degroot+post@voorbeeld.example",
        question="Mijn spieren zijn moe. Helpt magnesiumcitraat bij kramp ’s nachts?",
        article_title="Waar is magnesium goed voor?",
        section_heading="Spieren",
    )
    make_answer(request, by=britt, body="Dat is niet **onderzocht** bij iedereen.")
    add_note(request, by=britt, body="Heeft eerder gebeld over haar kaliumwaarde.", now=NOW)
    reader.reply(request, body="Dank, dan drink ik meer water.", submission_id=None, now=NOW)
    make_request(question="Hoe zit het met zink in een appel?", email="ander@example.org", topic=make_topic("zink"))
    return request


@pytest.mark.parametrize(
    "typed",
    [
        "spier",
        "spieren moe",
        "KRAMP",
        '"helpt magnesiumcitraat"',
        "onderzocht",
        "kaliumwaarde gebeld",
        "zoe",
        "Zoë de Groot",
        "zoe.degroot+post@voorbeeld.example",
        "ZOE.DEGROOT+POST@VOORBEELD.EXAMPLE",
        "zoe.degroot+post@voorbeeld.example kramp",
        "voorbeeld",
        "drink water",
        "waar is magnesium",
    ],
)
def test_a_request_is_found_by_what_is_in_it(request_, britt, typed):
    assert found(typed, britt) == [request_]


@pytest.mark.parametrize(
    "typed", ["", "spieren appel", '"magnesiumcitraat helpt"', "kramp@example.org", "x" * 200, "moe helpt zink"]
)
def test_a_request_is_not_found_by_what_is_not_in_it(request_, britt, typed):
    assert found(typed, britt) == []


def test_a_reference_finds_its_request_only(request_, britt):
    assert found(request_.reference, britt) == [request_]
    assert found(request_.reference.lower(), britt) == [request_]


def test_the_best_sentence_is_shown_with_the_words_marked(request_, britt):
    [hit] = find_requests("nachts kramp", by=britt).hits
    assert hit.sentence == "Helpt magnesiumcitraat bij <mark>kramp</mark> ’s <mark>nachts</mark>?"


def test_a_sentence_is_escaped(britt):
    make_request(question="Kramp <script>alert(1)</script> & zo")
    assert find_requests("kramp", by=britt).hits[0].sentence == "<mark>Kramp</mark> &lt;script&gt;alert(1)&lt;/script&gt; &amp; zo"


def test_what_is_taken_back_is_not_found(britt):
    request = make_request()
    message = make_answer(request, by=britt, body="Pompelmoes.")
    assert found("pompelmoes", britt) == [request]
    undo_answer(message, by=britt, now=NOW)
    assert found("pompelmoes", britt) == []


def test_the_newest_come_first_in_pages(britt):
    requests = [make_request(question=f"Appel {i}?") for i in range(PER_PAGE + 2)]
    first = find_requests("appel", by=britt)
    second = find_requests("appel", by=britt, before=first.older)
    assert [hit.request for hit in (*first.hits, *second.hits)] == requests[::-1]
    assert second.older is None


def test_a_search_is_recorded_without_its_words(request_, britt):
    find_requests("kramp", by=britt)
    event = AuditEvent.objects.first()
    assert (event.action, event.actor, event.detail) == ("searched", "britt", {"found": 1})


def test_only_advisers_search(request_, manager):
    with pytest.raises(PermissionDenied):
        find_requests("kramp", by=manager)


def test_the_index_holds_no_words(request_):
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM advice_search")
        kept = str(cursor.fetchall()).lower()
    assert len(kept) > 500
    assert [word for word in ("spier", "kramp", "groot", "voorbeeld", "magnesium") if word in kept] == []


def test_forgetting_and_rebuilding(request_, britt):
    forget(request_)
    assert found("kramp", britt) == []
    assert rebuild() == 2
    assert found("kramp", britt) == [request_]
    index_request(request_)
    assert found("kramp", britt) == [request_]


def test_another_secret_key_needs_a_new_index(request_, britt, settings):
    settings.SECRET_KEY = "another"
    assert found("kramp", britt) == []
    rebuild()
    assert found("kramp", britt) == [request_]
