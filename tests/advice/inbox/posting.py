"""A request with mails that went out, and the mails that come back to it."""

import itertools

from advice.inbox.receiving import receive
from advice.models import AdviceRequest, IncomingMail, OutgoingMail
from tests.advice.factories import NOW, make_answer, make_request

READER = "lezer@example.org"
INBOX = "advies@magsite.example"
_numbers = itertools.count(1)


def sent_answer(by, **fields) -> OutgoingMail:
    """Return an answer that went out."""
    request = make_request(**fields)
    make_answer(request, by=by)
    mail = request.mails.get(kind="answer")
    request.mails.update(state="sent", sent_at=NOW)
    mail.refresh_from_db()
    return mail


def written(
    text: str = "Dank je wel, maar hoeveel bananen dan?",
    *,
    sender: str = READER,
    to: str = INBOX,
    answers: str = "",
    subject: str = "Re: Er is een antwoord op je vraag",
    head: str = "",
) -> bytes:
    lines = [f"From: Lezer <{sender}>", f"To: {to}", f"Subject: {subject}", f"Message-ID: <{next(_numbers)}@example.org>"]
    lines += [f"In-Reply-To: {answers}"] if answers else []
    lines += [head] if head else []
    return "\r\n".join([*lines, "", text, ""]).encode()


def stored(raw: bytes, **fields) -> IncomingMail:
    uid = next(_numbers)
    values = {"mailbox": "box", "uidvalidity": 1, "uid": uid, "digest": f"{uid}", "raw": raw, "received_at": NOW}
    return IncomingMail.objects.create(**values | fields)


def received(raw: bytes, *, now=NOW) -> IncomingMail:
    mail = stored(raw)
    receive(mail, now=now)
    return IncomingMail.objects.get(pk=mail.pk)


def replies(request: AdviceRequest) -> list[str]:
    return list(request.messages.filter(via="mail").order_by("number").values_list("body", flat=True))
