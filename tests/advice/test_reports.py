"""Reports count what happened, and go on doing so when the requests are gone."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from advice import reader
from advice.handling import close
from advice.models import AdviceRequest, DailyFact
from advice.reports import Moment, make_report
from tests.advice.factories import NOW, make_answer, make_request, make_topic

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


@pytest.fixture
def answered(britt, anna):
    first = make_request(article_slug="magnesium")
    second = make_request(topic=make_topic("slaap", name="Slaap"))
    make_request()
    make_answer(first, by=britt, now=NOW + timedelta(hours=1))
    make_answer(second, by=anna, now=NOW + timedelta(days=1))
    first.refresh_from_db()
    reader.rate(first, rating=3, now=NOW + timedelta(days=1))
    close(first, by=britt, outcome="answered", version=first.version, now=NOW + timedelta(days=2))


def test_a_report_counts_by_day_topic_article_and_adviser(answered, manager):
    report = make_report(TODAY, TODAY + timedelta(days=2), by=manager, now=NOW + timedelta(days=2))
    assert [(moment.day, moment.received, moment.answers) for moment in report.moments] == [
        (TODAY, 3, 1),
        (TODAY + timedelta(days=1), 0, 1),
        (TODAY + timedelta(days=2), 0, 0),
    ]
    assert (report.total.received, report.total.answers, report.total.closed, report.total.rating) == (3, 2, 1, 3.0)
    assert [(group.name, group.received, group.answers) for group in report.topics] == [("Magnesium", 2, 1), ("Slaap", 1, 1)]
    assert [(group.name, group.received, group.ratings) for group in report.articles] == [("magnesium", 1, 1)]
    assert {(group.name, group.answers) for group in report.advisers} == {("Britt", 1), ("Anna", 1)}
    assert dict(report.waiting)["2 tot 5 werkdagen"] == 1


def test_speed_is_in_working_time(answered, manager):
    report = make_report(TODAY, TODAY + timedelta(days=1), by=manager, now=NOW)
    assert report.moments[0].median == pytest.approx(60, rel=0.06)
    assert report.moments[1].median == pytest.approx(480, rel=0.06)
    assert report.total.slow == pytest.approx(480, rel=0.06)


def test_a_long_period_goes_by_week_and_has_no_holes(answered, manager):
    report = make_report(TODAY - timedelta(days=60), TODAY, by=manager, now=NOW)
    assert report.by_week
    assert {moment.day.weekday() for moment in report.moments} == {0}
    assert report.moments[-1].received == 3
    assert report.moments[0] == Moment(report.moments[0].day)
    assert len(report.moments) == 9 + (report.first.weekday() > TODAY.weekday())


def test_a_report_outlives_the_requests(answered, manager):
    before = make_report(TODAY, TODAY + timedelta(days=2), by=manager, now=NOW)
    AdviceRequest.objects.all().delete()
    after = make_report(TODAY, TODAY + timedelta(days=2), by=manager, now=NOW)
    assert (after.total, after.topics, after.moments) == (before.total, before.topics, before.moments)
    assert sum(count for _, count in after.waiting) == 0


def test_the_counts_hold_nothing_of_the_reader(answered):
    kept = str(list(DailyFact.objects.values()))
    assert "lezer@example.org" not in kept
    assert "banaan" not in kept


def test_an_adviser_sees_no_figures_per_adviser(answered, britt, writer):
    assert make_report(TODAY, TODAY, by=britt, now=NOW).advisers == ()
    with pytest.raises(PermissionDenied):
        make_report(TODAY, TODAY, by=writer, now=NOW)


def test_a_period_must_not_end_before_it_begins(manager):
    with pytest.raises(ValueError, match="einde"):
        make_report(TODAY, TODAY - timedelta(days=1), by=manager, now=NOW)


def test_the_number_of_queries_does_not_grow(answered, manager, django_assert_num_queries):
    manager.has_perm("x")
    with django_assert_num_queries(8):
        make_report(TODAY, TODAY, by=manager, now=NOW)
