"""One number for the whole site: it goes up whenever what readers may see has changed."""

from django.db import models
from django.db.models import F, Q


class Generation(models.Model):
    """The one row that every process looks at to know whether its pages are still right."""

    number = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = "generatie"
        verbose_name_plural = "generaties"
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="generation_one_row")]

    def __str__(self) -> str:
        return str(self.number)

    @classmethod
    def current(cls) -> int:
        """Return the number of now; 0 before anything was published. One query."""
        return cls.objects.filter(pk=1).values_list("number", flat=True).first() or 0

    @classmethod
    def raise_it(cls) -> None:
        """Tell every process that something has changed, as part of the transaction that changes it."""
        if not cls.objects.filter(pk=1).update(number=F("number") + 1):
            cls.objects.update_or_create(pk=1, defaults={"number": 1})
