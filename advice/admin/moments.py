"""Moments as a colleague would say them, in Dutch time."""

from datetime import datetime, timedelta

from django.utils.formats import date_format
from django.utils.timezone import localtime


def say(moment: datetime, now: datetime) -> str:
    """Return "vandaag 10:31", "gisteren 10:31", "morgen 09:00", "wo 25 nov 10:31", or with the year when that is another."""
    moment, today = localtime(moment), localtime(now).date()
    clock = date_format(moment, "H:i")
    near = {today: "vandaag", today - timedelta(days=1): "gisteren", today + timedelta(days=1): "morgen"}
    if moment.date() in near:
        return f"{near[moment.date()]} {clock}"
    day = date_format(moment, "D j M" if moment.year == today.year else "D j M Y").lower()
    return f"{day} {clock}"
