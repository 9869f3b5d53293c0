"""Warnings that an editor left standing, with the reason."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from articles.models.article import Article


class AcceptedFinding(models.Model):
    """One warning about one text. The digest is of that text: once it changes, the warning stands open again."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="accepted_findings", verbose_name="artikel")
    code = models.CharField("code", max_length=40)
    digest = models.CharField("vingerafdruk van de tekst", max_length=64)
    message = models.TextField("bevinding")
    reason = models.CharField("reden", max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="akkoord van")
    at = models.DateTimeField("akkoord op", auto_now=True)

    class Meta:
        verbose_name = "bevinding met akkoord"
        verbose_name_plural = "bevindingen met akkoord"
        constraints = [
            models.UniqueConstraint(fields=["article", "code", "digest"], name="acceptedfinding_unique"),
            models.CheckConstraint(condition=~Q(reason=""), name="acceptedfinding_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.reason}"
