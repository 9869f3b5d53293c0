"""Moments as people type and read them, in Dutch time, against moments as the database keeps them, in UTC. Pure."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.formats import date_format

ZONE = ZoneInfo("Europe/Amsterdam")
FORMATS = ("%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%d-%m-%Y %H:%M")
LAST_YEAR = 2200


class TimeRefused(ValueError):
    """A typed moment can't be used; the message says why and what to do, in Dutch."""


@dataclass(frozen=True)
class Moment:
    """A moment in UTC. `remark` tells the person who typed it how it was read, when that is not obvious."""

    at: datetime
    remark: str = ""


def read_moment(typed: str, *, now: datetime) -> Moment:
    """Return the moment that `typed` says in Dutch time, to the minute. It must lie after `now`.

    Of an hour that happens twice in autumn, the first is meant, unless it has passed.
    Raises TimeRefused for what is no moment, for the past, and for a time that the clock skips in spring.
    """
    naive = _parse(typed)
    moments = _meant(naive)
    ahead = [moment for moment in moments if moment > now]
    if not ahead:
        raise TimeRefused("Dat moment is al voorbij. Kies een later moment.")
    if len(moments) == 1:
        return Moment(ahead[0])
    which = "eerste (zomertijd)" if ahead[0] == moments[0] else "tweede (wintertijd)"
    remark = f"Op {say_date(naive.date())} is het twee keer {naive:%H:%M}, omdat de klok teruggaat: gekozen is de {which} keer."
    return Moment(ahead[0], remark)


def read_span(day: date, clock: time | None) -> tuple[datetime, datetime]:
    """Return the moments (UTC) from which and before which something was on that Dutch day, or in that minute of it.

    A minute that happens twice counts from its first time up to and including its second. Raises TimeRefused for a skipped minute.
    """
    if not 2000 <= day.year <= LAST_YEAR:
        raise TimeRefused(f"Kies een dag tussen 2000 en {LAST_YEAR}.")
    if clock is None:
        return tuple(_meant(datetime.combine(when, time()))[0] for when in (day, day + timedelta(days=1)))
    moments = _meant(datetime.combine(day, clock.replace(second=0, microsecond=0)))
    return moments[0], moments[-1] + timedelta(minutes=1)


def say(moment: datetime) -> str:
    """Return a moment as people read it: 3 december 2026, 09:00."""
    return date_format(moment.astimezone(ZONE), "j F Y, H:i")


def say_date(day: date) -> str:
    return date_format(day, "j F Y")


def _parse(typed: str) -> datetime:
    for form in FORMATS:
        try:
            naive = datetime.strptime(typed.strip(), form)
        except ValueError:
            continue
        if naive.year > LAST_YEAR:
            raise TimeRefused("Dat is te ver weg. Klopt het jaar?")
        if naive.year < 2000:
            raise TimeRefused("Dat moment is al voorbij. Kies een later moment.")
        return naive
    raise TimeRefused("Vul een datum en een tijd in, bijvoorbeeld 31-12-2026 09:00.")


def _meant(naive: datetime) -> list[datetime]:
    """Return the moments at which Dutch clocks show `naive`: one, or two in autumn. Raises TimeRefused when they skip it."""
    found = sorted({naive.replace(tzinfo=ZONE, fold=fold).astimezone(UTC) for fold in (0, 1)})
    shown = [moment for moment in found if moment.astimezone(ZONE).replace(tzinfo=None) == naive]
    if not shown:
        raise TimeRefused(
            f"De tijd {naive:%H:%M} bestaat niet op {say_date(naive.date())}: de klok gaat dan een uur vooruit. "
            "Kies een andere tijd."
        )
    return shown
