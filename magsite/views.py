"""Pages that belong to the site and to no article: home, the pages of text, robots.txt."""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

import articles
from articles.models import Article
from articles.published import published
from articles.rendering.markdown import render_block
from articles.rendering.page import Page
from articles.rendering.source import Library
from articles.structured_data import Site, site_json_ld
from articles.views import card

PAGES = Path(articles.__file__).parent / "content" / "pages"
ARTICLES_ON_HOME = 7


@require_safe
@published
def home(request: HttpRequest) -> HttpResponse:
    newest = Article.objects.published().without_texts()[:ARTICLES_ON_HOME]
    site = Site(settings.SITE_NAME, settings.SITE_URL, settings.PUBLISHER_NAME)
    json_ld = site_json_ld(site, search_path=reverse("search"))
    return render(request, "pages/home.html", {"articles": [card(article) for article in newest], "json_ld": json_ld})


@require_safe
@published
def page(request: HttpRequest, name: str) -> HttpResponse:
    """Show a page of text from articles/content/pages/."""
    title, html = read_page(name)
    return render(request, "pages/page.html", {"title": title, "html": html, "canonical": settings.SITE_URL + request.path})


@cache
def read_page(name: str) -> tuple[str, str]:
    """Return title and HTML of a page of text; its file starts with a line `# Titel`."""
    first, _, rest = (PAGES / f"{name}.md").read_text(encoding="utf-8").partition("\n")
    return first.removeprefix("# ").strip(), render_block(rest, Page(Library(), first_level=1))


@require_safe
@published
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", "Disallow: /beheer/", f"Sitemap: {settings.SITE_URL}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
