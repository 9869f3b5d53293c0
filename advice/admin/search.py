"""Search over all requests. What is sought may be a name or an address, so it travels by POST and stands in no URL and no log."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path

from advice.search.finding import Hits, find_requests


class SearchPages:
    """The page with what was found, for AdviceRequestAdmin."""

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.search_view)
        return [path("zoeken/", view, name="advice_advicerequest_search"), *super().get_urls()]

    def search_view(self, http: HttpRequest) -> HttpResponse:
        if not self.has_view_permission(http):
            raise PermissionDenied
        if http.method != "POST":
            return redirect("admin:advice_advicerequest_changelist")
        typed, before = http.POST.get("q", ""), http.POST.get("ouder", "")
        found = find_requests(typed, by=http.user, before=int(before) if before.isdecimal() and len(before) < 19 else None)
        if (only := self._only(found)) and not before:
            return redirect("admin:advice_advicerequest_change", only)
        context = {
            **self.admin_site.each_context(http),
            "title": "Zoeken in adviesvragen",
            "opts": self.opts,
            "found": found,
            "hits": found.hits,
        }
        return TemplateResponse(http, "admin/advice/search.html", context, headers={"Cache-Control": "no-store"})

    def _only(self, found: Hits) -> int | None:
        """Return the one request whose reference was typed: then that is what somebody wants to see."""
        sought = found.query.text.strip().upper()
        return found.hits[0].request.pk if len(found.hits) == 1 and found.hits[0].request.reference == sought else None
