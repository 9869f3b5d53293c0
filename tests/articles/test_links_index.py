"""Which texts link to which article."""

from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse

from articles.drafts import store_source
from articles.links_index import FoundLink, find_links, links_to, sentence_at
from articles.models import Article, ArticleLink
from articles.publishing import publish, restore, withdraw
from articles.rendering import render_article
from articles.rendering.source import ArticleSource, BenefitSource, Library, SectionSource
from tests.factories import make_article, make_image, make_reference, make_source

EVERYWHERE = {
    "intro": "Eerst dit. Zie [[thee|alles over thee]] en lees. Dan dat.",
    "sections": (
        SectionSource("Kop", "kop", "Zin.\n\n### Onder *kop* {#onder}\n\n- een\n- [[thee#kop]] zegt[@jansen2020] dat."),
        SectionSource("Voordelen", "voordelen", "| a | b |\n|---|---|\n| [[koffie]] | c |\n", shows_benefits=True),
    ),
    "benefits": (
        BenefitSource("Warm", "warm", "`[[geen|link]]`"),
        BenefitSource("Nat", "nat", "Ook [[thee]]! Ja."),
    ),
    "related": ("thee",),
}
FOUND = [
    ("thee", "", "Inleiding", "Zie alles over thee en lees.", "intro"),
    ("thee", "kop", "Onder kop", "thee zegt dat.", "sections-0-body"),
    ("koffie", "", "Voordelen", "koffie", "sections-1-body"),
    ("thee", "", "2. Nat", "Ook thee!", "benefits-1-body"),
]


def test_every_link_is_found_with_its_heading_sentence_and_field():
    library = Library(references={"jansen2020": {"id": "jansen2020", "type": "book", "title": "A"}})
    found = find_links(render_article(ArticleSource(title="T", slug="t", **EVERYWHERE), library))

    assert found == (*(FoundLink(*row) for row in FOUND), FoundLink("thee", "", "Lees ook", "", "related_0"))


@pytest.mark.parametrize(("place", "sentence"), [(0, "Een."), (3, "Een."), (5, "Twee is lang!"), (19, "Twee is lang!"), (21, "3")])
def test_sentence_around_a_place(place, sentence):
    assert sentence_at("Een. Twee is   lang! 3", place) == sentence


pytestmark = pytest.mark.django_db


def rows(**filters) -> list[tuple]:
    found = ArticleLink.objects.filter(**filters).order_by("position")
    return list(found.values_list("slug", "anchor", "heading", "sentence", "field"))


def test_saving_a_draft_writes_its_links_down_anew():
    make_reference("jansen2020")
    article = store_source(make_source(**EVERYWHERE))
    assert rows(article=article) == [*FOUND, ("thee", "", "Lees ook", "", "related_0")]

    store_source(make_source(intro="Zie [[koffie]]."))
    assert rows(article=article) == [("koffie", "", "Inleiding", "Zie koffie.", "intro")]


def test_publishing_writes_the_links_of_the_page_down(chief):
    first = publish(store_source(make_source(intro="Zie [[thee]].")), by=chief)
    store_source(make_source(intro="Zie [[koffie]]."))
    assert rows(publication=first) == [("thee", "", "Inleiding", "Zie thee.", "")]
    assert {link.slug for link in ArticleLink.objects.shown()} == {"thee", "koffie"}

    publish(Article.objects.get(), by=chief)
    assert {link.slug for link in ArticleLink.objects.shown()} == {"koffie"}
    restore(first, by=chief)
    assert {link.slug for link in ArticleLink.objects.shown()} == {"thee"}
    assert ArticleLink.objects.count() == 2  # of the draft and of the newest publication


def test_migration_writes_down_the_same_as_saving_and_publishing_do(chief):
    make_reference("jansen2020")
    make_image("blad", caption="Zie [[thee]].")
    article = make_article(**EVERYWHERE | {"related": (), "intro": "![x](media:blad)\n\nA. B [[thee|t]] c? D.[@jansen2020]"})
    article.benefits.filter(position=1).update(body="Geen link.")
    publication = publish(article, by=chief)
    before = rows(publication=publication), rows(publication=None)
    ArticleLink.objects.all().delete()

    import_module("articles.migrations.0012_links").fill_links(apps, None)

    frozen, draft = rows(publication=publication), rows(publication=None)
    assert frozen == before[0]
    assert len(frozen) == 5
    # A draft is read as typed: without the captions of the library, and with marks of Markdown in a sentence.
    assert [row[:3] for row in draft] == [row[:3] for row in before[0] if row[3] != "Zie thee."]


# Who links here


def linking(article) -> list[tuple]:
    return [
        (found.title, [(place.heading, place.in_draft, place.is_live) for place in found.places])
        for found in links_to(article).articles
    ]


def publish_as(chief, slug: str, body: str) -> Article:
    publish(make_article(slug=slug, title=slug, intro=body), by=chief)
    return Article.objects.get(slug=slug)


def test_links_from_drafts_and_pages_are_told_apart(chief):
    thee = publish_as(chief, "thee", "Zie [[thee|mezelf]].")
    publish_as(chief, "water", "Een [[thee]].\n\n### Kop\n\nTwee [[thee]].")
    store_source(make_source(slug="water", title="water", intro="Eén [[thee]].\n\nDrie [[thee]]."))
    make_article(slug="concept", title="concept", intro="Zie [[thee]].")
    here = links_to(thee)

    assert (here.total, here.live) == (2, 1)
    assert linking(thee) == [
        ("concept", [("Inleiding", True, False)]),
        ("water", [("Inleiding", True, True), ("Inleiding", True, False), ("Kop", False, True)]),
    ]
    assert [place.sentence for place in here.articles[1].places] == ["Eén thee.", "Drie thee.", "Twee thee."]


def test_links_follow_the_address_to_whoever_has_it(chief):
    thee = publish_as(chief, "thee", "Zin.")
    publish_as(chief, "water", "Zie [[thee]].")
    Article.objects.filter(pk=thee.pk).update(slug="groene-thee")
    thee.refresh_from_db()
    publish(thee, by=chief)
    assert linking(thee) == [("water", [("Inleiding", True, True)])]

    other = publish_as(chief, "thee", "Zin.")
    assert (linking(thee), linking(other)) == ([], [("water", [("Inleiding", True, True)])])


def test_links_to_a_withdrawn_article_and_to_a_draft_are_known(chief):
    thee = publish_as(chief, "thee", "Zin.")
    publish_as(chief, "water", "Zie [[thee]] en [[later]].")
    withdraw(thee, by=chief)

    assert linking(thee) == linking(make_article(slug="later")) == [("water", [("Inleiding", True, True)])]


def test_the_page_that_withdraws_says_what_becomes_of_the_links(chief_client, chief):
    thee = publish_as(chief, "thee", "Zin.")
    url = reverse("admin:articles_article_withdraw", args=[thee.pk])
    assert "hierheen" not in chief_client.get(url).content.decode()

    publish_as(chief, "water", "Zie [[thee]].")
    assert "1 artikel linkt hierheen; die links worden gewone tekst." in chief_client.get(url).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_asking_costs_the_same_however_many_link_here(chief, count, django_assert_num_queries):
    thee = publish_as(chief, "thee", "Zin.")
    for i in range(count):
        publish_as(chief, f"water-{i}", "Zie [[thee]].")

    with django_assert_num_queries(4):
        assert links_to(thee).total == count


def test_article_page_shows_who_links_here_and_leads_to_the_place(writer_client, chief):
    thee = publish_as(chief, "thee", "Zin.")
    water = publish_as(chief, "water", "Zie [[thee#kop|hier]].")
    url = reverse("admin:articles_article_change", args=[thee.pk])
    html = writer_client.get(url).content.decode()

    place = reverse("admin:articles_article_change", args=[water.pk]) + "#id_intro"
    assert f'<a href="{place}">Inleiding</a>' in html
    assert "1 ander artikel linkt hierheen. Trek je dit artikel in, dan worden die links gewone tekst." in html
    assert 'id="id_intro"' in writer_client.get(place).content.decode()
    assert "verhuist" not in html

    Article.objects.filter(pk=thee.pk).update(slug="groene-thee")
    assert "links in andere artikelen blijven werken" in writer_client.get(url).content.decode()
    html = writer_client.get(reverse("admin:articles_article_change", args=[water.pk])).content.decode()
    assert "Geen enkel ander artikel linkt hierheen." in html
