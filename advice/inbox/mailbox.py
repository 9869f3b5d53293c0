"""A mailbox on an IMAP server, only ever looked into: nothing is marked as read, moved or deleted there."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, LoginError

HERE = ("127.0.0.1", "::1", "localhost")
LONGEST_HEAD = 100_000  # bytes of the head of a mail that is too long to fetch
MOST_LISTED = 100_000  # numbers that are asked for at once


class AddressWrong(ValueError):
    """INBOX_URL can't be right; the message says why, in English, without the password."""


class MailboxAway(Exception):
    """The mailbox can't be read now. The message says what happened, in Dutch, and nothing that the server said."""


class NotGiven(Exception):
    """The server lists a mail and doesn't give it."""


class BrokeOff(MailboxAway):
    """The server hung up while it was asked for a mail. That may be the mail: some servers do so at one that they can't read."""


@dataclass(frozen=True)
class Address:
    """Where a mailbox is. `name` tells it from others, without its password."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    folder: str
    is_encrypted: bool

    @property
    def name(self) -> str:
        return f"{self.user}@{self.host}/{self.folder}"[:200]


@dataclass(frozen=True)
class Fetched:
    """A mail from the server. `too_long` is its size in bytes when only the head was fetched, else 0."""

    uid: int
    raw: bytes
    too_long: int


def read_address(url: str) -> Address:
    """Return the parts of imaps://user:password@host:port/FOLDER. Raises AddressWrong."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise AddressWrong("INBOX_URL is no address: write imaps://user:password@host/INBOX.") from None
    if parts.scheme not in ("imap", "imaps") or not (parts.hostname and parts.username and parts.password):
        raise AddressWrong("INBOX_URL must look like imaps://user:password@host/INBOX.")
    is_encrypted = parts.scheme == "imaps"
    if not is_encrypted and parts.hostname not in HERE:
        raise AddressWrong("INBOX_URL without encryption (imap://) is for a server on this machine only. Use imaps://.")
    folder = unquote(parts.path.strip("/")) or "INBOX"
    port = port or (993 if is_encrypted else 143)
    return Address(parts.hostname, port, unquote(parts.username), unquote(parts.password), folder, is_encrypted)


@contextmanager
def opened(address: Address, *, timeout: float) -> Iterator["Mailbox"]:
    """Open a mailbox for reading. Raises MailboxAway, also for what goes wrong inside the block."""
    try:
        with IMAPClient(address.host, address.port, ssl=address.is_encrypted, timeout=timeout) as client:
            client.login(address.user, address.password)
            yield Mailbox(client, _examine(client, address.folder))
    except LoginError:
        raise MailboxAway("de mailserver laat ons niet binnen: klopt het wachtwoord nog?") from None
    except IMAPClientError:
        raise MailboxAway("de mailserver zegt iets onverwachts") from None
    except ssl.SSLError as error:
        raise MailboxAway(f"de beveiligde verbinding is niet te vertrouwen ({type(error).__name__})") from None
    except (TimeoutError, OSError) as error:
        raise MailboxAway(f"de mailserver is niet bereikbaar ({type(error).__name__})") from None


def _examine(client: IMAPClient, folder: str) -> dict:
    try:
        return client.select_folder(folder, readonly=True)
    except IMAPClientAbortError:
        raise
    except IMAPClientError:
        raise MailboxAway("de map van INBOX_URL is niet te openen") from None


class Mailbox:
    """An opened mailbox."""

    def __init__(self, client: IMAPClient, state: dict):
        if b"UIDVALIDITY" not in state:
            raise MailboxAway("de mailserver nummert de mails niet: daar kan niet uit gelezen worden")
        self._client = client
        self.uidvalidity = int(state[b"UIDVALIDITY"])
        self.count = int(state.get(b"EXISTS", 0))

    def uids(self, *, start: int) -> list[int]:
        """Return the numbers of the mails from `start` on, in order. Raises MailboxAway when there are too many to list."""
        if start <= 1 and self.count > MOST_LISTED:
            raise MailboxAway(f"de postbus heeft meer dan {MOST_LISTED} mails: gebruik een eigen map")
        found = self._client.search(["UID", f"{start}:*"])  # * is the last one, also when that lies before `start`
        return sorted(uid for uid in found if uid >= start)

    def fetch(self, uid: int, *, longest: int) -> Fetched | None:
        """Return one mail, or only its head when it is longer than `longest` bytes; None when it is no longer there.

        Raises NotGiven when only this mail can't be had, BrokeOff when the connection is gone.
        """
        try:
            return self._fetch(uid, longest)
        except (IMAPClientAbortError, ConnectionError):
            raise BrokeOff("de mailserver verbrak de verbinding") from None
        except IMAPClientError:
            raise NotGiven from None

    def _fetch(self, uid: int, longest: int) -> Fetched | None:
        size = self._ask(uid, "RFC822.SIZE")
        if size is None:
            return None
        if size <= longest:
            raw = self._ask(uid, f"BODY.PEEK[]<0.{longest + 1}>")
            if raw is None or len(raw) <= longest:
                return None if raw is None else Fetched(uid, raw, too_long=0)
        head = self._ask(uid, f"BODY.PEEK[HEADER]<0.{LONGEST_HEAD}>")
        return None if head is None else Fetched(uid, head, too_long=max(size, longest + 1))

    def _ask(self, uid: int, item: str):
        """Return one thing about one mail. Servers add what else they think of; None stands for nothing, as some write it."""
        answer = self._client.fetch([uid], [item]).get(uid, {})
        key = item.partition("<")[0].replace(".PEEK", "").encode()
        return next((value for name, value in answer.items() if name.partition(b"<")[0] == key), None)
