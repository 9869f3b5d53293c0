"""What the pages between draft and reader ask: when, why, and whether readers should notice."""

from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from articles.local_time import ZONE, Moment, TimeRefused, read_moment
from articles.models import ScheduledPublication
from articles.models.workflow import REASON_LENGTH

SHORT_REASON = ScheduledPublication._meta.get_field("reason").max_length


class MomentField(forms.CharField):
    """A moment in Dutch time, to the minute; gives a Moment."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"})

    def __init__(self, **kwargs):
        super().__init__(help_text="Nederlandse tijd, op de minuut.", **kwargs)

    def clean(self, value: str) -> Moment | None:
        typed = super().clean(value)
        if not typed:
            return None
        try:
            return read_moment(typed, now=timezone.now())
        except TimeRefused as refused:
            raise ValidationError(str(refused)) from refused


def typed_form(moment: datetime) -> str:
    """Return a moment as the field holds it."""
    return moment.astimezone(ZONE).strftime("%Y-%m-%dT%H:%M")


class MomentForm(forms.Form):
    due = MomentField(label="Wanneer?")


class ScheduleForm(MomentForm):
    """Planning a draft. The digest says which text was looked at."""

    digest = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(label="Wat is er veranderd?", required=False, max_length=SHORT_REASON)
    is_substantive = forms.BooleanField(label="Inhoudelijke wijziging (lezers zien deze notitie)", required=False)

    def __init__(self, *args, is_first: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if is_first:  # there is nothing yet that it could differ from
            del self.fields["reason"], self.fields["is_substantive"]


class WithdrawForm(forms.Form):
    """Withdrawing now, or planning to. The reason is for the house: readers don't see it."""

    reason = forms.CharField(
        label="Waarom?",
        max_length=SHORT_REASON,
        help_text="Komt in de geschiedenis van het artikel. Lezers zien het niet.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    when = forms.ChoiceField(
        label="Wanneer?", choices=[("now", "Nu meteen"), ("later", "Op een later moment")], initial="now", widget=forms.RadioSelect
    )
    due = MomentField(label="Later: op welk moment?", required=False)

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("when") == "later" and not cleaned.get("due") and "due" not in self.errors:
            self.add_error("due", "Vul een datum en een tijd in, of kies ‘Nu meteen’.")
        if cleaned.get("when") == "now" and self.data.get("due"):
            self.add_error("when", "Je koos ‘Nu meteen’ maar vulde ook een moment in. Kies een van de twee.")
        return cleaned


class SendBackForm(forms.Form):
    reason = forms.CharField(
        label="Wat moet er nog gebeuren?",
        max_length=REASON_LENGTH,
        help_text="De schrijver leest dit boven het artikel.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class DayForm(forms.Form):
    """A Dutch day, or a minute of it."""

    datum = forms.DateField(label="Dag", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    tijd = forms.TimeField(label="Tijd (mag leeg)", required=False, widget=forms.TimeInput(attrs={"type": "time"}))
