"""Redirects in the admin: one at a time, or a pasted list."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect as go_to
from django.template.response import TemplateResponse
from django.urls import path

from articles.models import Redirect
from articles.redirects import MOST_LINES, LinesRefused, RedirectRefused, address_of, check_redirect, save_lines, save_redirect


class RedirectForm(forms.ModelForm):
    """The old path and the new address, as typed; `check_redirect` judges them together."""

    to = forms.CharField(
        label="Naar",
        max_length=500,
        help_text=(
            "Het adres van een artikel of andere pagina van deze site: /artikelen/magnesium/. "
            "Verhuist het artikel later, dan gaat de doorverwijzing mee."
        ),
    )

    class Meta:
        model = Redirect
        fields = ["path"]
        help_texts = {"path": "Zoals /blog/magnesium/. Een heel webadres plakken mag: alleen het pad telt."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk and "to" in self.fields:
            self.fields["to"].initial = address_of(self.instance)

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("path") and cleaned.get("to"):
            try:
                cleaned["path"] = check_redirect(cleaned["path"], cleaned["to"]).path
            except RedirectRefused as refused:
                self.add_error(refused.field, str(refused))
        return cleaned


class LinesForm(forms.Form):
    lines = forms.CharField(
        label="Eén doorverwijzing per regel",
        widget=forms.Textarea(attrs={"rows": 14, "cols": 80, "spellcheck": "false"}),
        help_text=f"Het oude pad, een puntkomma en het nieuwe adres, of twee kolommen uit een rekenblad; hooguit {MOST_LINES}.",
    )


@admin.register(Redirect)
class RedirectAdmin(admin.ModelAdmin):
    form = RedirectForm
    list_display = ["path", "leads_to", "created_by", "created_at"]
    list_select_related = ["created_by"]
    search_fields = ["path", "target", "article__title"]
    show_full_result_count = False
    fieldsets = [
        (
            None,
            {
                "fields": ["path", "to"],
                "description": (
                    "Voor adressen die deze site niet kent, zoals die van een vorige site. Een pagina die er is, gaat altijd voor. "
                    "Verandert het adres van een artikel, dan leidt het oude adres vanzelf door: dat hoeft hier niet."
                ),
            },
        )
    ]

    def get_queryset(self, request: HttpRequest):
        heavy = [f"article__live__{column}" for column in ("rendered", "source")]
        return super().get_queryset(request).select_related("article__live").defer(*heavy)

    def get_readonly_fields(self, request: HttpRequest, obj: Redirect | None = None) -> list[str]:
        return [] if self.has_change_permission(request, obj) else ["leads_to"]

    def get_fieldsets(self, request: HttpRequest, obj: Redirect | None = None) -> list:
        if obj is None or self.has_change_permission(request, obj):
            return super().get_fieldsets(request, obj)
        return [(None, {"fields": ["path", "leads_to"]})]

    @admin.display(description="naar")
    def leads_to(self, row: Redirect) -> str:
        is_waiting = row.article and not row.article.live
        return f"{address_of(row)} (werkt nog niet: lezers zien dit artikel niet)" if is_waiting else address_of(row)

    def save_model(self, request: HttpRequest, obj: Redirect, form: RedirectForm, change: bool) -> None:
        save_redirect(form.cleaned_data["path"], form.cleaned_data["to"], by=request.user, redirect=obj)

    # A pasted list

    def get_urls(self) -> list:
        return [path("plakken/", self.admin_site.admin_view(self.lines_view), name="articles_redirect_lines"), *super().get_urls()]

    def lines_view(self, request: HttpRequest) -> HttpResponse:
        """Make a redirect of every line of a pasted list; when one is wrong none is made, and the text stays."""
        if not (self.has_add_permission(request) and self.has_change_permission(request)):
            raise PermissionDenied
        form = LinesForm(request.POST or None)
        if form.is_valid():
            try:
                made = save_lines(form.cleaned_data["lines"], by=request.user)
            except LinesRefused as refused:
                form.add_error("lines", refused.messages)
            else:
                messages.success(request, "1 doorverwijzing is gemaakt." if made == 1 else f"{made} doorverwijzingen zijn gemaakt.")
                return go_to("admin:articles_redirect_changelist")
        context = self.admin_site.each_context(request) | {"title": "Doorverwijzingen plakken", "form": form, "opts": self.opts}
        return TemplateResponse(request, "admin/articles/redirect/lines.html", context)
