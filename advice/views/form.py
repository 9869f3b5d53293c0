"""The form at /advies/ and the receipt. Whatever goes wrong, the page comes back with everything that was typed."""

import uuid
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from advice.choices import BUSY, choices_at_hand, read_choices, wait_at_hand
from advice.forms import LONGEST_RESULT, QuestionForm, tidy
from advice.models.request import LONGEST_QUESTION
from advice.ports import surroundings
from advice.receiving import TooManyQuestions, receive
from advice.subject import find_subject, subject_at_hand
from advice.submitting import SubmissionDiffers
from advice.tokens import make_receipt, make_seal, read_receipt, seconds_open
from advice.views.answers import RETRY_AFTER, came_from_here, never_stored, private, see_other


@require_http_methods(["GET", "HEAD", "POST"])
@never_stored
def request_form(request: HttpRequest) -> HttpResponse:
    """Show the form, or take what was sent. A POST without the number of a form brings a result to ask about; nothing is stored."""
    now = timezone.now()
    if request.method != "POST":
        return _open(request, now=now)
    posted = dict(request.POST.items())
    if "submission_id" not in posted:
        return _open(request, now=now, result=tidy(posted.get("test_result", ""))[:LONGEST_RESULT])
    if not came_from_here(request):
        return _again(request, posted, now=now, notice="foreign", status=403)
    return _take(request, posted, now=now)


@require_safe
@private
def receipt(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm a question. Nothing is looked up, so this page comes whatever the database does, and as often as it is reloaded."""
    now = timezone.now()
    reference = read_receipt(token, now=now)
    if reference is None:
        return render(request, "advice/receipt_gone.html", status=404)
    return render(request, "advice/receipt.html", {"reference": reference, "wait": wait_at_hand(now)})


def _open(request: HttpRequest, *, now: datetime, result: str = "") -> HttpResponse:
    """Show an empty form, about the article that the link names."""
    subject = subject_at_hand(request.GET.get("artikel", ""), request.GET.get("deel", ""))
    initial = {"about_article": True, "test_result": result}
    form = QuestionForm(initial=initial, choices=choices_at_hand(), subject=subject)
    return _page(request, form, _new_tokens(now), now=now)


def _take(request: HttpRequest, posted: dict, *, now: datetime) -> HttpResponse:
    """Store a question, or give the form back and say why not."""
    try:
        choices = read_choices()
        subject = find_subject(posted.get("article", ""), posted.get("section", ""))
        form = QuestionForm(posted, choices=choices, subject=subject)
        if not form.is_valid():
            return _page(request, form, _tokens(posted, now), now=now, notice="" if form.problems else "again", status=422)
        asked, _ = receive(form.as_question(), network=surroundings().network_of(request), now=now, **_signs(form, now))
    except SubmissionDiffers as error:
        extra = {"earlier": error.request.reference}
        return _again(request, posted | _new_tokens(now), now=now, notice="differs", status=409, **extra)
    except TooManyQuestions:
        return _again(request, posted, now=now, notice="many", status=429)
    except BUSY:
        return _again(request, posted, now=now, notice="busy", status=503)
    return see_other("receipt", make_receipt(asked.reference, now=now))


def _again(request: HttpRequest, posted: dict, *, now: datetime, notice: str, status: int, **extra) -> HttpResponse:
    """Give the form back as it was, with a notice. It may be that nothing can be read now."""
    subject, choices = subject_at_hand(posted.get("article", ""), posted.get("section", "")), choices_at_hand()
    if choices.consent and posted.get("consent_number") != str(choices.consent.number):  # another text than they agreed to
        posted = {name: value for name, value in posted.items() if name != "consent"}
    form = QuestionForm(initial=posted, choices=choices, subject=subject)
    response = _page(request, form, _tokens(posted, now), now=now, notice=notice, status=status, **extra)
    if status in (429, 503):
        response.headers["Retry-After"] = RETRY_AFTER
    return response


def _page(
    request: HttpRequest, form: QuestionForm, tokens: dict, *, now: datetime, notice: str = "", status: int = 200, **extra
) -> HttpResponse:
    context = {
        "form": form,
        "choices": form.choices,
        "wait": wait_at_hand(now),
        "subject": form.subject,
        "result": tidy(form["test_result"].value() or ""),
        "tokens": tokens,
        "notice": notice,
        "can_ask": form.choices.can_ask or bool(notice),
        "longest": LONGEST_QUESTION,
        "canonical": settings.SITE_URL + reverse("advice:request"),
    }
    return render(request, "advice/request.html", context | extra, status=status)


def _new_tokens(now: datetime) -> dict[str, str]:
    number = uuid.uuid4()
    return {"submission_id": str(number), "opened": make_seal(number, now=now)}


def _tokens(posted: dict, now: datetime) -> dict[str, str]:
    """Return the number and seal that the form came with; new ones when the number is none."""
    try:
        return {"submission_id": str(uuid.UUID(posted["submission_id"])), "opened": posted.get("opened", "")}
    except ValueError:
        return _new_tokens(now)


def _signs(form: QuestionForm, now: datetime) -> dict:
    data = form.cleaned_data
    return {"trap": data["more"], "seconds": seconds_open(data["opened"], data["submission_id"], now=now)}
