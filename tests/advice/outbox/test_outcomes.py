"""A mail that failed is seen, on its request and in the queue, and can be sent again."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from advice.changing import DeskRefused, due
from advice.handling import claim as claim_request
from advice.models import AuditEvent, OutgoingMail
from advice.outbox import claims
from advice.outbox.outcomes import fail, mark_sent, retry_mail
from advice.outbox.queue import enqueue, waiting_since
from advice.reader import reply
from tests.advice.factories import NOW, make_answer, make_request

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=2)
WHY = "de mailserver weigert het adres (550 5.1.1)"


def fail_mail(mail: OutgoingMail, now=LATER) -> OutgoingMail:
    OutgoingMail.objects.filter(pk=mail.pk).update(not_before=now - timedelta(days=9))
    claimed = claims.claim(now)
    assert claimed == mail
    fail(claimed, why=WHY, now=now)
    return OutgoingMail.objects.get(pk=mail.pk)


def send_mail(mail: OutgoingMail, now=LATER) -> None:
    OutgoingMail.objects.filter(pk=mail.pk).update(not_before=now - timedelta(days=9))
    claimed = claims.claim(now)
    assert claimed == mail
    assert mark_sent(claimed, now=now)


def stand(request) -> tuple:
    request.refresh_from_db()
    return request.status, request.waiting_since, request.due_at, request.has_failed_mail


def test_a_request_whose_answer_failed_waits_again_since_its_reader_does(britt):
    request = make_request()
    claim_request(request, by=britt, now=NOW)
    answer = make_answer(request, by=britt, now=NOW + timedelta(hours=1))
    version = stand(request) and request.version
    fail_mail(answer.mails.get())
    assert stand(request) == ("waiting", NOW, due(NOW), True)
    assert (request.version, request.assignee) == (version + 1, britt)
    assert list(type(request).objects.failed_mail()) == [request]


def test_a_second_answer_that_failed_waits_since_the_reaction_of_its_reader(britt):
    request = make_request()
    make_answer(request, by=britt)
    reply(request, body="Dank, en een peer?", submission_id=None, now=NOW + timedelta(minutes=10))
    answer = make_answer(request, by=britt, now=NOW + timedelta(minutes=20))
    fail_mail(answer.mails.get())
    assert stand(request)[:2] == ("waiting", NOW + timedelta(minutes=10))


@pytest.mark.parametrize("kind", ["receipt", "link"])
def test_another_mail_that_failed_only_flags_its_request(britt, kind):
    request = make_request()
    make_answer(request, by=britt)
    mail = request.mails.get(kind="receipt") if kind == "receipt" else enqueue("link", request, key="1", now=NOW)
    before = stand(request), request.version
    fail_mail(mail)
    assert (stand(request), request.version) == ((*before[0][:3], True), before[1])


def test_sending_again_takes_the_answer_off_the_queue_and_success_clears_the_flag(britt):
    request = make_request()
    answer = make_answer(request, by=britt)
    failed = fail_mail(answer.mails.get())
    retry_mail(failed, by=britt, now=LATER)
    assert stand(request) == ("answered", None, None, True)
    failed.refresh_from_db()
    assert (failed.state, failed.attempts, failed.failure, failed.not_before) == ("pending", 0, "", LATER)
    send_mail(failed)
    assert stand(request) == ("answered", None, None, False)
    steps = AuditEvent.objects.order_by("number").values_list("action", "actor", "detail")
    assert list(steps)[-2:] == [
        ("mail_failed", "systeem", {"mail": "answer", "why": WHY}),
        ("mail_retried", "britt", {"mail": "answer"}),
    ]


def test_what_fails_again_comes_back(britt):
    request = make_request()
    failed = fail_mail(make_answer(request, by=britt).mails.get())
    retry_mail(failed, by=britt, now=LATER)
    fail_mail(failed)
    assert stand(request) == ("waiting", NOW, due(NOW), True)


def test_sending_again_leaves_a_request_alone_that_waits_for_more_than_this_answer(britt):
    request = make_request()
    failed = fail_mail(make_answer(request, by=britt).mails.get())
    reply(request, body="Ik hoorde niets.", submission_id=None, now=LATER)
    retry_mail(failed, by=britt, now=LATER)
    assert stand(request)[0] == "waiting"


def test_the_flag_stays_while_another_mail_is_failed(britt):
    request = make_request()
    first, second = request.mails.get(), enqueue("link", request, key="1", now=NOW)
    fail_mail(first), fail_mail(second)
    retry_mail(first, by=britt, now=LATER)
    send_mail(first)
    assert stand(request)[3] is True
    retry_mail(second, by=britt, now=LATER)
    send_mail(second)
    assert stand(request)[3] is False


@pytest.mark.parametrize("state", ["pending", "sending", "sent", "cancelled"])
def test_only_a_failed_mail_is_sent_again(britt, state):
    request = make_request()
    mail = request.mails.get()
    OutgoingMail.objects.update(state=state, lease_until=NOW)
    with pytest.raises(DeskRefused, match="niet"):
        retry_mail(mail, by=britt, now=NOW)
    assert not AuditEvent.objects.filter(action="mail_retried").exists()


def test_only_who_may_handle_requests_sends_again(manager, writer):
    failed = fail_mail(make_request().mails.get())
    for user in (manager, writer):
        with pytest.raises(PermissionDenied):
            retry_mail(failed, by=user, now=LATER)


def test_a_mail_that_somebody_else_decided_about_is_left_alone():
    request = make_request()
    mail = claims.claim(NOW)
    other = claims.take_over(mail, NOW + timedelta(hours=1), is_possibly_double=True)
    fail(mail, why=WHY, now=NOW)
    assert mark_sent(mail, now=NOW) is False
    assert (OutgoingMail.objects.get().state, stand(request)[3]) == ("sending", False)
    assert mark_sent(other, now=NOW) is True


def test_of_two_workers_one_takes_over():
    make_request()
    claims.claim(NOW)
    first, second = (OutgoingMail.objects.get() for _ in range(2))
    later = NOW + timedelta(hours=1)
    assert claims.take_over(first, later, is_possibly_double=False) == first
    assert claims.take_over(second, later + timedelta(seconds=1), is_possibly_double=False) is None


def test_the_desk_sees_how_long_mail_has_been_waiting():
    make_request()
    assert (waiting_since(NOW), waiting_since(NOW - timedelta(seconds=1))) == (NOW, None)
