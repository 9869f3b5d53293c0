"""Which texts link to which article: found in rendered text, written down for every draft and publication, asked by editors."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

from django.db.models import Count, Q
from django.urls import reverse

from articles.addresses import addresses_of
from articles.models import Article, ArticleLink, Publication
from articles.rendering import RenderedArticle
from articles.rendering.fragments import Fragment, fragments

RELATED_HEADING = "Lees ook"
MOST_ROWS = 300  # places that the editor is shown
SHOWN = ("slug", "anchor", "heading", "sentence", "field", "position", "article_id", "publication_id")
_BLOCKS = {"p", "li", "td", "th", "dt", "dd", "caption", "figcaption", "blockquote", "h2", "h3", "h4", "h5", "h6"}
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+(?=\S)")


@dataclass(frozen=True)
class FoundLink:
    """A link to another article, with where it stands and the sentence around it. The sentence of a card is empty."""

    slug: str
    anchor: str
    heading: str
    sentence: str
    field: str


def find_links(article: RenderedArticle) -> tuple[FoundLink, ...]:
    """Return every link to an article, in reading order; what comes under "Lees ook" last."""
    found = [link for fragment in fragments(article) for link in _in_fragment(fragment)]
    found += [FoundLink(slug, "", RELATED_HEADING, "", f"related_{place}") for place, slug in enumerate(article.related)]
    return tuple(found)


def _in_fragment(fragment: Fragment) -> list[FoundLink]:
    reader = _Reader(fragment)
    reader.feed(fragment.html)
    reader.close()
    reader.end_block()
    return reader.found


class _Reader(HTMLParser):
    """Reads our own HTML: blocks of text, the headings among them, and the placeholder links inside."""

    def __init__(self, fragment: Fragment):
        super().__init__()
        self.heading, self.field = fragment.heading, fragment.field
        self.found: list[FoundLink] = []
        self.text, self.links, self.unread = "", [], ""

    def handle_starttag(self, tag: str, attrs: list) -> None:
        values = dict(attrs)
        if tag in _BLOCKS:
            self.end_block()
        elif tag == "a" and "data-article" in values:
            self.links.append((values["data-article"], values.get("data-anchor", ""), len(self.text)))
        elif (tag == "sup" and values.get("class") == "cite") or (tag == "a" and values.get("class") == "anchor"):
            self.unread = tag

    def handle_endtag(self, tag: str) -> None:
        if tag == self.unread:
            self.unread = ""
        elif tag in _BLOCKS:
            title = " ".join(self.text.split())
            if tag[0] == "h" and title:
                self.heading = title
            self.end_block()

    def handle_data(self, data: str) -> None:
        self.text += "" if self.unread else data

    def end_block(self) -> None:
        for slug, anchor, place in self.links:
            self.found.append(FoundLink(slug, anchor, self.heading, sentence_at(self.text, place), self.field))
        self.text, self.links = "", []


def sentence_at(text: str, place: int) -> str:
    """Return the sentence of `text` that holds the character at `place`."""
    start = 0
    for end in _SENTENCE_END.finditer(text):
        if end.start() > place:
            return " ".join(text[start : end.start()].split())
        start = end.end()
    return " ".join(text[start:].split())


def index_links(article: Article, rendered: RenderedArticle, *, publication: Publication | None = None) -> None:
    """Write down where the draft of `article`, or its new `publication`, links to, in place of what was known before."""
    ArticleLink.objects.filter(article=article, publication__isnull=publication is None).delete()
    ArticleLink.objects.bulk_create(
        ArticleLink(
            article=article,
            publication=publication,
            slug=link.slug[:120],
            anchor=link.anchor[:200],
            position=position,
            field=link.field if publication is None else "",
            heading=link.heading[:200],
            sentence=link.sentence,
        )
        for position, link in enumerate(find_links(rendered), start=1)
    )


@dataclass(frozen=True)
class LinkPlace:
    """A place that links here. `url` leads to it in the editor; to the top of the form when only the page still has the link."""

    heading: str
    sentence: str
    anchor: str
    url: str
    is_card: bool
    in_draft: bool
    is_live: bool


@dataclass(frozen=True)
class LinkingArticle:
    """An article that links here, with the places."""

    title: str
    places: tuple[LinkPlace, ...]


@dataclass(frozen=True)
class LinksHere:
    """The articles that link to one article: how many, how many of them show a link to readers now, and the first of them."""

    total: int
    live: int
    articles: tuple[LinkingArticle, ...]


def links_to(article: Article) -> LinksHere:
    """Return what links to `article` now, from drafts and from pages, at any of its addresses. Four queries at most."""
    rows = ArticleLink.objects.shown().filter(slug__in=addresses_of(article)).exclude(article=article)
    count = rows.order_by().aggregate(
        total=Count("article", distinct=True), live=Count("article", distinct=True, filter=Q(publication__isnull=False))
    )
    grouped: dict[int, list[ArticleLink]] = {}
    for row in rows.only("article__title", *SHOWN).order_by("article__title", "article_id", "position")[:MOST_ROWS]:
        grouped.setdefault(row.article_id, []).append(row)
    articles = tuple(LinkingArticle(links[0].article.title, tuple(_places(links))) for links in grouped.values())
    return LinksHere(count["total"], count["live"], articles)


def _places(rows: list[ArticleLink]) -> Iterator[LinkPlace]:
    """Yield each place once: a link that draft and page have under the same heading is one, however its sentence was changed."""
    live: dict[tuple, list[ArticleLink]] = {}
    for row in rows:
        if row.publication_id:
            live.setdefault((row.slug, row.anchor, row.heading), []).append(row)
    for row in rows:
        if row.publication_id is None:
            shared = live.get((row.slug, row.anchor, row.heading))
            yield _place(row, in_draft=True, is_live=bool(shared and shared.pop()))
    for row in (row for left in live.values() for row in left):
        yield _place(row, in_draft=False, is_live=True)


def _place(row: ArticleLink, *, in_draft: bool, is_live: bool) -> LinkPlace:
    url = reverse("admin:articles_article_change", args=[row.article_id]) + (f"#id_{row.field}" if row.field else "")
    is_card = row.heading == RELATED_HEADING and not row.sentence
    return LinkPlace(row.heading, row.sentence, row.anchor, url, is_card, in_draft, is_live)
