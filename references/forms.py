"""The forms for sources and health claims in the admin."""

import re
from datetime import date

from django import forms

from references.csl import normalise_doi
from references.models import HealthClaim, Reference
from references.names import NameLineError, lines_from_names, names_from_lines
from references.public import tells
from references.stale import StaleFormMixin
from references.storable import RecordError, check_storable

_DOI = re.compile(r"10\.\d{4,9}(\.\d+)*/\S+")
_KNOWN_TO_MASK = "In de openbare titel staat de hele titel nog. Vervang de woorden die lezers niet mogen zien door [...]."


class ReferenceForm(StaleFormMixin, forms.ModelForm):
    """A source. Authors are edited as lines; a name whose line stays the same keeps everything that is known about it."""

    author_lines = forms.CharField(
        label="Auteurs",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5, "cols": 60, "spellcheck": "false"}),
        help_text=(
            "Eén naam per regel, in de volgorde van de publicatie: achternaam, komma, voorletters, zoals ‘Gröber, U.’ of "
            "‘van der Berg, J.’. Een organisatie zet je tussen accolades: ‘{Voedingscentrum}’. Dan wordt haar naam niet afgekort."
        ),
    )

    class Meta:
        model = Reference
        exclude = ["authors"]  # noqa: DJ006  (the rest of the fields is what the admin's fieldsets name)
        widgets = {
            "title": forms.Textarea(attrs={"rows": 2, "cols": 80}),
            "public_title": forms.Textarea(attrs={"rows": 2, "cols": 80}),
            "remark": forms.Textarea(attrs={"rows": 3, "cols": 80}),
            "doi": forms.TextInput(attrs={"class": "vTextField"}),
            "url": forms.TextInput(attrs={"class": "vTextField", "inputmode": "url"}),
        }
        error_messages = {"key": {"unique": "Er is al een bron met deze sleutel. Kies een andere, bijvoorbeeld grober2015b."}}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["author_lines"].initial = lines_from_names(self.instance.authors)

    def clean_author_lines(self) -> str:
        lines = self.cleaned_data["author_lines"]
        try:
            self.instance.authors = names_from_lines(lines, before=self.instance.authors)
        except NameLineError as error:
            raise forms.ValidationError(str(error)) from error
        return lines

    def clean_doi(self) -> str:
        doi = normalise_doi(self.cleaned_data["doi"])
        if doi and not _DOI.fullmatch(doi):
            raise forms.ValidationError("Dit is geen DOI. Een DOI begint met 10. en heeft een schuine streep: 10.3390/nu7095388.")
        return doi

    def clean_extra(self) -> dict:
        extra = self.cleaned_data["extra"] or {}
        if not isinstance(extra, dict):
            raise forms.ValidationError("Dit moet een JSON-object zijn, tussen accolades. Leeg laten mag ook.")
        try:
            check_storable(extra, "overige gegevens", "extra")
        except RecordError as error:
            raise forms.ValidationError(f"Dit {error.reason}") from error
        return extra

    def clean(self) -> dict:
        cleaned = super().clean()
        self._check_date(cleaned.get("issued_year"), cleaned.get("issued_month"), cleaned.get("issued_day"))
        title, public_title = cleaned.get("title", ""), cleaned.get("public_title", "")
        if public_title and public_title != title and tells(public_title, title):
            self.add_error("public_title", _KNOWN_TO_MASK)
        return cleaned

    def _check_date(self, year: int | None, month: int | None, day: int | None) -> None:
        if self.errors.keys() & {"issued_year", "issued_month", "issued_day"}:
            return
        if month and year is None:
            self.add_error("issued_year", "Vul ook het jaar in, of laat de maand leeg.")
        elif day and not month:
            self.add_error("issued_month", "Vul ook de maand in, of laat de dag leeg.")
        elif day and not _exists(year, month, day):
            self.add_error("issued_day", f"De datum {day}-{month}-{year} bestaat niet.")


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year if 1 <= year <= 9999 else 2000, month, day)
    except ValueError:
        return False
    return True


class HealthClaimForm(StaleFormMixin, forms.ModelForm):
    """A health claim. EFSA's opinions are edited as lines."""

    opinion_lines = forms.CharField(
        label="Adviezen van de EFSA",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 60}),
        help_text="Eén per regel, zoals ‘EFSA Journal 2009;7(9):1216’.",
    )

    class Meta:
        model = HealthClaim
        exclude = ["efsa_opinions"]  # noqa: DJ006
        widgets = {
            "text_nl": forms.Textarea(attrs={"rows": 2, "cols": 80}),
            "text_en": forms.Textarea(attrs={"rows": 2, "cols": 80, "lang": "en"}),
            "condition": forms.Textarea(attrs={"rows": 2, "cols": 80}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["opinion_lines"].initial = "\n".join(map(str, self.instance.efsa_opinions))

    def clean_opinion_lines(self) -> str:
        lines = self.cleaned_data["opinion_lines"]
        self.instance.efsa_opinions = [line.strip() for line in lines.splitlines() if line.strip()]
        return lines
