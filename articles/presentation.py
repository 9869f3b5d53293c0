"""Everything that the article template needs around a RenderedArticle. The public page and the preview share it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse

from articles import structured_data
from articles.calculator import put_calculators
from articles.late_masks import mask_sources
from articles.library import link_targets
from articles.models import Article
from articles.reader_questions import ReaderQuestion
from articles.related import related_articles
from articles.rendering import RenderedArticle, links
from articles.rendering.fragments import fragments, map_fragments
from articles.rendering.intake import empty_places
from articles.rendering.snapshot import from_data
from articles.rendering.source import LinkTarget
from articles.structured_data import ShareImage, Site


@dataclass(frozen=True)
class Change:
    """A publication that readers should know of. `url` leads to the article as it was then."""

    number: int
    published_at: datetime
    reason: str
    url: str


@dataclass(frozen=True)
class ShownVersion:
    """Which version a page shows, when it is not the page of the article itself. `slug` is the address of that page now."""

    number: int
    published_at: datetime
    is_current: bool
    slug: str


@dataclass(frozen=True)
class LinkedDraft:
    """What somebody who reads a draft by a link is told: when it was saved, and how long the link works."""

    saved_at: datetime
    expires_at: datetime


def site() -> Site:
    return Site(settings.SITE_NAME, settings.SITE_URL, settings.PUBLISHER_NAME)


def page_context(
    rendered: RenderedArticle,
    *,
    published_at: datetime | None,
    modified_at: datetime | None,
    version: int | None,
    version_at: datetime | None = None,
    is_preview: bool = False,
    shown_version: ShownVersion | None = None,
    linked_draft: LinkedDraft | None = None,
    changes: tuple[Change, ...] = (),
    questions: tuple[ReaderQuestion, ...] = (),
    card: Callable[[Article], object] | None = None,
) -> dict:
    """Return the context of articles/article_detail.html. Times are None for a draft that was never published.

    `card` makes of an article what stands under "Lees ook"; without it there is no such list.
    A page with `shown_version` keeps search engines away: it leads them to the article and describes nothing itself. One with
    `linked_draft` names no address at all.
    """
    shows_related = card is not None and bool(rendered.related)
    targets = link_targets({*linked_slugs(rendered), *((*rendered.related, rendered.slug) if shows_related else ())})
    article, calculators = _with_links(rendered, targets), set()
    if shown_version or linked_draft:
        article = map_fragments(article, empty_places)
    else:
        article = map_fragments(article, lambda html: put_calculators(html, slug=rendered.slug, seen=calculators))
    url = settings.SITE_URL + reverse("articles:detail", args=[shown_version.slug if shown_version else article.slug])
    default = ShareImage(settings.SITE_URL + static("img/og-default.png"), 1200, 630)
    image = structured_data.share_image(article.hero, site=site(), default=default)
    context = {
        "article": article,
        "published_at": published_at,
        "modified_at": modified_at,
        "version": version,
        "version_at": version_at,
        "is_preview": is_preview or linked_draft is not None,
        "linked_draft": linked_draft,
        "shown_version": shown_version,
        "changes": changes,
        "questions": questions,
        "has_calculator": bool(calculators),
        "related": [card(other) for other in related_articles(rendered, targets)] if shows_related else [],
        "canonical": "" if linked_draft else url,
        "og_image": image.url,
        "og_image_width": image.width,
        "og_image_height": image.height,
    }
    if not (is_preview or shown_version or linked_draft):
        context |= {
            "json_ld": structured_data.json_ld(
                article, url=url, published=published_at, modified=modified_at, image=image, site=site()
            ),
            "highwire": structured_data.highwire(article, url=url, published=published_at, site=site()),
            "citation": structured_data.citation(article, url=url, modified=modified_at, site=site()),
        }
    return context


def live_article(article: Article) -> RenderedArticle:
    """Return what readers may see of a published article, from `Article.objects.published().with_late_masks()`."""
    rendered = from_data(article.live.rendered)
    return mask_sources(rendered, published_at=article.live.published_at) if article.has_late_mask else rendered


def open_links(article: RenderedArticle) -> RenderedArticle:
    """Put addresses into the links to articles that are published now. One query."""
    return _with_links(article, link_targets(linked_slugs(article)))


def linked_slugs(article: RenderedArticle) -> set[str]:
    """Return the address of every article that the text means to link to."""
    return {slug for fragment in fragments(article) for slug in links.linked_slugs(fragment.html)}


def _with_links(article: RenderedArticle, targets: Mapping[str, LinkTarget]) -> RenderedArticle:
    return map_fragments(article, lambda html: links.resolve(html, targets)) if targets else article
