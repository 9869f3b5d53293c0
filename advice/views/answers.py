"""What all answers to readers share: nothing is stored on the way, and a database that is busy is told as it is."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from advice.choices import BUSY
from advice.models.request import LONGEST_QUESTION
from advice.same_site import is_from_here

RETRY_AFTER = "30"  # seconds
MOST_READ_AWAY = 50_000_000  # bytes


def came_from_here(request: HttpRequest) -> bool:
    """Whether a form was sent from a page of this site: see advice.same_site for why that is enough."""
    hosts = (settings.SITE_URL.partition("://")[2], request.get_host())
    return is_from_here(request.headers, hosts=hosts)


def never_stored(view: Callable) -> Callable:
    """For a page with a form of readers: no cache keeps it, error reports leave out what was typed, no size breaks it."""

    @csrf_exempt
    @sensitive_variables()
    @sensitive_post_parameters()
    @wraps(view)
    def marked(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except RequestDataTooBig:
            response = say_too_large(request)
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


def say_too_large(request: HttpRequest) -> HttpResponse:
    """Refuse a body that is too large to keep, after reading it: a browser that is cut off while it sends shows no answer."""
    for _ in range(MOST_READ_AWAY // 65_536):
        if not request.read(65_536):
            break
    return render(request, "advice/too_large.html", {"longest": LONGEST_QUESTION}, status=413)


def say_busy(request: HttpRequest) -> HttpResponse:
    """Say that nothing was stored or changed, with what was typed still in the page, ready to be sent again."""
    response = render(request, "advice/busy.html", {"posted": request.POST, "path": request.path}, status=503)
    response.headers["Retry-After"] = RETRY_AFTER
    return response
