"""Which article readers find at an address. The article that has the address now wins; else the one that had it last.

So every address that a published article ever had leads to it, in one step, until another article takes the address.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Max

from articles.models import Article, Publication


@dataclass(frozen=True)
class Found:
    """An article that readers may see. `slug` is its address of now; `title` that of its live publication."""

    article_id: int
    slug: str
    title: str


def find_articles(slugs: Iterable[str]) -> dict[str, Found]:
    """Return, by address, the published articles that have or had one of `slugs`. One query, which loads no text."""
    wanted = set(slugs)
    if not wanted:
        return {}
    rows = (
        Publication.objects.filter(slug__in=wanted, article__live__isnull=False)
        .values_list("slug", "article_id", "article__live__slug", "article__live__title")
        .annotate(newest=Max("published_at"))
        .order_by("newest", "article_id")
    )
    found: dict[str, Found] = {}
    for slug, article_id, slug_now, title, _ in rows:
        if slug not in found or found[slug].slug != slug:
            found[slug] = Found(article_id, slug_now, title)
    return found


def was_withdrawn(slug: str) -> bool:
    """Whether readers once found an article at `slug`. Asked when `find_articles` finds none there now. One query."""
    return Publication.objects.filter(slug=slug).exists()


def addresses_of(article: Article) -> frozenset[str]:
    """Return every address that leads to `article`, or will when it is published: those of now, and of before. Two queries."""
    own = {article.slug, *article.publications.order_by().values_list("slug", flat=True).distinct()}
    taken = {slug for slug, found in find_articles(own).items() if found.article_id != article.pk}
    return frozenset(own - taken)
