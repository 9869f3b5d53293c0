"""Counts that all processes share, and that name nobody."""

from datetime import UTC, datetime, timedelta

import pytest

from advice.limits import count_hit, window_start
from advice.models import RateBucket
from tests.advice.factories import NOW

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def test_a_count_goes_up_within_its_window_and_starts_again_after_it():
    counted = [count_hit("x", "a", now=NOW + timedelta(minutes=minutes), window=HOUR) for minutes in (0, 30, 59, 60)]
    assert counted == [1, 2, 3, 1]


def test_who_and_what_are_counted_apart_and_writing_differently_does_not_help():
    hits = [("x", "a"), ("x", "b"), ("y", "a"), ("x", " A ")]
    assert [count_hit(what, who, now=NOW, window=HOUR) for what, who in hits] == [1, 1, 1, 2]


def test_a_key_names_nobody_and_differs_every_day():
    for days in (0, 1):
        count_hit("question-from", "lezer@example.org", now=NOW + timedelta(days=days), window=timedelta(days=1))
    keys = set(RateBucket.objects.values_list("key", flat=True))
    assert len(keys) == 2
    assert all(len(key) == 64 and "lezer" not in key for key in keys)


def test_windows_follow_each_other_whatever_the_time_zone():
    assert window_start(NOW, HOUR) == datetime(2026, 11, 24, 9, tzinfo=UTC)
    assert window_start(NOW.astimezone(UTC), HOUR) == window_start(NOW, HOUR)
