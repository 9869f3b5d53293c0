"""Private links to a request. They can be opened again and again, give way to newer ones, expire, and can be revoked.

A token is HMAC-SHA256 of a nonce under the site's secret key. The database keeps the nonce and a digest of the token: whoever reads
the database or a backup can't make the token without the key, and a mail that must be sent again gets the same link.

Opening a link by itself shows nothing: the reader types the e-mail address that the request came from. So a link in a log or a
forwarded mail tells nothing, and a mail scanner that follows links and presses buttons changes nothing.
"""

import base64
import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac

from advice import auditing
from advice.inserting import Ready, make_ready
from advice.models import AccessLink, AdviceRequest, AuditEvent

LONGEST_TOKEN = 100
_SALT = "advice.access-link"


def make_link(request: AdviceRequest, *, now: datetime) -> AccessLink:
    """Make a link that works for settings.ADVICE_LINK_DAYS. Earlier links go on working until this one is opened."""
    return ready_link(now=now).insert(request=request)


def ready_link(*, now: datetime) -> Ready[AccessLink]:
    """Return a link to a request that is yet to be stored."""
    nonce = secrets.token_urlsafe(32)
    expires = now + timedelta(days=settings.ADVICE_LINK_DAYS)
    return make_ready(AccessLink(nonce=nonce, digest=_digest(_token(nonce)), created_at=now, expires_at=expires))


def token_of(link: AccessLink) -> str:
    return _token(link.nonce)


def find_link(token: str) -> AccessLink | None:
    """Return the link with its request, whether or not it still works; None when there is no such link."""
    if not token or len(token) > LONGEST_TOKEN:
        return None
    return AccessLink.objects.select_related("request__topic").filter(digest=_digest(token)).first()


def is_address_of(request: AdviceRequest, typed: str) -> bool:
    """Whether `typed` is the e-mail address of the request. Takes as long whatever was typed."""
    return hmac.compare_digest(_fold(typed), _fold(request.email))


@transaction.atomic
def note_opened(link: AccessLink, *, now: datetime) -> None:
    """Write down that the reader opened `link`. The first time, older links end: the newest mail counts."""
    if AccessLink.objects.filter(pk=link.pk, opened_at=None).update(opened_at=now):
        older = AccessLink.objects.filter(request=link.request, pk__lt=link.pk, revoked_at=None)
        older.update(revoked_at=now)
    auditing.record(AuditEvent.Action.OPENED_BY_READER, by=auditing.READER, request=link.request)


def revoke_links(request: AdviceRequest, *, now: datetime) -> int:
    """End every link to `request` and return how many there were. The caller records why."""
    return AccessLink.objects.filter(request=request, revoked_at=None).update(revoked_at=now)


def _token(nonce: str) -> str:
    digest = salted_hmac(_SALT, nonce, secret=settings.SECRET_KEY, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _fold(address: str) -> bytes:
    return " ".join(address.split()).casefold().encode()
