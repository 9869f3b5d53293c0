"""A mail of ours that comes back counts as failed."""

from datetime import timedelta

import pytest

from advice.models import AdviceRequest, AuditEvent, IncomingMail, OutgoingMail
from tests.advice.factories import NOW, make_request
from tests.advice.inbox.mails.automatic import FAILED, RETURNED, report
from tests.advice.inbox.mails.writing import OURS
from tests.advice.inbox.posting import received, sent_answer, written

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


def bounce_of(mail: OutgoingMail, status: str = FAILED) -> bytes:
    return report(status, RETURNED.replace(OURS, mail.rfc_message_id.strip("<>")))


def failures() -> list[dict]:
    return [event.detail for event in AuditEvent.objects.filter(action="mail_failed")]


def test_an_answer_that_came_back_waits_for_an_adviser_again(britt):
    sent = sent_answer(britt)
    mail = received(bounce_of(sent), now=LATER)
    sent.refresh_from_db()
    request = AdviceRequest.objects.get()
    assert (mail.state, mail.request, mail.why) == ("done", request, "antwoord niet bezorgd: de mail staat op mislukt")
    assert (sent.state, sent.failure) == ("failed", "teruggekomen: niet bezorgd (5.1.1)")
    assert (request.status, request.has_failed_mail, request.waiting_since) == ("waiting", True, NOW)
    assert failures() == [{"mail": "answer", "why": "teruggekomen: niet bezorgd (5.1.1)"}]


def test_a_second_bounce_changes_nothing(britt):
    sent = sent_answer(britt)
    assert [received(bounce_of(sent)).state for _ in range(2)] == ["done", "done"]
    assert len(failures()) == 1


def test_a_receipt_that_came_back_shows_and_changes_nothing_else():
    request = make_request()
    request.mails.update(state="sent")
    version = request.version
    received(bounce_of(request.mails.get()))
    request.refresh_from_db()
    assert (request.has_failed_mail, request.status, request.version) == (True, "waiting", version)


def test_a_reader_who_reacted_since_does_not_lose_their_place(britt):
    sent = sent_answer(britt)
    received(written(answers=sent.rfc_message_id), now=LATER)
    received(bounce_of(sent), now=LATER + timedelta(hours=1))
    request = AdviceRequest.objects.get()
    assert (request.status, request.waiting_since, request.has_failed_mail) == ("waiting", LATER, True)


@pytest.mark.parametrize(
    "change",
    [
        ("Action: failed", "Action: delayed"),
        ("jan@example.com", "advies@magsite.example"),  # the copy in our own archive
    ],
)
def test_what_is_no_failure_of_the_readers_mail_is_parked(britt, change):
    sent = sent_answer(britt)
    mail = received(bounce_of(sent, FAILED.replace(*change)))
    sent.refresh_from_db()
    assert (mail.state, sent.state, failures()) == ("parked", "sent", [])


def test_a_forged_bounce_needs_a_message_id_of_ours(britt):
    sent = sent_answer(britt)
    OutgoingMail.objects.filter(pk=sent.pk).update(rfc_message_id="<guessed@example.org>")
    mail = received(report(FAILED, RETURNED.replace(OURS, "guessed@example.org")))
    sent.refresh_from_db()
    assert (mail.state, sent.state) == ("parked", "sent")


@pytest.mark.parametrize("action", ["failed", "delayed"])
def test_a_report_brings_back_our_mail_and_goes_with_its_request(britt, action):
    sent = sent_answer(britt)
    raw = bounce_of(sent, FAILED.replace("failed", action))
    assert received(raw).request == sent.request
    sent.request.delete()
    assert not IncomingMail.objects.exists()
    mail = received(raw)
    assert (mail.state, bytes(mail.raw)) == ("erased", b"")
