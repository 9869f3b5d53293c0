"""The same questions and answers on SQLite and PostgreSQL."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.publishing import publish
from articles.rendering.source import SectionSource
from articles.search.finding import ARTICLES_PER_PAGE, search
from articles.search.snippets import Place
from tests.factories import make_article, make_reference

pytestmark = pytest.mark.django_db


def add(chief, slug: str, body: str, *, title: str = "", heading: str = "Wat is het?", summary: str = "Een artikel.") -> None:
    sections = (SectionSource(heading, "wat", body), SectionSource("Tot slot", "slot", "Dat was het."))
    article = make_article(slug=slug, title=title or slug.title(), summary=summary, intro="Hallo.", sections=sections)
    publish(article, by=chief)


def found(typed: str, **options) -> list[str]:
    return [hit.url.split("/")[-2] for hit in search(typed, **options).articles]


@pytest.fixture
def shelf(chief):
    add(chief, "tekst", "Je hebt magnesium nodig voor je spieren.")
    add(chief, "kop", "Lees verder over iets anders.", heading="Magnesium")
    add(chief, "titel", "Lees verder over nog iets.", title="Magnesium")
    add(chief, "samen", "Een magnesiumtekort komt voor. Vitamine D ook.")
    add(chief, "zee", "De zeeën zijn zout en de botten van een vis zijn graten.")


def test_title_counts_more_than_heading_and_heading_more_than_text(shelf):
    assert found("magnesium") == ["titel", "kop", "tekst", "samen"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("spier", ["tekst"]),
        ("SPIEREN", ["tekst"]),
        ("bot", ["zee"]),
        ("zeeen", ["zee"]),
        ("Zeeën", ["zee"]),
        ("tekort", ["samen"]),
        ("tekort magnesium", ["samen"]),
        ("magnesiumtek", ["samen"]),
        ('"vitamine d"', ["samen"]),
        ('"d vitamine"', []),
        ("d vitamine", ["samen"]),
        ("is de magnesium voor spieren", ["tekst"]),
    ],
)
def test_words_lead_to_articles(shelf, typed, expected):
    assert found(typed) == expected


def test_a_hit_has_its_sentence_and_leads_to_it(shelf):
    (hit,) = search("spier").articles

    assert hit.sentence == "Je hebt magnesium nodig voor je <mark>spieren</mark>."
    assert (hit.url, hit.sentence_url) == ("/artikelen/tekst/", "/artikelen/tekst/#wat")
    assert hit.places == (Place("Wat is het?", "wat"),)


def test_a_longer_word_is_marked_whole(shelf):
    (hit,) = search("tekort").articles
    assert hit.sentence == "Een <mark>magnesiumtekort</mark> komt voor."


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("magnesuim", "magnesium"), ("mgnesium", "magnesium"), ("magnezium spieren", "magnesium spieren"), ("vitammine", "vitamine")],
)
def test_a_typing_error_is_forgiven(shelf, typed, meant):
    results = search(typed)

    assert (results.looked_for, results.is_corrected) == (meant, True)
    assert [hit.url for hit in results.articles] == [hit.url for hit in search(meant).articles] != []


def test_a_typing_error_is_not_forgiven_when_asked_or_far_away(shelf):
    assert found("magnesuim", literal=True) == []
    assert not search("magnesuim", literal=True).is_corrected
    assert not search("paddenstoel").is_corrected
    assert not search("magnesium").is_corrected


def test_some_of_the_words_are_better_than_nothing_and_said_so(shelf):
    results = search("spieren paddenstoel")

    assert [hit.url for hit in results.articles] == ["/artikelen/tekst/"]
    assert results.has_part
    assert not search("spieren").has_part


def test_sources_come_with_their_line(chief):
    make_reference("jansen2020", title="Over <water> & zout")
    add(chief, "zee", "Zin.[@jansen2020]")
    (hit,) = search("zout").sources

    assert hit.line.startswith("Jansen, A. (2020). Over &lt;water&gt; &amp; <mark>zout</mark>.")
    assert (hit.url, hit.lang) == ("/bronnen/jansen2020/", "nl")


def test_pages_hold_every_result_once(chief):
    for number in range(ARTICLES_PER_PAGE + 2):
        add(chief, f"artikel-{number}", "Water.")
    pages = [search("water", page=page) for page in (1, 2)]

    assert [len(page.articles) for page in pages] == [ARTICLES_PER_PAGE, 2]
    assert len({hit.url for page in pages for hit in page.articles}) == ARTICLES_PER_PAGE + 2
    assert (pages[0].total, pages[0].pages, pages[0].previous, pages[0].next) == (12, 2, "", "q=water&pagina=2")
    assert (pages[1].page, pages[1].previous, pages[1].next) == (2, "q=water&pagina=1", "")
    assert search("water", page=999).page == 2


def test_equal_results_come_newest_first(chief):
    for slug in ("oud", "midden", "nieuw"):
        add(chief, slug, "Water.", title="Gelijk")
    assert found("water") == ["nieuw", "midden", "oud"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
@given(typed=st.one_of(st.text(), st.text("\"*():^-'& |<>!\\%_ magnesiumAND OR NOT NEAR\0😀é", max_size=120)))
def test_nothing_that_can_be_typed_breaks_the_search(shelf, typed):
    results = search(typed)
    assert results.total == 0 or results.query.terms
