"""Write down a mail that has to go out, in the transaction of what it announces. Nothing is sent here."""

from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser

from advice.inserting import insert
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
    return insert(
        OutgoingMail(
            kind=kind,
            request=request,
            message=message,
            link=link,
            adviser=adviser,
            key=f"{kind}:{key}",
            rfc_message_id=make_message_id(),
            not_before=not_before or now,
            created_at=now,
        )
    )


def waiting_since(now: datetime) -> datetime | None:
    """Return since when the oldest mail that should be on its way has been waiting; None when there is none. For a dashboard."""
    due = OutgoingMail.objects.filter(state=OutgoingMail.State.PENDING, not_before__lte=now)
    return due.order_by("not_before").values_list("not_before", flat=True).first()
