"""The form of "Hoeveel heb jij nodig?". It asks no more than the table needs, and nothing is guessed."""

import re

from django import forms

from intake.answer import Answer, months_of, same_values
from intake.lookup import EVERY_STATE_FROM
from intake.table import MONTHS_IN_A_YEAR, OLDEST, Sex, State, Table

YEARS, MONTHS = "years", "months"
UNTOLD = "untold"
NO_AGE = "Vul je leeftijd in: een heel getal, zoals 34."
MONTH_COUNTS = "Bij deze leeftijd telt de maand. Vul de leeftijd in maanden in."
SEX_COUNTS = "Kies vrouw of man: bij deze leeftijd verschilt de waarde. Je kunt ook kiezen voor ‘zeg ik liever niet’."
STATE_COUNTS = "Kies wat er voor jou geldt. Je kunt ook kiezen voor ‘zeg ik liever niet’."
NOT_IN_TABLE = "Je koos ‘man’ en deze situatie. Die groep staat niet in de tabel. Verander een van de twee."
_AGE = re.compile(r"[0-9]{1,4}")


class CalculatorForm(forms.Form):
    """The form for the table with this key. An answer needs the table itself; without it the form is only shown.

    `back` is where the reader came from: the address of an article and the anchor of the table in it.
    """

    use_required_attribute = False

    nutrient = forms.CharField(widget=forms.HiddenInput)
    back = forms.CharField(widget=forms.HiddenInput, required=False)
    age = forms.CharField(
        label="Leeftijd",
        help_text="Jonger dan 2 jaar? Kies maanden.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": 6, "size": 6}),
        error_messages={"required": NO_AGE},
    )
    age_in = forms.ChoiceField(label="Jaar of maanden", choices=[(YEARS, "jaar"), (MONTHS, "maanden")], initial=YEARS)
    sex = forms.ChoiceField(
        label="Geslacht",
        required=False,
        choices=[("", "Kies"), (Sex.FEMALE, "Vrouw"), (Sex.MALE, "Man"), (UNTOLD, "Zeg ik liever niet")],
    )
    state = forms.ChoiceField(
        label="Situatie",
        required=False,
        choices=[
            ("", "Kies"),
            (State.NONE, "Geen van deze twee"),
            (State.PREGNANT, "Zwanger"),
            (State.BREASTFEEDING, "Ik geef borstvoeding"),
            (UNTOLD, "Zeg ik liever niet"),
        ],
    )

    def __init__(self, data=None, *, key: str, table: Table | None = None, back: str = ""):
        super().__init__(data, auto_id=f"{key}-%s", initial={"nutrient": key, "back": back})
        self.key, self.table, self.answer = key, table, None
        for field in self.fields.values():
            field.error_messages["invalid_choice"] = "Kies een van de mogelijkheden."

    @property
    def problems(self) -> list[tuple[str, str]]:
        """The first error of each field with the id of its control, in the order of the form."""
        return [(field.auto_id, field.errors[0]) for field in self.visible_fields() if field.errors]

    def clean_age(self) -> int:
        text = self.cleaned_data["age"].strip().removesuffix("jaar").removesuffix("maanden").strip()
        if not _AGE.fullmatch(text):
            raise forms.ValidationError(NO_AGE)
        return int(text)

    def clean(self) -> None:
        if self.errors or self.table is None:
            return
        age, in_years = self.cleaned_data["age"], self.cleaned_data["age_in"] == YEARS
        months = months_of(age, in_years=in_years)
        if months[0] >= OLDEST:
            self.add_error("age", f"Vul een leeftijd in onder {OLDEST // MONTHS_IN_A_YEAR} jaar.")
        else:
            self._find(self.table, months, f"{age} {'jaar' if in_years else 'maand' if age == 1 else 'maanden'}")

    def _find(self, table: Table, months: tuple[int, ...], age: str) -> None:
        """Look the value up; ask for what was left open when it makes a difference."""
        sex, state = self._sex(), self._state(months[-1])
        if self.cleaned_data["sex"] == Sex.MALE and state not in (None, State.NONE):
            self.add_error("state", NOT_IN_TABLE)
            return
        rows = same_values(table, months, sex=sex, state=state)
        if rows is None:
            self.add_error("age", MONTH_COUNTS)
            return
        if len(rows) > 1:
            self._ask(table, months, state)
        self.answer = None if self.errors else Answer(table, rows, age)

    def _ask(self, table: Table, months: tuple[int, ...], state: State | None) -> None:
        if not self.cleaned_data["sex"] and state in (None, State.NONE):
            self.add_error("sex", SEX_COUNTS)
        if not self.cleaned_data["state"] and state is None:
            self.add_error("state", STATE_COUNTS)

    def _sex(self) -> Sex | None:
        told = self.cleaned_data["sex"]
        return Sex(told) if told in (Sex.MALE, Sex.FEMALE) else None

    def _state(self, months: int) -> State | None:
        """Return the situation; children and men need not be asked."""
        told = self.cleaned_data["state"]
        if not told and (self.cleaned_data["sex"] == Sex.MALE or months < EVERY_STATE_FROM):
            return State.NONE
        return State(told) if told in State.values else None
