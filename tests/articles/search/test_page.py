import json
import re

import pytest

from articles.publishing import publish
from articles.rendering.source import SectionSource
from articles.search.finding import ARTICLES_PER_PAGE
from tests.factories import make_article, make_masked_reference

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(chief):
    make_masked_reference("grober2015")
    sections = (SectionSource("Wat is water?", "wat-is-water", "Water stroomt & spettert.[@grober2015]"),)
    publish(make_article(sections=sections), by=chief)


def page(client, typed: str, **more) -> str:
    return client.get("/zoeken/", {"q": typed} | more).content.decode()


def test_without_a_question_there_is_only_the_field(client, article):
    html = client.get("/zoeken/").content.decode()

    assert "<title>Zoeken · Magsite</title>" in html
    assert 'name="q"' in html
    assert "gevonden" not in html


def test_results_have_the_sentence_and_the_places(client, article):
    html = page(client, "stromen")

    assert "<title>‘stromen’ zoeken · Magsite</title>" in html
    assert '<h2 id="gevonden">1 artikel voor ‘stromen’</h2>' in html
    assert '<a href="/artikelen/water/#wat-is-water">Water <mark>stroomt</mark> &amp; spettert.</a>' in html
    assert 'In dit artikel: <a href="/artikelen/water/#wat-is-water">Wat is water?</a>' in html


def test_typing_error_is_named_and_can_be_insisted_on(client, article):
    html = page(client, "spetert")
    assert "1 artikel voor ‘spettert’" in html
    (url,) = re.findall(r'href="(/zoeken/\?q=spetert&amp;letterlijk=1)"', html)

    literal = client.get(url.replace("&amp;", "&")).content.decode()
    assert "Geen artikelen voor ‘spetert’" in literal
    assert '<a href="/artikelen/water/">Waar is water goed voor?</a>' in literal  # the newest articles


def test_what_was_typed_is_shown_as_text(client, article):
    html = page(client, '"><script>alert(1)</script>')

    assert "<script>alert" not in html
    assert "&quot;&gt;&lt;script&gt;" in html


def test_a_question_that_is_too_long_says_so_at_the_field_and_keeps_what_was_typed(client, article):
    html = page(client, "water " * 100)

    assert '<p class="search-error" id="zoekfout">Je zoekvraag is te lang. Gebruik hooguit 100 tekens.</p>' in html
    assert 'aria-invalid="true" aria-describedby="zoekfout"' in html
    assert 'value="water water' in html


@pytest.mark.parametrize(
    "typed", ["\0", "\ud800", "😀" * 50, "x" * 10_000, '"*():^-', "NEAR(a b)", "a AND", "'", "%", "\\", "title:x"]
)
def test_nothing_typed_is_an_error(client, article, typed):
    assert client.get("/zoeken/", {"q": typed.encode("utf-8", "surrogatepass")}).status_code == 200


@pytest.mark.parametrize("number", ["0", "-1", "x", "99999999999999999999", "²", ""])
def test_a_page_that_is_not_there_is_the_nearest(client, article, number):
    assert "1 artikel voor" in page(client, "water", pagina=number)


def test_pages_of_results_lead_to_each_other(client, chief):
    for number in range(ARTICLES_PER_PAGE + 1):
        publish(make_article(slug=f"a-{number}", title=f"Water {number}"), by=chief)

    first = page(client, "water & meer water")
    assert 'href="?q=water+%26+meer+water&amp;pagina=2" rel="next"' in first
    second = page(client, "water", pagina="2")
    assert "11 artikelen voor ‘water’, pagina 2" in second
    assert second.count('class="hit"') == 1


def test_masked_title_is_not_shown(client, article):
    html = page(client, "prevention")

    assert "Magnesium in <mark>prevention</mark> and [...]" in html
    assert "therapy" not in html


def test_questions_are_kept_by_nobody(client, article):
    response = client.get("/zoeken/", {"q": "water"})

    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert not response.cookies


def test_search_only_reads(client, article):
    assert client.post("/zoeken/", {"q": "water"}).status_code == 405


@pytest.mark.parametrize(("articles", "expected"), [(1, 6), (3, 6)])
def test_search_asks_the_database_as_often_for_more_results(client, chief, django_assert_num_queries, articles, expected):
    for number in range(articles):
        publish(make_article(slug=f"a-{number}", title=f"Water {number}"), by=chief)
    with django_assert_num_queries(expected):
        client.get("/zoeken/", {"q": "water"})


def test_every_page_has_the_field_and_a_missing_page_offers_it(client, article):
    home = client.get("/").content.decode()
    assert '<form class="find" role="search" action="/zoeken/">' in home
    assert 'href="/zoeken/"' in home
    assert '<label for="zoekvraag">Zoek verder</label>' in client.get("/weg/").content.decode()


def test_home_tells_search_engines_of_the_field(client):
    html = client.get("/").content.decode()
    site = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html)[1])

    assert site["@type"] == "WebSite"
    assert site["potentialAction"]["target"]["urlTemplate"] == "http://testserver/zoeken/?q={search_term_string}"
