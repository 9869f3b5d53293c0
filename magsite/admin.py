"""The admin site: Django's own, in Dutch, with our name on the door."""

from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.http import HttpRequest, HttpResponse

from magsite.listing import BoundedPaginator, ChoicePaginator


class ChoiceView(AutocompleteJsonView):
    """What a field offers while somebody types."""

    def get_paginator(self, *args, **kwargs) -> ChoicePaginator:
        return ChoicePaginator(*args, **kwargs)


class MagsiteAdminSite(admin.AdminSite):
    site_header = "Magsite beheer"
    site_title = "Magsite beheer"
    index_title = "Redactie"
    site_url = "/"
    enable_nav_sidebar = False

    def register(self, model_or_iterable, admin_class=None, **options) -> None:
        """Every list counts no further than it must: neither its rows, nor all rows, nor those behind every filter."""
        bounds = {"paginator": BoundedPaginator, "show_full_result_count": False, "show_facets": admin.ShowFacets.NEVER}
        super().register(model_or_iterable, admin_class, **bounds | options)

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        return ChoiceView.as_view(admin_site=self)(request)
