"""What is kept goes in time, and not before: rule by rule, and through a year and a half of days."""

import random
import threading
from datetime import timedelta

import pytest
from django.apps import apps
from django.core.management import call_command

from advice import access, limits, retention, tombstones
from advice.answering import save_draft
from advice.changing import DeskRefused
from advice.handling import accept, close, reject, reopen
from advice.models import (
    AccessLink,
    AdviceRequest,
    AuditEvent,
    IncomingMail,
    OutgoingMail,
    Presence,
    Tombstone,
)
from advice.reader import reply
from tests.advice.factories import NOW, make_answer, make_request
from tests.advice.incoming import make_incoming

pytestmark = pytest.mark.django_db
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path / "var"


def close_now(request: AdviceRequest, by, now=NOW, outcome: str = "answered") -> AdviceRequest:
    request.refresh_from_db()
    close(request, by=by, outcome=outcome, version=request.version, now=now)
    return request


def make_closed(britt, now=NOW) -> AdviceRequest:
    request = make_request(now=now)
    make_answer(request, by=britt, now=now)
    return close_now(request, britt, now)


def make_due(name: str, britt) -> None:
    """Make one thing, at NOW, that the rule `name` is about, in a world where all mail went out."""
    if name == "presence":
        Presence.objects.create(request=make_request(), user=britt, seen_at=NOW)
    elif name == "counts":
        limits.count_hit("submit", "lezer@example.org", now=NOW, window=timedelta(hours=1))
    elif name == "draft":
        save_draft(make_closed(britt), by=britt, body="half", base_version=1, now=NOW)
    elif name == "link":
        make_request()
    elif name in ("raw_mail", "parked_mail"):
        message = make_request().messages.get()
        added = {"request": message.request, "message": message} if name == "raw_mail" else {"state": "parked", "why": "geen vraag"}
        make_incoming(**added)
    elif name == "silent":
        make_answer(make_request(), by=britt)
    elif name == "quarantine":
        make_request(suspicions=("veel links",))
    elif name == "unwanted":
        reject(make_request(suspicions=("veel links",)), by=britt, now=NOW)
    else:
        make_closed(britt)
    OutgoingMail.objects.update(state="sent", sent_at=NOW)


TERMS = {
    "presence": DAY,
    "counts": timedelta(hours=47),  # two days after a window that began at nine
    "draft": 30 * DAY,
    "link": 60 * DAY,  # thirty to work, thirty more
    "raw_mail": 30 * DAY,
    "parked_mail": 90 * DAY,
    "silent": 14 * DAY,
    "quarantine": 30 * DAY,
    "unwanted": 30 * DAY,
    "closed": 365 * DAY,
}


def count_due(name: str, now) -> int:
    return next(due.count for due in retention.find_due(now) if due.rule.name == name)


def test_every_rule_has_a_term():
    assert [rule.name for rule in retention.RULES] == list(TERMS)


@pytest.mark.parametrize("name", TERMS)
def test_nothing_goes_before_its_time_or_stays_after(britt, name):
    make_due(name, britt)
    limit = NOW + TERMS[name] + (timedelta(hours=1) if name == "counts" else timedelta())
    rule = next(rule for rule in retention.RULES if rule.name == name)
    assert (count_due(name, limit), count_due(name, limit + SECOND)) == (0, 1)
    everything = list(rule.due(limit).model.objects.values_list("pk", flat=True))
    assert rule.take(rule.due(limit), everything, limit) == 0
    assert {taken.rule.name: taken.count for taken in retention.purge(limit + SECOND)}[name] == 1
    assert count_due(name, limit + SECOND) == 0


def test_a_term_can_be_another(settings, britt):
    settings.ADVICE_KEEP_DAYS = settings.ADVICE_KEEP_DAYS | {"closed": 7}
    make_due("closed", britt)
    assert (count_due("closed", NOW + 7 * DAY), count_due("closed", NOW + 7 * DAY + SECOND)) == (0, 1)


def test_what_waits_for_an_answer_is_kept_however_long():
    request = make_request()
    retention.purge(NOW + 3650 * DAY)
    request.refresh_from_db()
    assert (request.status, request.messages.count()) == ("waiting", 1)


def test_a_silent_reader_is_told_and_can_go_on(britt):
    request = make_request()
    make_answer(request, by=britt)
    later = NOW + 14 * DAY + SECOND
    retention.purge(later)
    request.refresh_from_db()
    assert (request.status, request.outcome, request.closed_at) == ("closed", "silent", later)
    assert request.mails.filter(kind="closing", state="pending").count() == 1
    event = AuditEvent.objects.first()
    assert (event.action, event.actor, event.detail) == ("closed", "systeem", {"outcome": "silent"})
    reply(request, body="Nog een vraag.", submission_id=None, now=later + DAY)
    assert retention.find_due(later + 400 * DAY)[-1].count == 0


def test_a_closed_request_is_erased_by_the_system(britt):
    reference = make_closed(britt).reference
    retention.purge(NOW + 366 * DAY)
    assert not AdviceRequest.objects.exists()
    assert tombstones.was_erased(reference)
    event = AuditEvent.objects.first()
    expected = ("erased", "systeem", reference, {"because": "de bewaartermijn is om"})
    assert (event.action, event.actor, event.reference, event.detail) == expected


def test_reopening_starts_the_term_anew(britt):
    request = make_closed(britt)
    reopen(request, by=britt, now=NOW + 300 * DAY)
    make_answer(request, by=britt, now=NOW + 300 * DAY)
    close_now(request, britt, NOW + 301 * DAY)
    assert count_due("closed", NOW + 400 * DAY) == 0
    assert count_due("closed", NOW + 667 * DAY) == 1


def test_the_mail_in_which_a_link_went_out_stays_when_the_link_goes():
    make_due("link", None)
    retention.purge(NOW + 61 * DAY)
    assert not AccessLink.objects.exists()
    assert [(mail.kind, mail.state, mail.link) for mail in OutgoingMail.objects.all()] == [("receipt", "sent", None)]


@pytest.mark.parametrize("state", ["pending", "sending", "failed"])
def test_a_link_stays_while_its_mail_has_not_gone_out(state):
    make_due("link", None)
    OutgoingMail.objects.update(state=state, lease_until=NOW)
    retention.purge(NOW + 400 * DAY)
    assert (AccessLink.objects.count(), OutgoingMail.objects.get().link) == (1, AccessLink.objects.get())


def test_an_added_mail_loses_its_source_and_stays_with_its_message(britt):
    make_due("raw_mail", britt)
    before = IncomingMail.objects.values().get()
    retention.purge(NOW + 31 * DAY)
    assert IncomingMail.objects.values().get() == before | {"raw": b""}


def test_a_parked_mail_is_emptied_but_not_fetched_again(britt):
    make_due("parked_mail", britt)
    before = IncomingMail.objects.values().get()
    retention.purge(NOW + 91 * DAY)
    assert IncomingMail.objects.values().get() == before | {"raw": b"", "why": "", "state": "erased"}


def test_a_mail_that_nobody_has_read_yet_stays():
    mail = make_incoming(state="stored")
    retention.purge(NOW + 400 * DAY)
    assert IncomingMail.objects.get().raw == mail.raw


def test_what_changed_since_it_was_found_is_left_alone(britt):
    """A reader reacts while the batch is being worked off."""
    first, second = (make_closed(britt) for _ in range(2))
    later = NOW + 366 * DAY
    rule, erased = retention.RULES[-1], []
    steps = retention._one_by_one(rule.due(later), [first.pk, second.pk], lambda request: erased.append(request.pk))
    assert next(steps)
    reply(second, body="Toch nog iets.", submission_id=None, now=later)
    assert list(steps) == [False]
    assert erased == [first.pk]


def test_a_stopped_run_is_finished_by_the_next(britt, monkeypatch):
    monkeypatch.setattr(retention, "TOGETHER", 2)
    for _ in range(5):
        make_due("quarantine", britt)
    later = NOW + 31 * DAY

    class StopAfter(threading.Event):
        looks = 0

        def is_set(self) -> bool:
            self.looks += 1
            return self.looks > len(retention.RULES) - 2  # the rules before have nothing: one look each

    assert sum(taken.count for taken in retention.purge(later, stop=StopAfter())) == 2
    assert sum(taken.count for taken in retention.purge(later)) == 3
    assert not AdviceRequest.objects.exists()


def everything() -> dict[str, list]:
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in apps.get_app_config("advice").get_models()}


def live_a_day(rng: random.Random, now, britt) -> None:
    """Let a few things happen at the desk, as they come."""
    make_request(now=now, suspicions=("veel links",) if rng.random() < 0.3 else ())
    if rng.random() < 0.3:
        make_incoming(state="parked", received_at=now)
    requests = list(AdviceRequest.objects.order_by("pk"))
    for request in rng.sample(requests, min(3, len(requests))):
        quarantined = request.status == "quarantine"
        step = rng.choice([_accept, _reject] if quarantined else [_answer, _close, _react, _look, _reopen])
        try:
            step(request, now, britt)
        except DeskRefused:
            continue
    OutgoingMail.objects.filter(state="pending").update(state=rng.choice(["sent", "sent", "failed"]), sent_at=now)


def _answer(request, now, britt):
    make_answer(request, by=britt, now=now)


def _close(request, now, britt):
    close_now(request, britt, now)


def _react(request, now, britt):
    message, _ = reply(request, body="Nog iets.", submission_id=None, now=now)
    make_incoming(request=request, message=message, received_at=now)


def _look(request, now, britt):
    Presence.objects.update_or_create(request=request, user=britt, defaults={"seen_at": now})
    save_draft(request, by=britt, body="half", base_version=1, now=now)
    access.note_opened(access.make_link(request, now=now), now=now)


def _accept(request, now, britt):
    accept(request, by=britt, now=now)


def _reject(request, now, britt):
    reject(request, by=britt, now=now)


def _reopen(request, now, britt):
    reopen(request, by=britt, now=now)


def test_a_year_and_a_half_of_days_leaves_nothing_over_its_limit(britt, settings):
    """Every purge does what the dry run just before it said, and leaves nothing due; what is not due is untouched by looking."""
    settings.ADVICE_KEEP_DAYS = settings.ADVICE_KEEP_DAYS | {"closed": 90, "link": 1}
    rng, totals = random.Random(7), dict.fromkeys(TERMS, 0)
    for day in range(0, 540, 6):
        now = NOW + day * DAY
        live_a_day(rng, now, britt)
        evening = now + timedelta(hours=12)
        said = {due.rule.name: due.count for due in retention.find_due(evening)}
        done = {taken.rule.name: taken.count for taken in retention.purge(evening)}
        assert done == said
        assert [due.count for due in retention.find_due(evening)] == [0] * len(TERMS)
        totals = {name: totals[name] + count for name, count in done.items()}
    assert {name for name, total in totals.items() if total == 0} == {"counts"}, totals
    erased = totals["closed"] + totals["quarantine"] + totals["unwanted"]
    assert Tombstone.objects.count() == AuditEvent.objects.filter(action="erased").count() == erased


def test_a_dry_run_changes_nothing_and_says_what_the_real_one_does(britt, capsys, time_machine):
    for name in TERMS:
        make_due(name, britt)
    time_machine.move_to(NOW + 366 * DAY, tick=False)
    before = everything()
    call_command("purge_advice", dry_run=True)
    said = capsys.readouterr().out.splitlines()
    assert everything() == before
    assert said[-2:] == ["Gesloten vragen wissen: 2, oudste van 24-11-2026", "Er is niets veranderd."]
    call_command("purge_advice")
    done = capsys.readouterr().out.splitlines()
    assert done == [line.partition(",")[0] for line in said[:-1]]
    assert all(int(line.rpartition(" ")[2]) > 0 for line in done)
    call_command("purge_advice", dry_run=True)
    assert {line.rpartition(" ")[2] for line in capsys.readouterr().out.splitlines()[:-1]} == {"0"}


def test_the_oldest_personal_datum_is_a_request_or_a_mail(britt):
    assert retention.find_oldest() is None
    make_request(now=NOW)
    assert retention.find_oldest() == NOW
    make_incoming(received_at=NOW - DAY, state="parked")
    assert retention.find_oldest() == NOW - DAY
    retention.purge(NOW + 90 * DAY)
    assert retention.find_oldest() == NOW
