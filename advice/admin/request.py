"""The desk: the queue and the page of a request. Its parts live in the other modules of this package."""

from django.contrib import admin
from django.http import HttpRequest

from advice.admin.actions import ActionPages
from advice.admin.answer import AnswerPages
from advice.admin.drafts import DraftPages
from advice.admin.mails import MailPages
from advice.admin.page import RequestPage
from advice.admin.posting import GuardedPosts
from advice.admin.queue import QueuePages
from advice.admin.reports import ReportPages
from advice.admin.search import SearchPages
from advice.admin.seen_open import PresencePages
from advice.admin.undo import UndoPages
from advice.models import AdviceRequest
from advice.permissions import HANDLE


class OwnPages(admin.ModelAdmin):
    """Has no page of Django's own: a request isn't added, edited field by field, or deleted here."""

    def get_urls(self) -> list:
        return []


@admin.register(AdviceRequest)
class AdviceRequestAdmin(
    QueuePages,
    SearchPages,
    ReportPages,
    RequestPage,
    ActionPages,
    AnswerPages,
    UndoPages,
    DraftPages,
    PresencePages,
    MailPages,
    GuardedPosts,
    OwnPages,
):
    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj=None) -> bool:
        return request.user.has_perm(HANDLE)

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        return request.user.has_perm(HANDLE)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        return False
