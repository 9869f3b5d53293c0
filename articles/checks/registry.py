"""What a rule gets to see."""

from dataclasses import dataclass

from articles.rendering import ArticleSource, Library, RenderedArticle


@dataclass(frozen=True)
class Checked:
    source: ArticleSource
    rendered: RenderedArticle
    library: Library
    published_keys: frozenset[str]
