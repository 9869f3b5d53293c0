"""What a reader does with their own request, once they have opened its private link: react, close, rate."""

import uuid
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max

from advice import auditing, facts
from advice.changing import NOT_WAITING, DeskRefused, as_waiting, change
from advice.models import AdviceRequest, AuditEvent, DailyFact, Message, OutgoingMail
from advice.models.conversation import LONGEST_MAIL
from advice.models.request import LONGEST_QUESTION
from advice.outbox.queue import enqueue
from advice.search import index_request

Action, Status, Outcome = AuditEvent.Action, AdviceRequest.Status, AdviceRequest.Outcome
RATINGS = {1: "Niet goed", 2: "Gaat wel", 3: "Goed"}


@transaction.atomic
def reply(
    request: AdviceRequest, *, body: str, submission_id: uuid.UUID | None, now: datetime, via: str = Message.Via.PAGE
) -> tuple[Message, bool]:
    """Add the reader's reaction; the request waits for an answer again, also when it was closed.

    The same form twice is one message. Returns it, and whether it is new.
    Raises DeskRefused when there is nothing in it, or too much.
    """
    body = body.strip()
    longest = LONGEST_MAIL if via == Message.Via.MAIL else LONGEST_QUESTION
    if not body or len(body) > longest:
        raise DeskRefused(f"Schrijf je reactie in hooguit {longest} tekens.")
    if submission_id and (earlier := request.messages.filter(submission_id=submission_id).first()):
        return earlier, False
    values = {} if request.status in (Status.WAITING, Status.QUARANTINE) else as_waiting(now)
    change(request, now=now, **values)
    message = _store(request, body=body, submission_id=submission_id, now=now, via=via)
    adviser = request.assignee
    if adviser and hasattr(adviser, "adviser") and adviser.adviser.notify:
        enqueue(OutgoingMail.Kind.REACTION, request, key=str(message.pk), now=now, adviser=adviser)
    index_request(request)
    auditing.record(Action.REPLIED, by=auditing.READER, request=request, message=message.number)
    return message, True


def _store(request: AdviceRequest, *, body: str, submission_id: uuid.UUID | None, now: datetime, via: str) -> Message:
    number = (request.messages.aggregate(last=Max("number"))["last"] or 0) + 1
    try:
        return Message.objects.create(
            request=request,
            number=number,
            author=Message.Author.READER,
            via=via,
            body=body,
            submission_id=submission_id,
            created_at=now,
            visible_at=now,
            at_version=request.version,
        )
    except IntegrityError as error:
        raise DeskRefused("Er kwam net iets anders binnen bij deze vraag. Verstuur je reactie nog een keer.") from error


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
    """Keep what the reader thinks of the answer: one of RATINGS, once. Return whether this was the first time."""
    if rating not in RATINGS:
        raise DeskRefused("Kies een van de drie beoordelingen.")
    unrated = AdviceRequest.objects.filter(pk=request.pk, rating=None, first_answered_at__isnull=False)
    if not unrated.update(rating=rating):  # no new version: whoever is answering needn't know
        return False
    request.refresh_from_db()
    adviser = request.assignee.get_username() if request.assignee else ""
    facts.count(DailyFact.Kind.RATED, request, at=now, adviser=adviser, bucket=rating)
    auditing.record(Action.RATED, by=auditing.READER, request=request, rating=rating)
    return True
