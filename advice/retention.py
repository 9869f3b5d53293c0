"""How long things are kept, and how they go. Each rule says what is due at a moment, and takes away a batch of it.

A rule never does another's work: what the rules before it did makes nothing due, or no longer due, for it. So a dry run tells
exactly what the real one does. The terms are settings.ADVICE_KEEP_DAYS; what waits for an answer is kept until it has one, and what
tells that a mail went out is kept as long as its request: a reply to it is recognised by that.
"""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, Min, OuterRef, QuerySet

from advice import auditing, limits
from advice.changing import DeskRefused
from advice.erasing import SHELL_OF_MAIL, erase
from advice.handling import close
from advice.models import AccessLink, AdviceRequest, Draft, IncomingMail, OutgoingMail, Presence, RateBucket

BECAUSE = "de bewaartermijn is om"
TOGETHER = 500
Status, Outcome = AdviceRequest.Status, AdviceRequest.Outcome
Outgoing, Incoming = OutgoingMail.State, IncomingMail.State


@dataclass(frozen=True)
class Rule:
    """`due` returns what must go at a moment, oldest first; `since` is the field that says how old a row is.

    `take` gets what is due, the numbers of a batch and the moment. It takes those away that are still due, and returns how many.
    """

    name: str
    label: str
    since: str
    due: Callable[[datetime], QuerySet]
    take: Callable[[QuerySet, list[int], datetime], int]


@dataclass(frozen=True)
class Due:
    """What a rule finds at a moment."""

    rule: Rule
    count: int
    oldest: datetime | None


@dataclass(frozen=True)
class Taken:
    rule: Rule
    count: int


def find_due(now: datetime) -> list[Due]:
    """Return for every rule what would go at `now`. Changes nothing."""
    found = []
    for rule in RULES:
        rows = rule.due(now)
        found.append(Due(rule, rows.count(), rows.aggregate(oldest=Min(rule.since))["oldest"]))
    return found


def purge(now: datetime, *, stop: threading.Event | None = None) -> list[Taken]:
    """Take away all that is due at `now`, in batches, each in a transaction of its own, and return what each rule took.

    Ends early when `stop` is set; the next time goes on where this one left off.
    """
    return [Taken(rule, _apply(rule, now, stop or threading.Event())) for rule in RULES]


def find_oldest() -> datetime | None:
    """Return when the oldest personal datum came in."""
    requests = AdviceRequest.objects.aggregate(oldest=Min("created_at"))["oldest"]
    mails = IncomingMail.objects.exclude(raw=b"").aggregate(oldest=Min("received_at"))["oldest"]
    return min(filter(None, (requests, mails)), default=None)


def _apply(rule: Rule, now: datetime, stop: threading.Event) -> int:
    total = 0
    while not stop.is_set():
        due = rule.due(now)
        numbers = list(due.values_list("pk", flat=True)[:TOGETHER])
        taken = rule.take(due, numbers, now) if numbers else 0
        total += taken
        if not taken:
            break
    return total


def _before(kind: str, now: datetime) -> datetime:
    return now - timedelta(days=settings.ADVICE_KEEP_DAYS[kind])


def _old_presences(now: datetime) -> QuerySet:
    return Presence.objects.filter(seen_at__lt=_before("presence", now)).order_by("pk")


def _old_counts(now: datetime) -> QuerySet:
    return RateBucket.objects.filter(window__lt=now - limits.KEEP).order_by("window")


def _drafts_of_closed(now: datetime) -> QuerySet:
    limit = _before("draft", now)
    return Draft.objects.filter(request__status=Status.CLOSED, request__closed_at__lt=limit, updated_at__lt=limit).order_by("pk")


def _expired_links(now: datetime) -> QuerySet:
    """A mail that hasn't gone out yet needs its link."""
    unsent = OutgoingMail.objects.filter(link=OuterRef("pk"), state__in=[Outgoing.PENDING, Outgoing.SENDING, Outgoing.FAILED])
    return AccessLink.objects.filter(~Exists(unsent), expires_at__lt=_before("link", now)).order_by("pk")


def _raw_mails(now: datetime) -> QuerySet:
    added = IncomingMail.objects.filter(state=Incoming.ADDED, message__created_at__lt=_before("raw_mail", now))
    return added.exclude(raw=b"").order_by("pk")


def _parked_mails(now: datetime) -> QuerySet:
    """Whatever became of a mail but part of a request. One that nobody has looked into yet is kept until somebody has."""
    parked = IncomingMail.objects.exclude(state__in=[Incoming.STORED, Incoming.ADDED, Incoming.ERASED])
    return parked.filter(received_at__lt=_before("parked_mail", now)).order_by("pk")


def _silent_readers(now: datetime) -> QuerySet:
    return AdviceRequest.objects.filter(status=Status.ANSWERED, updated_at__lt=_before("silent", now)).order_by("updated_at")


def _in_quarantine(now: datetime) -> QuerySet:
    return AdviceRequest.objects.filter(status=Status.QUARANTINE, created_at__lt=_before("quarantine", now)).order_by("created_at")


def _closed(now: datetime) -> QuerySet:
    return AdviceRequest.objects.filter(status=Status.CLOSED).order_by("closed_at")


def _unwanted(now: datetime) -> QuerySet:
    return _closed(now).filter(outcome=Outcome.SPAM, closed_at__lt=_before("unwanted", now))


def _answered(now: datetime) -> QuerySet:
    return _closed(now).exclude(outcome=Outcome.SPAM).filter(closed_at__lt=_before("closed", now))


def _delete(due: QuerySet, numbers: list[int], now: datetime) -> int:
    return due.filter(pk__in=numbers).delete()[1].get(due.model._meta.label, 0)


@transaction.atomic
def _delete_links(due: QuerySet, numbers: list[int], now: datetime) -> int:
    """Delete links, and keep the mails in which they went out: replies are recognised by those."""
    OutgoingMail.objects.filter(link__in=due.filter(pk__in=numbers)).update(link=None)
    return _delete(due, numbers, now)


def _empty(due: QuerySet, numbers: list[int], now: datetime) -> int:
    return due.filter(pk__in=numbers).update(raw=b"")


def _keep_shells(due: QuerySet, numbers: list[int], now: datetime) -> int:
    return due.filter(pk__in=numbers).update(**SHELL_OF_MAIL)


def _erase(due: QuerySet, numbers: list[int], now: datetime) -> int:
    return sum(_one_by_one(due, numbers, lambda request: erase(request, by=auditing.SYSTEM, now=now, because=BECAUSE)))


def _close(due: QuerySet, numbers: list[int], now: datetime) -> int:
    values = {"by": auditing.SYSTEM, "outcome": Outcome.SILENT, "now": now}
    return sum(_one_by_one(due, numbers, lambda request: close(request, version=request.version, **values)))


def _one_by_one(due: QuerySet, numbers: list[int], do: Callable[[AdviceRequest], object]) -> Iterator[bool]:
    """Do something to each request in a transaction of its own, if it is still due: its reader may have reacted since."""
    for number in numbers:
        with transaction.atomic():
            request = due.select_for_update().filter(pk=number).first()
            try:
                done = request is not None and do(request) is not False
            except DeskRefused:
                done = False
        yield done


RULES = (
    Rule("presence", "Aanwezigheid van adviseurs", "seen_at", _old_presences, _delete),
    Rule("counts", "Tellers tegen misbruik", "window", _old_counts, _delete),
    Rule("draft", "Concepten bij gesloten vragen", "updated_at", _drafts_of_closed, _delete),
    Rule("link", "Verlopen privélinks", "expires_at", _expired_links, _delete_links),
    Rule("raw_mail", "Bronteksten van toegevoegde mail", "received_at", _raw_mails, _empty),
    Rule("parked_mail", "Apart gezette mail", "received_at", _parked_mails, _keep_shells),
    Rule("silent", "Beantwoorde vragen sluiten zonder reactie", "updated_at", _silent_readers, _close),
    Rule("quarantine", "Vragen in quarantaine wissen", "created_at", _in_quarantine, _erase),
    Rule("unwanted", "Ongewenste vragen wissen", "closed_at", _unwanted, _erase),
    Rule("closed", "Gesloten vragen wissen", "closed_at", _answered, _erase),
)
