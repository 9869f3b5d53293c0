"""What is said about a request: to and from the reader (Message), and among advisers (Note). Two tables, so that no list of one
can ever show the other."""

from datetime import datetime

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from advice.models.request import AdviceRequest

USER = settings.AUTH_USER_MODEL
LONGEST_ANSWER = 20_000
LONGEST_DRAFT = 5 * LONGEST_ANSWER  # what is too long to send is still somebody's work
LONGEST_NOTE = 5_000
LONGEST_MAIL = 100_000  # with all the earlier mails that hang below it


class MessageQuerySet(models.QuerySet):
    def shown_to_reader(self, now: datetime):
        """What the reader may see: an answer only after the seconds in which it can be taken back."""
        return self.filter(visible_at__lte=now)


class Message(models.Model):
    """A part of the conversation with the reader. An answer is frozen with its sources as it was when it was sent."""

    class Author(models.TextChoices):
        READER = "reader", "lezer"
        ADVISER = "adviser", "adviseur"

    class Via(models.TextChoices):
        FORM = "form", "formulier"
        PAGE = "page", "pagina van de vraag"
        MAIL = "mail", "e-mail"
        DESK = "desk", "adviesbalie"

    # The constraint on request and number is an index on the request already.
    request = models.ForeignKey(AdviceRequest, models.CASCADE, related_name="messages", verbose_name="vraag", db_index=False)
    number = models.PositiveIntegerField("nummer", help_text="In deze vraag, vanaf 1.")
    author = models.CharField("van", max_length=8, choices=Author)
    via = models.CharField("langs", max_length=8, choices=Via)
    # No index: what can still be taken back is found by the mails that wait, and not by all that somebody ever answered.
    adviser = models.ForeignKey(
        USER, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="adviseur", db_index=False
    )
    signed_by = models.CharField("ondertekend door", max_length=170, blank=True)
    body = models.TextField("tekst", help_text="Van een lezer: gewone tekst. Van een adviseur: Markdown.")
    html = models.TextField("opgemaakte tekst", blank=True)
    text = models.TextField("tekst voor in de mail", blank=True)
    sources = models.JSONField("bronnen", default=list, blank=True)
    submission_id = models.UUIDField("nummer van het formulier", unique=True, null=True, blank=True)
    created_at = models.DateTimeField("geschreven op")
    visible_at = models.DateTimeField("zichtbaar voor de lezer vanaf")
    at_version = models.PositiveIntegerField("versie van de vraag", help_text="De vraag kreeg deze versie door dit bericht.")
    before = models.JSONField("stand ervoor", default=dict, blank=True, encoder=DjangoJSONEncoder, help_text="Om terug te kunnen.")

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = "bericht"
        verbose_name_plural = "berichten"
        ordering = ["request", "number"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["request", "number"], name="message_number_unique"),
            models.CheckConstraint(
                condition=Q(author="reader", adviser=None, html="", signed_by="")
                | (Q(author="adviser", adviser__isnull=False) & ~Q(signed_by="")),
                name="message_author_valid",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request}, bericht {self.number}"

    @property
    def is_answer(self) -> bool:
        return self.author == self.Author.ADVISER


class Note(models.Model):
    """What advisers tell each other. Nothing that goes to a reader ever reads this table."""

    request = models.ForeignKey(AdviceRequest, models.CASCADE, related_name="notes", verbose_name="vraag")
    author = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name="van")
    body = models.TextField("notitie", max_length=LONGEST_NOTE)
    created_at = models.DateTimeField("geschreven op")
    at_version = models.PositiveIntegerField("versie van de vraag")

    class Meta:
        verbose_name = "notitie"
        verbose_name_plural = "notities"
        ordering = ["request", "created_at", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"notitie bij {self.request}"


class Draft(models.Model):
    """The answer that an adviser is writing. Every adviser has one of their own, so that nobody writes over another's.

    `base_version` is the request as the adviser last saw it.
    """

    request = models.ForeignKey(AdviceRequest, models.CASCADE, related_name="drafts", verbose_name="vraag")
    author = models.ForeignKey(USER, models.CASCADE, related_name="+", verbose_name="van")
    body = models.TextField("tekst", blank=True)
    base_version = models.PositiveIntegerField("versie van de vraag")
    updated_at = models.DateTimeField("bewaard op")

    class Meta:
        verbose_name = "concept"
        verbose_name_plural = "concepten"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["request", "author"], name="draft_one_per_adviser")]

    def __str__(self) -> str:
        return f"concept bij {self.request}"


class Presence(models.Model):
    """Who has a request open right now. A row says nothing once it is a quarter of a minute old."""

    request = models.ForeignKey(AdviceRequest, models.CASCADE, related_name="presences", verbose_name="vraag")
    user = models.ForeignKey(USER, models.CASCADE, related_name="+", verbose_name="wie")
    seen_at = models.DateTimeField("gezien op")
    is_writing = models.BooleanField("schrijft", default=False)

    class Meta:
        verbose_name = "aanwezigheid"
        verbose_name_plural = "aanwezigheid"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["request", "user"], name="presence_one_per_user")]

    def __str__(self) -> str:
        return f"{self.user} bij {self.request}"
