"""What a reader may ask about their own data, for whoever answers that: find their requests, hand over a copy, erase.

The pages show what there is of a request, not what is in it. What is sought may be an address, so it travels by POST.
"""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone

from advice import keeping
from advice.admin.read_only import ReadOnlyAdmin
from advice.erasing import erase
from advice.export import count_parts, export_for_access, find_of_reader
from advice.models import AdviceRequest, Tombstone
from advice.permissions import ERASE

# Why somebody erases: chosen, not typed, so that nothing of the reader stands in the log.
REASONS = ("op verzoek van de lezer", "per ongeluk opgestuurd", "gaat over iemand anders", "dubbele vraag")


class EraseForm(forms.Form):
    because = forms.ChoiceField(
        label="Waarom",
        choices=[("", "kies een reden"), *((reason, reason) for reason in REASONS)],
        error_messages={"required": "Kies waarom je deze vraag wist.", "invalid_choice": "Kies een reden uit de lijst."},
    )
    sure = forms.BooleanField(
        label="Ik weet dat dit niet terug te draaien is",
        error_messages={"required": "Vink aan dat je weet dat dit niet terug te draaien is."},
    )


@admin.register(Tombstone)
class ReaderDataAdmin(ReadOnlyAdmin):
    may_read = ERASE
    list_display = ["erased_at", "because"]
    list_display_links = None
    list_per_page = 50
    ordering = ["-erased_at", "-pk"]
    sortable_by = ()
    actions = None
    change_list_template = "admin/advice/reader_data.html"

    def get_urls(self) -> list:
        own = (
            ("zoeken/", self.find_view, "find"),
            ("vraag/<str:reference>/", self.request_view, "request"),
            ("vraag/<str:reference>/uitvoeren/", self.export_view, "export"),
            ("vraag/<str:reference>/wissen/", self.erase_view, "erase"),
        )
        lists = [url for url in super().get_urls() if url.name and url.name.endswith("_changelist")]
        return [path(route, self.admin_site.admin_view(view), name=f"advice_tombstone_{name}") for route, view, name in own] + lists

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        shown = {"title": "Gegevens van lezers", "keeping": keeping.status(timezone.now(), with_due=True)}
        return super().changelist_view(request, shown | (extra_context or {}))

    def find_view(self, request: HttpRequest) -> HttpResponse:
        self._check(request)
        if request.method != "POST":
            return redirect("admin:advice_tombstone_changelist")
        typed = request.POST.get("gezocht", "")
        found = find_of_reader(typed, by=request.user)
        if len(found) == 1:
            return redirect("admin:advice_tombstone_request", found[0].reference)
        page = {"title": "Gevonden vragen", "found": found, "typed": typed}
        return self._show(request, "admin/advice/reader_data_found.html", page)

    def request_view(self, request: HttpRequest, reference: str) -> HttpResponse:
        self._check(request)
        return self._show_request(request, self._load(reference), EraseForm())

    def export_view(self, request: HttpRequest, reference: str) -> HttpResponse:
        """Hand over a copy as a file. A POST, for it is written down."""
        asked = self._only_posted(request, reference)
        copy = export_for_access(asked, by=request.user, now=timezone.now())
        response = JsonResponse(copy, json_dumps_params={"ensure_ascii": False, "indent": 2})
        response.headers["Content-Disposition"] = f'attachment; filename="adviesvraag-{asked.reference}.json"'
        return response

    def erase_view(self, request: HttpRequest, reference: str) -> HttpResponse:
        asked = self._only_posted(request, reference)
        form = EraseForm(request.POST)
        if not form.is_valid():
            return self._show_request(request, asked, form, status=422)
        erase(asked, by=request.user, now=timezone.now(), because=form.cleaned_data["because"])
        messages.success(request, f"Vraag {asked.reference} is gewist, met alles wat erbij hoorde.")
        return redirect("admin:advice_tombstone_changelist")

    def _check(self, request: HttpRequest) -> None:
        if not self.has_view_permission(request):
            raise PermissionDenied

    def _only_posted(self, request: HttpRequest, reference: str) -> AdviceRequest:
        self._check(request)
        if request.method != "POST":
            raise Http404
        return self._load(reference)

    def _load(self, reference: str) -> AdviceRequest:
        found = AdviceRequest.objects.select_related("topic", "consent").filter(reference=reference).first()
        if found is None:
            raise Http404
        return found

    def _show_request(self, request: HttpRequest, asked: AdviceRequest, form: EraseForm, *, status: int = 200) -> HttpResponse:
        page = {"title": f"Gegevens bij vraag {asked.reference}", "asked": asked, "parts": count_parts(asked), "form": form}
        return self._show(request, "admin/advice/reader_data_request.html", page, status=status)

    def _show(self, request: HttpRequest, template: str, page: dict, *, status: int = 200) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "opts": self.opts, **page}
        return TemplateResponse(request, template, context, status=status)
