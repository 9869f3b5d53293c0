"""Where pictures stand: one row for every place in a draft or a publication."""

from django.db import models
from django.db.models import F, Q

from articles.models.article import Article
from articles.models.image import Image
from articles.models.publication import Publication


class ImageUseQuerySet(models.QuerySet):
    def in_drafts(self):
        return self.filter(publication=None)

    def live(self):
        """Uses that a reader can see on the page of an article right now."""
        return self.filter(publication__isnull=False, article__live=F("publication"))


class ImageUse(models.Model):
    """One place where a text shows a picture: in the draft (no publication) or in a publication.

    A draft may name a picture that isn't there yet, so the key is the picture's name and the database does not insist on it;
    `images.deleting` keeps a picture that a draft shows. `alt` is in a draft what was typed for this place (empty: the library's
    text counts), in a publication what readers get. `src` and the focal point are what a publication shows; a draft shows what the
    library has.
    """

    class Place(models.TextChoices):
        HERO = "hero", "openingsbeeld"
        BENEFIT = "benefit", "afbeelding bij voordeel"
        TEXT = "text", "in de tekst onder"

    image = models.ForeignKey(
        Image, models.DO_NOTHING, to_field="name", db_constraint=False, related_name="uses", verbose_name="afbeelding"
    )
    article = models.ForeignKey(Article, models.CASCADE, related_name="image_uses", verbose_name="artikel")
    publication = models.ForeignKey(
        Publication, models.PROTECT, null=True, blank=True, related_name="image_uses", verbose_name="publicatie"
    )
    position = models.PositiveIntegerField("volgorde")
    place = models.CharField("plaats", max_length=8, choices=Place)
    field = models.CharField("veld in het formulier", max_length=60, blank=True)
    anchor = models.CharField("anker", max_length=200, blank=True)
    heading = models.CharField("onder de kop", max_length=220, blank=True)
    alt = models.TextField("alternatieve tekst", blank=True)
    src = models.CharField("bestand dat lezers zien", max_length=200, blank=True)
    focal_x = models.PositiveSmallIntegerField("focuspunt, % van links", default=50)
    focal_y = models.PositiveSmallIntegerField("focuspunt, % van boven", default=50)

    objects = ImageUseQuerySet.as_manager()

    class Meta:
        verbose_name = "gebruik van een afbeelding"
        verbose_name_plural = "gebruik van afbeeldingen"
        ordering = ["article", "publication", "position"]
        constraints = [
            models.UniqueConstraint(fields=["publication", "position"], name="imageuse_position_unique"),
            models.UniqueConstraint(
                fields=["article", "position"], condition=Q(publication=None), name="imageuse_draft_position_unique"
            ),
            models.CheckConstraint(condition=Q(place__in=["hero", "benefit", "text"]), name="imageuse_place_valid"),
        ]

    def __str__(self) -> str:
        return f"{self.image_id}: {self.described}"

    @property
    def described(self) -> str:
        """The place in words: openingsbeeld, afbeelding bij voordeel ‘3. Slaap’, in de tekst onder ‘Wat is water?’."""
        return self.get_place_display() if self.place == self.Place.HERO else f"{self.get_place_display()} ‘{self.heading}’"
