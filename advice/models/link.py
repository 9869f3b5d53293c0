"""Private links with which a reader opens their own request."""

from datetime import datetime

from django.db import models

from advice.models.request import AdviceRequest


class AccessLink(models.Model):
    """A link to one request. The database keeps a digest of its token, and a nonce from which the token can be made again with the
    secret key of the site only: see advice.access."""

    request = models.ForeignKey(AdviceRequest, models.CASCADE, related_name="links", verbose_name="vraag")
    nonce = models.CharField("toevalsgetal", max_length=43)
    digest = models.CharField("vingerafdruk", max_length=64, unique=True)
    created_at = models.DateTimeField("gemaakt op")
    expires_at = models.DateTimeField("werkt tot")
    opened_at = models.DateTimeField("voor het eerst geopend", null=True, blank=True)
    revoked_at = models.DateTimeField("ingetrokken op", null=True, blank=True)

    class Meta:
        verbose_name = "privélink"
        verbose_name_plural = "privélinks"
        ordering = ["-created_at", "-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"link naar {self.request}"

    def works(self, now: datetime) -> bool:
        return self.revoked_at is None and now < self.expires_at
