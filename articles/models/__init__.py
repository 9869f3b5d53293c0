"""What an article is made of. Drafts live in Article, Section and Benefit; what readers see lives in Publication."""

from articles.models.acceptance import AcceptedFinding
from articles.models.article import Article, ArticleQuerySet, Benefit, Section
from articles.models.event import ArticleEvent
from articles.models.generation import Generation
from articles.models.image import EarlierFile, Image, ImageWord
from articles.models.image_use import ImageUse, ImageUseQuerySet
from articles.models.link import ArticleLink, ArticleLinkQuerySet, Redirect
from articles.models.preview_link import PreviewLink
from articles.models.publication import Citation, CitationQuerySet, Publication
from articles.models.revision import DraftRevision
from articles.models.search import SearchEntry, SearchWord
from articles.models.term import ForbiddenTerm
from articles.models.workflow import ScheduledPublication, Submission

__all__ = [
    "AcceptedFinding",
    "Article",
    "ArticleEvent",
    "ArticleLink",
    "ArticleLinkQuerySet",
    "ArticleQuerySet",
    "Benefit",
    "Citation",
    "CitationQuerySet",
    "DraftRevision",
    "EarlierFile",
    "ForbiddenTerm",
    "Generation",
    "Image",
    "ImageUse",
    "ImageUseQuerySet",
    "ImageWord",
    "PreviewLink",
    "Publication",
    "Redirect",
    "ScheduledPublication",
    "SearchEntry",
    "SearchWord",
    "Section",
    "Submission",
]
