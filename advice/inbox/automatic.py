"""Mail that a machine wrote (RFC 3834), and what a mail server says about a mail of ours that didn't arrive (RFC 3464). Pure.

A person's mail that looks automatic waits for somebody to look at it: nothing is thrown away because of what is decided here.
"""

import re
from dataclasses import dataclass
from email.message import Message

from advice.inbox.headers import addresses_in, has, ids_in, raw_value, raw_values, senders, text_of

_SUBJECT = re.compile(
    r"\s*(?:automatisch antwoord|automatische beantwoording|automatic reply|auto(?:matic)?[- ]?reply|out of office(?: autoreply)?"
    r"|afwezigheidsbericht|afwezigheidsmelding|niet aanwezig)\s*:",
    re.IGNORECASE,
)
_MACHINES = frozenset(("mailer-daemon", "postmaster", "noreply", "no-reply", "donotreply", "do-not-reply", "bounce", "bounces"))
_ID_LINE = re.compile(r"^message-id:\s*(<[^<>\s]{3,250}>)", re.IGNORECASE | re.MULTILINE)
_STATUS = re.compile(r"\s*([245]\.\d{1,3}\.\d{1,3})(?!\S)")


@dataclass(frozen=True)
class Bounce:
    """A mail server says that a mail won't be delivered to `recipients`."""

    recipients: tuple[str, ...]
    status: str


def why_automatic(mail: Message) -> str:
    """Return, in Dutch, what tells that a machine wrote a mail; "" when a person did."""
    if raw_value(mail, "Auto-Submitted").partition(";")[0].strip().lower() not in ("", "no"):
        return "automatisch antwoord (Auto-Submitted)"
    if raw_value(mail, "X-Auto-Response-Suppress").strip().lower() not in ("", "none"):
        return "automatisch antwoord (X-Auto-Response-Suppress)"
    if any(value.strip().lower() in ("bulk", "junk", "list", "auto_reply") for value in raw_values(mail, "Precedence")):
        return "automatische mail (Precedence)"
    if has(mail, "X-Autoreply", "X-Autorespond", "X-Autoresponder", "X-Auto-Reply", "X-Failed-Recipients"):
        return "automatisch antwoord"
    if has(mail, "List-Id", "List-Post", "List-Unsubscribe"):
        return "mail van een lijst"
    if any(value in ("<>", "") for value in raw_values(mail, "Return-Path")):
        return "automatische mail (zonder afzender op de envelop)"
    if is_report(mail):
        return "bericht van een mailserver"
    if any(address.partition("@")[0].lower() in _MACHINES for address in senders(mail)):
        return "mail van een machine"
    return "automatisch antwoord (onderwerp)" if _SUBJECT.match(text_of(mail, "Subject")) else ""


def is_report(mail: Message) -> bool:
    """Return whether a mail reports on another mail: not delivered, delayed, read (RFC 6522)."""
    return mail.get_content_type() == "multipart/report"


def find_bounce(mail: Message) -> Bounce | None:
    """Return what a delivery status notification says, when it says that a mail failed for good."""
    blocks = [block for part in _parts(mail) for block in _status_blocks(part)]
    failed = [block for block in blocks if raw_value(block, "Action").lower() == "failed"]
    if not failed:
        return None
    recipients = addresses_in(value for block in failed for value in raw_values(block, "Final-Recipient", "Original-Recipient"))
    status = next((match[1] for block in failed if (match := _STATUS.match(raw_value(block, "Status")))), "")
    return Bounce(recipients, status)


def returned_ids(mail: Message) -> tuple[str, ...]:
    """Return the Message-IDs of the mail that a report brings back, whole or only its head."""
    return tuple(message_id for part in _parts(mail) for message_id in _returned_ids(part))


def _parts(mail: Message) -> list[Message]:
    return list(mail.get_payload()) if is_report(mail) and mail.is_multipart() else []


def _status_blocks(part: Message) -> list[Message]:
    if part.get_content_type() != "message/delivery-status" or not part.is_multipart():
        return []
    return list(part.get_payload())


def _returned_ids(part: Message) -> tuple[str, ...]:
    if part.get_content_type() == "message/rfc822" and part.is_multipart():
        return ids_in(raw_values(part.get_payload()[0], "Message-ID"))
    if part.get_content_type() == "text/rfc822-headers":
        content = part.get_payload(decode=True) or b""
        return ids_in(_ID_LINE.findall(content.decode("ascii", "replace")))
    return ()
