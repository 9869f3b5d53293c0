"""Where a draft stands on its way to readers: submitted for review, sent back, or approved and planned for a moment."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from articles.models.article import Article
from articles.models.publication import Publication

USER = settings.AUTH_USER_MODEL
REASON_LENGTH = 1000


class Submission(models.Model):
    """The draft as it was handed to the chief editor. No row: nobody has been asked to look."""

    class State(models.TextChoices):
        WAITING = "waiting", "ter controle"
        SENT_BACK = "sent_back", "teruggestuurd"

    article = models.OneToOneField(Article, models.CASCADE, related_name="submission", verbose_name="artikel")
    state = models.CharField("stand", max_length=10, choices=State, default=State.WAITING)
    digest = models.CharField("vingerafdruk van de ingestuurde tekst", max_length=64)
    note = models.CharField("notitie voor de eindredacteur", max_length=REASON_LENGTH, blank=True)
    submitted_by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name="ingestuurd door")
    submitted_at = models.DateTimeField("ingestuurd op")
    reason = models.CharField("waarom teruggestuurd", max_length=REASON_LENGTH, blank=True)
    sent_back_by = models.ForeignKey(
        USER, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="teruggestuurd door"
    )
    sent_back_at = models.DateTimeField("teruggestuurd op", null=True, blank=True)

    class Meta:
        verbose_name = "inzending"
        verbose_name_plural = "inzendingen"
        constraints = [
            models.CheckConstraint(
                condition=Q(state="waiting", reason="", sent_back_at=None)
                | (Q(state="sent_back", sent_back_at__isnull=False) & ~Q(reason="")),
                name="submission_sent_back_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article}: {self.get_state_display()}"

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.WAITING


class ScheduledPublicationQuerySet(models.QuerySet):
    def due(self, now: datetime):
        """What has to happen at `now` or should have happened before, in order of its moment."""
        return self.filter(state="waiting", due__lte=now).order_by("due", "pk")


class ScheduledPublication(models.Model):
    """What will happen to an article at a moment: the approved text goes out, or the article is withdrawn.

    `source` is that text, frozen when it was approved; changes to the draft since don't touch it. A row is open while it waits,
    or while nobody has dealt with its failure.
    """

    class Kind(models.TextChoices):
        PUBLISH = "publish", "publiceren"
        WITHDRAW = "withdraw", "intrekken"

    class State(models.TextChoices):
        WAITING = "waiting", "gepland"
        DONE = "done", "uitgevoerd"
        FAILED = "failed", "mislukt"
        CANCELLED = "cancelled", "geannuleerd"

    OPEN = (State.WAITING, State.FAILED)

    article = models.ForeignKey(Article, models.CASCADE, related_name="scheduled", verbose_name="artikel")
    kind = models.CharField("soort", max_length=10, choices=Kind, default=Kind.PUBLISH)
    due = models.DateTimeField("gepland voor")
    source = models.TextField("goedgekeurde brontekst", blank=True)
    reason = models.CharField("reden", max_length=300, blank=True)
    is_substantive = models.BooleanField("inhoudelijke wijziging", default=True)
    scheduled_by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name="ingepland door")
    scheduled_at = models.DateTimeField("ingepland op")
    state = models.CharField("stand", max_length=10, choices=State, default=State.WAITING)
    failure = models.TextField("waarom het mislukte", blank=True)
    publication = models.ForeignKey(
        Publication, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="publicatie die ervan kwam"
    )

    objects = ScheduledPublicationQuerySet.as_manager()

    class Meta:
        verbose_name = "geplande publicatie"
        verbose_name_plural = "geplande publicaties"
        ordering = ["due", "pk"]
        indexes = [models.Index(fields=["due"], condition=Q(state="waiting"), name="scheduled_waiting_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "kind"], condition=Q(state__in=["waiting", "failed"]), name="scheduled_one_open_per_kind"
            ),
            models.CheckConstraint(
                condition=Q(kind="withdraw", source="", publication=None) | (Q(kind="publish") & ~Q(source="")),
                name="scheduled_text_to_publish",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "done"], failure="")
                | Q(state="cancelled")
                | (Q(state="failed") & ~Q(failure="")),
                name="scheduled_failure_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article}: {self.get_kind_display()}, {self.get_state_display()}"

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def has_failed(self) -> bool:
        return self.state == self.State.FAILED
