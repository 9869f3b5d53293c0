"""One small function per thing of the desk. Each makes what a test names and nothing that surprises."""

import uuid
from datetime import datetime
from zoneinfo import ZoneInfo

from advice.answering import send_answer
from advice.models import AdviceRequest, Adviser, ConsentText, Message, Topic
from advice.submitting import SubmittedQuestion, submit
from tests.factories import make_user

# A Tuesday morning, when the desk is open.
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))


def make_topic(slug: str = "magnesium", **fields) -> Topic:
    return Topic.objects.get_or_create(slug=slug, defaults={"name": slug.capitalize()} | fields)[0]


def make_consent(text: str = "Ik vind het goed dat jullie mijn vraag bewaren om haar te beantwoorden.") -> ConsentText:
    return ConsentText.objects.get_or_create(number=1, defaults={"text": text, "created_at": NOW})[0]


def make_adviser(username: str = "britt", **fields) -> Adviser:
    user = make_user(username, "Adviseur", email=f"{username}@redactie.example")
    return Adviser.objects.create(user=user, **{"name": username.capitalize(), "role": "adviseur"} | fields)


def make_question(**fields) -> SubmittedQuestion:
    values = {
        "submission_id": uuid.uuid4(),
        "email": "lezer@example.org",
        "topic": make_topic(),
        "question": "Hoeveel magnesium zit er in een banaan?",
        "consent": make_consent(),
    }
    return SubmittedQuestion(**values | fields)


def make_request(*, now: datetime = NOW, suspicions: tuple[str, ...] = (), **fields) -> AdviceRequest:
    return submit(make_question(**fields), now=now, suspicions=suspicions)[0]


def make_answer(request: AdviceRequest, *, by, body: str = "In een banaan zit ongeveer 30 mg.", now: datetime = NOW) -> Message:
    request.refresh_from_db()
    return send_answer(request, by=by, body=body, base_version=request.version, now=now)
