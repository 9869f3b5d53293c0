"""Every saved state of a draft, so that no text of an editor is gone when somebody else saves."""

from django.conf import settings
from django.db import models

from articles.models.article import Article


class DraftRevision(models.Model):
    """A draft as it was saved. `articles.revisions` makes these rows and says how many are kept."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="draft_revisions", verbose_name="artikel")
    version = models.PositiveIntegerField("concept")
    state = models.JSONField("tekst", help_text="Zie articles.draft_state.")
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="bewaard door"
    )
    saved_at = models.DateTimeField("bewaard op")

    class Meta:
        verbose_name = "bewaard concept"
        verbose_name_plural = "bewaarde concepten"
        ordering = ["-version"]
        constraints = [models.UniqueConstraint(fields=["article", "version"], name="draftrevision_version_unique")]

    def __str__(self) -> str:
        return f"{self.article.title}, concept {self.version}"
