"""The report: plots with the same figures in words, for a period that somebody chooses."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.advice.factories import make_answer, make_request

pytestmark = pytest.mark.django_db
URL = "/beheer/advice/advicerequest/rapport/"


@pytest.fixture
def answered(britt):
    now = timezone.now()
    request = make_request(now=now - timedelta(hours=3), article_slug="magnesium")
    make_answer(request, by=britt, now=now)
    return request


def test_the_report_has_plots_and_tables(answered, client, manager):
    client.force_login(manager)
    html = client.get(URL).content.decode()
    assert html.count('class="plot"') == 6
    assert '<th scope="row">magnesium</th><td>1</td><td>1</td>' in html
    assert '<th scope="row">Britt</th>' in html
    assert "style=" not in html


def test_an_adviser_sees_no_figures_per_adviser(answered, britt_client):
    html = britt_client.get(URL).content.decode()
    assert "Per adviseur" not in html
    assert "Per onderwerp" in html


def test_an_empty_report_says_so(britt_client):
    assert "Nog geen gegevens" in britt_client.get(URL).content.decode()


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("van=2026-01-01", "Vul twee dagen in"),
        ("van=gisteren&tot=morgen", "Vul twee dagen in"),
        ("van=2026-02-30&tot=2026-03-01", "Vul twee dagen in"),
        ("van=2026-03-01&tot=2026-02-01", "ligt voor de eerste"),
        ("van=2000-01-01&tot=2026-02-01", "hooguit drie jaar"),
    ],
)
def test_a_period_that_can_not_be_is_told(britt_client, query, said):
    html = britt_client.get(f"{URL}?{query}").content.decode()
    assert said in html
    assert 'role="alert"' in html


def test_a_long_period_goes_by_week(britt_client):
    assert "week van 5 jan" in britt_client.get(f"{URL}?van=2026-01-05&tot=2026-03-01").content.decode()


def test_who_does_not_work_at_the_desk_is_refused(writer_client):
    assert writer_client.get(URL).status_code == 403
