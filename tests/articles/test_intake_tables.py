"""A change of an intake table and the articles that print it: together, or not at all."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from articles.admin.comparison import compare
from articles.drafts import store_source
from articles.intake_tables import articles_that_print, change_table, import_tables
from articles.models import Article, Citation, Generation, Publication, ScheduledPublication
from articles.publishing import PublishRefused, publish, withdraw
from articles.rendering.source import SectionSource
from articles.scheduling import run_due, schedule
from articles.search.finding import search
from intake.models import Nutrient
from intake.storing import TableRefused
from tests.factories import make_reference, make_source, make_term
from tests.intake.tables import SOURCE, magnesium, make_magnesium, with_amount

pytestmark = pytest.mark.django_db
PRINTED = "Zoveel:\n\n{{intake: magnesium}}\n\nMeer niet."
ROWS = magnesium().rows
MEN = ROWS[5]
MORE = with_amount(ROWS, MEN, "375")


@pytest.fixture
def nutrient():
    return make_magnesium()


def make(body: str = PRINTED, slug: str = "water", **fields):
    source = make_source(slug=slug, title=f"Over {slug}", sections=(SectionSource("Hoeveel?", "hoeveel", body),), **fields)
    return store_source(source)


def page(client, slug: str = "water") -> str:
    return client.get(f"/artikelen/{slug}/").content.decode()


def test_page_changes_with_the_table_and_says_why(client, nutrient, chief):
    article = make()
    publish(article, by=chief)
    before, generation = page(client), Generation.current()

    outcome = change_table(nutrient, MORE, by=chief)

    article.refresh_from_db()
    assert [change.kind for change in outcome.changes] == ["changed"]
    assert outcome.published == (article.live,)
    assert (article.live.number, article.live.reason, article.live.is_substantive, article.live.published_by) == (
        2,
        "Innametabel magnesium bijgewerkt",
        True,
        chief,
    )
    assert ('<td class="align-right">375</td>' in before, '<td class="align-right">375</td>' in page(client)) == (False, True)
    assert Generation.current() > generation


def test_old_version_keeps_the_table_it_had(client, nutrient, chief):
    publish(make(), by=chief)
    first = client.get("/artikelen/water/v/1/").content.decode()

    change_table(nutrient, MORE, by=chief)

    assert ">350</td>" in first
    again = client.get("/artikelen/water/v/1/").content.decode()
    assert again.count(">350</td>") == first.count(">350</td>")
    assert ">375</td>" not in again


def test_draft_and_plan_stay_what_they_were(nutrient, chief):
    article = make()
    publish(article, by=chief)
    make(body=f"{PRINTED} Nieuw.")
    plan = schedule(article, due=timezone.now() + timedelta(days=1), by=chief)
    make(body=f"{PRINTED} Nog nieuwer.")

    change_table(nutrient, MORE, by=chief)

    plan.refresh_from_db()
    article.refresh_from_db()
    assert plan.state == ScheduledPublication.State.WAITING
    assert article.sections.get().body.endswith("Nog nieuwer.")
    assert "ieuw" not in article.live.source
    assert run_due(plan.due) == 1
    article.refresh_from_db()
    assert (article.live.number, ">375</td>" in article.live.rendered["sections"][0]["html"]) == (3, True)


def test_only_articles_that_print_the_table_are_published_anew(nutrient, chief):
    for slug, body in (("een", PRINTED), ("twee", "Zie de tabel."), ("drie", "```\n{{intake: zink}}\n```"), ("vier", PRINTED)):
        publish(make(body, slug), by=chief)
    withdraw(Article.objects.get(slug="vier"), by=chief)

    outcome = change_table(nutrient, MORE, by=chief)

    assert [publication.slug for publication in outcome.published] == ["een"]
    assert [article.slug for article, _ in articles_that_print("magnesium")] == ["een"]
    assert Publication.objects.count() == 5


def test_same_table_publishes_nothing(nutrient, chief):
    publish(make(), by=chief)

    outcome = change_table(nutrient, ROWS, by=chief)

    assert (outcome.changes, outcome.published, Publication.objects.count()) == ((), (), 1)


def test_article_that_can_t_be_published_holds_everything_back(nutrient, chief):
    publish(make(slug="een"), by=chief)
    publish(make("Zoveel is een wondermiddel.\n\n{{intake: magnesium}}", "twee"), by=chief)
    make_term("wondermiddel")
    before = list(Publication.objects.values_list("pk", flat=True))

    with pytest.raises(TableRefused, match=r"Het artikel ‘Over twee’ toont deze tabel, maar kan nu niet opnieuw .*wondermiddel"):
        change_table(nutrient, MORE, by=chief)

    assert nutrient.table() == magnesium()
    assert list(Publication.objects.values_list("pk", flat=True)) == before


def test_who_may_not_publish_may_not_change_a_table(nutrient, writer):
    with pytest.raises(PermissionDenied):
        change_table(nutrient, MORE, by=writer)
    assert nutrient.table() == magnesium()


def test_draft_cites_the_sources_that_the_table_has_now(nutrient, chief):
    make()
    make_reference("jansen2020")
    cited = Citation.objects.filter(publication=None).values_list("reference__key", flat=True)
    assert list(cited.all()) == [SOURCE]

    change_table(nutrient, [type(row)(**vars(row) | {"source": "jansen2020"}) for row in ROWS], by=chief)

    assert list(cited.all()) == ["jansen2020"]


def test_name_and_unit_reach_readers_too(client, nutrient, chief):
    publish(make(), by=chief)
    nutrient.name = "magnesium (Mg)"

    change_table(nutrient, ROWS, by=chief)

    assert "ADH magnesium (Mg) (in milligram per dag)" in page(client)
    assert Nutrient.objects.get().name == "magnesium (Mg)"


def test_words_and_figures_of_the_table_are_found(nutrient, chief):
    publish(make(), by=chief)

    assert [hit.title for hit in search("borstvoeding").articles] == ["Over water"]


def test_table_that_is_not_there_stops_publishing(chief):
    article = make("Zin.\n\n{{intake: zink}}")
    with pytest.raises(PublishRefused) as refused:
        publish(article, by=chief)
    assert [(finding.code, finding.field, finding.line) for finding in refused.value.findings] == [
        ("unknown-intake", "sections-0-body", 3)
    ]


def test_imported_table_that_an_editor_changed_is_kept_when_asked(chief):
    make_reference(SOURCE)
    rows = {"magnesium": ROWS}
    assert [outcome.is_kept for outcome in import_tables(rows, by=None, keep_edited=True)] == [False]
    assert [outcome.is_kept for outcome in import_tables(rows, by=None, keep_edited=True)] == [False]
    change_table(Nutrient.objects.get(), MORE, by=chief)

    assert [outcome.is_kept for outcome in import_tables(rows, by=None, keep_edited=True)] == [True]
    assert Nutrient.objects.get().table().rows == MORE
    (outcome,) = import_tables(rows, by=None)
    assert ([change.kind for change in outcome.changes], Nutrient.objects.get().table()) == (["changed"], magnesium())


def test_difference_between_versions_shows_what_changed_in_the_table(nutrient, chief):
    article = make()
    publish(article, by=chief)
    change_table(nutrient, MORE, by=chief)

    compared = compare(article, "1", "2")

    assert [(part.name, part.kind) for part in compared.parts] == [("Hoofdstuk ‘Hoeveel?’", "changed")]
    assert [(token.kind, token.text) for token in compared.parts[0].tokens if token.kind in ("added", "removed")] == [
        ("removed", "350"),
        ("added", "375"),
    ]
    assert compare(article, "2", "concept").parts == ()
