"""The list of colleagues: who has a second factor, and taking it away from somebody who lost it."""

from allauth.account.decorators import reauthentication_required
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path

from magsite.staff.audit import write_down
from magsite.staff.factors import FACTORS, NAMES, remove_second_factor


class ColleagueAdmin(UserAdmin):
    list_display = ("username", "first_name", "last_name", "email", "is_staff", "has_factor")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        factors = Authenticator.objects.filter(user=OuterRef("pk"), type__in=FACTORS)
        return super().get_queryset(request).annotate(has_factor=Exists(factors))

    @admin.display(description="tweede factor", boolean=True, ordering="has_factor")
    def has_factor(self, user: User) -> bool:
        return user.has_factor

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Only a superuser changes a superuser: with a new password and no second factor one could sign in as them."""
        return super().has_change_permission(request, obj) and may_touch(request.user, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_delete_permission(request, obj) and may_touch(request.user, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple:
        """Nobody hands out more than one has: all rights, or any right that no group of ours gives."""
        fixed = () if request.user.is_superuser else ("is_superuser", "user_permissions")
        return (*super().get_readonly_fields(request, obj), *fixed)

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.second_factor_view)
        return [path("<id>/tweede-factor/", view, name="auth_user_second_factor"), *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: dict, *args, obj: User | None = None, **kwargs) -> HttpResponse:
        context["may_remove_factor"] = obj is not None and obj.has_factor and self.may_remove_factor(request, obj)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def may_remove_factor(self, request: HttpRequest, user: User) -> bool:
        """Managers help everybody but themselves, who have a page for that."""
        return self.has_change_permission(request, user) and user != request.user

    def second_factor_view(self, request: HttpRequest, id: str) -> HttpResponse:
        user = get_object_or_404(self.get_queryset(request), pk=unquote(id))
        if not self.may_remove_factor(request, user):
            raise PermissionDenied
        step = self._remove if request.method == "POST" else self._ask
        return reauthentication_required(step)(request, user)

    def _ask(self, request: HttpRequest, user: User) -> HttpResponse:
        types = Authenticator.objects.filter(user=user).order_by("type", "pk").values_list("type", flat=True)
        context = self.admin_site.each_context(request) | {
            "title": f"Tweede factor van {user.get_username()} weghalen",
            "colleague": user,
            "factors": [NAMES[type] for type in types],
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/auth/user/second_factor.html", context)

    def _remove(self, request: HttpRequest, user: User) -> HttpResponse:
        removed = remove_second_factor(user)
        if removed:
            write_down(user, f"Tweede factor weggehaald: {', '.join(removed)}. Alle sessies beëindigd.", by=request.user)
            messages.success(
                request, f"{user.get_username()} is overal afgemeld en stelt bij het aanmelden een nieuwe tweede factor in."
            )
        else:
            messages.info(request, f"{user.get_username()} had geen tweede factor.")
        return redirect("admin:auth_user_change", user.pk)


def may_touch(user: User, other: User | None) -> bool:
    return user.is_superuser or other is None or not other.is_superuser


def register() -> None:
    """Take the place of Django's own list, and hide allauth's, which show secrets; called once the admin knows them."""
    for model in (User, Authenticator, EmailAddress):
        admin.site.unregister(model)
    admin.site.register(User, ColleagueAdmin)
