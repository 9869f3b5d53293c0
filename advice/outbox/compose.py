"""Make the mail itself, as plain text and HTML, from the request and the message that a row of the outbox points at.

No subject holds a name or a word about health, and no header holds anything that somebody typed, so nobody can add a header. A mail
that is made again has the same Message-ID. An answer is what was frozen when it was sent. The words are in templates/advice/mail/.
"""

import re
from datetime import datetime
from email.utils import format_datetime

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.message import utf8_charset_qp
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from advice.access import token_of
from advice.expectation import expected_wait
from advice.inbox.addressing import reply_addresses
from advice.models import AdviceRequest, Message, OutgoingMail
from advice.outbox.markup import for_mail, inline_styles

Kind = OutgoingMail.Kind
SUBJECTS = {
    Kind.RECEIPT: "We hebben je vraag ontvangen",
    Kind.ANSWER: "Er is een antwoord op je vraag",
    Kind.CLOSING: "Je vraag is gesloten",
    Kind.LINK: "Je nieuwe link",
    Kind.REACTION: "Een lezer heeft gereageerd",
}
# RFC 3834. A person wrote the answer: that mail doesn't call itself automatic.
AUTOMATIC = {
    Kind.RECEIPT: "auto-replied",
    Kind.LINK: "auto-replied",
    Kind.CLOSING: "auto-generated",
    Kind.REACTION: "auto-generated",
}
MOST_REFERENCES = 12
LONGEST_NAME = 60
_LETTER = r"[^\W\d_]"
_WORD = rf"(?:(?:{_LETTER}\.)+|['’]?{_LETTER}+(?:[-'’]{_LETTER}+)*\.?)"
_NAME = re.compile(rf"{_WORD}(?: {_WORD})*")


class NobodyToWriteTo(ValueError):
    """The adviser that a mail is for has no e-mail address."""


def compose(mail: OutgoingMail, *, now: datetime) -> EmailMultiAlternatives:
    """Return the mail, ready to send. Raises NobodyToWriteTo."""
    context = _context(mail, now=now)
    message = EmailMultiAlternatives(
        subject=context["subject"],
        body=render_to_string(f"advice/mail/{mail.kind}.txt", context).strip() + "\n",
        to=[_recipient(mail)],
        bcc=[settings.MAIL_ARCHIVE] if settings.MAIL_ARCHIVE else [],
        reply_to=reply_addresses(mail.request) if mail.adviser is None else (),
        headers=_headers(mail, now=now),
    )
    html = render_to_string(f"advice/mail/{mail.kind}.html", context)
    message.attach_alternative(inline_styles(html, render_to_string("advice/mail/mail.css")), "text/html")
    message.encoding = utf8_charset_qp  # so no line is too long and every byte is ASCII: any mail server takes it
    return message


def private_link(mail: OutgoingMail) -> str:
    """Return the whole address of the private page; "" for a mail without a link."""
    return f"{settings.SITE_URL}{reverse('advice:open_link', args=[token_of(mail.link)])}" if mail.link else ""


def desk_path(request: AdviceRequest) -> str:
    """Return where advisers find a request."""
    return reverse("admin:advice_advicerequest_change", args=[request.pk])


def greeting(name: str) -> str:
    """Return how to address a reader. Only what looks like a name is repeated: anybody can fill in somebody else's address."""
    name = " ".join(name.split())
    return f"Beste {name}" if len(name) <= LONGEST_NAME and _NAME.fullmatch(name) else "Beste lezer"


def _recipient(mail: OutgoingMail) -> str:
    address = mail.adviser.email if mail.adviser else mail.request.email
    if not address:
        raise NobodyToWriteTo
    return address


def _headers(mail: OutgoingMail, *, now: datetime) -> dict[str, str]:
    headers = {
        "Message-ID": mail.rfc_message_id,
        "Date": format_datetime(timezone.localtime(now)),
        "Content-Language": "nl",
        "X-Auto-Response-Suppress": "OOF, AutoReply",
    }
    if mail.kind in AUTOMATIC:
        headers["Auto-Submitted"] = AUTOMATIC[mail.kind]
    if earlier := _earlier(mail):
        kept = earlier if len(earlier) <= MOST_REFERENCES else [earlier[0], *earlier[1 - MOST_REFERENCES :]]
        headers |= {"In-Reply-To": earlier[-1], "References": " ".join(kept)}
    return headers


def _earlier(mail: OutgoingMail) -> list[str]:
    """Return the Message-IDs of what the same person got about the same request before, oldest first."""
    before = OutgoingMail.objects.filter(request=mail.request, adviser=mail.adviser, pk__lt=mail.pk)
    return list(before.exclude(state=OutgoingMail.State.CANCELLED).order_by("pk").values_list("rfc_message_id", flat=True))


def _context(mail: OutgoingMail, *, now: datetime) -> dict:
    request = mail.request
    return {
        "subject": f"{SUBJECTS[mail.kind]} ({request.reference})",
        "SITE_NAME": settings.SITE_NAME,
        "SITE_URL": settings.SITE_URL,
        "reference": request.reference,
        **({"desk": f"{settings.SITE_URL}{desk_path(request)}"} if mail.adviser else _for_reader(mail, now=now)),
    }


def _for_reader(mail: OutgoingMail, *, now: datetime) -> dict:
    request = mail.request
    return {
        "greeting": greeting(request.name),
        "asked_at": request.created_at,
        "wait": expected_wait(now) if mail.kind == Kind.RECEIPT else "",
        "is_silent": request.outcome == AdviceRequest.Outcome.SILENT,
        "link": private_link(mail),
        "link_until": mail.link.expires_at if mail.link else None,
        "can_reply": bool(reply_addresses(request)),
        **(_answer(mail.message, in_mail=request.answer_in_mail) if mail.message else {}),
    }


def _answer(message: Message, *, in_mail: bool) -> dict:
    signed = {"signed_by": message.signed_by, "preview_end": range(60)}
    if not in_mail:
        return signed
    sources = [
        source | {"html": for_mail(source["html"], settings.SITE_URL), "link": _unsaid(source["url"], source["text"])}
        for source in message.sources
    ]
    text = message.text.replace("](/", f"]({settings.SITE_URL}/")
    return signed | {"answer_html": for_mail(message.html, settings.SITE_URL), "answer_text": text, "sources": sources}


def _unsaid(url: str, text: str) -> str:
    return "" if not url or url in text else url
