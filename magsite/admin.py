"""The admin site: Django's own, in Dutch, with our name on the door."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse

from magsite.listing import BoundedPaginator


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

    def login(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """Sign in as the whole site does: Django's own form knows no limits and no second factor."""
        from magsite.staff.pages import sign_in  # that module needs this site

        return sign_in(request)
