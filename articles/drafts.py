"""Drafts: the article as it stands in the database or in an unsaved form, as an ArticleSource, and back into rows."""

import hashlib
from dataclasses import replace
from datetime import date

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import transaction

from articles.draft_state import HEAD, from_data, source_from
from articles.images.usage import index_pictures
from articles.library import library_for
from articles.links_index import index_links
from articles.markdown_file import dump
from articles.models import Article, Benefit, Citation, DraftRevision, Image, Section
from articles.rendering import ArticleSource, RenderedArticle, render_article
from articles.rendering.source import BenefitSource
from articles.revisions import keep_revision, state_of, take_draft
from references.models import HealthClaim, Reference

WRITE_PERMISSION = "articles.change_article"


def source_of(article: Article) -> ArticleSource:
    """Return the draft of `article`, chapters and benefits in their order."""
    return source_from(state_of(article))


def with_fields(source: ArticleSource) -> ArticleSource:
    """Return a text that came from a file with the names of the form fields that its parts would stand in."""
    sections = tuple(replace(section, field=f"sections-{i}-body") for i, section in enumerate(source.sections))
    benefits = tuple(replace(benefit, field=f"benefits-{i}-body") for i, benefit in enumerate(source.benefits))
    return replace(source, sections=sections, benefits=benefits)


def digest_of_draft(article: Article) -> str:
    """Return the digest of the draft as saved: two drafts with the same digest hold the same text."""
    return digest(dump(source_of(article)))


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def render_draft(article: Article) -> RenderedArticle:
    """Return the draft as readers would see it."""
    source = source_of(article)
    return render_article(source, library_for(source))


class UnknownName(ValueError):
    """A source names an image or a claim that does not exist; the message says which, in Dutch."""


@transaction.atomic
def store_source(source: ArticleSource, *, article: Article | None = None, by: AbstractBaseUser | None = None) -> Article:
    """Write `source` into the draft of `article`, or into the one with its slug, made when there is none; return it as stored.

    The public page does not change, and the address of a given `article` does not either. `by` is None for a command.

    Raises UnknownName when the hero, a benefit's image or a claim is not in the database: import those first.
    """
    article = article or Article.objects.filter(slug=source.slug).first() or Article(slug=source.slug)
    article = take_draft(article.pk) if article.pk else article
    article.title, article.lang, article.summary = source.title, source.lang, source.summary
    article.bibliography, article.intro, article.related = source.bibliography, source.intro, list(source.related)
    article.hero, article.hero_alt, article.hero_caption = _image(source.hero.image), source.hero.alt, source.hero.caption
    article.adviser_name, article.adviser_role = source.adviser.name, source.adviser.role
    article.adviser_heading, article.adviser_text = source.adviser.heading, source.adviser.text
    save_draft(article)
    article.sections.all().delete()
    Section.objects.bulk_create(
        Section(article=article, position=i, heading=s.heading, anchor=s.anchor, body=s.body, shows_benefits=s.shows_benefits)
        for i, s in enumerate(source.sections, start=1)
    )
    _store_benefits(article, source.benefits)
    draft_changed(article, by=by)
    return article


@transaction.atomic
def restore_revision(revision: DraftRevision, *, by: AbstractBaseUser) -> Article:
    """Make the draft what it was in `revision`, at the address that it has now; readers see nothing of it.

    Raises PermissionDenied, or UnknownName when an image or a claim is gone.
    """
    if not by.has_perm(WRITE_PERMISSION):
        raise PermissionDenied("Je mag artikelen niet veranderen. Vraag een redacteur.")
    state = from_data(revision.state)
    article = take_draft(revision.article_id)
    article.review_due = date.fromisoformat(state.head["review_due"]) if state.head["review_due"] else None
    article.save(update_fields=["review_due"])
    return store_source(source_from(state), article=article, by=by)


@transaction.atomic
def draft_changed(article: Article, *, by: AbstractBaseUser | None) -> None:
    """Write down which sources the draft cites, and keep a revision. Called by everything that changes a draft."""
    index_citations(article)
    keep_revision(article, by=by)


def save_draft(article: Article) -> None:
    """Save the row without what publishing owns, so that an old copy of the row never undoes a publication."""
    if article.pk is None:
        article.save()
    else:
        article.save(update_fields=[*HEAD, "updated_at"])


def _store_benefits(article: Article, benefits: tuple[BenefitSource, ...]) -> None:
    article.benefits.all().delete()
    for i, item in enumerate(benefits, start=1):
        benefit = Benefit.objects.create(
            article=article,
            position=i,
            title=item.title,
            anchor=item.anchor,
            body=item.body,
            image=_image(item.image),
            image_alt=item.image_alt,
            image_caption=item.image_caption,
        )
        benefit.claims.set(_claims(item.claims))


def _image(name: str) -> Image | None:
    if not name:
        return None
    try:
        return Image.objects.get(name=name)
    except Image.DoesNotExist:
        raise UnknownName(f"De afbeelding ‘{name}’ staat niet in de beeldbank. Voeg haar eerst toe.") from None


def _claims(keys: tuple[str, ...]) -> list[HealthClaim]:
    found = {claim.key: claim for claim in HealthClaim.objects.filter(key__in=keys)}
    if missing := [key for key in keys if key not in found]:
        raise UnknownName(f"Deze gezondheidsclaim is niet bekend: {', '.join(missing)}. Voeg haar eerst toe.")
    return [found[key] for key in keys]


@transaction.atomic
def index_citations(article: Article) -> RenderedArticle:
    """Write down what the draft cites, shows and links to, and where; return the rendered draft."""
    rendered = render_draft(article)
    Citation.objects.filter(article=article, publication=None).delete()
    Citation.objects.bulk_create(citation_rows(article, rendered))
    index_links(article, rendered)
    index_pictures(article, rendered)
    return rendered


def citation_rows(article: Article, rendered: RenderedArticle, **extra) -> list[Citation]:
    """Return unsaved rows for every use of every source, by number and then by place."""
    references = Reference.objects.by_key(source.key for source in rendered.sources)
    uses = [(source, use) for source in rendered.sources for use in source.uses]
    return [
        Citation(
            article=article,
            reference=references[source.key],
            position=position,
            number=source.number,
            locator=use.locator[:200],
            anchor=use.anchor,
            heading=use.heading[:200],
            sentence=use.sentence,
            **extra,
        )
        for position, (source, use) in enumerate(uses, start=1)
    ]
