"""Publishing: freezes a draft as a Publication, the only thing that readers are ever shown."""

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from articles.checks import check_article, errors
from articles.drafts import citation_rows, source_of, store_source
from articles.library import library_for
from articles.markdown_file import dump, parse
from articles.models import Article, Citation, Generation, Publication
from articles.rendering import ArticleSource, RenderedArticle, render_article
from articles.rendering.findings import Finding, Level
from articles.rendering.snapshot import findings_to_data, to_data

PERMISSION = "articles.publish_article"
WRITE_PERMISSION = "articles.change_article"


class PublishRefused(Exception):
    """The draft has errors. `findings` says which, and where."""

    def __init__(self, findings: tuple[Finding, ...]):
        super().__init__("; ".join(finding.message for finding in findings))
        self.findings = findings


def examine(article: Article) -> tuple[ArticleSource, RenderedArticle, tuple[Finding, ...]]:
    """Return the draft as typed, as rendered, and what the checks say of it."""
    source = source_of(article)
    library = library_for(source)
    rendered = render_article(source, library)
    return source, rendered, check_article(source, rendered, library, published_keys=published_keys(article))


def published_keys(article: Article) -> frozenset[str]:
    """Return the keys of the sources that the live publication of `article` cites."""
    return frozenset(item["key"] for item in article.live.rendered["sources"]) if article.live else frozenset()


@transaction.atomic
def publish(article: Article, *, by: AbstractBaseUser | None, reason: str = "", is_substantive: bool = True) -> Publication:
    """Freeze the draft of `article` and show it to readers. `by` is None only for a command that nobody is signed in to.

    `reason` says what changed. Readers see it when the change is substantive; only such a change moves `modified_at`, and the
    first publication always is one. A draft that is the same as the live publication gives that publication back, so a double
    click publishes once.
    Raises PermissionDenied, or PublishRefused when the checks find an error.
    """
    _require_permission(by)
    article = Article.objects.select_for_update().get(pk=article.pk)
    source, rendered, findings = examine(article)
    if blocking := errors((*findings, *_address_taken(article))):
        raise PublishRefused(blocking)
    text, data = dump(source), to_data(rendered)
    if article.live and (article.live.source, article.live.rendered) == (text, data):
        return article.live
    now, last = timezone.now(), article.publications.defer("source", "rendered").order_by("-number").first()
    publication = Publication.objects.create(
        article=article,
        number=last.number + 1 if last else 1,
        title=rendered.title,
        slug=rendered.slug,
        summary=rendered.summary,
        source=text,
        rendered=data,
        findings=findings_to_data(findings),
        published_at=now,
        published_by=by,
        reason=reason.strip(),
        is_substantive=is_substantive or last is None,
        modified_at=now if is_substantive or last is None else last.modified_at,
    )
    Citation.objects.bulk_create(citation_rows(article, rendered, publication=publication))
    _show(article, publication)
    return publication


def _address_taken(article: Article) -> tuple[Finding, ...]:
    """Another article may still be live at the address that this draft wants."""
    other = Article.objects.published().filter(live__slug=article.slug).exclude(pk=article.pk).first()
    if other is None:
        return ()
    message = (
        f"Op het adres ‘{article.slug}’ staat nog ‘{other.live.title}’. "
        "Kies een ander adres, of publiceer dat artikel eerst op zijn nieuwe adres."
    )
    return (Finding("address-taken", Level.ERROR, message, field="slug"),)


def _show(article: Article, publication: Publication) -> None:
    article.live = publication
    article.status = Article.Status.PUBLISHED
    article.first_published_at = article.first_published_at or publication.published_at
    article.save(update_fields=["live", "status", "first_published_at"])
    Generation.raise_it()


@transaction.atomic
def withdraw(article: Article, *, by: AbstractBaseUser | None) -> Article:
    """Take `article` away from readers; its publications stay. Withdrawing twice changes nothing. Raises PermissionDenied."""
    _require_permission(by)
    article = Article.objects.select_for_update().get(pk=article.pk)
    if article.status == Article.Status.PUBLISHED:
        article.live, article.status = None, Article.Status.WITHDRAWN
        article.save(update_fields=["live", "status"])
        Generation.raise_it()
    return article


@transaction.atomic
def restore_draft(publication: Publication, *, by: AbstractBaseUser | None) -> Article:
    """Make the draft what it was in `publication`, at the address that it has now; readers see nothing of it.

    Raises PermissionDenied, UnknownName when an image or claim is gone, or ArticleFileError when the text can't be read.
    """
    if by is not None and not by.has_perm(WRITE_PERMISSION):
        raise PermissionDenied("Je mag artikelen niet veranderen. Vraag een redacteur.")
    article = Article.objects.select_for_update().get(pk=publication.article_id)
    return store_source(parse(publication.source), article=article)


@transaction.atomic
def restore(publication: Publication, *, by: AbstractBaseUser | None) -> Publication:
    """Publish the text of `publication` again, as a new version with the sources and images of now. All or nothing.

    Raises what `publish` and `restore_draft` raise; then the draft is what it was.
    """
    _require_permission(by)
    return publish(restore_draft(publication, by=by), by=by, reason=f"Hersteld naar versie {publication.number}")


def _require_permission(user: AbstractBaseUser | None) -> None:
    if user is not None and not user.has_perm(PERMISSION):
        raise PermissionDenied("Je mag artikelen schrijven, maar niet publiceren. Vraag een eindredacteur.")
