"""Hand a mail over to the mail server, and know afterwards what became of it. That is the hard part: see the exceptions.

Goes through Django's mail backend. For SMTP the dialogue is held here, step by step: what went wrong before the whole text was
handed over can't have been delivered; what goes wrong after that may have been. `sendmail` of the library doesn't tell, and it
counts a mail as sent when only the archive took it.

What is said about a failure holds the server's code and never its words: these often repeat the address.
"""

import re
import smtplib
from contextlib import suppress
from email.utils import parseaddr
from logging import getLogger

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend as SMTPBackend
from django.core.mail.message import sanitize_address

from advice.outbox import folder

logger = getLogger(__name__)
_ENHANCED = re.compile(rb"\s*([245]\.\d{1,3}\.\d{1,3})\b")  # RFC 3463
_DOT = re.compile(rb"^\.", re.MULTILINE)  # RFC 5321, 4.5.2
TOO_BIG, CLOSING = 552, 421


class NotSent(Exception):
    """A mail didn't go out, as far as is known. `why` says in Dutch what happened, without anything about a person."""

    def __init__(self, why: str):
        super().__init__(why)
        self.why = why


class ServerAway(NotSent):
    """There is no talking to the server at all. Nothing was tried with any mail."""


class Refused(NotSent):
    """The server will never take this mail."""


class Deferred(NotSent):
    """The server doesn't take this mail now."""


class Trouble(NotSent):
    """The server can't take mail now, or the line broke before the mail was handed over. The next mail may well meet the same."""


class Uncertain(NotSent):
    """The whole mail was handed over and no answer came. It may have been delivered."""


class Line:
    """A connection to the mail server, opened when it is needed. Use `with`: closing never raises."""

    def __init__(self):
        self._backend = None

    def __enter__(self) -> "Line":
        return self

    def __exit__(self, *_) -> None:
        self.close()

    def open(self) -> None:
        """Be connected. Raises ServerAway."""
        if self._backend is not None:
            return
        self._backend = get_connection()
        try:
            self._backend.open()
        except smtplib.SMTPResponseException as error:
            self.close()
            raise ServerAway(f"de mailserver laat ons niet binnen ({_code(error.smtp_code, error.smtp_error)})") from None
        except OSError:  # also every other error of smtplib and ssl
            self.close()
            raise ServerAway("er is geen verbinding met de mailserver") from None

    def send(self, message: EmailMessage) -> None:
        """Send one mail; returns when the server has taken it. Raises ServerAway, Refused, Deferred, Trouble or Uncertain."""
        self.open()
        try:
            if isinstance(self._backend, SMTPBackend):
                _converse(self._backend.connection, message)
            else:
                _pass_on(self._backend, message)
        except NotSent:
            self.close()  # so that the server forgets what it knows of this mail
            raise

    def close(self) -> None:
        backend, self._backend = self._backend, None
        if backend is not None:
            with suppress(OSError):
                backend.close()


def _pass_on(backend, message: EmailMessage) -> None:
    """Send through a backend that says no more than whether it went well."""
    try:
        backend.send_messages([message])
    except Exception as error:
        if folder.is_used() and isinstance(error, OSError):
            raise Trouble(f"de mail is niet op te schrijven (fout {error.errno})") from None
        raise Uncertain(f"onbekende fout bij het versturen ({type(error).__name__})") from None


def _converse(server: smtplib.SMTP, message: EmailMessage) -> None:
    try:
        content = _stuffed(message.message().as_bytes(linesep="\r\n"))
        sender, to, *copies = (_envelope(address, message) for address in (message.from_email, *message.recipients()))
    except ValueError:
        raise Refused("het adres klopt niet") from None
    try:
        _introduce(server, sender, to, copies)
        code, said = server.docmd("DATA")
        if code != 354:
            raise _verdict_on_text(code, said)
        server.send(content)
    except OSError:
        raise Trouble("de verbinding met de mailserver brak af") from None
    try:
        code, said = server.getreply()
    except OSError:
        raise Uncertain("de mail is verstuurd, maar de mailserver gaf geen antwoord") from None
    if not 200 <= code < 600:
        raise Uncertain("de mail is verstuurd, maar de mailserver gaf een vreemd antwoord")
    if code >= 300:
        raise _verdict_on_text(code, said)


def _introduce(server: smtplib.SMTP, sender: str, to: str, copies: list[str]) -> None:
    """Say who the mail is from and to. The reader must be accepted; the archive may be full."""
    server.ehlo_or_helo_if_needed()
    code, said = server.mail(sender)
    if code == TOO_BIG:
        raise Refused(f"de mailserver vindt de mail te groot ({_code(code, said)})")
    if not _is_yes(code):
        raise Trouble(f"de mailserver weigert de afzender ({_code(code, said)})")
    code, said = server.rcpt(to)
    if not _is_yes(code):
        raise _verdict_on_address(code, said)
    for copy in copies:
        code, said = server.rcpt(copy)
        if not _is_yes(code):
            logger.error("The archive takes no copies (%s): after a crash nothing would tell that this mail went out.", code)


def _is_yes(code: int) -> bool:
    return 200 <= code < 300


def _verdict_on_address(code: int, said: bytes) -> NotSent:
    """Return what it means that the server doesn't accept the reader's address: 5xx is for good, 4xx is for now."""
    why = f"de mailserver weigert het adres ({_code(code, said)})"
    if code == CLOSING or not 400 <= code < 600:
        return Trouble(why)
    return Refused(why) if code >= 500 else Deferred(why)


def _verdict_on_text(code: int, said: bytes) -> NotSent:
    """Return what it means that the server doesn't accept the text: 5xx is about the mail, 4xx about the server (a full disk)."""
    why = f"de mailserver weigert de mail ({_code(code, said)})"
    return Refused(why) if 500 <= code < 600 else Trouble(why)


def _code(code: int, said: bytes | str) -> str:
    said = said.encode("ascii", "replace") if isinstance(said, str) else said or b""
    enhanced = _ENHANCED.match(said)
    return f"{code} {enhanced[1].decode()}" if enhanced else str(code)


def _envelope(address: str, message: EmailMessage) -> str:
    """Return an address for the envelope: without a name, its domain in ASCII."""
    return parseaddr(sanitize_address(address, message.encoding or "utf-8"))[1]


def _stuffed(content: bytes) -> bytes:
    """Return a text with CRLF as DATA wants it: a dot at the start of a line doubled, and a line with one dot at the end."""
    end = b"" if content.endswith(b"\r\n") else b"\r\n"
    return _DOT.sub(b"..", content) + end + b".\r\n"
