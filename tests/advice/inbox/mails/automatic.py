"""Mail that machines write: out of office, lists, and what mail servers say of mail that didn't arrive."""

from advice.inbox.automatic import Bounce
from advice.inbox.reading import ReadMail
from tests.advice.inbox.mails.writing import HEAD, OURS, READ_HEAD, eml, replied


def report(status: str, returned: str, *, head: str = "") -> bytes:
    """Return a delivery status notification with these lines about the recipient, and this last part."""
    return eml(f"""\
Return-Path: <>
From: Mail Delivery System <MAILER-DAEMON@mx.example.com>
To: advies@example.org
Subject: Undelivered Mail Returned to Sender
Message-ID: <dsn@mx.example.com>
Auto-Submitted: auto-replied
{head}MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="r"

--r
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you.

--r
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.com
Arrival-Date: Tue, 24 Nov 2026 10:00:00 +0100

{status}
--r
{returned}
--r--
""")


READ_REPORT = {
    "sender": "MAILER-DAEMON@mx.example.com",
    "recipients": ("advies@example.org",),
    "subject": "Undelivered Mail Returned to Sender",
    "message_id": "dsn@mx.example.com",
    "text": "I'm sorry to have to inform you.\n",
    "automatic": "automatisch antwoord (Auto-Submitted)",
    "answers": (OURS,),
    "is_report": True,
}
FAILED = """\
Final-Recipient: rfc822; jan@example.com
Original-Recipient: rfc822;jan@example.com
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 No such user
"""
RETURNED = f"""\
Content-Type: message/rfc822

From: advies@example.org
To: jan@example.com
Subject: Er is een antwoord
Message-ID: <{OURS}>

Beste Jan,
"""
RETURNED_HEAD = f"""\
Content-Type: text/rfc822-headers

From: advies@example.org
Message-Id:
  <{OURS}>
Subject: x
"""

AUTOMATIC = {
    "out-of-office-exchange-nl": (
        replied("""\
X-Auto-Response-Suppress: All
Auto-Submitted: auto-generated
MIME-Version: 1.0
Content-Type: text/plain; charset="utf-8"

Ik ben er niet tot maandag.
"""),
        ReadMail(**READ_HEAD, text="Ik ben er niet tot maandag.\n", automatic="automatisch antwoord (Auto-Submitted)"),
    ),
    "out-of-office-sieve": (
        replied("Auto-Submitted: auto-replied (vacation)\n\nWeg.\n"),
        ReadMail(**READ_HEAD, text="Weg.\n", automatic="automatisch antwoord (Auto-Submitted)"),
    ),
    "out-of-office-old-exchange": (
        replied("X-Auto-Response-Suppress: DR, OOF, AutoReply\n\nWeg.\n"),
        ReadMail(**READ_HEAD, text="Weg.\n", automatic="automatisch antwoord (X-Auto-Response-Suppress)"),
    ),
    "vacation-of-gmail": (
        replied("Precedence: bulk\nX-Autoreply: yes\n\nI'm away.\n"),
        ReadMail(**READ_HEAD, text="I'm away.\n", automatic="automatische mail (Precedence)"),
    ),
    "autoresponder-of-a-panel": (
        replied("X-Autorespond: Re\n\nWij antwoorden snel.\n"),
        ReadMail(**READ_HEAD, text="Wij antwoorden snel.\n", automatic="automatisch antwoord"),
    ),
    "only-the-subject-tells-nl": (
        eml(HEAD.replace("Re: Er is", "Automatisch antwoord: Er is") + "\nIk ben er niet.\n"),
        ReadMail(
            **READ_HEAD | {"subject": "Automatisch antwoord: Er is een antwoord op je vraag (K7MD-3QXA)"},
            text="Ik ben er niet.\n",
            automatic="automatisch antwoord (onderwerp)",
        ),
    ),
    "only-the-subject-tells-en": (
        eml(HEAD.replace("Re: Er is", "Out of Office: Er is") + "\nAway.\n"),
        ReadMail(
            **READ_HEAD | {"subject": "Out of Office: Er is een antwoord op je vraag (K7MD-3QXA)"},
            text="Away.\n",
            automatic="automatisch antwoord (onderwerp)",
        ),
    ),
    "mailing-list": (
        replied("List-Id: <leden.example.com>\nList-Unsubscribe: <mailto:x@example.com>\n\nNieuws.\n"),
        ReadMail(**READ_HEAD, text="Nieuws.\n", automatic="mail van een lijst"),
    ),
    "null-return-path": (
        replied("Return-Path: <>\n\nHi. This is the qmail-send program.\n"),
        ReadMail(
            **READ_HEAD, text="Hi. This is the qmail-send program.\n", automatic="automatische mail (zonder afzender op de envelop)"
        ),
    ),
    "no-reply-of-a-shop": (
        eml("From: Winkel <no-reply@shop.example>\nTo: advies@example.org\nSubject: Bestelling\n\nBedankt.\n"),
        ReadMail(
            sender="no-reply@shop.example",
            recipients=("advies@example.org",),
            subject="Bestelling",
            text="Bedankt.\n",
            automatic="mail van een machine",
        ),
    ),
    "exim-bounce": (
        replied("X-Failed-Recipients: jan@example.com\n\nA message could not be delivered.\n"),
        ReadMail(**READ_HEAD, text="A message could not be delivered.\n", automatic="automatisch antwoord"),
    ),
    "read-receipt": (
        replied("""\
MIME-Version: 1.0
Content-Type: multipart/report; report-type=disposition-notification; boundary="n"

--n
Content-Type: text/plain

Gelezen.
--n
Content-Type: message/disposition-notification

Disposition: manual-action/MDN-sent-manually; displayed
--n--
"""),
        ReadMail(**READ_HEAD, text="Gelezen.", is_report=True, automatic="bericht van een mailserver"),
    ),
    "bounce-postfix": (
        report(FAILED, RETURNED),
        ReadMail(**READ_REPORT, bounce=Bounce(("jan@example.com",), "5.1.1")),
    ),
    "bounce-with-only-the-head": (
        report(FAILED.replace("5.1.1\n", "5.2.2 (mailbox full)\n", 1), RETURNED_HEAD),
        ReadMail(**READ_REPORT, bounce=Bounce(("jan@example.com",), "5.2.2")),
    ),
    "bounce-that-returns-nothing": (
        report(FAILED, "Content-Type: text/plain\n\nNiets.", head=f"In-Reply-To: <{OURS}>\n"),
        ReadMail(**READ_REPORT, bounce=Bounce(("jan@example.com",), "5.1.1")),
    ),
    "bounce-for-two": (
        report(FAILED + "\nFinal-Recipient: rfc822; archief@example.org\nAction: delivered\nStatus: 2.0.0\n", RETURNED),
        ReadMail(**READ_REPORT, bounce=Bounce(("jan@example.com",), "5.1.1")),
    ),
    "delayed": (
        report(FAILED.replace("failed", "delayed").replace("5.1.1", "4.4.1"), RETURNED),
        ReadMail(**READ_REPORT),
    ),
}
