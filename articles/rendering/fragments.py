"""The pieces of HTML that a rendered article is made of: to look through them, or to change them all in one way."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from articles.rendering.rendered import Picture, RenderedArticle, RenderedBenefit, RenderedSection

_HEADING_ID = re.compile(r'<h[2-6][^>]*? id="([^"]+)"')


@dataclass(frozen=True)
class Fragment:
    """A piece of HTML: the heading it stands under, and the form field that the draft keeps it in."""

    html: str
    heading: str
    field: str


def fragments(article: RenderedArticle) -> Iterator[Fragment]:
    """Yield every piece that is not empty, in reading order."""
    return (fragment for fragment in _all(article) if fragment.html)


def _all(article: RenderedArticle) -> Iterator[Fragment]:
    yield Fragment(article.hero.caption_html if article.hero else "", "Openingsbeeld", "hero_caption")
    yield Fragment(article.intro, "Inleiding", "intro")
    for i, section in enumerate(article.sections):
        yield Fragment(section.html, section.heading, f"sections-{i}-body")
        for j, benefit in enumerate(section.benefits):
            heading = f"{benefit.number}. {benefit.title}"
            yield Fragment(benefit.html, heading, f"benefits-{j}-body")
            yield Fragment(benefit.picture.caption_html if benefit.picture else "", heading, f"benefits-{j}-image")


def map_fragments(article: RenderedArticle, change: Callable[[str], str]) -> RenderedArticle:
    """Return the article with every piece of HTML changed."""

    def picture(old: Picture | None) -> Picture | None:
        return replace(old, caption_html=change(old.caption_html)) if old else None

    def benefit(old: RenderedBenefit) -> RenderedBenefit:
        return replace(old, html=change(old.html), picture=picture(old.picture))

    def section(old: RenderedSection) -> RenderedSection:
        return replace(old, html=change(old.html), benefits=tuple(map(benefit, old.benefits)))

    return replace(article, hero=picture(article.hero), intro=change(article.intro), sections=tuple(map(section, article.sections)))


def anchors_of(article: RenderedArticle) -> frozenset[str]:
    """Return the anchor of every heading in the text: what a shared link may point to."""
    found = {anchor for fragment in fragments(article) for anchor in _HEADING_ID.findall(fragment.html)}
    for section in article.sections:
        found |= {section.anchor, *(benefit.anchor for benefit in section.benefits)}
    return frozenset(found)
