"""The forms of readers. They say what is missing in plain words, and lose nothing that was typed."""

from django import forms

from advice.choices import Choices
from advice.models.request import LONGEST_QUESTION
from advice.subject import Subject
from advice.submitting import SubmittedQuestion

LONGEST_RESULT = 10_000
EMAIL_ERRORS = {
    "required": "Vul je e-mailadres in.",
    "invalid": "Dit is geen volledig e-mailadres. Het ziet eruit als naam@voorbeeld.nl.",
}
# No password manager fills in a field that is marked so, whatever it is called.
LEAVE_ALONE = {"autocomplete": "off", "data-1p-ignore": "", "data-bwignore": "", "data-lpignore": "true", "data-form-type": "other"}


def tidy(text: str) -> str:
    """Return a text with one kind of line break, and without the NUL that no database takes."""
    return text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")


class TextField(forms.CharField):
    """Text as people type it."""

    def to_python(self, value) -> str:
        return super().to_python(tidy(value or ""))


class WrittenField(TextField):
    """A text of the reader with a bound that the error names, and how far over it they are."""

    widget = forms.Textarea

    def __init__(self, *, empty: str, **options):
        super().__init__(error_messages={"required": empty}, **options)

    def validate(self, value: str) -> None:
        super().validate(value)
        if len(value) > LONGEST_QUESTION:
            over = len(value) - LONGEST_QUESTION
            many = "1 teken" if over == 1 else f"{over} tekens"
            raise forms.ValidationError(f"Je tekst is {many} te lang: hooguit {LONGEST_QUESTION} tekens passen erin.")


class ReaderForm(forms.Form):
    """A form without the browser's own checks: those speak of one field at a time, and not always in Dutch."""

    use_required_attribute = False

    def __init__(self, *args, **options):
        super().__init__(*args, auto_id="%s", **options)

    @property
    def problems(self) -> list[tuple[str, str]]:
        """The first error of each field with the id of the control to go to, in the order of the form."""
        found = []
        for field in self.visible_fields():
            if field.errors:
                is_group = isinstance(field.field.widget, forms.RadioSelect)
                found.append((f"{field.auto_id}_0" if is_group else field.auto_id, field.errors[0]))
        return found


class QuestionForm(ReaderForm):
    """A question. Hidden fields say which form this is, when it was opened, what it is about and which text was agreed to."""

    submission_id = forms.UUIDField(widget=forms.HiddenInput)
    opened = TextField(widget=forms.HiddenInput, required=False)
    article = TextField(widget=forms.HiddenInput, required=False)
    section = TextField(widget=forms.HiddenInput, required=False)
    consent_number = forms.IntegerField(widget=forms.HiddenInput, required=False)
    test_result = TextField(widget=forms.HiddenInput, required=False)
    about_article = forms.BooleanField(required=False)
    topic = forms.ChoiceField(
        label="Waar gaat je vraag over?",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Kies waar je vraag over gaat.",
            "invalid_choice": "Dit onderwerp is er niet meer. Kies een ander.",
        },
    )
    question = WrittenField(
        label="Wat wil je weten?",
        help_text="Schrijf het in je eigen woorden. Vertel alleen over jezelf wat voor het antwoord nodig is.",
        empty="Schrijf je vraag op.",
    )
    send_result = forms.BooleanField(label="Stuur deze uitslag mee met mijn vraag", required=False)
    name = TextField(
        label="Je naam",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text="Een voornaam is genoeg.",
        error_messages={"max_length": "Je naam is te lang: hooguit 100 tekens passen erin."},
    )
    email = forms.EmailField(
        label="Je e-mailadres",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false", "autocapitalize": "none"}),
        help_text="Hier sturen we het antwoord heen, en verder niets.",
        error_messages=EMAIL_ERRORS | {"max_length": "Dit e-mailadres is te lang."},
    )
    link_only = forms.BooleanField(label="Zet het antwoord niet in de mail, alleen een link ernaartoe", required=False)
    consent = forms.BooleanField(
        error_messages={"required": "Zonder je toestemming mogen we je vraag niet bewaren en dus niet beantwoorden."}
    )
    more = TextField(label="Laat dit veld leeg", required=False, widget=forms.TextInput(attrs={"tabindex": "-1", **LEAVE_ALONE}))

    def __init__(self, *args, choices: Choices, subject: Subject | None = None, **options):
        super().__init__(*args, **options)
        self.choices, self.subject = choices, subject
        topics = [(topic.slug, topic.name) for topic in choices.topics]
        self.fields["topic"].choices = topics or [(self.initial.get("topic", ""), "Het onderwerp dat je koos")]
        self.fields["consent"].label = choices.consent.text if choices.consent else "Ik ga akkoord met de tekst die hier stond."

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def clean_test_result(self) -> str:
        return self.cleaned_data["test_result"][:LONGEST_RESULT]

    def clean(self) -> None:
        """Who ticked the box under an older text reads the new one first: the box comes back empty."""
        number, known = self.cleaned_data.get("consent_number"), self.choices.consent
        if self.cleaned_data.get("consent") and known and number != known.number:
            self.data = {name: value for name, value in self.data.items() if name != "consent"}
            self.add_error("consent", "Deze tekst is net veranderd. Lees hem en vink het vakje opnieuw aan.")

    def as_question(self) -> SubmittedQuestion:
        """Return what was asked, from a valid form."""
        data = self.cleaned_data
        about = self.subject if self.subject and data["about_article"] else Subject("", "")
        return SubmittedQuestion(
            submission_id=data["submission_id"],
            email=data["email"],
            topic=self.choices.topic(data["topic"]),
            question=data["question"],
            consent=self.choices.consent,
            name=data["name"],
            answer_in_mail=not data["link_only"],
            article_slug=about.slug,
            article_title=about.title[:200],
            section_anchor=about.anchor,
            section_heading=about.heading[:200],
            test_result=data["test_result"] if data["send_result"] else "",
        )


class AddressForm(ReaderForm):
    """The address that a request came from, typed to open it."""

    email = forms.CharField(
        label="Je e-mailadres",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false", "autocapitalize": "none"}),
        help_text="Het adres waarmee je de vraag stelde.",
        error_messages=EMAIL_ERRORS,
    )


class ReplyForm(ReaderForm):
    submission_id = forms.UUIDField(widget=forms.HiddenInput)
    body = WrittenField(label="Je reactie", empty="Schrijf je reactie op.")


class EraseForm(ReaderForm):
    sure = forms.BooleanField(
        label="Ja, wis mijn vraag en alles wat erbij hoort",
        error_messages={"required": "Vink aan dat je het zeker weet. Er is nog niets gewist."},
    )
