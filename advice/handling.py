"""What advisers do with a request, apart from answering it. Every verb checks the permission, writes the audit log and says, with
DeskRefused, why something can't be done (any more)."""

from datetime import datetime, timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from advice import access, auditing, facts
from advice.changing import NOT_WAITING, DeskRefused, as_waiting, change
from advice.models import AdviceRequest, AuditEvent, DailyFact, Note, OutgoingMail
from advice.models.conversation import LONGEST_NOTE
from advice.names import name_of
from advice.outbox.queue import enqueue
from advice.permissions import HANDLE, require
from advice.search import index_request
from advice.submitting import welcome

Action, Status, Outcome = AuditEvent.Action, AdviceRequest.Status, AdviceRequest.Outcome
ONE_READING = timedelta(minutes=15)


@transaction.atomic
def claim(request: AdviceRequest, *, by: AbstractBaseUser, now: datetime) -> None:
    """Take an open request that nobody has. Taking one's own changes nothing."""
    require(by, HANDLE)
    if request.assignee_id == by.pk and request.is_open:
        return
    if not change(request, now=now, only_if={"assignee": None, "status__in": [Status.WAITING, Status.ANSWERED]}, assignee=by):
        raise DeskRefused(_taken(request))
    auditing.record(Action.CLAIMED, by=by, request=request)


@transaction.atomic
def assign(request: AdviceRequest, *, by: AbstractBaseUser, to: AbstractBaseUser, version: int, now: datetime) -> None:
    """Give an open request to a colleague. `version` is that of the request as the giver saw it."""
    require(by, HANDLE)
    if not to.is_active or not to.has_perm(HANDLE):
        raise DeskRefused(f"{to} mag geen vragen behandelen. Kies een andere adviseur.")
    if hasattr(to, "adviser") and to.adviser.is_away:
        raise DeskRefused(f"{to.adviser} is afwezig. Kies een andere adviseur.")
    _change_seen(request, version, now=now, only_if={"status__in": [Status.WAITING, Status.ANSWERED]}, assignee=to)
    auditing.record(Action.ASSIGNED, by=by, request=request, to=to.get_username())


@transaction.atomic
def release(request: AdviceRequest, *, by: AbstractBaseUser, now: datetime) -> None:
    """Put a request back for everybody."""
    require(by, HANDLE)
    if not change(request, now=now, only_if={"assignee": by}, assignee=None):
        raise DeskRefused("Je hebt deze vraag niet (meer).")
    auditing.record(Action.RELEASED, by=by, request=request)


@transaction.atomic
def snooze(request: AdviceRequest, *, by: AbstractBaseUser, until: datetime, now: datetime) -> None:
    """Take a waiting request off the lists until a moment. It doesn't stop the clock: the reader goes on waiting."""
    require(by, HANDLE)
    if until <= now:
        raise DeskRefused("Kies een moment dat nog komt.")
    if not change(request, now=now, only_if={"status": Status.WAITING}, snoozed_until=until):
        raise DeskRefused(_not_waiting(request))
    auditing.record(Action.SNOOZED, by=by, request=request, until=until.isoformat())


@transaction.atomic
def wake(request: AdviceRequest, *, by: AbstractBaseUser, now: datetime) -> None:
    """Put a snoozed request back on the lists at once."""
    require(by, HANDLE)
    if not change(request, now=now, only_if={"snoozed_until__isnull": False}, snoozed_until=None):
        raise DeskRefused("Deze vraag is niet uitgesteld.")
    auditing.record(Action.WOKEN, by=by, request=request)


@transaction.atomic
def close(request: AdviceRequest, *, by: AbstractBaseUser | str, outcome: str, version: int, now: datetime) -> None:
    """Close an open request. The reader gets a mail, except when it was spam. `by` may be auditing.SYSTEM."""
    if not isinstance(by, str):
        require(by, HANDLE)
    if outcome == Outcome.ANSWERED and request.first_answered_at is None:
        raise DeskRefused("Deze vraag heeft nog geen antwoord. Kies ‘ongewenst’ als het geen vraag is.")
    open_now = {"status__in": [Status.WAITING, Status.ANSWERED]}
    values = {"status": Status.CLOSED, "outcome": outcome, "closed_at": now, **NOT_WAITING}
    _change_seen(request, version, now=now, only_if=open_now, **values)
    facts.count(DailyFact.Kind.CLOSED, request, at=now, adviser=_name(request.assignee))
    if outcome != Outcome.SPAM:
        link = access.make_link(request, now=now)
        enqueue(OutgoingMail.Kind.CLOSING, request, key=f"{request.pk}:{request.version}", now=now, link=link)
    auditing.record(Action.CLOSED, by=by, request=request, outcome=str(outcome))


@transaction.atomic
def reopen(request: AdviceRequest, *, by: AbstractBaseUser, now: datetime) -> None:
    """Open a closed request again, waiting for an answer from now on. One that never left quarantine gets its receipt first."""
    require(by, HANDLE)
    was_suspect = bool(request.suspicion)
    if not change(request, now=now, only_if={"status": Status.CLOSED}, suspicion="", **as_waiting(now)):
        raise DeskRefused("Deze vraag is al open.")
    if was_suspect:
        welcome(request, now=now)
    auditing.record(Action.REOPENED, by=by, request=request)


@transaction.atomic
def accept(request: AdviceRequest, *, by: AbstractBaseUser, now: datetime) -> None:
    """Let a question out of quarantine. The reader has been waiting since it was sent, and gets the receipt now."""
    require(by, HANDLE)
    if not change(request, now=now, only_if={"status": Status.QUARANTINE}, suspicion="", **as_waiting(request.created_at)):
        raise DeskRefused("Deze vraag staat niet (meer) in quarantaine.")
    welcome(request, now=now)
    auditing.record(Action.ACCEPTED, by=by, request=request)


@transaction.atomic
def reject(request: AdviceRequest, *, by: AbstractBaseUser, now: datetime) -> None:
    """Close a question in quarantine as unwanted. Nobody gets a mail; it can be reopened until retention removes it."""
    require(by, HANDLE)
    values = {"status": Status.CLOSED, "outcome": Outcome.SPAM, "closed_at": now}
    if not change(request, now=now, only_if={"status": Status.QUARANTINE}, **values):
        raise DeskRefused("Deze vraag staat niet (meer) in quarantaine.")
    auditing.record(Action.REJECTED, by=by, request=request)


@transaction.atomic
def add_note(request: AdviceRequest, *, by: AbstractBaseUser, body: str, now: datetime) -> Note:
    """Write a note for colleagues. Raises DeskRefused when there is nothing in it, or too much."""
    require(by, HANDLE)
    body = body.strip()
    if not body or len(body) > LONGEST_NOTE:
        raise DeskRefused(f"Schrijf een notitie van hooguit {LONGEST_NOTE} tekens.")
    change(request, now=now)
    note = Note.objects.create(request=request, author=by, body=body, created_at=now, at_version=request.version)
    index_request(request)
    auditing.record(Action.NOTED, by=by, request=request)
    return note


def note_read(request: AdviceRequest, *, by: AbstractBaseUser, now: datetime, newest: datetime | None = None) -> bool:
    """Write down that somebody opened a request; return whether that was done.

    Opening it again within a quarter of an hour is the same reading, unless something came in since that they hadn't seen: `newest`
    is the time of the newest message or note that isn't theirs.
    """
    require(by, HANDLE)
    last = _last_reading(request, by)
    if last and last > now - ONE_READING and (newest is None or newest <= last):
        return False
    with transaction.atomic():
        auditing.record(Action.READ, by=by, request=request)
    return True


def _last_reading(request: AdviceRequest, by: AbstractBaseUser) -> datetime | None:
    """Look among the newest events of the request: no database then goes through everything that this person ever did."""
    newest = AuditEvent.objects.filter(reference=request.reference).order_by("-number").values_list("action", "actor", "at")[:50]
    return next((at for action, actor, at in newest if (action, actor) == (Action.READ, by.get_username())), None)


@transaction.atomic
def revoke_links(request: AdviceRequest, *, by: AbstractBaseUser, now: datetime) -> int:
    """End every private link to a request and return how many there were. The reader can have a new one mailed."""
    require(by, HANDLE)
    ended = access.revoke_links(request, now=now)
    if not ended:
        raise DeskRefused("Er is geen link die nog werkt.")
    auditing.record(Action.LINKS_REVOKED, by=by, request=request, links=ended)
    return ended


def _change_seen(request: AdviceRequest, version: int, *, now: datetime, only_if: dict, **values) -> None:
    """Change a request that still is as the user saw it."""
    if not change(request, now=now, only_if={"version": version, **only_if}, **values):
        raise DeskRefused("Deze vraag is intussen veranderd. Kijk wat er nieuw is en probeer het dan opnieuw.")


def _taken(request: AdviceRequest) -> str:
    if not request.is_open:
        return f"Deze vraag is {request.get_status_display()}."
    return f"{name_of(request.assignee) or 'Iemand anders'} heeft deze vraag al opgepakt."


def _not_waiting(request: AdviceRequest) -> str:
    return f"Uitstellen kan alleen met een vraag die op een antwoord wacht; deze is nu: {request.get_status_display()}."


def _name(user: AbstractBaseUser | None) -> str:
    return user.get_username() if user else ""
