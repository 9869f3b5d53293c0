"""A reader's request for advice: where it stands, who deals with it and until when."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from advice.models.people import ConsentText, Topic

LONGEST_QUESTION = 5_000


class AdviceRequestQuerySet(models.QuerySet):
    """The lists of the desk. Each is one index; none reads a text."""

    def waiting(self):
        """What an adviser has to answer, snoozed or not."""
        return self.filter(status="waiting")

    def new(self, now: datetime):
        return self.waiting().filter(assignee=None).exclude(snoozed_until__gt=now)

    def mine(self, user, now: datetime):
        return self.waiting().filter(assignee=user).exclude(snoozed_until__gt=now)

    def overdue(self, now: datetime):
        return self.waiting().filter(due_at__lte=now)

    def snoozed(self, now: datetime):
        return self.waiting().filter(snoozed_until__gt=now)

    def waiting_for_reader(self):
        return self.filter(status="answered")

    def failed_mail(self):
        return self.filter(has_failed_mail=True)

    def quarantined(self):
        return self.filter(status="quarantine")

    def closed(self):
        return self.filter(status="closed")


class AdviceRequest(models.Model):
    """One request. `version` goes up with everything that somebody who is answering should know of: see advice.handling."""

    class Status(models.TextChoices):
        QUARANTINE = "quarantine", "in quarantaine"
        WAITING = "waiting", "wacht op advies"
        ANSWERED = "answered", "wacht op de lezer"
        CLOSED = "closed", "gesloten"

    class Outcome(models.TextChoices):
        ANSWERED = "answered", "beantwoord"
        BY_READER = "by_reader", "gesloten door de lezer"
        SILENT = "silent", "geen reactie meer"
        SPAM = "spam", "ongewenst"

    class Rating(models.IntegerChoices):
        BAD = 1, "Niet goed"
        FAIR = 2, "Gaat wel"
        GOOD = 3, "Goed"

    reference = models.CharField("kenmerk", max_length=12, unique=True)
    submission_id = models.UUIDField("nummer van het formulier", unique=True)
    digest = models.CharField("vingerafdruk van wat er verstuurd is", max_length=64)
    status = models.CharField("stand", max_length=10, choices=Status)
    outcome = models.CharField("hoe gesloten", max_length=10, choices=Outcome, blank=True)
    name = models.CharField("naam", max_length=100, blank=True)
    email = models.EmailField("e-mailadres", max_length=254)
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="requests", verbose_name="onderwerp")
    # No index: nobody asks who agreed to a text, and a text is never deleted.
    consent = models.ForeignKey(ConsentText, models.PROTECT, related_name="+", verbose_name="toestemming", db_index=False)
    answer_in_mail = models.BooleanField("antwoord in de e-mail", default=True, help_text="Uit: alleen een link naar het antwoord.")
    article_slug = models.CharField("adres van het artikel", max_length=120, blank=True)
    article_title = models.CharField("gevraagd bij artikel", max_length=200, blank=True)
    section_anchor = models.CharField("anker van het deel", max_length=120, blank=True)
    section_heading = models.CharField("gevraagd bij deel", max_length=200, blank=True)
    test_result = models.TextField("uitslag van de Vitaminetest", blank=True, help_text="Door de lezer zelf meegestuurd.")
    suspicion = models.CharField("waarom in quarantaine", max_length=200, blank=True)
    # No index of its own: "request_mine" holds those that wait, and one of all leads SQLite past every closed question of somebody.
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="advice_requests",
        verbose_name="adviseur",
        db_index=False,
    )
    snoozed_until = models.DateTimeField("uitgesteld tot", null=True, blank=True)
    waiting_since = models.DateTimeField("wacht op ons sinds", null=True, blank=True)
    due_at = models.DateTimeField("antwoord uiterlijk", null=True, blank=True)
    created_at = models.DateTimeField("ontvangen op")
    updated_at = models.DateTimeField("laatste gebeurtenis")
    first_answered_at = models.DateTimeField("eerste antwoord", null=True, blank=True)
    closed_at = models.DateTimeField("gesloten op", null=True, blank=True)
    rating = models.PositiveSmallIntegerField("beoordeling", null=True, blank=True, choices=Rating)
    has_failed_mail = models.BooleanField("mail mislukt", default=False)
    version = models.PositiveIntegerField("versie", default=1)

    objects = AdviceRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "adviesvraag"
        verbose_name_plural = "adviesvragen"
        ordering = ["-created_at", "-pk"]
        permissions = [
            ("handle_requests", "Mag vragen van lezers lezen en beantwoorden"),
            ("manage_desk", "Mag de adviesbalie inrichten: adviseurs, onderwerpen, rapporten over iedereen"),
            ("erase_requests", "Mag een vraag met alles erbij wissen of uitvoeren"),
            ("read_audit", "Mag zien wie wat gelezen en gedaan heeft"),
        ]
        default_permissions = ()
        indexes = [
            models.Index(fields=["created_at", "id"], name="request_created"),
            models.Index(fields=["waiting_since", "id"], condition=Q(status="waiting"), name="request_waiting"),
            models.Index(fields=["due_at"], condition=Q(status="waiting"), name="request_due"),
            models.Index(fields=["assignee", "waiting_since"], condition=Q(status="waiting"), name="request_mine"),
            models.Index(fields=["snoozed_until", "id"], condition=Q(snoozed_until__isnull=False), name="request_snoozed"),
            models.Index(fields=["updated_at", "id"], condition=Q(status="answered"), name="request_answered"),
            models.Index(fields=["created_at"], condition=Q(status="quarantine"), name="request_quarantine"),
            models.Index(fields=["closed_at", "id"], condition=Q(status="closed"), name="request_closed"),
            models.Index(fields=["updated_at"], condition=Q(has_failed_mail=True), name="request_failed_mail"),
            models.Index(fields=["email"], name="request_email"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["quarantine", "waiting", "answered", "closed"]), name="request_status_valid"
            ),
            models.CheckConstraint(
                condition=(Q(status="closed", closed_at__isnull=False) & ~Q(outcome=""))
                | (~Q(status="closed") & Q(closed_at=None, outcome="")),
                name="request_closed_says_how",
            ),
            models.CheckConstraint(
                condition=Q(status="waiting", waiting_since__isnull=False, due_at__isnull=False)
                | (~Q(status="waiting") & Q(waiting_since=None, due_at=None, snoozed_until=None)),
                name="request_waiting_since_when",
            ),
            models.CheckConstraint(condition=Q(rating=None) | Q(rating__in=[1, 2, 3]), name="request_rating_valid"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        return self.status in (self.Status.WAITING, self.Status.ANSWERED)


class Tombstone(models.Model):
    """What is left of an erased request: that there was one. No late mail brings it back."""

    digest = models.CharField("vingerafdruk van het kenmerk", max_length=64, unique=True)
    erased_at = models.DateTimeField("gewist op")
    because = models.CharField("waarom", max_length=40)

    class Meta:
        verbose_name = "gewiste vraag"
        verbose_name_plural = "gewiste vragen"
        ordering = ["-erased_at", "-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"gewist op {self.erased_at:%d-%m-%Y}"
