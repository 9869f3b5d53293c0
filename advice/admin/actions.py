"""The buttons of a request: each is one POST to one verb. A refusal comes back on the page with the reason and what was typed."""

from collections.abc import Callable
from datetime import date, datetime

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html

from advice import handling, public_questions
from advice.admin import choices
from advice.admin.moments import say
from advice.admin.posting import base_version
from advice.changing import DeskRefused
from advice.models import AdviceRequest

Step = Callable[[HttpRequest, AdviceRequest, datetime], str]


def claim(http: HttpRequest, request: AdviceRequest, now: datetime) -> str:
    handling.claim(request, by=http.user, now=now)
    return "De vraag is nu van jou."


def assign(http: HttpRequest, request: AdviceRequest, now: datetime) -> str:
    colleague = get_user_model().objects.filter(username=http.POST.get("to", "")).select_related("adviser").first()
    if colleague is None:
        raise DeskRefused("Kies eerst aan wie je deze vraag geeft.")
    handling.assign(request, by=http.user, to=colleague, version=base_version(http), now=now)
    return f"De vraag is nu van {handling.name_of(colleague)}."


def release(http: HttpRequest, request: AdviceRequest, now: datetime) -> str:
    handling.release(request, by=http.user, now=now)
    return "De vraag staat weer bij de nieuwe, voor iedereen."


def snooze(http: HttpRequest, request: AdviceRequest, now: datetime) -> str:
    until = _until(http, now)
    handling.snooze(request, by=http.user, until=until, now=now)
    return f"Uitgesteld tot {say(until, now)}. De lezer wacht intussen door."


def wake(http: HttpRequest, request: AdviceRequest, now: datetime) -> str:
    handling.wake(request, by=http.user, now=now)
    return "De vraag staat weer op de lijst."


def close(http: HttpRequest, request: AdviceRequest, now: datetime) -> str:
    outcome = http.POST.get("outcome", "")
    if outcome not in [ending.outcome for ending in choices.outcomes(request)]:
        raise DeskRefused("Kies hoe je deze vraag sluit.")
    handling.close(request, by=http.user, outcome=outcome, version=base_version(http), now=now)
    return f"De vraag is gesloten: {request.get_outcome_display()}."


def reopen(http: HttpRequest, request: AdviceRequest, now: datetime) -> str:
    handling.reopen(request, by=http.user, now=now)
    return "De vraag is weer open en wacht op een antwoord."


def accept(http: HttpRequest, request: AdviceRequest, now: datetime) -> str:
    handling.accept(request, by=http.user, now=now)
    return "De vraag staat nu bij de nieuwe; de lezer krijgt een ontvangstbevestiging."


def reject(http: HttpRequest, request: AdviceRequest, now: datetime) -> str:
    handling.reject(request, by=http.user, now=now)
    return "De vraag is als ongewenst gesloten. Niemand krijgt bericht."


def revoke(http: HttpRequest, request: AdviceRequest, now: datetime) -> str:
    ended = handling.revoke_links(request, by=http.user, now=now)
    return "De link van de lezer werkt niet meer." if ended == 1 else f"De {ended} links van de lezer werken niet meer."


def note(http: HttpRequest, request: AdviceRequest, now: datetime) -> str:
    handling.add_note(request, by=http.user, body=http.POST.get("note", "").replace("\r\n", "\n"), now=now)
    return "De notitie is bewaard. De lezer ziet haar nooit."


def publicize(http: HttpRequest, request: AdviceRequest, now: datetime) -> str:
    question = public_questions.start(request, by=http.user, now=now)
    address = reverse("admin:advice_publicquestion_change", args=[question.pk])
    return format_html('Het begin staat klaar: <a href="{}">herschrijf vraag en antwoord</a> voor iedereen.', address)


# The last part of the address, what it does, and where on the page one is afterwards.
STEPS: tuple[tuple[str, Step, str], ...] = (
    ("oppakken", claim, ""),
    ("toewijzen", assign, ""),
    ("loslaten", release, ""),
    ("uitstellen", snooze, ""),
    ("hervatten", wake, ""),
    ("sluiten", close, ""),
    ("heropenen", reopen, ""),
    ("toelaten", accept, ""),
    ("afwijzen", reject, ""),
    ("links-intrekken", revoke, ""),
    ("openbaar", publicize, ""),
    ("notitie", note, "#notities"),
)


class ActionPages:
    """The addresses of the buttons, for AdviceRequestAdmin."""

    def get_urls(self) -> list:
        own = [
            path(f"<int:pk>/{name}/", self.guarded(self._button(step, place)), name=f"advice_advicerequest_{step.__name__}")
            for name, step, place in STEPS
        ]
        return [*own, *super().get_urls()]

    def _button(self, step: Step, place: str) -> Callable[..., HttpResponse]:
        def view(http: HttpRequest, pk: int) -> HttpResponse:
            request = self.load(pk)
            try:
                done = step(http, request, timezone.now())
            except DeskRefused as refused:
                return self.show(http, self.load(pk), status=409, refusal=str(refused))
            messages.success(http, done)
            return redirect(f"{redirect('admin:advice_advicerequest_change', pk).url}{place}")

        return view


def _until(http: HttpRequest, now: datetime) -> datetime:
    """Return the moment that was chosen. Raises DeskRefused when there is none."""
    chosen = http.POST.get("rest", "")
    for rest in choices.rests(now):
        if rest.code == chosen:
            return rest.until
    try:
        day = date.fromisoformat(http.POST.get("until", ""))
    except ValueError:
        raise DeskRefused("Kies tot welke dag je deze vraag uitstelt.") from None
    if day.year > now.year + 2:
        raise DeskRefused("Kies een dag binnen twee jaar.")
    return choices.opening_on(day)
