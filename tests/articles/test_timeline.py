"""What readers saw when, and who did what."""

from datetime import timedelta

import pytest

from articles.models import Article, ArticleEvent, Publication
from articles.publishing import publish, withdraw
from articles.timeline import live_between, live_intervals, steps
from tests.articles.test_reviewing import write

pytestmark = pytest.mark.django_db
BLINK = timedelta(microseconds=1)


@pytest.fixture
def article(chief) -> Article:
    """Published twice, withdrawn, and published again."""
    publish(write("Een."), by=chief)
    publish(write("Twee."), by=None, reason="Beter")
    withdraw(Article.objects.get(), by=chief, reason="Fout")
    publish(write("Drie."), by=chief)
    return Article.objects.get()


def seen(article: Article, start, end) -> list[int]:
    return [interval.publication.number for interval in live_between(article, start, end)]


def test_each_version_was_live_until_the_next_or_a_withdrawal(article):
    first, second, third = Publication.objects.order_by("number")
    gone = ArticleEvent.objects.get().at

    assert [(i.publication, i.start, i.end) for i in live_intervals(article)] == [
        (first, first.published_at, second.published_at),
        (second, second.published_at, gone),
        (third, third.published_at, None),
    ]


def test_moment_on_the_edge_belongs_to_one_version(article):
    first, second, third = Publication.objects.order_by("number").values_list("published_at", flat=True)
    gone = ArticleEvent.objects.get().at

    moments = [first - BLINK, first, second - BLINK, second, gone - BLINK, gone, third - BLINK, third, third + timedelta(days=900)]
    assert [seen(article, moment, moment + BLINK) for moment in moments] == [[], [1], [1], [2], [2], [], [], [3], [3]]
    assert seen(article, first, gone) == [1, 2]


def test_withdrawal_from_before_the_log_has_no_known_moment(chief):
    article = write("Een.")
    publish(article, by=chief)
    Article.objects.update(status="withdrawn", live=None)

    [interval] = live_intervals(Article.objects.get())
    assert (interval.end, interval.is_end_unknown) == (None, True)


def test_steps_are_told_newest_first(article):
    assert [(step.what, step.by, step.reason, step.version) for step in steps(article)] == [
        ("versie 3 gepubliceerd", "eindredacteur", "", 3),
        ("ingetrokken", "eindredacteur", "Fout", 0),
        ("versie 2 gepubliceerd", "", "Beter", 2),
        ("versie 1 gepubliceerd", "eindredacteur", "", 1),
    ]


def test_questions_cost_the_same_however_long_the_history(article, chief, django_assert_num_queries):
    for text in "abc":
        publish(write(text), by=chief)

    with django_assert_num_queries(4):
        assert (len(steps(article)), len(live_intervals(article))) == (7, 6)
