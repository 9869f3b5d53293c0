"""The list of watched words in the admin."""

from django import forms
from django.contrib import admin

from articles.models import ForbiddenTerm
from references.stale import StaleAdminMixin, StaleFormMixin


class TermForm(StaleFormMixin, forms.ModelForm):
    class Meta:
        model = ForbiddenTerm
        fields = ["term", "kind", "level", "explanation", "exceptions", "is_active"]


@admin.register(ForbiddenTerm)
class ForbiddenTermAdmin(StaleAdminMixin, admin.ModelAdmin):
    form = TermForm
    list_display = ["term", "kind", "level", "explanation", "is_active"]
    list_filter = ["kind", "level", "is_active"]
    search_fields = ["term", "explanation"]
    list_per_page = 100
    fieldsets = [
        (
            None,
            {
                "fields": TermForm.Meta.fields,
                "description": (
                    "Deze woorden worden gezocht in alles wat lezers en zoekmachines zien: titel, samenvatting, koppen, tekst, "
                    "voordelen, alternatieve teksten, bijschriften en het advieskaartje."
                ),
            },
        )
    ]
