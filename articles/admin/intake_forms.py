"""The form of an intake table: its name and unit, a row for every group, and what is wrong with them together."""

from collections.abc import Iterator, Mapping

from django import forms
from django.forms import BaseFormSet, formset_factory

from articles.intake_tables import digest_of
from intake.findings import Finding, check_table
from intake.models import Nutrient
from intake.row_rules import LONGEST_KEY, LONGEST_LOCATOR, RowWrong, check_row, read_amount, write_amount
from intake.table import OLDEST, Kind, Row, Sex, State, Table, Unit, in_order
from intake.words import group_words
from references.models import Reference

MOST_ROWS = 200
OPENED_WITH = "opened_with"
_FIELD_OF = {"no-source": "source", "other-unit": "unit", "gap": "months_from", "overlap": "months_from"}


class HeadForm(forms.ModelForm):
    class Meta:
        model = Nutrient
        fields = ["name", "unit"]


class RowForm(forms.Form):
    """One group. Fields are named as those of a Row."""

    kind = forms.ChoiceField(label="Soort", choices=Kind, initial=Kind.ADH)
    sex = forms.ChoiceField(label="Geslacht", choices=Sex, initial=Sex.ANY)
    state = forms.ChoiceField(label="Situatie", choices=State, initial=State.NONE)
    months_from = forms.IntegerField(label="Vanaf (maand)", min_value=0, max_value=OLDEST)
    months_to = forms.IntegerField(label="Tot (maand)", min_value=1, max_value=OLDEST, required=False)
    amount = forms.CharField(label="Hoeveelheid", max_length=20)
    unit = forms.ChoiceField(label="Eenheid", choices=[(unit, unit.value) for unit in Unit])
    only_supplements = forms.BooleanField(label="Alleen supplementen", required=False)
    source = forms.CharField(label="Bron", max_length=LONGEST_KEY, required=False)
    locator = forms.CharField(label="Vindplaats", max_length=LONGEST_LOCATOR, required=False)

    def __init__(self, *args, unit: str, **options):
        super().__init__(*args, **options)
        self.fields["unit"].initial = unit
        self.row: Row | None = None

    def clean(self) -> dict:
        cleaned = super().clean()
        if not self.errors:
            try:
                self.row = row_of(cleaned)
                check_row(self.row)
            except RowWrong as wrong:
                self.add_error(wrong.field, f"{str(wrong)[0].upper()}{str(wrong)[1:]}.")
        return cleaned

    @property
    def group(self) -> str:
        """Whom the row is for, in words; "" while that can't be told."""
        if self.is_bound:
            return group_words(self.row) if self.row else ""
        return group_words(self.initial["row"]) if "row" in self.initial else ""


def _initial(row: Row) -> dict:
    return vars(row) | {"amount": write_amount(row.amount), "row": row}


def row_of(cleaned: Mapping) -> Row:
    """Return the row that was typed. Raises RowWrong for an amount that is none."""
    values = {name: cleaned[name] for name in ("months_from", "months_to", "source", "locator", "only_supplements")}
    kinds = {"kind": Kind(cleaned["kind"]), "sex": Sex(cleaned["sex"]), "state": State(cleaned["state"])}
    return Row(amount=read_amount(cleaned["amount"]), unit=Unit(cleaned["unit"]), **values, **kinds)


class BaseRows(BaseFormSet):
    """The rows. No row has an identity: what is posted is the whole table."""

    def add_fields(self, form: RowForm, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = "Weg"  # twelve columns: a longer head makes the table scroll
        row = "" if index is None else f", rij {index + 1}"
        for field in form.fields.values():
            field.widget.attrs["aria-label"] = f"{field.label}{row}"

    def clean(self) -> None:
        known = Reference.objects.by_key(form.row.source for form in self.kept() if form.row.source)
        for form in self.kept():
            if form.row.source and form.row.source not in known:
                form.add_error("source", "Deze bron bestaat niet. Voeg haar eerst toe, of verbeter de sleutel.")

    def kept(self) -> Iterator[RowForm]:
        """Yield the forms whose rows stay, as far as they are right."""
        return (form for form in self.forms if form.row and not self._should_delete_form(form))


RowSet = formset_factory(RowForm, formset=BaseRows, extra=2, can_delete=True, max_num=MOST_ROWS, absolute_max=MOST_ROWS)


class TableForm:
    """The whole form; `digest` is that of the table as saved, `opened_with` that of the table that it was opened with."""

    def __init__(self, nutrient: Nutrient, data: Mapping | None = None):
        self.saved = nutrient.table()
        initial = None if data else [_initial(row) for row in self.saved.rows]
        self.head = HeadForm(data, instance=nutrient)
        self.rows = RowSet(data, initial=initial, prefix="rows", form_kwargs={"unit": self.saved.unit})
        self.digest = digest_of(self.saved)
        self.opened_with = data.get(OPENED_WITH, "") if data else self.digest
        self.table: Table | None = None

    def is_valid(self) -> bool:
        """Tell whether the table can be stored, as far as the form knows: `table` is what it says, errors stand at their place."""
        if not (self.head.is_valid() & self.rows.is_valid()):
            return False
        head = self.head.cleaned_data
        rows = in_order(form.row for form in self.rows.kept())
        self.table = Table(self.saved.key, head["name"], Unit(head["unit"]), rows)
        for finding in check_table(self.table):
            self._place(finding)
        return not (self.head.errors or any(form.errors for form in self.rows.kept()))

    @property
    def is_stale(self) -> bool:
        """Tell whether somebody else changed the table since the form was opened, other than into what stands here."""
        return self.opened_with != self.digest and self.table != self.saved

    @property
    def problems(self) -> list[tuple[str, str]]:
        """Everything that is wrong: the id of the control, "" for the table as a whole, and a sentence. Each sentence once."""
        found = [("", message) for message in self.head.non_field_errors()]
        found += [(field.auto_id, f"{field.label}: {error}") for field in self.head for error in field.errors]
        told = {message for _, message in found}
        for number, form in enumerate(self.rows, start=1):
            for field in form:
                found += [(field.auto_id, f"Rij {number}, {field.label}: {error}") for error in field.errors if error not in told]
        return found + [("", message) for message in self.rows.non_form_errors()]

    def refuse(self, *messages: str) -> None:
        for message in messages:
            self.head.add_error(None, message)

    def _place(self, finding: Finding) -> None:
        self.head.add_error(None, finding.message)
        for form in self.rows.kept():
            if form.row in finding.rows:
                form.add_error(_FIELD_OF.get(finding.code, "amount"), finding.message)
