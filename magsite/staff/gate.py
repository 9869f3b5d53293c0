"""No further than the door without a second factor: who knows only a password gets to see one's own account, and nothing else."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from magsite.staff.factors import has_second_factor, used_second_factor

ALWAYS = {"admin:logout"}
# Who has no factor yet may set one up; who has one may only use it. Neither may see codes or take a factor away.
SETTING_UP = {"mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "account_reauthenticate"}
USING = {"mfa_reauthenticate", "mfa_reauthenticate_webauthn"}


class SecondFactorMiddleware:
    """With REQUIRE_SECOND_FACTOR: sends staff who used no second factor in this session away from every page under /beheer/."""

    def __init__(self, get_response: Callable):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        if not settings.REQUIRE_SECOND_FACTOR or not is_of_the_desk(request) or not request.user.is_authenticated:
            return None
        page = request.resolver_match.view_name
        if page in ALWAYS or used_second_factor(request):
            return None
        allowed, destination = (USING, "mfa_reauthenticate") if has_second_factor(request.user) else (SETTING_UP, "mfa_index")
        if page in allowed:
            return None
        return redirect(f"{reverse(destination)}?{urlencode({'next': request.get_full_path()})}")


def is_of_the_desk(request: HttpRequest) -> bool:
    return request.path.startswith(reverse("admin:index"))
