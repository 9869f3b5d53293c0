import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import ProtectedError

from articles.drafts import source_of, store_source
from articles.models import Article, Citation, Publication
from articles.publishing import PublishRefused, publish, withdraw
from articles.rendering.snapshot import from_data
from articles.rendering.source import SectionSource
from tests.factories import make_article, make_reference, make_source

pytestmark = pytest.mark.django_db


def section(body: str) -> tuple[SectionSource, ...]:
    return (SectionSource("Wat is water?", "wat-is-water", body),)


def test_publish_freezes_the_draft(chief):
    make_reference("jansen2020")
    article = make_article(sections=section("Water stroomt.[@jansen2020]"))

    publication = publish(article, by=chief)

    article.refresh_from_db()
    assert (article.status, article.live, article.first_published_at) == ("published", publication, publication.published_at)
    assert (publication.number, publication.published_by, publication.slug) == (1, chief, "water")
    rendered = from_data(publication.rendered)
    assert [source.key for source in rendered.sources] == ["jansen2020"]
    assert "Water stroomt." in publication.source


def test_saving_a_draft_changes_nothing_for_readers(chief, client):
    article = make_article(sections=section("Oud."))
    publish(article, by=chief)
    before = client.get("/artikelen/water/").content

    store_source(make_source(title="Heel anders", sections=section("Nieuw.")))

    assert client.get("/artikelen/water/").content == before
    assert b"Oud." in before


def test_publishing_again_makes_the_next_version(chief):
    article = make_article(sections=section("Een."))
    first = publish(article, by=chief)
    store_source(make_source(sections=section("Twee.")))

    second = publish(article, by=chief)

    assert (second.number, Article.objects.get().live) == (2, second)
    first.refresh_from_db()
    assert "Een." in first.source


def test_publishing_twice_the_same_is_one_version(chief):
    article = make_article()

    assert publish(article, by=chief) == publish(article, by=chief)
    assert Publication.objects.count() == 1


def test_errors_block_publishing(chief):
    article = make_article(sections=section("Zin.[@onbekend]"))

    with pytest.raises(PublishRefused) as refused:
        publish(article, by=chief)

    assert [finding.code for finding in refused.value.findings] == ["unknown-source"]
    assert not Publication.objects.exists()


def test_who_may_not_publish_is_refused(writer, adviser):
    article = make_article()

    for user in (writer, adviser):
        with pytest.raises(PermissionDenied, match="niet publiceren"):
            publish(article, by=user)
        with pytest.raises(PermissionDenied):
            withdraw(article, by=user)
    assert not Publication.objects.exists()


def test_withdrawn_article_is_gone_for_readers_and_kept_for_the_house(chief, client):
    article = make_article()
    publish(article, by=chief)

    withdraw(article, by=chief)

    assert client.get("/artikelen/water/").status_code == 410
    article.refresh_from_db()
    assert (article.status, article.live, article.publications.count()) == ("withdrawn", None, 1)


def test_publishing_after_withdrawal_keeps_the_first_date(chief):
    article = make_article()
    first = publish(article, by=chief)
    withdraw(article, by=chief)
    store_source(make_source(sections=section("Weer.")))

    publish(article, by=chief)

    assert Article.objects.get().first_published_at == first.published_at


def test_database_refuses_to_change_a_publication(chief):
    publication = publish(make_article(), by=chief)

    with pytest.raises((DatabaseError, IntegrityError), match="immutable"), transaction.atomic():
        Publication.objects.filter(pk=publication.pk).update(title="Anders")
    publication.title = "Anders"
    with pytest.raises((DatabaseError, IntegrityError), match="immutable"), transaction.atomic():
        publication.save()


def test_cited_source_cannot_be_deleted_and_the_refusal_says_where():
    reference = make_reference("jansen2020")
    make_article(sections=section("Water stroomt.[@jansen2020]"))

    with pytest.raises(ProtectedError) as refused:
        reference.delete()

    assert [str(citation) for citation in refused.value.protected_objects] == ["Waar is water goed voor? (concept) › Wat is water?"]


def test_source_of_a_publication_stays_protected_when_the_draft_drops_it(chief):
    reference = make_reference("jansen2020")
    publish(make_article(sections=section("Zin.[@jansen2020]")), by=chief)
    store_source(make_source(sections=section("Zin.")))

    with pytest.raises(ProtectedError) as refused:
        reference.delete()

    assert [str(citation) for citation in refused.value.protected_objects] == [
        "Waar is water goed voor? (versie 1) › Wat is water?"
    ]


def test_uncited_source_can_be_deleted():
    make_reference("jansen2020").delete()


def test_draft_citations_follow_the_draft():
    make_reference("een")
    make_reference("twee")
    article = make_article(sections=section("A.[@een] B.[@twee] C.[@een]"))

    rows = Citation.objects.filter(article=article).values_list("reference__key", "number", "anchor", "sentence")
    assert list(rows) == [("een", 1, "cite-een-1", "A."), ("een", 1, "cite-een-2", "C."), ("twee", 2, "cite-twee-1", "B.")]

    store_source(make_source(sections=section("B.[@twee]")))
    assert list(Citation.objects.values_list("reference__key", flat=True)) == ["twee"]


def test_address_of_another_live_article_is_refused(chief):
    first = make_article()
    publish(first, by=chief)
    first.refresh_from_db()
    first.slug = "ander-adres"
    first.save()
    second = make_article(slug="water", title="Tweede")

    with pytest.raises(PublishRefused) as refused:
        publish(second, by=chief)

    assert [(finding.code, finding.field) for finding in refused.value.findings] == [("address-taken", "slug")]


def test_draft_comes_back_as_it_was_stored():
    source = make_source()

    assert source_of(store_source(source)) == source


def test_article_with_publications_cannot_be_deleted(chief):
    article = make_article()
    publish(article, by=chief)

    with pytest.raises(ProtectedError):
        article.delete()
