"""Links with which somebody without an account reads a draft."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from articles.models.article import Article


class PreviewLink(models.Model):
    """A link to the draft of an article. Only a digest of its token is kept: see `articles.preview_links`."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="preview_links", verbose_name="artikel")
    digest = models.CharField("vingerafdruk", max_length=64, unique=True)
    note = models.CharField("voor wie", max_length=120, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="gemaakt door"
    )
    created_at = models.DateTimeField("gemaakt op", default=timezone.now)
    expires_at = models.DateTimeField("werkt tot")
    revoked_at = models.DateTimeField("ingetrokken op", null=True, blank=True)
    opened = models.PositiveIntegerField("keer geopend", default=0)
    last_opened_at = models.DateTimeField("laatst geopend op", null=True, blank=True)

    class Meta:
        verbose_name = "voorbeeldlink"
        verbose_name_plural = "voorbeeldlinks"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("created_at")), name="previewlink_expires_after_created"
            )
        ]

    def __str__(self) -> str:
        return f"{self.article.title}, {self.note or 'zonder naam'}"

    @property
    def is_open(self) -> bool:
        """Whether the link still works."""
        return self.revoked_at is None and timezone.now() < self.expires_at
