"""What a reader may expect: how long an answer takes. Never more hopeful than what the desk has promised."""

from datetime import datetime

from django.conf import settings

from advice.durations import spoken_duration


def expected_wait(now: datetime) -> str:
    """Return how long a question that comes in now will wait, in Dutch: "binnen 1 werkdag"."""
    hours = settings.ADVICE_OPENING_HOURS
    return f"binnen {spoken_duration(settings.ADVICE_ANSWER_WITHIN_MINUTES, hours.hours_per_day)}"
