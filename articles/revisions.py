"""Every saved state of a draft: how the version goes up, and what is kept.

Whoever changes a draft first takes it (`take_draft`), and calls `keep_revision` when the rows are written, in one transaction.
"""

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from articles.draft_state import HEAD, SECTION, DraftState, Row, from_data, to_data
from articles.models import Article, DraftRevision

KEPT = 50  # of each article: its newest revisions; the first stays as well


SERVER = "een opdracht op de server"  # who saves when nobody is signed in


class DraftMoved(Exception):
    """Somebody saved the draft while this change was made without taking it first."""


def state_of(article: Article) -> DraftState:
    """Return the draft of `article` as its rows are now, chapters and benefits in their order. Three queries, or four."""
    head = {name: getattr(article, name) for name in HEAD}
    head["hero"] = article.hero.name if article.hero else ""
    head["related"] = "\n".join(article.related)
    head["review_due"] = article.review_due.isoformat() if article.review_due else ""
    benefits = article.benefits.select_related("image").prefetch_related("claims")
    return DraftState(
        head,
        sections=tuple(Row({name: getattr(row, name) for name in SECTION}, row.pk) for row in article.sections.all()),
        benefits=tuple(
            Row(
                {
                    **{name: getattr(row, name) for name in ("title", "anchor", "body", "image_alt", "image_caption")},
                    "image": row.image.name if row.image else "",
                    "claims": tuple(claim.key for claim in row.claims.all()),
                },
                row.pk,
            )
            for row in benefits
        ),
    )


def take_draft(pk: int) -> Article:
    """Return the article, which nobody else can change until the transaction ends, with its draft kept as it is now.

    Raises Article.DoesNotExist, or TransactionManagementError outside a transaction.
    """
    article = Article.objects.select_for_update().get(pk=pk)
    if not article.draft_revisions.filter(version=article.draft_version).exists():
        _keep(article, state_of(article), by=None, at=article.updated_at)  # from before revisions were kept
    return article


@transaction.atomic
def keep_revision(article: Article, *, by: AbstractBaseUser | None) -> int:
    """Keep the draft as its rows are now, and return its version: raised by one, or the same when nothing changed.

    Raises DraftMoved when the version is no longer that of `article`: then somebody else changed the draft.
    """
    state, version = state_of(article), article.draft_version
    last = article.draft_revisions.filter(version=version).first()
    if last and from_data(last.state) == state:
        return version
    if not Article.objects.filter(pk=article.pk, draft_version=version).update(draft_version=version + 1):
        raise DraftMoved(f"article {article.pk} is no longer at version {version}")
    article.draft_version = version + 1
    _keep(article, state, by=by, at=timezone.now())
    _forget_oldest(article)
    return article.draft_version


def _keep(article: Article, state: DraftState, *, by: AbstractBaseUser | None, at) -> None:
    DraftRevision.objects.create(article=article, version=article.draft_version, state=to_data(state), saved_by=by, saved_at=at)


def _forget_oldest(article: Article) -> None:
    kept = article.draft_revisions
    first = kept.order_by("version").values_list("version", flat=True)[0]
    kept.filter(version__gt=first, version__lte=article.draft_version - KEPT).delete()


def name_of(user: AbstractBaseUser | None) -> str:
    """Return how a person is called on the pages of the desk; empty for none."""
    return str(user.get_full_name() or user) if user else ""
