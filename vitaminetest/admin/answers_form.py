"""A field for every question of a questionnaire on one form, for test cases and for trying a draft."""

from collections.abc import Mapping

from django import forms

from vitaminetest.answers import DECLINED, Answer, clean
from vitaminetest.definition import Definition, Kind, Question
from vitaminetest.words import UNSAID

FIELD, UNSAID_FIELD = "antwoord_", "liever_niet_"
NO_ANSWER = ("", "geen antwoord")


def answer_fields(definition: Definition) -> dict[str, forms.Field]:
    """Return the fields by name, in the order of the questions."""
    fields: dict[str, forms.Field] = {}
    for key, question in definition.questions.items():
        if question.kind != Kind.INFO:
            fields[FIELD + key] = _field(question)
        if question.kind == Kind.NUMBER and question.may_decline:
            fields[UNSAID_FIELD + key] = forms.BooleanField(label=f"{key}: {UNSAID}", required=False)
    return fields


def _field(question: Question) -> forms.Field:
    common = {"label": question.text, "required": False, "help_text": question.key}
    if question.kind == Kind.NUMBER:
        return forms.IntegerField(**common, min_value=question.minimum, max_value=question.maximum)
    choices = [(option.key, option.label) for option in question.choices]
    choices += [(DECLINED, UNSAID.capitalize())] if question.may_decline else []
    if question.kind == Kind.SEVERAL:
        return forms.MultipleChoiceField(**common, choices=choices, widget=forms.CheckboxSelectMultiple)
    return forms.ChoiceField(**common, choices=[NO_ANSWER, *choices])


def read_answers(definition: Definition, cleaned: Mapping) -> tuple[dict[str, Answer], dict[str, str]]:
    """Return the answers in the order of the questions, and what is wrong with fields by their name."""
    answers, errors = {}, {}
    for key, question in definition.questions.items():
        typed = cleaned.get(FIELD + key)
        if cleaned.get(UNSAID_FIELD + key):
            if typed is not None:
                errors[FIELD + key] = f"Vul een getal in, of kies ‘{UNSAID}’; niet allebei."
            answers[key] = DECLINED
        elif typed not in (None, "", []):
            answer = clean(question, DECLINED if typed == [DECLINED] else typed)
            if answer is None:
                errors[FIELD + key] = "Deze antwoorden gaan niet samen."
            else:
                answers[key] = answer
    return answers, errors


def answers_to_initial(definition: Definition, answers: Mapping[str, object]) -> dict[str, object]:
    """Return what the fields hold for `answers`."""
    found: dict[str, object] = {}
    for key, answer in answers.items():
        question = definition.questions.get(key)
        if question is None:
            continue
        if question.kind == Kind.NUMBER and answer == DECLINED:
            found[UNSAID_FIELD + key] = True
        else:
            several = question.kind == Kind.SEVERAL
            found[FIELD + key] = [answer] if several and isinstance(answer, str) else list(answer) if several else answer
    return found


class AnswersForm(forms.Form):
    """Every question of `definition`. After is_valid, `answers` holds what was answered."""

    def __init__(self, definition: Definition, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.definition = definition
        self.fields |= answer_fields(definition)

    def clean(self) -> dict:
        cleaned = super().clean()
        self.answers, errors = read_answers(self.definition, cleaned)
        for name, message in errors.items():
            self.add_error(name, message)
        return cleaned

    def of(self, key: str) -> list[forms.BoundField]:
        """Return the fields of one question."""
        return [self[name] for name in (FIELD + key, UNSAID_FIELD + key) if name in self.fields]
