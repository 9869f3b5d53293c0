"""Sources and health claims in the admin."""

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.forms import Script
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET, require_POST

from references.bibliography import format_entry, short_label
from references.filters import HasRemarkFilter, IsCitedFilter, IsMaskedFilter, citations_of, is_tracked
from references.forms import HealthClaimForm, ReferenceForm
from references.models import HealthClaim, Reference, ReferenceWord
from references.stale import StaleAdminMixin

MOST_FOUND = 12
LONGEST_QUERY = 200
EXTRA_HELP = "Velden uit CSL-JSON die hierboven geen plaats hebben, zoals editor of edition. Ze blijven bewaard."


def entry_for_readers(reference: Reference) -> str:
    """Return the source's line as safe HTML, as it stands in the list under an article."""
    return format_entry(reference.public_csl(link_masked=getattr(settings, "LINK_MASKED_REFERENCES", False)))


@admin.register(Reference)
class ReferenceAdmin(StaleAdminMixin, admin.ModelAdmin):
    form = ReferenceForm
    list_display = ["key", "label", "issued_year", "masked", "has_remark"]
    list_filter = [IsMaskedFilter, HasRemarkFilter, "is_retracted", "type"]
    list_per_page = 50
    search_fields = ["search_text"]
    search_help_text = "Zoek op auteur, jaar, titel, tijdschrift of sleutel. Het begin van een woord is genoeg; meer woorden mag."
    save_on_top = True
    readonly_fields = ["preview", "remark_panel", "use"]

    class Media:
        js = [Script("references/preview.js", type="module")]

    def get_list_filter(self, request):
        return [IsCitedFilter, *self.list_filter] if is_tracked() else self.list_filter

    def get_readonly_fields(self, request, obj=None):
        return [*self.readonly_fields, "key"] if obj and citations_of(obj).exists() else self.readonly_fields

    def get_fieldsets(self, request, obj=None):
        remark = ["remark_panel"] if obj and obj.remark else []
        return [
            (None, {"fields": [*remark, "preview", "key", *(["use"] if obj else []), "type"]}),
            ("Titel", {"fields": ["title", "public_title", "language"]}),
            ("Wie en wanneer", {"fields": ["author_lines", ("issued_year", "issued_month", "issued_day"), "accessed"]}),
            ("Waar", {"fields": ["container_title", ("volume", "issue", "pages"), "publisher"]}),
            ("Vindplaats", {"fields": ["doi", "url", "pmid"]}),
            ("Redactie", {"fields": ["is_retracted", "remark"]}),
            ("Overige gegevens", {"fields": ["extra"], "classes": ["collapse"], "description": EXTRA_HELP}),
        ]

    def get_search_results(self, request, queryset, search_term):
        return queryset.search(search_term[:LONGEST_QUERY]), False

    def get_deleted_objects(self, objs, request):
        """Only a source's own search words go with it: nothing that an editor needs to read."""
        deleted, counts, perms_needed, protected = super().get_deleted_objects(objs, request)
        counts.pop(ReferenceWord._meta.verbose_name_plural, None)
        return [item for item in deleted if not isinstance(item, list)], counts, perms_needed, protected

    @admin.display(description="bron")
    def label(self, reference: Reference) -> str:
        return str(reference)

    @admin.display(description="gemaskeerd", boolean=True)
    def masked(self, reference: Reference) -> bool:
        return reference.is_masked

    @admin.display(description="opmerking")
    def has_remark(self, reference: Reference) -> str:
        return "nakijken" if reference.remark else ""

    @admin.display(description="Zo staat de bron in de lijst")
    def preview(self, reference: Reference) -> str:
        address = reverse("admin:references_reference_preview", args=[reference.pk] if reference.pk else [])
        entry = mark_safe(entry_for_readers(reference)) if reference.pk else "Verschijnt zodra je de velden invult."  # noqa: S308
        return format_html('<div class="reference-preview" data-reference-preview="{}" aria-live="polite">{}</div>', address, entry)

    @admin.display(description="Nog na te gaan")
    def remark_panel(self, reference: Reference) -> str:
        return format_html('<ul class="messagelist reference-remark"><li class="warning">{}</li></ul>', reference.remark)

    @admin.display(description="Geciteerd")
    def use(self, reference: Reference) -> str:
        if citations_of(reference).exists():
            return "Ja. Daarom staat de sleutel vast en kan de bron niet worden verwijderd: de tekst verwijst ernaar."
        return "Nog nergens."

    def get_urls(self):
        return [
            path("zoeken/", self.admin_site.admin_view(self.search_view), name="references_reference_search"),
            path("voorbeeld/", self.admin_site.admin_view(self.preview_view), name="references_reference_preview"),
            path("<int:pk>/voorbeeld/", self.admin_site.admin_view(self.preview_view), name="references_reference_preview"),
            *super().get_urls(),
        ]

    def search_view(self, request: HttpRequest) -> JsonResponse:
        """Return at most 12 sources in which all words of `q` occur, for the button that cites."""
        return _search(request, self)

    def preview_view(self, request: HttpRequest, pk: int | None = None) -> JsonResponse:
        """Return the line of a source as the unsaved form describes it. Saves nothing."""
        return _preview(request, self, pk)


@require_GET
def _search(request: HttpRequest, model_admin: ReferenceAdmin) -> JsonResponse:
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    query = request.GET.get("q", "")[:LONGEST_QUERY].strip()
    sources = model_admin.get_queryset(request)
    found = list(sources.with_key_from(query)[:MOST_FOUND]) if query else []
    others = sources.search(query).exclude(pk__in=[reference.pk for reference in found]).order_by("key")
    found += others[: MOST_FOUND - len(found)]
    return JsonResponse({"results": [_result(reference) for reference in found]})


def _result(reference: Reference) -> dict:
    return {
        "key": reference.key,
        "label": short_label(reference.csl(), others="e.a."),
        "title": reference.title,
        "year": reference.issued_year,
        "detail": " · ".join(part for part in (reference.container_title, "gemaskeerd" if reference.is_masked else "") if part),
    }


@require_POST
def _preview(request: HttpRequest, model_admin: ReferenceAdmin, pk: int | None) -> JsonResponse:
    reference = get_object_or_404(Reference, pk=pk) if pk else Reference()
    if not (model_admin.has_change_permission(request, reference) if pk else model_admin.has_add_permission(request)):
        raise PermissionDenied
    form = model_admin.get_form(request, reference if pk else None)(request.POST, instance=reference)
    form.is_valid()  # fills the instance with the fields that are right; the others keep what was stored
    return JsonResponse({"html": entry_for_readers(form.instance)})


@admin.register(HealthClaim)
class HealthClaimAdmin(StaleAdminMixin, admin.ModelAdmin):
    form = HealthClaimForm
    list_display = ["text_nl", "nutrient", "key", "is_confirmed"]
    list_filter = ["is_confirmed", "nutrient"]
    search_fields = ["key", "text_nl", "text_en", "nutrient"]
    fieldsets = [
        (
            None,
            {
                "fields": ["nutrient", "text_nl", "is_confirmed"],
                "description": (
                    "Let op: een gezondheidsclaim mag alleen zo op de site staan als de verordening haar toestaat. De Nederlandse "
                    "tekst die is ingelezen, moet iemand eerst vergelijken met de officiële tekst (EUR-Lex). Vink daarna "
                    "‘bevestigd’ aan."
                ),
            },
        ),
        ("Herkomst", {"fields": ["text_en", "regulation", "condition", "opinion_lines"]}),
        ("Plaats", {"fields": ["key", "position"]}),
    ]

    def get_readonly_fields(self, request, obj=None):
        return ["key"] if obj else []
