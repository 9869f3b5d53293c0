"""How the desk is doing: from the daily counts, which hold no personal data and outlive every request, and from what waits now."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Sum

from advice.changing import opening_hours
from advice.durations import percentile
from advice.models import AdviceRequest, Adviser, DailyFact, Topic
from advice.permissions import HANDLE, MANAGE, require

Kind = DailyFact.Kind
LONGEST_BY_DAY = 31  # days; a longer period is shown by week
MOST_ROWS = 20  # topics, articles or advisers in a list
AGES = ((8 * 60, "tot 1 werkdag"), (16 * 60, "1 tot 2 werkdagen"), (40 * 60, "2 tot 5 werkdagen"), (None, "langer dan 5 werkdagen"))


@dataclass(frozen=True)
class Moment:
    """A day, or a week from its Monday on. Durations in working minutes, None without a first answer."""

    day: date
    received: int = 0
    answers: int = 0
    median: float | None = None
    slow: float | None = None  # 90 of 100 first answers came sooner


@dataclass(frozen=True)
class Group:
    """One topic, article or adviser. `rating` is the mean from 1 to 3, None without ratings."""

    name: str
    received: int
    answers: int
    closed: int
    median: float | None
    slow: float | None
    rating: float | None
    ratings: int


@dataclass(frozen=True)
class Report:
    """Everything about the days from `first` up to and including `last`; `waiting` is of now."""

    first: date
    last: date
    by_week: bool
    moments: tuple[Moment, ...]
    total: Group
    topics: tuple[Group, ...]
    articles: tuple[Group, ...]
    advisers: tuple[Group, ...]
    waiting: tuple[tuple[str, int], ...]


def make_report(first: date, last: date, *, by: AbstractBaseUser, now: datetime) -> Report:
    """Return the report of a period. Only who runs the desk sees figures per adviser. Raises PermissionDenied, or ValueError
    when `last` lies before `first`."""
    if not by.has_perm(MANAGE):
        require(by, HANDLE)
    if last < first:
        raise ValueError("Het einde ligt voor het begin.")
    facts = DailyFact.objects.filter(day__range=(first, last))
    by_week = (last - first).days >= LONGEST_BY_DAY
    topics = dict(Topic.objects.values_list("slug", "name"))
    names = dict(Adviser.objects.values_list("user__username", "name"))
    return Report(
        first=first,
        last=last,
        by_week=by_week,
        moments=_moments(_counted(facts, "day"), first, last, by_week=by_week),
        total=_group("alles", [(kind, bucket, count) for _, kind, bucket, count in _counted(facts, None)]),
        topics=_groups(_counted(facts, "topic"), topics),
        articles=_groups(_counted(facts.exclude(article=""), "article"), {}),
        advisers=_groups(_counted(facts.exclude(adviser=""), "adviser"), names) if by.has_perm(MANAGE) else (),
        waiting=_waiting(now),
    )


def _counted(facts, column: str | None) -> list[tuple]:
    """Return (value of the column, kind, bucket, count), added up by the database."""
    columns = [column, "kind", "bucket"] if column else ["kind", "bucket"]
    rows = facts.order_by().values_list(*columns).annotate(total=Sum("count")).filter(total__gt=0)
    return list(rows) if column else [(None, *row) for row in rows]


def _moments(rows: list[tuple], first: date, last: date, *, by_week: bool) -> tuple[Moment, ...]:
    found = defaultdict(list)
    for day, *fact in rows:
        found[_start(day, by_week)].append(tuple(fact))
    step, day, moments = timedelta(days=7 if by_week else 1), _start(first, by_week), []
    while day <= last:
        group = _group("", found[day])
        moments.append(Moment(day, group.received, group.answers, group.median, group.slow))
        day += step
    return tuple(moments)


def _start(day: date, by_week: bool) -> date:
    return day - timedelta(days=day.weekday()) if by_week else day


def _groups(rows: list[tuple], names: dict[str, str]) -> tuple[Group, ...]:
    """Return the largest groups first."""
    found = defaultdict(list)
    for value, *fact in rows:
        found[value].append(tuple(fact))
    groups = [_group(names.get(value, value), facts) for value, facts in found.items()]
    return tuple(sorted(groups, key=lambda group: (-group.received, -group.answers, group.name))[:MOST_ROWS])


def _group(name: str, facts: Iterable[tuple[str, int, int]]) -> Group:
    totals, speeds, ratings = defaultdict(int), defaultdict(int), defaultdict(int)
    for kind, bucket, count in facts:
        totals[kind] += count
        if kind == Kind.FIRST_ANSWER:
            speeds[bucket] += count
        if kind == Kind.RATED:
            ratings[bucket] += count
    rated = sum(ratings.values())
    return Group(
        name=name,
        received=totals[Kind.RECEIVED],
        answers=totals[Kind.ANSWER],
        closed=totals[Kind.CLOSED],
        median=percentile(speeds, 0.5),
        slow=percentile(speeds, 0.9),
        rating=sum(rating * count for rating, count in ratings.items()) / rated if rated else None,
        ratings=rated,
    )


def _waiting(now: datetime) -> tuple[tuple[str, int], ...]:
    """Return how many requests wait for us now, by how long, in working time. Reads the index of what waits, and no more."""
    counts, hours = dict.fromkeys((label for _, label in AGES), 0), opening_hours()
    for since in AdviceRequest.objects.waiting().order_by().values_list("waiting_since", flat=True).iterator():
        minutes = hours.working_minutes(since, now)
        counts[next(label for most, label in AGES if most is None or minutes < most)] += 1
    return tuple(counts.items())
