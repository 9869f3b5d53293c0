"""The pages of the questionnaire's desk as a browser has them: their addresses, what their form would post, and what they say."""

import re
from html import unescape
from html.parser import HTMLParser

from django.urls import reverse


class _Form(HTMLParser):
    """Reads what the form with this id, or the last one of the page, would post."""

    def __init__(self, form_id: str):
        super().__init__()
        self.form_id, self.fields, self.is_in, self.select, self.area = form_id, {}, False, "", ""

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if tag == "form":
            self.is_in = values.get("id") == self.form_id or not self.form_id
        if not self.is_in:
            return
        name, kind = values.get("name", ""), values.get("type", "text")
        if (
            tag == "input"
            and name
            and kind not in ("submit", "file")
            and (kind not in ("checkbox", "radio") or "checked" in values)
        ):
            self._add(name, values.get("value") or ("on" if kind == "checkbox" else ""))
        elif tag == "select":
            self.select, self.first = name, "multiple" not in values
        elif tag == "option" and self.select and "selected" in values:
            self._add(self.select, values["value"])
        elif tag == "textarea":
            self.area = name
            self._add(name, "")

    def handle_endtag(self, tag):
        if tag == "select":
            self.select = ""
        if tag == "textarea":
            self.area = ""
        if tag == "form":
            self.is_in = False

    def handle_data(self, data):
        if self.area and self.is_in:
            self.fields[self.area][-1] += data.removeprefix("\r\n").removeprefix("\n")

    def _add(self, name, value):
        self.fields.setdefault(name, []).append(value)


def url(model: str, page: str, *args, **query) -> str:
    address = reverse(f"admin:vitaminetest_{model}_{page}", args=args)
    return address + ("?" + "&".join(f"{name}={value}" for name, value in query.items()) if query else "")


def fields_of(response, form_id: str) -> dict[str, list[str]]:
    form = _Form(form_id)
    form.feed(response.content.decode())
    form.fields.pop("csrfmiddlewaretoken", None)
    return form.fields


def text_of(response) -> str:
    """Return the words of a page, without its tags."""
    html = re.sub(r"<(script|style|select)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def errors_of(response) -> list[str]:
    """Return what the page says of mistakes at fields and above rows, in its order."""
    lists = re.findall(r'<ul class="errorlist[^"]*"[^>]*>(.*?)</ul>', response.content.decode(), re.DOTALL)
    return [unescape(re.sub(r"<[^>]+>", "", item)) for found in lists for item in re.findall(r"<li>(.*?)</li>", found, re.DOTALL)]


def messages_of(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]
