"""The page of one request, and what its reader does there."""

import uuid
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from advice import reader
from advice.changing import DeskRefused
from advice.forms import ReplyForm
from advice.models import AccessLink, AdviceRequest
from advice.models.request import LONGEST_QUESTION
from advice.tokens import make_door
from advice.views.answers import see_other
from advice.views.gate import for_reader

# What the page may say after something was done; the address holds the word and no more.
DONE = {
    "reactie": "Je reactie is verstuurd. We antwoorden je per mail.",
    "gesloten": "Je vraag is gesloten. Bedankt dat je het liet weten.",
    "beoordeeld": "Bedankt voor je oordeel.",
}


@for_reader("GET", "HEAD")
def show(request: HttpRequest, link: AccessLink, now: datetime) -> HttpResponse:
    return show_conversation(request, link, now)


@for_reader("POST")
def reply(request: HttpRequest, link: AccessLink, now: datetime) -> HttpResponse:
    return send_reply(request, link, now)


@for_reader("POST")
def close(request: HttpRequest, link: AccessLink, now: datetime) -> HttpResponse:
    reader.close(link.request, now=now)
    return back_to_conversation("gesloten")


@for_reader("POST")
def rate(request: HttpRequest, link: AccessLink, now: datetime) -> HttpResponse:
    """Keep the first judgement; a second one changes nothing and is told the same."""
    try:
        reader.rate(link.request, rating=int(request.POST.get("rating", "")), now=now)
    except ValueError:  # no number, or one that is no judgement
        return back_to_conversation()
    return back_to_conversation("beoordeeld")


def send_reply(request: HttpRequest, link: AccessLink, now: datetime) -> HttpResponse:
    """Store what the reader wrote, or show it again with why it was not."""
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return show_conversation(request, link, now, form=form, status=422)
    try:
        data = form.cleaned_data
        reader.reply_on_page(link.request, body=data["body"], submission_id=data["submission_id"], now=now)
    except DeskRefused as error:
        form.add_error("body", str(error))
        return show_conversation(request, link, now, form=form, status=429 if isinstance(error, reader.TooManyReplies) else 409)
    return back_to_conversation("reactie")


def show_conversation(
    request: HttpRequest, link: AccessLink, now: datetime, *, form: ReplyForm | None = None, status: int = 200
) -> HttpResponse:
    asked = link.request
    messages = list(asked.messages.shown_to_reader(now).order_by("number"))
    has_answer = any(message.is_answer for message in messages)
    context = {
        "asked": asked,
        "messages_shown": messages,
        "has_sources": any(message.sources for message in messages),
        "may_rate": has_answer and asked.rating is None,
        "ratings": AdviceRequest.Rating.choices[::-1],
        "rated": asked.get_rating_display() or "",
        "form": form or ReplyForm(initial={"submission_id": uuid.uuid4()}),
        "door": make_door(link.pk, now=now),
        "done": DONE.get(request.GET.get("gelukt", ""), ""),
        "is_late": asked.due_at is not None and asked.due_at <= now,
        "longest": LONGEST_QUESTION,
    }
    return render(request, "advice/conversation.html", context, status=status)


def back_to_conversation(done: str = "") -> HttpResponse:
    return see_other("conversation", query=f"?gelukt={done}" if done else "")
