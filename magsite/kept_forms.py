"""A form that is sent too late loses nothing: the page that asks to sign in again, or to send again, carries what was typed.

It stands in hidden fields, so it needs no script and no table, is nowhere but with whoever typed it, and goes to the same address
as before. What looks after a form there (who may, whether somebody saved in between) still does.
"""

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

LOGIN = "login"  # the prefix of the fields that ask who you are, so that no form has fields with the same names
SECRET = "password"  # noqa: S105 - a part of the names of fields that are typed again: no page is sent with a password in it
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of a field


def kept_fields(post: QueryDict) -> list[tuple[str, str]]:
    """Return what was typed in a form as (name, value), in its order; without tokens, passwords and files."""
    return [(name, value) for name, values in post.lists() if _is_kept(name) for value in values]


def _is_kept(name: str) -> bool:
    return name != TOKEN and SECRET not in name and not name.startswith(f"{LOGIN}-")


def sign_in_again(request: HttpRequest, site: AdminSite) -> HttpResponse | None:
    """Return the page on which whoever sent this form signs in, with the form on it; None when they just did, and it can go on."""
    has_signed_in = f"{LOGIN}-{SECRET}" in request.POST
    form = AdminAuthenticationForm(request, request.POST if has_signed_in else None, prefix=LOGIN)
    kept = kept_fields(request.POST)
    if form.is_valid():
        login(request, form.get_user())
        request.POST = _posted(kept)
        return None
    page = {"form": form, "kept": kept, "has_files": bool(request.FILES), "app_path": request.get_full_path()}
    context = {**site.each_context(request), "title": "Aanmelden", "username": request.user.get_username(), **page}
    return _not_stored(render(request, "admin/login.html", context, status=403))


def _posted(fields: list[tuple[str, str]]) -> QueryDict:
    post = QueryDict(mutable=True)
    for name, value in fields:
        post.appendlist(name, value)
    return post


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
