"""The one renderer: what the preview shows, what is published and what an answer cites all come from here."""

from articles.rendering.article import render_article
from articles.rendering.rendered import RenderedArticle
from articles.rendering.source import ArticleSource, Library

__all__ = ["ArticleSource", "Library", "RenderedArticle", "render_article"]
