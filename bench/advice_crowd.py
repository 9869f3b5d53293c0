"""Fills a site with stored requests for advice: row by row of every table that hangs on a request, in the shape of the real thing.

Everything comes from one seed. Of a thousand requests 985 are closed, 8 wait for their reader, 5 for an answer and 2 are in
quarantine. A question has 20 to 90 words; an answered one has an answer, every fifth a reaction and a second answer.

The first thousands are written one by one; the database then copies them, each time some days later, with numbers, references and
addresses of their own. The audit log is a chain and is not copied: it holds two rows for each request that was written.
"""

import hashlib
import random
import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from bench.search import Language

TOGETHER = 2_000
WRITTEN = 10_000  # requests that are written; the rest are copies
DAYS_A_COPY = 11
ADVISERS, TOPICS, ARTICLES = 20, 6, 300
PASSWORD = "alleen-voor-de-meting"  # noqa: S105


@dataclass(frozen=True)
class Scene:
    """Who and what every request can be about."""

    advisers: list
    topics: list
    consent: object
    first: datetime  # when the oldest request came


def make_requests(count: int) -> None:
    """Add `count` requests to a migrated, empty site, with messages, mail, audit log, daily counts and search index."""
    from django.db import transaction

    from advice.search.index import rebuild
    from bench.advice_copies import copy_requests, refresh

    written = min(count, WRITTEN)
    scene, language, log = _scene(copies=-(-count // written)), Language(random.Random(3)), Log()
    for start in range(0, written, TOGETHER):
        with transaction.atomic():
            log.add(_add(scene, language, range(start, min(start + TOGETHER, written)), written))
    rebuild()
    for copy in range(1, count // written):
        with transaction.atomic():
            copy_requests(written, copy, days=DAYS_A_COPY)
    refresh()


class Log:
    """The audit log and the daily counts of what the crowd did: an unbroken chain of two rows a request."""

    def __init__(self):
        from advice.auditing import START

        self.number, self.previous = 0, START

    def add(self, requests: list) -> None:
        from advice.models import AuditEvent, DailyFact

        rows = [self._row(request, action) for request in requests for action in ("submitted", "answered")]
        AuditEvent.objects.bulk_create(rows)
        days = Counter((request.created_at.date(), request.topic.slug, request.article_slug) for request in requests)
        facts = (DailyFact(kind="received", day=day, topic=t, article=a, count=times) for (day, t, a), times in days.items())
        DailyFact.objects.bulk_create(facts, ignore_conflicts=True)

    def _row(self, request, action: str):
        from advice.auditing import digest_of
        from advice.models import AuditEvent

        self.number += 1
        event = AuditEvent(
            number=self.number,
            at=request.created_at,
            actor="lezer" if action == "submitted" else "adviseur0",
            action=action,
            reference=request.reference,
            previous=self.previous,
        )
        event.digest = self.previous = digest_of(event)
        return event


def _scene(*, copies: int) -> Scene:
    from django.contrib.auth.models import Group, User
    from django.utils import timezone

    from advice.models import Adviser, ConsentText, Topic

    now = timezone.now()
    group = Group.objects.get(name="Adviseur")
    advisers = []
    for number in range(ADVISERS):
        user = User.objects.create_user(f"adviseur{number}", password=PASSWORD, is_staff=True)
        user.groups.add(group)
        Adviser.objects.create(user=user, name=f"Adviseur {number}")
        advisers.append(user)
    topics = [Topic.objects.get_or_create(slug=f"onderwerp-{n}", defaults={"name": f"Onderwerp {n}"})[0] for n in range(TOPICS)]
    consent = ConsentText.objects.first() or ConsentText.objects.create(number=1, text="Ik ga akkoord.", created_at=now)
    return Scene(advisers, topics, consent, now - timedelta(days=DAYS_A_COPY * copies + 1))


def _add(scene: Scene, language: Language, numbers: range, count: int) -> list:
    from advice.models import AdviceRequest, Message, OutgoingMail

    requests = AdviceRequest.objects.bulk_create(_request(scene, language, number, count) for number in numbers)
    messages = [message for request in requests for message in _messages(language, request)]
    Message.objects.bulk_create(messages)
    OutgoingMail.objects.bulk_create(mail for message in messages for mail in _mails(message))
    return requests


def _request(scene: Scene, language: Language, number: int, count: int):
    from advice.models import AdviceRequest

    chance, fate = language.chance, number % 1_000
    created = scene.first + timedelta(days=DAYS_A_COPY) * number / count
    values = {"status": "closed", "outcome": "answered", "closed_at": created + timedelta(days=3)}
    if fate < 5:
        values = {"status": "waiting", "waiting_since": created, "due_at": created + timedelta(days=1)}
    elif fate < 13:
        values = {"status": "answered"}
    elif fate < 15:
        values = {"status": "quarantine", "suspicion": "veel links"}
    is_answered = values["status"] in ("closed", "answered")
    article = chance.randrange(ARTICLES)
    return AdviceRequest(
        reference=_reference(number),
        submission_id=uuid.UUID(int=chance.getrandbits(112) << 16),  # the last four digits are those of the copy
        digest=hashlib.sha256(str(number).encode()).hexdigest(),
        name=language.text(2).title(),
        email=f"lezer{number}@example.org",
        topic=chance.choice(scene.topics),
        consent=scene.consent,
        article_slug=f"artikel-{article}",
        article_title=f"Artikel {article}",
        assignee=chance.choice(scene.advisers) if is_answered or fate == 0 else None,
        created_at=created,
        updated_at=created,
        first_answered_at=created + timedelta(hours=5) if is_answered else None,
        **values,
    )


def _reference(number: int) -> str:
    letters = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
    digits = "".join(letters[number // 30**place % 30] for place in range(8))
    return f"{digits[:4]}-{digits[4:]}"


def _messages(language: Language, request) -> Iterator:
    from advice.models import Message

    chance = language.chance
    turns = ["reader"]
    if request.first_answered_at:
        turns += ["adviser"] if chance.random() < 0.8 else ["adviser", "reader", "adviser"]
    for number, author in enumerate(turns, start=1):
        at, text = request.created_at + timedelta(hours=5 * (number - 1)), language.sentences(chance.randrange(20, 90))
        own = {"adviser": request.assignee, "signed_by": "Adviseur", "html": f"<p>{text}</p>"} if author == "adviser" else {}
        yield Message(
            request=request,
            number=number,
            author=author,
            via="desk" if own else "form",
            body=text,
            created_at=at,
            visible_at=at,
            at_version=number,
            **own,
        )


def _mails(message) -> Iterator:
    from advice.models import OutgoingMail

    if message.author == "adviser" or message.number == 1:
        kind = "answer" if message.author == "adviser" else "receipt"
        yield OutgoingMail(
            kind=kind,
            request=message.request,
            message=message if kind == "answer" else None,
            key=f"{kind}:{message.request_id}:{message.number}",
            rfc_message_id=f"<{message.request_id}.{message.number}@example.org>",
            state="sent",
            not_before=message.created_at,
            created_at=message.created_at,
            sent_at=message.created_at,
            attempts=1,
        )
