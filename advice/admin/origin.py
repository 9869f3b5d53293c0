"""The article that a question came from, beside the question: the part that was asked from in full, the rest as links."""

import re
from dataclasses import dataclass, replace

from advice.models import AdviceRequest
from advice.ports import Origin, OriginSection, surroundings

_OWN_PLACE = re.compile(r'(\s)(id|href)="(#?)([^"]*)"')


@dataclass(frozen=True)
class Beside:
    """`opened` is the part that was asked from, None when the question is about the article as a whole or the part is gone."""

    article: Origin
    opened: OriginSection | None
    is_part_gone: bool


def find_beside(request: AdviceRequest) -> Beside | None:
    """Return the article beside a request as readers see it now; None when there is none (any more)."""
    article = surroundings().find_article(request.article_slug) if request.article_slug else None
    if article is None:
        return None
    opened = next((part for part in article.sections if request.section_anchor and part.anchor == request.section_anchor), None)
    if opened:
        opened = replace(opened, html=as_guest(opened.html, article.url))
    shown = replace(article, html=as_guest(article.html, article.url))
    return Beside(shown, opened, is_part_gone=bool(request.section_anchor) and opened is None)


def as_guest(html: str, url: str) -> str:
    """Return a piece of an article for another page: its places lead to the article, and its ids don't meet those of the page."""

    def elsewhere(match: re.Match) -> str:
        space, name, mark, value = match.groups()
        if name == "id":
            return f'{space}id="artikel-{value}"'
        return f'{space}href="{url}#{value}"' if mark else match[0]

    return _OWN_PLACE.sub(elsewhere, html)
