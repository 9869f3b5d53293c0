"""What an adviser has typed so far is kept by whoever shows the ticket of the page that it was typed on.

A ticket is a signed string in the page: whose page it is and of which request. With it a text can be saved as the draft of that
adviser, and nothing else: nothing can be read or sent. So the draft is safe also when the session has ended, when somebody signed
in again in another tab, and when the browser sends its last words while the page closes.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.core import signing
from django.core.exceptions import PermissionDenied

from advice.answering import discard_draft, save_draft
from advice.models import AdviceRequest, Draft
from advice.permissions import HANDLE, require

LASTS = timedelta(hours=36)  # a page that stayed open overnight
_SALT = "advice.draft-ticket"


@dataclass(frozen=True)
class Ticket:
    """`opened_with` is a digest of the text that the page was opened with."""

    user_id: int
    request_id: int
    opened_with: str


def make_ticket(request: AdviceRequest, *, by: AbstractBaseUser, text: str) -> str:
    return signing.dumps([by.pk, request.pk, _digest(text)], salt=_SALT)


def read_ticket(signed: str, *, request_id: int) -> Ticket | None:
    """Return the ticket if it is one of ours, for this request, and not too old."""
    try:
        ticket = Ticket(*signing.loads(signed, salt=_SALT, max_age=LASTS))
    except (signing.BadSignature, TypeError):
        return None
    return ticket if ticket.request_id == request_id else None


def keep_draft(ticket: Ticket, *, text: str, base_version: int, now: datetime) -> Draft | None:
    """Save `text` as the draft of the adviser whose page this is; an empty one removes the draft.

    Returns None when there was nothing to keep, or when this very text has just been sent: the last save of a page can come in
    after its answer. Raises PermissionDenied when the adviser may no longer handle requests, or the request is gone.
    """
    request = AdviceRequest.objects.filter(pk=ticket.request_id).first()
    by = get_user_model().objects.filter(pk=ticket.user_id, is_active=True).first()
    if request is None or by is None:
        raise PermissionDenied
    require(by, HANDLE)
    if not text.strip():
        discard_draft(request, by=by)
        return None
    if request.messages.filter(adviser=by, at_version__gt=base_version, body=text).exists():
        return None
    return save_draft(request, by=by, body=text, base_version=base_version, now=now)


def is_changed(ticket: Ticket, text: str) -> bool:
    """Whether `text` is another than the page was opened with, and something: an untouched page never overwrites a newer draft."""
    return bool(text.strip()) and _digest(text) != ticket.opened_with


def as_typed(text: str) -> str:
    """Return a posted text with line ends as we keep them, and without the NUL that no database takes."""
    return text.replace("\0", "").replace("\r\n", "\n")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:20]
