"""Titles that were masked after a version was published: they are masked in that version too, in every byte that readers get.

What was published stays what it was, but for this: a title that names a disease may not stand on the site, not even on an old page.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from django.conf import settings

from articles.rendering import RenderedArticle
from articles.rendering.article import describe_source
from articles.rendering.rendered import NumberedSource
from references.models import Reference


def mask_sources(article: RenderedArticle, *, published_at: datetime) -> RenderedArticle:
    """Return `article` with the sources that were masked since as readers may see them now. One query, or two when there are."""
    masked = masked_after([source.key for source in article.sources], published_at)
    if not masked:
        return article
    return replace(article, sources=tuple(mask(source, masked.get(source.key)) for source in article.sources))


def masked_after(keys: Iterable[str], moment: datetime) -> dict[str, Reference]:
    """Return the sources among `keys` that were masked after `moment`, by key."""
    late = list(Reference.objects.filter(key__in=list(keys), masked_at__gt=moment).values_list("key", flat=True))
    return Reference.objects.by_key(late) if late else {}


def mask(source: NumberedSource, reference: Reference | None) -> NumberedSource:
    """Return a numbered source as its masked reference has it now; without one, as it is."""
    if reference is None:
        return source
    return replace(source, **describe_source(reference.public_csl(link_masked=settings.LINK_MASKED_REFERENCES)))
