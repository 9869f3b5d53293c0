"""Making, listing and taking back links with which an outsider reads a draft."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from articles.admin.posted import to_number
from articles.models import Article
from articles.preview_links import DAYS, LONGEST_NOTE, LinkRefused, make_link, revoke_link

MOST_SHOWN = 50


class PreviewLinkPages:
    """The preview links of ArticleAdmin. The services judge who may."""

    def get_urls(self) -> list:
        view = self.admin_site.admin_view
        own = [
            path("<int:pk>/voorbeeldlinks/", view(require_POST(self.make_link_view)), name="articles_article_link_make"),
            path(
                "<int:pk>/voorbeeldlinks/<int:link>/intrekken/",
                view(require_POST(self.revoke_link_view)),
                name="articles_article_link_revoke",
            ),
        ]
        return own + super().get_urls()

    def render_change_form(self, request: HttpRequest, context: dict, *args, **kwargs) -> HttpResponse:
        if article := context.get("original"):
            context["preview_links"] = article.preview_links.select_related("created_by")[:MOST_SHOWN]
            context["preview_days"], context["note_length"] = DAYS, LONGEST_NOTE
        return super().render_change_form(request, context, *args, **kwargs)

    def make_link_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Make a link and show it, in this answer only: it is kept nowhere."""
        article = get_object_or_404(Article, pk=pk)
        if not self.has_change_permission(request, article):
            raise PermissionDenied
        days, note = to_number(request.POST.get("days", ""), 0), request.POST.get("note", "")
        try:
            link, token = make_link(article, days=days, note=note, by=request.user)
        except LinkRefused as refused:
            messages.error(request, f"Er is geen link gemaakt. {refused}")
            return redirect("admin:articles_article_change", pk)
        self.log_change(request, article, f"Voorbeeldlink gemaakt{f' voor {link.note}' if link.note else ''}.")
        context = {
            **self.admin_site.each_context(request),
            "title": "Voorbeeldlink",
            "opts": self.opts,
            "original": article,
            "link": link,
            "address": settings.SITE_URL + reverse("linked_preview", args=[token]),
        }
        return TemplateResponse(request, "admin/articles/article/preview_link_made.html", context)

    def revoke_link_view(self, request: HttpRequest, pk: int, link: int) -> HttpResponse:
        """End a link now."""
        article = get_object_or_404(Article, pk=pk)
        if not self.has_change_permission(request, article):
            raise PermissionDenied
        found = get_object_or_404(article.preview_links, pk=link)
        revoke_link(found, by=request.user)
        self.log_change(request, article, f"Voorbeeldlink ingetrokken{f' voor {found.note}' if found.note else ''}.")
        messages.success(request, "De voorbeeldlink is ingetrokken en werkt niet meer.")
        return redirect(reverse("admin:articles_article_change", args=[pk]) + "#voorbeeldlinks")
