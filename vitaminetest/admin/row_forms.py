"""The forms of the rows of a part: a line of a condition, an answer to choose from, a rule for points. An empty row is no row."""

from django import forms

from vitaminetest.admin.choices import OF_QUESTION, OF_SCORE, Choices
from vitaminetest.definition import LARGEST, Clause, Kind, Operator, Option, Points
from vitaminetest.models import draft

NUMBERS = (Operator.AT_LEAST, Operator.AT_MOST)


class KeptChoiceField(forms.ChoiceField):
    """A choice that also shows, and keeps, what can't be chosen any more: the row says what is wrong with it."""

    def valid_value(self, value) -> bool:
        return True


class KeptChoicesField(forms.MultipleChoiceField):
    def valid_value(self, value) -> bool:
        return True


class RowForm(forms.ModelForm):
    """A row about `told` by its fields. `choices` is what it may look at."""

    telling: tuple[str, ...] = ()

    def __init__(self, *args, choices: Choices | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.asked = choices or Choices()

    def has_changed(self) -> bool:
        """A row without any of what tells is empty, whatever else was chosen in it."""
        return bool(self.is_bound and any(self[name].data for name in self.telling))

    def _offer(self, name: str, choices: list) -> None:
        """Let a field offer `choices`, and what it holds already."""
        held = self[name].value() or []
        held = [held] if isinstance(held, str) else held
        known = {value for _, group in choices if isinstance(group, list) for value, _ in group}
        if lost := [(value, value) for value in held if value and value not in known]:
            choices = [*choices, ("Kan hier niet (meer)", lost)]
        self.fields[name].choices = choices

    def _keys(self, question: str) -> tuple[str, ...] | None:
        """Return the chosen answers of a question; None when there are others among them."""
        typed = [value.partition("=") for value in self.cleaned_data.get("answers") or []]
        known = {option.key for option in self.asked.questions[question].choices}
        return tuple(key for _, _, key in typed) if all(about == question and key in known for about, _, key in typed) else None


class ClauseForm(RowForm):
    telling = ("about", "answers", "number")
    joined = forms.ChoiceField(label="Hoort bij de vorige regel", choices=[("and", "en"), ("or", "of")], initial="and")
    about = KeptChoiceField(label="Vraag", required=False)
    operator = forms.ChoiceField(label="Vergelijking", choices=draft.Operators.choices, initial=Operator.IS)
    answers = KeptChoicesField(label="Antwoord", required=False)
    number = forms.IntegerField(label="Getal", required=False, min_value=-LARGEST, max_value=LARGEST)

    class Meta:
        model = draft.Clause
        fields = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._offer("about", self.asked.about())
        self._offer("answers", self.asked.answers())

    def clean(self) -> dict:
        cleaned = super().clean()
        about = cleaned.get("about", "")
        if self.errors:
            return cleaned
        if not about:
            self.add_error("about", "Kies waar deze regel over gaat, of maak de hele regel leeg.")
        elif about.startswith(OF_SCORE):
            self._clean_score(about.removeprefix(OF_SCORE))
        else:
            self._clean_question(about.removeprefix(OF_QUESTION))
        return cleaned

    def _clean_score(self, key: str) -> None:
        if key not in {score.key for score in self.asked.scores}:
            self.add_error("about", "Deze score is er niet (meer). Kies een andere.")
        else:
            self._clean_number("Een score", score=key)

    def _clean_question(self, key: str) -> None:
        question, operator = self.asked.questions.get(key), self.cleaned_data["operator"]
        if question is None:
            self.add_error("about", "Deze vraag komt niet eerder, of is er niet meer. Kies een vraag die al gesteld is.")
        elif question.kind == Kind.NUMBER:
            self._clean_number("Een getal", question=key)
        elif operator in NUMBERS:
            self.add_error("operator", "Bij deze vraag kies je een antwoord. Vergelijk met ‘is’ of ‘is niet’.")
        elif not self.cleaned_data["answers"]:
            self.add_error("answers", "Kies om welk antwoord het gaat.")
        elif (options := self._keys(key)) is None:
            self.add_error("answers", "Niet elk gekozen antwoord hoort bij deze vraag. Kies alleen antwoorden van deze vraag.")
        elif self.cleaned_data["number"] is not None:
            self.add_error("number", "Bij deze vraag hoort een antwoord, geen getal. Maak dit leeg.")
        else:
            self.cleaned_data["row"] = Clause(Operator(operator), question=key, options=options)

    def _clean_number(self, what: str, **about: str) -> None:
        operator, number = self.cleaned_data["operator"], self.cleaned_data["number"]
        if operator not in NUMBERS:
            self.add_error("operator", f"{what} vergelijk je met ‘is ten minste’ of ‘is ten hoogste’.")
        elif self.cleaned_data["answers"]:
            self.add_error("answers", "Hier hoort een getal, geen antwoord. Haal de keuze weg.")
        elif number is None:
            self.add_error("number", "Vul een getal in.")
        else:
            self.cleaned_data["row"] = Clause(Operator(operator), number=number, **about)


class OptionForm(RowForm):
    telling = ("label",)
    key = forms.CharField(required=False, widget=forms.HiddenInput)
    place = forms.IntegerField(label="Plaats", required=False, min_value=1, max_value=999)
    label = forms.CharField(label="Antwoord", required=False, max_length=200)

    class Meta:
        model = draft.Option
        fields = ("is_exclusive", "intake")

    def clean(self) -> dict:
        cleaned = super().clean()
        if not self.errors:
            cleaned["row"] = Option(cleaned["key"], cleaned["label"], cleaned["is_exclusive"], cleaned["intake"])
        return cleaned


class PointsForm(RowForm):
    telling = ("about", "answers", "at_least", "at_most", "points")
    about = KeptChoiceField(label="Vraag", required=False)
    answers = KeptChoicesField(label="Antwoord", required=False)
    at_least = forms.IntegerField(label="Van", required=False, min_value=-LARGEST, max_value=LARGEST)
    at_most = forms.IntegerField(label="Tot en met", required=False, min_value=-LARGEST, max_value=LARGEST)
    points = forms.IntegerField(label="Punten", required=False, min_value=-LARGEST, max_value=LARGEST)

    class Meta:
        model = draft.PointsRule
        fields = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._offer("about", self.asked.about())
        self._offer("answers", self.asked.answers())

    def clean(self) -> dict:
        cleaned = super().clean()
        key = cleaned.get("about", "").removeprefix(OF_QUESTION)
        question = self.asked.questions.get(key)
        if self.errors:
            return cleaned
        bounds = {name: cleaned[name] for name in ("at_least", "at_most")}
        if question is None:
            self.add_error("about", "Kies een vraag, of maak de hele regel leeg.")
        elif cleaned["points"] is None:
            self.add_error("points", "Hoeveel punten?")
        elif question.kind == Kind.NUMBER and (cleaned["answers"] or set(bounds.values()) == {None}):
            self.add_error("at_least", "Bij een getal geef je ‘van’, ‘tot en met’ of allebei, en geen antwoord.")
        elif question.kind != Kind.NUMBER and set(bounds.values()) != {None}:
            self.add_error("at_least", "Bij deze vraag kies je antwoorden. Maak ‘van’ en ‘tot en met’ leeg.")
        elif question.kind != Kind.NUMBER and not cleaned["answers"]:
            self.add_error("answers", "Kies om welk antwoord het gaat.")
        elif (options := self._keys(key)) is None:
            self.add_error("answers", "Niet elk gekozen antwoord hoort bij deze vraag. Kies alleen antwoorden van deze vraag.")
        else:
            cleaned["row"] = Points(key, cleaned["points"], options, **bounds)
        return cleaned
