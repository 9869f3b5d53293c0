from collections import Counter
from fractions import Fraction
from math import ceil, inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advice.durations import MAXIMAL_RELATIVE_ERROR, bucket_of, percentile, spoken_duration, upper_bound

MINUTES = st.floats(0, 2_000_000) | st.integers(0, 100_000)
SHARES = st.integers(1, 100).map(lambda percent: percent / 100)


def exact_percentile(durations: list[float], percent: int) -> float:
    return sorted(durations)[ceil(Fraction(percent, 100) * len(durations)) - 1]


@given(MINUTES)
def test_a_duration_lies_between_the_bounds_of_its_bucket(minutes):
    bucket = bucket_of(minutes)

    assert minutes <= upper_bound(bucket)
    assert bucket == 0 or upper_bound(bucket - 1) < minutes


def test_the_upper_bound_of_a_bucket_is_in_it():
    assert [bucket_of(upper_bound(bucket)) for bucket in range(201)] == list(range(201))


def test_buckets_grow_by_a_tenth():
    assert [round(upper_bound(bucket), 2) for bucket in (0, 1, 2, 50)] == [1, 1.1, 1.21, 117.39]
    assert [bucket_of(minutes) for minutes in (0, 1, 1.05, 60, 480)] == [0, 0, 1, 43, 65]


@given(st.lists(MINUTES, min_size=1, max_size=200), st.integers(1, 100))
def test_percentile_is_never_too_low_and_at_most_a_tenth_too_high(durations, percent):
    found = percentile(Counter(bucket_of(minutes) for minutes in durations), percent / 100)
    exact = exact_percentile(durations, percent)

    assert exact <= found <= max(1, exact * (1 + MAXIMAL_RELATIVE_ERROR + 1e-12))


@given(st.lists(MINUTES, min_size=1), st.lists(MINUTES), SHARES)
def test_counts_of_days_add_up(monday, tuesday, share):
    counts = Counter(map(bucket_of, monday)) + Counter(map(bucket_of, tuesday))

    assert percentile(counts, share) == percentile(Counter(map(bucket_of, [*tuesday, *monday])), share)


@given(st.dictionaries(st.integers(0, 200), st.integers(0, 9)), SHARES, SHARES)
def test_a_larger_share_takes_no_less_time(counts, one, other):
    found = [percentile(counts, share) for share in sorted((one, other))]

    assert found == [None, None] if not any(counts.values()) else found[0] <= found[1]


def test_percentile_of_known_counts():
    assert percentile({}, 0.5) is None
    assert percentile({4: 0}, 0.5) is None
    assert percentile({4: 9, 30: 1}, 0.9) == upper_bound(4)
    assert percentile({4: 9, 30: 1}, 0.91) == upper_bound(30)
    assert percentile({0: 7, 30: 93}, 0.07) == upper_bound(0)
    assert percentile({0: 7, 30: 93}, 1) == upper_bound(30)


@pytest.mark.parametrize(
    ("minutes", "hours_per_day", "said"),
    [
        (0, 8, "minder dan een half uur"),
        (29.9, 8, "minder dan een half uur"),
        (30, 8, "ongeveer een half uur"),
        (31, 8, "ongeveer 1 uur"),
        (60, 8, "ongeveer 1 uur"),
        (61, 8, "ongeveer 2 uur"),
        (170, 8, "ongeveer 3 uur"),
        (420, 8, "ongeveer 7 uur"),
        (421, 8, "1 werkdag"),
        (480, 8, "1 werkdag"),
        (481, 8, "2 werkdagen"),
        (960, 8, "2 werkdagen"),
        (4_320, 8, "9 werkdagen"),
        (430, 7.5, "1 werkdag"),
        (451, 7.5, "2 werkdagen"),
        (50, 0.5, "2 werkdagen"),
    ],
)
def test_spoken_duration(minutes, hours_per_day, said):
    assert spoken_duration(minutes, hours_per_day) == said


@given(st.floats(0, 100_000), st.sampled_from([4, 6.5, 7.6, 8, 24]))
def test_spoken_duration_promises_no_less_than_the_truth(minutes, hours_per_day):
    said = spoken_duration(minutes, hours_per_day)
    number = next((int(word) for word in said.split() if word.isdigit()), 0.5)
    promised = number * 60 * (hours_per_day if "werkdag" in said else 1)

    assert minutes <= promised * (1 + 1e-9)
    assert promised - minutes <= 60 * (hours_per_day if "werkdag" in said else 1) + 1e-6


@pytest.mark.parametrize("minutes", [-0.1, nan, inf, 1e12])
def test_impossible_durations_have_no_bucket(minutes):
    with pytest.raises(ValueError, match="No bucket"):
        bucket_of(minutes)


@pytest.mark.parametrize(
    "call",
    [
        lambda: upper_bound(-1),
        lambda: upper_bound(201),
        lambda: percentile({1: 1}, 0),
        lambda: percentile({1: 1}, 1.01),
        lambda: percentile({1: 1, 2: -1}, 0.5),
        lambda: percentile({-3: 1}, 0.5),
        lambda: spoken_duration(-1, 8),
        lambda: spoken_duration(nan, 8),
        lambda: spoken_duration(10, 0),
    ],
)
def test_impossible_values_are_refused(call):
    with pytest.raises(ValueError, match=r"."):
        call()
