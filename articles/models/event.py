"""The log of an article: every step that isn't a publication, which is its own record."""

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.db.models import Q
from django.utils import timezone

from articles.models.article import Article


class ArticleEvent(models.Model):
    """Who did what, and why. The database refuses to change a row (migration 0009), and no code deletes one."""

    class Kind(models.TextChoices):
        SUBMITTED = "submitted", "ingestuurd ter controle"
        TAKEN_BACK = "taken_back", "teruggenomen door de schrijver"
        SENT_BACK = "sent_back", "teruggestuurd"
        SCHEDULED = "scheduled", "publicatie ingepland"
        WITHDRAWAL_SCHEDULED = "withdrawal_scheduled", "intrekken ingepland"
        CANCELLED = "cancelled", "planning geannuleerd"
        FAILED = "failed", "planning mislukt"
        WITHDRAWN = "withdrawn", "ingetrokken"

    article = models.ForeignKey(Article, models.CASCADE, related_name="events", verbose_name="artikel")
    kind = models.CharField("wat", max_length=20, choices=Kind)
    at = models.DateTimeField("wanneer")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="wie",
        help_text="Leeg: de server.",
    )
    reason = models.TextField("waarom", blank=True)
    due = models.DateTimeField("gepland voor", null=True, blank=True)

    class Meta:
        verbose_name = "stap"
        verbose_name_plural = "stappen"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["article", "at"], name="articleevent_article_at")]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        *("submitted", "taken_back", "sent_back", "scheduled"),
                        *("withdrawal_scheduled", "cancelled", "failed", "withdrawn"),
                    ]
                ),
                name="articleevent_kind_valid",
            )
        ]

    def __str__(self) -> str:
        return f"{self.article}: {self.get_kind_display()}"

    @classmethod
    def record(cls, article: Article, kind: str, *, by: AbstractBaseUser | None, reason: str = "", due=None) -> "ArticleEvent":
        """Write down a step, in the transaction that takes it."""
        return cls.objects.create(article=article, kind=kind, at=timezone.now(), by=by, reason=reason, due=due)
