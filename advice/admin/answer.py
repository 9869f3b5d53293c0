"""The buttons below an answer: send it, look at it, keep it, put a standard text in it, throw it away."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from advice import canned
from advice.admin.posting import base_version
from advice.admin.writing import findings_of, preview_html, shown
from advice.answering import AnswerConflict, AnswerRefused, discard_draft, save_draft, send_answer
from advice.changing import DeskRefused
from advice.drafting import as_typed
from advice.models import AdviceRequest, CannedReply, Message
from advice.permissions import HANDLE, require

NEXT = "volgende"  # the value of the button that leads on to the next new question


class AnswerPages:
    """Writing and sending, for AdviceRequestAdmin."""

    def get_urls(self) -> list:
        own = [
            path("<int:pk>/antwoord/", self.guarded(self.answer_view), name="advice_advicerequest_answer"),
            path(
                "<int:pk>/voorbeeld/",
                self.admin_site.admin_view(require_POST(self.preview_view)),
                name="advice_advicerequest_preview",
            ),
        ]
        return [*own, *super().get_urls()]

    def preview_view(self, http: HttpRequest, pk: int) -> HttpResponse:
        """Return the answer as typed so far, as the reader would get it, and what is wrong with it."""
        require(http.user, HANDLE)
        body = as_typed(http.POST.get("body", ""))
        rendered = shown(body, by=http.user)
        return JsonResponse({"html": preview_html(rendered), "findings": findings_of(body, rendered)})

    def answer_view(self, http: HttpRequest, pk: int) -> HttpResponse:
        """Do what the pressed button says. The text is a draft by then, also when nothing else can be done."""
        request, body = self.load(pk), as_typed(http.POST.get("body", ""))
        if "_send" in http.POST:
            return self._send(http, request, body)
        if "_discard" in http.POST:
            discard_draft(request, by=http.user)
            messages.success(http, "Het concept is weg.")
            return _back(request)
        if "_insert" in http.POST:
            return self._insert(http, request, body)
        if body.strip():
            save_draft(request, by=http.user, body=body, base_version=base_version(http), now=timezone.now())
        if "_preview" in http.POST:
            return _back(request, "voorbeeld")
        messages.success(http, "Het concept is bewaard." if body.strip() else "Er is nog niets om te bewaren.")
        return _back(request)

    def _send(self, http: HttpRequest, request: AdviceRequest, body: str) -> HttpResponse:
        now, version = timezone.now(), base_version(http)
        try:
            message = send_answer(request, by=http.user, body=body, base_version=version, now=now)
        except AnswerConflict as conflict:
            if twin := next((sent for sent in conflict.news.messages if _is_same(sent, http, body)), None):
                return _sent(http, request, twin)  # the button was pressed twice
            save_draft(request, by=http.user, body=body, base_version=version, now=now)
            return self.show(http, self.load(request.pk), status=409, conflict=conflict.news)
        except DeskRefused as refused:
            if body.strip():
                save_draft(request, by=http.user, body=body, base_version=version, now=now)
            problems = refused.problems if isinstance(refused, AnswerRefused) else (str(refused),)
            return self.show(http, self.load(request.pk), status=400, problems=problems)
        return _sent(http, request, message)

    def _insert(self, http: HttpRequest, request: AdviceRequest, body: str) -> HttpResponse:
        """Give the chosen standard text, filled in: to the script, or without one at the end of the answer."""
        chosen = http.POST.get("canned", "")
        reply = CannedReply.objects.filter(pk=chosen, is_active=True).first() if chosen.isdecimal() and len(chosen) < 19 else None
        is_script = not http.accepts("text/html")
        if reply is None:
            if is_script:
                raise Http404
            messages.error(http, "Kies eerst een standaardtekst.")
            return _back(request)
        filled = canned.fill_in(reply, request, by=http.user)
        if is_script:
            return JsonResponse({"text": filled.text, "missing": filled.missing})
        text = f"{body.rstrip()}\n\n{filled.text}" if body.strip() else filled.text
        save_draft(request, by=http.user, body=text, base_version=base_version(http), now=timezone.now())
        missing = f" Vul nog in of haal weg: {', '.join(filled.missing)}." if filled.missing else ""
        messages.success(http, f"‘{reply}’ staat onder aan je antwoord.{missing}")
        return _back(request)


def _is_same(message: Message, http: HttpRequest, body: str) -> bool:
    return message.adviser_id == http.user.pk and message.body == body


def _back(request: AdviceRequest, asked: str = "") -> HttpResponse:
    address = reverse("admin:advice_advicerequest_change", args=[request.pk])
    return redirect(f"{address}?{asked}=1#{asked}" if asked else f"{address}#antwoord")


def _sent(http: HttpRequest, request: AdviceRequest, message: Message) -> HttpResponse:
    """Lead on to the list or to the next new question. The bar with which it can be taken back says that it was sent."""
    now = timezone.now()
    if message.visible_at <= now:
        address = reverse("admin:advice_advicerequest_change", args=[request.pk])
        messages.success(http, format_html('Je antwoord op <a href="{}">{}</a> is verstuurd.', address, request.reference))
    if http.POST["_send"] != NEXT:
        return redirect("admin:advice_advicerequest_changelist")
    following = AdviceRequest.objects.new(now).order_by("waiting_since", "pk").values_list("pk", flat=True).first()
    if following:
        return redirect("admin:advice_advicerequest_change", following)
    messages.info(http, "Er is geen nieuwe vraag meer.")
    return redirect("admin:advice_advicerequest_changelist")
