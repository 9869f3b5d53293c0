"""What all answers to readers share: nothing is stored on the way, and a database that is busy is told as it is."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from advice.choices import BUSY
from advice.same_site import is_from_here

RETRY_AFTER = "30"  # seconds


def came_from_here(request: HttpRequest) -> bool:
    """Whether a form was sent from a page of this site: see advice.same_site for why that is enough."""
    hosts = (settings.SITE_URL.partition("://")[2], request.get_host())
    return is_from_here(request.headers, hosts=hosts)


def never_stored(view: Callable) -> Callable:
    """For a page with a form of readers: no cache keeps it, and error reports leave out what was typed."""

    @csrf_exempt
    @sensitive_variables()
    @sensitive_post_parameters()
    @wraps(view)
    def marked(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store, private"
        return response

    return marked


def private(view: Callable) -> Callable:
    """For a page about one request: also found by no search engine, and its address is told to no other site."""

    @never_stored
    @wraps(view)
    def marked(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except BUSY:
            response = say_busy(request)
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers.setdefault("Referrer-Policy", "same-origin")
        return response

    return marked


def see_other(name: str, *args, query: str = "") -> HttpResponse:
    """Lead from a form that was sent to the page that tells what came of it: reloading that sends nothing."""
    return HttpResponse(status=303, headers={"Location": reverse(f"advice:{name}", args=args) + query})


def say_busy(request: HttpRequest) -> HttpResponse:
    """Say that nothing was stored or changed, with what was typed still in the page, ready to be sent again."""
    response = render(request, "advice/busy.html", {"posted": request.POST, "path": request.path}, status=503)
    response.headers["Retry-After"] = RETRY_AFTER
    return response
