"""The list of watched words in the admin."""

from django.contrib import admin

from articles.models import ForbiddenTerm


@admin.register(ForbiddenTerm)
class ForbiddenTermAdmin(admin.ModelAdmin):
    list_display = ["term", "kind", "level", "explanation", "is_active"]
    list_filter = ["kind", "level", "is_active"]
    search_fields = ["term", "explanation"]
    list_per_page = 100
    fieldsets = [
        (
            None,
            {
                "fields": ["term", "kind", "level", "explanation", "exceptions", "is_active"],
                "description": (
                    "Deze woorden worden gezocht in alles wat lezers en zoekmachines zien: titel, samenvatting, koppen, tekst, "
                    "voordelen, alternatieve teksten, bijschriften en het advieskaartje."
                ),
            },
        )
    ]
