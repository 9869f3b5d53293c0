"""What can be found is what can be read: nothing of drafts, nothing behind a mask, nothing that was withdrawn."""

from importlib import import_module

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.drafts import store_source
from articles.models import SearchEntry, SearchWord
from articles.publishing import publish, withdraw
from articles.rendering.source import BenefitSource, SectionSource
from articles.search import postgresql
from articles.search.finding import search
from articles.search.index import rebuild
from tests.factories import make_article, make_masked_reference, make_reference, make_source

pytestmark = pytest.mark.django_db


def titles(typed: str) -> list[str]:
    return [hit.url.split("/")[-2] for hit in search(typed, literal=True).articles]


def sources(typed: str) -> list[str]:
    return [hit.url.split("/")[-2] for hit in search(typed, literal=True).sources]


def text(body: str, **fields):
    return {"sections": (SectionSource("Wat is water?", "wat-is-water", body),)} | fields


def state() -> tuple:
    """Return all that search knows, without the numbers of rows."""
    entries = SearchEntry.objects.order_by("kind", "key").values_list("kind", "key", "article", "title", "lang", "passages")
    return list(entries), list(SearchWord.objects.order_by("word").values_list("word", "backwards", "stem", "entries"))


def test_a_draft_cannot_be_found_until_it_is_published(chief):
    article = make_article(**text("Zeldzaamwoord."))
    assert titles("zeldzaamwoord") == []

    publish(article, by=chief)
    assert titles("zeldzaamwoord") == ["water"]

    store_source(make_source(**text("Ander woord.")), article=article)
    assert titles("zeldzaamwoord") == ["water"]
    assert titles("ander") == []

    publish(article, by=chief)
    assert titles("zeldzaamwoord") == []
    assert titles("ander") == ["water"]
    assert not SearchWord.objects.filter(word="zeldzaamwoord").exists()


def test_withdrawing_leaves_nothing(chief):
    make_reference("jansen2020")
    article = make_article(**text("Zeldzaamwoord.[@jansen2020]"))
    publish(article, by=chief)
    withdraw(article, by=chief)

    assert state() == ([], [])
    assert (titles("zeldzaamwoord"), sources("jansen")) == ([], [])


def test_everything_a_reader_reads_of_an_article_can_be_found(chief):
    article = make_article(
        title="Titelwoord",
        summary="Samenvattingwoord.",
        intro="Inleidingwoord.",
        sections=(SectionSource("Kopwoord", "kop", "Tekstwoord.\n\n| Celwoord | B |\n|---|---|\n| x | y |", shows_benefits=True),),
        benefits=(BenefitSource("Voordeelwoord", "voordeel", "Voordeeltekst."),),
    )
    publish(make_article(slug="leeg", title="Iets"), by=chief)
    publish(article, by=chief)

    for word in [
        "titelwoord",
        "samenvattingwoord",
        "inleidingwoord",
        "kopwoord",
        "tekstwoord",
        "celwoord",
        "voordeelwoord",
        "voordeeltekst",
    ]:
        assert titles(word) == ["water"], word


def test_a_masked_title_cannot_be_found(chief):
    make_masked_reference("grober2015")
    publish(make_article(**text("Zin.[@grober2015]")), by=chief)

    assert sources("prevention") == ["grober2015"]
    assert sources("therapy") == []
    assert "therapy" not in str(state())


def test_a_source_stays_while_another_article_cites_it(chief):
    reference = make_reference("jansen2020", title="Eersteregel")
    one = make_article(**text("Zin.[@jansen2020]"))
    publish(one, by=chief)
    reference.title = "Tweederegel"
    reference.save()
    other = make_article(slug="thee", title="Thee", **text("Zin.[@jansen2020]"))
    publish(other, by=chief)
    assert (sources("eersteregel"), sources("tweederegel")) == ([], ["jansen2020"])

    withdraw(other, by=chief)
    assert (sources("eersteregel"), sources("tweederegel")) == (["jansen2020"], [])

    store_source(make_source(**text("Geen bron meer.")), article=one)
    publish(one, by=chief)
    assert sources("jansen") == []


def test_rebuilding_gives_what_publishing_gave(chief):
    make_reference("jansen2020")
    make_masked_reference("grober2015")
    publish(make_article(**text("Zin.[@jansen2020]")), by=chief)
    publish(make_article(slug="thee", title="Thee", **text("Zin.[@jansen2020; @grober2015]")), by=chief)
    before = state()

    SearchWord.objects.update(entries=9)
    assert rebuild() == 2
    assert state() == before
    assert titles("thee") == ["thee"]
    assert sources("prevention") == ["grober2015"]


def test_command_says_how_many(chief, capsys):
    publish(make_article(), by=chief)
    call_command("rebuild_search")
    assert capsys.readouterr().out == "1 articles can be found.\n"


def test_publishing_costs_no_more_queries_among_more_articles(chief):
    def queries(slug: str) -> int:
        article = make_article(slug=slug, title=slug, **text("Zin over water."))
        with CaptureQueriesContext(connection) as captured:
            publish(article, by=chief)
        return len(captured)

    queries("eerste")  # also asks what the chief editor may do
    among_one = queries("tweede")
    assert [queries(f"artikel-{n}") for n in range(3)] == [among_one] * 3


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite always had a table for each kind")
def test_one_table_for_both_kinds_becomes_two(chief):
    make_reference("jansen2020")
    publish(make_article(**text("Zeldzaamwoord.[@jansen2020]")), by=chief)
    migration = import_module("articles.migrations.0015_search_tables")
    with connection.schema_editor() as editor:
        editor.execute(
            f"CREATE TABLE {migration.OLD} AS SELECT 'article' AS kind, * FROM articles_search_article "
            "UNION ALL SELECT 'source', * FROM articles_search_source"
        )
        postgresql.drop(editor.execute)
        migration.split(None, editor)

    assert (titles("zeldzaamwoord"), sources("jansen")) == (["water"], ["jansen2020"])
    assert migration.OLD not in connection.introspection.table_names()
