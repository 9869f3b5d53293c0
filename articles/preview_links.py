"""Links with which somebody without an account reads a draft: signed, for a while, and to be taken back.

A token is a random nonce with a signature. The database keeps a digest of the nonce only, so that nobody who reads the database or
a backup can open a draft; the price is that a link is shown once. The signature turns guesses away before the database is asked,
and a new SECRET_KEY ends every link.
"""

import hashlib
import secrets
from datetime import timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.core.signing import BadSignature, Signer
from django.db.models import F
from django.utils import timezone

from articles.drafts import WRITE_PERMISSION
from articles.models import Article, PreviewLink

DAYS = (1, 7, 30)
LONGEST_NOTE = PreviewLink._meta.get_field("note").max_length
LONGEST_TOKEN = 200
_signer = Signer(sep=".", salt="articles.preview-link")


class LinkRefused(ValueError):
    """A link can't be made so; the message says why, in Dutch."""


def make_link(article: Article, *, days: int, note: str, by: AbstractBaseUser) -> tuple[PreviewLink, str]:
    """Make a link to the draft of `article` that works for `days` (one of DAYS); return it with its token, which is kept nowhere.

    Raises PermissionDenied or LinkRefused.
    """
    _require_permission(by)
    note = " ".join(note.split())
    if days not in DAYS:
        raise LinkRefused("Kies hoe lang de link werkt: 1, 7 of 30 dagen.")
    if len(note) > LONGEST_NOTE:
        raise LinkRefused(f"Schrijf in hooguit {LONGEST_NOTE} tekens voor wie de link is.")
    nonce, now = secrets.token_urlsafe(24), timezone.now()
    link = PreviewLink.objects.create(
        article=article, digest=_digest(nonce), note=note, created_by=by, created_at=now, expires_at=now + timedelta(days=days)
    )
    return link, _signer.sign(nonce)


def find_link(token: str) -> PreviewLink | None:
    """Return the link of `token` with its article; None when the token is false, unknown, expired or taken back."""
    if len(token) > LONGEST_TOKEN:
        return None
    try:
        nonce = _signer.unsign(token)
    except BadSignature:
        return None
    link = PreviewLink.objects.select_related("article__hero").filter(digest=_digest(nonce)).first()
    return link if link and link.is_open else None


def note_opened(link: PreviewLink) -> None:
    """Count that somebody opened `link`. Mail scanners open links too: the figure is a hint."""
    PreviewLink.objects.filter(pk=link.pk).update(opened=F("opened") + 1, last_opened_at=timezone.now())


def revoke_link(link: PreviewLink, *, by: AbstractBaseUser) -> None:
    """End `link` now. Doing so twice changes nothing. Raises PermissionDenied."""
    _require_permission(by)
    PreviewLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now())


def _digest(nonce: str) -> str:
    return hashlib.sha256(nonce.encode()).hexdigest()


def _require_permission(user: AbstractBaseUser) -> None:
    if not user.has_perm(WRITE_PERMISSION):
        raise PermissionDenied("Je mag artikelen niet veranderen, en dus geen voorbeeldlinks maken of intrekken.")
