"""What a reader does with their request: react, close, rate, take a copy."""

import uuid
from datetime import timedelta

import pytest

from advice.changing import DeskRefused, due
from advice.handling import claim, close
from advice.models import AdviceRequest, AuditEvent, DailyFact
from advice.reader import TooManyReplies, rate, reply, reply_on_page, take_copy
from advice.reader import close as close_by_reader
from tests.advice.factories import NOW, make_answer, make_request

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=3)


def react(request, body: str = "En een noot?", **options):
    return reply(request, body=body, submission_id=uuid.uuid4(), now=LATER, **options)


def test_a_reaction_makes_an_answered_request_wait_again(britt):
    request = make_request()
    make_answer(request, by=britt)
    message, is_new = react(request)
    request.refresh_from_db()
    assert (message.number, message.author, message.body, is_new) == (3, "reader", "En een noot?", True)
    assert (request.status, request.waiting_since, request.due_at, message.at_version) == (
        "waiting",
        LATER,
        due(LATER),
        request.version,
    )
    assert AuditEvent.objects.filter(action="replied").count() == 1


def test_a_reaction_to_a_waiting_request_leaves_its_clock_alone():
    request = make_request()
    react(request)
    request.refresh_from_db()
    assert (request.status, request.waiting_since, request.due_at, request.version) == ("waiting", NOW, due(NOW), 2)


def test_a_reaction_opens_a_closed_request(britt):
    request = make_request()
    make_answer(request, by=britt)
    request.refresh_from_db()
    close(request, by=britt, outcome="answered", version=request.version, now=NOW)
    react(request)
    request.refresh_from_db()
    assert (request.status, request.outcome, request.closed_at) == ("waiting", "", None)


def test_a_reaction_that_crosses_an_answer_is_not_left_lying(britt):
    """The page was opened while the request waited; an answer went out before the reaction came in."""
    request = make_request()
    as_it_was = AdviceRequest.objects.get(pk=request.pk)
    make_answer(request, by=britt)
    react(as_it_was)
    request.refresh_from_db()
    assert (request.status, request.waiting_since) == ("waiting", LATER)


def test_the_same_reaction_twice_is_one_message(britt):
    request, number = make_request(), uuid.uuid4()
    claim(request, by=britt, now=NOW)
    first, _ = reply(request, body="Nog iets.", submission_id=number, now=NOW)
    again, is_new = reply(request, body="Nog iets.", submission_id=number, now=LATER)
    assert (again, is_new, request.messages.count()) == (first, False, 2)
    assert request.mails.filter(kind="reaction").count() == 1


def test_a_number_that_another_request_has_stores_nothing():
    number = uuid.uuid4()
    reply(make_request(), body="Nog iets.", submission_id=number, now=NOW)
    request = make_request(submission_id=uuid.uuid4())
    with pytest.raises(DeskRefused, match="nog een keer"):
        reply(request, body="Nog iets.", submission_id=number, now=NOW)
    request.refresh_from_db()
    assert (request.messages.count(), request.version) == (1, 1)


@pytest.mark.parametrize("body", ["", " \n ", "x" * 5001])
def test_an_empty_or_endless_reaction_is_refused(body):
    request = make_request()
    with pytest.raises(DeskRefused, match="hooguit 5000"):
        react(request, body)
    assert request.messages.count() == 1


def test_whose_request_it_is_hears_of_a_reaction_unless_they_would_rather_not(britt, anna):
    anna.adviser.notify = False
    anna.adviser.save()
    for user, expected in ((britt, [britt]), (anna, [])):
        request = make_request()
        claim(request, by=user, now=NOW)
        react(request)
        assert [mail.adviser for mail in request.mails.filter(kind="reaction")] == expected


def test_an_adviser_without_an_address_gets_no_mail_that_can_only_fail(britt):
    britt.email = ""
    britt.save()
    request = make_request()
    claim(request, by=britt, now=NOW)
    react(request)
    assert not request.mails.filter(kind="reaction").exists()


def test_the_same_form_with_more_text_is_another_reaction():
    request, form = make_request(), uuid.uuid4()
    for body, is_new in (("Dank.", True), ("Dank. ", False), ("Dank. En nog iets.", True)):
        assert reply_on_page(request, body=body, submission_id=form, now=NOW)[1] is is_new
    assert [message.body for message in request.messages.filter(via="page")] == ["Dank.", "Dank. En nog iets."]


def test_a_flood_of_reactions_stops(settings):
    settings.ADVICE_REPLIES_AN_HOUR = 2
    request = make_request()
    for _ in range(2):
        reply_on_page(request, body="Nog iets.", submission_id=uuid.uuid4(), now=NOW)
    with pytest.raises(TooManyReplies):
        reply_on_page(request, body="Nog iets.", submission_id=uuid.uuid4(), now=NOW)
    reply_on_page(request, body="Een uur later.", submission_id=uuid.uuid4(), now=NOW + timedelta(hours=1))
    assert request.messages.count() == 4


def test_a_reader_closes_once(britt):
    request = make_request()
    claim(request, by=britt, now=NOW)
    close_by_reader(request, now=NOW)
    close_by_reader(request, now=LATER)
    request.refresh_from_db()
    assert (request.status, request.outcome, request.closed_at, request.due_at) == ("closed", "by_reader", NOW, None)
    assert DailyFact.objects.get(kind="closed").count == 1
    assert not request.mails.filter(kind="closing").exists()


def test_an_answer_is_rated_once_and_raises_no_version(britt):
    request = make_request()
    make_answer(request, by=britt)
    request.refresh_from_db()
    version = request.version
    assert rate(request, rating=3, now=LATER)
    assert not rate(request, rating=1, now=LATER)
    request.refresh_from_db()
    assert (request.rating, request.version) == (3, version)
    assert list(DailyFact.objects.filter(kind="rated").values_list("bucket", "adviser", "count")) == [(3, "britt", 1)]


def test_what_was_not_answered_is_not_rated_and_there_are_three_ratings():
    request = make_request()
    assert not rate(request, rating=2, now=NOW)
    with pytest.raises(DeskRefused, match="drie"):
        rate(request, rating=4, now=NOW)


def test_a_copy_holds_what_the_reader_may_see_and_is_written_down(britt):
    request = make_request(name="Jan", test_result="Weinig groente.")
    make_answer(request, by=britt, body="Nog niet te zien.", now=NOW)
    copy = take_copy(request, now=NOW + timedelta(seconds=5))
    assert [message["tekst"] for message in copy["berichten"]] == ["Hoeveel magnesium zit er in een banaan?"]
    assert (copy["vraag"]["naam"], copy["vraag"]["uitslag van de Vitaminetest"]) == ("Jan", "Weinig groente.")
    assert AuditEvent.objects.filter(action="exported", actor="lezer", reference=request.reference).count() == 1
