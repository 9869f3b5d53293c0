"""The editors' desk. Importing this package registers its admin classes."""

from articles.admin.article import ArticleAdmin
from articles.admin.image import ImageAdmin
from articles.admin.intake import NutrientAdmin
from articles.admin.redirect import RedirectAdmin
from articles.admin.term import ForbiddenTermAdmin

__all__ = ["ArticleAdmin", "ForbiddenTermAdmin", "ImageAdmin", "NutrientAdmin", "RedirectAdmin"]
