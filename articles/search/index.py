"""Keeps what readers can find the same as what they can read. The cost depends on one article, not on how many there are.

Publishing calls this after it has raised the site's generation: that row lets one transaction in at a time, so two publications at
once never count the same word or write the same source against each other.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import datetime
from itertools import islice

from django.db import connection, transaction
from django.db.models import F, Q

from articles.late_masks import mask, mask_sources, masked_after
from articles.models import Article, Citation, Generation, Publication, SearchEntry, SearchWord
from articles.rendering.snapshot import from_data
from articles.search.engine import engine
from articles.search.entries import Entry, article_entry, passages_from_data, passages_to_data, source_entry, words_of
from articles.search.words import stem
from references.models import Reference

TOGETHER = 100  # articles in one go when everything is made anew
_COUNT = (
    "INSERT INTO articles_searchword (word, backwards, stem, entries) VALUES (%s, %s, %s, %s) "
    "ON CONFLICT (word) DO UPDATE SET entries = articles_searchword.entries + excluded.entries"
)


def index_article(article: Article, publication: Publication) -> None:
    """Let readers find `publication`, the one that is live now, and the sources that it cites. Part of the caller's transaction."""
    new = _entries_of(article.pk, publication.rendered, publication.published_at)
    keys = {row.key for row in new if row.kind == "source"}
    old = list(SearchEntry.objects.filter(Q(article=article) | Q(kind="source", key__in=keys)))
    _count(_replace(old, [*new, *_shown_elsewhere({row.key for row in old if row.kind == "source"} - keys)]))


def remove_article(article: Article) -> None:
    """Let nobody find an article that is not live any more, nor a source that only it cites. Part of the caller's transaction."""
    old = list(SearchEntry.objects.filter(article=article))
    _count(_replace(old, _shown_elsewhere({row.key for row in old if row.kind == "source"})))


@transaction.atomic
def rebuild() -> int:
    """Make the whole index anew from what is live; return how many articles there are."""
    Generation.objects.select_for_update().filter(pk=1).first()  # publishing waits
    SearchEntry.objects.all().delete()
    SearchWord.objects.all().delete()
    engine().clear()
    live = Article.objects.filter(live__isnull=False).order_by("live__published_at", "pk")
    # Values and not models, so that the migration which fills the index asks for no column that a later one adds.
    rows = live.values_list("pk", "live__rendered", "live__published_at").iterator(TOGETHER)
    total, counts = 0, Counter()
    while together := list(islice(rows, TOGETHER)):
        total += len(together)
        # Of a source that comes more than once, the newest line is the last.
        new = {(row.kind, row.key): row for live in together for row in _entries_of(*live)}
        keys = {key for kind, key in new if kind == "source"}
        counts.update(_replace(list(SearchEntry.objects.filter(kind="source", key__in=keys)), list(new.values())))
    _count(counts)
    return total


def _entries_of(article_id: int, rendered: dict, published_at: datetime) -> list[SearchEntry]:
    article = mask_sources(from_data(rendered), published_at=published_at)
    return [_row(article_id, article_entry(article)), *(_row(article_id, source_entry(source)) for source in article.sources)]


def _row(article_id: int, entry: Entry) -> SearchEntry:
    return SearchEntry(
        article_id=article_id,
        kind=entry.kind,
        key=entry.key,
        title=entry.title,
        lang=entry.lang,
        passages=passages_to_data(entry),
    )


def _shown_elsewhere(keys: Collection[str]) -> list[SearchEntry]:
    """Return entries for the sources that another live article cites, as the newest of those shows them."""
    if not keys:
        return []
    found = Citation.objects.filter(article__live=F("publication"), reference__key__in=keys).order_by("publication__published_at")
    newest = dict(found.values_list("reference__key", "publication"))
    publications = Publication.objects.in_bulk(set(newest.values()))
    masked = masked_after(newest, min(publication.published_at for publication in publications.values())) if newest else {}
    return [_source_row(publications[number], key, masked.get(key)) for key, number in newest.items()]


def _source_row(publication: Publication, key: str, masked: Reference | None) -> SearchEntry:
    source = next(source for source in from_data(publication.rendered).sources if source.key == key)
    is_late = masked is not None and masked.masked_at > publication.published_at
    return _row(publication.article_id, source_entry(mask(source, masked if is_late else None)))


def _replace(old: list[SearchEntry], new: list[SearchEntry]) -> Counter[str]:
    """Put `new` in the place of `old`; return in how many more entries each word is, which may be fewer."""
    counts: Counter[str] = Counter()
    for row in new:
        counts.update(_words(row))
    for row in old:
        counts.subtract(_words(row))
    engine().remove(old)
    SearchEntry.objects.filter(pk__in=[row.pk for row in old]).delete()
    engine().add(SearchEntry.objects.bulk_create(new))
    return counts


def _words(row: SearchEntry) -> set[str]:
    return words_of(row.title, passages_from_data(row.passages))


def _count(counts: Counter[str]) -> None:
    """Add to the number of entries that have a word; a word that nothing has any more goes."""
    changes = {word: count for word, count in counts.items() if count}
    with connection.cursor() as cursor:
        cursor.executemany(_COUNT, _word_rows(changes))
    fewer = sorted(word for word, change in changes.items() if change < 0)
    for start in range(0, len(fewer), 500):
        SearchWord.objects.filter(word__in=fewer[start : start + 500], entries__lte=0).delete()


def _word_rows(changes: dict[str, int]) -> Iterable[tuple]:
    return [(word, word[::-1], stem(word), change) for word, change in sorted(changes.items())]
