"""Mails that break the rules, by accident or on purpose. What a person would still read in them is read."""

from advice.inbox.reading import ReadMail
from tests.advice.inbox.mails.writing import HEAD, OURS, READ_HEAD, eml, replied

_BARE = {"sender": "jan@example.com", "recipients": ("advies@example.org",)}

BROKEN = {
    "no-message-id-no-date": (
        eml("From: jan@example.com\nTo: advies@example.org\nSubject: Vraag\n\nHoi.\n"),
        ReadMail(**_BARE, subject="Vraag", text="Hoi.\n"),
    ),
    "utf-8-called-iso-8859-1": (
        replied("Content-Type: text/plain; charset=iso-8859-1\n\nEén € – naïef.\n"),
        ReadMail(**READ_HEAD, text="Eén € – naïef.\n"),
    ),
    "utf-8-called-us-ascii": (
        replied("Content-Type: text/plain; charset=us-ascii\n\nEén.\n"),
        ReadMail(**READ_HEAD, text="Eén.\n"),
    ),
    "latin-1-called-utf-8": (
        replied("Content-Type: text/plain; charset=utf-8\n\nCoördinatie.\n", "latin-1"),
        ReadMail(**READ_HEAD, text="Coördinatie.\n"),
    ),
    "utf-8-cut-in-a-character": (
        replied("Content-Type: text/plain; charset=utf-8\n\nEén, twéé, dríé €")[:-1],
        ReadMail(**READ_HEAD, text="Eén, twéé, dríé \ufffd"),
    ),
    "unknown-charset": (
        replied("Content-Type: text/plain; charset=x-niet-bestaand\n\nEén.\n", "cp1252"),
        ReadMail(**READ_HEAD, text="Eén.\n"),
    ),
    "charset-that-is-no-charset": (
        replied("Content-Type: text/plain; charset=punycode\n\nhoi-\n"),
        ReadMail(**READ_HEAD, text="hoi-\n"),
    ),
    "cyrillic-koi8": (
        replied("Content-Type: text/plain; charset=koi8-r\n\nПривет.\n", "koi8-r").replace(b"charset", b"charset"),
        ReadMail(**READ_HEAD, text="Привет.\n"),
    ),
    "zero-bytes": (
        replied("\nVoor\0na.\n"),
        ReadMail(**READ_HEAD, text="Voor\ufffdna.\n"),
    ),
    "utf-8-in-the-head": (
        eml("From: Zoë Čapek <jan@example.com>\nTo: advies@example.org\nSubject: Één vraag\n\nHoi.\n"),
        ReadMail(**_BARE, subject="Één vraag", text="Hoi.\n"),
    ),
    "latin-1-in-the-head": (
        eml("From: Zoë <jan@example.com>\nTo: advies@example.org\nSubject: Eén vraag\n\nHoi.\n", "latin-1"),
        ReadMail(**_BARE, subject="Eén vraag", text="Hoi.\n"),
    ),
    "broken-encoded-word": (
        eml("From: =?utf-8?B?=C3?= <jan@example.com>\nTo: advies@example.org\nSubject: =?utf-8?Q?half\n\nHoi.\n"),
        ReadMail(**_BARE, subject="=?utf-8?Q?half", text="Hoi.\n"),
    ),
    "broken-base64": (
        replied("Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\nSG9p!!!LiBFZW4=\nrest"),
        ReadMail(**READ_HEAD, text="Hoi. Een"),
    ),
    "unknown-transfer-encoding": (
        replied("Content-Type: text/plain\nContent-Transfer-Encoding: x-zelfbedacht\n\nHoi.\n"),
        ReadMail(**READ_HEAD, text="Hoi.\n"),
    ),
    "parts-without-an-end": (
        replied('Content-Type: multipart/alternative; boundary="a"\n\n--a\nContent-Type: text/plain\n\nHoi, en toen'),
        ReadMail(**READ_HEAD, text="Hoi, en toen"),
    ),
    "parts-without-a-boundary": (
        replied("Content-Type: multipart/mixed\n\nHoi.\n"),
        ReadMail(**READ_HEAD, text="Hoi.\n"),
    ),
    "parts-that-never-come": (
        replied('Content-Type: multipart/mixed; boundary="nooit"\n\nHoi.\n'),
        ReadMail(**READ_HEAD, text="Hoi.\n"),
    ),
    "only-line-feeds": (
        replied("\nHoi.\n").replace(b"\r\n", b"\n"),
        ReadMail(**READ_HEAD, text="Hoi.\n"),
    ),
    "only-carriage-returns-in-the-text": (
        replied("\n") + b"een\rtwee\r",
        ReadMail(**READ_HEAD, text="een\ntwee\n"),
    ),
    "id-without-brackets": (
        eml(HEAD.replace(f"<{OURS}>", OURS) + "\nHoi.\n"),
        ReadMail(**READ_HEAD, text="Hoi.\n"),
    ),
    "no-from": (
        eml("To: advies@example.org\nSubject: x\n\nHoi.\n"),
        ReadMail(recipients=("advies@example.org",), subject="x", text="Hoi.\n"),
    ),
    "two-senders": (
        eml("From: jan@example.com, ans@example.com\nTo: advies@example.org\nSubject: x\n\nHoi.\n"),
        ReadMail(recipients=("advies@example.org",), subject="x", text="Hoi.\n"),
    ),
    "two-from-lines": (
        eml("From: jan@example.com\nFrom: boos@example.net\nTo: advies@example.org\nSubject: x\n\nHoi.\n"),
        ReadMail(recipients=("advies@example.org",), subject="x", text="Hoi.\n"),
    ),
    "an-address-in-the-name": (
        eml('From: "boos@example.net" <jan@example.com>\nTo: advies@example.org\nSubject: x\n\nHoi.\n'),
        ReadMail(**_BARE, subject="x", text="Hoi.\n"),
    ),
    "from-that-is-no-address": (
        eml("From: <<>>(((( @ ;;\nTo: advies@example.org\nSubject: x\n\nHoi.\n"),
        ReadMail(recipients=("advies@example.org",), subject="x", text="Hoi.\n"),
    ),
    "too-many-parts": (
        replied('Content-Type: multipart/mixed; boundary="a"\n\n' + "--a\n\nx\n" * 1_001),
        ReadMail(unreadable="te veel delen"),
    ),
    "too-many-reports": (
        replied("Content-Type: message/delivery-status\n\n" + "Action: failed\n\n" * 10_001),
        ReadMail(unreadable="te veel meldingen"),
    ),
    "nothing-at-all": (b"", ReadMail(unreadable="geen mail: er staat geen kop boven")),
    "no-mail": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), ReadMail(unreadable="geen mail: er staat geen kop boven")),
    "text-without-a-head": (b"\r\nHoi.\r\n", ReadMail(unreadable="geen mail: er staat geen kop boven")),
}
