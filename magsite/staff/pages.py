"""allauth's views as pages of the admin: its frame around them, staff only where a person is known, and never stored."""

import json
from collections.abc import Callable
from functools import wraps

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth import logout
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.cache import never_cache

from magsite.staff.factors import used_second_factor

NOT_STAFF = "Met dat account kun je niet bij het beheer. Meld je aan met een ander account, of vraag een beheerder."
View = Callable[..., HttpResponse]


def entrance(view: View) -> View:
    """A page for who isn't signed in yet, in the frame of the admin."""

    @wraps(view)
    def show(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if isinstance(response, TemplateResponse) and not response.is_rendered:
            context = response.context_data
            response.context_data = admin.site.each_context(request) | context | passkey_options(context)
        return response

    return never_cache(show)


def page_of_the_desk(view: View) -> View:
    """A page about one's own account, for staff only: `admin_view` sends others to sign in."""
    return admin.site.admin_view(entrance(view))


def passkey_options(context: dict) -> dict:
    """Return what static/js/admin/passkey.js asks the browser with; nothing when this person has no passkey to be asked for."""
    options = context.get("js_data", {})
    if "request_options" in options and not options["request_options"]["publicKey"].get("allowCredentials"):
        return {}
    return {"passkey_options": json.dumps(next(iter(options.values())), cls=DjangoJSONEncoder)} if options else {}


def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password, or a passkey. Who is signed in but may not be here gets to sign in as somebody else."""
    if request.user.is_authenticated and not admin.site.has_permission(request):
        logout(request)
        messages.error(request, NOT_STAFF)
    return entrance(account.login)(request)


def overview(request: HttpRequest) -> HttpResponse:
    """Show one's own password, factors and codes."""
    response = mfa.index(request)
    if isinstance(response, TemplateResponse):
        response.context_data["must_set_up"] = settings.REQUIRE_SECOND_FACTOR and not used_second_factor(request)
    return response


def download(request: HttpRequest) -> HttpResponse:
    response = recovery_codes.download_recovery_codes(request)
    if response.status_code == 200:
        response["Content-Disposition"] = 'attachment; filename="magsite-herstelcodes.txt"'
    return response


enter_code = entrance(mfa.authenticate)
sign_in_with_passkey = entrance(webauthn.login_webauthn)
inactive = entrance(account.account_inactive)

confirm_password = page_of_the_desk(account.reauthenticate)
confirm_code = page_of_the_desk(mfa.reauthenticate)
confirm_passkey = page_of_the_desk(webauthn.reauthenticate_webauthn)
own_account = page_of_the_desk(overview)
set_up_app = page_of_the_desk(totp.activate_totp)
remove_app = page_of_the_desk(totp.deactivate_totp)
show_codes = page_of_the_desk(recovery_codes.view_recovery_codes)
make_codes = page_of_the_desk(recovery_codes.generate_recovery_codes)
download_codes = page_of_the_desk(download)
add_passkey = page_of_the_desk(webauthn.add_webauthn)
rename_passkey = page_of_the_desk(webauthn.edit_webauthn)
remove_passkey = page_of_the_desk(webauthn.remove_webauthn)
