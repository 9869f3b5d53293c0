"""A reader sends a question: stored once, counted, receipted, all in one transaction."""

import hashlib
import hmac
import json
import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from advice import access, auditing, facts
from advice.changing import as_waiting
from advice.inserting import insert
from advice.models import AdviceRequest, AuditEvent, ConsentText, DailyFact, Message, OutgoingMail, Topic
from advice.outbox.queue import enqueue
from advice.search import index_request

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # without what looks or sounds alike


@dataclass(frozen=True)
class SubmittedQuestion:
    """A question as a reader sends it, already checked by the form. `submission_id` is the hidden number of the form."""

    submission_id: uuid.UUID
    email: str
    topic: Topic
    question: str
    consent: ConsentText
    name: str = ""
    answer_in_mail: bool = True
    article_slug: str = ""
    article_title: str = ""
    section_anchor: str = ""
    section_heading: str = ""
    test_result: str = ""


class SubmissionDiffers(ValueError):
    """This form was sent before with another text (the back button); `request` is what that made."""

    def __init__(self, request: AdviceRequest):
        super().__init__(f"Dit formulier is al eerder verstuurd, met een andere tekst (kenmerk {request.reference}).")
        self.request = request


@transaction.atomic
def submit(
    question: SubmittedQuestion, *, now: datetime, suspicions: tuple[str, ...] = (), said: list[str] | None = None
) -> tuple[AdviceRequest, bool]:
    """Store a question and return its request, and whether it is new: the same form sent twice gives the same request.

    `said`: the tokens of the question for the index, made before the transaction by whoever is in a hurry.
    A suspicious question goes to quarantine, and gets its receipt by mail when an adviser lets it in. Raises SubmissionDiffers.
    """
    try:
        with transaction.atomic():
            request = _create(question, now=now, suspicions=suspicions)
    except IntegrityError:
        if request := AdviceRequest.objects.filter(submission_id=question.submission_id).first():
            return _same(request, question), False
        with transaction.atomic():  # the reference was taken: once in a million questions, and hardly twice in a row
            request = _create(question, now=now, suspicions=suspicions)
    index_request(request, said=said)
    if suspicions:
        auditing.record(AuditEvent.Action.QUARANTINED, by=auditing.READER, request=request)
    else:
        welcome(request, now=now)
        auditing.record(AuditEvent.Action.SUBMITTED, by=auditing.READER, request=request)
    return request, True


def _same(request: AdviceRequest, question: SubmittedQuestion) -> AdviceRequest:
    if not hmac.compare_digest(request.digest, _digest(question)):
        raise SubmissionDiffers(request)
    return request


def welcome(request: AdviceRequest, *, now: datetime) -> None:
    """Count a question that reached the desk and send its receipt. The caller is in a transaction and records why."""
    facts.count(DailyFact.Kind.RECEIVED, request, at=request.created_at)
    link = access.make_link(request, now=now)
    enqueue(OutgoingMail.Kind.RECEIPT, request, key=str(request.pk), now=now, link=link)


def _create(question: SubmittedQuestion, *, now: datetime, suspicions: tuple[str, ...]) -> AdviceRequest:
    fields = dict(vars(question))
    text = fields.pop("question")
    state = {"status": AdviceRequest.Status.QUARANTINE} if suspicions else as_waiting(now)
    request = insert(
        AdviceRequest(
            **fields,
            **state,
            reference=new_reference(),
            digest=_digest(question),
            suspicion="; ".join(suspicions)[:200],
            created_at=now,
            updated_at=now,
        )
    )
    insert(
        Message(
            request=request,
            number=1,
            author=Message.Author.READER,
            via=Message.Via.FORM,
            body=text,
            created_at=now,
            visible_at=now,
            at_version=request.version,
        )
    )
    return request


def new_reference() -> str:
    """Return a reference such as K7MD-3QXA: easy to say on the phone, and not a secret."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return f"{letters[:4]}-{letters[4:]}"


def _digest(question: SubmittedQuestion) -> str:
    values = vars(question) | {
        "submission_id": str(question.submission_id),
        "topic": question.topic.pk,
        "consent": question.consent.pk,
    }
    text = json.dumps(values, sort_keys=True)
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()
