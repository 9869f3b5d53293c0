"""What an article is made of. Drafts live in Article, Section and Benefit; what readers see lives in Publication."""

from articles.models.acceptance import AcceptedFinding
from articles.models.article import Article, ArticleQuerySet, Benefit, Section
from articles.models.generation import Generation
from articles.models.image import Image
from articles.models.publication import Citation, CitationQuerySet, Publication
from articles.models.search import SearchEntry, SearchWord
from articles.models.term import ForbiddenTerm

__all__ = [
    "AcceptedFinding",
    "Article",
    "ArticleQuerySet",
    "Benefit",
    "Citation",
    "CitationQuerySet",
    "ForbiddenTerm",
    "Generation",
    "Image",
    "Publication",
    "SearchEntry",
    "SearchWord",
    "Section",
]
