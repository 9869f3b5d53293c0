"""Write down a mail that has to go out, in the transaction of what it announces. Nothing is sent here."""

from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser

from advice.inserting import Ready, insert, make_ready
from advice.message_ids import make_message_id
from advice.models import AccessLink, AdviceRequest, Message, OutgoingMail


def enqueue(
    kind: OutgoingMail.Kind,
    request: AdviceRequest,
    *,
    key: str,
    now: datetime,
    message: Message | None = None,
    link: AccessLink | None = None,
    adviser: AbstractBaseUser | None = None,
    not_before: datetime | None = None,
) -> OutgoingMail:
    """Queue one mail. `key` names the event that it announces: a second mail for the same event raises IntegrityError.

    The Message-ID is made here, so that every attempt sends the same mail.
    """
    mail = _mail(kind, key=key, now=now)
    mail.request, mail.message, mail.link, mail.adviser = request, message, link, adviser
    mail.not_before = not_before or now
    return insert(mail)


def ready_mail(kind: OutgoingMail.Kind, *, key: str, now: datetime) -> Ready[OutgoingMail]:
    """Return a mail about a request that is yet to be stored."""
    return make_ready(_mail(kind, key=key, now=now))


def _mail(kind: OutgoingMail.Kind, *, key: str, now: datetime) -> OutgoingMail:
    return OutgoingMail(kind=kind, key=f"{kind}:{key}", rfc_message_id=make_message_id(), not_before=now, created_at=now)


def waiting_since(now: datetime) -> datetime | None:
    """Return since when the oldest mail that should be on its way has been waiting; None when there is none. For a dashboard."""
    due = OutgoingMail.objects.filter(state=OutgoingMail.State.PENDING, not_before__lte=now)
    return due.order_by("not_before").values_list("not_before", flat=True).first()
