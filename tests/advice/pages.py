"""Pages as a browser without scripts has them: their links, and their forms with what is filled in."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

SENT_BY_ITSELF = {"text", "email", "hidden", "search", ""}


@dataclass
class Form:
    action: str
    method: str
    values: dict[str, str] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)  # name and value of each button, "" without a name
    hidden: set[str] = field(default_factory=set)


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[str] = []
        self.inside = None
        self.textarea = ""

    def handle_starttag(self, tag, attributes):
        found = {name: value or "" for name, value in attributes}
        if tag == "a" and "href" in found:
            self.links.append(found["href"])
        elif tag == "form":
            self.inside = Form(found.get("action", ""), found.get("method", "get"))
            self.forms.append(self.inside)
        elif self.inside and tag == "button":
            self.inside.buttons.append((found.get("name", ""), found.get("value", "")))
        elif self.inside and tag == "input" and "name" in found:
            self._fill(found)
        elif self.inside and tag == "textarea" and "name" in found:
            self.textarea = found["name"]
            self.inside.values[self.textarea] = ""

    def _fill(self, found):
        kind = found.get("type", "")
        if kind == "hidden":
            self.inside.hidden.add(found["name"])
        if kind in SENT_BY_ITSELF or "checked" in found:
            self.inside.values[found["name"]] = found.get("value", "" if kind in SENT_BY_ITSELF else "on")

    def handle_data(self, data):
        if self.textarea:
            self.inside.values[self.textarea] += data

    def handle_endtag(self, tag):
        if tag == "form":
            self.inside = None
        elif tag == "textarea" and self.textarea:
            text = self.inside.values[self.textarea]
            self.inside.values[self.textarea] = text.removeprefix("\r\n").removeprefix("\n")  # as browsers do
            self.textarea = ""


def read_page(response) -> _Reader:
    """Return the links and forms of an answer."""
    reader = _Reader()
    reader.feed(response.content.decode())
    return reader


def form_at(response, action: str) -> Form:
    """Return the form of a page that is sent to `action`."""
    return next(form for form in read_page(response).forms if form.action == action)
