"""The Atom feed: newest articles, whole text, absolute addresses that come from a setting and not from the Host header."""

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from articles.models import Article
from articles.presentation import open_links
from articles.rendering import RenderedArticle
from articles.rendering.feed_html import feed_html
from articles.rendering.snapshot import from_data

LATEST = 20


@require_safe
def article_feed(request: HttpRequest) -> HttpResponse:
    feed = Atom1Feed(
        title=settings.SITE_NAME,
        link=f"{settings.SITE_URL}/",
        description="Gezondheidsartikelen met genummerde bronnen",
        language="nl",
        feed_url=settings.SITE_URL + reverse("articles:feed"),
        author_name=settings.PUBLISHER_NAME,
    )
    for article in Article.objects.published()[:LATEST]:
        _add(feed, article, open_links(from_data(article.live.rendered)))
    response = HttpResponse(content_type=feed.content_type)
    feed.write(response, "utf-8")
    return response


def _add(feed: Atom1Feed, article: Article, rendered: RenderedArticle) -> None:
    url = settings.SITE_URL + article.get_absolute_url()
    published: datetime = article.first_published_at
    feed.add_item(
        title=rendered.title,
        link=url,
        unique_id=url,
        description=rendered.summary,
        content=feed_html(rendered, url=url, site_url=settings.SITE_URL),
        pubdate=published,
        updateddate=article.live.published_at,
        author_name=settings.PUBLISHER_NAME,
    )
