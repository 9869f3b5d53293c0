"""A RenderedArticle as HTML for a feed reader: no ids that could clash, absolute addresses, the sources as a list at the end."""

import re
from html import escape

from articles.rendering.figures import figure_html
from articles.rendering.intake import empty_places
from articles.rendering.rendered import RenderedArticle

_ID = re.compile(r' id="[^"]*"')
_FRAGMENT = re.compile(r'href="#')
_OWN_PATH = re.compile(r'(href|src)="/(?!/)')
_SRCSET = re.compile(r'srcset="([^"]*)"')
_ANCHOR_LINK = re.compile(r' <a class="anchor"[^>]*>#</a>')


def feed_html(article: RenderedArticle, *, url: str, site_url: str) -> str:
    """Return the whole article as one fragment of HTML whose every address is absolute."""
    parts = [figure_html(article.hero) if article.hero else "", article.intro]
    for section in article.sections:
        parts += [f"<h2>{escape(section.heading)}</h2>", section.html]
        for benefit in section.benefits:
            parts += [f"<h3>{benefit.number}. {escape(benefit.title)}</h3>", benefit.html]
            parts.append(figure_html(benefit.picture) if benefit.picture else "")
    items = "".join(f"<li>{source.html}</li>" for source in article.sources)
    parts.append(f"<h2>Referenties</h2><ol>{items}</ol>" if items else "")
    return absolute(empty_places("".join(parts)), url=url, site_url=site_url)


def absolute(html: str, *, url: str, site_url: str) -> str:
    """Return `html` without ids and share links, with every address that points into the page or the site made absolute."""
    html = _ID.sub("", _ANCHOR_LINK.sub("", html))
    html = _FRAGMENT.sub(f'href="{escape(url)}#', html)
    html = _OWN_PATH.sub(rf'\1="{site_url}/', html)
    return _SRCSET.sub(lambda match: f'srcset="{_absolute_srcset(match[1], site_url)}"', html)


def _absolute_srcset(srcset: str, site_url: str) -> str:
    candidates = (candidate.strip() for candidate in srcset.split(","))
    return ", ".join(site_url + candidate if candidate.startswith("/") else candidate for candidate in candidates)
