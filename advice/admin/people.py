"""Who answers, and about what: the settings of the desk. Each change is written down in the log."""

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.http import HttpRequest

from advice import setting_up
from advice.models import Adviser, Topic


@admin.register(Adviser)
class AdviserAdmin(admin.ModelAdmin):
    list_display = ["name", "role", "user", "is_away", "notify"]
    list_select_related = ["user"]
    fieldsets = [
        (None, {"fields": ["user", "name", "role", "closing"], "description": "Dit is wat lezers van een adviseur zien."}),
        ("Werk", {"fields": ["is_away", "notify"]}),
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Adviser | None = None) -> list[str]:
        return ["user"] if obj else []

    def formfield_for_foreignkey(self, db_field, request: HttpRequest, **kwargs):
        """Offer who has no adviser's page yet."""
        if db_field.name == "user":
            kwargs["queryset"] = get_user_model().objects.filter(is_staff=True, is_active=True, adviser=None).order_by("username")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Adviser, form, change: bool) -> None:
        setting_up.save_adviser(obj, by=request.user)


@admin.register(Topic)
class TopicAdmin(admin.ModelAdmin):
    list_display = ["name", "slug", "position", "is_active"]
    fields = ["name", "slug", "position", "is_active"]

    def get_prepopulated_fields(self, request: HttpRequest, obj: Topic | None = None) -> dict:
        return {} if obj else {"slug": ["name"]}

    def get_readonly_fields(self, request: HttpRequest, obj: Topic | None = None) -> list[str]:
        return ["slug"] if obj else []

    def save_model(self, request: HttpRequest, obj: Topic, form, change: bool) -> None:
        setting_up.save_topic(obj, by=request.user)
