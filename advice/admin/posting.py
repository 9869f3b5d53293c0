"""Every button of the desk: what was being written is kept first, whoever presses it and in whatever state their session is."""

from collections.abc import Callable
from contextlib import suppress
from functools import wraps

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from advice import drafting
from advice.drafting import Ticket
from advice.permissions import HANDLE, require

KEPT = "Je tekst is bewaard als concept en staat klaar."
AGAIN = "Doe het nog een keer."


class GuardedPosts:
    """`guarded` for the POST views of AdviceRequestAdmin, in the place of the site's admin_view alone."""

    def guarded(self, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        """Let `view` do its work for somebody who may, from a page of ours. The answer that was being written is a draft by then,
        also when the session has ended or its token is an old one; other forms are kept by the site (admin_view)."""

        def permitted(http: HttpRequest, **more) -> HttpResponse:
            require(http.user, HANDLE)
            return view(http, **more)

        inner = self.admin_site.admin_view(permitted)

        @csrf_exempt  # the token is looked at below, and by `inner`, after the draft is safe
        @wraps(view)
        def keep_first(http: HttpRequest, pk: int, **more) -> HttpResponse:
            if http.method != "POST":
                return HttpResponseNotAllowed(["POST"])
            ticket = drafting.read_ticket(http.POST.get("ticket", ""), request_id=pk)
            address = reverse("admin:advice_advicerequest_change", args=[pk])
            if ticket and http.POST.get("body", "").strip():
                keep_typed(http, ticket)
                if not self.admin_site.has_permission(http):
                    messages.warning(http, f"Je bent niet meer aangemeld. {KEPT}")
                    return redirect_to_login(address, reverse("admin:login"))
                if _is_forged(http):
                    messages.warning(http, f"Er is nog niets gebeurd: je hebt je intussen opnieuw aangemeld. {KEPT} {AGAIN}")
                    return redirect(address)
            if ticket and http.user.is_authenticated and ticket.user_id != http.user.pk:
                messages.error(http, f"Er is niets gebeurd: deze pagina was van een ander, en jij bent {http.user}.")
                return redirect(address)
            return inner(http, pk=pk, **more)

        return keep_first


def keep_typed(http: HttpRequest, ticket: Ticket) -> None:
    """Save the answer that is being written, when the page that was posted holds another than it was opened with."""
    text = drafting.as_typed(http.POST["body"])
    if not drafting.is_changed(ticket, text):
        return
    with suppress(PermissionDenied):  # the page itself will say so
        drafting.keep_draft(ticket, text=text, base_version=base_version(http), now=timezone.now())


def base_version(http: HttpRequest) -> int:
    """Return the version of the request as the posted page showed it; 0, which never is one, for nonsense."""
    typed = http.POST.get("base_version", "")
    return int(typed) if typed.isdecimal() and len(typed) < 10 else 0


class _Check(CsrfViewMiddleware):
    def _reject(self, request, reason):
        return reason


def _is_forged(http: HttpRequest) -> bool:
    """Whether the token is missing or not the one of now. Says nothing yet: an old page is no attack."""
    check = _Check(lambda request: None)
    check.process_request(http)
    return check.process_view(http, None, (), {}) is not None
