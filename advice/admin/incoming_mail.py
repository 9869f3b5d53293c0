"""Mail that came in and waits for a person. The list names nobody; the page of one mail shows all, and that is written down."""

from django.conf import settings
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html

from advice.admin.read_only import ReadOnlyAdmin
from advice.changing import DeskRefused
from advice.inbox.matching import find_request, suggest
from advice.inbox.reading import read_mail
from advice.inbox.receiving import TO_LOOK_AT, add_to_request, mark_done, note_read
from advice.models import IncomingMail, Mailbox
from advice.models.conversation import LONGEST_MAIL
from advice.permissions import HANDLE
from advice.quoting import split_quoted

State = IncomingMail.State
LIST = "admin:advice_incomingmail_changelist"
SAFE_DOWNLOAD = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox; default-src 'none'"}


class StateFilter(admin.SimpleListFilter):
    """What waits for a person, unless something else is asked for."""

    title = "stand"
    parameter_name = "stand"

    def lookups(self, http: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [(state.value, state.label.capitalize()) for state in State if state not in (State.STORED, State.DOUBLE)]

    def queryset(self, http: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(state=self.value()) if self.value() else queryset.filter(state__in=TO_LOOK_AT)

    def choices(self, changelist):
        first, *others = super().choices(changelist)
        return [first | {"display": "Te bekijken"}, *others]


@admin.register(IncomingMail)
class IncomingMailAdmin(ReadOnlyAdmin):
    may_read = HANDLE
    list_display = ["arrived", "standing", "why", "reference"]
    list_display_links = ["arrived"]
    list_filter = [StateFilter]
    list_select_related = ["request"]
    list_per_page = 50
    ordering = ["-received_at", "-pk"]
    sortable_by = ()
    actions = None

    def get_queryset(self, http: HttpRequest) -> QuerySet:
        return super().get_queryset(http).defer("raw")

    @admin.display(description="binnengekomen")
    def arrived(self, mail: IncomingMail) -> str:
        return f"{timezone.localtime(mail.received_at):%d-%m-%Y %H:%M}"

    @admin.display(description="stand")
    def standing(self, mail: IncomingMail) -> str:
        kind = "review" if mail.state in TO_LOOK_AT else "draft"
        return format_html('<span class="status status-{}">{}</span>', kind, mail.get_state_display())

    @admin.display(description="vraag")
    def reference(self, mail: IncomingMail) -> str:
        return mail.request.reference if mail.request else "–"

    def changelist_view(self, http: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        shown = {"title": "Binnengekomen mail", "is_on": bool(settings.INBOX_URL), "boxes": list(Mailbox.objects.order_by("name"))}
        return super().changelist_view(http, (extra_context or {}) | shown)

    # One mail

    def get_urls(self) -> list:
        guarded = self.admin_site.admin_view
        own = [
            path("<int:pk>/", guarded(self.mail_view), name="advice_incomingmail_change"),
            path("<int:pk>/bestand/", guarded(self.download_view), name="advice_incomingmail_download"),
        ]
        return [*own, *(url for url in super().get_urls() if url.name == "advice_incomingmail_changelist")]

    def mail_view(self, http: HttpRequest, pk: int) -> HttpResponse:
        """Show a mail; with POST put it with a request, or take it off the list."""
        mail = get_object_or_404(IncomingMail.objects.select_related("request"), pk=pk)
        if http.method != "POST":
            return self._show(http, mail)
        try:
            done = self._add(http, mail) if "_add" in http.POST else self._mark_done(http, mail)
        except DeskRefused as refused:
            return self._show(http, mail, refusal=str(refused))
        messages.success(http, done)
        return redirect(LIST)

    def download_view(self, http: HttpRequest, pk: int) -> HttpResponse:
        """Give a mail as a file. A browser must never show it: it may be a page of anybody's making."""
        mail = get_object_or_404(IncomingMail, pk=pk)
        note_read(mail, by=http.user, whole=True)
        if not mail.raw:
            raise Http404("Deze mail wordt niet meer bewaard.")
        disposition = {"Content-Disposition": f'attachment; filename="mail-{mail.pk}.eml"'}
        return HttpResponse(bytes(mail.raw), content_type="application/octet-stream", headers=SAFE_DOWNLOAD | disposition)

    def _add(self, http: HttpRequest, mail: IncomingMail) -> str:
        typed = http.POST.get("reference", "").strip() or http.POST.get("suggested", "")
        request = find_request(typed)
        add_to_request(mail, request, by=http.user, now=timezone.now())
        return f"De mail staat nu bij vraag {request.reference}."

    def _mark_done(self, http: HttpRequest, mail: IncomingMail) -> str:
        mark_done(mail, by=http.user)
        return "De mail is afgehandeld."

    def _show(self, http: HttpRequest, mail: IncomingMail, *, refusal: str = "") -> HttpResponse:
        note_read(mail, by=http.user)
        mail.refresh_from_db()
        read = read_mail(bytes(mail.raw))
        is_waiting = mail.state in TO_LOOK_AT and bool(mail.raw)
        context = self.admin_site.each_context(http) | {
            "title": "Binnengekomen mail",
            "opts": self.opts,
            "mail": mail,
            "read": read,
            "parts": split_quoted(read.text[:LONGEST_MAIL]),
            "is_cut": len(read.text) > LONGEST_MAIL,
            "is_waiting": is_waiting,
            "may_be_done": mail.state in TO_LOOK_AT,
            "suggestions": suggest(read) if is_waiting else [],
            "typed": http.POST.get("reference", ""),
            "refusal": refusal,
            "list_url": reverse(LIST),
        }
        return TemplateResponse(http, "admin/advice/incoming_mail.html", context, status=409 if refusal else 200)
