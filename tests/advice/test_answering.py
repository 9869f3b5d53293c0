"""Sending an answer, taking it back, and two advisers at once."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from advice.answering import AnswerConflict, AnswerRefused, save_draft, send_answer, undo_answer
from advice.changing import DeskRefused
from advice.handling import add_note, claim, close
from advice.models import AdviceRequest, DailyFact, Draft, Message, OutgoingMail
from advice.reader import reply
from tests.advice.factories import NOW, make_answer, make_request
from tests.factories import make_masked_reference, make_reference

pytestmark = pytest.mark.django_db


def test_an_answer_is_frozen_with_its_sources(britt):
    make_reference("jansen2020")
    make_masked_reference("grober2015")
    request = make_request()
    body = "Een banaan [@grober2015], een noot [@jansen2020; @grober2015, p. 3]."
    message = make_answer(request, by=britt, body=body)
    make_reference("later2026")
    message.refresh_from_db()
    assert [source["key"] for source in message.sources] == ["grober2015", "jansen2020"]
    assert 'href="#ref-b2-grober2015"' in message.html
    assert message.text.startswith("Een banaan [1], een noot [2, 1, p. 3].\n\nBronnen\n\n[1] ")
    assert "therapy" not in message.html + message.text + str(message.sources)
    request.refresh_from_db()
    assert (request.status, request.assignee, request.waiting_since, request.due_at) == ("answered", britt, None, None)
    mail = request.mails.get(kind="answer")
    assert (mail.state, mail.not_before) == ("pending", NOW + timedelta(seconds=30))


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("", "Het antwoord is leeg."),
        ("Zie [@bestaatniet].", "‘bestaatniet’"),
        ("Beste {{ naam }},", "{{ naam }}"),
        ("x" * 20_001, "te lang"),
        ("![alt](media:foto)", "foto"),
    ],
)
def test_an_answer_that_is_not_finished_stays(britt, body, problem):
    request = make_request()
    with pytest.raises(AnswerRefused, match=problem.replace("{", "\\{").replace("}", "\\}")):
        make_answer(request, by=britt, body=body)
    request.refresh_from_db()
    assert request.status == "waiting"
    assert not request.mails.filter(kind="answer").exists()


def test_an_answer_is_stopped_by_what_its_writer_has_not_seen(britt, anna):
    request = make_request()
    add_note(request, by=anna, body="Ik bel haar eerst.", now=NOW)
    with pytest.raises(AnswerConflict) as caught:
        send_answer(request, by=britt, body="Antwoord.", base_version=request.version - 1, now=NOW)
    assert [note.body for note in caught.value.news.notes] == ["Ik bel haar eerst."]
    assert not Message.objects.filter(author="adviser").exists()


def test_of_two_answers_to_one_version_the_second_is_stopped(britt, anna):
    request = make_request()
    version = request.version
    send_answer(AdviceRequest.objects.get(pk=request.pk), by=britt, body="Eén.", base_version=version, now=NOW)
    with pytest.raises(AnswerConflict) as caught:
        send_answer(AdviceRequest.objects.get(pk=request.pk), by=anna, body="Twee.", base_version=version, now=NOW)
    assert [message.body for message in caught.value.news.messages] == ["Eén."]
    assert OutgoingMail.objects.filter(kind="answer").count() == 1


def test_taking_back_an_answer_leaves_everything_as_it_was(britt):
    request = make_request()
    save_draft(request, by=britt, body="half", base_version=1, now=NOW)
    before = AdviceRequest.objects.filter(pk=request.pk).values("status", "assignee", "waiting_since", "due_at").get()
    message = make_answer(request, by=britt, body="Antwoord.")
    draft = undo_answer(message, by=britt, now=NOW + timedelta(seconds=29))
    assert AdviceRequest.objects.filter(pk=request.pk).values("status", "assignee", "waiting_since", "due_at").get() == before
    assert (draft.body, Draft.objects.count()) == ("Antwoord.", 1)
    assert not Message.objects.filter(author="adviser").exists()
    assert not OutgoingMail.objects.filter(kind="answer").exists()
    assert sum(DailyFact.objects.filter(kind__in=["answer", "first_answer"]).values_list("count", flat=True)) == 0
    assert make_answer(request, by=britt, body="Beter.").number == 2


@pytest.mark.parametrize("state", ["sending", "sent"])
def test_what_has_gone_out_is_not_taken_back(britt, state):
    message = make_answer(make_request(), by=britt)
    OutgoingMail.objects.filter(message=message).update(state=state, lease_until=NOW)
    with pytest.raises(DeskRefused, match="Te laat"):
        undo_answer(message, by=britt, now=NOW)
    with pytest.raises(DeskRefused, match="Te laat"):
        undo_answer(message, by=britt, now=NOW + timedelta(seconds=31))


def test_an_answer_whose_mail_has_to_wait_is_not_taken_back_because_its_reader_sees_it(britt):
    message = make_answer(make_request(), by=britt)
    later = NOW + timedelta(minutes=1)
    OutgoingMail.objects.filter(message=message).update(attempts=1, not_before=later + timedelta(minutes=4))
    with pytest.raises(DeskRefused, match="Te laat"):
        undo_answer(message, by=britt, now=later)


def test_a_closed_request_is_not_answered(britt):
    request = make_request()
    make_answer(request, by=britt)
    request.refresh_from_db()
    close(request, by=britt, outcome="answered", version=request.version, now=NOW)
    with pytest.raises(DeskRefused, match="Heropen"):
        make_answer(request, by=britt)


def test_only_who_may_handle_requests_answers(manager, writer):
    request = make_request()
    for user in (manager, writer):
        with pytest.raises(PermissionDenied):
            make_answer(request, by=user)


def test_the_first_answer_is_counted_in_working_time(britt):
    request = make_request()  # Tuesday 10:00
    claim(request, by=britt, now=NOW)
    make_answer(request, by=britt, now=NOW + timedelta(days=1))
    make_answer(request, by=britt, now=NOW + timedelta(days=2))
    facts = {fact.kind: (fact.count, fact.adviser) for fact in DailyFact.objects.filter(kind="first_answer")}
    assert facts == {"first_answer": (1, "britt")}
    assert sum(DailyFact.objects.filter(kind="answer").values_list("count", flat=True)) == 2


def test_taking_back_keeps_what_was_begun_after_it(britt):
    request = make_request()
    message = make_answer(request, by=britt, body="Antwoord.")
    save_draft(request, by=britt, body="En dan nog dit.", base_version=request.version, now=NOW)
    assert undo_answer(message, by=britt, now=NOW).body == "Antwoord.\n\nEn dan nog dit."


def test_taking_back_after_the_reader_reacted_leaves_a_question_that_was_never_answered(britt):
    request = make_request()
    since = request.waiting_since
    message = make_answer(request, by=britt, body="Antwoord.")
    reply(request, body="Nog iets.", submission_id=None, now=NOW + timedelta(seconds=10))
    undo_answer(message, by=britt, now=NOW + timedelta(seconds=20))
    request.refresh_from_db()
    assert (request.status, request.waiting_since, request.first_answered_at) == ("waiting", since, None)


def test_of_two_answers_the_later_one_is_taken_back_first(britt):
    request = make_request()
    first = make_answer(request, by=britt, body="Eén.")
    second = make_answer(request, by=britt, body="Twee.")
    with pytest.raises(DeskRefused, match="latere antwoord"):
        undo_answer(first, by=britt, now=NOW)
    undo_answer(second, by=britt, now=NOW)
    request.refresh_from_db()
    assert (request.status, request.first_answered_at) == ("answered", NOW)
    undo_answer(first, by=britt, now=NOW)
