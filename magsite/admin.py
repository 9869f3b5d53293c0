"""The admin site: Django's own, in Dutch, with our name on the door."""

from django.contrib import admin

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
