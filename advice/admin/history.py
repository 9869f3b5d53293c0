"""Who read a request and what was done with it, from the audit log."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth import get_user_model

from advice.auditing import READER, SYSTEM
from advice.models import AdviceRequest, AuditEvent
from advice.names import name_of

MOST_SHOWN = 40
_READINGS = {AuditEvent.Action.READ, AuditEvent.Action.OPENED_BY_READER}
_WRITINGS = {AuditEvent.Action.NOTED, AuditEvent.Action.REPLIED, AuditEvent.Action.ANSWERED}


@dataclass(frozen=True)
class Step:
    """A line of the log in words."""

    number: int
    at: datetime
    who: str
    what: str
    changes_nothing: bool
    is_writing: bool


def steps(request: AdviceRequest) -> list[Step]:
    """Return the newest steps, newest first. Two queries: the second for the names of who took them."""
    events = AuditEvent.objects.filter(reference=request.reference).order_by("-number")[:MOST_SHOWN]
    return in_words(events)


def steps_since(found: Iterable[Step], number: int) -> list[Step]:
    """Return what was done after step `number`, oldest first. What was read is left out, and what was written shows itself."""
    return [step for step in reversed(list(found)) if step.number > number and not (step.changes_nothing or step.is_writing)]


def in_words(events: Iterable[AuditEvent]) -> list[Step]:
    events = list(events)
    names = names_of({event.actor for event in events} | {str(event.detail.get("to", "")) for event in events})
    return [_step(event, names) for event in events]


def names_of(actors: Iterable[str]) -> dict[str, str]:
    """Return the name of every account, by username."""
    wanted = set(actors) - {READER, SYSTEM, ""}
    users = get_user_model().objects.filter(username__in=wanted).select_related("adviser")
    return {user.get_username(): name_of(user) for user in users}


def _step(event: AuditEvent, names: dict[str, str]) -> Step:
    what = event.get_action_display()
    if to := event.detail.get("to"):
        what = f"{what} aan {names.get(to, to)}"
    who = names.get(event.actor, event.actor)
    return Step(event.number, event.at, who, what, event.action in _READINGS, event.action in _WRITINGS)
