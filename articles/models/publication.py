"""What was published: frozen versions, and every place in them (and in drafts) that cites a source."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from articles.models.article import TEXTS, Article
from references.models import Reference


class Publication(models.Model):
    """One published version of an article, frozen: the database refuses to change a row (see migration 0002)."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="publications", verbose_name="artikel")
    number = models.PositiveIntegerField("versie")
    title = models.CharField("titel", max_length=200)
    slug = models.SlugField("adres", max_length=120)
    summary = models.CharField("samenvatting", max_length=200, blank=True)
    source = models.TextField("brontekst", help_text="Het hele artikel als Markdown, zoals het bij publiceren was.")
    rendered = models.JSONField("opgemaakt artikel", help_text="Zie articles.rendering.snapshot.")
    card = models.JSONField("kaartje", help_text="Wat een lijst ervan laat zien. Zie articles.rendering.snapshot.")
    findings = models.JSONField("bevindingen bij het publiceren", default=list)
    published_at = models.DateTimeField("gepubliceerd op")
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="gepubliceerd door"
    )
    reason = models.CharField("reden", max_length=300, blank=True, help_text="Wat is er veranderd?")
    is_substantive = models.BooleanField("inhoudelijke wijziging", default=True)
    modified_at = models.DateTimeField(
        "laatst bijgewerkt", help_text="De tijd van de nieuwste inhoudelijke publicatie, deze meegerekend."
    )

    class Meta:
        verbose_name = "publicatie"
        verbose_name_plural = "publicaties"
        ordering = ["-published_at", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="publication_number_unique"),
            models.CheckConstraint(condition=Q(number__gte=1), name="publication_number_from_1"),
            models.CheckConstraint(condition=Q(is_substantive=True) | Q(number__gt=1), name="publication_first_is_substantive"),
        ]

    def __str__(self) -> str:
        return f"{self.title}, versie {self.number}"


class CitationQuerySet(models.QuerySet):
    def live(self):
        """Citations that a reader can find on a page right now, in reading order."""
        found = self.filter(article__live=F("publication")).select_related("article__live", "publication", "reference")
        heavy = [f"{row}__{column}" for row in ("publication", "article__live") for column in TEXTS]
        return found.defer(*heavy).order_by("publication", "position")


class Citation(models.Model):
    """One place where a text cites a source: in the draft (no publication) or in a publication.

    It keeps a cited source from being deleted, and leads from a source to every sentence that rests on it.
    """

    article = models.ForeignKey(Article, models.CASCADE, related_name="citations", verbose_name="artikel")
    publication = models.ForeignKey(
        Publication, models.PROTECT, null=True, blank=True, related_name="citations", verbose_name="publicatie"
    )
    reference = models.ForeignKey(Reference, models.PROTECT, related_name="citations", verbose_name="bron")
    position = models.PositiveIntegerField("volgorde")
    number = models.PositiveIntegerField("bronnummer")
    locator = models.CharField("vindplaats", max_length=200, blank=True)
    anchor = models.CharField("anker", max_length=200)
    heading = models.CharField("onder de kop", max_length=200, blank=True)
    sentence = models.TextField("zin", blank=True)

    objects = CitationQuerySet.as_manager()

    class Meta:
        verbose_name = "verwijzing"
        verbose_name_plural = "verwijzingen"
        ordering = ["article", "publication", "position"]
        constraints = [
            models.UniqueConstraint(fields=["publication", "position"], name="citation_position_unique"),
            models.UniqueConstraint(
                fields=["article", "position"], condition=Q(publication=None), name="citation_draft_position_unique"
            ),
        ]

    def __str__(self) -> str:
        version = f"versie {self.publication.number}" if self.publication else "concept"
        place = f" › {self.heading}" if self.heading else ""
        return f"{self.article.title} ({version}){place}"
