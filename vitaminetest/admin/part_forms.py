"""The forms of the parts of a questionnaire. Each knows what it was opened with (references/stale.py)."""

import re

from django import forms

from references.stale import StaleFormMixin
from vitaminetest.admin.answers_form import answer_fields, answers_to_initial, read_answers
from vitaminetest.admin.widgets import MarkdownWidget
from vitaminetest.definition import KEY, LARGEST, Definition
from vitaminetest.keys import key_for, taken_keys
from vitaminetest.models import Case, Outcome, Question, Score, Section

LINE = forms.TextInput(attrs={"class": "vTextField"})
FEW_LINES = forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"})


def as_in_a_file(form: forms.ModelForm, cleaned: dict) -> dict:
    """Return the texts with the line ends of a file; one that differs from the saved one at its ends only is that one."""
    found = dict(cleaned)
    for name, value in cleaned.items():
        if isinstance(value, str):
            text, saved = value.replace("\r\n", "\n").replace("\0", ""), form.initial.get(name)
            found[name] = saved if isinstance(saved, str) and saved.strip() == text.strip() else text
    return found


class PartForm(StaleFormMixin, forms.ModelForm):
    """A key that is left empty is made of the text in `named_by`."""

    named_by = ""

    def clean(self) -> dict:
        cleaned = as_in_a_file(self, super().clean())
        if "key" in self.fields and cleaned.get(self.named_by) and "key" not in self.errors:
            self._clean_key(cleaned)
        return cleaned

    def _clean_key(self, cleaned: dict) -> None:
        taken = taken_keys(self.instance, self.questionnaire)
        key = cleaned.get("key") or key_for(cleaned[self.named_by], taken)
        if not KEY.fullmatch(key):
            self.add_error("key", "Neem kleine letters, cijfers en streepjes, met een letter als eerste.")
        elif key in taken:
            self.add_error("key", f"De sleutel ‘{key}’ is al in gebruik. Kies een andere.")
        cleaned["key"] = key

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "key" in self.fields:
            self.fields["key"].required = False


class SectionForm(PartForm):
    named_by = "title"

    class Meta:
        model = Section
        fields = ("title", "key")
        widgets = {"title": LINE}


class QuestionForm(PartForm):
    named_by = "text"

    class Meta:
        model = Question
        fields = (
            *("section", "kind", "text", "hint", "why", "is_required", "may_decline"),
            *("minimum", "maximum", "unit", "intake", "key"),
        )
        widgets = {"text": LINE, "hint": FEW_LINES, "why": FEW_LINES, "unit": LINE}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["section"].queryset = self.questionnaire.sections.all()
        self.fields["section"].label_from_instance = lambda section: section.title
        for name in ("minimum", "maximum"):
            self.fields[name].required = False

    def clean(self) -> dict:
        cleaned = super().clean()
        is_number = cleaned.get("kind") == "number"
        for name, usual in (("minimum", 0), ("maximum", LARGEST)):
            if name not in self.errors and (not is_number or cleaned.get(name) is None):
                cleaned[name] = usual
            elif name in cleaned and abs(cleaned[name]) > LARGEST:
                self.add_error(name, f"Kies een getal tussen -{LARGEST} en {LARGEST}.")
        if is_number and not self.errors and cleaned["minimum"] > cleaned["maximum"]:
            self.add_error("maximum", "Het grootste getal ligt onder het kleinste.")
        return cleaned


class ScoreForm(PartForm):
    named_by = "label"

    class Meta:
        model = Score
        fields = ("label", "key")
        widgets = {"label": LINE}


class OutcomeForm(PartForm):
    named_by = "title"

    class Meta:
        model = Outcome
        fields = ("kind", "title", "body", "review_by", "key")
        widgets = {
            "title": LINE,
            "body": MarkdownWidget,
            "review_by": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }


class CaseForm(PartForm):
    """`definition` says which questions and outcomes there are; see case_form."""

    definition: Definition

    class Meta:
        model = Case
        fields = ("name",)
        widgets = {"name": LINE}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial |= answers_to_initial(self.definition, dict(self.instance.answers)) | {"expects": self.instance.expects}

    def clean(self) -> dict:
        cleaned = super().clean()
        answers, errors = read_answers(self.definition, cleaned)
        for name, message in errors.items():
            self.add_error(name, message)
        self.instance.answers = [[key, list(answer) if isinstance(answer, tuple) else answer] for key, answer in answers.items()]
        self.instance.expects = [outcome.key for outcome in self.definition.outcomes if outcome.key in cleaned.get("expects", ())]
        return cleaned


def case_form(definition: Definition, base: type[CaseForm]) -> type[CaseForm]:
    """Return the form of a test case: a field for every question, and the outcomes to tick."""
    outcomes = [(outcome.key, f"{outcome.title} ({outcome.key})") for outcome in definition.outcomes]
    expects = forms.MultipleChoiceField(
        label="Deze uitkomsten, en geen andere", required=False, choices=outcomes, widget=forms.CheckboxSelectMultiple
    )
    return type(base.__name__, (base,), {**answer_fields(definition), "expects": expects, "definition": definition})


def field_names(form: type[forms.ModelForm]) -> list[str]:
    """Return the names of the answer fields of a case form."""
    return [name for name in form.base_fields if re.match(r"antwoord_|liever_niet_", name)]
