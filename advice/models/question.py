"""Questions that others may learn from: rewritten, checked for personal data, and published under an article."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from advice.models.request import AdviceRequest

USER = settings.AUTH_USER_MODEL


class PublicQuestionQuerySet(models.QuerySet):
    def published(self):
        return self.filter(state="published")


class PublicQuestion(models.Model):
    """A question and its answer for everybody. What readers see is frozen on publishing; the fields above it are the draft.

    `request` is where it came from, for who may see that; it is gone when the request is.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "concept"
        PROPOSED = "proposed", "ter controle"
        PUBLISHED = "published", "gepubliceerd"
        WITHDRAWN = "withdrawn", "ingetrokken"

    request = models.ForeignKey(
        AdviceRequest, models.SET_NULL, null=True, blank=True, related_name="public_questions", verbose_name="uit vraag"
    )
    article_slug = models.CharField("adres van het artikel", max_length=120)
    slug = models.SlugField("anker", max_length=80)
    question = models.CharField("vraag", max_length=200)
    answer = models.TextField("antwoord", help_text="Markdown met bronnen, net als in een artikel.")
    state = models.CharField("stand", max_length=10, choices=State, default=State.DRAFT)
    html = models.TextField("opgemaakt antwoord", blank=True)
    sources = models.JSONField("bronnen", default=list, blank=True)
    shown_question = models.CharField("vraag zoals gepubliceerd", max_length=200, blank=True)
    signed_by = models.CharField("ondertekend door", max_length=170, blank=True)
    checked_digest = models.CharField("vingerafdruk van wat is nagekeken", max_length=64, blank=True)
    checked_by = models.ForeignKey(
        USER, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="nagekeken op persoonsgegevens door"
    )
    checked_at = models.DateTimeField("nagekeken op", null=True, blank=True)
    created_by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name="gemaakt door")
    created_at = models.DateTimeField("gemaakt op")
    published_by = models.ForeignKey(
        USER, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="gepubliceerd door"
    )
    published_at = models.DateTimeField("gepubliceerd op", null=True, blank=True)

    objects = PublicQuestionQuerySet.as_manager()

    class Meta:
        verbose_name = "openbare vraag"
        verbose_name_plural = "openbare vragen"
        ordering = ["article_slug", "published_at", "pk"]
        permissions = [("publish_question", "Mag een vraag en antwoord publiceren en intrekken")]
        constraints = [
            models.UniqueConstraint(fields=["article_slug", "slug"], name="publicquestion_slug_unique"),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(checked_at__isnull=False, published_at__isnull=False),
                name="publicquestion_checked_first",
            ),
        ]

    def __str__(self) -> str:
        return self.question
