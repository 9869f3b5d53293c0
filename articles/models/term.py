"""Words that editors watch for in every public text."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q


class ForbiddenTerm(models.Model):
    """A word that may not stand in a public text, or that promises too much. `articles.checks.terms` says how it is searched."""

    class Kind(models.TextChoices):
        FORBIDDEN = "verboden", "verboden"
        STRENGTHENING = "versterkend", "versterkend"

    class Level(models.TextChoices):
        ERROR = "error", "fout: publiceren kan niet"
        WARNING = "warning", "let op"
        HINT = "hint", "tip"

    term = models.CharField(
        "woord of woorden",
        max_length=100,
        unique=True,
        help_text="Hele woorden; uitgangen als -e, -en, -s, -t en -de horen erbij. Hoofdletters doen er niet toe.",
    )
    kind = models.CharField("soort", max_length=12, choices=Kind, default=Kind.FORBIDDEN)
    level = models.CharField("niveau", max_length=8, choices=Level, default=Level.WARNING)
    explanation = models.CharField(
        "uitleg", max_length=300, blank=True, help_text="Waarom, en wat je beter kunt schrijven. Staat achter de bevinding."
    )
    exceptions = models.TextField(
        "toegestane vormen",
        blank=True,
        help_text="Eén per regel: zinsdelen waarin het woord wél mag, zoals ‘komt voor in’. Een ontkenning (‘geneest geen’) mag.",
    )
    is_active = models.BooleanField("in gebruik", default=True)
    imported_digest = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = "woord in de gaten"
        verbose_name_plural = "woordenlijst"
        ordering = ["kind", "term"]
        constraints = [
            models.CheckConstraint(condition=~Q(term=""), name="forbiddenterm_not_empty"),
            models.CheckConstraint(condition=Q(kind__in=["verboden", "versterkend"]), name="forbiddenterm_kind_valid"),
            models.CheckConstraint(condition=Q(level__in=["error", "warning", "hint"]), name="forbiddenterm_level_valid"),
        ]

    def __str__(self) -> str:
        return self.term

    def clean(self) -> None:
        self.term = " ".join(self.term.split())
        if not any(letter.isalnum() for letter in self.term):
            raise ValidationError({"term": "Vul een woord in: met minstens één letter."})
