"""The field in which advisers write: that of the articles, with its toolbar and its list of sources."""

from django import forms
from django.forms import Textarea


class AnswerWidget(Textarea):
    """`preview` is the address that makes the live preview; without one there is none."""

    template_name = "admin/widgets/markdown.html"

    class Media:
        css = {"all": ["css/admin/editor.css"]}
        js = [forms.Script("js/admin/editor.js", type="module")]

    def __init__(self, preview: str = "", attrs: dict | None = None):
        own = {"class": "markdownx-editor", "rows": 9, "data-markdownx-urls-path": preview, "autocomplete": "off"}
        super().__init__(own | (attrs or {}))
