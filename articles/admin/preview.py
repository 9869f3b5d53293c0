"""The preview: one field while somebody types, the whole page of an unsaved form, the page of the saved draft."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.views.decorators.http import require_POST

from articles.admin.findings import finding_data, render_checked
from articles.admin.posted import posted_source
from articles.drafts import source_of
from articles.models import Article
from articles.presentation import page_context
from articles.rendering import RenderedArticle
from articles.views import card


class PreviewPages:
    """The preview pages of ArticleAdmin, by the one renderer that makes the public page."""

    def get_urls(self) -> list:
        view = self.admin_site.admin_view
        own = [
            path("voorbeeld-fragment/", view(require_POST(self.fragment_view)), name="articles_article_fragment"),
            path("voorbeeld/", view(require_POST(self.preview_posted_view)), name="articles_article_preview_posted"),
            path("<int:pk>/voorbeeld/", view(self.preview_view), name="articles_article_preview"),
        ]
        return own + super().get_urls()

    def fragment_view(self, request: HttpRequest) -> HttpResponse:
        """Return what one field of the posted form will look like, numbered over the whole article, and all findings."""
        self._require_change(request)
        source = posted_source(request.POST)
        pk = request.POST.get("_article", "")
        article = Article.objects.select_related("live").filter(pk=pk).first() if pk.isdecimal() else None
        rendered = render_checked(source, article)
        html = _fragment(source, rendered, request.POST.get("field", ""))
        return JsonResponse({"html": html, "findings": [finding_data(finding) for finding in rendered.findings]})

    def preview_posted_view(self, request: HttpRequest) -> HttpResponse:
        """Show the whole page as the posted, unsaved form would make it."""
        self._require_change(request)
        return self.show_preview(request, render_checked(posted_source(request.POST)), None)

    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the whole page as the saved draft would make it."""
        article = get_object_or_404(Article.objects.select_related("hero", "live"), pk=pk)
        if not self.has_view_permission(request, article):
            raise PermissionDenied
        return self.show_preview(request, render_checked(source_of(article), article), article)

    def show_preview(
        self, request: HttpRequest, rendered: RenderedArticle, article: Article | None, *, title: str = ""
    ) -> HttpResponse:
        """Show a text as readers would see it, under a note that says what it is: `title`, or that it is the draft."""
        context = page_context(
            rendered,
            published_at=article.first_published_at if article else None,
            modified_at=article.updated_at if article else None,
            version=None,
            is_preview=True,
            card=card,
        )
        context["preview_title"] = title
        response = render(request, "articles/article_detail.html", context)
        response.headers["Cache-Control"], response.headers["X-Robots-Tag"] = "no-store", "noindex"
        return response

    def _require_change(self, request: HttpRequest) -> None:
        if not (self.has_change_permission(request) or self.has_add_permission(request)):
            raise PermissionDenied


def _fragment(source, rendered: RenderedArticle, field: str) -> str:
    """Return the HTML of the form field that was asked for; empty when the field holds no Markdown."""
    if field == "intro":
        return rendered.intro
    fragments = {typed.field: section.html for typed, section in zip(source.sections, rendered.sections, strict=True)}
    for section in rendered.sections:
        fragments |= {typed.field: benefit.html for typed, benefit in zip(source.benefits, section.benefits, strict=False)}
    return fragments.get(field, "")
