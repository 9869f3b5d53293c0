"""The draft of a questionnaire as rows, for the forms of the admin. What it means is in vitaminetest.definition.

Rows name each other by key, as the file does: a draft may be half finished, and vitaminetest.checks says what is missing.
What has no life of its own (options, points, clauses) is written anew at every save; the rest keeps its row.
"""

from django.db import models
from django.db.models import Q

from vitaminetest.definition import LARGEST
from vitaminetest.models.questionnaire import Questionnaire


class Kinds(models.TextChoices):
    CHOICE = "choice", "keuze: één antwoord"
    SEVERAL = "several", "keuze: meer antwoorden"
    YESNO = "yesno", "ja of nee"
    NUMBER = "number", "getal"
    INFO = "info", "uitleg, zonder antwoord"


class OutcomeKinds(models.TextChoices):
    DOCTOR = "doctor", "huisarts: neemt alle tips weg"
    CAUTION = "caution", "let op"
    TIP = "tip", "tip"
    READ = "read", "lees verder"


class Operators(models.TextChoices):
    IS = "is", "is"
    IS_NOT = "is_not", "is niet"
    AT_LEAST = "at_least", "is ten minste"
    AT_MOST = "at_most", "is ten hoogste"


class Keyed(models.Model):
    """A part with a key, at a place among its kind."""

    position = models.PositiveIntegerField("plaats", default=0, editable=False)
    key = models.SlugField(
        "sleutel",
        max_length=50,
        help_text="Zo heet dit in voorwaarden en bestanden. Leeg: gemaakt van de tekst, en dan blijft het zo.",
    )

    class Meta:
        abstract = True
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.key


class Section(Keyed):
    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="sections", editable=False)
    title = models.TextField("titel")

    class Meta(Keyed.Meta):
        verbose_name = "onderdeel"
        verbose_name_plural = "onderdelen"


class Question(Keyed):
    section = models.ForeignKey(Section, models.CASCADE, related_name="questions", verbose_name="onderdeel")
    kind = models.CharField("soort", max_length=10, choices=Kinds, default=Kinds.CHOICE)
    text = models.TextField("vraag")
    hint = models.TextField("toelichting", blank=True, help_text="Eén of twee zinnen onder de vraag.")
    why = models.TextField("waarom vragen we dit?", blank=True, help_text="Lezers kunnen dit openklappen.")
    is_required = models.BooleanField("moet beantwoord worden", default=True)
    may_decline = models.BooleanField(
        "met ‘zeg ik liever niet’", default=False, help_text="Zet dit aan bij vragen die gevoelig zijn."
    )
    minimum = models.IntegerField("kleinste getal", default=0)
    maximum = models.IntegerField("grootste getal", default=LARGEST)
    unit = models.TextField("eenheid", blank=True, help_text="Staat achter het getal, zoals ‘jaar’.")
    intake = models.CharField(
        "telt voor de innametabel als",
        max_length=10,
        blank=True,
        choices=[("age", "leeftijd in jaren"), ("sex", "geslacht"), ("state", "zwanger, borstvoeding of geen van beide")],
    )

    class Meta(Keyed.Meta):
        verbose_name = "vraag"
        verbose_name_plural = "vragen"


class Option(Keyed):
    question = models.ForeignKey(Question, models.CASCADE, related_name="options")
    label = models.TextField("antwoord")
    is_exclusive = models.BooleanField(
        "sluit andere uit", default=False, help_text="Voor ‘geen van deze’: er kan niets anders bij."
    )
    intake = models.CharField(
        "innametabel",
        max_length=20,
        blank=True,
        choices=[
            *(("male", "man"), ("female", "vrouw")),
            *(("none", "geen van beide"), ("pregnant", "zwanger"), ("breastfeeding", "geeft borstvoeding")),
        ],
    )

    class Meta(Keyed.Meta):
        verbose_name = "antwoord"
        verbose_name_plural = "antwoorden"


class Score(Keyed):
    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="scores", editable=False)
    label = models.TextField("naam")

    class Meta(Keyed.Meta):
        verbose_name = "score"
        verbose_name_plural = "scores"


class PointsRule(models.Model):
    """`question` is a key, `options` a list of keys of its answers."""

    score = models.ForeignKey(Score, models.CASCADE, related_name="points")
    position = models.PositiveIntegerField(default=0, editable=False)
    question = models.CharField("vraag", max_length=50)
    points = models.IntegerField("punten")
    options = models.JSONField("antwoorden", default=list, blank=True)
    at_least = models.IntegerField("van", null=True, blank=True)
    at_most = models.IntegerField("tot en met", null=True, blank=True)

    class Meta:
        verbose_name = "regel"
        verbose_name_plural = "punten"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.points} voor {self.question}"


class Outcome(Keyed):
    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="outcomes", editable=False)
    kind = models.CharField("soort", max_length=10, choices=OutcomeKinds, default=OutcomeKinds.TIP)
    title = models.TextField("titel")
    body = models.TextField("tekst", help_text="Met bronnen als [@grober2015] en links als [[slug#anker|tekst]].")
    review_by = models.DateField("nakijken vóór", null=True, blank=True, help_text="Daarna waarschuwt de controle.")

    class Meta(Keyed.Meta):
        verbose_name = "uitkomst"
        verbose_name_plural = "uitkomsten"


class Case(models.Model):
    """`answers` is a list of [key of a question, answer], `expects` a list of keys of outcomes."""

    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="cases", editable=False)
    position = models.PositiveIntegerField(default=0, editable=False)
    name = models.TextField("naam", help_text="Wie is dit, en waar gaat het om? Zoals ‘Zwanger, weinig noten’.")
    answers = models.JSONField("antwoorden", default=list, blank=True)
    expects = models.JSONField("verwachte uitkomsten", default=list, blank=True)

    class Meta:
        verbose_name = "proef"
        verbose_name_plural = "proeven"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name


class Clause(models.Model):
    """One line of the condition of a section, a question or an outcome; lines of one `group` must all hold, any group will do."""

    section = models.ForeignKey(Section, models.CASCADE, null=True, related_name="clauses")
    question = models.ForeignKey(Question, models.CASCADE, null=True, related_name="clauses")
    outcome = models.ForeignKey(Outcome, models.CASCADE, null=True, related_name="clauses")
    group = models.PositiveIntegerField(default=0)
    position = models.PositiveIntegerField(default=0)
    asked = models.CharField("vraag", max_length=50, blank=True)
    score = models.CharField("score", max_length=50, blank=True)
    operator = models.CharField("vergelijking", max_length=10, choices=Operators, default=Operators.IS)
    options = models.JSONField("antwoorden", default=list, blank=True)
    number = models.IntegerField("getal", default=0)

    class Meta:
        verbose_name = "voorwaarde"
        verbose_name_plural = "voorwaarden"
        ordering = ["group", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(section__isnull=False, question__isnull=True, outcome__isnull=True)
                | Q(section__isnull=True, question__isnull=False, outcome__isnull=True)
                | Q(section__isnull=True, question__isnull=True, outcome__isnull=False),
                name="test_clause_has_one_target",
            )
        ]

    def __str__(self) -> str:
        return f"{self.asked or self.score} {self.get_operator_display()}"
