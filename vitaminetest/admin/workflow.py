"""The pages between the draft and readers: publish, withdraw, see a version, put one back. The verbs judge who may."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vitaminetest import publishing
from vitaminetest.admin.overview import Overview
from vitaminetest.checking import examine
from vitaminetest.checks import errors
from vitaminetest.definition_file import dump, from_data
from vitaminetest.difference import difference
from vitaminetest.drafts import definition_of, digest_of
from vitaminetest.models import Questionnaire, Version

REASON_LENGTH = Version._meta.get_field("reason").max_length
AGAINST_DRAFT = "concept"


class PublishForm(forms.Form):
    """The digest says which draft was looked at."""

    digest = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label="Wat is er veranderd, en waarom?",
        max_length=REASON_LENGTH,
        help_text="Komt bij de versie te staan. Lezers zien het niet.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label="Waarom?", max_length=REASON_LENGTH, help_text="Komt in het logboek.", widget=forms.Textarea(attrs={"rows": 2})
    )


class WorkflowPages:
    """Pages of QuestionnaireAdmin."""

    def get_urls(self) -> list:
        page = require_http_methods(["GET", "POST"])
        own = [
            ("<int:pk>/publiceren/", page(self.publish_view), "publish"),
            ("<int:pk>/intrekken/", page(self.withdraw_view), "withdraw"),
            ("<int:pk>/versies/<int:number>/", require_GET(self.version_view), "version"),
            ("<int:pk>/versies/<int:number>/terugzetten/", require_POST(self.restore_view), "restore"),
        ]
        view = self.admin_site.admin_view
        return [
            path(route, view(target), name=f"vitaminetest_questionnaire_{name}") for route, target, name in own
        ] + super().get_urls()

    def publish_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        questionnaire = self.found(request, pk, publish=True)
        definition = definition_of(questionnaire)
        form = PublishForm(request.POST or None, initial={"digest": digest_of(definition)})
        if form.is_valid() and self._publish(request, questionnaire, form):
            return redirect("admin:vitaminetest_questionnaire_change", pk)
        findings = examine(definition).findings
        live = from_data(questionnaire.live.definition) if questionnaire.live else None
        context = {
            "remarks": Overview(questionnaire, definition).remarks(findings),
            "errors_left": len(errors(findings)),
            "lines": difference(live, definition) if live else (),
            "is_first": live is None,
        }
        return self._page(request, questionnaire, "publish", title=f"{questionnaire} publiceren", form=form, **context)

    def _publish(self, request: HttpRequest, questionnaire: Questionnaire, form: forms.Form) -> bool:
        given = form.cleaned_data
        before = questionnaire.live
        try:
            version = publishing.publish_draft(
                questionnaire, by=request.user, reason=given["reason"], expected_digest=given["digest"]
            )
        except publishing.PublishRefused:
            form.add_error(None, "Er is niet gepubliceerd, want er zijn nog fouten. Ze staan hieronder.")
            return False
        except publishing.DraftChanged as changed:
            form.data = form.data | {"digest": digest_of(definition_of(Questionnaire.objects.get(pk=questionnaire.pk)))}
            form.add_error(None, str(changed))
            return False
        if version == before:
            messages.info(request, f"Er verandert niets: lezers doen al versie {version.number}.")
        else:
            self.log_change(request, questionnaire, f"Versie {version.number} gepubliceerd.")
            messages.success(request, f"Versie {version.number} is gepubliceerd. Lezers doen vanaf nu deze.")
        return True

    def withdraw_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        questionnaire = self.found(request, pk, publish=True)
        form = WithdrawForm(request.POST or None)
        if form.is_valid():
            if publishing.withdraw(questionnaire, by=request.user):
                self.log_change(request, questionnaire, f"Ingetrokken: {form.cleaned_data['reason']}")
                messages.success(request, "De test is ingetrokken. Lezers vinden hem niet meer; de versies en het concept blijven.")
            else:
                messages.info(request, "Lezers zien deze test nu niet: er viel niets in te trekken.")
            return redirect("admin:vitaminetest_questionnaire_change", pk)
        return self._page(request, questionnaire, "withdraw", title=f"{questionnaire} intrekken", form=form)

    def version_view(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        """A version as a file, and what differs from the one before it or from the draft."""
        questionnaire = self.found(request, pk)
        version = get_object_or_404(questionnaire.versions.select_related("published_by"), number=number)
        definition = from_data(version.definition)
        earlier = questionnaire.versions.filter(number__lt=number).order_by("-number").first()
        is_against_draft = request.GET.get("tegen") == AGAINST_DRAFT
        if is_against_draft:
            lines = difference(definition, definition_of(questionnaire))
        else:
            lines = difference(from_data(earlier.definition), definition) if earlier else ()
        context = {"version": version, "earlier": earlier, "lines": lines, "is_against_draft": is_against_draft}
        context |= {"text": dump(definition), "may_write": self.has_change_permission(request, questionnaire)}
        return self._page(request, questionnaire, "version", title=f"{questionnaire}, versie {number}", **context)

    def restore_view(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        questionnaire = self.found(request, pk, write=True)
        get_object_or_404(questionnaire.versions, number=number)
        publishing.restore(questionnaire, number, by=request.user)
        self.log_change(request, questionnaire, f"Versie {number} teruggezet als concept.")
        messages.success(request, f"Versie {number} staat weer in het concept. Voor lezers is er nog niets veranderd.")
        return redirect("admin:vitaminetest_questionnaire_change", pk)

    def _page(self, request: HttpRequest, questionnaire: Questionnaire, name: str, *, title: str, **context) -> HttpResponse:
        context |= {**self.admin_site.each_context(request), "title": title, "questionnaire": questionnaire, "opts": self.opts}
        return TemplateResponse(request, f"admin/vitaminetest/questionnaire/{name}.html", context)
