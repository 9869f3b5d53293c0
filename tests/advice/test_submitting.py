"""A question is stored once, whole, with everything that it sets in motion."""

import re
import uuid
from datetime import timedelta

import pytest

from advice import submitting
from advice.changing import due
from advice.models import AdviceRequest, AuditEvent, DailyFact, Message
from advice.submitting import SubmissionDiffers, new_reference, submit
from tests.advice.factories import NOW, make_question, make_request

pytestmark = pytest.mark.django_db


def test_a_question_waits_for_an_answer_and_is_receipted_and_counted():
    request, is_new = submit(make_question(article_slug="water", name="Jan"), now=NOW)
    assert is_new
    assert (request.status, request.waiting_since, request.due_at) == ("waiting", NOW, due(NOW))
    assert [(m.number, m.author, m.via, m.body, m.visible_at) for m in request.messages.all()] == [
        (1, "reader", "form", "Hoeveel magnesium zit er in een banaan?", NOW)
    ]
    (mail,) = request.mails.all()
    assert (mail.kind, mail.state, mail.link.request_id) == ("receipt", "pending", request.pk)
    assert list(DailyFact.objects.values_list("kind", "topic", "article", "count")) == [("received", "magnesium", "water", 1)]
    assert list(AuditEvent.objects.values_list("actor", "action", "reference")) == [("lezer", "submitted", request.reference)]


def test_the_same_form_twice_is_one_request():
    question = make_question()
    first, _ = submit(question, now=NOW)
    again, is_new = submit(question, now=NOW + timedelta(days=3))
    assert (again.pk, is_new) == (first.pk, False)
    assert (Message.objects.count(), first.mails.count(), AuditEvent.objects.count()) == (1, 1, 1)


@pytest.mark.parametrize("change", [{"question": "Iets anders?"}, {"email": "ander@example.org"}, {"answer_in_mail": False}])
def test_the_same_form_with_something_else_in_it_is_told_apart(change):
    number = uuid.uuid4()
    first = make_request(submission_id=number)
    with pytest.raises(SubmissionDiffers) as caught:
        submit(make_question(submission_id=number, **change), now=NOW)
    assert caught.value.request == first
    assert AdviceRequest.objects.count() == 1


def test_a_suspicious_question_is_kept_and_nobody_gets_a_mail():
    request = make_request(suspicions=("een verborgen veld is ingevuld", "veel links"))
    assert (request.status, request.suspicion) == ("quarantine", "een verborgen veld is ingevuld; veel links")
    assert (request.due_at, request.messages.count(), request.mails.count(), DailyFact.objects.count()) == (None, 1, 0, 0)
    assert AuditEvent.objects.get().action == "quarantined"


def test_a_reference_that_is_taken_is_drawn_again(monkeypatch):
    drawn = iter(["AAAA-AAAA", "AAAA-AAAA", "BBBB-BBBB"])
    monkeypatch.setattr(submitting.secrets, "choice", lambda letters: next(letter))
    letter = (character for reference in drawn for character in reference.replace("-", ""))
    first, second = make_request(), make_request()
    assert (first.reference, second.reference) == ("AAAA-AAAA", "BBBB-BBBB")


def test_a_reference_is_easy_to_say():
    assert all(re.fullmatch(r"[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{4}", new_reference()) for _ in range(200))
