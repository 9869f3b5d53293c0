"""The admin site: Django's own, in Dutch, with our name on the door."""

from functools import update_wrapper

from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from magsite.kept_forms import ask_to_sign_in
from magsite.listing import BoundedPaginator, ChoicePaginator


class ChoiceView(AutocompleteJsonView):
    """What a field offers while somebody types."""

    def get_paginator(self, *args, **kwargs) -> ChoicePaginator:
        return ChoicePaginator(*args, **kwargs)


class MagsiteAdminSite(admin.AdminSite):
    site_header = "Magsite beheer"
    site_title = "Magsite beheer"
    index_title = "Begin"
    site_url = "/"
    enable_nav_sidebar = False

    def register(self, model_or_iterable, admin_class=None, **options) -> None:
        """Every list counts no further than it must: neither its rows, nor all rows, nor those behind every filter."""
        bounds = {"paginator": BoundedPaginator, "show_full_result_count": False, "show_facets": admin.ShowFacets.NEVER}
        super().register(model_or_iterable, admin_class, **bounds | options)

    def admin_view(self, view, cacheable: bool = False):
        """A form that is sent after the session ended is kept for its writer; Django would drop it."""
        inner = super().admin_view(view, cacheable)

        def keeping(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if self._is_form_of_a_stranger(request):
                return ask_to_sign_in(request, self)
            return inner(request, *args, **kwargs)

        return update_wrapper(keeping, inner)

    def _is_form_of_a_stranger(self, request: HttpRequest) -> bool:
        """Scripts ask for JSON: they tell the writer themselves, and still have the text."""
        is_form = request.method == "POST" and request.accepts("text/html") and request.path != reverse("admin:logout")
        return is_form and not self.has_permission(request)

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        return ChoiceView.as_view(admin_site=self)(request)

    def login(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """Sign in as the whole site does: Django's own form knows no limits and no second factor."""
        from magsite.staff.pages import sign_in  # that module needs this site

        return sign_in(request)
