"""Counts of what happened on a day: right at midnight and with many at once, and without anything about a reader."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
from django.db import connection, transaction

from advice import handling, reader
from advice.facts import count
from advice.models import AdviceRequest, DailyFact
from tests.advice.factories import NOW, make_answer, make_request, make_topic

pytestmark = pytest.mark.django_db
Kind = DailyFact.Kind
FIELDS = ("day", "kind", "topic", "article", "adviser", "bucket", "count")


def facts(*kinds: str) -> list[tuple]:
    return list(DailyFact.objects.filter(kind__in=kinds or Kind.values).order_by("day", "kind", "pk").values_list(*FIELDS))


def test_the_life_of_a_request_is_counted_without_naming_its_reader(britt):
    request = make_request(name="Truus", article_slug="water", topic=make_topic("slaap"))
    make_answer(request, by=britt)
    reader.rate(request, rating=2, now=NOW)
    request.refresh_from_db()
    handling.close(request, by=britt, outcome="answered", version=request.version, now=NOW)
    day, common = NOW.date(), ("slaap", "water")
    assert facts() == [
        (day, "answer", *common, "britt", 0, 1),
        (day, "closed", *common, "britt", 0, 1),
        (day, "first_answer", *common, "britt", 0, 1),
        (day, "rated", *common, "britt", 2, 1),
        (day, "received", *common, "", 0, 1),
    ]


def test_the_same_again_is_one_row_and_anything_else_another():
    request = make_request()
    DailyFact.objects.all().delete()
    for values in ({}, {}, {"adviser": "anna"}, {"bucket": 3}, {"times": 5}):
        count(Kind.CLOSED, request, at=NOW, **values)
    assert [row[4:] for row in facts()] == [("", 0, 7), ("anna", 0, 1), ("", 3, 1)]


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2026, 11, 24, 22, 59, 59, tzinfo=UTC), date(2026, 11, 24)),
        (datetime(2026, 11, 24, 23, 0, tzinfo=UTC), date(2026, 11, 25)),
        (datetime(2026, 7, 1, 21, 59, 59, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2026, 7, 1, 22, 0, tzinfo=UTC), date(2026, 7, 2)),
    ],
    ids=str,
)
def test_a_day_begins_at_midnight_in_the_netherlands(at, day):
    count(Kind.CLOSED, make_request(), at=at)
    assert [row[0] for row in facts("closed")] == [day]


def test_what_is_taken_back_is_not_counted_and_leaves_other_rows_alone():
    request = make_request()
    count(Kind.ANSWER, request, at=NOW, adviser="anna", times=2)
    count(Kind.ANSWER, request, at=NOW, adviser="britt")
    count(Kind.ANSWER, request, at=NOW, adviser="anna", times=-1)
    assert [(row[4], row[6]) for row in facts("answer")] == [("anna", 1), ("britt", 1)]


def test_a_count_goes_with_the_transaction_of_what_it_counts():
    with transaction.atomic():
        request = make_request()
        transaction.set_rollback(True)
    assert (AdviceRequest.objects.filter(pk=request.pk).exists(), facts()) == (False, [])


@pytest.mark.django_db(transaction=True)
def test_many_at_once_lose_no_count(shared_database):
    request = make_request()
    start = threading.Barrier(8)

    def work(thread: int) -> None:
        start.wait()
        try:
            for _ in range(25):
                count(Kind.CLOSED, request, at=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
    assert [row[6] for row in facts("closed")] == [200]
