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
from advice.inserting import Ready, make_ready
from advice.models import AccessLink, AdviceRequest, AuditEvent, ConsentText, DailyFact, Message, OutgoingMail, Topic
from advice.outbox.queue import enqueue, ready_mail
from advice.search import index_new, tokens_of_question

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


@dataclass(frozen=True)
class PreparedQuestion:
    """The rows that a question makes, and its tokens for the index, but for what only the transaction can tell."""

    request: Ready[AdviceRequest]
    message: Ready[Message]
    link: Ready[AccessLink]
    receipt: Ready[OutgoingMail]
    tokens: list[str]


def prepare(question: SubmittedQuestion, *, now: datetime) -> PreparedQuestion:
    """Return all that can be done for a question before the transaction that stores it: then nobody else can write."""
    fields = dict(vars(question))
    text, reference = fields.pop("question"), new_reference()
    digest = _digest(question)
    request = AdviceRequest(**fields, **as_waiting(now), reference=reference, digest=digest, created_at=now, updated_at=now)
    message = Message(
        number=1,
        author=Message.Author.READER,
        via=Message.Via.FORM,
        body=text,
        created_at=now,
        visible_at=now,
        at_version=request.version,
    )
    return PreparedQuestion(
        make_ready(request),
        make_ready(message),
        access.ready_link(now=now),
        ready_mail(OutgoingMail.Kind.RECEIPT, key=reference, now=now),
        tokens_of_question(text, request),
    )


@transaction.atomic
def submit(question: SubmittedQuestion, *, now: datetime, suspicions: tuple[str, ...] = ()) -> tuple[AdviceRequest, bool]:
    """Store a question and return its request, and whether it is new: the same form sent twice gives the same request.

    A suspicious question goes to quarantine, and gets its receipt by mail when an adviser lets it in. Raises SubmissionDiffers.
    """
    return store(question, prepare(question, now=now), now=now, suspicions=suspicions)


def store(
    question: SubmittedQuestion, prepared: PreparedQuestion, *, now: datetime, suspicions: tuple[str, ...]
) -> tuple[AdviceRequest, bool]:
    """Do what `submit` does, in a transaction of the caller, with a question that was prepared before it began."""
    try:
        with transaction.atomic():
            request = _store(prepared, suspicions)
    except IntegrityError:
        if request := AdviceRequest.objects.filter(submission_id=question.submission_id).first():
            return _same(request, question), False
        prepared = prepare(question, now=now)  # the reference was taken: once in a million questions, and hardly twice in a row
        with transaction.atomic():
            request = _store(prepared, suspicions)
    index_new(request, tokens=prepared.tokens)
    if suspicions:
        auditing.record(AuditEvent.Action.QUARANTINED, by=auditing.READER, request=request)
    else:
        facts.count(DailyFact.Kind.RECEIVED, request, at=now)
        prepared.receipt.insert(request=request, link=prepared.link.insert(request=request))
        auditing.record(AuditEvent.Action.SUBMITTED, by=auditing.READER, request=request)
    return request, True


def _same(request: AdviceRequest, question: SubmittedQuestion) -> AdviceRequest:
    if not hmac.compare_digest(request.digest, _digest(question)):
        raise SubmissionDiffers(request)
    return request


def welcome(request: AdviceRequest, *, now: datetime) -> None:
    """Count a question that reached the desk after all and send its receipt. The caller is in a transaction and records why."""
    facts.count(DailyFact.Kind.RECEIVED, request, at=request.created_at)
    link = access.make_link(request, now=now)
    enqueue(OutgoingMail.Kind.RECEIPT, request, key=request.reference, now=now, link=link)


def _store(prepared: PreparedQuestion, suspicions: tuple[str, ...]) -> AdviceRequest:
    state = {"waiting_since": None, "due_at": None, "status": AdviceRequest.Status.QUARANTINE} if suspicions else {}
    request = prepared.request.insert(**state, suspicion="; ".join(suspicions)[:200])
    prepared.message.insert(request=request)
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
