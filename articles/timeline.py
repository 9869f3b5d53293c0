"""What an article went through: who did what, and what readers could see when."""

from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest

from articles.models import Article, ArticleEvent, Publication
from articles.revisions import name_of


@dataclass(frozen=True)
class Step:
    """Something that happened. `version` is the number of the publication, 0 for every other step; `by` is empty for the server."""

    at: datetime
    what: str
    by: str
    reason: str
    due: datetime | None = None
    version: int = 0


@dataclass(frozen=True)
class LiveInterval:
    """`publication` was what readers saw from `start` until `end`; None: until now, or (`is_end_unknown`) until some moment."""

    publication: Publication
    start: datetime
    end: datetime | None
    is_end_unknown: bool = False


def steps(article: Article) -> tuple[Step, ...]:
    """Return everything that happened to `article`, newest first. Two queries."""
    publications = article.publications.select_related("published_by").defer("source", "rendered")
    found = [
        Step(row.published_at, f"versie {row.number} gepubliceerd", name_of(row.published_by), row.reason, version=row.number)
        for row in publications
    ]
    found += [
        Step(row.at, row.get_kind_display(), name_of(row.by), row.reason, row.due)
        for row in article.events.select_related("by").order_by("at", "pk")
    ]
    return tuple(sorted(found, key=lambda step: step.at, reverse=True))


def live_intervals(article: Article) -> tuple[LiveInterval, ...]:
    """Return what readers saw when, oldest first: each version until the next one or a withdrawal. Two queries, no texts."""
    publications = list(article.publications.select_related("published_by").defer("source", "rendered").order_by("number"))
    withdrawals = list(article.events.filter(kind=ArticleEvent.Kind.WITHDRAWN).order_by("at").values_list("at", flat=True))
    found = []
    for row, after in zip_longest(publications, publications[1:]):
        ends = [at for at in withdrawals if at >= row.published_at] + ([after.published_at] if after else [])
        unknown = not ends and article.live_id != row.pk  # withdrawn before withdrawals were written down
        found.append(LiveInterval(row, row.published_at, min(ends, default=None), unknown))
    return tuple(found)


def live_between(article: Article, start: datetime, end: datetime) -> tuple[LiveInterval, ...]:
    """Return what readers could see at any moment from `start` up to but not including `end`, oldest first."""
    return tuple(
        interval for interval in live_intervals(article) if interval.start < end and (interval.end is None or interval.end > start)
    )
