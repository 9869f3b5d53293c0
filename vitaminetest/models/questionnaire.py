"""A questionnaire and the versions of it that were published."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Questionnaire(models.Model):
    """The rows of vitaminetest.models.draft are its draft. `live` is the version that readers do now; without it there is no
    test at this address. `imported_digest` tells the draft as it was last read from a file (vitaminetest.drafts.digest_of).
    """

    slug = models.SlugField("adres", max_length=60, unique=True, help_text="Zoals het in het adres van de test staat.")
    title = models.TextField("titel")
    intro = models.TextField("inleiding", blank=True, help_text="Wat de startpagina zegt. Met bronnen als [@grober2015].")
    closing = models.TextField("slot", blank=True, help_text="Wat onder elke uitslag staat.")
    live = models.OneToOneField(
        "vitaminetest.Version", models.PROTECT, null=True, blank=True, editable=False, related_name="+", verbose_name="live versie"
    )
    imported_digest = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = "vragenlijst"
        verbose_name_plural = "vragenlijsten"
        ordering = ["slug"]
        permissions = [("publish_questionnaire", "Mag vragenlijsten publiceren en intrekken")]

    def __str__(self) -> str:
        return self.title or self.slug


class Version(models.Model):
    """A questionnaire as it was published, frozen: the database refuses to change a row (migration 0002)."""

    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="versions", verbose_name="vragenlijst")
    number = models.PositiveIntegerField("versie")
    definition = models.JSONField("vragenlijst", help_text="Zie vitaminetest.definition_file.")
    texts = models.JSONField("opgemaakte teksten", help_text="Zie vitaminetest.shown.")
    published_at = models.DateTimeField("gepubliceerd op")
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="gepubliceerd door"
    )
    reason = models.CharField("reden", max_length=300, blank=True)

    class Meta:
        verbose_name = "versie"
        verbose_name_plural = "versies"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "number"], name="test_version_unique"),
            models.CheckConstraint(condition=Q(number__gte=1), name="test_version_from_1"),
        ]

    def __str__(self) -> str:
        return f"{self.questionnaire.slug}, versie {self.number}"
