"""The mails that went out, or didn't: a list, and on a machine where mail goes to files, the mail itself.

In this module `http` is what a browser asks. An adviser sees mails of the desk only, never those of the site to its own people.
"""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import capfirst
from django.views.decorators.http import require_POST, require_safe

from advice.admin.read_only import ReadOnlyAdmin
from advice.changing import DeskRefused
from advice.models import OutgoingMail
from advice.outbox import folder
from advice.outbox.compose import desk_path
from advice.outbox.outcomes import retry_mail
from advice.outbox.reading import read_mail
from advice.permissions import HANDLE

State = OutgoingMail.State
LOOKS = {
    State.PENDING: "planned",
    State.SENDING: "planned",
    State.SENT: "published",
    State.FAILED: "failed",
    State.CANCELLED: "withdrawn",
}
# A mail is a page of its own in which nothing runs and for which nothing is fetched. Its styles stand in the mail itself.
SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'"


class StateFilter(admin.SimpleListFilter):
    """The states that ask for attention; each is an index."""

    title = "stand"
    parameter_name = "stand"

    def lookups(self, http: HttpRequest, model_admin) -> list[tuple[str, str]]:
        return [(state.value, state.label) for state in (State.FAILED, State.PENDING, State.SENDING)]

    def queryset(self, http: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(state=self.value()) if self.value() else queryset


@admin.register(OutgoingMail)
class OutgoingMailAdmin(ReadOnlyAdmin):
    may_read = HANDLE
    list_display = ["what", "about", "to", "how_far", "created_at", "sent_at"]
    list_display_links = ["what"]
    list_filter = [StateFilter]
    list_select_related = ["request", "adviser"]
    list_per_page = 50
    ordering = ["-pk"]
    actions = None
    search_fields = ["request__reference"]
    search_help_text = "Zoek op kenmerk."
    sortable_by = []

    class Media:
        css = {"all": ["css/admin/mail.css"]}

    def get_search_results(self, http: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        """Find the mails of one request: a whole reference, by its index."""
        term = search_term.strip().upper()
        return (queryset.filter(request__reference=term) if term else queryset), False

    @admin.display(description="mail")
    def what(self, mail: OutgoingMail) -> str:
        return capfirst(mail.get_kind_display())

    @admin.display(description="vraag")
    def about(self, mail: OutgoingMail) -> str:
        return mail.request.reference

    @admin.display(description="aan")
    def to(self, mail: OutgoingMail) -> str:
        return str(mail.adviser or "de lezer")

    @admin.display(description="stand")
    def how_far(self, mail: OutgoingMail) -> str:
        """Say where a mail stands, what went wrong, and whether it may have come twice."""
        more = "; ".join(filter(None, [mail.failure, "mogelijk dubbel aangekomen" if mail.is_possibly_double else ""]))
        badge = format_html('<span class="status status-{}">{}</span>', LOOKS[mail.state], mail.get_state_display())
        return format_html('{}<span class="state-more">{}</span>', badge, more) if more else badge

    def changelist_view(self, http: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        return super().changelist_view(http, {"title": "Uitgaande mail"} | (extra_context or {}))

    # One mail

    def get_urls(self) -> list:
        own = [
            path("<int:pk>/zoals-verstuurd/", self._guarded(require_safe(self.html_view)), name="advice_outgoingmail_html"),
            path("<int:pk>/opnieuw/", self._guarded(require_POST(self.retry_view)), name="advice_outgoingmail_retry"),
        ]
        return [*own, *super().get_urls()]

    def change_view(self, http: HttpRequest, object_id: str, form_url: str = "", extra_context: dict | None = None):
        """Show one mail; its text only where mail goes to files."""
        mail = self._find(object_id)
        written = read_mail(mail, by=http.user)
        context = {
            **self.admin_site.each_context(http),
            "title": capfirst(str(mail)),
            "desk_path": desk_path(mail.request),
            "opts": self.opts,
            "mail": mail,
            "written": written,
            "how_far": self.how_far(mail),
            "goes_to_files": folder.is_used(),
            "can_retry": mail.state == State.FAILED,
        }
        return TemplateResponse(http, "admin/advice/outgoingmail/mail.html", context)

    def html_view(self, http: HttpRequest, pk: int) -> HttpResponse:
        """Answer with the HTML of a mail as a mail program shows it."""
        written = read_mail(self._find(pk), by=http.user)
        if written is None or not written.html:
            raise Http404
        return HttpResponse(written.html, headers={"Content-Security-Policy": SANDBOX, "Referrer-Policy": "no-referrer"})

    def retry_view(self, http: HttpRequest, pk: int) -> HttpResponse:
        try:
            retry_mail(self._find(pk), by=http.user, now=timezone.now())
        except DeskRefused as refused:
            messages.error(http, str(refused))
        else:
            messages.success(http, "De mail wordt opnieuw verstuurd.")
        return redirect("admin:advice_outgoingmail_change", pk)

    def _guarded(self, view):
        return self.admin_site.admin_view(view)

    def _find(self, pk: int | str) -> OutgoingMail:
        if not str(pk).isdecimal():
            raise Http404
        return get_object_or_404(OutgoingMail.objects.select_related("request", "adviser", "message"), pk=pk)
