"""Intake tables in the admin: one page for each, with its rows, what is wrong with them, and how readers see them."""

from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.contrib.admin.options import get_content_type_for_model
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.safestring import mark_safe
from django.utils.timezone import localtime

from articles.admin.intake_csv import CsvPages
from articles.admin.intake_forms import TableForm
from articles.intake_tables import Outcome, articles_that_print, change_table, lock_table, printed
from intake.difference import difference
from intake.findings import check_table
from intake.models import Nutrient
from intake.storing import TableRefused

CHANGED = 409


@admin.register(Nutrient)
class NutrientAdmin(CsvPages, admin.ModelAdmin):
    list_display = ["name", "key", "unit", "rows", "state"]
    fields = ["key", "name", "unit"]

    def get_queryset(self, request: HttpRequest):
        return super().get_queryset(request).prefetch_related("values__source")

    @admin.display(description="waarden")
    def rows(self, nutrient: Nutrient) -> int:
        return len(nutrient.table().rows)

    @admin.display(description="controle")
    def state(self, nutrient: Nutrient) -> str:
        found = len(check_table(nutrient.table()))
        return f"{found} fout{'en' if found > 1 else ''}" if found else "in orde"

    def has_delete_permission(self, request: HttpRequest, obj: Nutrient | None = None) -> bool:
        """A text may print the table."""
        return False

    def response_add(self, request: HttpRequest, obj: Nutrient, post_url_continue: str | None = None) -> HttpResponse:
        messages.success(request, "De tabel is gemaakt. Vul nu de waarden in.")
        return redirect("admin:intake_nutrient_change", obj.pk)

    # The page of one table

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context=None) -> HttpResponse:
        nutrient = self.get_object(request, unquote(object_id))
        if nutrient is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, nutrient):
            raise PermissionDenied
        if request.method != "POST":
            return self._page(request, nutrient, TableForm(nutrient))
        if not self.has_change_permission(request, nutrient):
            raise PermissionDenied
        return self._take(request, nutrient)

    @transaction.atomic
    def _take(self, request: HttpRequest, nutrient: Nutrient) -> HttpResponse:
        """Store the whole table, or give the form back with everything that was typed. The row is locked from the first look on."""
        form = TableForm(lock_table(nutrient.key), request.POST)
        is_valid = form.is_valid()
        if "_preview" in request.POST or not is_valid:
            return self._page(request, nutrient, form)
        if form.is_stale:
            form.refuse(f"Er is niets bewaard, want {self._who(nutrient)} de tabel intussen veranderd. Kijk de verschillen na.")
            return self._page(request, nutrient, form, status=CHANGED)
        try:
            outcome = change_table(form.head.instance, form.table.rows, by=request.user)
        except TableRefused as refused:
            form.refuse(*refused.messages)
            return self._page(request, nutrient, form)
        self._tell(request, form.head.instance, outcome)
        return redirect("admin:intake_nutrient_change", nutrient.pk)

    def _tell(self, request: HttpRequest, nutrient: Nutrient, outcome: Outcome) -> None:
        self.log_change(request, nutrient, "; ".join(map(str, outcome.changes)) or "Naam of eenheid.")
        titles = ", ".join(f"‘{publication.title}’" for publication in outcome.published)
        messages.success(request, f"De tabel is bewaard{f' en opnieuw gepubliceerd in {titles}' if titles else ''}.")

    def _who(self, nutrient: Nutrient) -> str:
        """Return who saved the table last, as the middle of a sentence; a command on the server leaves no name."""
        found = LogEntry.objects.filter(content_type=get_content_type_for_model(nutrient), object_id=str(nutrient.pk))
        last = found.select_related("user").order_by("-action_time").first()
        if last is None:
            return "iemand anders heeft"
        return f"{last.user.get_full_name() or last.user} heeft om {localtime(last.action_time):%H:%M}"

    def _page(self, request: HttpRequest, nutrient: Nutrient, form: TableForm, *, status: int = 200) -> HttpResponse:
        saved = form.saved
        shown = form.table or saved
        context = self.admin_site.each_context(request) | {
            "title": f"Innametabel {saved.name}",
            "opts": self.opts,
            "original": nutrient,
            "form": form,
            "opened_with": form.digest,
            "may_change": self.has_change_permission(request, nutrient),
            "changes": difference(saved.rows, form.table.rows) if form.table else (),
            "findings": check_table(saved),
            "preview": mark_safe(printed(shown)),  # noqa: S308
            "articles": [article for article, _ in articles_that_print(nutrient.key)],
        }
        return TemplateResponse(request, "admin/intake/nutrient/change.html", context, status=status)
