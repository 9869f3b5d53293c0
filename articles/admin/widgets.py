"""The Markdown field: markdownx's widget with our own template and our own script.

The widget's own script starts once, traps the Tab key, takes over dropping of files everywhere on the page and can't number
sources over the whole article; static/js/admin/ does what it does without that. Its data attributes stay, so its settings keep
their meaning.
"""

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from markdownx.widgets import MarkdownxWidget

MODULES = ("editor",)


class MarkdownWidget(MarkdownxWidget, AdminTextareaWidget):
    template_name = "admin/widgets/markdown.html"

    class Media:
        extend = False
        css = {"all": ["css/admin/editor.css"]}
        js = [forms.Script(f"js/admin/{name}.js", type="module") for name in MODULES]
