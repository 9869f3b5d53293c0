"""Nutrients, and how much of them a group needs in a day. Rows are written by `intake.storing` alone."""

from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q

from intake.table import Kind, Row, Sex, State, Table, Unit, in_order
from references.models import Reference

AMOUNT = {"max_digits": 10, "decimal_places": 3}


class NutrientQuerySet(models.QuerySet):
    def tables(self, keys=None) -> dict[str, Table]:
        """Return the tables of these nutrients, or of all, by key; unknown keys are absent. Two queries."""
        found = self if keys is None else self.filter(key__in=set(keys))
        return {nutrient.key: nutrient.table() for nutrient in found.prefetch_related("values__source")}


class Nutrient(models.Model):
    key = models.CharField(
        "sleutel",
        max_length=60,
        unique=True,
        validators=[
            RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*\Z", "Gebruik kleine letters, cijfers en streepjes, zoals vitamine-d.")
        ],
        help_text="Hiermee zet je de tabel in een tekst: {{intake: sleutel}}. Staat daarna vast.",
    )
    name = models.CharField("naam", max_length=80, help_text="Zoals midden in een zin, dus zonder hoofdletter: magnesium.")
    unit = models.CharField("eenheid", max_length=4, choices=Unit, default=Unit.MG, help_text="Per dag.")
    imported_digest = models.CharField(max_length=64, blank=True, editable=False)

    objects = NutrientQuerySet.as_manager()

    class Meta:
        verbose_name = "innametabel"
        verbose_name_plural = "innametabellen"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=~Q(key=""), name="nutrient_key_not_empty"),
            models.CheckConstraint(condition=Q(unit__in=Unit.values), name="nutrient_unit_valid"),
        ]

    def __str__(self) -> str:
        return self.name

    def table(self) -> Table:
        """Return the nutrient with its rows in order. Asks for the values and their sources unless they were fetched before."""
        rows = (
            self.values.all()
            if "values" in getattr(self, "_prefetched_objects_cache", {})
            else self.values.select_related("source")
        )
        return Table(self.key, self.name, Unit(self.unit), in_order(value.row() for value in rows))


class IntakeValue(models.Model):
    nutrient = models.ForeignKey(Nutrient, models.CASCADE, related_name="values", verbose_name="voedingsstof")
    kind = models.CharField("soort", max_length=3, choices=Kind, default=Kind.ADH)
    sex = models.CharField("geslacht", max_length=6, choices=Sex, default=Sex.ANY)
    state = models.CharField("situatie", max_length=13, choices=State, default=State.NONE)
    months_from = models.PositiveSmallIntegerField("vanaf maand", default=0)
    months_to = models.PositiveSmallIntegerField("tot maand", null=True, blank=True)
    amount = models.DecimalField("hoeveelheid", validators=[MinValueValidator(0)], **AMOUNT)
    unit = models.CharField("eenheid", max_length=4, choices=Unit, default=Unit.MG)
    only_supplements = models.BooleanField("alleen supplementen", default=False)
    source = models.ForeignKey(Reference, models.PROTECT, null=True, blank=True, related_name="intake_values", verbose_name="bron")
    locator = models.CharField("vindplaats", max_length=120, blank=True)

    class Meta:
        verbose_name = "innamewaarde"
        verbose_name_plural = "innamewaarden"
        ordering = ["nutrient", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["nutrient", "kind", "sex", "state", "months_from"], name="intakevalue_group_unique"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="intakevalue_kind_valid"),
            models.CheckConstraint(condition=Q(sex__in=Sex.values), name="intakevalue_sex_valid"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="intakevalue_state_valid"),
            models.CheckConstraint(condition=Q(unit__in=Unit.values), name="intakevalue_unit_valid"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="intakevalue_amount_positive"),
            models.CheckConstraint(
                condition=Q(months_to__isnull=True) | Q(months_from__lt=F("months_to")), name="intakevalue_months_in_order"
            ),
            models.CheckConstraint(condition=Q(state=State.NONE) | Q(sex=Sex.FEMALE), name="intakevalue_state_of_women"),
        ]

    def __str__(self) -> str:
        return f"{self.nutrient_id} {self.kind} {self.sex} {self.state} {self.months_from}-{self.months_to}"

    def row(self) -> Row:
        return Row(
            kind=Kind(self.kind),
            months_from=self.months_from,
            months_to=self.months_to,
            amount=self.amount.normalize(),
            unit=Unit(self.unit),
            sex=Sex(self.sex),
            state=State(self.state),
            source=self.source.key if self.source else "",
            locator=self.locator,
            only_supplements=self.only_supplements,
        )
