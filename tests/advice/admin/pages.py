"""The page of a request as a browser has it: its addresses, what it would post, and what it says."""

import re
from html import unescape

from django.urls import reverse

from advice.models import AdviceRequest, AuditEvent

QUEUE = "/beheer/advice/advicerequest/"


def url(name: str, request: AdviceRequest, *more) -> str:
    return reverse(f"admin:advice_advicerequest_{name}", args=[request.pk, *more])


def page_of(client, request: AdviceRequest) -> dict[str, str]:
    """Open the page and return the hidden fields of its form, with the answer as it stands in the text field."""
    return fields_of(client.get(url("change", request)))


def fields_of(response) -> dict[str, str]:
    html = response.content.decode()
    form = re.search(r'<form method="post" id="antwoord-formulier".*?</form>', html, re.DOTALL)[0]
    found = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
    text = re.search(r'<textarea name="body".*?>\n?(.*?)</textarea>', html, re.DOTALL)
    return found | ({"body": unescape(text[1])} if text else {})


def text_of(response) -> str:
    """Return the words of a page, without its tags."""
    return words(response.content.decode())


def part_of(response, start: str) -> str:
    """Return the words of the element that has `start` in its tag."""
    found = re.search(rf"<(\w+)[^>]*{re.escape(start)}.*?</\1>", response.content.decode(), re.DOTALL)
    return words(found[0]) if found else ""


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def messages_of(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def events(*actions: str) -> list[tuple[str, str]]:
    """Return (actor, action) of the log in order, of these actions only when some are given."""
    found = AuditEvent.objects.filter(action__in=actions) if actions else AuditEvent.objects.all()
    return list(found.order_by("number").values_list("actor", "action"))
