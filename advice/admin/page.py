"""One request on one page: the conversation and the answer on one side, everything about it on the other."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone

from advice.admin import choices, history
from advice.admin.conversation import conversation, newest_by_others, notes
from advice.admin.mails import mail_lines
from advice.admin.origin import find_beside
from advice.admin.rows import waiting_of
from advice.admin.undo import recallable
from advice.admin.writing import answer_form
from advice.drafting import as_typed
from advice.handling import note_read
from advice.models import AdviceRequest
from advice.names import name_of
from advice.presence import forget_presence, note_presence, who_else


class RequestPage:
    """The page of one request, for AdviceRequestAdmin."""

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.request_view)
        return [path("<int:pk>/change/", view, name="advice_advicerequest_change"), *super().get_urls()]

    def request_view(self, http: HttpRequest, pk: int) -> HttpResponse:
        if not self.has_view_permission(http):
            raise PermissionDenied
        return self.show(http, self.load(pk), with_preview="voorbeeld" in http.GET)

    def load(self, pk: int) -> AdviceRequest:
        found = AdviceRequest.objects.select_related("topic", "assignee__adviser").filter(pk=pk).first()
        if found is None:
            raise Http404
        return found

    def show(self, http: HttpRequest, request: AdviceRequest, *, status: int = 200, refusal: str = "", **answer) -> HttpResponse:
        """Show the page, with what was typed when it comes back from a button. Whoever sees it is written down as having read it.

        `refusal` says why the button did nothing; `answer` goes to the form of the answer (advice.admin.writing).
        """
        now, user = timezone.now(), http.user
        mails = list(request.mails.order_by("created_at", "pk"))
        entries, written = conversation(request, mails, now=now), notes(request, by=user)
        note_read(request, by=user, now=now, newest=newest_by_others(entries, written, but=user))
        forget_presence(by=user, now=now)
        note_presence(request, by=user, is_writing=False, now=now)
        steps = history.steps(request)
        context = {
            **self.admin_site.each_context(http),
            **self._about(request, user, now),
            "title": f"Vraag {request.reference}",
            "opts": self.opts,
            "refusal": refusal,
            "posted": http.POST,
            "entries": entries,
            "notes": written,
            "mails": mail_lines(mails, now),
            "steps": steps,
            "seen": steps[0].number if steps else 0,
            "others": who_else([request.pk], but=user, now=now).get(request.pk, ()),
            "recallable": recallable(by=user, now=now),
            "answer": answer_form(request, by=user, **_typed(http) | answer),
            "came_since": history.steps_since(steps, _seen(http)) if answer.get("conflict") else [],
        }
        return TemplateResponse(http, "admin/advice/request.html", context, status=status)

    def _about(self, request: AdviceRequest, user, now: datetime) -> dict:
        """Return the facts, and what can be done."""
        links = [link for link in request.links.all() if link.works(now)]
        return {
            "asked": request,
            "now": now,
            "waiting": waiting_of(request, now),
            "is_snoozed": bool(request.snoozed_until and request.snoozed_until > now),
            "holder": name_of(request.assignee),
            "is_mine": request.assignee_id == user.pk,
            "beside": find_beside(request),
            "links": links,
            "people": choices.people(request),
            "rests": choices.rests(now),
            "outcomes": choices.outcomes(request),
        }


def _typed(http: HttpRequest) -> dict:
    return {"typed": as_typed(http.POST["body"])} if http.method == "POST" and "body" in http.POST else {}


def _seen(http: HttpRequest) -> int:
    typed = http.POST.get("seen", "")
    return int(typed) if typed.isdecimal() and len(typed) < 19 else 0
