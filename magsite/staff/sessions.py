"""How long somebody stays signed in: a limit on doing nothing, and one on the whole session."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from magsite.staff.gate import is_of_the_desk

KEY = "staff_session"  # in the session: the moments of signing in and of the last page, in seconds
NOTE_EVERY = 300  # seconds: a write to the database for every page would be too many
BY_ITSELF = "/aanwezig/"  # what an open page asks every few seconds, also when nobody sits before it
ENDED = (
    "Je bent afgemeld, omdat je een tijd niets hebt gedaan of lang geleden was aangemeld. Meld je opnieuw aan om verder te gaan."
)


def begin_session(sender, request: HttpRequest, user, **kwargs) -> None:
    """Note when somebody signed in; called by Django's signal."""
    now = int(time.time())
    request.session[KEY] = [now, now]


class SessionLimitsMiddleware:
    """Signs off whoever did nothing under /beheer/ for too long, or signed in too long ago; the request goes on as nobody's.

    Readers' pages don't count and aren't touched: they neither read a session nor vary with one.
    """

    def __init__(self, get_response: Callable):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if is_of_the_desk(request) and request.user.is_authenticated:
            since, seen = request.session.get(KEY, (0, 0))
            now = int(time.time())
            if now - since >= settings.SESSION_COOKIE_AGE or now - seen >= settings.SESSION_IDLE_MINUTES * 60:
                logout(request)
                messages.warning(request, ENDED)
            elif now - seen >= NOTE_EVERY and not request.path.endswith(BY_ITSELF):
                request.session[KEY] = [since, now]
        return self.get_response(request)
