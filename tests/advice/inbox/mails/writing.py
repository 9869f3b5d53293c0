"""How the mails are written down: as text, to bytes with the line ends of mail."""

OURS = "0123456789abcdef0123456789abcdef.0123456789abcdef@example.org"
HEAD = f"""\
From: Jan Jansen <jan@example.com>
To: advies@example.org
Subject: Re: Er is een antwoord op je vraag (K7MD-3QXA)
Message-ID: <1@example.com>
In-Reply-To: <{OURS}>
"""
READ_HEAD = {
    "sender": "jan@example.com",
    "recipients": ("advies@example.org",),
    "subject": "Re: Er is een antwoord op je vraag (K7MD-3QXA)",
    "message_id": "1@example.com",
    "answers": (OURS,),
}


def eml(text: str, charset: str = "utf-8") -> bytes:
    """Return a mail as it travels."""
    return text.replace("\n", "\r\n").encode(charset)


def replied(rest: str, charset: str = "utf-8") -> bytes:
    """Return Jan's reply: the usual head, and the rest of the head with the body."""
    return eml(HEAD + rest, charset)
