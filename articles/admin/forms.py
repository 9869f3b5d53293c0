"""Forms of the article page. Order and anchors are put right here, so that no editor renumbers by hand."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.forms.models import BaseInlineFormSet
from django.utils.html import format_html

from articles.admin.related import RelatedField
from articles.admin.widgets import MarkdownWidget
from articles.models import Article, Benefit, Image, Section
from articles.rendering.page import slugify

OUT_OF_THE_WAY = 1_000_000  # positions above this are being moved; the database refuses two rows at one position


class MarkdownField(forms.CharField):
    """Markdown with line ends as the file format has them."""

    widget = MarkdownWidget
    longest = 200_000  # characters; the preview renders the whole text at every pause in typing

    def clean(self, value: str) -> str:
        return super().clean(value).replace("\r\n", "\n").strip("\n")


def markdown_field(model, name: str) -> MarkdownField:
    field = model._meta.get_field(name)
    return MarkdownField(
        label=field.verbose_name.capitalize(), required=False, max_length=MarkdownField.longest, help_text=field.help_text
    )


class ArticleForm(forms.ModelForm):
    intro = markdown_field(Article, "intro")
    related = RelatedField(
        label="Artikelen",
        required=False,
        help_text="Hooguit vier, in deze volgorde als kaartjes onder de tekst. Typ een paar letters en kies, of plak een link.",
    )

    class Meta:
        model = Article
        fields = [
            "title", "slug", "summary", "hero", "hero_alt", "hero_caption", "intro", "related", "review_due",
            "adviser_name", "adviser_role", "adviser_heading", "adviser_text",
        ]  # fmt: skip
        widgets = {"summary": forms.Textarea(attrs={"rows": 2}), "adviser_text": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        show_library_words(self, self.instance.hero, alt="hero_alt", caption="hero_caption")
        if "related" in self.fields:  # not for somebody who may only look
            self.fields["related"].prepare(self.instance)

    def clean(self) -> dict:
        """Refuse a form that was opened before the draft was last saved: articles.admin.conflict shows what changed since."""
        if self.instance.pk and self.data.get("draft_version") != str(self.instance.draft_version):
            raise ValidationError("Er is niets bewaard, want dit artikel is intussen veranderd. Hieronder zie je wat.")
        return super().clean()


def show_library_words(form: forms.ModelForm, image: Image | None, *, alt: str, caption: str) -> None:
    """Say at the fields of a use which words of the library count while they are empty."""
    if image is None:
        return
    words = {alt: "(decoratief)" if image.is_decorative else image.alt, caption: image.caption}
    for name, text in words.items():
        if text:
            form.fields[name].help_text = format_html("Leeg: dan geldt uit de beeldbank <q>{}</q>", text)


class PlacedForm(forms.ModelForm):
    """A row with a place in the order. `place` is what was typed; the formset makes positions 1, 2, 3 … of it."""

    place = forms.IntegerField(label="Plaats", required=False, min_value=1, max_value=OUT_OF_THE_WAY - 1)
    anchor = forms.CharField(
        label="Anker", required=False, max_length=80, help_text="Het deel achter # in een link. Leeg: gemaakt van de kop."
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["place"].initial = self.instance.position

    def clean(self) -> dict:
        cleaned = super().clean()
        cleaned["anchor"] = cleaned.get("anchor") or slugify(cleaned.get(self.title_field, ""))
        return cleaned

    def validate_constraints(self) -> None:
        """Rows may trade places and anchors in one save: only the formset can judge that."""


class SectionForm(PlacedForm):
    title_field = "heading"
    body = markdown_field(Section, "body")

    class Meta:
        model = Section
        fields = ["place", "heading", "anchor", "shows_benefits", "body"]


class BenefitForm(PlacedForm):
    title_field = "title"
    body = markdown_field(Benefit, "body")

    class Meta:
        model = Benefit
        fields = ["place", "title", "anchor", "body", "image", "image_alt", "image_caption", "claims"]
        widgets = {"claims": forms.CheckboxSelectMultiple}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        show_library_words(self, self.instance.image, alt="image_alt", caption="image_caption")


class PlacedFormSet(BaseInlineFormSet):
    """Rows in the order of their typed place; equal or missing places keep the order of the page."""

    def clean(self) -> None:
        """Judge the rows together. Django's own comparison is left out: it can't say at which field it went wrong."""
        seen = set()
        for form in self.live_forms():
            anchor = form.cleaned_data.get("anchor")
            if anchor and anchor in seen:
                form.add_error("anchor", f"Het anker ‘{anchor}’ komt twee keer voor. Kies een ander.")
            seen.add(anchor)
        if sum(bool(form.cleaned_data.get("shows_benefits")) for form in self.live_forms()) > 1:
            raise ValidationError("Maar één hoofdstuk kan de voordelen tonen. Haal het vinkje bij de andere weg.")

    def live_forms(self) -> list[PlacedForm]:
        """Return the forms whose row will exist after saving, in their new order."""
        forms_ = [form for form in self.forms if (form.instance.pk or form.has_changed()) and not self._should_delete_form(form)]
        forms_ = [form for form in forms_ if hasattr(form, "cleaned_data")]
        return sorted(forms_, key=lambda form: form.cleaned_data.get("place") or OUT_OF_THE_WAY)

    @transaction.atomic
    def save(self, commit: bool = True) -> list:
        if not commit:
            return super().save(commit=False)
        self._park_changed_rows()
        saved = super().save()
        rows = self.model.objects.filter(article=self.instance)
        rows.update(position=F("position") + 10 * OUT_OF_THE_WAY)
        order = [form.instance for form in self.live_forms()]
        order += rows.exclude(pk__in=[row.pk for row in order]).order_by("position")  # what somebody else added meanwhile
        for position, row in enumerate(order, start=1):
            rows.filter(pk=row.pk).update(position=position)
            row.position = position
        return saved

    def _park_changed_rows(self) -> None:
        """Free the unique values of rows that are about to change, so that rows can trade them."""
        for form in self.initial_forms:
            if form.has_changed():
                row = self.model.objects.filter(pk=form.instance.pk)
                row.update(anchor=f"geparkeerd-{form.instance.pk}", **({"shows_benefits": False} if self.model is Section else {}))

    def save_new(self, form: PlacedForm, commit: bool = True):
        form.instance.position = OUT_OF_THE_WAY + self.forms.index(form)
        return super().save_new(form, commit=commit)
