"""Where texts link to one another, and where addresses of another site lead."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from articles.models.article import Article
from articles.models.publication import Publication


class ArticleLinkQuerySet(models.QuerySet):
    def shown(self):
        """Links of now: in a draft, or on a page that readers can see."""
        return self.filter(Q(publication=None) | Q(article__live=F("publication"))).select_related("article")


class ArticleLink(models.Model):
    """One place where a text links to another article: in the draft (no publication) or in a publication.

    Only the newest publication is kept here. A row holds the address as typed: which article has that address is another matter
    from day to day (articles.addresses).
    """

    article = models.ForeignKey(Article, models.CASCADE, related_name="links", verbose_name="artikel")
    publication = models.ForeignKey(
        Publication, models.PROTECT, null=True, blank=True, related_name="links", verbose_name="publicatie"
    )
    slug = models.CharField("adres", max_length=120, db_index=True)
    anchor = models.CharField("anker", max_length=200, blank=True)
    position = models.PositiveIntegerField("volgorde")
    field = models.CharField("veld", max_length=60, blank=True, help_text="Het veld van het formulier waar de link staat.")
    heading = models.CharField("onder de kop", max_length=200, blank=True)
    sentence = models.TextField("zin", blank=True)

    objects = ArticleLinkQuerySet.as_manager()

    class Meta:
        verbose_name = "link naar een artikel"
        verbose_name_plural = "links naar artikelen"
        ordering = ["article", "publication", "position"]
        constraints = [
            models.UniqueConstraint(fields=["publication", "position"], name="articlelink_position_unique"),
            models.UniqueConstraint(
                fields=["article", "position"], condition=Q(publication=None), name="articlelink_draft_position_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article} → {self.slug}"


class Redirect(models.Model):
    """A path that this site has no page for, and where it leads: to an article, whatever its address is, or to another page."""

    path = models.CharField("oud pad", max_length=400, unique=True)
    article = models.ForeignKey(Article, models.CASCADE, null=True, blank=True, related_name="redirects", verbose_name="artikel")
    target = models.CharField("pad van de pagina", max_length=400, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="gemaakt door"
    )
    created_at = models.DateTimeField("gemaakt op", auto_now_add=True)

    class Meta:
        verbose_name = "doorverwijzing"
        verbose_name_plural = "doorverwijzingen"
        ordering = ["path"]
        constraints = [
            models.CheckConstraint(
                condition=Q(article__isnull=False, target="") | (Q(article__isnull=True) & ~Q(target="")),
                name="redirect_leads_to_one_place",
            ),
            models.CheckConstraint(condition=Q(path__startswith="/"), name="redirect_path_is_local"),
        ]

    def __str__(self) -> str:
        return self.path
