"""Who may see a request: the browser holds a pass for a link that still works. Every form also carries the door of its own link."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from advice.forms import AddressForm, tidy
from advice.models import AccessLink
from advice.tokens import COOKIE, PASS_LASTS, make_pass, read_door, read_pass
from advice.views.answers import came_from_here, private


def for_reader(*methods: str) -> Callable:
    """Let a view have the link and the time, `view(request, link, now)`, when the reader has opened their request.

    A form needs three things: it was sent from this site, it is one of ours, and it belongs to the request that is open. If not,
    the reader types their address again, and what they wrote waits in the page.
    """

    def decorate(view: Callable) -> Callable:
        @require_http_methods(methods)
        @private
        @wraps(view)
        def guarded(request: HttpRequest) -> HttpResponse:
            now = timezone.now()
            link = find_open_link(request, now=now)
            if request.method == "POST" and not (link and came_from_here(request) and _door_of(request) == link.pk):
                return ask_address(request, status=403)
            if link is None:
                return render(request, "advice/closed_door.html", status=403)
            response = view(request, link, now)
            return response if COOKIE in response.cookies else let_in(response, link, now=now)

        return guarded

    return decorate


def find_open_link(request: HttpRequest, *, now: datetime) -> AccessLink | None:
    """Return the link whose pass the browser holds, if both are still good."""
    link = find_link_by_id(read_pass(request.COOKIES.get(COOKIE, ""), now=now))
    return link if link and link.works(now) else None


def find_link_by_id(link_id: int | None) -> AccessLink | None:
    found = AccessLink.objects.select_related("request__topic", "request__consent", "request__assignee__adviser")
    return found.filter(pk=link_id).first() if link_id else None


def let_in(response: HttpResponse, link: AccessLink, *, now: datetime) -> HttpResponse:
    """Give the browser a pass for half an hour, for these pages only. Each page gives a new one."""
    response.set_cookie(
        COOKIE,
        make_pass(link.pk, now=now),
        max_age=PASS_LASTS,
        path=reverse("advice:request"),
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )
    return response


def let_out(response: HttpResponse) -> HttpResponse:
    response.delete_cookie(COOKIE, path=reverse("advice:request"), samesite="Lax")
    return response


def ask_address(request: HttpRequest, *, form: AddressForm | None = None, status: int) -> HttpResponse:
    """Ask for the address again, with what the reader wrote still in the page."""
    context = {
        "form": form or AddressForm(),
        "door": request.POST.get("door", ""),
        "submission_id": request.POST.get("submission_id", ""),
        "body": tidy(request.POST.get("body", "")),
    }
    return render(request, "advice/ask_address.html", context, status=status)


def _door_of(request: HttpRequest) -> int | None:
    return read_door(request.POST.get("door", ""))
