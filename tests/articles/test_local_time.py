"""Moments as people type them, around the nights in which Dutch clocks jump."""

from datetime import UTC, date, datetime, time

import pytest

from articles.local_time import TimeRefused, read_moment, read_span, say

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-12-03T09:00", "2026-12-03T08:00"),
        ("2026-07-03T09:00", "2026-07-03T07:00"),
        (" 03-12-2026 09:00 ", "2026-12-03T08:00"),
        ("2027-03-28T01:59", "2027-03-28T00:59"),
        ("2027-03-28T03:00", "2027-03-28T01:00"),
        ("2026-10-25T01:59", "2026-10-24T23:59"),
        ("2026-10-25T03:00", "2026-10-25T02:00"),
    ],
)
def test_typed_moment_is_dutch_time(typed, meant):
    moment = read_moment(typed, now=LONG_AGO)

    assert (moment.at, moment.remark) == (utc(meant), "")


@pytest.mark.parametrize("typed", ["2027-03-28T02:00", "2027-03-28T02:30", "2027-03-28T02:59", "2031-03-30T02:15"])
def test_time_that_the_clock_skips_is_refused(typed):
    with pytest.raises(TimeRefused, match=r"bestaat niet op \d+ maart \d{4}: de klok gaat dan een uur vooruit"):
        read_moment(typed, now=LONG_AGO)


def test_time_that_comes_twice_means_the_first_and_says_so():
    moment = read_moment("2026-10-25T02:30", now=LONG_AGO)

    assert moment.at == utc("2026-10-25T00:30")
    assert moment.remark == (
        "Op 25 oktober 2026 is het twee keer 02:30, omdat de klok teruggaat: gekozen is de eerste (zomertijd) keer."
    )


def test_time_that_comes_twice_means_the_second_when_the_first_has_passed():
    moment = read_moment("2026-10-25T02:30", now=utc("2026-10-25T00:45"))

    assert moment.at == utc("2026-10-25T01:30")
    assert "de tweede (wintertijd) keer" in moment.remark


@pytest.mark.parametrize("typed", ["2026-10-25T02:30", "2026-10-25T01:00", "1999-12-31T23:59", "0001-01-01T00:00"])
def test_past_is_refused(typed):
    with pytest.raises(TimeRefused, match="al voorbij"):
        read_moment(typed, now=utc("2026-10-25T01:30"))


def test_minute_of_now_is_past():
    with pytest.raises(TimeRefused, match="al voorbij"):
        read_moment("2026-12-03T09:00", now=utc("2026-12-03T08:00"))


@pytest.mark.parametrize("typed", ["", "morgen", "2026-13-01T09:00", "2026-12-03", "2026-12-03T24:00", "2026-12-03T09:00+01:00"])
def test_what_is_no_moment_is_refused_with_an_example(typed):
    with pytest.raises(TimeRefused, match="bijvoorbeeld 31-12-2026 09:00"):
        read_moment(typed, now=LONG_AGO)


def test_year_with_a_slip_is_refused():
    with pytest.raises(TimeRefused, match="jaar"):
        read_moment("2926-12-03T09:00", now=LONG_AGO)


@pytest.mark.parametrize(
    ("day", "start", "end", "hours"),
    [
        (date(2026, 12, 3), "2026-12-02T23:00", "2026-12-03T23:00", 24),
        (date(2027, 3, 28), "2027-03-27T23:00", "2027-03-28T22:00", 23),
        (date(2026, 10, 25), "2026-10-24T22:00", "2026-10-25T23:00", 25),
    ],
)
def test_dutch_day_has_the_hours_that_it_has(day, start, end, hours):
    span = read_span(day, None)

    assert span == (utc(start), utc(end))
    assert (span[1] - span[0]).total_seconds() == hours * 3600


def test_minute_of_a_day():
    assert read_span(date(2026, 12, 3), time(9, 0)) == (utc("2026-12-03T08:00"), utc("2026-12-03T08:01"))
    assert read_span(date(2026, 10, 25), time(2, 30)) == (utc("2026-10-25T00:30"), utc("2026-10-25T01:31"))
    with pytest.raises(TimeRefused, match="bestaat niet"):
        read_span(date(2027, 3, 28), time(2, 30))
    with pytest.raises(TimeRefused, match="tussen 2000"):
        read_span(date(1, 1, 1), None)


def test_moment_is_said_in_dutch_time():
    assert [say(utc(text)) for text in ("2026-12-03T08:00", "2027-03-28T01:00")] == [
        "3 december 2026, 09:00",
        "28 maart 2027, 03:00",
    ]
