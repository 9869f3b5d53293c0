"""The answer to what a reader looks for: articles with their best sentence, and sources."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from articles.models import SearchEntry
from articles.search.engine import Clause, engine
from articles.search.entries import passages_from_data
from articles.search.query import Query, parse
from articles.search.snippets import Place, best_of, mark
from articles.search.vocabulary import Meant, look_up
from articles.search.words import split_spans, split_words

MOST_ARTICLES = 100  # further down nobody looks, and counting all of them costs
ARTICLES_PER_PAGE = 10
MOST_SOURCES = 10


@dataclass(frozen=True)
class ArticleHit:
    """An article; `title` and `sentence` are safe HTML, `url` leads to the sentence, `places` to the parts that have the words."""

    title: str
    lang: str
    url: str
    sentence: str
    sentence_url: str
    places: tuple[Place, ...]


@dataclass(frozen=True)
class SourceHit:
    """A source; `line` is its line in the list as safe HTML."""

    line: str
    lang: str
    url: str


@dataclass(frozen=True)
class Results:
    """What was found. `looked_for` differs from `query.text` when a typing error was corrected.

    `has_part` says that nothing has all the words, so that these have some of them; `has_more` that there are more than `total`.
    """

    query: Query
    looked_for: str = ""
    articles: tuple[ArticleHit, ...] = ()
    sources: tuple[SourceHit, ...] = ()
    total: int = 0
    page: int = 1
    pages: int = 1
    has_part: bool = False
    has_more: bool = False

    is_literal: bool = False

    @property
    def is_corrected(self) -> bool:
        return self.looked_for != self.query.text

    @property
    def previous(self) -> str:
        """The query string of the page before this one, if there is one."""
        return self._query_string(self.page - 1)

    @property
    def next(self) -> str:
        return self._query_string(self.page + 1)

    def _query_string(self, page: int) -> str:
        if not 1 <= page <= self.pages:
            return ""
        return urlencode({"q": self.query.text} | ({"letterlijk": 1} if self.is_literal else {}) | {"pagina": page})


def search(typed: str, *, page: int = 1, literal: bool = False) -> Results:
    """Return what readers can find for `typed`, whatever that is. `literal` corrects no typing errors."""
    query = parse(typed)
    if not query.terms:
        return Results(query, query.text)
    meant = [look_up(term, correct=not literal) for term in query.terms]
    numbers, has_part = _find("article", meant, MOST_ARTICLES + 1)
    total = min(len(numbers), MOST_ARTICLES)
    pages = max(1, -(-total // ARTICLES_PER_PAGE))
    page = min(max(page, 1), pages)
    start = (page - 1) * ARTICLES_PER_PAGE
    sources, sources_have_part = _find("source", meant, MOST_SOURCES) if page == 1 else ([], False)
    if sources_have_part and numbers and not has_part:
        sources = []  # beside articles with every word, sources with some of them say nothing
    clauses = tuple(item.wide for item in meant)
    return Results(
        query,
        _looked_for(query, meant),
        articles=tuple(_article_hit(row, clauses) for row in _rows(numbers[start : min(start + ARTICLES_PER_PAGE, total)])),
        sources=tuple(_source_hit(row, clauses) for row in _rows(sources)),
        total=total,
        page=page,
        pages=pages,
        has_part=has_part,
        has_more=len(numbers) > MOST_ARTICLES,
        is_literal=literal,
    )


def _find(kind: str, meant: list[Meant], limit: int) -> tuple[list[int], bool]:
    """Return the best entries, and whether they have only some of the words.

    First those with every word, then those with a longer word around it; only when there are none, those with some of the words.
    """
    exact, wide = tuple(item.exact for item in meant), tuple(item.wide for item in meant)
    found = engine().find(kind, exact, limit)
    if len(found) < limit and wide != exact:
        found = list(dict.fromkeys(found + engine().find(kind, wide, limit)))[:limit]
    if found or len(meant) == 1:
        return found, False
    some: Clause = tuple(dict.fromkeys(phrase for clause in wide for phrase in clause))
    found = engine().find(kind, (some,), limit)
    return found, bool(found)


def _rows(numbers: list[int]) -> list[SearchEntry]:
    rows = SearchEntry.objects.in_bulk(numbers)
    return [rows[number] for number in numbers if number in rows]


def _article_hit(row: SearchEntry, clauses: tuple[Clause, ...]) -> ArticleHit:
    found = best_of(passages_from_data(row.passages), clauses)
    url = reverse("articles:detail", args=[row.key])
    marked = {stem for clause in clauses for phrase in clause for stem in phrase}
    return ArticleHit(
        mark(row.title, marked), row.lang, url, found.sentence, f"{url}#{found.anchor}" if found.anchor else url, found.places
    )


def _source_hit(row: SearchEntry, clauses: tuple[Clause, ...]) -> SourceHit:
    line = best_of(passages_from_data(row.passages), clauses).sentence
    return SourceHit(line, row.lang, reverse("references:detail", args=[row.key]))


def _looked_for(query: Query, meant: list[Meant]) -> str:
    """Return the query as it was typed, with the words in it that were corrected."""
    other = {term[0]: item.corrected for term, item in zip(query.terms, meant, strict=True) if item.corrected}
    text = query.text
    for start, end in reversed(split_spans(text)):
        words = split_words(text[start:end])
        if len(words) == 1 and words[0] in other:
            text = text[:start] + other[words[0]] + text[end:]
    return text
