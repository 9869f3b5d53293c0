"""How long somebody has been waiting, as an adviser says it: in hours that the desk is open. Pure."""

from dataclasses import dataclass
from datetime import datetime
from math import ceil

from advice.hours import OpeningHours


@dataclass(frozen=True)
class Waiting:
    """`text` says for how long ("3 uur"), `left` how much of the promised time is left ("nog 5 uur", "2 uur te laat")."""

    text: str
    left: str
    is_overdue: bool


def describe(*, since: datetime, due: datetime, now: datetime, hours: OpeningHours) -> Waiting:
    """Return how long somebody who waits since `since` has waited at `now`, and what is left until `due`."""
    waited = said(hours.working_minutes(since, now), hours.hours_per_day)
    if now < due:
        left = f"nog {said(hours.working_minutes(now, due), hours.hours_per_day)}"
        return Waiting(waited, left, is_overdue=False)
    late = max(hours.working_minutes(due, now), 1)  # also on the first minute, and while the desk is closed
    return Waiting(waited, f"{said(late, hours.hours_per_day)} te laat", is_overdue=True)


def said(minutes: float, hours_per_day: float) -> str:
    """Return open time in a few characters: "25 min", "3 uur", "2 werkdagen". A begun minute counts; the rest is rounded."""
    if minutes <= 59:
        return f"{ceil(minutes)} min"
    hours = round(minutes / 60)
    if hours < hours_per_day:
        return f"{hours} uur"
    days = max(round(minutes / 60 / hours_per_day), 1)
    return "1 werkdag" if days == 1 else f"{days} werkdagen"
