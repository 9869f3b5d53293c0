"""Intake tables out to a spreadsheet, and back: the difference first, and nothing without a second press."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path

from articles.intake_tables import Outcome, digest_of_all, import_tables
from intake.csv_file import MOST_BYTES, CsvRefused, Sheet, dump, dump_bytes, load
from intake.models import Nutrient
from intake.storing import TableRefused
from intake.table import Table

CHANGED = "De tabellen zijn intussen veranderd. Dit is het verschil met wat er nu bewaard is; druk opnieuw als het klopt."


class UploadForm(forms.Form):
    file = forms.FileField(label="CSV-bestand", help_text=f"Zoals je het hier downloadt; hooguit {MOST_BYTES // 1_000} kB.")


class CsvPages:
    """Download and upload, for NutrientAdmin."""

    change_list_template = "admin/intake/nutrient/change_list.html"

    def get_urls(self) -> list:
        view = self.admin_site.admin_view
        own = [
            path("csv/", view(self.export_view), name="intake_nutrient_export_all"),
            path("<int:pk>/csv/", view(self.export_view), name="intake_nutrient_export"),
            path("inlezen/", view(self.import_view), name="intake_nutrient_import"),
        ]
        return own + super().get_urls()

    def export_view(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        """Give one table, or all, as a file."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        keys = [get_object_or_404(Nutrient, pk=pk).key] if pk else None
        name = f"innametabel-{keys[0]}" if keys else "innametabellen"
        headers = {"Content-Disposition": f'attachment; filename="{name}.csv"', "Cache-Control": "no-store"}
        tables = Nutrient.objects.tables(keys).values()
        return HttpResponse(dump_bytes(tables), content_type="text/csv; charset=utf-8", headers=headers)

    def import_view(self, request: HttpRequest) -> HttpResponse:
        """Show what a file would change; do it when the same rows are sent a second time."""
        if not (self.has_change_permission(request) and self.has_add_permission(request)):
            raise PermissionDenied
        if "text" in request.POST:
            return self._take_file(request, request.POST["text"].encode(), confirmed=request.POST.get("opened_with", ""))
        form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
        if not form.is_valid():
            return self._import_page(request, form)
        return self._take_file(request, form.cleaned_data["file"].read(MOST_BYTES + 1))

    @transaction.atomic
    def _take_file(self, request: HttpRequest, data: bytes, *, confirmed: str | None = None) -> HttpResponse:
        """Try the file; keep what it does only when somebody saw the difference with the tables as they are."""
        before = digest_of_all()
        try:
            sheet = load(data)
            with transaction.atomic():
                outcomes = import_tables(sheet.rows, by=request.user)
                if confirmed != before:
                    raise _OnlyLooked(outcomes)
        except (CsvRefused, TableRefused) as refused:
            return self._import_page(request, UploadForm(), problems=refused.messages)
        except _OnlyLooked as looked:
            problems = (CHANGED,) if confirmed is not None else ()
            return self._import_page(request, UploadForm(), sheet, looked.outcomes, before, problems=problems)
        for outcome in outcomes:
            if outcome.changes:
                nutrient = Nutrient.objects.get(key=outcome.key)
                self.log_change(request, nutrient, f"CSV: {'; '.join(map(str, outcome.changes))}")
        published = sum(len(outcome.published) for outcome in outcomes)
        messages.success(request, f"Het bestand is ingelezen; opnieuw gepubliceerde artikelen: {published}.")
        return redirect("admin:intake_nutrient_changelist")

    def _import_page(
        self, request: HttpRequest, form: UploadForm, sheet: Sheet | None = None, outcomes=(), opened_with="", *, problems=()
    ) -> HttpResponse:
        context = self.admin_site.each_context(request) | {
            "title": "Innametabellen inlezen",
            "opts": self.opts,
            "form": form,
            "problems": problems,
            "outcomes": outcomes,
            "has_changes": any(outcome.changes for outcome in outcomes),
            "opened_with": opened_with,
            "text": _as_text(sheet) if sheet else "",
        }
        return TemplateResponse(request, "admin/intake/nutrient/import.html", context)


class _OnlyLooked(Exception):
    """Undoes an import that was only looked at."""

    def __init__(self, outcomes: tuple[Outcome, ...]):
        super().__init__()
        self.outcomes = outcomes


def _as_text(sheet: Sheet) -> str:
    """Return the rows of a file as one canonical text, to be sent again."""
    return dump(Table(key, key, rows[0].unit, rows) for key, rows in sheet.rows.items())
