"""Durations as counts per bucket: enough for p50 and p90 without keeping anybody's time of writing; and said in words. Pure.

Buckets grow by a tenth: bucket 0 holds up to and with 1 minute, bucket `n` what is more than 1.1^(n-1) and at most 1.1^n minutes.
A day's counts are a small mapping of bucket to number, and counts of several days add up. The idea is that of the sketch DDSketch
(https://www.vldb.org/pvldb/vol12/p2195-masson.pdf) without its merging of small buckets.
"""

from bisect import bisect_left
from collections.abc import Mapping
from decimal import Decimal
from itertools import accumulate
from math import ceil

GROWTH = 1.1
MAXIMAL_RELATIVE_ERROR = GROWTH - 1  # of a percentile above one minute; below, the error is at most a minute
_BOUNDS = tuple(GROWTH**bucket for bucket in range(201))  # the last is some 360 years


def bucket_of(minutes: float) -> int:
    """Return the bucket that a duration falls in. Raises ValueError for one below 0, or beyond the last bucket (centuries)."""
    if not 0 <= minutes <= _BOUNDS[-1]:
        raise ValueError(f"No bucket for a duration of {minutes} minutes.")
    return bisect_left(_BOUNDS, minutes)


def upper_bound(bucket: int) -> float:
    """Return the longest duration in a bucket, in minutes: `bucket_of(upper_bound(n)) == n`. Raises ValueError outside 0-200."""
    if not 0 <= bucket < len(_BOUNDS):
        raise ValueError(f"There is no bucket {bucket}.")
    return _BOUNDS[bucket]


def percentile(counts: Mapping[int, int], share: float) -> float | None:
    """Return the minutes within which `share` of the durations lie (0.5 for p50), from the number in each bucket; None for none.

    By nearest rank (https://en.wikipedia.org/wiki/Percentile#The_nearest-rank_method). The answer is the upper bound of the bucket
    with the exact percentile: never less than the truth, and at most `MAXIMAL_RELATIVE_ERROR` (10 %) more, or 1 minute at most
    when the truth is below a minute. So a waiting time that is promised from it errs on the honest side.
    Raises ValueError for a share not above 0 and at most 1, and for negative counts.
    """
    if not 0 < share <= 1:
        raise ValueError(f"A share lies above 0 and at most at 1, unlike {share}.")
    if any(count < 0 for count in counts.values()):
        raise ValueError("A bucket can't hold fewer than no durations.")
    buckets = sorted(bucket for bucket, count in counts.items() if count)
    if not buckets:
        return None
    rank = ceil(Decimal(str(share)) * sum(counts.values()))  # as a decimal: 0.07 x 100 is 7, where floats make it 8
    return upper_bound(buckets[bisect_left(list(accumulate(counts[bucket] for bucket in buckets)), rank)])


def spoken_duration(minutes_of_work: float, hours_per_day: float) -> str:
    """Return a duration of open time in Dutch, as a reader would say it: "ongeveer 3 uur", "2 werkdagen".

    Rounded up, to whole hours within a working day of `hours_per_day` and to whole working days beyond: never less than the truth.
    Raises ValueError for a negative duration or a day without hours.
    """
    if not (minutes_of_work >= 0 and hours_per_day > 0):
        raise ValueError(f"Can't say {minutes_of_work} minutes in days of {hours_per_day} hours.")
    if minutes_of_work <= 30:
        return "minder dan een half uur" if minutes_of_work < 30 else "ongeveer een half uur"
    hours = ceil(Decimal(str(minutes_of_work)) / 60)
    if hours < hours_per_day:
        return f"ongeveer {hours} uur"
    days = ceil(Decimal(str(minutes_of_work)) / (60 * Decimal(str(hours_per_day))))
    return "1 werkdag" if days == 1 else f"{days} werkdagen"
