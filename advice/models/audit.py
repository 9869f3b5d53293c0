"""Who read and did what: a log to which rows are only ever added, each chained to the one before."""

from django.db import models


class AuditEvent(models.Model):
    """One step. It holds no personal data of readers: a request is named by its reference. Written by advice.auditing only."""

    class Action(models.TextChoices):
        SUBMITTED = "submitted", "vraag ontvangen"
        QUARANTINED = "quarantined", "in quarantaine gezet"
        ACCEPTED = "accepted", "uit quarantaine gehaald"
        REJECTED = "rejected", "als ongewenst gesloten"
        READ = "read", "vraag gelezen"
        SEARCHED = "searched", "gezocht in vragen"
        CLAIMED = "claimed", "opgepakt"
        ASSIGNED = "assigned", "toegewezen"
        RELEASED = "released", "losgelaten"
        SNOOZED = "snoozed", "uitgesteld"
        WOKEN = "woken", "weer opgepakt na uitstel"
        NOTED = "noted", "notitie geschreven"
        ANSWERED = "answered", "antwoord verstuurd"
        UNDONE = "undone", "antwoord teruggehaald"
        CLOSED = "closed", "gesloten"
        REOPENED = "reopened", "heropend"
        OPENED_BY_READER = "opened_by_reader", "geopend door de lezer"
        REPLIED = "replied", "reactie van de lezer"
        RATED = "rated", "beoordeeld"
        EXPORTED = "exported", "gegevens uitgevoerd"
        ERASED = "erased", "gewist"
        LINK_SENT = "link_sent", "nieuwe link gestuurd"
        LINKS_REVOKED = "links_revoked", "links ingetrokken"
        MAIL_FAILED = "mail_failed", "mail mislukt"
        MAIL_RETRIED = "mail_retried", "mail opnieuw geprobeerd"
        MAIL_ADDED = "mail_added", "mail bij de vraag gezet"
        MAIL_READ = "mail_read", "binnengekomen mail gelezen"
        MAIL_DONE = "mail_done", "binnengekomen mail afgehandeld"
        QUESTION_MADE = "question_made", "openbare vraag voorgesteld"
        QUESTION_PUBLISHED = "question_published", "openbare vraag gepubliceerd"
        QUESTION_WITHDRAWN = "question_withdrawn", "openbare vraag ingetrokken"
        SETTINGS = "settings", "instelling veranderd"

    number = models.PositiveBigIntegerField("nummer", primary_key=True)
    at = models.DateTimeField("wanneer")
    actor = models.CharField("wie", max_length=160, help_text="Een account, 'lezer' of 'systeem'.")
    action = models.CharField("wat", max_length=20, choices=Action)
    reference = models.CharField("vraag", max_length=12, blank=True)
    detail = models.JSONField("bijzonderheden", default=dict, blank=True)
    previous = models.CharField("vingerafdruk van de vorige", max_length=64)
    digest = models.CharField("vingerafdruk", max_length=64)

    class Meta:
        verbose_name = "regel van het logboek"
        verbose_name_plural = "logboek"
        ordering = ["-number"]
        default_permissions = ()
        indexes = [
            models.Index(fields=["reference", "number"], name="audit_reference"),
            models.Index(fields=["actor", "number"], name="audit_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.get_action_display()}"
