"""What becomes of a mail that was claimed: sent, tried again later, or failed where people see it. Each in one transaction."""

from datetime import datetime, timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.dateparse import parse_datetime

from advice import auditing
from advice.changing import NOT_WAITING, DeskRefused, as_waiting, change
from advice.models import AdviceRequest, AuditEvent, OutgoingMail
from advice.outbox.claims import held
from advice.permissions import HANDLE, require

Action, Status = AuditEvent.Action, AdviceRequest.Status
State, Kind = OutgoingMail.State, OutgoingMail.Kind
# How long a mail waits after its first, second … attempt that came to nothing: three days in all.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 480, 720, 1440, 1440))
MOST_ATTEMPTS = len(PAUSES) + 1


@transaction.atomic
def mark_sent(mail: OutgoingMail, *, now: datetime) -> bool:
    """Write down that a mail went out, and that its request has no failed mail any more if this was the last one.

    Returns False, and changes nothing, when the mail isn't held any more.
    """
    if not held(mail).update(state=State.SENT, lease_until=None, sent_at=now, failure=""):
        return False
    AdviceRequest.objects.filter(pk=mail.request_id, has_failed_mail=True).exclude(mails__state=State.FAILED).update(
        has_failed_mail=False
    )
    return True


def defer(mail: OutgoingMail, *, why: str, now: datetime) -> None:
    """Try a mail again after a pause, or give up when it was the last attempt."""
    if mail.attempts >= MOST_ATTEMPTS:
        return fail(mail, why=why, now=now)
    held(mail).update(state=State.PENDING, lease_until=None, not_before=now + PAUSES[mail.attempts - 1], failure=why)


@transaction.atomic
def fail(mail: OutgoingMail, *, why: str, now: datetime) -> None:
    """Give a mail up and let people see it: on its request, and in the queue when it was the answer. `why` names nobody."""
    if not held(mail).update(state=State.FAILED, lease_until=None, failure=why):
        return
    request = mail.request
    AdviceRequest.objects.filter(pk=request.pk).update(has_failed_mail=True, updated_at=now)
    if mail.kind == Kind.ANSWER:
        change(request, now=now, only_if={"status": Status.ANSWERED}, **as_waiting(_waiting_since(mail) or now))
    auditing.record(Action.MAIL_FAILED, by=auditing.SYSTEM, request=request, mail=str(mail.kind), why=why)


@transaction.atomic
def retry_mail(mail: OutgoingMail, *, by: AbstractBaseUser, now: datetime) -> None:
    """Send a failed mail again. A request that waited for nothing but this answer leaves the queue, until that fails too.

    Raises PermissionDenied, or DeskRefused when the mail isn't failed any more.
    """
    require(by, HANDLE)
    failed = OutgoingMail.objects.filter(pk=mail.pk, state=State.FAILED)
    if not failed.update(state=State.PENDING, not_before=now, attempts=0, failure=""):
        raise DeskRefused("Deze mail is niet (meer) mislukt.")
    request = mail.request
    if mail.kind == Kind.ANSWER and not request.messages.filter(number__gt=mail.message.number).exists():
        change(request, now=now, only_if={"status": Status.WAITING}, status=Status.ANSWERED, **NOT_WAITING)
    auditing.record(Action.MAIL_RETRIED, by=by, request=request, mail=str(mail.kind))


def _waiting_since(mail: OutgoingMail) -> datetime | None:
    """Return since when the reader was waiting before the answer that didn't arrive."""
    since = mail.message.before.get("waiting_since")
    return parse_datetime(since) if isinstance(since, str) else since
