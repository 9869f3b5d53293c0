"""A reader takes everything that is kept about their request along, wipes it out, or leaves."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from advice import auditing, reader
from advice.erasing import erase
from advice.forms import EraseForm
from advice.models import AccessLink
from advice.tokens import make_door
from advice.views.answers import see_other
from advice.views.gate import for_reader, let_out


@for_reader("POST")
def download(request: HttpRequest, link: AccessLink, now: datetime) -> HttpResponse:
    """Give everything as a file. A POST, since it is written down."""
    copy = reader.take_copy(link.request, now=now)
    response = JsonResponse(copy, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response.headers["Content-Disposition"] = f'attachment; filename="adviesvraag-{link.request.reference}.json"'
    return response


@for_reader("GET", "HEAD", "POST")
def erase_page(request: HttpRequest, link: AccessLink, now: datetime) -> HttpResponse:
    """Ask whether the reader is sure; wipe everything out when they have said so."""
    form = EraseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        erase(link.request, by=auditing.READER, now=now, because="op verzoek van de lezer")
        return let_out(see_other("erased"))
    context = {"form": form, "asked": link.request, "door": make_door(link.pk, now=now)}
    return render(request, "advice/erase.html", context, status=422 if form.is_bound else 200)


@for_reader("POST")
def leave(request: HttpRequest, link: AccessLink, now: datetime) -> HttpResponse:
    return let_out(see_other("left"))
