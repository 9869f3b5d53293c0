"""A form that is sent too late loses nothing: the page that asks to sign in again, or to send again, carries what was typed.

It stands in hidden fields, so it needs no script and no table, is nowhere but with whoever typed it, and goes to the same address
as before. What looks after a form there (who may, whether somebody saved in between) still does. Signing in happens on a tab of its
own: it may take a second factor, and the page with the text waits.
"""

from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

SECRETS = ("password", "code")  # parts of the names of fields that are typed again: no page is sent with a secret in it
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of a field


def kept_fields(post: QueryDict) -> list[tuple[str, str]]:
    """Return what was typed in a form as (name, value), in its order; without tokens, secrets and files."""
    return [(name, value) for name, values in post.lists() if _is_kept(name) for value in values]


def _is_kept(name: str) -> bool:
    return name != TOKEN and not any(secret in name for secret in SECRETS)


def ask_to_sign_in(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """Return the page that leads to signing in, on another tab, and from which the form can be sent after that."""
    kept = kept_fields(request.POST)
    page = {"kept": kept, "has_files": bool(request.FILES), "address": request.get_full_path()}
    context = {**site.each_context(request), "username": request.user.get_username(), **page}
    return _not_stored(render(request, "admin/kept_form.html", context, status=403))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the token of a form is not the one of now, mostly because somebody signed in again on another tab.

    A form that a page of ours sent can be sent again from here. One that came from elsewhere can't: that is what the token is for.
    """
    own = {settings.SITE_URL, f"{request.scheme}://{request.get_host()}"}
    kept = kept_fields(request.POST) if request.headers.get("Origin") in own else []
    page = {"kept": kept, "has_files": bool(request.FILES), "address": request.get_full_path()}
    return _not_stored(render(request, "403_csrf.html", page, status=403))


def _not_stored(response: HttpResponse) -> HttpResponse:
    add_never_cache_headers(response)
    return response
