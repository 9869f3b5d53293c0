"""The drafts that were saved: who saved which, what differs, and the way back."""

import re

import pytest
from django.urls import reverse

from articles.drafts import source_of, store_source
from articles.models import Article, Image
from articles.publishing import publish
from articles.rendering.source import BenefitSource, SectionSource
from tests.articles.admin.test_article_page import change_url
from tests.articles.admin.test_history_page import history_url, words
from tests.factories import make_article, make_image, make_reference, make_source

pytestmark = pytest.mark.django_db


def text(body: str) -> tuple[SectionSource, ...]:
    return (SectionSource("Wat is water?", "wat-is-water", body),)


@pytest.fixture
def article(writer, chief) -> Article:
    """Three drafts, of which the second was published."""
    make_reference("een", title="Bron een")
    make_article(sections=text("Water is nat."))
    article = store_source(make_source(sections=text("Water is droog.[@een]")), by=writer)
    publish(article, by=chief)
    return store_source(make_source(sections=text("Water is warm.")), by=chief)


def restore_url(article: Article, version: int) -> str:
    return reverse("admin:articles_article_restore_revision", args=[article.pk, version])


def test_history_names_every_saved_draft(writer_client, article):
    said = words(writer_client.get(history_url(article)).content.decode())

    assert re.search(r"Concept 3 \d+ \w+ \d{4}, \d\d:\d\d door eindredacteur het concept van nu", said)
    assert re.search(r"Concept 2 \d+ \w+ \d{4}, \d\d:\d\d door schrijver Wat veranderde er in concept 2", said)
    assert re.search(r"Concept 1 \d+ \w+ \d{4}, \d\d:\d\d door een opdracht op de server Vergelijk concept 1 met nu", said)


@pytest.mark.parametrize(
    ("query", "title", "removed", "added"),
    [
        ("van=1&tot=concept", "Van versie 1 naar het concept van nu", "droog", "warm"),
        ("van=c1&tot=c2", "Van bewaard concept 1 naar bewaard concept 2", "nat", "droog"),
        ("van=concept&tot=c1", "Van het concept van nu naar bewaard concept 1", "warm", "nat"),
    ],
)
def test_drafts_and_versions_are_compared(writer_client, article, query, title, removed, added):
    html = writer_client.get(f"{history_url(article)}?{query}").content.decode()

    assert title in words(html)
    assert f"[verwijderd: </span>{removed}" in html
    assert f"[toegevoegd: </span>{added}" in html
    codes = dict(pair.split("=") for pair in query.split("&"))
    assert all(f'<option value="{code}" selected>' in html for code in codes.values())
    assert ("Bron 1 verwijderd" in words(html)) == (query == "van=1&tot=concept")


def test_the_draft_of_now_can_be_chosen_beside_a_single_version(writer_client, article):
    html = writer_client.get(history_url(article)).content.decode()

    assert re.search(r'name="van">.*<option value="1" selected>versie 1 · ', html)
    assert re.search(r'name="tot"><option value="concept" selected>het concept van nu</option>', html)


@pytest.mark.parametrize("query", ["van=c9&tot=1", "van=c&tot=1", "van=c-1&tot=1", f"van=c{'9' * 400}&tot=1", "van=concept"])
def test_unknown_drafts_are_said(writer_client, article, query):
    response = writer_client.get(f"{history_url(article)}?{query}")

    assert (response.status_code, "Deze versies bestaan niet." in response.content.decode()) == (200, True)


def test_a_saved_draft_comes_back_and_the_one_of_now_stays(writer_client, article, writer, client):
    before = client.get("/artikelen/water/").content

    response = writer_client.post(restore_url(article, 1), follow=True)

    assert response.redirect_chain == [(change_url(article), 302)]
    assert "Concept 1 is teruggezet." in response.content.decode()
    assert source_of(Article.objects.get()).sections[0].body == "Water is nat."
    kept = article.draft_revisions.order_by("version").values_list("version", "saved_by__username")
    assert list(kept)[2:] == [(3, "eindredacteur"), (4, "schrijver")]
    assert client.get("/artikelen/water/").content == before


def test_a_draft_with_a_picture_that_is_gone_is_not_put_back(writer_client):
    make_image("blad")
    article = make_article(benefits=(BenefitSource("Goed", "goed", image="blad"),))
    store_source(make_source(title="Anders"))
    Image.objects.all().delete()

    html = writer_client.post(restore_url(article, 1), follow=True).content.decode()

    assert "Concept 1 is niet teruggezet en het concept is niet veranderd. De afbeelding ‘blad’" in html
    assert (Article.objects.get().title, Article.objects.get().draft_version) == ("Anders", 2)


def test_putting_back_is_for_who_may_write_and_for_what_exists(adviser_client, article):
    assert adviser_client.post(restore_url(article, 1)).status_code == 403
    assert Article.objects.get().draft_version == 3


def test_unknown_draft_cannot_be_put_back(writer_client, article):
    assert writer_client.post(restore_url(article, 99)).status_code == 404
    assert writer_client.get(restore_url(article, 1)).status_code == 405


@pytest.mark.parametrize("count", [1, 4])
def test_the_list_costs_the_same_queries_however_long(writer_client, count, django_assert_max_num_queries):
    for i in range(count):
        article = make_article(intro=f"Begin {i}.")

    with django_assert_max_num_queries(14):
        writer_client.get(history_url(article))
