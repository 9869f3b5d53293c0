"""Taking back an answer in the seconds before it goes out: a bar on every page of the desk, and the button on it."""

from dataclasses import dataclass
from datetime import datetime
from math import ceil

from django.contrib import messages
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone

from advice.answering import undo_answer
from advice.changing import DeskRefused
from advice.models import Message, OutgoingMail


@dataclass(frozen=True)
class Recallable:
    """An answer that can still be taken back, for `seconds` from now, until `until`."""

    message_id: int
    request_id: int
    reference: str
    until: datetime
    seconds: int

    @property
    def url(self) -> str:
        return reverse("admin:advice_advicerequest_undo", args=[self.request_id, self.message_id])


def recallable(*, by: AbstractBaseUser, now: datetime) -> list[Recallable]:
    """Return the answers of `by` that haven't gone out yet. One query, over the mails that wait."""
    waiting = OutgoingMail.objects.filter(state=OutgoingMail.State.PENDING, not_before__gt=now, attempts=0)
    own = waiting.filter(kind=OutgoingMail.Kind.ANSWER, message__adviser=by).order_by("not_before", "pk")
    rows = own.values_list("message", "request", "request__reference", "not_before")
    return [Recallable(*row, seconds=ceil((row[3] - now).total_seconds())) for row in rows]


class UndoPages:
    """Taking back, for AdviceRequestAdmin."""

    def get_urls(self) -> list:
        own = path("<int:pk>/antwoord/<int:message>/terughalen/", self.guarded(self.undo_view), name="advice_advicerequest_undo")
        return [own, *super().get_urls()]

    def undo_view(self, http: HttpRequest, pk: int, message: int) -> HttpResponse:
        """Make an answer that hasn't gone out a draft again."""
        page = redirect("admin:advice_advicerequest_change", pk)
        sent = Message.objects.filter(request=pk, pk=message).select_related("request__topic").first()
        if sent is None:
            messages.warning(http, "Dit antwoord was al teruggehaald.")
            return page
        try:
            undo_answer(sent, by=http.user, now=timezone.now())
        except DeskRefused as refused:
            messages.error(http, str(refused))
            return page
        messages.success(http, "Teruggehaald. De lezer heeft niets gekregen; je tekst staat hieronder weer als concept.")
        return redirect(f"{page.url}#antwoord")
