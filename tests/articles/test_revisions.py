"""Every saved draft is kept: the version goes up once for every change, and a text that was saved comes back."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from articles.drafts import draft_changed, restore_revision, source_of, store_source
from articles.models import Article, DraftRevision
from articles.publishing import publish, restore, restore_draft
from articles.rendering.source import BenefitSource
from articles.revisions import KEPT, DraftMoved, keep_revision, name_of, state_of, take_draft
from tests.factories import make_article, make_image, make_source

pytestmark = pytest.mark.django_db


def versions(article: Article) -> list[int]:
    return list(article.draft_revisions.order_by("version").values_list("version", flat=True))


def test_every_change_of_a_draft_raises_its_version_and_is_kept(chief, writer):
    article = make_article()
    first = publish(article, by=chief)
    store_source(make_source(intro="Anders."), by=writer)
    restore_draft(first, by=writer)
    restore(first, by=chief)

    article.refresh_from_db()
    assert (article.draft_version, versions(article)) == (4, [1, 2, 3, 4])
    kept = article.draft_revisions.order_by("version").values_list("saved_by__username", flat=True)
    assert list(kept) == [None, "schrijver", "schrijver", "eindredacteur"]
    assert name_of(None) == ""


def test_publishing_and_saving_the_same_raise_nothing(chief):
    article = make_article()
    publish(article, by=chief)

    assert keep_revision(Article.objects.get(), by=chief) == 1
    assert versions(article) == [1]


def test_a_change_behind_somebodys_back_is_refused(writer):
    article = make_article()
    Article.objects.update(draft_version=7)
    article.sections.update(body="Anders.")

    with pytest.raises(DraftMoved):
        draft_changed(article, by=writer)


def test_a_draft_from_before_revisions_is_kept_when_it_is_taken():
    article = make_article()
    DraftRevision.objects.all().delete()
    Article.objects.update(draft_version=0)

    with transaction.atomic():
        taken = take_draft(article.pk)

    revision = DraftRevision.objects.get()
    assert (revision.version, revision.saved_at, revision.saved_by) == (0, taken.updated_at, None)


def test_the_newest_fifty_and_the_first_are_kept():
    for i in range(KEPT + 5):
        article = make_article(intro=f"Begin {i}.")

    assert versions(article) == [1, *range(6, KEPT + 6)]
    assert article.draft_revisions.get(version=1).state["head"]["intro"] == "Begin 0."


def test_a_revision_comes_back_whole(writer):
    """Also what no Markdown file holds: a benefit that no chapter shows, and the date of review."""
    make_image("blad")
    article = make_article(benefits=(BenefitSource("Goed", "goed", "Het lest.", image="blad"),))
    Article.objects.update(review_due=date(2027, 1, 31))
    draft_changed(Article.objects.get(), by=writer)
    before = state_of(Article.objects.get())
    Article.objects.update(slug="nat", review_due=None)
    store_source(make_source(title="Anders"), article=Article.objects.get())

    restore_revision(article.draft_revisions.get(version=2), by=writer)

    article = Article.objects.get()
    assert article.draft_version == 4
    assert dict(state_of(article).head) == dict(before.head) | {"slug": "nat"}
    assert [row.values for row in state_of(article).benefits] == [row.values for row in before.benefits]
    assert source_of(article).sections == make_source().sections


def test_who_may_not_write_restores_nothing(adviser):
    article = make_article()
    store_source(make_source(title="Anders"))

    with pytest.raises(PermissionDenied, match="niet veranderen"):
        restore_revision(article.draft_revisions.get(version=1), by=adviser)
    assert Article.objects.get().title == "Anders"
