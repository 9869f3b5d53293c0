"""Texts that advisers use again and again. Every wording is kept: an answer can be traced to the one that it began with."""

from django.conf import settings
from django.db import models

from advice.models.people import Topic


class CannedReply(models.Model):
    """A standard text. Its words stand in versions, of which the newest is used."""

    title = models.CharField("titel", max_length=80, unique=True, help_text="Alleen voor adviseurs.")
    topic = models.ForeignKey(
        Topic,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="onderwerp",
        help_text="Leeg: altijd bruikbaar.",
    )
    is_active = models.BooleanField("in gebruik", default=True)

    class Meta:
        verbose_name = "standaardtekst"
        verbose_name_plural = "standaardteksten"
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class CannedReplyVersion(models.Model):
    """One wording of a standard text. Never changes (migration 0002)."""

    reply = models.ForeignKey(CannedReply, models.CASCADE, related_name="versions", verbose_name="standaardtekst")
    number = models.PositiveIntegerField("versie")
    body = models.TextField("tekst", help_text="Markdown met bronnen, en variabelen zoals {{ naam | lezer }}.")
    created_at = models.DateTimeField("geschreven op")
    created_by = models.ForeignKey(  # None: it came with the project
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="geschreven door"
    )

    class Meta:
        verbose_name = "versie van een standaardtekst"
        verbose_name_plural = "versies van standaardteksten"
        ordering = ["reply", "-number"]
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=["reply", "number"], name="cannedreply_number_unique")]

    def __str__(self) -> str:
        return f"{self.reply}, versie {self.number}"
