"""Two texts of one article side by side: publications, drafts that were saved, and the draft of now."""

from dataclasses import dataclass

from articles.diff import PartDiff, SourceChange, abridge, diff_articles, diff_sources
from articles.draft_state import from_data as state_from_data
from articles.draft_state import source_from
from articles.drafts import source_of
from articles.library import library_for
from articles.markdown_file import parse
from articles.models import Article
from articles.rendering import ArticleSource, RenderedArticle, render_article
from articles.rendering.intake import with_tables
from articles.rendering.rendered import NumberedSource
from articles.rendering.snapshot import from_data

NOW = "concept"


@dataclass(frozen=True)
class Text:
    """A text that can be compared. `code` is its name in an address: `3` (a publication), `c12` (a saved draft) or `concept`."""

    code: str
    label: str
    source: ArticleSource
    sources: tuple[NumberedSource, ...]


@dataclass(frozen=True)
class Comparison:
    """What differs between two texts. `same` counts the parts in which nothing did."""

    old: Text
    new: Text
    parts: tuple[PartDiff, ...]
    same: int
    sources: tuple[SourceChange, ...]
    renumbered: tuple[SourceChange, ...]


def compare(article: Article, old: str, new: str) -> Comparison:
    """Return what differs between two texts by their codes. Raises LookupError, or ArticleFileError for an unreadable text."""
    before = find_text(article, old)
    after = before if new == old else find_text(article, new)
    parts = diff_articles(before.source, after.source)
    sources = diff_sources(before.sources, after.sources)
    changed = [part for part in parts if part.kind != "same" or part.is_moved]
    return Comparison(
        old=before,
        new=after,
        parts=tuple(PartDiff(p.name, p.kind, abridge(p.tokens), p.anchor, p.is_moved) for p in changed),
        same=len(parts) - len(changed),
        sources=tuple(change for change in sources if change.kind != "renumbered"),
        renumbered=tuple(change for change in sources if change.kind == "renumbered"),
    )


def find_text(article: Article, code: str) -> Text:
    """Return the text that `code` names. Raises what `compare` raises."""
    if code == NOW:
        return _draft(code, "het concept van nu", source_of(article))
    kind, number = ("c", code[1:]) if code[:1] == "c" else ("", code)
    if not (number.isascii() and number.isdigit() and len(number) < 9):
        raise LookupError(code)
    if kind:
        revision = article.draft_revisions.filter(version=number).first()
        if revision is None:
            raise LookupError(code)
        return _draft(code, f"bewaard concept {revision.version}", source_from(state_from_data(revision.state)))
    publication = article.publications.filter(number=number).first()
    if publication is None:
        raise LookupError(code)
    return _text(code, f"versie {publication.number}", parse(publication.source), from_data(publication.rendered))


def _draft(code: str, label: str, source: ArticleSource) -> Text:
    return _text(code, label, source, render_article(source, library_for(source)))


def _text(code: str, label: str, source: ArticleSource, rendered: RenderedArticle) -> Text:
    return Text(code, label, with_tables(source, rendered.tables), rendered.sources)
