"""How long somebody waits, in hours that the desk is open."""

from datetime import timedelta

import pytest

from advice.changing import due, opening_hours
from advice.waiting import Waiting, describe, said
from tests.advice.factories import NOW


@pytest.mark.parametrize(
    ("minutes", "text"),
    [
        (0, "0 min"),
        (0.2, "1 min"),
        (59, "59 min"),
        (59.1, "1 uur"),
        (89, "1 uur"),
        (91, "2 uur"),
        (7 * 60 + 29, "7 uur"),
        (7 * 60 + 31, "1 werkdag"),
        (11 * 60, "1 werkdag"),
        (13 * 60, "2 werkdagen"),
    ],
)
def test_open_time_is_said_in_a_few_characters(minutes, text):
    assert said(minutes, 8) == text


@pytest.mark.parametrize(
    ("passed", "expected"),
    [
        (timedelta(), Waiting("0 min", "nog 1 werkdag", is_overdue=False)),
        (timedelta(hours=3), Waiting("3 uur", "nog 5 uur", is_overdue=False)),
        (timedelta(hours=20), Waiting("7 uur", "nog 1 uur", is_overdue=False)),  # 06:00, before the desk opens
        (timedelta(days=1), Waiting("1 werkdag", "1 min te laat", is_overdue=True)),
        (timedelta(days=1, hours=2), Waiting("1 werkdag", "2 uur te laat", is_overdue=True)),
        (timedelta(days=6), Waiting("4 werkdagen", "3 werkdagen te laat", is_overdue=True)),  # over a weekend
    ],
)
def test_waiting_says_for_how_long_and_what_is_left(passed, expected):
    assert describe(since=NOW, due=due(NOW), now=NOW + passed, hours=opening_hours()) == expected
