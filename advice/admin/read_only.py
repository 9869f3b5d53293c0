"""Lists that can be read and nothing else, by whoever has one right."""

from django.contrib import admin
from django.http import HttpRequest


class ReadOnlyAdmin(admin.ModelAdmin):
    """`may_read` is the right that opens the pages. Buttons on them check their own."""

    may_read: str

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(self.may_read)

    def has_view_permission(self, request: HttpRequest, obj=None) -> bool:
        return request.user.has_perm(self.may_read)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        return False
