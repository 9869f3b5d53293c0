"""The log of who read and did what, for whoever may look into it. It can be read and nothing else."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.timezone import localtime

from advice import keeping
from advice.admin.read_only import ReadOnlyAdmin
from advice.models import AdviceRequest, AuditEvent
from advice.permissions import AUDIT

NAMES = {
    "to": "aan",
    "until": "tot",
    "outcome": "hoe",
    "message": "bericht",
    "sources": "bronnen",
    "links": "links",
    "what": "instelling",
    "name": "naam",
    "version": "versie",
    "found": "gevonden",
    "because": "waarom",
    "rating": "cijfer",
    "mail": "mail",
    "question": "openbare vraag",
    "whole": "als bestand",
}


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnlyAdmin):
    may_read = AUDIT
    list_display = ["number", "at", "actor", "what", "reference", "details"]
    list_display_links = None
    list_per_page = 100
    ordering = ["-number"]
    sortable_by = ()
    search_fields = ["reference"]
    search_help_text = "Het kenmerk van een vraag (K7MD-3QXA), of de naam van een account; ‘lezer’ en ‘systeem’ kan ook."
    actions = None
    change_list_template = "admin/advice/audit.html"

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """Say above the lines how the care for readers' data stands."""
        shown = {"title": "Logboek van de adviesbalie", "keeping": keeping.status(timezone.now())}
        return super().changelist_view(request, shown | (extra_context or {}))

    def get_urls(self) -> list:
        """Only the list: a line has nothing more to show, and nothing here can be changed."""
        return [url for url in super().get_urls() if url.name and url.name.endswith("_changelist")]

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        """Find by what has an index: a whole reference, or a whole name of an account."""
        sought = search_term.strip()
        if not sought:
            return queryset, False
        by_reference = queryset.filter(reference=sought.upper())
        return (by_reference if by_reference.exists() else queryset.filter(actor=sought)), False

    @admin.display(description="wat")
    def what(self, event: AuditEvent) -> str:
        return event.get_action_display()

    @admin.display(description="bijzonderheden")
    def details(self, event: AuditEvent) -> str:
        return ", ".join(f"{NAMES.get(name, name)}: {_said(name, value)}" for name, value in event.detail.items())


def _said(name: str, value: object) -> str:
    """Return a particular in words where it is a code, and a moment in Dutch time."""
    if name == "outcome" and value in AdviceRequest.Outcome.values:
        return AdviceRequest.Outcome(value).label
    if name == "until" and isinstance(value, str) and (moment := parse_datetime(value)):
        return date_format(localtime(moment), "j F Y H:i")
    return {True: "ja", False: "nee"}[value] if isinstance(value, bool) else str(value)
