"""Mail that goes out and mail that comes in. Neither is lost: a row is there before anything is sent or read."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from advice.models.conversation import Message
from advice.models.link import AccessLink
from advice.models.request import AdviceRequest


class OutgoingMail(models.Model):
    """A mail to send. Written in the transaction of what it announces; `advice.outbox` delivers it.

    The row holds no text and no address: they are made from the request and the message at the moment of sending, which gives the
    same mail however often. So there is nothing here to leak or to erase.
    """

    class Kind(models.TextChoices):
        RECEIPT = "receipt", "ontvangstbevestiging"
        ANSWER = "answer", "antwoord"
        CLOSING = "closing", "bericht van sluiten"
        LINK = "link", "nieuwe link"
        REACTION = "reaction", "bericht aan een adviseur: de lezer reageerde"

    class State(models.TextChoices):
        PENDING = "pending", "wacht"
        SENDING = "sending", "wordt verstuurd"
        SENT = "sent", "verstuurd"
        FAILED = "failed", "mislukt"
        CANCELLED = "cancelled", "niet verstuurd"

    kind = models.CharField("soort", max_length=10, choices=Kind)
    request = models.ForeignKey(AdviceRequest, models.CASCADE, related_name="mails", verbose_name="vraag")
    message = models.ForeignKey(
        Message, models.CASCADE, null=True, blank=True, related_name="mails", verbose_name="bericht", db_index=False
    )
    link = models.ForeignKey(AccessLink, models.CASCADE, null=True, blank=True, related_name="mails", verbose_name="link")
    adviser = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="aan adviseur",
        db_index=False,
    )
    key = models.CharField("sleutel", max_length=60, unique=True, help_text="Eén mail voor één gebeurtenis.")
    rfc_message_id = models.CharField("Message-ID", max_length=255, unique=True)
    state = models.CharField("stand", max_length=10, choices=State, default=State.PENDING)
    not_before = models.DateTimeField("niet eerder dan")
    lease_until = models.DateTimeField("in behandeling tot", null=True, blank=True)
    attempts = models.PositiveSmallIntegerField("pogingen", default=0)
    is_possibly_double = models.BooleanField("mogelijk dubbel", default=False)
    failure = models.CharField("wat er misging", max_length=200, blank=True)
    created_at = models.DateTimeField("gemaakt op")
    sent_at = models.DateTimeField("verstuurd op", null=True, blank=True)

    class Meta:
        verbose_name = "uitgaande mail"
        verbose_name_plural = "uitgaande mail"
        ordering = ["-created_at", "-pk"]
        default_permissions = ()
        indexes = [
            models.Index(fields=["message"], condition=Q(message__isnull=False), name="mail_message"),
            models.Index(fields=["adviser"], condition=Q(adviser__isnull=False), name="mail_adviser"),
            models.Index(fields=["not_before", "id"], condition=Q(state="pending"), name="mail_pending"),
            models.Index(fields=["lease_until"], condition=Q(state="sending"), name="mail_sending"),
            models.Index(fields=["created_at"], condition=Q(state="failed"), name="mail_failed"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["pending", "sending", "sent", "failed", "cancelled"]), name="mail_state_valid"
            ),
            models.CheckConstraint(condition=~Q(state="sending") | Q(lease_until__isnull=False), name="mail_sending_has_lease"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} bij {self.request}"


class Mailbox(models.Model):
    """The mailbox that is read, and how that is going. What was fetched is told by the rows of IncomingMail."""

    name = models.CharField("postbus", max_length=200, unique=True)
    lease_until = models.DateTimeField("in behandeling tot", null=True, blank=True)
    polled_at = models.DateTimeField("laatst gelezen op", null=True, blank=True)
    compared_at = models.DateTimeField("laatst helemaal vergeleken op", null=True, blank=True)
    missing = models.PositiveIntegerField("mails die niet op te halen waren", default=0)
    failing_since = models.DateTimeField("lukt niet sinds", null=True, blank=True)
    failure = models.CharField("wat er misging", max_length=200, blank=True)

    class Meta:
        verbose_name = "postbus"
        verbose_name_plural = "postbussen"
        default_permissions = ()

    def __str__(self) -> str:
        return self.name


class MailToForget(models.Model):
    """A mail whose request was erased, and of which a copy may be left: see advice.outbox.forgetting. It names nobody."""

    rfc_message_id = models.CharField("Message-ID", max_length=255, unique=True)
    since = models.DateTimeField("gewist op")

    class Meta:
        verbose_name = "mail die nog weg moet"
        verbose_name_plural = "mails die nog weg moeten"
        default_permissions = ()

    def __str__(self) -> str:
        return self.rfc_message_id


class IncomingMail(models.Model):
    """A mail as it came in, whole, stored before anything tries to read it.

    The row itself stays as long as the mail may be in the mailbox: it tells that the mail was fetched. What is no longer needed is
    emptied: `raw`, not the numbers, and not `digest`, which is keyed and knows the same mail under another number.
    """

    class State(models.TextChoices):
        STORED = "stored", "opgeslagen"
        ADDED = "added", "bij een vraag gezet"
        PARKED = "parked", "apart gezet"
        UNREADABLE = "unreadable", "onleesbaar"
        ERASED = "erased", "van een gewiste vraag"
        DONE = "done", "afgehandeld"
        DOUBLE = "double", "dubbel"

    mailbox = models.CharField("postbus", max_length=200)
    uidvalidity = models.BigIntegerField("UIDVALIDITY")
    uid = models.BigIntegerField("UID")
    digest = models.CharField("vingerafdruk", max_length=64)
    raw = models.BinaryField("bericht zoals het binnenkwam", help_text="Leeg: niet meer bewaard.")
    state = models.CharField("stand", max_length=10, choices=State, default=State.STORED)
    why = models.CharField("waarom", max_length=200, blank=True)
    request = models.ForeignKey(
        AdviceRequest, models.CASCADE, null=True, blank=True, related_name="incoming_mails", verbose_name="vraag"
    )
    message = models.OneToOneField(
        Message, models.CASCADE, null=True, blank=True, related_name="incoming_mail", verbose_name="bericht"
    )
    received_at = models.DateTimeField("binnengekomen op")
    attempts = models.PositiveSmallIntegerField("pogingen om te verwerken", default=0)

    class Meta:
        verbose_name = "binnengekomen mail"
        verbose_name_plural = "binnengekomen mails"
        ordering = ["-received_at", "-pk"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["mailbox", "uidvalidity", "uid"], name="incomingmail_once")]
        indexes = [
            models.Index(fields=["received_at"], condition=Q(state="parked"), name="incomingmail_parked"),
            models.Index(fields=["id"], condition=Q(state="stored"), name="incomingmail_stored"),
            models.Index(fields=["mailbox", "digest"], name="incomingmail_digest"),
        ]

    def __str__(self) -> str:
        return f"mail van {self.received_at:%d-%m-%Y %H:%M}"
