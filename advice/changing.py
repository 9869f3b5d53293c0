"""The one way to change where a request stands: a conditional UPDATE that also raises its version.

There are no locks. Whoever was looking at an older version is told what came in between, and keeps what they typed.
"""

from datetime import datetime

from django.conf import settings
from django.db.models import F

from advice.hours import OpeningHours
from advice.models import AdviceRequest


class DeskRefused(ValueError):
    """Something can't be done to a request (any more); the message says why, in Dutch."""


def change(request: AdviceRequest, *, now: datetime, only_if: dict | None = None, **values) -> bool:
    """Change `request` in one statement if it still is as `only_if` says; return whether that happened, and refresh `request`."""
    found = AdviceRequest.objects.filter(pk=request.pk, **only_if or {})
    changed = found.update(version=F("version") + 1, updated_at=now, **values)
    request.refresh_from_db()
    return bool(changed)


def opening_hours() -> OpeningHours:
    """Return when the desk is open: settings.ADVICE_OPENING_HOURS."""
    return settings.ADVICE_OPENING_HOURS


def due(since: datetime) -> datetime:
    """Return until when an answer is on time for somebody who waits since `since`."""
    return opening_hours().add_working_minutes(since, settings.ADVICE_ANSWER_WITHIN_MINUTES)


def as_waiting(since: datetime) -> dict:
    """Return the values of a request that an adviser has to answer."""
    return {
        "status": "waiting",
        "waiting_since": since,
        "due_at": due(since),
        "closed_at": None,
        "outcome": "",
        "snoozed_until": None,
    }


NOT_WAITING = {"waiting_since": None, "due_at": None, "snoozed_until": None}
