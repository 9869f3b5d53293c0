"""The mails of a request: how far each came, what went wrong, and trying again."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils import timezone

from advice.admin.moments import say
from advice.changing import DeskRefused
from advice.models import OutgoingMail
from advice.outbox.outcomes import retry_mail

State = OutgoingMail.State


@dataclass(frozen=True)
class MailLine:
    """A mail in words: "Antwoord: verstuurd, 10:31"."""

    mail: OutgoingMail
    what: str
    how_far: str

    @property
    def has_failed(self) -> bool:
        return self.mail.state == State.FAILED


def mail_lines(mails: list[OutgoingMail], now: datetime) -> list[MailLine]:
    return [MailLine(mail, mail.get_kind_display(), how_far(mail, now)) for mail in mails]


def how_far(mail: OutgoingMail, now: datetime) -> str:
    """Return where a mail stands, in a few words."""
    if mail.state == State.SENT:
        return f"verstuurd, {say(mail.sent_at, now)}" + (" (mogelijk dubbel)" if mail.is_possibly_double else "")
    if mail.state == State.PENDING and mail.attempts:
        return f"nog niet gelukt, volgende poging {say(mail.not_before, now)}"
    return str(mail.get_state_display())


class MailPages:
    """Trying a failed mail again, for AdviceRequestAdmin."""

    def get_urls(self) -> list:
        own = path("<int:pk>/mail/<int:mail>/opnieuw/", self.guarded(self.retry_view), name="advice_advicerequest_retry")
        return [own, *super().get_urls()]

    def retry_view(self, http: HttpRequest, pk: int, mail: int) -> HttpResponse:
        try:
            retry_mail(get_object_or_404(OutgoingMail, pk=mail, request=pk), by=http.user, now=timezone.now())
        except DeskRefused as refused:
            messages.error(http, str(refused))
        else:
            messages.success(http, "De mail wordt opnieuw verstuurd.")
        return redirect("admin:advice_advicerequest_change", pk)
