"""Standard texts: written once, corrected as another version, shown as readers would get them."""

from difflib import ndiff

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path, reverse_lazy
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.views.decorators.http import require_POST

from advice.admin.widgets import AnswerWidget
from advice.admin.writing import preview_html
from advice.answer_text import render_answer
from advice.canned import VARIABLES, newest, save_reply, unknown_variables
from advice.drafting import as_typed
from advice.models import CannedReply
from advice.models.conversation import LONGEST_ANSWER
from advice.permissions import CANNED, require


class CannedReplyForm(forms.ModelForm):
    body = forms.CharField(
        label="Tekst", max_length=LONGEST_ANSWER, widget=AnswerWidget(reverse_lazy("admin:advice_cannedreply_preview"))
    )

    class Meta:
        model = CannedReply
        fields = ["title", "topic", "is_active"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "body" in self.fields and self.instance.pk and (version := newest(self.instance)):
            self.fields["body"].initial = version.body

    def clean_body(self) -> str:
        body = as_typed(self.cleaned_data["body"]).strip()
        if unknown := unknown_variables(body):
            raise forms.ValidationError(f"Deze variabelen bestaan niet: {', '.join(unknown)}.")
        if errors := render_answer(body).errors:
            raise forms.ValidationError([error.message for error in errors])
        return body


@admin.register(CannedReply)
class CannedReplyAdmin(admin.ModelAdmin):
    form = CannedReplyForm
    list_display = ["title", "topic", "is_active"]
    list_filter = ["is_active", "topic"]
    list_select_related = ["topic"]
    search_fields = ["title"]
    change_form_template = "admin/advice/canned_reply.html"

    def get_fieldsets(self, request: HttpRequest, obj: CannedReply | None = None) -> list:
        rows = [(f"{{{{ {name} }}}}", meaning) for name, meaning in VARIABLES.items()]
        variables = format_html_join("", "<li><code>{}</code> {}</li>", rows)
        told = format_html("Variabelen worden ingevuld zodra een adviseur de tekst kiest: <ul>{}</ul>", variables)
        return [(None, {"fields": ["title", "topic", "is_active"]}), ("Tekst", {"fields": ["body"], "description": told})]

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(require_POST(self.preview_view))
        return [path("voorbeeld/", view, name="advice_cannedreply_preview"), *super().get_urls()]

    def preview_view(self, request: HttpRequest) -> JsonResponse:
        """Return the text as readers would get it, its variables still to be filled."""
        require(request.user, CANNED)
        rendered = render_answer(as_typed(request.POST.get("body", "")), prefix="voorbeeld-")
        return JsonResponse({"html": preview_html(rendered), "findings": []})

    def save_model(self, request: HttpRequest, obj: CannedReply, form: CannedReplyForm, change: bool) -> None:
        save_reply(obj, body=form.cleaned_data["body"], by=request.user, now=timezone.now())

    def render_change_form(self, request: HttpRequest, context: dict, *args, **kwargs) -> HttpResponse:
        if reply := context.get("original"):
            context["versions"] = with_changes(reply)
        return super().render_change_form(request, context, *args, **kwargs)


def with_changes(reply: CannedReply) -> list[tuple]:
    """Return every version, newest first, with the lines that came and went since the one before: (version, [(sign, line)])."""
    versions = list(reply.versions.select_related("created_by__adviser").order_by("-number"))
    earlier = [*(version.body for version in versions[1:]), ""]
    return [(version, changed_lines(before, version.body)) for version, before in zip(versions, earlier, strict=True)]


def changed_lines(before: str, after: str) -> list[tuple[str, str]]:
    """Return the lines that differ, in order, each with "-" for gone or "+" for new."""
    lines = ndiff(before.splitlines(), after.splitlines())
    return [(line[0], line[2:]) for line in lines if line[0] in "+-" and line[2:].strip()]
