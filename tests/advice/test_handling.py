"""What advisers do with a request: who may, what changes, what the log says, and why something is refused."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from advice import handling, reader
from advice.changing import DeskRefused
from advice.models import AdviceRequest, AuditEvent, DailyFact, Note, OutgoingMail
from tests.advice.factories import NOW, make_adviser, make_answer, make_request

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=2)


def fresh(request: AdviceRequest) -> AdviceRequest:
    return AdviceRequest.objects.get(pk=request.pk)


def last_event() -> tuple:
    event = AuditEvent.objects.order_by("-number").first()
    return event.action, event.actor, event.reference, event.detail


def closed(request: AdviceRequest, by) -> AdviceRequest:
    handling.close(request, by=by, outcome="silent", version=request.version, now=LATER)
    return request


def test_claiming_takes_a_request_that_nobody_has(britt):
    request = make_request()
    handling.claim(request, by=britt, now=LATER)
    assert (fresh(request).assignee, last_event()) == (britt, ("claimed", "britt", request.reference, {}))
    handling.claim(request, by=britt, now=LATER)
    assert (fresh(request).version, AuditEvent.objects.filter(action="claimed").count()) == (2, 1)


def test_claiming_says_who_was_first(britt, anna):
    request = make_request()
    stale = fresh(request)
    handling.claim(request, by=anna, now=LATER)
    with pytest.raises(DeskRefused, match="Anna heeft deze vraag al opgepakt"):
        handling.claim(stale, by=britt, now=LATER)
    assert fresh(request).assignee == anna


def test_what_is_closed_is_not_claimed(britt):
    request = closed(make_request(), britt)
    with pytest.raises(DeskRefused, match="Deze vraag is gesloten"):
        handling.claim(request, by=britt, now=LATER)


def test_assigning_gives_a_request_to_a_colleague(britt, anna):
    request = make_request()
    handling.assign(request, by=britt, to=anna, version=1, now=LATER)
    assert (fresh(request).assignee, last_event()) == (anna, ("assigned", "britt", request.reference, {"to": "anna"}))


def test_assigning_is_refused_to_who_is_away_or_may_not_or_did_not_see(britt, anna, writer):
    away = make_adviser("joost", is_away=True).user
    request = make_request()
    for to, version, why in ((away, 1, "afwezig"), (writer, 1, "mag geen vragen"), (anna, 0, "intussen veranderd")):
        with pytest.raises(DeskRefused, match=why):
            handling.assign(request, by=britt, to=to, version=version, now=LATER)
    assert (fresh(request).assignee, fresh(request).version) == (None, 1)


def test_releasing_puts_back_what_is_mine_and_nothing_else(britt, anna):
    request = make_request()
    handling.claim(request, by=britt, now=NOW)
    with pytest.raises(DeskRefused, match="Je hebt deze vraag niet"):
        handling.release(request, by=anna, now=LATER)
    handling.release(request, by=britt, now=LATER)
    assert (fresh(request).assignee, last_event()[0]) == (None, "released")


def test_snoozing_takes_a_request_off_the_lists_while_its_clock_goes_on(britt):
    request, until = make_request(), NOW + timedelta(days=1)
    handling.snooze(request, by=britt, until=until, now=LATER)
    found = fresh(request)
    assert (found.snoozed_until, found.waiting_since, found.due_at) == (until, NOW, NOW + timedelta(days=1))
    assert [list(AdviceRequest.objects.new(at)) for at in (LATER, until)] == [[], [request]]
    assert last_event() == ("snoozed", "britt", request.reference, {"until": until.isoformat()})
    handling.wake(request, by=britt, now=LATER)
    assert (fresh(request).snoozed_until, last_event()[0]) == (None, "woken")


def test_snoozing_and_waking_are_refused_when_there_is_nothing_to(britt):
    request = make_request()
    with pytest.raises(DeskRefused, match="moment dat nog komt"):
        handling.snooze(request, by=britt, until=NOW, now=NOW)
    with pytest.raises(DeskRefused, match="niet uitgesteld"):
        handling.wake(request, by=britt, now=NOW)
    make_answer(request, by=britt)
    with pytest.raises(DeskRefused, match="deze is nu: wacht op de lezer"):
        handling.snooze(fresh(request), by=britt, until=LATER, now=NOW)


@pytest.mark.parametrize(("outcome", "mails"), [("answered", 1), ("silent", 1), ("spam", 0)])
def test_closing_says_how_and_tells_the_reader_unless_it_was_spam(britt, outcome, mails):
    request = make_request()
    make_answer(request, by=britt)
    handling.close(request, by=britt, outcome=outcome, version=request.version, now=LATER)
    found = fresh(request)
    assert (found.status, found.outcome, found.closed_at, found.waiting_since) == ("closed", outcome, LATER, None)
    assert OutgoingMail.objects.filter(kind="closing", request=request).count() == mails
    assert last_event() == ("closed", "britt", request.reference, {"outcome": outcome})
    assert [(fact.adviser, fact.count) for fact in DailyFact.objects.filter(kind="closed")] == [("britt", 1)]


def test_closing_is_refused_without_an_answer_to_close_with_or_unseen(britt):
    request = make_request()
    with pytest.raises(DeskRefused, match="nog geen antwoord"):
        handling.close(request, by=britt, outcome="answered", version=1, now=LATER)
    with pytest.raises(DeskRefused, match="intussen veranderd"):
        handling.close(request, by=britt, outcome="silent", version=2, now=LATER)
    assert fresh(request).status == "waiting"


def test_reopening_makes_it_wait_from_now(britt):
    request = closed(make_request(), britt)
    handling.reopen(request, by=britt, now=LATER)
    found = fresh(request)
    assert (found.status, found.outcome, found.closed_at, found.waiting_since) == ("waiting", "", None, LATER)
    assert last_event()[0] == "reopened"
    with pytest.raises(DeskRefused, match="al open"):
        handling.reopen(request, by=britt, now=LATER)


def test_what_is_let_out_of_quarantine_has_waited_since_it_was_sent(britt):
    request = make_request(suspicions=("veel links",))
    assert not OutgoingMail.objects.filter(request=request).exists()
    handling.accept(request, by=britt, now=LATER)
    found = fresh(request)
    assert (found.status, found.waiting_since, found.suspicion) == ("waiting", NOW, "")
    assert [mail.kind for mail in OutgoingMail.objects.filter(request=request)] == ["receipt"]
    assert last_event()[0] == "accepted"


def test_what_is_rejected_closes_in_silence(britt):
    request = make_request(suspicions=("veel links",))
    handling.reject(request, by=britt, now=LATER)
    found = fresh(request)
    assert (found.status, found.outcome, found.closed_at) == ("closed", "spam", LATER)
    assert (OutgoingMail.objects.exists(), last_event()[0]) == (False, "rejected")
    for verb in (handling.accept, handling.reject):
        with pytest.raises(DeskRefused, match="niet \\(meer\\) in quarantaine"):
            verb(request, by=britt, now=LATER)


def test_a_note_is_kept_apart_and_raises_the_version(britt):
    request = make_request()
    note = handling.add_note(request, by=britt, body="  Belde gisteren.\n", now=LATER)
    assert (note.body, note.author, note.at_version, fresh(request).version) == ("Belde gisteren.", britt, 2, 2)
    assert (request.messages.count(), last_event()) == (1, ("noted", "britt", request.reference, {}))


@pytest.mark.parametrize("body", ["", " \n ", "x" * 5_001])
def test_an_empty_or_endless_note_is_refused(britt, body):
    with pytest.raises(DeskRefused, match="hooguit 5000 tekens"):
        handling.add_note(make_request(), by=britt, body=body, now=NOW)
    assert not Note.objects.exists()


def readings() -> list[str]:
    return list(AuditEvent.objects.filter(action="read").order_by("number").values_list("actor", flat=True))


def test_opening_again_within_a_quarter_of_an_hour_is_one_reading(britt, anna):
    request = make_request()
    with time_machine.travel(NOW, tick=False):
        assert handling.note_read(request, by=britt, now=NOW)
        assert not handling.note_read(request, by=britt, now=NOW + timedelta(minutes=14))
        assert handling.note_read(request, by=anna, now=NOW)
    assert handling.note_read(request, by=britt, now=NOW + timedelta(minutes=15))
    assert readings() == ["britt", "anna", "britt"]


def test_opening_what_has_something_new_is_another_reading(britt):
    request = make_request()
    with time_machine.travel(NOW, tick=False):
        handling.note_read(request, by=britt, now=NOW, newest=NOW - timedelta(days=1))
    soon = NOW + timedelta(minutes=5)
    assert not handling.note_read(request, by=britt, now=soon, newest=NOW)
    assert handling.note_read(request, by=britt, now=soon, newest=NOW + timedelta(minutes=1))
    assert readings() == ["britt", "britt"]


def test_another_request_is_another_reading(britt):
    for request in (make_request(), make_request()):
        handling.note_read(request, by=britt, now=NOW)
    assert readings() == ["britt", "britt"]


def test_revoking_ends_the_links_that_work(britt):
    request, other = make_request(), make_request()
    assert handling.revoke_links(request, by=britt, now=LATER) == 1
    assert [link.works(LATER) for row in (request, other) for link in row.links.all()] == [False, True]
    assert last_event() == ("links_revoked", "britt", request.reference, {"links": 1})
    with pytest.raises(DeskRefused, match="geen link die nog werkt"):
        handling.revoke_links(request, by=britt, now=LATER)


def test_only_who_may_handle_requests_does_any_of_this(manager, britt):
    request, before = make_request(), AuditEvent.objects.count()
    steps = {
        "claim": {},
        "assign": {"to": britt, "version": 1},
        "release": {},
        "snooze": {"until": LATER},
        "wake": {},
        "close": {"outcome": "silent", "version": 1},
        "reopen": {},
        "accept": {},
        "reject": {},
        "add_note": {"body": "Notitie"},
        "note_read": {},
        "revoke_links": {},
    }
    for name, more in steps.items():
        with pytest.raises(PermissionDenied, match="rol van adviseur"):
            getattr(handling, name)(request, by=manager, now=NOW, **more)
    assert (fresh(request).version, AuditEvent.objects.count()) == (1, before)


def test_a_reaction_wakes_nothing_that_the_desk_let_rest(britt):
    request = make_request()
    handling.snooze(request, by=britt, until=NOW + timedelta(days=1), now=NOW)
    reader.reply(request, body="Nog iets.", submission_id=None, now=LATER)
    assert (fresh(request).snoozed_until, fresh(request).waiting_since) == (NOW + timedelta(days=1), NOW)


def test_a_question_that_was_taken_for_unwanted_gets_its_receipt_when_it_is_opened_after_all(britt):
    request = make_request(suspicions=("veel links",))
    handling.reject(request, by=britt, now=LATER)
    assert not request.mails.exists()
    handling.reopen(request, by=britt, now=LATER)
    assert [mail.kind for mail in request.mails.all()] == ["receipt"]
    assert DailyFact.objects.filter(kind="received").get().count == 1
    handling.close(request, by=britt, outcome="silent", version=fresh(request).version, now=LATER)
    handling.reopen(request, by=britt, now=LATER)
    assert request.mails.filter(kind="receipt").count() == 1
