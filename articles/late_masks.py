"""Titles that were masked after a version was published: they are masked in that version too, in every byte that readers get.

What was published stays what it was, but for this: a title that names a disease may not stand on the site, not even on an old page.
"""

from dataclasses import replace
from datetime import datetime

from django.conf import settings

from articles.rendering import RenderedArticle
from articles.rendering.article import describe_source
from articles.rendering.rendered import NumberedSource
from references.models import Reference


def mask_sources(article: RenderedArticle, *, published_at: datetime) -> RenderedArticle:
    """Return `article` with the sources that were masked since as readers may see them now. One query, or two when there are."""
    cited = Reference.objects.filter(key__in=[source.key for source in article.sources])
    late = list(cited.filter(masked_at__gt=published_at).values_list("key", flat=True))
    if not late:
        return article
    masked = Reference.objects.by_key(late)
    sources = tuple(mask(source, masked[source.key]) if source.key in masked else source for source in article.sources)
    return replace(article, sources=sources)


def mask(source: NumberedSource, reference: Reference) -> NumberedSource:
    """Return a numbered source as its masked reference has it now."""
    return replace(source, **describe_source(reference.public_csl(link_masked=settings.LINK_MASKED_REFERENCES)))
