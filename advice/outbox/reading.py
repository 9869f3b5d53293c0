"""Read mail that went to files. Who reads what of a reader is written down."""

from dataclasses import dataclass
from email.message import EmailMessage

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from advice import auditing
from advice.models import AuditEvent, OutgoingMail
from advice.outbox import folder
from advice.permissions import HANDLE, require

SHOWN_HEADERS = {"From": "Van", "To": "Aan", "Reply-To": "Antwoord aan", "Subject": "Onderwerp", "Date": "Datum"}


@dataclass(frozen=True)
class WrittenMail:
    """A mail as it lies in a file."""

    headers: tuple[tuple[str, str], ...]
    text: str
    html: str


def read_mail(mail: OutgoingMail, *, by: AbstractBaseUser) -> WrittenMail | None:
    """Return a mail as it was written, and write down who read it; None when there is no file of it. Raises PermissionDenied."""
    require(by, HANDLE)
    message = folder.read(mail.rfc_message_id) if folder.is_used() else None
    if message is None:
        return None
    with transaction.atomic():
        auditing.record(AuditEvent.Action.READ, by=by, request=mail.request, mail=str(mail.kind))
    headers = tuple((label, str(message[name])) for name, label in SHOWN_HEADERS.items() if message[name])
    return WrittenMail(headers, _part(message, "plain"), _part(message, "html"))


def _part(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return part.get_content() if part else ""
