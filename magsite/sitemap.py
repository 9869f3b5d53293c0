"""The sitemap: an index, and parts that hold the pages of the site, articles and sources.

A part holds the articles, or the sources, whose primary keys lie in one range. So the index needs no count: it steps from one
range that has something in it to the next, and a page that is published changes one part. The protocol (sitemaps.org) allows
50,000 addresses and 50 MB a file.
"""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import connection
from django.db.models import Exists, F, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles.models import Article, Citation
from articles.published import published
from references.models import Reference

ARTICLES_PER_PART, SOURCES_PER_PART = 5_000, 20_000
PAGES = ("/", "/artikelen/", "/advies/", "/vitaminetest/", "/over/", "/privacy/")

# The next primary key after `after` that a reader can find: a step in the primary key, or in the index of what citations cite.
NEXT_ARTICLE = "SELECT a.id FROM articles_article a WHERE a.live_id IS NOT NULL AND a.id > {after} ORDER BY a.id LIMIT 1"
NEXT_SOURCE = """SELECT c.reference_id FROM articles_citation c WHERE c.reference_id > {after}
AND EXISTS (SELECT 1 FROM articles_article a WHERE a.live_id = c.publication_id) ORDER BY c.reference_id LIMIT 1"""
PARTS = """WITH RECURSIVE part(number) AS (
SELECT (({first}) - 1) / {size} + 1
UNION ALL SELECT (({following}) - 1) / {size} + 1 FROM part WHERE part.number IS NOT NULL
) SELECT number FROM part WHERE number IS NOT NULL"""


@require_safe
@published
def sitemap(request: HttpRequest) -> HttpResponse:
    """List the parts. Two queries, whose cost grows with the number of parts only."""
    paths = [reverse("sitemap-pages")]
    paths += [reverse("sitemap-articles", args=[number]) for number in _parts(NEXT_ARTICLE, ARTICLES_PER_PART)]
    paths += [reverse("sitemap-sources", args=[number]) for number in _parts(NEXT_SOURCE, SOURCES_PER_PART)]
    return _xml("sitemap_index.xml", {"paths": paths})


@require_safe
@published
def pages(request: HttpRequest) -> HttpResponse:
    return _part((path, None) for path in PAGES)


@require_safe
@published
def articles(request: HttpRequest, number: int) -> HttpResponse:
    """List a part of the articles; the date is that of the newest substantive publication."""
    rows = Article.objects.published().without_texts().filter(**_range(number, ARTICLES_PER_PART))
    return _part((article.get_absolute_url(), article.live.modified_at) for article in rows)


@require_safe
@published
def sources(request: HttpRequest, number: int) -> HttpResponse:
    """List a part of the sources that an article of now cites."""
    cited = Citation.objects.filter(reference=OuterRef("pk"), article__live=F("publication"))
    found = Reference.objects.filter(Exists(cited), **_range(number, SOURCES_PER_PART)).order_by("key")
    return _part((reverse("references:detail", args=[key]), None) for key in found.values_list("key", flat=True))


def _parts(query: str, size: int) -> list[int]:
    """Return the numbers of the parts that hold something, from 1."""
    following = query.format(after=f"part.number * {size}")
    with connection.cursor() as cursor:
        cursor.execute(PARTS.format(first=query.format(after=0), following=following, size=size))
        return [number for (number,) in cursor.fetchall()]


def _range(number: int, size: int) -> dict:
    return {"pk__gt": (number - 1) * size, "pk__lte": number * size}


def _part(urls: Iterable[tuple[str, datetime | None]]) -> HttpResponse:
    """A part lists one address at least: the protocol knows no empty file. Raises Http404."""
    found = [{"path": path, "modified": modified} for path, modified in urls]
    if not found:
        raise Http404("Dit deel bestaat niet.")
    return _xml("sitemap.xml", {"urls": found})


def _xml(template: str, context: dict) -> HttpResponse:
    body = render_to_string(template, context | {"SITE_URL": settings.SITE_URL})
    return HttpResponse(body, content_type="application/xml; charset=utf-8")
