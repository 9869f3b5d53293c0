"""The page of a questionnaire: the whole at a glance, its own texts, and the ways to readers."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from references.stale import StaleAdminMixin, StaleFormMixin
from vitaminetest import publishing
from vitaminetest.admin.overview import Overview, versions_of
from vitaminetest.admin.part_forms import as_in_a_file
from vitaminetest.admin.preview import PreviewPage
from vitaminetest.admin.transfer import TransferPages
from vitaminetest.admin.trying import TryingPage
from vitaminetest.admin.widgets import MarkdownWidget
from vitaminetest.admin.workflow import WorkflowPages
from vitaminetest.checking import examine
from vitaminetest.checks import errors
from vitaminetest.definition_file import to_data
from vitaminetest.drafts import definition_of
from vitaminetest.models import Questionnaire
from vitaminetest.moving import move


class QuestionnaireForm(StaleFormMixin, forms.ModelForm):
    class Meta:
        model = Questionnaire
        fields = ("title", "slug", "intro", "closing")
        widgets = {"title": forms.TextInput(attrs={"class": "vTextField"}), "intro": MarkdownWidget, "closing": MarkdownWidget}

    def clean(self) -> dict:
        return as_in_a_file(self, super().clean())


@admin.register(Questionnaire)
class QuestionnaireAdmin(WorkflowPages, TransferPages, TryingPage, PreviewPage, StaleAdminMixin, admin.ModelAdmin):
    form = QuestionnaireForm
    change_form_template = "admin/vitaminetest/questionnaire/change_form.html"
    list_display = ["title", "slug", "version"]
    list_select_related = ["live"]

    @admin.display(description="lezers doen")
    def version(self, questionnaire: Questionnaire) -> str:
        return f"versie {questionnaire.live.number}" if questionnaire.live else "niets: niet gepubliceerd"

    def get_queryset(self, request):
        return super().get_queryset(request).defer("live__definition", "live__texts")

    def get_fields(self, request, obj=None) -> list[str]:
        return ["title", "slug", "intro", "closing"] if obj else ["title", "slug"]

    def get_readonly_fields(self, request, obj=None) -> list[str]:
        """Readers know the address once there is a version."""
        return ["slug"] if obj and obj.versions.exists() else []

    def get_prepopulated_fields(self, request, obj=None) -> dict:
        return {} if obj else {"slug": ["title"]}

    def get_urls(self) -> list:
        view = self.admin_site.admin_view
        own = [path("<int:pk>/verplaatsen/", view(require_POST(self.move_view)), name="vitaminetest_questionnaire_move")]
        return own + super().get_urls()

    def response_post_save_add(self, request, obj) -> HttpResponse:
        return redirect("admin:vitaminetest_questionnaire_change", obj.pk)

    response_post_save_change = response_post_save_add

    def render_change_form(self, request, context, *args, **kwargs) -> HttpResponse:
        if questionnaire := context.get("original"):
            context |= self._overview(request, questionnaire)
        return super().render_change_form(request, context, *args, **kwargs)

    def _overview(self, request: HttpRequest, questionnaire: Questionnaire) -> dict:
        definition = definition_of(questionnaire)
        overview, findings = Overview(questionnaire, definition), examine(definition).findings
        live = questionnaire.live
        cases = overview.cases
        return {
            "sections": overview.sections,
            "scores": overview.scores,
            "outcomes": overview.outcomes,
            "cases": cases,
            "red": sum(bool(case.trouble) for case in cases),
            "remarks": overview.remarks(findings),
            "errors_left": len(errors(findings)),
            "versions": versions_of(questionnaire),
            "differs": bool(live) and live.definition != to_data(definition),
            "may_write": self.has_change_permission(request, questionnaire),
            "may_publish": request.user.has_perm(publishing.PERMISSION),
        }

    def move_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Move a part one place; the button says which, and where to."""
        questionnaire = self.found(request, pk, write=True)
        kind, _, rest = request.POST.get("part", "").partition(":")
        row, _, step = rest.partition(":")
        is_right = row.isascii() and row.isdigit() and len(row) < 19 and step in ("-1", "1")
        moved = move(questionnaire, kind, int(row), int(step)) if is_right else None
        if moved is not None:
            self.log_change(request, questionnaire, f"{kind.capitalize()} ‘{moved}’ verplaatst.")
        anchor = f"#{kind}-{moved.pk}" if moved is not None else ""
        return redirect(reverse("admin:vitaminetest_questionnaire_change", args=[pk]) + anchor)

    def found(self, request: HttpRequest, pk: int, *, write: bool = False, publish: bool = False) -> Questionnaire:
        """Return the questionnaire of a page, for who may see it, write it or publish it. Raises PermissionDenied or Http404."""
        if publish:
            publishing.require_permission(request.user)
        if write and not self.has_change_permission(request):
            raise PermissionDenied
        if not self.has_view_permission(request):
            raise PermissionDenied
        return get_object_or_404(Questionnaire.objects.select_related("live"), pk=pk)
