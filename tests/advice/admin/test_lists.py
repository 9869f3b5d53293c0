"""Every list of the desk walks one index from its beginning, so that it stays as quick with a million requests."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from advice import handling
from advice.admin import narrowing
from advice.admin.lists import LISTS, MOST_COUNTED
from advice.admin.undo import recallable
from tests.advice.factories import NOW, make_answer, make_request

pytestmark = pytest.mark.django_db
INDEX = {
    "nieuw": "request_mine",
    "van-mij": "request_mine",
    "te-laat": "request_due",
    "wacht-op-ons": "request_waiting",
    "uitgesteld": "request_snoozed",
    "wacht-op-lezer": "request_answered",
    "mislukte-mail": "request_failed_mail",
    "quarantaine": "request_quarantine",
    "gesloten": "request_closed",
}


@pytest.fixture
def requests(britt):
    made = [make_request(now=NOW - timedelta(hours=n)) for n in range(4)]
    make_answer(made[0], by=britt)
    handling.close(made[1], by=britt, outcome="silent", version=1, now=NOW)
    make_request(suspicions=("veel links",))


def plan(rows) -> str:
    sql, values = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", values)
        return "; ".join(row[3] for row in cursor.fetchall())


@pytest.mark.parametrize("each", LISTS, ids=lambda each: each.code)
def test_a_list_reads_one_index_in_its_order_and_sorts_nothing(only_on_sqlite, britt, requests, each):
    found = plan(each.rows(britt, NOW)[:50])
    assert (f"INDEX {INDEX[each.code]} " in f"{found} ", "TEMP B-TREE" in found) == (True, False), found


@pytest.mark.parametrize("each", LISTS, ids=lambda each: each.code)
def test_counting_and_narrowing_start_from_the_same_index(only_on_sqlite, britt, requests, each):
    counted = plan(each.find(britt, NOW).order_by()[:MOST_COUNTED])
    narrowed = plan(narrowing.Narrowing(topic="slaap").apply(each.rows(britt, NOW)))
    for found in (counted, narrowed):
        assert "SCAN advice_advicerequest;" not in f"{found};", found
    assert INDEX[each.code] in narrowed
    if each.code in ("nieuw", "van-mij"):  # an index of all that somebody ever had leads past everything they closed
        assert INDEX[each.code] in counted


def test_what_can_be_taken_back_is_found_by_the_mails_that_wait(only_on_sqlite, britt, requests):
    with CaptureQueriesContext(connection) as asked:
        assert len(recallable(by=britt, now=NOW)) == 1
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {asked[0]['sql']}")
        first = cursor.fetchall()[0][3]
    assert "mail_pending" in first
