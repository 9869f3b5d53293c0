"""Public pages about articles and their sources. They read live publications only, set no cookie and ask nothing of the visitor."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles.addresses import find_articles, was_withdrawn
from articles.late_masks import mask, mask_sources
from articles.models import Article, Citation, Publication
from articles.presentation import Change, ShownVersion, live_article, page_context
from articles.published import published
from articles.reader_questions import questions_of
from articles.rendering.rendered import Picture
from articles.rendering.snapshot import from_card, from_data

ARTICLES_PER_PAGE = 20


@dataclass(frozen=True)
class Card:
    """An article in a list."""

    title: str
    summary: str
    url: str
    picture: Picture | None
    minutes: int
    published_at: datetime
    sources_count: int


@dataclass(frozen=True)
class CitingArticle:
    """An article that cites a source, with every sentence that does."""

    title: str
    url: str
    citations: tuple["CitingSentence", ...]


@dataclass(frozen=True)
class CitingSentence:
    url: str
    sentence: str
    heading: str
    number: int
    locator: str


def card(article: Article) -> Card:
    live = article.live
    return Card(
        title=live.title,
        summary=live.summary,
        url=article.get_absolute_url(),
        published_at=article.first_published_at,
        **from_card(live.card),
    )


def moved_to(url: str) -> HttpResponsePermanentRedirect:
    """Return a 301 that browsers ask for again: an address may go back to an article that left it, and must not lead in circles."""
    return HttpResponsePermanentRedirect(url, headers={"Cache-Control": "no-cache"})


@require_safe
@published
def article_list(request: HttpRequest, number: int = 1) -> HttpResponse:
    """Show a page of articles. Their numbers come first, from an index alone: only the rows of this page are read.

    A page has an address without a query string, so that its bytes are kept. Raises Http404 past the last one.
    """
    if request.path != _list_url(number):
        return moved_to(_list_url(number))
    pages = Paginator(Article.objects.published().values_list("pk", flat=True), ARTICLES_PER_PAGE)
    if number > pages.num_pages:
        raise Http404("Zoveel artikelen zijn er niet.")
    page = pages.page(number)
    articles = Article.objects.published().without_texts().filter(pk__in=list(page))
    context = {
        "articles": [card(article) for article in articles],
        "page": page,
        "canonical": settings.SITE_URL + _list_url(number),
        "newer": _list_url(number - 1) if page.has_previous() else "",
        "older": _list_url(number + 1) if page.has_next() else "",
    }
    return render(request, "articles/article_list.html", context)


def _list_url(number: int) -> str:
    return reverse("articles:list_page", args=[number]) if number > 1 else reverse("articles:list")


@require_safe
@published
def article_detail(request: HttpRequest, slug: str) -> HttpResponse:
    article = Article.objects.published().with_late_masks().filter(live__slug=slug).first()
    if article is None:
        return _moved(request, slug)
    context = page_context(
        live_article(article),
        published_at=article.first_published_at,
        modified_at=article.live.modified_at,
        version=article.live.number,
        version_at=article.live.published_at,
        changes=_changes(article),
        questions=questions_of(article),
        card=card,
    )
    return render(request, "articles/article_detail.html", context)


def _moved(request: HttpRequest, slug: str) -> HttpResponse:
    """Lead from an address that a published article had before to the one it has now; say so when the article is withdrawn."""
    if found := find_articles([slug]).get(slug):
        return moved_to(reverse("articles:detail", args=[found.slug]))
    return _gone(request, slug)


def _gone(request: HttpRequest, slug: str) -> HttpResponse:
    """Tell readers and search engines that what was here is withdrawn. Raises Http404 when nothing ever was."""
    if not was_withdrawn(slug):
        raise Http404("Dit artikel bestaat niet.")
    return render(request, "410.html", status=410)


def _changes(article: Article) -> tuple[Change, ...]:
    """Return the publications that readers should know of, newest first; none while there is only the first."""
    rows = article.publications.filter(is_substantive=True).order_by("-number")
    found = tuple(
        Change(number, published_at, reason, reverse("articles:version", args=[article.live.slug, number]))
        for number, published_at, reason in rows.values_list("number", "published_at", "reason")
    )
    return found if len(found) > 1 else ()


@require_safe
@published
def article_version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show an article as it was in one of its publications."""
    article = Article.objects.published().filter(live__slug=slug).first()
    publication = article.publications.filter(number=number).first() if article else None
    if publication is None:
        return _moved_version(request, slug, number)
    context = page_context(
        mask_sources(from_data(publication.rendered), published_at=publication.published_at),
        published_at=article.first_published_at,
        modified_at=publication.modified_at,
        version=publication.number,
        shown_version=ShownVersion(
            publication.number, publication.published_at, publication.pk == article.live_id, article.live.slug
        ),
    )
    response = render(request, "articles/article_detail.html", context)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _moved_version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Lead from the address that a version once had to the one it has now. Raises Http404 when there is no such version."""
    here_before = Publication.objects.filter(slug=slug, article__live__isnull=False, article__publications__number=number)
    slug_now = here_before.exclude(article__live__slug=slug).values_list("article__live__slug", flat=True).first()
    if slug_now:
        return moved_to(reverse("articles:version", args=[slug_now, number]))
    if find_articles([slug]):
        raise Http404("Deze versie bestaat niet.")
    return _gone(request, slug)


@require_safe
@published
def source_detail(request: HttpRequest, key: str) -> HttpResponse:
    """Show a source as it was when the newest article that cites it was published, with every sentence that rests on it."""
    citations = list(Citation.objects.live().filter(reference__key=key))
    if not citations:
        raise Http404("Deze bron wordt nergens genoemd.")
    newest = max(citations, key=lambda citation: citation.publication.published_at).publication
    source = next(item for item in from_data(newest.rendered).sources if item.key == key)
    if (reference := citations[0].reference).masked_at and reference.masked_at > newest.published_at:
        source = mask(source, reference)
    context = {
        "title": source.record["title"],
        "lang": source.record.get("language", "nl"),
        "source_html": source.html,
        "articles": [_citing_article(article, list(group)) for article, group in groupby(citations, lambda c: c.article)],
        "canonical": settings.SITE_URL + reverse("references:detail", args=[key]),
        "link_url": source.url,
    }
    return render(request, "references/reference_detail.html", context)


def _citing_article(article: Article, citations: list[Citation]) -> CitingArticle:
    url = article.get_absolute_url()
    sentences = tuple(CitingSentence(f"{url}#{c.anchor}", c.sentence, c.heading, c.number, c.locator) for c in citations)
    return CitingArticle(article.live.title, url, sentences)
