"""How long a reader may expect to wait for a first answer, honestly: from how long others waited lately."""

from datetime import datetime, timedelta
from math import ceil

from django.db.models import Sum
from django.utils import timezone
from django.utils.formats import date_format

from advice.changing import opening_hours
from advice.durations import percentile, spoken_duration
from advice.models import DailyFact

DAYS_BACK = 28
FEWEST = 20  # first answers; fewer say too little
SHARE = 0.9  # nine readers of ten waited no longer than this
WITHOUT_FACTS = "binnen 1 werkdag"


def expected_wait(now: datetime) -> str:
    """Return within what time somebody who asks at `now` most probably has an answer, to follow "Meestal antwoorden we".

    Nine of ten first answers of the last four weeks came within it. It is time during which the desk is open; when closing time
    comes in between, a day and an hour are named instead.
    """
    minutes = _minutes_of_work(now)
    if minutes is None:
        return WITHOUT_FACTS
    hours = opening_hours()
    spoken = spoken_duration(minutes, hours.hours_per_day)
    if "werkdag" in spoken:
        return f"binnen {spoken}"
    if hours.working_minutes(now, now + timedelta(minutes=minutes)) < minutes:
        return _by(hours.add_working_minutes(now, minutes))
    return "binnen een half uur" if minutes <= 30 else f"binnen {spoken}"


def _minutes_of_work(now: datetime) -> int | None:
    today = timezone.localtime(now).date()
    facts = DailyFact.objects.filter(kind=DailyFact.Kind.FIRST_ANSWER, day__gt=today - timedelta(days=DAYS_BACK), day__lte=today)
    counts = dict(facts.order_by("bucket").values_list("bucket").annotate(times=Sum("count")))
    return ceil(percentile(counts, SHARE)) if sum(counts.values()) >= FEWEST else None


def _by(moment: datetime) -> str:
    """Name a moment, rounded up to the hour."""
    local = timezone.localtime(moment)
    return f"uiterlijk {date_format(local, 'l j F')} rond {ceil(local.hour + local.minute / 60)} uur"
