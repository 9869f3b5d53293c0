"""A mail server says that a mail of ours didn't arrive: the mail counts as failed, and its request shows that."""

from datetime import datetime

from django.utils.dateparse import parse_datetime

from advice import auditing
from advice.changing import as_waiting, change
from advice.inbox.addressing import is_own
from advice.inbox.automatic import Bounce
from advice.inbox.matching import find_sent
from advice.message_ids import is_ours
from advice.models import AdviceRequest, AuditEvent, OutgoingMail

State, Status = OutgoingMail.State, AdviceRequest.Status


def note_bounce(bounce: Bounce, message_ids: tuple[str, ...], *, now: datetime) -> OutgoingMail | None:
    """Mark the mail of ours with one of these ids as failed and return it; None when there is none, or it was the
    archive's copy, or is on its way again.

    The caller is in a transaction. An answer that didn't arrive waits for an adviser again.
    """
    if bounce.recipients and all(map(is_own, bounce.recipients)):
        return None
    mail = find_sent(tuple(filter(is_ours, message_ids)))
    if mail is None:
        return None
    why = f"teruggekomen: niet bezorgd ({bounce.status})" if bounce.status else "teruggekomen: niet bezorgd"
    gone_out = OutgoingMail.objects.filter(pk=mail.pk, state__in=[State.SENT, State.SENDING])
    if gone_out.update(state=State.FAILED, failure=why, lease_until=None):
        _show_on_request(mail, now=now)
        auditing.record(AuditEvent.Action.MAIL_FAILED, by=auditing.SYSTEM, request=mail.request, mail=str(mail.kind), why=why)
        return mail
    return mail if OutgoingMail.objects.filter(pk=mail.pk, state=State.FAILED).exists() else None


def _show_on_request(mail: OutgoingMail, *, now: datetime) -> None:
    """Put the request on the list of failed mail; an answer that wasn't heard counts as not given."""
    AdviceRequest.objects.filter(pk=mail.request_id).update(has_failed_mail=True, updated_at=now)
    if mail.kind == OutgoingMail.Kind.ANSWER:
        since = mail.message.before.get("waiting_since")
        since = parse_datetime(since) if isinstance(since, str) else since
        change(mail.request, now=now, only_if={"status": Status.ANSWERED}, **as_waiting(since or now))
