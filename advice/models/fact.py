"""Counts for reports. They hold no personal data, so that they outlive every request."""

from django.db import models


class DailyFact(models.Model):
    """How often something happened on a day, by topic, article and adviser. `bucket` is a class of durations: advice.durations."""

    class Kind(models.TextChoices):
        RECEIVED = "received", "ontvangen"
        FIRST_ANSWER = "first_answer", "eerste antwoord"
        ANSWER = "answer", "antwoord"
        CLOSED = "closed", "gesloten"
        RATED = "rated", "beoordeeld"

    day = models.DateField("dag")
    kind = models.CharField("wat", max_length=12, choices=Kind)
    topic = models.CharField("onderwerp", max_length=40, blank=True)
    article = models.CharField("artikel", max_length=120, blank=True)
    adviser = models.CharField("adviseur", max_length=150, blank=True)
    bucket = models.SmallIntegerField("klasse", default=0, help_text="Van een duur, of het cijfer van een beoordeling.")
    count = models.PositiveIntegerField("aantal", default=0)

    class Meta:
        verbose_name = "dagtelling"
        verbose_name_plural = "dagtellingen"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["day", "kind", "topic", "article", "adviser", "bucket"], name="dailyfact_unique")
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.get_kind_display()} {self.count}"
