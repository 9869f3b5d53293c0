"""The queue: what waits for whom and how long, claimed with one click."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone

from advice.admin import lists, narrowing
from advice.admin.rows import make_rows, narrow
from advice.admin.undo import recallable

PER_PAGE = 50


class QueuePages:
    """The list of requests, for AdviceRequestAdmin."""

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.changelist_view)
        return [path("", view, name="advice_advicerequest_changelist"), *super().get_urls()]

    def changelist_view(self, http: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """Show one of the lists, narrowed if asked."""
        if not self.has_view_permission(http):
            raise PermissionDenied
        context = self.admin_site.each_context(http) | self._list(http) | {"opts": self.opts}
        return TemplateResponse(http, "admin/advice/queue.html", context | (extra_context or {}))

    def _list(self, http: HttpRequest) -> dict:
        now, user = timezone.now(), http.user
        chosen, narrowed = lists.chosen(http.GET.get("lijst", "")), narrowing.Narrowing.from_query(http.GET)
        rows = chosen.rows(user, now)
        page = self.get_paginator(http, narrow(narrowed.apply(rows)), PER_PAGE).get_page(http.GET.get("pagina"))
        return {
            "title": f"Adviesvragen: {chosen.label}",
            "now": now,
            "counters": lists.counters(user, now),
            "chosen": chosen,
            "narrowed": narrowed,
            "topics": narrowing.topics(narrowed.topic),
            "advisers": narrowing.advisers(narrowed.adviser),
            "articles": narrowing.articles(chosen, user, now, narrowed.article),
            "is_cut_off": narrowed.is_on and narrowing.is_cut_off(rows),
            "looked_through": narrowing.LOOKED_THROUGH,
            "page": page,
            "rows": make_rows(list(page.object_list), by=user, now=now),
            "recallable": recallable(by=user, now=now),
        }
