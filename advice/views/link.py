"""The private link from a mail. Opening it shows a question about the e-mail address, and nothing else."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from advice.access import find_link, token_of
from advice.changing import DeskRefused
from advice.forms import AddressForm, tidy
from advice.models import AccessLink
from advice.opening import TooManyTries, ask_new_link, open_link
from advice.ports import surroundings
from advice.tokens import read_door
from advice.views.answers import came_from_here, private, see_other
from advice.views.conversation import back_to_conversation, send_reply
from advice.views.gate import ask_address, find_link_by_id, let_in

WRONG = "Dit adres hoort niet bij deze vraag. Typ het adres waarmee je de vraag stelde."


@require_http_methods(["GET", "HEAD", "POST"])
@private
def open_page(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for the address, and open the request when it is the right one. After that no address in the browser holds the token."""
    now = timezone.now()
    link = find_link(token)
    if link is None or not link.works(now):
        response = render(request, "advice/link_gone.html", {"form": AddressForm(), "token": token}, status=404)
    elif request.method == "POST":
        response = _try(request, link, token, now=now)
    else:
        response = render(request, "advice/link.html", {"form": AddressForm(), "token": token})
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@require_POST
@private
def new_link(request: HttpRequest, token: str) -> HttpResponse:
    """Send a new link if the address fits; say the same in any case."""
    form = AddressForm(request.POST)
    status = 422
    if form.is_valid() and came_from_here(request):
        try:
            network = surroundings().network_of(request)
            ask_new_link(find_link(token), typed=form.cleaned_data["email"], network=network, now=timezone.now())
            return see_other("link_asked")
        except TooManyTries as error:
            form.add_error("email", str(error))
            status = 429
    context = {"form": form, "token": token, "body": tidy(request.POST.get("body", ""))}
    response = render(request, "advice/link_gone.html", context, status=status)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@require_POST
@private
def reopen(request: HttpRequest) -> HttpResponse:
    """Let a reader whose half hour is over in again, and send what they wrote."""
    now = timezone.now()
    link = find_link_by_id(read_door(request.POST.get("door", "")))
    if link is None or not link.works(now):
        context = {"form": AddressForm(), "token": token_of(link) if link else "-", "body": request.POST.get("body", "")}
        return render(request, "advice/link_gone.html", context, status=404)
    form = AddressForm(request.POST)
    if status := _refusal(request, form, link, now=now):
        return ask_address(request, form=form, status=status)
    if not request.POST.get("body", "").strip():
        return let_in(back_to_conversation(), link, now=now)
    return let_in(send_reply(request, link, now), link, now=now)


def _try(request: HttpRequest, link: AccessLink, token: str, *, now: datetime) -> HttpResponse:
    form = AddressForm(request.POST)
    if status := _refusal(request, form, link, now=now):
        return render(request, "advice/link.html", {"form": form, "token": token}, status=status)
    return let_in(back_to_conversation(), link, now=now)


def _refusal(request: HttpRequest, form: AddressForm, link: AccessLink, *, now: datetime) -> int:
    """Open the request and return 0, or the status of a page that says with the field why not."""
    if not form.is_valid():
        return 422
    if not came_from_here(request):
        form.add_error("email", "Verstuur dit formulier vanaf deze pagina.")
        return 403
    try:
        if open_link(link, typed=form.cleaned_data["email"], network=surroundings().network_of(request), now=now):
            return 0
    except DeskRefused as error:
        form.add_error("email", str(error))
        return 429
    form.add_error("email", WRONG)
    return 422
