"""Working time: when the desk is open, and how much open time lies between two moments. Pure.

A moment is an aware datetime in any zone; opening hours are local clock time in the Netherlands. Open time is time that really
passes: a stretch over the spring change of the clock is an hour shorter than the clock says. An opening includes its first
moment and not its last. A clock time that the change skips, or shows twice, is read as Python reads it with `fold=0`.

Free days, from the library `holidays`: the public holidays of article 3 of the Algemene termijnenwet
(https://wetten.overheid.nl/BWBR0002448): New Year's Day, Easter, King's Day, Ascension, Whitsun and Christmas. Two days are free
by agreement only, so they are choices here. Good Friday is a working day unless `good_friday_is_free`. Liberation Day, 5 May, is
free every five years (2025, 2030, …) as most collective agreements have it; `liberation_day_every=1` makes it every year, 0 never.

The first look at a year costs about a millisecond, every later one microseconds: years are kept. (The very first also loads the
library: 0.1 s.)
"""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

ZONE = ZoneInfo("Europe/Amsterdam")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)  # everything is counted in whole ticks, so that adding and measuring agree exactly
_MINUTE = timedelta(minutes=1) // _TICK


@dataclass(frozen=True)
class Opening:
    """From when to when the desk is open on one day, in local time. `closes` at 00:00 means the end of the day."""

    opens: time
    closes: time

    def __post_init__(self) -> None:
        if self.opens.tzinfo or self.closes.tzinfo:
            raise ValueError("Opening hours are local clock times: without a time zone.")
        if self.closes <= self.opens and self.closes != time(0):
            raise ValueError(f"The desk would close ({self.closes}) before it opens ({self.opens}).")


@dataclass(frozen=True)
class OpeningHours:
    """The week of the desk: seven openings, Monday first, None for a closed day. `closed_dates` are extra days off."""

    week: tuple[Opening | None, ...]
    closed_dates: frozenset[date] = frozenset()
    good_friday_is_free: bool = False
    liberation_day_every: int = 5

    def __post_init__(self) -> None:
        if len(self.week) != 7 or not any(self.week):
            raise ValueError("Opening hours have seven days, Monday first, of which at least one is not None.")
        if self.liberation_day_every < 0:
            raise ValueError("liberation_day_every is a number of years, or 0 for never.")

    @classmethod
    def on_workdays(cls, opens: time, closes: time, **choices) -> "OpeningHours":
        """Return the same opening from Monday to Friday, closed at weekends."""
        return cls((Opening(opens, closes),) * 5 + (None,) * 2, **choices)

    @property
    def hours_per_day(self) -> float:
        """Return the mean length of the days of the week that are not closed, in hours by the clock."""
        days = [_span(opening) for opening in self.week if opening]
        return sum(days, timedelta()) / len(days) / timedelta(hours=1)

    def is_free_day(self, day: date) -> bool:
        """Return whether the desk is closed on this date as a public holiday or an extra day off."""
        return day in self.closed_dates or day in _public_holidays(day.year, self.good_friday_is_free, self.liberation_day_every)

    def is_open(self, moment: datetime) -> bool:
        """Return whether the desk is open. Raises ValueError for a naive datetime, as all methods do."""
        ticks, year = _read(moment)
        return _openings(self, year).next_open(ticks) == ticks

    def next_opening(self, moment: datetime) -> datetime:
        """Return the first moment from `moment` on at which the desk is open, in local time: `moment` itself when it is."""
        ticks, year = _read(moment)
        while (found := _openings(self, year).next_open(ticks)) is None:
            year += 1
        return _moment(found)

    def working_minutes(self, start: datetime, end: datetime) -> float:
        """Return the minutes between two moments during which the desk is open; 0 when `end` is not after `start`."""
        (first, year), (last, last_year) = _read(start), _read(end)
        if last <= first:
            return 0.0
        whole_years = sum(_openings(self, y).total for y in range(year, last_year))
        return (whole_years + _openings(self, last_year).before(last) - _openings(self, year).before(first)) / _MINUTE

    def add_working_minutes(self, start: datetime, minutes: float) -> datetime:
        """Return the first moment, in local time, by which the desk has been open for `minutes` since `start`.

        That may be a moment of closing: at 09:00, a full day later is 17:00 and not 09:00 tomorrow. Raises ValueError for a
        negative number and OverflowError past the year 9999.
        """
        if not minutes >= 0:
            raise ValueError(f"Minutes to add must not be negative: {minutes}.")
        first, year = _read(start)
        wanted = round(minutes * _MINUTE)
        if not wanted:
            return _moment(first)
        wanted += _openings(self, year).before(first)
        while wanted > (openings := _openings(self, year)).total:
            wanted -= openings.total
            year += 1
        return _moment(openings.moment_after(wanted))


@dataclass(frozen=True)
class _Openings:
    """All openings of one local year, in order, in ticks since 1970; `sums[i]` is the open time before opening `i`."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    sums: tuple[int, ...]

    @property
    def total(self) -> int:
        return self.sums[-1]

    def next_open(self, ticks: int) -> int | None:
        """Return the first open moment from `ticks` on, or None when the year has no more of them."""
        position = bisect_right(self.ends, ticks)
        return max(ticks, self.starts[position]) if position < len(self.ends) else None

    def before(self, ticks: int) -> int:
        """Return the open time in this year before a moment."""
        position = bisect_right(self.starts, ticks) - 1
        return self.sums[position] + min(ticks, self.ends[position]) - self.starts[position] if position >= 0 else 0

    def moment_after(self, worked: int) -> int:
        """Return the first moment by which this year has had `worked` ticks of open time, for 0 < worked <= total."""
        position = bisect_right(self.sums, worked - 1) - 1
        return self.starts[position] + worked - self.sums[position]


@lru_cache(maxsize=256)
def _openings(hours: OpeningHours, year: int) -> _Openings:
    if year > date.max.year - 1:
        raise OverflowError("No opening hours that late in time.")
    starts, ends, sums = [], [], [0]
    for number in range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal()):
        day = date.fromordinal(number)
        opening = hours.week[day.weekday()]
        if opening and not hours.is_free_day(day):
            closing_day = day if opening.closes != time(0) else day + timedelta(days=1)
            starts.append(_ticks(datetime.combine(day, opening.opens, ZONE)))
            ends.append(_ticks(datetime.combine(closing_day, opening.closes, ZONE)))
            sums.append(sums[-1] + ends[-1] - starts[-1])
    return _Openings(tuple(starts), tuple(ends), tuple(sums))


@lru_cache(maxsize=256)
def _public_holidays(year: int, good_friday_is_free: bool, liberation_day_every: int) -> frozenset[date]:
    found = holidays.country_holidays("NL", years=year, language="en_US")
    by_choice = {"Liberation Day"} if good_friday_is_free else {"Liberation Day", "Good Friday"}
    days = {day for day in found if set(found.get_list(day)) - by_choice}
    if liberation_day_every and year % liberation_day_every == 0:
        days.add(date(year, 5, 5))
    return frozenset(days)


def _span(opening: Opening) -> timedelta:
    start, end = (datetime.combine(date.min, clock) for clock in (opening.opens, opening.closes))
    return end - start if end > start else end - start + timedelta(days=1)


def _read(moment: datetime) -> tuple[int, int]:
    """Return a moment in ticks since 1970 and the local year that it lies in."""
    if moment.utcoffset() is None:
        raise ValueError(f"Working time needs an aware datetime, not {moment!r}.")
    return _ticks(moment), moment.astimezone(ZONE).year


def _ticks(moment: datetime) -> int:
    return (moment.astimezone(UTC) - _EPOCH) // _TICK


def _moment(ticks: int) -> datetime:
    return (_EPOCH + ticks * _TICK).astimezone(ZONE)
