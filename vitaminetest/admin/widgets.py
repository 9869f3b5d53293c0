"""The field in which editors write the texts of a questionnaire: that of the articles, with its toolbar and its list of sources."""

from django import forms
from django.urls import reverse_lazy

PREVIEW = reverse_lazy("admin:vitaminetest_questionnaire_preview")


class MarkdownWidget(forms.Textarea):
    template_name = "admin/widgets/markdown.html"

    class Media:
        css = {"all": ["css/admin/editor.css"]}
        js = [forms.Script("js/admin/editor.js", type="module")]

    def __init__(self, attrs: dict | None = None):
        own = {"class": "markdownx-editor", "rows": 7, "data-markdownx-urls-path": PREVIEW, "autocomplete": "off"}
        super().__init__(own | (attrs or {}))
