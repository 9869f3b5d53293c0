"""How often somebody did something, counted in the database: all processes share it."""

from django.db import models


class RateBucket(models.Model):
    """A count within one window of time. `key` is a keyed digest: it names nobody and means nothing the next day."""

    key = models.CharField("sleutel", max_length=64)
    window = models.DateTimeField("begin van het tijdvak")
    count = models.PositiveIntegerField("aantal", default=0)

    class Meta:
        verbose_name = "teller"
        verbose_name_plural = "tellers"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["key", "window"], name="ratebucket_unique")]
        indexes = [models.Index(fields=["window"], name="ratebucket_window")]

    def __str__(self) -> str:
        return f"{self.count} sinds {self.window:%H:%M}"
