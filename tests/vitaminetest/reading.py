"""A reader without scripts before the questionnaire: posts what stands in the page that they have."""

import html
import re

from django.test import Client

ADDRESS = "/vitaminetest/"


class Reader:
    """Presses buttons by what they send, with what is typed in the fields of the questions. `page` is the last answer."""

    def __init__(self, client: Client):
        self.client = client
        self.page = client.get(ADDRESS)

    def press(self, go: str, **typed) -> "Reader":
        """`typed` is by key of a question, with _ for a hyphen."""
        fields = {f"answer-{key.replace('_', '-')}": value for key, value in typed.items()}
        state = {"state": self.state} if self.state else {}
        self.page = self.client.post(ADDRESS, {"go": go} | state | fields)
        return self

    def answer(self, **typed) -> "Reader":
        """Answer questions one after the other."""
        for key, value in typed.items():
            self.press("next", **{key: value})
        return self

    @property
    def text(self) -> str:
        return self.page.content.decode()

    @property
    def state(self) -> str:
        found = re.search(r'name="state" value="([^"]*)"', self.text.partition("<template")[0])
        return html.unescape(found[1]) if found else ""

    @property
    def title(self) -> str:
        return html.unescape(re.search(r"<title>(.*?)</title>", self.text)[1]).partition(" · ")[0]

    def values(self, pattern: str) -> list[str]:
        return [html.unescape(found) for found in re.findall(pattern, self.text)]
