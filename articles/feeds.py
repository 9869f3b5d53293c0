"""The Atom feed: newest articles, whole text, absolute addresses that come from a setting and not from the Host header."""

import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from articles.models import Article
from articles.presentation import live_article, open_links
from articles.published import published
from articles.rendering import RenderedArticle
from articles.rendering.feed_html import feed_html

LATEST = 20
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class FullTextAtom(Atom1Feed):
    """Atom with the whole text of every entry, which Django's own generator leaves out."""

    def add_item_elements(self, handler, item) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["full_text"], {"type": "html"})


@require_safe
@published
def article_feed(request: HttpRequest) -> HttpResponse:
    feed = FullTextAtom(
        title=settings.SITE_NAME,
        link=f"{settings.SITE_URL}/",
        description="Gezondheidsartikelen met genummerde bronnen",
        language="nl",
        feed_url=settings.SITE_URL + reverse("articles:feed"),
        author_name=settings.PUBLISHER_NAME,
    )
    for article in Article.objects.published().with_late_masks()[:LATEST]:
        _add(feed, article, open_links(live_article(article)))
    response = HttpResponse(content_type=feed.content_type)
    feed.write(response, "utf-8")
    return response


def _add(feed: FullTextAtom, article: Article, rendered: RenderedArticle) -> None:
    url = settings.SITE_URL + article.get_absolute_url()
    feed.add_item(
        title=xml_safe(rendered.title),
        link=url,
        unique_id=url,
        description=xml_safe(rendered.summary),
        full_text=xml_safe(feed_html(rendered, url=url, site_url=settings.SITE_URL)),
        pubdate=article.first_published_at,
        updateddate=article.live.modified_at,
        author_name=settings.PUBLISHER_NAME,
    )


def xml_safe(text: str) -> str:
    """Return `text` without the characters that XML 1.0 does not allow, section 2.2."""
    return _NOT_IN_XML.sub("", text)
