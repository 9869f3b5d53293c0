"""What a reader does with their own request, once they have opened its private link: react, close, rate, take a copy."""

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Max

from advice import auditing, facts
from advice.changing import NOT_WAITING, DeskRefused, as_waiting, change
from advice.export import export_request
from advice.limits import count_hit
from advice.models import AdviceRequest, AuditEvent, DailyFact, Message, OutgoingMail
from advice.models.conversation import LONGEST_MAIL
from advice.models.request import LONGEST_QUESTION
from advice.outbox.queue import enqueue
from advice.search import index_request

Action, Status, Outcome = AuditEvent.Action, AdviceRequest.Status, AdviceRequest.Outcome


class TooManyReplies(DeskRefused):
    """More reactions come than a person writes."""


def reply(
    request: AdviceRequest, *, body: str, submission_id: uuid.UUID | None, now: datetime, via: str = Message.Via.PAGE
) -> tuple[Message, bool]:
    """Add the reader's reaction; the request waits for an answer again, also when it was closed.

    The same form twice is one message, also when both arrive at once. Returns it, and whether it is new.
    Raises DeskRefused when there is nothing in it, or too much.
    """
    body = body.strip()
    longest = LONGEST_MAIL if via == Message.Via.MAIL else LONGEST_QUESTION
    if not body or len(body) > longest:
        raise DeskRefused(f"Schrijf je reactie in hooguit {longest} tekens.")
    if earlier := _find_earlier(request, submission_id):
        return earlier, False
    try:
        return _add_reply(request, body=body, submission_id=submission_id, now=now, via=via), True
    except IntegrityError as error:
        if earlier := _find_earlier(request, submission_id):
            return earlier, False
        raise DeskRefused("Er kwam net iets anders binnen bij deze vraag. Verstuur je reactie nog een keer.") from error


def reply_on_page(request: AdviceRequest, *, body: str, submission_id: uuid.UUID, now: datetime) -> tuple[Message, bool]:
    """Reply, a bounded number of times an hour. Raises TooManyReplies, and what `reply` raises."""
    if count_hit("reply", request.reference, now=now, window=timedelta(hours=1)) > settings.ADVICE_REPLIES_AN_HOUR:
        raise TooManyReplies("Je hebt het afgelopen uur erg vaak gereageerd. Wacht even en verstuur je reactie dan nog een keer.")
    # The same form with another text is another reaction: somebody went on writing while the first one was on its way.
    return reply(request, body=body, submission_id=uuid.uuid5(submission_id, body.strip()), now=now)


@transaction.atomic
def _add_reply(request: AdviceRequest, *, body: str, submission_id: uuid.UUID | None, now: datetime, via: str) -> Message:
    """Store a reaction. Where the request stands is asked in the statement that changes it: an answer may go out meanwhile."""
    was_done = {"status__in": [Status.ANSWERED, Status.CLOSED]}
    if not change(request, now=now, only_if=was_done, **as_waiting(now)):
        change(request, now=now)
    message = _store(request, body=body, submission_id=submission_id, now=now, via=via)
    adviser = request.assignee
    if adviser and adviser.email and hasattr(adviser, "adviser") and adviser.adviser.notify:
        enqueue(OutgoingMail.Kind.REACTION, request, key=str(message.pk), now=now, adviser=adviser)
    index_request(request)
    auditing.record(Action.REPLIED, by=auditing.READER, request=request, message=message.number)
    return message


def _find_earlier(request: AdviceRequest, submission_id: uuid.UUID | None) -> Message | None:
    return request.messages.filter(submission_id=submission_id).first() if submission_id else None


def _store(request: AdviceRequest, *, body: str, submission_id: uuid.UUID | None, now: datetime, via: str) -> Message:
    return Message.objects.create(
        request=request,
        number=(request.messages.aggregate(last=Max("number"))["last"] or 0) + 1,
        author=Message.Author.READER,
        via=via,
        body=body,
        submission_id=submission_id,
        created_at=now,
        visible_at=now,
        at_version=request.version,
    )


@transaction.atomic
def close(request: AdviceRequest, *, now: datetime) -> None:
    """Close an open request because its reader is done. Closing twice changes nothing."""
    values = {"status": Status.CLOSED, "outcome": Outcome.BY_READER, "closed_at": now, **NOT_WAITING}
    if change(request, now=now, only_if={"status__in": [Status.WAITING, Status.ANSWERED]}, **values):
        adviser = request.assignee.get_username() if request.assignee else ""
        facts.count(DailyFact.Kind.CLOSED, request, at=now, adviser=adviser)
        auditing.record(Action.CLOSED, by=auditing.READER, request=request, outcome=str(Outcome.BY_READER))


@transaction.atomic
def rate(request: AdviceRequest, *, rating: int, now: datetime) -> bool:
    """Keep what the reader thinks of the answer: one of AdviceRequest.Rating, once. Return whether this was the first time."""
    if rating not in AdviceRequest.Rating.values:
        raise DeskRefused("Kies een van de drie beoordelingen.")
    unrated = AdviceRequest.objects.filter(pk=request.pk, rating=None, first_answered_at__isnull=False)
    if not unrated.update(rating=rating):  # no new version: whoever is answering needn't know
        return False
    request.refresh_from_db()
    adviser = request.assignee.get_username() if request.assignee else ""
    facts.count(DailyFact.Kind.RATED, request, at=now, adviser=adviser, bucket=rating)
    auditing.record(Action.RATED, by=auditing.READER, request=request, rating=rating)
    return True


@transaction.atomic
def take_copy(request: AdviceRequest, *, now: datetime) -> dict:
    """Return everything that is kept about a request, for its reader."""
    copy = export_request(request, now)
    auditing.record(Action.EXPORTED, by=auditing.READER, request=request)
    return copy
