"""Publishing: freezes a draft as a Publication, the only thing that readers are ever shown."""

from collections.abc import Iterable

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from articles.checks import check_article, errors
from articles.checks.acceptance import digest_of, with_acceptance
from articles.drafts import WRITE_PERMISSION, citation_rows, source_of, store_source
from articles.images.usage import index_pictures
from articles.library import library_for, watched_terms
from articles.links_index import index_links
from articles.markdown_file import dump, parse
from articles.models import (
    AcceptedFinding,
    Article,
    ArticleEvent,
    Citation,
    Generation,
    Publication,
    ScheduledPublication,
    Submission,
)
from articles.rendering import ArticleSource, RenderedArticle, render_article
from articles.rendering.findings import Finding, Level
from articles.rendering.fragments import anchors_of
from articles.rendering.snapshot import findings_to_data, from_data, to_card, to_data
from articles.revisions import name_of
from articles.search.index import index_article, remove_article

PERMISSION = "articles.publish_article"
LONGEST_REASON = 300


class AcceptRefused(ValueError):
    """A warning can't be accepted; the message says why, in Dutch."""


class PublishRefused(Exception):
    """The draft has errors. `findings` says which, and where; `examined` is everything that the checks said."""

    def __init__(self, findings: tuple[Finding, ...], examined: tuple[Finding, ...] = ()):
        super().__init__("; ".join(finding.message for finding in findings))
        self.findings, self.examined = findings, examined or findings


def examine(article: Article) -> tuple[ArticleSource, RenderedArticle, tuple[Finding, ...]]:
    """Return the draft as typed, as rendered, and what the checks say of it."""
    source = source_of(article)
    return source, *examine_source(source, article)


def examine_source(source: ArticleSource, article: Article | None) -> tuple[RenderedArticle, tuple[Finding, ...]]:
    """Return a text as rendered and what the checks say of it; `article` is the one it may become the draft of."""
    library = library_for(source)
    rendered = render_article(source, library)
    findings = check_article(
        source,
        rendered,
        library,
        published_keys=published_keys(article) if article else frozenset(),
        published_anchors=anchors_of(from_data(article.live.rendered)) if article and article.live else frozenset(),
        terms=watched_terms(),
        review_due=article.review_due if article else None,
        today=timezone.localdate(),
    )
    return rendered, with_acceptance(findings, source, _reasons(article) if article else {})


def _reasons(article: Article) -> dict[tuple[str, str], tuple[str, str]]:
    return {(row.code, row.digest): (row.reason, name_of(row.by)) for row in article.accepted_findings.select_related("by")}


@transaction.atomic
def accept_finding(article: Article, *, digest: str, reason: str, by: AbstractBaseUser) -> AcceptedFinding:
    """Leave a warning about the saved draft standing, for a reason. It opens again as soon as the text changes.

    Raises PermissionDenied, or AcceptRefused when there is no reason or the draft has no such warning (any more).
    """
    if not by.has_perm(WRITE_PERMISSION):
        raise PermissionDenied("Je mag dit artikel niet veranderen.")
    reason = " ".join(reason.split())
    if not reason or len(reason) > LONGEST_REASON:
        raise AcceptRefused(f"Schrijf in hooguit {LONGEST_REASON} tekens waarom de waarschuwing kan blijven staan.")
    source, _, findings = examine(article)
    for finding in findings:
        if finding.level == Level.WARNING and digest_of(finding, source) == digest:
            values = {"reason": reason, "message": finding.message, "by": by}
            return article.accepted_findings.update_or_create(code=finding.code, digest=digest, defaults=values)[0]
    raise AcceptRefused("Die waarschuwing is er niet meer: de tekst is intussen veranderd. Kijk de bevindingen opnieuw na.")


def published_keys(article: Article) -> frozenset[str]:
    """Return the keys of the sources that the live publication of `article` cites."""
    return frozenset(item["key"] for item in article.live.rendered["sources"]) if article.live else frozenset()


@transaction.atomic
def publish(
    article: Article,
    *,
    by: AbstractBaseUser | None,
    reason: str = "",
    is_substantive: bool = True,
    source: ArticleSource | None = None,
    keep_plans: bool = False,
) -> Publication:
    """Freeze the draft of `article`, or `source` when a text is given, and show it to readers.

    `by` is None only for a command that nobody is signed in to. `reason` says what changed. Readers see it when the change is
    substantive; only such a change moves `modified_at`, and the first publication always is one. A text that is the same as the
    live publication gives that publication back, so a double click publishes once. A new version calls off what was planned to be
    published, because that text is older, unless `keep_plans`. Publishing the draft answers its submission; a given text leaves
    draft and submission alone.
    Raises PermissionDenied, or PublishRefused when the checks find an error.
    """
    require_permission(by)
    article = Article.objects.select_for_update().get(pk=article.pk)
    text = source or source_of(article)
    rendered, findings = examine_to_publish(text, article)
    if blocking := errors(findings):
        raise PublishRefused(blocking, findings)
    if source is None:
        Submission.objects.filter(article=article).delete()
    if _is_live(article, text, rendered):
        return article.live
    if not keep_plans:
        call_off(article, kinds=[ScheduledPublication.Kind.PUBLISH], by=by, reason="Er is een andere versie gepubliceerd.")
    return _freeze(article, text, rendered, findings, by=by, reason=reason, is_substantive=is_substantive)


def _is_live(article: Article, source: ArticleSource, rendered: RenderedArticle) -> bool:
    """Tell whether readers see exactly this already."""
    return bool(article.live) and article.live.source == dump(source) and from_data(article.live.rendered) == rendered


def _freeze(
    article: Article, source: ArticleSource, rendered: RenderedArticle, findings, *, by, reason, is_substantive
) -> Publication:
    text, data = dump(source), to_data(rendered)
    now, last = timezone.now(), article.publications.defer("source", "rendered").order_by("-number").first()
    publication = Publication.objects.create(
        article=article,
        number=last.number + 1 if last else 1,
        title=rendered.title,
        slug=rendered.slug,
        summary=rendered.summary,
        source=text,
        rendered=data,
        card=to_card(data),
        findings=findings_to_data(findings),
        published_at=now,
        published_by=by,
        reason=reason.strip(),
        is_substantive=is_substantive or last is None,
        modified_at=now if is_substantive or last is None else last.modified_at,
    )
    Citation.objects.bulk_create(citation_rows(article, rendered, publication=publication))
    index_links(article, rendered, publication=publication)
    index_pictures(article, rendered, publication=publication)
    _show(article, publication)
    return publication


def examine_to_publish(source: ArticleSource, article: Article) -> tuple[RenderedArticle, tuple[Finding, ...]]:
    """Return a text as rendered and everything that may stand in the way of showing it to readers now."""
    rendered, findings = examine_source(source, article)
    return rendered, (*findings, *_address_taken(article, source.slug))


def _address_taken(article: Article, slug: str) -> tuple[Finding, ...]:
    """Another article may still be live at the address that this text wants."""
    other = Article.objects.published().filter(live__slug=slug).exclude(pk=article.pk).first()
    if other is None:
        return ()
    message = (
        f"Op het adres ‘{slug}’ staat nog ‘{other.live.title}’. "
        "Kies een ander adres, of publiceer dat artikel eerst op zijn nieuwe adres."
    )
    return (Finding("address-taken", Level.ERROR, message, field="slug"),)


def _show(article: Article, publication: Publication) -> None:
    article.live = publication
    article.status = Article.Status.PUBLISHED
    article.first_published_at = article.first_published_at or publication.published_at
    article.save(update_fields=["live", "status", "first_published_at"])
    Generation.raise_it()
    index_article(article, publication)


@transaction.atomic
def withdraw(article: Article, *, by: AbstractBaseUser | None, reason: str = "", keep_plans: bool = False) -> Article:
    """Take `article` away from readers, and write down who did so and why; its publications stay.

    What was planned is called off too, so that nothing comes back by surprise, unless `keep_plans`. Withdrawing twice changes
    nothing. Raises PermissionDenied.
    """
    require_permission(by)
    article = Article.objects.select_for_update().get(pk=article.pk)
    if article.status == Article.Status.PUBLISHED:
        article.live, article.status = None, Article.Status.WITHDRAWN
        article.save(update_fields=["live", "status"])
        ArticleEvent.record(article, ArticleEvent.Kind.WITHDRAWN, by=by, reason=reason.strip())
        if not keep_plans:
            call_off(article, kinds=ScheduledPublication.Kind.values, by=by, reason="Het artikel is ingetrokken.")
        Generation.raise_it()
        remove_article(article)
    return article


def call_off(article: Article, *, kinds: Iterable[str], by: AbstractBaseUser | None, reason: str) -> int:
    """Cancel what waits or has failed for `article`, of these kinds; return how many. The caller holds the lock on the article."""
    rows = list(article.scheduled.filter(kind__in=kinds, state__in=ScheduledPublication.OPEN).defer("source"))
    for row in rows:
        if not row.has_failed:  # a failure is in the log already
            ArticleEvent.record(article, ArticleEvent.Kind.CANCELLED, by=by, reason=reason, due=row.due)
    article.scheduled.filter(pk__in=[row.pk for row in rows]).update(state=ScheduledPublication.State.CANCELLED)
    return len(rows)


@transaction.atomic
def restore_draft(publication: Publication, *, by: AbstractBaseUser | None) -> Article:
    """Make the draft what it was in `publication`, at the address that it has now; readers see nothing of it.

    Raises PermissionDenied, UnknownName when an image or claim is gone, or ArticleFileError when the text can't be read.
    """
    if by is not None and not by.has_perm(WRITE_PERMISSION):
        raise PermissionDenied("Je mag artikelen niet veranderen. Vraag een redacteur.")
    article = Article.objects.get(pk=publication.article_id)
    return store_source(parse(publication.source), article=article, by=by)


@transaction.atomic
def restore(publication: Publication, *, by: AbstractBaseUser | None) -> Publication:
    """Publish the text of `publication` again, as a new version with the sources and images of now. All or nothing.

    Raises what `publish` and `restore_draft` raise; then the draft is what it was.
    """
    require_permission(by)
    return publish(restore_draft(publication, by=by), by=by, reason=f"Hersteld naar versie {publication.number}")


def require_permission(user: AbstractBaseUser | None) -> None:
    """Raise PermissionDenied unless `user` may decide what readers see; None is a command on the server."""
    if user is not None and not user.has_perm(PERMISSION):
        raise PermissionDenied("Je mag artikelen schrijven, maar niet publiceren. Vraag een eindredacteur.")
