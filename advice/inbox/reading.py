"""A mail, from the bytes that came in to what the desk needs of it. Pure: no database, no settings; never raises on any bytes."""

from dataclasses import dataclass
from email.message import Message

from advice.inbox.automatic import Bounce, find_bounce, is_report, returned_ids, why_automatic
from advice.inbox.bodies import Body, read_body
from advice.inbox.bounded import MODERN, OLD, find_excess
from advice.inbox.headers import addresses_in, answered_ids, ids_in, raw_values, senders, text_of

_RECIPIENTS = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To")


@dataclass(frozen=True)
class ReadMail:
    """A mail as the desk sees it. `answers` are the Message-IDs of what it replies to or reports on, the nearest first, bare.

    `automatic` says why it isn't a person's; `unreadable` says why nothing could be made of it, and then the rest is empty.
    """

    sender: str = ""
    recipients: tuple[str, ...] = ()
    subject: str = ""
    message_id: str = ""
    answers: tuple[str, ...] = ()
    text: str = ""
    attachments: int = 0
    automatic: str = ""
    is_report: bool = False
    bounce: Bounce | None = None
    is_encrypted: bool = False
    unreadable: str = ""


def read_mail(raw: bytes) -> ReadMail:
    """Return what stands in a mail. What the modern parser fails on is tried with the older one, which asks less of a header."""
    if why := find_excess(raw):
        return ReadMail(unreadable=why)
    for parser in (MODERN, OLD):
        try:
            return _read(parser.parsebytes(raw))
        except Exception as error:  # nested too deep, or one of the parser's own mistakes
            why = why or f"onleesbaar ({type(error).__name__})"
    return ReadMail(unreadable=why)


def _read(mail: Message) -> ReadMail:
    if not mail.keys():
        return ReadMail(unreadable="geen mail: er staat geen kop boven")
    from_whom = senders(mail)
    body = _body(mail)
    return ReadMail(
        sender=from_whom[0] if len(from_whom) == 1 else "",
        recipients=addresses_in(raw_values(mail, *_RECIPIENTS)),
        subject=text_of(mail, "Subject"),
        message_id=next(iter(ids_in(raw_values(mail, "Message-ID"))), ""),
        answers=tuple(dict.fromkeys([*returned_ids(mail), *answered_ids(mail)])),
        text=body.text,
        attachments=body.attachments,
        automatic=why_automatic(mail),
        is_report=is_report(mail),
        bounce=find_bounce(mail),
        is_encrypted=body.is_encrypted,
    )


def _body(mail: Message) -> Body:
    """Return the body; of a report what it says to people, without the mail that it brings back."""
    if is_report(mail) and mail.is_multipart() and mail.get_payload():
        return read_body(mail.get_payload()[0])
    return read_body(mail)
