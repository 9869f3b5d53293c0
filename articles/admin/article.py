"""One article on one page: write, preview, check, publish."""

from django.contrib import admin
from django.http import HttpResponse
from django.urls import reverse

from articles import publishing
from articles.admin.audit import AuditPages
from articles.admin.conflict import DraftConflicts
from articles.admin.draft_history import DraftHistory
from articles.admin.findings import FindingsPages, finding_data
from articles.admin.forms import ArticleForm, BenefitForm, PlacedFormSet, SectionForm
from articles.admin.history import VersionHistory
from articles.admin.links import LinksPanel
from articles.admin.preview import PreviewPages
from articles.admin.preview_links import PreviewLinkPages
from articles.admin.searched import SearchedList
from articles.admin.transitions import NOTE_LENGTH, REASON_LENGTH, Transitions, notes_for
from articles.admin.work_list import StateFilter, WorkFirst, WorkList
from articles.admin.workflow import WorkflowPages
from articles.checks.acceptance import digest_of
from articles.drafts import draft_changed, save_draft
from articles.markdown_file import dump
from articles.models import Article, Benefit, Publication, Section
from articles.rendering.findings import Level


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
    fieldsets = [(None, {"fields": [("place", "title"), "anchor", "body", "image", "image_alt", "image_caption", "claims"]})]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("image")


BEFORE_THE_TEXTS = ("id", "article", "number", "title", "slug", "summary")


class ArticleList(WorkFirst, SearchedList):
    """The list, without the texts of the articles. Of the live publication it reads nothing that lies behind a text: SQLite
    would go through all pages of the text to get there, for every row that it sorts."""

    def narrow(self, found):
        behind = [field.name for field in Publication._meta.concrete_fields if field.name not in BEFORE_THE_TEXTS]
        return found.without_texts().defer(*(f"live__{name}" for name in behind))


@admin.register(Article)
class ArticleAdmin(
    DraftConflicts,
    Transitions,
    WorkflowPages,
    WorkList,
    PreviewPages,
    PreviewLinkPages,
    FindingsPages,
    AuditPages,
    VersionHistory,
    DraftHistory,
    LinksPanel,
    admin.ModelAdmin,
):
    form = ArticleForm
    inlines = [SectionInline, BenefitInline]
    autocomplete_fields = ["hero"]
    prepopulated_fields = {"slug": ["title"]}
    list_display = ["title", "state", "version", "updated_at"]
    list_filter = [StateFilter]
    list_select_related = ["live", "submission"]
    list_per_page = 50
    search_fields = ["title", "slug", "summary"]
    fieldsets = [
        (None, {"fields": ["title", "slug", "summary"]}),
        ("Openingsbeeld", {"fields": ["hero", "hero_alt", "hero_caption"]}),
        ("Inleiding", {"fields": ["intro"]}),
        ("Lees ook", {"fields": ["related"]}),
        ("Onderhoud", {"fields": ["review_due"], "classes": ["collapse"]}),
        (
            "Advieskaartje",
            {"fields": [("adviser_name", "adviser_role"), "adviser_heading", "adviser_text"], "classes": ["collapse"]},
        ),
    ]

    def get_prepopulated_fields(self, request, obj=None):
        """The address follows the title until readers know it."""
        return {} if obj and obj.first_published_at else super().get_prepopulated_fields(request, obj)

    def has_delete_permission(self, request, obj=None) -> bool:
        """What was published once is withdrawn, not deleted: its versions stay."""
        return super().has_delete_permission(request, obj) and not (obj and obj.first_published_at)

    def get_changelist(self, request, **kwargs) -> type[ArticleList]:
        return ArticleList

    # Saving and publishing

    def save_model(self, request, obj, form, change) -> None:
        save_draft(obj)

    def save_related(self, request, form, formsets, change) -> None:
        super().save_related(request, form, formsets, change)
        draft_changed(form.instance, by=request.user)

    # The page

    def render_change_form(self, request, context, *args, **kwargs) -> HttpResponse:
        context["may_publish"] = request.user.has_perm(publishing.PERMISSION)
        context |= {
            "notes": notes_for(request, context.get("original")),
            "reason_length": REASON_LENGTH,
            "note_length": NOTE_LENGTH,
        }
        context["preview_url"] = reverse("admin:articles_article_preview_posted")
        if article := context.get("original"):
            source, rendered, findings = publishing.examine(article)
            text = dump(source)
            context["findings"] = [finding_data(finding) for finding in findings]
            context["may_accept"] = self.has_change_permission(request, article)
            context["warnings"] = [
                {"finding": finding, "digest": digest_of(finding, source)} for finding in findings if finding.level == Level.WARNING
            ]
            context["rendered"], context["live"] = rendered, article.live
            context["draft_differs"] = bool(article.live) and text != article.live.source
            context |= self.workflow_context(request, article, text)
        return super().render_change_form(request, context, *args, **kwargs)
