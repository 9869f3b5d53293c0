"""What a reader is told about the wait for an answer."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from advice.durations import bucket_of
from advice.expectation import expected_wait
from advice.models import DailyFact
from tests.advice.factories import NOW  # a Tuesday, 10:00

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("Europe/Amsterdam")
TODAY = date(2026, 11, 24)


def note_answers(times: int, *, minutes: float, day: date = TODAY, kind: str = "first_answer", **fields) -> None:
    DailyFact.objects.create(day=day, kind=kind, bucket=bucket_of(minutes), count=times, **fields)


def test_without_enough_facts_the_promise_of_the_desk_counts():
    assert expected_wait(NOW) == "binnen 1 werkdag"
    note_answers(19, minutes=30)
    note_answers(50, minutes=30, kind="answer")
    assert expected_wait(NOW) == "binnen 1 werkdag"


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (0, "binnen een half uur"),
        (20, "binnen een half uur"),
        (100, "binnen ongeveer 2 uur"),
        (400, "binnen ongeveer 7 uur"),
        (440, "binnen 1 werkdag"),
        (900, "binnen 2 werkdagen"),
    ],
)
def test_the_wait_is_what_nine_of_ten_waited_rounded_up(minutes, said):
    note_answers(20, minutes=minutes)
    assert expected_wait(NOW) == said


@pytest.mark.parametrize("minutes", [*range(1, 27), 35, 45, 60, 80, 110])
def test_while_the_desk_stays_open_no_moment_is_named(minutes):
    note_answers(20, minutes=minutes)
    assert expected_wait(NOW).startswith("binnen ")


def test_one_of_ten_may_take_longer_and_two_may_not():
    note_answers(18, minutes=100)
    note_answers(2, minutes=2_000, adviser="anna")
    assert expected_wait(NOW) == "binnen ongeveer 2 uur"
    note_answers(1, minutes=2_000, adviser="britt")
    assert expected_wait(NOW) == "binnen 5 werkdagen"


def test_facts_of_all_topics_and_advisers_count_and_old_ones_do_not():
    note_answers(10, minutes=100, topic="magnesium", adviser="anna")
    note_answers(10, minutes=100, topic="slaap", adviser="britt", day=TODAY - timedelta(days=27))
    note_answers(90, minutes=3_000, day=TODAY - timedelta(days=28))
    assert expected_wait(NOW) == "binnen ongeveer 2 uur"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (datetime(2026, 11, 24, 14, 50, tzinfo=ZONE), "binnen ongeveer 2 uur"),
        (datetime(2026, 11, 24, 16, 0, tzinfo=ZONE), "uiterlijk woensdag 25 november rond 10 uur"),
        (datetime(2026, 11, 27, 20, 0, tzinfo=ZONE), "uiterlijk maandag 30 november rond 11 uur"),
        (datetime(2026, 12, 24, 17, 0, tzinfo=ZONE), "uiterlijk maandag 28 december rond 11 uur"),
    ],
)
def test_when_the_desk_closes_in_between_a_day_and_an_hour_are_named(asked, said):
    note_answers(30, minutes=100, day=asked.date())
    assert expected_wait(asked) == said
