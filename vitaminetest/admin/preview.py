"""The live preview of a Markdown text of a questionnaire, from the renderer that readers get."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.template.loader import render_to_string
from django.urls import path
from django.views.decorators.http import require_POST

from vitaminetest.definition import Definition
from vitaminetest.published import open_links
from vitaminetest.publishing import WRITE_PERMISSION
from vitaminetest.rendering import render_texts
from vitaminetest.shown import INTRO


class PreviewPage:
    """A page of QuestionnaireAdmin. The text is the field that the form names; nothing is saved."""

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(require_POST(self.preview_view))
        return [path("voorbeeld/", view, name="vitaminetest_questionnaire_preview"), *super().get_urls()]

    def preview_view(self, request: HttpRequest) -> JsonResponse:
        if not request.user.has_perm(WRITE_PERMISSION):
            raise PermissionDenied
        typed = request.POST.get(request.POST.get("field", ""), "").replace("\r\n", "\n")
        texts, _ = render_texts(Definition("", intro=typed))
        text = open_links({INTRO: texts[INTRO]})[INTRO]
        html = render_to_string("admin/vitaminetest/preview.html", {"text": text}) if text.html else ""
        return JsonResponse({"html": html, "findings": []})
