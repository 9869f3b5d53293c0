"""Who answers, about what, and what a reader agrees to."""

from django.conf import settings
from django.db import models


class Adviser(models.Model):
    """Somebody who answers readers: what readers see of them, and what the desk may send them."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="adviser", verbose_name="account")
    name = models.CharField("naam voor lezers", max_length=80, help_text="Zo ondertekent deze adviseur. Een voornaam is genoeg.")
    role = models.CharField("functie voor lezers", max_length=80, blank=True, default="adviseur")
    closing = models.TextField(
        "afsluiting van een antwoord", blank=True, max_length=500, help_text="Komt onder elk antwoord, boven de naam."
    )
    is_away = models.BooleanField("afwezig", default=False, help_text="Krijgt dan geen vragen toegewezen.")
    notify = models.BooleanField(
        "mail bij een reactie", default=True, help_text="Een bericht als een lezer reageert op een vraag van deze adviseur."
    )

    class Meta:
        verbose_name = "adviseur"
        verbose_name_plural = "adviseurs"
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class Topic(models.Model):
    """What a question is about, for readers to choose and for reports to count."""

    slug = models.SlugField("sleutel", max_length=40, unique=True, help_text="Voor rapporten. Verandert niet meer.")
    name = models.CharField("onderwerp", max_length=80, unique=True)
    position = models.PositiveSmallIntegerField("volgorde", default=0)
    is_active = models.BooleanField("te kiezen", default=True, help_text="Uit: alleen oude vragen hebben dit onderwerp nog.")

    class Meta:
        verbose_name = "onderwerp"
        verbose_name_plural = "onderwerpen"
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class ConsentText(models.Model):
    """What readers agree to, word for word. A version never changes (migration 0002): another wording is another version."""

    number = models.PositiveIntegerField("versie", unique=True)
    text = models.TextField("tekst", max_length=1000)
    created_at = models.DateTimeField("geldt sinds")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="gemaakt door"
    )

    class Meta:
        verbose_name = "toestemmingstekst"
        verbose_name_plural = "toestemmingsteksten"
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"Toestemming, versie {self.number}"
