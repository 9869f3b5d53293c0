"""One article on one page: write, preview, check, publish."""

from dataclasses import replace

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from articles import publishing
from articles.admin.forms import ArticleForm, BenefitForm, PlacedFormSet, SectionForm
from articles.admin.history import VersionHistory
from articles.admin.posted import posted_source
from articles.checks.acceptance import digest_of
from articles.drafts import index_citations, save_draft, source_of
from articles.markdown_file import dump
from articles.models import Article, Benefit, Publication, Section
from articles.presentation import page_context
from articles.rendering import ArticleSource, RenderedArticle
from articles.rendering.findings import Finding, Level

REASON_LENGTH = Publication._meta.get_field("reason").max_length


class PlacedInline(admin.StackedInline):
    formset = PlacedFormSet
    extra = 0
    show_change_link = False


class SectionInline(PlacedInline):
    model = Section
    form = SectionForm
    fieldsets = [(None, {"fields": [("place", "heading"), ("anchor", "shows_benefits"), "body"]})]


class BenefitInline(PlacedInline):
    model = Benefit
    form = BenefitForm
    autocomplete_fields = ["image"]
    fieldsets = [(None, {"fields": [("place", "title"), "anchor", "body", "image", "claims"]})]


@admin.register(Article)
class ArticleAdmin(VersionHistory, admin.ModelAdmin):
    form = ArticleForm
    inlines = [SectionInline, BenefitInline]
    autocomplete_fields = ["hero"]
    prepopulated_fields = {"slug": ["title"]}
    list_display = ["title", "status_label", "version", "updated_at"]
    list_filter = ["status"]
    list_select_related = ["live"]
    search_fields = ["title", "slug", "summary"]
    show_full_result_count = False
    fieldsets = [
        (None, {"fields": ["title", "slug", "summary"]}),
        ("Openingsbeeld", {"fields": ["hero", "hero_alt", "hero_caption"]}),
        ("Inleiding", {"fields": ["intro"]}),
        ("Onderhoud", {"fields": ["review_due"], "classes": ["collapse"]}),
        (
            "Advieskaartje",
            {"fields": [("adviser_name", "adviser_role"), "adviser_heading", "adviser_text"], "classes": ["collapse"]},
        ),
    ]

    @admin.display(description="status", ordering="status")
    def status_label(self, article: Article) -> str:
        return format_html('<span class="status status-{}">{}</span>', article.status, article.get_status_display())

    @admin.display(description="versie")
    def version(self, article: Article) -> str:
        return str(article.live.number) if article.live else "–"

    def get_prepopulated_fields(self, request, obj=None):
        """The address follows the title until readers know it."""
        return {} if obj and obj.first_published_at else super().get_prepopulated_fields(request, obj)

    def has_delete_permission(self, request, obj=None) -> bool:
        """What was published once is withdrawn, not deleted: its versions stay."""
        return super().has_delete_permission(request, obj) and not (obj and obj.first_published_at)

    def get_urls(self) -> list:
        own = [
            path(
                "voorbeeld-fragment/",
                self.admin_site.admin_view(require_POST(self.fragment_view)),
                name="articles_article_fragment",
            ),
            path(
                "voorbeeld/",
                self.admin_site.admin_view(require_POST(self.preview_posted_view)),
                name="articles_article_preview_posted",
            ),
            path("<int:pk>/voorbeeld/", self.admin_site.admin_view(self.preview_view), name="articles_article_preview"),
            path(
                "<int:pk>/intrekken/",
                self.admin_site.admin_view(require_POST(self.withdraw_view)),
                name="articles_article_withdraw",
            ),
            path("<int:pk>/akkoord/", self.admin_site.admin_view(require_POST(self.accept_view)), name="articles_article_accept"),
        ]
        return own + super().get_urls()

    # Saving and publishing

    def save_model(self, request, obj, form, change) -> None:
        save_draft(obj)

    def save_related(self, request, form, formsets, change) -> None:
        super().save_related(request, form, formsets, change)
        index_citations(form.instance)

    def response_add(self, request, obj, post_url_continue=None) -> HttpResponse:
        return self._respond(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj) -> HttpResponse:
        return self._respond(request, obj) or super().response_change(request, obj)

    def _respond(self, request: HttpRequest, article: Article) -> HttpResponse | None:
        if "_publish" not in request.POST and "_draft" not in request.POST:
            return None
        if "_publish" in request.POST:
            self._publish(request, article)
        else:
            messages.success(request, "Het concept is bewaard. Lezers zien nog niets van deze wijziging.")
        return redirect("admin:articles_article_change", article.pk)

    def _publish(self, request: HttpRequest, article: Article) -> None:
        try:
            publication = publishing.publish(
                article,
                by=request.user,
                reason=request.POST.get("publish_reason", "")[:REASON_LENGTH],
                is_substantive="publish_substantive" in request.POST,
            )
        except publishing.PublishRefused as refused:
            count = len(refused.findings)
            what = "een fout" if count == 1 else f"{count} fouten"
            messages.error(
                request, f"Het concept is bewaard maar niet gepubliceerd: er is nog {what}. Zie de bevindingen hieronder."
            )
        except PermissionDenied as error:
            messages.error(request, f"Het concept is bewaard. {error}")
        else:
            url = publication.article.get_absolute_url()
            text = format_html('Versie {} is gepubliceerd. <a href="{}">Bekijk de pagina</a>', publication.number, url)
            messages.success(request, text)

    def withdraw_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        publishing.withdraw(get_object_or_404(Article, pk=pk), by=request.user)
        messages.success(request, "Het artikel is ingetrokken. Lezers vinden het niet meer; de versies blijven bewaard.")
        return redirect("admin:articles_article_change", pk)

    def accept_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Leave one warning standing, with a reason."""
        article, posted = get_object_or_404(Article, pk=pk), request.POST
        if not self.has_change_permission(request, article):
            raise PermissionDenied
        try:
            publishing.accept_finding(article, digest=posted.get("digest", ""), reason=posted.get("reason", ""), by=request.user)
        except publishing.AcceptRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "De waarschuwing blijft staan, met je reden. Verandert de tekst, dan komt ze terug.")
        return redirect("admin:articles_article_change", pk)

    # Preview

    def fragment_view(self, request: HttpRequest) -> HttpResponse:
        """Return what one field of the posted form will look like, numbered over the whole article, and all findings."""
        self._require_change(request)
        source = posted_source(request.POST)
        pk = request.POST.get("_article", "")
        article = Article.objects.select_related("live").filter(pk=pk).first() if pk.isdecimal() else None
        rendered = render_checked(source, article)
        html = _fragment(source, rendered, request.POST.get("field", ""))
        return JsonResponse({"html": html, "findings": [_finding_data(finding) for finding in rendered.findings]})

    def preview_posted_view(self, request: HttpRequest) -> HttpResponse:
        """Show the whole page as the posted, unsaved form would make it."""
        self._require_change(request)
        return self._preview(request, render_checked(posted_source(request.POST)), None)

    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the whole page as the saved draft would make it."""
        article = get_object_or_404(Article.objects.select_related("hero", "live"), pk=pk)
        if not self.has_view_permission(request, article):
            raise PermissionDenied
        return self._preview(request, render_checked(source_of(article), article), article)

    def _preview(self, request: HttpRequest, rendered: RenderedArticle, article: Article | None) -> HttpResponse:
        context = page_context(
            rendered,
            published_at=article.first_published_at if article else None,
            modified_at=article.updated_at if article else None,
            version=None,
            is_preview=True,
        )
        response = render(request, "articles/article_detail.html", context)
        response.headers["Cache-Control"], response.headers["X-Robots-Tag"] = "no-store", "noindex"
        return response

    def _require_change(self, request: HttpRequest) -> None:
        if not (self.has_change_permission(request) or self.has_add_permission(request)):
            raise PermissionDenied

    # The page

    def render_change_form(self, request, context, *args, **kwargs) -> HttpResponse:
        context["may_publish"] = request.user.has_perm(publishing.PERMISSION)
        context["preview_url"] = reverse("admin:articles_article_preview_posted")
        if article := context.get("original"):
            source, rendered, findings = publishing.examine(article)
            context["findings"] = [_finding_data(finding) for finding in findings]
            context["may_accept"] = self.has_change_permission(request, article)
            context["warnings"] = [
                {"finding": finding, "digest": digest_of(finding, source)} for finding in findings if finding.level == Level.WARNING
            ]
            context["rendered"], context["live"] = rendered, article.live
            context["draft_differs"] = bool(article.live) and dump(source) != article.live.source
            context["reason_length"] = REASON_LENGTH
        return super().render_change_form(request, context, *args, **kwargs)


def render_checked(source: ArticleSource, article: Article | None = None) -> RenderedArticle:
    """Return the article as readers would see it, with everything that the checks find."""
    rendered, findings = publishing.examine_source(source, article)
    return replace(rendered, findings=findings)


def _fragment(source, rendered: RenderedArticle, field: str) -> str:
    """Return the HTML of the form field that was asked for; empty when the field holds no Markdown."""
    if field == "intro":
        return rendered.intro
    fragments = {typed.field: section.html for typed, section in zip(source.sections, rendered.sections, strict=True)}
    for section in rendered.sections:
        fragments |= {typed.field: benefit.html for typed, benefit in zip(source.benefits, section.benefits, strict=False)}
    return fragments.get(field, "")


def _finding_data(finding: Finding) -> dict:
    """Return a finding as the page shows it; `target` is the id of the form element to go to."""
    labels = {"error": "Fout", "warning": "Let op", "hint": "Tip"}
    return {
        "code": finding.code,
        "level": finding.level.value,
        "label": "Akkoord" if finding.accepted else labels[finding.level.value],
        "message": f"{finding.message} Blijft staan, omdat: {finding.accepted}" if finding.accepted else finding.message,
        "heading": finding.heading,
        "line": finding.line,
        "target": f"id_{finding.field}" if finding.field else "",
    }
