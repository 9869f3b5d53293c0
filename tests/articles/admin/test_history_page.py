"""The history of an article in the admin: what was published, what differs, and the way back."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.html import strip_tags

from articles.drafts import UnknownName, source_of, store_source
from articles.models import Article, Benefit, DraftRevision, Image, Publication
from articles.publishing import PublishRefused, publish, restore, restore_draft, withdraw
from articles.rendering.source import BenefitSource, SectionSource
from tests.articles.admin.test_article_page import change_url, form_data
from tests.factories import make_article, make_image, make_reference, make_source

pytestmark = pytest.mark.django_db


def write(text: str, **fields) -> Article:
    return store_source(make_source(sections=(SectionSource("Wat is water?", "wat-is-water", text),), **fields))


def history_url(article: Article) -> str:
    return reverse("admin:articles_article_history", args=[article.pk])


def restore_url(article: Article, number: int) -> str:
    return reverse("admin:articles_article_restore", args=[article.pk, number])


def words(html: str) -> str:
    """Return what a page says, on one line."""
    return re.sub(r"\s+", " ", strip_tags(html[html.index('<div class="history">') :]))


@pytest.fixture
def article(chief) -> Article:
    """Three versions, with another source in the last."""
    make_reference("een", title="Bron een")
    make_reference("twee", title="Bron twee")
    publish(write("Water is nat.[@een]"), by=chief)
    publish(write("Water is nat![@een]"), by=chief, reason="Tikfout", is_substantive=False)
    publish(write("Water is droog![@twee]"), by=None, reason="Andere bron")
    return Article.objects.get()


def test_history_names_every_publication(writer_client, article):
    text = words(writer_client.get(history_url(article)).content.decode())

    assert "Versie 3 zien lezers nu" in text
    assert re.search(
        r"Versie 2 \d+ \w+ \d{4}, \d\d:\d\d door eindredacteur niet inhoudelijk (?:geen|\d+) bevinding\w* Tikfout", text
    )
    assert "door een opdracht op de server inhoudelijk" in text
    assert "Wie bewaarde wat" in text


def test_two_versions_are_compared(writer_client, article):
    html = writer_client.get(f"{history_url(article)}?van=1&tot=3").content.decode()

    assert "Van versie 1 naar versie 3" in html
    assert '<del><span class="visually-hidden">[verwijderd: </span>nat.[@een]<span' in html
    assert '<ins><span class="visually-hidden">[toegevoegd: </span>droog![@twee]<span' in html
    text = words(html)
    assert re.search(r"Bron 1 vervangen: was Jansen.*Bron een.* is nu Jansen.*Bron twee", text)
    assert "In de andere 7 onderdelen veranderde niets." in text


def test_versions_can_be_compared_backwards_and_with_themselves(writer_client, article):
    back = writer_client.get(f"{history_url(article)}?van=3&tot=1").content.decode()
    same = writer_client.get(f"{history_url(article)}?van=2&tot=2").content.decode()

    assert "[toegevoegd: </span>nat.[@een]<span" in back
    assert "De tekst is in beide gelijk." in same


@pytest.mark.parametrize("query", ["van=1&tot=9", "van=1", "van=x&tot=2", "van=-1&tot=2", "van=²&tot=1", f"van={'9' * 400}&tot=1"])
def test_unknown_versions_are_said(writer_client, article, query):
    response = writer_client.get(f"{history_url(article)}?{query}")

    assert (response.status_code, "Deze versies bestaan niet." in response.content.decode()) == (200, True)


def test_history_of_an_article_that_was_never_published(writer_client):
    assert "nog nooit gepubliceerd" in writer_client.get(history_url(make_article())).content.decode()


def test_what_was_typed_stays_text(writer_client, chief):
    for text in ("Een <b>zin</b>.", "Een <script>alert(1)</script>."):
        article = write(text)
        publish(article, by=chief)

    html = writer_client.get(f"{history_url(article)}?van=1&tot=2").content.decode()
    assert "<script>alert" not in html
    assert "&lt;" in html


@pytest.mark.parametrize("count", [1, 3])
def test_history_costs_the_same_queries_however_many_there_are(writer_client, chief, count, django_assert_max_num_queries):
    for i in range(count):
        article = write(f"Zin {i}.")
        publish(article, by=chief)

    with django_assert_max_num_queries(18):
        writer_client.get(f"{history_url(article)}?van=1&tot={count}")


def test_restore_makes_a_new_publication_of_the_old_text(chief, article):
    first = article.publications.get(number=1)

    restored = restore(first, by=chief)

    assert (restored.number, restored.reason, restored.is_substantive) == (4, "Hersteld naar versie 1", True)
    assert (restored.source, restored.rendered) == (first.source, first.rendered)
    assert Article.objects.get().live == restored
    assert "nat." in source_of(article).sections[0].body


def test_restore_brings_back_a_withdrawn_article(chief, article):
    withdraw(article, by=chief)

    assert restore(article.publications.get(number=1), by=chief).number == 4
    assert Article.objects.get().status == "published"


def test_restore_is_refused_to_who_may_not_publish(writer, adviser, article):
    first = article.publications.get(number=1)

    for user, verb in ((writer, restore), (adviser, restore), (adviser, restore_draft)):
        with pytest.raises(PermissionDenied):
            verb(first, by=user)
    assert "droog" in source_of(article).sections[0].body
    assert restore_draft(first, by=writer) == article
    assert Publication.objects.count() == 3


def test_restore_keeps_the_address_of_now_and_touches_no_other_article(chief, article):
    Article.objects.filter(pk=article.pk).update(slug="nat")
    other = make_article(slug="water", title="Iets anders")

    restore(article.publications.get(number=1), by=chief)

    assert Article.objects.get(pk=article.pk).live.slug == "nat"
    assert Article.objects.get(pk=other.pk).title == "Iets anders"


def test_restore_that_fails_changes_nothing(chief):
    make_image("blad")
    benefits = (BenefitSource("Goed", "goed", "Zin.", image="blad"),)
    section = SectionSource("Wat?", "wat", "Zin.", shows_benefits=True)
    article = store_source(make_source(sections=(section,), benefits=benefits))
    first = publish(article, by=chief)
    make_image("los")
    publish(write("Nu.\n\n![x](media:los)"), by=chief)
    second = article.publications.get(number=2)
    publish(write("Later."), by=chief)
    Benefit.objects.all().delete()
    Image.objects.all().delete()

    with pytest.raises(UnknownName, match="‘blad’"):
        restore(first, by=chief)
    with pytest.raises(PublishRefused, match="‘los’"):
        restore(second, by=chief)
    assert source_of(article).sections[0].body == "Later."
    assert article.publications.count() == 3


def test_chief_restores_from_the_page(chief_client, article):
    html = chief_client.post(restore_url(article, 1), {"_publish": "1"}, follow=True).content.decode()

    assert "Versie 4 is gepubliceerd, met de tekst van versie 1." in html
    assert Article.objects.get().live.number == 4


def test_writer_puts_a_version_back_as_draft(writer_client, article):
    page = writer_client.get(history_url(article)).content.decode()
    response = writer_client.post(restore_url(article, 1), follow=True)

    assert 'name="_publish"' not in page
    assert response.redirect_chain == [(change_url(article), 302)]
    assert "Het concept is nu de tekst van versie 1." in response.content.decode()
    assert (source_of(article).sections[0].body, Article.objects.get().live.number) == ("Water is nat.[@een]", 3)


def test_writer_may_not_publish_an_old_version_with_a_made_up_post(writer_client, article):
    html = writer_client.post(restore_url(article, 1), {"_publish": "1"}, follow=True).content.decode()

    assert "Vraag een eindredacteur" in html
    assert "droog" in source_of(article).sections[0].body


def test_refusal_names_what_is_gone(chief_client, chief):
    make_image("blad")
    publish(write("Zin.\n\n![x](media:blad)"), by=chief)
    article = write("Later.")
    publish(article, by=chief)
    Image.objects.all().delete()

    html = chief_client.post(restore_url(article, 1), {"_publish": "1"}, follow=True).content.decode()

    assert "Versie 1 is niet hersteld en het concept is niet veranderd." in html
    assert "‘blad’" in html


def test_work_in_the_draft_is_kept_when_a_version_comes_back(chief_client, article):
    write("Nog niet gepubliceerd.")

    html = chief_client.post(restore_url(article, 1), follow=True).content.decode()

    assert "Wat er stond, vind je bij ‘Wie bewaarde wat’." in html
    kept = [row.state["sections"][0]["values"]["body"] for row in DraftRevision.objects.order_by("version")]
    assert "Nog niet gepubliceerd." in kept
    assert source_of(article).sections[0].body == "Water is nat.[@een]"


def test_strangers_restore_nothing(client, adviser_client, article):
    assert adviser_client.post(restore_url(article, 1)).status_code == 403
    assert adviser_client.get(history_url(article)).status_code == 403
    adviser_client.logout()
    assert 'id="opnieuw"' in client.post(restore_url(article, 1)).content.decode()
    assert "droog" in source_of(article).sections[0].body


def test_restore_answers_posts_only_and_knows_its_versions(chief_client, article):
    assert chief_client.get(restore_url(article, 1)).status_code == 405
    assert chief_client.post(restore_url(article, 9)).status_code == 404


def test_publishing_from_the_page_keeps_the_note(chief_client, article):
    page = chief_client.get(change_url(article)).content.decode()
    data = form_data(article, _publish="1", publish_reason=f"Beter {'x' * 400}", **{"sections-0-body": "Water is vast."})
    chief_client.post(change_url(article), data | {"publish_substantive": "on"})
    again = {"sections-0-body": "Water is  vast.", "publish_reason": "", "draft_version": Article.objects.get().draft_version}
    chief_client.post(change_url(article), data | again)

    assert 'name="publish_reason" value="" maxlength="300"' in page
    kept = [(p.number, p.reason[:8], len(p.reason), p.is_substantive) for p in article.publications.order_by("number")[3:]]
    assert kept == [(4, "Beter xx", 300, True), (5, "", 0, False)]


def test_first_publication_asks_for_no_note(chief_client):
    assert 'name="publish_reason"' not in chief_client.get(change_url(make_article())).content.decode()


def test_long_history_comes_in_pages(chief_client, chief, monkeypatch):
    monkeypatch.setattr("articles.admin.history.VERSIONS_PER_PAGE", 2)
    article = make_article()
    for number in range(1, 6):
        article.intro = f"Tekst {number}."
        article.save()
        publish(article, by=chief, reason=f"Reden {number}.")
    url = reverse("admin:articles_article_history", args=[article.pk])

    def shown(query: str) -> list[int]:
        html = chief_client.get(f"{url}{query}").content.decode()
        assert html.count("<option") == 12, "every version can be compared from any page"
        return [int(number) for number in re.findall(r'id="versie-(\d+)"', html)]

    assert [shown(query) for query in ("", "?pagina=2", "?pagina=3", "?pagina=99")] == [[5, 4], [3, 2], [1], [1]]
    html = chief_client.get(f"{url}?pagina=2").content.decode()
    assert "?van=2&amp;tot=3" in html or "?van=2&tot=3" in html
    assert 'href="?pagina=1#versies"' in html
    assert 'href="?pagina=3#versies"' in html
    assert "Pagina 2 van 3" in html
