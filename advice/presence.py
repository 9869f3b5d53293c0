"""Who has a request open right now. One row for a person and a request, written over every few seconds; nobody is locked out."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet

from advice.models import AdviceRequest, Presence
from advice.names import name_of
from advice.permissions import HANDLE, require

EVERY = 5  # seconds after which a page says again that it is open
LASTS = timedelta(seconds=15)
_FORGET = timedelta(hours=1)


@dataclass(frozen=True)
class Present:
    """A colleague who has a request open; `is_writing` when an answer is being typed."""

    name: str
    is_writing: bool


def note_presence(request: AdviceRequest, *, by: AbstractBaseUser, is_writing: bool, now: datetime) -> None:
    """Write down that `by` has a request open."""
    require(by, HANDLE)
    values = {"seen_at": now, "is_writing": is_writing}
    if not Presence.objects.filter(request=request, user=by).update(**values):
        Presence.objects.update_or_create(request=request, user=by, defaults=values)


def forget_presence(*, by: AbstractBaseUser, now: datetime) -> None:
    """Remove what is left of the requests that `by` had open before."""
    Presence.objects.filter(user=by, seen_at__lt=now - _FORGET).delete()


def who_else(requests: list[int], *, but: AbstractBaseUser, now: datetime) -> dict[int, tuple[Present, ...]]:
    """Return who else has each of these requests open, by primary key; nothing for a request that nobody has. One query."""
    found: dict[int, tuple[Present, ...]] = {}
    for row in _fresh(now).filter(request__in=requests).exclude(user=but).order_by("user__username"):
        found[row.request_id] = (*found.get(row.request_id, ()), Present(name_of(row.user), row.is_writing))
    return found


def _fresh(now: datetime) -> QuerySet[Presence]:
    return Presence.objects.filter(seen_at__gt=now - LASTS).select_related("user__adviser")
