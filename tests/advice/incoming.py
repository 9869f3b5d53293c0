"""Mails as the mailbox of the desk gives them."""

from itertools import count

from advice.models import IncomingMail
from tests.advice.factories import NOW

_uids = count(1)


def make_incoming(text: str = "Dank je wel!", **fields) -> IncomingMail:
    raw = f"From: lezer@example.org\r\nSubject: Re: je vraag\r\n\r\n{text}\r\n".encode()
    values = {"mailbox": "INBOX", "uidvalidity": 7, "uid": next(_uids), "digest": "d" * 64, "raw": raw, "state": "added"}
    return IncomingMail.objects.create(**values | {"received_at": NOW} | fields)
