"""What an adviser can choose at a request: whom to give it to, until when to let it rest, and how to close it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.utils.timezone import get_current_timezone, localtime

from advice.admin.narrowing import handlers
from advice.changing import opening_hours
from advice.models import AdviceRequest
from advice.names import name_of

Outcome = AdviceRequest.Outcome


@dataclass(frozen=True)
class Person:
    username: str
    name: str
    is_away: bool


@dataclass(frozen=True)
class Rest:
    """A moment until which a request can rest."""

    code: str
    label: str
    until: datetime


@dataclass(frozen=True)
class Ending:
    """A way to close a request, and what it does."""

    outcome: str
    label: str
    effect: str


def people(request: AdviceRequest) -> list[Person]:
    """Return who could take over a request. One query."""
    return [Person(user.get_username(), name_of(user), _is_away(user)) for user in handlers() if user.pk != request.assignee_id]


def rests(now: datetime) -> tuple[Rest, ...]:
    today = localtime(now).date()
    return (
        Rest("morgen", "Tot morgenochtend", opening_on(today + timedelta(days=1))),
        Rest("volgende-week", "Tot volgende week", opening_on(today + timedelta(days=7 - today.weekday()))),
    )


def opening_on(day: date) -> datetime:
    """Return when the desk first opens on or after a day."""
    return opening_hours().next_opening(datetime.combine(day, time(0), get_current_timezone()))


def outcomes(request: AdviceRequest) -> list[Ending]:
    """Return how a request can be closed now."""
    found = [Ending(Outcome.SILENT, "Geen reactie meer", "De lezer krijgt een bericht.")]
    if request.first_answered_at:
        found.insert(0, Ending(Outcome.ANSWERED, "Beantwoord", "De lezer krijgt een bericht."))
    return [*found, Ending(Outcome.SPAM, "Ongewenst", "Niemand krijgt een bericht.")]


def _is_away(user: AbstractBaseUser) -> bool:
    return bool(getattr(user, "adviser", None) and user.adviser.is_away)
