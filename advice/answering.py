"""Writing and sending an answer: drafts that are never lost, sources frozen, and half a minute to think again."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Max
from django.utils.dateparse import parse_datetime

from advice import access, auditing, facts
from advice.answer_text import RenderedAnswer, render_answer
from advice.changing import NOT_WAITING, DeskRefused, change, opening_hours
from advice.durations import bucket_of
from advice.models import AdviceRequest, AuditEvent, DailyFact, Draft, Message, Note, OutgoingMail
from advice.models.conversation import LONGEST_ANSWER, LONGEST_DRAFT
from advice.outbox.queue import enqueue
from advice.permissions import HANDLE, require
from advice.placeholders import find_unfilled
from advice.search import index_request

Action, Status = AuditEvent.Action, AdviceRequest.Status
_TIMES = ("waiting_since", "due_at", "snoozed_until", "first_answered_at")


class AnswerRefused(DeskRefused):
    """An answer can't go out like this; `problems` says what to mend, in Dutch, line by line."""

    def __init__(self, problems: tuple[str, ...]):
        super().__init__(" ".join(problems))
        self.problems = problems


class AnswerConflict(DeskRefused):
    """Something happened that whoever wrote this answer hadn't seen. What they wrote is kept as their draft."""

    def __init__(self, news: "News"):
        super().__init__("Er is iets nieuws bij deze vraag. Lees het eerst; je tekst staat er nog.")
        self.news = news


@dataclass(frozen=True)
class News:
    """What came to a request after a version."""

    messages: tuple[Message, ...]
    notes: tuple[Note, ...]
    status: str


def save_draft(request: AdviceRequest, *, by: AbstractBaseUser, body: str, base_version: int, now: datetime) -> Draft:
    """Keep what an adviser has typed so far. It is theirs alone; the request itself doesn't change."""
    require(by, HANDLE)
    values = {"body": body[:LONGEST_DRAFT], "base_version": base_version, "updated_at": now}
    draft, _ = Draft.objects.update_or_create(request=request, author=by, defaults=values)
    return draft


def discard_draft(request: AdviceRequest, *, by: AbstractBaseUser) -> None:
    require(by, HANDLE)
    Draft.objects.filter(request=request, author=by).delete()


def find_problems(body: str, rendered: RenderedAnswer) -> tuple[str, ...]:
    """Return what keeps an answer from going out; nothing when it may."""
    problems = []
    if not body.strip():
        problems.append("Het antwoord is leeg.")
    if len(body) > LONGEST_ANSWER:
        problems.append(f"Het antwoord is te lang: hooguit {LONGEST_ANSWER} tekens.")
    if unfilled := find_unfilled(body):
        problems.append(f"Vul eerst in of haal weg: {', '.join(unfilled)}.")
    return (*problems, *(finding.message for finding in rendered.errors))


@transaction.atomic
def send_answer(request: AdviceRequest, *, by: AbstractBaseUser, body: str, base_version: int, now: datetime) -> Message:
    """Send an answer: freeze it with its sources, queue the mail, and take the request off the list.

    The reader sees it after settings.ADVICE_UNDO_SECONDS; until then `undo_answer` takes it back. Raises PermissionDenied,
    AnswerRefused, AnswerConflict when the request is no longer at `base_version`, or DeskRefused when it is not open.
    """
    require(by, HANDLE)
    number = (request.messages.aggregate(last=Max("number"))["last"] or 0) + 1
    rendered = render_answer(signed(body, by=by), prefix=f"b{number}-")
    if problems := find_problems(body, rendered):
        raise AnswerRefused(problems)
    before = _state(request)
    _take_off_the_list(request, by=by, base_version=base_version, now=now)
    message = _freeze(request, rendered, body=body, number=number, by=by, now=now, before=before)
    link = access.make_link(request, now=now)
    mail = OutgoingMail.Kind.ANSWER
    enqueue(mail, request, key=str(message.pk), now=now, message=message, link=link, not_before=message.visible_at)
    _count(message, times=1)
    Draft.objects.filter(request=request, author=by).delete()
    index_request(request)
    auditing.record(Action.ANSWERED, by=by, request=request, message=number, sources=len(rendered.sources))
    return message


@transaction.atomic
def undo_answer(message: Message, *, by: AbstractBaseUser, now: datetime) -> Draft:
    """Take back an answer that hasn't gone out yet: it becomes a draft again and the request waits as before.

    Raises DeskRefused when it is too late.
    """
    require(by, HANDLE)
    request = message.request
    # A mail that was tried waits too, but the reader sees its answer on the page already.
    if request.messages.filter(author=Message.Author.ADVISER, number__gt=message.number).exists():
        raise DeskRefused("Haal eerst je latere antwoord terug.")
    waiting = OutgoingMail.objects.filter(message=message, state=OutgoingMail.State.PENDING, not_before__gt=now, attempts=0)
    if not waiting.update(state=OutgoingMail.State.CANCELLED):
        raise DeskRefused("Te laat om terug te halen: de lezer heeft dit antwoord.")
    _count(message, times=-1)
    _put_back(request, _restored(message.before), now=now)
    later = Draft.objects.filter(request=request, author=by).exclude(body=message.body).values_list("body", flat=True).first()
    body = f"{message.body}\n\n{later}" if later else message.body  # somebody may have begun the next answer meanwhile
    draft = save_draft(request, by=by, body=body, base_version=request.version, now=now)
    number = message.number
    message.delete()
    index_request(request)
    auditing.record(Action.UNDONE, by=by, request=request, message=number)
    return draft


def _put_back(request: AdviceRequest, before: dict, *, now: datetime) -> None:
    """Let a request stand where it stood before its last answer, as far as it did not go on since: the reader may have reacted."""
    if change(request, now=now, only_if={"status": Status.ANSWERED}, **before):
        return
    was_waiting = request.status == before["status"] == Status.WAITING
    names = ("waiting_since", "due_at", "first_answered_at") if was_waiting else ("first_answered_at",)
    change(request, now=now, **{name: before[name] for name in names})


def news_since(request: AdviceRequest, version: int) -> News:
    """Return what came to `request` after `version`."""
    return News(
        tuple(request.messages.filter(at_version__gt=version).select_related("adviser__adviser")),
        tuple(request.notes.filter(at_version__gt=version).select_related("author__adviser")),
        request.get_status_display(),
    )


def _take_off_the_list(request: AdviceRequest, *, by: AbstractBaseUser, base_version: int, now: datetime) -> None:
    values = {
        "status": Status.ANSWERED,
        "assignee": request.assignee or by,
        "first_answered_at": request.first_answered_at or now,
        **NOT_WAITING,
    }
    only_if = {"version": base_version, "status__in": [Status.WAITING, Status.ANSWERED]}
    if change(request, now=now, only_if=only_if, **values):
        return
    if request.version != base_version:
        raise AnswerConflict(news_since(request, base_version))
    raise DeskRefused(f"Deze vraag is {request.get_status_display()}. Heropen haar eerst; je tekst staat er nog.")


def _freeze(request, rendered: RenderedAnswer, *, body: str, number: int, by, now: datetime, before: dict) -> Message:
    return Message.objects.create(
        request=request,
        number=number,
        author=Message.Author.ADVISER,
        via=Message.Via.DESK,
        adviser=by,
        signed_by=signature(by),
        body=body,
        html=rendered.html,
        text=rendered.text,
        sources=[asdict(source) | {"uses": []} for source in rendered.sources],
        created_at=now,
        visible_at=now + timedelta(seconds=settings.ADVICE_UNDO_SECONDS),
        at_version=request.version,
        before=before,
    )


def signed(body: str, *, by: AbstractBaseUser) -> str:
    """Return an answer as it goes out: with the closing words of the adviser and their name below it, when they have such words."""
    adviser = getattr(by, "adviser", None)
    closing = adviser.closing.strip() if adviser else ""
    return f"{body.rstrip()}\n\n{closing}\n\n{adviser.name}" if closing and body.strip() else body


def signature(user: AbstractBaseUser) -> str:
    """Return who readers are told that an answer is from."""
    adviser = getattr(user, "adviser", None)
    if adviser is None:
        return user.get_short_name() or user.get_username()
    return f"{adviser.name}, {adviser.role}" if adviser.role else adviser.name


def _count(message: Message, *, times: int) -> None:
    request, adviser = message.request, message.adviser.get_username()
    facts.count(DailyFact.Kind.ANSWER, request, at=message.created_at, adviser=adviser, times=times)
    if message.before["first_answered_at"] is None:
        minutes = opening_hours().working_minutes(request.created_at, message.created_at)
        bucket = bucket_of(minutes)
        facts.count(DailyFact.Kind.FIRST_ANSWER, request, at=message.created_at, adviser=adviser, bucket=bucket, times=times)


def _state(request: AdviceRequest) -> dict:
    return {"status": request.status, "assignee_id": request.assignee_id} | {name: getattr(request, name) for name in _TIMES}


def _restored(before: dict) -> dict:
    return before | {name: parse_datetime(before[name]) if isinstance(before[name], str) else before[name] for name in _TIMES}
