"""What readers agree to. Another wording is another version; what was agreed to before stays readable for good."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from advice import setting_up
from advice.models import ConsentText


@admin.register(ConsentText)
class ConsentTextAdmin(admin.ModelAdmin):
    list_display = ["__str__", "text", "created_at", "created_by"]
    list_select_related = ["created_by"]
    fieldsets = [
        (
            None,
            {
                "fields": ["text"],
                "description": "Geldt voor elke vraag vanaf het opslaan. Wijzigen kan daarna niet meer.",
            },
        )
    ]

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: ConsentText, form, change: bool) -> None:
        made = setting_up.add_consent_text(obj.text, by=request.user, now=timezone.now())
        obj.pk, obj.number = made.pk, made.number
