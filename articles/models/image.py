"""Pictures in the library."""

from collections.abc import Iterable

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q

from references.words import split_words

PERCENT = {"default": 50, "validators": [MaxValueValidator(100)]}
SEARCHED = ("name", "alt", "caption", "credit")
LONGEST_SEARCH = 8  # words
FEW = 2_000  # pictures with a word; up to here reading them all is cheaper than going through the pictures until enough are found


class ImageQuerySet(models.QuerySet):
    def search(self, text: str) -> "ImageQuerySet":
        """Return pictures in which every word of `text` begins a word of name, alternative text, caption or maker.

        The caller limits. Asks how rare the words are: one small query for each.
        """
        words = split_words(text)[:LONGEST_SEARCH]
        found = self if words or not text.strip() else self.none()
        for word in words:
            rows = ImageWord.objects.filter(word__begins_with=word)
            is_rare = rows[: FEW + 1].count() <= FEW
            found = (
                found.filter(pk__in=rows.values("image")) if is_rare else found.filter(Exists(rows.filter(image=OuterRef("pk"))))
            )
        return found


class Image(models.Model):
    """A picture in the library. Its name stays; its file may be replaced by another, and what was published keeps the file of then.

    Files never change: their names are digests. `share` is the cut that other sites show (see images.sharing); {} is none.
    """

    name = models.SlugField(
        "naam", max_length=80, unique=True, help_text="Zo noem je de afbeelding in een tekst: ![alt](media:naam)."
    )
    file = models.ImageField("bestand", upload_to="images/", width_field="width", height_field="height")
    digest = models.CharField("vingerafdruk", max_length=64, unique=True, editable=False)
    width = models.PositiveIntegerField("breedte in pixels", editable=False)
    height = models.PositiveIntegerField("hoogte in pixels", editable=False)
    renditions = models.JSONField("formaten", default=list, editable=False)
    alt = models.CharField(
        "alternatieve tekst",
        max_length=300,
        blank=True,
        help_text="Wat is er te zien? Voor lezers die de afbeelding niet zien, en voor zoekmachines.",
    )
    is_decorative = models.BooleanField(
        "decoratief", default=False, help_text="De afbeelding voegt niets toe aan de tekst; voorleessoftware slaat haar over."
    )
    caption = models.CharField(
        "bijschrift", max_length=400, blank=True, help_text="Staat onder de afbeelding. Mag bronnen noemen: [@sleutel]."
    )
    credit = models.CharField("maker of herkomst", max_length=200, blank=True)
    focal_x = models.PositiveSmallIntegerField("focuspunt, % van links", **PERCENT)
    focal_y = models.PositiveSmallIntegerField("focuspunt, % van boven", **PERCENT)
    share = models.JSONField("uitsnede om te delen", default=dict, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="geplaatst door",
    )
    imported_digest = models.CharField(max_length=64, blank=True, editable=False)
    created_at = models.DateTimeField("geplaatst op", auto_now_add=True)

    objects = ImageQuerySet.as_manager()

    class Meta:
        verbose_name = "afbeelding"
        verbose_name_plural = "afbeeldingen"
        ordering = ["name"]
        indexes = [models.Index(F("created_at").desc(), F("id").desc(), name="image_newest")]
        constraints = [
            models.CheckConstraint(condition=Q(is_decorative=False) | Q(alt=""), name="image_decorative_has_no_alt"),
            models.CheckConstraint(condition=Q(width__gt=0) & Q(height__gt=0), name="image_has_size"),
            models.CheckConstraint(condition=Q(focal_x__lte=100) & Q(focal_y__lte=100), name="image_focal_point_inside"),
        ]

    def __str__(self) -> str:
        return self.name

    @transaction.atomic
    def save(self, *, update_fields: Iterable[str] | None = None, **kwargs) -> None:
        """Save, and keep the words by which the picture is found up to date."""
        super().save(update_fields=update_fields, **kwargs)
        if update_fields is None or {*update_fields} & {*SEARCHED}:
            stored, wanted = set(self.words.values_list("word", flat=True)), self.index_words()
            self.words.filter(word__in=stored - wanted).delete()
            ImageWord.objects.bulk_create(ImageWord(image=self, word=word) for word in sorted(wanted - stored))

    def index_words(self) -> set[str]:
        """Return the words under which the picture stands in the index of words."""
        return set(split_words("\n".join(getattr(self, name) for name in SEARCHED)))

    def clean(self) -> None:
        if self.is_decorative and self.alt:
            raise ValidationError(
                {"alt": "Een decoratieve afbeelding heeft geen alternatieve tekst. Haal de tekst weg, of het vinkje."}
            )
        if not self.is_decorative and not self.alt:
            raise ValidationError({"alt": "Beschrijf wat er te zien is, of vink ‘decoratief’ aan."})


class ImageWord(models.Model):
    """A word of a picture, so that a search reads an index instead of every picture. Only Image writes it."""

    image = models.ForeignKey(Image, models.CASCADE, related_name="words", db_index=False, verbose_name="afbeelding")
    word = models.CharField("woord", max_length=60)

    class Meta:
        verbose_name = "zoekwoord van een afbeelding"
        verbose_name_plural = "zoekwoorden van afbeeldingen"
        constraints = [models.UniqueConstraint(fields=["image", "word"], name="imageword_once")]
        indexes = [
            # PostgreSQL finds the beginning of a word only with this operator class; SQLite has none and ignores it.
            models.Index(fields=["word", "image"], name="imageword_word", opclasses=["varchar_pattern_ops", "int8_ops"])
        ]

    def __str__(self) -> str:
        return self.word


class EarlierFile(models.Model):
    """A file that an image had before: what was published with it shows it still, and an editor can bring it back."""

    image = models.ForeignKey(Image, models.CASCADE, related_name="earlier_files", verbose_name="afbeelding")
    digest = models.CharField("vingerafdruk", max_length=64)
    file = models.CharField("bestand", max_length=100)
    width = models.PositiveIntegerField("breedte in pixels")
    height = models.PositiveIntegerField("hoogte in pixels")
    renditions = models.JSONField("formaten", default=list)
    replaced_at = models.DateTimeField("vervangen op", auto_now_add=True)
    replaced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="vervangen door"
    )

    class Meta:
        verbose_name = "eerder bestand"
        verbose_name_plural = "eerdere bestanden"
        ordering = ["-replaced_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.width} × {self.height} pixels, vervangen op {self.replaced_at:%d-%m-%Y}"
