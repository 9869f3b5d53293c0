"""Delivery against a real mail server: everything once, whatever the server does, and nothing without anybody seeing it."""

import threading
from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import connection

from advice import access
from advice.models import AdviceRequest, AuditEvent, OutgoingMail
from advice.outbox import claims, delivery, folder
from advice.outbox.compose import compose
from advice.outbox.delivery import SERVER_PAUSES, ServerPause, deliver_due
from advice.outbox.outcomes import PAUSES
from advice.outbox.queue import enqueue
from tests.advice.factories import NOW, make_answer, make_request

pytestmark = pytest.mark.django_db
DROP = "drop"
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


class Desk:
    """A worker with a clock of its own."""

    def __init__(self):
        self.now, self.pause = NOW, ServerPause()

    def work(self, *, after: timedelta = timedelta()) -> int:
        """Let time go by, then send what is due."""
        self.now += after
        return deliver_due(lambda: self.now, pause=self.pause)


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def uncertain_after():
    """How long after it was claimed a mail may be taken over."""
    return claims.lease() + claims.grace()


def states() -> list[tuple]:
    return list(OutgoingMail.objects.order_by("pk").values_list("state", "attempts", "is_possibly_double", "failure"))


def make_mails(count: int) -> list[OutgoingMail]:
    request = make_request()
    return [request.mails.get(), *(enqueue("link", request, key=str(number), now=NOW) for number in range(1, count))]


def once(*mails: OutgoingMail) -> dict[str, int]:
    return {mail.rfc_message_id: 1 for mail in mails}


def test_what_is_due_goes_out_once_in_order_and_what_is_not_waits(smtp, desk):
    mails = make_mails(4)
    OutgoingMail.objects.filter(pk=mails[0].pk).update(not_before=NOW + SECOND)
    assert (desk.work(), desk.work()) == (3, 0)
    assert [message["Message-ID"] for _, message in smtp.delivered] == [mail.rfc_message_id for mail in mails[1:]]
    assert desk.work(after=SECOND) == 1
    assert smtp.message_ids() == once(*mails)
    assert states() == [("sent", 1, False, "")] * 4
    assert smtp.seen["CONNECT"] == 2
    sent = OutgoingMail.objects.get(pk=mails[1].pk)
    assert (sent.sent_at, sent.lease_until) == (NOW, None)


def test_a_worker_that_must_stop_ends_after_the_mail_at_hand(smtp, desk):
    mails, stop = make_mails(3), threading.Event()
    smtp.hold("TEXT")

    def stop_in_the_middle():
        smtp.reached["TEXT"].wait(5)
        stop.set()
        smtp.release()

    thread = threading.Thread(target=stop_in_the_middle)
    thread.start()
    assert deliver_due(lambda: NOW, pause=desk.pause, stop=stop) == 1
    thread.join()
    assert [state for state, *_ in states()] == ["sent", "pending", "pending"]
    assert smtp.message_ids() == once(mails[0])


def test_a_mail_that_another_worker_has_is_left_alone(smtp, desk):
    [mail] = make_mails(1)
    claimed = claims.claim(NOW)
    assert (claimed, claims.claim(NOW), desk.work()) == (mail, None, 0)
    assert smtp.seen["CONNECT"] == 0


def test_an_address_that_is_refused_fails_at_once_and_holds_up_nobody(smtp, desk):
    smtp.replies["RCPT weg@example.org"] = "550 5.1.1 <weg@example.org>: geen Jan hier"
    bad, good = make_request(email="weg@example.org", name="Jan"), make_request()
    assert desk.work() == 1
    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.has_failed_mail, good.has_failed_mail, bad.status) == (True, False, "waiting")
    assert states() == [("failed", 1, False, "de mailserver weigert het adres (550 5.1.1)"), ("sent", 1, False, "")]
    event = AuditEvent.objects.get(action="mail_failed")
    assert (event.actor, event.reference) == ("systeem", bad.reference)
    assert event.detail == {"mail": "receipt", "why": "de mailserver weigert het adres (550 5.1.1)"}
    assert desk.work(after=30 * 24 * HOUR) == 0


def test_an_address_that_is_refused_for_now_is_tried_for_three_days_and_then_fails(smtp, desk):
    smtp.replies["RCPT vol@example.org"] = "452 4.2.2 full"
    request, tries = make_request(email="vol@example.org"), []
    while desk.now < NOW + 5 * 24 * HOUR:
        before = smtp.seen["RCPT"]
        desk.work()
        tries += [desk.now - NOW] * (smtp.seen["RCPT"] - before)
        desk.now += MINUTE if desk.now < NOW + 2 * HOUR else 20 * MINUTE
    gaps = [after - before for before, after in pairwise(tries)]
    assert [gap // MINUTE for gap in gaps[:4]] == [1, 5, 15, 60]
    assert all(pause <= gap <= pause + 21 * MINUTE for gap, pause in zip(gaps, PAUSES, strict=True))
    assert 72 * HOUR < tries[-1] < 76 * HOUR
    assert states() == [("failed", 10, False, "de mailserver weigert het adres (452 4.2.2)")]
    request.refresh_from_db()
    assert request.has_failed_mail


def test_a_mailbox_that_has_room_again_gets_its_mail(smtp, desk):
    smtp.replies["RCPT"] = "452 4.2.2 full"
    [mail] = make_mails(1)
    assert desk.work() == 0
    assert states() == [("pending", 1, False, "de mailserver weigert het adres (452 4.2.2)")]
    smtp.replies.clear()
    assert (desk.work(after=59 * SECOND), desk.work(after=SECOND)) == (0, 1)
    assert (states(), smtp.message_ids()) == ([("sent", 2, False, "")], once(mail))


def test_a_mail_server_that_is_down_for_an_hour_costs_no_mail_and_no_attempt(smtp, desk, caplog):
    mails, tries, sent = make_mails(12), [], 0
    smtp.replies["CONNECT"] = DROP
    while desk.now < NOW + 2 * HOUR:
        before = smtp.seen["CONNECT"]
        sent += desk.work()
        tries += [(desk.now - NOW) // SECOND] * (smtp.seen["CONNECT"] - before)
        if desk.now == NOW + HOUR:
            assert [(state, attempts) for state, attempts, *_ in states()] == [("pending", 0)] * 12
            smtp.replies.clear()
        desk.now += 10 * SECOND
    pauses = [pause // SECOND for pause in SERVER_PAUSES]
    assert [after - before for before, after in pairwise(tries[:5])] == pauses[:4]
    assert {after - before for before, after in pairwise(tries[4:])} == {300}
    assert HOUR // SECOND < tries[-1] <= HOUR // SECOND + 300
    assert (sent, smtp.message_ids(), len(tries)) == (12, once(*mails), 17)
    assert states() == [("sent", 1, False, "")] * 12
    assert desk.pause == ServerPause()
    assert "example.org" not in caplog.text


@pytest.mark.parametrize(
    ("step", "reply"), [("MAIL", DROP), ("MAIL", "451 4.3.0 later"), ("TEXT", "452 4.3.1 full"), ("RCPT", "421 bye")]
)
def test_a_server_that_answers_but_takes_nothing_costs_few_attempts(smtp, desk, step, reply):
    mails = make_mails(20)
    smtp.replies[step] = reply
    for _ in range(360):  # an hour
        desk.work(after=10 * SECOND)
    smtp.replies.clear()
    assert sum(attempts for _, attempts, *_ in states()) < 40
    for _ in range(24 * 4):  # a day
        desk.work(after=15 * MINUTE)
    assert smtp.message_ids() == once(*mails)
    assert {(state, double) for state, _, double, _ in states()} == {("sent", False)}


def test_a_mail_that_breaks_the_line_every_time_holds_up_nobody(smtp, desk):
    smtp.replies["RCPT gif@example.org"] = DROP
    make_request(email="gif@example.org")
    others = make_mails(5)
    assert desk.work() == 5
    assert smtp.message_ids() == once(*others)
    for _ in range(4 * 24):
        desk.work(after=HOUR)
    assert states()[0] == ("failed", 10, False, "de verbinding met de mailserver brak af")


def test_a_mail_that_can_not_be_made_holds_up_nobody_and_says_nothing_about_anybody(smtp, desk, britt, caplog):
    request = make_request(name="NAAMVELD")
    answer = make_answer(request, by=britt)
    OutgoingMail.objects.filter(kind="receipt").update(not_before=NOW + MINUTE)
    type(answer).objects.update(sources=[{"SOURCEVELD": 1}], visible_at=NOW)
    OutgoingMail.objects.filter(kind="answer").update(not_before=NOW)
    other = make_request()
    assert desk.work() == 1
    assert smtp.message_ids() == once(other.mails.get())
    assert states()[1] == ("pending", 1, False, "de mail is niet te maken (KeyError)")
    assert "KeyError" in caplog.text
    assert not [word for word in ("NAAMVELD", "SOURCEVELD", "example.org") if word in caplog.text]


def test_an_adviser_without_an_address_is_seen(smtp, desk, britt):
    britt.email = ""
    britt.save()
    enqueue("reaction", make_request(), key="1", now=NOW, adviser=britt)
    assert desk.work() == 1
    assert states()[1] == ("failed", 1, False, "de adviseur heeft geen e-mailadres")


@pytest.mark.parametrize("keeps", [True, False])
def test_a_server_that_goes_without_answering_after_the_text_gets_it_once_more_and_never_again(smtp, desk, uncertain_after, keeps):
    """Without a ledger nothing tells whether the mail arrived. It goes out once more; were that for ever, so were the doubles."""
    mails = make_mails(1)
    smtp.keeps, smtp.replies["TEXT"] = keeps, DROP
    assert desk.work() == 0
    assert states() == [("sending", 1, False, "de mail is verstuurd, maar de mailserver gaf geen antwoord")]
    assert desk.work(after=claims.grace() - SECOND) == 0
    assert smtp.seen["TEXT"] == 1
    desk.work(after=SECOND)
    why = "de mail is verstuurd, maar de mailserver gaf geen antwoord; misschien kwam hij aan"
    assert states() == [("failed", 2, True, why)]
    for _ in range(100):
        desk.work(after=HOUR)
    assert smtp.seen["TEXT"] == 2
    assert smtp.message_ids() == ({mails[0].rfc_message_id: 2} if keeps else {})


def test_a_slow_server_that_took_the_mail_gives_one_double_at_most_and_that_is_marked(smtp, desk):
    [mail] = make_mails(1)
    smtp.slow["TEXT"] = 1.5  # longer than EMAIL_TIMEOUT
    assert desk.work() == 0
    smtp.slow.clear()
    assert desk.work(after=claims.grace()) == 1
    assert states() == [("sent", 2, True, "")]
    assert smtp.message_ids() == {mail.rfc_message_id: 2}


def test_a_server_that_is_gone_in_the_middle_of_the_text_pauses_everything(smtp, desk):
    make_mails(20)
    smtp.replies["TEXT"] = DROP
    desk.work()
    assert smtp.seen["TEXT"] == 2
    assert [state for state, *_ in states()].count("sending") == 2


def test_files_are_a_ledger_of_their_own(desk, settings, tmp_path, uncertain_after):
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = folder.BACKEND, str(tmp_path)
    sent, unsent = make_mails(2)
    for mail in (sent, unsent):
        assert claims.claim(NOW) == mail  # and then the worker dies …
    compose(sent, now=NOW).send()  # … in one case after the file was written
    assert desk.work(after=uncertain_after - SECOND) == 0
    assert desk.work(after=SECOND) == 1
    assert states() == [("sent", 1, False, ""), ("sent", 2, False, "")]


def test_a_mail_of_a_request_that_was_erased_in_the_meantime_leaves_no_file(settings, tmp_path):
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = folder.BACKEND, str(tmp_path)
    request = make_request()
    mail = claims.claim(NOW)
    compose(mail, now=NOW).send()
    AdviceRequest.objects.filter(pk=request.pk).delete()
    delivery._commit_sent(mail, now=NOW)
    assert (list(tmp_path.iterdir()), OutgoingMail.objects.count()) == ([], 0)


def test_while_the_ledger_cannot_be_asked_a_mail_waits_a_day_and_others_go_on(smtp, desk, settings, uncertain_after, caplog):
    settings.MAIL_LEDGER_URL, settings.MAIL_ARCHIVE = "imap://a:b@127.0.0.2:1/INBOX", "archief@example.org"
    uncertain, *_ = make_mails(5)
    for _ in range(3):
        claims.claim(NOW)
    assert desk.work(after=uncertain_after) == 2
    assert caplog.text.count("The ledger can't be asked") == 1  # not once for each mail
    while desk.now < NOW + timedelta(days=1) - claims.grace():
        assert desk.work(after=claims.grace()) == 0
    assert uncertain.rfc_message_id not in smtp.message_ids()
    assert desk.work(after=2 * claims.grace()) == 3
    assert states()[0] == ("sent", 2, True, "")


def test_a_crash_without_end_ends_where_people_see_it(smtp, desk, uncertain_after):
    make_mails(1)
    claims.claim(desk.now)
    for _ in range(9):
        desk.now += uncertain_after
        [mail] = claims.find_uncertain(desk.now)
        assert claims.take_over(mail, desk.now, is_possibly_double=True)
    desk.work(after=uncertain_after)
    assert states() == [("failed", 10, True, "te vaak is onzeker gebleven of de mail verstuurd was")]


def test_an_idle_worker_asks_the_database_little_and_the_server_nothing(smtp, desk, django_assert_num_queries):
    make_mails(1)
    desk.work()
    with django_assert_num_queries(2):
        desk.work()
    assert smtp.seen["CONNECT"] == 1


def test_claiming_and_taking_over_read_nothing_but_an_index_of_what_is_to_do(only_on_sqlite):
    plans = []
    for condition, order in ((claims._due(NOW), ["not_before", "pk"]), (claims._uncertain(NOW), ["lease_until"])):
        sql, values = OutgoingMail.objects.filter(condition).order_by(*order).values("pk").query.sql_with_params()
        with connection.cursor() as cursor:
            plans.append([row[3] for row in cursor.execute(f"EXPLAIN QUERY PLAN {sql}", values).fetchall()])
    assert plans == [
        ["SEARCH advice_outgoingmail USING INDEX mail_pending (not_before<?)"],
        ["SEARCH advice_outgoingmail USING INDEX mail_sending (lease_until<?)"],
    ]


def test_an_answer_goes_out_with_its_link_only_after_the_time_to_undo(smtp, desk, britt):
    request = make_request()
    desk.work()
    answer = make_answer(request, by=britt)
    assert (desk.work(after=29 * SECOND), desk.work(after=SECOND)) == (0, 1)
    link = answer.mails.get().link
    assert access.token_of(link) in smtp.delivered[1][1].get_body(("plain",)).get_content()
