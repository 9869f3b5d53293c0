from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advice import hours as hours_module
from advice.hours import Opening, OpeningHours

ZONE = ZoneInfo("Europe/Amsterdam")
DESK = OpeningHours.on_workdays(time(9), time(17))
ALWAYS = OpeningHours((Opening(time(0), time(0)),) * 7, liberation_day_every=0)
HOLIDAYS_2026 = {(1, 1), (4, 5), (4, 6), (4, 27), (5, 14), (5, 24), (5, 25), (12, 25), (12, 26)}


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def is_open_by_the_clock(hours: OpeningHours, moment: datetime) -> bool:
    """The same question asked in the simplest way: what do the calendar and the clock on the wall say?"""
    wall = moment.astimezone(ZONE)
    opening = hours.week[wall.weekday()]
    if opening is None or (wall.year == 2026 and (wall.month, wall.day) in HOLIDAYS_2026) or wall.date() in hours.closed_dates:
        return False
    return opening.opens <= wall.time() and (wall.time() < opening.closes or opening.closes == time(0))


@st.composite
def openings(draw):
    """Any opening on whole quarters, but none that begins or ends in the hour which a change of the clock skips or repeats."""
    quarters = [n for n in range(96) if not 8 < n < 12]
    opens, closes = sorted(draw(st.lists(st.sampled_from([*quarters, 96]), min_size=2, max_size=2, unique=True)))
    return Opening(time(opens // 4, opens % 4 * 15), time(closes // 4 % 24, closes % 4 * 15))


DAYS_OFF = st.frozensets(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=5)
HOURS = st.builds(
    OpeningHours,
    st.lists(st.none() | openings(), min_size=7, max_size=7).filter(any).map(tuple),
    closed_dates=DAYS_OFF,
)
CHANGES = [datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC)]
NEAR_A_CHANGE = st.builds(
    lambda change, minutes: change + timedelta(minutes=minutes), st.sampled_from(CHANGES), st.integers(-2000, 2000)
)
IN_2026 = st.datetimes(datetime(2026, 1, 2), datetime(2026, 12, 20), timezones=st.sampled_from([UTC, ZONE, ZoneInfo("Asia/Tokyo")]))
MOMENTS = NEAR_A_CHANGE | IN_2026


@given(HOURS, MOMENTS.map(lambda moment: moment.astimezone(UTC).replace(second=0, microsecond=0)), st.integers(0, 3_000))
def test_working_minutes_are_those_of_a_clock_watched_minute_by_minute(hours, start, length):
    watched = sum(is_open_by_the_clock(hours, start + timedelta(minutes=minute)) for minute in range(length))

    assert hours.working_minutes(start, start + timedelta(minutes=length)) == watched


@given(HOURS, MOMENTS)
def test_open_or_closed_is_what_the_clock_says(hours, moment):
    assert hours.is_open(moment) == is_open_by_the_clock(hours, moment)


@given(HOURS, MOMENTS)
def test_next_opening_is_open_with_nothing_open_before_it(hours, moment):
    found = hours.next_opening(moment)

    assert hours.is_open(found)
    assert found.astimezone(UTC) >= moment.astimezone(UTC)
    assert hours.working_minutes(moment, found) == 0
    assert (found.astimezone(UTC) == moment.astimezone(UTC)) == hours.is_open(moment)


@given(HOURS, MOMENTS, st.integers(0, 20_000) | st.floats(0, 20_000))
def test_adding_then_measuring_gives_the_same_minutes(hours, start, minutes):
    end = hours.add_working_minutes(start, minutes)

    assert hours.working_minutes(start, end) == pytest.approx(minutes, abs=1e-7)
    assert hours.working_minutes(start, end) == hours.working_minutes(start, hours.add_working_minutes(start, minutes))


@given(HOURS, MOMENTS, MOMENTS)
def test_measuring_then_adding_gives_the_moment_or_the_closing_before_it(hours, start, end):
    start, end = sorted((start.astimezone(UTC), end.astimezone(UTC)))
    found = hours.add_working_minutes(start, hours.working_minutes(start, end)).astimezone(UTC)

    assert start <= found <= end
    assert hours.working_minutes(found, end) == 0


@given(HOURS, MOMENTS, MOMENTS, MOMENTS)
def test_time_adds_up_and_never_runs_back(hours, one, two, three):
    first, second, third = sorted(moment.astimezone(UTC) for moment in (one, two, three))
    whole, before = hours.working_minutes(first, third), hours.working_minutes(first, second)

    assert 0 <= before <= whole <= (third - first) / timedelta(minutes=1)
    assert before + hours.working_minutes(second, third) == pytest.approx(whole, abs=1e-6)
    assert hours.working_minutes(third, first) == 0


@given(MOMENTS, st.floats(0, 9_000), st.floats(0, 9_000))
def test_more_minutes_never_end_earlier(start, one, other):
    ends = [DESK.add_working_minutes(start, minutes).astimezone(UTC) for minutes in sorted((one, other))]

    assert ends == sorted(ends)


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("2026-11-03T10:00", "2026-11-03T10:45", 45),
        ("2026-11-03T10:00:30", "2026-11-03T10:01", 0.5),
        ("2026-11-03T08:00", "2026-11-03T18:00", 480),
        ("2026-11-06T16:00", "2026-11-09T10:00", 120),  # over a weekend
        ("2026-11-07T11:00", "2026-11-08T11:00", 0),
        ("2026-12-24T16:30", "2026-12-28T09:30", 60),  # Christmas on Friday and Saturday
        ("2025-12-31T12:00", "2026-01-02T12:00", 480),  # from one year into the next
        ("2026-03-27T16:00", "2026-03-30T10:00", 120),  # the clock goes forward in between
    ],
)
def test_working_minutes(start, end, minutes):
    assert DESK.working_minutes(local(start), local(end)) == minutes


def test_a_day_of_the_change_has_23_or_25_hours():
    assert ALWAYS.working_minutes(local("2026-03-29T00:00"), local("2026-03-30T00:00")) == 23 * 60
    assert ALWAYS.working_minutes(local("2026-10-25T00:00"), local("2026-10-26T00:00")) == 25 * 60
    assert ALWAYS.add_working_minutes(local("2026-03-29T01:30"), 60) == local("2026-03-29T03:30")
    second_time = local("2026-10-25T02:30").replace(fold=1)
    assert ALWAYS.add_working_minutes(local("2026-10-25T02:30"), 60).fold == second_time.fold == 1
    assert ALWAYS.is_open(second_time)
    assert ALWAYS.is_open(second_time.astimezone(UTC))


@pytest.mark.parametrize(
    ("moment", "opening"),
    [
        ("2026-11-03T08:59", "2026-11-03T09:00"),
        ("2026-11-03T09:00", "2026-11-03T09:00"),
        ("2026-11-03T16:59:59", "2026-11-03T16:59:59"),
        ("2026-11-03T17:00", "2026-11-04T09:00"),
        ("2026-11-06T17:00", "2026-11-09T09:00"),
        ("2026-12-24T17:00", "2026-12-28T09:00"),
        ("2026-12-31T17:00", "2027-01-04T09:00"),
    ],
)
def test_next_opening(moment, opening):
    assert DESK.next_opening(local(moment)) == local(opening)
    assert DESK.is_open(local(moment)) == (moment == opening)


def test_a_full_day_ends_at_closing_time_and_one_minute_more_is_tomorrow():
    assert DESK.add_working_minutes(local("2026-11-03T09:00"), 480) == local("2026-11-03T17:00")
    assert DESK.add_working_minutes(local("2026-11-03T09:00"), 481) == local("2026-11-04T09:01")
    assert DESK.add_working_minutes(local("2026-11-07T12:00"), 0) == local("2026-11-07T12:00")
    assert DESK.add_working_minutes(datetime(2026, 11, 3, 8, tzinfo=UTC), 30).tzinfo == ZONE


@pytest.mark.parametrize("year", [2025, 2026, 2027, 2030, 2040])
def test_public_holidays_are_those_of_the_law(year):
    easter = {2025: (4, 20), 2026: (4, 5), 2027: (3, 28), 2030: (4, 21), 2040: (4, 1)}[year]
    sunday = date(year, *easter)
    kings_day = date(year, 4, 27) if date(year, 4, 27).weekday() != 6 else date(year, 4, 26)
    fixed = {date(year, 1, 1), kings_day, date(year, 12, 25), date(year, 12, 26)}
    moving = {sunday + timedelta(days=days) for days in (0, 1, 39, 49, 50)}
    liberation = {date(year, 5, 5)} if year % 5 == 0 else set()
    days = [date(year, 1, 1) + timedelta(days=days) for days in range(365)]

    assert {day for day in days if DESK.is_free_day(day)} == fixed | moving | liberation


def test_good_friday_and_liberation_day_are_choices():
    good_friday, liberation = date(2026, 4, 3), date(2026, 5, 5)
    chosen = OpeningHours.on_workdays(time(9), time(17), good_friday_is_free=True, liberation_day_every=1)
    never = OpeningHours.on_workdays(time(9), time(17), liberation_day_every=0)

    assert [DESK.is_free_day(day) for day in (good_friday, liberation)] == [False, False]
    assert [chosen.is_free_day(day) for day in (good_friday, liberation)] == [True, True]
    assert [never.is_free_day(date(2025, 5, 5)), DESK.is_free_day(date(2025, 5, 5))] == [False, True]
    assert never.is_free_day(date(2005, 5, 5))  # Ascension fell on Liberation Day


def test_extra_days_off_are_closed():
    hours = OpeningHours.on_workdays(time(9), time(17), closed_dates=frozenset({date(2026, 11, 3)}))

    assert hours.next_opening(local("2026-11-02T17:00")) == local("2026-11-04T09:00")


def test_hours_per_day_is_the_mean_of_the_open_days():
    week = (Opening(time(9), time(17)), None, Opening(time(20), time(0)), *(None,) * 4)

    assert (DESK.hours_per_day, ALWAYS.hours_per_day, OpeningHours(week).hours_per_day) == (8, 24, 6)


@pytest.mark.parametrize("call", ["is_open", "next_opening", "working_minutes", "add_working_minutes"])
def test_naive_datetimes_are_refused(call):
    naive = datetime(2026, 11, 3, 10)
    arguments = {"working_minutes": (local("2026-11-03T10:00"), naive), "add_working_minutes": (naive, 5)}.get(call, (naive,))

    with pytest.raises(ValueError, match="aware"):
        getattr(DESK, call)(*arguments)


@pytest.mark.parametrize(
    "build",
    [
        lambda: Opening(time(17), time(9)),
        lambda: Opening(time(9), time(9)),
        lambda: Opening(time(9, tzinfo=UTC), time(17)),
        lambda: OpeningHours((None,) * 7),
        lambda: OpeningHours((Opening(time(9), time(17)),) * 5),
        lambda: OpeningHours.on_workdays(time(9), time(17), liberation_day_every=-1),
        lambda: DESK.add_working_minutes(datetime(2026, 1, 1, tzinfo=UTC), -1),
        lambda: DESK.add_working_minutes(datetime(2026, 1, 1, tzinfo=UTC), float("nan")),
    ],
)
def test_impossible_values_are_refused(build):
    with pytest.raises(ValueError, match=r"."):
        build()


def test_time_does_not_run_past_the_calendar():
    with pytest.raises(OverflowError):
        DESK.next_opening(datetime(9999, 6, 1, tzinfo=UTC))


@given(IN_2026, st.integers(0, 1_000))
def test_the_zone_of_a_moment_makes_no_difference(moment, minutes):
    elsewhere = moment.astimezone(timezone(timedelta(hours=-5)))

    assert DESK.add_working_minutes(moment, minutes) == DESK.add_working_minutes(elsewhere, minutes)


def test_a_known_span_looks_at_no_day_again():
    start, end = local("2025-01-02T10:00"), local("2027-01-04T10:00")
    first = DESK.working_minutes(start, end)
    looked = hours_module._openings.cache_info().misses

    assert DESK.working_minutes(start + timedelta(minutes=1), end) == first - 1
    assert hours_module._openings.cache_info().misses == looked
