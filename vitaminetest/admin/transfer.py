"""A draft as a file, and a file as the draft: first what would change, and only then a button that does it."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_GET, require_http_methods

from vitaminetest import publishing
from vitaminetest.definition import Definition
from vitaminetest.definition_file import LONGEST, DefinitionError, dump, parse
from vitaminetest.difference import difference
from vitaminetest.drafts import definition_of, digest_of

NOT_TEXT = "Het bestand is geen tekst (UTF-8). Sla het zo op en probeer het opnieuw."


class ImportForm(forms.Form):
    """A file at first; then its text, in the page, with the digest of the draft that it was compared with."""

    file = forms.FileField(label="YAML-bestand", required=False, widget=forms.FileInput(attrs={"accept": ".yaml,.yml"}))
    text = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    digest = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict:
        cleaned = super().clean()
        text = self._read(cleaned.get("file")) if cleaned.get("file") else cleaned.get("text", "").replace("\r\n", "\n")
        if not text and not self.errors:
            self.add_error("file", "Kies een bestand.")
        elif not self.errors:
            try:
                self.definition: Definition = parse(text)
            except DefinitionError as error:
                self.add_error("file", str(error))
            self.text = text
        return cleaned

    def _read(self, file) -> str:
        if file.size > 4 * LONGEST:
            raise ValidationError({"file": "Het bestand is te groot voor een vragenlijst."})
        try:
            return file.read().decode("utf-8")
        except UnicodeDecodeError:
            raise ValidationError({"file": NOT_TEXT}) from None


class TransferPages:
    """Pages of QuestionnaireAdmin."""

    def get_urls(self) -> list:
        page = require_http_methods(["GET", "POST"])
        own = [
            ("<int:pk>/exporteren/", require_GET(self.export_view), "export"),
            ("<int:pk>/importeren/", page(self.import_view), "import"),
        ]
        view = self.admin_site.admin_view
        return [
            path(route, view(target), name=f"vitaminetest_questionnaire_{name}") for route, target, name in own
        ] + super().get_urls()

    def export_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        questionnaire = self.found(request, pk)
        headers = {"Content-Disposition": f'attachment; filename="{questionnaire.slug}.yaml"'}
        return HttpResponse(dump(definition_of(questionnaire)), content_type="application/yaml; charset=utf-8", headers=headers)

    def import_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        questionnaire = self.found(request, pk, write=True)
        form = ImportForm(request.POST or None, request.FILES or None)
        shown = {}
        if request.method == "POST" and form.is_valid():
            if "_confirm" in request.POST and self._import(request, questionnaire, form):
                return redirect("admin:vitaminetest_questionnaire_change", pk)
            now = definition_of(questionnaire)
            shown = {"is_compared": True, "lines": difference(now, form.definition), "text": form.text, "digest": digest_of(now)}
        return self._page(request, questionnaire, "import", title=f"{questionnaire}: een bestand inlezen", form=form, **shown)

    def _import(self, request: HttpRequest, questionnaire, form: ImportForm) -> bool:
        try:
            publishing.replace_draft(
                questionnaire, form.definition, by=request.user, expected_digest=form.cleaned_data["digest"] or "onbekend"
            )
        except publishing.DraftChanged as changed:
            form.add_error(None, str(changed))
            return False
        self.log_change(request, questionnaire, "Concept ingelezen uit een bestand.")
        messages.success(request, "Het bestand staat in het concept. Voor lezers is er nog niets veranderd.")
        return True
